//! A careful learner follows every lesson at 80 × 24: reads the numbers off the screen, works each line out with a pocket
//! calculator, writes it down with 4 decimals, and types it. There is never a cross.
//!
//! What the learner does is said by [`LINES`]: a calculation for each line that is typed, in numbers that stand on the screen.
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "half of it serves `screens`")]
mod stage;
mod support;

use byhand::{
    app::Tone,
    course::{Course, FIRST_LANGUAGE, Folder, TaskKind},
    formula::calculate,
};
use stage::Stage;
use support::guide::Guide;

/// How each line is computed: the lesson, the task, and one calculation for each line that is typed.
///
/// `{2}` is the number in line 2 (given, or typed before), `<weight>` the number that follows this word on the screen, and a
/// number with a decimal point must stand on the screen too.
const LINES: &[(&str, &str, &[&str])] = &[
    ("one-neuron", "last-line", &["tanh {4}"]),
    ("one-neuron", "three-lines", &["{1} + {2}", "{3} + -0.5", "tanh {4}"]),
    ("reading-get-weights", "lengths", &["16 * 1", "1"]),
    ("reading-get-weights", "biases", &["-0.41323203", "0.97515434"]),
    ("reading-get-weights", "another-shape", &["<network:>", "<inputs,>", "{1} * {2}"]),
    ("by-hand", "unit-1", &["relu {2}"]),
    ("by-hand", "unit-2", &["{1} + <the bias>", "relu {2}"]),
    ("by-hand", "unit-3", &["10 * <the weight>", "{1} + <the bias>", "relu {2}"]),
    ("by-hand", "output", &["{1} + {2} + {3} + {4}", "{5} + <last bias is>"]),
    ("by-hand", "unit-5", &["3 * <Weight>", "{1} + <bias>", "relu {2}", "{3} * <v>"]),
    ("forgotten-activation", "slips-in", &["<= {1}> * <= {1} . ×>", "<= {2}> * <= {2} . ×>"]),
    ("was-it-undertrained", "two-errors", &["{1} - {2}", "{3} - {1}"]),
    ("was-it-undertrained", "steepness", &["{2} - {1}", "<gives . and> - <it gives>"]),
    ("was-it-undertrained", "kink", &["0 - <the bias> / <The weight is>"]),
    ("two-inputs", "unit-0", &["tanh {4}"]),
    ("two-inputs", "unit-1", &["{1} + {2}", "{3} + <plus bias>", "tanh {4}"]),
    ("two-inputs", "output-unit", &["{1} + {2} + {3} + {4} + {5}", "{6} + <add the bias>", "tanh {7}"]),
    ("right-sum-wrong-answer", "share-of-yes", &["{1} / 2", "1 - {2}"]),
    ("right-sum-wrong-answer", "recall-one-neuron", &["0.3 + 0.1", "{1} - 0.5", "tanh {2}"]),
    ("set-the-weights", "carry-the-gate", &["{2} * 1 + 0", "tanh {3}"]),
    ("last-digit", "count-ulps", &["1", "2"]),
    ("last-digit", "two-decimals", &["0.68 * 7.66", "{1} + {2} + {3} + {4} + 0.74"]),
    ("your-own", "shapes", &["1", "16 + 16 + 16 + 1"]),
    ("the-forgotten-scaler", "way-in", &["{2} * <1 = . ×>", "{3} + <plus>"]),
    ("the-forgotten-scaler", "way-out", &["{1} + <plus (>", "{2} + 1", "{3} / 2"]),
    ("the-forgotten-scaler", "other-range", &["65 - 20", "{1} / 60", "{2} * 2 - 1"]),
    ("transposed", "columns", &["1 * <1 × . 1 ×> + 2 * <2 × . 2 ×>", "{3} + <plus . plus>"]),
    ("transposed", "pytorch", &["2 * 1.5557", "-1 * 1.6779", "{1} + {2}", "{3} + <plus>"]),
    ("batch-norm-by-hand", "four-moves", &["{1} / {3}", "{4} * <times gamma,>"]),
    ("batch-norm-by-hand", "other-sample", &["5 - <The mean>", "{1} / <the deviation>", "{2} * <and gamma>"]),
    ("batch-norm-by-hand", "in-training", &["-2 / {3}", "{4} * <Gamma is>"]),
    ("the-discriminating-input", "unit-4", &["{1} + <the bias>", "0 + <the bias>"]),
];

/// What the lesson's text says, read at all the places to which it scrolls, in one line.
fn reads(stage: &Stage) -> String {
    // The lesson's own pane: what stands left of the next frame.
    let text = |stage: &Stage| {
        let screen = stage.text();
        let rows = screen.lines().filter_map(|row| row.strip_prefix('│')?.split('│').next());
        rows.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    };
    // What is above: a person scrolls there, and back.
    let mut scrolled = Stage::course();
    scrolled.app = stage.app.clone();
    scrolled = scrolled.presses("Esc");
    let mut above = Vec::new();
    for _ in 0..16 {
        scrolled = scrolled.presses("k");
        let shown = text(&scrolled);
        if above.last() != Some(&shown) {
            above.push(shown);
        }
    }
    // Then the bench beside it.
    let mut all = text(stage)
        + " | "
        + &above.join(" | ")
        + " | "
        + &stage.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut other = Stage::course();
    other.app = stage.app.clone();
    for key in ["PageUp", "PageUp", "PageDown", "PageDown", "Down", "Down"] {
        other = other.presses(key);
        all.push_str(" | ");
        all.push_str(&text(&other));
    }
    all
}

/// The number at the beginning of a text, after blanks and signs of punctuation.
fn number_in(text: &str) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let sign = if text[..at].trim_end_matches(' ').ends_with('-') { "-" } else { "" };
    let number: String = text[at..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    Some(format!("{sign}{}", number.trim_end_matches('.')))
}

/// The number that follows these phrases, one behind the other.
fn after(screen: &str, phrases: &str) -> Option<String> {
    let rest = phrases.split(" . ").try_fold(screen, |rest, phrase| Some(&rest[rest.find(phrase)? + phrase.len()..]));
    number_in(rest?)
}

/// What a line of [`LINES`] gives on this screen. `lines`: what stands in the lines before.
fn result_of(calculation: &str, screen: &str, lines: &[String]) -> f64 {
    let mut text = calculation.to_owned();
    while let Some(from) = text.find('<') {
        let to = text[from..].find('>').unwrap() + from;
        let phrases = lines
            .iter()
            .enumerate()
            .fold(text[from + 1..to].to_owned(), |phrases, (i, line)| phrases.replace(&format!("{{{}}}", i + 1), line));
        let number = after(screen, &phrases);
        let number = number.unwrap_or_else(|| panic!("no `{phrases}` on the screen:\n{screen}"));
        text.replace_range(from..=to, &format!("({number})"));
    }
    while let Some(from) = text.find('{') {
        let to = text[from..].find('}').unwrap() + from;
        let line: usize = text[from + 1..to].parse().unwrap();
        text.replace_range(from..=to, &format!("({})", lines[line - 1]));
    }
    for number in text.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|number| number.contains('.')) {
        let is_line = lines.iter().any(|line| line.contains(number));
        assert!(is_line || screen.contains(number), "{number} of `{calculation}` is not on the screen:\n{screen}");
    }
    let function = ["tanh", "relu"].into_iter().find(|name| text.starts_with(name));
    let text = function.map_or(text.clone(), |name| format!("{name}{}", text[name.len()..].trim()));
    calculate(&text).unwrap_or_else(|| panic!("`{text}` is no calculation"))
}

/// As it is written down: 4 decimals, fewer where there are no more.
fn written(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[test]
fn a_careful_learner_gets_no_cross() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
    let (mut typed, mut crosses) = (0, Vec::new());
    for entry in &course.entries {
        let guide = Guide::to(&entry.id);
        let mut stage = Stage::lesson(&entry.id).sized((80, 24));
        for (step, of_step) in guide.lesson.steps.iter().enumerate() {
            assert_eq!(stage.app.study().unwrap().step, step, "{}", entry.id);
            let task = &of_step.task;
            let place = format!("{}, {}", entry.id, task.id);
            match &task.kind {
                TaskKind::Type { lines, given, decimals, .. } => {
                    let known =
                        LINES.iter().find(|(lesson, id, _)| (*lesson, *id) == (entry.id.as_str(), task.id.as_str()));
                    let Some((_, _, calculations)) = known else {
                        panic!("{place}: say in LINES how a careful learner computes it");
                    };
                    assert_eq!(calculations.len(), lines.len() - given, "{place}");
                    // What stands in the given lines is read off the screen.
                    let mut values: Vec<String> = stage.app.study().unwrap().filled.clone();
                    let screen = reads(&stage);
                    for value in &values {
                        assert!(screen.contains(value.as_str()), "{place}: {value} is not on the screen:\n{screen}");
                    }
                    for calculation in *calculations {
                        let screen = reads(&stage);
                        let mut number = written(result_of(calculation, &screen, &values));
                        // A whole number is written with as many decimals as the task wants.
                        let wanted = (*decimals).max(number.split_once('.').map_or(0, |(_, decimals)| decimals.len()));
                        number = format!("{:.wanted$}", number.parse::<f64>().unwrap());
                        stage = stage.presses(&format!("text:{number} Enter"));
                        typed += 1;
                        let feedback = stage.app.study().unwrap().feedback.clone();
                        if feedback.as_ref().is_none_or(|feedback| feedback.tone != Tone::Right) {
                            crosses.push(format!("{place}: {calculation} is {number}: {feedback:?}\n{}", stage.text()));
                            break;
                        }
                        values.push(number);
                    }
                    stage = stage.presses("Enter");
                    if stage.app.study().unwrap().step == step {
                        stage = stage.presses("Esc n");
                    }
                }
                TaskKind::Choose { .. } | TaskKind::Predict { .. } => {
                    stage = stage.presses(&format!("{} Enter wait:600000 n", guide.key(&task.id)));
                }
                TaskKind::Find { .. } => stage = stage.presses(&format!("{} Enter n", guide.place(&task.id))),
                _ => stage = stage.presses("n wait:600000"),
            }
        }
        assert!(stage.app.study().unwrap().current().is_none(), "{} is not at its end\n{}", entry.id, stage.text());
    }
    let lessons = course.entries.len();
    println!("{lessons} lessons, {typed} numbers typed as a calculator gives them, {} crosses", crosses.len());
    assert!(crosses.is_empty(), "{} crosses\n{}", crosses.len(), crosses.join("\n"));
    assert!(typed >= 60, "{typed}");
}
