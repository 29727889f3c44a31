//! The diagnosis in sentences.

use super::Checked;
use crate::{
    diagnose::{
        Answer, Conclusion,
        graph::{Candidate, Diagnosis, Seen},
        says::percent,
    },
    explain::text::list,
    graph::Network,
    network::number::{Digits, decimals},
    plain::plain,
    words::{model_says, observed, sheet},
};

/// Candidates beyond these are counted.
const MOST: usize = 5;

/// Names of what cannot be distinguished beyond these are counted.
const MOST_NAMES: usize = 6;

/// Lines for the terminal.
pub(super) fn write(network: &Network, checked: &Checked) -> String {
    let mut lines = Vec::new();
    for seen in checked.answer.iter().flat_map(|diagnosis| &diagnosis.seen) {
        observation(network, seen, false, &mut lines);
    }
    for seen in checked.model.iter().flat_map(|diagnosis| &diagnosis.seen) {
        observation(network, seen, true, &mut lines);
    }
    lines.push(String::new());
    if let Some(diagnosis) = &checked.answer {
        of_answer(network, diagnosis, &mut lines);
    }
    if let Some(diagnosis) = &checked.model {
        of_model(network, checked.answer.as_ref(), diagnosis, &mut lines);
    }
    lines.iter().map(|line| plain(line).trim_end().to_owned() + "\n").collect()
}

/// Why the model's own number is another one than that of the network as described.
fn of_model(network: &Network, answer: Option<&Diagnosis>, diagnosis: &Diagnosis, lines: &mut Vec<String>) {
    match diagnosis.conclusion {
        Conclusion::Correct => return lines.push(model_says::agrees()),
        Conclusion::TooFewDigits => return lines.push(model_says::agrees_few()),
        Conclusion::Rounding | Conclusion::Mistake | Conclusion::Unknown => {}
    }
    lines.push(match answer.map(|answer| answer.conclusion) {
        None => model_says::model_differs(),
        Some(Conclusion::Correct) => model_says::fits_described(),
        Some(_) => model_says::both_differ(),
    });
    let explained = diagnosis.conclusion == Conclusion::Mistake;
    if !explained {
        let stopped = if diagnosis.tried.stopped { "yes" } else { "no" };
        lines.push(model_says::unknown(diagnosis.tried.pairs, diagnosis.tried.singles, stopped));
    }
    if !diagnosis.candidates.is_empty() {
        lines.push(if explained { model_says::comes_out_if() } else { model_says::may_come_out_if() });
    }
    for (i, candidate) in diagnosis.candidates.iter().take(MOST).enumerate() {
        tell(network, diagnosis, candidate, i + 1, lines);
    }
    lines.push(if explained { model_says::rest(percent(diagnosis.unknown)) } else { model_says::other_weights() });
}

/// What the answers turn out to be.
fn of_answer(network: &Network, diagnosis: &Diagnosis, lines: &mut Vec<String>) {
    match diagnosis.conclusion {
        Conclusion::Correct => lines.push(observed::correct()),
        Conclusion::Rounding => lines.push(observed::rounding(percent(diagnosis.rounding))),
        Conclusion::TooFewDigits => lines.push(observed::too_few_digits()),
        Conclusion::Mistake => {}
        Conclusion::Unknown => {
            let tried = diagnosis.tried.singles + diagnosis.tried.pairs;
            lines.push(observed::unknown(percent(diagnosis.unknown), tried));
        }
    }
    lines.extend(first_wrong_cell(network, diagnosis));
    let told = diagnosis.candidates.iter().take(MOST).enumerate();
    for (i, candidate) in told.filter(|_| diagnosis.conclusion != Conclusion::Correct) {
        tell(network, diagnosis, candidate, i + 1, lines);
    }
    if let Some(more @ 1..) = diagnosis.candidates.len().checked_sub(MOST) {
        lines.push(observed::more_candidates(more));
    }
    if diagnosis.tried.stopped {
        lines.push(observed::stopped());
    }
    if let Some(next) = diagnosis.next_input.as_ref().filter(|_| diagnosis.conclusion == Conclusion::Mistake) {
        let input = next.inputs.iter().map(|input| list(input, Digits::Exact)).collect::<Vec<_>>().join(" | ");
        lines.push(String::new());
        lines.push(observed::next_input(&next.at, input));
        lines.push(observed::next_right(decimals(next.right, 4)));
        for (i, value) in &next.values {
            lines.push(observed::next_value(i + 1, decimals(*value, 4)));
        }
    }
}

/// The input, the number, the right number. `of_model`: the number is the framework's own.
fn observation(network: &Network, seen: &Seen, of_model: bool, lines: &mut Vec<String>) {
    let several = seen.observation.inputs.len() > 1;
    for (id, input) in network.inputs().iter().zip(&seen.observation.inputs) {
        let shown = list(input, Digits::Exact);
        lines.push(if several { observed::input_of(shown, &network.node(*id).name) } else { observed::input(shown) });
    }
    let few = |all: Vec<String>| {
        let more = all.len().saturating_sub(MOST_NAMES);
        let shown = all.into_iter().take(MOST_NAMES).collect::<Vec<_>>().join(", ");
        if more > 0 { observed::and_more(more, shown) } else { shown }
    };
    let answers = &seen.observation.answers;
    let yours = few(answers.iter().map(|answer| answer.text().to_owned()).collect());
    let right = few(answers.iter().zip(&seen.right).map(|(answer, &right)| beside(answer, right)).collect());
    let at = &seen.observation.at;
    lines.push(match (of_model, seen.is_right()) {
        (false, true) => observed::yours(at, yours),
        (false, false) => observed::yours_differs(at, yours),
        (true, true) => observed::model(at, yours),
        (true, false) => observed::model_differs(at, yours),
    });
    lines.push(observed::right(&seen.observation.at, right));
}

/// The first cell of a workbook that differs.
fn first_wrong_cell(network: &Network, diagnosis: &Diagnosis) -> Option<String> {
    let (observation, i) = diagnosis.first_wrong?;
    let seen = diagnosis.seen.get(observation)?;
    let answer = seen.observation.answers.get(i)?;
    let found = network.find(&seen.observation.at).ok()?;
    let address = network.program().address(found.array, found.flat.unwrap_or(i));
    Some(sheet::first_wrong(address, answer.place()?, answer.text(), beside(answer, *seen.right.get(i)?)))
}

/// A right value with the digits of the answer, and at least four decimals.
fn beside(answer: &Answer, value: f32) -> String {
    decimals(value, answer.decimals().clamp(4, 12))
}

fn tell(network: &Network, diagnosis: &Diagnosis, candidate: &Candidate, number: usize, lines: &mut Vec<String>) {
    let says: Vec<String> = candidate.mistakes.iter().map(|mistake| mistake.says(network.program())).collect();
    let says = says.join(&observed::and_also());
    lines.push(observed::candidate(number, percent(candidate.probability), capital(&says)));
    let names = |mistakes: &[crate::mistake::graph::Mistake]| {
        mistakes.iter().map(crate::mistake::graph::Mistake::name).collect::<Vec<_>>().join(" + ")
    };
    lines.push(format!("   {}", names(&candidate.mistakes)));
    if let Some((at, right, wrong)) = &candidate.difference {
        let digits = diagnosis.seen.iter().flat_map(|seen| &seen.observation.answers).map(Answer::decimals).max();
        let digits = digits.unwrap_or(4).clamp(4, 12);
        lines.push(format!("   {}", observed::difference(at, decimals(*right, digits), decimals(*wrong, digits))));
    }
    if !candidate.same_as.is_empty() {
        let same = candidate.same_as.iter().take(MOST_NAMES).map(|others| names(others)).collect::<Vec<_>>().join(", ");
        lines.push(format!("   {}", observed::same_as(same)));
    }
    let lesson = candidate.mistakes.first().map_or("", |mistake| mistake.kind.lesson);
    lines.push(format!("   {}", observed::lesson(lesson)));
}

/// The sentence with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
