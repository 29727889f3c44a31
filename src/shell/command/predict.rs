//! `byhand predict`: what a model answers.

use std::{io::Write, process::ExitCode};

use clap::Args;
use serde::Serialize;

use super::{
    Done,
    input::{InputArgs, does_not_fit},
    model::{MistakeArgs, ModelArgs},
};
use crate::{
    diagnose::Answer,
    explain::text::list,
    json::{self, Number, numbers},
    load::{Known, Model},
    network::{Stage, number::Digits, ulps},
    pass::Pass,
    plain::plain,
};

const AFTER_HELP: &str = "\
Examples:
  byhand predict line-1-16-1 --input 10
  byhand predict line-1-16-1 --input 10 --mistake skipped-activation:dense
  byhand predict sum-2-5-1 --input 0.3,0.1 --input 1,1 --layers
  byhand predict weights.txt --activations relu,softmax --input @sample.csv --json
  byhand predict weights.txt --activations tanh,linear --input 40
      --scaling input=0,100:-1,1 --scaling output=0,205:-1,1
  python dump.py | byhand predict - --activations tanh,tanh --input 0.3,0.1

`weights.txt` holds what print(model.get_weights()) printed; `byhand models` lists
the built-in models. If the network was trained on scaled numbers, say so with
--scaling, and type the numbers as they were before:
  --scaling input=0,100             0 to 100 were mapped to [0, 1]
  --scaling input=0,100:-1,1        ... to [-1, 1]
  --scaling input=/255              divided by 255
  --scaling input=standard:5,2      mean 5 taken away, divided by deviation 2
  --scaling 'input=0,100;standard:5,2'   two inputs, each in its own way
  --scaling output=0,205:-1,1       targets were mapped; the answer is mapped back
Numbers are float32, written with the fewest digits that read
back to the same number. JSON has no NaN and no infinity: they are the strings
\"nan\", \"inf\" and \"-inf\".";

/// Prints what a model answers, and how far that is from the model's own answer where that is known.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Predict {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    mistakes: MistakeArgs,
    /// Every layer: weighted sums (wx), with bias (z), after the activation (a)
    #[arg(long)]
    layers: bool,
    /// For programs
    #[arg(long)]
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
        let model = self.model.load()?;
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
    writeln!(out, "input   {}", list(pass.input(), Digits::Exact))?;
    writeln!(out, "output  {}", output.join(", "))?;
    for mistake in pass.mistakes() {
        writeln!(
            out,
            "{}",
            plain(&format!("with    {}: {}", mistake.name(pass.network()), mistake.says(pass.network())))
        )?;
    }
    if let Some(known) = model.known(pass.input()) {
        // A pass that is wrong on purpose is not a little away from the model.
        let far =
            if pass.mistakes().is_empty() { format!(": {}", distance(known, pass.output())) } else { String::new() };
        let says = format!("model   {} by {}{far}", known.output.join(", "), known.by);
        writeln!(out, "{}", plain(&says))?;
    }
    Ok(())
}

/// With fewer digits than this, a printed number does not tell a float32 from its neighbours.
const DIGITS_OF_A_FLOAT32: usize = 8;

/// How far the output is from the known answer, in words.
fn distance(known: &Known, output: &[f32]) -> String {
    let digits = known.output.iter().map(|text| significant(text)).min().unwrap_or(0);
    if digits < DIGITS_OF_A_FLOAT32 {
        let agrees =
            |(text, ours): (&String, &f32)| text.parse().is_ok_and(|answer: Answer| answer.agrees((*ours).into()));
        let same = known.output.iter().zip(output).all(agrees);
        let digits = if digits == 1 { "digit".to_owned() } else { format!("{digits} digits") };
        return if same { format!("the same to its {digits}") } else { format!("not the same to its {digits}") };
    }
    let far =
        known.output.iter().zip(output).map(|(text, &ours)| text.parse().map_or(u32::MAX, |theirs| ulps(ours, theirs)));
    match far.max().unwrap_or(0) {
        0 => "the same float32".to_owned(),
        u32::MAX => "not comparable".to_owned(),
        far => format!("{far} ulp away (units in the last place of a float32)"),
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
        let activation =
            layer.operation.as_dense().map(|dense| format!(", {}", dense.activation())).unwrap_or_default();
        writeln!(out, "{}", plain(&format!("{}: {}{activation}", layer.name, layer.operation.kind())))?;
        let widths: Vec<usize> = columns
            .iter()
            .map(|(name, cells)| cells.iter().map(String::len).chain([name.len()]).max().unwrap_or(0))
            .collect();
        let rows = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let units = rows.saturating_sub(1).to_string().len().max("unit".len());
        write!(out, "  {:>units$}", "unit")?;
        for ((name, _), width) in columns.iter().zip(&widths) {
            write!(out, "  {name:>width$}")?;
        }
        writeln!(out)?;
        for row in 0..rows {
            write!(out, "  {row:>units$}")?;
            for ((_, cells), width) in columns.iter().zip(&widths) {
                write!(out, "  {:>width$}", cells.get(row).map_or("", String::as_str))?;
            }
            writeln!(out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
