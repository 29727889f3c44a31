//! Steps about the learner's own network and their own numbers.

use std::sync::Arc;

use super::{Asked, Bench, Finding, Outcome, Setting, Study};
use crate::{
    course::{Diagnose, TaskKind},
    mistake::Mistake,
};

impl Study {
    /// Remembers the bench of a step about the learner's own network.
    pub(super) fn leave(&mut self, bench: &Bench) {
        if self.setting().is_some_and(|setting| setting.own) {
            let mut own = bench.clone();
            (own.field, own.cell) = (None, None);
            self.own = Some(Box::new(own));
        }
    }

    /// The step's formulas speak about the learner's own network, once there is one.
    pub(super) fn look_at_own(&mut self, bench: &Bench) {
        let Some(setting) = self.settings.get_mut(self.step).filter(|setting| setting.own) else { return };
        if self.own.is_some()
            && let Ok(own) = Setting::of(Arc::clone(&bench.model))
        {
            let (network, input) = (bench.network().clone(), bench.input().to_vec());
            *setting = Setting { network, input, own: true, ..own };
        }
    }

    /// Whether the step that is shown waits for a network of the learner's own.
    pub(in crate::app) fn wants_own(&self) -> bool {
        self.asked.is_open() && matches!(self.current().map(|step| &step.task.kind), Some(TaskKind::Own { .. }))
    }

    /// Takes the learner's own network, for this step and those that follow.
    pub(in crate::app) fn bring(&mut self, own: Box<Bench>, bench: &mut Bench) -> Outcome {
        // The network on the bench is not the learner's own, so it is not stored as theirs.
        *bench = (*own).clone();
        self.own = Some(own);
        let waits = self.wants_own();
        let step = self.step;
        self.enter(step, bench);
        if waits {
            self.asked = Asked::Nothing;
        }
        self.check_task(bench)
    }
}

/// Whether the learner's numbers are enough, and the diagnosis says what it has to say.
pub(super) fn is_diagnosed(task: &Diagnose, bench: &Bench) -> bool {
    let mut inputs: Vec<&[f32]> = Vec::new();
    let mut numbers = 0;
    for observation in bench.observations() {
        numbers += 1;
        if !inputs.contains(&observation.input.as_slice()) {
            inputs.push(&observation.input);
        }
    }
    let Some(diagnosis) = bench.finding().and_then(Finding::diagnosis) else { return false };
    let wanted: Vec<Mistake> =
        task.names.iter().filter_map(|name| Mistake::named(name, bench.network()).ok()).collect();
    numbers >= task.numbers && inputs.len() >= task.inputs && (task.names.is_empty() || diagnosis.names(&wanted))
}
