//! The command line: what can be asked for, and the way from arguments to an exit code.
//!
//! One file a command; `model` and `input` are what several of them take. Results go to standard output, messages to
//! standard error. 0 is fine, 1 means that a check found something, 2 that something could not be understood or read.

mod check;
mod doctor;
mod explain;
mod input;
mod install;
mod lessons;
mod model;
mod models;
mod predict;
mod screen;
mod summary;
mod train;
mod usage;

use std::{
    ffi::OsString,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use thiserror::Error;

use super::{
    language, name,
    play::{PlayError, Start, play},
    read::ReadError,
};
use crate::{
    course::Fault,
    graph::GraphError,
    mistake::MistakeError,
    pass::AddressError,
    plain::plain,
    train::TrainError,
    words::{self, help},
};

/// The version and, in a release, the commit.
pub(super) const VERSION: &str = env!("BYHAND_VERSION");

/// Nothing could be understood or read.
const USAGE: u8 = 2;
/// A check found something.
const FOUND: u8 = 1;

#[derive(Debug, Parser)]
#[command(name = "byhand", version = VERSION, about = help::about(), after_help = help::examples())]
#[command(args_conflicts_with_subcommands = false)]
struct Arguments {
    // It is chosen before the arguments are understood (`shell::language`); here it is only checked.
    #[allow(dead_code, reason = "clap checks it and shows it in the help")]
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language::tag, help = help::option_language())]
    language: Option<String>,
    #[command(flatten)]
    screen: screen::Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = help::learn())]
    Learn(screen::Learn),
    #[command(about = help::open())]
    Open(screen::Open),
    #[command(about = help::predict())]
    Predict(predict::Predict),
    #[command(about = help::explain())]
    Explain(explain::Explain),
    #[command(about = help::check())]
    Check(check::Check),
    #[command(about = help::train())]
    Train(train::Train),
    #[command(about = help::lessons())]
    Lessons(lessons::Lessons),
    #[command(about = help::models())]
    Models(models::Models),
    #[command(about = help::doctor())]
    Doctor(doctor::Doctor),
    #[command(about = help::completions())]
    Completions(install::Completions),
    #[command(about = help::man())]
    Man(install::Man),
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
    #[error("{}", words::usage::address(address, why))]
    Address {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: Box<AddressError>,
    },
    /// There is no such value in a graph of layers.
    #[error("{}", words::usage::address(address, why))]
    GraphAddress {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: Box<crate::graph::AddressError>,
    },
    /// A worked solution cannot be written.
    #[error(transparent)]
    Explain(#[from] explain::ExplainError),
    /// A network cannot be made.
    #[error("{0}")]
    Graph(Box<GraphError>),
    /// Something cannot be trained.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// The options of a training do not fit.
    #[error(transparent)]
    Training(#[from] train::OptionsError),
    /// A file or folder cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The course cannot be read.
    #[error("{}", words::usage::course(.0))]
    Course(Fault),
    /// No such lesson.
    #[error("{}", match nearest {
        Some(near) => words::usage::no_lesson_near(id, known, near),
        None => words::usage::no_lesson(id, known),
    })]
    Lesson {
        /// What was asked for.
        id: String,
        /// The nearest id, if one is near.
        nearest: Option<String>,
        /// All ids.
        known: String,
    },
    /// No such command.
    #[error("{}", match nearest {
        Some(near) => words::usage::no_command_near(known, name, near),
        None => words::usage::no_command(known, name),
    })]
    NoCommand {
        /// What was asked for.
        name: String,
        /// The nearest one, if one is near.
        nearest: Option<String>,
        /// All of them.
        known: String,
    },
    /// A mistake cannot be made on purpose.
    #[error("{}", words::usage::mistake(.0))]
    Mistake(#[from] MistakeError),
    /// The session cannot begin.
    #[error(transparent)]
    Play(#[from] PlayError),
    /// The result cannot be written.
    #[error("{}", words::usage::output(.0))]
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
    let arguments: Vec<OsString> = arguments.into_iter().map(name::argument).collect();
    language::choose(&arguments);
    let command = usage::built(usage::localized(Arguments::command()));
    let understood = command.try_get_matches_from(&arguments).and_then(|found| Arguments::from_arg_matches(&found));
    let arguments = match understood {
        Ok(arguments) => arguments,
        Err(answer) => match usage::complaint(&answer, &arguments) {
            Some(message) => {
                complain(&message);
                return ExitCode::from(USAGE);
            }
            None => return print_answer(&answer),
        },
    };
    let has_verdict = matches!(arguments.command, Some(Command::Check(_) | Command::Lessons(_)));
    let mut out = BufWriter::new(Reader { out: io::stdout().lock(), has_verdict, gone: false });
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
            complain(&error.to_string());
            ExitCode::from(error.exit_code())
        }
    }
}

/// Who reads standard output, and may be gone: `byhand check … | head -1`.
struct Reader<W> {
    out: W,
    /// The exit code tells something too: it is found out all the same, and the rest is written for nobody.
    has_verdict: bool,
    gone: bool,
}

impl<W: Write> Reader<W> {
    fn unless_gone<T>(&mut self, done: io::Result<T>, otherwise: T) -> io::Result<T> {
        match done {
            Err(error) if self.has_verdict && error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl<W: Write> Write for Reader<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gone {
            return Ok(bytes.len());
        }
        let done = self.out.write(bytes);
        self.unless_gone(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        let done = self.out.flush();
        self.unless_gone(done, ())
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
        Some(Command::Train(train)) => train.run(out),
        Some(Command::Lessons(lessons)) => lessons.run(&screen, out),
        Some(Command::Models(models)) => models.run(out),
        Some(Command::Doctor(doctor)) => doctor.run(&screen, out),
        Some(Command::Completions(completions)) => completions.run(out),
        Some(Command::Man(man)) => man.run(out),
    }
}

/// Prints what `--help` or `--version` asked for.
fn print_answer(answer: &clap::Error) -> ExitCode {
    match answer.print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&CommandError::Output(error).to_string());
            ExitCode::from(USAGE)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Reports on standard error what went wrong. Nothing from an argument or a file reaches the terminal as a command.
pub(super) fn complain(message: &str) {
    let mut errors = io::stderr().lock();
    for line in words::usage::error(message).lines() {
        // If standard error is gone as well, the exit code still reports it.
        let _ = writeln!(errors, "{}", plain(line));
    }
}

/// Words and lists in messages are cut to this many characters.
const MOST_OF_A_WORD: usize = 40;

/// The beginning of a text that somebody wrote, short enough for a message.
fn short(text: &str) -> String {
    let cut: String = text.chars().take(MOST_OF_A_WORD).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
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
    fn options_of_the_screen_may_come_before_or_after_the_command() {
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
