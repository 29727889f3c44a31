//! The right pass beside the one with the what-ifs, value by value.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Widget};

use crate::{
    app::{App, Bench, animation::Playhead, value_name},
    network::Stage,
    plain::cells,
    ui::{
        theme::Theme,
        widget::side_by_side::{Compared, SideBySide},
    },
    words,
};

/// The values that are listed: a few stages of every unit, layer by layer. A line is found by division.
struct Lines {
    /// For each layer: its first line, its units, the stages that are listed of each.
    layers: Vec<(usize, usize, Vec<Stage>)>,
}

impl Lines {
    /// The sum, the pre-activation and the activation, as far as they are not the same number.
    fn of(bench: &Bench) -> Self {
        let mut first = 0;
        let difference = bench.first_difference();
        let layers = bench.network().layers().enumerate().map(|(i, layer)| {
            let right = bench.right();
            let has = |stage| right.stage(i, stage).is_some();
            let parts_in_sum = difference.is_some_and(|(at, stage, _)| (at, stage) == (i, Stage::Wx));
            let bends = layer.operation.as_dense().is_some_and(|d| {
                right.stage(i, Stage::Z) != Some(right.values(i).map_or(&[][..], |v| v.a()))
                    || d.activation() != crate::network::Activation::Linear
            });
            let mut stages = vec![Stage::A];
            if has(Stage::Z) && bends {
                stages.insert(0, Stage::Z);
            }
            if has(Stage::Wx) && parts_in_sum {
                stages.insert(0, Stage::Wx);
            }
            let units = layer.operation.units().max(layer.operation.outputs());
            let begin = first;
            first += units * stages.len();
            (begin, units, stages)
        });
        Self { layers: layers.collect() }
    }

    fn count(&self) -> usize {
        self.layers.last().map_or(0, |(first, units, stages)| first + units * stages.len())
    }

    fn place(&self, line: usize) -> Option<(usize, Stage, usize)> {
        let layer = self.layers.partition_point(|(first, ..)| *first <= line).checked_sub(1)?;
        let (first, units, stages) = &self.layers[layer];
        let (unit, stage) = ((line - first) / stages.len(), (line - first) % stages.len());
        (unit < *units).then_some((layer, stages[stage], unit))
    }

    /// The line of a value, or of the next stage of its unit that is listed.
    fn line(&self, (layer, stage, unit): (usize, Stage, usize)) -> Option<usize> {
        let (first, units, stages) = self.layers.get(layer)?;
        let within = stages.iter().position(|listed| *listed >= stage)?;
        (unit < *units).then_some(first + unit * stages.len() + within)
    }
}

/// The cells that a line takes besides the layer's name: stage, index, two numbers, signs.
const BESIDE_NAME: usize = 34;

/// Draws the comparison inside its pane.
pub(super) fn draw(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let Some(wrong) = bench.wrong() else {
        Line::styled(words::bench::switch_on(), theme.dim)
            .render(Rect { height: area.height.min(1), ..area }, frame.buffer_mut());
        return;
    };
    let lines = Lines::of(bench);
    let hides = !app.reveals();
    let outputs = bench.network().depth().saturating_sub(1);
    // Where the names of layers are too long, their positions are addresses too.
    let longest = bench.network().layers().map(|layer| cells(&layer.name)).max().unwrap_or(0);
    let short = longest + BESIDE_NAME > usize::from(area.width);
    let row = |line: usize| {
        let Some((layer, stage, unit)) = lines.place(line) else {
            return Compared { name: String::new(), right: None, wrong: None, known: false };
        };
        let value = |pass: &crate::pass::Pass| pass.stage(layer, stage)?.get(unit).copied();
        let place = layer.to_string();
        let both = [value(bench.right()), value(wrong)];
        let hidden = both.into_iter().flatten().any(|value| bench.hidden.hides(layer, stage, unit, value));
        let name = bench.network().layer(layer).map_or("", |layer| &layer.name);
        let known = wrong.known_after(layer, stage, unit).or(bench.right().known_after(layer, stage, unit));
        Compared {
            name: value_name(if short { &place } else { name }, stage, unit),
            right: value(bench.right()),
            wrong: value(wrong),
            known: known.is_some_and(|known| known <= playhead.position) && !(hides && layer == outputs) && !hidden,
        }
    };
    let first = bench.first_difference().and_then(|place| lines.line(place));
    let complete = playhead.position >= wrong.steps() && playhead.phase.is_none();
    let (layer, unit) = bench.place(playhead);
    // The stages of a unit that are known are the first so many of it.
    let of_unit = (0..lines.layers.get(layer).map_or(0, |(.., stages)| stages.len())).rev();
    let begin = lines.layers.get(layer).map_or(0, |(first, _, stages)| first + unit * stages.len());
    let current = of_unit.map(|within| begin + within).find(|&line| row(line).known).unwrap_or(begin);
    let focus = if complete { first.unwrap_or(0) } else { current };
    let widget = SideBySide {
        theme,
        titles: [&words::bench::right(), &words::bench::this_pass()],
        count: lines.count(),
        row: &row,
        current: Some(current).filter(|_| !complete),
        first,
        focus,
        digits: bench.digits,
    };
    (&widget).render(area, frame.buffer_mut());
}
