//! Somebody who presses anything at all. Nothing panics, nothing moves for ever, every cursor stays where something is.
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

use std::time::Duration;

use byhand::{
    app::{App, Asked, Msg, Progress, Screen, field::Edit},
    course::{Course, FIRST_LANGUAGE, Folder},
    load::builtin,
    shell::input::Input,
    ui::{
        self, keys,
        theme::{Background, ColorLevel, Theme},
    },
};
use fastrand::Rng;
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind},
};

/// How many keys and clicks there are in all.
const PRESSES: usize = 20_000;
/// So many of them, one after the other, are one monkey's.
const EACH: usize = 500;
/// The characters that mean something somewhere, and some that never do.
const CHARACTERS: &str = "0123456789-+.,=e?mMwhnpjkabgivyduRrVo[]{} xé\u{200b}\u{1F600}\u{202e}q";
const CODES: [KeyCode; 16] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(1),
    KeyCode::Null,
];

struct Monkey {
    random: Rng,
    app: App,
    now: Duration,
    /// The last inputs, for whoever wants to know what happened.
    last: Vec<Input>,
}

impl Monkey {
    fn new(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed);
        let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
        let lessons = course.entries.len();
        let mut app = App::new(course, Folder::Embedded, FIRST_LANGUAGE, Progress::default());
        match random.usize(..lessons + 4) {
            number if number < lessons => app.open_lesson(number).unwrap(),
            number if number < lessons + 3 => {
                let name = ["line-1-16-1", "sum-2-5-1", "gate-2-1"][number - lessons];
                app.open_model(builtin(name).unwrap(), None).unwrap();
            }
            _ => {}
        }
        app.motion = random.bool();
        Self { random, app, now: Duration::ZERO, last: Vec::new() }
    }

    fn input(&mut self) -> Input {
        let random = &mut self.random;
        match random.u8(..20) {
            0 => Input::Resize(random.u16(1..200), random.u16(1..80)),
            1 => Input::Paste((0..random.usize(..40)).map(|_| random.char(..)).collect()),
            2..=4 => {
                let kind = [
                    MouseEventKind::Down(MouseButton::Left),
                    MouseEventKind::Drag(MouseButton::Left),
                    MouseEventKind::Up(MouseButton::Right),
                    MouseEventKind::ScrollDown,
                    MouseEventKind::ScrollUp,
                ][random.usize(..5)];
                // Some lie outside of the screen.
                let (column, row) = (random.u16(..220), random.u16(..90));
                Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
            }
            5..=11 => Input::Key(CODES[random.usize(..CODES.len())].into()),
            _ => {
                let characters: Vec<char> = CHARACTERS.chars().collect();
                let modifiers = match random.u8(..20) {
                    0 => KeyModifiers::CONTROL,
                    1 => KeyModifiers::ALT,
                    2 => KeyModifiers::SHIFT,
                    _ => KeyModifiers::NONE,
                };
                Input::Key(KeyEvent::new(KeyCode::Char(characters[random.usize(..characters.len())]), modifiers))
            }
        }
    }

    /// Does one thing at some later time; false if that left the program.
    fn acts(&mut self, theme: &Theme) -> bool {
        self.now += Duration::from_millis(self.random.u64(..700));
        let input = self.input();
        let msg = match input.clone() {
            Input::Key(key) => keys::message(&self.app, key),
            Input::Mouse(event) => ui::mouse_message(&self.app, theme, event, self.now),
            Input::Paste(text) => Some(Msg::Edit(Edit::Paste(text))),
            Input::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
            Input::FrameDue | Input::Background(_) => None,
        };
        self.last.push(input);
        let effects = msg.map(|msg| self.app.update(msg, self.now)).unwrap_or_default();
        if self.random.u8(..3) == 0 && self.app.next_change(self.now).is_some_and(|next| next <= self.now) {
            let _ = self.app.update(Msg::Frame, self.now);
        }
        !effects.quit
    }

    fn draws(&self, theme: &Theme) {
        let (columns, rows) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| ui::draw(frame, &self.app, theme, self.now)).unwrap();
    }

    /// Every cursor stands where something is.
    fn stays_inside(&self) {
        if let Screen::Menu { selected } = self.app.screen {
            assert!(selected <= self.app.course.entries.len() + self.app.kept.len());
        }
        if let Some(study) = self.app.study() {
            assert!(study.step <= study.lesson.steps.len());
            match &study.asked {
                Asked::Options { selected, count, .. } => assert!(selected.is_none_or(|at| at < *count)),
                Asked::Places { selected, values, .. } => assert!(selected.is_none_or(|at| at < values.len())),
                _ => {}
            }
        }
        let Some(bench) = self.app.bench() else { return };
        assert!(bench.position() <= bench.pass().steps());
        assert!(bench.playhead(self.now).position <= bench.pass().steps());
        assert!(bench.animation().is_none_or(|animation| animation.to() <= bench.pass().steps()));
        assert!(bench.cell.is_none_or(|cell| bench.weight_at(cell).is_some()));
        assert!(bench.field.as_ref().is_none_or(|field| field.cursor() <= field.text().chars().count()));
        assert!(bench.undoable() <= 1_000);
    }

    /// What moves ends when its strides are over, at half the speed and action by action at the latest.
    fn comes_to_rest(&mut self) {
        let Some(next) = self.app.next_change(self.now) else { return };
        assert!(
            next > self.now
                || self.app.bench().unwrap().playhead(self.now) != self.app.bench().unwrap().playhead_at_rest()
        );
        let steps = self.app.bench().unwrap().pass().steps() as u32;
        self.now += Duration::from_secs(4) * (steps + 1);
        let _ = self.app.update(Msg::Frame, self.now);
        assert_eq!(self.app.next_change(self.now), None);
    }
}

#[test]
fn random_keys_break_nothing() {
    for seed in 0..(PRESSES / EACH) as u64 {
        let level =
            [ColorLevel::None, ColorLevel::Sixteen, ColorLevel::TwoFiftySix, ColorLevel::True][seed as usize % 4];
        let background = if seed % 3 == 0 { Background::Light } else { Background::Dark };
        let theme = Theme::new(level, background, seed % 5 == 0);
        let mut monkey = Monkey::new(seed);
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for press in 0..EACH {
                if !monkey.acts(&theme) {
                    monkey.app.go_on();
                }
                monkey.stays_inside();
                if press % 16 == 0 {
                    monkey.draws(&theme);
                }
                if press % 50 == 49 {
                    monkey.comes_to_rest();
                }
            }
        }));
        if outcome.is_err() {
            let from = monkey.last.len().saturating_sub(20);
            panic!(
                "seed {seed}, after {} inputs, at {:?}, the last: {:#?}",
                monkey.last.len(),
                monkey.app.size,
                &monkey.last[from..]
            );
        }
    }
}
