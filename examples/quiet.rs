//! The smallest program on the event loop: a dense picture, a highlight that moves, nothing else. It is what the tests in
//! `tests/terminal.rs` run, and what the loop is measured with.
//!
//! Arrow keys move, `a` slides the highlight along its row, `p` and `m` switch bracketed paste and the mouse, Ctrl-Z
//! suspends, `q` and Ctrl-C quit. `BYHAND_PANIC=1` panics in the second frame, which is drawn at once.

use std::{io::Write, process::ExitCode, time::Duration};

use byhand::shell::{
    background::Luminance,
    event_loop::{Control, Program},
    input::Input,
    session::{Options, run},
};
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::{
    Frame,
    style::{Color, Style},
};

/// Columns and rows of the numbers; each takes six cells.
const NUMBERS: (u16, u16) = (20, 40);
/// The background of the highlight.
const LIT: Color = Color::Rgb(240, 200, 80);
const SLIDE: Duration = Duration::from_millis(500);
const FRAME: Duration = Duration::from_millis(33);

#[derive(Default)]
struct Quiet {
    at: (u16, u16),
    /// When the highlight began to slide.
    sliding: Option<Duration>,
    mouse: bool,
    paste: bool,
    heard: String,
    panics: bool,
    drawn: u32,
    /// The numbers as they are shown, five characters each, row by row.
    numbers: Vec<String>,
}

impl Quiet {
    fn new() -> Self {
        let number = |i: u16| {
            let (row, column) = (i / NUMBERS.0, i % NUMBERS.0);
            format!("{:+5.2}", (f64::from(row) * 0.37 + f64::from(column) * 0.73).sin())
        };
        Self {
            panics: std::env::var_os("BYHAND_PANIC").is_some(),
            numbers: (0..NUMBERS.0 * NUMBERS.1).map(number).collect(),
            ..Self::default()
        }
    }

    fn step(&mut self, right: i32, down: i32) -> Control {
        let go = |at: u16, by: i32, count: u16| (i32::from(at) + by).rem_euclid(i32::from(count)) as u16;
        self.at = (go(self.at.0, right, NUMBERS.0), go(self.at.1, down, NUMBERS.1));
        Control::REDRAW
    }
}

impl Program for Quiet {
    fn update(&mut self, input: Input, now: Duration) -> Control {
        match input {
            Input::Key(key) => match key.code {
                KeyCode::Char('c') if key.modifiers == KeyModifiers::CONTROL => Control::QUIT,
                KeyCode::Char('z') if key.modifiers == KeyModifiers::CONTROL => Control::SUSPEND,
                KeyCode::Char('q') => Control::QUIT,
                KeyCode::Left => self.step(-1, 0),
                KeyCode::Right => self.step(1, 0),
                KeyCode::Up => self.step(0, -1),
                KeyCode::Down => self.step(0, 1),
                KeyCode::Char('a') => {
                    self.sliding = Some(now);
                    Control::REDRAW
                }
                KeyCode::Char('m') => {
                    self.mouse = !self.mouse;
                    Control::NOTHING.with_mouse(self.mouse)
                }
                KeyCode::Char('p') => {
                    self.paste = !self.paste;
                    Control::NOTHING.with_paste(self.paste)
                }
                _ => Control::NOTHING,
            },
            Input::Background(luminance) => {
                self.heard = match luminance {
                    Luminance::Light => "light".into(),
                    Luminance::Dark => "dark".into(),
                };
                Control::REDRAW
            }
            Input::Paste(text) => {
                self.heard = text.chars().filter(|c| !c.is_control()).take(20).collect();
                Control::REDRAW
            }
            Input::Resize(..) => Control::REDRAW,
            Input::FrameDue => {
                if self.sliding.is_some_and(|begun| now >= begun + SLIDE) {
                    self.sliding = None;
                }
                Control::REDRAW
            }
            Input::Mouse(_) => Control::NOTHING,
        }
    }

    fn draw(&mut self, frame: &mut Frame, now: Duration) {
        self.drawn += 1;
        assert!(!(self.panics && self.drawn > 1), "asked to by BYHAND_PANIC");
        let area = frame.area();
        let lit = match self.sliding {
            Some(begun) => (now.saturating_sub(begun).as_millis() * 20 / SLIDE.as_millis()).min(19) as u16,
            None => self.at.0,
        };
        let buffer = frame.buffer_mut();
        for row in 0..area.height.min(NUMBERS.1) {
            for column in 0..area.width.div_ceil(6).min(NUMBERS.0) {
                let number = &self.numbers[usize::from(row * NUMBERS.0 + column)];
                let style = if (column, row) == (lit, self.at.1) {
                    Style::new().fg(Color::Black).bg(LIT)
                } else if number.starts_with('-') {
                    Style::new().fg(Color::Rgb(230, 120, 60))
                } else {
                    Style::new().fg(Color::Rgb(80, 150, 230))
                };
                for (x, c) in (column * 6..area.width).zip(number.chars()) {
                    buffer[(x, row)].set_char(c).set_style(style);
                }
            }
        }
        if area.height > 0 && !self.heard.is_empty() {
            frame.buffer_mut().set_stringn(0, area.height - 1, &self.heard, area.width.into(), Style::new());
        }
    }

    fn next_change(&self, now: Duration) -> Option<Duration> {
        if self.panics {
            return Some(now + FRAME);
        }
        let begun = self.sliding?;
        let frames = now.saturating_sub(begun).as_millis() / FRAME.as_millis() + 1;
        Some((begun + FRAME * frames as u32).min(begun + SLIDE))
    }
}

fn main() -> ExitCode {
    match run(&mut Quiet::new(), Options::from_environment()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not `eprintln!`, which panics when the terminal is gone.
            let _ = writeln!(std::io::stderr(), "quiet: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
