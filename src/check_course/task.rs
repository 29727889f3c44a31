//! Tasks: each can be done, and only in the way that it says.

mod change;
mod diagnose;
mod find;
mod hunt;

use super::{Faults, text};
use crate::{
    course::{Choice, Line, Task, TaskKind, Watch},
    pass::Pass,
    setting::{Setting, SettingError, stretch},
};

/// What can be seen without an engine.
pub(super) fn form(task: &Task, line: usize, faults: &mut Faults<'_>) {
    let hints = task.hints.len();
    if hints != 3 && !matches!(task.kind, TaskKind::Watch(_)) {
        faults.say(line, format!("the task has {hints} hints; give three, which point, tell and show"));
    }
    match &task.kind {
        TaskKind::Predict { options, .. } | TaskKind::Choose { options, .. } => {
            if options.len() < 2 {
                faults.say(line, "a question needs at least two options; add one");
            }
            for (i, option) in options.iter().enumerate() {
                if option.right && option.condition.is_some() {
                    let what = "has both `if` and `right`; keep `if` where the engine can tell, else `right`";
                    faults.say(line, format!("option {} {what}", i + 1));
                }
            }
        }
        TaskKind::Type { lines, given, decimals, .. } => {
            if *given >= lines.len() {
                let blank = "leave at least one line to be filled in";
                faults.say(line, format!("{given} of {} lines are given; {blank}", lines.len()));
            }
            if *decimals > 8 {
                faults.say(line, format!("{decimals} decimals are wanted; float32 has no more than 8 worth typing"));
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
        text::check(faults, line, &format!("hint {}", i + 1), hint, here);
    }
    if let Some(question) = task.question() {
        text::check(faults, line, "question", question, here);
    }
    match &task.kind {
        TaskKind::Watch(part) => watch(part, "", line, faults, here),
        TaskKind::Predict { options, then, watch: part, .. } => {
            choices(options, line, faults, here);
            match here.then(then) {
                Err(why) => faults.say(line, format!("then: {why}")),
                Ok(after) => {
                    if let Some(part) = part {
                        watch(part, "watch: ", line, faults, &after);
                    }
                }
            }
        }
        TaskKind::Choose { options, .. } => choices(options, line, faults, here),
        TaskKind::Type { lines, .. } => calculation(lines, line, faults, here),
        TaskKind::Toggle { what_ifs, .. } => change::toggle(what_ifs, line, faults, here),
        TaskKind::Edit { until, may, example, .. } => change::edit(until, may, example, line, faults, here),
        TaskKind::Find { planted, places, says, .. } => {
            text::check(faults, line, "says", says, here);
            find::check(planted, places, line, faults, here);
        }
        TaskKind::Hunt(hunt) => hunt::check(hunt, line, faults, here),
        TaskKind::Diagnose(task) => {
            text::check(faults, line, "says", &task.says, here);
            diagnose::check(task, line, faults, here);
        }
        TaskKind::Own { .. } => {
            if !here.own {
                faults.say(line, "this step takes the learner's own network; say `\"own\": true` in its `bench`");
            }
        }
    }
}

fn watch(part: &Watch, whose: &str, line: usize, faults: &mut Faults<'_>, setting: &Setting) {
    let positions = setting.pass().map_err(SettingError::from).and_then(|pass: Pass| stretch(&pass, part));
    if let Err(why) = positions {
        faults.say(line, format!("{whose}{why}"));
    }
}

/// The options of a question: exactly one is right.
fn choices(options: &[Choice], line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let (mut right, mut computed) = (Vec::new(), true);
    let mut texts: Vec<String> = Vec::new();
    for (i, option) in options.iter().enumerate() {
        let whose = format!("option {}", i + 1);
        text::check(faults, line, &whose, &option.text, here);
        text::check(faults, line, &format!("{whose}, says"), &option.says, here);
        let shown = text::shown(&option.text, here);
        if !shown.is_empty() && texts.contains(&shown) {
            faults.say(line, format!("{whose} reads `{shown}`, as one before it does; make them differ"));
        }
        texts.push(shown);
        match option.condition.as_deref().map(|condition| here.holds(condition)) {
            Some(Err(why)) => {
                faults.say(line, format!("{whose}, if: {why}"));
                computed = false;
            }
            Some(Ok(true)) => right.push(i + 1),
            None if option.right => right.push(i + 1),
            Some(Ok(false)) | None => {}
        }
    }
    let what = match right[..] {
        [_] => return,
        [] => "no option is right".to_owned(),
        _ => format!("options {} are right", right.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    };
    if computed {
        faults.say(line, format!("{what}, and exactly one must be; look at each `if`"));
    }
}

/// The lines of a calculation, each a number.
fn calculation(lines: &[Line], at: usize, faults: &mut Faults<'_>, here: &Setting) {
    for (i, line) in lines.iter().enumerate() {
        let whose = format!("line {}", i + 1);
        text::check(faults, at, &whose, &line.text, here);
        let number = here
            .evaluate(&line.value)
            .and_then(|value| value.number().map_err(|why| SettingError::Value { formula: line.value.clone(), why }));
        match number {
            Err(why) => faults.say(at, format!("{whose}, value: {why}")),
            Ok(number) if !number.is_finite() => {
                faults.say(
                    at,
                    format!("{whose}, value: `{}` is {number}, which nobody can type; choose another", line.value),
                );
            }
            Ok(_) => {}
        }
    }
}
