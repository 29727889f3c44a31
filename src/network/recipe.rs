//! How a layer is computed: first the weighted sums, then the actions on each of them, in order.
//!
//! The right recipe of a dense layer is *multiply and add up, add the bias, apply the activation*. A mistake changes a
//! recipe (it leaves an action out, puts one in, exchanges two), and everything else follows: the values, the steps, the
//! animation, the worked solution.
//!
//! A recipe runs in *phases*. Within a phase one unit is finished after the other; an activation that looks at all units
//! together (softmax) begins a new phase. So step `k` is found by division, never by walking a list.

use std::{borrow::Cow, sync::Arc};

pub use super::finish::{Finish, Operator, Role, Transform};
use super::{Activation, Kernel, Misreading, Rounding, Weight, Written, kernel::fused};

/// A way to compute one layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// How many numbers go in.
    pub inputs: usize,
    /// Which input is misread before anything is done, and how.
    pub misread: Option<(usize, Misreading)>,
    /// Which input each sum without weights is, shape (inputs,); in order without it.
    pub order: Option<Arc<[usize]>>,
    /// The weights of the sums, shape (inputs, units); without it the sums are the inputs themselves.
    pub kernel: Option<Arc<Kernel>>,
    /// What is done to each sum, in order.
    pub finish: Vec<Finish>,
    /// Rounding on the way; nobody rounds but people.
    pub rounding: Option<Rounding>,
    /// Values that are set, whatever was computed: somebody continues with the numbers they wrote down.
    pub given: Vec<Given>,
}

/// A value that is set, not computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Given {
    /// At which stage.
    pub stage: Stage,
    /// Which unit.
    pub unit: usize,
    /// The number.
    pub value: f32,
}

/// The place of a value in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// What arrives.
    In,
    /// The weighted sum.
    Wx,
    /// The pre-activation: the sum with its bias.
    Z,
    /// What the layer gives.
    A,
}

impl Stage {
    /// The stage's name in an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Wx => "wx",
            Self::Z => "z",
            Self::A => "a",
        }
    }
}

/// One scalar action, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    /// A product, fused into the running sum.
    Multiply {
        /// Which input.
        input: usize,
        /// Its value.
        x: f32,
        /// The weight between the input and the unit.
        w: f32,
        /// `x * w`, rounded by itself (the sum below is not computed from it).
        product: f32,
        /// The running sum before.
        before: f32,
        /// The running sum after: `before + x * w`, rounded once.
        after: f32,
    },
    /// A number of the unit's own joins, such as its bias.
    Combine {
        /// What is done with it.
        operator: Operator,
        /// The number.
        operand: f32,
        /// What it is called.
        role: Role,
        /// The value before.
        before: f32,
        /// The value after.
        after: f32,
    },
    /// The index of the largest value takes the place of the values.
    Argmax {
        /// The largest value.
        before: f32,
        /// Its index.
        after: f32,
    },
    /// The activation.
    Activate {
        /// Which.
        activation: Activation,
        /// The pre-activation.
        before: f32,
        /// The activation's value.
        after: f32,
    },
}

impl Action {
    /// The number that the action leaves behind.
    pub fn after(&self) -> f32 {
        match *self {
            Self::Multiply { after, .. }
            | Self::Combine { after, .. }
            | Self::Argmax { after, .. }
            | Self::Activate { after, .. } => after,
        }
    }
}

/// Every value of one layer in one pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// What arrived, as it was read, (inputs,).
    input: Vec<f32>,
    /// The sums, then the values after each of the recipe's finishing actions.
    chain: Vec<Vec<f32>>,
    /// Which links of the chain are `wx` and `z`; `None` if nothing is summed.
    summed: Option<(usize, usize)>,
}

impl Values {
    /// What the layer gives.
    pub fn a(&self) -> &[f32] {
        self.chain.last().map_or(&[], Vec::as_slice)
    }

    /// What enters finishing action `finish`; one past the last gives what the layer gives.
    pub fn entering(&self, finish: usize) -> &[f32] {
        self.chain.get(finish).map_or(&[], Vec::as_slice)
    }

    /// The values of one stage; `None` for a stage that the operation does not have.
    pub fn stage(&self, stage: Stage) -> Option<&[f32]> {
        match stage {
            Stage::In => Some(&self.input),
            Stage::Wx => self.summed.map(|(wx, _)| self.entering(wx)),
            Stage::Z => self.summed.map(|(_, z)| self.entering(z)),
            Stage::A => Some(self.a()),
        }
    }
}

/// Units that go through the same actions one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Phase {
    /// How many units.
    units: usize,
    /// Products of each.
    products: usize,
    /// The first finishing action.
    first: usize,
    /// How many finishing actions.
    count: usize,
}

impl Phase {
    fn per_unit(self) -> usize {
        self.products + self.count
    }

    fn steps(self) -> usize {
        self.units * self.per_unit()
    }
}

/// The place of a step in its layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which unit.
    pub unit: usize,
    /// Which product (`Ok`) or finishing action (`Err`).
    pub part: Part,
}

/// Part of a unit's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The product with this input.
    Product(usize),
    /// The finishing action of this index.
    Finish(usize),
}

/// Every value of the layers from `known.len()` on, behind those that are known already: the one place in which a network
/// is run. `input` is the network's.
pub fn run(recipes: &[Recipe], input: &[f32], known: &[Arc<Values>]) -> Vec<Arc<Values>> {
    let mut values = known.to_vec();
    for recipe in recipes.iter().skip(known.len()) {
        let layer = recipe.values(values.last().map_or(input, |before| before.a()));
        values.push(Arc::new(layer));
    }
    values
}

/// What recipes make of an input, one after the other; as [`run`], without keeping every value.
pub fn through(recipes: &[Recipe], input: &[f32]) -> Vec<f32> {
    recipes.iter().fold(input.to_vec(), |values, recipe| recipe.output(&values))
}

impl Recipe {
    /// Puts a number in the place of one weight; a weight that the recipe does not have changes nothing.
    pub fn set(&mut self, weight: Weight, value: f32) {
        let (role, unit) = match weight {
            Weight::Kernel { input, unit } => {
                if let Some(changed) = self.kernel.as_ref().and_then(|kernel| kernel.with(input, unit, value)) {
                    self.kernel = Some(Arc::new(changed));
                }
                return;
            }
            Weight::Bias { unit } => (Role::Bias, unit),
            Weight::Listed { list, unit } => match list.role() {
                Some(role) => (role, unit),
                None => return,
            },
        };
        for finish in &mut self.finish {
            if finish.role() == Some(role)
                && let Some(operand) = finish.operand_mut()
            {
                let mut changed = operand.to_vec();
                if let Some(number) = changed.get_mut(unit) {
                    *number = value;
                }
                *operand = changed.into();
            }
        }
    }

    /// How many sums there are.
    pub fn units(&self) -> usize {
        self.kernel.as_ref().map_or(self.inputs, |kernel| kernel.units())
    }

    /// How many numbers come out.
    pub fn outputs(&self) -> usize {
        self.widths().last().unwrap_or(self.units())
    }

    /// How many values there are after each finishing action.
    fn widths(&self) -> impl Iterator<Item = usize> {
        self.finish.iter().scan(self.units(), |width, finish| {
            *width = finish.width(*width);
            Some(*width)
        })
    }

    /// What arrives, as it is read.
    fn read<'i>(&self, input: &'i [f32]) -> Cow<'i, [f32]> {
        let Some((which, misreading)) = self.misread else { return Cow::Borrowed(input) };
        let mut read = input.to_vec();
        if let Some(value) = read.get_mut(which) {
            *value = misreading.of(*value);
        }
        Cow::Owned(read)
    }

    /// The sums of what was read.
    fn sums(&self, input: &[f32]) -> Vec<f32> {
        match (&self.kernel, self.rounding) {
            (None, _) => {
                let arrived = match &self.order {
                    Some(order) => order.iter().map(|&i| input.get(i).copied().unwrap_or(f32::NAN)).collect(),
                    None => input.to_vec(),
                };
                self.with_given(0, arrived)
            }
            (Some(kernel), Some(Rounding { what: Written::Products, .. })) => {
                let sum =
                    |unit| (0..kernel.inputs()).fold(0.0, |sum, i| self.add_product(kernel, input, unit, i, sum).1);
                self.with_given(0, (0..kernel.units()).map(sum).collect())
            }
            (Some(kernel), _) => self.written(0, kernel.weighted_sums(input)),
        }
    }

    /// One product and the running sum after it, each rounded where the recipe rounds products.
    pub fn add_product(&self, kernel: &Kernel, input: &[f32], unit: usize, i: usize, sum: f32) -> (f32, f32) {
        let (x, w) = (input.get(i).copied().unwrap_or(0.0), kernel.get(i, unit).unwrap_or(0.0));
        let Some(rounding) = self.rounding else { return (x * w, fused(x, w, sum)) };
        let (product, sum) = match rounding.what {
            Written::Products => {
                let product = rounding.of(x * w);
                (product, sum + product)
            }
            Written::Results | Written::Stages => (x * w, fused(x, w, sum)),
        };
        // A running sum is written down with the products, the whole sum where it is a value of its own.
        let written = if i + 1 == kernel.inputs() { self.writes(0) } else { rounding.what == Written::Products };
        (product, if written { rounding.of(sum) } else { sum })
    }

    /// Whether link `link` of the chain (0: the sums) is written down, and so rounded.
    pub fn writes(&self, link: usize) -> bool {
        let Some(Rounding { what, open, .. }) = self.rounding else { return false };
        // What arrives is written down where it came about.
        let is_new = link > 0 || self.kernel.is_some();
        is_new && !(open && link >= self.answers_from()) && (what != Written::Results || link == self.finish.len())
    }

    /// Whether anything is rounded on the way through this layer.
    pub fn writes_any(&self) -> bool {
        let sums = self.kernel.as_ref().is_some_and(|kernel| kernel.inputs() > 1);
        let products = sums && self.rounding.is_some_and(|rounding| rounding.what == Written::Products);
        products || (0..=self.finish.len()).any(|link| self.writes(link))
    }

    /// The first link of the chain with the layer's result: an activation that changes nothing makes no value.
    fn answers_from(&self) -> usize {
        let same = |finish: &&Finish| finish.activation() == Some(Activation::Linear);
        self.finish.len() - self.finish.iter().rev().take_while(same).count()
    }

    /// Whether the layer is the identity.
    pub fn hands_on(&self) -> bool {
        self.kernel.is_none() && self.answers_from() == 0
    }

    /// The values of a link of the chain, as they are written down, or set.
    fn written(&self, link: usize, values: Vec<f32>) -> Vec<f32> {
        let values = match self.rounding {
            Some(rounding) if self.writes(link) => values.into_iter().map(|value| rounding.of(value)).collect(),
            _ => values,
        };
        self.with_given(link, values)
    }

    /// The values of a link of the chain, those that are set in their places.
    fn with_given(&self, link: usize, mut values: Vec<f32>) -> Vec<f32> {
        for given in self.given.iter().filter(|given| self.leading_to(given.stage) == link) {
            if let Some(value) = values.get_mut(given.unit) {
                *value = given.value;
            }
        }
        values
    }

    /// What the layer gives for `input`.
    pub fn output(&self, input: &[f32]) -> Vec<f32> {
        let finish = self.finish.iter().enumerate();
        finish.fold(self.sums(&self.read(input)), |before, (i, finish)| self.written(i + 1, finish.apply(&before)))
    }

    /// Works the layer out, keeping every value.
    pub fn values(&self, input: &[f32]) -> Values {
        let read = self.read(input);
        let mut chain = vec![self.sums(&read)];
        for (i, finish) in self.finish.iter().enumerate() {
            let after = self.written(i + 1, finish.apply(chain.last().map_or(&[], Vec::as_slice)));
            chain.push(after);
        }
        let summed = self.kernel.as_ref().map(|_| (self.leading_to(Stage::Wx), self.leading_to(Stage::Z)));
        Values { input: read.into_owned(), chain, summed }
    }

    fn phases(&self) -> impl Iterator<Item = Phase> {
        let products = self.kernel.as_ref().map_or(0, |kernel| kernel.inputs());
        let mut phases = vec![Phase { units: self.units(), products, first: 0, count: 0 }];
        for (i, (finish, width)) in self.finish.iter().zip(self.widths()).enumerate() {
            if finish.is_together() {
                phases.push(Phase { units: width, products: 0, first: i, count: 0 });
            }
            if let Some(phase) = phases.last_mut() {
                phase.count += 1;
            }
        }
        phases.into_iter()
    }

    /// How many steps the layer takes.
    pub fn steps(&self) -> usize {
        self.phases().map(Phase::steps).sum()
    }

    /// The place of step `k`; `None` past the end.
    pub fn place(&self, mut k: usize) -> Option<Place> {
        for phase in self.phases() {
            if k < phase.steps() {
                let (unit, part) = (k / phase.per_unit(), k % phase.per_unit());
                let part = match part.checked_sub(phase.products) {
                    None => Part::Product(part),
                    Some(finish) => Part::Finish(phase.first + finish),
                };
                return Some(Place { unit, part });
            }
            k -= phase.steps();
        }
        None
    }

    /// The step that does `part` for `unit`; `None` if the recipe has no such part.
    pub fn step_of(&self, place: Place) -> Option<usize> {
        let mut before = 0;
        for phase in self.phases() {
            let within = match place.part {
                Part::Product(input) if input < phase.products => Some(input),
                Part::Finish(i) if (phase.first..phase.first + phase.count).contains(&i) => {
                    Some(phase.products + i - phase.first)
                }
                _ => None,
            };
            if let Some(within) = within {
                return (place.unit < phase.units).then(|| before + place.unit * phase.per_unit() + within);
            }
            before += phase.steps();
        }
        None
    }

    /// How many of the finishing actions lead to `stage`: all that give it, or an earlier one. The last stage is what the layer
    /// gives, whatever was done.
    pub fn leading_to(&self, stage: Stage) -> usize {
        match stage {
            Stage::A => self.finish.len(),
            _ => self.finish.iter().take_while(|finish| finish.gives <= stage).count(),
        }
    }

    /// In which phase `stage` is complete: how many actions that look at all units together lead to it.
    pub fn phase_of(&self, stage: Stage) -> usize {
        self.finish.iter().take(self.leading_to(stage)).filter(|finish| finish.is_together()).count()
    }

    /// How many of the layer's steps must be done before `stage` of `unit` is known; 0 for what arrives.
    pub fn known_after(&self, stage: Stage, unit: usize) -> Option<usize> {
        if stage == Stage::In {
            return (unit < self.inputs).then_some(0);
        }
        let part = match self.leading_to(stage).checked_sub(1) {
            Some(finish) => Part::Finish(finish),
            None => match &self.kernel {
                Some(kernel) => Part::Product(kernel.inputs().checked_sub(1)?),
                // Nothing is done: what arrives is what the layer gives.
                None => return (unit < self.inputs).then_some(0),
            },
        };
        self.step_of(Place { unit, part }).map(|step| step + 1)
    }

    /// The stage that is complete once step `place` is done, if one is.
    pub fn completes(&self, place: Place) -> Option<Stage> {
        let step = self.step_of(place)? + 1;
        [Stage::A, Stage::Z, Stage::Wx].into_iter().find(|&stage| self.known_after(stage, place.unit) == Some(step))
    }

    /// Positions before and after the run of steps that step `k` shares with its unit.
    pub fn unit_bounds(&self, k: usize) -> Option<(usize, usize)> {
        let mut before = 0;
        for phase in self.phases() {
            if k < before + phase.steps() {
                let first = k - (k - before) % phase.per_unit();
                return Some((first, first + phase.per_unit()));
            }
            before += phase.steps();
        }
        None
    }

    /// Step `k` with its numbers; `values` are this recipe's own.
    pub fn action(&self, k: usize, values: &Values) -> Option<(Place, Action)> {
        let place = self.place(k)?;
        let unit = place.unit;
        let action = match place.part {
            Part::Product(input) => {
                let kernel = self.kernel.as_ref()?;
                let (x, w) = (*values.input.get(input)?, kernel.get(input, unit)?);
                let before = match self.rounding.filter(|rounding| rounding.what == Written::Products) {
                    None => kernel.partial_sum(&values.input, unit, input),
                    Some(_) => (0..input).fold(0.0, |sum, i| self.add_product(kernel, &values.input, unit, i, sum).1),
                };
                let (product, after) = self.add_product(kernel, &values.input, unit, input, before);
                Action::Multiply { input, x, w, product, before, after }
            }
            Part::Finish(i) => {
                let (entering, after) = (values.chain.get(i)?, *values.chain.get(i + 1)?.get(unit)?);
                let before = *entering.get(unit)?;
                match &self.finish.get(i)?.transform {
                    Transform::Combine { operator, operand, role } => {
                        let (operator, operand, role) = (*operator, *operand.get(unit)?, *role);
                        Action::Combine { operator, operand, role, before, after }
                    }
                    Transform::Itself { operator, role } => {
                        Action::Combine { operator: *operator, operand: before, role: *role, before, after }
                    }
                    Transform::Activate(activation) => Action::Activate { activation: *activation, before, after },
                    Transform::Argmax => Action::Argmax { before: *entering.get(after as usize)?, after },
                }
            }
        };
        Some((place, action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(inputs: usize, units: usize, finish: Vec<Finish>) -> Recipe {
        let values: Vec<f32> = (0..inputs * units).map(|i| i as f32 * 0.25 - 1.0).collect();
        let kernel = Kernel::from_rows(inputs, units, &values).map(Arc::new);
        Recipe { inputs, misread: None, order: None, kernel, finish, rounding: None, given: Vec::new() }
    }

    fn all() -> Vec<Recipe> {
        let bias = || Finish::add_bias(vec![0.5, -0.5, 0.25, 1.0].into());
        let late_bias = || Finish { gives: Stage::A, ..bias() };
        let (relu, softmax) = (Finish::activate(Activation::Relu), Finish::activate(Activation::Softmax));
        vec![
            recipe(3, 4, vec![bias(), relu.clone()]),
            recipe(3, 4, vec![]),
            recipe(1, 4, vec![bias(), softmax.clone()]),
            recipe(2, 4, vec![relu.clone(), late_bias()]),
            recipe(2, 4, vec![bias(), softmax, late_bias(), relu]),
        ]
    }

    #[test]
    fn every_step_has_one_place_and_every_place_its_step() {
        for recipe in all() {
            for k in 0..recipe.steps() {
                let place = recipe.place(k).expect("within the steps");
                assert_eq!(recipe.step_of(place), Some(k), "{recipe:?} {place:?}");
            }
            assert_eq!(recipe.place(recipe.steps()), None);
        }
    }

    #[test]
    fn the_last_step_of_a_unit_leaves_its_value() {
        for recipe in all() {
            let values = recipe.values(&[2.0, -1.0, 0.5][..recipe.inputs]);
            for stage in [Stage::Wx, Stage::Z, Stage::A] {
                for unit in 0..recipe.units() {
                    let known = recipe.known_after(stage, unit).expect("a dense recipe has every stage");
                    let (place, action) = recipe.action(known - 1, &values).expect("a step");
                    assert_eq!(place.unit, unit);
                    assert_eq!(action.after(), values.stage(stage).expect("a stage")[unit], "{stage:?} {recipe:?}");
                }
            }
        }
    }

    #[test]
    fn each_action_starts_from_what_the_one_before_left() {
        for recipe in all() {
            let values = recipe.values(&[2.0, -1.0, 0.5][..recipe.inputs]);
            for unit in 0..recipe.units() {
                let mut sum = 0.0;
                for k in 0..recipe.steps() {
                    let (place, action) = recipe.action(k, &values).expect("a step");
                    if place.unit != unit {
                        continue;
                    }
                    let before = match action {
                        Action::Multiply { before, .. }
                        | Action::Combine { before, .. }
                        | Action::Argmax { before, .. }
                        | Action::Activate { before, .. } => before,
                    };
                    assert_eq!(before, sum, "{recipe:?} step {k}");
                    sum = action.after();
                }
            }
        }
    }
}
