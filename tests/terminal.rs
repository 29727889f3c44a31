//! The event loop in a real pseudo terminal, run through `examples/quiet.rs`. Every test waits for something to appear,
//! none for time to pass.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod support;

use std::{
    io::Read,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use rustix::process::Signal;
use support::session::{COLUMNS, ROWS, Session, TOO_LONG, command, ended, open, parser, restored};
use vt100::{Color, MouseProtocolMode, Screen};

/// `cargo test` builds the examples before the tests, next to the directory of the test executables.
fn quiet() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let quiet = test.parent().unwrap().parent().unwrap().join("examples").join("quiet");
    assert!(quiet.exists(), "the example is not built: say `cargo build --examples` first");
    quiet
}

/// Starts the example and waits for its picture.
fn start() -> Session {
    let session = Session::start(command(&[quiet().to_str().unwrap()]));
    session.wait_for("the first picture", drawn);
    session
}

fn drawn(screen: &Screen) -> bool {
    screen.alternate_screen() && screen.hide_cursor() && screen.contents().contains("+0.00")
}

/// Column and row of the highlighted number.
fn highlight(screen: &Screen) -> Option<(u16, u16)> {
    let lit = |x: u16, y: u16| screen.cell(y, x).is_some_and(|cell| cell.bgcolor() == Color::Rgb(240, 200, 80));
    (0..ROWS).find_map(|y| (0..COLUMNS).find(|&x| lit(x, y)).map(|x| (x / 6, y)))
}

#[test]
fn quitting_gives_back_the_terminal_with_everything_that_was_switched_on() {
    let mut session = start();
    session.press(b"mp");
    session.wait_for("mouse and paste mode", |screen| {
        screen.bracketed_paste() && screen.mouse_protocol_mode() == MouseProtocolMode::ButtonMotion
    });
    session.press(b"q");
    session.assert_restored();
    assert_eq!(ended(session.child).exit_code(), 0);
}

#[test]
fn signals_restore_the_terminal_and_then_kill() {
    for (signal, name) in [(Signal::TERM, "Terminated"), (Signal::HUP, "Hangup"), (Signal::INT, "Interrupt")] {
        let session = start();
        session.signal(signal);
        session.assert_restored();
        let status = ended(session.child);
        assert!(status.signal().is_some_and(|text| text.starts_with(name)), "{status:?}");
    }
}

#[test]
fn the_program_ends_when_the_terminal_disappears_also_where_hang_ups_are_ignored() {
    let ignoring = format!("trap '' HUP; exec '{}'", quiet().display());
    for words in [vec![quiet().to_str().unwrap()], vec!["sh", "-c", &ignoring]] {
        let pair = open();
        let child = pair.slave.spawn_command(command(&words)).unwrap();
        drop(pair.slave);
        // This reader must end, and with it the last handle of the terminal but one.
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut parser = parser();
            let mut bytes = [0; 8192];
            while !drawn(parser.screen()) {
                let count = reader.read(&mut bytes).unwrap();
                parser.process(&bytes[..count]);
            }
            drop(reader);
            sender.send(()).unwrap();
        });
        receiver.recv_timeout(TOO_LONG).expect("a first picture");
        drop(pair.master);
        assert!(!ended(child).success());
    }
}

#[test]
fn suspended_from_a_shell_it_restores_the_terminal_and_repaints_after_fg() {
    let mut session = Session::start(command(&["sh", "-i"]));
    session.press(format!("'{}'\r", quiet().display()).as_bytes());
    session.wait_for("the first picture", drawn);
    session.press(b"\x1b[B");
    session.wait_for("a moved highlight", |screen| highlight(screen) == Some((0, 1)));
    let picture = session.picture();

    session.press(b"\x1a");
    session.wait_for("the shell's word", |screen| restored(screen) && screen.contents().contains("Stopped"));
    session.press(b"echo back-$((6*7))\r");
    session.wait_for("the shell", |screen| screen.contents().contains("back-42"));

    session.press(b"fg; echo ended-$((6*7))\r");
    session.wait_for("the picture from before", |screen| {
        drawn(screen) && highlight(screen) == Some((0, 1)) && screen.contents() == picture
    });
    session.press(b"q");
    session.wait_for("the shell again", |screen| restored(screen) && screen.contents().contains("ended-42"));
    session.press(b"exit\r");
    ended(session.child);
}

#[test]
fn at_rest_nothing_is_written_and_no_thread_wakes() {
    let mut session = start();
    session.press(b"\x1b[B");
    session.wait_for("a moved highlight", |screen| highlight(screen) == Some((0, 1)));
    // The highlight is seen before the threads that brought it are asleep again; on a busy machine that takes a while.
    let mut before = wakes(&session);
    for _ in 0..10 {
        session.bytes_within(Duration::from_millis(300));
        let now = wakes(&session);
        if std::mem::replace(&mut before, now.clone()) == now {
            break;
        }
    }
    assert_eq!(session.bytes_within(Duration::from_secs(1)), 0);
    assert_eq!(wakes(&session), before);
}

/// How often the threads went to sleep so far; only Linux tells.
fn wakes(session: &Session) -> Vec<String> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{}/task", session.child.process_id().unwrap())) else {
        return Vec::new();
    };
    tasks
        .map(|task| {
            let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
            status.lines().filter(|line| line.starts_with("voluntary_ctxt")).collect()
        })
        .collect()
}

#[test]
fn a_thousand_keys_at_once_are_all_read() {
    let mut session = start();
    session.press(&b"\x1b[B".repeat(1001));
    session.wait_for("row 1001 modulo 40", |screen| highlight(screen) == Some((0, 1)));
    session.press(&b"\x1b[C".repeat(7));
    session.wait_for("column 7", |screen| highlight(screen) == Some((7, 1)));
}

#[test]
fn a_late_answer_about_the_background_is_read_and_not_typed() {
    let mut session = start();
    // The `a` in it would start a movement, a `q` end the program.
    session.press(b"\x1b]11;rgb:fafa/fafa/fafa\x1b\\\x1b[B");
    session.wait_for("the word light", |screen| screen.contents().contains("light"));
    session.wait_for("a moved highlight", |screen| highlight(screen) == Some((0, 1)));
}

#[test]
fn without_a_terminal_it_says_in_one_line_what_works() {
    let output = Command::new(quiet()).stdin(Stdio::null()).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.contains("standard output is not a terminal"), "{message}");
    assert!(message.contains("`byhand predict`"), "{message}");
}
