//! Any numbers, any text, any size: every widget stays in its place.

use byhand::network::number::Digits;
use byhand::ui::theme::{Background, ColorLevel, Theme};
use byhand::ui::widget::bars::{Contribution, ContributionBars};
use byhand::ui::widget::curve::ActivationCurve;
use byhand::ui::widget::decision_map::{DecisionMap, Field, TestPoint, Truth};
use byhand::ui::widget::function_plot::{FunctionPlot, Marker, Series, Stroke};
use byhand::ui::widget::matrix::MatrixView;
use byhand::ui::widget::side_by_side::{Compared, SideBySide};
use byhand::ui::widget::text_field::TextField;
use byhand::ui::widget::timeline::{Timeline, position_at};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// Every theme there is.
fn themes() -> Vec<Theme> {
    let levels = [ColorLevel::None, ColorLevel::Sixteen, ColorLevel::TwoFiftySix, ColorLevel::True];
    let backgrounds = [Background::Dark, Background::Light];
    let of = |level| backgrounds.map(|background| [false, true].map(|ascii| Theme::new(level, background, ascii)));
    levels.into_iter().flat_map(of).flatten().collect()
}

/// Draws at every small size and partly outside of the buffer; what lies around the area must stay untouched.
fn survives<W: Widget + Copy>(widget: W) {
    let small = [0, 1, 2, 3, 5, 8, 13].iter().flat_map(|width| [0, 1, 2, 3, 4, 6, 9].map(|height| (*width, height)));
    for (width, height) in small.chain([(70, 20)]) {
        let around = Rect::new(0, 0, width + 4, height + 4);
        let mut buffer = Buffer::filled(around, ratatui::buffer::Cell::new("#"));
        let area = Rect::new(2, 2, width, height);
        widget.render(area, &mut buffer);
        for position in around.positions().filter(|position| !area.contains(*position)) {
            assert_eq!(buffer[position].symbol(), "#", "outside at {position:?} of {width} x {height}");
        }
        for position in area.positions() {
            let safe = |c: char| !c.is_control();
            assert!(buffer[position].symbol().chars().all(safe));
        }
        // Half of it beyond the buffer's edge.
        widget.render(
            Rect::new(around.width.saturating_sub(3), around.height.saturating_sub(2), width, height),
            &mut buffer,
        );
        widget.render(Rect::new(500, 500, width, height), &mut buffer);
    }
}

const BAD: [f32; 8] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 1e-45, -0.0, 1.0];

#[test]
fn a_plot_of_any_numbers_at_any_size_stays_in_its_place() {
    let bad = BAD.map(f64::from);
    let points: Vec<(f64, f64)> = bad.iter().flat_map(|x| bad.map(|y| (*x, y))).chain([(f64::MAX, f64::MIN)]).collect();
    for theme in themes() {
        let series = [
            Series { name: "\u{1b}[31m\u{202e}name", style: theme.text, stroke: Stroke::Solid, points: &points },
            Series { name: "", style: theme.text, stroke: Stroke::Dashed, points: &[] },
        ];
        for (x, y) in [(f64::NAN, 0.0), (0.0, 1.0), (f64::INFINITY, f64::NAN), (1.0, f64::NEG_INFINITY)] {
            survives(&FunctionPlot {
                theme: &theme,
                series: &series,
                x_range: (x, y),
                y_range: (x == 0.0).then_some((y, x)),
                training: Some((y, x)),
                marker: Some(Marker { x, y, label: "here" }),
            });
        }
    }
}

#[test]
fn a_map_of_any_numbers_at_any_size_stays_in_its_place() {
    for theme in themes().into_iter().step_by(3) {
        for bad in BAD {
            let value = move |x: f64, _: f64| if x > 0.5 { bad } else { -bad };
            let grid = [bad; 7];
            let fields = [
                Field::Function(&value),
                Field::Grid { values: &grid, columns: 3 },
                Field::Grid { values: &[], columns: 0 },
                Field::Grid { values: &grid, columns: usize::MAX },
            ];
            let truths = [
                Truth::Function(&|x, y| x > y),
                Truth::Grid { values: &[true, false, true], columns: 2 },
                Truth::Grid { values: &[], columns: 0 },
                Truth::Grid { values: &[true], columns: usize::MAX },
            ];
            for (field, truth) in fields.into_iter().zip(truths.into_iter().cycle()) {
                survives(&DecisionMap {
                    theme: &theme,
                    field,
                    largest: bad,
                    x_range: (0.0, f64::from(bad)),
                    y_range: (-1.0, 1.0),
                    truth: Some(truth),
                    points: &[TestPoint { x: f64::from(bad), y: 0.0, right: false }],
                    current: Some((0.5, f64::from(bad))),
                    caption: "\u{7}caption",
                });
            }
        }
    }
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
fn bars_of_any_numbers_at_any_size_stay_in_their_place() {
    let rows = BAD.map(|value| Contribution { label: "日本\u{1b}[0m × 0.5", value });
    for theme in themes() {
        for digits in [Digits::FOUR, Digits::EIGHT, Digits::Exact] {
            for active in [None, Some(0), Some(7), Some(usize::MAX)] {
                survives(&ContributionBars { theme: &theme, rows: &rows, active, digits });
            }
        }
        survives(&ContributionBars { theme: &theme, rows: &[], active: Some(3), digits: Digits::FOUR });
    }
}

#[test]
fn two_ways_of_any_numbers_at_any_size_stay_in_their_place() {
    let row = |line: usize| Compared {
        name: "日本\u{1b}[0m.a[3]".to_owned(),
        right: BAD.get(line % BAD.len()).copied(),
        wrong: (!line.is_multiple_of(3)).then_some(f32::NAN),
        known: line.is_multiple_of(2),
    };
    for theme in themes() {
        for (count, place) in [(0, None), (1, Some(0)), (40, Some(17)), (usize::MAX, Some(usize::MAX))] {
            survives(&SideBySide {
                theme: &theme,
                titles: ["right", "\u{200b}this\u{7} pass"],
                count,
                row: &row,
                current: place,
                first: place,
                focus: place.unwrap_or(3),
                digits: Digits::Exact,
            });
        }
    }
}

#[test]
fn a_matrix_of_any_numbers_at_any_size_stays_in_its_place() {
    // Which colours there are has no part in where a matrix puts its cells.
    for theme in themes().into_iter().step_by(5) {
        for bad in BAD {
            for (rows, columns) in [(0, 0), (1, 1), (3, 100_000), (usize::MAX, usize::MAX)] {
                for cursor in [None, Some((0, 0)), Some((2, 2)), Some((usize::MAX, usize::MAX))] {
                    survives(&MatrixView {
                        last_row: None,
                        theme: &theme,
                        name: "\u{9b}kernel",
                        title: "\u{9b}kernel",
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
fn a_timeline_of_any_length_at_any_size_stays_in_its_place() {
    for theme in themes() {
        for (position, len) in [(0, 0), (9, 3), (usize::MAX, usize::MAX), (5, usize::MAX)] {
            survives(&Timeline { theme: &theme, position, len, marks: &[0, 1, 2, usize::MAX] });
            for column in [0, 3, u16::MAX] {
                assert!(position_at(Rect::new(2, 0, 30, 1), column, len) <= len);
            }
        }
    }
}

#[test]
fn a_field_of_any_text_at_any_size_stays_in_its_place() {
    for theme in themes() {
        for text in ["", "10", "日本語のテキスト", "\u{1b}]0;x\u{7}", "e\u{301}\u{301}\u{301}", "\u{202e}\u{200b}"]
        {
            for cursor in [0, 1, 5, usize::MAX] {
                for (focus, error) in [(true, true), (false, true), (true, false)] {
                    let field = TextField { theme: &theme, label: "日x", text, cursor, focus, error, replaced: error };
                    survives(&field);
                    for (width, height) in (0..20).flat_map(|width| [(width, 0), (width, 1)]) {
                        let area = Rect::new(3, 5, width, height);
                        assert!(field.cursor_in(area).is_none_or(|position| area.contains(position.into())));
                    }
                }
            }
        }
    }
}
