//! What the learner is asked to do in a step, as the JSON block says it.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    diagnose::{Diagnose, DiagnoseFile},
    hunt::{Hunt, HuntFile},
    said_of_json,
    text::{Text, spans},
};
use crate::words::course;

/// The kinds of task, as a lesson names them.
const KINDS: [&str; 10] = ["watch", "predict", "type", "choose", "toggle", "edit", "find", "hunt", "diagnose", "own"];

/// A step's task.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Unique in the lesson and stable: progress is kept by it.
    pub id: String,
    /// What is asked.
    pub kind: TaskKind,
    /// Point, tell, show.
    pub hints: Vec<Text>,
    /// How the bench is set before the step.
    pub bench: BenchSetting,
}

/// Every kind of task.
#[derive(Debug, Clone, PartialEq)]
pub enum TaskKind {
    /// See a part of the pass.
    Watch(Watch),
    /// Guess before one sees.
    Predict {
        /// What is asked.
        question: Text,
        /// What can be guessed.
        options: Vec<Choice>,
        /// What happens after the guess.
        then: BenchSetting,
        /// What is played after that.
        watch: Option<Watch>,
    },
    /// Fill in the blank lines of a calculation.
    Type {
        /// What is asked.
        question: Text,
        /// The calculation.
        lines: Vec<Line>,
        /// How many lines are filled in already.
        given: usize,
        /// The least number of decimals wanted.
        decimals: usize,
    },
    /// Pick the right one.
    Choose {
        /// What is asked.
        question: Text,
        /// What can be picked.
        options: Vec<Choice>,
    },
    /// Switch what-ifs until exactly these are on.
    Toggle {
        /// What is asked.
        question: Text,
        /// The what-ifs.
        what_ifs: Vec<String>,
    },
    /// Change numbers until a condition holds.
    Edit {
        /// What is asked.
        question: Text,
        /// The condition, a formula.
        until: String,
        /// What may be changed; empty for everything.
        may: Vec<String>,
        /// A setting that fulfils the condition.
        example: BenchSetting,
    },
    /// Pick the first wrong value of somebody's pass.
    Find {
        /// What is asked.
        question: Text,
        /// The mistakes in that pass.
        planted: Vec<String>,
        /// The addresses to pick from, in the order of the pass.
        places: Vec<String>,
        /// What is said when it is found.
        says: Text,
    },
    /// Pick the first wrong value of a pass with a mistake that a seed chooses, then name the mistake.
    Hunt(Hunt),
    /// Type numbers of one's own and see what is behind them.
    Diagnose(Diagnose),
    /// Put a network of one's own on the bench, or keep the posted one.
    Own {
        /// What is asked.
        question: Text,
    },
}

/// A part of the pass to be played.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// From where: `start`, or what is known already.
    pub from: String,
    /// To where: `end`, or the last value to be seen.
    pub to: String,
    /// In steps of one `action`, `unit` or `layer`.
    #[serde(default)]
    pub stride: Option<String>,
}

/// One option of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: Text,
    /// A formula that is true if the option is right, or `None` where the author says so.
    pub condition: Option<String>,
    /// Right by the author's word.
    pub right: bool,
    /// What is answered to who picks it.
    pub says: Text,
}

/// A line of a calculation.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What stands before the number.
    pub text: Text,
    /// The number, a formula.
    pub value: String,
}

/// How the bench is set; what is `None` stays as it was.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BenchSetting {
    /// The model.
    pub model: Option<String>,
    /// The input.
    pub input: Option<Vec<f32>>,
    /// The what-ifs that are on.
    pub what_ifs: Option<Vec<String>>,
    /// Weights by address.
    pub weights: Option<Map<String, Value>>,
    /// Put the posted weights back.
    pub posted: bool,
    /// Where the pass stands: `start`, `end`, or just after this value.
    pub at: Option<String>,
    /// Which picture is shown.
    pub view: Option<String>,
    /// The learner's own number, as somebody typed it.
    pub yours: Option<String>,
    /// Whether the step is about the learner's own network, as they left it on the bench; the lesson's model stands in for it
    /// until they have brought one.
    pub own: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceFile {
    text: String,
    #[serde(default, rename = "if")]
    condition: Option<String>,
    #[serde(default)]
    right: bool,
    says: String,
}

impl From<ChoiceFile> for Choice {
    fn from(file: ChoiceFile) -> Self {
        Self { text: spans(&file.text), condition: file.condition, right: file.right, says: spans(&file.says) }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    text: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PredictFile {
    question: String,
    options: Vec<ChoiceFile>,
    #[serde(default)]
    then: BenchSetting,
    watch: Option<Watch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeFile {
    question: String,
    lines: Vec<LineFile>,
    #[serde(default)]
    given: usize,
    #[serde(default = "two")]
    decimals: usize,
}

fn two() -> usize {
    2
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChooseFile {
    question: String,
    options: Vec<ChoiceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToggleFile {
    question: String,
    what_ifs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditFile {
    question: String,
    until: String,
    #[serde(default)]
    may: Vec<String>,
    example: BenchSetting,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFile {
    question: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindFile {
    question: String,
    planted: Vec<String>,
    #[serde(rename = "where")]
    places: Vec<String>,
    says: String,
}

impl Task {
    /// The task's question; `None` for one that only wants watching.
    pub fn question(&self) -> Option<&Text> {
        match &self.kind {
            TaskKind::Watch(_) => None,
            TaskKind::Hunt(hunt) => Some(&hunt.question),
            TaskKind::Diagnose(diagnose) => Some(&diagnose.question),
            TaskKind::Predict { question, .. }
            | TaskKind::Type { question, .. }
            | TaskKind::Choose { question, .. }
            | TaskKind::Toggle { question, .. }
            | TaskKind::Edit { question, .. }
            | TaskKind::Find { question, .. }
            | TaskKind::Own { question } => Some(question),
        }
    }

    /// Reads a task block. What is wrong goes with a line of the block, 0 for all of it.
    pub(super) fn read(json: &str) -> Result<Self, (usize, String)> {
        let fields = serde_json::from_str(json).map_err(|e| (e.line(), said_of_json(&e)))?;
        Self::from_fields(fields).map_err(|what| (0, what))
    }

    fn from_fields(mut fields: Map<String, Value>) -> Result<Self, String> {
        let id = take(&mut fields, "id")?.ok_or_else(course::task_without_id)?;
        let kind: String = take(&mut fields, "kind")?.ok_or_else(|| course::task_without_kind(KINDS.join(", ")))?;
        let hints: Vec<String> = take(&mut fields, "hints")?.unwrap_or_default();
        let bench = take(&mut fields, "bench")?.unwrap_or_default();
        let rest = Value::Object(fields);
        let kind = match kind.as_str() {
            "watch" => TaskKind::Watch(read(rest)?),
            "predict" => {
                let PredictFile { question, options, then, watch } = read(rest)?;
                TaskKind::Predict { question: spans(&question), options: choices(options), then, watch }
            }
            "type" => {
                let TypeFile { question, lines, given, decimals } = read(rest)?;
                let line = |line: LineFile| Line { text: spans(&line.text), value: line.value };
                let lines = lines.into_iter().map(line).collect();
                TaskKind::Type { question: spans(&question), lines, given, decimals }
            }
            "choose" => {
                let ChooseFile { question, options } = read(rest)?;
                TaskKind::Choose { question: spans(&question), options: choices(options) }
            }
            "toggle" => {
                let ToggleFile { question, what_ifs } = read(rest)?;
                TaskKind::Toggle { question: spans(&question), what_ifs }
            }
            "edit" => {
                let EditFile { question, until, may, example } = read(rest)?;
                TaskKind::Edit { question: spans(&question), until, may, example }
            }
            "find" => {
                let FindFile { question, planted, places, says } = read(rest)?;
                TaskKind::Find { question: spans(&question), planted, places, says: spans(&says) }
            }
            "hunt" => TaskKind::Hunt(read::<HuntFile>(rest)?.into()),
            "diagnose" => TaskKind::Diagnose(read::<DiagnoseFile>(rest)?.into()),
            "own" => TaskKind::Own { question: spans(&read::<OwnFile>(rest)?.question) },
            other => return Err(course::unknown_kind(other, KINDS.join(", "))),
        };
        Ok(Self { id, kind, hints: hints.iter().map(|hint| spans(hint)).collect(), bench })
    }
}

fn choices(files: Vec<ChoiceFile>) -> Vec<Choice> {
    files.into_iter().map(Choice::from).collect()
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|e| said_of_json(&e))
}

fn take<T: DeserializeOwned>(fields: &mut Map<String, Value>, name: &str) -> Result<Option<T>, String> {
    let Some(value) = fields.shift_remove(name) else { return Ok(None) };
    serde_json::from_value(value).map(Some).map_err(|e| course::json_field(name, said_of_json(&e)))
}
