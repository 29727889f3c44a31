//! Somebody who sits before `byhand` and follows it by keys. A test reads as what they do.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use byhand::app::Progress;
use portable_pty::CommandBuilder;
use vt100::Screen;

use super::session::{Session, command, ended, restored, text};

/// A folder of its own for each test: the learner's progress, and nothing of whoever runs the tests.
pub(crate) struct Home(PathBuf);

impl Home {
    pub(crate) fn new() -> Self {
        static HOMES: AtomicUsize = AtomicUsize::new(0);
        let name = format!("byhand-home-{}-{}", std::process::id(), HOMES.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn progress_file(&self) -> PathBuf {
        self.0.join("progress.json")
    }

    /// The finished tasks of a lesson, as they stand in the file.
    pub(crate) fn finished(&self, lesson: &str) -> BTreeSet<String> {
        let text = fs::read_to_string(self.progress_file()).unwrap();
        serde_json::from_str::<Progress>(&text).unwrap().of(lesson)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// `byhand` with these arguments, its progress kept in `home`.
pub(crate) fn byhand(home: &Home, arguments: &[&str]) -> CommandBuilder {
    let mut command = command(&[env!("CARGO_BIN_EXE_byhand")]);
    command.args(arguments);
    command.args(["--progress".as_ref(), home.progress_file().as_os_str()]);
    command.env("XDG_STATE_HOME", home.path());
    command
}

/// Somebody who uses `byhand` in a terminal.
pub(crate) struct Learner {
    session: Session,
}

impl Learner {
    /// Starts `byhand` with these arguments in a fresh terminal.
    pub(crate) fn starts(home: &Home, arguments: &[&str]) -> Self {
        Self::runs(byhand(home, arguments))
    }

    /// Starts `byhand` where some variables of the environment are set, or, with an empty value, are not.
    pub(crate) fn starts_where(home: &Home, environment: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut command = byhand(home, arguments);
        for (name, value) in environment {
            if value.is_empty() { command.env_remove(name) } else { command.env(name, value) }
        }
        Self::runs(command)
    }

    /// Starts any program.
    pub(crate) fn runs(command: CommandBuilder) -> Self {
        Self { session: Session::start(command) }
    }

    /// Waits for a text on the screen, or in the lesson's text however its lines are broken.
    pub(crate) fn sees(self, text: &str) -> Self {
        self.session.wait_for(&format!("`{text}`"), |screen| shows(screen, text));
        self
    }

    /// Waits until a text is gone.
    pub(crate) fn sees_no_more(self, text: &str) -> Self {
        self.session.wait_for(&format!("screen without `{text}`"), |screen| !shows(screen, text));
        self
    }

    /// Waits until the screen, all of it, is this one.
    pub(crate) fn sees_picture(self, picture: &str) -> Self {
        self.session.wait_for(&format!("picture as before:\n{picture}\nbut"), |screen| text(screen) == picture);
        self
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn sees_that(self, what: &str, holds: impl Fn(&Screen) -> bool) -> Self {
        self.session.wait_for(what, holds);
        self
    }

    /// Presses keys, named with blanks between them. Whoever presses `Esc` must see what it does before the next key: in
    /// one piece they would be another key.
    pub(crate) fn presses(mut self, keys: &str) -> Self {
        for key in keys.split(' ') {
            let bytes = bytes_of(key);
            self.session.press(bytes.as_bytes());
        }
        self
    }

    /// Presses a key so many times.
    pub(crate) fn presses_times(mut self, key: &str, times: usize) -> Self {
        self.session.press(bytes_of(key).repeat(times).as_bytes());
        self
    }

    pub(crate) fn types(mut self, text: &str) -> Self {
        self.session.press(text.as_bytes());
        self
    }

    /// Pastes, as a terminal does where that was asked for.
    pub(crate) fn pastes(mut self, text: &str) -> Self {
        self.session.wait_for("paste mode", Screen::bracketed_paste);
        self.session.press(format!("\x1b[200~{text}\x1b[201~").as_bytes());
        self
    }

    /// Clicks on a cell, counted from 0.
    pub(crate) fn clicks(mut self, column: u16, row: u16) -> Self {
        self.session.wait_for("mouse mode", |screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
        let (x, y) = (column + 1, row + 1);
        self.session.press(format!("\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m").as_bytes());
        self
    }

    pub(crate) fn resizes(self, columns: u16, rows: u16) -> Self {
        self.session.resize(columns, rows);
        self
    }

    /// Sees nothing move: what was under way ends, and then not one byte comes in a second.
    pub(crate) fn rests(self) -> Self {
        let quiet = |_| self.session.bytes_within(Duration::from_millis(200)) == 0;
        assert!((0..150).any(quiet), "it never rests:\n{}", self.session.picture());
        assert_eq!(self.session.bytes_within(Duration::from_secs(1)), 0, "at rest:\n{}", self.session.picture());
        self
    }

    /// Answers a question by the number key of an option.
    pub(crate) fn answers(self, option: &str) -> Self {
        self.presses(option).presses("Enter")
    }

    /// Goes on from a step that is finished to the one whose header is given.
    pub(crate) fn goes_on_to(self, header: &str) -> Self {
        self.sees("Enter: next step").presses("Enter").sees(header)
    }

    pub(crate) fn begins_to_change_weights(self) -> Self {
        self.presses("e").sees("What it does")
    }

    /// Stops changing weights when the step is finished by it.
    pub(crate) fn ends_changing_weights(self) -> Self {
        self.sees("Enter: next step").presses("Esc").sees_no_more("What it does")
    }

    /// Sets a weight, being among the weights already: `row` is the input, the last row the bias.
    pub(crate) fn sets(self, (layer, row, unit): (usize, usize, usize), value: &str) -> Self {
        self.presses_times("PgUp", 9)
            .presses_times("PgDn", layer)
            .presses_times("Up", 9)
            .presses_times("Down", row)
            .presses_times("Left", 9)
            .presses_times("Right", unit)
            .types(value)
            .presses("Enter")
    }

    pub(crate) fn picture(&self) -> String {
        self.session.picture()
    }

    /// Every byte that was written so far.
    pub(crate) fn output(&self) -> Vec<u8> {
        self.session.output()
    }

    /// Presses `q`: the terminal is as it was, and all is well.
    pub(crate) fn quits(self) {
        let code = self.presses("q").has_left();
        assert_eq!(code, 0);
    }

    /// Is back in a terminal as it was; the exit code.
    pub(crate) fn has_left(self) -> u32 {
        self.session.assert_restored();
        ended(self.session.child).exit_code()
    }

    /// Is in a shell again that has said this.
    pub(crate) fn finds_the_shell(self, text: &str) -> Self {
        self.sees_that(&format!("shell that said `{text}`"), |screen| {
            restored(screen) && screen.contents().contains(text)
        })
    }
}

fn shows(screen: &Screen, text: &str) -> bool {
    screen.contents().contains(text) || lesson(screen).contains(text)
}

/// The text in the leftmost pane as one line.
fn lesson(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let cell = |row: u16, column: u16| screen.cell(row, column).map_or("", |cell| cell.contents());
    let Some(right) = (0..columns.get()).find(|&column| cell(1, column) == "╮") else { return String::new() };
    let inside = (2..rows.get()).filter(|&row| cell(row, 0) == "│").flat_map(|row| {
        let text: String =
            (1..right).map(|column| Some(cell(row, column)).filter(|c| !c.is_empty()).unwrap_or(" ")).collect();
        text.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    });
    inside.collect::<Vec<_>>().join(" ")
}

fn bytes_of(key: &str) -> String {
    match key {
        "Enter" => "\r",
        "Esc" => "\x1b",
        "Space" => " ",
        "Tab" => "\t",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Right" => "\x1b[C",
        "Left" => "\x1b[D",
        "Home" => "\x1b[H",
        "End" => "\x1b[F",
        "PgUp" => "\x1b[5~",
        "PgDn" => "\x1b[6~",
        "Ctrl-C" => "\x03",
        "Ctrl-U" => "\x15",
        "Ctrl-Z" => "\x1a",
        key => key,
    }
    .to_owned()
}
