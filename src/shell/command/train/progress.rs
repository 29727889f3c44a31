//! How far a long training is, and the end that Ctrl-C asks for.

use std::{
    io::{self, IsTerminal, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{train::Done, words};

/// Nobody waits for less than this.
const SHORT: Duration = Duration::from_millis(400);
/// How often the line changes.
const EVERY: Duration = Duration::from_millis(100);
/// Wide enough for every line.
const WIDTH: usize = 70;

/// Watches a training.
pub(super) struct Watch {
    steps: usize,
    begin: Instant,
    next: Duration,
    shown: bool,
    terminal: bool,
    interrupted: Arc<AtomicBool>,
}

impl Watch {
    /// From now on Ctrl-C ends the training after its step, and what there is is printed.
    pub(super) fn begin(steps: usize) -> Self {
        let interrupted = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        {
            // A second Ctrl-C ends the program at once. If the system refuses, the first one does.
            let second =
                signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, Arc::clone(&interrupted));
            if second.is_ok() {
                let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&interrupted));
            }
        }
        let terminal = io::stderr().is_terminal();
        Self { steps, begin: Instant::now(), next: SHORT, shown: false, terminal, interrupted }
    }

    pub(super) fn stopped(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    pub(super) fn seen(&mut self, done: &Done) {
        // The clock is read now and then: a step of a small network takes less time than that.
        if !self.terminal || !done.number.is_multiple_of(16) || self.begin.elapsed() < self.next {
            return;
        }
        self.next = self.begin.elapsed() + EVERY;
        self.shown = true;
        let line = words::train::progress(done.loss(), done.number + 1, self.steps);
        // What cannot be told does not stop the training.
        let _ = write!(io::stderr(), "\r{line:WIDTH$}");
    }

    pub(super) fn end(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:WIDTH$}\r", "");
        }
    }
}
