//! The state of the app, and what every message changes.
//!
//! No terminal, no clock, no file: [`App::update`] takes a message and the time, and returns [`Effects`].

pub mod animation;
mod answering;
pub mod bench;
pub mod field;
pub mod finding;
pub mod glossary;
mod history;
pub mod hunt;
pub mod input;
mod model_says;
mod msg;
pub mod own;
pub mod player;
pub mod progress;
mod step_state;
mod study;
mod texts;
mod update;
pub mod walk_bench;
mod weights;
pub mod what_if_list;

use std::{sync::Arc, time::Duration};

pub use answering::{Asked, Feedback, Tone, is_right};
pub use bench::{Bench, Cell, HiddenValues, Pane, value_name, yours_text};
use finding::Finding;
pub use model_says::ModelPanel;
pub use msg::{Effects, FileText, Msg, Wanted};
use own::Own;
pub use progress::Progress;
pub use study::{Outcome, Scroll, Study};
use walk_bench::WalkBench;
pub use what_if_list::WhatIfList;

use hunt::{HuntRecord, Hunts};

use crate::{
    course::{self, Course, Folder},
    load::Model,
    setting, words,
};

/// The whole app.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub struct App {
    /// What is shown.
    pub screen: Screen,
    /// The overlay on top of it.
    pub overlay: Overlay,
    /// The lessons.
    pub course: Course,
    folder: Folder,
    language: String,
    /// How far the learner has come.
    pub progress: Progress,
    /// A line that says what just happened or went wrong.
    pub notice: Option<String>,
    /// Progress cannot be saved; every screen says so as long as it holds.
    pub unsaved: bool,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Whether the bench shows what the reason for a wrong number led to.
    opened_from_panel: bool,
    /// The learner's own network, while something else is shown.
    own_network: Option<OwnNetwork>,
    /// The lesson that was left for the list, as it was left.
    left_lesson: Option<(Box<Bench>, Box<Study>)>,
    /// The number typed so far in the list of lessons.
    typed_number: usize,
    /// Whether things move smoothly, or step.
    pub motion: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The seed of the next lesson with hunts; it comes from the shell.
    pub seed: u32,
    /// How many steps each lesson has.
    lengths: Vec<usize>,
    /// The page on which the learner brings a network of their own; it keeps what was pasted.
    pub own: Own,
    /// The networks that the learner has kept, by name.
    pub kept: Vec<String>,
    /// What the shell is to do next.
    wanted: Option<Wanted>,
    /// The bench with the learner's own network, as they left it.
    own_bench: Option<Box<Bench>>,
}

/// The learner's own network, while something else is shown.
#[derive(Debug, Clone)]
struct OwnNetwork {
    /// Its bench.
    screen: Box<Screen>,
    /// Whether the lesson that is shown was opened from there, and leads back to it.
    lesson_returns_here: bool,
}

/// What is shown.
#[derive(Debug, Clone)]
pub enum Screen {
    /// The list of lessons; the one under the cursor.
    Menu {
        /// Which lesson; behind the last one stand the learner's own networks.
        selected: usize,
    },
    /// The page on which the learner brings a network of their own.
    Own {
        /// The screen that is shown again when they leave it.
        beneath: Box<Screen>,
    },
    /// A model of the learner's own, or a built-in one.
    Open(Box<Bench>),
    /// A lesson.
    Lesson(Box<Bench>, Box<Study>),
    /// A network of any shape, or a training.
    Walk(Box<WalkBench>),
}

/// What is drawn on top of the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The help, scrolled by so many lines.
    Help {
        /// Lines above the first one shown.
        scroll: usize,
    },
    /// The list of what-ifs.
    WhatIfs(WhatIfList),
    /// Why the learner's own number differs, in a network of any shape or in a training.
    WalkFinding {
        /// Lines above the first one shown.
        scroll: usize,
    },
    /// Why the learner's own number differs.
    Finding(FindingPanel),
    /// The words of the subject, scrolled by so many lines.
    Glossary {
        /// Lines above the first one shown.
        scroll: usize,
    },
    /// Why the model's own number differs.
    ModelSays(ModelPanel),
}

/// The state of the panel that explains the learner's own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FindingPanel {
    /// Lines above the first one shown.
    pub scroll: usize,
    /// The number under the cursor.
    pub number: usize,
}

impl App {
    /// The list of lessons, at the one that was open last.
    pub fn new(course: Course, folder: Folder, language: &str, progress: Progress) -> Self {
        let lengths = course.entries.iter().map(|entry| course::step_count(&folder, &entry.id, language)).collect();
        let last = progress.last.as_deref().and_then(|id| course.position(id)).unwrap_or(0);
        Self {
            screen: Screen::Menu { selected: last },
            overlay: Overlay::None,
            course,
            folder,
            language: language.to_owned(),
            progress,
            notice: None,
            unsaved: false,
            size: (80, 24),
            opened_from_panel: false,
            own_network: None,
            left_lesson: None,
            typed_number: 0,
            motion: true,
            mouse: true,
            seed: 0,
            lengths,
            own: Own::default(),
            kept: Vec::new(),
            wanted: None,
            own_bench: None,
        }
    }

    /// Opens a lesson at its first unfinished step.
    ///
    /// # Errors
    /// A sentence for the learner if the lesson's file is faulty.
    pub fn open_lesson(&mut self, number: usize) -> Result<(), String> {
        self.left_lesson = None;
        let Some(entry) = self.course.entries.get(number) else { return Err(words::menu::no_lesson()) };
        let cannot = |why: String| words::menu::cannot_show(&entry.id, why);
        let lesson = course::lesson(&self.folder, &entry.id, &self.language)
            .map_err(|faults| cannot(faults.first().map(ToString::to_string).unwrap_or_default()))?;
        let hunted = self.progress.hunted.get(&entry.id).cloned();
        let hunted = hunted.unwrap_or_else(|| HuntRecord { seed: self.seed, ..HuntRecord::default() });
        let settings = setting::seeded(&lesson, hunted.seed).map_err(|why| cannot(why.to_string()))?;
        let Some(first) = settings.first() else { return Err(cannot(words::menu::no_steps())) };
        let mut bench = Bench::from_setting(first).map_err(|why| cannot(why.to_string()))?;
        if let Some(before) = self.bench() {
            bench.keep_preferences_of(before);
        }
        let hunts = Hunts::choose(&lesson, &settings, &hunted, &self.course);
        let mut done = self.progress.of(&entry.id);
        done.retain(|task| hunts.round(task).is_none_or(|(_, round)| round.marks.are_complete()));
        let mut study = Study::new(lesson, number, entry.title.clone(), settings, done, hunts);
        study.own.clone_from(&self.own_bench);
        study.taught = self.course.entries.iter().take(number + 1).map(|entry| entry.id.clone()).collect();
        // The step where the learner left, if it was this lesson.
        let here = self.progress.last.as_ref() == Some(&entry.id);
        let shown = study.lesson.steps.iter().position(|step| Some(&step.task.id) == self.progress.at.as_ref());
        let step = shown.filter(|_| here).unwrap_or(study.step);
        study.enter(step, &mut bench);
        self.progress.last = Some(entry.id.clone());
        if !study.hunts.is_empty() && self.progress.note_hunt(&entry.id, hunted) {
            self.seed = next_seed(self.seed);
        }
        self.progress.at = study.current().map(|step| step.task.id.clone());
        self.screen = Screen::Lesson(Box::new(bench), Box::new(study));
        Ok(())
    }

    /// Chooses other bugs for the hunts of the lesson that is shown, and shows the first of them.
    ///
    /// # Errors
    /// A sentence for the learner if the lesson's file has become faulty.
    pub fn hunt_again(&mut self) -> Result<(), String> {
        let Some(study) = self.study() else { return Ok(()) };
        let Some(first) = study.hunts.first().map(|round| round.task.clone()) else { return Ok(()) };
        let number = study.number;
        let id = study.lesson.id.clone();
        self.progress.hunted.remove(&id);
        self.progress.at = Some(first);
        self.open_lesson(number)
    }

    /// Opens the lesson that was open last, if it is not finished; otherwise shows the list at the first unfinished one.
    pub fn go_on(&mut self) {
        let unfinished = |number: &usize| self.finished(*number) < self.steps(*number);
        let last = self.progress.last.as_deref().and_then(|id| self.course.position(id));
        let first = (0..self.course.entries.len()).find(unfinished).unwrap_or(0);
        let here = last.filter(unfinished);
        self.screen = Screen::Menu { selected: here.unwrap_or(first) };
        if let Some(number) = here
            && let Err(why) = self.open_lesson(number)
        {
            self.notice = Some(why);
        }
    }

    /// Opens a model on the bench.
    ///
    /// # Errors
    /// A sentence if the input does not fit the model.
    pub fn open_model(&mut self, model: Model, input: Option<Vec<f32>>) -> Result<(), String> {
        let bench = Bench::new(Arc::new(model), input).map_err(|why| why.to_string())?;
        self.own.is_on_bench = false;
        self.screen = Screen::Open(Box::new(bench));
        Ok(())
    }

    /// Opens a network of any shape, or a training.
    pub fn open_walk(&mut self, bench: WalkBench) {
        self.own.is_on_bench = false;
        self.screen = Screen::Walk(Box::new(bench));
    }

    /// Whether the learner opened a network of their own, and something else is shown.
    pub fn has_own_network(&self) -> bool {
        self.own_network.is_some()
    }

    /// The bench, if one is shown.
    pub fn bench(&self) -> Option<&Bench> {
        match &self.screen {
            Screen::Menu { .. } | Screen::Own { .. } | Screen::Walk(_) => None,
            Screen::Open(bench) | Screen::Lesson(bench, _) => Some(bench),
        }
    }

    /// The lesson, if one is shown.
    pub fn study(&self) -> Option<&Study> {
        match &self.screen {
            Screen::Lesson(_, study) => Some(study),
            _ => None,
        }
    }

    /// When the picture changes by itself; `None` at rest.
    pub fn next_change(&self, now: Duration) -> Option<Duration> {
        // A running search needs its next slice.
        if self.finding().is_some_and(Finding::is_searching) {
            return Some(now + Duration::from_millis(1));
        }
        if matches!(self.screen, Screen::Own { .. }) {
            return self.own.next_reading();
        }
        if let Screen::Walk(bench) = &self.screen {
            let plays = bench.player().animation().map(|animation| animation.next_change(now));
            // A training or a search that is going on needs its next slice.
            return plays.or_else(|| bench.is_working().then(|| now + Duration::from_millis(1)));
        }
        self.bench()?.animation().map(|animation| animation.next_change(now))
    }

    /// Whether a text field has the focus.
    pub fn is_typing(&self) -> bool {
        match &self.screen {
            Screen::Own { .. } => true,
            Screen::Walk(bench) => bench.field.is_some(),
            _ => self.bench().is_some_and(|bench| bench.field.is_some()),
        }
    }

    /// What the shell is to do, once.
    pub fn take_wanted(&mut self) -> Option<Wanted> {
        self.wanted.take()
    }

    /// How many steps a lesson has; 0 if its file is faulty.
    pub fn steps(&self, number: usize) -> usize {
        self.lengths.get(number).copied().unwrap_or(0)
    }

    /// How many tasks of a lesson are finished.
    pub fn finished(&self, number: usize) -> usize {
        self.course.entries.get(number).map_or(0, |entry| self.progress.of(&entry.id).len())
    }
}

/// The seed after this one: none comes again before all others have come (Knuth's linear congruential generator, as in
/// "Numerical Recipes").
fn next_seed(seed: u32) -> u32 {
    seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)
}
