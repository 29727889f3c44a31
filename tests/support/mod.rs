//! What several tests share.
#![allow(dead_code, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

pub(crate) mod guide;
#[cfg(unix)]
pub(crate) mod learner;
#[cfg(unix)]
pub(crate) mod session;
