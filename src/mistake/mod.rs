//! Mistakes that people make when they work a network out: each is a wrong way to do it, and can be run.
//!
//! One file a kind, one registry, [`KINDS`]. A mistake changes the [`Recipe`] of its layer; the pass, its steps, the picture
//! and the worked solution follow from the recipe. So the what-if keys of the bench and the search for the learner's own
//! mistake use the same values.
//!
//! To add a kind, write a file like its neighbours (`KIND`, `ways`, `change`, `says`, tests) and name it in [`KINDS`].

mod argmax_for_value;
mod averaged_sum;
mod batch_norm_batch_statistics;
mod batch_norm_bessel;
mod batch_norm_epsilon_outside;
mod batch_norm_swapped;
mod batch_norm_variance;
mod batch_norm_without_epsilon;
mod batch_norm_wrong_epsilon;
mod bias_after_activation;
mod bias_per_input;
mod detail;
mod extra_activation;
pub mod graph;
mod kind;
mod misread_kernel;
mod missing_term;
mod mistyped_digits;
mod mistyped_input;
mod mistyped_weight;
mod part;
mod reversed_order;
mod rounded_values;
mod rounded_weights;
mod shifted_numbers;
mod sign_error;
mod skipped_activation;
mod skipped_bias;
mod skipped_layer;
mod skipped_unit;
mod softmax_not_normalised;
mod softmax_wrong_axis;
mod subtracted_bias;
mod swapped_inputs;
mod swapped_weights;
mod transposed_kernel;
mod unscaled_input;
mod unscaled_output;
mod wrong_activation;
mod wrong_bias;
mod wrong_range;

pub use detail::Detail;
use detail::name;
pub use kind::{Effect, Kind, Part, Replacement, Scope};
use part::{
    MOST_DECIMALS, activate, activation, add_bias, batch_normalization, biases, changeable, deviation, differ,
    divide_by, from_here, here_or_everywhere, is_term, kernel, reorder_rows, scales, weights,
};
use thiserror::Error;
pub use wrong_range::WrongRange;

use crate::{
    network::{Network, NetworkError, Recipe, Weight, recipe::LeftOut},
    words,
};

/// Every kind, in the order in which they are applied and listed: first the numbers (each by itself, then whole biases and
/// kernels), then what is done with them, then layers that are left out, and rounding last.
pub static KINDS: &[&Kind] = &[
    &mistyped_input::KIND,
    &mistyped_weight::KIND,
    &mistyped_digits::KIND,
    &swapped_weights::KIND,
    &shifted_numbers::KIND,
    &sign_error::KIND,
    &missing_term::KIND,
    &wrong_bias::KIND,
    &bias_per_input::KIND,
    &subtracted_bias::KIND,
    &misread_kernel::KIND,
    &transposed_kernel::KIND,
    &reversed_order::KIND,
    &swapped_inputs::KIND,
    &skipped_unit::KIND,
    &batch_norm_batch_statistics::KIND,
    &batch_norm_without_epsilon::KIND,
    &batch_norm_wrong_epsilon::KIND,
    &batch_norm_epsilon_outside::KIND,
    &batch_norm_variance::KIND,
    &batch_norm_bessel::KIND,
    &batch_norm_swapped::KIND,
    &softmax_not_normalised::KIND,
    &softmax_wrong_axis::KIND,
    &skipped_activation::KIND,
    &wrong_activation::KIND,
    &averaged_sum::KIND,
    &skipped_bias::KIND,
    &bias_after_activation::KIND,
    &extra_activation::KIND,
    &argmax_for_value::KIND,
    &skipped_layer::KIND,
    &wrong_range::KIND,
    &unscaled_input::KIND,
    &unscaled_output::KIND,
    &rounded_weights::KIND,
    &rounded_values::KIND,
];

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
    #[error("{}", match nearest {
        Some(near) => words::mistake::unknown_kind_near(kind, near),
        None => words::mistake::unknown_kind(kind, known),
    })]
    Kind {
        /// What was written.
        kind: String,
        /// The nearest id, if one is near.
        nearest: Option<String>,
        /// All ids.
        known: String,
    },
    /// Not of the form `KIND:LAYER[:DETAIL]`.
    #[error("{}", words::mistake::no_layer_named(text))]
    Syntax {
        /// What was written.
        text: String,
    },
    /// No such layer.
    #[error(transparent)]
    Layer(#[from] NetworkError),
    /// The detail does not read.
    #[error("{}", words::mistake::bad_detail(text, why))]
    Detail {
        /// What was written.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// The layer has nothing that could go wrong in this way.
    #[error("{}", words::mistake::not_here(mistake, why))]
    NotHere {
        /// The mistake.
        mistake: String,
        /// Why not.
        why: String,
    },
}

impl MistakeError {
    /// There is no kind `id`; these there are.
    fn unknown_kind(id: &str, known: impl Iterator<Item = &'static str> + Clone) -> Self {
        let near = known.clone().map(|known| (strsim::damerau_levenshtein(known, id), known)).min();
        Self::Kind {
            kind: id.to_owned(),
            nearest: near.filter(|(distance, _)| *distance <= 4).map(|(_, id)| id.to_owned()),
            known: known.collect::<Vec<_>>().join(", "),
        }
    }
}

/// In a layer with more weights than this, nobody mistypes one of them: only wrong methods are looked for there. A list of a mistake
/// for each would take longer than the search.
pub const MOST_WEIGHTS: usize = 50_000;

impl Mistake {
    /// Every single mistake that can be made at `layer`.
    pub fn at(network: &Network, layer: usize) -> Vec<Self> {
        let ways = |kind: &'static Kind| (kind.ways)(network, layer).into_iter().map(move |detail| (kind, detail));
        let many = network.layer(layer).is_some_and(|layer| layer.operation.parameters() > MOST_WEIGHTS);
        let made = |kind: &&'static Kind| !(many && matches!(kind.effect, Effect::Weight(_)));
        KINDS.iter().copied().filter(made).flat_map(ways).map(|(kind, detail)| Self { kind, layer, detail }).collect()
    }

    /// Every single mistake that can be made in the network.
    pub fn all(network: &Network) -> Vec<Self> {
        (0..network.depth()).flat_map(|layer| Self::at(network, layer)).collect()
    }

    /// Every single mistake of method: all but those in which one number is wrong or missing, of which there are many.
    pub fn of_method(network: &Network) -> Vec<Self> {
        let kinds = KINDS.iter().copied().filter(|kind| !matches!(kind.effect, Effect::Weight(_)));
        let places = (0..network.depth()).flat_map(|layer| kinds.clone().map(move |kind| (kind, layer)));
        let ways = |(kind, layer): (&'static Kind, usize)| {
            (kind.ways)(network, layer).into_iter().map(move |detail| Self { kind, layer, detail })
        };
        places.flat_map(ways).collect()
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

    /// Whether nothing is done wrong but rounding.
    pub fn only_rounds(&self) -> bool {
        self.kind == &rounded_values::KIND || self.kind == &rounded_weights::KIND
    }

    /// Whether one of the two leaves out what the other speaks about: "you skipped every activation, and you applied tanh after
    /// relu" is no sentence to believe.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.takes_from(other) || other.takes_from(self)
    }

    /// Whether it leaves out what the other one speaks about.
    fn takes_from(&self, other: &Self) -> bool {
        let reaches =
            if self.detail == Detail::Everywhere { other.layer >= self.layer } else { other.layer == self.layer };
        let of_bias =
            matches!(other.detail, Detail::Weight(Weight::Bias { .. }) | Detail::Typed(Weight::Bias { .. }, _));
        let speaks =
            |part: &Part| *part == Part::Layer || other.kind.about.contains(part) || (*part == Part::Bias && of_bias);
        let other_scope = other.kind.scope == Scope::Layer;
        self.kind.removes && self != other && reaches && other_scope && self.kind.about.iter().any(speaks)
    }

    /// Changes the recipes of a pass.
    pub fn change(&self, network: &Network, recipes: &mut [Recipe]) {
        match self.kind.effect {
            Effect::Recipes(change) => change(self.layer, self.detail, network, recipes),
            Effect::Weight(weight) => {
                if let Some(replacement) = weight(self.layer, self.detail, network)
                    && let Some(recipe) = recipes.get_mut(self.layer)
                {
                    replacement.iter().for_each(|(weight, value)| recipe.set(weight, value));
                    recipe.left_out.extend(replacement.left_out.then_some(LeftOut::Term(replacement.first.0)));
                }
            }
        }
    }

    /// The numbers that it puts in the places of weights, if that is all it does.
    pub fn weight(&self, network: &Network) -> Option<Replacement> {
        match self.kind.effect {
            Effect::Weight(weight) => weight(self.layer, self.detail, network),
            Effect::Recipes(_) => None,
        }
    }

    /// Whether it can be made in this network.
    fn check(&self, network: &Network) -> Result<(), MistakeError> {
        let ways = match self.kind.effect {
            // There may be very many ways; the effect itself says whether this one is possible.
            Effect::Weight(weight) if weight(self.layer, self.detail, network).is_some() => return Ok(()),
            _ => (self.kind.ways)(network, self.layer),
        };
        let fits = |way: &Detail| match self.detail {
            // What must exist in the network.
            Detail::Unit(_)
            | Detail::Pair(..)
            | Detail::Layer(_)
            | Detail::Weight(_)
            | Detail::Typed(..)
            | Detail::Range(_)
            | Detail::Batch { .. }
            | Detail::Misread(..)
            | Detail::Exchanged(..)
            | Detail::Order(..)
            | Detail::Units => *way == self.detail,
            _ => std::mem::discriminant(way) == std::mem::discriminant(&self.detail),
        };
        if ways.iter().any(fits) {
            return Ok(());
        }
        let layer = network.layer(self.layer).map_or("?", |layer| &layer.name);
        let why = match ways.first() {
            Some(Detail::Activation(_)) => words::mistake::which_activation(),
            Some(Detail::Plain) => words::mistake::no_detail(),
            Some(way) => words::mistake::which_way(Self { detail: *way, ..*self }.name(network)),
            None if self.kind == &mistyped_weight::KIND => words::mistake::which_number(layer),
            None => words::mistake::nothing_to_change(layer),
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
    let mut recipes = network.recipes();
    let mut ordered: Vec<&Mistake> = mistakes.iter().collect();
    // What is done all through the network is done to what the layers' own mistakes left.
    ordered.sort_by_key(|mistake| (mistake.kind.scope == Scope::Network, mistake.layer, mistake.kind.rank()));
    for mistake in ordered {
        mistake.check(network)?;
        mistake.change(network, &mut recipes);
    }
    Ok(recipes)
}

#[cfg(test)]
mod tests;
