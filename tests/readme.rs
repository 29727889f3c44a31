//! The README does what it says: its commands run, their results are the ones it shows, its keys are the program's.

use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use byhand::{
    course::{Course, FIRST_LANGUAGE, Folder},
    ui::keys::{When, rows},
};

const RUN: &str = "cargo run --release";
const BEGIN: &str = "<!-- keys: written by `RENEW_README=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of keys -->";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn readme() -> String {
    fs::read_to_string(path("README.md")).expect("the README").replace('\r', "")
}

/// The fenced blocks: language, text, and whether nothing but a line end stands between it and the block before.
fn blocks(markdown: &str) -> Vec<(String, String, bool)> {
    let (mut blocks, mut open, mut near) = (Vec::new(), None::<(String, String, bool)>, false);
    for line in markdown.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new(), near)),
            (Some(_), Some(_)) => {
                blocks.extend(open.take());
                near = true;
            }
            (Some((_, text, _)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => near = false,
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// The words of a command; single quotes keep blanks and brackets together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("one at least").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn byhand(arguments: &[String], folder: &Path, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // What does not read its input may be gone before it is written.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

/// Runs one block of commands in `folder`; what it prints.
fn run(block: &str, folder: &Path) -> String {
    let (first, here) = block.split_once('\n').expect("a line");
    let (command, here) = if let Some((command, _)) = first.split_once(" <<'END'") {
        (command, here.strip_suffix("END\n").expect("the end of the here-document"))
    } else {
        assert!(here.is_empty(), "one command a block, please: {block}");
        (first, "")
    };
    if let Some(file) = command.strip_prefix("cat > ") {
        fs::write(folder.join(file), here).expect("written");
        return String::new();
    }
    // What cannot be run from within a test.
    if command == "cargo test" {
        return String::new();
    }
    let rest = command.strip_prefix(RUN).unwrap_or_else(|| panic!("this test does not know how to run `{command}`"));
    let arguments = words(rest.strip_prefix(" --").unwrap_or(rest));
    let output = byhand(&arguments, folder, here);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if matches!(arguments.first().map(String::as_str), None | Some("learn" | "open")) {
        // The screen needs a terminal. It says so after it has read everything, so the lesson and the model are there.
        assert_eq!(output.status.code(), Some(2), "{command}: {err}");
        assert!(err.contains("is not a terminal"), "{command}: {err}");
        return String::new();
    }
    // `check` says with its exit code that a number is wrong.
    let found = arguments.first().is_some_and(|first| first == "check") && output.status.code() == Some(1);
    assert!(output.status.success() || found, "{command}: {err}");
    assert_eq!(err, "", "{command}");
    out.replace('\r', "")
}

#[test]
fn every_command_runs_and_prints_what_the_readme_shows() {
    let folder = env::temp_dir().join(format!("byhand-readme-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    // `lessons check lessons` is meant from the top of the project; this is where its lessons are.
    let lessons = path("lessons").to_string_lossy().into_owned();
    let (mut printed, mut commands, mut compared) = (String::new(), 0, 0);
    for (language, text, near) in blocks(&readme()) {
        match language.as_str() {
            "sh" => {
                let text = text.replace("check lessons", &format!("check '{lessons}'"));
                printed = run(&text.replace("tests/golden/", &format!("{}/", path("tests/golden").display())), &folder);
                commands += 1;
            }
            "text" if near => {
                assert_eq!(text.trim_end(), printed.trim_end(), "what the README shows, and what is printed");
                compared += 1;
            }
            other => panic!("a block of `{other}` that no test looks at:\n{text}"),
        }
    }
    assert!(commands >= 8 && compared >= 4, "{commands} commands, {compared} results");
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn the_lessons_are_those_of_the_course_in_its_order() {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).expect("the course");
    let readme = readme();
    let numbered = |line: &&str| line.split_once(". **").is_some_and(|(n, _)| n.parse::<usize>().is_ok());
    let listed: Vec<&str> = readme.lines().filter(numbered).collect();
    assert_eq!(listed.len(), course.entries.len());
    for (i, (line, entry)) in listed.iter().zip(&course.entries).enumerate() {
        assert!(
            line.starts_with(&format!("{}. **{}**", i + 1, entry.title)),
            "{line}: lesson {} is {}",
            i + 1,
            entry.title
        );
    }
}

fn keys() -> String {
    let mut table = "| where | key | what it does |\n|---|---|---|\n".to_owned();
    let mut before: Option<When> = None;
    for row in rows() {
        let place = if before == Some(row.when) { String::new() } else { row.when.title() };
        before = Some(row.when);
        let name = row.name.split(' ').map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
        table.extend(["| ", &place, " | ", &name, " | ", &(row.help)(), " |\n"]);
    }
    table
}

#[test]
fn the_keys_are_the_programs() {
    let readme = readme();
    let (before, rest) = readme.split_once(BEGIN).expect("where the keys begin");
    let (shown, after) = rest.split_once(END).expect("where they end");
    if env::var_os("RENEW_README").is_some() {
        fs::write(path("README.md"), format!("{before}{BEGIN}\n{}\n{END}{after}", keys())).expect("written");
        return;
    }
    assert!(shown.trim() == keys().trim(), "the keys have changed: RENEW_README=1 cargo test --test readme");
}
