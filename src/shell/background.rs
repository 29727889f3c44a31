//! Is the terminal's background light or dark? The question (OSC 11) is asked once and nobody waits for the answer.
//!
//! The terminal answers on the keyboard's line: `ESC ] 11;rgb:1e1e/1e1e/2e2e ESC \`, at once, a second later, or never.
//! The key reader knows no such sequence and delivers it as Alt-`]` and twenty ordinary keys. [`BackgroundReply`] picks
//! those keys out of the stream again. It delays only what can still become an answer, and for at most [`PATIENCE`]:
//! a person who really types Alt-`]` gets every key, in order.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::input::Input;

/// The question: "which colour is the background?"
pub const QUERY: &str = "\x1b]11;?\x1b\\";

/// How long keys that look like the beginning of an answer are delayed after the last of them. A terminal sends its
/// answer in one piece; only a network may cut it.
pub const PATIENCE: Duration = Duration::from_millis(50);

/// The terminal's background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Luminance {
    /// Dark text is read best.
    Light,
    /// Light text is read best.
    Dark,
}

impl Luminance {
    /// Of a colour with components from 0 to 1, by the weights of ITU-R BT.709 for red, green and blue.
    pub fn of([red, green, blue]: [f32; 3]) -> Self {
        if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 { Self::Light } else { Self::Dark }
    }
}

/// Finds the answer to [`QUERY`] among the keys.
#[derive(Debug, Default)]
pub struct BackgroundReply {
    /// False before the question and after the answer: every key passes untouched.
    awaited: bool,
    /// The keys that may be the beginning of the answer.
    held: Vec<KeyEvent>,
    /// The text of the delayed keys, from `11;` on.
    text: String,
    /// The last key was Esc. A reply cut after its first byte comes as Esc and `]`; one cut before its last byte
    /// ends in Esc and `\`.
    after_esc: bool,
    /// When the last key was delayed.
    since: Duration,
}

impl BackgroundReply {
    /// The question has been asked.
    pub fn awaited() -> Self {
        Self { awaited: true, ..Self::default() }
    }

    /// Takes one key; what is certain about it goes to `inputs`: nothing yet, the key, all delayed keys, or the answer.
    pub fn key(&mut self, key: KeyEvent, now: Duration, inputs: &mut Vec<Input>) {
        if !self.awaited {
            inputs.push(Input::Key(key));
        } else if self.held.is_empty() {
            self.first(key, now, inputs);
        } else {
            self.next(key, now, inputs);
        }
    }

    /// When the delayed keys are released if nothing else comes; `None` if there are none.
    pub fn deadline(&self) -> Option<Duration> {
        (!self.held.is_empty()).then(|| self.since + PATIENCE)
    }

    /// Gives the delayed keys back: a person typed them.
    pub fn release(&mut self, inputs: &mut Vec<Input>) {
        inputs.extend(self.held.drain(..).map(Input::Key));
        self.text.clear();
        self.after_esc = false;
    }

    fn first(&mut self, key: KeyEvent, now: Duration, inputs: &mut Vec<Input>) {
        let alt = key.modifiers == KeyModifiers::ALT;
        let plain = key.modifiers.is_empty();
        if key.code == KeyCode::Char(']') && (alt || plain && self.after_esc) {
            self.hold(key, now);
        } else {
            // Esc itself passes at once: it is a key people press, and must not wait for what may follow.
            self.after_esc = key.code == KeyCode::Esc;
            inputs.push(Input::Key(key));
        }
    }

    fn next(&mut self, key: KeyEvent, now: Duration, inputs: &mut Vec<Input>) {
        match (key.code, key.modifiers) {
            (KeyCode::Char('\\'), KeyModifiers::ALT) | (KeyCode::Char('g'), KeyModifiers::CONTROL) => {
                self.finish(key, now, inputs);
            }
            (KeyCode::Char('\\'), KeyModifiers::NONE) if self.after_esc => {
                self.finish(key, now, inputs);
            }
            (KeyCode::Esc, KeyModifiers::NONE) if colour(&self.text).is_some() && !self.after_esc => {
                self.hold(key, now);
                self.after_esc = true;
            }
            (KeyCode::Char(c), KeyModifiers::NONE | KeyModifiers::SHIFT) if !self.after_esc => {
                self.text.push(c);
                if begins_answer(&self.text) {
                    self.hold(key, now);
                } else {
                    self.refuse(key, now, inputs);
                }
            }
            _ => self.refuse(key, now, inputs),
        }
    }

    fn hold(&mut self, key: KeyEvent, now: Duration) {
        self.held.push(key);
        self.since = now;
        self.after_esc = false;
    }

    fn finish(&mut self, key: KeyEvent, now: Duration, inputs: &mut Vec<Input>) {
        if let Some(colour) = colour(&self.text) {
            *self = Self::default();
            inputs.push(Input::Background(Luminance::of(colour)));
        } else {
            self.refuse(key, now, inputs);
        }
    }

    /// Not the answer after all. The key that showed it may itself be the first of one.
    fn refuse(&mut self, key: KeyEvent, now: Duration, inputs: &mut Vec<Input>) {
        self.release(inputs);
        self.first(key, now, inputs);
    }
}

/// The part of the answer after `11;` and the number of components it must have.
fn components(text: &str) -> Option<(&str, usize)> {
    if let Some(rest) = text.strip_prefix("11;rgb:") {
        Some((rest, 3))
    } else {
        text.strip_prefix("11;rgba:").map(|rest| (rest, 4))
    }
}

/// Can `text` still become `11;rgb:H/H/H` or `11;rgba:H/H/H/H` with one to four hexadecimal digits each?
fn begins_answer(text: &str) -> bool {
    let Some((rest, count)) = components(text) else {
        return "11;rgb:".starts_with(text) || "11;rgba:".starts_with(text);
    };
    let parts: Vec<&str> = rest.split('/').collect();
    parts.len() <= count
        && parts.iter().enumerate().all(|(i, part)| {
            let last = i + 1 == parts.len();
            part.len() <= 4 && (last || !part.is_empty()) && part.bytes().all(|b| b.is_ascii_hexdigit())
        })
}

/// Red, green and blue from 0 to 1, if `text` is a whole answer (`XParseColor`: `h`, `hh`, `hhh` and `hhhh` are fractions
/// of `f`, `ff`, `fff` and `ffff`).
fn colour(text: &str) -> Option<[f32; 3]> {
    let (rest, count) = components(text)?;
    let mut values = Vec::with_capacity(count);
    for part in rest.split('/') {
        if part.is_empty() || part.len() > 4 {
            return None;
        }
        let value = u32::from_str_radix(part, 16).ok()?;
        let whole = (1_u32 << (4 * part.len())) - 1;
        values.push(value as f32 / whole as f32);
    }
    match values[..] {
        [red, green, blue] if count == 3 => Some([red, green, blue]),
        [red, green, blue, _] if count == 4 => Some([red, green, blue]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys that crossterm makes of these bytes. `|` is the end of one read.
    fn keys(bytes: &str) -> Vec<KeyEvent> {
        let mut keys = Vec::new();
        for read in bytes.split('|') {
            let mut chars = read.chars();
            while let Some(c) = chars.next() {
                keys.push(match c {
                    '\x1b' => match chars.next() {
                        Some(c) => KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT),
                        None => KeyCode::Esc.into(),
                    },
                    '\x07' => KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL),
                    'A'..='Z' => KeyEvent::new(KeyCode::Char(c), KeyModifiers::SHIFT),
                    _ => KeyCode::Char(c).into(),
                });
            }
        }
        keys
    }

    fn hear(bytes: &str) -> (Vec<Input>, BackgroundReply) {
        let mut reply = BackgroundReply::awaited();
        let mut inputs = Vec::new();
        for key in keys(bytes) {
            reply.key(key, Duration::ZERO, &mut inputs);
        }
        (inputs, reply)
    }

    fn as_typed(bytes: &str) -> Vec<Input> {
        keys(bytes).into_iter().map(Input::Key).collect()
    }

    #[test]
    fn an_answer_becomes_light_or_dark_and_no_key_of_it_is_left() {
        use Luminance::{Dark, Light};
        for (bytes, expected) in [
            ("\x1b]11;rgb:1010/1010/1010\x1b\\", Dark),
            ("\x1b]11;rgb:ffff/FFFF/ffff\x1b\\", Light),
            ("\x1b]11;rgb:fdfd/f6f6/e3e3\x07", Light),
            ("\x1b]11;rgb:00/2b/36\x07", Dark),
            ("\x1b]11;rgb:f/f/f\x1b\\", Light),
            ("\x1b]11;rgba:0000/0000/0000/ffff\x1b\\", Dark),
            ("\x1b]11;rgb:0000/0000/ffff\x1b\\", Dark),
            ("\x1b]11;rgb:0000/ffff/0000\x1b\\", Light),
            ("\x1b]11;rgb:ffff/f|fff/ffff\x1b\\", Light),
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b|\\", Light),
        ] {
            let (inputs, reply) = hear(bytes);
            assert_eq!(inputs, [Input::Background(expected)], "{bytes:?}");
            assert_eq!(reply.deadline(), None, "{bytes:?}");
        }
    }

    #[test]
    fn an_answer_cut_after_its_first_byte_costs_no_more_than_that_escape() {
        let (inputs, _) = hear("\x1b|]11;rgb:ffff/ffff/ffff\x1b\\");
        assert_eq!(inputs, [Input::Key(KeyCode::Esc.into()), Input::Background(Luminance::Light)]);
    }

    #[test]
    fn the_keys_around_an_answer_arrive_in_order() {
        let (inputs, _) = hear("ab\x1b]11;rgb:0/0/0\x07cd");
        let mut expected = as_typed("ab");
        expected.push(Input::Background(Luminance::Dark));
        expected.extend(as_typed("cd"));
        assert_eq!(inputs, expected);
    }

    #[test]
    fn keys_that_are_not_an_answer_are_typed_text() {
        for bytes in [
            "hello",
            "]11;rgb:0/0/0\x07",
            "\x1b]x",
            "\x1b]11;rgb:zz/zz/zz\x07",
            "\x1b]11;rgb:12345/0/0\x07",
            "\x1b]11;rgb:0//0\x07",
            "\x1b]11;rgb:0/0/0/0\x07",
            "\x1b]11;rgb:0/0\x07",
            "\x1b]11;rgba:0/0/0\x07",
            "\x1b]10;rgb:0/0/0\x07",
            "\x1b]11;rgb:0/0/0\x1b|x",
            "\x1b]11;rgb:0/0\x1b|\\",
            "\x1b]\x07",
            "\x1b|\x1b|q",
            "\x1b|]q",
        ] {
            let (inputs, reply) = hear(bytes);
            assert_eq!(inputs, as_typed(bytes), "{bytes:?}");
            assert_eq!(reply.deadline(), None, "{bytes:?}");
        }
    }

    #[test]
    fn an_answer_right_after_a_false_start_is_found() {
        let (inputs, _) = hear("\x1b]1\x1b]11;rgb:0/0/0\x07");
        let mut expected = as_typed("\x1b]1");
        expected.push(Input::Background(Luminance::Dark));
        assert_eq!(inputs, expected);
    }

    #[test]
    fn delayed_keys_are_given_back_after_the_patience_ends() {
        let mut reply = BackgroundReply::awaited();
        let mut inputs = Vec::new();
        for (key, at) in keys("\x1b]11").into_iter().zip([100, 110, 130]) {
            reply.key(key, Duration::from_millis(at), &mut inputs);
        }
        assert_eq!(inputs, []);
        assert_eq!(reply.deadline(), Some(Duration::from_millis(130) + PATIENCE));
        reply.release(&mut inputs);
        assert_eq!(inputs, as_typed("\x1b]11"));
        assert_eq!(reply.deadline(), None);
    }

    #[test]
    fn nothing_is_delayed_before_the_question_and_after_the_answer() {
        let mut inputs = Vec::new();
        let mut silent = BackgroundReply::default();
        let (_, mut answered) = hear("\x1b]11;rgb:0/0/0\x07");
        for reply in [&mut silent, &mut answered] {
            inputs.clear();
            for key in keys("\x1b]11;") {
                reply.key(key, Duration::ZERO, &mut inputs);
            }
            assert_eq!(inputs, as_typed("\x1b]11;"));
        }
    }
}
