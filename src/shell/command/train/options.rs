//! The options of a training, put into the JSON of a training file.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value as Json, json};
use thiserror::Error;

use super::super::{
    CommandError,
    input::{InputArgs, InputError},
    model::ModelArgs,
};
use crate::{
    load::{Format, Table, TableError, format_of},
    shell::read::{self, ReadError},
    train::{TrainError, Training, file},
    words::{self, help},
};

/// What `byhand train` takes, and `check` and `explain` for a training.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::shell::command) struct TrainOptions {
    #[arg(long = "target", value_name = "T", allow_hyphen_values = true, help = help::train_target())]
    pub(in crate::shell::command) targets_of_rows: Vec<String>,
    #[arg(long, value_name = "NAME", help = help::train_loss())]
    loss: Option<String>,
    #[arg(long, value_name = "HOW", help = help::train_reduction())]
    reduction: Option<String>,
    #[arg(long, help = help::train_from_logits())]
    from_logits: bool,
    #[arg(long, value_name = "NAME", help = help::train_optimizer())]
    optimizer: Option<String>,
    #[arg(long, value_name = "R", help = help::train_learning_rate())]
    learning_rate: Option<f32>,
    #[arg(long, value_name = "M", help = help::train_momentum())]
    momentum: Option<f32>,
    #[arg(long, help = help::train_nesterov())]
    nesterov: bool,
    #[arg(long, value_name = "KEY=NUMBER", help = help::train_option())]
    option: Vec<String>,
    #[arg(long, value_name = "WHOSE", help = help::train_convention())]
    convention: Option<String>,
    #[arg(long, value_name = "N", help = help::train_epochs())]
    epochs: Option<usize>,
    #[arg(long, value_name = "N", help = help::train_batch_size())]
    batch_size: Option<usize>,
    #[arg(long, value_name = "WHAT", value_delimiter = ',', help = help::train_freeze())]
    freeze: Vec<String>,
    #[arg(long, value_name = "SHARE", help = help::train_l2())]
    l2: Option<f32>,
}

/// The rows: pairs, or a table.
#[derive(Debug)]
pub(in crate::shell::command) struct Data<'a> {
    pub(in crate::shell::command) inputs: &'a [String],
    pub(in crate::shell::command) table: Option<&'a Path>,
    pub(in crate::shell::command) targets: Option<&'a str>,
}

/// Why the options make no training.
#[derive(Debug, Error)]
pub enum OptionsError {
    /// An input without its target, or the other way round.
    #[error("{}", words::train::pairs(inputs, targets))]
    Pairs {
        /// How many inputs.
        inputs: usize,
        /// How many targets.
        targets: usize,
    },
    /// Rows twice.
    #[error("{}", words::train::rows_twice())]
    Twice,
    /// `--model-says` beside a training.
    #[error("{}", words::train::no_model_says())]
    ModelSays,
    /// `--targets` without `--data`.
    #[error("{}", words::model_says::targets_alone())]
    TargetsAlone,
    /// A word that is not known.
    #[error("{}", words::train::convention(word))]
    Convention {
        /// As written.
        word: String,
    },
    /// Not `KEY=NUMBER`.
    #[error("{}", words::train::key_and_number(text))]
    Option {
        /// As written.
        text: String,
    },
    /// The table cannot be read.
    #[error("{}", words::check::data(.0))]
    Data(#[from] ReadError),
    /// The table is no text.
    #[error("{}", words::train::table_format(format, name))]
    Format {
        /// The file.
        name: String,
        /// What it is.
        format: Format,
    },
    /// The table cannot be used.
    #[error("{}", words::check::data(.0))]
    Table(#[from] TableError),
    /// The targets of the table are no numbers, or too many or too few.
    #[error("{}", words::train::table_targets(*expected))]
    Targets {
        /// How many the network takes.
        expected: usize,
    },
    /// The file cannot be written.
    #[error("{}", words::train::not_written(path.display(), why))]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
}

impl TrainOptions {
    /// Whether any option of a training was given.
    pub(in crate::shell::command) fn any(&self) -> bool {
        !self.targets_of_rows.is_empty() || self.loss.is_some() || self.optimizer.is_some()
    }

    /// The training of a model with these options, and its description as a training file.
    pub(in crate::shell::command) fn training(
        &self,
        model: &ModelArgs,
        data: &Data<'_>,
    ) -> Result<(Json, Training), CommandError> {
        let mut json = model.described()?;
        self.put_into(&mut json)?;
        if !data.inputs.is_empty() || !self.targets_of_rows.is_empty() {
            if data.table.is_some() {
                return Err(OptionsError::Twice.into());
            }
            self.pairs(&mut json, data.inputs)?;
        } else if let Some(table) = data.table {
            let without = file::training(&without_data(&json))?;
            json["data"] = table_of(table, data.targets, &without)?;
            forget_batches(&mut json);
        } else if data.targets.is_some() {
            return Err(OptionsError::TargetsAlone.into());
        }
        if json.get("loss").is_none() {
            eprintln!("{}", words::train::usual_loss());
        }
        let training = file::training(&json)?;
        Ok((json, training))
    }

    fn put_into(&self, json: &mut Json) -> Result<(), OptionsError> {
        if let Some(convention) = &self.convention {
            json["framework"] = match convention.trim().to_ascii_lowercase().as_str() {
                "keras" | "tensorflow" => json!("keras"),
                "torch" | "pytorch" => json!("torch"),
                _ => return Err(OptionsError::Convention { word: convention.chars().take(40).collect() }),
            };
        }
        if let Some(name) = &self.loss {
            json["loss"] = json!({"name": name});
        }
        let loss = as_object(json, "loss", "mean_squared_error", self.reduction.is_some() || self.from_logits);
        if let Some(loss) = loss {
            if let Some(reduction) = &self.reduction {
                loss["reduction"] = json!(reduction);
            }
            if self.from_logits {
                loss["from_logits"] = json!(true);
            }
        }
        if let Some(name) = &self.optimizer {
            let rate = json.get("optimizer").and_then(|optimizer| optimizer.get("learning_rate")).cloned();
            let same = json.get("optimizer").and_then(|optimizer| optimizer.get("name")).is_some_and(|own| own == name);
            if !same {
                json["optimizer"] = json!({"name": name});
                if let Some(rate) = rate {
                    json["optimizer"]["learning_rate"] = rate;
                }
            }
        }
        let any = self.learning_rate.is_some() || self.momentum.is_some() || self.nesterov || !self.option.is_empty();
        if let Some(optimizer) = as_object(json, "optimizer", "sgd", any) {
            for (key, number) in [("learning_rate", self.learning_rate), ("momentum", self.momentum)] {
                if let Some(number) = number {
                    optimizer[key] = file::number(number);
                }
            }
            if self.nesterov {
                optimizer["nesterov"] = json!(true);
            }
            for text in &self.option {
                let pair =
                    text.split_once('=').and_then(|(key, number)| Some((key, number.trim().parse::<f32>().ok()?)));
                let Some((key, number)) = pair else {
                    return Err(OptionsError::Option { text: text.chars().take(40).collect() });
                };
                let key = key.trim().replace('-', "_");
                if key.starts_with("beta_")
                    && let Some(optimizer) = optimizer.as_object_mut()
                {
                    optimizer.remove("betas");
                }
                optimizer[key] = file::number(number);
            }
        }
        if self.epochs.is_some() || self.batch_size.is_some() {
            forget_batches(json);
        }
        for (key, number) in [("epochs", self.epochs), ("batch_size", self.batch_size)] {
            if let Some(number) = number {
                json[key] = json!(number);
            }
        }
        if !self.freeze.is_empty() {
            let mut frozen: Vec<Json> = json.get("frozen").and_then(Json::as_array).cloned().unwrap_or_default();
            frozen.extend(self.freeze.iter().map(|name| json!(name.trim())));
            json["frozen"] = Json::Array(frozen);
        }
        if let (Some(share), Some(layers)) = (self.l2, json.get_mut("layers").and_then(Json::as_array_mut)) {
            for layer in layers {
                let kind = layer.get("kind").and_then(Json::as_str).unwrap_or_default();
                if kind.starts_with("dense") || kind.starts_with("conv") {
                    layer["kernel_l2"] = file::number(share);
                }
            }
        }
        Ok(())
    }

    fn pairs(&self, json: &mut Json, inputs: &[String]) -> Result<(), CommandError> {
        let (inputs_given, targets) = (inputs.len(), self.targets_of_rows.len());
        if inputs_given != targets {
            return Err(OptionsError::Pairs { inputs: inputs_given, targets }.into());
        }
        let read =
            |texts: &[String]| texts.iter().map(|text| InputArgs::read(text)).collect::<Result<Vec<_>, InputError>>();
        let (x, y) = (read(inputs)?, read(&self.targets_of_rows)?);
        let without = file::training(&without_data(json))?;
        let network = &without.network;
        let expected = network.inputs().iter().map(|&id| network.node(id).shape().size()).sum();
        if let Some((at, row)) = x.iter().enumerate().find(|(_, row)| row.len() != expected) {
            let (what, got) = (words::train::input_of_row(at), row.len());
            return Err(TrainError::Lengths { what, expected, got }.into());
        }
        json["data"] = json!({"x": rows(&x, &without), "y": rows_of(&y)});
        forget_batches(json);
        Ok(())
    }
}

/// The entry as an object, if it is there or `wanted`; a name alone becomes an object.
fn as_object<'j>(json: &'j mut Json, key: &str, usual: &str, wanted: bool) -> Option<&'j mut Json> {
    if !wanted {
        return None;
    }
    match json.get(key) {
        None | Some(Json::Null) => json[key] = json!({"name": usual}),
        Some(Json::String(name)) => json[key] = json!({"name": name}),
        Some(_) => {}
    }
    json.get_mut(key)
}

fn forget_batches(json: &mut Json) {
    if let Some(json) = json.as_object_mut() {
        for key in
            ["batches", "steps", "history", "snapshots", "final_loss_on_all", "training_rows", "validation_split"]
        {
            json.remove(key);
        }
    }
}

fn without_data(json: &Json) -> Json {
    let mut json = json.clone();
    if let Some(entries) = json.as_object_mut() {
        // The shape of an input is still needed.
        let shape = entries.get("data").and_then(|data| data.get("x")).and_then(|x| x.get("shape")).cloned();
        entries.remove("data");
        if let (Some(Json::Array(shape)), Some(first)) =
            (shape, entries.get_mut("layers").and_then(|layers| layers.get_mut(0)))
            && first.get("input_shape").is_none()
            && shape.len() > 1
        {
            first["input_shape"] = Json::Array(shape[1..].to_vec());
        }
    }
    json
}

/// Inputs as an array with the shape that the network takes.
fn rows(rows: &[Vec<f32>], training: &Training) -> Json {
    let network = &training.network;
    let shape = network.inputs().first().map(|&id| network.node(id).shape().clone());
    let fits = shape.filter(|shape| rows.iter().all(|row| row.len() == shape.size()));
    match fits {
        Some(shape) => {
            let axes = [&[rows.len()], shape.axes()].concat();
            file::array(&axes, &rows.concat())
        }
        None => rows_of(rows),
    }
}

fn rows_of(rows: &[Vec<f32>]) -> Json {
    let width = rows.first().map_or(0, Vec::len);
    if rows.iter().all(|row| row.len() == width) {
        return file::array(&[rows.len(), width], &rows.concat());
    }
    // What does not fit is said by the reader, with its place.
    let list = |row: &Vec<f32>| row.iter().map(|&number| file::number(number)).collect::<Vec<_>>();
    json!(rows.iter().map(list).collect::<Vec<_>>())
}

fn table_of(path: &Path, targets: Option<&str>, training: &Training) -> Result<Json, OptionsError> {
    let name = path.display().to_string();
    let bytes = read::file(path)?;
    if let Some(format) = format_of(&bytes) {
        return Err(OptionsError::Format { name, format });
    }
    let text = read::text(bytes, &name)?;
    let network = &training.network;
    let inputs = network.inputs().iter().map(|&id| network.node(id).shape().size()).sum();
    let output = network.outputs().first().and_then(|&source| network.value(source));
    let labels = output.map_or(1, |value| training.loss.labels(&value.shape).size());
    let (x, y) = Table::read(&text, &name)?.split(inputs, labels, targets)?;
    if y.is_empty() {
        return Err(OptionsError::Targets { expected: labels });
    }
    let count = x.first().map_or(0, Vec::len);
    let turned = |columns: &[Vec<f64>]| -> Vec<Vec<f32>> {
        (0..count).map(|row| columns.iter().map(|column| column[row] as f32).collect()).collect()
    };
    Ok(json!({"x": rows(&turned(&x), training), "y": rows_of(&turned(&y))}))
}
