//! What a network with one input computes, as a curve.

use super::svg::{BLUE, ORANGE, Svg};
use crate::{
    pass::{Function, Pass},
    words::explain,
};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 360.0;
/// Room for the numbers at the axes.
const LEFT: f64 = 64.0;
const BOTTOM: f64 = 32.0;
const POINTS: usize = 320;
/// Curves of one picture.
const MOST_OUTPUTS: usize = 4;
/// Lines of the grid.
const THIN: &str = "stroke-width=\"1\" opacity=\"0.2\"";

/// The curve of the right way and, dashed, of the one with mistakes, from `region.0` to `region.1`; `None` for networks with several
/// inputs or many outputs.
pub fn plot(right: &Pass, wrong: Option<&Pass>, region: (f32, f32)) -> Option<String> {
    let network = right.network();
    let outputs = right.output().len();
    if right.input().len() != 1 || outputs > MOST_OUTPUTS {
        return None;
    }
    let here = f64::from(right.input()[0]);
    let (mut low, mut high) = (f64::from(region.0.min(region.1)), f64::from(region.0.max(region.1)));
    if here.is_finite() {
        (low, high) = (low.min(here), high.max(here));
    }
    if !(low.is_finite() && high.is_finite()) || high - low <= 0.0 {
        return None;
    }
    let x = |i: usize| low + (high - low) * i as f64 / POINTS as f64;
    let values = |pass: &Pass| -> Option<Vec<Vec<f64>>> {
        let function = Function::new(network, pass.mistakes()).ok()?;
        let all = (0..=POINTS).map(|i| function.at(&[x(i) as f32]).iter().map(|&y| f64::from(y)).collect());
        Some(all.collect())
    };
    let mut curves = vec![(values(right)?, format!("stroke=\"{BLUE}\" stroke-width=\"2\""))];
    if let Some(wrong) = wrong {
        curves.push((values(wrong)?, format!("stroke=\"{ORANGE}\" stroke-width=\"2\" stroke-dasharray=\"6 4\"")));
    }
    let finite = curves.iter().flat_map(|(rows, _)| rows.iter().flatten()).filter(|y| y.is_finite());
    let (bottom, top) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &y| (low.min(y), high.max(y)));
    if bottom > top {
        return None;
    }
    let margin = if top > bottom { (top - bottom) * 0.05 } else { top.abs().max(1.0) * 0.1 };
    let (bottom, top) = (bottom - margin, top + margin);
    let at = |x: f64, y: f64| {
        let across = LEFT + (x - low) / (high - low) * (WIDTH - LEFT - 12.0);
        (across, 12.0 + (top - y) / (top - bottom) * (HEIGHT - BOTTOM - 12.0))
    };
    let mut svg = Svg::new(WIDTH, HEIGHT, &explain::page_function());
    for tick in ticks(low, high) {
        svg.line(at(tick, bottom), at(tick, top), THIN);
        svg.text((at(tick, bottom).0, HEIGHT - 12.0), "middle", 11.0, &label(tick, high - low));
    }
    for tick in ticks(bottom, top) {
        svg.line(at(low, tick), at(high, tick), THIN);
        svg.text((LEFT - 8.0, at(low, tick).1 + 4.0), "end", 11.0, &label(tick, top - bottom));
    }
    for (rows, style) in &curves {
        for output in 0..outputs {
            let point = |(i, row): (usize, &Vec<f64>)| row.get(output).filter(|y| y.is_finite()).map(|&y| at(x(i), y));
            svg.curve(&rows.iter().enumerate().map(point).collect::<Vec<_>>(), style);
        }
    }
    if here.is_finite() {
        svg.line(at(here, bottom), at(here, top), "stroke-dasharray=\"2 3\" opacity=\"0.6\"");
        for (pass, colour) in [(Some(right), BLUE), (wrong, ORANGE)] {
            for &y in pass.map_or(&[][..], Pass::output).iter().filter(|y| y.is_finite()) {
                svg.circle(at(here, f64::from(y)), 4.0, &format!("fill=\"{colour}\" stroke=\"none\""));
            }
        }
    }
    Some(svg.end())
}

/// Round numbers between two, about five.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let step = step(high - low);
    let first = (low / step).ceil() as i64;
    (first..first + 20).map(|i| i as f64 * step).take_while(|tick| *tick <= high + step * 1e-9).collect()
}

/// 1, 2 or 5 times a power of ten: about a fifth of a length.
fn step(length: f64) -> f64 {
    let power = 10f64.powf((length / 5.0).log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power * 5.5 >= length).unwrap_or(10.0);
    factor * power
}

fn label(tick: f64, length: f64) -> String {
    let decimals = (-step(length).log10().floor()).clamp(0.0, 12.0) as usize;
    format!("{:.decimals$}", if tick == 0.0 { 0.0 } else { tick })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_numbers_inside_the_range() {
        for (low, high, expected) in [
            (0.0, 10.0, &["0", "2", "4", "6", "8", "10"][..]),
            (-0.3, 0.3, &["-0.2", "0.0", "0.2"]),
            (995.0, 1005.0, &["996", "998", "1000", "1002", "1004"]),
        ] {
            let labels: Vec<String> = ticks(low, high).iter().map(|tick| label(*tick, high - low)).collect();
            assert_eq!(labels, expected, "{low} to {high}");
        }
        assert!(ticks(1e30, 1.000_000_1e30).len() <= 20);
    }
}
