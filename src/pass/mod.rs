//! One forward pass: every value of every layer, computed rightly or with mistakes, and its steps.

pub mod address;
mod difference;
pub mod graph;
mod program;

use std::sync::Arc;

pub use address::{Address, AddressError, Source};
pub use difference::differ;
use thiserror::Error;

use crate::{
    mistake::{self, Mistake},
    network::{
        Action, Network, Recipe, Stage, Values,
        recipe::{Part, Place, run, through},
    },
    words,
};

/// Every value of one forward pass, in float32.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    network: Network,
    input: Vec<f32>,
    mistakes: Vec<Mistake>,
    recipes: Vec<Arc<Recipe>>,
    values: Vec<Arc<Values>>,
    /// Steps before each layer, and at the end the steps of the pass.
    starts: Vec<usize>,
}

/// Why a pass cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PassError {
    /// The input has another length than the network takes.
    #[error("{}", words::network::input(*got, network, *expected))]
    Input {
        /// The network.
        network: String,
        /// Numbers that it takes.
        expected: usize,
        /// Numbers that were given.
        got: usize,
    },
    /// A mistake that cannot be made in this network.
    #[error(transparent)]
    Mistake(#[from] mistake::MistakeError),
}

/// A network, rightly computed or with mistakes, as a function of its input: for plots and searches, which want
/// many outputs and no steps.
#[derive(Debug, Clone)]
pub struct Function {
    recipes: Vec<Recipe>,
}

impl Function {
    /// Prepares the recipes once.
    ///
    /// # Errors
    /// [`mistake::MistakeError`] for a mistake that this network leaves no room for.
    pub fn new(network: &Network, mistakes: &[Mistake]) -> Result<Self, mistake::MistakeError> {
        Ok(Self { recipes: mistake::recipes(network, mistakes)? })
    }

    /// The output for `input`; numbers that are missing count as 0, numbers too many are ignored.
    pub fn at(&self, input: &[f32]) -> Vec<f32> {
        through(&self.recipes, input)
    }
}

/// One scalar action of a pass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// In which layer.
    pub layer: usize,
    /// Which unit, and which part of its work.
    pub place: Place,
    /// What is done, with its numbers.
    pub action: Action,
    /// The stage that is complete with this step.
    pub completes: Option<Stage>,
}

/// How far one goes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stride {
    /// One scalar action.
    #[default]
    Action,
    /// One unit.
    Unit,
    /// One layer.
    Layer,
}

/// What one can go through in strides.
pub trait Strides {
    /// How many steps there are.
    fn steps(&self) -> usize;
    /// The position one stride after `position` (a number of steps done), at most the end.
    fn next(&self, position: usize, stride: Stride) -> usize;
    /// The position one stride before `position`, at least 0.
    fn previous(&self, position: usize, stride: Stride) -> usize;
}

impl Strides for Pass {
    fn steps(&self) -> usize {
        self.steps()
    }

    fn next(&self, position: usize, stride: Stride) -> usize {
        self.next(position, stride)
    }

    fn previous(&self, position: usize, stride: Stride) -> usize {
        self.previous(position, stride)
    }
}

impl Pass {
    /// Works out `network` for `input`, with `mistakes` (none: as the framework does).
    ///
    /// # Errors
    /// [`PassError`] if the input's length is not the network's, or a mistake does not fit it.
    pub fn new(network: &Network, input: &[f32], mistakes: &[Mistake]) -> Result<Self, PassError> {
        if input.len() != network.inputs() {
            return Err(PassError::Input {
                network: network.name().to_owned(),
                expected: network.inputs(),
                got: input.len(),
            });
        }
        let recipes = mistake::recipes(network, mistakes)?;
        let values = run(&recipes, input, &[]);
        let mut starts = vec![0];
        for recipe in &recipes {
            starts.push(starts.last().copied().unwrap_or(0) + recipe.steps());
        }
        Ok(Self {
            network: network.clone(),
            input: input.to_vec(),
            mistakes: mistakes.to_vec(),
            recipes: recipes.into_iter().map(Arc::new).collect(),
            values,
            starts,
        })
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The mistakes that were made.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// What went in.
    pub fn input(&self) -> &[f32] {
        &self.input
    }

    /// What comes out.
    pub fn output(&self) -> &[f32] {
        self.values.last().map_or(&[], |values| values.a())
    }

    /// How layer `layer` was computed.
    pub fn recipe(&self, layer: usize) -> Option<&Recipe> {
        self.recipes.get(layer).map(AsRef::as_ref)
    }

    /// Every value of layer `layer`.
    pub fn values(&self, layer: usize) -> Option<&Values> {
        self.values.get(layer).map(AsRef::as_ref)
    }

    /// The values of one stage of one layer.
    pub fn stage(&self, layer: usize, stage: Stage) -> Option<&[f32]> {
        self.values(layer)?.stage(stage)
    }

    /// How many steps the pass has.
    pub fn steps(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// How many steps come before `layer`; for the layer after the last one, all.
    pub fn start(&self, layer: usize) -> usize {
        self.starts.get(layer).copied().unwrap_or(self.steps())
    }

    /// Step `k`, found by arithmetic; `None` past the end.
    pub fn step(&self, k: usize) -> Option<Step> {
        let layer = self.layer_at(k)?;
        let recipe = self.recipe(layer)?;
        let (place, action) = recipe.action(k - self.start(layer), self.values(layer)?)?;
        Some(Step { layer, place, action, completes: recipe.completes(place) })
    }

    /// An input of a unit, its weight and their product; `None` if there is no such product.
    pub fn product(&self, layer: usize, unit: usize, input: usize) -> Option<(f32, f32, f32)> {
        self.recipe(layer)?.product(input, unit, self.values(layer)?)
    }

    /// The layer that step `k` belongs to.
    pub fn layer_at(&self, k: usize) -> Option<usize> {
        (k < self.steps()).then(|| self.starts.partition_point(|&start| start <= k) - 1)
    }

    /// How many steps must be done before this value is known; `None` if there is no such value.
    pub fn known_after(&self, layer: usize, stage: Stage, unit: usize) -> Option<usize> {
        let within = self.recipe(layer)?.known_after(stage, unit)?;
        match within {
            // What arrives is what the layer before gives.
            0 => layer.checked_sub(1).map_or(Some(0), |before| self.known_after(before, Stage::A, unit)),
            _ => Some(self.start(layer) + within),
        }
    }

    /// The step that does `part` for `unit` of `layer`.
    pub fn step_of(&self, layer: usize, unit: usize, part: Part) -> Option<usize> {
        Some(self.start(layer) + self.recipe(layer)?.step_of(Place { unit, part })?)
    }

    /// The position one stride after `position` (a number of steps done), at most the end.
    pub fn next(&self, position: usize, stride: Stride) -> usize {
        let end = self.steps();
        let Some(layer) = self.layer_at(position) else { return end };
        match stride {
            Stride::Action => position + 1,
            Stride::Layer => self.start(layer + 1),
            Stride::Unit => self.unit_bounds(position).map_or(end, |(_, after)| after),
        }
    }

    /// The position one stride before `position`, at least 0.
    pub fn previous(&self, position: usize, stride: Stride) -> usize {
        let Some(last) = position.min(self.steps()).checked_sub(1) else { return 0 };
        match stride {
            Stride::Action => last,
            Stride::Layer => self.layer_at(last).map_or(0, |layer| self.start(layer)),
            Stride::Unit => self.unit_bounds(last).map_or(0, |(before, _)| before),
        }
    }

    /// Positions before and after the run of steps that step `k` shares with its unit.
    fn unit_bounds(&self, k: usize) -> Option<(usize, usize)> {
        let layer = self.layer_at(k)?;
        let recipe = self.recipe(layer)?;
        let start = self.start(layer);
        let (first, after) = recipe.unit_bounds(k - start)?;
        Some((start + first, start + after))
    }

    /// The value at `address`, one number or a whole stage.
    ///
    /// # Errors
    /// [`AddressError`] if there is no such value here.
    pub fn get(&self, address: &Address) -> Result<&[f32], AddressError> {
        address::look_up(address, &self.network, |source| {
            Ok(match source {
                Source::Stage(layer, stage) => self.stage(layer, stage).unwrap_or(&[]),
                Source::Kernel(layer) => {
                    self.recipe(layer).and_then(|r| r.kernel.as_ref()).map_or(&[][..], |kernel| kernel.values())
                }
                _ => self.input(),
            })
        })
    }
}
