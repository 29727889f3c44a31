//! The scripts: keys as a person presses them, and a clock that waits for what moves.

use std::{fs, path::PathBuf, time::Duration};

use byhand::{
    app::{App, Msg, Progress, walk_bench::WalkBench},
    course::{Course, FIRST_LANGUAGE, Folder},
    file::{self, Bytes, Source},
    load::builtin,
    train,
    ui::{
        self,
        theme::{Background, ColorLevel, Theme},
    },
    walk,
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
    shown: Shown,
    /// Keys with blanks between them: a character, or one of the names in [`key`].
    keys: &'static str,
}

/// What is on the screen when the script begins.
enum Shown {
    /// The list of lessons.
    Course,
    /// A built-in model on the bench.
    Model(&'static str),
    /// A model file, below `tests/golden`.
    File(&'static str),
    /// A training file, below `tests/golden`.
    Training(&'static str),
}

/// Every picture.
pub(crate) const SCENES: &[Scene] = &[
    Scene {
        name: "bench",
        about: "The lesson on the forgotten activation: with relu switched off the pass ends at 20.4750, \
                the number of the question; the model's own answer is 25.0047.",
        size: (120, 36),
        shown: Shown::Course,
        keys: "Down Down Down Enter 1 Enter",
    },
    Scene {
        name: "map",
        about: "The decision map of a network with two inputs, the true border over it, and the accuracy.",
        size: (120, 40),
        shown: Shown::Course,
        keys: "Down Down Down Down Down Down Down Enter n n n n n e Down Down Down Down Down [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ [ Esc v",
    },
    Scene {
        name: "finding",
        about: "Why 20.475? You skipped relu in layer dense. A table holds the right values beside those of that way: \
                the number itself, where the two part, where it shows best, and the input that tells most.",
        size: (90, 24),
        shown: Shown::Model("line-1-16-1"),
        keys: "y 2 0 . 4 7 5 Enter",
    },
    Scene {
        name: "convolution",
        about: "A pass through a network of images: on the left its layers, in the middle the window of a convolution over its input, \
                the kernel beside it and the values so far; below, every product and the running sum.",
        size: (120, 34),
        shown: Shown::File("keras/i_conv2d_more/model.keras"),
        keys: "Home PgDn PgDn PgDn PgDn Down Down Down Down Down Down Down Down Down Right Right Right Right Right Right",
    },
    Scene {
        name: "backward",
        about: "A training step of the network of a textbook: forward, loss, backward and update are parts of one pass. The gradient of a \
                weight is worked out, and below it stands the slope by two losses.",
        size: (100, 32),
        shown: Shown::Training("train/textbook_222.json"),
        keys: "Home PgDn PgDn PgDn PgDn Left Left Left Left",
    },
    Scene {
        name: "learning",
        about: "The posted network in training: the function that it has learned after 700 steps, beside the rows.",
        size: (100, 32),
        shown: Shown::Training("train/fit_line_1_16_1.json"),
        keys: "v v v } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } }",
    },
];

fn golden(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(path)
}

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
        match self.shown {
            Shown::Course => {}
            Shown::Model(name) => app.open_model(builtin(name).expect("built in"), None).expect("it fits"),
            Shown::File(path) => {
                let bytes = fs::read(golden(path)).expect("a golden");
                let beside = |name: &str| -> Result<Box<dyn Bytes>, String> { Err(name.to_owned()) };
                let source = Source { name: path, bytes: &bytes, beside: &beside };
                let contents = file::read(&source, None).expect("it reads").expect("a model file");
                let network = contents.network(&source, None).expect("a network").network;
                let inputs = walk::example(&network);
                app.open_walk(WalkBench::of_network(network, inputs).expect("it fits"));
            }
            Shown::Training(path) => {
                let text = fs::read_to_string(golden(path)).expect("a golden");
                let training =
                    train::file::parse(&text).and_then(|json| train::file::training(&json)).expect("a training");
                app.open_walk(WalkBench::of_training(training).expect("it can be trained"));
            }
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
