//! The least that a program on ratatui can be: one line, until `q`. `benches/start.rs` holds byhand's start against it.

use std::io;

use crossterm::event::{self, Event, KeyCode};
use ratatui::widgets::Paragraph;

fn main() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let ended = loop {
        if let Err(why) = terminal.draw(|frame| frame.render_widget(Paragraph::new("minimal: q quits"), frame.area())) {
            break Err(why);
        }
        match event::read() {
            Ok(Event::Key(key)) if key.code == KeyCode::Char('q') => break Ok(()),
            Ok(_) => {}
            Err(why) => break Err(why),
        }
    };
    ratatui::try_restore()?;
    ended
}
