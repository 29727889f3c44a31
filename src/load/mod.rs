//! load

pub mod printed;
