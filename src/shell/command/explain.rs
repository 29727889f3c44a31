//! `byhand explain`: the worked solution.

mod graph;

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    CommandError, Done,
    input::{InputArgs, does_not_fit},
    model::{Loaded, MistakeArgs, ModelArgs},
    train::{self, Data, TrainOptions},
};
use crate::{
    explain::{Sheet, Solution, beside, csv, json, latex, markdown, text},
    mistake::Mistake,
    network::number::Digits,
    pass::{Address, AddressError, Pass},
    words::help,
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
    #[arg(long, value_name = "N", default_value_t, hide_default_value = true, help = help::explain_digits())]
    digits: Digits,
    #[arg(long, conflicts_with = "format", help = help::explain_json())]
    json: bool,
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
    Latex,
    Csv,
    Json,
}

impl Explain {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        if self.options.any() || self.model.is_training_file() {
            let data =
                Data { inputs: self.inputs.texts(), table: self.data.as_deref(), targets: self.targets.as_deref() };
            let json = self.json || self.format == Format::Json;
            return train::explain(&self.options, &self.model, &data, self.value.as_deref(), json, out);
        }
        let model = match self.model.chain_or_file()? {
            Loaded::Chain(model) => *model,
            Loaded::File(file) => return graph::run(&self, &file, out),
        };
        let mistakes = self.mistakes.of(&model.network)?;
        let about = |address: &str, why| CommandError::Address { address: address.to_owned(), why: Box::new(why) };
        let value = self.value.as_deref();
        let address = value.map(|text| text.parse::<Address>().map_err(|why| about(text, why))).transpose()?;
        let format = if self.json { Format::Json } else { self.format };
        for (i, (text, input)) in self.inputs.all()?.into_iter().enumerate() {
            let pass = |mistakes: &[Mistake]| {
                Pass::new(&model.network, &input, mistakes).map_err(|why| does_not_fit(text, why))
            };
            let right = pass(&[])?;
            let wrong = if mistakes.is_empty() { None } else { Some(pass(&mistakes)?) };
            let written = write(&right, wrong.as_ref(), address.as_ref(), format, self.digits);
            let written = written.map_err(|why| about(value.unwrap_or_default(), why))?;
            if i > 0 && format != Format::Json {
                writeln!(out)?;
            }
            out.write_all(written.as_bytes())?;
        }
        Ok(ExitCode::SUCCESS)
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
        (Format::Markdown, _) => markdown::write(&sheet()?, decimals),
        (Format::Latex, _) => latex::write(&sheet()?, decimals),
        (Format::Csv, _) => csv::write(&sheet()?, decimals),
    })
}
