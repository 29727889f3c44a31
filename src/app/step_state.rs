//! What the bench is worth for a step that asks for a state of it: what-ifs that are on, or a condition that holds.

use super::{
    answering::{Feedback, Tone},
    bench::Bench,
};
use crate::{course::TaskKind, formula::Formula, mistake::Mistake};

/// How far the bench is from what a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is what was asked for.
    Solved,
    /// Not yet.
    Open,
}

impl State {
    /// What the bench is worth for this task.
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

    /// What is said to it. `before`: the step was solved before.
    pub(super) fn feedback(self, kind: &TaskKind, before: bool, bench: &Bench) -> Option<Feedback> {
        match (self, kind) {
            (Self::Solved, TaskKind::Toggle { .. }) => Some(Feedback::switched(bench)),
            (Self::Solved, _) => Some(Feedback::plain(Tone::Right, "That does it.")),
            (Self::Open, TaskKind::Toggle { what_ifs, .. }) => {
                let on = on(bench);
                if before {
                    let text = match on {
                        Some(on) => format!("Solved before. Now this is on: {on}."),
                        None => "Solved before. Now nothing is switched on.".to_owned(),
                    };
                    return Some(Feedback::plain(Tone::Note, text));
                }
                let (count, wanted) = (bench.what_ifs().len(), what_ifs.len());
                let on = on?;
                let text = if count > wanted {
                    format!(
                        "{count} are on: {on}. This step wants {wanted}. The same key switches one off; R starts again."
                    )
                } else {
                    format!("On: {on}. That is not it yet. The same key switches it off; R starts again.")
                };
                Some(Feedback::plain(Tone::Note, text))
            }
            (Self::Open, _) => {
                let text = "Solved before. With the numbers on the bench now it is not: u goes back, R starts again.";
                before.then(|| Feedback::plain(Tone::Note, text))
            }
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
    (!says.is_empty()).then(|| says.join("; "))
}
