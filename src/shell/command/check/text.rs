//! The diagnosis in plain sentences.

use std::fmt::Write as _;

use super::model::of_model;
use crate::{
    diagnose::{
        Answer, Candidate, Conclusion, Diagnosis, FollowThrough, Followed, NextInput, Seen, contradiction,
        model_says::Checked,
        says::{self, Rest, names, percent, says},
    },
    explain::text::list,
    load::Model,
    network::{
        Network,
        number::{Digits, decimals},
    },
    pass::address::Of,
    plain::plain,
    words,
};

/// Names of what cannot be told apart, and answers of a list, beyond these are counted.
const MOST_NAMES: usize = 6;

/// More decimals than this no float32 of everyday size has.
const MOST_DECIMALS: usize = 12;

/// Lines for the terminal.
pub(super) fn write(model: &Model, checked: &Checked) -> String {
    let mut text = String::new();
    observations(checked, &mut text);
    text.push('\n');
    let right = |diagnosis: &&Diagnosis| diagnosis.conclusion == Conclusion::Correct;
    let differs = checked.model.as_ref().is_some_and(|finding| !finding.agrees());
    if let Some(diagnosis) = checked.diagnosis().filter(|diagnosis| !(differs && right(diagnosis))) {
        of_answer(model, diagnosis, &mut text);
        if checked.model.is_some() {
            text.push('\n');
        }
    }
    of_model(model, checked, &mut text);
    let mut safe = String::with_capacity(text.len());
    for line in text.lines() {
        safe.push_str(&plain(line));
        safe.push('\n');
    }
    safe
}

/// What was found out about the answers.
fn of_answer(model: &Model, diagnosis: &Diagnosis, text: &mut String) {
    let network = &model.network;
    // Writing to a String cannot fail.
    for line in [diagnosis.of_the_answer(), diagnosis.not_together()].into_iter().flatten() {
        let _ = writeln!(text, "{line}");
    }
    match diagnosis.conclusion {
        Conclusion::Correct => {
            let cut = diagnosis.is_cut();
            let how = if cut { ", though digits were cut off where they should be rounded" } else { "" };
            let mut answers = diagnosis.seen.iter().flat_map(|seen| &seen.observation.answers);
            let few = |answer: &Answer| answer.text().chars().filter(char::is_ascii_digit).count() < 3;
            let few = if answers.all(few) { "; so few digits prove little" } else { "" };
            let _ = writeln!(text, "Correct to the digits that you gave{how}{few}.");
            return;
        }
        Conclusion::Rounding => {
            let probability = percent(diagnosis.only_rounding());
            let _ = writeln!(text, "Rounding: {}. ({probability})", says::rounding(diagnosis));
        }
        Conclusion::TooFewDigits => {
            let _ = writeln!(text, "{}", says::too_few_digits(diagnosis, true).unwrap_or_default());
            return;
        }
        Conclusion::Mistake => {}
        Conclusion::Unknown if diagnosis.of_the_answer().is_some() => {}
        Conclusion::Unknown => unknown(network, diagnosis, text),
    }
    if let Some(first) = diagnosis.first_wrong.as_ref().filter(|first| first.at.of != Of::Output) {
        let seen = &diagnosis.seen[first.observation];
        let (answer, right) = (&seen.observation.answers[first.answer], seen.right[first.answer]);
        let right = beside(answer, right);
        let _ = writeln!(text, "Your first value that differs is {}: {}, not {right}.", first.at, answer.text());
    }
    let told = diagnosis.told();
    for (i, &n) in told.iter().enumerate() {
        tell(network, diagnosis, n, (told.len() > 1).then_some(i + 1), text);
        if i == 0 && diagnosis.conclusion == Conclusion::Mistake {
            contradicted(model, &diagnosis.candidates[n], text);
        }
    }
    if let Some(Rest { count, probability, most }) = diagnosis.rest(&told) {
        let most = most.map(|(count, title)| format!("; {count} of them: {title}")).unwrap_or_default();
        let give = if count == 1 { "explanation gives" } else { "explanations give" };
        let _ = writeln!(text, "{count} more {give} it too ({} together){most}.", percent(probability));
    }
    if !diagnosis.candidates.is_empty() && diagnosis.conclusion != Conclusion::Unknown {
        let _ = writeln!(text, "Something else altogether: {}.", percent(diagnosis.unknown));
    }
    for later in &diagnosis.follow_through {
        follow_through(network, diagnosis, later, text);
    }
    if let Some(next) = diagnosis.next_input.as_ref().filter(|_| !told.is_empty()) {
        try_next(next, &told, text);
    }
}

/// What was given, and what the network gives.
fn observations(checked: &Checked, text: &mut String) {
    let answers: &[Seen] = checked.answer.as_ref().map_or(&[], |diagnosis| &diagnosis.seen);
    let of_model: &[Seen] = checked.model.as_ref().map_or(&[], |finding| &finding.seen);
    let few = |all: Vec<String>| {
        let more = all.len().saturating_sub(MOST_NAMES);
        let shown = all.into_iter().take(MOST_NAMES).collect::<Vec<_>>().join(", ");
        if more > 0 { format!("{shown}, and {more} more") } else { shown }
    };
    for i in 0..answers.len().max(of_model.len()) {
        let Some(seen) = answers.get(i).or(of_model.get(i)) else { continue };
        let observation = &seen.observation;
        let _ = writeln!(text, "input   {}", list(&observation.input, Digits::Exact));
        let written =
            |seen: &Seen| few(seen.observation.answers.iter().map(|answer| answer.text().to_owned()).collect());
        let mark = |seen: &Seen| if seen.is_right() { "" } else { "  (differs)" };
        if let Some(seen) = answers.get(i) {
            let _ = writeln!(text, "yours   {} = {}{}", observation.at, written(seen), mark(seen));
        }
        let right = few(observation.answers.iter().zip(&seen.right).map(|(a, &right)| beside(a, right)).collect());
        let _ = writeln!(text, "right   {} = {right}", observation.at);
        if let Some(seen) = of_model.get(i) {
            let _ = writeln!(text, "model   {} = {}{}", observation.at, written(seen), mark(seen));
        }
    }
}

/// A right value with the digits of the answer, and at least four decimals.
pub(super) fn beside(answer: &Answer, value: f32) -> String {
    decimals(value, answer.decimals().clamp(4, MOST_DECIMALS))
}

fn tell(network: &Network, diagnosis: &Diagnosis, n: usize, number: Option<usize>, text: &mut String) {
    let candidate = &diagnosis.candidates[n];
    let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
    let _ = writeln!(text, "{number}{} ({})", says(network, &candidate.mistakes), percent(candidate.probability));
    let _ = writeln!(text, "   {}", names(network, &candidate.mistakes));
    let first = diagnosis.first_wrong.as_ref().map_or(0, |first| first.observation);
    if let (Some(seen), Some([value])) = (diagnosis.seen.get(first), candidate.values.get(first).map(Vec::as_slice))
        && let (Some(answer), [right]) = (seen.observation.answers.first(), seen.right.as_slice())
    {
        let (value, right) = (beside(answer, *value), beside(answer, *right));
        let _ = writeln!(text, "   That gives {value}; done right it is {right}.");
    }
    let others = diagnosis.rounded_otherwise(n);
    let together = others.iter().map(|&other| diagnosis.candidates[other].probability).sum();
    if !others.is_empty() {
        let ways = if others.len() == 1 { "1 way".to_owned() } else { format!("{} ways", others.len()) };
        let _ = writeln!(text, "   Rounded in {ways} more it gives this too ({} together).", percent(together));
    }
    if let Some(parting) = candidate.parting.as_ref().filter(|_| !candidate.only_rounds()) {
        let exact = |value| Digits::Exact.column(value);
        let (right, wrong) = (exact(parting.right), exact(parting.wrong));
        let _ = writeln!(text, "   The two part first at {}: right {right}, this way {wrong}.", parting.at);
    }
    if !candidate.same_as.is_empty() {
        let more = candidate.same_as.len().saturating_sub(MOST_NAMES);
        let all: Vec<String> =
            candidate.same_as.iter().take(MOST_NAMES).map(|mistakes| names(network, mistakes)).collect();
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let _ = writeln!(text, "   The same everywhere we look: {}{more}.", all.join(", "));
    }
    let mut lessons: Vec<&str> = candidate.mistakes.iter().map(|mistake| mistake.kind.lesson).collect();
    lessons.dedup();
    for lesson in lessons {
        let _ = writeln!(text, "   Lesson: byhand learn {lesson}");
    }
}

fn unknown(network: &Network, diagnosis: &Diagnosis, text: &mut String) {
    let tried = diagnosis.tried;
    let stopped = if tried.stopped { " before the time was over; a longer --budget tries more" } else { "" };
    let _ = writeln!(
        text,
        "Unknown: no mistake explains it well enough. Tried: {} single mistakes, {} pairs, {} triples{stopped}.",
        tried.singles, tried.pairs, tried.triples
    );
    if let Some(nearest) = diagnosis.nearest.as_ref().filter(|_| diagnosis.candidates.is_empty()) {
        let value = match nearest.values.as_slice() {
            [value] => format!(", which gives {}", Digits::Exact.column(*value)),
            _ => String::new(),
        };
        let name = nearest.mistake.name(network);
        let _ = writeln!(text, "The nearest is {name}{value}: {} away.", Digits::Exact.column(nearest.distance as f32));
    }
    if !diagnosis.candidates.is_empty() {
        let _ = writeln!(text, "These give it, but that may well be chance:");
    }
}

/// A later wrong value, from the learner's own earlier ones.
fn follow_through(network: &Network, diagnosis: &Diagnosis, later: &FollowThrough, text: &mut String) {
    let Some(answer) =
        diagnosis.seen.get(later.observation).and_then(|seen| seen.observation.answers.get(later.answer))
    else {
        return;
    };
    let says = match later.verdict {
        Followed::Right => words::follow_through::right(&later.at, answer.text()),
        Followed::Mistake => words::follow_through::second(&later.at, beside(answer, later.follows), answer.text()),
    };
    let _ = writeln!(text, "{says}");
    if let Some(best) = later.candidates.first() {
        let _ = writeln!(text, "   {} ({})", says::says(network, &best.mistakes), percent(best.probability));
        let _ = writeln!(text, "   {}", names(network, &best.mistakes));
    }
}

/// Where the wrong way gives what cannot be.
fn contradicted(model: &Model, candidate: &Candidate, text: &mut String) {
    let Some(found) = contradiction(&model.network, &model.facts.learnt(), &candidate.mistakes) else { return };
    let Some(why) = found.why() else { return };
    let (input, value) = (list(&found.input, Digits::Exact), decimals(found.wrong, 4));
    let _ = writeln!(text, "   You can see it: this way input {input} gives {} = {value}, and {why}.", found.at);
}

fn try_next(next: &NextInput, told: &[usize], text: &mut String) {
    let there: Vec<f32> = told.iter().filter_map(|n| Some(next.values.iter().find(|(i, _)| i == n)?.1)).collect();
    if there.len() > 1 && there.windows(2).all(|pair| decimals(pair[0], 4) == decimals(pair[1], 4)) {
        let _ = writeln!(text, "\nNo simple input tells these apart.");
        return;
    }
    let input: Vec<String> = next.input.iter().map(|&value| Digits::Exact.column(value)).collect();
    let shown = |value| decimals(value, 4);
    let _ = write!(text, "\nTry --input {} next: {} is {} done right", input.join(","), next.at, shown(next.right));
    for (i, n) in told.iter().enumerate() {
        let Some(&(_, value)) = next.values.iter().find(|(candidate, _)| candidate == n) else { continue };
        let which = if told.len() > 1 { format!("way {}", i + 1) } else { "this way".to_owned() };
        let _ = write!(text, ", {} {which}", shown(value));
    }
    let _ = writeln!(text, ".");
}
