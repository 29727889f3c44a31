//! Tasks: each can be done, and only in the way that it describes.

mod change;
mod diagnose;
mod find;
mod hunt;

use super::{Faults, text, within};
use crate::{
    course::{Choice, Line, Task, TaskKind, Watch},
    pass::Pass,
    setting::{Setting, SettingError, stretch},
    words::check_course,
};

/// What can be checked without an engine.
pub(super) fn form(task: &Task, line: usize, faults: &mut Faults<'_>) {
    let hints = task.hints.len();
    if hints != 3 && !matches!(task.kind, TaskKind::Watch(_)) {
        faults.say(line, check_course::hints(hints));
    }
    match &task.kind {
        TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } => {
            if options.len() < 2 {
                faults.say(line, check_course::options_few());
            }
            for (i, option) in options.iter().enumerate() {
                if option.right && option.condition.is_some() {
                    faults.say(line, check_course::option_if_and_right(i + 1));
                }
            }
        }
        TaskKind::Type { lines, given, decimals, .. } => {
            if *given >= lines.len() {
                faults.say(line, check_course::lines_given(given, lines.len()));
            }
            if *decimals > 8 {
                faults.say(line, check_course::decimals(decimals));
            }
        }
        TaskKind::Hunt(hunt) => hunt::form(hunt, line, faults),
        TaskKind::Diagnose(task) => diagnose::form(task, line, faults),
        TaskKind::Watch(_)
        | TaskKind::Toggle { .. }
        | TaskKind::Edit { .. }
        | TaskKind::Find { .. }
        | TaskKind::Own { .. } => {}
    }
}

/// What the engine says to it; `here` is how the bench is set when the task begins.
pub(super) fn check(task: &Task, line: usize, faults: &mut Faults<'_>, here: &Setting) {
    for (i, hint) in task.hints.iter().enumerate() {
        text::check(faults, line, &check_course::part_hint(i + 1), hint, here);
    }
    if let Some(question) = task.question() {
        text::check(faults, line, &check_course::part_question(), question, here);
    }
    match &task.kind {
        TaskKind::Watch(part) => watch(part, None, line, faults, here),
        TaskKind::Predict { options, then, watch: part, .. } => {
            choices(options, line, faults, here);
            match here.then(then) {
                Err(why) => faults.say(line, within("then".to_owned(), why)),
                Ok(after) => {
                    if let Some(part) = part {
                        watch(part, Some("watch"), line, faults, &after);
                    }
                }
            }
        }
        TaskKind::Choose { options, .. } => choices(options, line, faults, here),
        TaskKind::Type { lines, .. } => calculation(lines, line, faults, here),
        TaskKind::Toggle { what_ifs, .. } => change::toggle(what_ifs, line, faults, here),
        TaskKind::Edit { until, may, example, .. } => change::edit(until, may, example, line, faults, here),
        TaskKind::Find { planted, places, says, .. } => {
            text::check(faults, line, &check_course::part_says(), says, here);
            find::check(planted, places, line, faults, here);
        }
        TaskKind::Hunt(hunt) => hunt::check(hunt, line, faults, here),
        TaskKind::Diagnose(task) => {
            text::check(faults, line, &check_course::part_says(), &task.says, here);
            diagnose::check(task, line, faults, here);
        }
        TaskKind::Own { .. } => {
            if !here.own {
                faults.say(line, check_course::own_step());
            }
        }
    }
}

fn watch(part: &Watch, whose: Option<&str>, line: usize, faults: &mut Faults<'_>, setting: &Setting) {
    let positions = setting.pass().map_err(SettingError::from).and_then(|pass: Pass| stretch(&pass, part));
    if let Err(why) = positions {
        let why = why.to_string();
        faults.say(line, whose.map_or(why.clone(), |whose| within(whose.to_owned(), why)));
    }
}

/// The options of a question: exactly one is right.
fn choices(options: &[Choice], line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let (mut right, mut computed) = (Vec::new(), true);
    let mut texts: Vec<String> = Vec::new();
    for (i, option) in options.iter().enumerate() {
        let whose = check_course::part_option(i + 1);
        text::check(faults, line, &whose, &option.text, here);
        text::check(faults, line, &check_course::part_option_says(i + 1), &option.says, here);
        let shown = text::shown(&option.text, here);
        if !shown.is_empty() && texts.contains(&shown) {
            faults.say(line, within(whose, check_course::reads_alike(&shown)));
        }
        texts.push(shown);
        match option.condition.as_deref().map(|condition| here.holds(condition)) {
            Some(Err(why)) => {
                faults.say(line, within(check_course::part_option_if(i + 1), why));
                computed = false;
            }
            Some(Ok(true)) => right.push(i + 1),
            None if option.right => right.push(i + 1),
            Some(Ok(false)) | None => {}
        }
    }
    let what = match right[..] {
        [_] => return,
        [] => check_course::options_none(),
        _ => check_course::options_several(right.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    };
    if computed {
        faults.say(line, what);
    }
}

/// The lines of a calculation, each a number.
fn calculation(lines: &[Line], at: usize, faults: &mut Faults<'_>, here: &Setting) {
    for (i, line) in lines.iter().enumerate() {
        text::check(faults, at, &check_course::part_line(i + 1), &line.text, here);
        let whose = || check_course::part_line_value(i + 1);
        let number = here
            .evaluate(&line.value)
            .and_then(|value| value.number().map_err(|why| SettingError::Value { formula: line.value.clone(), why }));
        match number {
            Err(why) => faults.say(at, within(whose(), why)),
            Ok(number) if !number.is_finite() => {
                faults.say(at, within(whose(), check_course::value_not_finite(&line.value, number)));
            }
            Ok(_) => {}
        }
    }
}
