//! `byhand models`: the built-in models, or the layers of one model.

use std::{io::Write, process::ExitCode};

use clap::Args;
use serde::Serialize;

use super::{
    Done,
    model::{ModelArgs, ModelError},
};
use crate::{
    json::{self, Number, numbers},
    load::{Model, builtin, builtin_names},
    network::Layer,
    plain::{cells, pad, plain},
    words::help,
};

#[derive(Debug, Args)]
#[command(after_help = help::models_examples(), mut_arg("model", |arg| arg.required(false)))]
pub(super) struct Models {
    #[command(flatten)]
    model: Option<ModelArgs>,
    #[arg(long, help = help::option_json())]
    json: bool,
}

#[derive(Serialize)]
struct Document<'m> {
    models: Vec<ModelEntry<'m>>,
}

#[derive(Serialize)]
struct ModelEntry<'m> {
    name: &'m str,
    about: &'m str,
    inputs: usize,
    outputs: usize,
    parameters: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'m str>,
    /// An input to begin with.
    input: Vec<Number>,
    layers: Vec<LayerEntry<'m>>,
}

#[derive(Serialize)]
struct LayerEntry<'m> {
    name: &'m str,
    kind: &'static str,
    units: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    activation: Option<String>,
}

impl Models {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        if let Some(model) = &self.model {
            super::summary::run(&model.any()?, self.json, out)?;
            return Ok(ExitCode::SUCCESS);
        }
        let models: Result<Vec<Model>, _> = builtin_names().iter().map(|name| builtin(name)).collect();
        let models = models.map_err(|error| ModelError::Builtin(error.to_string()))?;
        if self.json {
            writeln!(out, "{}", json::text(&Document { models: models.iter().map(entry).collect() }))?;
            return Ok(ExitCode::SUCCESS);
        }
        let width = builtin_names().iter().map(|name| cells(name)).max().unwrap_or(0);
        for Model { network, facts } in &models {
            let line = format!("{}  {}", pad(network.name(), width), facts.about);
            writeln!(out, "{}", plain(&line))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn entry(Model { network, facts }: &Model) -> ModelEntry<'_> {
    let layer =
        |layer: &'_ Layer| (layer.operation.units(), layer.operation.as_dense().map(|d| d.activation().to_string()));
    ModelEntry {
        name: network.name(),
        about: &facts.about,
        inputs: network.inputs(),
        outputs: network.outputs(),
        parameters: network.parameters(),
        target: facts.target.as_ref().map(|target| target.says.as_str()),
        input: numbers(&facts.input),
        layers: network
            .layers()
            .map(|l| {
                let (units, activation) = layer(l);
                LayerEntry { name: &l.name, kind: l.operation.kind(), units, activation }
            })
            .collect(),
    }
}
