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
    words::{self, check, sheet},
};

/// At most this many names or answers are listed; the others are counted.
const MOST_NAMES: usize = 6;

/// No float32 of everyday size has more decimals.
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

/// What was found about the answers.
fn of_answer(model: &Model, diagnosis: &Diagnosis, text: &mut String) {
    let network = &model.network;
    // Writing to a String cannot fail.
    for line in [diagnosis.of_the_answer(), diagnosis.not_together()].into_iter().flatten() {
        let _ = writeln!(text, "{line}");
    }
    match diagnosis.conclusion {
        Conclusion::Correct => {
            let digits = if diagnosis.is_cut() { "cut" } else { "rounded" };
            let mut answers = diagnosis.seen.iter().flat_map(|seen| &seen.observation.answers);
            let few = |answer: &Answer| answer.text().chars().filter(char::is_ascii_digit).count() < 3;
            let few = if answers.all(few) { "yes" } else { "no" };
            let _ = writeln!(text, "{}", check::correct(digits, few));
            return;
        }
        Conclusion::Rounding => {
            let probability = percent(diagnosis.only_rounding());
            let _ = writeln!(text, "{}", check::rounding(says::rounding(diagnosis), probability));
        }
        Conclusion::TooFewDigits => {
            let _ = writeln!(text, "{}", says::too_few_digits(diagnosis, true).unwrap_or_default());
            return;
        }
        Conclusion::Mistake => {}
        Conclusion::Unknown if diagnosis.of_the_answer().is_some() => {}
        Conclusion::Unknown => unknown(network, diagnosis, text),
    }
    if let Some(first) = &diagnosis.first_wrong {
        let seen = &diagnosis.seen[first.observation];
        let (answer, right) = (&seen.observation.answers[first.answer], seen.right[first.answer]);
        let right = beside(answer, right);
        let _ = match answer.place() {
            Some(cell) => writeln!(text, "{}", sheet::first_wrong(&first.at, cell, answer.text(), right)),
            None if first.at.of != Of::Output => {
                writeln!(text, "{}", check::first_wrong(&first.at, answer.text(), right))
            }
            None => Ok(()),
        };
    }
    let told = diagnosis.shown();
    for (i, &n) in told.iter().enumerate() {
        tell(network, diagnosis, n, (told.len() > 1).then_some(i + 1), text);
        if i == 0 && diagnosis.conclusion == Conclusion::Mistake {
            contradicted(model, &diagnosis.candidates[n], text);
        }
    }
    if let Some(Rest { count, probability, most }) = diagnosis.rest(&told) {
        let percent = percent(probability);
        let more = match most {
            Some((most, title)) => check::more_of_a_kind(count, most, percent, title),
            None => check::more(count, percent),
        };
        let _ = writeln!(text, "{more}");
    }
    if !diagnosis.candidates.is_empty() && diagnosis.conclusion != Conclusion::Unknown {
        let _ = writeln!(text, "{}", check::something_else(percent(diagnosis.unknown)));
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
        if more > 0 { check::and_more(more, shown) } else { shown }
    };
    for i in 0..answers.len().max(of_model.len()) {
        let Some(seen) = answers.get(i).or(of_model.get(i)) else { continue };
        let observation = &seen.observation;
        let _ = writeln!(text, "{}", check::input(list(&observation.input, Digits::Exact)));
        let written =
            |seen: &Seen| few(seen.observation.answers.iter().map(|answer| answer.text().to_owned()).collect());
        if let Some(seen) = answers.get(i) {
            let says = if seen.is_right() { check::yours } else { check::yours_differs };
            let _ = writeln!(text, "{}", says(&observation.at, written(seen)));
        }
        let right = few(observation.answers.iter().zip(&seen.right).map(|(a, &right)| beside(a, right)).collect());
        let _ = writeln!(text, "{}", check::right(&observation.at, right));
        if let Some(seen) = of_model.get(i) {
            let says = if seen.is_right() { check::model } else { check::model_differs };
            let _ = writeln!(text, "{}", says(&observation.at, written(seen)));
        }
    }
}

/// A right value with the digits of the answer, and at least four decimals.
pub(super) fn beside(answer: &Answer, value: f32) -> String {
    decimals(value, answer.decimals().clamp(4, MOST_DECIMALS))
}

fn tell(network: &Network, diagnosis: &Diagnosis, n: usize, number: Option<usize>, text: &mut String) {
    let candidate = &diagnosis.candidates[n];
    let (what, probability) = (says(network, &candidate.mistakes), percent(candidate.probability));
    let explanation = match number {
        Some(number) => check::numbered_explanation(number, probability, what),
        None => check::explanation(probability, what),
    };
    let _ = writeln!(text, "{explanation}");
    let _ = writeln!(text, "   {}", names(network, &candidate.mistakes));
    let first = diagnosis.first_wrong.as_ref().map_or(0, |first| first.observation);
    if let (Some(seen), Some([value])) = (diagnosis.seen.get(first), candidate.values.get(first).map(Vec::as_slice))
        && let (Some(answer), [right]) = (seen.observation.answers.first(), seen.right.as_slice())
    {
        let (value, right) = (beside(answer, *value), beside(answer, *right));
        let _ = writeln!(text, "   {}", check::gives(right, value));
    }
    let others = diagnosis.rounded_otherwise(n);
    let together = others.iter().map(|&other| diagnosis.candidates[other].probability).sum();
    if !others.is_empty() {
        let _ = writeln!(text, "   {}", check::rounded(percent(together), others.len()));
    }
    if let Some(difference) = candidate.difference.as_ref().filter(|_| !candidate.only_rounds()) {
        let exact = |value| Digits::Exact.column(value);
        let (right, wrong) = (exact(difference.right), exact(difference.wrong));
        let _ = writeln!(text, "   {}", check::leaves(&difference.at, right, wrong));
    }
    if !candidate.same_as.is_empty() {
        let more = candidate.same_as.len().saturating_sub(MOST_NAMES);
        let all: Vec<String> =
            candidate.same_as.iter().take(MOST_NAMES).map(|mistakes| names(network, mistakes)).collect();
        let _ = writeln!(text, "   {}", words::model_says::same_everywhere(more, all.join(", ")));
    }
    let mut lessons: Vec<&str> = candidate.mistakes.iter().map(|mistake| mistake.kind.lesson).collect();
    lessons.dedup();
    for lesson in lessons {
        let _ = writeln!(text, "   {}", check::lesson(lesson));
    }
}

fn unknown(network: &Network, diagnosis: &Diagnosis, text: &mut String) {
    let tried = diagnosis.tried;
    let stopped = if tried.stopped { "yes" } else { "no" };
    let _ = writeln!(text, "{}", check::unknown(tried.pairs, tried.singles, stopped, tried.triples));
    if let Some(nearest) = diagnosis.nearest.as_ref().filter(|_| diagnosis.candidates.is_empty()) {
        let (name, distance) = (nearest.mistake.name(network), Digits::Exact.column(nearest.distance as f32));
        let says = match nearest.values.as_slice() {
            [value] => check::nearest_value(distance, name, Digits::Exact.column(*value)),
            _ => check::nearest(distance, name),
        };
        let _ = writeln!(text, "{says}");
    }
    if !diagnosis.candidates.is_empty() {
        let _ = writeln!(text, "{}", check::may_be_chance());
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
        let what = says::says(network, &best.mistakes);
        let _ = writeln!(text, "   {}", check::explanation(percent(best.probability), what));
        let _ = writeln!(text, "   {}", names(network, &best.mistakes));
    }
}

/// An input at which the wrong calculation gives an impossible value.
fn contradicted(model: &Model, candidate: &Candidate, text: &mut String) {
    let Some(found) = contradiction(&model.network, &model.facts.learnt(), &candidate.mistakes) else { return };
    let Some(why) = found.why() else { return };
    let (input, value) = (list(&found.input, Digits::Exact), decimals(found.wrong, 4));
    let _ = writeln!(text, "   {}", check::see_it(&found.at, input, value, why));
}

fn try_next(next: &NextInput, told: &[usize], text: &mut String) {
    let there: Vec<f32> = told.iter().filter_map(|n| Some(next.values.iter().find(|(i, _)| i == n)?.1)).collect();
    if there.len() > 1 && there.windows(2).all(|pair| decimals(pair[0], 4) == decimals(pair[1], 4)) {
        let _ = writeln!(text, "\n{}", words::model_says::no_input());
        return;
    }
    let input: Vec<String> = next.input.iter().map(|&value| Digits::Exact.column(value)).collect();
    let way = |(i, n): (usize, &usize)| {
        let &(_, value) = next.values.iter().find(|(candidate, _)| candidate == n)?;
        let value = decimals(value, 4);
        Some(if told.len() > 1 { check::way(i + 1, value) } else { check::this_way(value) })
    };
    let ways: String = told.iter().enumerate().filter_map(way).collect();
    let says = check::try_next(&next.at, input.join(","), decimals(next.right, 4), ways);
    let _ = writeln!(text, "\n{says}");
}
