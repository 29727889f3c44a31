//! How long a frame of the bench takes, from the app to the cells of a terminal.
//!
//! *Whole screen*: every cell is sent. *At rest*: drawn again, no cell differs. *Animation*: the pass is being played, and
//! each frame is 33 ms later than the one before. *Map*: the map of a network with two inputs, drawn again as it is, and with
//! a what-if switched before every frame.

use std::{hint::black_box, time::Duration};

use byhand::{
    app::{App, Msg, Pane, Progress},
    course::{Course, FIRST_LANGUAGE, Folder},
    load::builtin,
    setting::View,
    ui::{
        self,
        theme::{Background, ColorLevel, Theme},
    },
};
use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::{Terminal, backend::TestBackend};

const LESSON: &str = "forgotten-activation";
const TWO_INPUTS: &str = "sum-2-5-1";
const FRAME: Duration = Duration::from_millis(33);

fn app(size: (u16, u16)) -> App {
    let course = Course::read(&Folder::Embedded, FIRST_LANGUAGE).expect("the course");
    let number = course.position(LESSON).expect("the lesson");
    let mut app = App::new(course, Folder::Embedded, FIRST_LANGUAGE, Progress::default());
    app.open_lesson(number).expect("it opens");
    let _ = app.update(Msg::Resize(size.0, size.1), Duration::ZERO);
    app
}

fn frames(criterion: &mut Criterion) {
    let theme = Theme::new(ColorLevel::True, Background::Dark, false);
    for size in [(120, 40), (240, 70)] {
        let mut app = app(size);
        let _ = app.update(Msg::ToEnd, Duration::ZERO);
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a buffer");
        let mut group = criterion.benchmark_group(format!("{}x{}", size.0, size.1));
        group.sample_size(50).measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_secs(1));
        group.bench_function("whole screen", |bencher| {
            bencher.iter(|| {
                terminal.clear().expect("a buffer");
                terminal.draw(|frame| ui::draw(frame, black_box(&app), &theme, Duration::ZERO)).expect("a buffer");
            });
        });
        group.bench_function("at rest", |bencher| {
            bencher.iter(|| {
                terminal.draw(|frame| ui::draw(frame, black_box(&app), &theme, Duration::ZERO)).expect("a buffer");
            });
        });
        let mut now = Duration::ZERO;
        let _ = app.update(Msg::ToStart, now);
        let _ = app.update(Msg::Play, now);
        group.bench_function("animation", |bencher| {
            bencher.iter(|| {
                now += FRAME;
                let _ = app.update(Msg::Frame, now);
                if app.next_change(now).is_none() {
                    let _ = app.update(Msg::ToStart, now);
                    let _ = app.update(Msg::Play, now);
                }
                terminal.draw(|frame| ui::draw(frame, black_box(&app), &theme, now)).expect("a buffer");
            });
        });
        group.finish();
    }
}

fn maps(criterion: &mut Criterion) {
    let theme = Theme::new(ColorLevel::True, Background::Dark, false);
    for size in [(120, 40), (240, 70)] {
        let mut app = app(size);
        app.open_model(builtin(TWO_INPUTS).expect("built in"), None).expect("it opens");
        let _ = app.update(Msg::Show(Pane::Picture(View::Plot)), Duration::ZERO);
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a buffer");
        let mut group = criterion.benchmark_group(format!("map {}x{}", size.0, size.1));
        group.sample_size(50).measurement_time(Duration::from_secs(3)).warm_up_time(Duration::from_secs(1));
        group.bench_function("at rest", |bencher| {
            bencher.iter(|| {
                terminal.draw(|frame| ui::draw(frame, black_box(&app), &theme, Duration::ZERO)).expect("a buffer");
            });
        });
        group.bench_function("changed", |bencher| {
            bencher.iter(|| {
                let _ = app.update(Msg::ToggleActivation, Duration::ZERO);
                assert!(app.bench().is_some_and(|bench| bench.view == View::Plot));
                terminal.draw(|frame| ui::draw(frame, black_box(&app), &theme, Duration::ZERO)).expect("a buffer");
            });
        });
        group.finish();
    }
}

criterion_group!(benches, frames, maps);
criterion_main!(benches);
