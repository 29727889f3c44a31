//! docs/operations.md is generated: every operation with its stages and the mistakes that can be made in it.
//!
//! `RENEW_DOCS=1 cargo test --test operations_doc` writes it anew.

#[path = "support/golden_models.rs"]
mod golden_models;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

use byhand::{
    graph::class_names,
    mistake::graph::{KINDS, Mistake},
    walk::{Walk, example},
};

/// What was seen of an operation in the networks that Keras saved.
#[derive(Default)]
struct Seen {
    stages: Vec<String>,
    mistakes: BTreeSet<&'static str>,
}

fn seen() -> BTreeMap<String, Seen> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for name in golden_models::names() {
        // Older goldens of chains have only what the recipes need.
        let Ok(network) = golden_models::network(&name, "model.json") else { continue };
        let network = std::sync::Arc::new(network);
        let walk = Walk::of_pass(&network, &example(&network), &[]).expect("a pass");
        let mistakes = Mistake::all(network.program());
        for part in walk.parts() {
            let Some(kind) = &part.kind else { continue };
            let entry = seen.entry(kind.clone()).or_default();
            for &array in &part.arrays {
                let stage = walk.program().name(array)[part.layer.len()..].trim_start_matches(['.', '/']).to_owned();
                if !entry.stages.contains(&stage) {
                    entry.stages.push(stage);
                }
            }
            let inside = |layer: &str| layer == part.layer || layer.starts_with(&format!("{}/", part.layer));
            entry.mistakes.extend(mistakes.iter().filter(|m| inside(&m.layer)).map(|m| m.kind.id));
        }
    }
    seen
}

fn document() -> String {
    let mut text = String::from(
        "# Operations\n\nEvery operation of a graph, the stages of its values in the order in which they are computed (each is an address: \
         `LAYER.STAGE[INDEX]`), and the mistakes\nthat byhand can make in it and look for. This page is generated from the networks under `tests/golden`.\n\n\
         | operation | stages | mistakes |\n|---|---|---|\n",
    );
    let code =
        |names: &mut dyn Iterator<Item = &str>| names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
    for (kind, seen) in seen() {
        let stages = code(&mut seen.stages.iter().map(String::as_str));
        let mistakes = code(&mut KINDS.iter().map(|kind| kind.id).filter(|id| seen.mistakes.contains(id)));
        let _ = writeln!(text, "| {kind} | {stages} | {mistakes} |");
    }
    text.push_str("\nWhat these mistakes are called:\n\n| mistake | what it is |\n|---|---|\n");
    for kind in KINDS {
        let _ = writeln!(text, "| `{}` | {} |", kind.id, (kind.title)());
    }
    text
}

#[test]
fn the_table_of_operations_is_what_the_program_has() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/operations.md");
    let document = document();
    if std::env::var_os("RENEW_DOCS").is_some() {
        fs::write(&path, &document).expect("a file");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), document, "run it with RENEW_DOCS=1");
}

#[test]
fn every_class_and_every_mistake_has_a_row() {
    let document = document();
    // A class that is another one's name has that one's row: what a layer is called is what its operation is.
    let missing: Vec<&str> =
        class_names().into_iter().filter(|class| !document.contains(&format!("| {class} |"))).collect();
    // These are read as an activation with parameters, and are called `Activation` then.
    let without: &[&str] = &["ELU", "LeakyReLU", "ThresholdedReLU"];
    let unexplained: Vec<&&str> = missing.iter().filter(|class| !without.contains(class)).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    let used: Vec<&str> =
        KINDS.iter().map(|kind| kind.id).filter(|id| document.matches(&format!("`{id}`")).count() < 2).collect();
    assert!(used.is_empty(), "in no operation: {used:?}");
}
