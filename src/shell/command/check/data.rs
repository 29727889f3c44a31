//! `--data`: the training table, from a file to the columns of inputs and targets.

use std::path::Path;

use super::CheckError;
use crate::{
    diagnose::model_says::{Column, Training},
    load::{Table, format_of},
    network::Network,
    shell::read,
};

/// The training table of a network. `targets`: names or numbers of its target columns.
pub(super) fn read(file: &Path, targets: Option<&str>, network: &Network) -> Result<Training, CheckError> {
    let name = file.display().to_string();
    let bytes = read::file(file).map_err(CheckError::Data)?;
    if let Some(format) = format_of(&bytes) {
        return Err(CheckError::DataFormat { name, format });
    }
    let text = read::text(bytes, &name).map_err(CheckError::Data)?;
    let (inputs, targets) = Table::read(&text, &name)?.split(network.inputs(), network.outputs(), targets)?;
    let columns = |numbers: Vec<Vec<f64>>| numbers.iter().map(|numbers| Column::new(numbers)).collect();
    Ok(Training { inputs: columns(inputs), targets: columns(targets) })
}
