//! The rules of the house, kept by a test: which room may use which, how large a file may be, and who may do what.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Lines of code in a file, at most: neither blank, nor comment, nor test.
const MOST: usize = 400;

/// Files that may be larger, by how much, and why.
const LARGER: &[(&str, usize, &str)] = &[];

/// Rooms of the standard library that only the shell enters.
const OUTSIDE: &[&str] = &["env", "fs", "io", "net", "os", "process", "thread"];
/// The room that every other may use: it holds the sentences of all.
const OPEN: &str = "words";
/// Words that mean a clock.
const CLOCKS: &[&str] = &["Instant", "SystemTime"];
/// Macros that print, or that admit to being unfinished.
const MACROS: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "todo!", "dbg!", "unimplemented!"];

struct File {
    /// From the top of the project, with `/`.
    path: String,
    room: String,
    /// Without comments, strings and tests.
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a text").replace('\r', "")
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { &mut folders } else { &mut files }.push(path);
        }
    }
    files.sort();
    files
}

/// The code alone: no comments, no text in quotes, nothing from `#[cfg(test)]` on (tests stand last in a file).
fn code(text: &str) -> String {
    let until = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let (mut code, mut rest) = (String::new(), &text[..until]);
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\''") {
            if rest.as_bytes()[1] == b'\\' { 4 } else { 3 }
        } else if let Some(raw) = ["r#\"", "r\""].iter().find(|quote| rest.starts_with(**quote)) {
            let close = if raw.len() == 3 { "\"#" } else { "\"" };
            rest[raw.len()..].find(close).map_or(rest.len(), |end| raw.len() + end + close.len())
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            end.map_or(rest.len(), |end| end + 2)
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        // Lines stay lines.
        code.extend(rest[..skip].chars().filter(|&c| c == '\n'));
        rest = &rest[skip..];
    }
    code
}

fn sources() -> Vec<File> {
    let inside = |path: &Path| path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/");
    let files = below(&root().join("src")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let files = files.map(|path| (inside(&path), read(&path)));
    files
        .filter(|(path, _)| !path.ends_with("/tests.rs") && !path.contains("/tests/"))
        .map(|(path, text)| {
            let room = path.split('/').nth(1).expect("below src").trim_end_matches(".rs").to_owned();
            File { path, room, code: code(&text) }
        })
        .collect()
}

/// What follows `root::` in `code`: a name, or the outer names within braces.
fn names_after(code: &str, root: &str) -> Vec<String> {
    let mut names = Vec::new();
    let name =
        |text: &str| -> String { text.trim_start().chars().take_while(|&c| c.is_alphanumeric() || c == '_').collect() };
    for (at, _) in code.match_indices(root) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + root.len()..];
        let Some(inner) = rest.strip_prefix('{') else {
            names.push(name(rest));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (i, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    names.push(name(&inner[start..i]));
                    start = i + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The rooms, in reading order, and what each may use: the table in ARCHITECTURE.md.
fn rooms() -> Vec<(String, Vec<String>)> {
    let text = read(&root().join("ARCHITECTURE.md"));
    let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = text.lines().skip_while(|line| !line.starts_with("| room |")).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        assert_eq!(cells.len(), 3, "{row}");
        (quoted(cells[0]).remove(0), quoted(cells[2]))
    })
    .collect()
}

#[test]
fn rooms_are_in_reading_order() {
    let map = code(&read(&root().join("src/lib.rs")));
    let declared: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let rooms = rooms();
    let names: Vec<&str> = rooms.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(declared, names, "src/lib.rs, and the table in ARCHITECTURE.md");
    for (i, (room, uses)) in rooms.iter().enumerate() {
        for used in uses {
            assert!(names[..i].contains(&used.as_str()), "`{room}` uses `{used}`, which does not come before it");
        }
    }
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    let rooms: BTreeMap<String, Vec<String>> = rooms().into_iter().collect();
    let mut unused = rooms.clone();
    let mut wrong = Vec::new();
    for File { path, room, code } in sources() {
        for used in names_after(&code, "crate::") {
            if used == room || used == OPEN || !rooms.contains_key(&room) {
                continue;
            }
            if !rooms[&room].contains(&used) {
                wrong.push(format!("{path} uses `{used}`"));
            }
            if let Some(left) = unused.get_mut(&room) {
                left.retain(|name| *name != used);
            }
        }
    }
    wrong.extend(
        unused
            .into_iter()
            .filter(|(_, left)| !left.is_empty())
            .map(|(room, left)| format!("`{room}` does not use {left:?} any more: take it off the map")),
    );
    assert!(wrong.is_empty(), "the table in ARCHITECTURE.md says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let mut wrong = Vec::new();
    for File { path, code, .. } in sources() {
        let lines = code.lines().filter(|line| !line.trim().is_empty()).count();
        let most = LARGER.iter().find(|(larger, ..)| *larger == path).map_or(MOST, |(_, most, _)| *most);
        if lines > most {
            wrong.push(format!("{path} has {lines} lines of code, {most} are enough: split it by concept"));
        }
        if most > MOST && lines <= MOST {
            wrong.push(format!("{path} has only {lines} lines of code: take its exception away"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_shell_reads_and_writes_outside() {
    let mut wrong = Vec::new();
    for File { path, room, code } in sources() {
        if room == "shell" || room == "main" {
            continue;
        }
        // A cursor reads bytes in memory.
        let names = names_after(&code.replace("std::io::Cursor", ""), "std::");
        wrong.extend(
            OUTSIDE.iter().filter(|name| names.iter().any(|n| n == *name)).map(|name| format!("{path}: std::{name}")),
        );
        let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        wrong.extend(CLOCKS.iter().filter(|clock| words.contains(clock)).map(|clock| format!("{path}: {clock}")));
        let calls: Vec<&str> = code.split(|c: char| !c.is_alphanumeric() && !"_!".contains(c)).collect();
        wrong.extend(MACROS.iter().filter(|name| calls.contains(name)).map(|name| format!("{path}: {name}")));
    }
    assert!(
        wrong.is_empty(),
        "time is a parameter, and files, threads and output are the shell's:\n{}",
        wrong.join("\n")
    );
}

/// Tests of what must not hang: they wait for it, with seconds to spare.
const DEADLINES: &[&str] = &["tests/fuzz_texts.rs", "tests/robust.rs", "tests/robust/in_a_terminal.rs"];

#[test]
fn no_test_measures_time() {
    let files = below(&root().join("tests")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let files = files.filter(|path| !DEADLINES.iter().any(|name| path.ends_with(name)));
    let mut wrong = Vec::new();
    for path in files {
        let code = code(&read(&path));
        let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        wrong.extend(CLOCKS.iter().filter(|clock| words.contains(clock)).map(|clock| format!("{path:?}: {clock}")));
    }
    assert!(
        wrong.is_empty(),
        "a test that depends on the speed of the machine fails by chance; write a bench:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_app_contains_no_terminal_type() {
    for File { path, room, code } in sources() {
        if room == "ui" || room == "shell" {
            continue;
        }
        for name in ["ratatui", "crossterm"] {
            assert!(!code.contains(name), "{path} uses {name}, which only `ui` and `shell` know");
        }
    }
}

#[test]
fn every_dependency_says_why_it_is_here() {
    let manifest = read(&root().join("Cargo.toml"));
    let (mut inside, mut before, mut wrong, mut found) = (false, "", Vec::new(), 0);
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && line.contains('=') && !line.starts_with('#') {
            found += 1;
            // Two that belong together may share a sentence.
            let (name, family) = (line.split(['.', ' ', '=']).next().unwrap_or_default(), before.split('_').next());
            if !before.starts_with('#') && family != name.split('_').next() {
                wrong.push(name.to_owned());
            }
            before = name;
            continue;
        }
        before = line;
    }
    assert!(found > 15, "only {found} dependencies were found");
    assert!(wrong.is_empty(), "a comment above each dependency says why: {}", wrong.join(", "));
}

#[test]
fn the_rules_of_this_file_find_violations() {
    let text = "use crate::{a::{b, c}, d}; // crate::e\nlet s = \"crate::f\"; crate::g::h(); // \"\n'\"'; std::env!()\n#[cfg(test)]\nmod tests { crate::i }";
    let code = code(text);
    assert_eq!(names_after(&code, "crate::"), ["a", "d", "g"]);
    assert_eq!(names_after(&code, "std::"), ["env"]);
    assert_eq!(code.lines().count(), 3);
}
