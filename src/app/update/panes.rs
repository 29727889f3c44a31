//! Which pane is shown.

use super::super::{App, Bench, Pane};
use crate::{network::number::Digits, setting::View, words::notice};

impl App {
    /// The next or previous pane: pictures, and on a narrow screen the lesson and the calculation too.
    pub(super) fn cycle_panes(&mut self, by: isize) {
        let narrow = self.is_narrow();
        let in_lesson = self.study().is_some();
        let Some(bench) = self.bench_mut() else { return };
        let mut panes: Vec<Pane> = bench.views().into_iter().map(Pane::Picture).collect();
        if narrow {
            panes.insert(1, Pane::Calculation);
            if in_lesson {
                panes.insert(0, Pane::Lesson);
            }
        }
        let shown = if narrow { bench.pane } else { Pane::Picture(bench.view) };
        let at = panes.iter().position(|&pane| pane == shown).unwrap_or(0) as isize;
        let next = (at + by).rem_euclid(panes.len() as isize) as usize;
        show(bench, panes[next]);
    }
}

/// The next number of digits; a line says which.
pub(super) fn next_digits(digits: &mut Digits) -> String {
    *digits = digits.next();
    match *digits {
        Digits::Exact => notice::all_digits(),
        Digits::Fixed(decimals) => notice::decimals(decimals),
    }
}

/// Shows a pane.
pub(super) fn show(bench: &mut Bench, pane: Pane) {
    bench.pane = pane;
    if pane != Pane::Picture(View::Matrix) {
        bench.cell = None;
    }
    if let Pane::Picture(view) = pane {
        bench.view = view;
    }
}
