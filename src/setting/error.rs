//! What may not fit in a setting.

use thiserror::Error;

use crate::{
    formula::{EvaluateError, SyntaxError},
    load::BuiltinError,
    mistake::MistakeError,
    network::NetworkError,
    pass::{AddressError, PassError},
};

/// Why the bench cannot be set so.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SettingError {
    /// No such model.
    #[error(transparent)]
    Model(#[from] BuiltinError),
    /// An input of the wrong length.
    #[error(transparent)]
    Pass(#[from] PassError),
    /// A mistake that cannot be made here.
    #[error(transparent)]
    Mistake(#[from] MistakeError),
    /// An address that names nothing.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A weight that is not there.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A formula that does not read.
    #[error(transparent)]
    Formula(#[from] SyntaxError),
    /// A formula without a value here.
    #[error("`{formula}`: {why}")]
    Value {
        /// The formula.
        formula: String,
        /// Why it has none.
        why: EvaluateError,
    },
    /// A weight is set where no weight is.
    #[error(
        "`{address}` is not a weight; weights are LAYER.kernel[INPUT,UNIT] and LAYER.bias[UNIT], or a whole LAYER.kernel or LAYER.bias"
    )]
    NotAWeight {
        /// What was written.
        address: String,
    },
    /// The value of a weight has the wrong form.
    #[error("`{address}` takes {expected}, not {got}")]
    Weights {
        /// The weight or weights.
        address: String,
        /// What it takes.
        expected: String,
        /// What was written.
        got: String,
    },
    /// A number that float32 does not have.
    #[error("`{what}` is too large for float32; take a number below 3.4e38")]
    TooLarge {
        /// Which number.
        what: String,
    },
    /// A weight as a position.
    #[error("`{address}` is known before the pass begins; name a value of the pass (in, wx, z or a), `start` or `end`")]
    NotInPass {
        /// The address.
        address: String,
    },
    /// A stretch of the pass that ends where it begins, or before.
    #[error("`{to}` (step {end}) does not come after `{from}` (step {start}); exchange them, or choose a later end")]
    Backwards {
        /// The beginning.
        from: String,
        /// Its step.
        start: usize,
        /// The end.
        to: String,
        /// Its step.
        end: usize,
    },
    /// No such stride.
    #[error("`{text}` is not a stride; the strides are action, unit and layer")]
    Stride {
        /// What was written.
        text: String,
    },
    /// No such picture.
    #[error("`{text}` is not a view; the views are {known}")]
    View {
        /// What was written.
        text: String,
        /// The views there are.
        known: String,
    },
    /// The learner's number is none.
    #[error(
        "`yours` is `{text}`, which is not a number; write it as the learner types it, such as \"20.475\", or \"\" for none"
    )]
    Yours {
        /// What was written.
        text: String,
    },
}
