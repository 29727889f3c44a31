//! A lesson as text: the same questions and the same checking, for a screen reader or a terminal without a screen.

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

struct Progress(PathBuf);

impl Progress {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("byhand-plain-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("progress.json")
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What is printed when these lines are typed.
fn typed(arguments: &[&str], term: &str, progress: &Progress, lines: &[&str]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(arguments)
        .arg("--progress")
        .arg(progress.file())
        .env("TERM", term)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = lines.join("\n");
    input.push('\n');
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn a_lesson_is_asked_question_by_question_with_the_same_checking() {
    let progress = Progress::new("lesson");
    let lines = ["3", "1", "", "0.75", "h", "-0.0997", "", "q"];
    let said = typed(&["learn", "one-neuron", "--plain"], "xterm", &progress, &lines);
    for words in [
        "step 1 of",
        "1. ○ below zero",
        "3. ○ above zero",
        // What the screen plays is printed line by line.
        "0.3 × 1 = 0.3",
        "tanh(-0.1000) = -0.0997",
        "step 2 of",
        "Not yet: the number is below zero.",
        "step 3 of",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains('\u{1b}'), "{said:?}");
    let is_drawing = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || ('\u{2800}'..='\u{28ff}').contains(&c);
    assert!(!said.contains(is_drawing), "{said}");
    let kept = fs::read_to_string(progress.file()).expect("progress");
    assert!(kept.contains("one-neuron"), "{kept}");
    // It goes on where it ended.
    let again = typed(&["learn", "one-neuron", "--plain"], "xterm", &progress, &["q"]);
    assert!(again.contains("step 3 of"), "{again}");
}

#[test]
fn a_dumb_terminal_gets_text_without_being_asked() {
    let progress = Progress::new("dumb");
    for arguments in [&["learn", "2"][..], &["learn"], &[]] {
        let said = typed(arguments, "dumb", &progress, &["?"]);
        assert!(said.contains("step 1 of") && said.contains("> "), "{arguments:?}: {said}");
    }
}

#[test]
fn every_lesson_can_be_read_to_its_end() {
    let lessons = byhand::course::Course::read(&byhand::course::Folder::Embedded, "en").expect("byhand's own");
    for (number, entry) in lessons.entries.iter().enumerate() {
        let progress = Progress::new(&entry.id);
        let number = (number + 1).to_string();
        let said = typed(&["learn", &number, "--plain"], "xterm", &progress, &["n"; 40]);
        assert!(said.contains(": the end of the lesson"), "{}: {said}", entry.id);
    }
}

#[test]
fn wrong_and_right_are_said_in_words_and_signs() {
    let progress = Progress::new("words");
    let said = typed(&["learn", "one-neuron", "--plain"], "xterm", &progress, &["2"]);
    for words in ["✓ below zero", "✗ exactly zero", "✗ For zero, the sum", "Enter: next step"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
