//! The other pictures: right beside wrong, the loss of each step, the learned function at a step.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    app::walk_bench::WalkBench,
    network::number::{Digits, number},
    plain::{cells, plain},
    ui::{
        theme::Theme,
        widget::{
            function_plot::{FunctionPlot, Marker, Series, Stroke},
            shorten,
        },
    },
    words,
};

/// Values of one array that are listed.
const MOST_OF_ARRAY: usize = 6;
/// Points of a curve.
const POINTS: usize = 400;

/// Every value that differs, from the first on.
pub(super) fn compare(frame: &mut Frame, area: Rect, bench: &WalkBench, theme: &Theme) {
    let walk = bench.walk();
    let Some(right) = walk.right() else { return };
    let mut rows: Vec<(String, f32, f32)> = Vec::new();
    let mut is_more = false;
    let room = usize::from(area.height).saturating_sub(1);
    for &array in walk.parts().iter().flat_map(|part| &part.arrays) {
        let (wrong, right) = (walk.values().of(array), right.of(array));
        let differing = wrong.iter().zip(right).enumerate().filter(|(_, (a, b))| crate::pass::differ(**a, **b));
        for (flat, (wrong, right)) in differing.take(MOST_OF_ARRAY) {
            rows.push((walk.address(array, flat), *right, *wrong));
        }
        if rows.len() > room {
            is_more = true;
            break;
        }
    }
    if rows.is_empty() {
        return Line::styled(words::worked::no_difference(), theme.dim).render(area, frame.buffer_mut());
    }
    let name = rows.iter().map(|(at, ..)| cells(at)).max().unwrap_or(0).min(usize::from(area.width / 2)).max(12);
    let head = format!("{:name$}  {:>12}  {:>12}", "", words::walk::right(), words::walk::what_if());
    Line::styled(head, theme.dim).render(Rect { height: 1, ..area }, frame.buffer_mut());
    for (i, (at, right, wrong)) in rows.into_iter().take(room).enumerate() {
        let row = Rect { y: area.y + 1 + i as u16, height: 1, ..area };
        if row.y >= area.bottom() {
            break;
        }
        if is_more && i + 1 == room {
            Line::styled(theme.glyphs().ellipsis, theme.dim).render(row, frame.buffer_mut());
            break;
        }
        let at = shorten(&plain(&at), name as i32, theme.glyphs().more);
        let gap = " ".repeat(name.saturating_sub(cells(&at)));
        Line::from(vec![
            Span::styled(format!("{at}{gap}"), theme.text),
            Span::styled(format!("  {:>12}", bench.digits.inline(right)), theme.text),
            Span::styled(format!("  {:>12}", bench.digits.inline(wrong)), theme.what_if),
        ])
        .render(row, frame.buffer_mut());
    }
}

/// The losses so far, and where the step that is shown is.
pub(super) fn curve(frame: &mut Frame, area: Rect, bench: &WalkBench, theme: &Theme) {
    let Some((trained, step)) = bench.training() else { return };
    let curve = trained.curve();
    let stride = curve.losses.len().div_ceil(POINTS).max(1);
    let points: Vec<(f64, f64)> =
        curve.losses.iter().enumerate().step_by(stride).map(|(at, &loss)| ((at + 1) as f64, f64::from(loss))).collect();
    let name = words::walk::loss_of_batch();
    let series = [Series { name: &name, style: theme.positive, stroke: Stroke::Solid, points: &points }];
    let loss = curve.losses.get(step).copied();
    let label = loss.map_or_else(String::new, |loss| format!("{}: {}", step + 1, number(loss, Digits::FOUR)));
    let picture = FunctionPlot {
        theme,
        series: &series,
        x_range: (1.0, curve.steps.max(2) as f64),
        y_range: None,
        training: None,
        marker: loss.map(|loss| Marker { x: (step + 1) as f64, y: f64::from(loss), label: &label }),
    };
    (&picture).render(area, frame.buffer_mut());
}

/// The function of one input before the step that is shown, beside the rows it is trained on.
pub(super) fn function(frame: &mut Frame, area: Rect, bench: &WalkBench, theme: &Theme) {
    let Some(function) = bench.function() else { return };
    let (learned, rows) = (words::walk::learned(), words::walk::rows());
    let series = [
        Series { name: &rows, style: theme.target, stroke: Stroke::Dashed, points: &function.rows },
        Series { name: &learned, style: theme.positive, stroke: Stroke::Solid, points: &function.learned },
    ];
    let picture = FunctionPlot {
        theme,
        series: &series,
        x_range: function.range,
        y_range: None,
        training: Some(function.trained),
        marker: None,
    };
    (&picture).render(area, frame.buffer_mut());
}
