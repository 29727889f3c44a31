//! The course: Markdown files to lessons, steps and tasks.
//!
//! This room knows no engine: every value in a lesson is text, an address or a formula, until somebody works it out.
//! The format is described in `lessons/README.md`; `check_course` tells an author what is wrong.

mod diagnose;
mod folder;
mod hunt;
mod lesson;
mod task;
mod text;

use serde::Deserialize;
use thiserror::Error;

use crate::words;

pub use diagnose::{Diagnose, OwnNumber};
pub use folder::Folder;
pub use hunt::{Chosen, Hunt, Suspect};
pub use lesson::{Lesson, LessonStep, lesson, step_count};
pub use task::{BenchSetting, Choice, Line, Task, TaskKind, Watch};
pub use text::{Block, Span, Text, spans};

/// The language that every lesson is written in; others may be missing.
pub const FIRST_LANGUAGE: &str = "en";

/// The lessons in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// One entry a lesson.
    pub entries: Vec<Entry>,
}

/// A line of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The lesson's id, its folder's name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One line about it.
    pub about: String,
    /// How many minutes it takes.
    pub minutes: u32,
}

/// Something in a lesson's files that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{}", words::course::fault(line, path, what))]
pub struct Fault {
    /// The file, from the lessons folder.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// What is wrong with a piece of JSON; its line counts from where the piece begins, so it is not said here.
fn said_of_json(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    match error.column() {
        0 => words::course::json(what),
        column => words::course::json_at(column, what),
    }
}

/// A language, the broader one (`pt` for `pt-BR`), and the first.
fn languages(language: &str) -> [&str; 3] {
    [language, language.split('-').next().unwrap_or_default(), FIRST_LANGUAGE]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CourseFile {
    lessons: Vec<EntryFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryFile {
    id: String,
    title: std::collections::BTreeMap<String, String>,
    about: std::collections::BTreeMap<String, String>,
    minutes: u32,
}

impl Course {
    /// Reads `course.json`, in `language` where there is one.
    ///
    /// # Errors
    /// One fault with the place in `course.json`.
    pub fn read(folder: &Folder, language: &str) -> Result<Self, Fault> {
        let path = "course.json";
        let fault = |line: usize, what: String| Fault { path: path.to_owned(), line, what };
        let text = folder.get(path).ok_or_else(|| fault(1, words::course::list_missing()))?;
        let file: CourseFile = serde_json::from_str(text).map_err(|e| fault(e.line().max(1), said_of_json(&e)))?;
        let said = |said: &std::collections::BTreeMap<String, String>| {
            languages(language).iter().find_map(|language| said.get(*language)).cloned().unwrap_or_default()
        };
        let entry = |entry: &EntryFile| Entry {
            id: entry.id.clone(),
            title: said(&entry.title),
            about: said(&entry.about),
            minutes: entry.minutes,
        };
        Ok(Self { entries: file.lessons.iter().map(entry).collect() })
    }

    /// Where the lesson of this id stands.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.id == id)
    }
}
