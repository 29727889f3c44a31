//! Shapes and arrays: lengths of axes, and numbers in C order (the last axis runs fastest), as NumPy keeps them.

use std::{fmt, sync::Arc};

/// The length of each axis; no axis at all is a single number.
///
/// ```
/// use byhand::equation::Shape;
/// let shape = Shape::from([2, 3]);
/// assert_eq!((shape.size(), shape.to_string()), (6, "(2, 3)".to_owned()));
/// assert_eq!(shape.flat(&[1, 2]), Some(5)); // 1 * 3 + 2
/// assert_eq!(shape.unravel(5), [1, 2]);
/// assert_eq!(shape.flat(&[2, 0]), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Shape(Vec<usize>);

impl Shape {
    /// The shape of a single number.
    pub const SCALAR: Self = Self(Vec::new());

    /// The length of each axis.
    pub fn axes(&self) -> &[usize] {
        &self.0
    }

    /// How many axes.
    pub fn rank(&self) -> usize {
        self.0.len()
    }

    /// How many numbers; the largest integer if the size is too large for an integer.
    pub fn size(&self) -> usize {
        self.0.iter().fold(1, |size: usize, &n| size.saturating_mul(n))
    }

    /// How far apart neighbours along each axis are.
    pub fn strides(&self) -> Vec<usize> {
        let mut strides = vec![1_usize; self.0.len()];
        for axis in (1..self.0.len()).rev() {
            strides[axis - 1] = strides[axis].saturating_mul(self.0[axis]);
        }
        strides
    }

    /// Where `index` is in C order; `None` outside, or with another number of axes.
    pub fn flat(&self, index: &[usize]) -> Option<usize> {
        let inside = index.len() == self.0.len() && index.iter().zip(&self.0).all(|(i, n)| i < n);
        inside.then(|| index.iter().zip(&self.0).fold(0, |flat, (i, n)| flat * n + i))
    }

    /// The index of the number at `flat` in C order.
    pub fn unravel(&self, mut flat: usize) -> Vec<usize> {
        let mut index = vec![0; self.0.len()];
        for (i, &n) in index.iter_mut().zip(&self.0).rev() {
            *i = flat % n.max(1);
            flat /= n.max(1);
        }
        index
    }

    /// The same with one more axis before position `axis`.
    #[must_use]
    pub fn with_axis(&self, axis: usize, length: usize) -> Self {
        let mut axes = self.0.clone();
        axes.insert(axis.min(axes.len()), length);
        Self(axes)
    }

    /// The same without the axis at position `axis`, if there is one.
    #[must_use]
    pub fn without_axis(&self, axis: usize) -> Self {
        let kept = self.0.iter().enumerate().filter(|(i, _)| *i != axis);
        Self(kept.map(|(_, &n)| n).collect())
    }
}

impl<const N: usize> From<[usize; N]> for Shape {
    fn from(axes: [usize; N]) -> Self {
        Self(axes.to_vec())
    }
}

impl From<Vec<usize>> for Shape {
    fn from(axes: Vec<usize>) -> Self {
        Self(axes)
    }
}

impl From<&[usize]> for Shape {
    fn from(axes: &[usize]) -> Self {
        Self(axes.to_vec())
    }
}

impl fmt::Display for Shape {
    /// As Python writes a tuple: `(2, 3)`, `(4,)`, `()`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let axes: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(f, "({}{})", axes.join(", "), if axes.len() == 1 { "," } else { "" })
    }
}

/// Numbers with a shape. Clones share the numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    shape: Shape,
    values: Arc<Vec<f32>>,
}

impl Array {
    /// From numbers in C order; `None` if there are not exactly as many as the shape says.
    pub fn new(shape: impl Into<Shape>, values: Vec<f32>) -> Option<Self> {
        let shape = shape.into();
        (shape.size() == values.len()).then(|| Self { shape, values: Arc::new(values) })
    }

    /// A single number.
    pub fn scalar(value: f32) -> Self {
        Self { shape: Shape::SCALAR, values: Arc::new(vec![value]) }
    }

    /// The length of each axis.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The numbers in C order.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// From numbers that are shared; they are as many as the shape says.
    pub(super) fn of_shared(shape: Shape, values: Arc<Vec<f32>>) -> Self {
        Self { shape, values }
    }

    pub(super) fn shared(&self) -> Arc<Vec<f32>> {
        Arc::clone(&self.values)
    }

    /// The same with one number changed; `None` if there is no such number.
    pub fn with(&self, flat: usize, value: f32) -> Option<Self> {
        let mut changed = self.values.to_vec();
        *changed.get_mut(flat)? = value;
        Some(Self { shape: self.shape.clone(), values: Arc::new(changed) })
    }
}
