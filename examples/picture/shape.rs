//! Signs that are drawn: lines, blocks and braille dots meet exactly, whatever font the reader has.

use std::fmt::Write;

use crate::svg::{CELL, number};

/// What is drawn instead of written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// Left, up, right, down: 0 none, 1 thin, 2 thick, 3 double. True: the corner is round.
    Lines([u8; 4], bool),
    /// Part of the cell: x, y, width, height, and how much of it is covered.
    Block(f32, f32, f32, f32, f32),
    /// The eight dots, as in the code point.
    Dots(u8),
}

/// The shape of a sign; `None` if it is written.
pub(crate) fn shape(symbol: &str) -> Option<Shape> {
    let c = symbol.chars().next()?;
    Some(match c {
        '─' => Shape::Lines([1, 0, 1, 0], false),
        '━' => Shape::Lines([2, 0, 2, 0], false),
        '═' => Shape::Lines([3, 0, 3, 0], false),
        '│' => Shape::Lines([0, 1, 0, 1], false),
        '┃' => Shape::Lines([0, 2, 0, 2], false),
        '╭' => Shape::Lines([0, 0, 1, 1], true),
        '╮' => Shape::Lines([1, 0, 0, 1], true),
        '╰' => Shape::Lines([0, 1, 1, 0], true),
        '╯' => Shape::Lines([1, 1, 0, 0], true),
        '┌' => Shape::Lines([0, 0, 1, 1], false),
        '┐' => Shape::Lines([1, 0, 0, 1], false),
        '└' => Shape::Lines([0, 1, 1, 0], false),
        '┘' => Shape::Lines([1, 1, 0, 0], false),
        '├' => Shape::Lines([0, 1, 1, 1], false),
        '┤' => Shape::Lines([1, 1, 0, 1], false),
        '┬' => Shape::Lines([1, 0, 1, 1], false),
        '┴' => Shape::Lines([1, 1, 1, 0], false),
        '┼' => Shape::Lines([1, 1, 1, 1], false),
        '┿' => Shape::Lines([2, 1, 2, 1], false),
        '┯' => Shape::Lines([2, 0, 2, 1], false),
        '╪' => Shape::Lines([3, 1, 3, 1], false),
        '╞' => Shape::Lines([0, 1, 3, 1], false),
        '╡' => Shape::Lines([3, 1, 0, 1], false),
        '╴' => Shape::Lines([1, 0, 0, 0], false),
        '╶' => Shape::Lines([0, 0, 1, 0], false),
        '╸' => Shape::Lines([2, 0, 0, 0], false),
        '╺' => Shape::Lines([0, 0, 2, 0], false),
        '▀' => Shape::Block(0.0, 0.0, 1.0, 0.5, 1.0),
        '█' => Shape::Block(0.0, 0.0, 1.0, 1.0, 1.0),
        '▐' => Shape::Block(0.5, 0.0, 0.5, 1.0, 1.0),
        '░' => Shape::Block(0.0, 0.0, 1.0, 1.0, 0.25),
        '▒' => Shape::Block(0.0, 0.0, 1.0, 1.0, 0.5),
        '▓' => Shape::Block(0.0, 0.0, 1.0, 1.0, 0.75),
        '▁'..='▇' => {
            let height = (c as u32 - '▀' as u32) as f32 / 8.0;
            Shape::Block(0.0, 1.0 - height, 1.0, height, 1.0)
        }
        '▉'..='▏' => Shape::Block(0.0, 0.0, ('▐' as u32 - c as u32) as f32 / 8.0, 1.0, 1.0),
        '\u{2800}'..='\u{28ff}' => Shape::Dots((c as u32 - 0x2800) as u8),
        _ => return None,
    })
}

impl Shape {
    /// Neighbours of one kind share a path.
    pub(crate) fn kind(self) -> u32 {
        match self {
            Self::Lines(..) => 0,
            Self::Dots(_) => 1,
            Self::Block(.., cover) => 2 + (cover * 4.0) as u32,
        }
    }
}

/// A path and how it is painted: filled, or stroked with a width.
pub(crate) struct Path {
    /// What SVG calls `d`, from the first cell's upper left corner.
    pub(crate) d: String,
    /// The stroke's width; `None`: filled.
    pub(crate) stroke: Option<f32>,
    /// How much of what is behind it is covered.
    pub(crate) cover: f32,
}

/// The paths for neighbouring cells of one kind and colour.
pub(crate) fn paths(shapes: &[Shape]) -> Vec<Path> {
    let (mut thin, mut thick, mut filled, mut cover) = (String::new(), String::new(), String::new(), 1.0);
    horizontals(shapes, &mut thin, &mut thick);
    for (i, shape) in shapes.iter().enumerate() {
        let x = i as f32 * CELL.0;
        match *shape {
            Shape::Lines(ends, round) => verticals(x, ends, round, if ends[1] == 2 { &mut thick } else { &mut thin }),
            Shape::Block(left, top, width, height, covers) => {
                cover = covers;
                // A little over the edge, or a seam would shine through.
                let (width, height) = (width * CELL.0 + 0.3, height * CELL.1 + 0.3);
                rectangle(x + left * CELL.0, top * CELL.1, width, height, &mut filled);
            }
            Shape::Dots(dots) => {
                for bit in 0..8_u8 {
                    if dots >> bit & 1 == 1 {
                        // Bits 0 to 2 and 6 run down the left column, 3 to 5 and 7 down the right one.
                        let (column, row) = if bit < 6 { (bit / 3, bit % 3) } else { (bit - 6, 3) };
                        let (left, top) =
                            ((f32::from(column) + 0.5) * CELL.0 / 2.0, (f32::from(row) + 0.5) * CELL.1 / 4.0);
                        circle(x + left, top, &mut filled);
                    }
                }
            }
        }
    }
    let path = |d: String, stroke: Option<f32>, cover: f32| Path { d, stroke, cover };
    let all = [path(thin, Some(1.1), 1.0), path(thick, Some(2.2), 1.0), path(filled, None, cover)];
    all.into_iter().filter(|path| !path.d.is_empty()).collect()
}

fn rectangle(x: f32, y: f32, width: f32, height: f32, out: &mut String) {
    let _ = write!(out, "M{} {}h{}v{}h-{}z", number(x), number(y), number(width), number(height), number(width));
}

fn circle(x: f32, y: f32, out: &mut String) {
    const RADIUS: f32 = 1.15;
    let (r, d) = (number(RADIUS), number(2.0 * RADIUS));
    let _ = write!(out, "M{} {}a{r} {r} 0 0 1 {d} 0a{r} {r} 0 0 1 -{d} 0", number(x - RADIUS), number(y));
}

/// Horizontal lines go on from cell to cell: one stroke each.
fn horizontals(shapes: &[Shape], thin: &mut String, thick: &mut String) {
    let mut strokes: Vec<(f32, f32, u8)> = Vec::new();
    for (i, shape) in shapes.iter().enumerate() {
        let Shape::Lines([left, _, right, _], false) = *shape else { continue };
        for (half, weight) in [(0, left), (1, right)] {
            let from = (i as f32 + half as f32 / 2.0) * CELL.0;
            let to = from + CELL.0 / 2.0;
            match strokes.last_mut() {
                Some(last) if last.2 == weight && (last.1 - from).abs() < 0.01 => last.1 = to,
                _ => strokes.push((from, to, weight)),
            }
        }
    }
    for (from, to, weight) in strokes.into_iter().filter(|stroke| stroke.2 > 0) {
        let middle = CELL.1 / 2.0;
        let (out, offsets): (&mut String, &[f32]) = match weight {
            1 => (&mut *thin, &[0.0]),
            2 => (&mut *thick, &[0.0]),
            _ => (&mut *thin, &[-1.5, 1.5]),
        };
        for offset in offsets {
            let _ = write!(out, "M{} {}H{}", number(from), number(middle + offset), number(to));
        }
    }
}

fn verticals(x: f32, [left, up, _, down]: [u8; 4], round: bool, out: &mut String) {
    let (center, middle) = (x + CELL.0 / 2.0, CELL.1 / 2.0);
    if round {
        let side = if left > 0 { x } else { x + CELL.0 };
        let (end, turn) = if up > 0 { (0.0, -1.0) } else { (CELL.1, 1.0) };
        let bend = number(middle + turn * CELL.0 / 2.0);
        let (center, middle) = (number(center), number(middle));
        let _ = write!(out, "M{center} {}V{bend}Q{center} {middle} {} {middle}", number(end), number(side));
        return;
    }
    for (there, from, to) in [(up, 0.0, middle), (down, middle, CELL.1)] {
        if there > 0 {
            let _ = write!(out, "M{} {}V{}", number(center), number(from), number(to));
        }
    }
}
