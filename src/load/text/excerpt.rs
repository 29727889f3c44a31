//! A line of the text for a message: cut to fit, with a caret, safe to send to a terminal.

use unicode_width::UnicodeWidthChar;

/// How many characters of the line an excerpt shows.
const SHOWN: usize = 60;

/// Shown instead of a character that must not reach the terminal.
const REPLACED: char = '\u{FFFD}';

/// A place in a text, and the line around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// The line, cut to about 60 characters around the column; characters that could
    /// act on a terminal are replaced.
    pub text: String,
    /// How many terminal cells of `text` lie before the place.
    pub caret: usize,
}

impl Excerpt {
    /// The place `at`, a byte offset into `text` (its end included).
    pub(super) fn at(text: &str, at: usize) -> Self {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let before_in_line = &before[begin..];
        let after_in_line = after.split('\n').next().unwrap_or("");

        let column = before_in_line.chars().count();
        let from = column.saturating_sub(SHOWN / 2);
        let lead = before_in_line.chars().skip(from);
        let tail = after_in_line.trim_end_matches('\r').chars();

        let mut shown = String::new();
        let mut caret = 0;
        if from > 0 {
            shown.push('…');
            caret += 1;
        }
        for c in lead.map(printable) {
            shown.push(c);
            caret += c.width().unwrap_or(1);
        }
        let room = SHOWN - (column - from);
        shown.extend(tail.clone().take(room).map(printable));
        if tail.clone().nth(room).is_some() {
            shown.push('…');
        }
        Self { line: before.bytes().filter(|&byte| byte == b'\n').count() + 1, column: column + 1, text: shown, caret }
    }
}

/// A few characters of the text for the middle of a message: cut to 24, made printable.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 24;
    let mut short: String = text.chars().take(MOST).map(printable).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

/// The character itself, a space for a tab, or a mark for one that moves the cursor, turns
/// the writing direction, or cannot be seen.
fn printable(c: char) -> char {
    let turns_or_hides = matches!(
        c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    match c {
        '\t' => ' ',
        _ if turns_or_hides || c.is_control() || c.width().unwrap_or(0) == 0 => REPLACED,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_is_below_the_place_in_every_line() {
        // text, byte offset, line, column, excerpt, cells before the caret
        let long = format!("{}!{}", "a".repeat(100), "b".repeat(100));
        let cut = format!("…{}!{}…", "a".repeat(30), "b".repeat(29));
        let cases = [
            ("abc", 1, 1, 2, "abc", 1),
            ("abc", 3, 1, 4, "abc", 3),
            ("", 0, 1, 1, "", 0),
            ("one\r\ntwo\r\nthree", 6, 2, 2, "two", 1),
            ("one\n", 4, 2, 1, "", 0),
            ("\tx", 1, 1, 2, " x", 1),
            ("数字x", 6, 1, 3, "数字x", 4),
            (&long, 100, 1, 101, &cut, 31),
            ("ab", 9, 1, 3, "ab", 2),
        ];
        for (text, at, line, column, shown, caret) in cases {
            let expected = Excerpt { line, column, text: shown.to_owned(), caret };
            assert_eq!(Excerpt::at(text, at), expected, "{text:?} at {at}");
        }
    }

    #[test]
    fn characters_that_control_a_terminal_or_hide_are_replaced() {
        let hostile = "\u{1b}[2J\u{7}\u{202e}\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}\u{301}\u{9b}\r\u{2028}x";
        assert_eq!(Excerpt::at(hostile, 0).text, "�[2J�����������x");
        assert_eq!(quoted("a\u{1b}b"), "a�b");
        assert_eq!(quoted(&"x".repeat(30)), format!("{}…", "x".repeat(24)));
    }
}
