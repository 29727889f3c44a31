//! What each widget draws.

#[path = "widgets/bounds.rs"]
mod bounds;
#[path = "widgets/color.rs"]
mod color;

use byhand::network::number::Digits;
use byhand::ui::theme::{Background, ColorLevel, Theme};
use byhand::ui::widget::bars::{Contribution, ContributionBars};
use byhand::ui::widget::curve::ActivationCurve;
use byhand::ui::widget::decision_map::{DecisionMap, Field, TestPoint, Truth};
use byhand::ui::widget::function_plot::{FunctionPlot, Marker, Series, Stroke, sample};
use byhand::ui::widget::matrix::MatrixView;
use byhand::ui::widget::text_field::TextField;
use byhand::ui::widget::timeline::Timeline;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// The characters of `widget` drawn at `width` x `height`; blanks at the ends of lines are cut.
fn text<W>(widget: W, width: u16, height: u16) -> String
where
    W: Widget,
{
    let buffer = drawn(widget, width, height);
    let line = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..height).map(line).collect::<Vec<_>>().join("\n")
}

fn drawn<W: Widget>(widget: W, width: u16, height: u16) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    widget.render(area, &mut buffer);
    buffer
}

fn plain_theme() -> Theme {
    Theme::new(ColorLevel::None, Background::Dark, false)
}

fn ascii_theme() -> Theme {
    Theme::new(ColorLevel::None, Background::Dark, true)
}

#[test]
fn function_plot() {
    let theme = plain_theme();
    let learned = sample((-20.0, 120.0), 300, |x| match x {
        _ if x < 0.0 => 5.34,
        _ if x < 11.295 => 2.011_98 * x + 4.884_89,
        _ => 1.9996 * x + 5.02,
    });
    let target = sample((-20.0, 120.0), 2, |x| 2.0 * x + 5.0);
    let line = sample((-20.0, 120.0), 2, |x| 1.5401 * x + 5.0739);
    let series = [
        Series { name: "target 2x + 5", style: theme.target, stroke: Stroke::Dashed, points: &target },
        Series { name: "without relu", style: theme.what_if, stroke: Stroke::Dotted, points: &line },
        Series { name: "learned", style: theme.positive, stroke: Stroke::Solid, points: &learned },
    ];
    let plot = FunctionPlot {
        theme: &theme,
        series: &series,
        x_range: (-20.0, 120.0),
        y_range: None,
        training: Some((0.0, 100.0)),
        marker: Some(Marker { x: 10.0, y: 25.0047, label: "y 25.0047" }),
    };
    insta::assert_snapshot!("function_plot_60x18", text(&plot, 60, 18));
    insta::assert_snapshot!("function_plot_30x8", text(&plot, 30, 8));
    let ascii = ascii_theme();
    insta::assert_snapshot!("function_plot_ascii_40x12", text(&FunctionPlot { theme: &ascii, ..plot }, 40, 12));
}

fn map_model(x: f64, y: f64) -> f32 {
    ((1.6 * x + 1.3 * y + 0.5) as f32).tanh()
}

fn map_truth(x: f64, y: f64) -> bool {
    x + y > 0.0
}

fn map_points() -> Vec<TestPoint> {
    let spread = |index: i32, by: f64| (f64::from(index) * by).fract() * 2.0 - 1.0;
    let point = |index| {
        let (x, y) = (spread(index, 0.754_878), spread(index, 0.569_840));
        TestPoint { x, y, right: (map_model(x, y) > 0.0) == map_truth(x, y) }
    };
    (0..24).map(point).collect()
}

#[test]
fn decision_map() {
    let theme = plain_theme();
    let points = map_points();
    let right = points.iter().filter(|point| point.right).count();
    let caption = format!("{right} of {} right", points.len());
    let map = DecisionMap {
        theme: &theme,
        field: Field::Function(&map_model),
        largest: 1.0,
        x_range: (-1.0, 1.0),
        y_range: (-1.0, 1.0),
        truth: Some(Truth::Function(&map_truth)),
        points: &points,
        current: Some((0.3, 0.1)),
        caption: &caption,
    };
    insta::assert_snapshot!("decision_map_60x18", text(&map, 60, 18));
    insta::assert_snapshot!("decision_map_30x8", text(&map, 30, 8));
    let ascii = ascii_theme();
    insta::assert_snapshot!("decision_map_ascii_40x12", text(&DecisionMap { theme: &ascii, ..map }, 40, 12));
}

#[test]
fn activation_curve() {
    let theme = plain_theme();
    let relu = |z: f32| z.max(0.0);
    let curve = ActivationCurve { theme: &theme, function: &relu, z: -2.5, a: 0.0, t: 1.0, label: "relu(-2.5) = 0" };
    insta::assert_snapshot!("curve_relu_negative_20x6", text(&curve, 20, 6));
    // One picture at five moments: up, up, up, across, arrived.
    let tanh = ActivationCurve { function: &f32::tanh, z: 1.3, a: 1.3f32.tanh(), label: "tanh(1.3) = 0.8617", ..curve };
    let film = [0.0, 0.25, 0.5, 0.75, 1.0].map(|t| text(&ActivationCurve { t, ..tanh }, 32, 10));
    insta::assert_snapshot!("curve_tanh_film_32x10", film.join("\n\n"));
    let ascii = ascii_theme();
    insta::assert_snapshot!("curve_tanh_ascii_40x12", text(&ActivationCurve { theme: &ascii, ..tanh }, 40, 12));
}

#[test]
fn contribution_bars() {
    let theme = plain_theme();
    let values = [6.06, 0.0, 3.2, -2.2, 12.0, -0.01, 1e-7, 4.4, 5.5, -3.3, -8.0, 1.0];
    let labels: Vec<String> = (0..12).map(|unit| format!("h[{unit}] × w[{unit}]")).collect();
    let rows: Vec<Contribution<'_>> =
        labels.iter().zip(values).map(|(label, value)| Contribution { label, value }).collect();
    let bars = ContributionBars { theme: &theme, rows: &rows, active: Some(4), digits: Digits::FOUR };
    insta::assert_snapshot!("bars_60x12", text(&bars, 60, 12));
    let last = ContributionBars { active: Some(10), ..bars };
    insta::assert_snapshot!("bars_40x6", text(&last, 40, 6));
    insta::assert_snapshot!("bars_20x5", text(&bars, 20, 5));
    let ascii = ascii_theme();
    insta::assert_snapshot!("bars_ascii_48x8", text(&ContributionBars { theme: &ascii, ..bars }, 48, 8));
}

fn wave(row: usize, column: usize) -> f32 {
    // A triangle wave: the same on every machine, unlike a sine.
    let step = (row * 37 + column * 61) % 200;
    (step as f32 - 100.0) / 100.0
}

#[test]
fn matrix() {
    let theme = plain_theme();
    let view = MatrixView {
        last_row: None,
        theme: &theme,
        name: "kernel",
        title: "kernel",
        rows: 784,
        columns: 512,
        value: &wave,
        largest: 1.0,
        decimals: 4,
        cursor: Some((400, 300)),
        row: None,
        column: Some(300),
        edited: &|row, column| (row, column) == (399, 299),
    };
    insta::assert_snapshot!("matrix_60x12", text(&view, 60, 12));
    let corner = MatrixView { cursor: Some((783, 511)), decimals: 2, ..view };
    insta::assert_snapshot!("matrix_corner_30x8", text(&corner, 30, 8));
    let small = MatrixView { rows: 2, columns: 5, cursor: Some((0, 1)), edited: &|row, _| row == 1, ..view };
    insta::assert_snapshot!("matrix_whole_60x5", text(&small, 60, 5));
}

#[test]
fn timeline() {
    let theme = plain_theme();
    let marks = [16, 33, 49, 66];
    let at = |position| Timeline { theme: &theme, position, len: 66, marks: &marks };
    let film = [0, 16, 23, 65, 66].map(|position| text(&at(position), 60, 1));
    insta::assert_snapshot!("timeline_60x1", film.join("\n"));
    let ascii = ascii_theme();
    insta::assert_snapshot!("timeline_ascii_30x1", text(&Timeline { theme: &ascii, ..at(23) }, 30, 1));
}

#[test]
fn text_field() {
    let theme = plain_theme();
    let field = TextField {
        theme: &theme,
        label: "yours",
        text: "20.475",
        cursor: 6,
        focus: true,
        error: false,
        replaced: false,
    };
    let long = TextField { text: "0.48899287, 1.1705374, -0.25", cursor: 28, error: true, ..field };
    let inside = TextField { cursor: 3, ..long };
    let pictures = [text(&field, 30, 1), text(&long, 30, 1), text(&inside, 30, 1), text(&long, 16, 1)];
    insta::assert_snapshot!("text_field", pictures.join("\n"));
}
