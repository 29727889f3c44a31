//! Steps about the learner's own network: their texts must be true for any network, not only for the example.

use std::sync::Arc;

use super::{Faults, text};
use crate::{
    course::{Block, Fault, LessonStep, TaskKind, Text},
    load::Model,
    network::{Activation, Dense, Kernel, Layer, Network, NetworkError, Operation},
    setting::Setting,
    words::check_course,
};

/// Checks the texts of a step with a network of other names and shapes: three inputs, two outputs.
pub(super) fn check(step: &LessonStep, faults: &mut Faults<'_>) {
    let Some(other) = other() else { return };
    let mut found: Vec<Fault> = Vec::new();
    let mut of_other = Faults { path: faults.path, all: &mut found };
    for (line, text, whose) in texts(step) {
        text::check(&mut of_other, line, &whose, text, &other);
    }
    if let TaskKind::Type { lines, .. } = &step.task.kind {
        for (i, line) in lines.iter().enumerate() {
            if let Err(why) = other.evaluate(&line.value) {
                of_other.say(step.task_line, check_course::at(why, check_course::part_line_value(i + 1)));
            }
        }
    }
    if let TaskKind::Choose { options, .. } = &step.task.kind {
        for (i, condition) in options.iter().enumerate().filter_map(|(i, option)| Some((i, option.condition.as_ref()?)))
        {
            if let Err(why) = other.holds(condition) {
                of_other.say(step.task_line, check_course::at(why, check_course::part_option_if(i + 1)));
            }
        }
    }
    for Fault { line, what, .. } in found {
        faults.say(line, check_course::own_network(what));
    }
}

/// Every text of a step, with its line and what it is.
fn texts(step: &LessonStep) -> Vec<(usize, &Text, String)> {
    let at = step.task_line;
    let mut texts = vec![(step.line, &step.heading, check_course::part_heading())];
    for (line, block) in &step.prose {
        if let Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) = block {
            texts.push((*line, text, String::new()));
        }
    }
    texts.extend(step.task.question().map(|text| (at, text, check_course::part_question())));
    texts.extend(step.task.hints.iter().enumerate().map(|(i, text)| (at, text, check_course::part_hint(i + 1))));
    match &step.task.kind {
        TaskKind::Choose { options: all, .. } => {
            for (i, option) in all.iter().enumerate() {
                texts.push((at, &option.text, check_course::part_option(i + 1)));
                texts.push((at, &option.says, check_course::part_option_says(i + 1)));
            }
        }
        TaskKind::Type { lines, .. } => {
            texts.extend(lines.iter().enumerate().map(|(i, line)| (at, &line.text, check_course::part_line(i + 1))));
        }
        TaskKind::Diagnose(task) => texts.push((at, &task.says, check_course::part_says())),
        _ => {}
    }
    texts
}

/// A network that no lesson uses.
fn other() -> Option<Setting> {
    let network = || -> Result<Network, NetworkError> {
        let dense = |inputs: usize, units: usize, activation| {
            let values: Vec<f32> = (0..inputs * units).map(|n| 0.25 * n as f32 - 0.5).collect();
            let kernel = Kernel::from_rows(inputs, units, &values);
            kernel.map(|kernel| Operation::Dense(Dense::new(kernel, Some(vec![0.125; units]), activation)))
        };
        let layers = [("first", dense(3, 4, Activation::Sigmoid)), ("second", dense(4, 2, Activation::Linear))];
        let layers = layers
            .into_iter()
            .filter_map(|(name, operation)| Some(Layer { name: name.to_owned(), operation: operation? }));
        Network::new("another", layers.collect())
    };
    let setting = Setting::of(Arc::new(Model::plain(network().ok()?))).ok()?;
    Some(Setting { own: true, ..setting })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_another_network_to_check_with() {
        let other = other().expect("it fits");
        assert_eq!((other.network.inputs(), other.network.outputs()), (3, 2));
    }
}
