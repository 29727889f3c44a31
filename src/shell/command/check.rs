//! `byhand check`: which mistake gives this number?

mod answers;
mod cells;
mod data;
mod entry;
mod graph;
mod json;
mod model;
mod progress;
mod text;
pub(super) mod training;

use std::{io::Write, path::PathBuf, process::ExitCode, time::Duration};

use clap::Args;
use thiserror::Error;

use super::{
    Done, FOUND,
    input::{InputArgs, does_not_fit},
    model::{Loaded, ModelArgs},
    train::TrainOptions,
};
use crate::{
    diagnose::{
        Answer, AnswerError, Inquiry, Observation, ObservationError,
        model_says::{Checked, Known, ModelInquiry, Overall, Training},
    },
    load::{Format, Model, TableError},
    pass::{Address, AddressError, address::Of},
    shell::read::ReadError,
    words::{self, help},
};

/// Says which mistake gives your number, where it leaves the right way, and which input to try next.
#[derive(Debug, Args)]
#[command(after_help = help::check_examples())]
pub(super) struct Check {
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    inputs: InputArgs,
    #[arg(long = "answer", value_name = "Y", allow_hyphen_values = true, help = help::check_answer())]
    answers: Vec<String>,
    #[arg(long = "model-says", value_name = "Y", allow_hyphen_values = true, help = help::check_model_says())]
    model_says: Vec<String>,
    #[arg(long, value_name = "FILE", help = help::check_data())]
    data: Option<PathBuf>,
    #[arg(long, value_name = "COLUMNS", help = help::check_targets())]
    targets: Option<String>,
    #[arg(long = "at", value_name = "ADDRESS", help = help::check_at())]
    at: Vec<String>,
    #[command(flatten)]
    options: TrainOptions,
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, help = help::check_budget())]
    budget: f64,
    #[arg(long, help = help::option_json())]
    json: bool,
}

/// Why an answer cannot be checked.
#[derive(Debug, Error)]
pub enum CheckError {
    /// An answer without its input, or the other way round.
    #[error("{}", words::check::pairs(answers, inputs))]
    Pairs {
        /// How many inputs.
        inputs: usize,
        /// How many answers.
        answers: usize,
    },
    /// An address too many or too few.
    #[error("{}", words::check::addresses(addresses, answers))]
    Addresses {
        /// How many addresses.
        addresses: usize,
        /// How many answers.
        answers: usize,
    },
    /// Not a number.
    #[error("{}", answer_says(option, place, why))]
    Answer {
        /// Of which option.
        option: &'static str,
        /// Where it is.
        place: Place,
        /// What is wrong with it.
        why: AnswerError,
    },
    /// A table, and no word about which column.
    #[error("{}", words::check::columns(columns, example, name, option))]
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
    #[error("{}", words::check::no_column(column, columns, name, option))]
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
    #[error("{}", words::check::format(format, name, option))]
    Format {
        /// Of which option.
        option: &'static str,
        /// The file.
        name: String,
        /// What it is.
        format: Format,
    },
    /// The cells of a workbook are no answer.
    #[error(transparent)]
    Cells(#[from] Box<cells::CellsError>),
    /// A file cannot be read.
    #[error("{}", words::check::answer(option, why))]
    Read {
        /// Of which option.
        option: &'static str,
        /// Why not.
        why: ReadError,
    },
    /// Not an address.
    #[error("{}", words::check::address(address, why))]
    Address {
        /// As written.
        address: String,
        /// What is wrong with it.
        why: Box<AddressError>,
    },
    /// It does not fit the network.
    #[error("{}", observation_says(option, answer, why, *comma))]
    Observation {
        /// Of which option.
        option: &'static str,
        /// As written.
        answer: String,
        /// What does not fit.
        why: Box<ObservationError>,
        /// Whether a decimal comma may be the reason.
        comma: bool,
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
    #[error("{}", words::check::data(.0))]
    Data(ReadError),
    /// The training table is not text.
    #[error("{}", words::check::data_format(format, name))]
    DataFormat {
        /// The file.
        name: String,
        /// What it is.
        format: Format,
    },
    /// The training table cannot be used.
    #[error("{}", words::check::data(.0))]
    Table(#[from] TableError),
    /// It does not fit the graph of layers.
    #[error("{}", words::observed::answer(answer, why))]
    Graph {
        /// As written.
        answer: String,
        /// What does not fit.
        why: Box<crate::diagnose::graph::ObservationError>,
    },
    /// Not a time.
    #[error("{}", words::check::budget(seconds))]
    Budget {
        /// As given.
        seconds: f64,
    },
}

/// Where an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the command line.
    Option,
    /// In this file.
    File(String),
    /// In this line of a file, from 1.
    Line(String, usize),
    /// In this line and column of a table, both from 1.
    Cell(String, usize, usize),
}

fn answer_says(option: &str, place: &Place, why: &AnswerError) -> String {
    match place {
        Place::Option => words::check::answer(option, why),
        Place::File(file) => words::check::answer_in_file(file, option, why),
        Place::Line(file, line) => words::check::answer_in_line(file, line, option, why),
        Place::Cell(file, line, column) => words::check::answer_in_cell(column, file, line, option, why),
    }
}

fn observation_says(option: &str, answer: &str, why: &ObservationError, comma: bool) -> String {
    if comma {
        return words::check::observation_comma(answer, option, why);
    }
    words::check::observation(answer, option, why)
}

impl Check {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let seconds = self.budget;
        let budget = Duration::try_from_secs_f64(seconds).map_err(|_| CheckError::Budget { seconds })?;
        if self.answers.is_empty() && self.model_says.is_empty() {
            return Err(CheckError::Nothing.into());
        }
        if self.options.any() || self.model.is_training_file() {
            return self.of_training(budget, out);
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
                let comma = comma && !answer.contains(['.', '@']);
                let option = if answers == self.answers { "--answer" } else { "--model-says" };
                CheckError::Observation { option, answer, why: Box::new(why), comma }.into()
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
