//! What may not fit in a setting.

use thiserror::Error;

use crate::{
    formula::{EvaluateError, SyntaxError},
    load::BuiltinError,
    mistake::MistakeError,
    network::NetworkError,
    pass::{AddressError, PassError},
    words,
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
    #[error("{}", words::setting::no_value(formula, why))]
    Value {
        /// The formula.
        formula: String,
        /// Why it has none.
        why: EvaluateError,
    },
    /// A weight is set where no weight is.
    #[error("{}", words::setting::not_a_weight(address))]
    NotAWeight {
        /// What was written.
        address: String,
    },
    /// The value of a weight has the wrong form.
    #[error("{}", words::setting::other_weights(address, expected, got))]
    Weights {
        /// The weight or weights.
        address: String,
        /// What it takes.
        expected: String,
        /// What was written.
        got: String,
    },
    /// A number that float32 does not have.
    #[error("{}", words::setting::too_large(what))]
    TooLarge {
        /// Which number.
        what: String,
    },
    /// A weight as a position.
    #[error("{}", words::setting::not_in_pass(address))]
    NotInPass {
        /// The address.
        address: String,
    },
    /// A stretch of the pass that ends where it begins, or before.
    #[error("{}", words::setting::backwards(end, from, start, to))]
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
    #[error("{}", words::setting::not_a_stride(text))]
    Stride {
        /// What was written.
        text: String,
    },
    /// No such picture.
    #[error("{}", words::setting::not_a_view(known, text))]
    View {
        /// What was written.
        text: String,
        /// The views there are.
        known: String,
    },
    /// The learner's number is none.
    #[error("{}", words::setting::yours_not_a_number(text))]
    Yours {
        /// What was written.
        text: String,
    },
}
