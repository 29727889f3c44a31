//! What a task wants from the learner at this moment, and what is said to an answer.

use super::{bench::Bench, finding::Finding};
use crate::{
    course::{Choice, Line, Span, TaskKind, Text, Watch, spans},
    diagnose::{Answer, Conclusion, Digit, Observation, Verdict, says::capitalised, verdict},
    formula::{Formula, Scene},
    mistake::Mistake,
    network::{Stage, number::number},
    pass::{Address, Pass, Source, Stride},
    setting::{Setting, stretch},
};

/// What is still wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Nothing more: the task is finished, or was never open.
    Nothing,
    /// To see the pass from one position to another.
    Watch {
        /// From here.
        from: usize,
        /// To here.
        to: usize,
        /// In strides of this.
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
        /// What the lines before it hold, as typed; given lines are empty.
        filled: Vec<String>,
        /// How often this line was answered wrongly.
        tries: usize,
    },
    /// To pick the first wrong one of some values.
    Places {
        /// The one under the cursor; none before the learner has moved it.
        selected: Option<usize>,
        /// Each address with somebody's value.
        values: Vec<(String, f32)>,
        /// Those that turned out to be right.
        refuted: Vec<usize>,
        /// Which one is the first wrong one.
        first_wrong: usize,
    },
    /// To bring the bench into a certain state.
    Bench,
}

/// How something is meant that is said to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is right.
    Right,
    /// It is wrong.
    Wrong,
    /// It is neither: something is missing.
    Note,
}

/// What is said to an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Feedback {
    /// How it is meant.
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
        let text = if this == right { format!("Still {this}.") } else { format!("{this} instead of {right}.") };
        Self::plain(Tone::Right, text)
    }
}

impl Asked {
    /// Whether something is still wanted.
    pub fn is_open(&self) -> bool {
        *self != Self::Nothing
    }

    /// What a task wants at its beginning; `suspect` is what a hunt was dealt.
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
            TaskKind::Toggle { .. } | TaskKind::Edit { .. } => Self::Bench,
            TaskKind::Find { planted, places, .. } => Self::places(planted, places, setting),
            TaskKind::Hunt(hunt) => match suspect.and_then(|at| hunt.suspects.get(at)) {
                Some(suspect) => Self::places(&suspect.planted, &hunt.places, setting),
                None => Self::Nothing,
            },
        }
    }

    /// What a stretch of the pass to be watched wants.
    pub(super) fn watch(watch: &Watch, bench: &Bench) -> Self {
        match stretch(bench.pass(), watch) {
            Ok((from, to, stride)) => Self::Watch { from, to, stride },
            Err(_) => Self::Nothing,
        }
    }

    /// The places of somebody's pass to pick the first wrong one from.
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

    /// Takes the number typed into the blank line; what is behind a wrong one, if it is a value of the pass.
    pub(super) fn fill(
        &mut self,
        typed: &str,
        lines: &[Line],
        decimals: usize,
        setting: &Setting,
    ) -> (Feedback, Option<Finding>) {
        let Self::Blanks { line, filled, tries } = self else { return (Feedback::plain(Tone::Note, ""), None) };
        let Some(asked) = lines.get(*line) else { return (Feedback::plain(Tone::Note, ""), None) };
        let answer: Answer = match typed.parse() {
            Ok(answer) => answer,
            Err(why) => return (Feedback::plain(Tone::Note, capitalised(&why.to_string()) + "."), None),
        };
        let formula = Formula::parse(&asked.value);
        let value = |mistakes: &[Mistake]| {
            let scene = Scene { mistakes, ..setting.scene() };
            formula.as_ref().ok()?.evaluate(&scene).ok()?.number().ok()
        };
        let right = value(&[]).unwrap_or(f64::NAN);
        let enough = answer.decimals() >= decimals || right == answer.value();
        let is_cut = answer.is_cut_from(right);
        if answer.agrees(right) || is_cut {
            if !enough {
                let wanted = if decimals == 1 { "1 decimal".to_owned() } else { format!("{decimals} decimals") };
                return (Feedback::plain(Tone::Note, format!("So far so good. Give at least {wanted}.")), None);
            }
            filled.push(answer.text().to_owned());
            (*line, *tries) = (*line + 1, 0);
            if *line == lines.len() {
                *self = Self::Nothing;
            }
            let said = if is_cut {
                format!("Right, cut off; rounded it is {:.*}.", answer.decimals(), right)
            } else {
                "Right.".to_owned()
            };
            return (Feedback::plain(Tone::Right, said), None);
        }
        *tries += 1;
        let finding = behind(&answer, &asked.value, setting);
        let said = match earlier_stage(&answer, &asked.value, setting) {
            Some(earlier) => Feedback::plain(Tone::Wrong, earlier),
            None => wrong(&answer, finding.as_ref(), setting, value),
        };
        (said, finding)
    }

    /// Takes the place picked as the first wrong one.
    pub(super) fn find(&mut self, places: &[String], says: &Text, setting: &Setting) -> Feedback {
        let Self::Places { selected: Some(selected), values, refuted, first_wrong } = self else {
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
        let value = setting.show(&place).unwrap_or_default();
        let theirs = values.get(*selected).map(|(_, value)| *value);
        let right = setting.right_pass().ok().zip(place.parse::<Address>().ok());
        let right = right.and_then(|(pass, at)| pass.get(&at).ok()?.first().copied());
        let said = match (*selected < *first_wrong, right == theirs) {
            (true, _) => format!("`{place}` is {value} in the network too. The bug comes later."),
            // A unit beside the wrong one may be right although it is listed behind it.
            (false, true) => {
                format!("`{place}` is {value} in the network too: this one is right. The bug is elsewhere.")
            }
            (false, false) => format!("`{place}` is wrong too, but a value before it in the list is wrong already."),
        };
        Feedback { tone: Tone::Wrong, text: spans(&said) }
    }
}

/// What is behind a wrong number, if a value of the pass is asked for.
fn behind(answer: &Answer, asked: &str, setting: &Setting) -> Option<Finding> {
    let at = match asked.trim() {
        "y" if setting.network.outputs() == 1 => Address::output(0),
        address => address.parse().ok()?,
    };
    let observation = Observation { input: setting.input.clone(), at, answers: vec![answer.clone()] };
    let mut finding = Finding::new(&setting.network, &setting.model.facts, &[observation]).ok()?;
    finding.conclude_soon();
    Some(finding)
}

/// What is said to a wrong number: the mistake behind it, or where it differs; never the right number.
fn wrong(
    answer: &Answer,
    finding: Option<&Finding>,
    setting: &Setting,
    value: impl Fn(&[Mistake]) -> Option<f64>,
) -> Feedback {
    let looks_as_if = |says: String| Feedback { tone: Tone::Wrong, text: spans(&format!("It looks as if {says}.")) };
    let is_negated = value(&[]).is_some_and(|right| answer.agrees(-right));
    let verdict = verdict(answer, &Mistake::of_method(&setting.network), value);
    let diagnosis = finding.and_then(|finding| Some((finding.diagnosis()?, finding.chosen())));
    match (diagnosis, verdict) {
        // A lost sign is likelier than any mistake that happens to turn it.
        (_, Verdict::Differs(Digit::Sign)) if is_negated => {
            Feedback::plain(Tone::Wrong, "Not yet: it differs in the sign.")
        }
        (Some((diagnosis, Some((_, best)))), _) if diagnosis.conclusion == Conclusion::Mistake => {
            let says: Vec<String> = best.mistakes.iter().map(|mistake| mistake.says(&setting.network)).collect();
            looks_as_if(says.join(", and "))
        }
        (Some((diagnosis, _)), _) if diagnosis.reach.is_some() => {
            Feedback::plain(Tone::Wrong, "Nearly: that is rounding on the way. Keep more decimals until the end.")
        }
        (_, Verdict::Mistake(mistake)) => looks_as_if(mistake.says(&setting.network)),
        (_, Verdict::Differs(digit)) => {
            Feedback::plain(Tone::Wrong, format!("Not yet: it differs in {}.", digit.says()))
        }
        (_, Verdict::Right | Verdict::Cut) => Feedback::plain(Tone::Wrong, "Not yet."),
    }
}

/// What an answer is, if it is the value of an earlier stage of the unit that is asked about.
fn earlier_stage(answer: &Answer, asked: &str, setting: &Setting) -> Option<String> {
    let address: Address = asked.parse().ok()?;
    let place = address.resolve(&setting.network).ok()?;
    let (Source::Stage(layer, stage), Some(unit)) = (place.source, place.index) else { return None };
    let pass = setting.right_pass().ok()?;
    let is = |earlier: Stage| {
        let value = pass.stage(layer, earlier).and_then(|values| values.get(unit));
        stage > earlier && value.is_some_and(|&value| answer.agrees(f64::from(value)))
    };
    match () {
        () if is(Stage::Z) => Some("That is the number before the activation.".to_owned()),
        () if is(Stage::Wx) => Some("That is the sum before the bias joins.".to_owned()),
        () => None,
    }
}

/// Whether an option is right.
pub fn is_right(option: &Choice, setting: &Setting) -> bool {
    match &option.condition {
        None => option.right,
        Some(condition) => setting.holds(condition) == Ok(true),
    }
}
