//! The recipes of a chain as a list of equations, for what is written from equations.
//!
//! Every stage keeps its name: `dense.wx`, `dense.z`, `dense.a`. Links of a recipe that are no stage are called `dense.step1`
//! and so on. What a mistake inserts (a misread input, a value that is set, rounding on the way) is an equation of its own.

use super::Pass;
use crate::{
    equation::{
        Array, ArrayId, Function, Index, Program, ProgramError, Read, Repeat, Rule, Which, fixed, over, own, signed,
    },
    graph::{GraphError, Lines, Operation, Value, op::Activate},
    network::{
        Recipe, Stage, Written,
        recipe::{Finish, Operator, Role, Transform},
    },
};

impl Pass {
    /// The equations of this pass, with its mistakes. Their input is called `input`.
    ///
    /// # Errors
    /// [`GraphError`] if an activation does not fit the number of units.
    pub fn program(&self) -> Result<Program, GraphError> {
        let mut program = Program::default();
        let inputs = self.input().len();
        let mut value = Value::new(program.input("input", [inputs])?, [inputs]);
        for ((layer, recipe), values) in self.network().layers().zip(&self.recipes).zip(&self.values) {
            let lines = Lines::new(&mut program, layer.name.clone(), layer.name.clone());
            let arrived = values.stage(Stage::In).unwrap_or(&[]);
            value = Layer { lines, recipe, arrived }.equations(value)?;
        }
        Ok(program)
    }
}

/// One layer while its equations are written.
struct Layer<'p, 'r> {
    lines: Lines<'p>,
    recipe: &'r Recipe,
    /// What arrives, as it was read.
    arrived: &'r [f32],
}

impl Layer<'_, '_> {
    fn equations(&mut self, value: Value) -> Result<Value, GraphError> {
        let value = self.read(value)?;
        let mut value = self.sums(&value)?;
        for (i, finish) in self.recipe.finish.iter().enumerate() {
            value = self.finish(i + 1, finish, &value)?;
        }
        // A stage to which nothing is done is the value that was there before.
        if self.recipe.kernel.is_some() {
            self.same_as("z", self.recipe.leading_to(Stage::Z), &value)?;
        }
        self.same_as("a", self.recipe.finish.len(), &value)
    }

    /// The value of a link under the name of `stage`, if the link has another name.
    fn same_as(&mut self, stage: &str, link: usize, last: &Value) -> Result<Value, GraphError> {
        let name = self.name(link);
        let found = |lines: &mut Lines<'_>, name: &str| {
            let whole = format!("{}.{name}", lines.layer());
            lines.program().find(&whole)
        };
        if name == stage && found(&mut self.lines, stage).is_some() {
            return Ok(last.clone());
        }
        let of = found(&mut self.lines, &name).unwrap_or(last.array);
        let shape = self.lines.program().shape(of).clone();
        let copy = self.lines.stage(stage, shape.clone(), Rule::copy(Read::same(of, 1)))?;
        Ok(Value::new(copy, shape))
    }

    /// The stage that a link of the chain is.
    fn name(&self, link: usize) -> String {
        let summed = self.recipe.kernel.is_some();
        match link {
            link if summed && link == self.recipe.leading_to(Stage::Wx) => "wx".to_owned(),
            link if summed && link == self.recipe.leading_to(Stage::Z) => "z".to_owned(),
            link if link == self.recipe.finish.len() => "a".to_owned(),
            link => format!("step{link}"),
        }
    }

    /// Numbers that belong to the layer. A second list of one name has a number.
    fn numbers(&mut self, name: &str, shape: &[usize], values: Vec<f32>) -> Result<ArrayId, GraphError> {
        let mut whole = format!("{}.{name}", self.lines.layer());
        let mut count = 1;
        while self.lines.program().find(&whole).is_some() {
            count += 1;
            whole = format!("{}.{name}{count}", self.lines.layer());
        }
        let size = shape.iter().product::<usize>();
        let array = Array::new(shape.to_vec(), values.into_iter().chain(std::iter::repeat(0.0)).take(size).collect());
        let array = array.ok_or_else(|| ProgramError::Unknown { name: whole.clone() })?;
        Ok(self.lines.program().weight(whole, array)?)
    }

    /// What arrives, as it is read.
    fn read(&mut self, value: Value) -> Result<Value, GraphError> {
        let Some((which, _)) = self.recipe.misread else { return Ok(value) };
        let Some(&read) = self.arrived.get(which) else { return Ok(value) };
        let number = self.numbers("misread", &[1], vec![read])?;
        let read = Read::new(number, [own(0) - signed(which)]).or(value.same());
        let array = self.lines.stage("in", value.shape.clone(), Rule::copy(read))?;
        Ok(Value::new(array, value.shape))
    }

    fn sums(&mut self, value: &Value) -> Result<Value, GraphError> {
        let units = self.recipe.units();
        let rule = match (&self.recipe.kernel, &self.recipe.order) {
            (Some(kernel), _) => {
                let inputs = kernel.inputs();
                let kernel = self.numbers("kernel", &[inputs, units], kernel.values().to_vec())?;
                if self.recipe.rounding.is_some_and(|rounding| rounding.what == Written::Products) {
                    return self.written_products(value, kernel, inputs);
                }
                Rule::sum([inputs], [Read::new(value.array, [over(0)]), Read::new(kernel, [over(0), own(0)])])
            }
            (None, Some(order)) => {
                let order = self.numbers("order", &[units], order.iter().map(|&i| i as f32).collect())?;
                let index = Index::Valued(Box::new(Read::same(order, 1)));
                Rule::copy(Read::new(value.array, [index]))
            }
            (None, None) if self.recipe.finish.is_empty() || self.has_given(0) => Rule::copy(value.same()),
            (None, None) => return Ok(value.clone()),
        };
        self.stage(0, units, rule)
    }

    /// Each product and each running sum is written down.
    fn written_products(&mut self, value: &Value, kernel: ArrayId, inputs: usize) -> Result<Value, GraphError> {
        let units = self.recipe.units();
        let reads = [Read::new(value.array, [own(0)]), Read::same(kernel, 2)];
        let product = self.lines.stage("product", [inputs, units], Rule::map(Function::Multiply, reads))?;
        let written = self.lines.stage("written", [inputs, units], self.round(Read::same(product, 2)))?;
        let repeat = Repeat { block: self.lines.program().new_block(), axis: 0, backwards: false };
        let running = self.lines.open("running", [inputs, units])?;
        let before = Read::new(running, [own(0) - 1, own(1)]);
        let added = Rule::map(Function::Add, [before, Read::same(written, 2)]);
        let added = self.lines.repeated("added", [inputs, units], added, repeat)?;
        self.lines.define(running, self.round(Read::same(added, 2)), repeat)?;
        let last = if self.recipe.writes(0) { running } else { added };
        let rule = Rule::copy(Read::new(last, [fixed(signed(inputs) - 1), own(0)]));
        self.set(0, units, rule, &self.name(0))
    }

    fn round(&self, read: Read) -> Rule {
        let function = self
            .recipe
            .rounding
            .map_or(Function::Copy, |rounding| Function::Round { decimals: rounding.decimals, cut: rounding.cut });
        Rule::map(function, [read])
    }

    fn finish(&mut self, link: usize, finish: &Finish, value: &Value) -> Result<Value, GraphError> {
        let units = value.axes().first().copied().unwrap_or(0);
        let function = |operator: &Operator| match operator {
            Operator::Add => Function::Add,
            Operator::Subtract => Function::Subtract,
            Operator::Multiply => Function::Multiply,
            Operator::Divide => Function::Divide,
        };
        let rule = match &finish.transform {
            Transform::Combine { operator, operand, role } => {
                let joined: Vec<f32> = operand.iter().map(|&number| finish.joins(number)).collect();
                let operand = self.operand(*role, &joined)?;
                Rule::map(function(operator), [value.same(), Read::same(operand, 1)])
            }
            Transform::Itself { operator, .. } => Rule::map(function(operator), [value.same(), value.same()]),
            Transform::Activate(activation) if activation.is_elementwise() => {
                Rule::map(Function::Activation(*activation), [value.same()])
            }
            Transform::Activate(activation) => return self.vector(link, Activate(*activation), value),
            Transform::Argmax => {
                let of = Read::new(value.array, [over(0)]);
                return self.stage(link, 1, Rule::Extreme { over: [units].into(), of, which: Which::Argmax });
            }
        };
        self.stage(link, units, rule)
    }

    fn operand(&mut self, role: Role, operand: &[f32]) -> Result<ArrayId, GraphError> {
        self.numbers(role.name(), &[operand.len()], operand.to_vec())
    }

    /// An activation of all units together: its stages have names of their own.
    fn vector(&mut self, link: usize, activation: Activate, value: &Value) -> Result<Value, GraphError> {
        let is_last = self.name(link) == "a" && !self.recipe.writes(link) && !self.has_given(link);
        if is_last {
            return Ok(activation.equations(&mut self.lines, std::slice::from_ref(value))?.swap_remove(0));
        }
        let mut part = self.lines.part(&format!("step{link}"));
        let inner = activation.equations(&mut part, std::slice::from_ref(value))?.swap_remove(0);
        let units = inner.axes().first().copied().unwrap_or(0);
        self.stage(link, units, Rule::copy(inner.same()))
    }

    fn has_given(&self, link: usize) -> bool {
        self.recipe.given.iter().any(|given| self.recipe.leading_to(given.stage) == link)
    }

    /// The value of a link: as the rule has it, then as it is written down, then with the values that are set.
    fn stage(&mut self, link: usize, units: usize, rule: Rule) -> Result<Value, GraphError> {
        let name = self.name(link);
        if !self.recipe.writes(link) {
            return self.set(link, units, rule, &name);
        }
        let exact = self.lines.stage(&format!("{name}_exact"), [units], rule)?;
        let rule = self.round(Read::same(exact, 1));
        self.set(link, units, rule, &name)
    }

    fn set(&mut self, link: usize, units: usize, rule: Rule, name: &str) -> Result<Value, GraphError> {
        let given: Vec<_> =
            self.recipe.given.iter().filter(|given| self.recipe.leading_to(given.stage) == link).collect();
        if given.is_empty() {
            return Ok(Value::new(self.lines.stage(name, [units], rule)?, [units]));
        }
        let computed = self.lines.stage(&format!("{name}_computed"), [units], rule)?;
        let mut read = Value::new(computed, [units]).same();
        for given in given {
            let number = self.numbers(&format!("{name}_set"), &[1], vec![given.value])?;
            read = Read::new(number, [own(0) - signed(given.unit)]).or(read);
        }
        Ok(Value::new(self.lines.stage(name, [units], Rule::copy(read))?, [units]))
    }
}
