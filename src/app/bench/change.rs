//! What the learner changes on the bench, and takes back.

use super::{Bench, Pane, View, Work, map::LastMap, passes, plot::LastPlot};
use crate::{mistake::Mistake, network::Weight};

impl Bench {
    /// Changes the input. `false` if it has another length than the network takes.
    pub fn set_input(&mut self, input: Vec<f32>) -> bool {
        self.change(|work| work.input = input)
    }

    /// Changes one weight.
    pub fn set_weight(&mut self, layer: usize, weight: Weight, value: f32) -> bool {
        match self.work.network.with_weight(layer, weight, value) {
            Ok(network) => self.change(|work| work.network = network),
            Err(_) => false,
        }
    }

    /// Switches a what-if on or off. Two of one kind at one layer cannot both be on: the new one replaces the old.
    pub fn toggle(&mut self, what_if: Mistake) -> bool {
        let on = self.work.what_ifs.contains(&what_if);
        self.change(|work| {
            work.what_ifs.retain(|other| other.kind != what_if.kind || other.layer != what_if.layer);
            if !on {
                work.what_ifs.push(what_if);
            }
        })
    }

    /// Switches a plain what-if of this kind at the layer that is being computed, or, where that layer has nothing for
    /// it, at the nearest one before or after.
    ///
    /// # Errors
    /// A sentence that says why no layer has room for it.
    pub fn toggle_kind(&mut self, id: &str) -> Result<Mistake, String> {
        let here = self.layer();
        let mut layers: Vec<usize> = (0..self.network().depth()).collect();
        layers.sort_by_key(|layer| (layer.abs_diff(here), *layer));
        let mut refused = None;
        for layer in layers {
            let name = self.network().layer(layer).map_or(String::new(), |layer| layer.name.clone());
            match Mistake::plain(id, &name, self.network()) {
                Ok(mistake) => {
                    self.toggle(mistake);
                    return Ok(mistake);
                }
                Err(error) => {
                    refused.get_or_insert(error.to_string());
                }
            }
        }
        Err(refused.unwrap_or_default())
    }

    /// Every what-if that can be switched on: those that are on first, the many other activations last.
    pub fn what_if_list(&self) -> Vec<Mistake> {
        let mut list = Mistake::of_method(self.network());
        // Within a layer the common mistakes come first.
        list.sort_by(|a, b| {
            let key =
                |what_if: &Mistake| (!self.what_ifs().contains(what_if), what_if.kind.has_many_ways(), what_if.layer);
            key(a).cmp(&key(b)).then(b.kind.common.total_cmp(&a.kind.common))
        });
        list
    }

    /// The posted weights and the first input, without what-ifs.
    pub fn back_to_posted(&mut self) -> bool {
        let first = self.first.clone();
        self.change(|work| *work = first)
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.history.undo(&self.work) else { return false };
        self.take(before)
    }

    /// Redoes it.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.history.redo(&self.work) else { return false };
        self.take(after)
    }

    pub(in crate::app) fn change(&mut self, change: impl FnOnce(&mut Work)) -> bool {
        let before = self.work.clone();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return true;
        }
        let taken = self.take(after);
        // Typing a number changes it at every key; together that is one change for undo.
        if taken && self.before_edit.is_none() {
            self.history.remember(before);
        }
        taken
    }

    /// Makes this the work, keeping the place in the pass.
    pub(super) fn take(&mut self, work: Work) -> bool {
        let Ok((right, wrong)) = passes(&work) else { return false };
        let old = self.pass();
        let was_complete = self.position() >= old.steps();
        let step = self.position().checked_sub(1).and_then(|k| old.step(k));
        let other_weights = self.work.network != work.network;
        if (&self.work.network, &self.work.what_ifs) != (&work.network, &work.what_ifs) {
            (self.last_map, self.last_plot) = (LastMap::default(), LastPlot::default());
        }
        (self.right, self.wrong, self.work) = (right, wrong, work);
        let new = self.pass();
        let same_place =
            step.map_or(Some(0), |step| Some(new.step_of(step.layer, step.place.unit, step.place.part)? + 1));
        let position = if was_complete { new.steps() } else { same_place.unwrap_or(self.position()) };
        self.go_to(position);
        if self.view == View::Compare && self.wrong.is_none() {
            self.view = View::Network;
            if self.pane == Pane::Picture(View::Compare) {
                self.pane = Pane::Picture(View::Network);
            }
        }
        if other_weights {
            self.forget_finding();
        }
        true
    }
}
