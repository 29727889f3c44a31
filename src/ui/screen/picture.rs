//! The pictures: network, matrix, plot or map, curve, bars.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Widget};

use super::compare;

use crate::{
    app::{App, Bench, Cell, Study, animation::Playhead},
    network::{
        Action, Layer, Operator, Role, Stage, Weight,
        number::{Digits, line, number},
        recipe::{Part, Place},
    },
    plain::cells,
    setting::View,
    ui::{
        theme::Theme,
        widget::{
            bars::{Contribution, ContributionBars},
            curve::ActivationCurve,
            decision_map::{DecisionMap, Field, TestPoint, Truth},
            diagram::{Diagram, Title},
            function_plot::{FunctionPlot, Marker, Series, Stroke},
            matrix::MatrixView,
        },
    },
    words,
};

/// Draws one picture inside its pane.
pub fn draw(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, view: View, playhead: Playhead, theme: &Theme) {
    match view {
        View::Network => draw_network(frame, area, bench, playhead, theme),
        View::Matrix => with_matrix(bench, playhead, theme, |matrix| (&matrix).render(area, frame.buffer_mut())),
        View::Plot if bench.network().inputs() == 1 => draw_plot(frame, area, app, bench, playhead, theme),
        View::Plot => draw_map(frame, area, bench, theme),
        View::Curve => draw_curve(frame, area, bench, playhead, theme),
        View::Bars => draw_bars(frame, area, app, bench, playhead, theme),
        View::Compare => compare::draw(frame, area, app, bench, playhead, theme),
    }
}

fn draw_network(frame: &mut Frame, area: Rect, bench: &Bench, playhead: Playhead, theme: &Theme) {
    with_diagram(bench, playhead, theme, |diagram| (&diagram).render(area, frame.buffer_mut()));
}

/// The diagram as it is drawn: the mouse asks it where its units are.
pub fn with_diagram<T>(bench: &Bench, playhead: Playhead, theme: &Theme, f: impl FnOnce(Diagram<'_>) -> T) -> T {
    let titles: Vec<Title> =
        bench.network().layers().enumerate().map(|(i, layer)| title(bench, theme, i, layer)).collect();
    f(Diagram {
        theme,
        pass: bench.pass(),
        position: playhead.position,
        phase: playhead.phase,
        place: bench.place(playhead),
        titles: &titles,
        digits: bench.digits,
        hidden: &bench.hidden,
    })
}

/// The title of a layer: its name with its activation or its mistake, and shorter forms.
fn title(bench: &Bench, theme: &Theme, i: usize, layer: &Layer) -> Title {
    let name = layer.name.clone();
    let place = words::bench::layer(i);
    let cross = theme.glyphs().cross;
    let on = || bench.what_ifs().iter().filter(|what_if| what_if.layer == i);
    let marks: Vec<String> = on().map(|what_if| format!("{cross} {}", what_if.kind.title())).collect();
    if marks.is_empty() {
        let activation = layer.operation.as_dense().map_or(String::new(), |dense| dense.activation().name());
        return Title { forms: vec![format!("{name} {activation}"), name, place, i.to_string()], what_if: false };
    }
    let marked = [&name, &place].map(|name| format!("{name} {cross}"));
    let forms = [vec![format!("{name} {}", marks.join(" "))], marked.to_vec(), vec![format!("{i} {cross}")]].concat();
    Title { forms, what_if: true }
}

/// Whether the output must not be shown: the learner is to find it.
pub fn hides_output(app: &App, bench: &Bench) -> bool {
    let last = bench.network().depth().saturating_sub(1);
    let hidden = |(unit, &value): (usize, &f32)| bench.hidden.hides(last, Stage::A, unit, value);
    app.study().is_some_and(Study::asks_for_a_guess) || bench.pass().output().iter().enumerate().any(hidden)
}

/// The matrix of the layer that is looked at, its bias as the last row.
pub fn with_matrix<T>(bench: &Bench, playhead: Playhead, theme: &Theme, f: impl FnOnce(MatrixView<'_>) -> T) -> T {
    let (layer, unit) = bench.cell.map_or_else(|| bench.place(playhead), |cell| (cell.layer, cell.unit));
    let (inputs, units, biased, name) = match bench.network().layer(layer) {
        Some(layer) => {
            let dense = layer.operation.as_dense();
            let shape = dense.map_or((0, 0), |d| (d.kernel().inputs(), d.kernel().units()));
            (shape.0, shape.1, dense.is_some_and(|d| d.bias().is_some()), layer.name.as_str())
        }
        None => (0, 0, false, ""),
    };
    let weight = |row: usize, unit: usize| {
        if row < inputs { Weight::Kernel { input: row, unit } } else { Weight::Bias { unit } }
    };
    let value = |row: usize, unit: usize| bench.network().weight(layer, weight(row, unit)).unwrap_or(f32::NAN);
    let dense = bench.network().layer(layer).and_then(|layer| layer.operation.as_dense());
    let all = dense.map_or(&[][..], |dense| dense.kernel().values());
    // The first few thousand decide the colours; a large kernel is not searched completely for every frame.
    let bias = dense.and_then(|dense| dense.bias()).unwrap_or(&[]);
    let looked_at = all.iter().take(4_096).chain(bias.iter().take(4_096));
    let largest = looked_at.copied().filter(|w| w.is_finite()).map(f32::abs).fold(f32::MIN_POSITIVE, f32::max);
    let current = bench.pass().step(playhead.position.saturating_sub(usize::from(playhead.phase.is_none())));
    let row = current.and_then(|step| match (step.place.part, step.action) {
        (Part::Product(input), _) => Some(input),
        (_, Action::Combine { role: Role::Bias, .. }) => Some(inputs),
        _ => None,
    });
    f(MatrixView {
        theme,
        name,
        title: &words::bench::rows_columns(name),
        rows: inputs + usize::from(biased),
        columns: units,
        value: &value,
        largest,
        decimals: if bench.digits == Digits::FOUR { 4 } else { 8 },
        cursor: bench.cell.map(|Cell { row, unit, .. }| (row, unit)).or(Some((row.unwrap_or(0), unit))),
        row: row.filter(|_| bench.cell.is_none()),
        column: Some(unit).filter(|_| bench.cell.is_none()),
        last_row: biased.then(words::bench::bias).as_deref(),
        edited: &|row, unit| bench.is_edited(layer, weight(row, unit)),
    })
}

fn draw_plot(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let facts = &bench.model.facts;
    let x = f64::from(bench.input().first().copied().unwrap_or(0.0));
    let plot = bench.plot(usize::from(area.width).max(8) * 2);
    let mut series = Vec::new();
    let target_name = facts.target.as_ref().map_or(String::new(), |target| words::bench::target_curve(&target.says));
    if let Some(points) = &plot.target {
        series.push(Series { name: &target_name, style: theme.target, stroke: Stroke::Dotted, points });
    }
    let what_if = words::bench::what_if_curve();
    if let Some(points) = &plot.wrong {
        series.push(Series { name: &what_if, style: theme.what_if, stroke: Stroke::Dashed, points });
    }
    let name = if bench.is_changed() { words::bench::edited() } else { words::bench::view_network() };
    series.push(Series { name: &name, style: theme.positive, stroke: Stroke::Solid, points: &plot.right });
    let complete = playhead.position >= bench.pass().steps();
    let y = bench.pass().output().first().copied().unwrap_or(f32::NAN);
    let label = format!("{}, {}", number(x as f32, Digits::Exact), number(y, Digits::FOUR));
    let picture = FunctionPlot {
        theme,
        series: &series,
        x_range: plot.range,
        y_range: None,
        training: facts.training.map(|(low, high)| (f64::from(low), f64::from(high))),
        marker: (complete && !hides_output(app, bench)).then_some(Marker { x, y: f64::from(y), label: &label }),
    };
    (&picture).render(area, frame.buffer_mut());
}

fn draw_map(frame: &mut Frame, area: Rect, bench: &Bench, theme: &Theme) {
    if bench.network().inputs() != 2 || bench.network().outputs() != 1 {
        Line::styled(words::bench::not_drawable(), theme.dim).render(area, frame.buffer_mut());
        return;
    }
    let [x_range, y_range] = bench.map_ranges();
    let current = (f64::from(bench.input()[0]), f64::from(bench.input()[1]));
    let counted = words::bench::counted();
    let empty = DecisionMap {
        theme,
        field: Field::Grid { values: &[], columns: 0 },
        largest: 1.0,
        x_range,
        y_range,
        truth: None,
        points: &[],
        current: Some(current),
        caption: if bench.has_points() { &counted } else { "" },
    };
    let computed = bench.map(empty.values_in(area));
    let points: Vec<TestPoint> = computed.points.iter().map(|&([x, y], right)| TestPoint { x, y, right }).collect();
    let right = points.iter().filter(|point| point.right).count();
    let share = 100.0 * right as f64 / points.len().max(1) as f64;
    let caption = words::bench::points_right(points.len(), right, format!("{share:.1}"));
    let columns = computed.size.0;
    let map = DecisionMap {
        field: Field::Grid { values: &computed.answers, columns },
        truth: computed.truth.as_ref().map(|values| Truth::Grid { values, columns: columns * 2 }),
        points: &points,
        caption: if bench.has_points() { &caption } else { "" },
        ..empty
    };
    (&map).render(area, frame.buffer_mut());
}

fn draw_curve(frame: &mut Frame, area: Rect, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let (layer, unit) = bench.place(playhead);
    let z = bench.pass().stage(layer, Stage::Z).and_then(|z| z.get(unit)).copied().unwrap_or(0.0);
    let Some(activation) = bench.activation_now(layer).filter(|activation| activation.is_elementwise()) else {
        let text = if bench.activation_now(layer).is_some() {
            words::bench::all_units_here()
        } else {
            words::bench::no_activation()
        };
        Line::styled(text, theme.dim).render(area, frame.buffer_mut());
        return;
    };
    let a = activation.of(z).unwrap_or(z);
    let seen = |stage, value| {
        let known = bench.pass().known_after(layer, stage, unit).is_some_and(|k| k <= playhead.position);
        known && !bench.hidden.hides(layer, stage, unit, value)
    };
    let (at, done) = (seen(Stage::Z, z), seen(Stage::A, a));
    let t = match (done, bench.pass().step(playhead.position).map(|step| step.action)) {
        (true, _) => 1.0,
        (false, Some(Action::Activate { .. })) => playhead.phase.unwrap_or(0.0),
        (false, _) => 0.0,
    };
    let line = line(&[z.into()], a, Digits::FOUR, |n| activation.exact(n[0]).unwrap_or(n[0]));
    let text = |text: &str, known: bool| if known { text.to_owned() } else { "····".to_owned() };
    let sign = if line.holds || !done { "=" } else { theme.glyphs().about };
    let short = format!("{activation}({}) {sign} {}", text(line.first(0), at), text(&line.result, done));
    let long = format!("{short}   {}", activation.formula());
    // The formula is shown whole or not at all.
    let label = if cells(&long) <= usize::from(area.width) { long } else { short };
    let curve = ActivationCurve { theme, function: &|z| activation.of(z).unwrap_or(z), z, a, t, label: &label };
    (&curve).render(area, frame.buffer_mut());
}

/// A layer without a sum, such as a normalisation: what one number becomes from action to action.
fn draw_changes(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let (layer, unit) = bench.place(playhead);
    let finish = bench.pass().recipe(layer).map_or(0, |recipe| recipe.finish.len());
    let glyphs = theme.glyphs();
    let mut rows: Vec<(usize, String, f32)> = Vec::new();
    for part in (0..finish).map(Part::Finish) {
        let step = bench.pass().step_of(layer, unit, part).and_then(|k| Some((k, bench.pass().step(k)?.action)));
        let Some((k, Action::Combine { operator, operand, role, before, after, .. })) = step else { continue };
        if rows.is_empty() {
            rows.push((0, format!("in[{unit}]"), before));
        }
        let sign = match operator {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => glyphs.times,
            Operator::Divide => "/",
        };
        rows.push((k + 1, format!("{sign} {} {}", role.says(), number(operand, Digits::FOUR)), after));
    }
    let done = playhead.position + usize::from(playhead.phase.is_some());
    // What a lesson asks for is not drawn before it is found.
    let last = rows.len().saturating_sub(1);
    let asked = |row: usize, value: f32| match row {
        0 => layer > 0 && bench.hidden.hides(layer - 1, Stage::A, unit, value),
        _ if row == last => {
            let is_output = layer + 1 == bench.network().depth();
            bench.hidden.hides(layer, Stage::A, unit, value) || is_output && hides_output(app, bench)
        }
        _ => bench.hidden.hides_number(value),
    };
    let known = rows.iter().enumerate();
    let known = known.take_while(|(i, (k, _, value))| *k <= done && !asked(*i, *value)).count();
    let active = (done > 0 && playhead.position < bench.pass().steps()).then(|| known.saturating_sub(1));
    let changes: Vec<Contribution<'_>> =
        rows[..known].iter().map(|(_, label, value)| Contribution { label, value: *value }).collect();
    (&ContributionBars { theme, rows: &changes, active, digits: bench.digits }).render(area, frame.buffer_mut());
}

/// Says instead of bars that the learner is asked for these numbers.
fn say_hidden(frame: &mut Frame, area: Rect, theme: &Theme) {
    Line::styled(words::bench::find_first(), theme.dim).render(area, frame.buffer_mut());
}

fn draw_bars(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let (layer, unit) = bench.place(playhead);
    let Some(recipe) = bench.pass().recipe(layer) else { return };
    if recipe.kernel.is_none() {
        return draw_changes(frame, area, app, bench, playhead, theme);
    }
    let products = recipe.kernel.as_ref().map_or(0, |kernel| kernel.inputs());
    let parts = (0..products).map(Part::Product).chain((0..recipe.finish.len()).map(Part::Finish));
    let times = theme.glyphs().times;
    let rows: Vec<(usize, String, f32)> = parts
        .filter_map(|part| {
            let k = bench.pass().step_of(layer, unit, part)?;
            if recipe.leaves_out_at(Place { unit, part }) {
                return None;
            }
            if let Part::Product(input) = part {
                let (x, w, product) = bench.pass().product(layer, unit, input)?;
                let line = line(&[x.into(), w.into()], product, bench.digits, |n| n[0] * n[1]);
                let hides_x = layer > 0 && bench.hidden.hides(layer - 1, Stage::A, input, x);
                let x = if hides_x { "····" } else { line.first(0) };
                return Some((k, format!("{input}: {x} {times} {}", line.first(1)), product));
            }
            match bench.pass().step(k)?.action {
                Action::Combine { operator: Operator::Add, operand, role, times, .. } => {
                    Some((k, role.says(), operand * times as f32))
                }
                Action::Combine { operator: Operator::Subtract, operand, role, .. } => {
                    Some((k, words::bench::minus(role.says()), -operand))
                }
                Action::Multiply { .. } | Action::Combine { .. } | Action::Argmax { .. } | Action::Activate { .. } => {
                    None
                }
            }
        })
        .collect();
    let at = playhead.position.saturating_sub(usize::from(playhead.phase.is_none()));
    let active = if playhead.position < bench.pass().steps() { rows.iter().position(|(k, ..)| *k == at) } else { None };
    let known = |k: usize| k < playhead.position || (k == playhead.position && playhead.phase.is_some());
    let contributions: Vec<Contribution<'_>> = rows
        .iter()
        .filter(|(k, ..)| known(*k))
        .map(|(_, label, value)| Contribution { label, value: *value })
        .collect();
    if bench.hidden.hides_of_unit(layer, unit) || rows.iter().any(|(.., value)| bench.hidden.hides_number(*value)) {
        return say_hidden(frame, area, theme);
    }
    if contributions.is_empty() {
        Line::styled(words::bench::nothing_added(), theme.dim).render(area, frame.buffer_mut());
        return;
    }
    let bars = ContributionBars { theme, rows: &contributions, active, digits: bench.digits };
    (&bars).render(area, frame.buffer_mut());
}
