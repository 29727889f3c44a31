//! The content compiler: what is wrong in a folder of lessons, all at once, each with its place and what to do.
//!
//! Every number of a lesson is computed here by the engine that the learner will watch; a formula that has no value, a claim
//! that does not agree, a question with two right options are faults like a missing file. The format is described in
//! `lessons/README.md`; the rules are in `tests/broken-lessons`, a folder each.

mod lesson;
mod list;
mod own;
mod task;
mod text;

use crate::{
    course::{FIRST_LANGUAGE, Fault, Folder},
    words::{Language, check_course},
};

/// Everything that is wrong, sorted by file and line; empty for lessons that can be shown.
pub fn check(folder: &Folder) -> Vec<Fault> {
    let mut all = Vec::new();
    let ids = list::check(folder, &mut all);
    for id in &ids {
        let first = folder.get(&format!("{id}/{FIRST_LANGUAGE}.md")).is_some();
        let first = first.then(|| lesson::check(folder, id, FIRST_LANGUAGE, &mut all)).flatten();
        for language in languages(folder, id) {
            let translated = lesson::check(folder, id, &language, &mut all);
            if let (Some(first), Some(translated)) = (&first, &translated) {
                lesson::compare(first, translated, &mut all);
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

/// The languages besides the first that a lesson is written in.
fn languages(folder: &Folder, id: &str) -> Vec<String> {
    let paths = folder.paths();
    let files = paths.iter().filter_map(|path| path.strip_prefix(id)?.strip_prefix('/')?.strip_suffix(".md"));
    files.filter(|language| Language::is_tag(language) && *language != FIRST_LANGUAGE).map(str::to_owned).collect()
}

/// Whether an id is of lower-case letters, digits and single hyphens.
fn is_kebab_case(id: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    id.split('-').all(part)
}

/// A fault with the part of the lesson where it is.
fn within(part: String, fault: impl std::fmt::Display) -> String {
    check_course::at(fault, part)
}

/// Faults of one file.
struct Faults<'a> {
    path: &'a str,
    all: &'a mut Vec<Fault>,
}

impl Faults<'_> {
    fn say(&mut self, line: usize, what: impl Into<String>) {
        self.all.push(Fault { path: self.path.to_owned(), line, what: what.into() });
    }
}
