//! What the learner changed, for undo and redo.

use crate::{mistake::Mistake, network::Network};

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
#[derive(Debug, Clone, PartialEq)]
pub(super) struct History<W> {
    past: Vec<W>,
    future: Vec<W>,
    most: usize,
}

impl<W: Clone> History<W> {
    /// Nothing yet. More changes than `most` are forgotten, the oldest first.
    pub(super) fn keeping(most: usize) -> Self {
        Self { past: Vec::new(), future: Vec::new(), most }
    }

    /// Remembers how it was before a change.
    pub(super) fn remember(&mut self, before: W) {
        self.future.clear();
        self.past.push(before);
        if self.past.len() > self.most {
            self.past.remove(0);
        }
    }

    /// How it was before the last change.
    pub(super) fn undo(&mut self, now: &W) -> Option<W> {
        let before = self.past.pop()?;
        self.future.push(now.clone());
        Some(before)
    }

    /// How it was before the last undo.
    pub(super) fn redo(&mut self, now: &W) -> Option<W> {
        let after = self.future.pop()?;
        self.past.push(now.clone());
        Some(after)
    }

    /// How many changes can be undone.
    pub(super) fn undoable(&self) -> usize {
        self.past.len()
    }
}
