//! The sentences of `assets/words`: each exists in every language, with the same arguments, and is said somewhere; and no
//! screen shows a word that is not from there.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test fails by panicking")]

#[path = "../build/compare.rs"]
mod compare;
#[path = "../build/generate.rs"]
mod generate;
#[path = "words/on_screen.rs"]
mod on_screen;
#[path = "../build/read.rs"]
mod read;
#[path = "screens/stage.rs"]
#[allow(dead_code, reason = "the screens use more of it")]
mod stage;

use std::{fs, path::Path};

use read::{Fault, Language};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn faults(folder: &str) -> (Vec<Language>, Vec<Fault>) {
    let (languages, mut faults) = read::languages(&root().join(folder));
    faults.extend(compare::faults(&languages));
    (languages, faults)
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            text.push_str(&sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).expect("a text"));
        }
    }
    text
}

/// The sentences that no source calls, as `room::id`. A call is written with its room: `check::no_layer`.
fn unused(languages: &[Language], sources: &str) -> Vec<String> {
    let ids = languages.iter().take(1).flat_map(|language| &language.rooms);
    let ids = ids.flat_map(|(room, messages)| messages.keys().map(move |id| format!("{room}::{id}").replace('-', "_")));
    ids.filter(|call| {
        let calls = |(at, _): (usize, &str)| {
            let before = sources[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            !before && !sources[at + call.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        };
        !sources.match_indices(call).any(calls)
    })
    .collect()
}

#[test]
fn every_sentence_exists_in_every_language_and_is_said() {
    let (languages, faults) = faults("assets/words");
    assert!(languages.iter().any(|language| !language.rooms.is_empty()), "no sentence was found");
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let unused = unused(&languages, &sources(&root().join("src")));
    assert!(unused.is_empty(), "nothing says these: {}", unused.join(", "));
}

#[test]
fn broken_sentences_are_found() {
    let (languages, faults) = faults("tests/broken-words");
    let expected = fs::read_to_string(root().join("tests/broken-words/expected.txt")).unwrap_or_default();
    let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(found.join("\n"), expected.trim_end());
    let unused = unused(&languages, "words::check::steps(1, 2); recheck::plain(); check::plainly(); syntax::good()");
    assert!(unused.contains(&"check::plain".to_owned()), "{unused:?}");
    assert!(!unused.contains(&"check::steps".to_owned()) && !unused.contains(&"syntax::good".to_owned()), "{unused:?}");
}

#[test]
fn a_missing_sentence_does_not_stop_the_build_but_other_arguments_do() {
    let (_, faults) = faults("tests/broken-words");
    let missing: Vec<&str> = faults.iter().filter(|fault| fault.missing).map(|fault| fault.says.as_str()).collect();
    assert!(missing.iter().all(|says| says.ends_with(" is missing")), "{missing:?}");
    assert!(missing.len() < faults.len());
}

#[test]
fn a_sentence_becomes_a_typed_function() {
    let (mut languages, _) = read::languages(&root().join("tests/broken-words"));
    for language in &mut languages {
        language.rooms.retain(|room, _| room == "check");
        language.rooms.values_mut().for_each(|messages| messages.retain(|id, _| id == "steps" || id == "mixes"));
    }
    languages.retain(|language| language.code != "de");
    insta::assert_snapshot!(generate::code(&languages));
}
