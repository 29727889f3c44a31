//! Changing weights with the keys.

use super::{
    bench::{Bench, Cell},
    field::{Edit, FieldOf},
    input::read_number,
};
use crate::{
    network::Weight,
    pass::{Address, Source},
    words::notice,
};

/// One nudge, in the weight's own units.
const NUDGE: f64 = 0.01;

/// Begins to move among the weights, at the address `first` or in the nearest layer that has a kernel; or ends it.
///
/// # Errors
/// A sentence if no layer has weights that can be changed.
pub(super) fn toggle(bench: &mut Bench, first: Option<&str>) -> Result<(), String> {
    if bench.cell.take().is_some() {
        return Ok(());
    }
    let (layer, unit) = bench.place(bench.playhead_at_rest());
    let wanted = first.and_then(|first| first.parse::<Address>().ok()?.resolve(bench.network()).ok());
    bench.cell = Some(match wanted.map(|place| place.source) {
        Some(Source::Kernel(layer)) => Cell { layer, row: 0, unit: 0 },
        Some(Source::Bias(layer)) => Cell { layer, row: usize::MAX, unit: 0 },
        _ => {
            let nearest = bench.layers_with_kernel().min_by_key(|other| other.abs_diff(layer));
            let Some(nearest) = nearest else { return Err(notice::no_weights()) };
            Cell { layer: nearest, row: 0, unit: if nearest == layer { unit } else { 0 } }
        }
    });
    bench.move_cell(0, 0);
    Ok(())
}

/// Opens the weight at the cursor for typing; `first` replaces what is there.
pub(super) fn open(bench: &mut Bench, first: Option<char>) {
    let Some(cell) = bench.cell else { return };
    let Some(weight) = bench.weight_at(cell) else { return };
    bench.focus(FieldOf::Weight { layer: cell.layer, weight });
    if let (Some(c), Some(field)) = (first, &mut bench.field) {
        field.edit(Edit::Clear);
        field.edit(Edit::Insert(c));
    }
}

/// Adds so many hundredths to the weight at the cursor. Sums of hundredths stay short numbers.
pub(super) fn nudge(bench: &mut Bench, by: i32) {
    let Some(cell) = bench.cell else { return };
    let Some((weight, value)) = bench.weight_at(cell).and_then(|w| Some((w, bench.network().weight(cell.layer, w)?)))
    else {
        return;
    };
    let shortest: f64 = value.to_string().parse().unwrap_or(f64::from(value));
    let nudged = (shortest + f64::from(by) * NUDGE) * 1e8;
    bench.set_weight(cell.layer, weight, (nudged.round() / 1e8) as f32);
}

/// Takes what was typed for a weight.
pub(super) fn take(bench: &mut Bench, layer: usize, weight: Weight, text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err(notice::type_weight());
    }
    let typed = read_number(text)?;
    bench.set_weight(layer, weight, typed.answer.value() as f32);
    Ok(())
}
