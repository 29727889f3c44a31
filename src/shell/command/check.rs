//! `byhand check`: which mistake gives this number?

mod answers;
mod data;
mod graph;
mod json;
mod model;
mod progress;
mod text;

use std::{io::Write, path::PathBuf, process::ExitCode, time::Duration};

use clap::Args;
use thiserror::Error;

use super::{
    Done, FOUND,
    input::{InputArgs, does_not_fit},
    model::{Loaded, ModelArgs},
};
use crate::{
    diagnose::{
        Answer, AnswerError, Inquiry, Observation, ObservationError,
        model_says::{Checked, Known, ModelInquiry, Overall, Training},
    },
    load::{Format, Model, TableError},
    pass::{Address, AddressError, address::Of},
    shell::read::ReadError,
    words,
};

const AFTER_HELP: &str = "\
Examples:
  byhand check line-1-16-1 --input 10 --answer 20.475
  byhand check line-1-16-1 --input 10 --answer 20.475 --input 0 --answer 5.0739
  byhand check sum-2-5-1 --input 0.3,0.1 --at hidden.z --answer @mine.csv:z
  byhand check weights.txt --activations relu,linear --input 3 --answer 9.69 --json
  byhand check weights.txt --activations tanh,linear --input 40 --answer 0.31
      --scaling input=0,100:-1,1 --scaling output=0,205:-1,1
  byhand check line-1-16-1 --input 40 --answer 85.0086 --model-says 5.7705
  byhand check weights.txt --activations relu,linear --data train.csv
      --input 40 --model-says 85.01

Write the answer with all the digits that you got: the more there are, the less is
left to chance. A list answers every value of --at in order; without --at that is
the network's output. One --input serves several --answer --at pairs. --scaling
says what was done to the numbers before training (`byhand help predict` has every
form), so that what was forgotten or done otherwise can be found.

--model-says is the framework's own number. Where your sum is right and the
framework still says something else, the network is not as you described it: then
what was not said is looked for, such as a scaling, an activation, a transposed
kernel, an epsilon or the order of the arrays. Two or more pairs of --input and
--model-says find a scaling whose numbers nobody knows; --data takes them from the
training table.
Exit code: 0 all numbers fit the network, 1 one does not, 2 it cannot be checked.";

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
    #[arg(long = "answer", value_name = "Y", allow_hyphen_values = true)]
    answers: Vec<String>,
    /// What the framework says, written as --answer; once for each input
    #[arg(long = "model-says", value_name = "Y", allow_hyphen_values = true)]
    model_says: Vec<String>,
    /// The training table (CSV), for the numbers of a scaling: a column for each input, then the targets
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Which columns of --data are targets, by heading or number, such as price or 3,4
    #[arg(long, value_name = "COLUMNS")]
    targets: Option<String>,
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
    #[error("{option}{place}: {why}")]
    Answer {
        /// Of which option.
        option: &'static str,
        /// Where it stands, if in a file.
        place: String,
        /// What is wrong with it.
        why: AnswerError,
    },
    /// A table, and no word about which column.
    #[error("{option}: `{name}` has several columns: {columns}; say which, as in @{name}:{example}")]
    Columns {
        /// Of which option.
        option: &'static str,
        /// The file.
        name: String,
        /// Its columns.
        columns: String,
        /// One of them.
        example: String,
    },
    /// A column that the table does not have.
    #[error("{option}: `{name}` has no column `{column}`; the columns are {columns}")]
    NoColumn {
        /// Of which option.
        option: &'static str,
        /// The file.
        name: String,
        /// As written.
        column: String,
        /// Its columns.
        columns: String,
    },
    /// A format that is not read.
    #[error(
        "{option}: `{name}` is {format}; save your numbers as text first, in Python: np.savetxt(\"mine.csv\", y.ravel())"
    )]
    Format {
        /// Of which option.
        option: &'static str,
        /// The file.
        name: String,
        /// What it is.
        format: Format,
    },
    /// A file cannot be read.
    #[error("{option}: {why}")]
    Read {
        /// Of which option.
        option: &'static str,
        /// Why not.
        why: ReadError,
    },
    /// Not an address.
    #[error("--at {address}: {why}")]
    Address {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: Box<AddressError>,
    },
    /// It does not fit the network.
    #[error("{option} {answer}: {why}{hint}")]
    Observation {
        /// Of which option.
        option: &'static str,
        /// As written.
        answer: String,
        /// What does not fit.
        why: Box<ObservationError>,
        /// What may be the reason.
        hint: &'static str,
    },
    /// A number of the model without its input, or the other way round.
    #[error("{}", words::model_says::pairs(inputs, numbers))]
    ModelPairs {
        /// How many inputs.
        inputs: usize,
        /// How many of the model's numbers.
        numbers: usize,
    },
    /// An address too many or too few for the model's numbers.
    #[error("{}", words::model_says::addresses(addresses, numbers))]
    ModelAddresses {
        /// How many addresses.
        addresses: usize,
        /// How many of the model's numbers.
        numbers: usize,
    },
    /// Neither an answer nor the model's number.
    #[error("{}", words::model_says::nothing())]
    Nothing,
    /// `--targets` without `--data`.
    #[error("{}", words::model_says::targets_alone())]
    TargetsAlone,
    /// The training table cannot be read.
    #[error("--data: {0}")]
    Data(ReadError),
    /// The training table is no text.
    #[error(
        "--data: `{name}` is {format}; save the table as CSV first, in Python: pd.DataFrame(x).to_csv(\"train.csv\", index=False)"
    )]
    DataFormat {
        /// The file.
        name: String,
        /// What it is.
        format: Format,
    },
    /// The training table cannot be used.
    #[error("--data: {0}")]
    Table(#[from] TableError),
    /// A number of the framework's for a network that no chain is.
    #[error("{}", words::observed::model_says_of_chains())]
    ModelOfGraph,
    /// It does not fit the graph of layers.
    #[error("{}", words::observed::answer(answer, why))]
    Graph {
        /// As written.
        answer: String,
        /// What does not fit.
        why: Box<crate::diagnose::graph::ObservationError>,
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
        if self.answers.is_empty() && self.model_says.is_empty() {
            return Err(CheckError::Nothing.into());
        }
        let model = match self.model.chain_or_file()? {
            Loaded::Chain(model) => *model,
            Loaded::File(file) => return graph::run(&self, &file, budget, out),
        };
        let training = self.training(&model)?;
        let checked = Checked {
            answer: self.answer(&model, budget)?,
            model: self.own_number(&model, training.as_ref(), budget)?,
        };
        if self.json {
            writeln!(out, "{}", json::write(&model.network, &checked))?;
        } else {
            out.write_all(text::write(&model, &checked).as_bytes())?;
        }
        let right = checked.overall() == Overall::Correct;
        Ok(if right { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
    }

    /// The diagnosis of the answers, if there are any.
    fn answer(
        &self,
        model: &Model,
        budget: Duration,
    ) -> Result<Option<crate::diagnose::Diagnosis>, super::CommandError> {
        if self.answers.is_empty() {
            return Ok(None);
        }
        let observations = self.observations(model, &self.answers, "--answer")?;
        let inquiry = Inquiry::new(&model.network, &model.facts.region, &observations);
        let mut inquiry = inquiry.map_err(|why| self.not_fitting(model, &self.answers, why))?;
        progress::search(&mut inquiry, budget);
        Ok(Some(inquiry.conclude()))
    }

    /// Why the model's own numbers are others than the network's, if there are any.
    fn own_number(
        &self,
        model: &Model,
        training: Option<&Training>,
        budget: Duration,
    ) -> Result<Option<crate::diagnose::model_says::ModelFinding>, super::CommandError> {
        if self.model_says.is_empty() {
            return Ok(None);
        }
        let observations = self.observations(model, &self.model_says, "--model-says")?;
        let of_table = training.map(Training::region).unwrap_or_default();
        let region = if of_table.is_empty() { &model.facts.region } else { &of_table };
        let known = Known { region, decimals: model.facts.decimals.map(usize::from), training };
        let inquiry = ModelInquiry::new(&model.network, &known, &observations);
        let mut inquiry = inquiry.map_err(|why| self.not_fitting(model, &self.model_says, why))?;
        progress::search(&mut inquiry, budget);
        Ok(Some(inquiry.conclude()))
    }

    /// The training table, if there is one.
    fn training(&self, model: &Model) -> Result<Option<Training>, CheckError> {
        match (&self.data, &self.targets) {
            (None, Some(_)) => Err(CheckError::TargetsAlone),
            (None, None) => Ok(None),
            (Some(file), targets) => data::read(file, targets.as_deref(), &model.network).map(Some),
        }
    }

    /// The error for numbers that the network does not have.
    fn not_fitting(&self, model: &Model, answers: &[String], why: ObservationError) -> super::CommandError {
        match why {
            ObservationError::Input(why) => {
                let inputs = self.inputs.all().unwrap_or_default();
                let fits = |(_, input): &&(&str, Vec<f32>)| input.len() != model.network.inputs();
                let text = inputs.iter().find(fits).map_or("", |(text, _)| text);
                does_not_fit(text, why).into()
            }
            ObservationError::Address(why) if !self.at.is_empty() => {
                CheckError::Address { address: self.at.join(" "), why: Box::new(why) }.into()
            }
            why => {
                let answer = answers.join(" ");
                let comma = matches!(why, ObservationError::Count { expected: 1, got: 2, .. });
                let hint = if comma && !answer.contains('.') && !answer.contains('@') {
                    "; decimals are written with a point, as in 20.475"
                } else {
                    ""
                };
                let option = if answers == self.answers { "--answer" } else { "--model-says" };
                CheckError::Observation { option, answer, why: Box::new(why), hint }.into()
            }
        }
    }

    /// Inputs, numbers and addresses in their pairs.
    fn observations(
        &self,
        model: &Model,
        texts: &[String],
        option: &'static str,
    ) -> Result<Vec<Observation>, super::CommandError> {
        let inputs = self.inputs.all()?;
        let answers: Vec<Vec<Answer>> =
            texts.iter().map(|text| answers::read(text, option)).collect::<Result<_, _>>()?;
        let of_model = option == "--model-says";
        if inputs.len() != 1 && inputs.len() != answers.len() {
            let (inputs, answers) = (inputs.len(), answers.len());
            return Err(if of_model {
                CheckError::ModelPairs { inputs, numbers: answers }
            } else {
                CheckError::Pairs { inputs, answers }
            }
            .into());
        }
        if self.at.len() > 1 && self.at.len() != answers.len() {
            let (addresses, answers) = (self.at.len(), answers.len());
            return Err(if of_model {
                CheckError::ModelAddresses { addresses, numbers: answers }
            } else {
                CheckError::Addresses { addresses, answers }
            }
            .into());
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
                None => Address { of: Of::Output, index: Vec::new() },
            };
            observations.push(Observation { input: input.clone(), at, answers });
        }
        Ok(observations)
    }
}
