//! Mistakes where a window moves: the kernel turned round, the border, the stride, the order of the axes.

use super::{Kind, Part, Way};
use crate::{
    equation::{Affine, Axis, Equation, Index, Program, ProgramError, Read, Rule, Shape, signed},
    words,
};

/// An axis over which a window moves.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// Which axis of what is read.
    axis: usize,
    /// Which own axis moves it.
    own: usize,
    /// Which summation axis runs through it.
    over: usize,
    /// How long it is.
    length: usize,
    /// How far the next one is.
    stride: i64,
    /// How far neighbours in it are apart.
    dilation: i64,
    /// Where the first one begins: negative with padding in front.
    start: i64,
    /// How many places there are along the axis.
    places: usize,
    /// How many windows.
    count: usize,
}

impl Window {
    /// How far the last window reaches beyond the end.
    fn behind(self) -> i64 {
        let last = self.start + (signed(self.count) - 1) * self.stride + (signed(self.length) - 1) * self.dilation;
        last - (signed(self.places) - 1)
    }

    fn at(self, stride: i64, dilation: i64, start: i64) -> Affine {
        crate::equation::own(self.own) * stride + crate::equation::over(self.over) * dilation + start
    }
}

/// The stages of a part where windows move, with the operand that they read and their windows.
fn moving<'p>(part: &Part<'p>) -> Vec<(&'p str, &'p Equation, usize, Vec<Window>)> {
    let of = |(stage, equation): (&'p str, &'p Equation)| {
        let reads = equation.rule.reads().iter().enumerate();
        let mut seen = reads.map(|(operand, read)| (operand, windows(part, equation, read)));
        seen.find(|(_, windows)| !windows.is_empty()).map(|(operand, windows)| (stage, equation, operand, windows))
    };
    part.stages().into_iter().filter_map(of).collect()
}

fn windows(part: &Part<'_>, equation: &Equation, read: &Read) -> Vec<Window> {
    let shape = read.view.as_ref().unwrap_or_else(|| part.program.shape(read.array));
    let over = equation.rule.over().axes();
    let of = |(axis, index): (usize, &Index)| {
        let Index::At(affine) = index else { return None };
        let (mut own_axis, mut over_axis) = (None, None);
        for &(of, by) in &affine.terms {
            match of {
                Axis::Own(at) => own_axis = Some((at, by)),
                Axis::Over(at) => over_axis = Some((at, by)),
            }
        }
        let ((own, stride), (over_at, dilation)) = (own_axis?, over_axis?);
        (affine.divisor == 1 && affine.terms.len() == 2).then(|| Window {
            axis,
            own,
            over: over_at,
            length: over[over_at],
            stride,
            dilation,
            start: affine.constant,
            places: shape.axes()[axis],
            count: equation.shape.axes()[own],
        })
    };
    read.index.iter().enumerate().filter_map(of).collect()
}

/// The first stage where windows move, if it multiplies with a kernel: the operand of the kernel comes with it.
fn convolution<'p>(part: &Part<'p>) -> Option<(&'p str, &'p Equation, usize, Vec<Window>, usize)> {
    moving(part).into_iter().find_map(|(stage, equation, operand, windows)| {
        let (kernel, ..) = part.weights_of(equation).into_iter().find(|(_, _, array)| array.shape().rank() > 2)?;
        matches!(equation.rule, Rule::Sum { .. }).then_some((stage, equation, operand, windows, kernel))
    })
}

/// The kernel was turned round, as mathematics has it: deep learning's convolution is a cross-correlation.
pub(super) static FLIPPED_KERNEL: Kind = Kind {
    id: "flipped-kernel",
    title: words::mistake_title::flipped_kernel,
    lesson: "convolution-by-hand",
    common: 5.0,
    ways: |part| {
        let long = |found: &(_, _, _, Vec<Window>, _)| found.3.iter().any(|window| window.length > 1);
        convolution(part).filter(long).map(|_| Way::Plain).into_iter().collect()
    },
    change: |part, _, program| {
        let Some((stage, equation, _, windows, kernel)) = convolution(part) else { return Ok(()) };
        let mut read = equation.rule.reads()[kernel].clone();
        for index in &mut read.index {
            if let Index::At(affine) = index
                && let Some(window) = windows.iter().find(|w| affine.coefficient(Axis::Over(w.over)) != 0)
            {
                *affine = -crate::equation::over(window.over) + (signed(window.length) - 1);
            }
        }
        program.set_operand(&part.name(stage), kernel, read).map(drop)
    },
    says: |part, _| words::layer_mistake::flipped_kernel(part.layer),
};

/// Zeros were added on the wrong side, or windows began at other places.
pub(super) static WRONG_PADDING: Kind = Kind {
    id: "wrong-padding",
    title: words::mistake_title::wrong_padding,
    lesson: "convolution-by-hand",
    common: 4.0,
    ways: |part| {
        let mut ways = Vec::new();
        for (.., windows) in moving(part).into_iter().take(1) {
            for (word, start) in STARTS {
                if windows.iter().any(|&window| start(window) != window.start) {
                    ways.push(Way::Word(word));
                }
            }
        }
        ways
    },
    change: |part, way, program| {
        let Some((_, start)) = STARTS.iter().find(|(word, _)| *way == Way::Word(word)) else { return Ok(()) };
        moved(part, program, |window| window.at(window.stride, window.dilation, start(window)))
    },
    says: |part, way| words::layer_mistake::wrong_padding(part.layer, way),
};

/// A way to place the first window: its word, and where the window begins.
type Start = (&'static str, fn(Window) -> i64);

/// Ways to place the first window.
const STARTS: [Start; 4] = [
    // No zeros in front: as without padding, or all of it behind.
    ("none-in-front", |window| if window.start < 0 { 0 } else { window.start }),
    // All zeros in front.
    ("all-in-front", |window| {
        let missing = window.behind().max(0) - window.start.min(0);
        if missing > 0 { -missing } else { window.start }
    }),
    // The odd zero in front, not behind.
    ("odd-in-front", |window| {
        let (before, behind) = (-window.start.min(0), window.behind().max(0));
        if behind == before + 1 { -behind } else { window.start }
    }),
    // As many zeros on both sides as PyTorch adds with `padding=1`: half of the window.
    ("half-of-window", |window| -(signed(window.length) / 2)),
];

fn moved(part: &Part<'_>, program: &mut Program, place: impl Fn(Window) -> Affine) -> Result<(), ProgramError> {
    let Some((stage, _, operand, windows)) = moving(part).into_iter().next() else { return Ok(()) };
    for window in windows {
        program.set_index(&part.name(stage), operand, window.axis, place(window))?;
    }
    Ok(())
}

/// The window moved by another number of places.
pub(super) static WRONG_STRIDE: Kind = Kind {
    id: "wrong-stride",
    title: words::mistake_title::wrong_stride,
    lesson: "convolution-by-hand",
    common: 2.0,
    ways: |part| {
        let found = moving(part).into_iter().next();
        let Some(windows) = found.map(|(.., windows)| windows) else { return Vec::new() };
        let several = windows.iter().any(|window| window.count > 1);
        let mut steps: Vec<i64> = vec![1, 2];
        steps.extend(windows.iter().map(|window| signed(window.length)));
        steps.sort_unstable();
        steps.dedup();
        let other = |step: &i64| windows.iter().any(|window| window.stride != *step);
        steps.into_iter().filter(|step| several && other(step)).map(|step| Way::Whole(step as usize)).collect()
    },
    change: |part, way, program| {
        let Way::Whole(step) = *way else { return Ok(()) };
        moved(part, program, |window| window.at(signed(step), window.dilation, window.start))
    },
    says: |part, way| words::layer_mistake::wrong_stride(part.layer, whole(way)),
};

/// The places of a window stood side by side, though the layer spreads them.
pub(super) static WRONG_DILATION: Kind = Kind {
    id: "wrong-dilation",
    title: words::mistake_title::wrong_dilation,
    lesson: "convolution-by-hand",
    common: 1.0,
    ways: |part| {
        let found = moving(part).into_iter().next();
        let spread = found.is_some_and(|(.., windows)| windows.iter().any(|window| window.dilation > 1));
        spread.then_some(Way::Plain).into_iter().collect()
    },
    change: |part, _, program| moved(part, program, |window| window.at(window.stride, 1, window.start)),
    says: |part, _| words::layer_mistake::wrong_dilation(part.layer),
};

/// The numbers of the image were taken in the order channels, rows, columns, or the other way round.
pub(super) static CHANNELS_ORDER: Kind = Kind {
    id: "channels-order",
    title: words::mistake_title::channels_order,
    lesson: "convolution-by-hand",
    common: 3.0,
    ways: |part| {
        let other =
            moving(part).into_iter().next().and_then(|(_, _, operand, windows)| other_order(part, operand, &windows));
        other.map(|_| Way::Plain).into_iter().collect()
    },
    change: |part, _, program| {
        let Some((stage, _, operand, windows)) = moving(part).into_iter().next() else { return Ok(()) };
        match other_order(part, operand, &windows) {
            Some(read) => program.set_operand(&part.name(stage), operand, read).map(drop),
            None => Ok(()),
        }
    },
    says: |part, _| words::layer_mistake::channels_order(part.layer),
};

/// The read of the same numbers with the channels first instead of last, or last instead of first.
fn other_order(part: &Part<'_>, operand: usize, windows: &[Window]) -> Option<Read> {
    let (_, equation, ..) = moving(part).into_iter().next()?;
    let read = &equation.rule.reads()[operand];
    let axes = part.program.shape(read.array).axes();
    let last = axes.len().checked_sub(1)?;
    if read.view.is_some() || windows.len() != last || axes.iter().filter(|&&length| length > 1).count() < 2 {
        return None;
    }
    let channel = (0..axes.len()).find(|axis| windows.iter().all(|window| window.axis != *axis))?;
    if axes[channel] < 2 {
        return None;
    }
    let (mut shape, mut index) = (axes.to_vec(), read.index.clone());
    let (length, at) = (shape.remove(channel), index.remove(channel));
    let to = if channel == 0 { last } else { 0 };
    shape.insert(to, length);
    index.insert(to, at);
    Some(Read { index, ..read.clone() }.viewed(Shape::from(shape)))
}

fn whole(way: &Way) -> usize {
    if let Way::Whole(number) = *way { number } else { 1 }
}
