//! Fluent files to sentences.
//!
//! Of Fluent's syntax, byhand uses: text, `{ $argument }`, `{ "text" }`, references to messages of the same file and to
//! terms, attributes, and selection by an argument, either by number (`[0]`, `[one]`, `*[other]`) or by a word.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Comment, Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    parser,
};

/// The language in which every sentence exists.
pub(crate) const FIRST: &str = "en";
/// The file whose terms every file of a language may use.
const TERMS: &str = "terms";
/// The plural categories of CLDR.
pub(crate) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
/// How deep references and selections may go.
const DEEPEST: usize = 8;

/// What is wrong with a file, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// `LANGUAGE/FILE.ftl:LINE`.
    pub(crate) place: String,
    /// A sentence without a full stop.
    pub(crate) says: String,
    /// Whether it is only a missing translation.
    pub(crate) missing: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.says)
    }
}

/// The sentences of a language: those of a file `check.ftl` are the room `check`.
pub(crate) struct Language {
    pub(crate) code: String,
    pub(crate) rooms: BTreeMap<String, BTreeMap<String, Message>>,
}

/// A sentence.
pub(crate) struct Message {
    pub(crate) line: usize,
    pub(crate) parts: Vec<Part>,
    /// The arguments by name; whether each is a count.
    pub(crate) arguments: BTreeMap<String, bool>,
}

/// A piece of a sentence.
pub(crate) enum Part {
    Text(String),
    Argument(String),
    /// By number: exact numbers, plural categories, everything else.
    Plural(String, Vec<(u64, Vec<Part>)>, Vec<(String, Vec<Part>)>, Vec<Part>),
    /// By a word: the variants, everything else.
    Choice(String, Vec<(String, Vec<Part>)>, Vec<Part>),
}

/// All languages below `folder`, English first, and what is wrong with them.
pub(crate) fn languages(folder: &Path) -> (Vec<Language>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut codes = names(folder);
    codes.retain(|code| folder.join(code).is_dir());
    codes.sort_by_key(|code| (code != FIRST, code.clone()));
    let mut read = |code: String| {
        let mut texts = BTreeMap::new();
        for name in names(&folder.join(&code)) {
            let place = format!("{code}/{name}");
            let room = name.strip_suffix(".ftl").filter(|room| is_id(room));
            match (room, fs::read_to_string(folder.join(&place))) {
                (Some(room), Ok(text)) => {
                    texts.insert(room.to_owned(), text.replace('\r', ""));
                }
                (None, _) => faults.push(fault(&place, 1, "name the file as `some-room.ftl`")),
                (_, Err(error)) => faults.push(fault(&place, 1, format!("cannot be read: {error}"))),
            }
        }
        language(code, &texts, &mut faults)
    };
    let languages: Vec<Language> = codes.into_iter().map(&mut read).collect();
    if languages.first().is_none_or(|first| first.code != FIRST) {
        faults.push(fault(FIRST, 1, "the folder is missing"));
    }
    (languages, faults)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

fn fault(file: &str, line: usize, says: impl Into<String>) -> Fault {
    Fault { place: format!("{file}:{line}"), says: says.into(), missing: false }
}

/// Lower-case words joined by hyphens; so two ids never become one Rust name.
fn is_id(text: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(word)
}

/// One file as it was parsed: what each id stands for.
#[derive(Default)]
struct File<'t> {
    /// Messages, and attributes as `message.attribute`.
    messages: BTreeMap<String, Entered<'t>>,
    terms: BTreeMap<String, &'t Pattern<&'t str>>,
}

struct Entered<'t> {
    line: usize,
    pattern: &'t Pattern<&'t str>,
    /// Arguments that the comment calls counts: `# $steps (count)`.
    counts: BTreeSet<String>,
}

fn language(code: String, texts: &BTreeMap<String, String>, faults: &mut Vec<Fault>) -> Language {
    let parsed: Vec<_> = texts
        .iter()
        .map(|(room, text)| {
            let file = format!("{code}/{room}.ftl");
            let resource = parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
                for error in errors {
                    let line = text[..error.pos.start.min(text.len())].matches('\n').count() + 1;
                    faults.push(fault(&file, line, error.to_string()));
                }
                resource
            });
            (room, file, text, resource)
        })
        .collect();
    let mut files: BTreeMap<&str, File<'_>> = BTreeMap::new();
    for (room, name, text, resource) in &parsed {
        let mut file = File::default();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let id = message.id.name;
                    let counts = counts(message.comment.as_ref());
                    let own = message.value.iter().map(|pattern| (id.to_owned(), pattern));
                    let attributes = message.attributes.iter();
                    let attributes = attributes.map(|a| (format!("{id}.{}", a.id.name), &a.value));
                    for (full, pattern) in own.chain(attributes) {
                        let second = usize::from(file.messages.contains_key(&full));
                        let line = line_of(text, id, second);
                        if !full.split('.').all(is_id) {
                            faults.push(fault(
                                name,
                                line,
                                format!("`{full}`: an id is lower-case words joined by hyphens"),
                            ));
                        }
                        let entered = Entered { line, pattern, counts: counts.clone() };
                        if file.messages.insert(full.clone(), entered).is_some() {
                            faults.push(fault(name, line, format!("`{full}` is here twice")));
                        }
                    }
                }
                Entry::Term(term) => {
                    if file.terms.insert(term.id.name.to_owned(), &term.value).is_some() {
                        let line = line_of(text, &format!("-{}", term.id.name), 1);
                        faults.push(fault(name, line, format!("`-{}` is here twice", term.id.name)));
                    }
                }
                // What cannot be parsed is a fault already.
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
            }
        }
        files.insert(room, file);
    }
    let mut rooms = BTreeMap::new();
    for (room, name, ..) in &parsed {
        let file = &files[room.as_str()];
        let mut messages: BTreeMap<String, Message> = BTreeMap::new();
        for (id, entered) in &file.messages {
            let mut reader = Reader { file, common: files.get(TERMS), arguments: BTreeMap::new(), wrong: Vec::new() };
            let parts = reader.pattern(entered.pattern, 0);
            for count in &entered.counts {
                match reader.arguments.get_mut(count) {
                    Some(is_count) => *is_count = true,
                    None => reader.wrong.push(format!("its comment speaks of `${count}`, which it does not use")),
                }
            }
            faults.extend(reader.wrong.iter().map(|wrong| fault(name, entered.line, format!("`{id}`: {wrong}"))));
            let message = Message { line: entered.line, parts, arguments: reader.arguments };
            // `skipped.title` and `skipped-title` are one Rust name.
            if messages.insert(id.replace('.', "-"), message).is_some() {
                faults.push(fault(name, entered.line, format!("`{id}` is here twice")));
            }
        }
        rooms.insert((*room).clone(), messages);
    }
    Language { code, rooms }
}

/// The line on which `id` is defined, from 1; the one after `skip` others.
fn line_of(text: &str, id: &str, skip: usize) -> usize {
    let begins = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().enumerate().filter(|(_, line)| begins(line)).nth(skip).map_or(1, |(i, _)| i + 1)
}

fn counts(comment: Option<&Comment<&str>>) -> BTreeSet<String> {
    let lines = comment.into_iter().flat_map(|comment| &comment.content);
    let words = lines.flat_map(|line| line.split('$').skip(1));
    words.filter_map(|word| word.split_once(" (count)")).map(|(name, _)| name.to_owned()).collect()
}

/// Reads one sentence, and collects its arguments.
struct Reader<'f> {
    file: &'f File<'f>,
    /// The terms of the whole language.
    common: Option<&'f File<'f>>,
    arguments: BTreeMap<String, bool>,
    wrong: Vec<String>,
}

impl Reader<'_> {
    fn pattern(&mut self, pattern: &Pattern<&str>, depth: usize) -> Vec<Part> {
        if depth > DEEPEST {
            self.wrong.push("it refers to itself, or too deep".to_owned());
            return Vec::new();
        }
        let mut parts = Vec::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => parts.push(Part::Text((*value).to_owned())),
                PatternElement::Placeable { expression } => parts.extend(self.expression(expression, depth)),
            }
        }
        // Neighbouring texts become one.
        parts.into_iter().fold(Vec::new(), |mut joined, part| {
            match (joined.last_mut(), part) {
                (Some(Part::Text(text)), Part::Text(more)) => text.push_str(&more),
                (_, part) => joined.push(part),
            }
            joined
        })
    }

    fn expression(&mut self, expression: &Expression<&str>, depth: usize) -> Vec<Part> {
        match expression {
            Expression::Inline(inline) => self.inline(inline, depth),
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                vec![self.select(id.name, variants, depth)]
            }
            Expression::Select { .. } => {
                self.wrong.push("only an argument can select".to_owned());
                Vec::new()
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, depth: usize) -> Vec<Part> {
        let found = match inline {
            InlineExpression::StringLiteral { value } => {
                let mut text = String::new();
                // A `String` takes whatever is written to it.
                let _ = fluent_syntax::unicode::unescape_unicode(&mut text, value);
                return vec![Part::Text(text)];
            }
            InlineExpression::NumberLiteral { value } => return vec![Part::Text((*value).to_owned())],
            InlineExpression::VariableReference { id } => {
                self.argument(id.name, false);
                return vec![Part::Argument(id.name.to_owned())];
            }
            InlineExpression::Placeable { expression } => return self.expression(expression, depth + 1),
            InlineExpression::FunctionReference { id, .. } => Err(format!("there is no function {}", id.name)),
            InlineExpression::TermReference { attribute: Some(_), .. }
            | InlineExpression::TermReference { arguments: Some(_), .. } => {
                Err("a term takes no arguments and has no attributes here".to_owned())
            }
            InlineExpression::TermReference { id, .. } => {
                let found = self.file.terms.get(id.name).or_else(|| self.common?.terms.get(id.name)).copied();
                found.ok_or_else(|| format!("there is no term -{}", id.name))
            }
            InlineExpression::MessageReference { id, attribute } => {
                let id = attribute.as_ref().map_or(id.name.to_owned(), |a| format!("{}.{}", id.name, a.name));
                let found = self.file.messages.get(&id).map(|entered| entered.pattern);
                found.ok_or_else(|| format!("there is no message {id} in this file"))
            }
        };
        match found {
            Ok(pattern) => self.pattern(pattern, depth + 1),
            Err(wrong) => {
                self.wrong.push(wrong);
                Vec::new()
            }
        }
    }

    fn argument(&mut self, name: &str, count: bool) {
        if !is_id(name) {
            self.wrong.push(format!("`${name}`: an argument is lower-case words joined by hyphens"));
        }
        *self.arguments.entry(name.to_owned()).or_default() |= count;
    }

    fn select(&mut self, argument: &str, variants: &[Variant<&str>], depth: usize) -> Part {
        let plural = variants.iter().all(|variant| match variant.key {
            VariantKey::Identifier { name } => CATEGORIES.contains(&name),
            VariantKey::NumberLiteral { .. } => true,
        });
        self.argument(argument, plural);
        let (mut exact, mut named, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for Variant { key, value, default } in variants {
            let parts = self.pattern(value, depth + 1);
            match key {
                _ if *default => rest = parts,
                VariantKey::Identifier { name } => named.push(((*name).to_owned(), parts)),
                VariantKey::NumberLiteral { value } if plural => match value.parse() {
                    Ok(number) => exact.push((number, parts)),
                    Err(_) => self.wrong.push(format!("[{value}] is not a count")),
                },
                VariantKey::NumberLiteral { value } => {
                    self.wrong.push(format!("[{value}] is among words: select by a number or by words, not by both"));
                }
            }
        }
        if plural {
            Part::Plural(argument.to_owned(), exact, named, rest)
        } else {
            Part::Choice(argument.to_owned(), named, rest)
        }
    }
}
