//! network

pub mod number;
