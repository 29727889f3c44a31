//! The loop: draw if something changed, ask when the next change is due, wait exactly so long, hear everything that came.
//!
//! Nothing ticks. A program at rest answers `None` to [`Program::next_change`], and the loop waits on its channel until
//! somebody does something: no byte is written, the process never wakes. The loop knows neither clock nor terminal: both
//! are handed in ([`Source`], [`Surface`]), so that [`rehearse`](super::rehearsal::rehearse) can run it on a virtual clock.

use std::{io, time::Duration};

use crossterm::event::{Event as TerminalEvent, KeyEventKind};
use ratatui::Frame;

use super::{background::BackgroundReply, input::Input};

/// Whatever else a program asks for, frames are at least this far apart: a `next_change` that always lies in the past
/// must not cause a busy loop.
pub const SHORTEST_FRAME: Duration = Duration::from_millis(8);

/// After hearing inputs for so long without a pause the loop draws, though more are waiting.
const LONGEST_DEAFNESS: Duration = Duration::from_millis(100);

/// What the loop runs. `now` is the time since the loop began; it never goes back.
pub trait Program {
    /// Hears one input. The first is the size of the screen.
    fn update(&mut self, input: Input, now: Duration) -> Control;

    /// Draws the whole screen as it is at `now`. Called only when an update asked for it, and when the terminal lost
    /// the picture (resized, suspended).
    fn draw(&mut self, frame: &mut Frame, now: Duration);

    /// The time (on the clock of `now`, later than it) at which [`Input::FrameDue`] is to be sent; `None` while nothing
    /// moves. Asked again after every input, so nothing has to be cancelled.
    fn next_change(&self, now: Duration) -> Option<Duration>;

    /// What is to be copied to the clipboard, once. Asked after every input.
    fn copied(&mut self) -> Option<String> {
        None
    }

    /// The program ends: it quits, or the process is about to die by a signal. The place to save what must not be lost;
    /// not one to print, for the terminal is still taken. (It is given back last, because what is typed from then on is
    /// for the shell, and this process would swallow it as long as it lives.)
    fn closing(&mut self) {}
}

/// What the program wants after an input. The default is nothing: not even a redraw.
#[must_use = "the loop does what this says"]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Control {
    /// The picture has changed.
    pub redraw: bool,
    /// Leave the loop.
    pub quit: bool,
    /// Stop the job as Ctrl-Z does and hand the terminal to the shell until `fg`. Ignored where nobody could resume it.
    pub suspend: bool,
    /// Switch mouse reports on or off; `None` leaves them. While on, the terminal's own text selection needs Shift.
    pub mouse: Option<bool>,
    /// Switch bracketed paste on or off; `None` leaves it. On only while a text field has the focus: a paste that never
    /// ends would swallow every key.
    pub paste: Option<bool>,
}

impl Control {
    /// Nothing to do.
    pub const NOTHING: Self = Self { redraw: false, quit: false, suspend: false, mouse: None, paste: None };
    /// Draw again.
    pub const REDRAW: Self = Self { redraw: true, ..Self::NOTHING };
    /// End the program.
    pub const QUIT: Self = Self { quit: true, ..Self::NOTHING };
    /// Stop until the shell says `fg`.
    pub const SUSPEND: Self = Self { suspend: true, ..Self::NOTHING };

    /// The same, and mouse reports on or off.
    pub const fn with_mouse(self, on: bool) -> Self {
        Self { mouse: Some(on), ..self }
    }

    /// The same, and bracketed paste on or off.
    pub const fn with_paste(self, on: bool) -> Self {
        Self { paste: Some(on), ..self }
    }
}

/// Everything the loop can be woken by; all of it comes through one channel.
#[derive(Debug)]
pub enum Event {
    /// From the reader of the terminal.
    Terminal(TerminalEvent),
    /// The size at the moment from which on size changes are reported; equal to the known one nearly always.
    Size(u16, u16),
    /// SIGTSTP: somebody asks us to stop.
    Suspend,
    /// SIGCONT: we run again.
    Continue,
    /// A signal that ends the process, by its number.
    Die(i32),
    /// The terminal has disappeared.
    HungUp,
    /// Reading the terminal failed.
    Failed(io::Error),
}

/// The only place that waits, and the clock.
pub trait Source {
    /// The next event; `None` after `limit` without one. Without a limit it waits without end.
    fn wait(&mut self, limit: Option<Duration>) -> Option<Event>;

    /// Time since the loop began.
    fn now(&self) -> Duration;
}

/// Who is to be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// This process: the signal was sent to it alone, or the others got their own.
    Process,
    /// All processes of the job, as the terminal does at Ctrl-Z: a script that started us must stop too.
    Job,
}

/// What is drawn on.
pub trait Surface {
    /// Draws a frame and shows it.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    fn draw(&mut self, program: &mut impl Program, now: Duration) -> io::Result<()>;

    /// Columns and rows.
    fn size(&self) -> (u16, u16);

    /// The terminal reports a size: the next frame paints all of it.
    fn resize(&mut self, columns: u16, rows: u16);

    /// Switches mouse reports.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    fn mouse(&mut self, on: bool) -> io::Result<()>;

    /// Switches bracketed paste.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    fn paste(&mut self, on: bool) -> io::Result<()>;

    /// Puts text into the clipboard. Nobody says whether the terminal does so.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Restores the terminal and stops; false if nothing was done because nobody could resume us.
    ///
    /// # Errors
    /// If the terminal cannot be taken back after a stop that failed.
    fn suspend(&mut self, who: Stop) -> io::Result<bool>;

    /// Takes the terminal again after SIGCONT; the next frame paints all of it. False if it belongs to somebody else
    /// (the job was continued in the background): then the process has been stopped again.
    ///
    /// # Errors
    /// If the terminal cannot be taken.
    fn resume(&mut self) -> io::Result<bool>;
}

/// How the loop ended, if not by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The program asked for it.
    Quit,
    /// This signal came.
    Killed(i32),
    /// The terminal disappeared.
    HungUp,
}

/// Runs the program until it ends. `reply` picks the answer about the background out of the keys.
///
/// # Errors
/// If the terminal can be neither read nor written.
pub fn drive<P: Program, U: Surface>(
    program: &mut P,
    source: &mut impl Source,
    surface: &mut U,
    reply: BackgroundReply,
) -> io::Result<Ending> {
    let mut running = Running { program, surface, reply, dirty: true, suspended: false };
    let (columns, rows) = running.surface.size();
    if let Some(ending) = running.deliver(Input::Resize(columns, rows), source.now())? {
        return Ok(ending);
    }
    let mut soonest = Duration::ZERO;
    loop {
        let mut now = source.now();
        running.draw(now)?;
        let due = running.due(now).map(|time| time.max(soonest));
        let wake = [due, running.reply.deadline()].into_iter().flatten().min();

        let mut event = source.wait(wake.map(|time| time.saturating_sub(now)));
        let woken = source.now();
        while let Some(heard) = event {
            now = source.now();
            if let Some(ending) = running.hear(heard, now)? {
                return Ok(ending);
            }
            if now.saturating_sub(woken) > LONGEST_DEAFNESS {
                break;
            }
            event = source.wait(Some(Duration::ZERO));
        }

        now = source.now();
        if let Some(ending) = running.lose_patience(now)? {
            return Ok(ending);
        }
        if due.is_some_and(|time| time <= now) && !running.suspended {
            soonest = now + SHORTEST_FRAME;
            if let Some(ending) = running.deliver(Input::FrameDue, now)? {
                return Ok(ending);
            }
        }
    }
}

struct Running<'a, P, U> {
    program: &'a mut P,
    surface: &'a mut U,
    reply: BackgroundReply,
    /// The screen does not show the program's state.
    dirty: bool,
    /// The terminal is the shell's: inputs are heard, nothing is drawn.
    suspended: bool,
}

impl<P: Program, U: Surface> Running<'_, P, U> {
    fn draw(&mut self, now: Duration) -> io::Result<()> {
        if self.dirty && !self.suspended {
            self.surface.draw(self.program, now)?;
            self.dirty = false;
        }
        Ok(())
    }

    fn due(&self, now: Duration) -> Option<Duration> {
        if self.suspended { None } else { self.program.next_change(now) }
    }

    fn hear(&mut self, event: Event, now: Duration) -> io::Result<Option<Ending>> {
        match event {
            Event::Terminal(event) => return self.input(event, now),
            Event::Size(columns, rows) => {
                if (columns, rows) != self.surface.size() {
                    return self.resize(columns, rows, now);
                }
            }
            Event::Suspend => self.suspend(Stop::Process)?,
            Event::Continue => return self.resume(now),
            Event::Die(signal) => return Ok(Some(Ending::Killed(signal))),
            Event::HungUp => return Ok(Some(Ending::HungUp)),
            Event::Failed(error) => return Err(error),
        }
        Ok(None)
    }

    fn input(&mut self, event: TerminalEvent, now: Duration) -> io::Result<Option<Ending>> {
        let mut inputs = Vec::new();
        match event {
            TerminalEvent::Key(key) if key.kind != KeyEventKind::Release => {
                self.reply.key(key, now, &mut inputs);
            }
            TerminalEvent::Paste(text) => {
                self.reply.release(&mut inputs);
                inputs.push(Input::Paste(text));
            }
            TerminalEvent::Mouse(mouse) => {
                self.reply.release(&mut inputs);
                inputs.push(Input::Mouse(mouse));
            }
            TerminalEvent::Resize(columns, rows) => return self.resize(columns, rows, now),
            TerminalEvent::Key(_) | TerminalEvent::FocusGained | TerminalEvent::FocusLost => {}
        }
        self.deliver_all(inputs, now)
    }

    fn resize(&mut self, columns: u16, rows: u16, now: Duration) -> io::Result<Option<Ending>> {
        self.surface.resize(columns, rows);
        // Even the same size again means that the terminal may have lost the picture.
        self.dirty = true;
        let (columns, rows) = self.surface.size();
        self.deliver(Input::Resize(columns, rows), now)
    }

    fn lose_patience(&mut self, now: Duration) -> io::Result<Option<Ending>> {
        let mut inputs = Vec::new();
        if self.reply.deadline().is_some_and(|time| time <= now) {
            self.reply.release(&mut inputs);
        }
        self.deliver_all(inputs, now)
    }

    fn deliver_all(&mut self, inputs: Vec<Input>, now: Duration) -> io::Result<Option<Ending>> {
        for input in inputs {
            if let Some(ending) = self.deliver(input, now)? {
                return Ok(Some(ending));
            }
        }
        Ok(None)
    }

    fn deliver(&mut self, input: Input, now: Duration) -> io::Result<Option<Ending>> {
        let control = self.program.update(input, now);
        self.dirty |= control.redraw;
        if control.quit {
            return Ok(Some(Ending::Quit));
        }
        if let Some(on) = control.mouse {
            self.surface.mouse(on)?;
        }
        if let Some(on) = control.paste {
            self.surface.paste(on)?;
        }
        if let Some(text) = self.program.copied() {
            self.surface.copy(&text)?;
        }
        if control.suspend {
            self.suspend(Stop::Job)?;
        }
        Ok(None)
    }

    fn suspend(&mut self, who: Stop) -> io::Result<()> {
        if !self.suspended {
            self.suspended = self.surface.suspend(who)?;
        }
        Ok(())
    }

    /// Also after a SIGSTOP, of which nobody can be told before: the shell has used the terminal in between.
    fn resume(&mut self, now: Duration) -> io::Result<Option<Ending>> {
        if !self.surface.resume()? {
            self.suspended = true;
            return Ok(None);
        }
        self.suspended = false;
        self.dirty = true;
        let (columns, rows) = self.surface.size();
        self.deliver(Input::Resize(columns, rows), now)
    }
}

#[cfg(test)]
mod tests;
