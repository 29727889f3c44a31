//! Why the framework gives another number than the network as it was described: what was not described?
//!
//! People print weights, and say the rest: which activation, which order, what was done to the numbers before. Their sums
//! can be right for what they said, and the framework's number is another one all the same. So the *description* is changed
//! until the network gives the framework's numbers: changes one by one (`ways`), scalings whose numbers follow from the
//! framework's own (`family`, `solve`), and pairs (`search`). What gives them is weighed by Bayes' rule against a cause in no
//! list, such as other weights; a scaling with free numbers counts only as far as there are more numbers than unknowns.

mod change;
mod checked;
mod evidence;
mod family;
mod next;
pub mod says;
mod scaler;
mod search;
mod solve;
mod ways;

pub use change::{Arrays, Change, Prepared, Shown};
pub use checked::{Checked, Overall};
pub use family::Family;
pub use next::NextPair;
pub use scaler::{By, Column, Scaler, Statistic, Training};
pub use search::Ran;

use change::Variant;
use evidence::Evidence;
use search::{Found, Outcome, Search};

use super::{
    honest, next_input,
    observation::{Observation, ObservationError, Seen},
};
use crate::network::Network;

/// How many explanations are compared with each other at most.
const MOST_FOUND: usize = 60;

/// What is known besides the network and the numbers.
#[derive(Debug, Clone, Default)]
pub struct Known<'k> {
    /// For each input the range that matters; may be empty.
    pub region: &'k [(f32, f32)],
    /// How many decimals the weights were printed with; `None` if all of them.
    pub decimals: Option<usize>,
    /// The training table.
    pub training: Option<&'k Training>,
}

/// A search for what was not described, under way. It can be stopped and continued, and concluded at any time.
#[derive(Debug, Clone)]
pub struct ModelInquiry {
    region: Vec<(f32, f32)>,
    evidence: Evidence,
    /// `None` where the network as described gives the numbers.
    search: Option<Box<Search>>,
}

/// Why the model's numbers are others than the described network's.
#[derive(Debug, Clone)]
pub struct ModelFinding {
    /// The model's numbers, beside what the network as described gives.
    pub seen: Vec<Seen>,
    /// The explanations, the most probable first.
    pub candidates: Vec<ModelCandidate>,
    /// How many more explanations there are, and how probable they are together.
    pub beyond: (usize, f64),
    /// How probable it is that only digits are missing in the print of the weights.
    pub print: f64,
    /// How probable a cause in no list is, such as other weights.
    pub unknown: f64,
    /// Changes with unknown numbers that would fit any number, for too few were given.
    pub open: Vec<Family>,
    /// How many decimals the weights were printed with.
    pub decimals: Option<usize>,
    /// How many networks were run.
    pub ran: Ran,
    /// The input that distinguishes the candidates best.
    pub next_input: Option<NextPair>,
}

/// Changes of the description that give the model's numbers.
#[derive(Debug, Clone)]
pub struct ModelCandidate {
    /// What differs.
    pub changes: Vec<Change>,
    /// Others that give the same values wherever we look.
    pub same_as: Vec<Vec<Change>>,
    /// How probable it is that it is one of these.
    pub probability: f64,
    /// Whether the numbers verify it: there are more of them than unknowns. Else one more pair would prove it or rule it out.
    pub verified: bool,
    /// What the network gives then, for each observation.
    pub values: Vec<Vec<f32>>,
    /// The correctly described network; `None` if the change to the numbers is not a layer, or depends on all the inputs of one
    /// call.
    pub network: Option<Network>,
}

impl ModelInquiry {
    /// Begins. The answers of `observations` are the model's own numbers.
    ///
    /// # Errors
    /// [`ObservationError`] if there is no observation, or one does not fit the network.
    pub fn new(network: &Network, known: &Known, observations: &[Observation]) -> Result<Self, ObservationError> {
        if observations.is_empty() {
            return Err(ObservationError::None);
        }
        let recipes = network.recipes();
        let seen: Result<Vec<Seen>, _> = observations.iter().map(|o| Seen::new(network, &recipes, o)).collect();
        let evidence = Evidence::new(network, seen?, known.decimals);
        let differs = evidence.seen.iter().any(|seen| !seen.is_right());
        let search = differs.then(|| {
            let given = given(&evidence);
            Box::new(Search::new(evidence.clone(), ways::ways(network, known.training, given.as_ref())))
        });
        Ok(Self { region: known.region.to_vec(), evidence, search })
    }

    /// Whether the network as described gives the model's numbers.
    pub fn agrees(&self) -> bool {
        self.search.is_none()
    }

    /// Goes on while there is `more` time, which is asked before each network. Whether all is done.
    pub fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.search.as_mut().is_none_or(|search| search.advance(more))
    }

    /// How much was done, from 0 to 1.
    pub fn share(&self) -> f64 {
        self.search.as_ref().map_or(1.0, |search| search.share())
    }

    /// How many networks were run so far.
    pub fn ran(&self) -> Ran {
        self.search.as_ref().map(|search| search.ran()).unwrap_or_default()
    }

    /// What is known now.
    pub fn conclude(self) -> ModelFinding {
        let Some(search) = self.search else {
            let nothing = Ran::default();
            let decimals = self.evidence.decimals;
            return ModelFinding {
                seen: self.evidence.seen,
                candidates: Vec::new(),
                beyond: (0, 0.0),
                print: 0.0,
                unknown: 0.0,
                open: Vec::new(),
                decimals,
                ran: nothing,
                next_input: None,
            };
        };
        let Outcome { evidence, mut found, unknown, print, open, ran } = search.outcome();
        let total = found.iter().map(|found| found.weight).sum::<f64>() + unknown + print;
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let beyond = found.split_off(MOST_FOUND.min(found.len()));
        let beyond = (beyond.len(), beyond.iter().map(|found| found.weight).sum::<f64>() / total);
        let groups = together(&evidence, &self.region, found);
        let next_input = next::find(&evidence, &self.region, &groups);
        let candidates = groups
            .into_iter()
            .map(|group| ModelCandidate {
                probability: group.weight / total,
                values: split(&evidence, evidence.values(&group.changes).unwrap_or_default()),
                network: group.variant.is_network().then(|| group.variant.network.clone()),
                changes: group.changes,
                same_as: group.same_as,
                verified: group.verified,
            })
            .collect();
        let decimals = evidence.decimals;
        ModelFinding {
            seen: evidence.seen,
            candidates,
            beyond,
            print: print / total,
            unknown: unknown / total,
            open,
            decimals,
            ran,
            next_input,
        }
    }
}

impl ModelFinding {
    /// Whether the network as described gives the model's numbers.
    pub fn agrees(&self) -> bool {
        self.seen.iter().all(Seen::is_right)
    }

    /// Whether a number that the network gives has too few digits to say anything.
    pub fn has_few_digits(&self) -> bool {
        honest::too_few_digits(&self.seen).is_some()
    }

    /// Whether what was found is more probable than a cause in no list.
    pub fn is_explained(&self) -> bool {
        let verified = self.candidates.iter().filter(|candidate| candidate.verified);
        let explained = verified.map(|candidate| candidate.probability).sum::<f64>() + self.print + self.beyond.1;
        !self.agrees() && explained > 0.5
    }
}

/// Explains the model's numbers at once: a [`ModelInquiry`] from its beginning to where `more` ends it.
///
/// # Errors
/// [`ObservationError`] if there is no observation, or one does not fit the network.
pub fn explain_model(
    network: &Network,
    known: &Known,
    observations: &[Observation],
    more: &mut dyn FnMut() -> bool,
) -> Result<ModelFinding, ObservationError> {
    let mut inquiry = ModelInquiry::new(network, known, observations)?;
    inquiry.advance(more);
    Ok(inquiry.conclude())
}

/// The inputs that were given as a training table: somebody may have given all that there are. `None` for one or two.
fn given(evidence: &Evidence) -> Option<Training> {
    let batch = evidence.batch();
    let width = evidence.network.inputs();
    let column = |i: usize| Column::new(&batch.iter().map(|input| f64::from(input[i])).collect::<Vec<f64>>());
    (batch.len() > 2).then(|| Training { inputs: (0..width).map(column).collect(), targets: Vec::new() })
}

/// Explanations that give the same values wherever we look.
struct Group {
    changes: Vec<Change>,
    same_as: Vec<Vec<Change>>,
    weight: f64,
    values: Vec<f32>,
    variant: Variant,
    verified: bool,
}

fn together(evidence: &Evidence, region: &[(f32, f32)], found: Vec<Found>) -> Vec<Group> {
    let observed = evidence.seen.first().map_or(&[][..], |seen| &seen.observation.input);
    let inputs = next_input::probes(evidence.network.inputs(), region, observed);
    let mut groups: Vec<Group> = Vec::new();
    for Found { changes, weight, verified } in found {
        let Some(variant) = Variant::new(&evidence.network, &changes, &evidence.batch()) else { continue };
        let mut values = evidence.values(&changes).unwrap_or_default();
        values.extend(inputs.iter().flat_map(|input| variant.output(input)));
        match groups.iter_mut().find(|group| alike(&group.values, &values)) {
            Some(group) => {
                group.weight += weight;
                group.verified |= verified;
                if !group.same_as.contains(&changes) && group.changes != changes {
                    group.same_as.push(changes);
                }
            }
            None => groups.push(Group { changes, same_as: Vec::new(), weight, values, variant, verified }),
        }
    }
    groups.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    groups
}

/// Equal but for what float32 does to them, and numbers that were solved for.
fn alike(a: &[f32], b: &[f32]) -> bool {
    let largest = a.iter().filter(|a| a.is_finite()).fold(1e-3f32, |most, a| most.max(a.abs()));
    let near = |(&a, &b): (&f32, &f32)| {
        a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 2e-5 * a.abs().max(b.abs()).max(1e-3 * largest)
    };
    a.len() == b.len() && a.iter().zip(b).all(near)
}

/// One list an observation.
fn split(evidence: &Evidence, values: Vec<f32>) -> Vec<Vec<f32>> {
    let mut rest = values.into_iter();
    evidence.seen.iter().map(|seen| rest.by_ref().take(seen.right.len()).collect()).collect()
}
