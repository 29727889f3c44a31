//! `byhand train`: loss, gradients and new weights, one step after the other.

mod explain;
mod json;
mod options;
mod progress;
mod save;
mod text;

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{Done, model::ModelArgs};
use crate::{
    train::Run,
    words::{self, help},
};

pub(super) use explain::explain;
pub(super) use options::OptionsError;
pub(super) use options::{Data, TrainOptions};

#[derive(Debug, Args)]
#[command(after_help = help::train_examples())]
pub(super) struct Train {
    #[command(flatten)]
    model: ModelArgs,
    #[arg(long = "input", value_name = "X", allow_hyphen_values = true, help = help::train_input())]
    inputs: Vec<String>,
    #[arg(long, value_name = "FILE", help = help::train_data())]
    data: Option<PathBuf>,
    #[arg(long, value_name = "COLUMNS", help = help::train_targets())]
    targets: Option<String>,
    #[command(flatten)]
    options: TrainOptions,
    #[arg(long, value_name = "FILE", help = help::train_save())]
    save: Option<PathBuf>,
    #[arg(long, help = help::option_json())]
    json: bool,
}

impl Train {
    pub(super) fn run(self, out: &mut impl Write) -> Done {
        let data = Data { inputs: &self.inputs, table: self.data.as_deref(), targets: self.targets.as_deref() };
        let (mut described, training) = self.options.training(&self.model, &data)?;
        let mut run = Run::new(&training)?;
        let mut watch = progress::Watch::begin(training.steps());
        let mut saved = self.save.is_some().then(Vec::new);
        let mut sheet = text::Sheet::new(&training);
        if self.json {
            json::begin(out, training.network.name())?;
        }
        while !watch.stopped() {
            let Some(done) = run.next_step()? else { break };
            watch.seen(&done);
            if self.json {
                json::step(out, &done, run.state(), done.number > 0)?;
            } else {
                sheet.seen(out, &done, run.state())?;
            }
            if let Some(saved) = saved.as_mut().filter(|saved| saved.len() < save::MOST_STEPS) {
                save::step(saved, &done, run.state(), training.optimizer.rate_at(done.number + 1));
            }
        }
        watch.end();
        let all = run.loss_on_all()?;
        if self.json {
            json::end(out, all)?;
        } else {
            sheet.end(out, run.state(), all)?;
        }
        if watch.stopped() {
            eprintln!("{}", words::train::stopped(run.state().steps, training.steps()));
        }
        if let (Some(path), Some(steps)) = (&self.save, saved) {
            save::write(path, &mut described, &training, steps, all)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
