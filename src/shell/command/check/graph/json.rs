//! The diagnosis for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::entry::{MOST_CANDIDATES, NextValue, Values, values};
use crate::{
    diagnose::graph::{Candidate, Diagnosis},
    graph::Network,
    json::{Number, numbers, text},
    mistake::graph::{Mistake, Way},
};

#[derive(Serialize)]
struct Document {
    verdict: &'static str,
    observations: Vec<ObservationEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_wrong: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_wrong_cell: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decimals: Option<usize>,
    candidates: Vec<CandidateEntry>,
    rounding: f64,
    unknown: f64,
    tried: TriedEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_input: Option<NextEntry>,
}

/// The numbers of the only input, or of each by its name.
#[derive(Serialize)]
#[serde(untagged)]
enum Inputs {
    One(Vec<Number>),
    Named(BTreeMap<String, Vec<Number>>),
}

#[derive(Serialize)]
struct ObservationEntry {
    input: Inputs,
    at: String,
    answer: Values<String>,
    correct: Values<Number>,
}

#[derive(Serialize)]
struct MistakeEntry {
    kind: &'static str,
    layer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    name: String,
    lesson: &'static str,
}

#[derive(Serialize)]
struct CandidateEntry {
    explains: &'static str,
    mistakes: Vec<MistakeEntry>,
    probability: f64,
    values: Vec<Values<Number>>,
    says: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Vec<MistakeEntry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parts_at: Option<PartingEntry>,
}

#[derive(Serialize)]
struct PartingEntry {
    at: String,
    right: Number,
    wrong: Number,
}

#[derive(Serialize)]
struct TriedEntry {
    singles: usize,
    pairs: usize,
    stopped: bool,
}

#[derive(Serialize)]
struct NextEntry {
    input: Inputs,
    at: String,
    right: Number,
    values: Vec<NextValue>,
}

/// One line of JSON, without its end.
pub(super) fn write(network: &Network, diagnosis: &Diagnosis) -> String {
    let inputs = |all: &[Vec<f32>]| match all {
        [only] => Inputs::One(numbers(only)),
        all => {
            let names = network.inputs().iter().map(|id| network.node(*id).name.clone());
            Inputs::Named(names.zip(all.iter().map(|input| numbers(input))).collect())
        }
    };
    let observations = diagnosis.seen.iter().map(|seen| ObservationEntry {
        input: inputs(&seen.observation.inputs),
        at: seen.observation.at.clone(),
        answer: values(seen.observation.answers.iter().map(|answer| answer.text().to_owned()).collect()),
        correct: values(numbers(&seen.right)),
    });
    let first_wrong = diagnosis.first_wrong.and_then(|(observation, answer)| {
        let seen = diagnosis.seen.get(observation)?;
        let found = network.find(&seen.observation.at).ok()?;
        Some(network.program().address(found.array, found.flat.unwrap_or(answer)))
    });
    let first_wrong_cell = diagnosis.first_wrong.and_then(|(observation, answer)| {
        diagnosis.seen.get(observation)?.observation.answers.get(answer)?.place().map(str::to_owned)
    });
    let candidates = diagnosis.candidates.iter().take(MOST_CANDIDATES);
    text(&Document {
        verdict: diagnosis.conclusion.name(),
        observations: observations.collect(),
        first_wrong,
        first_wrong_cell,
        decimals: diagnosis.decimals,
        candidates: candidates.map(|candidate| self::candidate(network, candidate)).collect(),
        rounding: diagnosis.rounding,
        unknown: diagnosis.unknown,
        tried: TriedEntry {
            singles: diagnosis.tried.singles,
            pairs: diagnosis.tried.pairs,
            stopped: diagnosis.tried.stopped,
        },
        next_input: diagnosis.next_input.as_ref().map(|next| NextEntry {
            input: inputs(&next.inputs),
            at: next.at.clone(),
            right: Number(next.right),
            values: next
                .values
                .iter()
                .map(|&(candidate, value)| NextValue { candidate, value: Number(value) })
                .collect(),
        }),
    })
}

fn candidate(network: &Network, candidate: &Candidate) -> CandidateEntry {
    let says: Vec<String> = candidate.mistakes.iter().map(|mistake| mistake.says(network.program())).collect();
    CandidateEntry {
        explains: "answer",
        mistakes: candidate.mistakes.iter().map(mistake).collect(),
        probability: candidate.probability,
        values: candidate.values.iter().map(|values| self::values(numbers(values))).collect(),
        says: says.join(&crate::words::observed::and_also()),
        same_as: candidate.same_as.iter().map(|others| others.iter().map(mistake).collect()).collect(),
        parts_at: candidate.parting.as_ref().map(|(at, right, wrong)| PartingEntry {
            at: at.clone(),
            right: Number(*right),
            wrong: Number(*wrong),
        }),
    }
}

fn mistake(mistake: &Mistake) -> MistakeEntry {
    MistakeEntry {
        kind: mistake.kind.id,
        layer: mistake.layer.clone(),
        detail: (mistake.way != Way::Plain).then(|| mistake.way.to_string()),
        name: mistake.name(),
        lesson: mistake.kind.lesson,
    }
}
