//! The list of equations, and the arrays that they are about.
//!
//! A program is checked while it is made: every read fits its array, and reads only values that are known by then. So running it
//! needs no checks and cannot fail.

use std::{collections::BTreeMap, sync::Arc};

use thiserror::Error;

use super::{Array, ArrayId, Axis, Division, Equation, Index, Outside, Read, Repeat, Rule, Shape};
use crate::words;

/// The most numbers in one array: 1 GiB of float32.
const MOST_NUMBERS: usize = 1 << 28;

/// The most axes of an equation, its own and those it sums over.
const MOST_AXES: usize = 16;

/// Why an equation cannot be part of a program.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProgramError {
    /// The name is taken.
    #[error("{}", words::equation::name_twice(name))]
    Name {
        /// The name.
        name: String,
    },
    /// No array has this name or number.
    #[error("{}", words::equation::unknown(name))]
    Unknown {
        /// The name.
        name: String,
    },
    /// The array has no equation: it is an input or a weight.
    #[error("{}", words::equation::given(name))]
    Given {
        /// The name.
        name: String,
    },
    /// Too many numbers.
    #[error("{}", words::equation::size(MOST_NUMBERS, name, shape))]
    Size {
        /// The array.
        name: String,
        /// Its shape.
        shape: String,
    },
    /// A read does not fit the array it reads.
    #[error("{}", words::equation::read(got, name, read, shape))]
    Read {
        /// The array that is computed.
        name: String,
        /// The array that is read.
        read: String,
        /// What was written.
        got: String,
        /// The shape of what is read.
        shape: String,
    },
    /// A read of something that is not known yet.
    #[error("{}", words::equation::early(name, read))]
    Early {
        /// The array that is computed.
        name: String,
        /// The array that is read.
        read: String,
    },
    /// The rule is not possible.
    #[error("{fault}")]
    Rule {
        /// What is wrong with it, with the array's name.
        fault: String,
    },
}

/// What an array is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Given for each pass.
    Input,
    /// Part of the network.
    Weight(Array),
    /// A number of the formula, such as epsilon.
    Constant(Array),
    /// Worked out by the equation of this position.
    Value(usize),
    /// Declared, its equation is still to come.
    Open,
}

/// An array of a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Declared {
    /// `LAYER.STAGE`, or the name of an input.
    pub name: String,
    /// The length of each axis.
    pub shape: Shape,
    /// What it is.
    pub kind: Kind,
}

/// Equations in the order in which they are computed, and their arrays.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    // Shared, so that a search can copy a program for each change that it tries.
    pub(super) arrays: Vec<Arc<Declared>>,
    pub(super) names: Arc<BTreeMap<String, ArrayId>>,
    pub(super) equations: Vec<Arc<Equation>>,
    pub(super) blocks: usize,
}

impl Program {
    /// All arrays; an [`ArrayId`] is a position in it.
    pub fn arrays(&self) -> &[Arc<Declared>] {
        &self.arrays
    }

    /// The array of this number.
    pub fn array(&self, id: ArrayId) -> &Declared {
        &self.arrays[id.0]
    }

    /// The equations, in order.
    pub fn equations(&self) -> &[Arc<Equation>] {
        &self.equations
    }

    /// The equation that gives this array, if it is computed.
    pub fn equation_of(&self, id: ArrayId) -> Option<&Equation> {
        match self.arrays.get(id.0)?.as_ref().kind {
            Kind::Value(equation) => self.equations.get(equation).map(AsRef::as_ref),
            _ => None,
        }
    }

    /// The array of this name.
    pub fn find(&self, name: &str) -> Option<ArrayId> {
        self.names.get(name).copied()
    }

    /// The array at a position, if there is one.
    pub fn id(&self, position: usize) -> Option<ArrayId> {
        (position < self.arrays.len()).then_some(ArrayId(position))
    }

    /// The name of an array.
    pub fn name(&self, id: ArrayId) -> &str {
        &self.arrays[id.0].name
    }

    /// The shape of an array.
    pub fn shape(&self, id: ArrayId) -> &Shape {
        &self.arrays[id.0].shape
    }

    pub(super) fn declare(&mut self, name: String, shape: Shape, kind: Kind) -> Result<ArrayId, ProgramError> {
        if shape.size() > MOST_NUMBERS {
            return Err(ProgramError::Size { name, shape: shape.to_string() });
        }
        let id = ArrayId(self.arrays.len());
        if self.names.contains_key(&name) {
            return Err(ProgramError::Name { name });
        }
        Arc::make_mut(&mut self.names).insert(name.clone(), id);
        self.arrays.push(Arc::new(Declared { name, shape, kind }));
        Ok(id)
    }

    /// An array that is given for each pass.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken or the array is too large.
    pub fn input(&mut self, name: impl Into<String>, shape: impl Into<Shape>) -> Result<ArrayId, ProgramError> {
        self.declare(name.into(), shape.into(), Kind::Input)
    }

    /// An array that is part of the network.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken or the array is too large.
    pub fn weight(&mut self, name: impl Into<String>, array: Array) -> Result<ArrayId, ProgramError> {
        self.declare(name.into(), array.shape().clone(), Kind::Weight(array))
    }

    /// A number of the formula.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken.
    pub fn constant(&mut self, name: impl Into<String>, array: Array) -> Result<ArrayId, ProgramError> {
        self.declare(name.into(), array.shape().clone(), Kind::Constant(array))
    }

    /// An array whose equation follows: a state is read before it is computed.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken or the array is too large.
    pub fn open(&mut self, name: impl Into<String>, shape: impl Into<Shape>) -> Result<ArrayId, ProgramError> {
        self.declare(name.into(), shape.into(), Kind::Open)
    }

    /// One more equation, and the array it gives.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken, the array too large, or a read does not fit.
    pub fn equation(
        &mut self,
        name: impl Into<String>,
        shape: impl Into<Shape>,
        rule: Rule,
    ) -> Result<ArrayId, ProgramError> {
        let id = self.open(name, shape)?;
        self.define(id, rule, None).inspect_err(|_| {
            // What does not fit leaves nothing behind.
            if let Some(declared) = self.arrays.pop() {
                Arc::make_mut(&mut self.names).remove(&declared.name);
            }
        })?;
        Ok(id)
    }

    /// The equation of an open array.
    ///
    /// # Errors
    /// [`ProgramError`] if the array has an equation already, or a read does not fit.
    pub fn define(&mut self, id: ArrayId, rule: Rule, repeat: Option<Repeat>) -> Result<(), ProgramError> {
        let declared = &self.arrays[id.0];
        if declared.kind != Kind::Open {
            return Err(ProgramError::Name { name: declared.name.clone() });
        }
        let equation = Equation { array: id, shape: declared.shape.clone(), rule, repeat };
        self.check(&equation, self.equations.len())?;
        let position = self.equations.len();
        self.declared_mut(id).kind = Kind::Value(position);
        self.equations.push(Arc::new(equation));
        Ok(())
    }

    pub(super) fn declared_mut(&mut self, id: ArrayId) -> &mut Declared {
        Arc::make_mut(&mut self.arrays[id.0])
    }

    /// A number for a new block of equations that repeat.
    pub fn new_block(&mut self) -> usize {
        self.blocks += 1;
        self.blocks
    }

    /// Whether an equation may be at `position` of the list.
    pub(super) fn check(&self, equation: &Equation, position: usize) -> Result<(), ProgramError> {
        let name = || self.name(equation.array).to_owned();
        let fault = |fault: String| Err(ProgramError::Rule { fault });
        let (own, over) = (equation.shape.rank(), equation.rule.over().rank());
        if own + over > MOST_AXES {
            return fault(words::equation::too_many_axes(MOST_AXES, name()));
        }
        if equation.rule.actions().checked_mul(equation.shape.size()).is_none_or(|steps| steps > usize::MAX >> 16) {
            return fault(words::equation::too_many_steps(name()));
        }
        if equation.repeat.is_some_and(|repeat| repeat.axis >= own) {
            return fault(words::equation::repeated_axis(name()));
        }
        let apart = |ours: Repeat, other: &Equation| {
            let time = |equation: &Equation, repeat: Repeat| equation.shape.axes().get(repeat.axis).copied();
            let same = |theirs: Repeat| ours == theirs && time(equation, ours) == time(other, theirs);
            other.repeat.is_some_and(|theirs| ours.block == theirs.block && !same(theirs))
        };
        if equation.repeat.is_some_and(|repeat| self.equations.iter().rev().any(|other| apart(repeat, other))) {
            return fault(words::equation::repeated_otherwise(name()));
        }
        match &equation.rule {
            Rule::Sum { factors, .. } if factors.is_empty() => return fault(words::equation::no_factors(name())),
            Rule::Map { function, of } if !function.takes(of.len()) => {
                return fault(words::equation::values(of.len(), format_args!("{function:?}"), name()));
            }
            _ => {}
        }
        for read in equation.rule.reads().iter().flat_map(Read::each) {
            self.check_read(equation, read, position, own, over)?;
        }
        Ok(())
    }

    fn check_read(
        &self,
        equation: &Equation,
        read: &Read,
        position: usize,
        own: usize,
        over: usize,
    ) -> Result<(), ProgramError> {
        let name = || self.name(equation.array).to_owned();
        let Some(array) = self.arrays.get(read.array.0) else {
            return Err(ProgramError::Unknown { name: format!("#{}", read.array.0) });
        };
        let shape = read.view.as_ref().unwrap_or(&array.shape);
        let misfit = |got: String| {
            let (read, shape) = (array.name.clone(), array.shape.to_string());
            Err(ProgramError::Read { name: name(), read, got, shape })
        };
        if shape.size() != array.shape.size() {
            return misfit(words::equation::view(shape));
        }
        if shape.rank() != read.index.len() {
            return misfit(words::equation::indices(read.index.len()));
        }
        for index in &read.index {
            let Index::At(affine) = index else { continue };
            let known = |axis: Axis| match axis {
                Axis::Own(axis) => axis < own,
                Axis::Over(axis) => axis < over,
            };
            if affine.divisor < 1 || affine.terms.iter().any(|&(axis, _)| !known(axis)) {
                return misfit(words::equation::unknown_axis());
            }
            if affine.divisor > 1 && affine.terms.is_empty() && affine.division == Division::Exact {
                return misfit(words::equation::fixed_division());
            }
        }
        let early = || Err(ProgramError::Early { name: name(), read: array.name.clone() });
        match array.kind {
            Kind::Value(at) if at < position => Ok(()),
            Kind::Value(_) | Kind::Open => match equation.repeat {
                Some(repeat) if self.reads_earlier(read, repeat) => Ok(()),
                _ => early(),
            },
            _ => Ok(()),
        }
    }

    /// Whether a read is of a time of its own block that was computed before, or of a time outside of the block.
    pub(super) fn reads_earlier(&self, read: &Read, repeat: Repeat) -> bool {
        let same_block = match self.arrays[read.array.0].kind {
            Kind::Value(at) => self.equations.get(at).is_some_and(|other| other.repeat == Some(repeat)),
            Kind::Open => true,
            _ => false,
        };
        let earlier = match read.index.get(repeat.axis) {
            Some(Index::At(time)) => {
                let before = if repeat.backwards { time.constant > 0 } else { time.constant < 0 };
                time.divisor == 1 && before && time.terms == [(Axis::Own(repeat.axis), 1)]
            }
            _ => false,
        };
        same_block
            && earlier
            && read.view.is_none()
            && !matches!(read.outside, Outside::Read(ref next) if next.array == read.array)
    }
}
