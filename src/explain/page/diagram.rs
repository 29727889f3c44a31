//! The network as a picture: a circle for each unit with its value, a line for each weight.

use super::svg::{BLUE, ORANGE, Svg};
use crate::{network::number::decimals, pass::Pass, words::explain};

/// Units of a layer that are drawn, half of them from its end.
const MOST_UNITS: usize = 12;
const COLUMN: f64 = 170.0;
const ROW: f64 = 46.0;
const RADIUS: f64 = 19.0;
const TOP: f64 = 48.0;

/// The units of a column that are drawn, and their values.
struct Column {
    units: Vec<usize>,
    values: Vec<f32>,
    name: String,
    about: String,
}

impl Column {
    fn new(values: &[f32], name: &str, about: String) -> Self {
        let count = values.len();
        let units = if count <= MOST_UNITS {
            (0..count).collect()
        } else {
            (0..MOST_UNITS / 2).chain(count - MOST_UNITS / 2..count).collect()
        };
        Self { units, values: values.to_vec(), name: name.to_owned(), about }
    }

    fn is_cut(&self) -> bool {
        self.units.len() < self.values.len()
    }

    /// The height of unit number `place` of those that are drawn; columns are centred.
    fn y(&self, place: usize, rows: f64) -> f64 {
        let own = self.units.len() as f64 + f64::from(u8::from(self.is_cut()));
        let gap = f64::from(u8::from(self.is_cut() && place >= MOST_UNITS / 2));
        TOP + ((rows - own) / 2.0 + place as f64 + gap + 0.5) * ROW
    }
}

/// The network of a pass with the values of this pass.
pub fn diagram(pass: &Pass) -> String {
    let network = pass.network();
    let mut columns = vec![Column::new(pass.input(), &explain::page_input(), String::new())];
    for (i, layer) in network.layers().enumerate() {
        let values = pass.values(i).map_or(&[][..], |values| values.a());
        let recipe = pass.recipe(i);
        let activations =
            recipe.map(|recipe| recipe.finish.iter().filter_map(crate::network::recipe::Finish::activation));
        let about = activations.into_iter().flatten().map(|activation| activation.to_string()).collect::<Vec<_>>();
        columns.push(Column::new(values, &layer.name, about.join(", ")));
    }
    let rows = columns.iter().map(|column| column.units.len() + usize::from(column.is_cut())).max().unwrap_or(1) as f64;
    let (width, height) = (columns.len() as f64 * COLUMN, TOP + rows * ROW + 8.0);
    let mut svg = Svg::new(width, height, &explain::page_diagram());
    let x = |column: usize| (column as f64 + 0.5) * COLUMN;
    for (i, pair) in columns.windows(2).enumerate() {
        let kernel = pass.recipe(i).and_then(|recipe| recipe.kernel.as_ref());
        let largest = kernel.map_or(1.0, |kernel| kernel.values().iter().fold(0.0_f32, |most, w| most.max(w.abs())));
        for (a, &input) in pair[0].units.iter().enumerate() {
            for (b, &unit) in pair[1].units.iter().enumerate() {
                let weight = match kernel {
                    Some(kernel) => kernel.get(input, unit),
                    None => (input == unit).then_some(1.0),
                };
                let Some(weight) = weight.filter(|weight| *weight != 0.0) else { continue };
                let share = if largest > 0.0 { f64::from((weight / largest).abs()) } else { 0.0 };
                let colour = if kernel.is_none() {
                    "currentColor"
                } else if weight > 0.0 {
                    BLUE
                } else {
                    ORANGE
                };
                let style = format!(
                    "stroke=\"{colour}\" stroke-width=\"{:.2}\" opacity=\"{:.2}\"",
                    0.4 + 2.0 * share,
                    0.25 + 0.6 * share
                );
                let (from, to) = ((x(i) + RADIUS, pair[0].y(a, rows)), (x(i + 1) - RADIUS, pair[1].y(b, rows)));
                svg.line(from, to, &style);
            }
        }
    }
    for (i, column) in columns.iter().enumerate() {
        svg.text((x(i), 18.0), "middle", 13.0, &column.name);
        svg.text((x(i), 34.0), "middle", 11.0, &column.about);
        for (place, &unit) in column.units.iter().enumerate() {
            let at = (x(i), column.y(place, rows));
            svg.circle(at, RADIUS, "stroke-width=\"1.2\"");
            let value = column.values.get(unit).copied().unwrap_or(f32::NAN);
            svg.text((at.0, at.1 + 3.5), "middle", 10.0, &short(value));
        }
        if column.is_cut() {
            let y = f64::midpoint(column.y(MOST_UNITS / 2 - 1, rows), column.y(MOST_UNITS / 2, rows));
            svg.text((x(i), y + 4.0), "middle", 14.0, "⋮");
        }
    }
    svg.end()
}

/// A value in five characters or so.
fn short(value: f32) -> String {
    let digits = match value.abs() {
        large if large >= 1e5 || (large > 0.0 && large < 1e-3) => return format!("{value:.0e}"),
        large if large >= 100.0 => 0,
        large if large >= 10.0 => 1,
        _ => 2,
    };
    decimals(value, digits)
}
