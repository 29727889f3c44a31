//! The two palettes a [`Theme`](super::theme::Theme) is made of, one for each background.

use ratatui::style::Color;

use super::color::Rgb;
use super::theme::Background;

/// The colours of one background, before they are fitted to what the terminal shows.
pub(super) struct Palette {
    pub(super) page: Rgb,
    pub(super) dim: Rgb,
    pub(super) border: Rgb,
    pub(super) selected: Rgb,
    pub(super) shade: Rgb,
    pub(super) accent: Rgb,
    pub(super) positive: Rgb,
    pub(super) negative: Rgb,
    pub(super) right: Rgb,
    pub(super) wrong: Rgb,
    pub(super) what_if: Rgb,
    pub(super) target: Rgb,
    /// A weight near 0.
    pub(super) faint: Rgb,
    /// Background of the largest positive and negative cell of a heat map.
    pub(super) heat: (Rgb, Rgb),
    /// The foreground on all of them.
    pub(super) heat_ink: Rgb,
    /// The same in the 256-colour palette, whose nearest colours would be grey and green: from 0 to the largest.
    pub(super) heat_256: ([u8; 4], [u8; 4]),
    /// Foregrounds for the 16-colour terminal: accent, positive, negative.
    pub(super) sixteen: (Color, Color, Color),
}

const DARK: Palette = Palette {
    page: Rgb(0x1c, 0x1f, 0x26),
    heat_ink: Rgb(0xff, 0xff, 0xff),
    dim: Rgb(0x8d, 0x95, 0xa3),
    border: Rgb(0x4b, 0x53, 0x61),
    selected: Rgb(0x33, 0x3b, 0x49),
    shade: Rgb(0x24, 0x28, 0x2f),
    accent: Rgb(0xf0, 0xdc, 0x82),
    positive: Rgb(0x6c, 0xbd, 0xf5),
    negative: Rgb(0xf2, 0xa2, 0x3c),
    right: Rgb(0x3f, 0xc7, 0x9a),
    wrong: Rgb(0xff, 0x7f, 0x5c),
    what_if: Rgb(0xd3, 0x9a, 0xdf),
    target: Rgb(0xc3, 0xc9, 0xd3),
    faint: Rgb(0x59, 0x62, 0x70),
    heat: (Rgb(0x1f, 0x6a, 0xa8), Rgb(0x9c, 0x57, 0x0e)),
    heat_256: ([234, 17, 24, 25], [234, 58, 94, 130]),
    sixteen: (Color::LightYellow, Color::LightBlue, Color::Yellow),
};

const LIGHT: Palette = Palette {
    page: Rgb(0xfb, 0xfb, 0xf8),
    heat_ink: Rgb(0x1d, 0x21, 0x29),
    dim: Rgb(0x66, 0x6d, 0x79),
    border: Rgb(0xb9, 0xbf, 0xc8),
    selected: Rgb(0xdd, 0xe3, 0xec),
    shade: Rgb(0xf0, 0xf2, 0xee),
    accent: Rgb(0x7d, 0x5f, 0x00),
    positive: Rgb(0x00, 0x5f, 0xa8),
    negative: Rgb(0xa6, 0x50, 0x00),
    right: Rgb(0x00, 0x6a, 0x4e),
    wrong: Rgb(0xc0, 0x38, 0x0a),
    what_if: Rgb(0x8e, 0x3d, 0x9c),
    target: Rgb(0x4a, 0x52, 0x60),
    faint: Rgb(0xa3, 0xab, 0xb7),
    heat: (Rgb(0x86, 0xbb, 0xe6), Rgb(0xf0, 0xb2, 0x64)),
    heat_256: ([231, 189, 153, 111], [231, 230, 223, 215]),
    sixteen: (Color::Reset, Color::Blue, Color::Red),
};

/// The palette for `background`.
pub(super) fn of(background: Background) -> &'static Palette {
    match background {
        Background::Dark => &DARK,
        Background::Light => &LIGHT,
    }
}
