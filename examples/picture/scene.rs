//! The scripts: keys as a person presses them, and a clock that waits for what moves.

use std::time::Duration;

use byhand::{
    app::{App, Msg, Progress},
    course::{Course, FIRST_LANGUAGE, Folder},
    load::builtin,
    ui::{
        self,
        theme::{Background, ColorLevel, Theme},
    },
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};

use crate::svg;

/// The command that writes the pictures again.
pub(crate) const RENEW: &str = "cargo run --example picture -- docs/pictures";

/// A picture: its file's name, what to tell those who cannot see it, its size, and the keys that lead to it.
pub(crate) struct Scene {
    /// The file is `NAME.svg`.
    pub(crate) name: &'static str,
    about: &'static str,
    size: (u16, u16),
    /// A built-in model on the bench; without it the script begins at the list of lessons.
    model: Option<&'static str>,
    /// Keys with blanks between them: a character, or one of the names in [`key`].
    keys: &'static str,
}

/// Every picture.
pub(crate) const SCENES: &[Scene] = &[
    Scene {
        name: "bench",
        about: "The lesson on the forgotten activation: with relu switched off the pass ends at 20.4750, \
                the number of the question; the model's own answer is 25.0047.",
        size: (120, 36),
        model: None,
        keys: "Down Down Down Enter 1 Enter",
    },
    Scene {
        name: "map",
        about: "The decision map of a network with two inputs, the true border over it, and the accuracy.",
        size: (120, 40),
        model: None,
        keys: "Down Down Down Down Down Down Down Enter n n n n n e Down Down Down Down Down [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ Esc v",
    },
    Scene {
        name: "finding",
        about: "Why 20.475? You skipped relu in layer dense. A table holds the right values beside those of that way: \
                the number itself, where the two part, where it shows best, and the input that tells most.",
        size: (90, 24),
        model: Some("line-1-16-1"),
        keys: "y 2 0 . 4 7 5 Enter",
    },
];

fn key(name: &str) -> KeyEvent {
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "End" => KeyCode::End,
        "Home" => KeyCode::Home,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "space" => KeyCode::Char(' '),
        other => KeyCode::Char(other.chars().next().unwrap_or(' ')),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

impl Scene {
    /// What the screen shows at the end of the script, when everything has come to rest.
    pub(crate) fn screen(&self) -> Buffer {
        let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).expect("the course that is built in");
        let mut app = App::new(course, Folder::Embedded, FIRST_LANGUAGE, Progress::default());
        let mut now = Duration::ZERO;
        if let Some(name) = self.model {
            app.open_model(builtin(name).expect("built in"), None).expect("it fits");
        }
        let _ = app.update(Msg::Resize(self.size.0, self.size.1), now);
        for name in self.keys.split(' ') {
            let msg = ui::keys::message(&app, key(name));
            let msg = msg.unwrap_or_else(|| panic!("`{name}` means nothing here, in the script of `{}`", self.name));
            let _ = app.update(msg, now);
            while let Some(next) = app.next_change(now) {
                now = next;
                let _ = app.update(Msg::Frame, now);
            }
        }
        let theme = Theme::new(ColorLevel::True, Background::Dark, false);
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).expect("a buffer");
        terminal.draw(|frame| ui::draw(frame, &app, &theme, now)).expect("a buffer takes everything");
        terminal.backend().buffer().clone()
    }

    /// The picture.
    pub(crate) fn svg(&self) -> String {
        svg::svg(&self.screen(), self.about)
    }
}
