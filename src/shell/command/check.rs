//! `byhand check`: which mistake gives this number?

mod answers;
mod json;
mod progress;
mod text;

use std::{io::Write, process::ExitCode, time::Duration};

use clap::Args;
use thiserror::Error;

use super::{
    Done, FOUND,
    input::{InputArgs, does_not_fit},
    model::ModelArgs,
};
use crate::{
    diagnose::{Answer, AnswerError, Conclusion, Inquiry, Observation, ObservationError},
    load::Model,
    pass::{Address, AddressError},
    shell::read::ReadError,
};

const AFTER_HELP: &str = "\
Examples:
  byhand check line-1-16-1 --input 10 --answer 20.475
  byhand check line-1-16-1 --input 10 --answer 20.475 --input 0 --answer 5.0739
  byhand check sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer @mine.csv:z
  byhand check weights.txt --activations relu,linear --input 3 --answer 9.69 --json
  byhand check weights.txt --activations tanh,linear --input 40 --answer 0.31
      --scaling input=0,100:-1,1 --scaling output=0,205:-1,1

Write the answer with all the digits that you got: the more there are, the less is
left to chance. A list answers every value of --at in order; without --at that is
the network's output. One --input serves several --answer --at pairs. --scaling
says what was done to the numbers before training (`byhand help predict` has every
form), so that what was forgotten or done otherwise can be found.
Exit code: 0 the answer is right to its digits, 1 it is not, 2 it cannot be checked.";

/// Says which mistake gives your number, where it leaves the right way, and which input to try next.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Check {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    inputs: InputArgs,
    /// What you got; once for each input.
    #[arg(
        help = "What you got: a number, a list such as 0.1,0.2, @FILE or @FILE:COLUMN of a table; once for each input"
    )]
    #[arg(long = "answer", value_name = "Y", required = true, allow_hyphen_values = true)]
    answers: Vec<String>,
    /// Which value it is, such as dense.z[3], or dense.z for the whole list; once for all or once for each answer
    #[arg(long = "at", value_name = "ADDRESS")]
    at: Vec<String>,
    /// How long to search
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
    budget: f64,
    /// For programs
    #[arg(long)]
    json: bool,
}

/// Why an answer cannot be checked.
#[derive(Debug, Error)]
pub enum CheckError {
    /// An answer without its input, or the other way round.
    #[error(
        "there are {inputs} `--input` and {answers} `--answer`; give each answer its input, or one input for all of them"
    )]
    Pairs {
        /// How many inputs.
        inputs: usize,
        /// How many answers.
        answers: usize,
    },
    /// An address too many or too few.
    #[error("there are {addresses} `--at` and {answers} `--answer`; give `--at` once, or once for each answer")]
    Addresses {
        /// How many addresses.
        addresses: usize,
        /// How many answers.
        answers: usize,
    },
    /// Not a number.
    #[error("--answer{place}: {why}")]
    Answer {
        /// Where it stands, if in a file.
        place: String,
        /// What is wrong with it.
        why: AnswerError,
    },
    /// A table, and no word about which column.
    #[error("--answer: `{name}` has several columns: {columns}; say which, as in @{name}:{example}")]
    Columns {
        /// The file.
        name: String,
        /// Its columns.
        columns: String,
        /// One of them.
        example: String,
    },
    /// A column that the table does not have.
    #[error("--answer: `{name}` has no column `{column}`; the columns are {columns}")]
    NoColumn {
        /// The file.
        name: String,
        /// As written.
        column: String,
        /// Its columns.
        columns: String,
    },
    /// A format that is not read.
    #[error(
        "--answer: `{name}` is {format}; save your numbers as text first, in Python: np.savetxt(\"mine.csv\", y.ravel())"
    )]
    Format {
        /// The file.
        name: String,
        /// What it is.
        format: &'static str,
    },
    /// A file cannot be read.
    #[error("--answer: {0}")]
    Read(#[from] ReadError),
    /// Not an address.
    #[error("--at {address}: {why}")]
    Address {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: Box<AddressError>,
    },
    /// It does not fit the network.
    #[error("--answer {answer}: {why}{hint}")]
    Observation {
        /// As written.
        answer: String,
        /// What does not fit.
        why: Box<ObservationError>,
        /// What may be the reason.
        hint: &'static str,
    },
    /// Not a time.
    #[error("--budget: {seconds} is no time; give seconds, such as 1 or 0.2")]
    Budget {
        /// As given.
        seconds: f64,
    },
}

impl Check {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let seconds = self.budget;
        let budget = Duration::try_from_secs_f64(seconds).map_err(|_| CheckError::Budget { seconds })?;
        let model = self.model.load()?;
        let observations = self.observations(&model)?;
        let (network, region) = (&model.network, &model.facts.region);
        let diagnosis = match Inquiry::new(network, region, &observations) {
            Ok(mut inquiry) => {
                progress::search(&mut inquiry, budget);
                inquiry.conclude()
            }
            Err(ObservationError::Input(why)) => {
                let inputs = self.inputs.all()?;
                let fits = |(_, input): &&(&str, Vec<f32>)| input.len() != network.inputs();
                let text = inputs.iter().find(fits).map_or("", |(text, _)| text);
                return Err(does_not_fit(text, why).into());
            }
            Err(ObservationError::Address(why)) if !self.at.is_empty() => {
                return Err(CheckError::Address { address: self.at.join(" "), why: Box::new(why) }.into());
            }
            Err(why) => {
                let answer = self.answers.join(" ");
                let comma = matches!(why, ObservationError::Count { expected: 1, got: 2, .. });
                let hint = if comma && !answer.contains('.') && !answer.contains('@') {
                    "; decimals are written with a point, as in 20.475"
                } else {
                    ""
                };
                return Err(CheckError::Observation { answer, why: Box::new(why), hint }.into());
            }
        };
        if self.json {
            writeln!(out, "{}", json::write(network, &diagnosis))?;
        } else {
            out.write_all(text::write(&model, &diagnosis).as_bytes())?;
        }
        let right = diagnosis.conclusion == Conclusion::Correct;
        Ok(if right { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
    }

    /// Inputs, answers and addresses in their pairs.
    fn observations(&self, model: &Model) -> Result<Vec<Observation>, super::CommandError> {
        let inputs = self.inputs.all()?;
        let answers: Vec<Vec<Answer>> =
            self.answers.iter().map(|text| answers::read(text)).collect::<Result<_, _>>()?;
        if inputs.len() != 1 && inputs.len() != answers.len() {
            return Err(CheckError::Pairs { inputs: inputs.len(), answers: answers.len() }.into());
        }
        if self.at.len() > 1 && self.at.len() != answers.len() {
            return Err(CheckError::Addresses { addresses: self.at.len(), answers: answers.len() }.into());
        }
        let mut observations = Vec::new();
        for (i, answers) in answers.into_iter().enumerate() {
            let (_, input) = &inputs[i.min(inputs.len() - 1)];
            let at = match self.at.get(i).or(self.at.first()) {
                Some(text) => {
                    let why = |why| CheckError::Address { address: text.clone(), why: Box::new(why) };
                    text.parse().map_err(why)?
                }
                None if model.network.outputs() == 1 && answers.len() == 1 => Address::output(0),
                None => Address { of: crate::pass::address::Of::Output, index: Vec::new() },
            };
            observations.push(Observation { input: input.clone(), at, answers });
        }
        Ok(observations)
    }
}
