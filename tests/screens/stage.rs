//! An app on a stage: keys are pressed as a person presses them, time passes when the test says so, and the screen is read.

#[path = "../support/golden_models.rs"]
#[allow(dead_code)] // others use more of it
mod golden_models;

use std::{fmt::Write, fs, time::Duration};

use byhand::{
    app::{App, Msg, Progress, walk_bench::WalkBench},
    course::{Course, FIRST_LANGUAGE, Folder},
    load::builtin,
    train,
    ui::{
        self,
        theme::{Background, ColorLevel, Theme},
    },
    walk,
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Buffer,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind},
};

/// The sizes that every screen is looked at.
pub(crate) const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (120, 40)];

#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) app: App,
    theme: Theme,
    now: Duration,
}

impl Stage {
    /// The list of lessons.
    pub(crate) fn course() -> Self {
        Self::reading(Folder::Embedded)
    }

    /// The list of the lessons in this folder.
    pub(crate) fn reading(folder: Folder) -> Self {
        let course = Course::read(&folder, FIRST_LANGUAGE).unwrap();
        let app = App::new(course, folder, FIRST_LANGUAGE, Progress::default());
        Self { app, theme: Theme::new(ColorLevel::True, Background::Dark, false), now: Duration::ZERO }
    }

    /// One lesson, at its first step.
    pub(crate) fn lesson(id: &str) -> Self {
        let mut stage = Self::course();
        let number = stage.app.course.position(id).unwrap();
        stage.app.open_lesson(number).unwrap();
        stage
    }

    /// The lesson with hunts, chosen by a seed.
    pub(crate) fn hunt(seed: u32) -> Self {
        let mut stage = Self::course();
        stage.app.seed = seed;
        stage.app.open_lesson(stage.app.course.position("find-the-bug").unwrap()).unwrap();
        stage
    }

    /// The bench with a built-in model.
    pub(crate) fn model(name: &str) -> Self {
        Self::course().opens(name)
    }

    /// The same with a built-in model on the bench.
    pub(crate) fn opens(mut self, name: &str) -> Self {
        self.app.open_model(builtin(name).unwrap(), None).unwrap();
        self
    }

    /// The bench of a network that Keras saved, with an example of an input.
    pub(crate) fn network(name: &str) -> Self {
        let network = golden_models::network(name, "model.json").unwrap();
        let inputs = walk::example(&network);
        let mut stage = Self::course();
        stage.app.open_walk(WalkBench::of_network(network, inputs).unwrap());
        stage
    }

    /// The bench of a training.
    pub(crate) fn training(name: &str) -> Self {
        let path = format!("{}/tests/golden/train/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let training = train::file::training(&train::file::parse(&fs::read_to_string(path).unwrap()).unwrap()).unwrap();
        let mut stage = Self::course();
        stage.app.open_walk(WalkBench::of_training(training).unwrap());
        stage
    }

    /// With other colours.
    pub(crate) fn themed(mut self, level: ColorLevel, background: Background, ascii: bool) -> Self {
        self.theme = Theme::new(level, background, ascii);
        self
    }

    /// A screen of this size.
    pub(crate) fn sized(mut self, (columns, rows): (u16, u16)) -> Self {
        let _ = self.app.update(Msg::Resize(columns, rows), self.now);
        self
    }

    /// Presses keys, separated by blanks: names as in `Enter`, characters, `text:20.475`, `wait:250` milliseconds.
    pub(crate) fn presses(mut self, keys: &str) -> Self {
        for key in keys.split_whitespace() {
            if let Some(text) = key.strip_prefix("text:") {
                text.chars().for_each(|c| self.press(KeyCode::Char(c)));
            } else if let Some(milliseconds) = key.strip_prefix("wait:") {
                self.wait(milliseconds.parse().unwrap());
            } else {
                self.press(match key {
                    "Enter" => KeyCode::Enter,
                    "Esc" => KeyCode::Esc,
                    "Up" => KeyCode::Up,
                    "Down" => KeyCode::Down,
                    "Left" => KeyCode::Left,
                    "Right" => KeyCode::Right,
                    "Home" => KeyCode::Home,
                    "End" => KeyCode::End,
                    "PageUp" => KeyCode::PageUp,
                    "PageDown" => KeyCode::PageDown,
                    "Tab" => KeyCode::Tab,
                    "Space" => KeyCode::Char(' '),
                    "Backspace" => KeyCode::Backspace,
                    one => KeyCode::Char(one.chars().next().unwrap()),
                });
            }
        }
        self
    }

    fn press(&mut self, code: KeyCode) {
        let _ = self.press_with(code, KeyModifiers::NONE);
    }

    /// Presses one key; whether it ends the program.
    pub(crate) fn press_with(&mut self, code: KeyCode, modifiers: KeyModifiers) -> bool {
        let msg = ui::keys::message(&self.app, KeyEvent::new(code, modifiers));
        msg.is_some_and(|msg| self.app.update(msg, self.now).quit)
    }

    /// What a click on this text means, if it is on the screen.
    pub(crate) fn click_on(&self, text: &str) -> Option<Msg> {
        let screen = self.text();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text))?;
        let column = line[..line.find(text)?].chars().count();
        let event = MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: column as u16,
            row: row as u16,
            modifiers: KeyModifiers::NONE,
        };
        ui::mouse_message(&self.app, &self.theme, event, self.now)
    }

    /// Lets time pass, with a frame whenever one is due, as the event loop does.
    pub(crate) fn wait(&mut self, milliseconds: u64) {
        let end = self.now + Duration::from_millis(milliseconds);
        while let Some(due) = self.app.next_change(self.now).filter(|due| *due <= end) {
            assert!(due > self.now, "the next change lies in the past");
            self.now = due;
            let _ = self.app.update(Msg::Frame, self.now);
        }
        self.now = end;
    }

    /// Whether nothing would ever happen again by itself.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.app.next_change(self.now).is_none()
    }

    pub(crate) fn buffer(&self) -> Buffer {
        let (columns, rows) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| ui::draw(frame, &self.app, &self.theme, self.now)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The screen as text.
    pub(crate) fn text(&self) -> String {
        let buffer = self.buffer();
        let row = |y: u16| -> String { (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect() };
        (0..buffer.area.height).map(|y| row(y).trim_end().to_owned() + "\n").collect()
    }

    /// The screen as one letter a style, with the list of what the letters are.
    pub(crate) fn styles(&self) -> String {
        let buffer = self.buffer();
        let mut seen = Vec::new();
        let mut map = String::new();
        for y in 0..buffer.area.height {
            for x in 0..buffer.area.width {
                let cell = &buffer[(x, y)];
                let style = (cell.fg, cell.bg, cell.modifier);
                let at = seen.iter().position(|s| *s == style).unwrap_or_else(|| {
                    seen.push(style);
                    seen.len() - 1
                });
                map.push(char::from_u32('a' as u32 + at as u32).unwrap_or('?'));
            }
            map.push('\n');
        }
        for (i, (fg, bg, modifier)) in seen.iter().enumerate() {
            let letter = char::from_u32('a' as u32 + i as u32).unwrap_or('?');
            let _ = writeln!(map, "{letter}: {fg} on {bg} {modifier:?}");
        }
        map
    }
}
