//! Colours as numbers: mixing, contrast, and the nearest of the terminal's 256.
//!
//! Luminance and contrast are those of WCAG 2.2 (relative luminance of sRGB; contrast from 1 to 21).

use ratatui::style::Color;

/// A colour in sRGB, 8 bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// The six levels of a channel in the 6 x 6 x 6 cube of the 256-colour palette.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Rgb {
    /// The colour `share` of the way from `self` (0) to `other` (1).
    #[must_use]
    pub fn mix(self, other: Self, share: f32) -> Self {
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
        Self(channel(self.0, other.0), channel(self.1, other.1), channel(self.2, other.2))
    }

    /// Relative luminance, from 0 (black) to 1 (white).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast between two colours, from 1 (equal) to 21 (black on white).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// The index, from 16 to 255, of the nearest colour that every 256-colour terminal shows alike.
    #[must_use]
    pub fn nearest_256(self) -> u8 {
        let level = |channel: u8| {
            let nearest = CUBE.iter().enumerate().min_by_key(|(_, value)| value.abs_diff(channel));
            nearest.map_or(0, |(index, _)| index as u8)
        };
        let cube = 16 + 36 * level(self.0) + 6 * level(self.1) + level(self.2);
        let mean = (u16::from(self.0) + u16::from(self.1) + u16::from(self.2)) / 3;
        let gray = 232 + (mean.saturating_sub(3) / 10).min(23) as u8;
        if self.distance(Self::of_256(gray)) < self.distance(Self::of_256(cube)) { gray } else { cube }
    }

    /// What index `index` of the 256-colour palette looks like; the first 16 are xterm's, others' terminals differ.
    #[must_use]
    pub fn of_256(index: u8) -> Self {
        /// xterm's defaults.
        const FIRST: [Rgb; 16] = [
            Rgb(0, 0, 0),
            Rgb(205, 0, 0),
            Rgb(0, 205, 0),
            Rgb(205, 205, 0),
            Rgb(0, 0, 238),
            Rgb(205, 0, 205),
            Rgb(0, 205, 205),
            Rgb(229, 229, 229),
            Rgb(127, 127, 127),
            Rgb(255, 0, 0),
            Rgb(0, 255, 0),
            Rgb(255, 255, 0),
            Rgb(92, 92, 255),
            Rgb(255, 0, 255),
            Rgb(0, 255, 255),
            Rgb(255, 255, 255),
        ];
        match index {
            0..=15 => FIRST[usize::from(index)],
            16..=231 => {
                let n = usize::from(index - 16);
                Self(CUBE[n / 36], CUBE[n / 6 % 6], CUBE[n % 6])
            }
            232..=255 => {
                let gray = 8 + 10 * (index - 232);
                Self(gray, gray, gray)
            }
        }
    }

    fn distance(self, other: Self) -> u32 {
        // Green counts most and blue least, as the eye has it.
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        3 * square(self.0, other.0) + 5 * square(self.1, other.1) + 2 * square(self.2, other.2)
    }
}

impl From<Rgb> for Color {
    fn from(Rgb(r, g, b): Rgb) -> Self {
        Self::Rgb(r, g, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_printed_examples() {
        // Black on white is 21; #777777 on white is 4.48, the best known near miss of 4.5.
        for (a, b, expected) in [
            (Rgb(0, 0, 0), Rgb(255, 255, 255), 21.0),
            (Rgb(0x77, 0x77, 0x77), Rgb(255, 255, 255), 4.48),
            (Rgb(9, 9, 9), Rgb(9, 9, 9), 1.0),
        ] {
            assert!((a.contrast(b) - expected).abs() < 0.005, "{a:?} on {b:?}: {}", a.contrast(b));
        }
    }

    #[test]
    fn every_colour_of_the_fixed_palette_is_its_own_nearest() {
        for index in 16..=255 {
            let color = Rgb::of_256(index);
            assert_eq!(Rgb::of_256(color.nearest_256()), color, "index {index}");
        }
    }

    #[test]
    fn a_mix_of_0_and_of_1_is_one_of_its_colours() {
        let (a, b) = (Rgb(0, 10, 200), Rgb(255, 20, 100));
        for (share, expected) in [(0.0, a), (1.0, b), (7.0, b), (-1.0, a), (f32::NAN, a), (0.5, Rgb(128, 15, 150))] {
            assert_eq!(a.mix(b, share), expected, "share {share}");
        }
    }
}
