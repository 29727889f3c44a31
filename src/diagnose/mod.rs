//! What an answer is worth, and which mistake explains it.
//!
//! [`verdict()`] is the quick word about one number while somebody types. [`diagnose()`] is the thorough one: it takes any
//! number of [`Observation`]s, runs wrong passes (`search`), weighs them (`posterior`), puts together what cannot be
//! told apart, and finds the input that would tell the rest apart (`next_input`).

mod answer;
mod diagnosis;
mod next_input;
mod observation;
mod posterior;
mod search;
mod verdict;

pub use answer::{Answer, AnswerError};
pub use diagnosis::{Candidate, Conclusion, Diagnosis, FirstWrong, Nearest, Parting, diagnose};
pub use next_input::NextInput;
pub use observation::{Observation, ObservationError, Seen};
pub use search::Tried;
pub use verdict::{Digit, Verdict, verdict};

#[cfg(test)]
mod tests;
