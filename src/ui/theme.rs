//! Colours and glyphs: one [`Theme`] is chosen at the start and handed to everything that draws.
//!
//! Blue is positive and orange is negative, a pair that all common kinds of colour blindness keep apart (Okabe and Ito,
//! *Color Universal Design*, 2008; Paul Tol, *Colour Schemes*, SRON 2021). Right is bluish green with a tick, wrong is
//! vermillion with a cross, a what-if is purple. Structure (borders, axes, hints) stays grey, and there is one accent.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use super::color::Rgb;
use super::glyph::{self, Glyphs};
use super::palette::{Palette, of};

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorLevel {
    /// No colour at all (`NO_COLOR`): bold, dim and reversed only.
    None,
    /// The 16 colours that the user's own palette defines.
    Sixteen,
    /// The 256-colour palette; only its 240 fixed colours are used.
    TwoFiftySix,
    /// 24 bits.
    True,
}

/// What is behind the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Background {
    /// Light text on a dark page, assumed to be about `#1c1f26`.
    Dark,
    /// Dark text on a light page, assumed to be about `#fbfbf8`.
    Light,
}

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
    /// Names, numbers and code in a text.
    pub code: Style,
    /// A quiet background behind a range or a row; nothing where there are too few colours.
    pub shade: Style,
    /// True where the terminal shows ASCII only.
    pub ascii: bool,
    /// How many colours there are.
    pub level: ColorLevel,
    /// What is behind the text.
    pub background: Background,
}

impl Theme {
    /// The theme for a terminal that shows `level` colours on `background`, and ASCII only where `ascii`.
    #[must_use]
    pub fn new(level: ColorLevel, background: Background, ascii: bool) -> Self {
        let p = of(background);
        let color = |rgb: Rgb, sixteen: Color| match level {
            ColorLevel::None => Style::new(),
            ColorLevel::Sixteen => Style::new().fg(sixteen),
            ColorLevel::TwoFiftySix | ColorLevel::True => Style::new().fg(fit(level, rgb)),
        };
        // The user's palette may make "bright black" the page's own colour (Solarized does), so grey is left to DIM.
        let gray = |rgb: Rgb| match level {
            ColorLevel::None | ColorLevel::Sixteen => Style::new().add_modifier(Modifier::DIM),
            ColorLevel::TwoFiftySix | ColorLevel::True => Style::new().fg(fit(level, rgb)),
        };
        let rich = level >= ColorLevel::TwoFiftySix;
        let (accent, positive, negative) = p.sixteen;
        let accent = color(p.accent, accent);
        Self {
            text: Style::new(),
            dim: gray(p.dim),
            title: Style::new().add_modifier(Modifier::BOLD),
            border: gray(p.border),
            // Bold too: on a light page 16 colours leave no readable one for the accent alone.
            focus: if rich { accent } else { accent.add_modifier(Modifier::BOLD) },
            selected: if rich {
                Style::new().bg(fit(level, p.selected)).add_modifier(Modifier::BOLD)
            } else {
                Style::new().add_modifier(Modifier::REVERSED)
            },
            positive: color(p.positive, positive),
            negative: color(p.negative, negative),
            active: accent.add_modifier(Modifier::BOLD),
            right: color(p.right, Color::Green),
            wrong: color(p.wrong, Color::Red).add_modifier(Modifier::BOLD),
            what_if: color(p.what_if, Color::Magenta),
            target: if rich { color(p.target, Color::Reset) } else { Style::new() },
            key: accent.add_modifier(Modifier::BOLD),
            code: if rich { accent } else { accent.add_modifier(Modifier::BOLD) },
            shade: if rich { Style::new().bg(fit(level, p.shade)) } else { Style::new() },
            ascii,
            level,
            background,
        }
    }

    /// The signs to draw with.
    #[must_use]
    pub fn glyphs(&self) -> &'static Glyphs {
        if self.ascii { &glyph::ASCII } else { &glyph::UNICODE }
    }

    /// The lines around a pane.
    #[must_use]
    pub fn borders(&self) -> border::Set<'static> {
        if self.ascii { glyph::ASCII_BORDER } else { border::ROUNDED }
    }

    /// Blue for positive, orange for negative; the nearer `|value|` is to `largest`, the stronger.
    #[must_use]
    pub fn weight(&self, value: f32, largest: f32) -> Style {
        let share = share(value, largest);
        let p = of(self.background);
        match self.level {
            ColorLevel::None => strength(Style::new(), share),
            ColorLevel::Sixteen => strength(self.sign(value), share),
            ColorLevel::TwoFiftySix | ColorLevel::True if value.is_nan() => self.text,
            ColorLevel::TwoFiftySix | ColorLevel::True => {
                let end = if value < 0.0 { p.negative } else { p.positive };
                // Half of all weights are small; the root keeps them apart from each other.
                Style::new().fg(fit(self.level, p.faint.mix(end, share.sqrt())))
            }
        }
    }

    /// A cell of a heat map: the background tells sign and size, the foreground stays readable on it.
    #[must_use]
    pub fn heat(&self, value: f32, largest: f32) -> Style {
        let share = share(value, largest);
        match self.level {
            ColorLevel::None if share >= 0.75 => Style::new().add_modifier(Modifier::BOLD),
            ColorLevel::None => strength(Style::new(), share),
            // Full backgrounds of 16 colours are loud: only what is large gets one.
            ColorLevel::Sixteen if share < 0.6 => strength(self.sign(value), share),
            ColorLevel::Sixteen => match (value < 0.0, self.background) {
                (false, _) => Style::new().fg(Color::White).bg(Color::Blue),
                (true, Background::Dark) => Style::new().fg(Color::Black).bg(Color::Yellow),
                (true, Background::Light) => Style::new().fg(Color::White).bg(Color::Red),
            },
            ColorLevel::TwoFiftySix | ColorLevel::True => {
                let p = of(self.background);
                let back = heat_rgb(self.level, p, value, share);
                Style::new().fg(fit(self.level, p.heat_ink)).bg(fit(self.level, back))
            }
        }
    }

    /// The colour of half a cell in a map; `None` if colour cannot show sign and size.
    #[must_use]
    pub fn heat_color(&self, value: f32, largest: f32) -> Option<Color> {
        match self.level {
            ColorLevel::None => None,
            ColorLevel::Sixteen => Some(match (value.is_nan(), value < 0.0, self.background) {
                (true, _, _) => Color::Reset,
                (_, false, _) => Color::Blue,
                (_, true, Background::Dark) => Color::Yellow,
                (_, true, Background::Light) => Color::Red,
            }),
            ColorLevel::TwoFiftySix | ColorLevel::True => {
                Some(fit(self.level, heat_rgb(self.level, of(self.background), value, share(value, largest))))
            }
        }
    }

    /// Blue or orange by the sign alone; plain for NaN.
    #[must_use]
    pub fn sign(&self, value: f32) -> Style {
        match value {
            _ if value.is_nan() => self.text,
            _ if value < 0.0 => self.negative,
            _ => self.positive,
        }
    }
}

fn fit(level: ColorLevel, rgb: Rgb) -> Color {
    if level == ColorLevel::True { rgb.into() } else { Color::Indexed(rgb.nearest_256()) }
}

/// The background of a heat-map cell, already one of the colours that `level` (256 or more) has.
fn heat_rgb(level: ColorLevel, p: &Palette, value: f32, share: f32) -> Rgb {
    /// A map of few colours needs few escape sequences, and its contours can be seen.
    const STEPS: f32 = 16.0;
    // Most values are small; this keeps them apart from each other, about as a power of 0.7 would.
    let share = f32::midpoint(share, share.sqrt());
    if level < ColorLevel::True && !value.is_nan() {
        let ramp = if value < 0.0 { p.heat_256.1 } else { p.heat_256.0 };
        // Any value but 0 shows its sign.
        let step = (share * (ramp.len() - 1) as f32).ceil() as usize;
        return Rgb::of_256(ramp[step.min(ramp.len() - 1)]);
    }
    let step = (share * STEPS).round() / STEPS;
    match value {
        _ if value.is_nan() => p.selected,
        _ if value < 0.0 => p.page.mix(p.heat.1, step),
        _ => p.page.mix(p.heat.0, step),
    }
}

/// `|value| / largest` within 0..=1, total: NaN is 0, infinity is 1, and with no largest all that is not 0 is 1.
fn share(value: f32, largest: f32) -> f32 {
    let (size, largest) = (value.abs(), largest.abs());
    match () {
        () if value.is_nan() || size == 0.0 => 0.0,
        () if size.is_infinite() || largest.is_nan() || largest <= size => 1.0,
        () => (size / largest).clamp(0.0, 1.0),
    }
}

/// Three steps without colour: dim, plain, bold.
fn strength(style: Style, share: f32) -> Style {
    match share {
        _ if share < 0.25 => style.add_modifier(Modifier::DIM),
        _ if share < 0.7 => style,
        _ => style.add_modifier(Modifier::BOLD),
    }
}

#[cfg(test)]
mod tests;
