//! Terminals that can do less than others, and none at all.

use std::{
    fs,
    process::{Command, Stdio},
};

use crate::support::{
    learner::{Home, Learner},
    session::{command, restored},
};

#[test]
fn without_a_screen_one_sentence_says_what_works_and_the_exit_code_is_2() {
    let home = Home::new();
    for arguments in [vec![], vec!["learn", "one-neuron"], vec!["open", "line-1-16-1"]] {
        // Lessons are asked as text there.
        if arguments.first() == Some(&"open") {
            let learner =
                Learner::starts_where(&home, &[("TERM", "dumb")], &arguments).sees("TERM=dumb").sees("byhand predict");
            assert!(!learner.output().contains(&0x1b));
            assert_eq!(learner.has_left(), 2);
        }

        let mut byhand = Command::new(env!("CARGO_BIN_EXE_byhand"));
        let output = byhand.args(&arguments).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len(), said.lines().count()), (Some(2), 0, 1), "{said}");
        assert!(said.contains("is not a terminal"), "{said}");
    }
    assert!(!home.progress_file().exists());
}

#[test]
fn a_terminal_gets_the_colours_it_has() {
    // What the environment says; whether there are colours of 24 bits, of 256, of 16.
    for (environment, expected) in [
        (&[("COLORTERM", "truecolor")][..], [true, false, false]),
        (&[("COLORTERM", "")], [false, true, false]),
        (&[("COLORTERM", ""), ("TERM", "xterm")], [false, false, true]),
        (&[("NO_COLOR", "1")], [false, false, false]),
    ] {
        let home = Home::new();
        let learner = Learner::starts_where(&home, environment, &["open", "sum-2-5-1"])
            .sees("sum-2-5-1")
            .presses("v v")
            .sees("points right")
            .presses("v w")
            .sees("What if ...")
            .presses("Enter ?")
            .sees("play the pass, or stop");
        let sent: Vec<u32> = colours(&learner.output());
        let has = |code: fn(&u32) -> bool| sent.iter().any(code);
        let found = [has(|code| *code == 2), has(|code| *code == 5), has(|code| *code == 16)];
        assert_eq!(found, expected, "{environment:?}");
        learner.presses("Ctrl-C").sees_that("restored screen", restored);
    }
}

/// The kinds of colour that were switched on: 2 for 24 bits, 5 for one of 256, 16 for one of the first 16, however it is
/// written.
fn colours(output: &[u8]) -> Vec<u32> {
    let text = String::from_utf8_lossy(output);
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        rest[end..].starts_with('m').then_some(&rest[..end])
    });
    let mut kinds = Vec::new();
    for sequence in sequences {
        let mut codes = sequence.split([';', ':']).map(|code| code.parse().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                38 | 48 => match (codes.next(), codes.next()) {
                    (Some(5), Some(..16)) => kinds.push(16),
                    (Some(kind), _) => {
                        kinds.push(kind);
                        codes.by_ref().take(if kind == 2 { 2 } else { 0 }).for_each(drop);
                    }
                    (None, _) => panic!("half a colour: {sequence}"),
                },
                30..=37 | 40..=47 | 90..=97 | 100..=107 => kinds.push(16),
                _ => {}
            }
        }
    }
    kinds
}

/// `PRINTED` of `tests/cli.rs`: relu(3 * 1 + 0.5) = 3.5, relu(3 * -2 + 0.25) = 0, so the answer is 3.5 * 1 - 1 = 2.5.
#[test]
fn a_model_comes_from_a_pipe_and_the_keys_from_the_terminal() {
    let home = Home::new();
    let printed = "[array([[1., -2.]]), array([0.5, 0.25]), array([[1.], [3.]]), array([-1.])]";
    fs::write(home.path().join("weights.txt"), printed).unwrap();
    let pipe =
        "cat \"$1\"/weights.txt | \"$0\" --progress \"$1\"/progress.json open - --activations relu,linear --input 3";
    let words = ["sh", "-c", pipe, env!("CARGO_BIN_EXE_byhand"), home.path().to_str().unwrap()];
    let learner = Learner::runs(command(&words)).sees("standard input").presses("End").sees("2.5000");
    // A change of size and the end of the screen go through the same terminal.
    let learner = learner.resizes(90, 30).presses("?").sees("play the pass, or stop");
    let learner = learner.presses("Esc").sees_no_more("play the pass, or stop");
    learner.presses("q").sees_that("a restored screen", restored);
}

#[test]
fn arguments_with_control_characters_reach_the_terminal_as_text() {
    for arguments in [
        &["\u{1b}]0;x\u{7}"][..],
        &["predict", "line-1-16-1", "--input", "1", "--\u{9b}31m"],
        &["explain", "line-1-16-1", "--input", "1", "--digits", "\u{1b}[31m"],
        &["explain", "line-1-16-1", "--input", "1", "--format", "\u{202e}\u{1b}[2J"],
        &["check", "line-1-16-1", "--input", "1", "--answer", "1", "--budget", "\u{1b}[31m"],
        &["help", "\u{1b}[31m"],
        &["--language", "\u{1b}[31m"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
        assert!(said.starts_with("error: ") && said.contains("shows how it is used"), "{said}");
        assert!(said.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{said:?}");
    }
}
