//! A screen at rest is silent: it asks for no frame, writes no byte, and no thread wakes. Every screen is walked.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod support;

use std::time::Duration;

use byhand::{
    app::{App, Msg, Progress},
    course::{Course, FIRST_LANGUAGE, Folder},
    load::builtin,
    ui::{
        self, keys,
        theme::{Background, ColorLevel, Theme},
    },
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Buffer,
    crossterm::event::{KeyCode, KeyEvent},
};
use support::session::{Session, command, text};

/// Longer than any animation plays.
const MOST_FRAMES: usize = 100_000;

fn app() -> App {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).unwrap();
    App::new(course, Folder::Embedded, FIRST_LANGUAGE, Progress::default())
}

fn picture(app: &App, now: Duration) -> Buffer {
    let theme = Theme::new(ColorLevel::True, Background::Dark, false);
    let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
    terminal.draw(|frame| ui::draw(frame, app, &theme, now)).unwrap();
    terminal.backend().buffer().clone()
}

/// Waits for the end of what moves, and sees that nothing moves any more.
fn comes_to_rest(app: &mut App, now: &mut Duration, what: &str) {
    for frame in 0.. {
        let Some(next) = app.next_change(*now) else { break };
        assert!(frame < MOST_FRAMES, "{what} never comes to rest");
        *now = next;
        let _ = app.update(Msg::Frame, *now);
    }
    let picture_now = picture(app, *now);
    for later in [Duration::from_millis(1), Duration::from_secs(3600)] {
        assert_eq!(app.next_change(*now + later), None, "{what}");
        assert!(picture(app, *now + later) == picture_now, "{what} changes by itself");
    }
}

fn press(app: &mut App, code: KeyCode, now: Duration) {
    if let Some(msg) = keys::message(app, KeyEvent::from(code)) {
        let _ = app.update(msg, now);
    }
}

/// Every key that opens, plays or changes something.
const KEYS: &str = "vvvvvvvwfycmdrabs?gei \u{20}jk";

#[test]
fn every_step_of_every_lesson_comes_to_rest() {
    let lessons = app().course.entries.len();
    for number in 0..lessons {
        let mut app = app();
        let mut now = Duration::ZERO;
        app.open_lesson(number).unwrap();
        for step in 0..app.steps(number) {
            comes_to_rest(&mut app, &mut now, &format!("lesson {number}, step {step}"));
            press(&mut app, KeyCode::Enter, now);
            comes_to_rest(&mut app, &mut now, &format!("lesson {number}, step {step}, after Enter"));
            press(&mut app, KeyCode::Char('n'), now);
        }
        comes_to_rest(&mut app, &mut now, &format!("the end of lesson {number}"));
    }
}

#[test]
fn every_screen_of_the_bench_comes_to_rest() {
    for name in ["line-1-16-1", "sum-2-5-1", "sum-5-20-1", "norm-1"] {
        let mut app = app();
        let mut now = Duration::ZERO;
        comes_to_rest(&mut app, &mut now, "the course");
        app.open_model(builtin(name).unwrap(), None).unwrap();
        for key in KEYS.chars() {
            press(&mut app, KeyCode::Char(key), now);
            comes_to_rest(&mut app, &mut now, &format!("{name} after {key:?}"));
            press(&mut app, KeyCode::Esc, now);
            comes_to_rest(&mut app, &mut now, &format!("{name} after Esc"));
            if app.bench().is_none() {
                app.open_model(builtin(name).unwrap(), None).unwrap();
            }
        }
    }
    let mut app = app();
    let mut now = Duration::ZERO;
    let _ = app.bring_own();
    comes_to_rest(&mut app, &mut now, "the page for one's own network");
}

/// The same in a terminal: no byte and no wake-up.
#[test]
fn no_screen_writes_or_wakes_at_rest() {
    let screens: [(&[&str], &[&str]); 8] = [
        (&[], &[]),
        (&[], &["?"]),
        (&["learn", "1"], &[]),
        (&["learn", "8"], &["n"]),
        (&["open", "line-1-16-1", "--input", "10"], &["v", "a"]),
        (&["open", "sum-2-5-1"], &["v", "v"]),
        (&["open", "line-1-16-1", "--input", "10"], &["y", "20.475\r"]),
        (&["open"], &[]),
    ];
    let progress = std::env::temp_dir().join(format!("byhand-idle-{}.json", std::process::id()));
    for (arguments, keys) in screens {
        let mut words = vec![env!("CARGO_BIN_EXE_byhand")];
        words.extend(arguments);
        words.extend(["--progress", progress.to_str().unwrap(), "--reduced-motion"]);
        let mut session = Session::start(command(&words));
        session.wait_for("a picture", |screen| screen.alternate_screen() && text(screen).lines().count() > 10);
        for key in keys {
            session.press(key.as_bytes());
            while session.bytes_within(Duration::from_millis(400)) > 0 {}
        }
        while session.bytes_within(Duration::from_millis(400)) > 0 {}
        let before = wakes(&session);
        assert_eq!(session.bytes_within(Duration::from_millis(700)), 0, "{arguments:?} {keys:?}");
        assert_eq!(wakes(&session), before, "{arguments:?} {keys:?}");
        session.signal(rustix::process::Signal::TERM);
        session.assert_restored();
    }
    for ending in ["", ".lock"] {
        let _ = std::fs::remove_file(format!("{}{ending}", progress.display()));
    }
}

/// How often the threads went to sleep so far; only Linux tells.
fn wakes(session: &Session) -> Vec<String> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{}/task", session.child.process_id().unwrap())) else {
        return Vec::new();
    };
    let told = |task: std::fs::DirEntry| {
        let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
        status.lines().filter(|line| line.starts_with("voluntary_ctxt")).collect::<String>()
    };
    tasks.flatten().map(told).collect()
}
