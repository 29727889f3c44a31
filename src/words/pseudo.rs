//! The language of tests: wide letters, no blanks.

/// Where in a sentence one is.
#[derive(Default)]
pub(super) struct Pseudo {
    /// Within backquotes, where names and commands stand.
    quoted: bool,
}

impl Pseudo {
    /// Adds `text` in wide letters to `out`. Line ends stay, and so does the indent after them.
    pub(super) fn push(&mut self, text: &str, out: &mut String) {
        for c in text.chars() {
            self.quoted ^= c == '`';
            match c {
                _ if self.quoted => out.push(c),
                ' ' if !out.is_empty() && !out.ends_with([' ', '\n']) => {}
                '.' => out.push('。'),
                ',' => out.push('、'),
                'a'..='z' => out.push(wide('ａ', c, 'a')),
                'A'..='Z' => out.push(wide('Ａ', c, 'A')),
                _ => out.push(c),
            }
        }
    }
}

/// The letter as far from `begin` as `c` is from `a`.
fn wide(begin: char, c: char, a: char) -> char {
    char::from_u32(begin as u32 + c as u32 - a as u32).unwrap_or(c)
}
