//! What a print of weights does not show: the activation of each layer, the orientation of a square kernel, a first
//! input.

use super::{Reading, Understood};
use crate::{
    app::{
        field::{Edit, Field, FieldOf},
        input::{input_text, read_input},
    },
    load::{Given, LayerDraft, Model, Opened, Question, Value},
    network::Activation,
    pass::Pass,
    words,
};

/// The activations that are offered first: those that most layers have.
const COMMON: [Activation; 5] =
    [Activation::Relu, Activation::Tanh, Activation::Sigmoid, Activation::Linear, Activation::Softmax];

/// Up to this many inputs start with different numbers, so that exchanged inputs are visible.
const MOST_PRESET_INPUTS: usize = 20;

/// The questions, with what is answered so far.
#[derive(Debug, Clone)]
pub struct Form {
    layers: Vec<(LayerDraft, Activation)>,
    /// What the arrays leave open, such as which way round a square kernel is: each answer with the outputs that it gives.
    choices: Vec<(Value, Vec<f32>)>,
    chosen: usize,
    input: Field,
    selected: usize,
    /// What the network gives for the input as it is answered now.
    output: Result<Vec<f32>, String>,
}

/// A question.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// The activation of a layer.
    Layer(&'a LayerDraft, Activation),
    /// One way to read the arrays: what it is, the outputs that it gives, and whether it is chosen.
    Choice(Value, &'a [f32], bool),
    /// The input to begin with.
    Input(&'a Field),
}

impl Default for Form {
    fn default() -> Self {
        Self {
            layers: Vec::new(),
            choices: Vec::new(),
            chosen: 0,
            input: Field::new(FieldOf::Input, ""),
            selected: 0,
            output: Ok(Vec::new()),
        }
    }
}

impl Form {
    /// Asks about these layers. What was answered for the same shapes before is kept.
    pub(super) fn ask(&mut self, understood: &Understood) {
        let asked = || understood.layers.iter().filter(|layer| layer.has_activation);
        let same =
            self.layers.len() == asked().count() && self.layers.iter().zip(asked()).all(|((old, _), new)| old == new);
        if !same {
            let last = asked().count().saturating_sub(1);
            let usual = |(i, layer): (usize, &LayerDraft)| {
                let usual = if i == last { Activation::Linear } else { Activation::Relu };
                (layer.clone(), layer.activation.unwrap_or(usual))
            };
            self.layers = asked().enumerate().map(usual).collect();
            let inputs = understood.layers.first().map_or(1, |layer| layer.inputs);
            let preset = |n: usize| if inputs <= MOST_PRESET_INPUTS { 1.0 + n as f32 } else { 1.0 };
            self.input = Field::new(FieldOf::Input, &input_text(&(0..inputs).map(preset).collect::<Vec<f32>>()));
            (self.selected, self.chosen) = (0, 0);
        }
        self.compute(understood);
    }

    /// The questions, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let layers = self.layers.iter().map(|(shape, activation)| Row::Layer(shape, *activation));
        let choices = self.choices.iter().enumerate();
        let choices = choices.map(|(i, (value, output))| Row::Choice(*value, output, i == self.chosen));
        layers.chain(choices).chain([Row::Input(&self.input)])
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
        let last = self.layers.len() + self.choices.len();
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// The next or the previous answer to the question under the cursor.
    pub(super) fn turn(&mut self, by: isize) {
        if let Some((_, activation)) = self.layers.get_mut(self.selected) {
            let all = activations();
            let at = all.iter().position(|choice| choice == activation).unwrap_or(0);
            *activation = all[(at as isize + by).rem_euclid(all.len() as isize) as usize];
        } else if let Some(choice) = self.choice_here() {
            self.chosen = choice;
        } else {
            self.input.edit(if by < 0 { Edit::Left } else { Edit::Right });
        }
    }

    /// The way to read the arrays that is under the cursor.
    fn choice_here(&self) -> Option<usize> {
        self.selected.checked_sub(self.layers.len()).filter(|choice| *choice < self.choices.len())
    }

    /// Takes the way to read the arrays under the cursor. `false` if another question is there, or it is chosen already.
    pub(super) fn choose(&mut self) -> bool {
        let here = self.choice_here().filter(|choice| *choice != self.chosen);
        self.chosen = here.unwrap_or(self.chosen);
        here.is_some()
    }

    /// Types into the input, or names an activation by its first letter.
    pub(super) fn edit(&mut self, edit: Edit) {
        if let Some((_, activation)) = self.layers.get_mut(self.selected) {
            let Edit::Insert(letter) = edit else { return };
            let all = activations();
            let at = all.iter().position(|choice| choice == activation).map_or(0, |at| at + 1);
            let mut next = all.iter().cycle().skip(at).take(all.len());
            if let Some(next) = next.find(|choice| choice.name().starts_with(letter.to_ascii_lowercase())) {
                *activation = *next;
            }
        } else if self.choice_here().is_none() {
            self.input.edit(edit);
        }
    }

    /// Computes what the network gives now, for each way to read its arrays.
    pub(super) fn compute(&mut self, understood: &Understood) {
        let opened = self.open("", understood);
        let output = |model: &Model| -> Result<Vec<f32>, String> {
            let input = read_input(self.input.text(), model.network.inputs())?;
            let pass = Pass::new(&model.network, &input, &[]).map_err(|why| why.to_string())?;
            Ok(pass.output().to_vec())
        };
        let (choices, out) = match opened {
            Err(why) => (Vec::new(), Err(why)),
            Ok(Opened { model, question, .. }) => {
                let ways = question.map_or_else(Vec::new, |Question { choices, .. }| choices);
                let ways: Vec<(Value, Vec<f32>)> =
                    ways.iter().map(|way| (way.value, output(&way.model).unwrap_or_default())).collect();
                let chosen =
                    ways.get(self.chosen).map(|(_, output)| output.clone()).filter(|output| !output.is_empty());
                (ways, chosen.map_or_else(|| output(&model), Ok))
            }
        };
        (self.choices, self.output) = (choices, out);
        self.chosen = self.chosen.min(self.choices.len().saturating_sub(1));
        self.selected = self.selected.min(self.layers.len() + self.choices.len());
    }

    fn open(&self, name: &str, understood: &Understood) -> Result<Opened, String> {
        let activations = Some(self.layers.iter().map(|(_, activation)| *activation).collect());
        let given = Given { activations, ..Given::named(name) };
        understood.draft.open(&given).map_err(|why| why.to_string())
    }

    /// The network as the answers describe it, with the input.
    pub(super) fn model(&self, name: &str, reading: &Reading) -> Result<(Model, Vec<f32>), String> {
        let Reading::Arrays(understood) = reading else { return Err(words::own::no_arrays()) };
        let Opened { model, question, .. } = self.open(name, understood)?;
        let mut ways = question.map_or_else(Vec::new, |Question { choices, .. }| choices);
        let mut model = if self.chosen < ways.len() { ways.swap_remove(self.chosen).model } else { model };
        let input = read_input(self.input.text(), model.network.inputs())?;
        model.facts.input.clone_from(&input);
        Ok((model, input))
    }
}

/// Every activation that can be chosen, the common ones first.
fn activations() -> Vec<Activation> {
    let others = Activation::ALL.iter().copied().filter(|activation| !COMMON.contains(activation));
    COMMON.into_iter().chain(others).collect()
}
