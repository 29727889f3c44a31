//! `byhand explain`: the worked solution.

use std::{io::Write, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    CommandError, Done,
    input::{InputArgs, does_not_fit},
    model::{MistakeArgs, ModelArgs},
};
use crate::{
    explain::{Sheet, Solution, beside, csv, json, latex, markdown, text},
    mistake::Mistake,
    network::number::Digits,
    pass::{Address, AddressError, Pass},
};

const AFTER_HELP: &str = "\
Examples:
  byhand explain line-1-16-1 --input 10
  byhand explain line-1-16-1 --input 10 --value 'dense.z[1]' --digits exact
  byhand explain line-1-16-1 --input 10 --mistake skipped-activation:dense
  byhand explain sum-2-5-1 --input 0.3,0.1 --format csv
  byhand explain weights.txt --activations relu,softmax --input @sample.csv | less

A value's address is LAYER.STAGE[INDEX], counted from 0. The stages are in (what
arrives), wx (the weighted sum), z (with bias) and a (after the activation);
input[0] and output[0] are the network's own. Of large layers the units in the
middle are left out; --value shows any one of them.

With --mistake the wrong calculation stands beside the right one, and the first
line that differs is marked. Markdown has a table a layer, latex an align* (it
needs amsmath), csv one row an action with all digits in the results; json has
the members \"right\" and \"wrong\". `byhand help predict` has every form of --scaling.";

/// Prints every product, sum, bias and activation, as one would write it into an exercise book.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Explain {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[command(flatten)]
    mistakes: MistakeArgs,
    /// Only this value and what it is computed from, such as dense.z[3]
    #[arg(long, value_name = "ADDRESS")]
    value: Option<String>,
    /// How the solution is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// or `exact`
    #[arg(long, value_name = "N", default_value_t)]
    digits: Digits,
    /// For programs: the same as --format json, one line each input
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// Lines for the terminal
    #[default]
    Text,
    /// A table a layer
    Markdown,
    /// Aligned equations for a document
    Latex,
    /// One row an action, for a spreadsheet
    Csv,
    /// One object a line
    Json,
}

impl Explain {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let model = self.model.load()?;
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
