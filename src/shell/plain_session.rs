//! A lesson as text, question by question: `byhand learn LESSON --plain`, and wherever TERM is `dumb`.
//!
//! It is the same app with the same keys and the same checking. A line that is typed is typed into it key by key; what the
//! app then shows, and did not show before, is printed. Nothing moves: what would be played is shown step by step.

use std::{
    io::{self, BufRead, Write},
    time::Duration,
};

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{
    play::PlayError,
    progress_file::{AT_THE_END, ProgressFile},
};
use crate::{
    app::{App, Asked, Msg, Screen},
    plain::plain,
    ui::{as_text, keys},
    words::plain_session,
};

/// A line is no novel; a pipe may have no line end.
const LONGEST_LINE: u64 = 4096;
/// The size that the app believes its screen has: nothing is left out for want of room.
const SIZE: (u16, u16) = (120, 60);
/// What stands for a number that is not known yet.
const HIDDEN: &str = "····";
/// More frames than any step plays; after them something goes round in a circle.
const MOST_FRAMES: usize = 100_000;

/// Runs until the learner leaves, the lesson is over or the input ends.
///
/// # Errors
/// If nothing can be read or written.
pub(super) fn run(
    app: &mut App,
    file: &ProgressFile,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> Result<(), PlayError> {
    app.motion = false;
    let _ = app.update(Msg::Resize(SIZE.0, SIZE.1), Duration::ZERO);
    let mut session = PlainSession { app, out, now: Duration::ZERO, shown: Vec::new(), at: None };
    let done = session.converse(input);
    if let Err(why) = file.write(&mut app.progress, AT_THE_END) {
        super::command::complain(&why.to_string());
    }
    match done {
        // Who reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(PlayError::Cannot(error.to_string())),
        Ok(()) => Ok(()),
    }
}

struct PlainSession<'a, W> {
    app: &'a mut App,
    out: &'a mut W,
    now: Duration,
    /// The lines that were printed of this step.
    shown: Vec<String>,
    /// Lesson and step that they are of.
    at: Option<(usize, usize)>,
}

impl<W: Write> PlainSession<'_, W> {
    fn converse(&mut self, input: &mut impl BufRead) -> io::Result<()> {
        writeln!(self.out, "{}", plain_session::help())?;
        loop {
            self.show()?;
            write!(self.out, "> ")?;
            self.out.flush()?;
            let mut line = String::new();
            if io::Read::take(&mut *input, LONGEST_LINE).read_line(&mut line)? == 0 {
                writeln!(self.out)?;
                return Ok(());
            }
            if !self.typed(line.trim())? {
                return Ok(());
            }
        }
    }

    /// Types a line, key by key; `false` if it ends the session.
    fn typed(&mut self, line: &str) -> io::Result<bool> {
        if line == "?" {
            writeln!(self.out, "{}", plain_session::help())?;
            return Ok(true);
        }
        let takes_enter = line.is_empty() || self.app.is_typing() || self.picks(line);
        for c in line.chars() {
            if !self.pressed(KeyCode::Char(c))? {
                return Ok(false);
            }
        }
        // A letter may open a field: what follows is typed into it next.
        let takes_enter = takes_enter && (line.is_empty() || self.app.is_typing() || self.picks(line));
        if takes_enter { self.pressed(KeyCode::Enter) } else { Ok(true) }
    }

    /// Whether a line picks an option.
    fn picks(&self, line: &str) -> bool {
        let asked = self.app.study().map(|study| &study.asked);
        matches!(asked, Some(Asked::Options { .. } | Asked::Places { .. })) && line.bytes().all(|b| b.is_ascii_digit())
    }

    fn pressed(&mut self, code: KeyCode) -> io::Result<bool> {
        let Some(msg) = keys::message(self.app, KeyEvent::from(code)) else { return Ok(true) };
        let effects = self.app.update(msg, self.now);
        // What only the screen has, such as the list of lessons.
        if effects.quit || !matches!(self.app.screen, Screen::Lesson(..)) {
            return Ok(false);
        }
        self.play()?;
        Ok(true)
    }

    /// Shows what would be played: the calculation, each line once.
    fn play(&mut self) -> io::Result<()> {
        let mut before = Vec::new();
        for _ in 0..MOST_FRAMES {
            let Some(next) = self.app.next_change(self.now) else { break };
            self.now = next.max(self.now + Duration::from_millis(1));
            let _ = self.app.update(Msg::Frame, self.now);
            let lines = as_text::calculation(self.app, self.now);
            // A number that is not known yet is hidden; its line comes again.
            let known = |line: &&String| !line.is_empty() && !line.contains(HIDDEN) && !before.contains(&said(line));
            for line in lines.iter().filter(known) {
                writeln!(self.out, "    {}", plain(&said(line)))?;
            }
            before = lines.iter().map(|line| said(line)).collect();
        }
        Ok(())
    }

    /// Prints what is new since the last time.
    fn show(&mut self) -> io::Result<()> {
        let Some(study) = self.app.study() else { return Ok(()) };
        let at = (study.number, study.step);
        if self.at != Some(at) {
            let of = study.lesson.steps.len();
            let title = &study.title;
            let head = if at.1 < of {
                plain_session::step(study.number + 1, of, at.1 + 1, title)
            } else {
                plain_session::end(title)
            };
            writeln!(self.out, "\n{}\n", plain(&head))?;
            self.at = Some(at);
            self.shown.clear();
        }
        let mut lines = as_text::lesson(self.app);
        lines.extend(as_text::numbers(self.app, self.now));
        lines.extend(as_text::panel(self.app));
        lines.extend(self.app.notice.take());
        let mut gap = false;
        for line in &lines {
            if line.is_empty() || self.shown.contains(line) {
                gap |= line.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                writeln!(self.out)?;
            }
            writeln!(self.out, "{}", plain(line))?;
        }
        self.shown = lines;
        Ok(())
    }
}

/// A line without the sign of the place where the calculation is.
fn said(line: &str) -> String {
    line.trim_start_matches([' ', '▸', '▶', '>']).to_owned()
}

/// Whether the terminal has no screen.
pub(super) fn is_wanted(asked: bool) -> bool {
    asked || std::env::var("TERM").is_ok_and(|term| term == "dumb")
}
