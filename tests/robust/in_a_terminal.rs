//! The session in a pseudo terminal, with a hostile neighbour, file or terminal.

use std::{
    fs::{self, File},
    io::{Read, Write},
    process::Command,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use portable_pty::PtyPair;
use rustix::process::{Pid, Signal, kill_process};
use vt100::Screen;

use super::{
    Folder,
    support::session::{Session, TOO_LONG, command, ended, open, text},
};

fn start(arguments: &[&str]) -> Session {
    let mut words = vec![env!("CARGO_BIN_EXE_byhand")];
    words.extend(arguments);
    Session::start(command(&words))
}

fn is_course(screen: &Screen) -> bool {
    screen.alternate_screen() && text(screen).contains("One neuron")
}

#[test]
fn a_pipe_or_a_device_in_the_place_of_progress_stops_nothing() {
    let folder = Folder::new("special");
    let pipe = folder.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for place in [pipe.as_str(), "/dev/zero", "/dev/null"] {
        let mut session = start(&["--progress", place]);
        session.wait_for("the message", |screen| text(screen).contains("not a regular file"));
        session.press(b"q");
        session.assert_restored();
        assert_eq!(ended(session.child).exit_code(), 0);
    }
    assert!(!fs::exists("/dev/null.damaged").unwrap() && !fs::exists("/dev/null.lock").unwrap());
}

#[test]
fn who_holds_the_lock_of_the_progress_stops_no_key() {
    let folder = Folder::new("lock");
    let progress = folder.path("progress.json");
    let held = File::create(folder.path("progress.json.lock")).unwrap();
    held.lock().unwrap();
    let mut session = start(&["learn", "1", "--progress", &progress]);
    session.wait_for("the lesson", |screen| text(screen).contains("1/"));
    for _ in 0..3 {
        session.press(b"n");
    }
    session.wait_for("the sign", |screen| text(screen).contains("not saved"));
    session.press(b"?");
    session.wait_for("the keys", |screen| text(screen).contains("undo"));
    session.press(b"q");
    session.press(b"q");
    session.assert_restored();
    session.wait_for("the reason after the end", |screen| text(screen).contains("another byhand holds"));
    assert_eq!(ended(session.child).exit_code(), 0);
    assert!(!fs::exists(&progress).unwrap());
}

#[test]
fn what_lasts_stays_on_every_screen_and_is_said_after_the_end() {
    let folder = Folder::new("lasting");
    fs::write(folder.path("file"), "no folder").unwrap();
    let mut session = start(&["--progress", &folder.path("file/progress.json")]);
    for keys in [&b"j"[..], b"k", b"\r", b"n", b"n"] {
        session.press(keys);
        session.wait_for("the sign", |screen| text(screen).contains("not saved"));
    }
    session.press(b"q");
    session.assert_restored();
    session.wait_for("the reason", |screen| text(screen).contains("--progress FILE"));
}

/// Half a sequence makes the reader of the keys wait; a resize is painted all the same.
#[test]
fn a_resize_is_painted_while_a_sequence_is_incomplete() {
    for half in [&b"\x1b["[..], b"\xc3", b"\x1b[<0;10", b"\x1b["] {
        let mut session = start(&[]);
        session.wait_for("the course", is_course);
        session.press(half);
        // Nothing shows that the bytes were read; the picture does not depend on it.
        session.resize(70, 20);
        session.wait_for("a picture of the new size", |screen| {
            let lines = text(screen);
            is_course(screen)
                && lines.lines().count() <= 20
                && lines.lines().last().is_some_and(|last| last.contains("Enter"))
        });
        session.signal(Signal::TERM);
        session.assert_restored();
    }
}

/// A terminal in which nobody reads: its buffer fills, and every write waits.
#[allow(clippy::disallowed_methods, reason = "nobody reads, so there is nothing to wait for")]
fn mute() -> (PtyPair, Box<dyn portable_pty::Child + Send + Sync>) {
    let folder = std::env::temp_dir().join(format!("byhand-mute-{}", std::process::id()));
    let progress = folder.to_str().unwrap().to_owned();
    let pair = open();
    let child = pair.slave.spawn_command(command(&[env!("CARGO_BIN_EXE_byhand"), "--progress", &progress])).unwrap();
    let mut keyboard = pair.master.take_writer().unwrap();
    // Every picture of the keys is written, until one is not.
    for _ in 0..60 {
        keyboard.write_all(b"?").unwrap();
        thread::sleep(Duration::from_millis(20));
    }
    (pair, child)
}

#[test]
fn a_terminal_that_nobody_reads_is_restored_and_the_signal_kills() {
    for (signal, name) in [(Signal::TERM, "Terminated"), (Signal::HUP, "Hangup"), (Signal::INT, "Interrupt")] {
        let (pair, child) = mute();
        let begin = Instant::now();
        let pid = Pid::from_raw(i32::try_from(child.process_id().unwrap()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        let status = ended(child);
        assert!(status.signal().is_some_and(|text| text.starts_with(name)), "{status:?}");
        assert!(begin.elapsed() < TOO_LONG / 2);
        // Somebody reads at last: the screen from before is back.
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = reader.read(&mut part) {
                bytes.extend_from_slice(&part[..count]);
                if String::from_utf8_lossy(&bytes).contains("\x1b[?1049l") {
                    break;
                }
            }
            let _ = sender.send(bytes);
        });
        let bytes = receiver.recv_timeout(TOO_LONG).expect("the screen is restored");
        let end = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(200)..]).into_owned();
        assert!(end.contains("\x1b[?1049l") && end.contains("\x1b[?25h"), "{end:?}");
        drop(pair);
    }
}

#[test]
fn a_title_that_turns_the_line_or_hides_is_shown_plain() {
    let folder = Folder::new("titles");
    let lesson = folder.0.join("one");
    fs::create_dir_all(&lesson).unwrap();
    fs::copy("tests/sample-lessons/sample/en.md", lesson.join("en.md")).unwrap();
    let course = fs::read_to_string("tests/sample-lessons/course.json").unwrap();
    let course = course.replace("\"sample\"", "\"one\"").replace("A sample", "A ti\u{202e}t\u{200b}le");
    fs::write(folder.0.join("course.json"), course).unwrap();
    let mut session = start(&["--lessons", folder.0.to_str().unwrap(), "--progress", &folder.path("progress.json")]);
    session.wait_for("the title", |screen| text(screen).contains("A title"));
    session.press(b"q");
    session.assert_restored();
    let shown = String::from_utf8(session.output()).unwrap();
    assert!(!shown.contains(['\u{202e}', '\u{200b}']), "{shown:?}");
}

#[test]
fn a_long_text_typed_without_paste_mode_is_swallowed_at_once() {
    let mut session = start(&["open", "line-1-16-1", "--input", "10"]);
    session.wait_for("the bench", |screen| text(screen).contains("line-1-16-1"));
    session.press(b"y");
    while session.bytes_within(Duration::from_millis(400)) > 0 {}
    let begin = Instant::now();
    session.press(&b"1".repeat(200_000));
    session.press(b"\x1b");
    while session.bytes_within(Duration::from_millis(400)) > 0 {}
    session.press(b"?");
    session.wait_for("the keys", |screen| text(screen).contains("undo"));
    assert!(begin.elapsed() < TOO_LONG / 2, "{:?}", begin.elapsed());
    session.signal(Signal::TERM);
    session.assert_restored();
}
