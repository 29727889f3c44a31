//! Taking the terminal and giving it back, whatever happens; and the frames between.
//!
//! A frame is one write: the marks of synchronized output (mode 2026) around everything that changed. A frame that
//! changes nothing writes nothing. The cursor's position is never asked for: a terminal that does not answer would stop us.

use std::{
    io::{self, Write},
    panic, process,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossterm::{Command, clipboard::CopyToClipboard, terminal};
use ratatui::{Terminal, layout::Rect};

use super::{
    background,
    event_loop::{Program, Stop, Surface},
    painter::Painter,
    signals,
};

/// Alternate screen, cleared, with the cursor hidden.
const ENTER: &str = "\x1b[?1049h\x1b[2J\x1b[?25l";
/// The end of a frame that a panic may have left open, mouse and paste off, plain colours, the cursor back, the screen
/// from before. All of it always: what was switched on does not matter any more.
pub(super) const RESTORE: &str = "\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";
/// Buttons, wheel and dragging, with SGR coordinates. Not 1003: it reports every movement and would keep us awake.
#[cfg(not(windows))]
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
#[cfg(not(windows))]
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
const PASTE_ON: &str = "\x1b[?2004h";
const PASTE_OFF: &str = "\x1b[?2004l";

/// The largest screen that is drawn: `stty cols 65535 rows 65535` would need gigabytes.
const LARGEST: (u16, u16) = (2048, 1024);

/// True while the terminal is ours. Kept here because the panic hook must find it.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Has the terminal until it is dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal: the alternate screen appears at once, long before the first frame is computed.
    ///
    /// # Errors
    /// If raw mode is refused or nothing can be written.
    pub(super) fn take() -> io::Result<Self> {
        restore_at_panic();
        enter().map(|()| Self(())).inspect_err(|_| {
            restore();
        })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn enter() -> io::Result<()> {
    if !knows_escape_sequences() {
        return Err(io::Error::other(crate::words::session::no_escape_sequences()));
    }
    TAKEN.store(true, Ordering::SeqCst);
    // Off first: after a SIGSTOP crossterm believes that raw mode is still on, and would do nothing.
    terminal::disable_raw_mode()?;
    terminal::enable_raw_mode()?;
    write(ENTER.as_bytes())
}

/// An old Windows console does not.
fn knows_escape_sequences() -> bool {
    #[cfg(windows)]
    return crossterm::ansi_support::supports_ansi();
    #[cfg(not(windows))]
    true
}

/// Gives the terminal back; false if it was not ours. Errors have no place to go: the terminal may be gone.
pub(super) fn restore() -> bool {
    let taken = TAKEN.swap(false, Ordering::SeqCst);
    if taken {
        let _ = terminal::disable_raw_mode();
        // On Windows mouse input is a mode of the console, not an escape sequence.
        #[cfg(windows)]
        let _ = crossterm::execute!(io::stdout(), crossterm::event::DisableMouseCapture);
        let _ = write(RESTORE.as_bytes());
    }
    taken
}

/// Everything in one `write(2)`: standard output is line buffered, and no escape sequence contains a line end.
fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// The message of a panic must be readable: first the terminal, then the message.
#[allow(clippy::disallowed_methods, reason = "the terminal has just been restored")]
fn restore_at_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loop_thread = thread::current().id();
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let taken = restore();
            print(panic);
            // Without its helper thread the loop would wait without end, on a terminal that is no longer its own.
            if taken && thread::current().id() != loop_thread {
                process::exit(101);
            }
        }));
    });
}

/// The taken terminal, as the loop sees it.
#[derive(Debug)]
pub(super) struct Screen {
    terminal: Terminal<Painter>,
    /// Asked after the first frame: the frame must not wait for it.
    query: Option<&'static str>,
    /// Marks the whole screen to be painted again.
    lost: bool,
    mouse: bool,
    paste: bool,
}

impl Screen {
    /// A screen of the terminal's size; `ask_background` sends the question of [`background`] after the first frame.
    ///
    /// # Errors
    /// If the terminal does not report its size.
    pub(super) fn new(ask_background: bool) -> io::Result<Self> {
        let (columns, rows) = fit(terminal::size()?);
        Ok(Self {
            terminal: Terminal::new(Painter::new(columns, rows))?,
            query: ask_background.then_some(background::QUERY),
            lost: false,
            mouse: false,
            paste: false,
        })
    }

    fn enter_again(&mut self) -> io::Result<()> {
        enter()?;
        self.terminal.backend_mut().forget();
        let (columns, rows) = terminal::size()?;
        self.resize(columns, rows);
        if self.mouse {
            mouse(true)?;
        }
        if self.paste {
            write(PASTE_ON.as_bytes())?;
        }
        Ok(())
    }
}

/// A terminal that does not know its size says 0 by 0; DEC's VT100 had 80 by 24.
fn fit((columns, rows): (u16, u16)) -> (u16, u16) {
    if columns == 0 || rows == 0 { (80, 24) } else { (columns.min(LARGEST.0), rows.min(LARGEST.1)) }
}

#[cfg(not(windows))]
fn mouse(on: bool) -> io::Result<()> {
    write(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())
}

/// On Windows mouse input is a mode of the console, not an escape sequence.
#[cfg(windows)]
fn mouse(on: bool) -> io::Result<()> {
    use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
    if on {
        crossterm::execute!(io::stdout(), EnableMouseCapture)
    } else {
        crossterm::execute!(io::stdout(), DisableMouseCapture)
    }
}

impl Surface for Screen {
    fn draw(&mut self, program: &mut impl Program, now: Duration) -> io::Result<()> {
        if self.lost {
            self.lost = false;
            let (columns, rows) = self.size();
            // Not `clear`, which would ask for the cursor. Clears and repaints within the same frame.
            self.terminal.resize(Rect::new(0, 0, columns, rows))?;
        }
        self.terminal.draw(|frame| program.draw(frame, now))?;
        let query = self.query.take();
        if let Some(frame) = self.terminal.backend_mut().finish(query) {
            write(frame)?;
        }
        self.terminal.backend_mut().begin();
        Ok(())
    }

    fn size(&self) -> (u16, u16) {
        self.terminal.backend().columns_and_rows()
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        let (columns, rows) = fit((columns, rows));
        self.terminal.backend_mut().resize(columns, rows);
        self.lost = true;
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        if self.mouse == on {
            return Ok(());
        }
        self.mouse = on;
        // A suspended program is heard too; `enter_again` does it then.
        if TAKEN.load(Ordering::SeqCst) { mouse(on) } else { Ok(()) }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        // A suspended program does not own the terminal.
        if !TAKEN.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut sequence = String::new();
        let copy = CopyToClipboard::to_clipboard_from(text);
        copy.write_ansi(&mut sequence).map_err(io::Error::other)?;
        write(sequence.as_bytes())
    }

    fn paste(&mut self, on: bool) -> io::Result<()> {
        if self.paste == on {
            return Ok(());
        }
        self.paste = on;
        if TAKEN.load(Ordering::SeqCst) { write(if on { PASTE_ON } else { PASTE_OFF }.as_bytes()) } else { Ok(()) }
    }

    fn suspend(&mut self, who: Stop) -> io::Result<bool> {
        if !signals::can_be_resumed() {
            return Ok(false);
        }
        restore();
        if signals::stop(who) {
            // SIGCONT takes the terminal again, not the next line: `kill` may return before the stop takes effect.
            return Ok(true);
        }
        self.enter_again()?;
        Ok(false)
    }

    fn resume(&mut self) -> io::Result<bool> {
        // Setting the modes of a terminal from the background stops a process where no signal reaches it.
        if !signals::in_foreground() && signals::stop(Stop::Process) {
            return Ok(false);
        }
        self.enter_again()?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn a_size_is_one_that_can_be_drawn() {
        for (told, drawn) in [
            ((120, 40), (120, 40)),
            ((1, 1), (1, 1)),
            ((0, 0), (80, 24)),
            ((0, 24), (80, 24)),
            ((u16::MAX, u16::MAX), super::LARGEST),
        ] {
            assert_eq!(fit(told), drawn);
        }
    }
}
