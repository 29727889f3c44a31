//! Why the model's own number is another one, in plain sentences.

use std::fmt::Write as _;

use super::text::beside;
use crate::{
    diagnose::{
        model_says::{
            Checked, ModelFinding, NextPair, Overall,
            says::{names, says},
        },
        says::percent,
    },
    load::Model,
    network::number::{Digits, decimals},
    words,
};

/// How many explanations are shown.
const MOST_TOLD: usize = 5;

/// The first is always shown, others only if they are at least this probable,
const WORTH_TELLING: f64 = 0.005;

/// and at most so many times less probable than the first.
const MUCH_LESS: f64 = 50.0;

/// At most this many names of equal explanations are listed; the others are counted.
const MOST_NAMES: usize = 4;

/// Lines about the model's own numbers, if there are any.
pub(super) fn of_model(model: &Model, checked: &Checked, text: &mut String) {
    let Some(finding) = &checked.model else { return };
    let network = &model.network;
    let mut line = |sentence: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{sentence}");
    };
    if finding.agrees() {
        line(if finding.has_few_digits() { words::model_says::agrees_few() } else { words::model_says::agrees() });
        return;
    }
    line(match (&checked.answer, checked.is_the_same()) {
        (_, true) => words::model_says::same_as_yours(),
        (Some(diagnosis), false) if diagnosis.conclusion == crate::diagnose::Conclusion::Correct => {
            words::model_says::fits_described()
        }
        (Some(_), false) => words::model_says::both_differ(),
        (None, false) => words::model_says::model_differs(),
    });
    let explained = finding.is_explained();
    let told = told(finding);
    if !explained {
        let stopped = if finding.ran.stopped { "yes" } else { "no" };
        line(words::model_says::unknown(finding.ran.pairs, finding.ran.singles, stopped));
    }
    if let Some(decimals) = finding.decimals.filter(|_| finding.print >= WORTH_TELLING) {
        line(words::model_says::print(decimals, percent(finding.print)));
    }
    if !told.is_empty() {
        line(if explained { words::model_says::comes_out_if() } else { words::model_says::may_come_out_if() });
    }
    for (number, &n) in told.iter().enumerate() {
        let candidate = &finding.candidates[n];
        let number = if told.len() > 1 { format!("{}. ", number + 1) } else { String::new() };
        line(format!("{number}{} ({})", says(network, &candidate.changes), percent(candidate.probability)));
        line(format!("   {}", names(network, &candidate.changes)));
        let first = finding.seen.iter().position(|seen| !seen.is_right()).unwrap_or(0);
        if let (Some(seen), Some([value])) = (finding.seen.get(first), candidate.values.get(first).map(Vec::as_slice))
            && let ([answer], [described]) = (seen.observation.answers.as_slice(), seen.right.as_slice())
        {
            line(format!("   {}", words::model_says::gives(beside(answer, *described), beside(answer, *value))));
        }
        if !candidate.verified {
            line(format!("   {}", words::model_says::verify()));
        }
        if let Some(options) = candidate.options(network) {
            line(format!("   {}", words::model_says::options(options)));
        }
        if !candidate.same_as.is_empty() {
            let more = candidate.same_as.len().saturating_sub(MOST_NAMES);
            let all: Vec<String> =
                candidate.same_as.iter().take(MOST_NAMES).map(|changes| names(network, changes)).collect();
            line(format!("   {}", words::model_says::same_everywhere(more, all.join("; "))));
        }
    }
    let shown: f64 = told.iter().map(|&n| finding.candidates[n].probability).sum();
    let untold = finding.candidates.len() - told.len() + finding.beyond.0;
    if untold > 0 && finding.explained() - shown >= WORTH_TELLING {
        line(words::model_says::more(untold, percent(finding.explained() - shown)));
    }
    if explained {
        line(words::model_says::rest(percent(finding.unknown)));
    } else {
        line(words::model_says::other_weights());
    }
    let open = finding.open(network);
    if let Some(pairs) = open.iter().map(|open| open.pairs).min().filter(|_| !explained) {
        let what: Vec<String> = open.iter().map(|open| open.family.says(network)).collect();
        line(words::model_says::open(pairs, what.join("; ")));
    }
    if let Some(next) = finding.next_input.as_ref().filter(|_| !told.is_empty()) {
        line(String::new());
        line(try_next(next, &told));
    }
    debug_assert!(checked.overall() != Overall::Correct, "numbers that agree need no explanation");
}

/// The candidates that are worth telling, by their position.
fn told(finding: &ModelFinding) -> Vec<usize> {
    let first = finding.candidates.first().map_or(0.0, |first| first.probability);
    let least = (first / MUCH_LESS).max(WORTH_TELLING);
    let worth = |n: &usize| *n == 0 || finding.candidates[*n].probability >= least;
    (0..finding.candidates.len()).filter(worth).take(MOST_TOLD).collect()
}

fn try_next(next: &NextPair, told: &[usize]) -> String {
    let there: Vec<(usize, f32)> = told
        .iter()
        .enumerate()
        .filter_map(|(number, n)| Some((number, next.values.iter().find(|(i, _)| i == n)?.1)))
        .collect();
    if there.len() > 1 && there.windows(2).all(|pair| decimals(pair[0].1, 4) == decimals(pair[1].1, 4)) {
        return words::model_says::no_input();
    }
    let input: Vec<String> = next.input.iter().map(|&value| Digits::Exact.column(value)).collect();
    let ways: Vec<String> = there
        .iter()
        .map(|&(number, value)| {
            let value = decimals(value, 4);
            if told.len() > 1 { words::model_says::way(number + 1, value) } else { words::model_says::this_way(value) }
        })
        .collect();
    words::model_says::try_next(&next.at, decimals(next.described, 4), input.join(","), ways.concat())
}
