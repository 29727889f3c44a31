//! docs/trust.md names a test for each fault that was met: every test that it names exists.

use std::{fs, path::Path};

/// The names of all tests below this folder.
fn tests(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            tests(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("UTF-8");
            for (at, _) in text.match_indices("#[test]") {
                let name = text[at..].split_once("fn ").and_then(|(_, rest)| rest.split_once('('));
                names.extend(name.map(|(name, _)| name.to_owned()));
            }
        }
    }
}

#[test]
fn every_test_that_the_table_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = Vec::new();
    tests(&root.join("tests"), &mut known);
    tests(&root.join("src"), &mut known);
    let table = fs::read_to_string(root.join("docs/trust.md")).expect("docs/trust.md");
    let rows = table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fault"));
    let mut proved = 0;
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
        for test in tests.split(", ") {
            let test = test.trim_matches('`');
            assert!(known.iter().any(|name| name == test), "no test is called `{test}`: {row}");
        }
        proved += 1;
    }
    assert!(proved > 40, "{proved}");
}
