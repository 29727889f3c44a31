//! `draw(app, now)`: state in, cells out.

pub mod color;
pub mod glyph;
mod palette;
pub mod plain;
pub mod theme;
pub mod widget;
