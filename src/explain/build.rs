//! From a pass to the blocks of its solution.

use std::ops::Range;

use super::{Asked, Block, Heading, LeftOut, Line, MOST_PRODUCTS, MOST_PRODUCTS_ASKED, Solution, Unit};
use crate::{
    network::{Action, Activation, Finish, Recipe, Stage, Weight, recipe::Part},
    pass::{Address, AddressError, Pass, Source, address::Of},
};

impl Solution {
    /// The solution of the whole pass, or of the value at `asked`.
    ///
    /// # Errors
    /// [`AddressError`] if `asked` names no value of this pass.
    pub fn new(pass: &Pass, asked: Option<&Address>) -> Result<Self, AddressError> {
        let network = pass.network();
        let (asked, blocks) = match asked {
            None => (
                None,
                (0..network.depth()).filter_map(|i| Layer::of(pass, i)).flat_map(|l| l.whole(Stage::A)).collect(),
            ),
            Some(address) => {
                let (asked, blocks) = about(pass, address)?;
                (Some(asked), blocks)
            }
        };
        Ok(Self {
            model: network.name().to_owned(),
            input: pass.input().to_vec(),
            mistakes: pass.mistakes().iter().map(|mistake| mistake.says(network)).collect(),
            asked,
            blocks,
            output: pass.output().to_vec(),
        })
    }
}

/// The blocks about one address.
fn about(pass: &Pass, address: &Address) -> Result<(Asked, Vec<Block>), AddressError> {
    let place = address.resolve(pass.network())?;
    let mut asked =
        Asked { address: address.clone(), values: pass.get(address)?.to_vec(), depends_on: Vec::new(), same_as: None };
    let Source::Stage(mut layer, mut stage) = place.source else {
        return Ok((asked, Vec::new()));
    };
    if stage == Stage::In {
        asked.same_as = Some(arrives(pass, layer, place.index));
        match layer.checked_sub(1) {
            Some(before) => (layer, stage) = (before, Stage::A),
            None => return Ok((asked, Vec::new())),
        }
    } else if address.of == Of::Output {
        let name = pass.network().layer(layer).map_or("", |layer| &layer.name);
        asked.same_as = Some(Address::stage(name, stage, place.index));
    }
    let Some(layer) = Layer::of(pass, layer) else {
        return Ok((asked, Vec::new()));
    };
    asked.depends_on = layer.depends_on(stage, place.index);
    let blocks = match place.index {
        None => layer.whole(stage),
        Some(unit) => layer.one(stage, unit),
    };
    Ok((asked, blocks))
}

/// The address of what arrives at a layer.
fn arrives(pass: &Pass, layer: usize, index: Option<usize>) -> Address {
    match layer.checked_sub(1).and_then(|before| pass.network().layer(before)) {
        Some(before) => Address::stage(&before.name, Stage::A, index),
        None => Address { of: Of::Input, index: index.into_iter().collect() },
    }
}

/// The first and the last of `count` things, so that `most` are left; and those between.
fn kept(count: usize, most: usize) -> (Range<usize>, Range<usize>) {
    if count <= most {
        return (0..count, count..count);
    }
    let tail = most / 2;
    (0..most - tail, count - tail..count)
}

/// The indices of [`kept`], and the range that it leaves out.
pub(super) fn pick(count: usize, most: usize) -> (impl Iterator<Item = usize>, Option<Range<usize>>) {
    let (head, tail) = kept(count, most);
    let between = head.end..tail.start;
    (head.chain(tail), (!between.is_empty()).then_some(between))
}

/// One layer of a pass.
pub(super) struct Layer<'p> {
    pub(super) pass: &'p Pass,
    pub(super) index: usize,
    pub(super) name: &'p str,
    kind: &'static str,
    pub(super) recipe: &'p Recipe,
    pub(super) input: &'p [f32],
}

impl<'p> Layer<'p> {
    fn of(pass: &'p Pass, index: usize) -> Option<Self> {
        let layer = pass.network().layer(index)?;
        Some(Self {
            pass,
            index,
            name: &layer.name,
            kind: layer.operation.kind(),
            recipe: pass.recipe(index)?,
            input: pass.stage(index, Stage::In)?,
        })
    }

    /// Products of one unit.
    fn products(&self) -> usize {
        self.recipe.kernel.as_ref().map_or(0, |kernel| kernel.inputs())
    }

    /// Finishing action `i`, if it uses all units together.
    fn together_at(&self, i: usize) -> Option<Activation> {
        self.recipe.finish.get(i)?.activation().filter(|activation| !activation.is_elementwise())
    }

    pub(super) fn address(&self, stage: Stage, unit: usize) -> Address {
        Address::stage(self.name, stage, Some(unit))
    }

    fn heading(&self) -> Block {
        Block::Layer(Heading {
            layer: self.name.to_owned(),
            kind: self.kind,
            inputs: self.recipe.inputs,
            units: self.recipe.units(),
            activations: self.recipe.finish.iter().filter_map(Finish::activation).collect(),
        })
    }

    /// The layer up to `stage`, large ones without the units in the middle.
    fn whole(&self, stage: Stage) -> Vec<Block> {
        let per_unit = self.products().max(1);
        self.blocks(stage, MOST_PRODUCTS, |layer, finishes, blocks| {
            let (units, left_out) = pick(layer.width_before(finishes.start), (MOST_PRODUCTS / per_unit).max(2));
            let begins = finishes.start == 0;
            let between = left_out.clone();
            for unit in units {
                if let Some(units) = between.clone().filter(|between| between.end == unit) {
                    let example = layer.address(stage, units.start + units.len() / 2);
                    let products = if begins { units.len() * layer.products() } else { 0 };
                    blocks.push(Block::LeftOut(LeftOut { layer: layer.name.to_owned(), units, products, example }));
                }
                let unit = layer.unit(unit, finishes.clone(), MOST_PRODUCTS);
                // An activation such as glu has fewer outputs than inputs.
                blocks.extend((!unit.lines.is_empty()).then_some(Block::Unit(unit)));
            }
        })
    }

    /// One value of the layer.
    fn one(&self, stage: Stage, unit: usize) -> Vec<Block> {
        let gated = (0..self.recipe.leading_to(stage)).any(|i| self.together_at(i) == Some(Activation::Glu));
        self.blocks(stage, MOST_PRODUCTS_ASKED, |layer, finishes, blocks| {
            blocks.push(Block::Unit(layer.unit(unit, finishes.clone(), MOST_PRODUCTS_ASKED)));
            if gated && finishes.start == 0 {
                let gate = unit + layer.recipe.units() / 2;
                blocks.push(Block::Unit(layer.unit(gate, finishes, MOST_PRODUCTS_ASKED)));
            }
        })
    }

    /// The heading, then runs of finishing actions that are done unit by unit (`units` writes them; the first run begins
    /// with the products), and between them the activations of the whole vector.
    fn blocks(&self, stage: Stage, most: usize, units: impl Fn(&Self, Range<usize>, &mut Vec<Block>)) -> Vec<Block> {
        let mut blocks = vec![self.heading()];
        let end = self.recipe.leading_to(stage);
        let mut start = 0;
        for i in 0..=end {
            let together = if i < end { self.together_at(i) } else { None };
            if together.is_none() && i < end {
                continue;
            }
            let begins = start == 0 && self.products() > 0;
            if begins || start < i {
                units(self, start..i, &mut blocks);
            }
            if let Some(activation) = together {
                blocks.push(Block::Together(self.together(i, activation, most)));
            }
            start = i + 1;
        }
        blocks
    }

    /// How many values enter finishing action `i`.
    fn width_before(&self, i: usize) -> usize {
        let before = self.recipe.finish.iter().take(i);
        before.fold(self.recipe.units(), |width, finish| finish.width(width))
    }

    fn unit(&self, unit: usize, finishes: Range<usize>, most: usize) -> Unit {
        let (mut lines, mut left_out) = (Vec::new(), None);
        if let Some(kernel) = self.recipe.kernel.as_ref().filter(|_| finishes.start == 0) {
            let (_, between) = pick(kernel.inputs(), most);
            let mut before = 0.0;
            for (input, &x) in self.input.iter().enumerate().take(kernel.inputs()) {
                // The running sum is passed along: asking the pass for every step would compute each sum again.
                let w = kernel.get(input, unit).unwrap_or(0.0);
                let (product, after) = self.recipe.add_product(kernel, self.input, unit, input, before);
                // What is left out has no line.
                if self.recipe.leaves_out(Weight::Kernel { input, unit }) {
                    continue;
                }
                if between.as_ref().is_none_or(|between| !between.contains(&input)) {
                    lines.push(Line {
                        address: self.address(Stage::Wx, unit),
                        from: Some(arrives(self.pass, self.index, Some(input))),
                        action: Action::Multiply { input, x, w, product, before, after },
                    });
                }
                before = after;
            }
            left_out = between;
        }
        for i in finishes {
            let step = self.pass.step_of(self.index, unit, Part::Finish(i)).and_then(|k| self.pass.step(k));
            let stage = self.recipe.finish.get(i).map_or(Stage::A, |finish| finish.gives);
            let step = step.filter(|step| !self.recipe.leaves_out_at(step.place));
            lines.extend(step.map(|step| Line { address: self.address(stage, unit), from: None, action: step.action }));
        }
        let address = lines.last().map_or_else(|| self.address(Stage::A, unit), |line| line.address.clone());
        Unit { address, unit, lines, left_out }
    }

    /// What a value of this layer is computed from.
    fn depends_on(&self, stage: Stage, unit: Option<usize>) -> Vec<Address> {
        let finishes = self.recipe.finish.iter().take(self.recipe.leading_to(stage));
        let together = finishes.clone().any(Finish::is_together);
        let unit = unit.filter(|_| !together);
        let one = (self.recipe.inputs == 1).then_some(0);
        let mut addresses = vec![arrives(self.pass, self.index, one)];
        if self.recipe.kernel.is_some() {
            let index = one.zip(unit).map_or(Vec::new(), |(input, unit)| vec![input, unit]);
            addresses.push(Address { of: Of::Kernel(self.name.to_owned()), index });
        }
        let has_bias = self.pass.network().weight(self.index, Weight::Bias { unit: 0 }).is_some();
        if has_bias && finishes.clone().any(Finish::is_bias) {
            addresses.push(Address { of: Of::Bias(self.name.to_owned()), index: unit.into_iter().collect() });
        }
        addresses
    }
}
