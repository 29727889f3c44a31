//! Whether the bench solves a step that asks for a state of it: what-ifs that are on, or a condition that is true.

use super::{
    answering::{Feedback, Tone},
    bench::Bench,
};
use crate::{
    course::TaskKind,
    formula::Formula,
    mistake::Mistake,
    words::{lesson, lists},
};

/// Whether the bench is what a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is what was asked for.
    Solved,
    /// Not yet.
    Open,
}

impl State {
    /// Whether the bench solves this task.
    pub(super) fn of(kind: &TaskKind, bench: &Bench) -> Self {
        let solved = match kind {
            TaskKind::Toggle { what_ifs, .. } => {
                let wanted = wanted(what_ifs, bench);
                wanted.len() == bench.what_ifs().len()
                    && wanted.iter().all(|what_if| bench.what_ifs().contains(what_if))
            }
            TaskKind::Edit { until, .. } => Formula::parse(until)
                .is_ok_and(|formula| formula.evaluate(&bench.scene()).is_ok_and(|value| value.is_true() == Ok(true))),
            _ => false,
        };
        if solved { Self::Solved } else { Self::Open }
    }

    /// The reply to it. `before`: the step was solved before.
    pub(super) fn feedback(self, kind: &TaskKind, before: bool, bench: &Bench) -> Option<Feedback> {
        match (self, kind) {
            (Self::Solved, TaskKind::Toggle { .. }) => Some(Feedback::switched(bench)),
            (Self::Solved, _) => Some(Feedback::plain(Tone::Right, lesson::solved())),
            (Self::Open, TaskKind::Toggle { what_ifs, .. }) => {
                let on = on(bench);
                if before {
                    let text = match on {
                        Some(on) => lesson::solved_before_on(on),
                        None => lesson::solved_before_off(),
                    };
                    return Some(Feedback::plain(Tone::Note, text));
                }
                let (count, wanted) = (bench.what_ifs().len(), what_ifs.len());
                let on = on?;
                let text = if count > wanted { lesson::too_many_on(count, on, wanted) } else { lesson::other_on(on) };
                Some(Feedback::plain(Tone::Note, text))
            }
            (Self::Open, _) => before.then(|| Feedback::plain(Tone::Note, lesson::solved_before_numbers())),
        }
    }
}

fn wanted(what_ifs: &[String], bench: &Bench) -> Vec<Mistake> {
    what_ifs.iter().filter_map(|name| Mistake::named(name, bench.network()).ok()).collect()
}

/// The what-ifs that are on, as a list; `None` if none is.
fn on(bench: &Bench) -> Option<String> {
    let says: Vec<String> =
        bench.what_ifs().iter().map(|what_if| what_if.says(bench.network()).replace('`', "")).collect();
    (!says.is_empty()).then(|| lists::semicolons(&says))
}
