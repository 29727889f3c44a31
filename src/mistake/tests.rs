//! What is true for every kind.

use super::*;
use crate::{
    network::{Activation, BatchNormalization, Dense, Kernel, Layer, Operation, Scaling, Stage},
    pass::{Function, Pass},
};

pub(super) fn network(activations: [Activation; 2]) -> Network {
    let layer = |name: &str, kernel, bias: Vec<f32>, activation| Layer {
        name: name.to_owned(),
        operation: Operation::Dense(Dense::new(kernel, Some(bias), activation)),
    };
    let first = Kernel::from_rows(2, 3, &[1.0, -2.0, 0.5, 0.25, 1.5, -1.0]).expect("six");
    let second = Kernel::from_rows(3, 1, &[0.5, -1.0, 2.0]).expect("three");
    let layers = vec![
        layer("hidden", first, vec![0.5, -0.25, 1.0], activations[0]),
        layer("out", second, vec![-0.75], activations[1]),
    ];
    Network::new("test", layers).expect("fits")
}

pub(super) fn layer(name: &str, operation: Operation) -> Layer {
    Layer { name: name.to_owned(), operation }
}

fn dense(inputs: usize, units: usize, kernel: &[f32], bias: &[f32], activation: Activation) -> Operation {
    let kernel = Kernel::from_rows(inputs, units, kernel).expect("as many numbers");
    Operation::Dense(Dense::new(kernel, Some(bias.to_vec()), activation))
}

/// Two square layers of two units.
pub(super) fn square() -> Network {
    let layers = vec![
        layer("first", dense(2, 2, &[1.0, 2.0, 3.0, 4.0], &[-0.5, 0.25], Activation::LeakyRelu { slope: 0.3 })),
        layer("second", dense(2, 2, &[0.5, -1.0, 0.25, 1.5], &[0.5, -3.0], Activation::Linear)),
    ];
    Network::new("square", layers).expect("fits")
}

/// [0, 10] to [-1, 1], a line, and [-1, 1] to [0, 100].
pub(super) fn scaled() -> Network {
    let layers = vec![
        layer("in", Operation::Scaling(Scaling::between((0.0, 10.0), (-1.0, 1.0)))),
        layer("line", dense(1, 1, &[0.5], &[0.25], Activation::Linear)),
        layer("out", Operation::Scaling(Scaling::between((-1.0, 1.0), (0.0, 100.0)))),
    ];
    Network::new("scaled", layers).expect("fits")
}

/// Three classes.
pub(super) fn classifier() -> Network {
    let output = dense(2, 3, &[1.0, -2.0, 0.5, -0.5, 0.25, -2.0], &[0.1, -0.2, 0.3], Activation::Softmax);
    Network::new("classifier", vec![layer("probabilities", output)]).expect("fits")
}

/// A normalisation of two values; the first goes out as it is.
pub(super) fn normalised() -> Network {
    let norm = BatchNormalization::new(vec![1.0, -0.5], vec![4.0, 0.25], 0.5)
        .with_gamma(vec![0.5, 2.0])
        .with_beta(vec![0.25, -1.0]);
    let layers = vec![
        layer("norm", Operation::BatchNormalization(norm)),
        layer("line", dense(2, 2, &[1.0, 0.0, 0.0, 3.0], &[0.0, 0.5], Activation::Linear)),
    ];
    Network::new("normalised", layers).expect("fits")
}

/// A network of each sort: every activation that is applied to one unit after the other or to all together.
fn sorts() -> Vec<Network> {
    let mut networks = vec![square(), scaled(), classifier(), normalised()];
    let others = Activation::ALL.iter().filter(|&&a| a != Activation::Glu);
    networks.extend(others.map(|&activation| network([activation, Activation::Linear])));
    networks.push(network([Activation::Relu, Activation::Sigmoid]));
    networks.push(network([Activation::Tanh, Activation::Softmax]));
    networks
}

/// Random inputs, some near 0 and some far away, the same every time.
fn inputs(network: &Network) -> Vec<Vec<f32>> {
    let mut random = fastrand::Rng::with_seed(3);
    let mut input = |reach: f32| (0..network.inputs()).map(|_| (random.f32() - 0.5) * reach).collect();
    (0..60).map(|i| input([3.0, 12.0, 30.0][i % 3])).collect()
}

#[test]
fn every_mistake_of_the_catalogue_can_be_named_run_and_seen() {
    let mut seen: Vec<&str> = Vec::new();
    for network in sorts() {
        let inputs = inputs(&network);
        let right: Vec<_> = inputs.iter().map(|x| Function::new(&network, &[]).expect("right").at(x)).collect();
        for mistake in Mistake::all(&network) {
            let name = format!("{} {}", mistake.name(&network), network.layer(0).map_or("", |l| &l.name));
            assert_eq!(Mistake::named(&mistake.name(&network), &network), Ok(mistake));
            assert!(!mistake.says(&network).ends_with('.'), "{name}");
            let layer = &network.layer(mistake.layer).expect("it is made there").name;
            let named = mistake.says(&network).contains(&format!("`{layer}`"));
            let of_layer = mistake.kind.scope == Scope::Layer && mistake.detail != Detail::Everywhere;
            assert_eq!(named, of_layer, "{name}: {}", mistake.says(&network));
            let function = Function::new(&network, &[mistake]).expect(&name);
            let wrong: Vec<_> = inputs.iter().map(|x| function.at(x)).collect();
            let changes = wrong != right;
            let finite = |outputs: &[Vec<f32>]| outputs.iter().flatten().all(|value| value.is_finite());
            // An exponential of a value far from 0 overflows, as it should.
            let uses = (0..network.depth()).any(|layer| activation(&network, layer) == Some(Activation::Exponential));
            let explodes = uses || mistake.says(&network).contains("exponential") || !finite(&right);
            assert!(finite(&wrong) || explodes, "{name} {wrong:?}");
            assert!(changes || hides(&network), "{name} changes nothing");
            seen.push(mistake.kind.id);
        }
    }
    let unseen: Vec<_> = KINDS.iter().filter(|kind| !seen.contains(&kind.id)).collect();
    assert!(unseen.is_empty(), "no network for {unseen:?}");
}

/// The share of a single unit is 1 whatever arrives, so that nothing done before it can be seen; a step shows only the side of 0.
fn hides(network: &Network) -> bool {
    let step = |layer| matches!(activation(network, layer), Some(Activation::Step { .. } | Activation::Sign { .. }));
    (0..network.depth()).any(step)
        || network.outputs() == 1 && activation(network, network.depth() - 1) == Some(Activation::Softmax)
}

#[test]
fn a_weight_effect_is_the_network_with_that_weight() {
    for network in sorts() {
        for mistake in Mistake::all(&network) {
            let Some(replacement) = mistake.weight(&network) else { continue };
            let name = mistake.name(&network);
            let put =
                |network: Network, (weight, value)| network.with_weight(mistake.layer, weight, value).expect(&name);
            let changed = replacement.iter().fold(network.clone(), put);
            let mut recipes: Vec<Recipe> = network.layers().map(|layer| layer.operation.recipe()).collect();
            mistake.change(&network, &mut recipes);
            let expected: Vec<Recipe> = changed.layers().map(|layer| layer.operation.recipe()).collect();
            // What is left out is shown otherwise, but gives the same values.
            for recipe in &mut recipes {
                recipe.left_out.clear();
            }
            assert_eq!(recipes, expected, "{name}");
        }
    }
}

#[test]
fn the_steps_of_every_mistake_end_in_its_output() {
    for network in sorts().into_iter().take(6) {
        let x = vec![0.75; network.inputs()];
        for mistake in Mistake::of_method(&network) {
            let pass = Pass::new(&network, &x, &[mistake]).expect("fits");
            let function = Function::new(&network, &[mistake]).expect("fits");
            assert_eq!(pass.output(), function.at(&x), "{}", mistake.name(&network));
            for k in 0..pass.steps() {
                assert!(pass.step(k).is_some(), "{} step {k}", mistake.name(&network));
            }
        }
    }
}

#[test]
fn a_detail_of_another_kind_or_network_is_refused_and_harmless() {
    let details = [
        Detail::Plain,
        Detail::Activation(Activation::Glu),
        Detail::Unit(usize::MAX),
        Detail::Pair(0, usize::MAX),
        Detail::Weight(Weight::Kernel { input: usize::MAX, unit: 0 }),
        Detail::Typed(Weight::Bias { unit: usize::MAX }, f32::NAN),
        Detail::Layer(usize::MAX),
        Detail::Shift(isize::MIN),
        Detail::Samples(1),
        Detail::Steep(f32::NAN),
        Detail::NegativePart,
        Detail::Range(WrongRange::Count),
        Detail::Range(WrongRange::OtherEnd),
        Detail::Units,
    ];
    for network in [square(), scaled(), classifier(), normalised()] {
        for &kind in KINDS {
            for (layer, detail) in (0..network.depth()).flat_map(|layer| details.map(|detail| (layer, detail))) {
                let mistake = Mistake { kind, layer, detail };
                let x = vec![1.0; network.inputs()];
                if let Ok(pass) = Pass::new(&network, &x, &[mistake]) {
                    assert!(!mistake.says(&network).is_empty());
                    assert_eq!(Mistake::named(&mistake.name(&network), &network).map(|m| m.kind), Ok(kind), "{pass:?}");
                }
            }
        }
    }
}

#[test]
fn ids_are_unique_and_kebab_case() {
    for (i, kind) in KINDS.iter().enumerate() {
        assert!(kind.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", kind.id);
        assert!(KINDS[..i].iter().all(|other| other.id != kind.id), "{}", kind.id);
        assert!(kind.common > 0.0);
    }
}

#[test]
fn names_read_back() {
    let network = network([Activation::Relu, Activation::Tanh]);
    for mistake in Mistake::all(&network) {
        assert_eq!(Mistake::named(&mistake.name(&network), &network), Ok(mistake));
    }
}

#[test]
fn any_two_mistakes_can_be_made_together_in_any_order() {
    let network = network([Activation::Relu, Activation::Tanh]);
    // One way of each kind at each layer represents the others.
    let mut all = Mistake::all(&network);
    all.dedup_by_key(|mistake| (mistake.kind.id, mistake.layer));
    for a in &all {
        for b in &all {
            if a.kind == b.kind && a.layer == b.layer && a != b {
                continue; // two activations cannot both be the wrong one
            }
            let pass = |mistakes: &[Mistake]| Pass::new(&network, &[2.0, -1.0], mistakes).map(|p| p.output().to_vec());
            assert_eq!(pass(&[*a, *b]), pass(&[*b, *a]), "{a:?} {b:?}");
        }
    }
}

#[test]
fn wrong_names_say_what_there_is() {
    let network = network([Activation::Relu, Activation::Linear]);
    for (text, expected) in [
        ("skiped-activation:hidden", "did you mean `skipped-activation`?"),
        ("skipped-activation", "does not name a layer"),
        ("skipped-activation:dense", "no layer is called `dense`; the layers are `hidden`, `out`"),
        ("skipped-activation:out", "layer `out` has nothing for it to change"),
        ("wrong-activation:hidden", "say which activation"),
        ("skipped-bias:hidden:tanh", "takes no detail"),
        ("wrong-activation:hidden:tan", "tan"),
    ] {
        let error = Mistake::named(text, &network).expect_err(text).to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

/// The first stage that a mistake may change, by its kind and way: what comes before it is as in the right pass.
fn first_changed(mistake: &Mistake, of_kernel: bool) -> Stage {
    let stage = match (mistake.kind.id, mistake.detail) {
        ("mistyped-weight" | "sign-error" | "missing-term", Detail::Weight(weight) | Detail::Typed(weight, _)) => {
            if matches!(weight, Weight::Kernel { .. }) { Stage::Wx } else { Stage::Z }
        }
        ("wrong-bias" | "bias-per-input" | "subtracted-bias" | "skipped-bias" | "bias-after-activation", _) => Stage::Z,
        (
            "softmax-not-normalised"
            | "softmax-wrong-axis"
            | "skipped-activation"
            | "wrong-activation"
            | "extra-activation"
            | "argmax-for-value",
            _,
        ) => Stage::A,
        _ => Stage::Wx,
    };
    // What is not summed has no stage but what it gives.
    if of_kernel { stage } else { Stage::A }
}

#[test]
fn stages_before_the_changed_action_are_as_in_the_right_pass() {
    let mut changed: Vec<(&str, Stage)> = Vec::new();
    for network in sorts() {
        let inputs = inputs(&network);
        for mistake in Mistake::all(&network) {
            let recipes = recipes(&network, &[mistake]).expect("can be made");
            for recipe in &recipes {
                assert!(recipe.finish.windows(2).all(|pair| pair[0].gives <= pair[1].gives), "{mistake:?}");
            }
            let of_kernel = network.layer(mistake.layer).is_some_and(|layer| layer.operation.as_dense().is_some());
            let first = first_changed(&mistake, of_kernel);
            for input in &inputs[..6] {
                let right = Pass::new(&network, input, &[]).expect("fits");
                let wrong = Pass::new(&network, input, &[mistake]).expect("fits");
                for layer in 0..=mistake.layer {
                    for stage in [Stage::Wx, Stage::Z, Stage::A]
                        .into_iter()
                        .filter(|stage| layer < mistake.layer || *stage < first)
                    {
                        let values = |pass: &Pass| pass.stage(layer, stage).map(<[f32]>::to_vec);
                        let name = mistake.name(&network);
                        // A layer that was left out sums nothing.
                        assert!(same(values(&wrong), values(&right)), "{name}: {layer} {stage:?}");
                    }
                }
                let values = |pass: &Pass| pass.stage(mistake.layer, first).map(<[f32]>::to_vec);
                if !same(values(&wrong), values(&right)) && !changed.contains(&(mistake.kind.id, first)) {
                    changed.push((mistake.kind.id, first));
                }
            }
        }
    }
    // The stage of the table is the very first that changes, for every kind.
    for kind in KINDS {
        assert!(changed.iter().any(|(id, _)| *id == kind.id), "{}", kind.id);
    }
}

fn same(a: Option<Vec<f32>>, b: Option<Vec<f32>>) -> bool {
    let bits = |values: Option<Vec<f32>>| values.map(|values| values.into_iter().map(f32::to_bits).collect::<Vec<_>>());
    bits(a) == bits(b)
}

#[test]
fn no_action_of_a_mistake_is_made_up() {
    use crate::network::{Operator, Role, Transform};
    for network in sorts() {
        let right = network.recipes();
        for mistake in Mistake::of_method(&network) {
            let wrong = recipes(&network, &[mistake]).expect("can be made");
            for (layer, (right, wrong)) in right.iter().zip(&wrong).enumerate() {
                let name = mistake.name(&network);
                for finish in wrong.finish.iter().filter(|finish| !right.finish.contains(finish)) {
                    // A number joins only where the layer has such a number, or where the sentence names it.
                    let known = finish.role().is_none_or(|role| {
                        right.finish.iter().any(|right| right.role() == Some(role))
                            || matches!(role, Role::Count | Role::Largest | Role::Sum)
                            || matches!(mistake.detail, Detail::Steep(_) | Detail::NegativePart)
                    });
                    assert!(known, "{name} in layer {layer}: {finish:?}");
                    // And none that does nothing, or leaves nothing of the value.
                    if let Transform::Combine { operator, operand, .. } = &finish.transform {
                        let idle = match operator {
                            Operator::Add | Operator::Subtract => 0.0,
                            Operator::Multiply | Operator::Divide => 1.0,
                        };
                        let of_weights = right.finish.iter().any(|finish| {
                            finish.operand().is_some_and(|own| own.iter().any(|number| [0.0, idle].contains(number)))
                        });
                        // A range that begins or ends there has such an offset.
                        let of_weights = of_weights || matches!(mistake.detail, Detail::Range(_));
                        let made_up = operand.iter().all(|number| [0.0, idle].contains(number));
                        assert!(!made_up || of_weights, "{name} in layer {layer}: {finish:?}");
                    }
                }
            }
        }
    }
}
