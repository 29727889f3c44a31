//! The sentences of `assets/words`: each exists in every language, with the same arguments, and is said somewhere; and no
//! screen shows a word that is not from there.

#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test fails by panicking")]

#[path = "../build/compare.rs"]
mod compare;
#[path = "../build/generate.rs"]
mod generate;
#[path = "support/literals.rs"]
mod literals;
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

/// Texts that read like English and stay in Rust: the file, the texts (all of the file if none is named), and why.
const STAY: &[(&str, &[&str], &str)] = &[
    (
        "src/explain/latex.rs",
        &[
            "&\\text{{{right}}} & &\\text{{{wrong}}}",
            "{name} &\\phantom{{=}}\\ \\text{{{without}}}",
            "{name} &= \\boxed{{{rest}}}",
        ],
        "LaTeX",
    ),
    (
        "src/explain/graph/formula.rs",
        &[
            "\\sum_{{{letters}}} {product}",
            "\\operatorname*{{{word}}}_{{{letters}}} {of}",
            " \\ge ",
            " \\ne ",
            "\\lfloor ({text}) / {by} \\rfloor",
        ],
        "LaTeX",
    ),
    ("src/explain/graph/latex.rs", &["% needs \\usepackage{amsmath}", "&\\phantom{{=}} \\text{{{}}}"], "LaTeX"),
    ("src/explain/matrix.rs", &[], "LaTeX; its sentences are of words"),
    ("src/explain/page/mod.rs", &[], "HTML and CSS"),
    ("src/explain/page/svg.rs", &[], "SVG"),
    ("src/explain/page/diagram.rs", &["stroke=\"{colour}\" stroke-width=\"{:.2}\" opacity=\"{:.2}\""], "SVG"),
    ("src/explain/page/plot.rs", &[], "SVG"),
    ("src/explain/text.rs", &["    wx = {}", "z - tau"], "formulas"),
    ("src/ui/keys/panel_rows.rs", &["←→ Home End"], "the names of keys"),
    ("src/ui/keys/table.rs", &["PgUp PgDn", "Home End"], "the names of keys"),
    ("src/ui/mod.rs", &[" byhand  "], "the name of the program"),
    ("src/ui/screen/bench.rs", &[" byhand  "], "the name of the program"),
    ("src/diagnose/model_says/says.rs", &["--scaling {}", "--activations {}"], "options of the command line"),
    ("src/load/build/kinds.rs", &["GRU({rows}, reset_after=False)"], "code of Keras"),
    ("src/load/text/caption.rs", &["In [", "Out ["], "the prompts of IPython, which a text is searched for"),
    ("src/load/text/fann.rs", &["neuron {neuron}"], "the name of a unit"),
    ("src/load/text/forward.rs", &["dot({name}, {})", "dot({}, {name})"], "code"),
    ("src/load/text/hints.rs", &[], "words that a text is searched for; this file shows nothing"),
    ("src/load/text/objects.rs", &["neuron {i}", "neuron {}"], "the name of a unit"),
    (
        "src/load/text/scalars.rs",
        &[" to ", " into ", " from ", "connects ", "connecting "],
        "words that a text is searched for",
    ),
    ("src/load/text/scalars.rs", &["node {node}"], "the name of a unit"),
    ("src/load/text/scales.rs", &["MATLAB's toolbox"], "the name of a tool"),
    ("src/load/text/tools.rs", &["R's nnet"], "the name of a tool"),
    ("src/load/text/tools.rs", &["Node {number}", "input {}", "node {key}"], "the name of a unit"),
    ("src/load/text/tree.rs", &[" containing:"], "how PyTorch prints a parameter, which a text is searched for"),
    ("src/shell/command/usage.rs", &["{template}\n{}: {{usage}}\n\n{{all-args}}{{after-help}}"], "a template of clap"),
    ("src/shell/command/usage.rs", &["byhand --help", "byhand help {name}"], "commands"),
    (
        "src/shell/rehearsal.rs",
        &["mouse {}", "paste {}", "copy {text}", "stop process", "stop job"],
        "what a test terminal writes down",
    ),
];

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn no_sentence_is_written_in_rust() {
    let (mut wrong, mut used) = (Vec::new(), vec![false; STAY.len()]);
    for path in rust_files(&root().join("src")) {
        let name = path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/");
        if name.contains("/tests/") {
            continue;
        }
        let found = literals::english(&fs::read_to_string(&path).expect("a text"));
        for (line, text) in found.unwrap_or_else(|why| panic!("{name}: {why}")) {
            let stays = |(file, texts, _): &(&str, &[&str], &str)| {
                *file == name && (texts.is_empty() || texts.contains(&text.as_str()))
            };
            match STAY.iter().position(stays) {
                Some(at) => used[at] = true,
                None => wrong.push(format!("{name}:{line}: {text:?}")),
            }
        }
    }
    let unused = STAY.iter().zip(used).filter(|(_, used)| !used);
    wrong.extend(unused.map(|((file, texts, _), _)| format!("{file} does not contain {texts:?} any more")));
    assert!(wrong.is_empty(), "move these sentences to assets/words/en (CONTRIBUTING.md):\n{}", wrong.join("\n"));
}

#[test]
fn sentences_in_rust_are_found_wherever_they_are() {
    let source = r#"
        /// A doc comment is not shown.
        #[derive(Error)]
        #[error("a broken thing")]
        #[expect(dead_code, reason = "not used yet")]
        struct Broken;
        const LIST: &[&str] = &["in a list"];
        fn show(name: &str) -> String {
            assert!(name.len() > 1, "too short for this");
            let text = format!("no file {name}");
            println!("{}", [text.clone(), " and ".to_owned()].concat());
            match name {
                "an arm to compare" => text.expect("not an error"),
                _ if name == "also compared" || name.contains("out of") => format!("`code in here`{}", f("in a call")),
                _ => panic!("never seen {name}"),
            }
        }
        thread_local! {
            /// A comment inside a macro.
            static TEXT: &str = "in a macro";
        }
        #[cfg(test)]
        mod tests { const X: &str = "in a test"; }
        #[test]
        fn f() { g("in a test") }
    "#;
    let found = literals::english(source).expect("Rust");
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["a broken thing", "in a list", "no file {name}", " and ", "in a call", "in a macro"]);
    assert_eq!(found[0].0, 4);
    for (text, expected) in [
        ("{} and {}", true),
        ("unit {unit}", true),
        ("Right.", false),
        ("dense.kernel", false),
        ("{a} × {b} = {c}", false),
        ("`np.savetxt(a, b)`", false),
        ("x y", false),
    ] {
        assert_eq!(literals::reads_like_english(text), expected, "{text}");
    }
}
