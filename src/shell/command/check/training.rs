//! `check` of a number of a training: a gradient, a slot, a new weight, a loss.

use std::{
    io::Write,
    process::ExitCode,
    time::{Duration, Instant},
};

use serde::Serialize;

use super::{
    super::{
        Done, FOUND,
        train::{Data, OptionsError},
    },
    Check, answers,
    entry::{MOST_CANDIDATES, NextValue, Values, values},
};
use crate::{
    diagnose::{
        Conclusion,
        says::percent,
        training::{Candidate, Doubted, Finding, Observation, Seen, diagnose},
    },
    json::{self, Number},
    network::number::Digits,
    plain::plain,
    train::mistake::Mistake,
    words::training_check,
};

/// So many of them a reader sees.
const SHOWN: usize = 5;
/// What is less probable than this is not told to a reader.
const IMPROBABLE: f64 = 0.01;

impl Check {
    pub(super) fn of_training(&self, budget: Duration, out: &mut impl Write) -> Done {
        let data = Data { inputs: self.inputs.texts(), table: self.data.as_deref(), targets: self.targets.as_deref() };
        if !self.model_says.is_empty() {
            return Err(OptionsError::ModelSays.into());
        }
        let (_, training) = self.options.training(&self.model, &data)?;
        let observations = self.of_steps()?;
        let begin = Instant::now();
        let finding = diagnose(&training, observations, &mut || begin.elapsed() < budget)?;
        if self.json {
            writeln!(out, "{}", json::text(&Document::new(&finding)))?;
        } else {
            write(&finding, out)?;
        }
        let right = finding.conclusion == Conclusion::Correct;
        Ok(if right { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
    }

    fn of_steps(&self) -> Result<Vec<Observation>, super::super::CommandError> {
        let mut observations = Vec::new();
        if self.at.len() > 1 && self.at.len() != self.answers.len() {
            let (addresses, answers) = (self.at.len(), self.answers.len());
            return Err(super::CheckError::Addresses { addresses, answers }.into());
        }
        for (i, text) in self.answers.iter().enumerate() {
            let at = self.at.get(i).or(self.at.first()).map_or("loss", String::as_str);
            let (step, address) = of_step(at);
            let answers = answers::read(text, "--answer")?;
            observations.push(Observation { step, address: address.to_owned(), answers });
        }
        Ok(observations)
    }
}

/// `3:dense.kernel.new[0,0]`: the step and the address; the first step without.
pub(in crate::shell::command) fn of_step(text: &str) -> (usize, &str) {
    let parts = text.split_once(':').and_then(|(step, address)| Some((step.trim().parse().ok()?, address)));
    parts.unwrap_or((0, text))
}

/// `dense.kernel.new[0,0]`, with its step if that is not the first.
fn address(seen: &Seen) -> String {
    match seen.observation.step {
        0 => seen.observation.address.clone(),
        step => format!("{step}:{}", seen.observation.address),
    }
}

fn shown(value: f32) -> String {
    Digits::Exact.column(value)
}

fn says(mistakes: &[Mistake]) -> String {
    match mistakes {
        [one] => one.says(),
        [one, other, ..] => training_check::both(one.says(), other.says()),
        [] => String::new(),
    }
}

fn write(finding: &Finding, out: &mut impl Write) -> std::io::Result<()> {
    for seen in &finding.seen {
        for (at, &right) in seen.right.iter().enumerate() {
            let (address, answer) = (address(seen), seen.observation.answers[at].text().to_owned());
            let says = if seen.is_right_at(at) {
                training_check::right(address, answer)
            } else {
                training_check::wrong(address, answer, shown(right))
            };
            writeln!(out, "{}", plain(&says))?;
        }
        match seen.doubted.filter(|_| (0..seen.right.len()).all(|at| seen.is_right_at(at))) {
            None => {}
            Some(Doubted::SlopeByActivation) => writeln!(out, "{}", training_check::slope_by_activation())?,
            Some(Doubted::OutputMinusLabel) => writeln!(out, "{}", training_check::output_minus_label())?,
        }
    }
    match finding.conclusion {
        Conclusion::Correct => return Ok(()),
        Conclusion::TooFewDigits => writeln!(out, "{}", training_check::few_digits())?,
        Conclusion::Rounding => writeln!(out, "{}", training_check::rounding(percent(finding.rounding)))?,
        Conclusion::Unknown => {
            writeln!(out, "{}", training_check::unknown(finding.tried.1, finding.tried.0))?;
        }
        Conclusion::Mistake => {}
    }
    let shown_ones: Vec<&Candidate> =
        finding.candidates.iter().filter(|candidate| candidate.probability > IMPROBABLE).take(SHOWN).collect();
    for candidate in &shown_ones {
        let says = training_check::candidate(percent(candidate.probability), says(&candidate.mistakes));
        writeln!(out, "{}", plain(&says))?;
        for other in candidate.same_as.iter().take(SHOWN) {
            writeln!(out, "{}", plain(&training_check::same(self::says(other))))?;
        }
    }
    if let Some(next) = finding.next.as_ref().filter(|_| shown_ones.len() > 1) {
        let values: Vec<String> = next.values.iter().take(shown_ones.len()).map(|&value| shown(value)).collect();
        writeln!(out, "{}", plain(&training_check::next(&next.at, values.join(", "))))?;
    }
    if finding.stopped {
        writeln!(out, "{}", training_check::stopped())?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document {
    verdict: &'static str,
    observations: Vec<ObservationEntry>,
    candidates: Vec<CandidateEntry>,
    rounding: f64,
    unknown: f64,
    tried: TriedEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<NextEntry>,
}

#[derive(Serialize)]
struct ObservationEntry {
    step: usize,
    at: String,
    answer: Values<String>,
    correct: Values<Number>,
}

#[derive(Serialize)]
struct MistakeEntry {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    name: String,
}

#[derive(Serialize)]
struct CandidateEntry {
    mistakes: Vec<MistakeEntry>,
    probability: f64,
    values: Vec<Number>,
    says: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Vec<MistakeEntry>>,
}

#[derive(Serialize)]
struct TriedEntry {
    singles: usize,
    pairs: usize,
    stopped: bool,
}

#[derive(Serialize)]
struct NextEntry {
    at: String,
    values: Vec<NextValue>,
}

fn entries(mistakes: &[Mistake]) -> Vec<MistakeEntry> {
    let entry = |mistake: &Mistake| MistakeEntry {
        kind: mistake.kind.id,
        layer: mistake.layer.clone(),
        detail: mistake.detail.clone(),
        name: mistake.name(),
    };
    mistakes.iter().map(entry).collect()
}

impl Document {
    fn new(finding: &Finding) -> Self {
        let observation = |seen: &Seen| ObservationEntry {
            step: seen.observation.step,
            at: seen.observation.address.clone(),
            answer: values(seen.observation.answers.iter().map(|answer| answer.text().to_owned()).collect()),
            correct: values(seen.right.iter().copied().map(Number).collect()),
        };
        let candidate = |candidate: &Candidate| CandidateEntry {
            mistakes: entries(&candidate.mistakes),
            probability: candidate.probability,
            values: json::numbers(&candidate.values),
            says: says(&candidate.mistakes),
            same_as: candidate.same_as.iter().map(|mistakes| entries(mistakes)).collect(),
        };
        let next = finding.next.as_ref().map(|next| NextEntry {
            at: next.at.clone(),
            values: (0..)
                .zip(&next.values)
                .map(|(candidate, &value)| NextValue { candidate, value: Number(value) })
                .collect(),
        });
        let (singles, pairs) = finding.tried;
        Self {
            verdict: finding.conclusion.name(),
            observations: finding.seen.iter().map(observation).collect(),
            candidates: finding.candidates.iter().take(MOST_CANDIDATES).map(candidate).collect(),
            rounding: finding.rounding,
            unknown: finding.unknown,
            tried: TriedEntry { singles, pairs, stopped: finding.stopped },
            next,
        }
    }
}
