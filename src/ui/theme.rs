//! Colours and glyphs: one [`Theme`] is chosen at the start and handed to everything that draws.

use ratatui::style::Style;

/// The styles of every role a cell can play. Colour is never alone: each role also has a sign, a glyph or a number.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// Less important text: units, hints, axes.
    pub dim: Style,
    /// Headings and the name of the program.
    pub title: Style,
    /// Pane borders at rest.
    pub border: Style,
    /// Border and title of the pane that has the focus.
    pub focus: Style,
    /// The selected line, cell or option.
    pub selected: Style,
    /// A positive weight or value (blue).
    pub positive: Style,
    /// A negative weight or value (orange).
    pub negative: Style,
    /// What is being computed at this moment.
    pub active: Style,
    /// Right (with a tick).
    pub right: Style,
    /// Wrong (with a cross).
    pub wrong: Style,
    /// A what-if that is switched on, and everything computed with it.
    pub what_if: Style,
    /// The target function or boundary.
    pub target: Style,
    /// A key's name in the footer and in help.
    pub key: Style,
    /// True where the terminal shows ASCII only.
    pub ascii: bool,
}
