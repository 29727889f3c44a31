//! The event loop in a real pseudo terminal, run through `examples/quiet.rs`. Every test waits for something to appear,
//! none for time to pass.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, Condvar, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{Color, MouseProtocolMode, Parser, Screen};

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;
/// Far more than anything takes; a test that waits so long has failed.
const TOO_LONG: Duration = Duration::from_secs(20);

/// `cargo test` builds the examples before the tests, next to the directory of the test executables.
fn quiet() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let quiet = test.parent().unwrap().parent().unwrap().join("examples").join("quiet");
    assert!(quiet.exists(), "the example is not built: say `cargo build --examples` first");
    quiet
}

fn open() -> PtyPair {
    let size = PtySize { rows: ROWS, cols: COLUMNS, ..PtySize::default() };
    native_pty_system().openpty(size).unwrap()
}

fn command(words: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(words[0]);
    command.args(&words[1..]);
    for name in ["NO_COLOR", "BYHAND_PANIC", "ENV"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color");
    command
}

fn parser() -> Parser {
    Parser::new(NonZeroU16::new(ROWS).unwrap(), NonZeroU16::new(COLUMNS).unwrap(), 0)
}

fn ended(mut child: Box<dyn Child + Send + Sync>) -> ExitStatus {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait().unwrap()));
    receiver.recv_timeout(TOO_LONG).expect("the program should have ended")
}

struct Seen {
    parser: Parser,
    bytes: usize,
}

/// A program in a terminal, and what it has shown.
struct Session {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    modes_before: String,
}

impl Session {
    fn start(words: &[&str]) -> Self {
        let pair = open();
        let modes_before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command(words)).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let seen = Arc::new((Mutex::new(Seen { parser: parser(), bytes: 0 }), Condvar::new()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let mut seen = shared.0.lock().unwrap();
                seen.parser.process(&bytes[..count]);
                seen.bytes += count;
                shared.1.notify_all();
            }
        });
        Self { master: pair.master, keyboard, child, seen, modes_before }
    }

    /// Starts the example and waits for its picture.
    fn quiet() -> Self {
        let session = Self::start(&[quiet().to_str().unwrap()]);
        session.wait_for("the first picture", drawn);
        session
    }

    fn press(&mut self, keys: &[u8]) {
        self.keyboard.write_all(keys).unwrap();
        self.keyboard.flush().unwrap();
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    fn wait_for(&self, what: &str, holds: impl Fn(&Screen) -> bool) {
        let seen = self.seen.0.lock().unwrap();
        let (seen, timeout) =
            self.seen.1.wait_timeout_while(seen, TOO_LONG, |seen| !holds(seen.parser.screen())).unwrap();
        assert!(!timeout.timed_out(), "no {what}:\n{}", seen.parser.screen().contents());
    }

    fn picture(&self) -> String {
        self.seen.0.lock().unwrap().parser.screen().contents()
    }

    /// How many bytes come within this time.
    fn bytes_within(&self, time: Duration) -> usize {
        let seen = self.seen.0.lock().unwrap();
        let before = seen.bytes;
        let (seen, _) = self.seen.1.wait_timeout_while(seen, time, |seen| seen.bytes == before).unwrap();
        seen.bytes - before
    }

    fn assert_restored(&self) {
        self.wait_for("restored screen", restored);
        assert_eq!(modes(self.master.as_ref()), self.modes_before);
    }
}

/// The modes of the line, raw or not, echo or not.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn drawn(screen: &Screen) -> bool {
    screen.alternate_screen() && screen.hide_cursor() && screen.contents().contains("+0.00")
}

fn restored(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
}

/// Column and row of the highlighted number.
fn highlight(screen: &Screen) -> Option<(u16, u16)> {
    let lit = |x: u16, y: u16| screen.cell(y, x).is_some_and(|cell| cell.bgcolor() == Color::Rgb(240, 200, 80));
    (0..ROWS).find_map(|y| (0..COLUMNS).find(|&x| lit(x, y)).map(|x| (x / 6, y)))
}

#[test]
fn quitting_gives_back_the_terminal_with_everything_that_was_switched_on() {
    let mut session = Session::quiet();
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
        let session = Session::quiet();
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
    let mut session = Session::start(&["sh", "-i"]);
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
fn at_rest_nothing_is_written_and_nobody_wakes() {
    let mut session = Session::quiet();
    session.press(b"\x1b[B");
    session.wait_for("a moved highlight", |screen| highlight(screen) == Some((0, 1)));
    // The highlight is seen before the threads that brought it are asleep again.
    session.bytes_within(Duration::from_millis(300));
    let before = wakes(&session);
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
fn a_thousand_keys_at_once_are_all_heard() {
    let mut session = Session::quiet();
    session.press(&b"\x1b[B".repeat(1001));
    session.wait_for("row 1001 modulo 40", |screen| highlight(screen) == Some((0, 1)));
    session.press(&b"\x1b[C".repeat(7));
    session.wait_for("column 7", |screen| highlight(screen) == Some((7, 1)));
}

#[test]
fn a_late_answer_about_the_background_is_heard_and_not_typed() {
    let mut session = Session::quiet();
    // The `a` in it would start a movement, a `q` end the program.
    session.press(b"\x1b]11;rgb:fafa/fafa/fafa\x1b\\\x1b[B");
    session.wait_for("the word light", |screen| screen.contents().contains("light"));
    session.wait_for("a moved highlight", |screen| highlight(screen) == Some((0, 1)));
}

#[test]
fn without_a_terminal_it_says_in_one_line_what_works() {
    let begun = Instant::now();
    let output = Command::new(quiet()).stdin(Stdio::null()).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.contains("standard input is not a terminal"), "{message}");
    assert!(message.contains("`byhand predict`"), "{message}");
    assert!(begun.elapsed() < TOO_LONG);
}
