//! `byhand explain`: the worked solution.

use std::{io::Write, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    CommandError, Done,
    input::{InputArgs, does_not_fit},
    model::{MistakeArgs, ModelArgs},
};
use crate::{
    explain::{Decimals, Solution, json, text},
    pass::{Address, Pass},
};

const AFTER_HELP: &str = "\
Examples:
  byhand explain line-1-16-1 --input 10
  byhand explain line-1-16-1 --input 10 --value 'dense.z[1]' --digits exact
  byhand explain sum-2-5-1 --input 0.3,0.1 --json
  byhand explain weights.txt --activations relu,softmax --input @sample.csv | less

A value's address is LAYER.STAGE[INDEX], counted from 0. The stages are in (what
arrives), wx (the weighted sum), z (with bias) and a (after the activation);
input[0] and output[0] are the network's own. Of large layers the units in the
middle are left out; --value shows any one of them.";

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
    /// Decimals, or `exact`
    #[arg(long, value_name = "N", default_value_t)]
    digits: Decimals,
    /// For programs: the same as --format json, one line each input
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// Lines for the terminal
    #[default]
    Text,
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
        for (i, (text, input)) in self.inputs.all()?.into_iter().enumerate() {
            let pass = Pass::new(&model.network, &input, &mistakes).map_err(|why| does_not_fit(text, why))?;
            let solution =
                Solution::new(&pass, address.as_ref()).map_err(|why| about(value.unwrap_or_default(), why))?;
            if self.json || self.format == Format::Json {
                writeln!(out, "{}", json::write(&solution))?;
                continue;
            }
            if i > 0 {
                writeln!(out)?;
            }
            out.write_all(text::write(&solution, self.digits).as_bytes())?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
