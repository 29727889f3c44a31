//! The steps of a recipe, found by division: which unit and which action step `k` is, and the way back.

use super::{Action, Finish, Recipe, Stage, Transform, Values};
use crate::network::{Weight, Written};

/// Units that go through the same actions one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Phase {
    /// How many units.
    units: usize,
    /// Products of each.
    products: usize,
    /// The first finishing action.
    first: usize,
    /// How many finishing actions.
    count: usize,
}

impl Phase {
    fn per_unit(self) -> usize {
        self.products + self.count
    }

    fn steps(self) -> usize {
        self.units * self.per_unit()
    }
}

/// The place of a step in its layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which unit.
    pub unit: usize,
    /// Which product (`Ok`) or finishing action (`Err`).
    pub part: Part,
}

/// Part of a unit's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The product with this input.
    Product(usize),
    /// The finishing action of this index.
    Finish(usize),
}

impl Recipe {
    fn phases(&self) -> impl Iterator<Item = Phase> {
        let products = self.kernel.as_ref().map_or(0, |kernel| kernel.inputs());
        let mut phases = vec![Phase { units: self.units(), products, first: 0, count: 0 }];
        for (i, (finish, width)) in self.finish.iter().zip(self.widths()).enumerate() {
            if finish.is_together() {
                phases.push(Phase { units: width, products: 0, first: i, count: 0 });
            }
            if let Some(phase) = phases.last_mut() {
                phase.count += 1;
            }
        }
        phases.into_iter()
    }

    /// How many steps the layer takes.
    pub fn steps(&self) -> usize {
        self.phases().map(Phase::steps).sum()
    }

    /// The place of step `k`; `None` past the end.
    pub fn place(&self, mut k: usize) -> Option<Place> {
        for phase in self.phases() {
            if k < phase.steps() {
                let (unit, part) = (k / phase.per_unit(), k % phase.per_unit());
                let part = match part.checked_sub(phase.products) {
                    None => Part::Product(part),
                    Some(finish) => Part::Finish(phase.first + finish),
                };
                return Some(Place { unit, part });
            }
            k -= phase.steps();
        }
        None
    }

    /// The step that does `part` for `unit`; `None` if the recipe has no such part.
    pub fn step_of(&self, place: Place) -> Option<usize> {
        let mut before = 0;
        for phase in self.phases() {
            let within = match place.part {
                Part::Product(input) if input < phase.products => Some(input),
                Part::Finish(i) if (phase.first..phase.first + phase.count).contains(&i) => {
                    Some(phase.products + i - phase.first)
                }
                _ => None,
            };
            if let Some(within) = within {
                return (place.unit < phase.units).then(|| before + place.unit * phase.per_unit() + within);
            }
            before += phase.steps();
        }
        None
    }

    /// How many of the finishing actions lead to `stage`: all that give it, or an earlier one. The last stage is what the layer
    /// gives, whatever was done.
    pub fn leading_to(&self, stage: Stage) -> usize {
        match stage {
            Stage::A => self.finish.len(),
            _ => self.finish.iter().take_while(|finish| finish.gives <= stage).count(),
        }
    }

    /// In which phase `stage` is complete: how many actions that look at all units together lead to it.
    pub fn phase_of(&self, stage: Stage) -> usize {
        self.finish.iter().take(self.leading_to(stage)).filter(|finish| finish.is_together()).count()
    }

    /// How many of the layer's steps must be done before `stage` of `unit` is known; 0 for what arrives.
    pub fn known_after(&self, stage: Stage, unit: usize) -> Option<usize> {
        if stage == Stage::In {
            return (unit < self.inputs).then_some(0);
        }
        let part = match self.leading_to(stage).checked_sub(1) {
            Some(finish) => Part::Finish(finish),
            None => match &self.kernel {
                Some(kernel) => Part::Product(kernel.inputs().checked_sub(1)?),
                // Nothing is done: what arrives is what the layer gives.
                None => return (unit < self.inputs).then_some(0),
            },
        };
        self.step_of(Place { unit, part }).map(|step| step + 1)
    }

    /// Whether the action at `place` is left out: it has a step, in which nothing is done.
    pub fn leaves_out_at(&self, Place { unit, part }: Place) -> bool {
        match part {
            Part::Product(input) => self.leaves_out(Weight::Kernel { input, unit }),
            Part::Finish(i) => {
                self.finish.get(i).is_some_and(Finish::is_bias) && self.leaves_out(Weight::Bias { unit })
            }
        }
    }

    /// The stage that is complete once step `place` is done, if one is.
    pub fn completes(&self, place: Place) -> Option<Stage> {
        let step = self.step_of(place)? + 1;
        [Stage::A, Stage::Z, Stage::Wx].into_iter().find(|&stage| self.known_after(stage, place.unit) == Some(step))
    }

    /// Positions before and after the run of steps that step `k` shares with its unit.
    pub fn unit_bounds(&self, k: usize) -> Option<(usize, usize)> {
        let mut before = 0;
        for phase in self.phases() {
            if k < before + phase.steps() {
                let first = k - (k - before) % phase.per_unit();
                return Some((first, first + phase.per_unit()));
            }
            before += phase.steps();
        }
        None
    }

    /// Step `k` with its numbers; `values` are this recipe's own.
    pub fn action(&self, k: usize, values: &Values) -> Option<(Place, Action)> {
        let place = self.place(k)?;
        let unit = place.unit;
        let action = match place.part {
            Part::Product(input) => {
                let kernel = self.kernel.as_ref()?;
                let (x, w) = (*values.input.get(input)?, kernel.get(input, unit)?);
                let before = match self.rounding.filter(|rounding| rounding.what == Written::Products) {
                    None => kernel.partial_sum(&values.input, unit, input),
                    Some(_) => (0..input).fold(0.0, |sum, i| self.add_product(kernel, &values.input, unit, i, sum).1),
                };
                let (product, after) = self.add_product(kernel, &values.input, unit, input, before);
                Action::Multiply { input, x, w, product, before, after }
            }
            Part::Finish(i) => {
                let (entering, after) = (values.chain.get(i)?, *values.chain.get(i + 1)?.get(unit)?);
                let before = *entering.get(unit)?;
                let finish = self.finish.get(i)?;
                match &finish.transform {
                    Transform::Combine { operator, operand, role } => {
                        let (operator, operand, role) = (*operator, *operand.get(unit)?, *role);
                        Action::Combine { operator, operand, role, times: finish.times, before, after }
                    }
                    Transform::Itself { operator, role } => {
                        Action::Combine { operator: *operator, operand: before, role: *role, times: 1, before, after }
                    }
                    Transform::Activate(activation) => Action::Activate { activation: *activation, before, after },
                    Transform::Argmax => Action::Argmax { before: *entering.get(after as usize)?, after },
                }
            }
        };
        Some((place, action))
    }

    /// An input, its weight and their product, without the sum before it, which costs as many products as it has.
    pub fn product(&self, input: usize, unit: usize, values: &Values) -> Option<(f32, f32, f32)> {
        let kernel = self.kernel.as_ref()?;
        let (x, w) = (*values.input.get(input)?, kernel.get(input, unit)?);
        Some((x, w, self.add_product(kernel, &values.input, unit, input, 0.0).0))
    }
}
