//! Training files: a network, data, a loss and an optimizer in one JSON text.
//!
//! ```json
//! {"framework": "keras",
//!  "layers": [{"name": "dense", "kind": "dense", "units": 1, "activation": "linear"}],
//!  "initial": {"dense.kernel": {"shape": [1, 1], "data": [2]}, "dense.bias": {"shape": [1], "data": [0]}},
//!  "data": {"x": {"shape": [2, 1], "data": [3, 4]}, "y": {"shape": [2, 1], "data": [5, 7]}},
//!  "loss": {"name": "mse"}, "optimizer": {"name": "sgd", "learning_rate": 0.01},
//!  "batches": [[0, 1]]}
//! ```
//! Kernels are (inputs, units) in both frameworks. Instead of `batches` there may be `epochs` and `batch_size`. Options of the command line
//! are put into the same text before it is read, so there is one place where a training is made.

mod layers;
mod place;
mod settings;
mod write;

use std::collections::BTreeMap;

use serde_json::Value as Json;

pub use self::write::{array, described, number};
use self::{layers::Reader, place::Place};
use super::{Batches, Convention, Loss, Optimizer, TrainError, Training};
use crate::{graph::Network, words::train};

/// The most rows that a file may have.
const MOST_ROWS: usize = 10_000_000;

/// Whether a JSON text is a training file: it has layers and their first weights.
pub fn is_training(json: &Json) -> bool {
    json.get("layers").is_some_and(Json::is_array) && json.get("initial").is_some_and(Json::is_object)
}

/// Reads a text as JSON.
///
/// # Errors
/// [`TrainError::File`] with the place of the first fault.
pub fn parse(text: &str) -> Result<Json, TrainError> {
    serde_json::from_str(text).map_err(|error| TrainError::File {
        place: format!("{}:{}", error.line(), error.column()),
        got: train::broken(),
        expected: train::expect_json(error.to_string()),
    })
}

/// Makes the training that a JSON value describes. Without `data` it has no rows yet; without `loss` and `optimizer` it has
/// `mean_squared_error` and `sgd`.
///
/// # Errors
/// [`TrainError`] that names the place of what is not as it should be.
pub fn training(json: &Json) -> Result<Training, TrainError> {
    let file = Place::top(json);
    let framework = file.optional("framework").map(|place| place.text()).transpose()?.unwrap_or("keras");
    let convention = if framework.contains("torch") { Convention::Torch } else { Convention::Keras };
    let name = file.optional("name").map(|place| place.text()).transpose()?.unwrap_or("model");
    let layers = file.get("layers", train::expect_layers)?;
    let weights = file.get("initial", train::expect_array)?.arrays()?;
    let data = file.optional("data");
    let x = data.as_ref().map(|data| data.get("x", train::expect_data)?.array()).transpose()?;
    let y = data.as_ref().map(|data| data.get("y", train::expect_data)?.array()).transpose()?;
    let mut reader =
        Reader { network: Network::new(name), weights, convention, l2: BTreeMap::new(), by_formula: false };
    let width = match &x {
        Some(x) => x.shape().without_axis(0).axes().to_vec(),
        None => Vec::new(),
    };
    reader.read(&layers, &width)?;
    let Reader { network, l2, by_formula, .. } = reader;
    let mut loss = match file.optional("loss") {
        Some(place) => settings::loss(&place, convention)?,
        None => Loss::named("mean_squared_error", convention)?,
    };
    loss.from_probabilities |= by_formula;
    let optimizer = match file.optional("optimizer") {
        Some(place) => settings::optimizer(&place, convention)?,
        None => Optimizer::named("sgd", convention)?,
    };
    let mut training = Training::new(network, loss, optimizer);
    training.l2 = l2;
    if let Some((x, y)) = x.zip(y) {
        let rows = x.shape().axes().first().copied().unwrap_or(1);
        let of_y = y.shape().axes().first().copied().unwrap_or(1);
        if rows != of_y || rows == 0 || rows > MOST_ROWS {
            let got = format!("{}, {}", x.shape(), y.shape());
            return Err(TrainError::File { place: "data".to_owned(), got, expected: train::expect_rows() });
        }
        let row = |array: &crate::equation::Array, at: usize| {
            let length = array.values().len() / rows;
            array.values()[at * length..(at + 1) * length].to_vec()
        };
        training.rows = (0..rows).map(|at| (row(&x, at), row(&y, at))).collect();
        settings::labels(&mut training);
    }
    training.batches = batches(&file)?;
    training.trained = trained(&file, training.rows.len())?;
    if let Some(frozen) = file.optional("frozen") {
        for place in frozen.list()? {
            training.freeze(place.text()?)?;
        }
    }
    if let Some(steps) = file.optional("steps") {
        for step in steps.list()? {
            training.masks.push(masks(&step)?);
        }
    }
    for name in training.l2.keys() {
        if !training.weights().iter().any(|(weight, _)| weight == name) {
            let got = name.clone();
            return Err(TrainError::File { place: "layers".to_owned(), got, expected: train::expect_known_weight() });
        }
    }
    Ok(training)
}

fn batches(file: &Place<'_>) -> Result<Batches, TrainError> {
    if let Some(lists) = file.optional("batches") {
        let list = |place: Place<'_>| place.list()?.iter().map(|row| row.whole(train::expect_batches)).collect();
        let lists: Result<Vec<Vec<usize>>, TrainError> = lists.list()?.into_iter().map(list).collect();
        return Ok(Batches::Lists(lists?));
    }
    let size = file.optional("batch_size").map(|place| place.whole(train::expect_batches)).transpose()?;
    let epochs = file.optional("epochs").map(|place| place.whole(train::expect_batches)).transpose()?;
    Ok(Batches::Epochs { size: size.filter(|size| *size > 0), epochs: epochs.unwrap_or(1) })
}

/// How many rows are trained on, where some are kept for testing.
fn trained(file: &Place<'_>, rows: usize) -> Result<Option<usize>, TrainError> {
    if let Some(place) = file.optional("training_rows") {
        return Ok(Some(place.whole(train::expect_batches)?));
    }
    let Some(place) = file.optional("validation_split") else { return Ok(None) };
    // Keras rounds down: int(rows * (1 - split)).
    let split = f64::from(place.number()?);
    Ok(Some((rows as f64 * (1.0 - super::optimizer::as_typed(split as f32).clamp(0.0, 1.0))) as usize))
}

/// The masks of dropouts that a recorded step had.
fn masks(step: &Place<'_>) -> Result<BTreeMap<String, Vec<f32>>, TrainError> {
    let Some(forward) = step.optional("forward") else { return Ok(BTreeMap::new()) };
    let mut masks = BTreeMap::new();
    for (name, place) in forward.entries()? {
        if name.rsplit_once('.').is_some_and(|(_, stage)| stage == "mask") {
            masks.insert(name.to_owned(), place.array()?.values().to_vec());
        }
    }
    Ok(masks)
}
