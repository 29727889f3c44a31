//! A layer's rows without repetition: rows that are the same both ways are counted, not written.

use super::{
    LeftOut,
    sheet::{Pair, Section, UnitRows},
    work::{Style, Work},
};
use crate::network::number::Digits;

/// More rows than this in a run that is the same both ways are counted.
const MOST_SAME: usize = 3;

/// What is written of a layer, in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shown<'s> {
    /// Units that are the same both ways, counted.
    Units {
        first: usize,
        last: usize,
        rows: usize,
        /// Whether the actions are the same too, not only the numbers.
        same: bool,
    },
    /// The rows of a unit begin.
    Unit(&'s UnitRows),
    /// A row.
    Row(&'s Pair),
    /// Rows that are the same both ways, counted.
    Rows(usize),
    /// Products that are too many.
    Products(usize),
    /// Units that are too many.
    LeftOut(&'s LeftOut),
}

/// What is written of `section`. `two`: whether there are two passes; `whole`: whether nothing is to be folded by units.
pub(super) fn shown(section: &Section, two: bool, whole: bool) -> Vec<Shown<'_>> {
    let mut shown = Vec::new();
    let mut left_out = section.left_out.as_ref();
    let mut under = None;
    for rows in &section.units {
        if let Some(out) = left_out.filter(|out| rows.unit >= out.units.end) {
            shown.push(Shown::LeftOut(out));
            (left_out, under) = (None, None);
        }
        if two && !whole && rows.agrees() {
            let more = rows.pairs.len() + rows.left_out.as_ref().map_or(0, ExactSizeIterator::len);
            let (unit, same) = (rows.unit, rows.is_same());
            under = None;
            match shown.last_mut() {
                Some(Shown::Units { last, rows, same: before, .. }) if *last + 1 == unit && *before == same => {
                    (*last, *rows) = (unit, *rows + more);
                }
                _ => shown.push(Shown::Units { first: unit, last: unit, rows: more, same }),
            }
            continue;
        }
        // What is done to one unit after all were looked at together goes on under its heading.
        if under != Some(rows.unit) {
            shown.push(Shown::Unit(rows));
            under = Some(rows.unit);
        }
        let mut rest = rows.pairs.as_slice();
        let cut = rows.left_out.as_ref().map_or(usize::MAX, |cut| cut.start);
        while !rest.is_empty() {
            let before = rows.pairs.len() - rest.len();
            if let Some(cut) = rows.left_out.as_ref().filter(|cut| cut.start == before) {
                shown.push(Shown::Products(cut.len()));
            }
            let run = rest.iter().take_while(|pair| pair.same).count();
            let run = if before < cut { run.min(cut - before) } else { run };
            if run > MOST_SAME {
                shown.push(Shown::Rows(run));
            } else {
                let run = run.max(1).min(rest.len());
                shown.extend(rest[..run].iter().map(Shown::Row));
            }
            rest = &rest[run.max(1)..];
        }
    }
    shown.extend(left_out.map(Shown::LeftOut));
    shown
}

/// How one side of a row is written: calculation and result, with more decimals where these would hide the difference.
pub(super) fn sides(pair: &Pair, decimals: Digits, style: Style) -> (Option<String>, Option<String>) {
    let write = |work: Work, decimals: Digits| work.written(decimals, style).text();
    let both = |decimals| (pair.right.map(|work| write(work, decimals)), pair.wrong.map(|work| write(work, decimals)));
    let (right, wrong) = both(decimals);
    if !pair.same && right == wrong { both(Digits::Exact) } else { (right, wrong) }
}

/// Two lists of results, with more decimals where these would hide the difference.
pub(super) fn results(right: &[f32], wrong: &[f32], decimals: Digits) -> (String, String) {
    let both = |decimals| (super::text::list(right, decimals), super::text::list(wrong, decimals));
    let (one, other) = both(decimals);
    let alike = right.len() == wrong.len() && right.iter().zip(wrong).all(|(a, b)| a.to_bits() == b.to_bits());
    if one == other && !alike { both(Digits::Exact) } else { (one, other) }
}
