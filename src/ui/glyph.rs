//! Every sign that is drawn, each with a twin in ASCII for terminals that show nothing else.
//!
//! All take one cell, and none is an emoji: those are two cells wide in some terminals and one in others.

use ratatui::symbols::border;

/// One set of signs. Which one is used is decided once, by [`Theme::glyphs`](super::theme::Theme::glyphs).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// A unit whose value is 0.
    pub node_off: &'static str,
    /// A unit with a value.
    pub node_on: &'static str,
    /// A unit whose value is not computed yet.
    pub node_pending: &'static str,
    /// A line already travelled, a strong line.
    pub bar: &'static str,
    /// A line still to travel, a thin line.
    pub rest: &'static str,
    /// A layer boundary on a line already travelled.
    pub bar_mark: &'static str,
    /// A layer boundary on a line still to travel.
    pub rest_mark: &'static str,
    /// The place on a line.
    pub knob: &'static str,
    /// Right.
    pub tick: &'static str,
    /// Wrong.
    pub cross: &'static str,
    /// Neither right nor wrong.
    pub open: &'static str,
    /// Multiplied by.
    pub times: &'static str,
    /// Leads to.
    pub arrow: &'static str,
    /// More in this direction.
    pub left: &'static str,
    /// More in this direction; the chosen option.
    pub right: &'static str,
    /// More in this direction.
    pub up: &'static str,
    /// More in this direction.
    pub down: &'static str,
    /// Rows were left out.
    pub ellipsis: &'static str,
    /// Columns or characters were left out.
    pub more: &'static str,
    /// A lesson that is done.
    pub done: &'static str,
    /// A lesson that was begun.
    pub begun: &'static str,
    /// A lesson that is still to do.
    pub to_do: &'static str,
    /// An item of a list.
    pub bullet: &'static str,
    /// Playing.
    pub play: &'static str,
    /// Paused.
    pub pause: &'static str,
    /// An option that is chosen.
    pub chosen: &'static str,
    /// An option that is not chosen.
    pub unchosen: &'static str,
    /// A small dot: a test point.
    pub dot: &'static str,
    /// A horizontal line.
    pub horizontal: &'static str,
    /// A vertical line.
    pub vertical: &'static str,
    /// Lower left corner of two axes.
    pub corner: &'static str,
    /// A tick on the vertical axis.
    pub tick_left: &'static str,
    /// A tick on the horizontal axis.
    pub tick_down: &'static str,
    /// A strong tick on the horizontal axis.
    pub bar_down: &'static str,
    /// Two lines that cross.
    pub crossing: &'static str,
    /// A dashed horizontal line.
    pub dashed: &'static str,
    /// A dotted horizontal line.
    pub dotted: &'static str,
    /// A dotted vertical line.
    pub dotted_vertical: &'static str,
    /// A full cell.
    pub full: &'static str,
    /// The left half of a cell.
    pub left_half: &'static str,
    /// The right half of a cell.
    pub right_half: &'static str,
    /// The upper half of a cell.
    pub upper_half: &'static str,
    /// About equal.
    pub about: &'static str,
    /// Something was changed by the learner.
    pub edited: &'static str,
}

/// For terminals with Unicode.
pub const UNICODE: Glyphs = Glyphs {
    node_off: "○",
    node_on: "◉",
    node_pending: "·",
    bar: "━",
    rest: "─",
    bar_mark: "┿",
    rest_mark: "┼",
    knob: "●",
    tick: "✓",
    cross: "✗",
    open: "?",
    times: "×",
    arrow: "→",
    left: "◂",
    right: "▸",
    up: "▴",
    down: "▾",
    ellipsis: "⋮",
    more: "…",
    done: "●",
    begun: "◐",
    to_do: "○",
    bullet: "•",
    play: "▸",
    pause: "‖",
    chosen: "◉",
    unchosen: "○",
    dot: "•",
    horizontal: "─",
    vertical: "│",
    corner: "└",
    tick_left: "┤",
    tick_down: "┬",
    bar_down: "┯",
    crossing: "┼",
    dashed: "╌",
    dotted: "┈",
    dotted_vertical: "┊",
    full: "█",
    left_half: "▌",
    right_half: "▐",
    upper_half: "▀",
    about: "≈",
    edited: "*",
};

/// For terminals with ASCII only.
pub const ASCII: Glyphs = Glyphs {
    node_off: "o",
    node_on: "@",
    node_pending: ".",
    bar: "=",
    rest: "-",
    bar_mark: "#",
    rest_mark: "+",
    knob: "O",
    tick: "v",
    cross: "x",
    open: "?",
    times: "*",
    arrow: ">",
    left: "<",
    right: ">",
    up: "^",
    down: "v",
    ellipsis: ":",
    more: "~",
    done: "#",
    begun: "+",
    to_do: ".",
    bullet: "*",
    play: ">",
    pause: "|",
    chosen: "*",
    unchosen: "o",
    dot: "o",
    horizontal: "-",
    vertical: "|",
    corner: "+",
    tick_left: "+",
    tick_down: "+",
    bar_down: "#",
    crossing: "+",
    dashed: "-",
    dotted: ".",
    dotted_vertical: ":",
    full: "#",
    left_half: "#",
    right_half: "#",
    upper_half: "#",
    about: "~",
    edited: "*",
};

/// Pane borders in ASCII; with Unicode they are rounded.
pub const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// The nearest ASCII character to one that a text holds.
pub(super) fn ascii(c: char) -> char {
    match c {
        '×' => 'x',
        '·' | '•' => '.',
        '…' | '⋮' | '≈' => '~',
        '↑' | '▲' => '^',
        '↓' | '▼' => 'v',
        '←' | '◀' | '≤' => '<',
        '→' | '▶' | '▸' | '≥' => '>',
        '−' | '–' | '—' => '-',
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '²' => '2',
        c if c.is_ascii() => c,
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts between quotation marks in the `Debug` form: every field, without naming each again.
    fn signs(glyphs: &Glyphs) -> Vec<String> {
        let debug = format!("{glyphs:?}");
        debug.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    #[test]
    fn every_sign_takes_one_cell_and_its_twin_is_ascii() {
        assert_eq!(signs(&UNICODE).len(), signs(&ASCII).len());
        assert!(signs(&ASCII).len() > 30);
        for sign in signs(&UNICODE).iter().chain(&signs(&ASCII)) {
            assert_eq!(unicode_width::UnicodeWidthStr::width(sign.as_str()), 1, "{sign}");
            assert_eq!(sign.chars().count(), 1, "{sign}");
        }
        for sign in signs(&ASCII) {
            assert!(sign.is_ascii(), "{sign}");
        }
    }
}
