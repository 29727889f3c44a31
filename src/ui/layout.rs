//! The layout of the screen. Drawing and the mouse both use it.
//!
//! ```text
//! wide, with room                     80x24                        narrow
//! header                              header                       header
//! lesson | network                    lesson | picture             one pane
//!        | calculation | picture             | calculation
//! numbers                             numbers                      numbers (2 lines)
//! timeline                            timeline                     timeline
//! keys                                keys                         keys
//! ```

use ratatui::layout::Rect;

use crate::{
    app::{App, Pane, Screen, walk_bench::WalkBench},
    setting::View,
};

/// The areas of the bench; an area of no size is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Title, lesson, progress.
    pub header: Rect,
    /// The lesson's text and task.
    pub lesson: Rect,
    /// The network, where there is room for it besides a picture.
    pub network: Rect,
    /// The calculation.
    pub calculation: Rect,
    /// The picture that `v` changes.
    pub picture: Rect,
    /// The four numbers.
    pub numbers: Rect,
    /// The timeline.
    pub timeline: Rect,
    /// The keys.
    pub footer: Rect,
}

/// The rows of the matrix that is being edited, where there is a picture of what its weights do.
fn editing_rows(app: &App) -> Option<u16> {
    let bench = app.bench().filter(|bench| bench.views().contains(&View::Plot))?;
    let dense = bench.network().layer(bench.cell?.layer)?.operation.as_dense()?;
    u16::try_from(dense.kernel().inputs().min(100) + usize::from(dense.bias().is_some())).ok()
}

/// Below this the screen holds a sentence only.
pub const SMALLEST: (u16, u16) = (30, 8);

/// The lines around every bench, and what is left for its panes.
fn around_body(narrow: bool, screen: Rect) -> (Areas, Rect) {
    let numbers = if narrow { 2 } else { 1 };
    let below = numbers + 2;
    let row = |y: u16, height: u16| Rect { y: screen.y + y, height, ..screen };
    let end = screen.height;
    let areas = Areas {
        header: row(0, 1),
        numbers: row(end.saturating_sub(below), numbers),
        timeline: row(end.saturating_sub(2), 1),
        footer: row(end.saturating_sub(1), 1),
        ..Areas::default()
    };
    (areas, row(1, screen.height.saturating_sub(1 + below)))
}

/// The areas of the bench of networks of any shape; `network` is the list of layers.
pub fn walk_areas(app: &App, bench: &WalkBench, screen: Rect) -> Areas {
    let narrow = app.is_narrow();
    let (mut areas, body) = around_body(narrow, screen);
    if narrow {
        *(if bench.shows_calculation { &mut areas.calculation } else { &mut areas.picture }) = body;
        return areas;
    }
    let list = (screen.width * 3 / 10).clamp(22, 40);
    areas.network = Rect { width: list, ..body };
    let rest = Rect { x: body.x + list, width: body.width - list, ..body };
    let calculation = (rest.height * 2 / 5).clamp(7, 16);
    areas.picture = Rect { height: rest.height - calculation, ..rest };
    areas.calculation = Rect { y: rest.y + rest.height - calculation, height: calculation, ..rest };
    areas
}

/// The areas for an app on a screen of this size.
pub fn areas(app: &App, screen: Rect) -> Areas {
    let narrow = app.is_narrow();
    let (mut areas, body) = around_body(narrow, screen);
    let in_lesson = matches!(app.screen, Screen::Lesson(..));
    if narrow {
        match app.bench().map(|bench| bench.pane) {
            Some(Pane::Lesson) if in_lesson => areas.lesson = body,
            Some(Pane::Calculation) => areas.calculation = body,
            _ => areas.picture = body,
        }
        return areas;
    }
    let lesson_width = if in_lesson { (screen.width * 19 / 40).clamp(34, 46) } else { 0 };
    areas.lesson = Rect { width: lesson_width, ..body };
    let rest = Rect { x: body.x + lesson_width, width: body.width - lesson_width, ..body };
    if rest.height >= 26 && rest.width >= 60 {
        // As tall as its tallest column needs, within limits.
        let tallest =
            app.bench().map_or(0, |bench| bench.network().layers().map(|l| l.operation.outputs()).max().unwrap_or(0));
        let top = (tallest.min(100) as u16 + 3).clamp(11, rest.height * 11 / 20);
        areas.network = Rect { height: top, ..rest };
        let bottom = Rect { y: rest.y + top, height: rest.height - top, ..rest };
        if bottom.width >= 110 {
            let half = bottom.width / 2;
            areas.calculation = Rect { width: half, ..bottom };
            areas.picture = Rect { x: bottom.x + half, width: bottom.width - half, ..bottom };
        } else {
            let calculation = match editing_rows(app) {
                Some(rows) => bottom.height - (rows + 5).min(bottom.height / 2),
                None => 7.min(bottom.height / 2),
            };
            areas.calculation = Rect { height: calculation, ..bottom };
            areas.picture = Rect { y: bottom.y + calculation, height: bottom.height - calculation, ..bottom };
        }
    } else {
        let calculation = match editing_rows(app) {
            // The matrix takes what it needs, and what the weights do is seen below it.
            Some(rows) => rest.height.saturating_sub(rows + 5).clamp(rest.height / 2, rest.height * 2 / 3),
            None => (rest.height * 2 / 5).clamp(6, 9),
        };
        areas.picture = Rect { height: rest.height - calculation, ..rest };
        areas.calculation = Rect { y: rest.y + rest.height - calculation, height: calculation, ..rest };
    }
    areas
}
