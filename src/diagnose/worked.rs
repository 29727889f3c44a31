//! One calculation of the network, done for every observation, and how it changes if one number changes.
//!
//! Most single mistakes change one weight. Then one unit of one layer has another value; the sums of the next layer move by
//! that difference times one row of its kernel, and only from there on is everything computed again. The result differs
//! from the true one by the order of a sum in float32, so it is good for leaving candidates out, and what it does not leave out
//! is computed completely ([`Worked::then`]).

use std::sync::Arc;

use super::observation::{Seen, pick};
use crate::{
    mistake::{Mistake, Replacement},
    network::{Finish, List, Network, Recipe, Role, Stage, Transform, Values, Weight, kernel::fused, recipe::run},
};

/// Recipes with every value of every observation.
#[derive(Debug, Clone)]
pub(super) struct Worked {
    recipes: Vec<Recipe>,
    /// The input of each observation.
    inputs: Arc<[Vec<f32>]>,
    /// For each observation the values of each layer.
    passes: Vec<Vec<Arc<Values>>>,
}

/// The values that enter or leave a layer, beside those of the known pass.
enum Changed {
    /// They are the same.
    Nothing,
    /// One of them is another.
    Unit(usize, f32),
    /// Any of them may be another.
    All(Vec<f32>),
}

impl Worked {
    /// The right way.
    pub(super) fn right(recipes: Vec<Recipe>, seen: &[Seen]) -> Self {
        let inputs = seen.iter().map(|seen| seen.observation.input.clone()).collect();
        Self { passes: seen.iter().map(|seen| seen.pass.clone()).collect(), inputs, recipes }
    }

    /// The way.
    pub(super) fn recipes(&self) -> &[Recipe] {
        &self.recipes
    }

    /// The same with one more mistake, which comes after those that were made before.
    pub(super) fn then(&self, mistake: &Mistake, network: &Network) -> Self {
        let recipes = wrong_recipes(network, &self.recipes, std::slice::from_ref(mistake));
        let passes = self.passes.iter().zip(self.inputs.iter());
        let passes = passes.map(|(pass, input)| run(&recipes, input, &pass[..mistake.layer.min(pass.len())]));
        Self { passes: passes.collect(), inputs: Arc::clone(&self.inputs), recipes }
    }

    /// The values at the observed places, one observation after the other. `None` where one of the places has no value.
    pub(super) fn values(&self, seen: &[Seen]) -> Option<Vec<f32>> {
        let of = |(seen, pass): (&Seen, &Vec<Arc<Values>>)| {
            let values = pick(pass.get(seen.layer)?.stage(seen.stage)?, seen.index)?;
            (values.len() == seen.right.len()).then_some(values)
        };
        seen.iter().zip(&self.passes).map(of).collect::<Option<Vec<_>>>().map(|values| values.concat())
    }

    /// Whether a weight of this layer is used in this recipe as in `other`.
    pub(super) fn has_weights_of(&self, other: &Self, layer: usize) -> bool {
        let (Some(own), Some(other)) = (self.recipes.get(layer), other.recipes.get(layer)) else { return false };
        let kernel = match (&own.kernel, &other.kernel) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        };
        let operands = |recipe: &Recipe| {
            let all = recipe.finish.iter().filter_map(|finish| Some((finish.role()?, Arc::as_ptr(finish.operand()?))));
            all.collect::<Vec<_>>()
        };
        let of_other = operands(other);
        kernel
            && own.rounding.is_none()
            && own.order == other.order
            && own.misread == other.misread
            && operands(own).iter().all(|operand| of_other.contains(operand))
    }

    /// About the values at the observed places if other numbers stood in the places of weights. `None`: work it out in full.
    pub(super) fn about(&self, layer: usize, replacement: &Replacement, seen: &[Seen]) -> Option<Vec<f32>> {
        let mut all = Vec::with_capacity(seen.iter().map(|seen| seen.right.len()).sum());
        for (seen, pass) in seen.iter().zip(&self.passes) {
            let (stage, index) = (seen.stage, seen.index);
            let known = pass.get(seen.layer)?.stage(stage)?;
            if layer > seen.layer {
                all.extend(pick(known, index)?);
                continue;
            }
            let (recipe, values) = (self.recipes.get(layer)?, pass.get(layer)?);
            let here = if layer == seen.layer { stage } else { Stage::A };
            let mut changed = one_unit_again(recipe, values, replacement, here)?;
            for next in layer + 1..=seen.layer {
                let last = next == seen.layer;
                let (stage, index) = if last { (stage, index) } else { (Stage::A, None) };
                changed = onward(self.recipes.get(next)?, pass.get(next)?, changed, stage, index)?;
            }
            match (changed, index) {
                (Changed::Nothing, _) => all.extend(pick(known, index)?),
                (Changed::Unit(unit, value), Some(index)) => {
                    all.push(if unit == index { value } else { *known.get(index)? });
                }
                (Changed::Unit(unit, value), None) => {
                    let begin = all.len();
                    all.extend_from_slice(known);
                    *all.get_mut(begin + unit)? = value;
                }
                (Changed::All(values), _) => all.extend(pick(&values, index)?),
            }
        }
        Some(all)
    }
}

/// The recipes with these mistakes, made in this order.
pub(super) fn wrong_recipes(network: &Network, right: &[Recipe], mistakes: &[Mistake]) -> Vec<Recipe> {
    let mut recipes = right.to_vec();
    for mistake in mistakes {
        mistake.change(network, &mut recipes);
    }
    recipes
}

/// A stage of a layer in which one weight is another number; only the weight's unit is computed again, its sum from the known
/// one. `None` if that is not enough.
fn one_unit_again(recipe: &Recipe, known: &Values, replacement: &Replacement, stage: Stage) -> Option<Changed> {
    let input = known.stage(Stage::In)?;
    if stage == Stage::In {
        return Some(Changed::Nothing);
    }
    // The estimate is wrong if the recipe rounds or reorders its inputs.
    if recipe.rounding.is_some() || recipe.order.is_some() || !recipe.given.is_empty() {
        return None;
    }
    let unit = match replacement.first.0 {
        Weight::Kernel { unit, .. } | Weight::Bias { unit } | Weight::Listed { unit, .. } => unit,
    };
    let mut sum = *known.entering(0).get(unit)?;
    let mut joins: Option<(Role, f32)> = None;
    for (weight, number) in replacement.iter() {
        match weight {
            Weight::Kernel { input: row, .. } => {
                let by = number - recipe.kernel.as_ref()?.get(row, unit)?;
                sum = fused(*input.get(row)?, by, sum);
            }
            Weight::Bias { .. } => joins = Some((Role::Bias, number)),
            Weight::Listed { list: List::MovingVariance, .. } => return None,
            Weight::Listed { list, .. } => joins = Some((list.role()?, number)),
        }
    }
    finish(recipe, known, unit, sum, stage, |own| joins.filter(|(role, _)| *role == own).map(|(_, number)| number))
}

/// The result of the finishing actions for one sum, up to a stage. `put` gives the number that replaces one of
/// the unit's own.
fn finish(
    recipe: &Recipe,
    known: &Values,
    unit: usize,
    sum: f32,
    stage: Stage,
    put: impl Fn(Role) -> Option<f32>,
) -> Option<Changed> {
    let mut value = sum;
    for (i, finish) in recipe.finish.iter().enumerate().take(recipe.leading_to(stage)) {
        value = match &finish.transform {
            Transform::Combine { operator, operand, role } => {
                let operand = match put(*role) {
                    Some(number) => number,
                    None => *operand.get(unit)?,
                };
                operator.of(value, finish.joins(operand))
            }
            Transform::Itself { operator, .. } => operator.of(value, value),
            Transform::Activate(activation) if !finish.is_together() => activation.of(value)?,
            _ => {
                // From here on every unit is needed.
                let mut entering = known.entering(i).to_vec();
                *entering.get_mut(unit)? = value;
                let rest = &recipe.finish[i..recipe.leading_to(stage)];
                return Some(Changed::All(rest.iter().fold(entering, |before, finish| finish.apply(&before))));
            }
        };
    }
    Some(Changed::Unit(unit, value))
}

/// What a layer makes of changed inputs, up to a stage; with `index` only that value is wanted.
fn onward(recipe: &Recipe, known: &Values, changed: Changed, stage: Stage, index: Option<usize>) -> Option<Changed> {
    let in_full = |input: &[f32]| match (stage, &recipe.kernel) {
        (Stage::A, Some(kernel)) if recipe.rounding.is_none() && recipe.order.is_none() && recipe.given.is_empty() => {
            Some(recipe.finish.iter().fold(kernel.about_sums(input), |before, finish| finish.apply(&before)))
        }
        (Stage::A, _) => Some(recipe.output(input)),
        (stage, _) => recipe.values(input).stage(stage).map(<[f32]>::to_vec),
    };
    let input = known.stage(Stage::In)?;
    let (unit, value) = match changed {
        Changed::Nothing => return Some(Changed::Nothing),
        Changed::All(values) => return in_full(&values).map(Changed::All),
        Changed::Unit(unit, value) => (unit, value),
    };
    let by = value - input.get(unit)?;
    if by == 0.0 {
        return Some(Changed::Nothing);
    }
    let together = recipe.finish.iter().any(Finish::is_together);
    if stage == Stage::In {
        return Some(Changed::Unit(unit, value));
    }
    if by.is_finite() && recipe.rounding.is_none() && recipe.order.is_none() && recipe.given.is_empty() {
        match &recipe.kernel {
            None => return finish(recipe, known, unit, value, stage, |_| None),
            Some(kernel) => {
                let row = kernel.row(unit);
                if let Some(index) = index.filter(|_| !together) {
                    let sum = fused(by, *row.get(index)?, *known.entering(0).get(index)?);
                    return finish(recipe, known, index, sum, stage, |_| None);
                }
                let sums: Vec<f32> = known.entering(0).iter().zip(row).map(|(sum, w)| fused(by, *w, *sum)).collect();
                let finishing = &recipe.finish[..recipe.leading_to(stage)];
                return Some(Changed::All(finishing.iter().fold(sums, |before, finish| finish.apply(&before))));
            }
        }
    }
    let mut input = input.to_vec();
    *input.get_mut(unit)? = value;
    in_full(&input).map(Changed::All)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnose::Observation, load::builtin};

    #[test]
    fn about_is_what_the_whole_pass_gives() {
        let mut random = fastrand::Rng::with_seed(20_475);
        let mut compared = 0;
        for (name, places) in [
            ("line-1-16-1", &["output[0]", "dense.z[3]", "dense"][..]),
            ("sum-2-5-1", &["output[0]", "hidden.a", "output.wx[0]"]),
            ("sum-5-20-1", &["output[0]"]),
            ("norm-1", &["output[0]"]),
            ("scaled-1-1-1", &["output[0]"]),
        ] {
            let network = builtin(name).expect(name).network;
            let recipes = network.recipes();
            let input: Vec<f32> = (0..network.inputs()).map(|_| random.f32() * 4.0 - 2.0).collect();
            let seen: Vec<Seen> = places
                .iter()
                .map(|place| {
                    let place = if *place == "dense" { "dense.a" } else { place };
                    let mut observation =
                        Observation { input: input.clone(), at: place.parse().expect(place), answers: Vec::new() };
                    let wanted = observation.at.resolve(&network).expect(place);
                    let count = if wanted.index.is_some() {
                        1
                    } else {
                        16.min(network.layer(0).expect("a layer").operation.units())
                    };
                    observation.answers = vec!["0".parse().expect("a number"); count];
                    Seen::new(&network, &recipes, &observation).expect(place)
                })
                .collect();
            let right = Worked::right(recipes, &seen);
            for mistake in Mistake::all(&network) {
                let Some(replacement) = mistake.weight(&network) else { continue };
                let Some(about) = right.about(mistake.layer, &replacement, &seen) else { continue };
                let exact = right.then(&mistake, &network).values(&seen).expect("values");
                for (a, b) in about.iter().zip(&exact) {
                    assert!((a - b).abs() <= 1e-5 * (1.0 + b.abs()), "{}: {a} {b}", mistake.name(&network));
                    compared += 1;
                }
            }
        }
        assert!(compared > 10_000, "{compared}");
    }
}
