//! An input at which a wrong way gives nonsense: a learner believes that more than a verdict (Swan, *Improving learning in
//! mathematics*, 2005, on cognitive conflict).

use super::{next_input::simple_inputs, worked::wrong_recipes};
use crate::{
    mistake::Mistake,
    network::{Activation, Finish, Network, recipe::through},
    pass::Address,
};

/// A sum of shares may be off by this much, because few digits are written.
const SUM_SLACK: f32 = 0.01;

/// How many outputs are checked at most.
const MOST_OUTPUTS: usize = 64;

/// A wrong calculation beside the right one, at an input where the error is obvious.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// The input.
    pub input: Vec<f32>,
    /// Which output.
    pub at: Address,
    /// What the network gives there.
    pub right: f32,
    /// What the wrong way gives there.
    pub wrong: f32,
    /// What is wrong about it.
    pub nonsense: Nonsense,
}

/// Why a value is impossible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Nonsense {
    /// The last activation gives no such value.
    OutOfBounds {
        /// The activation.
        activation: Activation,
        /// The least that it gives.
        low: f32,
        /// The most.
        high: f32,
    },
    /// The shares do not add up to 1.
    SumNotOne {
        /// What they add up to.
        sum: f32,
    },
    /// It is not a number, or infinite.
    NotFinite,
    /// It has the other sign.
    OtherSign,
    /// It is far from the right one.
    Far,
}

impl Nonsense {
    /// The more absurd, the higher.
    fn rank(self) -> u8 {
        match self {
            Self::Far => 0,
            Self::OtherSign => 1,
            Self::NotFinite => 2,
            Self::SumNotOne { .. } => 3,
            Self::OutOfBounds { .. } => 4,
        }
    }
}

/// The input at which these mistakes show themselves best: where they give what the network cannot give, or the other sign, or
/// else something far off. `region`: for each input the range that matters; outside of it the right values may be nonsense
/// too. `None` where they change nothing at all.
pub fn contradiction(network: &Network, region: &[(f32, f32)], mistakes: &[Mistake]) -> Option<Contradiction> {
    let right = network.recipes();
    let wrong = wrong_recipes(network, &right, mistakes);
    let last = right.last().and_then(|recipe| recipe.finish.last()).and_then(Finish::activation);
    let within = |input: &Vec<f32>| {
        region.len() != input.len() || input.iter().zip(region).all(|(x, (low, high))| low <= x && x <= high)
    };
    let mut best: Option<(u8, f32, Contradiction)> = None;
    for input in simple_inputs(network.inputs(), region).into_iter().filter(within) {
        let (right, wrong) = (through(&right, &input), through(&wrong, &input));
        let size = right.iter().fold(0.0f32, |most, y| most.max(y.abs())).max(1e-3);
        let sum: f32 = wrong.iter().sum();
        for (output, (&right, &wrong)) in right.iter().zip(&wrong).enumerate().take(MOST_OUTPUTS) {
            let far = (wrong - right).abs() / size;
            if far <= 1e-6 {
                continue;
            }
            let nonsense = nonsense(last, right, wrong, sum, size);
            let rank = nonsense.rank();
            if best.as_ref().is_none_or(|(of_best, most, _)| (rank, far) > (*of_best, *most * 1.01)) {
                let at = Address::output(output);
                best = Some((rank, far, Contradiction { input: input.clone(), at, right, wrong, nonsense }));
            }
        }
    }
    best.map(|(_, _, contradiction)| contradiction)
}

fn nonsense(last: Option<Activation>, right: f32, wrong: f32, sum: f32, size: f32) -> Nonsense {
    if let Some(activation) = last {
        let (low, high) = activation.bounds();
        if wrong < low || wrong > high {
            return Nonsense::OutOfBounds { activation, low, high };
        }
        if matches!(activation, Activation::Softmax | Activation::Sparsemax) && (sum - 1.0).abs() > SUM_SLACK {
            return Nonsense::SumNotOne { sum };
        }
    }
    let counts = |value: f32| value.abs() > 0.1 * size;
    match () {
        () if !wrong.is_finite() && right.is_finite() => Nonsense::NotFinite,
        () if right * wrong < 0.0 && counts(right) && counts(wrong) => Nonsense::OtherSign,
        () => Nonsense::Far,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::builtin;

    fn of(model: &str, mistake: &str) -> Contradiction {
        let model = builtin(model).expect(model);
        let mistake = Mistake::named(mistake, &model.network).expect("can be made");
        contradiction(&model.network, &model.facts.learnt(), &[mistake]).expect("it changes something")
    }

    #[test]
    fn what_the_last_activation_cannot_give_is_shown_first() {
        let found = of("sum-2-5-1", "skipped-activation:output");
        assert_eq!(found.nonsense, Nonsense::OutOfBounds { activation: Activation::Tanh, low: -1.0, high: 1.0 });
        assert!(found.wrong.abs() > 1.0 && found.right.abs() <= 1.0, "{found:?}");
    }

    #[test]
    fn without_bounds_the_farthest_within_the_region_is_shown() {
        let model = builtin("line-1-16-1").expect("built in");
        let found = of("line-1-16-1", "skipped-activation:dense");
        let (low, high) = model.facts.learnt()[0];
        assert!((low..=high).contains(&found.input[0]), "{found:?}");
        // At 100 the line without relu, 1.5401 x + 5.0739, is more than 40 below 205; the network was trained on 2 x + 5.
        assert_eq!(found.input, [100.0]);
        assert!(found.right - found.wrong > 40.0, "{found:?}");
    }
}
