//! Cells to SVG. Words stay text; lines, blocks and braille are drawn, so that they meet whatever font the reader has.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use crate::shape::{Shape, paths, shape};

/// A cell in pixels: a monospace character is 0.6 as wide as its font is high.
pub(crate) const CELL: (f32, f32) = (8.4, 18.0);
const FONT: f32 = 14.0;
/// From a cell's top to the baseline.
const BASELINE: f32 = 13.2;
/// Around the cells.
const MARGIN: f32 = 16.0;
/// The page that the dark theme assumes, the text on it, and the picture's edge (visible on a dark page too).
const PAGE: &str = "#1c1f26";
const INK: &str = "#e4e7ec";
const EDGE: &str = "#4b5361";

/// The screen as an SVG document. `about` is read aloud instead of it.
pub(crate) fn svg(screen: &Buffer, about: &str) -> String {
    let (columns, rows) = (screen.area.width, screen.area.height);
    let (width, height) = (f32::from(columns) * CELL.0 + 2.0 * MARGIN, f32::from(rows) * CELL.1 + 2.0 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
         font-family=\"ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace\" \
         font-size=\"{FONT}\">\n<title>{}</title>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"10\" fill=\"{PAGE}\" stroke=\"{EDGE}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" xml:space=\"preserve\">\n",
        escaped(about),
        number(width - 1.0),
        number(height - 1.0),
        w = number(width),
        h = number(height),
    );
    for y in 0..rows {
        backgrounds(screen, y, &mut out);
    }
    for y in 0..rows {
        drawn(screen, y, &mut out);
        words(screen, y, &mut out);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Foreground and background of a cell, reversed where it says so; `None` is the page.
fn colors(cell: &Cell) -> (String, Option<String>) {
    let (front, back) = (hex(cell.fg), hex(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        (back.unwrap_or_else(|| PAGE.to_owned()), Some(front.unwrap_or_else(|| INK.to_owned())))
    } else {
        (front.unwrap_or_else(|| INK.to_owned()), back)
    }
}

fn hex(color: Color) -> Option<String> {
    match color {
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        // The true-colour theme has no others; a loud one would be noticed.
        Color::Reset => None,
        _ => Some("#ff00ff".to_owned()),
    }
}

/// Neighbouring cells that `same` calls alike: from, until.
fn runs(columns: u16, same: impl Fn(u16, u16) -> bool) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for x in 0..columns {
        match runs.last_mut() {
            Some(run) if same(run.0, x) => run.1 = x + 1,
            _ => runs.push((x, x + 1)),
        }
    }
    runs
}

fn backgrounds(screen: &Buffer, y: u16, out: &mut String) {
    let back = |x: u16| colors(&screen[(x, y)]).1;
    for (from, until) in runs(screen.area.width, |a, b| back(a) == back(b)) {
        if let Some(color) = back(from) {
            rectangle(f32::from(from), f32::from(y), f32::from(until - from), 1.0, &color, out);
        }
    }
}

/// A rectangle in cells; it overlaps its neighbours by a little, or a seam would shine through.
fn rectangle(x: f32, y: f32, width: f32, height: f32, color: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{color}\"/>",
        number(x * CELL.0),
        number(y * CELL.1),
        number(width * CELL.0 + 0.3),
        number(height * CELL.1 + 0.3),
    );
}

fn words(screen: &Buffer, y: u16, out: &mut String) {
    let is_word = |x: u16| !matches!(screen[(x, y)].symbol(), "" | " ") && shape(screen[(x, y)].symbol()).is_none();
    let look = |x: u16| {
        let cell = &screen[(x, y)];
        let shown = Modifier::BOLD | Modifier::UNDERLINED | Modifier::ITALIC | Modifier::DIM | Modifier::CROSSED_OUT;
        (colors(cell).0, cell.modifier & shown)
    };
    // A run goes on over single blanks, so that a sentence stays one; a sign that another font may have to supply is
    // placed on its own.
    let plain = |x: u16| screen[(x, y)].symbol().is_ascii();
    let goes_on = |first: u16, x: u16| x < screen.area.width && is_word(x) && plain(x) && look(x) == look(first);
    let mut x = 0;
    while x < screen.area.width {
        if !is_word(x) {
            x += 1;
            continue;
        }
        let mut end = x + 1;
        while plain(x)
            && (goes_on(x, end) || screen[(end.min(screen.area.width - 1), y)].symbol() == " " && goes_on(x, end + 1))
        {
            end += 1;
        }
        let text: String = (x..end).map(|x| screen[(x, y)].symbol()).collect();
        let (color, modifier) = look(x);
        let mut style = String::new();
        for (flag, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
            (Modifier::DIM, " opacity=\"0.6\""),
        ] {
            if modifier.contains(flag) {
                style.push_str(attribute);
            }
        }
        // A single sign from another font keeps its own width, in the middle of its cell.
        let place = if end - x == 1 {
            format!("x=\"{}\" text-anchor=\"middle\"", number((f32::from(x) + 0.5) * CELL.0))
        } else {
            let width = number(f32::from(end - x) * CELL.0);
            format!("x=\"{}\" textLength=\"{width}\"", number(f32::from(x) * CELL.0))
        };
        let _ = writeln!(
            out,
            "<text {place} y=\"{}\" fill=\"{color}\"{style}>{}</text>",
            number(f32::from(y) * CELL.1 + BASELINE),
            escaped(&text),
        );
        x = end;
    }
}

/// One path for neighbouring cells of one colour.
fn drawn(screen: &Buffer, y: u16, out: &mut String) {
    let kind = |x: u16| shape(screen[(x, y)].symbol()).map(Shape::kind);
    let color = |x: u16| colors(&screen[(x, y)]).0;
    for (from, until) in runs(screen.area.width, |a, b| color(a) == color(b) && kind(a) == kind(b)) {
        let shapes: Vec<Shape> = (from..until).filter_map(|x| shape(screen[(x, y)].symbol())).collect();
        if shapes.is_empty() {
            continue;
        }
        let color = color(from);
        for path in paths(&shapes) {
            let (x, y) = (number(f32::from(from) * CELL.0), number(f32::from(y) * CELL.1));
            let paint = path.stroke.map_or_else(
                || format!("fill=\"{color}\""),
                |width| format!("fill=\"none\" stroke=\"{color}\" stroke-width=\"{width}\""),
            );
            let veil = if path.cover < 1.0 { format!(" opacity=\"{}\"", path.cover) } else { String::new() };
            let _ = writeln!(out, "<path transform=\"translate({x} {y})\" d=\"{}\" {paint}{veil}/>", path.d);
        }
    }
}

/// At most two decimals, none that say nothing.
pub(crate) fn number(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
