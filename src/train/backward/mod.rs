//! The backward pass: equations for the gradient of every value, made from the equations of the forward pass.
//!
//! The list is gone through from its end. By then all equations that read an array have said what they add to its gradient:
//!
//! ```text
//! y = sum of a * b      da = sum of dy * b, over what the index of a does not fix   (turned.rs)
//! y = f(x)              dx = dy * f'(x)                                             (local.rs)
//! y = largest of x      dx = dy where the largest was
//! softmax               dz = a * (da - sum of da * a), as one function
//! a block over time     a block that runs backwards in time
//! ```
//! The gradient of `LAYER.z` is called `LAYER.dz`. Where several equations read an array, their parts are arrays of their own,
//! `LAYER.dh.by.uh`. A sum with one reader that only copies or adds has no gradient of its own: it is the reader's.

mod local;
mod outside;
mod turned;

use std::{collections::BTreeMap, sync::Arc};

use self::turned::{Turned, place_in_window, turned};
use super::TrainError;
use crate::equation::{
    Array, ArrayId, Equation, Function, Index, Kind, Outside, Program, Read, Repeat, Rule, Shape, Which, own,
};

/// A part of the gradient of an array, not yet an equation.
#[derive(Debug, Clone)]
struct Part {
    /// The array that read it.
    by: ArrayId,
    /// As many numbers as the array, perhaps in the shape in which it was read.
    shape: Shape,
    rule: Rule,
}

/// A part of the gradient that comes from outside: from the loss, or from a regularizer.
#[derive(Debug, Clone)]
pub(super) struct Seed {
    /// The array whose gradient it is.
    pub(super) of: ArrayId,
    /// The array that it comes from.
    pub(super) by: ArrayId,
    /// The part itself, in the shape of the array.
    pub(super) rule: Rule,
}

/// An equation whose gradient goes on.
struct Entry {
    equation: Equation,
    gradient: ArrayId,
    /// In a block over time: what was opened, to be defined in the block.
    opened: Option<Vec<(ArrayId, Rule)>>,
}

/// The gradients, by array.
pub(super) struct Gradients {
    /// The gradient of each array of the forward pass.
    pub(super) of: BTreeMap<ArrayId, ArrayId>,
    /// Weights whose gradient comes from looked-up rows alone: the array of hits and the gradient of the rows.
    pub(super) looked_up: BTreeMap<ArrayId, (ArrayId, ArrayId)>,
}

struct Backward<'p> {
    program: &'p mut Program,
    forward: Vec<Arc<Equation>>,
    needed: Vec<bool>,
    parts: BTreeMap<ArrayId, Vec<Part>>,
    gradients: Gradients,
    /// The first equation that reads an array.
    first_reader: BTreeMap<ArrayId, usize>,
}

/// Adds the equations of all gradients from `seeds` to the weights in `wanted`.
///
/// # Errors
/// [`TrainError`] if an operation's gradient cannot be written with the three rules.
pub(super) fn backward(program: &mut Program, seeds: Vec<Seed>, wanted: &[ArrayId]) -> Result<Gradients, TrainError> {
    let forward = program.equations().to_vec();
    let mut needed = vec![false; program.arrays().len()];
    for id in wanted {
        needed[id.position()] = true;
    }
    let mut first_reader = BTreeMap::new();
    // States of a block are read before their equation: twice is enough for them.
    for _ in 0..2 {
        for (at, equation) in forward.iter().enumerate() {
            for read in equation.rule.reads().iter().flat_map(values_of) {
                first_reader.entry(read).or_insert(at);
                needed[equation.array.position()] |= needed[read.position()];
            }
        }
    }
    // The shift of a softmax changes nothing, so nothing goes back through it.
    for equation in &forward {
        if matches!(equation.rule, Rule::Extreme { .. }) && stage(program.name(equation.array)) == "top" {
            needed[equation.array.position()] = false;
        }
    }
    let gradients = Gradients { of: BTreeMap::new(), looked_up: BTreeMap::new() };
    let mut backward = Backward { program, forward, needed, parts: BTreeMap::new(), gradients, first_reader };
    for Seed { of, by, rule } in seeds {
        let shape = backward.program.shape(of).clone();
        backward.parts.entry(of).or_default().push(Part { by, shape, rule });
    }
    backward.run(wanted)?;
    Ok(backward.gradients)
}

/// The arrays whose values a read takes; not those that say where.
fn values_of(read: &Read) -> Vec<ArrayId> {
    match &read.outside {
        Outside::Read(next) => std::iter::once(read.array).chain(values_of(next)).collect(),
        Outside::Value(_) => vec![read.array],
    }
}

/// The part of a name after its last point.
fn stage(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, stage)| stage)
}

/// The name of the gradient: `LAYER.dz` of `LAYER.z`.
pub(super) fn gradient_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((layer, stage)) => format!("{layer}.d{stage}"),
        None => format!("d{name}"),
    }
}

impl Backward<'_> {
    fn run(&mut self, wanted: &[ArrayId]) -> Result<(), TrainError> {
        let forward = std::mem::take(&mut self.forward);
        self.forward.clone_from(&forward);
        let mut end = forward.len();
        while end > 0 {
            let repeat = forward[end - 1].repeat;
            let same = |equation: &&Arc<Equation>| repeat.is_some() && equation.repeat == repeat;
            let length = forward[..end].iter().rev().take_while(same).count().max(1);
            let start = end - length;
            match repeat {
                None => self.one(&forward[start])?,
                Some(repeat) => self.block(&forward[start..end], repeat)?,
            }
            for &weight in wanted {
                let first = self.first_reader.get(&weight).is_some_and(|at| (start..end).contains(at));
                if first && let Some(parts) = self.parts.remove(&weight) {
                    self.finish(weight, parts, None)?;
                }
            }
            end = start;
        }
        for &weight in wanted {
            if let Some(parts) = self.parts.remove(&weight) {
                self.finish(weight, parts, None)?;
            }
        }
        Ok(())
    }

    fn forward(&self, array: ArrayId) -> Option<&Equation> {
        self.forward.iter().find(|equation| equation.array == array).map(AsRef::as_ref)
    }

    fn any_needed(&self, reads: &[Read]) -> bool {
        reads.iter().flat_map(values_of).any(|array| self.needed[array.position()])
    }

    fn beyond(&self, entry: &Entry) -> TrainError {
        TrainError::Backward { stage: self.program.name(entry.equation.array).to_owned() }
    }

    /// An equation outside of a block.
    fn one(&mut self, equation: &Equation) -> Result<(), TrainError> {
        let id = equation.array;
        let Some(parts) = self.parts.remove(&id).filter(|_| self.needed[id.position()]) else { return Ok(()) };
        let gradient = match (&parts[..], &equation.rule) {
            ([part], Rule::Sum { .. }) if self.same_as(part).is_some() => {
                let same = self.same_as(part).unwrap_or(id);
                self.gradients.of.insert(id, same);
                same
            }
            _ => self.finish(id, parts, None)?,
        };
        let mut entry = Entry { equation: equation.clone(), gradient, opened: None };
        self.hand_on(&mut entry)
    }

    /// The array that a part is a plain copy of, of the same shape.
    fn same_as(&self, part: &Part) -> Option<ArrayId> {
        match &part.rule {
            Rule::Map { function: Function::Copy, of } => of
                .first()
                .filter(|read| read.is_same(part.shape.rank()) && *self.program.shape(read.array) == part.shape)
                .map(|read| read.array),
            _ => None,
        }
    }

    /// The equation of a gradient from its parts; `open` is its array if it was opened, in a block.
    fn finish(
        &mut self,
        id: ArrayId,
        parts: Vec<Part>,
        open: Option<(ArrayId, Repeat)>,
    ) -> Result<ArrayId, TrainError> {
        let name = gradient_name(self.program.name(id));
        let shape = self.program.shape(id).clone();
        let rank = shape.rank();
        let mut reads = Vec::with_capacity(parts.len());
        let mut only = None;
        let several = parts.len() > 1;
        for (at, part) in parts.into_iter().enumerate() {
            if !several && part.shape == shape {
                only = Some(part.rule);
                break;
            }
            let array = if let Some(array) = self.same_as(&part) {
                array
            } else {
                let name = self.part_name(&name, &part, at);
                let array = self.program.open(name, part.shape.clone())?;
                self.program.define(array, part.rule, open.map(|(_, repeat)| repeat))?;
                array
            };
            let read = Read::same(array, rank);
            reads.push(if part.shape == shape { read } else { read.viewed(shape.clone()) });
        }
        let rule = match only {
            Some(rule) => rule,
            None if several => Rule::map(Function::Add, reads),
            None => Rule::copy(reads.remove(0)),
        };
        let array = match open {
            Some((array, repeat)) => {
                self.program.define(array, rule, Some(repeat))?;
                array
            }
            None => self.program.equation(name, shape, rule)?,
        };
        self.gradients.of.insert(id, array);
        Ok(array)
    }

    fn part_name(&self, name: &str, part: &Part, at: usize) -> String {
        let reader = self.program.name(part.by);
        let layer = |name: &str| name.rsplit_once('.').map(|(layer, _)| layer.to_owned());
        let reader = if layer(name) == layer(reader) { stage(reader) } else { reader };
        let plain = format!("{name}.by.{reader}");
        if self.program.find(&plain).is_none() { plain } else { format!("{plain}.{at}") }
    }

    /// A value between a gradient and what it is made of, of the equation's shape.
    fn emit(&mut self, entry: &mut Entry, what: &str, rule: Rule) -> Result<ArrayId, TrainError> {
        let shape = entry.equation.shape.clone();
        self.emit_shaped(entry, what, shape, rule)
    }

    fn emit_shaped(&mut self, entry: &mut Entry, what: &str, shape: Shape, rule: Rule) -> Result<ArrayId, TrainError> {
        let name = self.program.name(entry.equation.array);
        let name = match name.rsplit_once('.') {
            Some((layer, "a")) => format!("{layer}.{what}"),
            _ => format!("{name}_{what}"),
        };
        let name = if self.program.find(&name).is_some() { format!("{name}_back") } else { name };
        match &mut entry.opened {
            None => Ok(self.program.equation(name, shape, rule)?),
            Some(opened) => {
                let array = self.program.open(name, shape)?;
                opened.push((array, rule));
                Ok(array)
            }
        }
    }

    /// A number of the formula, called by itself.
    fn number(&mut self, value: f32) -> Result<Read, TrainError> {
        super::number(self.program, value)
    }

    /// Says to every array that an equation reads what is added to its gradient.
    fn hand_on(&mut self, entry: &mut Entry) -> Result<(), TrainError> {
        let Equation { array, shape, rule, .. } = entry.equation.clone();
        let gradient = Read::same(entry.gradient, shape.rank());
        match &rule {
            Rule::Sum { over, factors } => {
                for (at, read) in factors.iter().enumerate() {
                    if !self.any_needed(std::slice::from_ref(read)) {
                        continue;
                    }
                    let mut all = factors.clone();
                    all[at] = gradient.clone();
                    self.route(entry, read, over, &all)?;
                }
            }
            Rule::Map { function: Function::Share, of } => {
                let (z, factors) = self.of_softmax(entry, of)?;
                self.route(entry, &z, &Shape::SCALAR, &factors)?;
            }
            Rule::Map { function, of } => {
                let each = self.of_map(entry, *function, of)?;
                for (read, factors) in of.iter().zip(each) {
                    if let Some(factors) = factors.filter(|_| self.any_needed(std::slice::from_ref(read))) {
                        self.route(entry, read, &Shape::SCALAR, &factors)?;
                    }
                }
            }
            Rule::Extreme { which: Which::Argmax, .. } => {}
            Rule::Extreme { over, of, which } => {
                if *which == Which::Smallest || entry.opened.is_some() {
                    return Err(self.beyond(entry));
                }
                let place = Rule::Extreme { over: over.clone(), of: of.clone(), which: Which::Argmax };
                let place = self.emit(entry, "place", place)?;
                let solved = self.turned(entry, of, over)?;
                let window = place_in_window(over, &solved).ok_or_else(|| self.beyond(entry))?;
                let place = solved.read(&Read::same(place, shape.rank())).ok_or_else(|| self.beyond(entry))?;
                let table = self.identity(over.size())?;
                let chosen = Read::new(table, [Index::Valued(Box::new(place)), Index::At(window)]);
                let gradient = solved.gradient(&gradient, &shape).ok_or_else(|| self.beyond(entry))?;
                let mut factors = vec![gradient, chosen];
                factors.extend(self.inside(&solved)?);
                self.add(array, of.array, &solved, factors);
            }
        }
        Ok(())
    }

    fn turned(&self, entry: &Entry, read: &Read, over: &Shape) -> Result<Turned, TrainError> {
        let shape = read.view.clone().unwrap_or_else(|| self.program.shape(read.array).clone());
        turned(read, &shape, &entry.equation.shape, over).ok_or_else(|| self.beyond(entry))
    }

    /// The part of the gradient that comes through one read: the sum, over all values that used a number, of the product of
    /// `factors`, one of which is the gradient of the value.
    fn route(&mut self, entry: &mut Entry, read: &Read, over: &Shape, factors: &[Read]) -> Result<(), TrainError> {
        let mut outside_of: Vec<Read> = Vec::new();
        let mut read = read;
        loop {
            if self.needed[read.array.position()] {
                self.route_one(entry, read, over, factors, &outside_of)?;
            }
            let Outside::Read(next) = &read.outside else { return Ok(()) };
            outside_of.push(read.clone());
            read = next;
        }
    }

    fn route_one(
        &mut self,
        entry: &mut Entry,
        read: &Read,
        over: &Shape,
        factors: &[Read],
        outside_of: &[Read],
    ) -> Result<(), TrainError> {
        let shape = entry.equation.shape.clone();
        let solved = self.turned(entry, read, over)?;
        let mut all = Vec::with_capacity(factors.len());
        for factor in factors {
            let plain =
                factor.is_same(shape.rank()) && factor.view.is_none() && *self.program.shape(factor.array) == shape;
            let turned = if plain { solved.gradient(factor, &shape) } else { solved.read(factor) };
            all.push(turned.ok_or_else(|| self.beyond(entry))?);
        }
        let mut hits = None;
        for (inner, axis) in &solved.valued {
            let found = self.hits(entry, read, inner, axis)?;
            hits = Some(found.array);
            all.push(found);
        }
        all.extend(self.inside(&solved)?);
        for before in outside_of {
            if let Some(guard) = self.outside_guard(entry, before, &solved)? {
                all.push(guard);
            }
        }
        if let Some(hits) = hits {
            self.gradients.looked_up.insert(read.array, (hits, entry.gradient));
        }
        self.add(entry.equation.array, read.array, &solved, all);
        Ok(())
    }

    fn add(&mut self, by: ArrayId, to: ArrayId, solved: &Turned, mut factors: Vec<Read>) {
        let rule = match (solved.over.rank(), factors.len()) {
            (0, 1) => Rule::copy(factors.remove(0)),
            (0, _) => Rule::map(Function::Multiply, factors),
            _ => Rule::Sum { over: solved.over.clone(), factors },
        };
        self.parts.entry(to).or_default().push(Part { by, shape: solved.shape.clone(), rule });
    }

    /// A block over time: its gradients are a block that runs the other way.
    fn block(&mut self, equations: &[Arc<Equation>], repeat: Repeat) -> Result<(), TrainError> {
        let mut reached: Vec<bool> =
            equations.iter().map(|e| self.needed[e.array.position()] && self.parts.contains_key(&e.array)).collect();
        loop {
            let before = reached.clone();
            for (at, equation) in equations.iter().enumerate() {
                let readers = equations.iter().zip(&before).filter(|(_, reached)| **reached);
                let read = readers.flat_map(|(reader, _)| reader.rule.reads().iter().flat_map(values_of));
                reached[at] |=
                    self.needed[equation.array.position()] && read.into_iter().any(|id| id == equation.array);
            }
            if reached == before {
                break;
            }
        }
        let back = Repeat { block: self.program.new_block(), backwards: !repeat.backwards, ..repeat };
        let mut entries: Vec<Entry> = Vec::new();
        for equation in equations.iter().zip(&reached).filter_map(|(equation, reached)| reached.then_some(equation)) {
            let name = gradient_name(self.program.name(equation.array));
            let gradient = self.program.open(name, equation.shape.clone())?;
            entries.push(Entry { equation: equation.as_ref().clone(), gradient, opened: Some(Vec::new()) });
        }
        for entry in entries.iter_mut().rev() {
            self.hand_on(entry)?;
        }
        for entry in entries.iter_mut().rev() {
            let id = entry.equation.array;
            let parts = self.parts.remove(&id).unwrap_or_default();
            if parts.is_empty() {
                return Err(self.beyond(entry));
            }
            self.finish(id, parts, Some((entry.gradient, back)))?;
            for (array, rule) in entry.opened.take().unwrap_or_default() {
                self.program.define(array, rule, Some(back))?;
            }
        }
        Ok(())
    }

    fn identity(&mut self, length: usize) -> Result<ArrayId, TrainError> {
        let numbers = (0..length * length).map(|at| f32::from(u8::from(at / length == at % length))).collect();
        self.constant(&format!("identity.{length}"), Array::new([length, length], numbers))
    }

    fn constant(&mut self, name: &str, array: Option<Array>) -> Result<ArrayId, TrainError> {
        match (self.program.find(name), array) {
            (Some(id), Some(array)) if matches!(&self.program.array(id).kind, Kind::Constant(own) if *own == array) => {
                Ok(id)
            }
            (_, Some(array)) => Ok(self.program.constant(name, array)?),
            (_, None) => Err(TrainError::Backward { stage: name.to_owned() }),
        }
    }

    /// Where a looked-up row was number w of the table: 1, else 0. One axis for each axis that says where, then w.
    fn hits(
        &mut self,
        entry: &mut Entry,
        read: &Read,
        inner: &Read,
        axis: &crate::equation::Affine,
    ) -> Result<Read, TrainError> {
        let position = axis.terms.first().map_or(0, |&(axis, _)| match axis {
            crate::equation::Axis::Own(axis) | crate::equation::Axis::Over(axis) => axis,
        });
        let length = self.program.shape(read.array).axes()[position];
        let numbers = (0..length).map(|at| at as f32).collect();
        let numbers = self.constant(&format!("numbers.{length}"), Array::new([length], numbers))?;
        let shape = self.program.shape(inner.array).clone();
        let plain =
            inner.view.is_none() && inner.index.iter().all(|index| matches!(index, Index::At(at) if at.divisor == 1));
        if !plain || entry.opened.is_some() {
            return Err(self.beyond(entry));
        }
        let pair = [Read::same(inner.array, shape.rank()), Read::new(numbers, [own(shape.rank())])];
        let hits =
            self.emit_shaped(entry, "hits", shape.with_axis(shape.rank(), length), Rule::map(Function::Equals, pair))?;
        let index = inner.index.iter().cloned().chain([Index::At(axis.clone())]);
        Ok(Read::new(hits, index))
    }
}
