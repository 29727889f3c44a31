//! The pictures: network, matrix, plot or map, curve, bars.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Widget};

use super::compare;

use crate::{
    app::{App, Bench, Cell, animation::Playhead},
    formula::Scene,
    network::{
        Action, Operator, Role, Weight,
        number::{Digits, number},
        recipe::Part,
    },
    pass::Function,
    setting::View,
    ui::{
        theme::Theme,
        widget::{
            bars::{Contribution, ContributionBars},
            curve::ActivationCurve,
            decision_map::{DecisionMap, Field, TestPoint, Truth},
            diagram::Diagram,
            function_plot::{FunctionPlot, Marker, Series, Stroke, sample},
            matrix::MatrixView,
        },
    },
};

/// Draws one picture inside its pane.
pub fn draw(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, view: View, playhead: Playhead, theme: &Theme) {
    match view {
        View::Network => draw_network(frame, area, app, bench, playhead, theme),
        View::Matrix => with_matrix(bench, playhead, theme, |matrix| (&matrix).render(area, frame.buffer_mut())),
        View::Plot if bench.network().inputs() == 1 => draw_plot(frame, area, bench, playhead, theme),
        View::Plot => draw_map(frame, area, bench, theme),
        View::Curve => draw_curve(frame, area, bench, playhead, theme),
        View::Bars => draw_bars(frame, area, bench, playhead, theme),
        View::Compare => compare::draw(frame, area, app, bench, playhead, theme),
    }
}

fn draw_network(frame: &mut Frame, area: Rect, app: &App, bench: &Bench, playhead: Playhead, theme: &Theme) {
    with_diagram(app, bench, playhead, theme, |diagram| (&diagram).render(area, frame.buffer_mut()));
}

/// The diagram as it is drawn: the mouse asks it where its units are.
pub fn with_diagram<T>(
    app: &App,
    bench: &Bench,
    playhead: Playhead,
    theme: &Theme,
    f: impl FnOnce(Diagram<'_>) -> T,
) -> T {
    let titles: Vec<(String, bool)> = bench
        .network()
        .layers()
        .enumerate()
        .map(|(i, layer)| {
            let activation = layer.operation.as_dense().map_or(String::new(), |dense| dense.activation().name());
            let cross = theme.glyphs().cross;
            let marks: Vec<String> = bench
                .what_ifs()
                .iter()
                .filter(|what_if| what_if.layer == i)
                .map(|what_if| format!("{cross} {}", what_if.kind.title()))
                .collect();
            if marks.is_empty() {
                (format!("{} {activation}", layer.name), false)
            } else {
                (format!("{} {}", layer.name, marks.join(" ")), true)
            }
        })
        .collect();
    f(Diagram {
        theme,
        pass: bench.pass(),
        position: playhead.position,
        phase: playhead.phase,
        place: bench.place(playhead),
        titles: &titles,
        digits: bench.digits,
        hide_output: hides_output(app, bench, playhead),
    })
}

/// Whether the output must not be shown: the learner is to find it, and the pass is not being played.
pub fn hides_output(app: &App, bench: &Bench, playhead: Playhead) -> bool {
    let asked = app
        .study()
        .is_some_and(|study| study.hides_answers() && matches!(study.asked, crate::app::Asked::Blanks { .. }));
    asked && playhead.position >= bench.pass().steps()
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
    // The first few thousand decide the colours; a whole large kernel is not looked through for every frame.
    let bias = dense.and_then(|dense| dense.bias()).unwrap_or(&[]);
    let looked_at = all.iter().take(4_096).chain(bias.iter().take(4_096));
    let largest = looked_at.copied().filter(|w| w.is_finite()).map(f32::abs).fold(f32::MIN_POSITIVE, f32::max);
    let current = bench.pass().step(playhead.position.saturating_sub(usize::from(playhead.phase.is_none())));
    let row = current.and_then(|step| match (step.place.part, step.action) {
        (Part::Product(input), _) => Some(input),
        (_, Action::Combine { role: Role::Bias, .. }) => Some(inputs),
        _ => None,
    });
    let name = format!("{name}: a row an input, a column a unit");
    f(MatrixView {
        theme,
        name: &name,
        rows: inputs + usize::from(biased),
        columns: units,
        value: &value,
        largest,
        decimals: if bench.digits == Digits::Four { 4 } else { 8 },
        cursor: bench.cell.map(|Cell { row, unit, .. }| (row, unit)).or(Some((row.unwrap_or(0), unit))),
        row: row.filter(|_| bench.cell.is_none()),
        column: Some(unit).filter(|_| bench.cell.is_none()),
        last_row: biased.then_some("bias"),
        edited: &|row, unit| bench.is_edited(layer, weight(row, unit)),
    })
}

fn draw_plot(frame: &mut Frame, area: Rect, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let facts = &bench.model.facts;
    let x = f64::from(bench.input().first().copied().unwrap_or(0.0));
    let (mut low, mut high) = facts.region.first().map_or((-10.0, 10.0), |r| (f64::from(r.0), f64::from(r.1)));
    if x.is_finite() && !(low..=high).contains(&x) {
        let reach = 1.25 * x.abs();
        (low, high) = (low.min(-0.2 * reach).min(x), high.max(0.2 * reach).max(x + 0.1 * reach));
    }
    let count = usize::from(area.width).max(8) * 2;
    let curve = |mistakes| {
        let function = Function::new(bench.network(), mistakes).ok();
        sample((low, high), count, |x| {
            function.as_ref().and_then(|f| f.at(&[x as f32]).first().copied()).map_or(f64::NAN, f64::from)
        })
    };
    let right = curve(&[]);
    let wrong = if bench.what_ifs().is_empty() { Vec::new() } else { curve(bench.what_ifs()) };
    let target = bench.target.as_ref().map(|target| {
        sample((low, high), count, |x| {
            let scene = Scene { input: &[x as f32], ..bench.scene() };
            target.evaluate(&scene).and_then(|v| v.number()).unwrap_or(f64::NAN)
        })
    });
    let mut series = Vec::new();
    let target_name = facts.target.as_ref().map_or(String::new(), |target| format!("target {}", target.says));
    if let Some(points) = &target {
        series.push(Series { name: &target_name, style: theme.target, stroke: Stroke::Dotted, points });
    }
    if !wrong.is_empty() {
        series.push(Series { name: "with the what-ifs", style: theme.what_if, stroke: Stroke::Dashed, points: &wrong });
    }
    let name = if bench.is_changed() { "the edited network" } else { "the network" };
    series.push(Series { name, style: theme.positive, stroke: Stroke::Solid, points: &right });
    let complete = playhead.position >= bench.pass().steps();
    let y = bench.pass().output().first().copied().unwrap_or(f32::NAN);
    let label = format!("{}, {}", number(x as f32, Digits::Exact), number(y, Digits::Four));
    let plot = FunctionPlot {
        theme,
        series: &series,
        x_range: (low, high),
        y_range: None,
        training: facts.training.map(|(low, high)| (f64::from(low), f64::from(high))),
        marker: complete.then_some(Marker { x, y: f64::from(y), label: &label }),
    };
    (&plot).render(area, frame.buffer_mut());
}

fn draw_map(frame: &mut Frame, area: Rect, bench: &Bench, theme: &Theme) {
    if bench.network().inputs() != 2 || bench.network().outputs() != 1 {
        let text = "a function of one or two inputs can be drawn; this network has more";
        Line::styled(text, theme.dim).render(area, frame.buffer_mut());
        return;
    }
    let [x_range, y_range] = bench.map_ranges();
    let current = (f64::from(bench.input()[0]), f64::from(bench.input()[1]));
    let empty = DecisionMap {
        theme,
        field: Field::Grid { values: &[], columns: 0 },
        largest: 1.0,
        x_range,
        y_range,
        truth: None,
        points: &[],
        current: Some(current),
        caption: if bench.has_points() { "…" } else { "" },
    };
    let worked_out = bench.map(empty.values_in(area));
    let points: Vec<TestPoint> = worked_out.points.iter().map(|&([x, y], right)| TestPoint { x, y, right }).collect();
    let right = points.iter().filter(|point| point.right).count();
    let share = 100.0 * right as f64 / points.len().max(1) as f64;
    let caption = format!("{right} of {} points right: {share:.1} %", points.len());
    let columns = worked_out.size.0;
    let map = DecisionMap {
        field: Field::Grid { values: &worked_out.answers, columns },
        truth: worked_out.truth.as_ref().map(|values| Truth::Grid { values, columns: columns * 2 }),
        points: &points,
        caption: if bench.has_points() { &caption } else { "" },
        ..empty
    };
    (&map).render(area, frame.buffer_mut());
}

fn draw_curve(frame: &mut Frame, area: Rect, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let (layer, unit) = bench.place(playhead);
    let z = bench.pass().stage(layer, crate::network::Stage::Z).and_then(|z| z.get(unit)).copied().unwrap_or(0.0);
    let Some(activation) = bench.activation_now(layer).filter(|activation| activation.is_elementwise()) else {
        let text = if bench.activation_now(layer).is_some() {
            "this activation looks at all units together"
        } else {
            "no activation here"
        };
        Line::styled(text, theme.dim).render(area, frame.buffer_mut());
        return;
    };
    let a = activation.of(z).unwrap_or(z);
    let done = bench.pass().known_after(layer, crate::network::Stage::A, unit).is_some_and(|k| k <= playhead.position);
    let at = bench.pass().known_after(layer, crate::network::Stage::Z, unit).is_some_and(|k| k <= playhead.position);
    let t = match (done, bench.pass().step(playhead.position).map(|step| step.action)) {
        (true, _) => 1.0,
        (false, Some(Action::Activate { .. })) => playhead.phase.unwrap_or(0.0),
        (false, _) => 0.0,
    };
    let text = |value: f32, known: bool| if known { number(value, Digits::Four) } else { "····".to_owned() };
    let label = format!("{activation}({}) = {}   {}", text(z, at), text(a, done), activation.formula());
    let curve = ActivationCurve { theme, function: &|z| activation.of(z).unwrap_or(z), z, a, t, label: &label };
    (&curve).render(area, frame.buffer_mut());
}

fn draw_bars(frame: &mut Frame, area: Rect, bench: &Bench, playhead: Playhead, theme: &Theme) {
    let (layer, unit) = bench.place(playhead);
    let Some(recipe) = bench.pass().recipe(layer) else { return };
    let products = recipe.kernel.as_ref().map_or(0, |kernel| kernel.inputs());
    let parts = (0..products).map(Part::Product).chain((0..recipe.finish.len()).map(Part::Finish));
    let times = theme.glyphs().times;
    let rows: Vec<(usize, String, f32)> = parts
        .filter_map(|part| {
            let k = bench.pass().step_of(layer, unit, part)?;
            match bench.pass().step(k)?.action {
                Action::Multiply { input, x, w, product, .. } => {
                    let label = format!("{input}: {} {times} {}", number(x, Digits::Four), number(w, Digits::Four));
                    Some((k, label, product))
                }
                Action::Combine { operator: Operator::Add, operand, role, .. } => {
                    Some((k, role.name().to_owned(), operand))
                }
                Action::Combine { operator: Operator::Subtract, operand, role, .. } => {
                    Some((k, format!("less {}", role.name()), -operand))
                }
                Action::Combine { .. } | Action::Argmax { .. } | Action::Activate { .. } => None,
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
    if contributions.is_empty() {
        Line::styled("nothing is added up yet: play the pass", theme.dim).render(area, frame.buffer_mut());
        return;
    }
    let bars = ContributionBars { theme, rows: &contributions, active, digits: bench.digits };
    (&bars).render(area, frame.buffer_mut());
}
