//! Changes of a program, by the names of its stages, as mistakes make them.
//!
//! Each change checks that the result is a program; otherwise everything stays unchanged. An equation that is left out becomes a
//! copy of its input: it takes no step, its readers get its input, and its address still names a value. Positions, values and the
//! worked solution follow from the changed list; no other code has to know about the change.

use std::sync::Arc;

use super::{Affine, Array, ArrayId, Equation, Function, Index, Kind, Program, ProgramError, Read, Rule, Shape};
use crate::words::equation;

impl Program {
    /// Changes one equation; on an error the program is as before.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such equation, or the changed one does not fit.
    pub fn change(&mut self, name: &str, change: impl FnOnce(&mut Equation)) -> Result<ArrayId, ProgramError> {
        let id = self.named(name)?;
        let Kind::Value(position) = self.arrays[id.0].kind else {
            return Err(ProgramError::Given { name: name.to_owned() });
        };
        let mut changed = self.equations[position].as_ref().clone();
        change(&mut changed);
        changed.array = id;
        let before = (self.equations[position].clone(), self.arrays[id.0].shape.clone());
        self.declared_mut(id).shape = changed.shape.clone();
        self.equations[position] = Arc::new(changed);
        let readers = (position..self.equations.len()).filter(|&at| {
            let reads = self.equations[at].rule.reads().iter().flat_map(Read::each);
            at == position || reads.into_iter().any(|read| read.array == id)
        });
        let checked = readers.into_iter().try_for_each(|at| self.check(&self.equations[at], at));
        if let Err(error) = checked {
            self.equations[position] = before.0;
            self.declared_mut(id).shape = before.1;
            return Err(error);
        }
        Ok(id)
    }

    fn named(&self, name: &str) -> Result<ArrayId, ProgramError> {
        self.find(name).ok_or_else(|| ProgramError::Unknown { name: name.to_owned() })
    }

    fn fault<T>(fault: String) -> Result<T, ProgramError> {
        Err(ProgramError::Rule { fault })
    }

    /// Leaves a stage out: it becomes a copy of the first value that it reads at its own index.
    ///
    /// # Errors
    /// [`ProgramError`] if it reads none there: then no value can replace it.
    pub fn leave_out(&mut self, name: &str) -> Result<ArrayId, ProgramError> {
        let id = self.named(name)?;
        let Some(equation) = self.equation_of(id) else { return Err(ProgramError::Given { name: name.to_owned() }) };
        let fits = |read: &&Read| {
            let seen = read.view.as_ref().unwrap_or_else(|| self.shape(read.array));
            read.is_here(equation.shape.rank()) && *seen == equation.shape
        };
        let Some(input) = equation.rule.reads().iter().find(fits).cloned() else {
            return Self::fault(equation::no_copy(name));
        };
        self.change(name, |equation| equation.rule = Rule::copy(input))
    }

    /// Gives a stage another rule.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such stage, or the rule does not fit.
    pub fn set_rule(&mut self, name: &str, rule: Rule) -> Result<ArrayId, ProgramError> {
        self.change(name, |equation| equation.rule = rule)
    }

    /// Exchanges the function of a stage.
    ///
    /// # Errors
    /// [`ProgramError`] if the stage has none, or the new one takes another number of values.
    pub fn set_function(&mut self, name: &str, with: Function) -> Result<ArrayId, ProgramError> {
        let id = self.named(name)?;
        if !matches!(self.equation_of(id), Some(Equation { rule: Rule::Map { .. }, .. })) {
            return Self::fault(equation::no_function(name));
        }
        self.change(name, |equation| {
            if let Rule::Map { function, .. } = &mut equation.rule {
                *function = with;
            }
        })
    }

    /// Exchanges one operand of a stage: factor or value number `operand`.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such operand, or the new one does not fit.
    pub fn set_operand(&mut self, name: &str, operand: usize, with: Read) -> Result<ArrayId, ProgramError> {
        self.change_read(name, operand, |read| *read = with)
    }

    /// Adds an operand to a stage whose values join one after the other, or a factor to a sum.
    ///
    /// # Errors
    /// [`ProgramError`] if the stage takes no more, or the new one does not fit.
    pub fn add_operand(&mut self, name: &str, with: Read) -> Result<ArrayId, ProgramError> {
        self.change(name, |equation| match &mut equation.rule {
            Rule::Sum { factors, .. } => factors.push(with),
            Rule::Map { of, .. } => of.push(with),
            Rule::Extreme { of, .. } => *of = with,
        })
    }

    /// Takes an operand away.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such operand, or the rest is not a rule.
    pub fn remove_operand(&mut self, name: &str, operand: usize) -> Result<ArrayId, ProgramError> {
        self.operands(name, operand)?;
        self.change(name, |equation| match &mut equation.rule {
            Rule::Sum { factors: reads, .. } | Rule::Map { of: reads, .. } => drop(reads.remove(operand)),
            Rule::Extreme { .. } => {}
        })
    }

    /// Exchanges two axes of what an operand reads: a transposed kernel. The lengths of the axes stay the array's own, so that
    /// a kernel that is not square runs out of numbers and reads padding.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such operand or axis.
    pub fn swap_axes(&mut self, name: &str, operand: usize, one: usize, other: usize) -> Result<ArrayId, ProgramError> {
        let rank = self.operands(name, operand)?.index.len();
        if one >= rank || other >= rank {
            return Self::fault(equation::no_axes(name, one, other, rank));
        }
        self.change_read(name, operand, |read| read.index.swap(one, other))
    }

    /// Reads an operand at another place along one of its axes: another stride, padding, order of gates or of time.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such operand or axis.
    pub fn set_index(
        &mut self,
        name: &str,
        operand: usize,
        axis: usize,
        index: Affine,
    ) -> Result<ArrayId, ProgramError> {
        let rank = self.operands(name, operand)?.index.len();
        if axis >= rank {
            return Self::fault(equation::no_axis(axis, name, rank));
        }
        self.change_read(name, operand, |read| read.index[axis] = Index::At(index))
    }

    /// Sums over, or looks over, other axes.
    ///
    /// # Errors
    /// [`ProgramError`] if the stage does not sum, or its reads do not fit any more.
    pub fn set_over(&mut self, name: &str, axes: impl Into<Shape>) -> Result<ArrayId, ProgramError> {
        let axes = axes.into();
        self.change(name, |equation| {
            if let Rule::Sum { over, .. } | Rule::Extreme { over, .. } = &mut equation.rule {
                *over = axes;
            }
        })
    }

    /// Gives a stage another shape. Readers read padding where it has become shorter.
    ///
    /// # Errors
    /// [`ProgramError`] if something does not fit any more.
    pub fn set_shape(&mut self, name: &str, shape: impl Into<Shape>) -> Result<ArrayId, ProgramError> {
        let shape = shape.into();
        self.change(name, |equation| equation.shape = shape)
    }

    /// Puts a new stage behind another: all later equations that read `after` read the new one then. `rule` makes its rule
    /// from the array of `after`; the shape is the same.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such stage, the name is taken, or the rule does not fit.
    pub fn insert_after(
        &mut self,
        after: &str,
        name: impl Into<String>,
        rule: impl FnOnce(ArrayId) -> Rule,
    ) -> Result<ArrayId, ProgramError> {
        let before = self.named(after)?;
        let (position, repeat) = match self.arrays[before.0].kind {
            Kind::Value(at) => (at + 1, self.equations[at].repeat),
            _ => (0, None),
        };
        let mut changed = self.clone();
        let shape = self.shape(before).clone();
        let id = changed.declare(name.into(), shape.clone(), Kind::Open)?;
        let equation = Equation { array: id, shape, rule: rule(before), repeat };
        changed.check(&equation, position)?;
        for other in changed.equations.iter_mut().filter(|other| reads(other, before)) {
            let other = Arc::make_mut(other);
            for read in other.rule.reads_mut() {
                *read = read.changed(&mut |read| {
                    if read.array == before {
                        read.array = id;
                    }
                });
            }
        }
        changed.insert(position, equation);
        for (at, equation) in changed.equations.iter().enumerate() {
            changed.check(equation, at)?;
        }
        *self = changed;
        Ok(id)
    }

    /// Puts a new stage before another, which nothing reads yet: give it to readers with [`Self::set_operand`]. In a block
    /// that repeats it becomes part of the block.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such stage, the name is taken, or the rule does not fit.
    pub fn insert_before(
        &mut self,
        before: &str,
        name: impl Into<String>,
        shape: impl Into<Shape>,
        rule: Rule,
    ) -> Result<ArrayId, ProgramError> {
        let next = self.named(before)?;
        let Kind::Value(position) = self.arrays[next.0].kind else {
            return Err(ProgramError::Given { name: before.to_owned() });
        };
        let (shape, repeat) = (shape.into(), self.equations[position].repeat);
        let mut changed = self.clone();
        let id = changed.declare(name.into(), shape.clone(), Kind::Open)?;
        let equation = Equation { array: id, shape, rule, repeat };
        changed.check(&equation, position)?;
        changed.insert(position, equation);
        *self = changed;
        Ok(id)
    }

    /// Puts an equation at a position of the list.
    fn insert(&mut self, position: usize, equation: Equation) {
        self.equations.insert(position, Arc::new(equation));
        for at in position..self.equations.len() {
            self.declared_mut(self.equations[at].array).kind = Kind::Value(at);
        }
    }

    /// Puts another number into a weight or a constant.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such number, or the array is computed.
    pub fn set_number(&mut self, name: &str, flat: usize, value: f32) -> Result<ArrayId, ProgramError> {
        let id = self.named(name)?;
        let (Kind::Weight(array) | Kind::Constant(array)) = &mut self.declared_mut(id).kind else {
            return Self::fault(equation::no_numbers(name));
        };
        let Some(changed) = array.with(flat, value) else {
            return Self::fault(equation::no_number(flat, name, array.shape()));
        };
        *array = changed;
        Ok(id)
    }

    /// Puts other numbers into a weight or a constant, of the same shape.
    ///
    /// # Errors
    /// [`ProgramError`] if the shape is another, or the array is computed.
    pub fn set_array(&mut self, name: &str, with: Array) -> Result<ArrayId, ProgramError> {
        let id = self.named(name)?;
        match &mut self.declared_mut(id).kind {
            Kind::Weight(array) | Kind::Constant(array) if array.shape() == with.shape() => *array = with,
            _ => return Self::fault(equation::other_shape(name, with.shape())),
        }
        Ok(id)
    }

    fn operands(&self, name: &str, operand: usize) -> Result<&Read, ProgramError> {
        let id = self.named(name)?;
        let Some(equation) = self.equation_of(id) else { return Err(ProgramError::Given { name: name.to_owned() }) };
        let reads = equation.rule.reads();
        match reads.get(operand) {
            Some(read) => Ok(read),
            None => Self::fault(equation::no_operand(reads.len(), name, operand)),
        }
    }

    fn change_read(
        &mut self,
        name: &str,
        operand: usize,
        change: impl FnOnce(&mut Read),
    ) -> Result<ArrayId, ProgramError> {
        self.operands(name, operand)?;
        self.change(name, |equation| {
            if let Some(read) = equation.rule.reads_mut().get_mut(operand) {
                change(read);
            }
        })
    }
}

/// Whether an equation reads an array.
fn reads(equation: &Equation, array: ArrayId) -> bool {
    equation.rule.reads().iter().flat_map(Read::each).any(|read| read.array == array)
}
