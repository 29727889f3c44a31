//! What the step reads and what it computes, as planes: the window moves over what is read while its numbers land in the value.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Widget};

use crate::{
    app::{
        animation::Playhead,
        walk_bench::{Read, WalkBench},
    },
    equation::ArrayId,
    ui::{theme::Theme, widget::plane::PlaneView},
    walk::{Plane, Walk},
    words,
};

/// The narrowest plane that says something.
const LEAST: u16 = 14;
/// Numbers that are looked at for a scale, spread evenly; a larger array has about the same.
const SAMPLED: usize = 4_096;

/// An array as it is drawn.
struct Drawn {
    title: String,
    plane: Plane,
    /// A list stands as a column beside the columns of a table.
    turned: bool,
    largest: f32,
    current: Option<(usize, usize)>,
    centre: Option<(usize, usize)>,
    window: Option<((usize, usize), (usize, usize))>,
    array: ArrayId,
}

impl Drawn {
    fn new(walk: &Walk, read: &Read, layer: &str) -> Self {
        let program = walk.program();
        let shape = program.shape(read.array);
        let centre = read.now.or(read.heaviest);
        let plane = Plane::through(shape, centre.unwrap_or_else(|| read.extent.start(shape)), &read.extent);
        let (rows, columns) = plane.size();
        let turned = rows == 1 && columns > 1;
        let turn = |(row, column): (usize, usize)| if turned { (column, row) } else { (row, column) };
        let (first, last) = plane.window(&read.extent);
        // The scale is that of the plane: another one may hold much larger numbers.
        let size = rows * columns;
        let on_plane = (0..size).step_by(size.div_ceil(SAMPLED).max(1));
        let values = on_plane.map(|at| walk.value(read.array, plane.flat(at / columns, at % columns)));
        let largest = values.map(f32::abs).filter(|value| value.is_finite());
        let name = program.name(read.array);
        // What belongs to the layer goes without its name.
        let name = name.strip_prefix(layer).and_then(|name| name.strip_prefix('.')).unwrap_or(name);
        let title = format!("{}{} {shape}", crate::plain::plain(name), plane.index());
        Self {
            title,
            turned,
            largest: largest.fold(0.0, f32::max),
            current: read.now.and_then(|flat| plane.cell(flat)).map(turn),
            centre: centre.and_then(|flat| plane.cell(flat)).map(turn),
            window: (first != last).then(|| (turn(first), turn(last))),
            plane,
            array: read.array,
        }
    }

    fn size(&self) -> (usize, usize) {
        let (rows, columns) = self.plane.size();
        if self.turned { (columns, rows) } else { (rows, columns) }
    }
}

/// Draws the planes side by side, or the last ones where there is no room for all.
pub(super) fn draw(frame: &mut Frame, area: Rect, bench: &WalkBench, playhead: Playhead, theme: &Theme) {
    let walk = bench.walk();
    let reads = bench.reads(playhead);
    let part = bench.place(playhead).and_then(|place| walk.part_at(walk.step_of(place)?));
    let layer = part.and_then(|part| walk.parts().get(part)).map_or("", |part| part.layer.as_str());
    let mut drawn: Vec<Drawn> = reads.iter().map(|read| Drawn::new(walk, read, layer)).collect();
    if drawn.is_empty() {
        let text = words::walk::nothing_yet();
        return Line::styled(text, theme.dim).render(area, frame.buffer_mut());
    }
    let fit = usize::from(area.width / LEAST).max(1);
    if drawn.len() > fit {
        // The value that is computed stays, and what is read first.
        let last = drawn.pop();
        drawn.truncate(fit - 1);
        drawn.extend(last);
    }
    let places = if bench.digits == crate::network::number::Digits::FOUR { 4 } else { 6 };
    let known = |array: ArrayId, flat: usize| walk.known_after(array, flat).is_some_and(|k| k <= playhead.position);
    let value = |drawn: &Drawn, row: usize, column: usize| {
        let flat = if drawn.turned { drawn.plane.flat(column, row) } else { drawn.plane.flat(row, column) };
        known(drawn.array, flat).then(|| walk.value(drawn.array, flat))
    };
    let wanted: Vec<u16> = drawn
        .iter()
        .map(|drawn| {
            let view = view(drawn, &|_, _| None, theme, places);
            let title = crate::plain::cells(&drawn.title).min(30) as u16;
            view.wanted(places).max(title).max(LEAST) + 1
        })
        .collect();
    let widths = shares(&wanted, area.width, LEAST);
    let mut x = area.x;
    for (drawn, width) in drawn.iter().zip(widths) {
        let place = Rect { x, width: width.saturating_sub(1), ..area };
        let value = |row: usize, column: usize| value(drawn, row, column);
        (&view(drawn, &value, theme, places)).render(place, frame.buffer_mut());
        x += width;
    }
}

fn view<'a>(
    drawn: &'a Drawn,
    value: &'a dyn Fn(usize, usize) -> Option<f32>,
    theme: &'a Theme,
    decimals: usize,
) -> PlaneView<'a> {
    PlaneView {
        theme,
        title: &drawn.title,
        size: drawn.size(),
        value,
        largest: drawn.largest,
        current: drawn.current,
        centre: drawn.centre,
        window: drawn.window,
        decimals,
    }
}

/// How much of `room` each gets: what it wants, or an equal share of what those leave that want less.
fn shares(wanted: &[u16], room: u16, least: u16) -> Vec<u16> {
    let mut given = vec![0; wanted.len()];
    let mut left = room;
    let mut open: Vec<usize> = (0..wanted.len()).collect();
    while !open.is_empty() {
        let share = left / open.len() as u16;
        let (content, greedy): (Vec<usize>, Vec<usize>) = open.iter().partition(|&&i| wanted[i] <= share);
        if content.is_empty() {
            for &i in &greedy {
                given[i] = share.max(least).min(left);
                left -= given[i];
            }
            break;
        }
        for &i in &content {
            given[i] = wanted[i];
            left -= wanted[i];
        }
        open = greedy;
    }
    given
}
