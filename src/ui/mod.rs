//! `draw(app, now)`: state in, cells out.

pub mod theme;
