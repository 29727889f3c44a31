//! `byhand lessons`: which there are, and whether those that somebody writes are sound.

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{CommandError, Done, FOUND, screen};
use crate::{
    check_course,
    course::{Course, FIRST_LANGUAGE, Folder},
    json,
    plain::{cells, pad, plain},
    shell::read,
};

const AFTER_HELP: &str = "\
Examples:
  byhand lessons list
  byhand lessons check lessons      compile every lesson of a folder and name all faults at once

lessons/README.md describes how a lesson is written. `check` ends with exit code 1 if there are faults.";

/// Lists lessons, or checks them.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Lessons {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// The lessons in order
    List(Which),
    /// Compile the lessons and name every fault
    Check(Which),
}

#[derive(Debug, Args)]
struct Which {
    /// A folder of lessons; without it, the built-in ones
    dir: Option<PathBuf>,
    /// For programs
    #[arg(long)]
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
        let (Action::List(which) | Action::Check(which)) = &self.action;
        let folder = match &which.dir {
            Some(dir) => read::lessons(dir)?,
            None => before.folder()?,
        };
        match &self.action {
            Action::List(_) => list(&folder, which.json, out),
            Action::Check(_) => check(&folder, which.json, out),
        }
    }
}

fn list(folder: &Folder, json: bool, out: &mut impl Write) -> Done {
    let course = Course::read(folder, FIRST_LANGUAGE).map_err(CommandError::Course)?;
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
        let line =
            format!("{:2} {}  {:2} min  {}: {}", i + 1, pad(&entry.id, width), entry.minutes, entry.title, entry.about);
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
    match faults.len() {
        0 => writeln!(out, "the lessons are sound")?,
        1 => writeln!(out, "1 fault")?,
        n => writeln!(out, "{n} faults")?,
    }
    Ok(code)
}
