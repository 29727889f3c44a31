//! A read seen from the array that it reads: which values of the equation use number i of the array.
//!
//! The gradient of what is read is the sum over all values that used it. A read is affine, so that sum runs over the axes
//! that the index does not fix: for `wx[b,u] = sum over i of in[b,i] * kernel[i,u]` number `[i,u]` of the kernel is used by all
//! samples b, so `dkernel[i,u] = sum over b of in[b,i] * dwx[b,u]`. A stride becomes an exact division, a rounded division an axis
//! of its own, a fixed index an axis of length 1 of the gradient.

use crate::equation::{Affine, Axis, Division, Index, Outside, Read, Shape, fixed, own, signed};

/// A read solved for the equation's axes.
#[derive(Debug)]
pub(super) struct Turned {
    /// The axes of what is read: those of the gradient.
    pub(super) shape: Shape,
    /// The axes to sum over.
    pub(super) over: Shape,
    /// Each axis of the equation (its own, then those it sums over) in the axes of the gradient.
    axes: Vec<Affine>,
    /// How many of them are the equation's own.
    own: usize,
    /// What must be 0, in the axes of the gradient.
    zero: Vec<Affine>,
    /// What must be inside of an axis of this length.
    pub(super) inside: Vec<(usize, Affine)>,
    /// Values that must be a number: the read, solved, and the axis of the gradient that it must be equal to.
    pub(super) valued: Vec<(Read, Affine)>,
}

/// Turns a read of an array of shape `shape` (in the read's view), in an equation with these axes; `None` if the read is too
/// entangled for affine indices.
pub(super) fn turned(read: &Read, shape: &Shape, eq: &Shape, over: &Shape) -> Option<Turned> {
    let owns = eq.rank();
    // Axes of the equation are `Over` here, those of the gradient `Own`, until all are solved.
    let mut lengths: Vec<usize> = eq.axes().iter().chain(over.axes()).copied().collect();
    let inner = |axis: Axis| match axis {
        Axis::Own(axis) => Axis::Over(axis),
        Axis::Over(axis) => Axis::Over(owns + axis),
    };
    let mut solved: Vec<Option<Affine>> = vec![None; lengths.len()];
    let (mut zero, mut valued) = (Vec::new(), Vec::new());
    let mut positions: Vec<(usize, &Affine)> = Vec::new();
    for (position, index) in read.index.iter().enumerate() {
        match index {
            Index::At(affine) => positions.push((position, affine)),
            Index::Valued(read) => valued.push((read.as_ref().clone(), own(position))),
        }
    }
    // Plain indices first: they are solved without loss.
    positions.sort_by_key(|(_, affine)| (affine.terms.len(), affine.divisor));
    for (position, affine) in positions {
        let mut affine = affine.renamed(inner);
        let target = match (affine.divisor, affine.division) {
            (1, _) => own(position),
            (by, Division::Exact) => own(position) * by,
            (by, Division::Floor) => {
                lengths.push(usize::try_from(by).ok()?);
                solved.push(None);
                own(position) * by + Affine { terms: vec![(Axis::Over(lengths.len() - 1), 1)], ..fixed(0) }
            }
        };
        affine.divisor = 1;
        let affine = put_in(&affine, &solved)?;
        // The equation's own axes are checked when the gradient is read there, so they are solved first, even where a stride makes
        // a division of it: then the sum goes over the window, not over all places.
        let free = |axis: Axis| match axis {
            Axis::Over(axis) if axis < lengths.len() => solved[axis].is_none().then_some(axis),
            _ => None,
        };
        let candidates = affine.terms.iter().filter_map(|&(axis, by)| Some((free(axis)?, by)));
        let Some((axis, by)) = candidates.min_by_key(|&(axis, by)| (axis >= owns, by.abs(), axis)) else {
            zero.push(target - affine);
            continue;
        };
        let rest = Affine {
            terms: affine.terms.iter().copied().filter(|(other, _)| *other != Axis::Over(axis)).collect(),
            ..affine
        };
        let alone = if by > 0 { target - rest } else { rest - target };
        let alone = if by.abs() == 1 { alone } else { alone.divided(by.unsigned_abs() as usize) };
        for earlier in solved.iter_mut().flatten() {
            let mut one = vec![None; lengths.len()];
            one[axis] = Some(alone.clone());
            *earlier = put_in(earlier, &one)?;
        }
        solved[axis] = Some(alone);
    }
    finish(shape, &lengths, owns, eq.rank() + over.rank(), &solved, &zero, valued)
}

/// Numbers the axes that are left, and writes everything in them.
fn finish(
    shape: &Shape,
    lengths: &[usize],
    owns: usize,
    axes: usize,
    solved: &[Option<Affine>],
    zero: &[Affine],
    valued: Vec<(Read, Affine)>,
) -> Option<Turned> {
    let free: Vec<usize> = (0..lengths.len()).filter(|&axis| solved[axis].is_none()).collect();
    let number = |axis: usize| free.iter().position(|&other| other == axis).unwrap_or(0);
    let renamed = |affine: &Affine| {
        affine.renamed(|axis| match axis {
            Axis::Over(axis) => Axis::Over(number(axis)),
            Axis::Own(_) => axis,
        })
    };
    let (mut all, mut inside) = (Vec::new(), Vec::new());
    for axis in 0..lengths.len() {
        let Some(alone) = &solved[axis] else {
            all.push(crate::equation::over(number(axis)));
            continue;
        };
        let alone = renamed(alone);
        let within = |position: usize| shape.axes().get(position).is_some_and(|&n| n <= lengths[axis]);
        let plain = (0..shape.rank()).any(|position| alone.is_own(position) && within(position));
        // The equation's own axes are checked by the read of the gradient.
        if axis >= owns && !plain {
            inside.push((lengths[axis], alone.clone()));
        }
        all.push(alone);
    }
    all.truncate(axes);
    let over: Vec<usize> = free.iter().map(|&axis| lengths[axis]).collect();
    let mut turned = Turned {
        shape: shape.clone(),
        over: over.into(),
        axes: all,
        own: owns,
        zero: zero.iter().map(renamed).collect(),
        inside,
        valued: Vec::new(),
    };
    turned.valued =
        valued.into_iter().map(|(read, axis)| Some((turned.read(&read)?, axis))).collect::<Option<Vec<_>>>()?;
    Some(turned)
}

impl Turned {
    /// A read of the equation in the axes of the gradient.
    pub(super) fn read(&self, read: &Read) -> Option<Read> {
        let mut read = read.clone();
        for index in &mut read.index {
            match index {
                Index::At(affine) => *affine = self.affine(affine)?,
                Index::Valued(inner) => **inner = self.read(inner)?,
            }
        }
        if let Outside::Read(inner) = &mut read.outside {
            **inner = self.read(inner)?;
        }
        Some(read)
    }

    /// The gradient of the equation's value, where this number was used; 0 where it was not.
    pub(super) fn gradient(&self, read: &Read, shape: &Shape) -> Option<Read> {
        let mut read = self.read(read)?;
        if !self.zero.is_empty() {
            let lengths = [shape.axes(), &vec![1; self.zero.len()]].concat();
            read.index.extend(self.zero.iter().cloned().map(Index::At));
            read = read.viewed(lengths);
        }
        Some(read)
    }

    fn affine(&self, affine: &Affine) -> Option<Affine> {
        // One of the equation's axes is the number of its place.
        let numbered = affine.renamed(|axis| match axis {
            Axis::Own(axis) => Axis::Over(axis),
            Axis::Over(axis) => Axis::Over(self.own + axis),
        });
        let all: Vec<Option<Affine>> = self.axes.iter().cloned().map(Some).collect();
        // What is put in has axes of the gradient, whose numbers mean something else: all at once.
        put_in(&numbered, &all)
    }
}

/// An index with `Over` axes replaced, all at once; `None` if a division would be inside of a sum.
fn put_in(affine: &Affine, with: &[Option<Affine>]) -> Option<Affine> {
    let replaced = |axis: Axis| match axis {
        Axis::Over(axis) => with.get(axis)?.as_ref(),
        Axis::Own(_) => None,
    };
    if affine.divisor == 1
        && let [(axis, 1)] = affine.terms[..]
        && let Some(value) = replaced(axis)
    {
        let constant = value.constant.checked_add(affine.constant.checked_mul(value.divisor)?)?;
        return Some(Affine { constant, ..value.clone() });
    }
    let mut sum = fixed(affine.constant);
    for &(axis, by) in &affine.terms {
        let term = match replaced(axis) {
            Some(value) if value.divisor == 1 => value.clone() * by,
            Some(_) => return None,
            None => Affine { terms: vec![(axis, by)], ..fixed(0) },
        };
        sum = sum + term;
    }
    Some(Affine { divisor: affine.divisor, division: affine.division, ..sum })
}

/// Which place of its window a number has, in C order.
pub(super) fn place_in_window(over: &Shape, turned: &Turned) -> Option<Affine> {
    let mut place = fixed(0);
    for (axis, stride) in over.strides().into_iter().enumerate() {
        let at = turned.affine(&crate::equation::over(axis))?;
        if at.divisor != 1 {
            return None;
        }
        place = place + at * signed(stride);
    }
    Some(place)
}
