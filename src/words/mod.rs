//! Every sentence that a person sees, in the language that was chosen at the start.
//!
//! The sentences are in `assets/words/LANGUAGE/*.ftl`, in the syntax of Project Fluent. The build script makes a function
//! of each: `no-layer` in `mistakes.ftl` is `words::mistakes::no_layer(..) -> String`. Its arguments stand in the order
//! of the alphabet; one that selects a plural is a `usize`, every other one is anything with `Display`. A sentence that a
//! language does not have is said in English. CONTRIBUTING.md says how to write one.

mod language;
pub(crate) mod lists;
mod pseudo;

use std::fmt::{Display, Write as _};

use intl_pluralrules::PluralCategory;

pub use language::Language;
use pseudo::Pseudo;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

#[allow(dead_code, reason = "which pieces are needed depends on the sentences")]
/// A piece of a sentence. Arguments are numbered as the function takes them.
enum Part {
    /// These words.
    Text(&'static str),
    /// What the argument shows.
    Argument(usize),
    /// What fits the number: exactly it, or else its plural category, or else the last.
    Plural(usize, &'static [(usize, &'static [Part])], &'static [(PluralCategory, &'static [Part])], &'static [Part]),
    /// What fits the word that the argument shows, or else the last.
    Choice(usize, &'static [(&'static str, &'static [Part])], &'static [Part]),
}

/// What a sentence is about.
#[allow(dead_code, reason = "which arguments are needed depends on the sentences")]
enum Argument<'a> {
    Shown(&'a dyn Display),
    Count(usize),
}

impl Display for Argument<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Shown(shown) => shown.fmt(f),
            Self::Count(count) => count.fmt(f),
        }
    }
}

/// The sentence in the chosen language; `texts` has one for each of `CODES`.
fn say(texts: &[&[Part]], arguments: &[Argument<'_>]) -> String {
    let language = Language::chosen();
    let mut said = Said { text: String::new(), language, pseudo: language.is_pseudo().then(Pseudo::default) };
    // A test's language speaks English, in other letters.
    said.parts(texts.get(language.number()).unwrap_or(&texts[0]), arguments);
    said.text
}

struct Said {
    text: String,
    language: Language,
    pseudo: Option<Pseudo>,
}

impl Said {
    fn parts(&mut self, parts: &[Part], arguments: &[Argument<'_>]) {
        for part in parts {
            match part {
                Part::Text(text) => match &mut self.pseudo {
                    Some(pseudo) => pseudo.push(text, &mut self.text),
                    None => self.text.push_str(text),
                },
                Part::Argument(number) => {
                    let (begin, quoted) = (self.text.len(), is_quoted(&self.text));
                    let of_option = is_option(&self.text);
                    // A `String` takes whatever is written to it.
                    let _ = write!(self.text, "{}", arguments[*number]);
                    // Behind an option there may be a whole sentence about its value too.
                    if quoted || of_option && !self.text[begin..].contains(' ') {
                        shorten(&mut self.text, begin);
                    }
                }
                Part::Plural(number, exact, named, rest) => {
                    let Argument::Count(count) = arguments[*number] else { continue };
                    let exactly = exact.iter().find(|(number, _)| *number == count).map(|(_, parts)| *parts);
                    let by_category = || {
                        let category = self.language.plural(count);
                        named.iter().find(|(name, _)| *name == category).map(|(_, parts)| *parts)
                    };
                    self.parts(exactly.or_else(by_category).unwrap_or(rest), arguments);
                }
                Part::Choice(number, named, rest) => {
                    let word = arguments[*number].to_string();
                    let found = named.iter().find(|(name, _)| *name == word).map(|(_, parts)| *parts);
                    self.parts(found.unwrap_or(rest), arguments);
                }
            }
        }
    }
}

/// What stands in backquotes is a name, or what somebody wrote: of a longer one its beginning and its end are shown.
const LONGEST_QUOTED: usize = 80;

/// Whether what follows is somebody's own text, in backquotes.
fn is_quoted(before: &str) -> bool {
    before.ends_with('`')
}

/// Whether what follows may be the value of an option, as in `--input 1,2: …`.
fn is_option(before: &str) -> bool {
    let last = before.strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    last.is_some_and(|last| last.starts_with("--") && last.len() > 2)
}

/// Shortens what begins at `begin`.
fn shorten(text: &mut String, begin: usize) {
    let quoted = &text[begin..];
    // Most are short; a character has at least one byte.
    if quoted.len() <= LONGEST_QUOTED || quoted.chars().nth(LONGEST_QUOTED).is_none() {
        return;
    }
    let end = quoted.chars().rev().take(LONGEST_QUOTED / 2).collect::<Vec<_>>();
    let start = quoted.chars().take(LONGEST_QUOTED - 1 - end.len());
    let short: String = start.chain(['…']).chain(end.into_iter().rev()).collect();
    text.truncate(begin);
    text.push_str(&short);
}

#[cfg(test)]
mod tests;
