//! A learner in a lesson: the step, the answers and the replies.

mod own;
mod scroll;

use std::{collections::BTreeSet, time::Duration};

pub use scroll::Scroll;

use super::{
    answering::{Asked, Calculation, Feedback, Tone, is_right},
    bench::{Bench, HiddenValues, Pane},
    field::FieldOf,
    finding::Finding,
    hunt::Hunts,
    input::read_number,
    msg::Msg,
    step_state::State,
    texts,
};
use crate::{
    course::{Lesson, LessonStep, Line, Span, TaskKind},
    pass::Stride,
    setting::{Setting, View},
    words,
};

/// A lesson that is being followed.
#[derive(Debug, Clone)]
pub struct Study {
    /// The lesson.
    pub lesson: Lesson,
    /// Its position in the course.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// The ids of the lessons up to this one.
    pub taught: Vec<String>,
    /// Of each step the lines of its calculation, as they stand in the lesson.
    lines: Vec<Vec<Line>>,
    /// How the bench is set before each step.
    pub settings: Vec<Setting>,
    /// Which step is shown; one past the last is the lesson's end.
    pub step: usize,
    /// What the learner has done in this step.
    pub asked: Asked,
    /// The tasks of this lesson that were finished, now or before.
    pub done: BTreeSet<String>,
    /// The hunts of this lesson with their points.
    pub hunts: Hunts,
    /// How many hints are shown.
    pub hints: usize,
    /// What was said to the last answer.
    pub feedback: Option<Feedback>,
    /// The reply to a guess, shown after playback.
    after_watching: Option<Feedback>,
    /// The lines of a calculation that are filled in, as typed, when all are.
    pub filled: Vec<String>,
    /// The places to pick from, when the first wrong one was found.
    pub found_place: Option<Asked>,
    /// Which option of a question is right, by position.
    pub right_options: Vec<bool>,
    /// Why the last wrong number differs, if it is a value of the pass.
    pub finding: Option<Finding>,
    /// The option that was picked or locked last in this step.
    pub picked: Option<usize>,
    /// How far the text is scrolled.
    pub scroll: Scroll,
    /// The bench with the learner's own network, as they left it.
    pub(super) own: Option<Box<Bench>>,
    /// Whether a step has been shown, so that what is on the bench belongs to one.
    is_entered: bool,
    /// The steps as they were read, with their formulas.
    unresolved: Vec<LessonStep>,
}

/// What an answer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The task is not finished.
    Unfinished,
    /// The task has just been finished.
    Finished,
}

impl Study {
    /// Opens a lesson at its first unfinished step.
    pub fn new(
        lesson: Lesson,
        number: usize,
        title: String,
        settings: Vec<Setting>,
        done: BTreeSet<String>,
        hunts: Hunts,
    ) -> Self {
        let step = lesson.steps.iter().position(|step| !done.contains(&step.task.id)).unwrap_or(0);
        let asked = Asked::Nothing;
        let unresolved = lesson.steps.clone();
        let taught = vec![lesson.id.clone()];
        let lines = lesson.steps.iter().map(|step| match &step.task.kind {
            TaskKind::Type { lines, .. } => lines.clone(),
            _ => Vec::new(),
        });
        let lines = lines.collect();
        Self {
            lines,
            taught,
            lesson,
            number,
            title,
            settings,
            step,
            asked,
            done,
            hunts,
            hints: 0,
            feedback: None,
            after_watching: None,
            filled: Vec::new(),
            found_place: None,
            right_options: Vec::new(),
            finding: None,
            picked: None,
            scroll: Scroll::Top(0),
            own: None,
            is_entered: false,
            unresolved,
        }
    }

    /// The step that is shown; `None` at the lesson's end.
    pub fn current(&self) -> Option<&LessonStep> {
        self.lesson.steps.get(self.step)
    }

    /// The setting of the step that is shown (of the last one at the lesson's end).
    pub fn setting(&self) -> Option<&Setting> {
        self.settings.get(self.step).or(self.settings.last())
    }

    /// Whether the task of the step that is shown is finished.
    pub fn is_done(&self) -> bool {
        self.current().is_none_or(|step| self.done.contains(&step.task.id)) && !self.asked.is_open()
    }

    /// How many tasks are finished.
    pub fn finished(&self) -> usize {
        self.lesson.steps.iter().filter(|step| self.done.contains(&step.task.id)).count()
    }

    /// Whether the playback after a guess is running.
    pub fn is_watching_a_guess(&self) -> bool {
        self.after_watching.is_some()
    }

    /// Whether a guess is to be made before anything is seen.
    pub fn asks_for_a_guess(&self) -> bool {
        let is_guess = |step: &LessonStep| matches!(step.task.kind, TaskKind::Predict { .. });
        matches!(self.asked, Asked::Options { .. }) && self.current().is_some_and(is_guess)
    }

    /// Whether the learner is to find a number themselves, so that an explanation must not show it.
    pub fn hides_answers(&self) -> bool {
        !self.is_done()
            && matches!(
                self.current().map(|step| &step.task.kind),
                Some(TaskKind::Type { .. } | TaskKind::Predict { .. })
            )
    }

    /// Shows a step: puts its setting on the bench and begins its task.
    pub fn enter(&mut self, step: usize, bench: &mut Bench) {
        if std::mem::replace(&mut self.is_entered, true) {
            self.leave(bench);
        }
        self.step = step.min(self.lesson.steps.len());
        (self.hints, self.feedback, self.picked, self.scroll) = (0, None, None, Scroll::Top(0));
        (self.finding, self.after_watching, self.found_place) = (None, None, None);
        let own = self.own.as_ref().filter(|_| self.setting().is_some_and(|setting| setting.own));
        let fresh = match own {
            Some(own) => Some((**own).clone()),
            None => self.setting().and_then(|setting| Bench::from_setting(setting).ok()),
        };
        if let Some(mut fresh) = fresh {
            fresh.keep_preferences_of(bench);
            *bench = fresh;
        }
        self.look_at_own(bench);
        self.resolve_texts();
        self.asked = match self.current() {
            Some(step) => {
                let suspect = self.hunts.round(&step.task.id).map(|(_, round)| round.suspect);
                Asked::begin(&step.task.kind, self.setting(), bench, suspect)
            }
            None => Asked::Nothing,
        };
        self.filled = self.given_lines();
        if let Asked::Blanks { line, filled, .. } = &mut self.asked {
            filled.clone_from(&self.filled);
            let line = *line;
            bench.focus(FieldOf::Blank(line));
        }
        self.hide_what_is_asked(bench);
        bench.pane = Pane::Lesson;
        if self.step == self.lesson.steps.len() {
            bench.view = View::Network;
            bench.go_to(usize::MAX);
        }
    }

    /// Hides the numbers on the bench that are still asked for.
    fn hide_what_is_asked(&self, bench: &mut Bench) {
        bench.hidden = match (self.current().map(|step| &step.task.kind), &self.asked, self.setting()) {
            (Some(TaskKind::Type { lines, .. }), Asked::Blanks { line, .. }, Some(setting)) => {
                HiddenValues::of(lines, *line, setting)
            }
            _ => HiddenValues::default(),
        };
    }

    /// The numbers of the calculation lines that are already filled in.
    fn given_lines(&self) -> Vec<String> {
        let (Some(step), Some(setting)) = (self.current(), self.setting()) else { return Vec::new() };
        let TaskKind::Type { lines, given, .. } = &step.task.kind else { return Vec::new() };
        lines.iter().take(*given).map(|line| setting.show(&line.value).unwrap_or_default()).collect()
    }

    /// Evaluates every formula in the texts of the step, once: a frame only draws them.
    fn resolve_texts(&mut self) {
        let Some(setting) = self.settings.get(self.step).or(self.settings.last()) else { return };
        self.right_options = Vec::new();
        // A step about the learner's own network says something else when they bring another one.
        if let (true, Some(step), Some(read)) =
            (setting.own, self.lesson.steps.get_mut(self.step), self.unresolved.get(self.step))
        {
            step.clone_from(read);
        }
        match self.lesson.steps.get_mut(self.step) {
            Some(step) => {
                if let (TaskKind::Type { lines, .. }, Some(own)) = (&mut step.task.kind, self.lines.get(self.step)) {
                    lines.clone_from(own);
                }
                texts::resolve_step(step, setting);
                if let TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } = &step.task.kind {
                    self.right_options = options.iter().map(|option| is_right(option, setting)).collect();
                }
            }
            None => self.lesson.learnt.iter_mut().for_each(|text| texts::resolve(text, setting)),
        }
    }

    /// Does what Enter means in this step.
    pub fn answer(&mut self, bench: &mut Bench, smooth: bool, now: Duration) -> Outcome {
        let (Some(step), Some(setting)) = (self.lesson.steps.get(self.step), self.settings.get(self.step)) else {
            return Outcome::Unfinished;
        };
        let kind = &step.task.kind;
        let before = self.asked.clone();
        let mut right = None;
        self.scroll = Scroll::End(0);
        if let Asked::Options { selected, .. } | Asked::Places { selected, .. } = self.asked {
            self.picked = selected;
        }
        self.feedback = match (kind, &mut self.asked) {
            (_, Asked::Watch { from, to, stride }) => {
                let from = if (*from..*to).contains(&bench.position()) { bench.position() } else { *from };
                bench.play_between(from, *to, *stride, smooth, now);
                bench.pane = Pane::Picture(bench.view);
                self.feedback.take()
            }
            (TaskKind::Choose { options, .. }, asked @ Asked::Options { .. }) => asked.choose(options, setting),
            (TaskKind::Predict { options, then, watch, .. }, asked @ Asked::Options { .. }) => {
                let mut guessed = asked.lock(options, setting);
                *asked = Asked::Nothing;
                if let Ok(after) = setting.then(then)
                    && let Ok(mut fresh) = Bench::from_setting(&after)
                {
                    fresh.keep_preferences_of(bench);
                    *bench = fresh;
                    match watch {
                        Some(watch) => {
                            *asked = Asked::watch(watch, bench);
                            if let Asked::Watch { from, to, stride } = *asked {
                                bench.play_between(from, to, stride, smooth, now);
                                bench.pane = Pane::Picture(bench.view);
                                // The verdict comes after the playback.
                                self.after_watching = guessed.take();
                                guessed = Some(Feedback::plain(Tone::Note, words::lesson::locked()));
                            }
                        }
                        // Now show what the guess was about.
                        None if then.at.is_none() => bench.go_to(usize::MAX),
                        None => {}
                    }
                }
                guessed
            }
            (TaskKind::Type { lines, decimals, .. }, asked @ Asked::Blanks { .. }) => {
                let blank = asked.line();
                let typed = bench.field.as_ref().map(|field| field.text().to_owned()).unwrap_or_default();
                let task = Calculation { lines, decimals: *decimals };
                let (said, finding) = asked.fill(&typed, &task, setting, &self.taught);
                self.finding = finding;
                if said.tone == Tone::Right {
                    let number = read_number(&typed).map_or(typed, |typed| typed.answer.text().to_owned());
                    self.filled.push(number);
                    reveal(bench, lines, blank);
                    right = blank;
                }
                match asked {
                    Asked::Blanks { line, .. } if said.tone == Tone::Right => {
                        bench.close_field();
                        bench.focus(FieldOf::Blank(*line));
                    }
                    Asked::Blanks { .. } => {
                        if let Some(field) = &mut bench.field {
                            field.refuse(String::new());
                        }
                    }
                    _ => bench.close_field(),
                }
                Some(said)
            }
            (TaskKind::Find { places, says, .. }, asked @ Asked::Places { .. }) => {
                Some(asked.find(places, says, setting))
            }
            (TaskKind::Hunt(hunt), asked) => self.hunts.answer(hunt, &step.task.id, asked, setting),
            _ => self.feedback.take(),
        };
        self.write_line(right);
        self.hide_what_is_asked(bench);
        if matches!(before, Asked::Places { .. }) && !matches!(self.asked, Asked::Places { .. }) {
            self.found_place = Some(before);
        }
        self.check_task(bench)
    }

    /// Writes a line that was filled in with as many digits as it takes for its equation to be true with the number typed.
    fn write_line(&mut self, line: Option<usize>) {
        let Some(line) = line else { return };
        let (Some(step), Some(setting)) = (self.lesson.steps.get_mut(self.step), self.settings.get(self.step)) else {
            return;
        };
        let TaskKind::Type { lines, .. } = &mut step.task.kind else { return };
        let own = self.lines.get(self.step).and_then(|lines| lines.get(line));
        if let (Some(shown), Some(own), Some(typed)) = (lines.get_mut(line), own, self.filled.get(line)) {
            shown.text.clone_from(&own.text);
            texts::resolve_line(&mut shown.text, Span::Plain(typed.clone()), setting);
        }
    }

    /// Checks whether the bench is now what the step asks for.
    pub fn check_task(&mut self, bench: &mut Bench) -> Outcome {
        let Some(step) = self.lesson.steps.get(self.step) else { return Outcome::Unfinished };
        match (&step.task.kind, &mut self.asked) {
            (TaskKind::Toggle { .. } | TaskKind::Edit { .. }, asked) => {
                // A number that is still being typed does not count.
                if bench.field.is_some() {
                    return Outcome::Unfinished;
                }
                let state = State::of(&step.task.kind, bench);
                let solved = self.done.contains(&step.task.id) && *asked == Asked::Nothing;
                if state == State::Solved {
                    *asked = Asked::Nothing;
                }
                self.feedback = state.feedback(&step.task.kind, solved, bench);
            }
            (TaskKind::Diagnose(task), asked @ Asked::Bench)
                if bench.field.is_none() && own::is_diagnosed(task, bench) =>
            {
                *asked = Asked::Nothing;
                self.feedback = Some(Feedback { tone: Tone::Right, text: task.says.clone() });
            }
            (_, asked @ Asked::Watch { .. }) => {
                let Asked::Watch { to, .. } = asked else { return Outcome::Unfinished };
                if bench.animation().is_none() && bench.position() >= *to {
                    *asked = Asked::Nothing;
                    bench.pane = Pane::Lesson;
                    if let Some(guessed) = self.after_watching.take() {
                        self.feedback = Some(guessed);
                        self.scroll = Scroll::End(0);
                    }
                }
            }
            _ => {}
        }
        if self.asked.is_open() || !self.done.insert(step.task.id.clone()) {
            return Outcome::Unfinished;
        }
        Outcome::Finished
    }

    /// Whether this step has a hint that was not shown yet.
    pub fn has_more_hints(&self) -> bool {
        !self.is_done() && self.current().is_some_and(|step| self.hints < step.task.hints.len())
    }

    /// One more hint, if there is one.
    pub fn hint(&mut self) {
        let most = self.current().map_or(0, |step| step.task.hints.len());
        self.hints = (self.hints + 1).min(most);
        self.scroll = Scroll::End(0);
    }

    /// What has to be done before Enter means anything; `None` where Enter can be taken.
    pub fn waits_for(&self) -> Option<String> {
        match (&self.current()?.task.kind, &self.asked) {
            (_, Asked::Options { selected: None, .. } | Asked::Places { selected: None, .. }) => {
                Some(words::lesson::choose_first())
            }
            (
                _,
                Asked::Options { selected: Some(at), refuted, .. } | Asked::Places { selected: Some(at), refuted, .. },
            ) if refuted.contains(at) => Some(words::lesson::refuted()),
            (TaskKind::Toggle { .. }, Asked::Bench) => Some(words::lesson::switch_first()),
            (TaskKind::Edit { .. }, Asked::Bench) => Some(words::lesson::edit_first()),
            (TaskKind::Diagnose(_), Asked::Bench) => Some(words::lesson::type_first()),
            _ => None,
        }
    }

    /// Why something cannot be done in this step, if it cannot: a guess comes before the answer, and an exercise about the
    /// bias is not solved by another weight.
    pub(super) fn refuses(&self, bench: Option<&Bench>, msg: &Msg) -> Option<String> {
        let task = &self.current()?.task.kind;
        match (task, &self.asked) {
            (TaskKind::Predict { .. }, Asked::Options { .. }) if msg.looks_ahead() => Some(words::lesson::lock_first()),
            (TaskKind::Toggle { .. } | TaskKind::Find { .. } | TaskKind::Hunt { .. }, asked)
                if asked.is_open() && matches!(msg, Msg::OpenFinding | Msg::CopySolution) =>
            {
                Some(words::lesson::find_yourself())
            }
            (TaskKind::Type { .. }, Asked::Blanks { .. }) if *msg == Msg::OpenFinding && self.finding.is_none() => {
                let own = bench.is_some_and(|bench| !bench.own_numbers().is_empty());
                (!own).then(words::lesson::press_enter_first)
            }
            (TaskKind::Edit { may, .. }, Asked::Bench) if !may.is_empty() => {
                let name = match msg {
                    Msg::Focus(FieldOf::Input) => "input".to_owned(),
                    Msg::EditCell | Msg::TypeCell(_) | Msg::Nudge(_) => bench?.cell_list()?,
                    _ => return None,
                };
                (!may.contains(&name)).then(|| words::lesson::only_about(words::lists::and(may)))
            }
            _ => None,
        }
    }

    /// The first list of weights that this step lets one change.
    pub(super) fn first_weight(&self) -> Option<String> {
        match &self.current()?.task.kind {
            TaskKind::Edit { may, .. } => may.iter().find(|name| name.contains('.')).cloned(),
            _ => None,
        }
    }

    /// The passage that this step plays: `from`, `to`, stride. `None`: the whole pass.
    pub fn play_to(&self) -> Option<(usize, usize, Stride)> {
        match self.asked {
            Asked::Watch { from, to, stride, .. } => Some((from, to, stride)),
            _ => None,
        }
    }
}

/// Moves to the value that was just found, if it is a value of the pass.
fn reveal(bench: &mut Bench, lines: &[Line], line: Option<usize>) {
    let position = line.and_then(|line| Setting::position(bench.pass(), &lines.get(line)?.value).ok());
    if let Some(position) = position.filter(|position| *position > bench.position()) {
        bench.go_to(position);
    }
}
