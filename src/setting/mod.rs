//! What a lesson's [`BenchSetting`] means to the engine: a network with its weights as they are set, an input, what-ifs,
//! a position.
//!
//! A setting is folded from step to step ([`Setting::then`]); what a step does not name stays. The content compiler and the
//! screen use the same fold, so a lesson that compiles shows what its author saw. Formulas of a lesson are about the *right*
//! pass for the setting's input and weights: what-ifs count in them only through `with`.

mod error;
mod place;
mod steps;
mod view;
mod weights;

use std::{str::FromStr, sync::Arc};

pub use error::SettingError;
pub use place::{Place, stretch};
pub use steps::{StepError, beginning, leaving, seeded, settings, variants};
pub use view::View;

use crate::{
    course::{BenchSetting, Span},
    formula::{Formula, Inline, Part, Scene, Value, written},
    load::{self, Model},
    mistake::Mistake,
    network::Network,
    pass::{Pass, PassError},
};

/// How the bench is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The model as it was loaded.
    pub model: Arc<Model>,
    /// Its network, with the weights as they are set.
    pub network: Network,
    /// What goes in.
    pub input: Vec<f32>,
    /// The what-ifs that are on.
    pub what_ifs: Vec<Mistake>,
    /// What the model was trained for.
    pub target: Option<Formula>,
    /// The position in the pass.
    pub position: Place,
    /// Which picture is shown; `None` leaves the choice to the screen.
    pub view: Option<View>,
    /// The learner's own number, as somebody typed it.
    pub yours: Option<String>,
    /// Whether the step is about the learner's own network; this one is used until they have brought one.
    pub own: bool,
}

impl Setting {
    /// The built-in model of this name with its first input, nothing changed and nothing done.
    ///
    /// # Errors
    /// [`SettingError`] if there is no such model.
    pub fn first(model: &str) -> Result<Self, SettingError> {
        Self::of(Arc::new(load::builtin(model)?))
    }

    /// A model with its first input, nothing changed and nothing done.
    ///
    /// # Errors
    /// [`SettingError::Formula`] if its target does not read.
    pub fn of(model: Arc<Model>) -> Result<Self, SettingError> {
        let target = model.facts.target.as_ref().map(|target| Formula::parse(&target.formula)).transpose()?;
        Ok(Self {
            network: model.network.clone(),
            input: model.first_input(),
            model,
            what_ifs: Vec::new(),
            target,
            position: Place::Start,
            view: None,
            yours: None,
            own: false,
        })
    }

    /// This setting with a change. What the change does not name stays, but another model starts with its own values (only the picture
    /// stays). Posted weights are put back before weights are set; an empty `yours` takes the number away.
    ///
    /// # Errors
    /// [`SettingError`], naming the first part of the change that does not fit the model.
    pub fn then(&self, change: &BenchSetting) -> Result<Self, SettingError> {
        let mut next = match &change.model {
            Some(name) if name != self.model.network.name() => Self { view: self.view, ..Self::first(name)? },
            _ => self.clone(),
        };
        if change.posted {
            next.network = next.model.network.clone();
        }
        for (address, value) in change.weights.iter().flatten() {
            next.network = weights::set(&next.network, address, value)?;
        }
        if let Some(input) = &change.input {
            if let Some(number) = input.iter().position(|x| !x.is_finite()) {
                return Err(SettingError::TooLarge { what: format!("input[{number}]") });
            }
            next.input.clone_from(input);
        }
        if let Some(names) = &change.what_ifs {
            next.what_ifs = next.mistakes(names)?;
        }
        if let Some(at) = &change.at {
            next.position = at.parse()?;
        }
        if let Some(view) = &change.view {
            next.view = Some(view.parse()?);
        }
        if let Some(own) = change.own {
            next.own = own;
        }
        if let Some(yours) = &change.yours {
            next.yours = Some(yours.trim().to_owned()).filter(|text| !text.is_empty());
            if next.yours.as_ref().is_some_and(|text| !f32::from_str(text).is_ok_and(f32::is_finite)) {
                return Err(SettingError::Yours { text: yours.clone() });
            }
        }
        next.position.steps(&next.pass()?)?;
        Ok(next)
    }

    /// Reads names of mistakes for this network.
    ///
    /// # Errors
    /// [`SettingError::Mistake`] for the first that cannot be made.
    pub fn mistakes(&self, names: &[String]) -> Result<Vec<Mistake>, SettingError> {
        names.iter().map(|name| Ok(Mistake::named(name, &self.network)?)).collect()
    }

    /// The pass with the what-ifs.
    ///
    /// # Errors
    /// [`PassError`] if the input or a what-if does not fit; never for a setting that [`Setting::then`] made.
    pub fn pass(&self) -> Result<Pass, PassError> {
        Pass::new(&self.network, &self.input, &self.what_ifs)
    }

    /// The pass without the what-ifs.
    ///
    /// # Errors
    /// [`PassError`] if the input does not fit; never for a setting that [`Setting::then`] made.
    pub fn right_pass(&self) -> Result<Pass, PassError> {
        Pass::new(&self.network, &self.input, &[])
    }

    /// Where the lesson's formulas are computed: the right pass, whatever what-ifs are on.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            network: &self.network,
            input: &self.input,
            mistakes: &[],
            target: self.target.as_ref(),
            region: &self.model.facts.region,
        }
    }

    /// Works out a formula.
    ///
    /// # Errors
    /// [`SettingError`] if it does not read or has no value here.
    pub fn evaluate(&self, formula: &str) -> Result<Value, SettingError> {
        self.value(&Formula::parse(formula)?, formula)
    }

    /// Whether a condition is true.
    ///
    /// # Errors
    /// [`SettingError`] if it does not read, has no value here, or is a list.
    pub fn holds(&self, condition: &str) -> Result<bool, SettingError> {
        let value = self.evaluate(condition)?;
        value.is_true().map_err(|why| SettingError::Value { formula: condition.to_owned(), why })
    }

    /// The value between `{{` and `}}`, as the learner sees it. A number that somebody printed is shown as it was printed.
    ///
    /// # Errors
    /// [`SettingError`] if it does not read or has no value here.
    pub fn show(&self, text: &str) -> Result<String, SettingError> {
        let inline = Inline::parse(text)?;
        match inline.claim {
            Some(claim) => Ok(claim),
            None => Ok(self.value(&inline.formula, text)?.text(inline.digits)),
        }
    }

    /// The texts of a lesson's sentence, span by span, with its values; its equations are true as they are printed. What has no
    /// value here is in brackets with a question mark.
    pub fn texts(&self, text: &[Span]) -> Vec<String> {
        let part = |span: &Span| match span {
            Span::Plain(words) | Span::Code(words) | Span::Stress(words) | Span::Strong(words) => {
                Part::Text(words.clone())
            }
            Span::Value(formula) => self.part(formula).unwrap_or_else(|_| Part::Text(format!("({formula}?)"))),
        };
        written(&text.iter().map(part).collect::<Vec<_>>())
    }

    fn part(&self, text: &str) -> Result<Part, SettingError> {
        let inline = Inline::parse(text)?;
        if let Some(claim) = inline.claim {
            return Ok(Part::Text(claim));
        }
        Ok(match self.value(&inline.formula, text)? {
            Value::Number(value) => Part::Value { value, digits: inline.digits },
            list @ Value::List(_) => Part::Text(list.text(inline.digits)),
        })
    }

    /// Works out a formula that was read before; `text` is for the error.
    ///
    /// # Errors
    /// [`SettingError::Value`] if it has no value here.
    pub fn value(&self, formula: &Formula, text: &str) -> Result<Value, SettingError> {
        formula.evaluate(&self.scene()).map_err(|why| SettingError::Value { formula: text.to_owned(), why })
    }

    /// The position in `pass` that `at` names: `start`, `end`, or the address of a value.
    ///
    /// # Errors
    /// [`SettingError`] if there is no such value.
    pub fn position(pass: &Pass, at: &str) -> Result<usize, SettingError> {
        at.parse::<Place>()?.steps(pass)
    }
}

#[cfg(test)]
mod tests;
