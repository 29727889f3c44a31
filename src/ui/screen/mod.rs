//! One file for each region of the screen.

mod agreement;
pub mod bench;
pub mod calculation;
mod compare;
pub mod finding;
pub mod glossary;
pub mod lesson;
pub mod menu;
pub mod model_says;
pub mod numbers;
pub mod overlay;
pub mod own;
pub mod picture;
pub mod scrolled;
pub mod walk;
