//! What the right answers of a lesson are, computed by the engine.

use std::collections::BTreeSet;

use byhand::{
    course::{Choice, FIRST_LANGUAGE, Folder, Lesson, TaskKind, lesson},
    formula::{Formula, Scene},
    mistake::Mistake,
    pass::Pass,
    setting::{Setting, seeded},
};

/// A lesson with its answers.
pub(crate) struct Guide {
    pub(crate) lesson: Lesson,
    pub(crate) settings: Vec<Setting>,
    seed: u32,
}

impl Guide {
    pub(crate) fn to(id: &str) -> Self {
        Self::seeded(id, 0)
    }

    /// The same where this seed chooses the hunts.
    pub(crate) fn seeded(id: &str, seed: u32) -> Self {
        let lesson = lesson(&Folder::Embedded, id, FIRST_LANGUAGE).unwrap();
        let settings = seeded(&lesson, seed).unwrap();
        Self { lesson, settings, seed }
    }

    /// The id of every task.
    pub(crate) fn tasks(&self) -> BTreeSet<String> {
        self.lesson.steps.iter().map(|step| step.task.id.clone()).collect()
    }

    /// Which step asks this task, from 0.
    pub(crate) fn step(&self, task: &str) -> usize {
        self.lesson.steps.iter().position(|step| step.task.id == task).unwrap()
    }

    /// What the header says in the step of this task.
    pub(crate) fn header(&self, task: &str) -> String {
        format!("step {}/{}", self.step(task) + 1, self.lesson.steps.len())
    }

    /// The number key of the right option of this task.
    pub(crate) fn key(&self, task: &str) -> String {
        let step = self.step(task);
        let (TaskKind::Choose { options, .. } | TaskKind::Predict { options, .. }) = &self.lesson.steps[step].task.kind
        else {
            panic!("`{task}` has no options");
        };
        let right = options.iter().position(|option| is_right(option, &self.settings[step]));
        (right.unwrap() + 1).to_string()
    }

    /// The number key of the first wrong place of this task.
    pub(crate) fn place(&self, task: &str) -> String {
        let step = self.step(task);
        let (planted, places) = match &self.lesson.steps[step].task.kind {
            TaskKind::Find { planted, places, .. } => (planted, places),
            TaskKind::Hunt(hunt) => (&hunt.suspects[hunt.choose(task, self.seed).suspect].planted, &hunt.places),
            _ => panic!("`{task}` is not about places"),
        };
        (first_wrong(&self.settings[step], planted, places) + 1).to_string()
    }
}

impl Guide {
    /// The number key of the mistake that was chosen for the hunt of this task.
    pub(crate) fn name(&self, task: &str) -> String {
        let TaskKind::Hunt(hunt) = &self.lesson.steps[self.step(task)].task.kind else {
            panic!("`{task}` is no hunt");
        };
        (hunt.choose(task, self.seed).suspect + 1).to_string()
    }

    /// The ids of the hunts.
    pub(crate) fn hunts(&self) -> Vec<String> {
        let steps = self.lesson.steps.iter().filter(|step| matches!(step.task.kind, TaskKind::Hunt(_)));
        steps.map(|step| step.task.id.clone()).collect()
    }
}

pub(crate) fn is_right(option: &Choice, setting: &Setting) -> bool {
    option.condition.as_ref().map_or(option.right, |condition| setting.holds(condition).unwrap())
}

/// Which of the places holds another value with the planted mistakes than without.
pub(crate) fn first_wrong(setting: &Setting, planted: &[String], places: &[String]) -> usize {
    let wrong = Pass::new(&setting.network, &setting.input, &setting.mistakes(planted).unwrap()).unwrap();
    let right = Pass::new(&setting.network, &setting.input, &[]).unwrap();
    let value = |pass: &Pass, place: &str| pass.get(&place.parse().unwrap()).unwrap()[0].to_bits();
    places.iter().position(|place| value(&wrong, place) != value(&right, place)).unwrap()
}

/// The number that a formula gives in a setting, with mistakes.
pub(crate) fn number(setting: &Setting, formula: &str, mistakes: &[Mistake]) -> f64 {
    let scene = Scene { mistakes, ..setting.scene() };
    Formula::parse(formula).unwrap().evaluate(&scene).unwrap().number().unwrap()
}
