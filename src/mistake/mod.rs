//! Mistakes that people make when they work a network out: each is a wrong way to do it, and can be run.
//!
//! One file a kind, one registry, [`KINDS`]. A mistake changes the [`Recipe`] of its layer; the pass, its steps, the picture
//! and the worked solution follow from the recipe. So the what-if keys of the bench and the search for the learner's own
//! mistake use the same values.
//!
//! To add a kind, write a file like its neighbours (`KIND`, `ways`, `change`, `says`, tests) and name it in [`KINDS`].

mod bias_after_activation;
mod detail;
mod extra_activation;
mod skipped_activation;
mod skipped_bias;
mod wrong_activation;

use std::fmt;

pub use detail::Detail;
use thiserror::Error;

use crate::network::{Activation, Network, NetworkError, Recipe, Weight};

/// Every kind, in the order in which they are applied and listed.
pub static KINDS: &[&Kind] = &[
    &skipped_activation::KIND,
    &wrong_activation::KIND,
    &skipped_bias::KIND,
    &bias_after_activation::KIND,
    &extra_activation::KIND,
];

/// A kind of mistake.
pub struct Kind {
    /// Its id in JSON and in lessons: kebab-case, stable.
    pub id: &'static str,
    /// What the learner did, as a heading: a noun phrase without article, lower case.
    pub title: &'static str,
    /// The lesson that teaches the right way.
    pub lesson: &'static str,
    /// Whether it is made in one layer, or all through the network.
    pub scope: Scope,
    /// How common it is among the mistakes people post, against the other kinds (only ratios matter).
    pub common: f64,
    /// The ways in which it can be made at layer `layer`; empty where it cannot be made or changes nothing by its nature.
    pub ways: fn(&Network, usize) -> Vec<Detail>,
    /// How it changes the pass. Called only with a detail that `ways` allows in principle.
    pub effect: Effect,
    /// Says what was done, in the second person and the past tense, without a full stop; names the layer.
    pub says: fn(&str, Detail, &Network) -> String,
}

/// How a kind of mistake changes a pass.
#[derive(Clone, Copy)]
pub enum Effect {
    /// Changes the recipes from its layer on.
    Recipes(fn(layer: usize, Detail, &Network, &mut [Recipe])),
    /// Puts one number in the place of a weight; searches use that only one unit changes. `None` where nothing changes.
    Weight(fn(layer: usize, Detail, &Network) -> Option<(Weight, f32)>),
}

/// Where a mistake is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In one layer, which its name gives.
    Layer,
    /// All through the network: it has no layer, and counts as made in the first.
    Network,
}

/// One mistake: its kind, at a layer, in a certain way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mistake {
    /// What kind.
    pub kind: &'static Kind,
    /// At which layer.
    pub layer: usize,
    /// In which way.
    pub detail: Detail,
}

/// Why a mistake cannot be made here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MistakeError {
    /// No such kind.
    #[error("`{kind}` is not a mistake that byhand knows{}; the kinds are {known}", nearest.as_ref().map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default())]
    Kind {
        /// What was written.
        kind: String,
        /// The nearest id, if one is near.
        nearest: Option<String>,
        /// All ids.
        known: String,
    },
    /// Not of the form `KIND:LAYER[:DETAIL]`.
    #[error(
        "`{text}` does not name a layer; write KIND:LAYER, such as `skipped-activation:dense`, or KIND:LAYER:ACTIVATION"
    )]
    Syntax {
        /// What was written.
        text: String,
    },
    /// No such layer.
    #[error(transparent)]
    Layer(#[from] NetworkError),
    /// The detail does not read.
    #[error("`{text}`: {why}")]
    Detail {
        /// What was written.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// The layer has nothing that could go wrong in this way.
    #[error("`{mistake}` cannot be made: {why}")]
    NotHere {
        /// The mistake.
        mistake: String,
        /// Why not.
        why: String,
    },
}

impl Kind {
    /// The kind with this id.
    ///
    /// # Errors
    /// [`MistakeError::Kind`] with the nearest id.
    pub fn find(id: &str) -> Result<&'static Self, MistakeError> {
        KINDS.iter().copied().find(|kind| kind.id == id).ok_or_else(|| {
            let near = KINDS.iter().map(|kind| (strsim::damerau_levenshtein(kind.id, id), kind.id)).min();
            MistakeError::Kind {
                kind: id.to_owned(),
                nearest: near.filter(|(distance, _)| *distance <= 4).map(|(_, id)| id.to_owned()),
                known: KINDS.iter().map(|kind| kind.id).collect::<Vec<_>>().join(", "),
            }
        })
    }

    /// Whether it can be made in very many ways at one layer, so that lists show it last.
    pub fn has_many_ways(&self) -> bool {
        self.id == wrong_activation::KIND.id
    }

    /// Where the kind stands in the registry.
    fn rank(&self) -> usize {
        KINDS.iter().position(|kind| kind.id == self.id).unwrap_or(usize::MAX)
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Mistake {
    /// Every single mistake that can be made at `layer`.
    pub fn at(network: &Network, layer: usize) -> Vec<Self> {
        let ways = |kind: &'static Kind| (kind.ways)(network, layer).into_iter().map(move |detail| (kind, detail));
        KINDS.iter().copied().flat_map(ways).map(|(kind, detail)| Self { kind, layer, detail }).collect()
    }

    /// Every single mistake that can be made in the network.
    pub fn all(network: &Network) -> Vec<Self> {
        (0..network.depth()).flat_map(|layer| Self::at(network, layer)).collect()
    }

    /// A mistake of the kind `id` at the layer of this name, made in its plain way.
    ///
    /// # Errors
    /// [`MistakeError`] if there is no such kind or layer.
    pub fn plain(id: &str, layer: &str, network: &Network) -> Result<Self, MistakeError> {
        Self::named(&format!("{id}:{layer}"), network)
    }

    /// Reads `KIND:LAYER[:ACTIVATION]` for this network.
    ///
    /// # Errors
    /// [`MistakeError`], naming what does not fit.
    pub fn named(text: &str, network: &Network) -> Result<Self, MistakeError> {
        let mut parts = text.trim().splitn(3, ':').map(str::trim);
        let kind = Kind::find(parts.next().unwrap_or_default())?;
        let layer = match kind.scope {
            Scope::Network => 0,
            Scope::Layer => match parts.next().filter(|layer| !layer.is_empty()) {
                Some(layer) => network.find(layer)?,
                None => return Err(MistakeError::Syntax { text: text.to_owned() }),
            },
        };
        let detail = match parts.next() {
            None => Detail::Plain,
            Some(detail) => detail.parse().map_err(|why| MistakeError::Detail { text: text.to_owned(), why })?,
        };
        let mistake = Self { kind, layer, detail };
        mistake.check(network)?;
        Ok(mistake)
    }

    /// How it is written: `KIND:LAYER[:DETAIL]`; [`Mistake::named`] reads it back.
    pub fn name(&self, network: &Network) -> String {
        let layer = network.layer(self.layer).map_or("?", |layer| &layer.name);
        let mut name = self.kind.id.to_owned();
        if self.kind.scope == Scope::Layer {
            name = format!("{name}:{layer}");
        }
        match self.detail {
            Detail::Plain => name,
            detail => format!("{name}:{detail}"),
        }
    }

    /// What was done, as a sentence without its full stop.
    pub fn says(&self, network: &Network) -> String {
        let layer = network.layer(self.layer).map_or("?", |layer| &layer.name);
        (self.kind.says)(layer, self.detail, network)
    }

    /// Changes the recipes of a pass.
    pub fn change(&self, network: &Network, recipes: &mut [Recipe]) {
        match self.kind.effect {
            Effect::Recipes(change) => change(self.layer, self.detail, network, recipes),
            Effect::Weight(weight) => {
                if let Some((weight, value)) = weight(self.layer, self.detail, network)
                    && let Some(recipe) = recipes.get_mut(self.layer)
                {
                    recipe.set(weight, value);
                }
            }
        }
    }

    /// The weight that it puts another number in the place of, if that is all it does.
    pub fn weight(&self, network: &Network) -> Option<(Weight, f32)> {
        match self.kind.effect {
            Effect::Weight(weight) => weight(self.layer, self.detail, network),
            Effect::Recipes(_) => None,
        }
    }

    /// Whether it can be made in this network.
    fn check(&self, network: &Network) -> Result<(), MistakeError> {
        let ways = (self.kind.ways)(network, self.layer);
        let fits = |way: &Detail| std::mem::discriminant(way) == std::mem::discriminant(&self.detail);
        if ways.iter().any(fits) {
            return Ok(());
        }
        let layer = network.layer(self.layer).map_or("?", |layer| &layer.name);
        let why = match ways.first() {
            Some(Detail::Activation(_)) => "say which activation, as in KIND:LAYER:tanh".to_owned(),
            Some(Detail::Plain) => "this kind takes no detail after the layer".to_owned(),
            Some(way) => format!("say in which way, as in `{}`", Self { detail: *way, ..*self }.name(network)),
            None => format!("layer `{layer}` has nothing for it to change"),
        };
        Err(MistakeError::NotHere { mistake: self.name(network), why })
    }
}

/// The recipes of the network's layers, with the mistakes made. The order of `mistakes` does not matter, but for two
/// of one kind at one layer, which are made one after the other.
///
/// # Errors
/// [`MistakeError::NotHere`] for a mistake that this network leaves no room for.
pub fn recipes(network: &Network, mistakes: &[Mistake]) -> Result<Vec<Recipe>, MistakeError> {
    let mut recipes: Vec<Recipe> = network.layers().map(|layer| layer.operation.recipe()).collect();
    let mut ordered: Vec<&Mistake> = mistakes.iter().collect();
    ordered.sort_by_key(|mistake| (mistake.layer, mistake.kind.rank()));
    for mistake in ordered {
        mistake.check(network)?;
        mistake.change(network, &mut recipes);
    }
    Ok(recipes)
}

/// The activation of a dense layer.
fn activation(network: &Network, layer: usize) -> Option<Activation> {
    Some(network.layer(layer)?.operation.as_dense()?.activation())
}

/// Where a recipe applies its activation.
fn activate(recipe: &Recipe) -> Option<usize> {
    recipe.finish.iter().position(|finish| finish.activation().is_some())
}

/// Where a recipe adds its bias.
fn add_bias(recipe: &Recipe) -> Option<usize> {
    recipe.finish.iter().position(|finish| finish.is_bias())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        network::{Dense, Kernel, Layer, Operation},
        pass::Pass,
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
        let all = Mistake::all(&network);
        for a in &all {
            for b in &all {
                if a.kind == b.kind && a.layer == b.layer && a != b {
                    continue; // two activations cannot both be the wrong one
                }
                let pass =
                    |mistakes: &[Mistake]| Pass::new(&network, &[2.0, -1.0], mistakes).map(|p| p.output().to_vec());
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
}
