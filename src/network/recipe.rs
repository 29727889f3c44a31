//! How a layer is computed: first the weighted sums, then the actions on each of them, in order.
//!
//! The right recipe of a dense layer is *multiply and add up, add the bias, apply the activation*. A mistake changes a
//! recipe (it leaves an action out, puts one in, exchanges two), and everything else follows: the values, the steps, the
//! animation, the worked solution.
//!
//! A recipe runs in *phases*. Within a phase one unit is finished after the other; an activation that looks at all units
//! together (softmax) begins a new phase. So step `k` is found by division, never by walking a list.

mod action;
mod steps;
mod values;

use std::{borrow::Cow, sync::Arc};

pub use action::Action;
pub use steps::{Part, Place};
pub use values::Values;

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
    /// Terms that are left out of their sums. Their weights are 0 above; what shows the steps must not multiply by that 0.
    pub left_out: Vec<LeftOut>,
}

/// Terms that are left out of their sums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LeftOut {
    /// The term of one weight, in the sum of its unit.
    Term(Weight),
    /// The products with one input, in the sum of every unit.
    Input(usize),
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
    /// The right way: every input as it is, the products with `kernel`, then `finish`.
    pub fn new(inputs: usize, kernel: Option<Arc<Kernel>>, finish: Vec<Finish>) -> Self {
        Self {
            inputs,
            misread: None,
            order: None,
            kernel,
            finish,
            rounding: None,
            given: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Whether the term of `weight` is left out of its sum.
    pub fn leaves_out(&self, weight: Weight) -> bool {
        self.left_out.iter().any(|left_out| match (*left_out, weight) {
            (LeftOut::Input(left_out), Weight::Kernel { input, .. }) => left_out == input,
            (LeftOut::Term(left_out), weight) => left_out == weight,
            _ => false,
        })
    }

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
}

#[cfg(test)]
mod tests;
