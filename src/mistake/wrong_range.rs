//! A scaling was done with another range than in training.
//!
//! What is known of a scaling is `y = x * scale + offset`, not the range that it was fitted on. Two readings are possible: the
//! data from `-offset / scale` to `(1 - offset) / scale` were mapped to [0, 1], or those from `(-1 - offset) / scale` to the same
//! end were mapped to [-1, 1]. People's ranges begin at a round number, so the reading whose lower ends need fewer digits
//! is taken; if neither does with three, the numbers were rather standardised, and if both need as many, both are
//! possible. From that follows what people do instead:
//!
//! - `to[0,1]`, `to[-1,1]`: the other one of the two usual targets, on the way in or back (`/255` for `/127.5 - 1` is the first)
//! - `256`: 256 for 255, 128 for 127.5
//! - `without-offset`: divided only, as by the largest value; the minimum or mean was not taken away (not added back)
//! - `without-scale`: the mean was taken away, but nothing divided (nothing multiplied), of standardised numbers
//! - `variance`: the variance for the deviation, of standardised numbers
//! - `other-end`: the scaler of the targets for the inputs, or the other way round
//!
//! Population for sample deviation cannot be known: it needs the number of samples.

use std::{fmt, str::FromStr};

use super::{Detail, Effect, Kind, Part, Scope, scales};
use crate::{
    network::{List, Network, Operation, Recipe, Role},
    words,
};

pub(super) static KIND: Kind = Kind {
    id: "wrong-range",
    title: words::mistake_title::wrong_range,
    lesson: "the-forgotten-scaler",
    about: &[Part::Scaling],
    removes: false,
    common: 5.0,
    scope: Scope::Layer,
    ways,
    effect: Effect::Recipes(change),
    says,
};

/// What was done in the place of the right scaling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongRange {
    /// [0, 1] for [-1, 1].
    ToUnit,
    /// [-1, 1] for [0, 1].
    ToSymmetric,
    /// 256 for 255.
    Count,
    /// Nothing taken away.
    WithoutOffset,
    /// Nothing divided.
    WithoutScale,
    /// Divided by the variance.
    Variance,
    /// The scaler of the other end.
    OtherEnd,
}

impl WrongRange {
    /// Every way, with its name.
    const ALL: [(Self, &'static str); 7] = [
        (Self::ToUnit, "to[0,1]"),
        (Self::ToSymmetric, "to[-1,1]"),
        (Self::Count, "256"),
        (Self::WithoutOffset, "without-offset"),
        (Self::WithoutScale, "without-scale"),
        (Self::Variance, "variance"),
        (Self::OtherEnd, "other-end"),
    ];
}

impl fmt::Display for WrongRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(way, _)| way == self).map_or("", |(_, name)| name);
        f.write_str(name)
    }
}

impl FromStr for WrongRange {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.iter().find(|(_, name)| *name == text).map(|(way, _)| *way).ok_or(())
    }
}

/// At which end of the network a scaling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Input,
    Output,
}

/// `y = x * scale + offset` of one unit, as in training: from the data to what the network sees.
#[derive(Debug, Clone, Copy)]
struct Line {
    scale: f64,
    offset: f64,
}

impl Line {
    /// The way back.
    fn inverse(self) -> Self {
        Self { scale: 1.0 / self.scale, offset: -self.offset / self.scale }
    }

    /// In training direction: the scaling at the output is the inverse.
    fn trained(self, end: End) -> Self {
        if end == End::Input { self } else { self.inverse() }
    }
}

fn end(network: &Network, layer: usize) -> Option<End> {
    let last = layer + 1 == network.depth();
    match layer {
        _ if !scales(network, layer) => None,
        0 => Some(End::Input),
        _ => last.then_some(End::Output),
    }
}

/// The scaling of a layer, a line a unit, in training direction.
fn trained(network: &Network, layer: usize, end: End) -> Option<Vec<Line>> {
    let Operation::Scaling(scaling) = &network.layer(layer)?.operation else { return None };
    let (scale, offset) = (scaling.list(List::Scale)?, scaling.list(List::Offset)?);
    let line = |(scale, offset): (&f32, &f32)| Line { scale: (*scale).into(), offset: (*offset).into() }.trained(end);
    let lines: Vec<Line> = scale.iter().zip(offset).map(line).collect();
    lines.iter().all(|line| line.scale.is_finite() && line.offset.is_finite()).then_some(lines)
}

/// How the scaling is read.
struct Reading {
    unit: bool,
    symmetric: bool,
    standard: bool,
}

/// More digits than this at its ends has no range that a person chose.
const ROUND: usize = 3;

fn reading(lines: &[Line]) -> Reading {
    let digits = |low: f64| lines.iter().map(|line| digits((low - line.offset) / line.scale)).max().unwrap_or(0);
    let (unit, symmetric, high) = (digits(0.0), digits(-1.0), digits(1.0));
    let range = high <= ROUND && unit.min(symmetric) <= ROUND;
    Reading { unit: unit <= symmetric, symmetric: symmetric <= unit, standard: !range }
}

/// How many digits a number needs, to the precision of a float32; none for 0.
fn digits(value: f64) -> usize {
    if value.abs() < 1e-6 {
        return 0;
    }
    let text = format!("{value:.5e}");
    let mantissa = text.split('e').next().unwrap_or_default();
    mantissa.trim_end_matches('0').chars().filter(char::is_ascii_digit).count()
}

/// The wrong line in the place of the right one, in training direction.
fn wrong(way: WrongRange, line: Line, other: Option<Line>) -> Line {
    let Line { scale, offset } = line;
    match way {
        WrongRange::ToUnit => Line { scale: scale / 2.0, offset: offset.midpoint(1.0) },
        WrongRange::ToSymmetric => Line { scale: scale * 2.0, offset: offset * 2.0 - 1.0 },
        WrongRange::Count => Line { scale: scale * 255.0 / 256.0, offset },
        WrongRange::WithoutOffset => Line { scale, offset: 0.0 },
        WrongRange::WithoutScale => Line { scale: 1.0, offset: offset / scale },
        WrongRange::Variance => Line { scale: scale * scale, offset: offset * scale },
        WrongRange::OtherEnd => other.unwrap_or(line),
    }
}

/// The scaling of the other end, if it maps as many numbers.
fn other_end(network: &Network, end: End, units: usize) -> Option<Vec<Line>> {
    let (layer, other) = match end {
        End::Input => (network.depth().checked_sub(1).filter(|last| *last > 0)?, End::Output),
        End::Output => (0, End::Input),
    };
    let lines = if scales(network, layer) { trained(network, layer, other)? } else { return None };
    (lines.len() == units).then_some(lines)
}

fn ways(network: &Network, layer: usize) -> Vec<Detail> {
    let Some(end) = end(network, layer) else { return Vec::new() };
    let Some(lines) = trained(network, layer, end) else { return Vec::new() };
    let Reading { unit, symmetric, standard } = reading(&lines);
    let others = other_end(network, end, lines.len());
    let bytes = |line: &Line| [255.0, 127.5].iter().any(|by| (line.scale * by - 1.0).abs() < 1e-5);
    let possible = |way: &WrongRange| match way {
        WrongRange::ToUnit => symmetric && !standard,
        WrongRange::ToSymmetric => unit && !standard,
        WrongRange::Count => lines.iter().all(bytes),
        WrongRange::WithoutOffset => true,
        WrongRange::WithoutScale | WrongRange::Variance => standard,
        WrongRange::OtherEnd => others.is_some(),
    };
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs());
    let changes = |way: &WrongRange| {
        lines.iter().enumerate().any(|(unit, line)| {
            let wrong = wrong(*way, *line, others.as_ref().map(|others| others[unit]));
            !(near(wrong.scale, line.scale) && near(wrong.offset, line.offset))
        })
    };
    // An output is mapped back: nothing may be divided by 0 on that way.
    let finite = |way: &WrongRange| {
        lines.iter().enumerate().all(|(unit, line)| {
            let line = wrong(*way, *line, others.as_ref().map(|others| others[unit])).trained(end);
            (line.scale as f32).is_finite() && (line.offset as f32).is_finite()
        })
    };
    let ways = WrongRange::ALL.into_iter().map(|(way, _)| way);
    ways.filter(possible).filter(changes).filter(finite).map(Detail::Range).collect()
}

fn change(layer: usize, detail: Detail, network: &Network, recipes: &mut [Recipe]) {
    let Detail::Range(way) = detail else { return };
    let Some(end) = end(network, layer) else { return };
    let Some(lines) = trained(network, layer, end) else { return };
    let others = other_end(network, end, lines.len());
    let lines: Vec<Line> = lines
        .iter()
        .enumerate()
        .map(|(unit, line)| wrong(way, *line, others.as_ref().map(|others| others[unit])).trained(end))
        .collect();
    let finish = &mut recipes[layer].finish;
    for action in finish.iter_mut() {
        let called = action.role();
        if let (Some(Role::Scale | Role::Offset), Some(numbers)) = (called, action.operand_mut()) {
            let number = |line: &Line| if called == Some(Role::Scale) { line.scale } else { line.offset };
            *numbers = lines.iter().map(|line| number(line) as f32).collect();
        }
    }
    // What was not done is not there, rather than done with a number that changes nothing.
    match way {
        WrongRange::WithoutOffset => finish.retain(|action| action.role() != Some(Role::Offset)),
        WrongRange::WithoutScale => finish.retain(|action| action.role() != Some(Role::Scale)),
        _ => {}
    }
}

fn says(layer: &str, detail: Detail, network: &Network) -> String {
    let end = network.find(layer).ok().and_then(|layer| end(network, layer)).unwrap_or(End::Input);
    let (in_, way) = (end == End::Input, if let Detail::Range(way) = detail { Some(way) } else { None });
    match way {
        Some(WrongRange::ToUnit) if in_ => words::mistake::range_to_unit_input(layer),
        Some(WrongRange::ToUnit) => words::mistake::range_to_unit_output(layer),
        Some(WrongRange::ToSymmetric) if in_ => words::mistake::range_to_symmetric_input(layer),
        Some(WrongRange::ToSymmetric) => words::mistake::range_to_symmetric_output(layer),
        Some(WrongRange::Count) => words::mistake::range_count(layer),
        Some(WrongRange::WithoutOffset) if in_ => words::mistake::range_without_offset_input(layer),
        Some(WrongRange::WithoutOffset) => words::mistake::range_without_offset_output(layer),
        Some(WrongRange::WithoutScale) if in_ => words::mistake::range_without_scale_input(layer),
        Some(WrongRange::WithoutScale) => words::mistake::range_without_scale_output(layer),
        Some(WrongRange::Variance) if in_ => words::mistake::range_variance_input(layer),
        Some(WrongRange::Variance) => words::mistake::range_variance_output(layer),
        Some(WrongRange::OtherEnd) if in_ => words::mistake::range_other_end_input(layer),
        Some(WrongRange::OtherEnd) => words::mistake::range_other_end_output(layer),
        None => words::mistake::range_other(layer),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, tests::layer};
    use crate::{
        network::{Activation, Dense, Kernel, Network, Operation, Scaling},
        pass::Pass,
    };

    /// `scale_in`, a line that doubles, `scale_out`.
    fn network(input: Scaling, output: Scaling) -> Network {
        let kernel = Kernel::from_rows(1, 1, &[2.0]).expect("one");
        let line = Operation::Dense(Dense::new(kernel, Some(vec![0.0]), Activation::Linear));
        let layers =
            vec![layer("in", Operation::Scaling(input)), layer("line", line), layer("out", Operation::Scaling(output))];
        Network::new("ranges", layers).expect("fits")
    }

    fn standard() -> Network {
        // (x - 12.34567) / 2.71234, and the way back from (y - 3.456789) / 1.41987
        network(Scaling::standardising(12.345_67, 2.712_34), Scaling::new(vec![1.419_87], vec![3.456_789]))
    }

    fn pictures() -> Network {
        // x / 127.5 - 1, and the way back from [0, 1] to [0, 200]
        network(Scaling::between((0.0, 255.0), (-1.0, 1.0)), Scaling::between((0.0, 1.0), (0.0, 200.0)))
    }

    #[test]
    fn each_way_is_what_its_name_says() {
        for (network, mistake, x, expected) in [
            // 51 / 255 = 0.2; twice that is 0.4 of [0, 1]: 80
            (pictures(), "wrong-range:in:to[0,1]", 51.0, 80.0),
            // 51 / 128 - 1 = -0.6015625; -1.203125 * 200 = -240.625
            (pictures(), "wrong-range:in:256", 51.0, -240.625),
            // 51 / 127.5 = 0.4; 0.8 * 200 = 160
            (pictures(), "wrong-range:in:without-offset", 51.0, 160.0),
            // the targets were divided by 200: 51 / 200 = 0.255; 0.51 * 200 = 102
            (pictures(), "wrong-range:in:other-end", 51.0, 102.0),
            // 51 is -0.6, the line gives -1.2; back from [-1, 1] to [0, 200]: (-1.2 + 1) * 100 = -20
            (pictures(), "wrong-range:out:to[-1,1]", 51.0, -20.0),
            // back with the inputs' scaler: (-1.2 + 1) * 127.5 = -25.5
            (pictures(), "wrong-range:out:other-end", 51.0, -25.5),
            // (15 - 12.34567) / 2.71234^2 = 0.3608001; twice that * 1.41987 + 3.456789 = 4.481367
            (standard(), "wrong-range:in:variance", 15.0, 4.481_367),
            // 15 - 12.34567 = 2.65433; 5.30866 * 1.41987 + 3.456789 = 10.994396
            (standard(), "wrong-range:in:without-scale", 15.0, 10.994_396),
            // (15 - 12.34567) / 2.71234 = 0.9786126; twice that is 1.9572251, * 1.41987^2 + 3.456789 = 7.402615
            (standard(), "wrong-range:out:variance", 15.0, 7.402_615),
            // 1.9572251 * 1.41987 = 2.779005
            (standard(), "wrong-range:out:without-offset", 15.0, 2.779_005),
            // 1.9572251 + 3.456789 = 5.414014
            (standard(), "wrong-range:out:without-scale", 15.0, 5.414_014),
        ] {
            let made = Mistake::named(mistake, &network).expect(mistake);
            assert_eq!(made.name(&network), mistake);
            let got = Pass::new(&network, &[x], &[made]).expect("fits").output()[0];
            assert!((got - expected).abs() < 2e-5 * expected.abs(), "{mistake}: {got} {expected}");
        }
    }

    #[test]
    fn an_impossible_range_is_not_offered() {
        let ways = |network: &Network, layer| {
            let ways = Mistake::at(network, layer).into_iter().filter(|mistake| mistake.kind.id == "wrong-range");
            ways.map(|mistake| mistake.detail.to_string()).collect::<Vec<_>>()
        };
        // Nobody standardised 0 to 255.
        assert_eq!(ways(&pictures(), 0), ["to[0,1]", "256", "without-offset", "other-end"]);
        // An offset of 0 cannot be forgotten.
        assert_eq!(ways(&pictures(), 2), ["to[-1,1]", "other-end"]);
        assert_eq!(ways(&standard(), 0), ["without-offset", "without-scale", "variance", "other-end"]);
        assert!(ways(&standard(), 1).is_empty());
    }
}
