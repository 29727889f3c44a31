//! What no print of weights shows: the activation of each layer, and an input to begin with.

use super::{LayerShape, Reading, Understood};
use crate::{
    app::{
        field::{Edit, Field, FieldOf},
        input::{input_text, read_input},
    },
    load::{Facts, Model, from_arrays},
    network::Activation,
    pass::Pass,
    words,
};

/// What stands in front of the other activations: what most layers have.
const COMMON: [Activation; 5] =
    [Activation::Relu, Activation::Tanh, Activation::Sigmoid, Activation::Linear, Activation::Softmax];

/// Inputs to begin with: different numbers, so that exchanged ones show.
const MOST_PRESET_INPUTS: usize = 20;

/// The questions, with what is answered so far.
#[derive(Debug, Clone)]
pub struct Form {
    layers: Vec<(LayerShape, Activation)>,
    input: Field,
    selected: usize,
    /// What the network gives for the input as it is answered now.
    output: Result<Vec<f32>, String>,
}

/// A question.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// The activation of a layer.
    Layer(&'a LayerShape, Activation),
    /// The input to begin with.
    Input(&'a Field),
}

impl Default for Form {
    fn default() -> Self {
        Self { layers: Vec::new(), input: Field::new(FieldOf::Input, ""), selected: 0, output: Ok(Vec::new()) }
    }
}

impl Form {
    /// Asks about these layers. What was answered for the same shapes before is kept.
    pub(super) fn ask(&mut self, understood: &Understood) {
        let same = self.layers.len() == understood.layers.len()
            && self.layers.iter().zip(&understood.layers).all(|((old, _), new)| old == new);
        if !same {
            let last = understood.layers.len().saturating_sub(1);
            let usual = |layer: usize| if layer == last { Activation::Linear } else { Activation::Relu };
            self.layers = understood.layers.iter().enumerate().map(|(i, layer)| (layer.clone(), usual(i))).collect();
            let inputs = understood.layers.first().map_or(1, |layer| layer.inputs);
            let preset = |n: usize| if inputs <= MOST_PRESET_INPUTS { 1.0 + n as f32 } else { 1.0 };
            self.input = Field::new(FieldOf::Input, &input_text(&(0..inputs).map(preset).collect::<Vec<f32>>()));
            self.selected = 0;
        }
        self.work_out(&understood.arrays);
    }

    /// The questions, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let layers = self.layers.iter().map(|(shape, activation)| Row::Layer(shape, *activation));
        layers.chain([Row::Input(&self.input)])
    }

    /// The question under the cursor.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// What the network gives for the input as it is answered now.
    ///
    /// # Errors
    /// Why it gives nothing.
    pub fn output(&self) -> Result<&[f32], &str> {
        self.output.as_deref().map_err(String::as_str)
    }

    pub(super) fn select(&mut self, by: isize) {
        self.selected = self.selected.saturating_add_signed(by).min(self.layers.len());
    }

    /// The next or the previous answer to the question under the cursor.
    pub(super) fn turn(&mut self, by: isize) {
        match self.layers.get_mut(self.selected) {
            Some((_, activation)) => {
                let choices = choices();
                let at = choices.iter().position(|choice| choice == activation).unwrap_or(0);
                let next = (at as isize + by).rem_euclid(choices.len() as isize) as usize;
                *activation = choices[next];
            }
            None => self.input.edit(if by < 0 { Edit::Left } else { Edit::Right }),
        }
    }

    /// Types into the input, or names an activation by its first letter.
    pub(super) fn edit(&mut self, edit: Edit) {
        match (self.layers.get_mut(self.selected), edit) {
            (Some((_, activation)), Edit::Insert(letter)) => {
                let choices = choices();
                let at = choices.iter().position(|choice| choice == activation).map_or(0, |at| at + 1);
                let next = choices.iter().cycle().skip(at).take(choices.len());
                if let Some(next) = next.clone().find(|choice| choice.name().starts_with(letter.to_ascii_lowercase())) {
                    *activation = *next;
                }
            }
            (Some(_), _) => {}
            (None, edit) => self.input.edit(edit),
        }
    }

    /// Works out what the network gives now.
    pub(super) fn work_out(&mut self, arrays: &[crate::load::printed::Array]) {
        let worked = self.network(super::DEFAULT_NAME, arrays).and_then(|network| {
            let input = read_input(self.input.text(), network.inputs())?;
            let pass = Pass::new(&network, &input, &[]).map_err(|why| why.to_string())?;
            Ok(pass.output().to_vec())
        });
        self.output = worked;
    }

    fn network(&self, name: &str, arrays: &[crate::load::printed::Array]) -> Result<crate::network::Network, String> {
        let activations: Vec<Activation> = self.layers.iter().map(|(_, activation)| *activation).collect();
        from_arrays(name, arrays, &[], &activations).map_err(|why| why.to_string())
    }

    /// The network as it is answered, with the input.
    pub(super) fn model(&self, name: &str, reading: &Reading) -> Result<(Model, Vec<f32>), String> {
        let Reading::Arrays(Understood { arrays, .. }) = reading else { return Err(words::own::no_arrays()) };
        let network = self.network(name, arrays)?;
        let input = read_input(self.input.text(), network.inputs())?;
        let decimals = arrays.iter().filter_map(|array| array.decimals).max();
        let facts = Facts { decimals, input: input.clone(), ..Facts::default() };
        Ok((Model { network, facts }, input))
    }
}

/// Every activation that can be chosen, the common ones first.
fn choices() -> Vec<Activation> {
    let others = Activation::ALL.iter().copied().filter(|activation| !COMMON.contains(activation));
    COMMON.into_iter().chain(others).collect()
}
