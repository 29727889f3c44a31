//! `byhand predict`: what a model answers.

pub(super) mod graph;

use std::{io::Write, process::ExitCode};

use clap::Args;
use serde::Serialize;

use super::{
    Done,
    input::{InputArgs, does_not_fit},
    model::{Loaded, MistakeArgs, ModelArgs},
};
use crate::{
    diagnose::Answer,
    explain::text::list,
    json::{self, Number, numbers},
    load::{Known, Model},
    network::{Stage, number::Digits, ulps},
    pass::Pass,
    plain::{cells, pad, plain},
    words::{help, predict},
};

#[derive(Debug, Args)]
#[command(after_help = help::predict_examples())]
pub(super) struct Predict {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    mistakes: MistakeArgs,
    #[arg(long, help = help::predict_layers())]
    layers: bool,
    #[arg(long, help = help::option_json())]
    json: bool,
}

#[derive(Serialize)]
struct Document<'m> {
    model: &'m str,
    passes: Vec<PassEntry<'m>>,
}

#[derive(Serialize)]
struct PassEntry<'m> {
    input: Vec<Number>,
    output: Vec<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    layers: Option<Vec<LayerEntry<'m>>>,
}

#[derive(Serialize)]
struct LayerEntry<'m> {
    name: &'m str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    activation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wx: Option<Vec<Number>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    z: Option<Vec<Number>>,
    a: Vec<Number>,
}

impl Predict {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let model = match self.model.any()? {
            Loaded::Chain(model) => *model,
            // Mistakes are made in chains of vectors.
            Loaded::File(file) if file.contents.is_described() && self.mistakes.is_empty() => {
                graph::run(&file, &self.inputs.named()?, self.layers, self.json, out)?;
                return Ok(ExitCode::SUCCESS);
            }
            Loaded::File(file) => file.chain()?,
        };
        let mistakes = self.mistakes.of(&model.network)?;
        let mut passes = Vec::new();
        for (text, input) in self.inputs.all()? {
            passes.push(Pass::new(&model.network, &input, &mistakes).map_err(|why| does_not_fit(text, why))?);
        }
        if self.json {
            let passes = passes.iter().map(|pass| self.entry(pass)).collect();
            writeln!(out, "{}", json::text(&Document { model: model.network.name(), passes }))?;
            return Ok(ExitCode::SUCCESS);
        }
        for (i, pass) in passes.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            if self.layers {
                layers(pass, out)?;
            }
            answer(&model, pass, out)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn entry<'p>(&self, pass: &'p Pass) -> PassEntry<'p> {
        let layer = |index: usize| {
            let layer = pass.network().layer(index)?;
            let stage = |stage| pass.stage(index, stage).map(numbers);
            Some(LayerEntry {
                name: &layer.name,
                kind: layer.operation.kind(),
                activation: layer.operation.as_dense().map(|dense| dense.activation().to_string()),
                wx: stage(Stage::Wx),
                z: stage(Stage::Z),
                a: stage(Stage::A)?,
            })
        };
        PassEntry {
            input: numbers(pass.input()),
            output: numbers(pass.output()),
            layers: self.layers.then(|| (0..pass.network().depth()).filter_map(layer).collect()),
        }
    }
}

/// Input, output, and the model's own answer.
fn answer(model: &Model, pass: &Pass, out: &mut impl Write) -> std::io::Result<()> {
    let output: Vec<String> = pass.output().iter().map(|&value| Digits::Exact.column(value)).collect();
    writeln!(out, "{}", predict::input(list(pass.input(), Digits::Exact)))?;
    writeln!(out, "{}", predict::output(output.join(", ")))?;
    for mistake in pass.mistakes() {
        let says = predict::mistake(mistake.name(pass.network()), mistake.says(pass.network()));
        writeln!(out, "{}", plain(&says))?;
    }
    if let Some(known) = model.known(pass.input()) {
        // A pass that is wrong on purpose is not a little away from the model.
        let numbers = known.output.join(", ");
        let says = if pass.mistakes().is_empty() {
            predict::known(&known.by, distance(known, pass.output()), numbers)
        } else {
            predict::known_only(&known.by, numbers)
        };
        writeln!(out, "{}", plain(&says))?;
    }
    Ok(())
}

/// With fewer digits than this, a printed number does not distinguish a float32 from its neighbours.
const DIGITS_OF_A_FLOAT32: usize = 8;

/// How far the output is from the known answer, in words.
fn distance(known: &Known, output: &[f32]) -> String {
    let digits = known.output.iter().map(|text| significant(text)).min().unwrap_or(0);
    if digits < DIGITS_OF_A_FLOAT32 {
        let agrees =
            |(text, ours): (&String, &f32)| text.parse().is_ok_and(|answer: Answer| answer.agrees((*ours).into()));
        let same = known.output.iter().zip(output).all(agrees);
        return if same { predict::same_digits(digits) } else { predict::other_digits(digits) };
    }
    let far =
        known.output.iter().zip(output).map(|(text, &ours)| text.parse().map_or(u32::MAX, |theirs| ulps(ours, theirs)));
    match far.max().unwrap_or(0) {
        0 => predict::same_float(),
        u32::MAX => predict::not_comparable(),
        far => predict::ulps(far),
    }
}

/// How many digits a printed number has from the first that is not 0.
fn significant(text: &str) -> usize {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    mantissa.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count()
}

/// A table a layer: one row a unit, one column a stage.
fn layers(pass: &Pass, out: &mut impl Write) -> std::io::Result<()> {
    for (index, layer) in pass.network().layers().enumerate() {
        let stages = [("wx", Stage::Wx), ("z", Stage::Z), ("a", Stage::A)];
        let column = |values: &[f32]| values.iter().map(|&value| Digits::Exact.column(value)).collect::<Vec<_>>();
        let columns: Vec<(&str, Vec<String>)> =
            stages.into_iter().filter_map(|(name, stage)| Some((name, column(pass.stage(index, stage)?)))).collect();
        let (name, kind) = (&layer.name, layer.operation.kind());
        let says = match layer.operation.as_dense() {
            Some(dense) => predict::layer_with_activation(dense.activation(), kind, name),
            None => predict::layer(kind, name),
        };
        writeln!(out, "{}", plain(&says))?;
        table(&columns, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Stages side by side: one row a unit, one column a stage.
fn table(columns: &[(&str, Vec<String>)], out: &mut impl Write) -> std::io::Result<()> {
    let widths: Vec<usize> = columns
        .iter()
        .map(|(name, shown)| shown.iter().map(String::len).chain([name.len()]).max().unwrap_or(0))
        .collect();
    let rows = columns.iter().map(|(_, shown)| shown.len()).max().unwrap_or(0);
    let unit = predict::unit();
    let units = rows.saturating_sub(1).to_string().len().max(cells(&unit));
    write!(out, "  {}", pad(&unit, units))?;
    for ((name, _), width) in columns.iter().zip(&widths) {
        write!(out, "  {name:>width$}")?;
    }
    writeln!(out)?;
    for row in 0..rows {
        write!(out, "  {row:>units$}")?;
        for ((_, shown), width) in columns.iter().zip(&widths) {
            write!(out, "  {:>width$}", shown.get(row).map_or("", String::as_str))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
