//! The terminal, the clock, files, and the commands: the only room that reads, writes and waits.

pub mod command;
pub mod play;
mod read;

pub use command::run;
pub use play::{Background, PlayError, PlayOptions, Start, play};
