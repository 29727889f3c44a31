//! Text from files and from the learner, made safe for a terminal, and how much room text takes there.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// `text` without what a terminal would obey or hide: control characters, direction marks and overrides, and
/// characters without a width of their own. Tabs and line ends become blanks, so that words stay apart.
///
/// ```
/// use byhand::plain::plain;
/// assert_eq!(plain("den\u{202e}se\u{1b}[31m\t1"), "dense[31m 1");
/// ```
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        Cow::Owned(text.chars().filter_map(|c| if is_unsafe(c) { blank(c) } else { Some(c) }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn blank(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{10fe00}'..='\u{10feff}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// How many cells of a terminal `text` takes: a Chinese or Japanese character takes two.
///
/// ```
/// use byhand::plain::cells;
/// assert_eq!((cells("relu"), cells("層 3"), cells("e\u{301}")), (4, 4, 1));
/// ```
pub fn cells(text: &str) -> usize {
    // Numbers and English are most of what is measured.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    plain(text).chars().map(|c| c.width().unwrap_or(0)).fold(0, usize::saturating_add)
}

/// `text` with blanks after it, up to `width` cells.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(cells(text)))
}

/// Whether a terminal would obey, turn or hide this character.
///
/// The ranges are those of Unicode 16: Cc, the direction controls of UAX 9, and default-ignorable code points.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
            // Bytes of a file's name that are no text (`shell::name`).
            | '\u{10fe00}'..='\u{10feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_or_hide_is_gone() {
        for (text, expected) in [
            ("", ""),
            ("relu(6.06) = 6.06 ≈ π", "relu(6.06) = 6.06 ≈ π"),
            ("\u{1b}]52;c;aGk=\u{7}", "]52;c;aGk="),
            ("\u{9b}31m", "31m"),
            ("a\tb\r\nc", "a b  c"),
            ("ab\u{202e}cd\u{202c}", "abcd"),
            ("a\u{200b}b\u{200d}c\u{feff}", "abc"),
            ("\u{2066}x\u{2069}\u{61c}", "x"),
            ("warn\u{fe0f}", "warn"),
            ("tag\u{e0041}\u{e0100}", "tag"),
            ("\u{7f}", ""),
            ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(plain("kernel (784, 512)"), Cow::Borrowed(_)));
    }
}
