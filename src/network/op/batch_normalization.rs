//! Batch normalisation at prediction time: takes the moving mean away, divides by the moving deviation, scales and shifts.
//!
//! ```text
//! deviation[u] = sqrt(moving_variance[u] + epsilon)
//! a[u] = (x[u] - moving_mean[u]) / deviation[u] * gamma[u] + beta[u]      all of shape (units,)
//! ```
//! The statistics of the batch itself are used in training only. Source: Ioffe and Szegedy, "Batch Normalization", 2015,
//! algorithm 2; `keras/src/layers/normalization/batch_normalization.py`, `call` with `training=False`. Keras folds the four
//! actions into one product and one sum, which may differ in the last digits.
//!
//! ```
//! use byhand::network::BatchNormalization;
//! // gamma, moving_mean, moving_variance as they were printed in a question; no beta; data_out for 1 was 0.79519051
//! let layer = BatchNormalization::new(vec![0.058_853_44], vec![0.910_007_36], 0.001)
//!     .with_gamma(vec![0.806_445_24]);
//! let out = layer.recipe().output(&[1.0])[0];
//! assert!((out - 0.795_190_51).abs() < 1e-7);
//! ```

use std::sync::Arc;

use crate::network::{Finish, List, MOST_UNITS, NetworkError, Operator, Recipe, Role, Stage, Weight};

/// Normalisation with statistics that were learnt.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchNormalization {
    moving_mean: Arc<[f32]>,     // (units,)
    moving_variance: Arc<[f32]>, // (units,)
    gamma: Option<Arc<[f32]>>,   // (units,); `None` for scale=False
    beta: Option<Arc<[f32]>>,    // (units,); `None` for center=False
    epsilon: f32,
}

impl BatchNormalization {
    /// From its statistics and epsilon (Keras: 0.001, PyTorch: 0.00001), without scale and shift.
    pub fn new(moving_mean: Vec<f32>, moving_variance: Vec<f32>, epsilon: f32) -> Self {
        let (moving_mean, moving_variance) = (moving_mean.into(), moving_variance.into());
        Self { moving_mean, moving_variance, gamma: None, beta: None, epsilon }
    }

    /// The same with a scale.
    #[must_use]
    pub fn with_gamma(self, gamma: Vec<f32>) -> Self {
        Self { gamma: Some(gamma.into()), ..self }
    }

    /// The same with a shift.
    #[must_use]
    pub fn with_beta(self, beta: Vec<f32>) -> Self {
        Self { beta: Some(beta.into()), ..self }
    }

    /// The same with another epsilon.
    #[must_use]
    pub fn with_epsilon(self, epsilon: f32) -> Self {
        Self { epsilon, ..self }
    }

    /// The same with other statistics, shape (units,) each.
    #[must_use]
    pub fn with_statistics(self, mean: Vec<f32>, variance: Vec<f32>) -> Self {
        Self { moving_mean: mean.into(), moving_variance: variance.into(), ..self }
    }

    /// The same with two of its lists exchanged; `None` if it has not got both.
    pub fn exchanged(&self, a: List, b: List) -> Option<Self> {
        let (of_a, of_b) = (self.list(a)?.into(), self.list(b)?.into());
        let mut changed = self.clone();
        *changed.list_mut(a)? = of_b;
        *changed.list_mut(b)? = of_a;
        Some(changed)
    }

    fn list_mut(&mut self, list: List) -> Option<&mut Arc<[f32]>> {
        match list {
            List::Gamma => self.gamma.as_mut(),
            List::Beta => self.beta.as_mut(),
            List::MovingMean => Some(&mut self.moving_mean),
            List::MovingVariance => Some(&mut self.moving_variance),
            List::Scale | List::Offset => None,
        }
    }

    /// How many values it normalises, each by itself.
    pub fn units(&self) -> usize {
        self.moving_mean.len()
    }

    /// The variance that epsilon is added to; shape (units,).
    pub fn moving_variance(&self) -> &[f32] {
        &self.moving_variance
    }

    /// What is added to the variance, so that nothing is divided by 0.
    pub fn epsilon(&self) -> f32 {
        self.epsilon
    }

    /// Subtract, divide, multiply, add.
    pub fn recipe(&self) -> Recipe {
        let deviation = self.moving_variance.iter().map(|variance| (variance + self.epsilon).sqrt()).collect();
        let combine =
            |operator, operand: &Arc<[f32]>, role| Finish::combine(operator, Arc::clone(operand), role, Stage::A);
        let mut finish = vec![
            combine(Operator::Subtract, &self.moving_mean, Role::Mean),
            combine(Operator::Divide, &deviation, Role::Deviation),
        ];
        finish.extend(self.gamma.iter().map(|gamma| combine(Operator::Multiply, gamma, Role::Gamma)));
        finish.extend(self.beta.iter().map(|beta| combine(Operator::Add, beta, Role::Beta)));
        Recipe::new(self.units(), None, finish)
    }

    /// The numbers of one list.
    pub fn list(&self, list: List) -> Option<&[f32]> {
        match list {
            List::Gamma => self.gamma.as_deref(),
            List::Beta => self.beta.as_deref(),
            List::MovingMean => Some(&self.moving_mean),
            List::MovingVariance => Some(&self.moving_variance),
            List::Scale | List::Offset => None,
        }
    }

    pub(super) fn check(&self, layer: &str) -> Result<(), NetworkError> {
        let units = self.units();
        let lists = [List::MovingMean, List::MovingVariance, List::Gamma, List::Beta];
        let odd = lists.into_iter().find(|&list| self.list(list).is_some_and(|values| values.len() != units));
        match odd {
            Some(list) => Err(NetworkError::List {
                layer: layer.to_owned(),
                list: list.name(),
                expected: units,
                got: self.list(list).map_or(0, <[f32]>::len),
            }),
            None if (1..=MOST_UNITS).contains(&units) => Ok(()),
            None => Err(NetworkError::Size { layer: layer.to_owned(), inputs: units, units }),
        }
    }

    pub(super) fn with_weight(&self, weight: Weight, value: f32) -> Option<Self> {
        let Weight::Listed { list, unit } = weight else { return None };
        let changed = super::changed(self.list(list)?, unit, value)?;
        let mut layer = self.clone();
        match list {
            List::Gamma => layer.gamma = Some(changed),
            List::Beta => layer.beta = Some(changed),
            List::MovingMean => layer.moving_mean = changed,
            List::MovingVariance => layer.moving_variance = changed,
            List::Scale | List::Offset => return None,
        }
        Some(layer)
    }
}
