//! The diagnosis for programs.

use serde::Serialize;

use crate::{
    diagnose::{Answer, Candidate, Diagnosis, FollowThrough, Slip},
    json::{Number, numbers, text},
    mistake::{Mistake, Scope},
    network::Network,
};

/// Candidates beyond these are too improbable to be told.
const MOST_CANDIDATES: usize = 20;

#[derive(Serialize)]
struct Document<'d> {
    verdict: &'static str,
    observations: Vec<ObservationEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_wrong: Option<String>,
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
    rounding: f64,
    unknown: f64,
    tried: TriedEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<NearestEntry<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_input: Option<NextEntry>,
}

/// One, or a list for a whole stage.
#[derive(Serialize)]
#[serde(untagged)]
enum Values<T> {
    One(T),
    All(Vec<T>),
}

#[derive(Serialize)]
struct ObservationEntry<'d> {
    input: Vec<Number>,
    at: String,
    answer: Values<&'d str>,
    correct: Values<Number>,
}

#[derive(Serialize)]
struct MistakeEntry<'d> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    name: String,
    lesson: &'static str,
}

#[derive(Serialize)]
struct CandidateEntry<'d> {
    mistakes: Vec<MistakeEntry<'d>>,
    probability: f64,
    values: Vec<Values<Number>>,
    says: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Vec<MistakeEntry<'d>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts_at: Option<PartingEntry>,
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
struct PartingEntry {
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
struct NextEntry {
    input: Vec<Number>,
    at: String,
    right: Number,
    values: Vec<NextValue>,
}

#[derive(Serialize)]
struct NextValue {
    candidate: usize,
    value: Number,
}

/// One line of JSON, without its end.
pub(super) fn write(network: &Network, diagnosis: &Diagnosis) -> String {
    let observations = diagnosis.seen.iter().map(|seen| ObservationEntry {
        input: numbers(&seen.observation.input),
        at: seen.observation.at.to_string(),
        answer: values(seen.observation.answers.iter().map(Answer::text).collect()),
        correct: values(numbers(&seen.right)),
    });
    let document = Document {
        verdict: diagnosis.conclusion.name(),
        observations: observations.collect(),
        first_wrong: diagnosis.first_wrong.as_ref().map(|first| first.at.to_string()),
        misplaced: diagnosis.misplaced.as_ref().map(ToString::to_string),
        slip: diagnosis.slip.map(Slip::says),
        alone: diagnosis.alone,
        decimals: diagnosis.decimals,
        candidates: diagnosis.candidates.iter().take(MOST_CANDIDATES).map(|c| candidate(network, c)).collect(),
        follow_through: diagnosis
            .follow_through
            .iter()
            .map(|later| follow_through(network, diagnosis, later))
            .collect(),
        rounding: diagnosis.rounding,
        unknown: diagnosis.unknown,
        tried: TriedEntry {
            singles: diagnosis.tried.singles,
            pairs: diagnosis.tried.pairs,
            triples: diagnosis.tried.triples,
            stopped: diagnosis.tried.stopped,
        },
        nearest: diagnosis.nearest.as_ref().filter(|_| diagnosis.candidates.is_empty()).map(|nearest| NearestEntry {
            mistake: mistake(network, &nearest.mistake),
            distance: nearest.distance,
            values: numbers(&nearest.values),
        }),
        next_input: diagnosis.next_input.as_ref().map(|next| NextEntry {
            input: numbers(&next.input),
            at: next.at.to_string(),
            right: Number(next.right),
            values: next
                .values
                .iter()
                .take(MOST_CANDIDATES)
                .map(|&(candidate, value)| NextValue { candidate, value: Number(value) })
                .collect(),
        }),
    };
    text(&document)
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

fn values<T>(mut all: Vec<T>) -> Values<T> {
    match all.pop() {
        Some(one) if all.is_empty() => Values::One(one),
        last => Values::All(all.into_iter().chain(last).collect()),
    }
}

fn mistake<'n>(network: &'n Network, mistake: &Mistake) -> MistakeEntry<'n> {
    let name = mistake.name(network);
    let layer = network.layer(mistake.layer).map(|layer| layer.name.as_str());
    let detail = mistake.detail.to_string();
    MistakeEntry {
        kind: mistake.kind.id,
        layer: layer.filter(|_| mistake.kind.scope == Scope::Layer),
        detail: Some(detail).filter(|detail| !detail.is_empty()),
        name,
        lesson: mistake.kind.lesson,
    }
}

fn candidate<'n>(network: &'n Network, candidate: &Candidate) -> CandidateEntry<'n> {
    let entries = |mistakes: &[Mistake]| mistakes.iter().map(|m| mistake(network, m)).collect::<Vec<_>>();
    CandidateEntry {
        mistakes: entries(&candidate.mistakes),
        probability: candidate.probability,
        values: candidate.values.iter().map(|of_one| values(numbers(of_one))).collect(),
        says: crate::diagnose::says::says(network, &candidate.mistakes),
        same_as: candidate.same_as.iter().map(|mistakes| entries(mistakes)).collect(),
        parts_at: candidate.parting.as_ref().map(|parting| PartingEntry {
            input: numbers(&parting.input),
            at: parting.at.to_string(),
            right: Number(parting.right),
            wrong: Number(parting.wrong),
        }),
    }
}
