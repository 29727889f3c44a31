//! How an operation writes its equations: names and shapes come from its layer.

use super::GraphError;
use crate::{
    equation::{Affine, Array, ArrayId, Program, Read, Repeat, Rule, Shape, own},
    words::operation,
};

/// A value between operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Its array.
    pub array: ArrayId,
    /// Its shape, without the axis of samples.
    pub shape: Shape,
    /// Which times count, shape (times,): 1 for those that count, 0 for the others.
    pub mask: Option<ArrayId>,
}

impl Value {
    /// A value all of which counts.
    pub fn new(array: ArrayId, shape: impl Into<Shape>) -> Self {
        Self { array, shape: shape.into(), mask: None }
    }

    /// The same with the mask of another value.
    #[must_use]
    pub fn masked_as(self, other: &Self) -> Self {
        Self { mask: other.mask, ..self }
    }

    /// How many axes.
    pub fn rank(&self) -> usize {
        self.shape.rank()
    }

    /// The length of each axis.
    pub fn axes(&self) -> &[usize] {
        self.shape.axes()
    }

    /// The value at the equation's own index.
    pub fn same(&self) -> Read {
        Read::same(self.array, self.rank())
    }
}

/// The equations of one layer while they are written.
#[derive(Debug)]
pub struct Lines<'p> {
    program: &'p mut Program,
    /// The layer, as it is called in addresses of values.
    layer: String,
    /// The layer that has the weights: another one where a layer is used a second time.
    owner: String,
}

impl<'p> Lines<'p> {
    /// Lines of the layer `layer`, whose weights `owner` has.
    pub fn new(program: &'p mut Program, layer: String, owner: String) -> Self {
        Self { program, layer, owner }
    }

    /// The layer's name.
    pub fn layer(&self) -> &str {
        &self.layer
    }

    /// Lines of a part of this layer, called `LAYER/PART`.
    pub fn part(&mut self, part: &str) -> Lines<'_> {
        let (layer, owner) = (format!("{}/{part}", self.layer), format!("{}/{part}", self.owner));
        Lines { program: self.program, layer, owner }
    }

    /// Lines of the same layer in a program of its own.
    pub fn apart<'q>(&self, program: &'q mut Program) -> Lines<'q> {
        Lines { program, layer: self.layer.clone(), owner: self.owner.clone() }
    }

    /// The program that the lines become part of.
    pub fn program(&mut self) -> &mut Program {
        self.program
    }

    /// An error of this layer.
    pub fn fault(&self, fault: String) -> GraphError {
        GraphError::Layer { layer: self.layer.clone(), fault }
    }

    /// One more equation.
    ///
    /// # Errors
    /// [`GraphError`] if something does not fit.
    pub fn stage(&mut self, stage: &str, shape: impl Into<Shape>, rule: Rule) -> Result<ArrayId, GraphError> {
        Ok(self.program.equation(format!("{}.{stage}", self.layer), shape, rule)?)
    }

    /// An array whose equation comes later.
    ///
    /// # Errors
    /// [`GraphError`] if the array is too large.
    pub fn open(&mut self, stage: &str, shape: impl Into<Shape>) -> Result<ArrayId, GraphError> {
        Ok(self.program.open(format!("{}.{stage}", self.layer), shape)?)
    }

    /// The equation of an open array, in a block that repeats.
    ///
    /// # Errors
    /// [`GraphError`] if something does not fit.
    pub fn define(&mut self, id: ArrayId, rule: Rule, repeat: Repeat) -> Result<(), GraphError> {
        Ok(self.program.define(id, rule, Some(repeat))?)
    }

    /// One more equation of a block that repeats.
    ///
    /// # Errors
    /// [`GraphError`] if something does not fit.
    pub fn repeated(
        &mut self,
        stage: &str,
        shape: impl Into<Shape>,
        rule: Rule,
        repeat: Repeat,
    ) -> Result<ArrayId, GraphError> {
        let id = self.open(stage, shape)?;
        self.define(id, rule, repeat)?;
        Ok(id)
    }

    /// A weight of this layer.
    ///
    /// # Errors
    /// [`GraphError`] if its shape is another than the one that fits.
    pub fn weight(&mut self, weight: &str, array: &Array, expected: &[usize]) -> Result<ArrayId, GraphError> {
        if array.shape().axes() != expected {
            let (expected, got) = (Shape::from(expected).to_string(), array.shape().to_string());
            return Err(GraphError::Weight { layer: self.owner.clone(), weight: weight.to_owned(), expected, got });
        }
        let name = format!("{}.{weight}", self.owner);
        match self.program.find(&name) {
            Some(id) => Ok(id),
            None => Ok(self.program.weight(name, array.clone())?),
        }
    }

    /// A weight of another layer, by its whole name.
    ///
    /// # Errors
    /// [`GraphError`] if its shape is another than the one that fits.
    pub fn weight_of(&mut self, name: &str, array: &Array, expected: &[usize]) -> Result<ArrayId, GraphError> {
        if array.shape().axes() != expected {
            let (expected, got) = (Shape::from(expected).to_string(), array.shape().to_string());
            return Err(GraphError::Weight { layer: self.owner.clone(), weight: name.to_owned(), expected, got });
        }
        match self.program.find(name) {
            Some(id) => Ok(id),
            None => Ok(self.program.weight(name, array.clone())?),
        }
    }

    /// Numbers that are given for each pass: `LAYER.STAGE`.
    ///
    /// # Errors
    /// [`GraphError`] if the name is taken or the array too large.
    pub fn given(&mut self, stage: &str, shape: impl Into<Shape>) -> Result<ArrayId, GraphError> {
        Ok(self.program.input(format!("{}.{stage}", self.layer), shape)?)
    }

    /// A number of the formula.
    ///
    /// # Errors
    /// [`GraphError`] if the name is taken by something else.
    pub fn constant(&mut self, name: &str, value: f32) -> Result<ArrayId, GraphError> {
        self.constants(name, Array::scalar(value))
    }

    /// Numbers of the formula.
    ///
    /// # Errors
    /// [`GraphError`] if the name is taken by something else.
    pub fn constants(&mut self, name: &str, array: Array) -> Result<ArrayId, GraphError> {
        let name = format!("{}.{name}", self.owner);
        match self.program.find(&name) {
            Some(id) if self.program.shape(id) == array.shape() => Ok(id),
            _ => Ok(self.program.constant(name, array)?),
        }
    }

    /// The only value that the layer takes.
    ///
    /// # Errors
    /// [`GraphError`] if there are more or none.
    pub fn only<'v>(&self, from: &'v [Value]) -> Result<&'v Value, GraphError> {
        match from {
            [value] => Ok(value),
            _ => Err(self.fault(operation::one_value(from.len()))),
        }
    }

    /// The only value that the layer takes, of so many axes.
    ///
    /// # Errors
    /// [`GraphError`] if there are more or none, or it has other axes.
    pub fn only_of_rank<'v>(&self, from: &'v [Value], rank: usize) -> Result<&'v Value, GraphError> {
        let value = self.only(from)?;
        if value.rank() == rank {
            return Ok(value);
        }
        Err(self.fault(operation::axes(rank, &value.shape)))
    }
}

/// The read of a single number.
pub(super) fn scalar(array: ArrayId) -> Read {
    Read::same(array, 0)
}

/// Own axes from `from` on, `count` of them.
pub(super) fn owns(from: usize, count: usize) -> Vec<Affine> {
    (from..from + count).map(own).collect()
}

/// All own axes of an equation of `rank` axes but those in `without`.
pub(super) fn owns_without(rank: usize, without: &[usize]) -> Vec<Affine> {
    (0..rank).filter(|axis| !without.contains(axis)).map(own).collect()
}
