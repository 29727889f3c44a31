//! Every screen in the language of tests, `qps`: sentences appear in wide letters, so a word in plain letters is a name, a key,
//! or a sentence that did not come from `assets/words`.
//!
//! The lessons' own texts are in Markdown. Here they are changed to wide letters too, so that they hide nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use byhand::{
    course::{Course, FIRST_LANGUAGE, Folder},
    load::{builtin, builtin_names},
    mistake::KINDS,
    network::{Activation, Network},
    ui::keys,
    words::Language,
};
use serde_json::Value;

use super::stage::Stage;

/// The keys of JSON tasks whose strings a learner reads.
const READ: [&str; 7] = ["question", "text", "says", "hints", "learnt", "title", "about"];

fn wide(c: char) -> char {
    let after = |first: char, from: char| char::from_u32(first as u32 + c as u32 - from as u32).unwrap();
    match c {
        'a'..='z' => after('ａ', 'a'),
        'A'..='Z' => after('Ａ', 'A'),
        c => c,
    }
}

/// A text of a lesson in wide letters; its formulas stay.
fn in_wide_letters(text: &str) -> String {
    let pieces = text.split("{{").enumerate().map(|(i, piece)| match piece.split_once("}}").filter(|_| i > 0) {
        Some((formula, rest)) => format!("{{{{{formula}}}}}{}", rest.chars().map(wide).collect::<String>()),
        None => piece.chars().map(wide).collect(),
    });
    pieces.collect()
}

/// Changes the strings below the keys that are read.
fn change(value: &mut Value, is_read: bool) {
    match value {
        Value::String(text) if is_read => *text = in_wide_letters(text),
        Value::Array(items) => items.iter_mut().for_each(|item| change(item, is_read)),
        Value::Object(entries) => {
            entries.iter_mut().for_each(|(key, value)| change(value, is_read || READ.contains(&key.as_str())));
        }
        _ => {}
    }
}

fn json(text: &str) -> String {
    let mut value: Value = serde_json::from_str(text).unwrap();
    change(&mut value, false);
    serde_json::to_string_pretty(&value).unwrap()
}

/// A lesson in wide letters: prose, code, and the texts of its tasks.
fn lesson(text: &str) -> String {
    let (mut out, mut task) = (String::new(), None::<String>);
    for line in text.lines() {
        match &mut task {
            Some(json_text) if line == "```" => {
                out += &format!("{}\n```\n", json(json_text));
                task = None;
            }
            Some(json_text) => *json_text += &format!("{line}\n"),
            None => {
                let is_fence = line.starts_with("```");
                task = line.starts_with("```json").then(String::new);
                out += &format!("{}\n", if is_fence { line.to_owned() } else { in_wide_letters(line) });
            }
        }
    }
    out
}

/// The course in wide letters.
fn course() -> Folder {
    let folder = Folder::Embedded;
    let text = |path: String| {
        let text = folder.get(&path).unwrap_or_default();
        let changed = match path.rsplit_once('.') {
            Some((_, "json")) => json(text),
            Some((_, "md")) if path.contains('/') => lesson(text),
            _ => text.to_owned(),
        };
        (path, changed)
    };
    Folder::Read(folder.paths().into_iter().map(text).collect::<BTreeMap<_, _>>())
}

/// The runs of plain letters in a line, each with what is around it.
fn words(line: &str) -> impl Iterator<Item = (&str, Option<char>, Option<char>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let begin = at + line[at..].find(|c: char| c.is_ascii_alphabetic())?;
        let end = line[begin..].find(|c: char| !c.is_ascii_alphabetic()).map_or(line.len(), |length| begin + length);
        at = end;
        Some((&line[begin..end], line[..begin].chars().next_back(), line[end..].chars().next()))
    })
    // One letter is a key or a variable.
    .filter(|(word, ..)| word.len() > 1)
}

fn add(names: &mut BTreeSet<String>, name: &str) {
    names.extend(words(name).map(|(word, ..)| word.to_owned()));
}

fn add_network(names: &mut BTreeSet<String>, network: &Network) {
    add(names, network.name());
    for layer in network.layers() {
        add(names, &layer.name);
        layer.operation.weight_names().for_each(|name| add(names, name));
    }
}

/// What is the same in every language: keys, activations, models, layers, weights, stages.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    keys::rows().for_each(|row| add(&mut names, row.name));
    for activation in Activation::ALL {
        add(&mut names, activation.name().split('(').next().unwrap_or_default());
    }
    for name in builtin_names() {
        add(&mut names, name);
        add_network(&mut names, &builtin(name).unwrap().network);
    }
    // Stages, functions in formulas, values that are not numbers, and the programs that gave known answers.
    for name in [
        "wx", "ln", "max", "min", "erf", "exp", "nan", "inf", "Keras", "PyTorch", "torch", "MATLAB", "predict",
        "float", "ulp", "byhand",
    ] {
        add(&mut names, name);
    }
    names
}

/// Code in the sentences, which is in backquotes: the pieces between its blanks.
fn code() -> Vec<Vec<String>> {
    let folder = super::root().join("assets/words/en");
    let texts = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let texts: Vec<String> = texts.collect();
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
    let quoted = lines.flat_map(|line| line.split('`').skip(1).step_by(2));
    let pieces = quoted.map(|code| code.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let mut code: Vec<_> = pieces.collect();
    code.sort();
    code.dedup();
    code.sort_by_key(|pieces| std::cmp::Reverse(pieces.concat().len()));
    code
}

/// A line without code: each fragment is removed as far as it is on this line. A piece that could be a word of any sentence
/// is removed only together with others.
fn without_code(line: &str, code: &[Vec<String>]) -> String {
    // What a mistake is called is code to its end: `shifted-numbers:dense:unit-0`.
    let is_mistake = |word: &&str| KINDS.iter().any(|kind| word.contains(kind.id));
    let mut line = line.split(' ').filter(|word| !is_mistake(word)).collect::<Vec<_>>().join(" ");
    for pieces in code {
        for length in (1..=pieces.len()).rev() {
            for part in pieces.windows(length) {
                let is_whole = length == pieces.len() && length > 1;
                let is_no_word = part.concat().contains(|c: char| !c.is_ascii_alphabetic());
                if (is_whole || is_no_word) && part.concat().len() > 1 {
                    line = line.replace(&part.join(" "), " ");
                }
            }
        }
    }
    line
}

/// Words that are names only in an address: `input[0]`, `dense.in[3]`.
const OF_ADDRESSES: [&str; 3] = ["input", "output", "in"];

/// Whether a word with these neighbours is a name, or the part of one that a border or a sign leaves.
fn is_name(names: &BTreeSet<String>, word: &str, before: Option<char>, after: Option<char>) -> bool {
    let ends = |c: Option<char>| c.is_some_and(|c| matches!(c, '│' | '╮' | '…'));
    names.contains(word)
        || OF_ADDRESSES.contains(&word) && (after == Some('[') || before == Some('.'))
        || ends(after) && names.iter().any(|name| name.starts_with(word))
        || ends(before) && names.iter().any(|name| name.ends_with(word))
}

/// Looks at screens, and collects the words that no sentence has.
struct Reader {
    names: BTreeSet<String>,
    code: Vec<Vec<String>>,
    /// Each word, and where it was seen first.
    found: BTreeMap<String, String>,
    screens: usize,
}

impl Reader {
    /// `place`: what led here; what was typed on the way may be on the screen.
    fn read(&mut self, place: &str, stage: &Stage) {
        let mut names = self.names.clone();
        place.split("text:").skip(1).for_each(|typed| add(&mut names, typed.split(' ').next().unwrap_or_default()));
        if let Some(bench) = stage.app.bench() {
            add_network(&mut names, bench.network());
        }
        for size in [(80, 24), (120, 40), (40, 12)] {
            let text = stage.clone().sized(size).text();
            self.screens += 1;
            let unknown = |line: &str| -> Vec<String> {
                let unknown = words(line).filter(|(word, before, after)| !is_name(&names, word, *before, *after));
                unknown.map(|(word, ..)| word.to_owned()).collect()
            };
            // Code is looked for only where it matters: there are many lines.
            for line in text.lines().filter(|line| !unknown(line).is_empty()) {
                for word in unknown(&without_code(line, &self.code)) {
                    let at = || format!("{place} {size:?}: {}", line.trim());
                    self.found.entry(word).or_insert_with(at);
                }
            }
        }
    }
}

/// What is on the stage, and keys. The screen is read after each key.
type Walk = (fn(Folder) -> Stage, &'static str);

fn list(folder: Folder) -> Stage {
    Stage::reading(folder)
}

fn line(folder: Folder) -> Stage {
    Stage::reading(folder).opens("line-1-16-1")
}

fn sum(folder: Folder) -> Stage {
    Stage::reading(folder).opens("sum-2-5-1")
}

fn many(folder: Folder) -> Stage {
    Stage::reading(folder).opens("sum-5-20-1")
}

fn norm(folder: Folder) -> Stage {
    Stage::reading(folder).opens("norm-1")
}

const WALKS: &[Walk] = &[
    (list, "Down Down 9 9 Esc End ? PageDown PageDown PageDown PageDown PageDown PageDown PageDown PageDown Esc"),
    (list, "G PageDown PageDown PageDown PageDown PageDown PageDown Esc"),
    (list, "o Down text:line-1-16-1 Esc"),
    (list, "o text:qqq.zzz Enter"),
    (list, "o text:[array([[1.,qqq]])]"),
    (list, "o text:[array([[1.,2.]]),array([0.,0.,0.])]"),
    (
        list,
        "o text:[array([[1.,2.]]),array([0.,0.]),array([[1.],[2.]])] wait:500 Enter Right Down Down text:,x Enter text:3 Enter",
    ),
    (list, "o text:[array([[1.,2.],[3.,4.]]),array([0.,0.])] wait:500 Enter Down Down Enter Enter"),
    (list, "o text:tensor([[1.,2.],[3.,4.]]) wait:500 Enter"),
    (line, "? Esc v v v v m m M M d d d g g g + - u r R Home Down wait:500 Right wait:500 Space wait:99000 e Esc"),
    (line, "a v v v v v a b b w Down Enter Esc w / text:bias Enter Esc w / text:zzz Enter Esc Esc"),
    (line, "i text:x Enter Esc i text:1,2,3 Enter Esc y text:1x Enter Esc y text:dense.q[0]=1 Enter Esc f x"),
    (line, "y text:25.0047 Enter y text:25.0046 Enter"),
    (line, "y text:20.475 Enter wait:900 j k x"),
    (line, "y text:20.475 Enter wait:900 c Esc t text:1 Enter wait:900 Esc Esc"),
    (line, "y text:20.475 Enter wait:900 Space wait:99000 f l wait:300"),
    (line, "y text:dense.a[1]=5 Enter wait:900 Esc y text:20.475 Enter wait:900 Down Up o x x"),
    (
        line,
        "y text:31.33 Enter wait:3000 Esc i Backspace Backspace text:7 Enter f y text:9 Enter wait:3000 o Esc i Backspace text:10 Enter",
    ),
    (line, "y text:25 Enter wait:900 Esc y text:2 Enter wait:3000 Esc y Enter"),
    (line, "y text:model=0.93 Enter wait:300 Down Enter"),
    (line, "y text:model=12.5 Enter wait:300 Down Down Enter u"),
    (
        sum,
        "v v v v v e Down text:x Backspace Backspace Enter Esc Esc y text:0.931 Enter wait:900 Esc y text:1.6596 Enter wait:900 c",
    ),
    (sum, "Home Down wait:9000 v v v v"),
    (many, "v v v Home Down wait:9000 y text:1 Enter wait:3000"),
    (norm, "v v v Home Right wait:900 Right wait:900 y text:0.5 Enter wait:900 w"),
];

/// Presses keys one by one, and reads the screen after each.
fn walk(reader: &mut Reader, stage: Stage, place: &str, keys: &str) {
    let mut stage = stage;
    reader.read(place, &stage);
    for (i, key) in keys.split_whitespace().enumerate() {
        stage = stage.presses(key);
        let so_far: Vec<&str> = keys.split_whitespace().take(i + 1).collect();
        reader.read(&format!("{place}, {}", so_far.join(" ")), &stage);
    }
}

/// What is pressed in each step of each lesson: hints, wrong and right answers, keys that a step refuses.
const IN_STEPS: [&str; 6] = [
    "h h h Enter",
    "1 Enter wait:60000",
    "2 Enter wait:60000",
    "text:7.7777 Enter f wait:900 Space",
    "a b f w Enter Esc",
    "e text:1 Enter Esc i text:1 Enter y text:1 Enter wait:900",
];

fn read_everything() -> Reader {
    let mut reader = Reader { names: names(), code: code(), found: BTreeMap::new(), screens: 0 };
    let folder = course();
    for (stage, keys) in WALKS {
        walk(&mut reader, stage(folder.clone()), "", keys);
    }
    let course = Course::read(&folder, FIRST_LANGUAGE).unwrap();
    for (number, entry) in course.entries.iter().enumerate() {
        let mut stage = Stage::reading(folder.clone());
        stage.app.open_lesson(number).unwrap();
        let steps = stage.app.study().unwrap().lesson.steps.len();
        for step in 0..=steps {
            let place = format!("{}, step {step}", entry.id);
            for keys in IN_STEPS {
                reader.read(&format!("{place}, {keys}"), &stage.clone().presses(keys));
            }
            stage = stage.presses("n");
        }
    }
    reader
}

#[test]
fn no_word_on_any_screen_comes_from_anywhere_but_the_sentences() {
    let reader = Language::PSEUDO.within(read_everything);
    let found: Vec<String> = reader.found.iter().map(|(word, at)| format!("{word}\n    {at}")).collect();
    assert!(reader.screens > 3_000, "{} screens were read", reader.screens);
    assert!(found.is_empty(), "{} words are not from assets/words:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_literal_on_the_screen_would_be_found() {
    let names = names();
    let found = |line: &str| -> Vec<String> {
        let unknown = words(line).filter(|(word, before, after)| !is_name(&names, word, *before, *after));
        unknown.map(|(word, ..)| word.to_owned()).collect()
    };
    assert_eq!(found("│ ｔｈｉｓ ｐａｓｓ dense.z[1] = relu(-1.5), input[0] Enter ｔａｋｅ ｉｔ"), [""; 0]);
    assert_eq!(found("│ this pass dense.in[0] input 10"), ["this", "pass", "input"]);
}
