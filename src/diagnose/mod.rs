//! What an answer is worth, and which mistake explains it.
//!
//! [`diagnose()`] takes any number of [`Observation`]s, runs wrong passes (`search`), weighs them (`posterior`), puts together
//! what cannot be distinguished, and finds the input that would tell the rest apart (`next_input`). An [`Inquiry`] is the same step
//! by step. What is no mistake (an honest calculation, too few digits) is `honest`; [`Difference`] is for a number that nothing
//! explains.
//!
//! Only the first wrong value is explained by what was done up to it. The later wrong ones are in
//! [`Diagnosis::follow_through`], in the order of the pass: [`Followed::Right`] follows from the learner's own earlier numbers,
//! [`Followed::Mistake`] does not, and has its own candidates for this second mistake.

mod answer;
mod contradiction;
mod diagnosis;
mod difference;
mod follow_through;
pub mod graph;
mod honest;
mod inquiry;
pub mod model_says;
mod next_input;
mod observation;
mod posterior;
mod reach;
pub mod says;
mod search;
mod slip;
pub mod training;
mod weigh;
mod worked;

pub use answer::{Answer, AnswerError};
pub use contradiction::{Contradiction, Nonsense, contradiction};
pub use diagnosis::{Candidate, Conclusion, Diagnosis, FirstDifference, FirstWrong, Nearest};
pub use difference::Difference;
pub use follow_through::{FollowThrough, Followed};
pub use honest::Agreement;
pub use inquiry::{Inquiry, diagnose};
pub use next_input::NextInput;
pub use observation::{Observation, ObservationError, Seen};
pub use reach::Reach;
pub use search::Tried;
pub use slip::Slip;

#[cfg(test)]
mod tests;
