//! A program in a pseudo terminal, and what it has shown. Whoever wants to see something waits for it to appear; nobody
//! waits for time to pass.

use std::{
    io::{Read, Write},
    num::NonZeroU16,
    sync::{Arc, Condvar, Mutex, mpsc},
    thread,
    time::Duration,
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Parser, Screen};

/// The size of every terminal at first.
pub(crate) const COLUMNS: u16 = 120;
pub(crate) const ROWS: u16 = 40;
/// Far more than anything takes; a test that waits so long has failed.
pub(crate) const TOO_LONG: Duration = Duration::from_secs(20);

pub(crate) fn open() -> PtyPair {
    native_pty_system().openpty(size(COLUMNS, ROWS)).unwrap()
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

/// A program with its arguments, and nothing in its environment that would change its looks.
pub(crate) fn command(words: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(words[0]);
    command.args(&words[1..]);
    command.env_clear();
    for name in ["PATH", "HOME", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    command.env("LANG", "C.UTF-8");
    command
}

pub(crate) fn parser() -> Parser {
    Parser::new(NonZeroU16::new(ROWS).unwrap(), NonZeroU16::new(COLUMNS).unwrap(), 0)
}

pub(crate) fn ended(mut child: Box<dyn Child + Send + Sync>) -> ExitStatus {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(child.wait().unwrap()));
    receiver.recv_timeout(TOO_LONG).expect("the program should have ended")
}

struct Seen {
    parser: Parser,
    bytes: Vec<u8>,
}

/// A program in a terminal, and what it has shown.
pub(crate) struct Session {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    modes_before: String,
}

impl Session {
    pub(crate) fn start(command: CommandBuilder) -> Self {
        let pair = open();
        let modes_before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let seen = Arc::new((Mutex::new(Seen { parser: parser(), bytes: Vec::new() }), Condvar::new()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                let mut seen = shared.0.lock().unwrap();
                seen.parser.process(&bytes[..count]);
                seen.bytes.extend_from_slice(&bytes[..count]);
                shared.1.notify_all();
            }
        });
        Self { master: pair.master, keyboard, child, seen, modes_before }
    }

    pub(crate) fn press(&mut self, keys: &[u8]) {
        self.keyboard.write_all(keys).unwrap();
        self.keyboard.flush().unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// The window gets another size; the program is told by the system.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        let mut seen = self.seen.0.lock().unwrap();
        let (new_rows, new_columns) = (NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        seen.parser.screen_mut().set_size(new_rows, new_columns);
        self.master.resize(size(columns, rows)).unwrap();
    }

    pub(crate) fn wait_for(&self, what: &str, holds: impl Fn(&Screen) -> bool) {
        let seen = self.seen.0.lock().unwrap();
        let (seen, timeout) =
            self.seen.1.wait_timeout_while(seen, TOO_LONG, |seen| !holds(seen.parser.screen())).unwrap();
        assert!(!timeout.timed_out(), "no {what}:\n{}", seen.parser.screen().contents());
    }

    pub(crate) fn picture(&self) -> String {
        text(self.seen.0.lock().unwrap().parser.screen())
    }

    /// Every byte so far.
    pub(crate) fn output(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    /// How many bytes come within this time, or with the first of them.
    pub(crate) fn bytes_within(&self, time: Duration) -> usize {
        let seen = self.seen.0.lock().unwrap();
        let before = seen.bytes.len();
        let (seen, _) = self.seen.1.wait_timeout_while(seen, time, |seen| seen.bytes.len() == before).unwrap();
        seen.bytes.len() - before
    }

    pub(crate) fn assert_restored(&self) {
        self.wait_for("restored screen", restored);
        assert_eq!(modes(self.master.as_ref()), self.modes_before);
    }
}

/// What stands on the screen; blanks at the ends of lines do not count, written or not.
pub(crate) fn text(screen: &Screen) -> String {
    screen.contents().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// The modes of the line, raw or not, echo or not.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

pub(crate) fn restored(screen: &Screen) -> bool {
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == MouseProtocolMode::None
}
