//! The command line: what can be asked for, and the way from arguments to an exit code.
//!
//! One file a command; `model` and `input` are what several of them take. Results go to standard output, messages to
//! standard error. 0 is fine, 1 means that a check found something, 2 that something could not be understood or read.

mod check;
mod explain;
mod input;
mod lessons;
mod model;
mod models;
mod predict;
mod screen;

use std::{
    ffi::OsString,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use thiserror::Error;

use super::{
    play::{PlayError, Start, play},
    read::ReadError,
};
use crate::{course::Fault, mistake::MistakeError, pass::AddressError, plain::plain};

/// Nothing could be understood or read.
const USAGE: u8 = 2;
/// A check found something.
const FOUND: u8 = 1;

/// Compute a neural network by hand, one multiplication at a time, and find where your own calculation went wrong.
///
/// Without a command, the course goes on where you were.
#[derive(Debug, Parser)]
#[command(name = "byhand", version, after_help = AFTER_HELP, args_conflicts_with_subcommands = false)]
struct Arguments {
    #[command(flatten)]
    screen: screen::Options,
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "\
Examples:
  byhand                                        follow the course
  byhand learn by-hand                          open one lesson
  byhand predict line-1-16-1 --input 10         what a built-in model answers
  byhand explain line-1-16-1 --input 10         the same, with every product written out
  byhand check line-1-16-1 --input 10 --answer 20.475
                                                which mistake gives this number
  byhand open weights.txt --activations relu,linear
                                                your own printed weights, step by step

`byhand help predict` says more about a command.
Exit code: 0 fine, 1 a check found something, 2 something could not be understood or read.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Follow one lesson, or the course
    Learn(screen::Learn),
    /// Work your own model out step by step on the screen
    Open(screen::Open),
    /// Print what a model answers
    Predict(predict::Predict),
    /// Print the worked solution: every product, sum, bias and activation
    Explain(explain::Explain),
    /// Find the mistake behind your own number
    Check(check::Check),
    /// List the lessons, or check lessons that you write
    Lessons(lessons::Lessons),
    /// List the built-in models
    Models(models::Models),
}

/// Why a command cannot be carried out.
#[derive(Debug, Error)]
pub enum CommandError {
    /// The model cannot be had.
    #[error(transparent)]
    Model(#[from] model::ModelError),
    /// An input cannot be used.
    #[error(transparent)]
    Input(#[from] input::InputError),
    /// An answer cannot be checked.
    #[error(transparent)]
    Check(#[from] check::CheckError),
    /// There is no such value.
    #[error("--value {address}: {why}")]
    Address {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: Box<AddressError>,
    },
    /// A file or folder cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The course cannot be read.
    #[error("{0}; `byhand lessons check` says more")]
    Course(Fault),
    /// No such lesson.
    #[error("no lesson is called `{id}`{}; the lessons are {known}", nearest.as_ref().map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default())]
    Lesson {
        /// What was asked for.
        id: String,
        /// The nearest id, if one is near.
        nearest: Option<String>,
        /// All ids.
        known: String,
    },
    /// A mistake cannot be made on purpose.
    #[error("--mistake: {0}")]
    Mistake(#[from] MistakeError),
    /// The session cannot begin.
    #[error(transparent)]
    Play(#[from] PlayError),
    /// The result cannot be written.
    #[error("cannot write the result: {0}")]
    Output(#[from] io::Error),
}

impl CommandError {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Play(error) => error.exit_code(),
            _ => USAGE,
        }
    }
}

type Done = Result<ExitCode, CommandError>;

/// Carries out what the arguments (the program's name first) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(answer) => {
            // `--help` and `--version` come this way as well. Nobody is left to tell if they cannot be printed.
            let _ = answer.print();
            return ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(USAGE));
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let done = carry_out(arguments, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match done {
        Ok(code) => code,
        // The reader has seen enough: `byhand explain … | head`.
        Err(CommandError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            // What is still buffered has nowhere to go either.
            let _ = out.into_parts();
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn carry_out(arguments: Arguments, out: &mut impl Write) -> Done {
    let screen = arguments.screen;
    match arguments.command {
        None => Ok(play(Start::Course, screen.play_options()?)?),
        Some(Command::Learn(learn)) => learn.run(&screen),
        Some(Command::Open(open)) => open.run(&screen),
        Some(Command::Predict(predict)) => predict.run(out),
        Some(Command::Explain(explain)) => explain.run(out),
        Some(Command::Check(check)) => check.run(out),
        Some(Command::Lessons(lessons)) => lessons.run(&screen, out),
        Some(Command::Models(models)) => models.run(out),
    }
}

/// Says on standard error what went wrong. Nothing from a file reaches the terminal as a command.
fn complain(error: &CommandError) {
    let message = error.to_string();
    let mut errors = io::stderr().lock();
    for (i, line) in message.lines().enumerate() {
        let begin = if i == 0 { "error: " } else { "" };
        // If standard error is gone as well, the exit code still says it.
        let _ = writeln!(errors, "{begin}{}", plain(line));
    }
}

/// The nearest of `known` to `word`, if one is near.
fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    /// Jaro-Winkler similarity below this looks arbitrary to a reader.
    const NEAR: f64 = 0.75;
    let similar =
        known.map(|known| (strsim::jaro_winkler(word, known), known)).filter(|(similarity, _)| *similarity >= NEAR);
    similar.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn options_of_the_screen_stand_before_or_after_the_command() {
        for line in [
            "byhand --ascii --lessons l learn by-hand",
            "byhand learn by-hand --ascii --lessons l",
            "byhand --ascii learn --lessons l by-hand",
        ] {
            let arguments = Arguments::try_parse_from(line.split(' ')).expect(line);
            let Some(Command::Learn(learn)) = arguments.command else { panic!("{line}") };
            let both = learn.screen.or(&arguments.screen);
            assert!(both.ascii && both.lessons.is_some_and(|lessons| lessons.ends_with("l")), "{line}");
        }
    }
}
