//! What optimizers remember of a weight from step to step.

/// What an optimizer remembers of a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The moving mean of gradients.
    M,
    /// The moving mean of squares.
    V,
    /// The largest of those so far.
    VMax,
    /// The moving mean of gradients of a centered `RMSprop`.
    MeanGradient,
    /// The velocity.
    Velocity,
    /// The sum of squares.
    Accumulator,
    /// Gradients that were not set to zero: a mistake.
    Gradient,
}

impl Slot {
    /// Its name in addresses.
    pub fn stage(self) -> &'static str {
        match self {
            Self::M => "m",
            Self::V => "v",
            Self::VMax => "v_max",
            Self::MeanGradient => "mean_gradient",
            Self::Velocity => "velocity",
            Self::Accumulator => "accumulator",
            Self::Gradient => "gradient",
        }
    }

    /// Its name in a training file's `state`.
    pub fn in_file(self) -> &'static str {
        if self == Self::Velocity { "momentum" } else { self.stage() }
    }
}
