//! A network for the rows of a batch together: every value gets the axis of the rows in front.
//!
//! Most operations compute each row by itself; those that training treats otherwise say so
//! ([`Operation::in_training`](super::Operation::in_training)).

use std::collections::BTreeSet;

use super::{GraphError, Lines, Network, Node, Source, Value};
use crate::equation::{ArrayId, Program};

/// All equations of a forward pass of several rows.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The equations.
    pub program: Program,
    /// How many rows.
    pub rows: usize,
    /// The inputs, shape (rows, ..), in order.
    pub inputs: Vec<ArrayId>,
    /// The results of each node, with the axis of the rows.
    pub results: Vec<Vec<Value>>,
    /// The arrays whose first axis is that of the rows.
    pub of_rows: BTreeSet<ArrayId>,
}

impl Rows {
    /// The value of a result.
    pub fn value(&self, source: Source) -> Option<&Value> {
        self.results.get(source.node.position())?.get(source.result)
    }
}

impl Network {
    /// The network for so many rows, in training or as it is used afterwards.
    ///
    /// # Errors
    /// [`GraphError`] if an array becomes too large.
    pub fn of_rows(&self, rows: usize, training: bool) -> Result<Rows, GraphError> {
        let mut made = Rows {
            program: Program::default(),
            rows,
            inputs: Vec::new(),
            results: Vec::new(),
            of_rows: BTreeSet::new(),
        };
        for node in self.nodes() {
            let results = made.node(node, training)?;
            made.results.push(results);
        }
        Ok(made)
    }
}

impl Rows {
    fn node(&mut self, node: &Node, training: bool) -> Result<Vec<Value>, GraphError> {
        let rows = self.rows;
        let Some(operation) = &node.operation else {
            let shape = node.shape().with_axis(0, rows);
            let array = self.program.input(node.name.clone(), shape.clone())?;
            self.inputs.push(array);
            self.of_rows.insert(array);
            return Ok(vec![Value::new(array, shape)]);
        };
        let from: Vec<Value> = node.from.iter().filter_map(|&source| self.value(source).cloned()).collect();
        let before = self.program.arrays().len();
        let together = if training {
            let mut lines = Lines::new(&mut self.program, node.name.clone(), node.owner.clone());
            operation.in_training(&mut lines, &from)?
        } else {
            None
        };
        if let Some(results) = together {
            let added = (before..self.program.arrays().len()).filter_map(|at| self.program.id(at));
            let own = |id: &ArrayId| self.program.shape(*id).axes().first() == Some(&rows);
            let whole = |id: &ArrayId| results.iter().any(|value| value.shape == *self.program.shape(*id));
            self.of_rows.extend(added.filter(|id| own(id) && whole(id)).collect::<Vec<_>>());
            return Ok(results);
        }
        // One row in a program of its own, then once for each row.
        let mut program = Program::default();
        let (mut inner, mut given) = (Vec::new(), Vec::new());
        for (at, value) in from.iter().enumerate() {
            let shape = value.shape.without_axis(0);
            let array = program.input(format!("in_{at}"), shape.clone())?;
            given.push(value.array);
            let mask = match value.mask {
                None => None,
                Some(mask) => {
                    given.push(mask);
                    Some(program.input(format!("mask_{at}"), self.program.shape(mask).without_axis(0))?)
                }
            };
            inner.push(Value { mask, ..Value::new(array, shape) });
        }
        let results =
            operation.equations(&mut Lines::new(&mut program, node.name.clone(), node.owner.clone()), &inner)?;
        let here = self.program.graft(&program, &given, Some(rows))?;
        self.of_rows.extend(program.equations().iter().map(|equation| here[equation.array.position()]));
        let of = |value: &Value| Value {
            array: here[value.array.position()],
            shape: value.shape.with_axis(0, rows),
            mask: value.mask.map(|mask| here[mask.position()]),
        };
        Ok(results.iter().map(of).collect())
    }
}
