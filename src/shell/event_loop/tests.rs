use std::time::Duration;

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::{Frame, widgets::Paragraph};

use super::*;
use crate::shell::{background::Luminance, rehearsal::rehearse};

/// Writes down what it hears. `a` moves for 100 ms, `s` suspends, `m` and `p` switch, `q` quits, `.` changes nothing.
#[derive(Default)]
struct Diary {
    heard: Vec<(u128, String)>,
    moving_until: Option<Duration>,
    always_late: bool,
}

impl Program for Diary {
    fn update(&mut self, input: Input, now: Duration) -> Control {
        let (word, control) = match input {
            Input::Key(key) => match key.code {
                KeyCode::Char('q') => ("q".into(), Control::QUIT),
                KeyCode::Char('s') => ("s".into(), Control::SUSPEND),
                KeyCode::Char('m') => ("m".into(), Control::NOTHING.with_mouse(true)),
                KeyCode::Char('p') => ("p".into(), Control::NOTHING.with_paste(false)),
                KeyCode::Char('.') => (".".into(), Control::NOTHING),
                KeyCode::Char('a') => {
                    self.moving_until = Some(now + Duration::from_millis(100));
                    ("a".into(), Control::REDRAW)
                }
                code => (code.to_string(), Control::REDRAW),
            },
            Input::Resize(columns, rows) => (format!("{columns}x{rows}"), Control::NOTHING),
            Input::Background(luminance) => (format!("{luminance:?}"), Control::NOTHING),
            Input::Paste(text) => (text, Control::REDRAW),
            Input::Mouse(_) => ("mouse".into(), Control::NOTHING),
            Input::FrameDue => {
                self.moving_until = self.moving_until.filter(|end| now < *end);
                ("frame".into(), Control::REDRAW)
            }
        };
        self.heard.push((now.as_millis(), word));
        control
    }

    fn draw(&mut self, frame: &mut Frame, _: Duration) {
        frame.render_widget(Paragraph::new("diary"), frame.area());
    }

    fn next_change(&self, now: Duration) -> Option<Duration> {
        if self.always_late {
            return Some(Duration::ZERO);
        }
        self.moving_until.map(|end| (now + Duration::from_millis(33)).min(end))
    }
}

impl Diary {
    fn words(&self) -> Vec<&str> {
        self.heard.iter().map(|(_, word)| word.as_str()).collect()
    }
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn typed(at: u64, c: char) -> (Duration, Event) {
    (ms(at), Event::Terminal(TerminalEvent::Key(KeyCode::Char(c).into())))
}

fn alt(at: u64, c: char) -> (Duration, Event) {
    let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT);
    (ms(at), Event::Terminal(TerminalEvent::Key(key)))
}

const LONG: Duration = Duration::from_secs(3600);

#[test]
fn without_input_one_frame_is_drawn_and_then_the_loop_sleeps() {
    let mut diary = Diary::default();
    let played = rehearse(&mut diary, (10, 2), LONG, []);
    assert_eq!(played.drawn_at(), [0]);
    assert_eq!(played.at_rest, Some(ms(0)));
    assert_eq!(played.wakes, 0);
    assert_eq!(diary.words(), ["10x2"]);
}

#[test]
fn all_waiting_input_is_handled_before_one_frame_is_drawn() {
    let mut diary = Diary::default();
    let burst = (0..500).map(|i| typed(5, if i % 2 == 0 { 'x' } else { 'y' })).chain([typed(9, 'z')]);
    let played = rehearse(&mut diary, (10, 2), LONG, burst);
    assert_eq!(diary.heard.len(), 502);
    assert_eq!(played.drawn_at(), [0, 5, 9]);
}

#[test]
fn what_changes_nothing_draws_nothing() {
    let mut diary = Diary::default();
    let played = rehearse(&mut diary, (10, 2), LONG, [typed(5, '.'), typed(7, '.')]);
    assert_eq!(played.drawn_at(), [0]);
    assert_eq!(played.wakes, 2);
    assert_eq!(played.at_rest, Some(ms(7)));
}

#[test]
fn frames_come_when_they_are_due_and_end_when_nothing_moves() {
    let mut diary = Diary::default();
    let played = rehearse(&mut diary, (10, 2), LONG, [typed(1000, 'a')]);
    assert_eq!(played.drawn_at(), [0, 1000, 1033, 1066, 1099, 1107]);
    assert_eq!(played.at_rest, Some(ms(1107)));
}

#[test]
fn a_key_during_an_animation_is_handled_at_once_and_a_new_frame_is_requested() {
    let mut diary = Diary::default();
    let played = rehearse(&mut diary, (10, 2), ms(1060), [typed(1000, 'a'), typed(1010, 'x'), typed(1020, '.')]);
    assert_eq!(played.drawn_at(), [0, 1000, 1010, 1053]);
    assert_eq!(played.at_rest, None);
}

#[test]
fn a_program_that_is_always_late_does_not_spin() {
    let mut diary = Diary { always_late: true, ..Diary::default() };
    let played = rehearse(&mut diary, (10, 2), ms(800), []);
    assert_eq!(played.at_rest, None);
    assert!((99..=102).contains(&played.frames.len()), "{} frames", played.frames.len());
}

#[test]
fn quitting_signals_and_hang_ups_end_the_loop_and_later_input_is_ignored() {
    for (event, expected) in
        [(typed(5, 'q').1, Ending::Quit), (Event::Die(15), Ending::Killed(15)), (Event::HungUp, Ending::HungUp)]
    {
        let mut diary = Diary::default();
        let played = rehearse(&mut diary, (10, 2), LONG, [(ms(5), event), typed(5, 'x')]);
        assert_eq!(played.ending, Some(expected));
        assert_eq!(played.drawn_at(), [0]);
        assert!(!diary.words().contains(&"x"));
    }
}

#[test]
fn releases_are_not_inputs_and_repeats_are() {
    let key = |kind| {
        let key = KeyEvent::new_with_kind(KeyCode::Char('x'), KeyModifiers::NONE, kind);
        (ms(5), Event::Terminal(TerminalEvent::Key(key)))
    };
    let mut diary = Diary::default();
    let script = [key(KeyEventKind::Press), key(KeyEventKind::Repeat), key(KeyEventKind::Release)];
    rehearse(&mut diary, (10, 2), LONG, script);
    assert_eq!(diary.words(), ["10x2", "x", "x"]);
}

#[test]
fn a_resize_is_handled_and_always_drawn() {
    let mut diary = Diary::default();
    let size = |at, columns, rows| (ms(at), Event::Terminal(TerminalEvent::Resize(columns, rows)));
    let played = rehearse(&mut diary, (10, 2), LONG, [size(5, 1, 1), size(9, 30, 4), size(9, 20, 3), size(12, 20, 3)]);
    assert_eq!(diary.words(), ["10x2", "1x1", "30x4", "20x3", "20x3"]);
    assert_eq!(played.drawn_at(), [0, 5, 9, 12]);
    assert_eq!(played.frames[2].1.area.as_size(), (20, 3).into());
}

#[test]
fn the_size_sent_after_the_start_matters_only_if_it_differs() {
    for (size, words, drawn) in [((10, 2), vec!["10x2"], vec![0]), ((12, 3), vec!["10x2", "12x3"], vec![0, 1])] {
        let mut diary = Diary::default();
        let played = rehearse(&mut diary, (10, 2), LONG, [(ms(1), Event::Size(size.0, size.1))]);
        assert_eq!(diary.words(), words);
        assert_eq!(played.drawn_at(), drawn);
    }
}

#[test]
fn suspended_by_key_or_signal_nothing_is_drawn_until_the_program_continues() {
    for (event, request) in [(typed(5, 's').1, "stop job"), (Event::Suspend, "stop process")] {
        let mut diary = Diary::default();
        let script = [(ms(5), event), typed(6, 'x'), (ms(7), Event::Suspend), (ms(900), Event::Continue)];
        let played = rehearse(&mut diary, (10, 2), LONG, script);
        assert_eq!(played.drawn_at(), [0, 900]);
        assert_eq!(played.requests, [(ms(0), request.to_owned()), (ms(0), "resume".to_owned())]);
        assert!(diary.words().contains(&"x"));
    }
}

#[test]
fn a_signal_ends_a_suspended_program() {
    let mut diary = Diary::default();
    let played =
        rehearse(&mut diary, (10, 2), LONG, [typed(5, 's'), (ms(7), Event::Die(15)), (ms(7), Event::Continue)]);
    assert_eq!(played.ending, Some(Ending::Killed(15)));
    assert_eq!(played.drawn_at(), [0]);
}

#[test]
fn mouse_and_paste_are_switched_only_when_asked_for() {
    let mut diary = Diary::default();
    let played = rehearse(&mut diary, (10, 2), LONG, [typed(5, 'x'), typed(6, 'm'), typed(7, 'p')]);
    let requests: Vec<&str> = played.requests.iter().map(|(_, request)| request.as_str()).collect();
    assert_eq!(requests, ["mouse on", "paste off"]);
}

#[test]
fn the_answer_about_the_background_is_not_a_key() {
    let mut diary = Diary::default();
    let mut script = vec![alt(200, ']')];
    script.extend("11;rgb:ff/ff/ff".chars().map(|c| typed(200, c)));
    script.push(alt(200, '\\'));
    script.push(typed(200, 'x'));
    let played = rehearse(&mut diary, (10, 2), LONG, script);
    assert_eq!(diary.words(), ["10x2", &format!("{:?}", Luminance::Light), "x"]);
    assert_eq!(played.at_rest, Some(ms(200)));
}

#[test]
fn keys_that_only_begin_like_an_answer_come_back_after_50_ms_and_then_the_loop_sleeps() {
    let mut diary = Diary::default();
    let played = rehearse(&mut diary, (10, 2), LONG, [alt(200, ']'), typed(220, '1')]);
    assert_eq!(diary.heard[1..], [(270, "]".to_owned()), (270, "1".to_owned())]);
    assert_eq!(played.at_rest, Some(ms(270)));
}
