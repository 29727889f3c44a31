//! Widgets: each is a small value that borrows its data and the theme, and fills cells. State in, cells out.
//!
//! What goes for all of them: nothing is drawn outside the area, any size (0 x 0 too) and any number (NaN and infinities
//! too) is fine, and text passes through [`plain`](crate::plain::plain) on its way to a cell.

pub mod axis;
pub mod bars;
mod braille;
mod clip;
pub mod curve;
pub mod decision_map;
pub mod diagram;
pub mod function_plot;
pub mod matrix;
pub mod plane;
pub mod side_by_side;
pub mod text_field;
pub mod timeline;

pub(in crate::ui) use clip::shorten;
