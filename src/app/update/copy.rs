//! Copying: a value, or the worked solution, to the clipboard of the terminal.

use crate::{
    app::{App, Effects, Wanted},
    network::{Stage, number::Digits},
    words::notice,
};

impl App {
    /// The value that was computed last, with every digit; at the end of the pass all outputs.
    pub(super) fn copy_value(&mut self) -> Effects {
        let Some(bench) = self.bench() else { return Effects::NONE };
        let pass = bench.pass();
        let values: Vec<f32> = if bench.position() >= pass.steps() {
            pass.output().to_vec()
        } else {
            let step = bench.position().checked_sub(1).and_then(|last| pass.step(last));
            step.iter().map(|step| step.action.after()).collect()
        };
        if values.is_empty() {
            return self.notify(notice::nothing_to_copy());
        }
        let last = pass.network().depth().saturating_sub(1);
        let is_output = bench.position() >= pass.steps();
        let hides = |(unit, &value): (usize, &f32)| {
            bench.hidden.hides_number(value) || is_output && bench.hidden.hides(last, Stage::A, unit, value)
        };
        if values.iter().enumerate().any(hides) {
            return self.notify(notice::copy_hidden());
        }
        let text = values.iter().map(|&value| Digits::Exact.column(value)).collect::<Vec<_>>().join(", ");
        let shown: String = text.chars().take(MOST_SHOWN).collect();
        let shown = if shown.len() < text.len() { shown + "…" } else { shown };
        self.wanted = Some(Wanted::Copy(text));
        Effects { want: true, ..self.notify(notice::copied_value(shown)) }
    }

    /// The worked solution is written by the shell.
    pub(super) fn copy_solution(&mut self) -> Effects {
        let Some(bench) = self.bench() else { return Effects::NONE };
        if !bench.hidden.is_empty() {
            return self.notify(notice::copy_hidden());
        }
        self.wanted = Some(Wanted::CopySolution);
        Effects { redraw: true, want: true, ..Effects::NONE }
    }
}

/// Characters of a copied value that the bottom line shows.
const MOST_SHOWN: usize = 24;
