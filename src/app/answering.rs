//! What a task asks of the learner now, and the reply to an answer.

mod blank;

pub(super) use blank::Calculation;

use self::blank::Blank;
use super::{
    bench::Bench,
    finding::Finding,
    input::{Typed, read_number},
};
use crate::{
    course::{Choice, Span, TaskKind, Text, Watch, spans},
    mistake::Mistake,
    network::number::number,
    pass::{Address, Pass, Stride},
    setting::{Setting, stretch},
    words::{self, answers},
};

/// What is still asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Nothing more: the task is finished, or was never open.
    Nothing,
    /// To watch the pass from one position to another.
    Watch {
        /// From here.
        from: usize,
        /// To here.
        to: usize,
        /// The stride.
        stride: Stride,
    },
    /// To pick one of some options.
    Options {
        /// The one under the cursor; none before the learner has moved it.
        selected: Option<usize>,
        /// How many there are.
        count: usize,
        /// Those that turned out to be wrong.
        refuted: Vec<usize>,
    },
    /// To fill in the lines of a calculation, this one next.
    Blanks {
        /// The line that is being filled in.
        line: usize,
        /// The numbers of the lines before it, as typed; given lines are empty.
        filled: Vec<String>,
        /// How often this line was answered wrongly.
        tries: usize,
    },
    /// To pick the first wrong one of some values.
    Places {
        /// The one under the cursor; none before the learner has moved it.
        selected: Option<usize>,
        /// Each address with its value in the wrong pass.
        values: Vec<(String, f32)>,
        /// Those that turned out to be right.
        refuted: Vec<usize>,
        /// The position of the first wrong one.
        first_wrong: usize,
    },
    /// To change the bench into a certain state.
    Bench,
}

/// The tone of a reply to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
    /// It is neither: something is missing.
    Note,
}

/// The reply to an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// Whether it reports right, wrong or neither.
    pub tone: Tone,
    /// What is said.
    pub text: Text,
}

impl Feedback {
    pub(super) fn plain(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: vec![Span::Plain(text.into())] }
    }

    /// What the what-ifs that were just switched on do.
    pub(super) fn switched(bench: &Bench) -> Self {
        let first = |pass: &Pass| pass.output().first().map_or(String::new(), |&y| number(y, bench.digits));
        let (this, right) = (first(bench.pass()), first(bench.right()));
        let text = if this == right { words::lesson::still(this) } else { words::lesson::instead(right, this) };
        Self::plain(Tone::Right, text)
    }
}

impl Asked {
    /// Whether something is still asked.
    pub fn is_open(&self) -> bool {
        *self != Self::Nothing
    }

    /// What a task asks at its start; `suspect` is the bug that the seed selected for a hunt.
    pub(super) fn begin(kind: &TaskKind, setting: Option<&Setting>, bench: &Bench, suspect: Option<usize>) -> Self {
        let Some(setting) = setting else { return Self::Nothing };
        match kind {
            TaskKind::Watch(watch) => Self::watch(watch, bench),
            TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } => {
                Self::Options { selected: None, count: options.len(), refuted: Vec::new() }
            }
            TaskKind::Type { given, .. } => {
                Self::Blanks { line: *given, filled: vec![String::new(); *given], tries: 0 }
            }
            TaskKind::Toggle { .. } | TaskKind::Edit { .. } | TaskKind::Diagnose(_) | TaskKind::Own { .. } => {
                Self::Bench
            }
            TaskKind::Find { planted, places, .. } => Self::places(planted, places, setting),
            TaskKind::Hunt(hunt) => match suspect.and_then(|at| hunt.suspects.get(at)) {
                Some(suspect) => Self::places(&suspect.planted, &hunt.places, setting),
                None => Self::Nothing,
            },
        }
    }

    /// What a passage to be watched asks for.
    pub(super) fn watch(watch: &Watch, bench: &Bench) -> Self {
        match stretch(bench.pass(), watch) {
            Ok((from, to, stride)) => Self::Watch { from, to, stride },
            Err(_) => Self::Nothing,
        }
    }

    /// The values of a wrong pass, from which the first wrong one is chosen.
    pub fn places(planted: &[String], places: &[String], setting: &Setting) -> Self {
        let Ok(mistakes) = setting.mistakes(planted) else { return Self::Nothing };
        let pass = |mistakes: &[Mistake]| Pass::new(&setting.network, &setting.input, mistakes).ok();
        let (Some(wrong), Some(right)) = (pass(&mistakes), pass(&[])) else { return Self::Nothing };
        let value = |pass: &Pass, place: &String| {
            let address: Address = place.parse().ok()?;
            pass.get(&address).ok()?.first().copied()
        };
        let values: Vec<(String, f32)> =
            places.iter().filter_map(|place| Some((place.clone(), value(&wrong, place)?))).collect();
        let differs = |(place, wrong): &(String, f32)| value(&right, place).is_some_and(|right| right != *wrong);
        match values.iter().position(differs) {
            Some(first_wrong) => Self::Places { selected: None, values, refuted: Vec::new(), first_wrong },
            None => Self::Nothing,
        }
    }

    /// Which line of a calculation is to be filled in.
    pub(super) fn line(&self) -> Option<usize> {
        match self {
            Self::Blanks { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Moves the cursor among options or places; the first move puts it on the first or the last one.
    pub(super) fn select(&mut self, by: isize) {
        let (selected, count) = match self {
            Self::Options { selected, count, .. } => (selected, *count),
            Self::Places { selected, values, .. } => (selected, values.len()),
            _ => return,
        };
        let last = count.saturating_sub(1);
        *selected = Some(match *selected {
            None if by > 0 => 0,
            None => last,
            Some(at) => at.saturating_add_signed(by).min(last),
        });
    }

    /// Puts the cursor on an option or place.
    pub(super) fn pick(&mut self, at: usize) -> bool {
        match self {
            Self::Options { selected, count, .. } if at < *count => *selected = Some(at),
            Self::Places { selected, values, .. } if at < values.len() => *selected = Some(at),
            _ => return false,
        }
        true
    }

    /// Locks a guess.
    pub(super) fn lock(&mut self, options: &[Choice], setting: &Setting) -> Option<Feedback> {
        let Self::Options { selected: Some(selected), .. } = self else { return None };
        let option = options.get(*selected)?;
        let tone = if is_right(option, setting) { Tone::Right } else { Tone::Wrong };
        Some(Feedback { tone, text: option.says.clone() })
    }

    /// Takes a choice.
    pub(super) fn choose(&mut self, options: &[Choice], setting: &Setting) -> Option<Feedback> {
        let Self::Options { selected: Some(at), refuted, .. } = self else { return None };
        let option = options.get(*at)?;
        let tone = if is_right(option, setting) { Tone::Right } else { Tone::Wrong };
        if tone == Tone::Right {
            *self = Self::Nothing;
        } else if !refuted.contains(at) {
            refuted.push(*at);
        }
        Some(Feedback { tone, text: option.says.clone() })
    }

    /// Checks the number typed into the blank line; also returns why a wrong one differs, if it is a value of the pass.
    /// `taught`: the ids of
    /// the lessons up to this one.
    pub(super) fn fill(
        &mut self,
        typed: &str,
        task: &Calculation<'_>,
        setting: &Setting,
        taught: &[String],
    ) -> (Feedback, Option<Finding>) {
        let nothing = || (Feedback::plain(Tone::Note, ""), None);
        let Self::Blanks { line, filled, tries } = self else { return nothing() };
        let Some(asked) = task.lines.get(*line) else { return nothing() };
        let Typed { answer, calculation } = match read_number(typed) {
            Ok(typed) => typed,
            Err(why) => return (Feedback::plain(Tone::Note, words::lesson::not_taken(why)), None),
        };
        let says = |verdict: String| match &calculation {
            Some(calculation) => answers::calculated(calculation, answer.text(), verdict),
            None => verdict,
        };
        let blank = Blank { answer: &answer, asked: &asked.value, setting, taught };
        let right = blank.value(&[]).unwrap_or(f64::NAN);
        let follows = blank.range(task, *line, filled).is_some_and(|range| answer.is_among(range));
        let (agrees, is_cut) = (answer.agrees(right), answer.is_cut_from(right));
        if agrees || is_cut || follows {
            let enough = answer.decimals() >= task.decimals || right == answer.value();
            if !enough {
                let said = match blank.earlier_stage() {
                    Some(_) => answers::few_digits_earlier(task.decimals),
                    None => answers::few_digits(task.decimals),
                };
                return (Feedback::plain(Tone::Note, says(said)), None);
            }
            filled.push(answer.text().to_owned());
            (*line, *tries) = (*line + 1, 0);
            if *line == task.lines.len() {
                *self = Self::Nothing;
            }
            let said = match () {
                () if agrees => answers::right(),
                () if is_cut => answers::right_cut(format!("{:.*}", answer.decimals(), right)),
                () => answers::right_shown(format!("{:.*}", answer.decimals().clamp(4, 8), right)),
            };
            return (Feedback::plain(Tone::Right, says(said)), None);
        }
        *tries += 1;
        let finding = blank.behind();
        (Feedback { tone: Tone::Wrong, text: spans(&says(blank.wrong(finding.as_ref(), right))) }, finding)
    }

    /// Takes the place picked as the first wrong one.
    pub(super) fn find(&mut self, places: &[String], says: &Text, setting: &Setting) -> Feedback {
        let Self::Places { selected: Some(selected), refuted, first_wrong, values } = self else {
            return Feedback::plain(Tone::Note, "");
        };
        if selected == first_wrong {
            *self = Self::Nothing;
            return Feedback { tone: Tone::Right, text: says.clone() };
        }
        if !refuted.contains(selected) {
            refuted.push(*selected);
        }
        let place = places.get(*selected).cloned().unwrap_or_default();
        let right = || setting.right_pass().ok()?.get(&place.parse().ok()?).ok()?.first().copied();
        // A value is right if it equals the right one, wherever it is in the list.
        let is_right = values.get(*selected).is_some_and(|(_, value)| right() == Some(*value));
        let said = match (is_right, *selected < *first_wrong) {
            (true, true) => words::lesson::right_before(&place, setting.show(&place).unwrap_or_default()),
            (true, false) => words::lesson::right_after(&place, setting.show(&place).unwrap_or_default()),
            (false, _) => words::lesson::wrong_after(&place),
        };
        Feedback { tone: Tone::Wrong, text: spans(&said) }
    }
}

/// Whether an option is right.
pub fn is_right(option: &Choice, setting: &Setting) -> bool {
    match &option.condition {
        None => option.right,
        Some(condition) => setting.holds(condition) == Ok(true),
    }
}
