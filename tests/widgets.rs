//! What each widget draws, at sizes from a full pane down to nothing.

use byhand::network::number::Digits;
use byhand::ui::theme::{Background, ColorLevel, Theme};
use byhand::ui::widget::bars::{Contribution, ContributionBars};
use byhand::ui::widget::curve::ActivationCurve;
use byhand::ui::widget::decision_map::{DecisionMap, Field, TestPoint};
use byhand::ui::widget::function_plot::{FunctionPlot, Marker, Series, Stroke, sample};
use byhand::ui::widget::matrix::MatrixView;
use byhand::ui::widget::text_field::TextField;
use byhand::ui::widget::timeline::{Timeline, position_at};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::widgets::Widget;

/// The characters of `widget` drawn at `width` x `height`; blanks at the ends of lines are cut.
fn text<W>(widget: W, width: u16, height: u16) -> String
where
    W: Widget,
{
    let buffer = drawn(widget, width, height);
    let line = |y| {
        (0..width)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
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

/// Every theme there is.
fn themes() -> Vec<Theme> {
    let levels = [
        ColorLevel::None,
        ColorLevel::Sixteen,
        ColorLevel::TwoFiftySix,
        ColorLevel::True,
    ];
    let backgrounds = [Background::Dark, Background::Light];
    let of = |level| {
        backgrounds
            .map(|background| [false, true].map(|ascii| Theme::new(level, background, ascii)))
    };
    levels.into_iter().flat_map(of).flatten().collect()
}

/// Draws at every small size and partly outside of the buffer; what lies around the area must stay untouched.
fn survives<W: Widget + Copy>(widget: W) {
    let small = [0, 1, 2, 3, 5, 8, 13]
        .iter()
        .flat_map(|width| [0, 1, 2, 3, 4, 6, 9].map(|height| (*width, height)));
    for (width, height) in small.chain([(70, 20)]) {
        let around = Rect::new(0, 0, width + 4, height + 4);
        let mut buffer = Buffer::filled(around, ratatui::buffer::Cell::new("#"));
        let area = Rect::new(2, 2, width, height);
        widget.render(area, &mut buffer);
        for position in around
            .positions()
            .filter(|position| !area.contains(*position))
        {
            assert_eq!(
                buffer[position].symbol(),
                "#",
                "outside at {position:?} of {width} x {height}"
            );
        }
        for position in area.positions() {
            let safe = |c: char| !c.is_control();
            assert!(buffer[position].symbol().chars().all(safe));
        }
        // Half of it beyond the buffer's edge.
        widget.render(
            Rect::new(
                around.width.saturating_sub(3),
                around.height.saturating_sub(2),
                width,
                height,
            ),
            &mut buffer,
        );
        widget.render(Rect::new(500, 500, width, height), &mut buffer);
    }
}

const BAD: [f32; 8] = [
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::MAX,
    f32::MIN,
    1e-45,
    -0.0,
    1.0,
];

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
        Series {
            name: "target 2x + 5",
            style: theme.target,
            stroke: Stroke::Dashed,
            points: &target,
        },
        Series {
            name: "without relu",
            style: theme.what_if,
            stroke: Stroke::Dotted,
            points: &line,
        },
        Series {
            name: "learned",
            style: theme.positive,
            stroke: Stroke::Solid,
            points: &learned,
        },
    ];
    let plot = FunctionPlot {
        theme: &theme,
        series: &series,
        x_range: (-20.0, 120.0),
        y_range: None,
        training: Some((0.0, 100.0)),
        marker: Some(Marker {
            x: 10.0,
            y: 25.0047,
            label: "y 25.0047",
        }),
    };
    insta::assert_snapshot!("function_plot_60x18", text(&plot, 60, 18));
    insta::assert_snapshot!("function_plot_30x8", text(&plot, 30, 8));
    let ascii = ascii_theme();
    insta::assert_snapshot!(
        "function_plot_ascii_40x12",
        text(
            &FunctionPlot {
                theme: &ascii,
                ..plot
            },
            40,
            12
        )
    );
}

#[test]
fn a_plot_of_any_numbers_at_any_size_stays_in_its_place() {
    let bad = BAD.map(f64::from);
    let points: Vec<(f64, f64)> = bad
        .iter()
        .flat_map(|x| bad.map(|y| (*x, y)))
        .chain([(f64::MAX, f64::MIN)])
        .collect();
    for theme in themes() {
        let series = [
            Series {
                name: "\u{1b}[31m\u{202e}name",
                style: theme.text,
                stroke: Stroke::Solid,
                points: &points,
            },
            Series {
                name: "",
                style: theme.text,
                stroke: Stroke::Dashed,
                points: &[],
            },
        ];
        for (x, y) in [
            (f64::NAN, 0.0),
            (0.0, 1.0),
            (f64::INFINITY, f64::NAN),
            (1.0, f64::NEG_INFINITY),
        ] {
            survives(&FunctionPlot {
                theme: &theme,
                series: &series,
                x_range: (x, y),
                y_range: (x == 0.0).then_some((y, x)),
                training: Some((y, x)),
                marker: Some(Marker {
                    x,
                    y,
                    label: "here",
                }),
            });
        }
    }
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
        TestPoint {
            x,
            y,
            right: (map_model(x, y) > 0.0) == map_truth(x, y),
        }
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
        truth: Some(&map_truth),
        points: &points,
        current: Some((0.3, 0.1)),
        caption: &caption,
    };
    insta::assert_snapshot!("decision_map_60x18", text(&map, 60, 18));
    insta::assert_snapshot!("decision_map_30x8", text(&map, 30, 8));
    let ascii = ascii_theme();
    insta::assert_snapshot!(
        "decision_map_ascii_40x12",
        text(
            &DecisionMap {
                theme: &ascii,
                ..map
            },
            40,
            12
        )
    );
}

#[test]
fn a_map_shows_two_values_in_each_cell_by_colour() {
    let theme = Theme::new(ColorLevel::True, Background::Dark, false);
    let map = |field| DecisionMap {
        theme: &theme,
        field,
        largest: 1.0,
        x_range: (0.0, 1.0),
        y_range: (0.0, 1.0),
        truth: None,
        points: &[],
        current: None,
        caption: "",
    };
    // 4 x 2 cells: no room for axes, so a grid of 4 x 4 is shown value for value.
    let values: Vec<f32> = (0..16).map(|index| index as f32 / 8.0 - 1.0).collect();
    let grid = map(Field::Grid {
        values: &values,
        columns: 4,
    });
    assert_eq!(grid.values_in(Rect::new(0, 0, 4, 2)), (4, 4));
    let buffer = drawn(&grid, 4, 2);
    for (index, value) in values.iter().enumerate() {
        let cell = &buffer[((index % 4) as u16, (index / 8) as u16)];
        let shown = if index / 4 % 2 == 0 { cell.fg } else { cell.bg };
        assert_eq!(
            (cell.symbol(), Some(shown)),
            ("▀", theme.heat_color(*value, 1.0)),
            "value {index}"
        );
    }
    // The same by function: the second input grows upwards.
    let by_function = |x: f64, y: f64| {
        let (column, row) = ((x * 4.0) as usize, ((1.0 - y) * 4.0) as usize);
        values[row * 4 + column]
    };
    assert_eq!(drawn(&map(Field::Function(&by_function)), 4, 2), buffer);
}

#[test]
fn a_map_of_any_numbers_at_any_size_stays_in_its_place() {
    for theme in themes().into_iter().step_by(3) {
        for bad in BAD {
            let value = move |x: f64, _: f64| if x > 0.5 { bad } else { -bad };
            let grid = [bad; 7];
            let fields = [
                Field::Function(&value),
                Field::Grid {
                    values: &grid,
                    columns: 3,
                },
                Field::Grid {
                    values: &[],
                    columns: 0,
                },
                Field::Grid {
                    values: &grid,
                    columns: usize::MAX,
                },
            ];
            for field in fields {
                survives(&DecisionMap {
                    theme: &theme,
                    field,
                    largest: bad,
                    x_range: (0.0, f64::from(bad)),
                    y_range: (-1.0, 1.0),
                    truth: Some(&|x, y| x > y),
                    points: &[TestPoint {
                        x: f64::from(bad),
                        y: 0.0,
                        right: false,
                    }],
                    current: Some((0.5, f64::from(bad))),
                    caption: "\u{7}caption",
                });
            }
        }
    }
}

#[test]
fn activation_curve() {
    let theme = plain_theme();
    let relu = |z: f32| z.max(0.0);
    let curve = ActivationCurve {
        theme: &theme,
        function: &relu,
        z: -2.5,
        a: 0.0,
        t: 1.0,
        label: "relu(-2.5) = 0",
    };
    insta::assert_snapshot!("curve_relu_negative_20x6", text(&curve, 20, 6));
    // One picture at five moments: up, up, up, across, arrived.
    let tanh = ActivationCurve {
        function: &f32::tanh,
        z: 1.3,
        a: 1.3f32.tanh(),
        label: "tanh(1.3) = 0.8617",
        ..curve
    };
    let film = [0.0, 0.25, 0.5, 0.75, 1.0].map(|t| text(&ActivationCurve { t, ..tanh }, 32, 10));
    insta::assert_snapshot!("curve_tanh_film_32x10", film.join("\n\n"));
    let ascii = ascii_theme();
    insta::assert_snapshot!(
        "curve_tanh_ascii_40x12",
        text(
            &ActivationCurve {
                theme: &ascii,
                ..tanh
            },
            40,
            12
        )
    );
}

#[test]
fn a_curve_of_any_numbers_at_any_size_stays_in_its_place() {
    for theme in themes() {
        for bad in BAD {
            let function = move |z: f32| if z > 1.0 { bad } else { z };
            for t in [-1.0, 0.3, f32::NAN, 2.0] {
                survives(&ActivationCurve {
                    theme: &theme,
                    function: &function,
                    z: bad,
                    a: bad,
                    t,
                    label: "\u{200b}f",
                });
            }
        }
    }
}

#[test]
fn contribution_bars() {
    let theme = plain_theme();
    let values = [
        6.06, 0.0, 3.2, -2.2, 12.0, -0.01, 1e-7, 4.4, 5.5, -3.3, -8.0, 1.0,
    ];
    let labels: Vec<String> = (0..12)
        .map(|unit| format!("h[{unit}] × w[{unit}]"))
        .collect();
    let rows: Vec<Contribution<'_>> = labels
        .iter()
        .zip(values)
        .map(|(label, value)| Contribution { label, value })
        .collect();
    let bars = ContributionBars {
        theme: &theme,
        rows: &rows,
        active: Some(4),
        digits: Digits::Four,
    };
    insta::assert_snapshot!("bars_60x12", text(&bars, 60, 12));
    let last = ContributionBars {
        active: Some(10),
        ..bars
    };
    insta::assert_snapshot!("bars_40x6", text(&last, 40, 6));
    insta::assert_snapshot!("bars_20x5", text(&bars, 20, 5));
    let ascii = ascii_theme();
    insta::assert_snapshot!(
        "bars_ascii_48x8",
        text(
            &ContributionBars {
                theme: &ascii,
                ..bars
            },
            48,
            8
        )
    );
}

#[test]
fn bars_of_any_numbers_at_any_size_stay_in_their_place() {
    let rows = BAD.map(|value| Contribution {
        label: "日本\u{1b}[0m × 0.5",
        value,
    });
    for theme in themes() {
        for digits in [Digits::Four, Digits::Eight, Digits::Exact] {
            for active in [None, Some(0), Some(7), Some(usize::MAX)] {
                survives(&ContributionBars {
                    theme: &theme,
                    rows: &rows,
                    active,
                    digits,
                });
            }
        }
        survives(&ContributionBars {
            theme: &theme,
            rows: &[],
            active: Some(3),
            digits: Digits::Four,
        });
    }
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
        theme: &theme,
        name: "kernel",
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
    let corner = MatrixView {
        cursor: Some((783, 511)),
        decimals: 2,
        ..view
    };
    insta::assert_snapshot!("matrix_corner_30x8", text(&corner, 30, 8));
    let small = MatrixView {
        rows: 2,
        columns: 5,
        cursor: Some((0, 1)),
        edited: &|row, _| row == 1,
        ..view
    };
    insta::assert_snapshot!("matrix_whole_60x5", text(&small, 60, 5));
}

#[test]
fn a_matrix_of_any_numbers_at_any_size_stays_in_its_place() {
    // Which colours there are has no part in where a matrix puts its cells.
    for theme in themes().into_iter().step_by(5) {
        for bad in BAD {
            for (rows, columns) in [(0, 0), (1, 1), (3, 100_000), (usize::MAX, usize::MAX)] {
                for cursor in [
                    None,
                    Some((0, 0)),
                    Some((2, 2)),
                    Some((usize::MAX, usize::MAX)),
                ] {
                    survives(&MatrixView {
                        theme: &theme,
                        name: "\u{9b}kernel",
                        rows,
                        columns,
                        value: &move |_, _| bad,
                        largest: bad,
                        decimals: 4,
                        cursor,
                        row: Some(1),
                        column: Some(usize::MAX),
                        edited: &|_, _| true,
                    });
                }
            }
        }
    }
}

#[test]
fn timeline() {
    let theme = plain_theme();
    let marks = [16, 33, 49, 66];
    let at = |position| Timeline {
        theme: &theme,
        position,
        len: 66,
        marks: &marks,
    };
    let film = [0, 16, 23, 65, 66].map(|position| text(&at(position), 60, 1));
    insta::assert_snapshot!("timeline_60x1", film.join("\n"));
    let ascii = ascii_theme();
    insta::assert_snapshot!(
        "timeline_ascii_30x1",
        text(
            &Timeline {
                theme: &ascii,
                ..at(23)
            },
            30,
            1
        )
    );
}

#[test]
fn a_timeline_of_any_length_at_any_size_stays_in_its_place() {
    for theme in themes() {
        for (position, len) in [(0, 0), (9, 3), (usize::MAX, usize::MAX), (5, usize::MAX)] {
            survives(&Timeline {
                theme: &theme,
                position,
                len,
                marks: &[0, 1, 2, usize::MAX],
            });
            for column in [0, 3, u16::MAX] {
                assert!(position_at(Rect::new(2, 0, 30, 1), column, len) <= len);
            }
        }
    }
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
    };
    let long = TextField {
        text: "0.48899287, 1.1705374, -0.25",
        cursor: 28,
        error: true,
        ..field
    };
    let inside = TextField { cursor: 3, ..long };
    let pictures = [
        text(&field, 30, 1),
        text(&long, 30, 1),
        text(&inside, 30, 1),
        text(&long, 16, 1),
    ];
    insta::assert_snapshot!("text_field", pictures.join("\n"));
}

#[test]
fn a_field_of_any_text_at_any_size_stays_in_its_place() {
    for theme in themes() {
        for text in [
            "",
            "10",
            "日本語のテキスト",
            "\u{1b}]0;x\u{7}",
            "e\u{301}\u{301}\u{301}",
            "\u{202e}\u{200b}",
        ] {
            for cursor in [0, 1, 5, usize::MAX] {
                for (focus, error) in [(true, true), (false, true), (true, false)] {
                    let field = TextField {
                        theme: &theme,
                        label: "日x",
                        text,
                        cursor,
                        focus,
                        error,
                    };
                    survives(&field);
                    for (width, height) in (0..20).flat_map(|width| [(width, 0), (width, 1)]) {
                        let area = Rect::new(3, 5, width, height);
                        assert!(
                            field
                                .cursor_in(area)
                                .is_none_or(|position| area.contains(position.into()))
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn without_colour_the_cursor_and_the_active_row_still_stand_out() {
    let theme = plain_theme();
    let rows = [
        Contribution {
            label: "a",
            value: 1.0,
        },
        Contribution {
            label: "b",
            value: 2.0,
        },
    ];
    let bars = drawn(
        &ContributionBars {
            theme: &theme,
            rows: &rows,
            active: Some(1),
            digits: Digits::Four,
        },
        30,
        2,
    );
    assert_eq!((bars[(0, 0)].symbol(), bars[(0, 1)].symbol()), (" ", "▸"));
    assert!(bars[(2, 1)].modifier.contains(Modifier::BOLD));
    let field = drawn(
        &TextField {
            theme: &theme,
            label: "",
            text: "1",
            cursor: 1,
            focus: true,
            error: false,
        },
        12,
        1,
    );
    assert!(field[(2, 0)].modifier.contains(Modifier::REVERSED));
    assert!(
        field
            .content
            .iter()
            .chain(&bars.content)
            .all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset))
    );
}
