//! `byhand learn` and `byhand open`: the commands that take the screen.

use std::path::PathBuf;

use clap::Args;

use super::{
    CommandError, Done,
    input::{self, InputArgs},
    model::ModelArgs,
    nearest,
};
use crate::{
    course::{Course, FIRST_LANGUAGE, Folder},
    pass::Pass,
    shell::{
        background::Luminance,
        play::{PlayOptions, Start, play},
        read,
    },
};

/// How the screen looks and where things are kept. Stands before or after the command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Screen")]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line
pub(super) struct Options {
    /// Take the lessons from this folder instead of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(super) lessons: Option<PathBuf>,
    /// Keep progress in this file instead of the usual place
    #[arg(long, value_name = "FILE")]
    progress: Option<PathBuf>,
    /// The terminal is light
    #[arg(long, conflicts_with = "dark")]
    light: bool,
    /// The terminal is dark
    #[arg(long)]
    dark: bool,
    /// Show every step at once instead of moving numbers
    #[arg(long)]
    reduced_motion: bool,
    /// Draw with ASCII characters only
    #[arg(long)]
    pub(super) ascii: bool,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
}

impl Options {
    /// These, and what they leave open from `before` (the options that stand before the command).
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
        })
    }
}

const AFTER_LEARN: &str = "\
Examples:
  byhand learn                          go on where you were
  byhand learn forgotten-activation     one lesson
  byhand lessons list                   which lessons there are";

/// Opens a lesson. Nothing is locked: any lesson can be taken at any time.
#[derive(Debug, Args)]
#[command(after_help = AFTER_LEARN)]
pub(super) struct Learn {
    /// The lesson's name or number; without it, the course goes on where you were
    lesson: Option<String>,
    #[command(flatten)]
    pub(super) screen: Options,
}

impl Learn {
    pub(super) fn run(self, before: &Options) -> Done {
        let options = self.screen.or(before).play_options()?;
        let Some(id) = self.lesson else {
            return Ok(play(Start::Course, options)?);
        };
        let course = Course::read(&options.lessons, FIRST_LANGUAGE).map_err(CommandError::Course)?;
        let by_number = || id.parse().ok().and_then(|n: usize| n.checked_sub(1)).filter(|n| *n < course.entries.len());
        let Some(number) = course.position(&id).or_else(by_number) else {
            let ids = || course.entries.iter().map(|entry| entry.id.as_str());
            let nearest = nearest(&id, ids()).map(str::to_owned);
            return Err(CommandError::Lesson { nearest, known: ids().collect::<Vec<_>>().join(", "), id });
        };
        Ok(play(Start::Lesson(number), options)?)
    }
}

const AFTER_OPEN: &str = "\
Examples:
  byhand open                                            paste your arrays on the screen, or choose a built-in model
  byhand open line-1-16-1                                a built-in model
  byhand open weights.txt --activations relu,linear      what print(model.get_weights()) printed
  byhand open weights.txt --activations tanh,tanh --input 0.3,0.1
  byhand open line-1-16-1 --scaling input=0,100          with the mapping of its inputs

`byhand help predict` has every form of --scaling.";

/// Opens the bench with a model: every product, sum and activation, forwards and backwards, with your inputs.
#[derive(Debug, Args)]
#[command(after_help = AFTER_OPEN, mut_arg("model", |arg| arg.required(false)))]
pub(super) struct Open {
    #[command(flatten)]
    model: Option<ModelArgs>,
    /// The input to begin with: 0.3,0.1 or @FILE
    #[arg(long, value_name = "X", allow_hyphen_values = true)]
    input: Option<String>,
    #[command(flatten)]
    screen: Options,
}

impl Open {
    pub(super) fn run(self, before: &Options) -> Done {
        let options = self.screen.or(before).play_options()?;
        let Some(model) = &self.model else { return Ok(play(Start::Own, options)?) };
        let model = model.load()?;
        let input = match &self.input {
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
