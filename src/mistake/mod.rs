//! mistake
