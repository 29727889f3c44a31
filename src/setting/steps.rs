//! The settings of a lesson, from step to step.

use thiserror::Error;

use super::{Setting, SettingError};
use crate::{
    course::{BenchSetting, Lesson, Task, TaskKind},
    words,
};

/// Which step cannot be set, and why.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", words::setting::step(step + 1, why))]
pub struct StepError {
    /// Which step, from 0.
    pub step: usize,
    /// Why.
    pub why: Box<SettingError>,
}

/// The setting at the lesson's beginning; the list of what is learnt is computed in it too.
///
/// # Errors
/// [`SettingError`] if the model or the input does not fit.
pub fn beginning(lesson: &Lesson) -> Result<Setting, SettingError> {
    Setting::first(lesson.bench.model.as_deref().unwrap_or_default())?.then(&lesson.bench)
}

/// The setting that a task leaves for the next step, from the one it began with. What `then` of a prediction sets stays; what
/// the learner edits or switches, and the example of an edit, does not.
///
/// # Errors
/// [`SettingError`] if `then` does not fit.
pub fn leaving(setting: &Setting, task: &Task) -> Result<Setting, SettingError> {
    match &task.kind {
        TaskKind::Predict { then, .. } => setting.then(then),
        _ => Ok(setting.clone()),
    }
}

/// The setting that each step begins with, in the order of the lesson.
///
/// # Errors
/// [`StepError`] for the first step that cannot be set.
pub fn settings(lesson: &Lesson) -> Result<Vec<Setting>, StepError> {
    let at = |step, why| StepError { step, why: Box::new(why) };
    let mut setting = beginning(lesson).map_err(|why| at(0, why))?;
    let mut all = Vec::with_capacity(lesson.steps.len());
    for (step, task) in lesson.steps.iter().map(|step| &step.task).enumerate() {
        let here = setting.then(&task.bench).map_err(|why| at(step, why))?;
        setting = leaving(&here, task).map_err(|why| at(step, why))?;
        all.push(here);
    }
    Ok(all)
}

/// The settings that a task may begin with: a hunt has one for each input that a seed may choose.
///
/// # Errors
/// [`SettingError`] for the first input that does not fit.
pub fn variants(setting: &Setting, task: &Task) -> Result<Vec<Setting>, SettingError> {
    match &task.kind {
        TaskKind::Hunt(hunt) if !hunt.inputs.is_empty() => {
            hunt.inputs.iter().map(|input| with_input(setting, input)).collect()
        }
        _ => Ok(vec![setting.clone()]),
    }
}

/// The setting that each step begins with when this seed chooses the inputs of its hunts.
///
/// # Errors
/// [`StepError`] for the first step that cannot be set.
pub fn seeded(lesson: &Lesson, seed: u32) -> Result<Vec<Setting>, StepError> {
    let mut all = settings(lesson)?;
    for (step, (setting, task)) in all.iter_mut().zip(lesson.steps.iter().map(|step| &step.task)).enumerate() {
        if let TaskKind::Hunt(hunt) = &task.kind
            && let Some(input) = hunt.choose(&task.id, seed).input.and_then(|at| hunt.inputs.get(at))
        {
            *setting = with_input(setting, input).map_err(|why| StepError { step, why: Box::new(why) })?;
        }
    }
    Ok(all)
}

fn with_input(setting: &Setting, input: &[f32]) -> Result<Setting, SettingError> {
    setting.then(&BenchSetting { input: Some(input.to_vec()), ..BenchSetting::default() })
}
