//! One lesson's file to its steps.

use serde::Deserialize;

use super::{
    Fault, Folder, said_of_json,
    task::{BenchSetting, Task},
    text::{Block, Text, blocks, spans},
};
use crate::words::course;

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Its id, the folder's name.
    pub id: String,
    /// The file it was read from.
    pub path: String,
    /// How the bench is set at its beginning.
    pub bench: BenchSetting,
    /// What there is to remember.
    pub learnt: Vec<Text>,
    /// Its steps.
    pub steps: Vec<LessonStep>,
}

/// One step of a lesson: a heading, some prose, a task.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonStep {
    /// The heading.
    pub heading: Text,
    /// The prose, with the line of each block.
    pub prose: Vec<(usize, Block)>,
    /// The task.
    pub task: Task,
    /// The line of the heading.
    pub line: usize,
    /// The line of the task's block.
    pub task_line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonFile {
    model: String,
    input: Option<Vec<f32>>,
    learnt: Vec<String>,
}

/// Reads lesson `id` in `language`, or in its broader language (`pt` for `pt-BR`), or in the first language.
///
/// # Errors
/// Every fault of the file's form at once; what its values are worth is not looked at here.
pub fn lesson(folder: &Folder, id: &str, language: &str) -> Result<Lesson, Vec<Fault>> {
    let candidates = candidates(id, language);
    let Some((path, markdown)) = candidates.iter().find_map(|path| Some((path, folder.get(path)?))) else {
        let path = candidates.into_iter().next_back().unwrap_or_default();
        return Err(vec![Fault { path, line: 1, what: course::file_missing() }]);
    };
    let mut faults = Vec::new();
    let lesson = read(id, path, markdown, &mut faults);
    match lesson {
        Some(lesson) if faults.is_empty() => Ok(lesson),
        _ => Err(faults),
    }
}

/// How many steps a lesson has, without reading it whole: its headings of the second level outside of fences.
pub fn step_count(folder: &Folder, id: &str, language: &str) -> usize {
    let Some(markdown) = candidates(id, language).iter().find_map(|path| folder.get(path)) else { return 0 };
    let mut fenced = false;
    let mut count = 0;
    for line in markdown.lines() {
        fenced ^= line.trim_start().starts_with("```");
        count += usize::from(!fenced && line.starts_with("## "));
    }
    count
}

/// The files that a lesson may be in, the best first.
fn candidates(id: &str, language: &str) -> [String; 3] {
    super::languages(language).map(|language| format!("{id}/{language}.md"))
}

/// The line of a heading, the heading, and the prose under it so far.
type OpenStep = (usize, Text, Vec<(usize, Block)>);

fn read(id: &str, path: &str, markdown: &str, faults: &mut Vec<Fault>) -> Option<Lesson> {
    let (blocks, not_offered) = blocks(markdown);
    let mut fault = |line: usize, what: String| faults.push(Fault { path: path.to_owned(), line, what });
    for (line, what) in not_offered {
        fault(line, what);
    }
    let (mut about, mut about_blocks): (Option<LessonFile>, usize) = (None, 0);
    let mut steps: Vec<LessonStep> = Vec::new();
    let mut open: Option<OpenStep> = None;
    for (line, block) in blocks {
        match (block, &mut open) {
            (Block::Heading(heading), open) => {
                if let Some((line, ..)) = open.replace((line, heading, Vec::new())) {
                    fault(line, course::step_without_task());
                }
            }
            (Block::Fence { info, text }, _) if info == "json lesson" => {
                about_blocks += 1;
                match serde_json::from_str(&text) {
                    Ok(_) if about_blocks > 1 => {
                        fault(line, course::second_lesson_block());
                    }
                    Ok(file) => about = Some(file),
                    Err(e) => fault(line + e.line(), said_of_json(&e)),
                }
            }
            (Block::Fence { info, text }, open) if info == "json task" => match (Task::read(&text), open.take()) {
                (Err((within, what)), _) => fault(line + within, what),
                (Ok(_), None) => {
                    fault(line, course::task_without_step());
                }
                (Ok(task), Some((start, heading, prose))) => {
                    steps.push(LessonStep { heading, prose, task, line: start, task_line: line });
                }
            },
            (block, Some((_, _, prose))) => prose.push((line, block)),
            (_, None) => {
                fault(line, course::outside_of_steps());
            }
        }
    }
    if let Some((line, ..)) = open {
        fault(line, course::step_without_task());
    }
    if about_blocks == 0 {
        fault(1, course::no_lesson_block());
    }
    let about = about?;
    let bench = BenchSetting { model: Some(about.model), input: about.input, ..BenchSetting::default() };
    let learnt = about.learnt.iter().map(|text| spans(text)).collect();
    Some(Lesson { id: id.to_owned(), path: path.to_owned(), bench, learnt, steps })
}
