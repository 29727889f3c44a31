//! The texts of a lesson's step with their formulas evaluated.

use crate::{
    course::{Block, LessonStep, Span, TaskKind, Text},
    setting::Setting,
};

/// Replaces every formula of a text by its value; the equations are true as they are printed.
pub(super) fn resolve(text: &mut Text, setting: &Setting) {
    let all = setting.texts(text);
    for (span, written) in text.iter_mut().zip(all) {
        match span {
            Span::Value(_) => *span = Span::Strong(written),
            Span::Plain(words) | Span::Code(words) | Span::Stress(words) | Span::Strong(words) => *words = written,
        }
    }
}

/// The same for a line of a calculation. The result is added while the digits are chosen, then removed: the whole line
/// is an equation.
pub(super) fn resolve_line(text: &mut Text, result: Span, setting: &Setting) {
    let open = matches!(text.last(), Some(Span::Plain(words)) if words.trim_end().ends_with(['=', ':']));
    if !open {
        text.push(Span::Plain(" =".to_owned()));
    }
    text.extend([Span::Plain(" ".to_owned()), result]);
    resolve(text, setting);
    text.truncate(text.len() - 2);
}

/// The same for all texts of a step.
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
        TaskKind::Type { question, lines, given, .. } => {
            resolve(question);
            for (i, line) in lines.iter_mut().enumerate() {
                if i < *given {
                    resolve_line(&mut line.text, Span::Value(line.value.clone()), setting);
                } else {
                    resolve(&mut line.text);
                }
            }
        }
        TaskKind::Toggle { question, .. } | TaskKind::Edit { question, .. } | TaskKind::Own { question } => {
            resolve(question);
        }
        TaskKind::Diagnose(task) => {
            resolve(&mut task.question);
            resolve(&mut task.says);
        }
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
