//! One lesson's file: its form, and each step in its setting.

use super::{Faults, is_kebab_case, own, task, text, within};
use crate::{
    course::{self, Block, Fault, Folder, Lesson, LessonStep, TaskKind},
    setting::{Setting, beginning, leaving, variants},
    words::check_course,
};

/// Words of prose that a step has room for.
const MOST_WORDS: usize = 90;

/// Checks a lesson in one language; the lesson is given back if it could be read.
pub(super) fn check(folder: &Folder, id: &str, language: &str, all: &mut Vec<Fault>) -> Option<Lesson> {
    let path = format!("{id}/{language}.md");
    let mut faults = Faults { path: &path, all };
    for (line, text) in folder.get(&path).unwrap_or_default().lines().enumerate() {
        if text.contains(['\u{E000}', '\u{E001}']) {
            faults.say(line + 1, check_course::private_characters());
        }
    }
    let lesson = match course::lesson(folder, id, language) {
        Ok(lesson) => lesson,
        Err(more) => {
            all.extend(more);
            return None;
        }
    };
    form(&lesson, &mut faults);
    contents(&lesson, &mut faults);
    Some(lesson)
}

/// A translation has the steps of the original.
pub(super) fn compare(first: &Lesson, translated: &Lesson, all: &mut Vec<Fault>) {
    let ids = |lesson: &Lesson| lesson.steps.iter().map(|step| step.task.id.clone()).collect::<Vec<_>>().join(", ");
    let (expected, got) = (ids(first), ids(translated));
    if expected != got {
        let what = check_course::other_tasks(expected, got, &first.path);
        all.push(Fault { path: translated.path.clone(), line: 1, what });
    }
}

/// What can be seen without an engine.
fn form(lesson: &Lesson, faults: &mut Faults<'_>) {
    let last = lesson.steps.last();
    let (steps, end) = (lesson.steps.len(), last.map_or(1, |step| step.task_line));
    if !(5..=12).contains(&steps) {
        faults.say(1, check_course::steps(steps));
    }
    if last.is_some_and(|step| !matches!(step.task.kind, TaskKind::Choose { .. } | TaskKind::Type { .. })) {
        faults.say(end, check_course::last_task());
    }
    let learnt = lesson.learnt.len();
    if !(1..=5).contains(&learnt) {
        faults.say(1, check_course::learnt(learnt));
    }
    for (i, step) in lesson.steps.iter().enumerate() {
        let id = &step.task.id;
        if !is_kebab_case(id) {
            faults.say(step.task_line, check_course::list_not_an_id(id));
        }
        if lesson.steps[..i].iter().any(|other| other.task.id == *id) {
            faults.say(step.task_line, check_course::task_twice(id));
        }
        let words: usize = step.prose.iter().map(|(_, block)| words(block)).sum();
        if words > MOST_WORDS {
            faults.say(step.line, check_course::words(MOST_WORDS, words));
        }
        task::form(&step.task, step.task_line, faults);
    }
}

fn words(block: &Block) -> usize {
    match block {
        Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) => text::words(text),
        Block::Fence { .. } => 0,
    }
}

/// What the engine says to it.
fn contents(lesson: &Lesson, faults: &mut Faults<'_>) {
    let mut setting = match beginning(lesson) {
        Ok(setting) => setting,
        Err(why) => return faults.say(1, why.to_string()),
    };
    for (i, learnt) in lesson.learnt.iter().enumerate() {
        text::check(faults, 1, &check_course::part_learnt(i + 1), learnt, &setting);
    }
    for step in &lesson.steps {
        // If a bench cannot be set, the steps after it are checked with the setting before it.
        match setting.then(&step.task.bench) {
            Err(why) => faults.say(step.task_line, within("bench".to_owned(), why)),
            Ok(here) => {
                match variants(&here, &step.task) {
                    Err(why) => faults.say(step.task_line, within("inputs".to_owned(), why)),
                    Ok(variants) => {
                        for here in &variants {
                            prose(step, faults, here);
                            task::check(&step.task, step.task_line, faults, here);
                            if here.own {
                                own::check(step, faults);
                            }
                        }
                    }
                }
                setting = leaving(&here, &step.task).unwrap_or(here);
            }
        }
    }
}

fn prose(step: &LessonStep, faults: &mut Faults<'_>, here: &Setting) {
    text::check(faults, step.line, &check_course::part_heading(), &step.heading, here);
    for (line, block) in &step.prose {
        match block {
            Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) => {
                text::check(faults, *line, "", text, here);
            }
            Block::Fence { .. } => {}
        }
    }
}
