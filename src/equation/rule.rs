//! Equations: how every value of an array comes from values of other arrays.

use super::{Affine, Axis, Function, Shape};

/// Which array of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArrayId(pub(super) usize);

impl ArrayId {
    /// Its place among the program's arrays.
    pub fn position(self) -> usize {
        self.0
    }
}

/// Where along one axis of an array something is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Index {
    /// Where arithmetic says.
    At(Affine),
    /// Where a value says: an embedding reads the row that its input names. What is no integer is outside.
    Valued(Box<Read>),
}

impl From<Affine> for Index {
    fn from(affine: Affine) -> Self {
        Self::At(affine)
    }
}

/// What is read where the array ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Outside {
    /// This number.
    Value(f32),
    /// Another array: the initial state before the first step, or what comes next in a concatenation.
    Read(Box<Read>),
}

/// One value of an array, for each index of the equation.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// Which array.
    pub array: ArrayId,
    /// Another shape in which to see it, of as many numbers; its own without.
    pub view: Option<Shape>,
    /// Where along each axis.
    pub index: Vec<Index>,
    /// What is read where the array ends.
    pub outside: Outside,
}

impl Read {
    /// The value of `array` at `index`, 0 outside.
    pub fn new<I: Into<Index>>(array: ArrayId, index: impl IntoIterator<Item = I>) -> Self {
        let index = index.into_iter().map(Into::into).collect();
        Self { array, view: None, index, outside: Outside::Value(0.0) }
    }

    /// The value of an array of `rank` axes at the equation's own index.
    pub fn same(array: ArrayId, rank: usize) -> Self {
        Self::new(array, (0..rank).map(super::own))
    }

    /// The array seen in another shape of as many numbers.
    #[must_use]
    pub fn viewed(self, shape: impl Into<Shape>) -> Self {
        Self { view: Some(shape.into()), ..self }
    }

    /// Another number outside of the array.
    #[must_use]
    pub fn padded(self, value: f32) -> Self {
        Self { outside: Outside::Value(value), ..self }
    }

    /// Another read outside of the array.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self.outside {
            Outside::Read(next) => Self { outside: Outside::Read(Box::new(next.or(other))), ..self },
            Outside::Value(_) => Self { outside: Outside::Read(Box::new(other)), ..self },
        }
    }

    /// Whether it is the value at the equation's own index, for an equation of `rank` axes.
    pub fn is_same(&self, rank: usize) -> bool {
        self.view.is_none() && self.is_here(rank)
    }

    /// The same, in whatever shape the array is seen.
    pub fn is_here(&self, rank: usize) -> bool {
        let same = |(axis, index): (usize, &Index)| matches!(index, Index::At(affine) if affine.is_own(axis));
        self.index.len() == rank && self.index.iter().enumerate().all(same)
    }

    /// This read and all reads in it.
    pub fn each(&self) -> Vec<&Self> {
        let mut found = vec![self];
        for index in &self.index {
            if let Index::Valued(read) = index {
                found.extend(read.each());
            }
        }
        if let Outside::Read(read) = &self.outside {
            found.extend(read.each());
        }
        found
    }

    /// The same with every array and every affine index changed.
    #[must_use]
    pub fn changed(&self, change: &mut impl FnMut(&mut Self)) -> Self {
        let mut read = self.clone();
        for index in &mut read.index {
            if let Index::Valued(inner) = index {
                **inner = inner.changed(change);
            }
        }
        if let Outside::Read(inner) = &mut read.outside {
            **inner = inner.changed(change);
        }
        change(&mut read);
        read
    }

    /// The same with the equation's axes renamed.
    #[must_use]
    pub fn renamed(&self, rename: &impl Fn(Axis) -> Axis) -> Self {
        self.changed(&mut |read| {
            for index in &mut read.index {
                if let Index::At(affine) = index {
                    *affine = affine.renamed(rename);
                }
            }
        })
    }
}

/// Which of several values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// The largest value; NaN if there is one.
    Largest,
    /// The smallest value; NaN if there is one.
    Smallest,
    /// Where the largest value is, in C order; the first of several.
    Argmax,
}

/// How a value comes about.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The sum over all indices of `over`, in C order, of the product of the factors: each product is fused into the sum.
    Sum {
        /// The axes summed over.
        over: Shape,
        /// What is multiplied, one or more.
        factors: Vec<Read>,
    },
    /// A function of values.
    Map {
        /// Which.
        function: Function,
        /// Of what.
        of: Vec<Read>,
    },
    /// The largest value over all indices of `over`, or another one that a comparison finds.
    Extreme {
        /// The axes looked over.
        over: Shape,
        /// What is compared.
        of: Read,
        /// Which of them.
        which: Which,
    },
}

impl Rule {
    /// A sum of products.
    pub fn sum(over: impl Into<Shape>, factors: impl Into<Vec<Read>>) -> Self {
        Self::Sum { over: over.into(), factors: factors.into() }
    }

    /// A function of values.
    pub fn map(function: Function, of: impl Into<Vec<Read>>) -> Self {
        Self::Map { function, of: of.into() }
    }

    /// A value at another place.
    pub fn copy(of: Read) -> Self {
        Self::Map { function: Function::Copy, of: vec![of] }
    }

    /// The reads, without those inside of reads.
    pub fn reads(&self) -> &[Read] {
        match self {
            Self::Sum { factors, .. } => factors,
            Self::Map { of, .. } => of,
            Self::Extreme { of, .. } => std::slice::from_ref(of),
        }
    }

    /// The reads, to be changed.
    pub fn reads_mut(&mut self) -> &mut [Read] {
        match self {
            Self::Sum { factors, .. } => factors,
            Self::Map { of, .. } => of,
            Self::Extreme { of, .. } => std::slice::from_mut(of),
        }
    }

    /// The axes that are summed or looked over.
    pub fn over(&self) -> &Shape {
        static NONE: Shape = Shape::SCALAR;
        match self {
            Self::Sum { over, .. } | Self::Extreme { over, .. } => over,
            Self::Map { .. } => &NONE,
        }
    }

    /// How many steps each value takes.
    pub fn actions(&self) -> usize {
        match self {
            Self::Sum { over, .. } | Self::Extreme { over, .. } => over.size(),
            Self::Map { function, of } => function.actions(of.len()),
        }
    }
}

/// A block of equations that runs once for each index of one axis (time), before the next index: so a value may read values
/// of the same block at times that were computed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Repeat {
    /// Neighbouring equations with the same number are one block.
    pub block: usize,
    /// Which own axis is the time.
    pub axis: usize,
    /// Whether the last time comes first: then a value may read values of its block at later times, as gradients through time do.
    pub backwards: bool,
}

/// How all values of one array come about.
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// What it gives.
    pub array: ArrayId,
    /// Its shape: one value for each index.
    pub shape: Shape,
    /// How each value comes about.
    pub rule: Rule,
    /// The block it belongs to.
    pub repeat: Option<Repeat>,
}
