//! `byhand lessons`: which there are, and whether those that somebody writes are sound.

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{CommandError, Done, FOUND, screen};
use crate::{
    check_course,
    course::{Course, Folder},
    json,
    plain::{cells, pad, plain},
    shell::{language, read},
    words::{help, lessons},
};

#[derive(Debug, Args)]
#[command(after_help = help::lessons_examples())]
pub(super) struct Lessons {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    #[command(about = help::lessons_list())]
    List(Which),
    #[command(about = help::lessons_check())]
    Check(Which),
}

#[derive(Debug, Default, Args)]
struct Which {
    #[arg(help = help::lessons_folder())]
    dir: Option<PathBuf>,
    #[arg(long, help = help::option_json())]
    json: bool,
}

#[derive(Serialize)]
struct List {
    lessons: Vec<LessonEntry>,
}

#[derive(Serialize)]
struct LessonEntry {
    id: String,
    title: String,
    about: String,
    minutes: u32,
}

#[derive(Serialize)]
struct Faults {
    faults: Vec<FaultEntry>,
}

#[derive(Serialize)]
struct FaultEntry {
    path: String,
    line: usize,
    what: String,
}

impl Lessons {
    pub(super) fn run(self, before: &screen::Options, out: &mut impl Write) -> Done {
        let action = self.action.unwrap_or_else(|| Action::List(Which::default()));
        let (Action::List(which) | Action::Check(which)) = &action;
        let folder = match &which.dir {
            Some(dir) => read::lessons(dir)?,
            None => before.folder()?,
        };
        match &action {
            Action::List(_) => list(&folder, which.json, out),
            Action::Check(_) => check(&folder, which.json, out),
        }
    }
}

fn list(folder: &Folder, json: bool, out: &mut impl Write) -> Done {
    let course = Course::read(folder, language::of_lessons()).map_err(CommandError::Course)?;
    if json {
        let lessons = course.entries.into_iter().map(|entry| LessonEntry {
            id: entry.id,
            title: entry.title,
            about: entry.about,
            minutes: entry.minutes,
        });
        writeln!(out, "{}", json::text(&List { lessons: lessons.collect() }))?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = course.entries.iter().map(|entry| cells(&entry.id)).max().unwrap_or(0);
    for (i, entry) in course.entries.iter().enumerate() {
        let line = lessons::entry(
            &entry.about,
            pad(&entry.id, width),
            format!("{:2}", entry.minutes),
            format!("{:2}", i + 1),
            &entry.title,
        );
        writeln!(out, "{}", plain(&line))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn check(folder: &Folder, json: bool, out: &mut impl Write) -> Done {
    let faults = check_course::check(folder);
    let code = if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) };
    if json {
        let faults =
            faults.into_iter().map(|fault| FaultEntry { path: fault.path, line: fault.line, what: fault.what });
        writeln!(out, "{}", json::text(&Faults { faults: faults.collect() }))?;
        return Ok(code);
    }
    for fault in &faults {
        writeln!(out, "{}", plain(&fault.to_string()))?;
    }
    writeln!(out, "{}", lessons::faults(faults.len()))?;
    Ok(code)
}
