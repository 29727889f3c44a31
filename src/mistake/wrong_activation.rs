//! Another activation was applied than the model's.

use super::{Detail, Effect, Kind, Scope, activate, activation};
use crate::network::{Activation, Finish, Network, Recipe};

pub(super) static KIND: Kind = Kind {
    id: "wrong-activation",
    title: "wrong activation",
    lesson: "forgotten-activation",
    scope: Scope::Layer,
    common: 4.0,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// Every activation but the model's own; leaving it out is `skipped-activation`.
fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(own) = activation(network, layer).filter(|&own| own != Activation::Linear && own != Activation::Glu)
    else {
        return Vec::new();
    };
    let others = Activation::ALL.iter().copied();
    others.filter(|&a| a != own && a != Activation::Linear && a != Activation::Glu).map(Detail::Activation).collect()
}

fn change(layer: usize, detail: Detail, _: &Network, recipes: &mut [Recipe]) {
    let recipe = &mut recipes[layer];
    if let (Some(i), Detail::Activation(used)) = (activate(recipe), detail) {
        recipe.finish[i] = Finish::Activate(used);
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    let own = network.find(layer).ok().and_then(|i| activation(network, i)).unwrap_or(Activation::Linear);
    match detail {
        Detail::Activation(used) => format!("you applied {used} in layer `{layer}`, where the model has {own}"),
        _ => format!("you applied another activation than {own} in layer `{layer}`"),
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
}
