//! What the learner changed, for undo and redo.

use crate::{mistake::Mistake, network::Network};

/// More changes than this are forgotten, the oldest first.
const MOST: usize = 1_000;

/// What can be changed on the bench, and undone. Cheap to clone: weights are shared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Work {
    /// The network with its weights as they are now.
    pub(super) network: Network,
    /// What goes in.
    pub(super) input: Vec<f32>,
    /// The what-ifs that are on.
    pub(super) what_ifs: Vec<Mistake>,
}

/// The changes so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct History {
    past: Vec<Work>,
    future: Vec<Work>,
}

impl History {
    /// Remembers how it was before a change.
    pub(super) fn remember(&mut self, before: Work) {
        self.future.clear();
        self.past.push(before);
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// How it was before the last change.
    pub(super) fn undo(&mut self, now: &Work) -> Option<Work> {
        let before = self.past.pop()?;
        self.future.push(now.clone());
        Some(before)
    }

    /// How it was before the last undo.
    pub(super) fn redo(&mut self, now: &Work) -> Option<Work> {
        let after = self.future.pop()?;
        self.past.push(now.clone());
        Some(after)
    }

    /// How many changes can be undone.
    pub(super) fn undoable(&self) -> usize {
        self.past.len()
    }
}
