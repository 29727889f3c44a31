//! What is done with bytes that somebody else chose: texts, lessons, progress, JSON, typed fields, keys.
//!
//! Each function takes any bytes and panics only where byhand is wrong. `tests/fuzz_texts.rs` calls them with seeded changes of
//! `fuzz/seeds` on a stable compiler; `fuzz/text_targets` give them to libFuzzer (`cargo +nightly fuzz run printed`).

use std::{collections::BTreeMap, time::Duration};

use byhand::{
    app::{App, Msg, Progress, field::Edit},
    check_course,
    course::{Course, FIRST_LANGUAGE, Folder},
    diagnose::Answer,
    load::{self, Given, builtin},
    pass::{Address, Pass},
    shell::input::Input,
    train,
    ui::{
        self, keys,
        theme::{Background, ColorLevel, Theme},
    },
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

/// A target by its name.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All of them; the folders in `fuzz/seeds` have these names.
pub(crate) const TARGETS: [Target; 6] = [
    ("printed", printed),
    ("lesson", lesson),
    ("progress", progress),
    ("json", json),
    ("field", field),
    ("keys", pressed),
];

/// Printed arrays: whatever is read makes a network that can be computed, and is the same when it is read again.
pub(crate) fn printed(bytes: &[u8]) {
    let Ok(draft) = load::read(bytes.to_vec()) else { return };
    let Ok((layers, _)) = draft.layers(&Given::named("fuzz")) else { return };
    let count = layers.iter().filter(|layer| layer.has_activation).count();
    let relu = "relu".parse().expect("an activation");
    let given = Given { activations: Some(vec![relu; count]), ..Given::named("fuzz") };
    let Ok(opened) = draft.open(&given) else { return };
    let input = vec![1.0; opened.model.network.inputs()];
    let pass = Pass::new(&opened.model.network, &input, &[]).expect("as many numbers as it takes");
    assert_eq!(pass.output().len(), opened.model.network.outputs());
    for remark in &opened.remarks {
        assert!(!remark.to_string().is_empty());
    }
}

/// A lesson: faults have a place in it, and one without faults can be opened and drawn.
pub(crate) fn lesson(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let lines = text.lines().count();
    let course = r#"{"lessons": [{"id": "one", "title": {"en": "One"}, "about": {"en": "One."}, "minutes": 5}]}"#;
    let files = BTreeMap::from([("course.json".to_owned(), course.to_owned()), ("one/en.md".to_owned(), text)]);
    let folder = Folder::Read(files);
    let faults = check_course::check(&folder);
    for fault in &faults {
        assert!(!fault.what.is_empty() && fault.line <= lines + 1, "{fault}");
    }
    let course = Course::read(&folder, FIRST_LANGUAGE).expect("the course itself is sound");
    let mut app = App::new(course, folder, FIRST_LANGUAGE, Progress::default());
    let opened = app.open_lesson(0);
    if faults.is_empty() {
        opened.expect("a lesson without faults");
        draw(&app, (80, 24));
    }
}

/// Progress: what is read is written so that it reads back the same, and merging it with itself changes nothing.
pub(crate) fn progress(bytes: &[u8]) {
    let Ok(progress) = serde_json::from_slice::<Progress>(bytes) else { return };
    let mut merged = progress.clone();
    merged.merge(&progress);
    assert_eq!(merged, progress);
    let text = serde_json::to_string(&progress).expect("written");
    assert_eq!(serde_json::from_str::<Progress>(&text).expect("read back"), progress);
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).expect("byhand's own");
    let mut app = App::new(course, Folder::Embedded, FIRST_LANGUAGE, progress);
    app.go_on();
    draw(&app, (80, 24));
}

/// JSON: networks that were kept, and trainings.
pub(crate) fn json(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(model) = load::kept("fuzz", &text) {
        let input = vec![0.5; model.network.inputs()];
        Pass::new(&model.network, &input, &[]).expect("as many numbers as it takes");
        let again = load::keep(&model).expect("what was kept can be kept");
        load::kept("fuzz", &again).expect("and read back");
    }
    if let Ok(json) = serde_json::from_str(&text)
        && let Err(why) = train::file::training(&json)
    {
        assert!(!why.to_string().is_empty());
    }
}

/// What is typed or pasted into fields, as an answer and as an address.
pub(crate) fn field(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let _ = text.parse::<Answer>();
    if let Ok(address) = text.parse::<Address>() {
        assert_eq!(address.to_string().parse::<Address>().as_ref(), Ok(&address));
    }
    let mut app = bench();
    for paste in [false, true] {
        for key in ['y', 'x'] {
            press(&mut app, KeyEvent::from(KeyCode::Char(key)));
            let edits: Vec<Edit> =
                if paste { vec![Edit::Paste(text.clone())] } else { text.chars().map(Edit::Insert).collect() };
            for edit in edits {
                let _ = app.update(Msg::Edit(edit), Duration::ZERO);
            }
            draw(&app, (80, 24));
            press(&mut app, KeyEvent::from(KeyCode::Enter));
            press(&mut app, KeyEvent::from(KeyCode::Esc));
        }
    }
    draw(&app, (40, 12));
}

/// Two bytes are a key, a paste or another size; the screen is drawn after some of them.
pub(crate) fn pressed(bytes: &[u8]) {
    let mut app = if bytes.first().is_some_and(|byte| byte % 2 == 0) { bench() } else { in_a_lesson(bytes) };
    let mut size = (80, 24);
    let mut now = Duration::ZERO;
    for pair in bytes.chunks_exact(2).take(400) {
        now += Duration::from_millis(u64::from(pair[1]) * 3);
        match (pair[0], pair[1]) {
            (250.., columns) => {
                size = (u16::from(columns) + 1, u16::from(pair[0] - 249) * 9);
                let _ = app.update(Msg::Resize(size.0, size.1), now);
            }
            (240..=249, c) => drop(app.update(Msg::Edit(Edit::Paste(char::from(c).to_string().repeat(9))), now)),
            (code, c) => press_at(&mut app, key(code, c), now),
        }
        if pair[1] % 8 == 0 {
            let _ = app.update(Msg::Frame, now);
            draw(&app, size);
        }
    }
    draw(&app, size);
}

fn key(code: u8, c: u8) -> KeyEvent {
    const CODES: [KeyCode; 12] = [
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
        KeyCode::Backspace,
    ];
    let modifiers = match code % 16 {
        0 => KeyModifiers::CONTROL,
        1 => KeyModifiers::ALT,
        _ => KeyModifiers::NONE,
    };
    let code = CODES.get(usize::from(code / 8)).copied().unwrap_or(KeyCode::Char(char::from(c)));
    KeyEvent::new(code, modifiers)
}

fn press(app: &mut App, key: KeyEvent) {
    press_at(app, key, Duration::ZERO);
}

fn press_at(app: &mut App, key: KeyEvent, now: Duration) {
    // As the session does it: `Input::Key` and nothing else.
    let Input::Key(key) = Input::Key(key) else { return };
    if let Some(msg) = keys::message(app, key) {
        let _ = app.update(msg, now);
    }
}

fn bench() -> App {
    let mut app = empty();
    app.open_model(builtin("line-1-16-1").expect("built in"), None).expect("opened");
    app
}

fn in_a_lesson(bytes: &[u8]) -> App {
    let mut app = empty();
    let lessons = app.course.entries.len();
    app.open_lesson(usize::from(bytes.get(1).copied().unwrap_or(0)) % lessons).expect("byhand's own");
    app
}

fn empty() -> App {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).expect("byhand's own");
    App::new(course, Folder::Embedded, FIRST_LANGUAGE, Progress::default())
}

fn draw(app: &App, (columns, rows): (u16, u16)) {
    let theme = Theme::new(ColorLevel::True, Background::Dark, false);
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("it has no errors");
    terminal.draw(|frame| ui::draw(frame, app, &theme, Duration::ZERO)).expect("it has no errors");
}
