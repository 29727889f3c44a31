//! byhand computes a neural network by hand, one multiplication at a time.
//!
//! The modules in reading order; an arrow goes only from a later one to an earlier one
//! (`tests/tidy.rs` keeps it so, ARCHITECTURE.md says why).

pub mod words;

pub mod plain;

pub mod json;

pub mod network;

pub mod equation;

pub mod graph;

pub mod train;

pub mod mistake;

pub mod pass;

pub mod walk;

pub mod explain;

pub mod formula;

pub mod load;

pub mod file;

pub mod course;

pub mod diagnose;

pub mod setting;

pub mod check_course;

pub mod app;

pub mod ui;

pub mod shell;
