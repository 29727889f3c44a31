//! The values that a formula reads, each computed once however often it is named.

use std::{cell::OnceCell, sync::Arc};

use super::{EvaluateError, Formula, Scene};
use crate::{
    mistake::{self, Mistake},
    network::{Network, Recipe, Values, recipe::run},
    pass::{Address, PassError, Source, address},
};

/// A [`Scene`] at work. A new input keeps the recipes; new mistakes need new ones.
pub(super) struct Scope<'a> {
    pub(super) network: &'a Network,
    pub(super) input: &'a [f32],
    pub(super) mistakes: &'a [Mistake],
    pub(super) target: Option<&'a Formula>,
    pub(super) region: &'a [(f32, f32)],
    /// Whether many inputs are being tried: a measure within a measure would take for ever.
    pub(super) measuring: bool,
    recipes: Recipes<'a>,
    values: OnceCell<Vec<Arc<Values>>>,
}

enum Recipes<'a> {
    Own(OnceCell<Vec<Recipe>>),
    Shared(&'a OnceCell<Vec<Recipe>>),
}

impl<'a> Scope<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Self {
        Self {
            network: scene.network,
            input: scene.input,
            mistakes: scene.mistakes,
            target: scene.target,
            region: scene.region,
            measuring: false,
            recipes: Recipes::Own(OnceCell::new()),
            values: OnceCell::new(),
        }
    }

    /// The same network with another input.
    pub(super) fn at<'b>(&'b self, input: &'b [f32]) -> Scope<'b> {
        let recipes = Recipes::Shared(self.recipe_cell());
        Scope { input, recipes, values: OnceCell::new(), ..*self }
    }

    /// One of the many inputs that are tried.
    pub(super) fn measure<'b>(&'b self, input: &'b [f32]) -> Scope<'b> {
        Scope { measuring: true, ..self.at(input) }
    }

    /// The same input with other mistakes.
    pub(super) fn with<'b>(&'b self, mistakes: &'b [Mistake]) -> Scope<'b> {
        Scope { mistakes, recipes: Recipes::Own(OnceCell::new()), values: OnceCell::new(), ..*self }
    }

    /// For the formula of the target itself, which has no target.
    pub(super) fn targeting(&self) -> Scope<'_> {
        Scope { target: None, ..self.at(self.input) }
    }

    fn recipe_cell(&self) -> &OnceCell<Vec<Recipe>> {
        match &self.recipes {
            Recipes::Own(cell) => cell,
            Recipes::Shared(cell) => cell,
        }
    }

    /// How the layers are computed, with the mistakes.
    pub(super) fn recipes(&self) -> Result<&[Recipe], EvaluateError> {
        let cell = self.recipe_cell();
        if let Some(recipes) = cell.get() {
            return Ok(recipes);
        }
        let recipes = mistake::recipes(self.network, self.mistakes)?;
        Ok(cell.get_or_init(|| recipes))
    }

    fn values(&self) -> Result<&[Arc<Values>], EvaluateError> {
        if let Some(values) = self.values.get() {
            return Ok(values);
        }
        self.check_input()?;
        let values = run(self.recipes()?, self.input, &[]);
        Ok(self.values.get_or_init(|| values))
    }

    pub(super) fn check_input(&self) -> Result<(), PassError> {
        let (expected, got) = (self.network.inputs(), self.input.len());
        if expected == got {
            return Ok(());
        }
        Err(PassError::Input { network: self.network.name().to_owned(), expected, got })
    }

    pub(super) fn output(&self) -> Result<&[f32], EvaluateError> {
        Ok(self.values()?.last().map_or(&[], |values| values.a()))
    }

    pub(super) fn steps(&self) -> Result<usize, EvaluateError> {
        Ok(self.recipes()?.iter().map(Recipe::steps).sum())
    }

    /// What [`crate::pass::Pass::get`] gives for the same pass, without making the pass.
    pub(super) fn get(&self, address: &Address) -> Result<&[f32], EvaluateError> {
        address::look_up(address, self.network, |source| {
            Ok(match source {
                Source::Stage(layer, stage) => {
                    self.values()?.get(layer).and_then(|values| values.stage(stage)).unwrap_or(&[])
                }
                Source::Kernel(layer) => {
                    let kernel = self.recipes()?.get(layer).and_then(|recipe| recipe.kernel.as_ref());
                    kernel.map_or(&[][..], |kernel| kernel.values())
                }
                _ => {
                    self.check_input()?;
                    self.input
                }
            })
        })
    }
}
