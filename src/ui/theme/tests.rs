use super::*;

/// The least contrast of text on its background (WCAG 2.2, success criterion 1.4.3).
const READABLE: f64 = 4.5;

const LEVELS: [ColorLevel; 4] = [ColorLevel::None, ColorLevel::Sixteen, ColorLevel::TwoFiftySix, ColorLevel::True];
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
    modifiers + rgb(style.fg).filter(|_| theme.level > ColorLevel::Sixteen).map_or(0.0, |color| color.contrast(page))
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
                    assert!(contrast >= READABLE, "{level:?} {background:?} {step}: {contrast:.2}");
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
                    assert!(after >= before, "{level:?} {background:?} {sign} {step}: {before} then {after}");
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
            let roles =
                [t.dim, t.focus, t.positive, t.negative, t.active, t.right, t.wrong, t.what_if, t.target, t.key];
            for (index, style) in roles.iter().enumerate() {
                let contrast = rgb(style.fg).map_or(21.0, |color| color.contrast(page));
                assert!(contrast >= READABLE, "{level:?} {background:?} role {index}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn without_colour_there_is_no_colour() {
    let t = Theme::new(ColorLevel::None, Background::Dark, false);
    let mut styles = vec![t.text, t.dim, t.title, t.border, t.focus, t.selected, t.positive, t.negative, t.active];
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
