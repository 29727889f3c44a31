//! `course.json`, and the files beside it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Faults, is_kebab_case};
use crate::{
    course::{Course, FIRST_LANGUAGE, Fault, Folder},
    plain::cells,
    words::{Language, check_course},
};

const LIST: &str = "course.json";
/// Files that may be beside the lessons.
const BESIDE: [&str; 2] = ["README.md", LIST];
/// Columns that a title has room for.
const LONGEST_TITLE: usize = 28;
/// Columns that the line about a lesson has room for.
const LONGEST_ABOUT: usize = 70;

/// Checks the list, and gives the ids of the lessons to be checked: the listed ones, or without a list all that there are.
pub(super) fn check(folder: &Folder, all: &mut Vec<Fault>) -> Vec<String> {
    let course = match Course::read(folder, FIRST_LANGUAGE) {
        Ok(course) => course,
        Err(fault) => {
            all.push(fault);
            let paths = folder.paths();
            let ids: BTreeSet<&str> = paths.iter().filter_map(|path| Some(path.split_once('/')?.0)).collect();
            return ids.into_iter().map(str::to_owned).collect();
        }
    };
    let text = folder.get(LIST).unwrap_or_default();
    let said: Value = serde_json::from_str(text).unwrap_or_default();
    let lines = lines_of_ids(text);
    let mut faults = Faults { path: LIST, all };
    if course.entries.is_empty() {
        faults.say(1, check_course::list_empty());
    }
    let mut ids: Vec<String> = Vec::new();
    for (i, entry) in course.entries.iter().enumerate() {
        let (id, line) = (&entry.id, lines.get(i).copied().unwrap_or(1));
        if !is_kebab_case(id) {
            faults.say(line, check_course::list_not_an_id(id));
        }
        let lesson = &said["lessons"][i];
        texts(&mut faults, line, id, "title", LONGEST_TITLE, &lesson["title"]);
        texts(&mut faults, line, id, "about", LONGEST_ABOUT, &lesson["about"]);
        if !(1..=30).contains(&entry.minutes) {
            faults.say(line, check_course::list_minutes(id, entry.minutes as usize));
        }
        if ids.contains(id) {
            faults.say(line, check_course::list_twice(id));
            continue;
        }
        let path = format!("{id}/{FIRST_LANGUAGE}.md");
        if folder.get(&path).is_none() {
            faults.say(line, check_course::list_no_file(id, path));
        }
        ids.push(id.clone());
    }
    strays(folder, &ids, all);
    ids
}

/// A title or the line about a lesson, in every language.
fn texts(faults: &mut Faults<'_>, line: usize, id: &str, field: &str, longest: usize, said: &Value) {
    let said = said.as_object();
    if said.is_none_or(|said| !said.contains_key(FIRST_LANGUAGE)) {
        faults.say(line, check_course::list_text_missing(field, id, FIRST_LANGUAGE));
    }
    for (language, text) in said.into_iter().flatten() {
        let text = text.as_str().unwrap_or_default();
        if !Language::is_tag(language) {
            faults.say(line, check_course::list_not_a_language(field, id, language));
        }
        let width = cells(text);
        if text.trim().is_empty() {
            faults.say(line, check_course::list_text_empty(field, id, language));
        } else if width > longest {
            faults.say(line, check_course::list_text_long(field, id, language, longest, width));
        }
    }
}

/// Files that belong to no listed lesson.
fn strays(folder: &Folder, ids: &[String], all: &mut Vec<Fault>) {
    let mut say = |path: String, what: String| all.push(Fault { path, line: 1, what });
    for path in folder.paths() {
        match path.split_once('/') {
            None if BESIDE.contains(&path.as_str()) => {}
            None => say(path, check_course::stray_file()),
            Some((id, _)) if !ids.iter().any(|listed| listed == id) => {
                say(id.to_owned(), check_course::stray_folder());
            }
            Some((_, file)) if file.strip_suffix(".md").is_some_and(Language::is_tag) => {}
            Some(_) => say(path, check_course::stray_language()),
        }
    }
}

/// The line of each key `"id"`, of which every lesson has one.
fn lines_of_ids(text: &str) -> Vec<usize> {
    let keys = text.match_indices("\"id\"").filter(|(at, key)| text[at + key.len()..].trim_start().starts_with(':'));
    keys.map(|(at, _)| text[..at].matches('\n').count() + 1).collect()
}
