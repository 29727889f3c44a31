//! Changes that need another order: an equation that now reads what was computed after it.

use std::{collections::BTreeSet, sync::Arc};

use super::{ArrayId, Equation, Kind, Program, ProgramError, Read, Rule, Shape};

/// A program that is being changed; it is checked at the end.
#[derive(Debug)]
pub struct Draft {
    program: Program,
}

impl Draft {
    /// The program so far.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// One more equation.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken or the array too large.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        shape: impl Into<Shape>,
        rule: Rule,
    ) -> Result<ArrayId, ProgramError> {
        let shape = shape.into();
        let position = self.program.equations.len();
        let array = self.program.declare(name.into(), shape.clone(), Kind::Value(position))?;
        self.program.equations.push(Arc::new(Equation { array, shape, rule, repeat: None }));
        Ok(array)
    }

    /// One more array that is given for each pass.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken or the array too large.
    pub fn given(&mut self, name: impl Into<String>, shape: impl Into<Shape>) -> Result<ArrayId, ProgramError> {
        self.program.input(name, shape)
    }

    /// A number of the formula, called by itself.
    ///
    /// # Errors
    /// [`ProgramError`] if the name is taken by something else.
    pub fn number(&mut self, value: f32) -> Result<Read, ProgramError> {
        let name = value.to_string();
        let id = match self.program.find(&name) {
            Some(id) => id,
            None => self.program.constant(name, super::Array::scalar(value))?,
        };
        Ok(Read::same(id, 0))
    }

    /// Gives a stage another rule.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such stage.
    pub fn set(&mut self, array: ArrayId, rule: Rule) -> Result<(), ProgramError> {
        let unknown = || ProgramError::Unknown { name: array.0.to_string() };
        let declared = self.program.arrays.get(array.0).ok_or_else(unknown)?;
        match declared.kind {
            Kind::Value(at) => {
                Arc::make_mut(&mut self.program.equations[at]).rule = rule;
                Ok(())
            }
            _ => Err(ProgramError::Given { name: declared.name.clone() }),
        }
    }

    /// Puts a stage between a value and what becomes of it here: the old rule goes to a new array `name`, and `rule` makes the
    /// stage's rule from it. Readers read the stage as before.
    ///
    /// # Errors
    /// [`ProgramError`] if there is no such stage or the name is taken.
    pub fn wrap(
        &mut self,
        array: ArrayId,
        name: impl Into<String>,
        rule: impl FnOnce(Read) -> Rule,
    ) -> Result<ArrayId, ProgramError> {
        let Some(equation) = self.program.equation_of(array).cloned() else {
            return Err(ProgramError::Unknown { name: array.0.to_string() });
        };
        let inner = self.add(name, equation.shape.clone(), equation.rule)?;
        if let Some(last) = self.program.equations.last_mut() {
            Arc::make_mut(last).repeat = equation.repeat;
        }
        self.set(array, rule(Read::same(inner, equation.shape.rank())))?;
        Ok(inner)
    }
}

impl Program {
    /// Changes the list freely, then brings it into an order in which everything is computed before it is read, as near to the old
    /// one as can be. On an error the program is as before.
    ///
    /// # Errors
    /// [`ProgramError`] if something does not fit, or values would need each other.
    pub fn rearrange(
        &mut self,
        change: impl FnOnce(&mut Draft) -> Result<(), ProgramError>,
    ) -> Result<(), ProgramError> {
        let mut draft = Draft { program: self.clone() };
        change(&mut draft)?;
        let mut program = draft.program;
        let units: Vec<Vec<Arc<Equation>>> = program.runs().map(|range| program.equations[range].to_vec()).collect();
        let kind = |id: ArrayId| program.arrays.get(id.0).map(|declared| &declared.kind);
        let given = |id: ArrayId| !matches!(kind(id), None | Some(Kind::Value(_) | Kind::Open));
        let mut known: BTreeSet<ArrayId> = BTreeSet::new();
        let mut left: Vec<Option<Vec<Arc<Equation>>>> = units.into_iter().map(Some).collect();
        let mut order = Vec::with_capacity(program.equations.len());
        loop {
            let ready = |unit: &Vec<Arc<Equation>>| {
                let own: Vec<ArrayId> = unit.iter().map(|equation| equation.array).collect();
                let mut reads = unit.iter().flat_map(|equation| equation.rule.reads()).flat_map(Read::each);
                reads.all(|read| given(read.array) || known.contains(&read.array) || own.contains(&read.array))
            };
            let Some(next) = left.iter_mut().find(|unit| unit.as_ref().is_some_and(ready)) else { break };
            let unit = next.take().unwrap_or_default();
            known.extend(unit.iter().map(|equation| equation.array));
            order.extend(unit);
        }
        if let Some(unit) = left.into_iter().flatten().next() {
            let name = program.name(unit[0].array).to_owned();
            return Err(ProgramError::Early { read: name.clone(), name });
        }
        program.equations = order;
        for at in 0..program.equations.len() {
            program.declared_mut(program.equations[at].array).kind = Kind::Value(at);
        }
        for (at, equation) in program.equations.iter().enumerate() {
            program.check(equation, at)?;
        }
        *self = program;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Function, own};
    use super::*;

    #[test]
    fn an_equation_may_read_what_came_after_it() {
        let mut program = Program::default();
        let x = program.input("x", [2]).expect("an input");
        let double = Rule::map(Function::Add, [Read::same(x, 1), Read::same(x, 1)]);
        let early = program.equation("early", [2], Rule::copy(Read::same(x, 1))).expect("fits");
        let late = program.equation("late", [2], double).expect("fits");
        program.rearrange(|draft| draft.set(early, Rule::copy(Read::new(late, [own(0)])))).expect("an order");
        let values = program.evaluate(&[(x, vec![1.0, 2.0])]).expect("runs");
        assert_eq!(values.of(early), [2.0, 4.0]);
        // And not both ways.
        let before = program.clone();
        let error = program.rearrange(|draft| draft.set(late, Rule::copy(Read::same(early, 1)))).expect_err("a circle");
        assert!(error.to_string().contains("late") || error.to_string().contains("early"), "{error}");
        assert_eq!(program, before);
    }

    #[test]
    fn a_wrapped_stage_keeps_its_readers() {
        let mut program = Program::default();
        let x = program.input("x", [1]).expect("an input");
        let y = program.equation("y", [1], Rule::copy(Read::same(x, 1))).expect("fits");
        let z = program.equation("z", [1], Rule::copy(Read::same(y, 1))).expect("fits");
        program
            .rearrange(|draft| {
                let two = draft.number(2.0)?;
                draft.wrap(y, "y.plain", |plain| Rule::map(Function::Multiply, [plain, two])).map(drop)
            })
            .expect("an order");
        assert_eq!(program.evaluate(&[(x, vec![3.0])]).expect("runs").of(z), [6.0]);
    }
}
