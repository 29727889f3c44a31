//! How the kernels are stored: given, said in the text, concluded from the shapes, or assumed.

use super::{
    super::{
        BiasPlace, Given, Orientation, Remark,
        found::{Array, Found, Hints, Origin},
        remark::{About, Evidence},
    },
    error::BuildError,
    group::{Grouping, Slot},
    orient::{self, InOut, Misfit, Sides},
};

/// How each layer is read, and what it takes and gives.
type Readings = Vec<(Orientation, InOut)>;

/// How each kernel is stored, where a bias inside of it is, and whether that was a guess.
pub(super) fn oriented(
    found: &Found,
    given: &Given,
    grouping: &Grouping,
    remarks: &mut Vec<Remark>,
) -> Result<(Readings, Option<BiasPlace>, Option<About>), BuildError> {
    let Found { arrays, hints, .. } = found;
    // A bias inside of the kernels: said, or the only way in which they fit.
    let no_bias = grouping.slots.iter().all(|slot| matches!(slot, Slot::Dense { bias: None, .. }));
    let place = given.bias.or(hints.bias_place);
    if let Some(place) = place.filter(|_| no_bias)
        && let Some((orientation, chain)) = inside(arrays, grouping, given, hints)
    {
        remarks.push(Remark::BiasInKernel(place));
        return Ok((chain.into_iter().map(|pair| (orientation, pair)).collect(), Some(place), None));
    }
    let sides: Vec<Sides> = grouping.slots.iter().map(|slot| sides(arrays, slot, false)).collect();
    let fits = |orientation| orient::uniform(&sides, orientation);
    let all = |orientation: Orientation, chain: Vec<InOut>| -> Readings {
        chain.into_iter().map(|pair| (orientation, pair)).collect()
    };
    let (keras, units_first) = (fits(Orientation::Keras), fits(Orientation::Torch));
    if let Some(orientation) = given.orientation {
        return match (fits(orientation), fits(orientation.other())) {
            (Ok(chain), _) => Ok((all(orientation, chain), None, None)),
            (Err(_), Ok(_)) => Err(BuildError::Orientation { given: orientation }),
            (Err(why), Err(_)) => Err(misfit(arrays, grouping, &sides, orientation, why)),
        };
    }
    let said = said(arrays, hints, grouping);
    match (keras, units_first) {
        (Ok(keras), Ok(units_first)) => {
            // A kernel of one number is the same either way.
            let same =
                sides.iter().all(|side| !matches!(side, Sides::Matrix { rows, columns, .. } if rows * columns > 1));
            if let Some((orientation, by)) = said {
                let chain = if orientation == Orientation::Keras { keras } else { units_first };
                if !same && by != Evidence::Print {
                    remarks.push(Remark::OrientationSaid { orientation, by });
                }
                return Ok((all(orientation, chain), None, None));
            }
            if same {
                return Ok((all(Orientation::Keras, keras), None, None));
            }
            remarks.push(Remark::OrientationAssumed(Orientation::Keras));
            Ok((all(Orientation::Keras, keras), None, Some(About::Orientation)))
        }
        (Ok(chain), Err(_)) => Ok((only(Orientation::Keras, chain, said, &sides, arrays, remarks), None, None)),
        (Err(_), Ok(chain)) => Ok((only(Orientation::Torch, chain, said, &sides, arrays, remarks), None, None)),
        (Err(why), Err(_)) => {
            let usual = said.map_or(Orientation::Keras, |(orientation, _)| orientation);
            if let Some(readings) = orient::each(&sides, usual)
                && let Ok(chain) = orient::chain(&sides, |i, _| readings[i])
            {
                remarks.push(Remark::TurnedOneByOne);
                return Ok((readings.into_iter().zip(chain).collect(), None, None));
            }
            if no_bias && inside(arrays, grouping, given, hints).is_some() {
                return Err(BuildError::AskBias);
            }
            Err(against_names(arrays, grouping).unwrap_or_else(|| misfit(arrays, grouping, &sides, usual, why)))
        }
    }
}

/// The only way that fits, with a remark if it is not the expected one.
fn only(
    orientation: Orientation,
    chain: Vec<InOut>,
    said: Option<(Orientation, Evidence)>,
    sides: &[Sides],
    arrays: &[Array],
    remarks: &mut Vec<Remark>,
) -> Readings {
    // What NumPy prints is nearly always stored the usual way.
    let usual = orientation == Orientation::Keras && arrays.iter().any(|array| array.origin == Origin::NumPy);
    let square =
        sides.iter().any(|side| matches!(side, Sides::Matrix { rows, columns, .. } if rows == columns && *rows > 1));
    match said {
        Some((said, by)) if said != orientation && by != Evidence::Print => {
            remarks.push(Remark::OrientationAgainst { orientation, by });
        }
        Some((said, _)) if said == orientation => {}
        _ if (square && !usual) || orientation == Orientation::Torch => {
            remarks.push(Remark::OrientationConcluded(orientation));
        }
        _ => {}
    }
    chain.into_iter().map(|pair| (orientation, pair)).collect()
}

/// How the kernels are stored, if something besides their shapes says so.
fn said(arrays: &[Array], hints: &Hints, grouping: &Grouping) -> Option<(Orientation, Evidence)> {
    if arrays.iter().any(|array| array.origin == Origin::Torch) {
        return Some((Orientation::Torch, Evidence::Print));
    }
    if let Some((orientation, by)) = &hints.orientation {
        return Some((*orientation, by.clone()));
    }
    let biases = || {
        grouping.slots.iter().filter_map(|slot| match slot {
            Slot::Dense { bias: Some(bias), .. } => Some(&arrays[*bias].shape[..]),
            _ => None,
        })
    };
    let longer = |shape: &[usize], axis: usize| matches!(shape, [rows, columns] if [*rows, *columns][axis] > 1);
    if biases().any(|shape| longer(shape, 0)) {
        return Some((Orientation::Torch, Evidence::BiasColumns));
    }
    if biases().any(|shape| longer(shape, 1)) {
        return Some((Orientation::Keras, Evidence::BiasRows));
    }
    None
}

/// A slot as far as shapes matter. `inside`: one row or column of the kernel is the bias.
fn sides(arrays: &[Array], slot: &Slot, inside: bool) -> Sides {
    match slot {
        Slot::Norm { mean, .. } => Sides::Same(arrays[*mean].values.len()),
        Slot::Dense { kernel, bias, .. } => {
            let bias = bias.map(|bias| arrays[bias].values.len());
            match arrays[*kernel].shape[..] {
                [rows, columns] if !inside => Sides::Matrix { rows, columns, bias },
                [rows, columns] => Sides::Matrix { rows: rows.saturating_sub(1), columns, bias },
                [length] if !inside => Sides::Vector { length, bias },
                [length] => Sides::Matrix { rows: length.saturating_sub(1), columns: 1, bias },
                _ => Sides::Vector { length: 1, bias },
            }
        }
    }
}

/// Whether kernels fit each other if one more input is the bias: how they are read, and what they take and give.
fn inside(arrays: &[Array], grouping: &Grouping, given: &Given, hints: &Hints) -> Option<(Orientation, Vec<InOut>)> {
    let read = |orientation: Orientation| {
        let sides: Vec<Sides> = grouping
            .slots
            .iter()
            .map(|slot| {
                let Slot::Dense { kernel, .. } = slot else { return sides(arrays, slot, true) };
                match (&arrays[*kernel].shape[..], orientation) {
                    (&[rows, columns], Orientation::Torch) => {
                        Sides::Matrix { rows, columns: columns.saturating_sub(1), bias: None }
                    }
                    (&[length], Orientation::Torch) => {
                        Sides::Matrix { rows: 1, columns: length.saturating_sub(1), bias: None }
                    }
                    _ => sides(arrays, slot, true),
                }
            })
            .collect();
        let chain = orient::uniform(&sides, orientation).ok()?;
        chain.iter().all(|&(takes, gives)| takes > 0 && gives > 0).then_some((orientation, chain))
    };
    match given.orientation.or(hints.orientation.as_ref().map(|(orientation, _)| *orientation)) {
        Some(orientation) => read(orientation).or_else(|| read(orientation.other())),
        None => read(Orientation::Torch).or_else(|| read(Orientation::Keras)),
    }
}

/// Why the shapes do not fit.
fn misfit(arrays: &[Array], grouping: &Grouping, sides: &[Sides], reading: Orientation, why: Misfit) -> BuildError {
    let array_of = |slot: usize| match &grouping.slots[slot] {
        Slot::Dense { kernel, .. } => *kernel,
        Slot::Norm { mean, .. } => *mean,
    };
    let kernel = |slot: usize| {
        let at = array_of(slot);
        (arrays[at].called(at), arrays[at].shape.clone())
    };
    let (Misfit::Bias(at) | Misfit::Chain(at)) = why;
    if let (Misfit::Bias(at), Slot::Dense { bias: Some(bias), .. }) = (why, &grouping.slots[at]) {
        let ((kernel, shape), bias) = (kernel(at), *bias);
        let length = arrays[bias].values.len();
        return BuildError::Bias { kernel, shape, bias: arrays[bias].called(bias), length };
    }
    let before = at.saturating_sub(1);
    let sides_of = |at: usize| match (sides[at], reading) {
        (Sides::Matrix { rows, columns, .. }, Orientation::Keras) => (rows, columns),
        (Sides::Matrix { rows, columns, .. }, Orientation::Torch) => (columns, rows),
        (Sides::Vector { length, .. }, _) => (length, length),
        (Sides::Same(units), _) => (units, units),
    };
    let (gives, takes) = (sides_of(before).1, sides_of(at).0);
    BuildError::Chain { first: kernel(before), gives, second: kernel(at), takes, orientation: reading }
}

/// The order of the names and one that fits, if the order of the names does not fit.
fn against_names(arrays: &[Array], grouping: &Grouping) -> Option<BuildError> {
    /// More orders than those of five layers are not tried.
    const MOST: usize = 5;
    let slots = &grouping.slots;
    if !grouping.by_name || !(2..=MOST).contains(&slots.len()) {
        return None;
    }
    let says = |order: &[usize]| {
        let one = |&at: &usize| match slots[at] {
            Slot::Dense { kernel: at, .. } | Slot::Norm { mean: at, .. } => {
                (arrays[at].called(at), arrays[at].shape.clone())
            }
        };
        order.iter().map(one).collect::<Vec<_>>()
    };
    let by_name: Vec<usize> = (0..slots.len()).collect();
    let fitting = orders(slots.len()).into_iter().filter(|order| *order != by_name).find(|order| {
        let sides: Vec<Sides> = order.iter().map(|&at| sides(arrays, &slots[at], false)).collect();
        [Orientation::Keras, Orientation::Torch].iter().any(|&orientation| orient::uniform(&sides, orientation).is_ok())
    })?;
    Some(BuildError::NamesAgainstShapes { by_name: says(&by_name), by_shape: says(&fitting) })
}

/// Every order of `0..count`.
fn orders(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![Vec::new()], |orders, _| {
        let longer = |order: Vec<usize>| {
            let free = (0..count).filter(|i| !order.contains(i)).collect::<Vec<_>>();
            free.into_iter().map(move |i| [&order[..], &[i]].concat())
        };
        orders.into_iter().flat_map(longer).collect()
    })
}
