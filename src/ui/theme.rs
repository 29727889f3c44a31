//! Colours and glyphs: one [`Theme`] is chosen at the start and handed to everything that draws.
//!
//! Blue is positive and orange is negative, a pair that all common kinds of colour blindness keep apart (Okabe and Ito,
//! *Color Universal Design*, 2008; Paul Tol, *Colour Schemes*, SRON 2021). Right is bluish green with a tick, wrong is
//! vermillion with a cross, a what-if is purple. Structure (borders, axes, hints) stays grey, and there is one accent.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use super::color::Rgb;
use super::glyph::{self, Glyphs};
use super::palette::{BLACK, Palette, READABLE, WHITE, of};

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
            focus: accent,
            selected: if rich {
                Style::new()
                    .bg(fit(level, p.selected))
                    .add_modifier(Modifier::BOLD)
            } else {
                Style::new().add_modifier(Modifier::REVERSED)
            },
            positive: color(p.positive, positive),
            negative: color(p.negative, negative),
            active: accent.add_modifier(Modifier::BOLD),
            right: color(p.right, Color::Green),
            wrong: color(p.wrong, Color::Red).add_modifier(Modifier::BOLD),
            what_if: color(p.what_if, Color::Magenta),
            target: if rich {
                color(p.target, Color::Reset)
            } else {
                Style::new()
            },
            key: accent,
            shade: if rich {
                Style::new().bg(fit(level, p.shade))
            } else {
                Style::new()
            },
            ascii,
            level,
            background,
        }
    }

    /// The signs to draw with.
    #[must_use]
    pub fn glyphs(&self) -> &'static Glyphs {
        if self.ascii {
            &glyph::ASCII
        } else {
            &glyph::UNICODE
        }
    }

    /// The lines around a pane.
    #[must_use]
    pub fn borders(&self) -> border::Set<'static> {
        if self.ascii {
            glyph::ASCII_BORDER
        } else {
            border::ROUNDED
        }
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
            ColorLevel::Sixteen if share < 0.3 => self.sign(value),
            ColorLevel::Sixteen => {
                let pair = match (value < 0.0, self.background) {
                    (false, _) => Style::new().fg(Color::White).bg(Color::Blue),
                    (true, Background::Dark) => Style::new().fg(Color::Black).bg(Color::Yellow),
                    (true, Background::Light) => Style::new().fg(Color::White).bg(Color::Red),
                };
                if share < 0.7 {
                    pair
                } else {
                    pair.add_modifier(Modifier::BOLD)
                }
            }
            ColorLevel::TwoFiftySix | ColorLevel::True => {
                let p = of(self.background);
                let back = heat_rgb(p, value, share);
                let seen = |rgb: Rgb| match self.level {
                    ColorLevel::True => rgb,
                    _ => Rgb::of_256(rgb.nearest_256()),
                };
                let contrast = |fore: Rgb| seen(fore).contrast(seen(back));
                // The page's own ink where it can be read well, else the better of black and white: one of these
                // two has at least 4.58 on any background.
                let other = if contrast(WHITE) >= contrast(BLACK) {
                    WHITE
                } else {
                    BLACK
                };
                let fore = if contrast(p.ink) >= READABLE {
                    p.ink
                } else {
                    other
                };
                Style::new()
                    .fg(fit(self.level, fore))
                    .bg(fit(self.level, back))
            }
        }
    }

    /// The colour of half a cell in a map; `None` where sign and size cannot be told by colour.
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
            ColorLevel::TwoFiftySix | ColorLevel::True => Some(fit(
                self.level,
                heat_rgb(of(self.background), value, share(value, largest)),
            )),
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
    if level == ColorLevel::True {
        rgb.into()
    } else {
        Color::Indexed(rgb.nearest_256())
    }
}

fn heat_rgb(p: &Palette, value: f32, share: f32) -> Rgb {
    match value {
        _ if value.is_nan() => p.selected,
        _ if value < 0.0 => p.page.mix(p.heat.1, share.sqrt()),
        _ => p.page.mix(p.heat.0, share.sqrt()),
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
mod tests {
    use super::*;

    const LEVELS: [ColorLevel; 4] = [
        ColorLevel::None,
        ColorLevel::Sixteen,
        ColorLevel::TwoFiftySix,
        ColorLevel::True,
    ];
    const BACKGROUNDS: [Background; 2] = [Background::Dark, Background::Light];
    const STEPS: u16 = 64;

    fn rgb(color: Option<Color>) -> Option<Rgb> {
        Some(match color? {
            Color::Rgb(r, g, b) => Rgb(r, g, b),
            Color::Indexed(index) => Rgb::of_256(index),
            Color::Black => Rgb::of_256(0),
            Color::Red => Rgb::of_256(1),
            Color::Yellow => Rgb::of_256(3),
            Color::Blue => Rgb::of_256(4),
            // ratatui's "white" is the bright one.
            Color::White => Rgb::of_256(15),
            _ => return None,
        })
    }

    /// How strong a style looks: colour against the page, or the modifiers where there is no colour.
    fn strength_of(theme: &Theme, style: Style) -> f64 {
        let page = of(theme.background).page;
        let modifiers = if style.add_modifier.contains(Modifier::BOLD) {
            2.0
        } else if style.add_modifier.contains(Modifier::DIM) {
            0.0
        } else {
            1.0
        };
        modifiers
            + rgb(style.fg)
                .filter(|_| theme.level > ColorLevel::Sixteen)
                .map_or(0.0, |color| color.contrast(page))
    }

    #[test]
    fn a_number_stays_readable_on_every_heat_map_cell() {
        for level in LEVELS {
            for background in BACKGROUNDS {
                let theme = Theme::new(level, background, false);
                for step in 0..=STEPS {
                    for sign in [1.0, -1.0] {
                        let style = theme.heat(sign * f32::from(step) / f32::from(STEPS), 1.0);
                        let (Some(fore), Some(back)) = (rgb(style.fg), rgb(style.bg)) else {
                            continue;
                        };
                        let contrast = fore.contrast(back);
                        assert!(
                            contrast >= READABLE,
                            "{level:?} {background:?} {step}: {contrast:.2}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_larger_weight_never_looks_weaker() {
        for level in LEVELS {
            for background in BACKGROUNDS {
                let theme = Theme::new(level, background, false);
                for sign in [1.0, -1.0] {
                    let seen = |step: u16| {
                        let value = sign * f32::from(step) / f32::from(STEPS);
                        strength_of(&theme, theme.weight(value, 1.0))
                    };
                    for step in 1..=STEPS {
                        let (before, after) = (seen(step - 1), seen(step));
                        assert!(
                            after >= before,
                            "{level:?} {background:?} {sign} {step}: {before} then {after}"
                        );
                    }
                    assert!(seen(STEPS) > seen(0) + 0.5, "{level:?} {background:?}");
                }
            }
        }
    }

    #[test]
    fn every_role_can_be_read_on_its_page() {
        for level in [ColorLevel::TwoFiftySix, ColorLevel::True] {
            for background in BACKGROUNDS {
                let t = Theme::new(level, background, false);
                let page = of(background).page;
                let roles = [
                    t.dim, t.focus, t.positive, t.negative, t.active, t.right, t.wrong, t.what_if,
                    t.target, t.key,
                ];
                for (index, style) in roles.iter().enumerate() {
                    let contrast = rgb(style.fg).map_or(21.0, |color| color.contrast(page));
                    assert!(
                        contrast >= READABLE,
                        "{level:?} {background:?} role {index}: {contrast:.2}"
                    );
                }
            }
        }
    }

    #[test]
    fn without_colour_there_is_no_colour() {
        let t = Theme::new(ColorLevel::None, Background::Dark, false);
        let mut styles = vec![
            t.text, t.dim, t.title, t.border, t.focus, t.selected, t.positive, t.negative, t.active,
        ];
        styles.extend([t.right, t.wrong, t.what_if, t.target, t.key, t.shade]);
        for value in [-1.0, -0.3, 0.0, 0.3, 1.0, f32::NAN, f32::INFINITY] {
            styles.extend([t.weight(value, 1.0), t.heat(value, 1.0), t.sign(value)]);
            assert_eq!(t.heat_color(value, 1.0), None);
        }
        for style in styles {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    #[test]
    fn share_is_total() {
        let inf = f32::INFINITY;
        for (value, largest, expected) in [
            (0.5, 1.0, 0.5),
            (-0.5, 1.0, 0.5),
            (2.0, 1.0, 1.0),
            (f32::NAN, 1.0, 0.0),
            (inf, 1.0, 1.0),
            (-inf, inf, 1.0),
            (1.0, f32::NAN, 1.0),
            (1.0, 0.0, 1.0),
            (0.0, 0.0, 0.0),
            (1.0, inf, 0.0),
        ] {
            assert_eq!(share(value, largest), expected, "share({value}, {largest})");
        }
    }
}
