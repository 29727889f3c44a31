//! The progress of a search, for people at a terminal.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

use crate::{
    diagnose::{Inquiry, graph, model_says::ModelInquiry},
    plain::pad,
    words,
};

/// A shorter search shows no progress.
const SHORT: Duration = Duration::from_millis(400);

/// How often the line changes.
const EVERY: Duration = Duration::from_millis(100);

/// A search that can be stopped and reports its progress.
pub(super) trait Search {
    /// Continues while there is `more` time. Returns whether everything is done.
    fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool;
    /// How much was done, from 0 to 1.
    fn share(&self) -> f64;
    /// How many ways were tried.
    fn ways(&self) -> usize;
}

impl Search for Inquiry {
    fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.advance(more)
    }

    fn share(&self) -> f64 {
        self.share()
    }

    fn ways(&self) -> usize {
        let tried = self.tried();
        tried.singles + tried.pairs + tried.triples
    }
}

impl Search for graph::Inquiry {
    fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.advance(more)
    }

    fn share(&self) -> f64 {
        self.share()
    }

    fn ways(&self) -> usize {
        let tried = self.tried();
        tried.singles + tried.pairs
    }
}

impl Search for ModelInquiry {
    fn advance(&mut self, more: &mut dyn FnMut() -> bool) -> bool {
        self.advance(more)
    }

    fn share(&self) -> f64 {
        self.share()
    }

    fn ways(&self) -> usize {
        let ran = self.ran();
        ran.singles + ran.pairs + ran.solved
    }
}

/// Searches until everything is done or the time is over. If messages go to a terminal, a line there shows the progress; it is
/// cleared at the end.
pub(super) fn search(inquiry: &mut impl Search, budget: Duration) {
    let terminal = io::stderr().is_terminal();
    let begin = Instant::now();
    let mut shown = false;
    loop {
        let until = if terminal { (begin.elapsed() + EVERY).max(SHORT).min(budget) } else { budget };
        if inquiry.advance(&mut || begin.elapsed() < until) || begin.elapsed() >= budget {
            break;
        }
        // If the line cannot be written, the search continues.
        let _ = write!(io::stderr(), "\r{}", line(inquiry, begin.elapsed(), budget));
        shown = true;
    }
    if shown {
        let _ = write!(io::stderr(), "\r{:WIDTH$}\r", "");
    }
}

/// Wide enough for every line.
const WIDTH: usize = 60;

fn line(inquiry: &impl Search, spent: Duration, budget: Duration) -> String {
    let passes = inquiry.ways();
    // The search ends when its work is done or its time is over.
    let share = inquiry.share().max(spent.as_secs_f64() / budget.as_secs_f64().max(1e-9));
    let text = words::check::searching(format_args!("{:.0}", (share * 100.0).min(100.0)), passes);
    pad(&text, WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnose::Observation, load::builtin};

    #[test]
    fn the_line_shows_the_progress_and_has_a_fixed_width() {
        let network = builtin("line-1-16-1").expect("built in").network;
        let answers = vec!["813.2951".parse().expect("a number")];
        let observation = Observation { input: vec![10.0], at: "output[0]".parse().expect("an address"), answers };
        let mut inquiry = Inquiry::new(&network, &[], &[observation]).expect("fits");
        let mut left = 50;
        inquiry.advance(&mut || {
            left -= 1;
            left >= 0
        });
        let text = line(&inquiry, Duration::from_secs(1), Duration::from_secs(4));
        assert_eq!(text.trim_end(), "Searching: 25 %, 50 ways tried");
        assert_eq!(text.len(), WIDTH);
    }
}
