//! The only I/O and the only waiting: the terminal, the keys, the signals, the clock.
//!
//! [`session::run`] gives a [`event_loop::Program`] the terminal; [`rehearsal::rehearse`] plays it a script instead.

pub mod background;
pub mod event_loop;
pub mod input;
mod painter;
pub mod rehearsal;
pub mod play;
pub mod progress_file;
pub mod session;
mod signals;
mod terminal;
