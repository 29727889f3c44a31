//! The values that the learner is asked for: they are hidden everywhere on the screen until they are found.

use crate::{
    course::Line,
    network::Stage,
    pass::{Address, Source},
    setting::Setting,
};

/// The values of the pass that are hidden.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HiddenValues {
    /// Of which unit, and from which stage on.
    places: Vec<(usize, Stage, usize)>,
    /// The numbers themselves, wherever else they appear: in a product, or in a stage that adds nothing.
    numbers: Vec<f64>,
}

impl HiddenValues {
    /// What the lines of a calculation ask for from line `at` on. What the lines before it show is never hidden.
    pub(in crate::app) fn of(lines: &[Line], at: usize, setting: &Setting) -> Self {
        let value = |line: &Line| setting.evaluate(&line.value).ok()?.number().ok();
        let (known, asked) = lines.split_at(at.min(lines.len()));
        let known: Vec<f64> = known.iter().filter_map(value).collect();
        // 0 turns up everywhere and gives nothing away.
        let is_open =
            |number: &f64| number.is_finite() && *number != 0.0 && !known.iter().any(|&known| same(known, *number));
        Self {
            places: asked.iter().filter_map(|line| place(&line.value, setting)).collect(),
            numbers: asked.iter().filter_map(value).filter(is_open).collect(),
        }
    }

    /// Whether nothing is hidden.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.numbers.is_empty()
    }

    /// Whether this value is hidden.
    pub fn hides(&self, layer: usize, stage: Stage, unit: usize, value: f32) -> bool {
        // Later stages of the unit would give away the asked one.
        self.places.iter().any(|&(l, s, u)| (l, u) == (layer, unit) && stage >= s) || self.hides_number(value)
    }

    /// Whether this number is hidden, wherever it comes from.
    pub fn hides_number(&self, value: f32) -> bool {
        self.numbers.iter().any(|&number| same(number, f64::from(value)))
    }

    /// Whether any value of this unit is hidden.
    pub fn hides_of_unit(&self, layer: usize, unit: usize) -> bool {
        self.places.iter().any(|&(l, _, u)| (l, u) == (layer, unit))
    }
}

/// The same number except for the last bits of float32.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}

/// The value of the pass that a line asks for, if it is one.
fn place(asked: &str, setting: &Setting) -> Option<(usize, Stage, usize)> {
    let address: Address = asked.trim().parse().ok()?;
    let place = address.resolve(&setting.network).ok()?;
    match (place.source, place.index) {
        (Source::Stage(layer, stage), Some(unit)) => Some((layer, stage, unit)),
        (Source::Stage(layer, stage), None) if setting.network.outputs() == 1 => Some((layer, stage, 0)),
        _ => None,
    }
}
