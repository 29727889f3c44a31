//! Scaling: maps every value by itself, `a = x * scale + offset`. It is used before a network that was trained on mapped
//! inputs, or behind one that was trained on mapped targets.
//!
//! ```text
//! a[u] = x[u] * scale[u] + offset[u]      all of shape (units,)
//! ```
//! Standardising is scale = 1 / deviation and offset = -mean / deviation; mapping [low, high] to [-1, 1] (MATLAB's
//! `mapminmax`) is scale = 2 / (high - low). Source: `sklearn/preprocessing/_data.py`, `MinMaxScaler.transform`; `Rescaling`
//! in `keras/src/layers/preprocessing/rescaling.py`.
//!
//! ```
//! use byhand::network::Scaling;
//! // [0, 1] to [-1, 1]
//! let scaling = Scaling::between((0.0, 1.0), (-1.0, 1.0));
//! assert_eq!(scaling.recipe().output(&[0.95]), [0.9]);
//! ```

use std::sync::Arc;

use crate::network::{Finish, List, MOST_UNITS, NetworkError, Operator, Recipe, Role, Stage, Weight};

/// A mapping of every value by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    scale: Arc<[f32]>,  // (units,)
    offset: Arc<[f32]>, // (units,)
}

impl Scaling {
    /// From scales and offsets; shapes are checked when it becomes part of a network.
    pub fn new(scale: Vec<f32>, offset: Vec<f32>) -> Self {
        Self { scale: scale.into(), offset: offset.into() }
    }

    /// One value: the range `from` onto the range `to`.
    pub fn between(from: (f32, f32), to: (f32, f32)) -> Self {
        let scale = (f64::from(to.1) - f64::from(to.0)) / (f64::from(from.1) - f64::from(from.0));
        let offset = f64::from(to.0) - f64::from(from.0) * scale;
        Self::new(vec![scale as f32], vec![offset as f32])
    }

    /// One value: its mean taken away, divided by its deviation.
    pub fn standardising(mean: f32, deviation: f32) -> Self {
        let (mean, deviation) = (f64::from(mean), f64::from(deviation));
        Self::new(vec![(1.0 / deviation) as f32], vec![(-mean / deviation) as f32])
    }

    /// How many values it maps.
    pub fn units(&self) -> usize {
        self.scale.len()
    }

    /// Multiply, add.
    pub fn recipe(&self) -> Recipe {
        let combine =
            |operator, operand: &Arc<[f32]>, role| Finish::combine(operator, Arc::clone(operand), role, Stage::A);
        let finish = vec![
            combine(Operator::Multiply, &self.scale, Role::Scale),
            combine(Operator::Add, &self.offset, Role::Offset),
        ];
        Recipe::new(self.units(), None, finish)
    }

    /// The numbers of one list.
    pub fn list(&self, list: List) -> Option<&[f32]> {
        match list {
            List::Scale => Some(&self.scale),
            List::Offset => Some(&self.offset),
            List::Gamma | List::Beta | List::MovingMean | List::MovingVariance => None,
        }
    }

    pub(super) fn check(&self, layer: &str) -> Result<(), NetworkError> {
        let (expected, got) = (self.scale.len(), self.offset.len());
        if expected != got {
            return Err(NetworkError::List { layer: layer.to_owned(), list: List::Offset.name(), expected, got });
        }
        if !(1..=MOST_UNITS).contains(&expected) {
            return Err(NetworkError::Size { layer: layer.to_owned(), inputs: expected, units: expected });
        }
        Ok(())
    }

    pub(super) fn with_weight(&self, weight: Weight, value: f32) -> Option<Self> {
        let Weight::Listed { list, unit } = weight else { return None };
        let changed = super::changed(self.list(list)?, unit, value)?;
        match list {
            List::Scale => Some(Self { scale: changed, ..self.clone() }),
            List::Offset => Some(Self { offset: changed, ..self.clone() }),
            _ => None,
        }
    }
}
