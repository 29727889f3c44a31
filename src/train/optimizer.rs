//! Optimizers with their options, and the numbers that depend on the step.
//!
//! ```text
//!            Keras                                                        PyTorch
//! sgd        w - rate g                                                   the same
//! momentum   v = mu v - rate g,  w + v                                    b = mu b + (1 - dampening) g (the first b is g),  w - rate b
//! nesterov   w + mu v - rate g                                            w - rate (g + mu b)
//! rmsprop    v = rho v + (1 - rho) g^2,  w - rate g / sqrt(v + epsilon)   w - rate g / (sqrt(v) + epsilon)
//! adagrad    s = s + g^2 (from 0.1),     w - rate g / sqrt(s + epsilon)   from 0,  w - rate g / (sqrt(s) + epsilon)
//! adam       m = b1 m + (1 - b1) g   v = b2 v + (1 - b2) g^2   m_hat = m / (1 - b1^t)   v_hat = v / (1 - b2^t)
//!            w - rate m_hat / (sqrt(v_hat) + epsilon / sqrt(1 - b2^t))    w - rate m_hat / (sqrt(v_hat) + epsilon)
//! adamw      w - rate decay w first, then adam
//! ```
//! Keras writes Adam as `rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)`: the same with an epsilon that is larger in the
//! first steps. Keras takes b1^t and b2^t in float32. Sources: `keras/src/optimizers/*.py`, `torch/optim/*.py`.

use super::{Convention, TrainError};

/// Which optimizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptimizerKind {
    /// Gradient descent, perhaps with momentum.
    Sgd,
    /// Divides by the root of a moving mean of squares.
    RmsProp,
    /// Divides by the root of the sum of all squares.
    Adagrad,
    /// Moving means of gradients and of their squares, corrected for their start at 0.
    Adam,
    /// Adam with weight decay beside the gradient.
    AdamW,
}

/// How the learning rate changes with the steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Schedule {
    /// Not at all.
    Constant,
    /// Times `decay_rate ^ (step / decay_steps)`.
    Exponential {
        /// The steps of one decay.
        steps: f32,
        /// What the rate is multiplied with.
        rate: f32,
        /// Whether it stays the same between.
        staircase: bool,
    },
    /// Divided by `1 + decay_rate * step / decay_steps`.
    InverseTime {
        /// The steps of one decay.
        steps: f32,
        /// How much is added.
        rate: f32,
        /// Whether it stays the same between.
        staircase: bool,
    },
}

/// How gradients are cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Clip {
    /// Each number, to -limit .. limit.
    Value(f32),
    /// Each gradient of a weight, to this length.
    Norm(f32),
    /// All gradients together, to this length.
    Global(f32),
}

/// An optimizer with its options.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimizer {
    /// Which.
    pub kind: OptimizerKind,
    /// Whose.
    pub convention: Convention,
    /// The learning rate of the first step.
    pub rate: f32,
    /// How it changes.
    pub schedule: Schedule,
    /// How much of the last velocity is kept.
    pub momentum: f32,
    /// Whether the velocity is looked ahead.
    pub nesterov: bool,
    /// PyTorch: which share of the gradient the velocity leaves out, after the first step.
    pub dampening: f32,
    /// How much of the mean of squares `RMSprop` keeps; `alpha` in PyTorch.
    pub rho: f32,
    /// How much of the mean gradient Adam keeps.
    pub beta_1: f32,
    /// How much of the mean square Adam keeps.
    pub beta_2: f32,
    /// What keeps the division from 0.
    pub epsilon: f32,
    /// Whether the largest mean square so far counts.
    pub amsgrad: bool,
    /// Whether the square of the mean gradient is taken off the mean square.
    pub centered: bool,
    /// How much of each weight is taken off in each step.
    pub weight_decay: f32,
    /// Where Adagrad's sum of squares begins.
    pub initial_accumulator: f32,
    /// PyTorch's Adagrad: the rate is divided by `1 + (t - 1) lr_decay`.
    pub rate_decay: f32,
    /// How gradients are cut.
    pub clip: Option<Clip>,
}

impl OptimizerKind {
    /// Every optimizer with its name.
    pub const NAMES: &[(&str, Self)] = &[
        ("sgd", Self::Sgd),
        ("rmsprop", Self::RmsProp),
        ("adagrad", Self::Adagrad),
        ("adam", Self::Adam),
        ("adamw", Self::AdamW),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

impl Optimizer {
    /// An optimizer with the framework's defaults.
    ///
    /// # Errors
    /// [`TrainError::Optimizer`] if none is called so.
    pub fn named(name: &str, convention: Convention) -> Result<Self, TrainError> {
        use OptimizerKind::{Adagrad, Adam, AdamW, RmsProp, Sgd};
        let plain = name.trim().to_ascii_lowercase();
        let Some(&(_, kind)) = OptimizerKind::NAMES.iter().find(|(known, _)| *known == plain) else {
            let known: Vec<&str> = OptimizerKind::NAMES.iter().map(|(name, _)| *name).collect();
            return Err(TrainError::Optimizer { name: name.to_owned(), known: known.join(", ") });
        };
        let keras = convention == Convention::Keras;
        Ok(Self {
            kind,
            convention,
            rate: match (kind, keras) {
                (Sgd, true) | (RmsProp | Adagrad, false) => 0.01,
                _ => 0.001,
            },
            schedule: Schedule::Constant,
            momentum: 0.0,
            nesterov: false,
            dampening: 0.0,
            rho: if keras { 0.9 } else { 0.99 },
            beta_1: 0.9,
            beta_2: 0.999,
            epsilon: match (kind, keras) {
                (_, true) => 1e-7,
                (Adagrad, false) => 1e-10,
                (_, false) => 1e-8,
            },
            amsgrad: false,
            centered: false,
            weight_decay: match (kind, keras) {
                (AdamW, true) => 0.004,
                (AdamW, false) => 0.01,
                (Sgd | RmsProp | Adagrad | Adam, _) => 0.0,
            },
            initial_accumulator: if keras { 0.1 } else { 0.0 },
            rate_decay: 0.0,
            clip: None,
        })
    }

    /// The learning rate of step `t`, from 1.
    pub fn rate_at(&self, t: usize) -> f32 {
        let done = (t.max(1) - 1) as f32;
        let count = |steps: f32, staircase: bool| if staircase { (done / steps).floor() } else { done / steps };
        let rate = match self.schedule {
            Schedule::Constant => self.rate,
            Schedule::Exponential { steps, rate, staircase } => self.rate * rate.powf(count(steps, staircase)),
            Schedule::InverseTime { steps, rate, staircase } => self.rate / (1.0 + rate * count(steps, staircase)),
        };
        if self.rate_decay == 0.0 { rate } else { rate / (1.0 + done * self.rate_decay) }
    }

    /// `1 - beta^t`, as the framework rounds it.
    pub(super) fn correction(&self, beta: f32, t: usize) -> f32 {
        let power = i32::try_from(t).unwrap_or(i32::MAX);
        match self.convention {
            Convention::Keras => 1.0 - beta.powf(t as f32),
            // The shortest text of a float32 is what was typed: PyTorch computes with that in float64.
            Convention::Torch => (1.0 - as_typed(beta).powi(power)) as f32,
        }
    }
}

/// The float64 that the shortest text of a float32 means: 0.999, not 0.99900001.
pub(super) fn as_typed(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

/// `1 - share` of a number that was typed in decimals, rounded once.
pub(super) fn rest(share: f32) -> f32 {
    (1.0 - as_typed(share)) as f32
}
