//! Input: keys, pastes, the mouse, sizes. One thread waits in crossterm's `read` and sends everything to the loop.

use std::{io, sync::mpsc::Sender, thread};

use crossterm::{
    event::{self, KeyEvent, MouseEvent},
    terminal,
};

use super::{background::Luminance, event_loop::Event};

/// One thing that happened to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down or repeats; releases, which Windows reports too, never come here.
    Key(KeyEvent),
    /// Text pasted while [`Control::paste`](super::event_loop::Control::paste) was on. Untrusted: it may contain any character.
    Paste(String),
    /// The mouse, while [`Control::mouse`](super::event_loop::Control::mouse) was on.
    Mouse(MouseEvent),
    /// The screen has this many columns and rows now. The first input is the size at the start.
    Resize(u16, u16),
    /// The terminal has answered with the colour of its background. Comes at most once, at any time, or never.
    Background(Luminance),
    /// The time named by [`Program::next_change`](super::event_loop::Program::next_change) has come.
    FrameDue,
}

/// Starts the thread that reads the terminal for as long as the process lives.
///
/// It cannot be stopped: `read` blocks until a key comes. So there is one for the whole life of the process.
///
/// # Errors
/// If the system gives no thread.
pub fn spawn(events: Sender<Event>) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || read(&events))?;
    Ok(())
}

fn read(events: &Sender<Event>) {
    // Creates the reader, so it sees size changes from now on; with `use-dev-tty` it returns no event.
    let pending = event::poll(std::time::Duration::ZERO);
    if let (Ok(_), Ok((columns, rows))) = (pending, terminal::size())
        && events.send(Event::Size(columns, rows)).is_err()
    {
        return;
    }
    loop {
        let event = match event::read() {
            // On Unix the signal itself brings it, also while this thread waits for the rest of a sequence.
            Ok(event::Event::Resize(..)) if cfg!(unix) => continue,
            Ok(event) => Event::Terminal(event),
            Err(error) => {
                // Not received if the loop is over.
                let _ = events.send(Event::Failed(error));
                return;
            }
        };
        if events.send(event).is_err() {
            return;
        }
    }
}
