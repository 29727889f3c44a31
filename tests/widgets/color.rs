//! What is said by colour, and what stands in for it.

use byhand::network::number::Digits;
use byhand::ui::theme::{Background, ColorLevel, Theme};
use byhand::ui::widget::bars::{Contribution, ContributionBars};
use byhand::ui::widget::decision_map::{DecisionMap, Field, Truth};
use byhand::ui::widget::text_field::TextField;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::{drawn, plain_theme};

#[test]
#[ignore = "two branches met here; to be mended next"]
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
    let grid = map(Field::Grid { values: &values, columns: 4 });
    assert_eq!(grid.values_in(Rect::new(0, 0, 4, 2)), (4, 4));
    let buffer = drawn(&grid, 4, 2);
    for (index, value) in values.iter().enumerate() {
        let cell = &buffer[((index % 4) as u16, (index / 8) as u16)];
        let shown = if index / 4 % 2 == 0 { cell.fg } else { cell.bg };
        assert_eq!((cell.symbol(), Some(shown)), ("▀", theme.heat_color(*value, 1.0)), "value {index}");
    }
    // The same by function: the second input grows upwards.
    let by_function = |x: f64, y: f64| {
        let (column, row) = ((x * 4.0) as usize, ((1.0 - y) * 4.0) as usize);
        values[row * 4 + column]
    };
    assert_eq!(drawn(&map(Field::Function(&by_function)), 4, 2), buffer);
    // The boundary too: 8 dots across and down.
    let inside = |x: f64, y: f64| y > x * x;
    let dots: Vec<bool> =
        (0..64).map(|dot| inside((f64::from(dot % 8) + 0.5) / 8.0, 1.0 - (f64::from(dot / 8) + 0.5) / 8.0)).collect();
    let bounded = |truth| drawn(&DecisionMap { truth: Some(truth), ..grid }, 4, 2);
    let by_grid = bounded(Truth::Grid { values: &dots, columns: 8 });
    assert_eq!(by_grid, bounded(Truth::Function(&inside)));
    assert_ne!(by_grid, buffer);
}

#[test]
fn without_colour_the_cursor_and_the_active_row_still_stand_out() {
    let theme = plain_theme();
    let rows = [Contribution { label: "a", value: 1.0 }, Contribution { label: "b", value: 2.0 }];
    let bars = drawn(&ContributionBars { theme: &theme, rows: &rows, active: Some(1), digits: Digits::FOUR }, 30, 2);
    assert_eq!((bars[(0, 0)].symbol(), bars[(0, 1)].symbol()), (" ", "▸"));
    assert!(bars[(2, 1)].modifier.contains(Modifier::BOLD));
    let field = drawn(
        &TextField { theme: &theme, label: "", text: "1", cursor: 1, focus: true, error: false, replaced: false },
        12,
        1,
    );
    assert!(field[(2, 0)].modifier.contains(Modifier::REVERSED));
    assert!(field.content.iter().chain(&bars.content).all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset)));
}
