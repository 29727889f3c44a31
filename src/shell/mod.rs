//! The only I/O and the only waiting: the commands, the terminal, the keys, the signals, the clock, files.
//!
//! [`run`] carries out what the arguments ask for, and [`play()`] plays what needs the screen. [`session::run`] gives a
//! [`event_loop::Program`] the terminal; [`rehearsal::rehearse`] plays it a script instead.

pub mod background;
pub mod command;
pub mod event_loop;
pub mod input;
mod kept_networks;
mod language;
mod model_file;
mod name;
mod painter;
mod plain_session;
pub mod play;
pub mod progress_file;
mod read;
pub mod rehearsal;
mod replace;
pub mod session;
mod signals;
mod terminal;

pub use command::run;
pub use play::{PlayError, PlayOptions, Start, play};
