//! `byhand explain`: the worked solution.

mod graph;

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use thiserror::Error;

use super::{
    CommandError, Done,
    input::{InputArgs, does_not_fit},
    model::{Loaded, MistakeArgs, ModelArgs},
    train::{self, Data, TrainOptions},
};
use crate::{
    explain::{
        Sheet, Solution, beside, csv, json, latex, markdown, matrix, page, text,
        workbook::{self, WorkbookError},
    },
    load::Model,
    mistake::Mistake,
    network::number::Digits,
    pass::{Address, AddressError, Pass},
    words::{self, explain, help},
};

#[derive(Debug, Args)]
#[command(after_help = help::explain_examples())]
pub(super) struct Explain {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    mistakes: MistakeArgs,
    #[arg(long, value_name = "ADDRESS", help = help::explain_value())]
    value: Option<String>,
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, hide_default_value = true)]
    #[arg(help = help::explain_format())]
    format: Format,
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, hide_default_value = true)]
    #[arg(help = help::explain_form())]
    form: Form,
    #[arg(long, value_name = "N", default_value_t, hide_default_value = true, help = help::explain_digits())]
    digits: Digits,
    #[arg(long, conflicts_with = "format", help = help::explain_json())]
    json: bool,
    #[arg(long, short, value_name = "FILE", help = help::explain_output())]
    output: Option<PathBuf>,
    #[command(flatten)]
    options: TrainOptions,
    #[arg(long, value_name = "FILE", help = help::train_data())]
    data: Option<PathBuf>,
    #[arg(long, value_name = "COLUMNS", help = help::train_targets())]
    targets: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Markdown,
    Html,
    Latex,
    Csv,
    Json,
    Xlsx,
}

/// The form of LaTeX.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Form {
    #[default]
    Lines,
    Matrix,
}

/// Why a worked solution cannot be written.
#[derive(Debug, Error)]
pub enum ExplainError {
    /// A workbook for a terminal.
    #[error("{}", explain::workbook_terminal())]
    Terminal,
    /// A workbook of several inputs.
    #[error("{}", explain::workbook_one_input(*count))]
    Inputs {
        /// How many.
        count: usize,
    },
    /// Matrices in a format that has none.
    #[error("{}", explain::matrix_form())]
    Form,
    /// Matrices of a graph of layers.
    #[error("{}", explain::matrix_of_graph(model))]
    GraphForm {
        /// The model.
        model: String,
    },
    /// A workbook of a training step.
    #[error("{}", explain::workbook_training())]
    Training,
    /// The workbook cannot be made.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The file cannot be written.
    #[error("{}", words::train::not_written(path.display(), why))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
}

impl Explain {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        if self.format == Format::Xlsx && self.output.is_none() && io::stdout().is_terminal() {
            return Err(ExplainError::Terminal.into());
        }
        if self.form == Form::Matrix && self.format != Format::Latex {
            return Err(ExplainError::Form.into());
        }
        let Some(path) = self.output.clone() else { return self.write(out) };
        let mut written = Vec::new();
        let code = self.write(&mut written)?;
        fs::write(&path, written).map_err(|why| ExplainError::Write { path, why })?;
        Ok(code)
    }

    fn write(&self, out: &mut impl Write) -> Done {
        if self.options.any() || self.model.is_training_file() {
            if self.format == Format::Xlsx {
                return Err(ExplainError::Training.into());
            }
            let data =
                Data { inputs: self.inputs.texts(), table: self.data.as_deref(), targets: self.targets.as_deref() };
            let json = self.json || self.format == Format::Json;
            return train::explain(&self.options, &self.model, &data, self.value.as_deref(), json, out);
        }
        let model = match self.model.chain_or_file()? {
            Loaded::Chain(model) => *model,
            Loaded::File(file) => return graph::run(self, &file, out),
        };
        let mistakes = self.mistakes.of(&model.network)?;
        let about = |address: &str, why| CommandError::Address { address: address.to_owned(), why: Box::new(why) };
        let value = self.value.as_deref();
        let address = value.map(|text| text.parse::<Address>().map_err(|why| about(text, why))).transpose()?;
        let format = if self.json { Format::Json } else { self.format };
        let inputs = self.inputs.all()?;
        Self::fits_one(format, inputs.len())?;
        for (i, (text, input)) in inputs.into_iter().enumerate() {
            let pass = |mistakes: &[Mistake]| {
                Pass::new(&model.network, &input, mistakes).map_err(|why| does_not_fit(text, why))
            };
            let right = pass(&[])?;
            let wrong = if mistakes.is_empty() { None } else { Some(pass(&mistakes)?) };
            if format == Format::Xlsx {
                address
                    .as_ref()
                    .map(|address| right.get(address))
                    .transpose()
                    .map_err(|why| about(value.unwrap_or_default(), why))?;
                let book = workbook::of_chain(&right, wrong.as_ref(), address.as_ref());
                out.write_all(&book.map_err(ExplainError::from)?)?;
                continue;
            }
            if self.form == Form::Matrix {
                out.write_all(matrix::write(&right, wrong.as_ref(), self.digits).as_bytes())?;
                continue;
            }
            let written = write(&right, wrong.as_ref(), address.as_ref(), format, self.digits);
            let written = written.map_err(|why| about(value.unwrap_or_default(), why))?;
            if i > 0 && format != Format::Json {
                writeln!(out)?;
            }
            let written = match format {
                Format::Html => page(&right, wrong.as_ref(), &model, &written),
                _ => written,
            };
            out.write_all(written.as_bytes())?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// A workbook is one file, for one input.
    fn fits_one(format: Format, count: usize) -> Result<(), ExplainError> {
        if format == Format::Xlsx && count != 1 { Err(ExplainError::Inputs { count }) } else { Ok(()) }
    }
}

/// One pass, or two side by side, with a line end.
fn write(
    right: &Pass,
    wrong: Option<&Pass>,
    asked: Option<&Address>,
    format: Format,
    decimals: Digits,
) -> Result<String, AddressError> {
    let sheet = || wrong.map_or_else(|| Sheet::new(right, asked), |wrong| Sheet::beside(right, wrong, asked));
    Ok(match (format, wrong) {
        (Format::Json, None) => json::write(&Solution::new(right, asked)?) + "\n",
        (Format::Json, Some(wrong)) => json::beside(right, wrong, asked)? + "\n",
        (Format::Text, None) => text::write(&Solution::new(right, asked)?, decimals),
        (Format::Text, Some(_)) => beside::write(&sheet()?, decimals),
        // A page is made of the Markdown.
        (Format::Markdown | Format::Html, _) => markdown::write(&sheet()?, decimals),
        (Format::Latex, _) => latex::write(&sheet()?, decimals),
        // A workbook is no text; see `workbook`.
        (Format::Csv | Format::Xlsx, _) => csv::write(&sheet()?, decimals),
    })
}

/// A page of HTML of a solution in Markdown, with the network and, for one input, its curve.
fn page(right: &Pass, wrong: Option<&Pass>, model: &Model, markdown: &str) -> String {
    let shown = wrong.unwrap_or(right);
    let mut pictures = vec![(page::diagram(shown), explain::page_diagram())];
    let here = right.input().first().copied().unwrap_or(0.0);
    let around = here.abs().max(1.0);
    let region = model.facts.region.first().copied().unwrap_or((here - around, here + around));
    let caption = if wrong.is_some() { explain::page_function_both() } else { explain::page_function() };
    pictures.extend(page::plot(right, wrong, region).map(|plot| (plot, caption)));
    page::write(right.network().name(), markdown, &pictures)
}
