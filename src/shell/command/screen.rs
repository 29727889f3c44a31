//! `byhand learn` and `byhand open`: the commands that take the screen.

use std::path::PathBuf;

use clap::Args;

use super::{
    CommandError, Done,
    input::{self, InputArgs, InputError},
    model::{Loaded, ModelArgs},
    nearest,
    train::{Data, TrainOptions},
};
use crate::{
    app::walk_bench::WalkBench,
    course::{Course, Folder},
    pass::Pass,
    shell::{
        background::Luminance,
        language,
        play::{PlayError, PlayOptions, Start, play},
        read,
    },
    words::help,
};

/// How the screen looks and where things are kept. Stands before or after the command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = help::screen())]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line
pub(super) struct Options {
    #[arg(long, value_name = "DIR", help = help::option_lessons())]
    pub(super) lessons: Option<PathBuf>,
    #[arg(long, value_name = "FILE", help = help::option_progress())]
    pub(super) progress: Option<PathBuf>,
    #[arg(long, conflicts_with = "dark", help = help::option_light())]
    light: bool,
    #[arg(long, help = help::option_dark())]
    dark: bool,
    #[arg(long, help = help::option_reduced_motion())]
    reduced_motion: bool,
    #[arg(long, help = help::option_ascii())]
    pub(super) ascii: bool,
    #[arg(long, help = help::option_no_mouse())]
    no_mouse: bool,
}

impl Options {
    /// These, and what they leave open from `before` (the options before the command).
    pub(super) fn or(&self, before: &Self) -> Self {
        let none = !self.light && !self.dark;
        Self {
            lessons: self.lessons.clone().or_else(|| before.lessons.clone()),
            progress: self.progress.clone().or_else(|| before.progress.clone()),
            light: self.light || none && before.light,
            dark: self.dark || none && before.dark,
            reduced_motion: self.reduced_motion || before.reduced_motion,
            ascii: self.ascii || before.ascii,
            no_mouse: self.no_mouse || before.no_mouse,
        }
    }

    /// The lessons that are meant.
    pub(super) fn folder(&self) -> Result<Folder, CommandError> {
        Ok(self.lessons.as_deref().map_or(Ok(Folder::Embedded), read::lessons)?)
    }

    pub(super) fn play_options(&self) -> Result<PlayOptions, CommandError> {
        Ok(PlayOptions {
            lessons: self.folder()?,
            progress: self.progress.clone(),
            background: match (self.light, self.dark) {
                (true, _) => Some(Luminance::Light),
                (_, true) => Some(Luminance::Dark),
                _ => None,
            },
            reduced_motion: self.reduced_motion,
            ascii: self.ascii,
            mouse: !self.no_mouse,
            plain: false,
        })
    }
}

#[derive(Debug, Args)]
#[command(after_help = help::learn_examples())]
pub(super) struct Learn {
    #[arg(help = help::learn_lesson())]
    lesson: Option<String>,
    #[arg(long, help = help::option_plain())]
    plain: bool,
    #[command(flatten)]
    pub(super) screen: Options,
}

impl Learn {
    pub(super) fn run(self, before: &Options) -> Done {
        let options = PlayOptions { plain: self.plain, ..self.screen.or(before).play_options()? };
        let Some(id) = self.lesson else {
            return Ok(play(Start::Course, options)?);
        };
        let course = Course::read(&options.lessons, language::of_lessons()).map_err(CommandError::Course)?;
        let by_number = || id.parse().ok().and_then(|n: usize| n.checked_sub(1)).filter(|n| *n < course.entries.len());
        let Some(number) = course.position(&id).or_else(by_number) else {
            let ids = || course.entries.iter().map(|entry| entry.id.as_str());
            let nearest = nearest(&id, ids()).map(str::to_owned);
            return Err(CommandError::Lesson { nearest, known: ids().collect::<Vec<_>>().join(", "), id });
        };
        Ok(play(Start::Lesson(number), options)?)
    }
}

#[derive(Debug, Args)]
#[command(after_help = help::open_examples(), mut_arg("model", |arg| arg.required(false)))]
pub(super) struct Open {
    #[command(flatten)]
    model: Option<ModelArgs>,
    #[arg(long = "input", value_name = "X", allow_hyphen_values = true, help = help::open_input())]
    inputs: Vec<String>,
    #[command(flatten)]
    training: TrainOptions,
    #[arg(long, value_name = "FILE", help = help::train_data())]
    data: Option<PathBuf>,
    #[arg(long, value_name = "COLUMNS", help = help::train_targets())]
    targets: Option<String>,
    #[command(flatten)]
    screen: Options,
}

impl Open {
    pub(super) fn run(self, before: &Options) -> Done {
        let options = self.screen.or(before).play_options()?;
        let Some(model) = &self.model else { return Ok(play(Start::Own, options)?) };
        if self.training.any() || self.data.is_some() || model.is_training_file() {
            let data = Data { inputs: &self.inputs, table: self.data.as_deref(), targets: self.targets.as_deref() };
            let (_, training) = self.training.training(model, &data)?;
            let bench = WalkBench::of_training(training).map_err(PlayError::Cannot)?;
            return Ok(play(Start::Walk(Box::new(bench)), options)?);
        }
        if let [_, second, ..] = self.inputs.as_slice() {
            return Err(InputError::OneOnly { text: super::short(second) }.into());
        }
        let text = self.inputs.first();
        let model = match model.chain_or_file()? {
            Loaded::Chain(model) => *model,
            Loaded::File(file) => {
                let outline = file.outline()?;
                let (network, inputs) = match text {
                    Some(text) => file.of_sample(&outline, text, &input::inputs(text)?)?,
                    None => file.of_example(&outline)?,
                };
                let bench = WalkBench::of_network(network, inputs).map_err(PlayError::Cannot)?;
                return Ok(play(Start::Walk(Box::new(bench)), options)?);
            }
        };
        let input = match text {
            None => None,
            Some(text) => {
                let input = InputArgs::read(text)?;
                // Whether it fits is better said here than on a screen that has been taken over.
                Pass::new(&model.network, &input, &[]).map_err(|why| input::does_not_fit(text, why))?;
                Some(input)
            }
        };
        Ok(play(Start::Model { model: Box::new(model), input }, options)?)
    }
}
