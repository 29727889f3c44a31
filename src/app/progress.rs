//! How far the learner has come. Pure data; the shell keeps it in a file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::hunt::HuntRecord;

/// The version of the file's form.
pub const VERSION: u32 = 1;

/// How far the learner has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The version of the form; a newer one is not touched.
    pub version: u32,
    /// Finished tasks by lesson.
    #[serde(default)]
    pub done: BTreeMap<String, BTreeSet<String>>,
    /// The seeds and answers of lessons with hunts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hunted: BTreeMap<String, HuntRecord>,
    /// The lesson that was open last.
    #[serde(default)]
    pub last: Option<String>,
    /// The task that was shown last there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { version: VERSION, done: BTreeMap::new(), hunted: BTreeMap::new(), last: None, at: None }
    }
}

impl Progress {
    /// The finished tasks of one lesson.
    pub fn of(&self, lesson: &str) -> BTreeSet<String> {
        self.done.get(lesson).cloned().unwrap_or_default()
    }

    /// Notes that tasks are finished, and that this lesson was open last.
    pub fn note(&mut self, lesson: &str, tasks: &BTreeSet<String>) {
        if !tasks.is_empty() {
            self.done.entry(lesson.to_owned()).or_default().extend(tasks.iter().cloned());
        }
        self.last = Some(lesson.to_owned());
    }

    /// Keeps the answers of a lesson with hunts. `false` if they were kept before.
    pub fn note_hunt(&mut self, lesson: &str, hunted: HuntRecord) -> bool {
        let new = self.hunted.get(lesson) != Some(&hunted);
        self.hunted.insert(lesson.to_owned(), hunted);
        new
    }

    /// Adds what another instance has finished meanwhile; nothing finished is removed.
    pub fn merge(&mut self, other: &Self) {
        for (lesson, tasks) in &other.done {
            self.done.entry(lesson.clone()).or_default().extend(tasks.iter().cloned());
        }
        for (lesson, theirs) in &other.hunted {
            self.hunted.entry(lesson.clone()).or_insert_with(|| theirs.clone()).merge(theirs);
        }
        if self.last.is_none() {
            self.last.clone_from(&other.last);
            self.at.clone_from(&other.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::hunt::Marks;

    fn progress(lesson: &str, tasks: &[&str]) -> Progress {
        let mut progress = Progress::default();
        progress.note(lesson, &tasks.iter().map(ToString::to_string).collect());
        progress
    }

    #[test]
    fn two_instances_keep_each_others_tasks() {
        let mut ours = progress("one-neuron", &["a", "b"]);
        ours.merge(&progress("one-neuron", &["b", "c"]));
        ours.merge(&progress("by-hand", &["x"]));
        assert_eq!(ours.of("one-neuron").len(), 3);
        assert_eq!(ours.of("by-hand").len(), 1);
        assert_eq!(ours.last.as_deref(), Some("one-neuron"));
    }

    #[test]
    fn a_score_is_kept_and_a_new_seed_starts_a_new_one() {
        let marks = |place| BTreeMap::from([("round-1".to_owned(), Marks { place: Some(place), name: None })]);
        let mut ours = Progress::default();
        assert!(ours.note_hunt("find-the-bug", HuntRecord { seed: 1, marks: marks(true) }));
        assert!(!ours.note_hunt("find-the-bug", HuntRecord { seed: 1, marks: marks(true) }));
        let mut begun = ours.clone();
        assert!(begun.note_hunt("find-the-bug", HuntRecord { seed: 2, marks: BTreeMap::new() }));
        begun.merge(&ours);
        assert!(begun.hunted["find-the-bug"].marks.is_empty());
        let mut other = Progress::default();
        other.merge(&ours);
        assert_eq!(other.hunted, ours.hunted);
    }

    #[test]
    fn saved_progress_is_read_again() {
        let written = serde_json::to_string(&progress("one-neuron", &["a"])).expect("plain data");
        assert_eq!(serde_json::from_str::<Progress>(&written).expect("its own form"), progress("one-neuron", &["a"]));
    }
}
