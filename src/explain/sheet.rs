//! A solution as rows, one for each action: of one pass, or of two passes side by side.
//!
//! Two passes of one network are laid side by side unit by unit: products by their input, what is done afterwards by its
//! kind. An action that only one of them does has nothing beside it; what that side has at this point is the number that it
//! had before.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Asked, Block, Heading, LeftOut, Solution,
    work::{Kind, Style, Work},
};
use crate::{
    network::number::Digits,
    pass::{Address, AddressError, Pass, differ},
};

/// Rows, and what is said around them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The model's name.
    pub model: String,
    /// What went in.
    pub input: Vec<f32>,
    /// The mistakes, as sentences without their full stops.
    pub mistakes: Vec<String>,
    /// What was asked for; `None` for the whole pass.
    pub asked: Option<Asked>,
    /// One for each layer.
    pub sections: Vec<Section>,
    /// The values that were asked for, or the output.
    pub result: Vec<f32>,
    /// The other pass, if there are two.
    pub other: Option<Other>,
}

/// What the second pass brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    /// Its values where `result` has those of the first; `None` where it has no such value.
    pub result: Option<Vec<f32>>,
    /// The first value that differs, wherever in the network; `None` if none does.
    pub differs_at: Option<Address>,
    /// Whether the rows have it.
    pub among: bool,
}

/// One layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What the layer is.
    pub heading: Heading,
    /// What it is in the other pass, if that is something else.
    pub other: Option<Heading>,
    /// The units, in the order of computation.
    pub units: Vec<UnitRows>,
    /// Units that are not written.
    pub left_out: Option<LeftOut>,
}

/// The rows of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRows {
    /// Which unit.
    pub unit: usize,
    /// One for each action; at least one.
    pub pairs: Vec<Pair>,
    /// Products that are not written, by their input.
    pub left_out: Option<Range<usize>>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The value that the result is, or is on the way to.
    pub address: Address,
    /// What is done; `None` if only the other pass does something here.
    pub right: Option<Work>,
    /// What the other pass does; `None` if there is none, or it does nothing here.
    pub wrong: Option<Work>,
    /// What both have afterwards.
    pub values: (f32, f32),
    /// Whether both do the same with the same numbers.
    pub same: bool,
    /// Whether this row is the first difference: the row of the first value that differs, or the first such row among
    /// these.
    pub differs_first: bool,
}

impl Pair {
    /// Whether both have the same number afterwards.
    pub fn agrees(&self) -> bool {
        !differ(self.values.0, self.values.1)
    }
}

impl UnitRows {
    /// Whether all rows are the same both ways.
    pub fn is_same(&self) -> bool {
        self.pairs.iter().all(|pair| pair.same)
    }

    /// Whether the numbers are the same both ways, even if the actions differ.
    pub fn agrees(&self) -> bool {
        self.pairs.iter().all(Pair::agrees)
    }
}

impl Sheet {
    /// One pass.
    ///
    /// # Errors
    /// [`AddressError`] if `asked` names no value of it.
    pub fn new(pass: &Pass, asked: Option<&Address>) -> Result<Self, AddressError> {
        let solution = Solution::new(pass, asked)?;
        let sections = columns(&solution).into_iter().map(|column| section(column, None, (pass, pass), None));
        Ok(Self {
            sections: sections.collect(),
            result: result(&solution),
            other: None,
            model: solution.model,
            input: solution.input,
            mistakes: solution.mistakes,
            asked: solution.asked,
        })
    }

    /// Two passes of one network for one input: `wrong` beside `right`.
    ///
    /// # Errors
    /// [`AddressError`] if `asked` names no value of `right`.
    pub fn beside(right: &Pass, wrong: &Pass, asked: Option<&Address>) -> Result<Self, AddressError> {
        let solution = Solution::new(right, asked)?;
        // The wrong pass may have no such value: that is a difference, not an error.
        let other = Solution::new(wrong, asked).ok();
        let differs_at = first_difference(right, wrong);
        let mut others = other.as_ref().map(columns).unwrap_or_default();
        let mut sections = Vec::new();
        for column in columns(&solution) {
            let beside = others.iter().position(|other| other.heading.layer == column.heading.layer);
            let beside = beside.map_or_else(|| Column::empty(&column.heading), |i| others.swap_remove(i));
            sections.push(section(column, Some(beside), (right, wrong), differs_at.as_ref()));
        }
        // Only the first of them is marked as the first difference.
        let pairs = || sections.iter().flat_map(|section: &Section| &section.units).flat_map(|unit| &unit.pairs);
        let among = pairs().any(|pair| pair.differs_first);
        let marked = pairs().position(|pair| if among { pair.differs_first } else { !pair.agrees() });
        let pairs = sections.iter_mut().flat_map(|section| &mut section.units).flat_map(|unit| &mut unit.pairs);
        pairs.enumerate().for_each(|(i, pair)| pair.differs_first = Some(i) == marked);
        Ok(Self {
            sections,
            result: result(&solution),
            other: Some(Other { result: other.as_ref().map(result), differs_at, among }),
            model: solution.model,
            input: solution.input,
            mistakes: wrong.mistakes().iter().map(|mistake| mistake.says(wrong.network())).collect(),
            asked: solution.asked,
        })
    }

    /// What the result is called.
    pub fn name(&self) -> String {
        self.asked.as_ref().map_or_else(|| Address::outputs().to_string(), |asked| asked.address.to_string())
    }

    /// Every row.
    pub fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.sections.iter().flat_map(|section| &section.units).flat_map(|unit| &unit.pairs)
    }
}

fn result(solution: &Solution) -> Vec<f32> {
    solution.asked.as_ref().map_or(&solution.output, |asked| &asked.values).clone()
}

/// The first value in which the passes differ, in the order of computation.
pub(super) fn first_difference(right: &Pass, wrong: &Pass) -> Option<Address> {
    let (layer, stage, unit) = right.first_difference(wrong)?;
    Some(Address::stage(&right.network().layer(layer)?.name, stage, Some(unit)))
}

/// One layer of one solution.
struct Column {
    heading: Heading,
    units: BTreeMap<usize, Rows>,
    left_out: Option<LeftOut>,
}

#[derive(Default)]
struct Rows {
    entries: Vec<Entry>,
    left_out: Option<Range<usize>>,
}

#[derive(Clone)]
struct Entry {
    address: Address,
    work: Work,
    /// How many activations of the whole vector come before it.
    phase: usize,
}

impl Entry {
    /// Whether it is computed for this unit alone.
    fn is_own(&self) -> bool {
        matches!(self.work, Work::Action(_))
    }
}

impl Column {
    fn empty(heading: &Heading) -> Self {
        Self { heading: heading.clone(), units: BTreeMap::new(), left_out: None }
    }
}

fn columns(solution: &Solution) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut phase = 0;
    for block in &solution.blocks {
        if let Block::Layer(heading) = block {
            columns.push(Column::empty(heading));
            phase = 0;
        }
        let Some(column) = columns.last_mut() else { continue };
        match block {
            Block::Layer(_) => {}
            Block::Unit(unit) => {
                let rows = column.units.entry(unit.unit).or_default();
                let entry = |line: &super::Line| Entry { address: line.address.clone(), work: line.into(), phase };
                rows.entries.extend(unit.lines.iter().map(entry));
                rows.left_out = rows.left_out.take().or_else(|| unit.left_out.clone());
            }
            Block::Together(together) => {
                phase += 1;
                for row in &together.rows {
                    let entry = Entry { address: row.address.clone(), work: Work::share(together, row), phase };
                    column.units.entry(row.unit).or_default().entries.push(entry);
                }
            }
            Block::LeftOut(left_out) => column.left_out = column.left_out.take().or_else(|| Some(left_out.clone())),
        }
    }
    columns
}

/// One layer of both; `wrong` is `None` if there is one pass only.
fn section(right: Column, wrong: Option<Column>, passes: (&Pass, &Pass), differs_at: Option<&Address>) -> Section {
    let two = wrong.is_some();
    let wrong = wrong.unwrap_or_else(|| Column::empty(&right.heading));
    let layer = passes.0.network().find(&right.heading.layer).unwrap_or(0);
    let mut rows: Vec<(usize, UnitRows)> = Vec::new();
    let mut units: Vec<usize> = right.units.keys().chain(wrong.units.keys()).copied().collect();
    units.sort_unstable();
    units.dedup();
    // Of an activation of the whole vector every output may be there, also of units whose own work is left out: beside the
    // other way that would look as if nothing were done there.
    let works = |unit: &usize| right.units.get(unit).is_some_and(|rows| rows.entries.iter().any(Entry::is_own));
    if two && units.iter().any(works) {
        units.retain(works);
    }
    for unit in units {
        let column = |column: &Column| column.units.get(&unit).map_or(Vec::new(), |rows| rows.entries.clone());
        let left_out = [&right, &wrong].iter().find_map(|column| column.units.get(&unit)?.left_out.clone());
        let mut before = (begins(passes.0, layer, unit), begins(passes.1, layer, unit));
        let mut least = 0;
        for (right, wrong) in align(column(&right), column(&wrong)) {
            let phase = |entry: &Option<Entry>| entry.as_ref().map_or(0, |entry| entry.phase);
            least = least.max(phase(&right)).max(phase(&wrong));
            let Some(address) = right.as_ref().or(wrong.as_ref()).map(|entry| entry.address.clone()) else { continue };
            let here = [&right, &wrong].iter().any(|entry| entry.as_ref().map(|entry| &entry.address) == differs_at);
            let (right, wrong) = (right.map(|entry| entry.work), wrong.map(|entry| entry.work));
            before = (right.map_or(before.0, Work::result), wrong.map_or(before.1, Work::result));
            let text = |work: Work| (work.written(Digits::Exact, Style::Plain).calculation, work.result().to_bits());
            let pair = Pair {
                differs_first: two && here && differ(before.0, before.1),
                same: two && right.map(text) == wrong.map(text),
                address,
                right,
                wrong,
                values: if two { before } else { (before.0, before.0) },
            };
            match rows.iter_mut().find(|(phase, rows)| *phase == least && rows.unit == unit) {
                Some((_, rows)) => rows.pairs.push(pair),
                None => rows.push((least, UnitRows { unit, pairs: vec![pair], left_out: left_out.clone() })),
            }
        }
    }
    rows.sort_by_key(|(phase, rows)| (*phase, rows.unit));
    for (phase, rows) in &mut rows {
        rows.left_out = rows.left_out.take().filter(|_| *phase == 0);
    }
    Section {
        other: (two && wrong.heading != right.heading).then_some(wrong.heading),
        heading: right.heading,
        units: rows.into_iter().map(|(_, rows)| rows).collect(),
        left_out: right.left_out.or(wrong.left_out),
    }
}

/// The value of a unit before any action: an empty sum, or its input.
fn begins(pass: &Pass, layer: usize, unit: usize) -> f32 {
    match pass.recipe(layer).and_then(|recipe| recipe.kernel.as_ref()) {
        Some(_) => 0.0,
        None => pass.values(layer).and_then(|values| values.entering(0).get(unit).copied()).unwrap_or(f32::NAN),
    }
}

/// Products beside those of the same input; then what is done beside what is of the same kind, as far as the order allows.
fn align(right: Vec<Entry>, wrong: Vec<Entry>) -> Vec<(Option<Entry>, Option<Entry>)> {
    let products =
        |entries: &[Entry]| entries.iter().take_while(|entry| matches!(entry.work.kind(), Kind::Product(_))).count();
    let (mut right_products, mut wrong_products) = (right, wrong);
    let right = right_products.split_off(products(&right_products));
    let wrong = wrong_products.split_off(products(&wrong_products));
    let mut pairs = Vec::new();
    let (mut rights, mut wrongs) = (right_products.into_iter().peekable(), wrong_products.into_iter().peekable());
    let input = |entry: &Entry| match entry.work.kind() {
        Kind::Product(input) => input,
        _ => usize::MAX,
    };
    loop {
        let next = match (rights.peek().map(input), wrongs.peek().map(input)) {
            (None, None) => break,
            (Some(a), Some(b)) if a == b => (rights.next(), wrongs.next()),
            (Some(a), b) if b.is_none_or(|b| a < b) => (rights.next(), None),
            _ => (None, wrongs.next()),
        };
        pairs.push(next);
    }
    let (mut i, mut j) = (0, 0);
    for (a, b) in common(&right, &wrong).into_iter().chain([(right.len(), wrong.len())]) {
        // Actions between two common kinds replace each other.
        for k in 0..(a - i).max(b - j) {
            let (left, other) = (right[i..a].get(k).cloned(), wrong[j..b].get(k).cloned());
            pairs.push((left, other));
        }
        if let (Some(left), Some(other)) = (right.get(a), wrong.get(b)) {
            pairs.push((Some(left.clone()), Some(other.clone())));
        }
        (i, j) = (a + 1, b + 1);
    }
    pairs
}

/// The longest common subsequence of kinds, as pairs of indices. The lists are those of one unit: a handful.
fn common(right: &[Entry], wrong: &[Entry]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0usize; wrong.len() + 1]; right.len() + 1];
    let alike = |i: usize, j: usize| right[i].work.kind() == wrong[j].work.kind();
    for (i, j) in (0..right.len()).rev().flat_map(|i| (0..wrong.len()).rev().map(move |j| (i, j))) {
        best[i][j] = if alike(i, j) { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < right.len() && j < wrong.len() {
        if alike(i, j) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
