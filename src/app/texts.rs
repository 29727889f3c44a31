//! The texts of a lesson's step with their formulas worked out.

use crate::{
    course::{Block, LessonStep, Span, TaskKind, Text},
    setting::Setting,
};

/// Puts the value in the place of every formula of a text. A text without formulas stays as it is.
pub(super) fn resolve(text: &mut Text, setting: &Setting) {
    for span in text {
        if let Span::Value(formula) = span {
            let value = setting.show(formula).unwrap_or_else(|_| format!("({formula}?)"));
            *span = Span::Strong(value);
        }
    }
}

/// Does so in everything that a step can show.
pub(super) fn resolve_step(step: &mut LessonStep, setting: &Setting) {
    let mut resolve = |text: &mut Text| resolve(text, setting);
    resolve(&mut step.heading);
    for (_, block) in &mut step.prose {
        if let Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) = block {
            resolve(text);
        }
    }
    step.task.hints.iter_mut().for_each(&mut resolve);
    match &mut step.task.kind {
        TaskKind::Watch(_) => {}
        TaskKind::Predict { question, options, .. } | TaskKind::Choose { question, options } => {
            resolve(question);
            for option in options {
                resolve(&mut option.text);
                resolve(&mut option.says);
            }
        }
        TaskKind::Type { question, lines, .. } => {
            resolve(question);
            for line in lines {
                resolve(&mut line.text);
            }
        }
        TaskKind::Toggle { question, .. } | TaskKind::Edit { question, .. } => resolve(question),
        TaskKind::Find { question, says, .. } => {
            resolve(question);
            resolve(says);
        }
        TaskKind::Hunt(hunt) => {
            resolve(&mut hunt.question);
            for suspect in &mut hunt.suspects {
                resolve(&mut suspect.text);
                resolve(&mut suspect.says);
            }
        }
    }
}
