//! Fine lines: a grid of dots, 2 x 4 in each cell.

/// How a line is broken up, so that lines differ without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stroke {
    /// Unbroken.
    #[default]
    Solid,
    /// Long pieces.
    Dashed,
    /// Short pieces.
    Dotted,
}

impl Stroke {
    fn shows(self, step: i32) -> bool {
        match self {
            Self::Solid => true,
            Self::Dashed => step.rem_euclid(8) < 5,
            Self::Dotted => step.rem_euclid(3) < 1,
        }
    }
}

/// Dots to set, row 0 at the top; `columns` x `rows` cells.
pub(crate) struct Dots {
    columns: i32,
    rows: i32,
    cells: Vec<u8>,
}

impl Dots {
    pub(crate) fn new(columns: i32, rows: i32) -> Self {
        let (columns, rows) = (columns.max(0), rows.max(0));
        Self { columns, rows, cells: vec![0; (columns as usize) * (rows as usize)] }
    }

    /// Dots across.
    pub(crate) fn across(&self) -> i32 {
        self.columns * 2
    }

    /// Dots down.
    pub(crate) fn down(&self) -> i32 {
        self.rows * 4
    }

    pub(crate) fn set(&mut self, x: i32, y: i32) {
        /// Bits of U+2800..U+28FF by row and column within a cell.
        const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        if (0..self.across()).contains(&x) && (0..self.down()).contains(&y) {
            let cell = (y / 4) * self.columns + x / 2;
            self.cells[cell as usize] |= BITS[(y % 4) as usize][(x % 2) as usize];
        }
    }

    /// The pattern of one cell; 0 where it is empty or outside.
    pub(crate) fn pattern(&self, column: i32, row: i32) -> u8 {
        if (0..self.columns).contains(&column) && (0..self.rows).contains(&row) {
            self.cells[(row * self.columns + column) as usize]
        } else {
            0
        }
    }

    /// A line through `points`, in dots (x right, y down); it breaks where a point is not finite. Points may lie
    /// far outside: only the part inside costs time.
    pub(crate) fn path(&mut self, points: impl Iterator<Item = (f64, f64)>, stroke: Stroke) {
        let mut step = 0;
        let mut before: Option<(f64, f64)> = None;
        for (x, y) in points {
            if !(x.is_finite() && y.is_finite()) {
                before = None;
                continue;
            }
            let from = before.unwrap_or((x, y));
            if let Some((a, b)) = self.clip(from, (x, y)) {
                step = self.segment(a, b, stroke, step);
            }
            before = Some((x, y));
        }
    }

    fn segment(&mut self, a: (f64, f64), b: (f64, f64), stroke: Stroke, first: i32) -> i32 {
        let count = (b.0 - a.0).abs().max((b.1 - a.1).abs()).round() as i32;
        for index in 0..=count {
            let share = if count == 0 { 0.0 } else { f64::from(index) / f64::from(count) };
            if stroke.shows(first + index) {
                self.set((a.0 + (b.0 - a.0) * share).round() as i32, (a.1 + (b.1 - a.1) * share).round() as i32);
            }
        }
        first + count
    }

    /// The part of a segment inside the grid (Liang and Barsky, 1984).
    fn clip(&self, a: (f64, f64), b: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0f64, 1.0f64);
        let (right, bottom) = (f64::from(self.across()) - 0.51, f64::from(self.down()) - 0.51);
        for (speed, room) in [(-dx, a.0 + 0.49), (dx, right - a.0), (-dy, a.1 + 0.49), (dy, bottom - a.1)] {
            if speed == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if speed < 0.0 {
                enter = enter.max(room / speed);
            } else {
                leave = leave.min(room / speed);
            }
        }
        let at = |share: f64| (a.0 + dx * share, a.1 + dy * share);
        let (from, to) = (at(enter), at(leave));
        let finite = [from.0, from.1, to.0, to.1].iter().all(|value| value.is_finite());
        (enter <= leave && finite).then_some((from, to))
    }
}

/// The character of a pattern.
pub(crate) fn character(pattern: u8) -> char {
    char::from_u32(0x2800 + u32::from(pattern)).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(dots: &Dots) -> String {
        let row = |row| (0..dots.columns).map(|column| character(dots.pattern(column, row))).collect::<String>();
        (0..dots.rows).map(row).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lines_are_drawn_dot_by_dot() {
        for (points, stroke, expected) in [
            (vec![(0.0, 0.0), (3.0, 3.0)], Stroke::Solid, "⠑⢄"),
            (vec![(0.0, 3.0), (3.0, 3.0)], Stroke::Solid, "⣀⣀"),
            (vec![(0.0, 3.0), (3.0, 3.0)], Stroke::Dotted, "⡀⢀"),
            (vec![(1.0, 1.0)], Stroke::Solid, "⠐⠀"),
            (vec![(0.0, 0.0), (f64::NAN, 1.0), (3.0, 0.0)], Stroke::Solid, "⠁⠈"),
            (vec![(-9.0, 1.0), (9e9, 1.0)], Stroke::Solid, "⠒⠒"),
            (vec![(-1e308, -1e308), (1e308, 1e308)], Stroke::Solid, "⠀⠀"),
            (vec![(-5.0, 0.0), (-1.0, 3.0)], Stroke::Solid, "⠀⠀"),
            (vec![], Stroke::Dashed, "⠀⠀"),
        ] {
            let mut dots = Dots::new(2, 1);
            dots.path(points.iter().copied(), stroke);
            assert_eq!(picture(&dots), expected, "{points:?}");
        }
    }

    #[test]
    fn a_grid_without_cells_takes_any_line() {
        for (columns, rows) in [(0, 0), (-3, 2), (1, 0)] {
            let mut dots = Dots::new(columns, rows);
            dots.path([(0.0, 0.0), (5.0, 5.0)].into_iter(), Stroke::Solid);
            assert_eq!(dots.pattern(0, 0), 0);
        }
    }
}
