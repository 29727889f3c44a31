//! One more axis in front: the same equations for every sample of a batch, or for every time of a sequence.
//!
//! Inputs and values get the axis, weights and constants are shared. So `TimeDistributed` is the layer inside with one more
//! axis, and a batch is the network with one more axis.

use super::{ArrayId, Axis, Index, Kind, Program, ProgramError, Read, Repeat, own};

impl Program {
    /// Adds all arrays and equations of `other`, for each index of a new first axis of this length, or as they are.
    /// The inputs of `other` are replaced by arrays of this program, by position; those have the new axis already.
    /// Gives for each array of `other` the array that represents it here.
    ///
    /// # Errors
    /// [`ProgramError`] if a name is taken or something does not fit.
    pub fn graft(
        &mut self,
        other: &Self,
        inputs: &[ArrayId],
        along: Option<usize>,
    ) -> Result<Vec<ArrayId>, ProgramError> {
        let mut inputs = inputs.iter();
        let mut here = Vec::with_capacity(other.arrays.len());
        // Whether an array got the new axis.
        let mut longer = Vec::with_capacity(other.arrays.len());
        for declared in &other.arrays {
            let is_given = matches!(declared.kind, Kind::Weight(_) | Kind::Constant(_));
            longer.push(!is_given && along.is_some());
            here.push(match (&declared.kind, along) {
                (Kind::Input, _) => match inputs.next() {
                    Some(&id) => id,
                    None => return Err(ProgramError::Unknown { name: declared.name.clone() }),
                },
                (Kind::Value(_) | Kind::Open, Some(length)) => {
                    self.open(declared.name.clone(), declared.shape.with_axis(0, length))?
                }
                // Several uses of one layer have one set of weights.
                (kind, _) if is_given && self.holds(&declared.name, kind) => self.names[&declared.name],
                (kind, _) => {
                    let kind = if is_given { kind.clone() } else { Kind::Open };
                    self.declare(declared.name.clone(), declared.shape.clone(), kind)?
                }
            });
        }
        let shift = usize::from(along.is_some());
        let blocks = self.blocks;
        self.blocks += other.blocks;
        for equation in &other.equations {
            let mut rule = equation.rule.clone();
            for read in rule.reads_mut() {
                *read = read.changed(&mut |read: &mut Read| {
                    for index in &mut read.index {
                        if let Index::At(affine) = index {
                            *affine = affine.renamed(|axis| match axis {
                                Axis::Own(axis) => Axis::Own(axis + shift),
                                Axis::Over(axis) => Axis::Over(axis),
                            });
                        }
                    }
                    if let (true, Some(length)) = (longer[read.array.0], along) {
                        read.index.insert(0, Index::At(own(0)));
                        read.view = read.view.as_ref().map(|view| view.with_axis(0, length));
                    }
                    read.array = here[read.array.0];
                });
            }
            let repeat = equation.repeat.map(|repeat| Repeat {
                block: repeat.block + blocks,
                axis: repeat.axis + shift,
                ..repeat
            });
            self.define(here[equation.array.0], rule, repeat)?;
        }
        Ok(here)
    }

    fn holds(&self, name: &str, kind: &Kind) -> bool {
        self.find(name).is_some_and(|id| self.array(id).kind == *kind)
    }
}
