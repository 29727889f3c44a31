//! Where two passes of one network part.

use super::Pass;
use crate::network::Stage;

/// Whether two values are not the same; NaN is the same as NaN, and 0 as -0.
pub fn differ(a: f32, b: f32) -> bool {
    a != b && !(a.is_nan() && b.is_nan())
}

impl Pass {
    /// The first value that is another one in `other`, or missing there: layer, stage, unit. First means in the order of the
    /// steps: where one of the passes has an activation that looks at all units together, every sum comes before it.
    pub fn first_difference(&self, other: &Self) -> Option<(usize, Stage, usize)> {
        (0..self.values.len()).find_map(|layer| {
            let phase = |pass: &Self, stage| pass.recipe(layer).map_or(0, |recipe| recipe.phase_of(stage));
            let places = [Stage::Wx, Stage::Z, Stage::A].into_iter().filter_map(|stage| {
                let unit = first_difference(self.stage(layer, stage)?, other.stage(layer, stage)?)?;
                Some((phase(self, stage).max(phase(other, stage)), unit, stage))
            });
            places.min().map(|(_, unit, stage)| (layer, stage, unit))
        })
    }
}

fn first_difference(own: &[f32], other: &[f32]) -> Option<usize> {
    let differs = own.iter().zip(other).position(|(own, other)| differ(*own, *other));
    differs.or_else(|| (own.len() > other.len()).then_some(other.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        mistake::Mistake,
        network::{Activation, Dense, Kernel, Layer, Network, Operation},
    };

    /// Three units and one more; for [1, -2] the sums of `dense` are [-1.5, 1, -2.5], with their biases [-1, 0.5, -2.5].
    fn network(activation: Activation) -> Network {
        let dense = |name: &str, units, kernel: &[f32], bias: Vec<f32>, activation| Layer {
            name: name.to_owned(),
            operation: Operation::Dense(Dense::new(
                Kernel::from_rows(kernel.len() / units, units, kernel).expect("as many numbers"),
                Some(bias),
                activation,
            )),
        };
        let layers = vec![
            dense("dense", 3, &[0.5, 2.0, -0.5, 1.0, 0.5, 1.0], vec![0.5, -0.5, 0.0], activation),
            dense("last", 1, &[0.5, -1.0, 2.0], vec![1.0], Activation::Linear),
        ];
        Network::new("test", layers).expect("fits")
    }

    fn pass(network: &Network, input: &[f32], mistakes: &[&str]) -> Pass {
        let mistakes: Vec<Mistake> =
            mistakes.iter().map(|text| Mistake::named(text, network).expect("can be made")).collect();
        Pass::new(network, input, &mistakes).expect("fits")
    }

    #[test]
    fn what_is_worked_out_first_comes_first() {
        let (relu, softmax) = (network(Activation::Relu), network(Activation::Softmax));
        for (network, mistakes, expected) in [
            (&relu, &[][..], None),
            (&relu, &["sign-error:dense:kernel[0,1]"], Some((0, Stage::Wx, 1))),
            (&relu, &["mistyped-weight:dense:bias[2]=4"], Some((0, Stage::Z, 2))),
            (&relu, &["skipped-activation:dense"], Some((0, Stage::A, 0))),
            (&relu, &["skipped-bias:last"], Some((1, Stage::Z, 0))),
            // -2.5 with a bias of -4 is 0 after relu all the same: only `z` differs
            (&relu, &["mistyped-weight:dense:bias[2]=-4"], Some((0, Stage::Z, 2))),
            // unit 0 is complete before unit 1 is begun …
            (&relu, &["skipped-activation:dense", "sign-error:dense:kernel[0,1]"], Some((0, Stage::A, 0))),
            // … but for softmax every unit's `z` must be there: it changes a[0] through z[1]
            (&softmax, &["sign-error:dense:kernel[0,1]"], Some((0, Stage::Wx, 1))),
            (&softmax, &["mistyped-weight:dense:bias[1]=4"], Some((0, Stage::Z, 1))),
            (&softmax, &["skipped-activation:dense"], Some((0, Stage::A, 0))),
            (&softmax, &["skipped-activation:dense", "mistyped-weight:dense:bias[1]=4"], Some((0, Stage::Z, 1))),
        ] {
            let (right, wrong) = (pass(network, &[1.0, -2.0], &[]), pass(network, &[1.0, -2.0], mistakes));
            assert_eq!(right.first_difference(&wrong), expected, "{mistakes:?}");
            assert_eq!(wrong.first_difference(&right), expected, "{mistakes:?}, the other way round");
        }
    }

    #[test]
    fn it_is_the_first_step_that_leaves_another_value() {
        let mut parted = 0;
        for network in [network(Activation::Tanh), network(Activation::Softmax)] {
            let right = pass(&network, &[0.75, -0.25], &[]);
            for mistake in Mistake::all(&network) {
                let wrong = Pass::new(&network, &[0.75, -0.25], &[mistake]).expect("fits");
                let phases = |pass: &Pass| pass.recipe(0).map(|recipe| recipe.phase_of(Stage::A));
                if phases(&wrong) != phases(&right) {
                    continue; // the steps of both have no common order
                }
                let value = |pass: &Pass, layer, stage, unit: usize| pass.stage(layer, stage)?.get(unit).copied();
                let first = (0..right.steps()).find_map(|k| {
                    let step = right.step(k)?;
                    let (layer, stage, unit) = (step.layer, step.completes?, step.place.unit);
                    let (own, other) = (value(&right, layer, stage, unit)?, value(&wrong, layer, stage, unit)?);
                    differ(own, other).then_some((layer, stage, unit))
                });
                assert_eq!(right.first_difference(&wrong), first, "{}", mistake.name(&network));
                parted += usize::from(first.is_some());
            }
        }
        assert!(parted > 100, "{parted}");
    }

    #[test]
    fn what_is_no_number_on_both_sides_is_the_same() {
        for activation in [Activation::Tanh, Activation::Softmax] {
            let network = network(activation);
            let right = pass(&network, &[f32::NAN, 1.0], &[]);
            assert!(right.output()[0].is_nan());
            assert_eq!(right.first_difference(&pass(&network, &[f32::NAN, 1.0], &["skipped-bias:dense"])), None);
            assert_eq!(right.first_difference(&pass(&network, &[0.0, 1.0], &[])), Some((0, Stage::Wx, 0)));
        }
    }

    #[test]
    fn a_value_that_is_missing_differs() {
        // The index of the largest value may happen to be the first value; then it is the second that is not there.
        let (all, one) = ([0.0, 0.5], [0.0]);
        assert_eq!(first_difference(&all, &one), Some(1));
        assert_eq!(first_difference(&one, &all), None);
    }
}
