//! The diagnosis for programs.

use serde::Serialize;

use super::entry::{MOST_CANDIDATES, NextValue, Values, values};
use crate::{
    diagnose::{
        Answer, Candidate, Diagnosis, FollowThrough, Seen, Slip,
        model_says::{Change, Checked, ModelCandidate, ModelFinding, NextPair, says as of_model},
    },
    json::{Number, numbers, text},
    mistake::{Mistake, Scope},
    network::Network,
};

#[derive(Serialize)]
struct Document<'d> {
    verdict: &'static str,
    observations: Vec<ObservationEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_wrong: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_wrong_cell: Option<String>,
    /// Where the answers would be right, if that is another place.
    #[serde(skip_serializing_if = "Option::is_none")]
    misplaced: Option<String>,
    /// What was done to the right number when it was written down, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    slip: Option<String>,
    /// Nothing explains all the answers together; the candidates are about the input of the first wrong one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    alone: bool,
    /// Of a rounding: to how many decimals; where the digits are too few: how many decimals were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    decimals: Option<usize>,
    candidates: Vec<CandidateEntry<'d>>,
    /// The later wrong answers, each judged from the learner's own earlier numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    follow_through: Vec<FollowThroughEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<TriedEntry>,
    /// What is known of the model's own numbers besides the candidates.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<ModelEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<NearestEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_input: Option<NextEntry<'d>>,
}

#[derive(Serialize)]
struct ObservationEntry {
    input: Vec<Number>,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Values<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_says: Option<Values<String>>,
    correct: Values<Number>,
}

/// What explains the model's own numbers, besides the candidates.
#[derive(Serialize)]
struct ModelEntry<'d> {
    /// Whether the network as described gives them.
    agrees: bool,
    /// How probable a cause in no list is, such as other weights.
    unknown: f64,
    /// How probable it is that only digits are missing in the print.
    rounded_print: f64,
    /// Changes with unknown numbers that too few pairs were given for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    possible: Vec<PossibleEntry>,
    singles: usize,
    pairs: usize,
    stopped: bool,
    /// The answers are these numbers too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    same_as_answer: bool,
    /// The input to ask the model next, if `next_input` is about the answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_input: Option<NextEntry<'d>>,
}

#[derive(Serialize)]
struct PossibleEntry {
    kind: &'static str,
    says: String,
    /// How many pairs of --input and --model-says verify it.
    pairs: usize,
}

#[derive(Serialize)]
struct MistakeEntry<'d> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<&'d str>,
    /// The layers, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    layers: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    lesson: Option<&'static str>,
}

#[derive(Serialize)]
struct CandidateEntry<'d> {
    /// "answer" or "model": whose number it explains.
    explains: &'static str,
    mistakes: Vec<MistakeEntry<'d>>,
    probability: f64,
    values: Vec<Values<Number>>,
    says: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Vec<MistakeEntry<'d>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts_at: Option<DifferenceEntry>,
    /// `false` where there are just as many numbers as unknowns: another pair would prove it or rule it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<bool>,
    /// The options of the command line that describe the network so.
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<String>,
}

#[derive(Serialize)]
struct FollowThroughEntry<'d> {
    /// Which of the observations.
    observation: usize,
    at: String,
    answer: &'d str,
    /// What the learner's own earlier numbers give.
    follows: Number,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<CandidateEntry<'d>>,
}

#[derive(Serialize)]
struct DifferenceEntry {
    input: Vec<Number>,
    at: String,
    right: Number,
    wrong: Number,
}

#[derive(Serialize)]
struct TriedEntry {
    singles: usize,
    pairs: usize,
    triples: usize,
    stopped: bool,
}

#[derive(Serialize)]
struct NearestEntry<'d> {
    mistake: MistakeEntry<'d>,
    distance: f64,
    values: Vec<Number>,
}

#[derive(Serialize)]
struct NextEntry<'d> {
    /// Whose number the values are compared with.
    explains: &'d str,
    input: Vec<Number>,
    at: String,
    right: Number,
    values: Vec<NextValue>,
}

/// One line of JSON, without its end.
pub(super) fn write(network: &Network, checked: &Checked) -> String {
    let diagnosis = checked.diagnosis();
    let of_answer: Vec<CandidateEntry> = diagnosis
        .map(|diagnosis| diagnosis.candidates.iter().take(MOST_CANDIDATES).map(|c| candidate(network, c)).collect())
        .unwrap_or_default();
    let of_model: Vec<CandidateEntry> = checked
        .model
        .as_ref()
        .map(|finding| finding.candidates.iter().take(MOST_CANDIDATES).map(|c| of_description(network, c)).collect())
        .unwrap_or_default();
    let before = of_answer.len();
    let next_of_answer = diagnosis.and_then(|diagnosis| diagnosis.next_input.as_ref()).map(|next| NextEntry {
        explains: "answer",
        input: numbers(&next.input),
        at: next.at.to_string(),
        right: Number(next.right),
        values: next_values(&next.values, 0),
    });
    let next_of_model = checked.model.as_ref().and_then(|finding| finding.next_input.as_ref());
    let next_of_model = next_of_model.map(|next: &NextPair| NextEntry {
        explains: "model",
        input: numbers(&next.input),
        at: next.at.to_string(),
        right: Number(next.described),
        values: next_values(&next.values, before),
    });
    let (next_input, also_next) =
        if next_of_answer.is_some() { (next_of_answer, next_of_model) } else { (next_of_model, None) };
    let first_wrong = diagnosis.and_then(|diagnosis| diagnosis.first_wrong.as_ref());
    let document = Document {
        verdict: checked.overall().name(),
        observations: observations(checked),
        first_wrong: first_wrong.map(|first| first.at.to_string()),
        first_wrong_cell: diagnosis.zip(first_wrong).and_then(|(diagnosis, first)| {
            let observation = &diagnosis.seen.get(first.observation)?.observation;
            observation.answers.get(first.answer)?.place().map(str::to_owned)
        }),
        misplaced: diagnosis.and_then(|diagnosis| diagnosis.misplaced.as_ref()).map(ToString::to_string),
        slip: diagnosis.and_then(|diagnosis| diagnosis.slip).map(Slip::says),
        alone: diagnosis.is_some_and(|diagnosis| diagnosis.alone),
        decimals: diagnosis.and_then(|diagnosis| diagnosis.decimals),
        candidates: of_answer.into_iter().chain(of_model).collect(),
        follow_through: diagnosis.map(|diagnosis| all_follow_through(network, diagnosis)).unwrap_or_default(),
        rounding: diagnosis.map(|diagnosis| diagnosis.rounding),
        unknown: unknown(checked),
        tried: diagnosis.map(|diagnosis| TriedEntry {
            singles: diagnosis.tried.singles,
            pairs: diagnosis.tried.pairs,
            triples: diagnosis.tried.triples,
            stopped: diagnosis.tried.stopped,
        }),
        nearest: diagnosis.and_then(|diagnosis| nearest(network, diagnosis)),
        model: checked.model.as_ref().map(|finding| model(network, finding, checked.is_the_same(), also_next)),
        next_input,
    };
    text(&document)
}

/// How probable a cause in no list is: of the answers where they differ, else of the model's own numbers.
fn unknown(checked: &Checked) -> Option<f64> {
    let differs = |diagnosis: &&Diagnosis| diagnosis.first_wrong.is_some();
    let of_answer = checked.diagnosis().filter(differs).map(|diagnosis| diagnosis.unknown);
    of_answer.or(checked.model.as_ref().map(|finding| finding.unknown)).or(checked.answer.as_ref().map(|d| d.unknown))
}

fn observations(checked: &Checked) -> Vec<ObservationEntry> {
    let of = |seen: &'_ [Seen]| seen.len();
    let answers: &[Seen] = checked.answer.as_ref().map_or(&[], |diagnosis| &diagnosis.seen);
    let of_model: &[Seen] = checked.model.as_ref().map_or(&[], |finding| &finding.seen);
    (0..of(answers).max(of(of_model)))
        .filter_map(|i| {
            let seen = answers.get(i).or(of_model.get(i))?;
            let written = |seen: Option<&'_ Seen>| {
                seen.map(|seen| values(seen.observation.answers.iter().map(|a| a.text().to_owned()).collect()))
            };
            Some(ObservationEntry {
                input: numbers(&seen.observation.input),
                at: seen.observation.at.to_string(),
                answer: written(answers.get(i)),
                model_says: written(of_model.get(i)),
                correct: values(numbers(&seen.right)),
            })
        })
        .collect()
}

fn nearest<'n>(network: &'n Network, diagnosis: &Diagnosis) -> Option<NearestEntry<'n>> {
    diagnosis.nearest.as_ref().filter(|_| diagnosis.candidates.is_empty()).map(|nearest| NearestEntry {
        mistake: mistake(network, &nearest.mistake),
        distance: nearest.distance,
        values: numbers(&nearest.values),
    })
}

fn next_values(all: &[(usize, f32)], before: usize) -> Vec<NextValue> {
    let value = |&(candidate, value)| NextValue { candidate: candidate + before, value: Number(value) };
    all.iter().take(MOST_CANDIDATES).map(value).collect()
}

fn model<'n>(
    network: &'n Network,
    finding: &ModelFinding,
    same_as_answer: bool,
    next_input: Option<NextEntry<'n>>,
) -> ModelEntry<'n> {
    let possible = finding.open(network).into_iter().map(|open| PossibleEntry {
        kind: open.family.name(),
        says: open.family.says(network),
        pairs: open.pairs,
    });
    ModelEntry {
        agrees: finding.agrees(),
        unknown: finding.unknown,
        rounded_print: finding.print,
        possible: possible.collect(),
        singles: finding.ran.singles,
        pairs: finding.ran.pairs,
        stopped: finding.ran.stopped,
        same_as_answer,
        next_input,
    }
}

fn all_follow_through<'d>(network: &'d Network, diagnosis: &'d Diagnosis) -> Vec<FollowThroughEntry<'d>> {
    diagnosis.follow_through.iter().map(|later| follow_through(network, diagnosis, later)).collect()
}

fn follow_through<'d>(
    network: &'d Network,
    diagnosis: &'d Diagnosis,
    later: &'d FollowThrough,
) -> FollowThroughEntry<'d> {
    let seen = diagnosis.seen.get(later.observation);
    FollowThroughEntry {
        observation: later.observation,
        at: later.at.to_string(),
        answer: seen.and_then(|seen| seen.observation.answers.get(later.answer)).map_or("", Answer::text),
        follows: Number(later.follows),
        verdict: later.verdict.name(),
        candidates: later.candidates.iter().take(MOST_CANDIDATES).map(|c| candidate(network, c)).collect(),
    }
}

fn mistake<'n>(network: &'n Network, mistake: &Mistake) -> MistakeEntry<'n> {
    let name = mistake.name(network);
    let layer = network.layer(mistake.layer).map(|layer| layer.name.as_str());
    let detail = mistake.detail.to_string();
    MistakeEntry {
        kind: mistake.kind.id,
        layer: layer.filter(|_| mistake.kind.scope == Scope::Layer),
        layers: Vec::new(),
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        name,
        lesson: Some(mistake.kind.lesson),
    }
}

fn candidate<'n>(network: &'n Network, candidate: &Candidate) -> CandidateEntry<'n> {
    let entries = |mistakes: &[Mistake]| mistakes.iter().map(|m| mistake(network, m)).collect::<Vec<_>>();
    CandidateEntry {
        explains: "answer",
        options: None,
        verified: None,
        mistakes: entries(&candidate.mistakes),
        probability: candidate.probability,
        values: candidate.values.iter().map(|of_one| values(numbers(of_one))).collect(),
        says: crate::diagnose::says::says(network, &candidate.mistakes),
        same_as: candidate.same_as.iter().map(|mistakes| entries(mistakes)).collect(),
        parts_at: candidate.difference.as_ref().map(|difference| DifferenceEntry {
            input: numbers(&difference.input),
            at: difference.at.to_string(),
            right: Number(difference.right),
            wrong: Number(difference.wrong),
        }),
    }
}

/// A change of the description, in the place of a mistake.
fn change<'n>(network: &'n Network, change: &Change) -> MistakeEntry<'n> {
    let layers = change.layer_names(network);
    MistakeEntry {
        kind: change.kind(),
        layer: if let [layer] = layers[..] { Some(layer) } else { None },
        layers: if layers.len() > 1 { layers } else { Vec::new() },
        detail: Some(change.detail()).filter(|detail| !detail.is_empty()),
        name: change.name(network),
        lesson: None,
    }
}

fn of_description<'n>(network: &'n Network, candidate: &ModelCandidate) -> CandidateEntry<'n> {
    let entries = |changes: &[Change]| changes.iter().map(|c| change(network, c)).collect::<Vec<_>>();
    CandidateEntry {
        explains: "model",
        mistakes: entries(&candidate.changes),
        probability: candidate.probability,
        values: candidate.values.iter().map(|of_one| values(numbers(of_one))).collect(),
        says: of_model::says(network, &candidate.changes),
        same_as: candidate.same_as.iter().map(|changes| entries(changes)).collect(),
        parts_at: None,
        options: candidate.options(network),
        verified: Some(candidate.verified),
    }
}
