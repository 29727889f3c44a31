//! One interactive session: from the first look at the terminal to the last.

use std::{
    env,
    io::{self, IsTerminal},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    time::{Duration, Instant},
};

use super::{
    background::BackgroundReply,
    event_loop::{Ending, Event, Program, Source, drive},
    input,
    signals::{self, Watch},
    terminal::{Guard, Screen},
};
use crate::words::session;

/// Why a session cannot begin or continue. The text says what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    /// Output goes to a file or a pipe.
    #[error("{}", session::output_not_a_terminal())]
    NoScreen,
    /// Neither standard input nor `/dev/tty` is a terminal.
    #[error("{}", session::no_keyboard())]
    NoKeyboard,
    /// `TERM=dumb`.
    #[error("{}", session::dumb())]
    Dumb,
    /// The terminal disappeared while SIGHUP was ignored; nobody is left to read this.
    #[error("{}", session::gone())]
    Gone,
    /// The terminal refused something.
    #[error("{}", session::terminal(.0))]
    Terminal(#[from] io::Error),
}

impl ShellError {
    /// The exit code: 2 for a session that could not be, and what a shell reports for SIGHUP if the terminal went away.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Gone => 129,
            Self::NoScreen | Self::NoKeyboard | Self::Dumb | Self::Terminal(_) => 2,
        }
    }
}

/// How to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Ask the terminal for its background colour; the answer comes as [`Input::Background`](input::Input::Background).
    pub ask_background: bool,
}

impl Options {
    /// Asks unless colours are unwanted (`NO_COLOR`) or the terminal is one that would print the question.
    pub fn from_environment() -> Self {
        let variable = |name| env::var(name).unwrap_or_default();
        Self { ask_background: asks_background(&variable("TERM"), &variable("NO_COLOR")) }
    }
}

/// Windows delivers the answer as unknown keys, so it is not asked.
fn asks_background(term: &str, no_color: &str) -> bool {
    let prints_it = ["dumb", "linux", "cons", "vt1", "vt2", "vt52"].iter().any(|name| term.starts_with(name));
    cfg!(unix) && no_color.is_empty() && !prints_it
}

/// Takes the terminal, runs the program until it quits and gives the terminal back.
///
/// A signal that kills does not return: the terminal is restored, [`Program::closing`] is called and the process dies
/// by the same signal.
///
/// # Errors
/// If output or keys have no terminal, if it cannot show a screen, if it fails, if it disappears.
pub fn run(program: &mut impl Program, options: Options) -> Result<(), ShellError> {
    check(signals::has_keyboard(), io::stdout().is_terminal(), &env::var("TERM").unwrap_or_default())?;
    let watch = Watch::begin()?;
    let hang_up_ignored = watch.hang_up_ignored();

    let (sender, events) = mpsc::channel();
    watch.pass_on(sender.clone())?;
    let guard = Guard::take()?;
    let ending = converse(program, options, sender, events);
    program.closing();
    drop(guard);

    match ending {
        Ok(Ending::Quit) => Ok(()),
        Ok(Ending::Killed(signal)) => signals::die(signal),
        Ok(Ending::HungUp) if hang_up_ignored => Err(ShellError::Gone),
        Ok(Ending::HungUp) => signals::die(signals::HANG_UP),
        Err(error) => Err(error.into()),
    }
}

fn check(keyboard: bool, screen: bool, term: &str) -> Result<(), ShellError> {
    match (keyboard, screen, term) {
        (_, false, _) => Err(ShellError::NoScreen),
        (false, _, _) => Err(ShellError::NoKeyboard),
        (_, _, "dumb") => Err(ShellError::Dumb),
        _ => Ok(()),
    }
}

fn converse(
    program: &mut impl Program,
    options: Options,
    sender: Sender<Event>,
    events: Receiver<Event>,
) -> io::Result<Ending> {
    let mut screen = Screen::new(options.ask_background)?;
    let reply = if options.ask_background { BackgroundReply::awaited() } else { BackgroundReply::default() };
    let mut live = Live { asleep: Some(sender), events, begun: Instant::now() };
    match drive(program, &mut live, &mut screen, reply) {
        // A terminal that disappears fails reads and writes before anybody says that it has hung up.
        Err(error) if is_input_output_error(&error) => Ok(Ending::HungUp),
        ending => ending,
    }
}

/// The error of a dead terminal, EIO, has the same number on all Unix systems; std has no name for it.
fn is_input_output_error(error: &io::Error) -> bool {
    cfg!(unix) && error.raw_os_error() == Some(5)
}

/// The real clock and the real channel.
struct Live {
    /// For the threads that start at the first wait: the first frame must not wait for them.
    asleep: Option<Sender<Event>>,
    events: Receiver<Event>,
    begun: Instant,
}

impl Source for Live {
    fn wait(&mut self, limit: Option<Duration>) -> Option<Event> {
        if let Some(sender) = self.asleep.take()
            && let Err(error) = signals::watch_hang_up(sender.clone()).and_then(|()| input::spawn(sender))
        {
            return Some(Event::Failed(error));
        }
        let gone = Some(Event::HungUp);
        match limit {
            None => self.events.recv().ok().or(gone),
            Some(Duration::ZERO) => self.events.try_recv().ok(),
            Some(limit) => match self.events.recv_timeout(limit) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => gone,
            },
        }
    }

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_missing_terminal_is_refused_with_a_sentence_that_says_what_works() {
        for (input, output, term, begins) in [
            (false, true, "xterm", "standard input is not a terminal, and there is none for the keys"),
            (true, false, "xterm", "standard output is not a terminal"),
            (false, false, "dumb", "standard output is not a terminal"),
            (true, true, "dumb", "this terminal (TERM=dumb) cannot"),
        ] {
            let error = check(input, output, term).unwrap_err();
            let sentence = error.to_string();
            assert!(sentence.starts_with(begins), "{sentence}");
            assert!(sentence.contains("`byhand predict`"), "{sentence}");
            assert!(!sentence.contains('\n'), "{sentence}");
            assert_eq!(error.exit_code(), 2);
        }
        assert!(check(true, true, "xterm-256color").is_ok());
        assert!(check(true, true, "").is_ok());
    }

    #[test]
    #[cfg(unix)]
    fn the_background_is_asked_only_where_the_question_is_understood_and_colour_wanted() {
        for (term, no_color, asked) in [
            ("xterm-256color", "", true),
            ("tmux-256color", "", true),
            ("", "", true),
            ("xterm-256color", "1", false),
            ("linux", "", false),
            ("vt100", "", false),
            ("dumb", "", false),
        ] {
            assert_eq!(asks_background(term, no_color), asked, "TERM={term} NO_COLOR={no_color}");
        }
    }
}
