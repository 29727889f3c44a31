//! Every value of a layer, from what arrives to what the layer gives.

use super::Stage;

/// Every value of one layer in one pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// What arrived, as it was read, (inputs,).
    pub(super) input: Vec<f32>,
    /// The sums, then the values after each of the recipe's finishing actions.
    pub(super) chain: Vec<Vec<f32>>,
    /// Which links of the chain are `wx` and `z`; `None` if nothing is summed.
    pub(super) summed: Option<(usize, usize)>,
}

impl Values {
    /// What the layer gives.
    pub fn a(&self) -> &[f32] {
        self.chain.last().map_or(&[], Vec::as_slice)
    }

    /// What enters finishing action `finish`; one past the last gives what the layer gives.
    pub fn entering(&self, finish: usize) -> &[f32] {
        self.chain.get(finish).map_or(&[], Vec::as_slice)
    }

    /// The values of one stage; `None` for a stage that the operation does not have.
    pub fn stage(&self, stage: Stage) -> Option<&[f32]> {
        match stage {
            Stage::In => Some(&self.input),
            Stage::Wx => self.summed.map(|(wx, _)| self.entering(wx)),
            Stage::Z => self.summed.map(|(_, z)| self.entering(z)),
            Stage::A => Some(self.a()),
        }
    }
}
