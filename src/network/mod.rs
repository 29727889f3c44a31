//! network

pub mod activation;
pub mod ulp;
