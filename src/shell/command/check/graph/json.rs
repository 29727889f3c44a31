//! The diagnosis for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    super::entry::{MOST_CANDIDATES, NextValue, Values, values},
    Checked,
};
use crate::{
    diagnose::graph::{Candidate, Diagnosis, Seen},
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
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Values<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_says: Option<Values<String>>,
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
    parts_at: Option<DifferenceEntry>,
}

#[derive(Serialize)]
struct DifferenceEntry {
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
pub(super) fn write(network: &Network, checked: &Checked) -> String {
    let inputs = |all: &[Vec<f32>]| match all {
        [only] => Inputs::One(numbers(only)),
        all => {
            let names = network.inputs().iter().map(|id| network.node(*id).name.clone());
            Inputs::Named(names.zip(all.iter().map(|input| numbers(input))).collect())
        }
    };
    let of = |diagnosis: &Option<Diagnosis>| diagnosis.as_ref().map_or(Vec::new(), |diagnosis| diagnosis.seen.clone());
    let (answers, of_model) = (of(&checked.answer), of(&checked.model));
    let written =
        |seen: &Seen| values(seen.observation.answers.iter().map(|answer| answer.text().to_owned()).collect());
    let observations = (0..answers.len().max(of_model.len())).filter_map(|i| {
        let seen = answers.get(i).or(of_model.get(i))?;
        Some(ObservationEntry {
            input: inputs(&seen.observation.inputs),
            at: seen.observation.at.clone(),
            answer: answers.get(i).map(written),
            model_says: of_model.get(i).map(written),
            correct: values(numbers(&seen.right)),
        })
    });
    // What is asked about first: the answers, if one differs; else the model's own numbers.
    let differs = |diagnosis: &&Diagnosis| diagnosis.first_wrong.is_some();
    let wrong = checked.answer.as_ref().filter(differs);
    let Some(diagnosis) = wrong.or(checked.model.as_ref()).or(checked.answer.as_ref()) else { return String::new() };
    let first_wrong = diagnosis.first_wrong.and_then(|(observation, answer)| {
        let seen = diagnosis.seen.get(observation)?;
        let found = network.find(&seen.observation.at).ok()?;
        Some(network.program().address(found.array, found.flat.unwrap_or(answer)))
    });
    let first_wrong_cell = diagnosis.first_wrong.and_then(|(observation, answer)| {
        diagnosis.seen.get(observation)?.observation.answers.get(answer)?.place().map(str::to_owned)
    });
    let explaining = [(&checked.answer, "answer"), (&checked.model, "model")];
    let candidates = explaining.into_iter().flat_map(|(diagnosis, explains)| {
        let all = diagnosis.iter().flat_map(|diagnosis| &diagnosis.candidates);
        all.take(MOST_CANDIDATES).map(move |candidate| (explains, candidate))
    });
    text(&Document {
        verdict: checked.verdict(),
        observations: observations.collect(),
        first_wrong,
        first_wrong_cell,
        decimals: diagnosis.decimals,
        candidates: candidates.map(|(explains, candidate)| self::candidate(network, explains, candidate)).collect(),
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

fn candidate(network: &Network, explains: &'static str, candidate: &Candidate) -> CandidateEntry {
    let says: Vec<String> = candidate.mistakes.iter().map(|mistake| mistake.says(network.program())).collect();
    CandidateEntry {
        explains,
        mistakes: candidate.mistakes.iter().map(mistake).collect(),
        probability: candidate.probability,
        values: candidate.values.iter().map(|values| self::values(numbers(values))).collect(),
        says: says.join(&crate::words::observed::and_also()),
        same_as: candidate.same_as.iter().map(|others| others.iter().map(mistake).collect()).collect(),
        parts_at: candidate.difference.as_ref().map(|(at, right, wrong)| DifferenceEntry {
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
