//! Another activation was applied than the model's.

use super::{Detail, Effect, Kind, Part, Scope, activate, activation, differ};
use crate::{
    network::{Activation, Finish, Network, Operator, Recipe, Role, Stage},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "wrong-activation",
    title: words::mistake_title::wrong_activation,
    lesson: "forgotten-activation",
    about: &[Part::Activation],
    removes: false,
    scope: Scope::Layer,
    common: 4.0,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// The slopes that frameworks take for a leaky relu: `PyTorch` 0.01, older scripts 0.1, Keras 0.2 (function) and 0.3 (layer).
const SLOPES: [f32; 4] = [0.01, 0.1, 0.2, 0.3];

/// `|z|`: the sign was dropped, not the negative number.
const ABSOLUTE: Activation = Activation::LeakyRelu { slope: -1.0 };

/// How much steeper S-curves come in scripts (NEAT has 4.9).
const STEEP: [f32; 4] = [0.5, 2.0, 4.9, 5.0];

/// Every activation but the model's own; leaving it out is `skipped-activation`.
fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(own) = activation(network, layer).filter(|&own| own != Activation::Linear && own != Activation::Glu)
    else {
        return Vec::new();
    };
    let units = network.layer(layer).map_or(0, |layer| layer.operation.units());
    let leaky = SLOPES.map(|slope| Activation::LeakyRelu { slope });
    let mut used: Vec<Activation> = Activation::ALL.to_vec();
    used.extend(leaky.into_iter().filter(|leaky| !Activation::ALL.contains(leaky)));
    if own == Activation::Relu {
        used.push(ABSOLUTE);
    }
    used.retain(|&used| {
        // The exponential in the place of softmax is `softmax-not-normalised`.
        let own_kind = own == Activation::Softmax && used == Activation::Exponential;
        let other = used != Activation::Linear && used != Activation::Glu && used != own && !own_kind;
        other && differ(units, |z| own.apply(z), |z| used.apply(z))
    });
    let mut ways: Vec<Detail> = used.into_iter().map(Detail::Activation).collect();
    match own {
        Activation::Relu => ways.push(Detail::NegativePart),
        Activation::Sigmoid | Activation::Tanh => ways.extend(STEEP.map(Detail::Steep)),
        _ => {}
    }
    ways
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    let units = recipe.units();
    let times = |number| {
        let operand = vec![number; units].into();
        Finish::combine(Operator::Multiply, operand, Role::Scale, Stage::A)
    };
    let Some(i) = activate(recipe) else { return };
    match detail {
        Detail::Activation(used) => recipe.finish[i] = Finish::activate(used),
        Detail::Steep(steep) => recipe.finish.insert(i, times(steep)),
        // min(0, z) = -relu(-z)
        Detail::NegativePart => {
            recipe.finish.insert(i, times(-1.0));
            recipe.finish.insert(i + 2, times(-1.0));
        }
        _ => {}
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    let own = network.find(layer).ok().and_then(|i| activation(network, i)).unwrap_or(Activation::Linear);
    match detail {
        Detail::Activation(ABSOLUTE) => words::mistake::absolute_value(layer, own),
        Detail::Activation(used) => words::mistake::wrong_activation(layer, own, used),
        Detail::Steep(steep) => words::mistake::steep_activation(layer, own, steep),
        Detail::NegativePart => words::mistake::negative_part(layer, own),
        _ => words::mistake::other_activation(layer, own),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::network};
    use crate::{network::Activation, pass::Pass};

    #[test]
    fn the_other_activation_is_applied() {
        let network = network([Activation::Linear, Activation::Tanh]);
        let mistake = Mistake::named("wrong-activation:out:relu", &network).expect("tanh can be mistaken");
        let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
        assert_eq!(pass.output(), [12.125]);
        assert_eq!(mistake.says(&network), "you applied relu in layer `out`, where the model has tanh");
    }

    #[test]
    fn variants_of_relu_and_of_s_curves_are_there() {
        // z = [2.25, -5.75, 3.0] in the hidden layer; the last layer gives 0.5 a0 - a1 + 2 a2 - 0.75
        for (own, detail, expected) in [
            (Activation::Relu, "leaky_relu(-1)", 1.125 - 5.75 + 6.0 - 0.75),
            (Activation::Relu, "negative-part", 5.75 - 0.75),
            (Activation::Relu, "leaky_relu(0.1)", 1.125 + 0.575 + 6.0 - 0.75),
            (Activation::Tanh, "steep[2]", 0.5 * 4.5f32.tanh() + 11.5f32.tanh() + 2.0 * 6f32.tanh() - 0.75),
        ] {
            let network = network([own, Activation::Linear]);
            let mistake = Mistake::named(&format!("wrong-activation:hidden:{detail}"), &network).expect(detail);
            let pass = Pass::new(&network, &[2.0, -1.0], &[mistake]).expect("fits");
            assert!((pass.output()[0] - expected).abs() < 1e-5, "{detail}: {:?} {expected}", pass.output());
            assert!(Mistake::all(&network).contains(&mistake), "{detail}");
        }
    }

    #[test]
    fn an_activation_that_is_the_same_function_is_not_another() {
        let network = network([Activation::Elu { alpha: 1.0 }, Activation::Softmax]);
        let all = Mistake::all(&network);
        let named = |text| all.contains(&Mistake::named(text, &network).expect("reads"));
        assert!(!named("wrong-activation:hidden:celu"));
        assert!(named("wrong-activation:hidden:selu"));
        // The shares of one unit are 1 in any case.
        assert!(!named("wrong-activation:out:sparsemax"));
    }
}
