//! What a mouse event means at a place of the screen.

use std::time::Duration;

use ratatui::{
    crossterm::event::{MouseButton, MouseEvent, MouseEventKind},
    layout::{Position, Rect},
};

use super::{
    inside,
    layout::{areas, walk_areas},
    menu_area,
    screen::{
        bench::{scrub_area, shown_view},
        lesson, menu, picture,
    },
    theme::Theme,
    widget::timeline::position_at,
};
use crate::{
    app::{App, Msg, Overlay, Screen},
    pass::{Stride, Strides},
    setting::View,
};

/// What a mouse event means; `None` for nothing.
pub fn message(app: &App, theme: &Theme, event: MouseEvent, now: Duration) -> Option<Msg> {
    let screen = Rect::new(0, 0, app.size.0, app.size.1);
    let at = Position::new(event.column, event.row);
    match event.kind {
        MouseEventKind::ScrollDown => return Some(scroll(app, screen, at, 1)),
        MouseEventKind::ScrollUp => return Some(scroll(app, screen, at, -1)),
        MouseEventKind::Down(MouseButton::Left) | MouseEventKind::Drag(MouseButton::Left) => {}
        _ => return None,
    }
    let pressed = matches!(event.kind, MouseEventKind::Down(_));
    if app.overlay != Overlay::None {
        return pressed.then_some(Msg::Back);
    }
    match &app.screen {
        Screen::Menu { selected } if pressed => menu::lesson_at(menu_area(screen), app, *selected, at.y).map(Msg::Pick),
        Screen::Menu { .. } | Screen::Own { .. } => None,
        Screen::Walk(bench) => {
            let areas = walk_areas(app, bench, screen);
            if areas.timeline.contains(at) {
                let bar = scrub_area(areas.timeline);
                return Some(Msg::Scrub(position_at(bar, at.x, bench.walk().steps())));
            }
            let on_tabs = areas.picture.contains(at) && at.y == areas.picture.y;
            (pressed && on_tabs).then_some(Msg::NextPane)
        }
        Screen::Open(bench) | Screen::Lesson(bench, _) => {
            let areas = areas(app, screen);
            if areas.timeline.contains(at) {
                let bar = scrub_area(areas.timeline);
                return Some(Msg::Scrub(position_at(bar, at.x, bench.pass().steps())));
            }
            if !pressed {
                return None;
            }
            let playhead = bench.playhead(now);
            if areas.lesson.contains(at) {
                let study = app.study()?;
                return lesson::option_at(inside(areas.lesson), study, bench, theme, at.y).map(Msg::Pick);
            }
            let view = shown_view(bench, &areas);
            let network = if areas.network.is_empty() && view == View::Network { areas.picture } else { areas.network };
            if network.contains(at) {
                let unit = picture::with_diagram(bench, playhead, theme, |d| d.unit_at(inside(network), at.x, at.y));
                return unit.map(|(layer, unit)| Msg::GoToUnit { layer, unit });
            }
            if areas.picture.contains(at) && at.y == areas.picture.y {
                return Some(Msg::NextPane);
            }
            if areas.picture.contains(at) && view == View::Matrix {
                let cell =
                    picture::with_matrix(bench, playhead, theme, |m| m.cell_at(inside(areas.picture), at.x, at.y));
                return cell.map(|(row, unit)| Msg::GoToCell(row, unit));
            }
            None
        }
    }
}

fn scroll(app: &App, screen: Rect, at: Position, by: isize) -> Msg {
    match (&app.overlay, &app.screen) {
        (Overlay::Help { .. } | Overlay::Finding(_) | Overlay::ModelSays(_), _) => Msg::Scroll(by * 3),
        (Overlay::WhatIfs(_), _) | (_, Screen::Menu { .. }) => Msg::Select(by),
        _ if areas(app, screen).lesson.contains(at) => Msg::Scroll(by),
        _ if by > 0 => Msg::Forward(Stride::Action),
        _ => Msg::Backward(Stride::Action),
    }
}
