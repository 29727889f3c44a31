//! A lesson's text to styled lines of a width.

use ratatui::{
    style::{Modifier, Style},
    text::{Line, Span as Cells},
};
use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{theme::Theme, widget::shorten};
use crate::{
    course::{Span, Text},
    plain::{cells, plain},
};

/// Runs of words with their styles.
pub fn styled(text: &Text, theme: &Theme, base: Style) -> Vec<(String, Style)> {
    let code = theme.code;
    text.iter()
        .map(|span| match span {
            Span::Plain(words) => (plain(words).into_owned(), base),
            Span::Code(words) => (plain(words).into_owned(), code),
            Span::Stress(words) => (plain(words).into_owned(), base.add_modifier(Modifier::ITALIC)),
            Span::Strong(words) => (plain(words).into_owned(), base.add_modifier(Modifier::BOLD)),
            // The app evaluates formulas when it enters a step; a formula that remains has no value.
            Span::Value(formula) => (format!("({}?)", plain(formula)), base),
        })
        .collect()
}

/// Breaks runs into lines of at most `width` cells: at blanks, and between wide characters; longer words are cut.
pub fn wrap(runs: &[(String, Style)], width: usize) -> Vec<Line<'static>> {
    let width = width.max(1);
    let mut lines: Vec<Vec<(String, Style)>> = vec![Vec::new()];
    let mut used = 0;
    for (word, blank_before) in words(runs) {
        let length: usize = word.iter().map(|(part, _)| part.width()).sum();
        let blank = usize::from(blank_before && used > 0);
        if used > 0 && used + blank + length > width {
            lines.push(Vec::new());
            used = 0;
        } else if blank == 1 {
            let style = match (lines.last().and_then(|line| line.last()), word.first()) {
                (Some((_, before)), Some((_, after))) if before == after => *after,
                _ => Style::default(),
            };
            push(&mut lines, " ", style);
            used += 1;
        }
        for (part, style) in word {
            let mut rest = part.as_str();
            while used + rest.width() > width {
                let fits = rest.char_indices().map(|(at, _)| at).take_while(|&at| used + rest[..at].width() <= width);
                let cut = fits.last().unwrap_or(0);
                // A character that is wider than the line stands alone on one.
                let cut = if cut == 0 && used == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { cut };
                // A long name breaks after one of its signs.
                let sign = rest[..cut].rfind(['_', '.', ',', '[', '(', '/', '=']).map(|at| at + 1);
                let cut = sign.unwrap_or(cut);
                if cut == rest.len() {
                    break;
                }
                push(&mut lines, &rest[..cut], style);
                rest = &rest[cut..];
                lines.push(Vec::new());
                used = 0;
            }
            push(&mut lines, rest, style);
            used += rest.width();
        }
    }
    let line = |parts: Vec<(String, Style)>| {
        // Blanks that held words together are blanks on the screen.
        let cells = |(text, style): (String, Style)| Cells::styled(text.replace('\u{a0}', " "), style);
        Line::from(parts.into_iter().map(cells).collect::<Vec<_>>())
    };
    lines.into_iter().map(line).collect()
}

/// A text in at most `width` cells: all of it, or its first whole words and `more`. A single word that is too long is cut.
pub fn first_words(text: &str, width: usize, more: &str) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(cells(more) + 1);
    let mut ends = text.match_indices(' ').map(|(at, _)| at).filter(|&at| cells(&text[..at]) <= room);
    match ends.next_back() {
        Some(end) => format!("{} {more}", text[..end].trim_end()),
        None => shorten(text, width as i32, more),
    }
}

/// A text that stays on one line where there is room for it.
pub fn whole(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// Keys with what they do, as runs that break only between two keys.
pub fn keys_and_words<'a>(
    keys: impl IntoIterator<Item = (&'a str, String)>,
    after_key: &str,
    theme: &Theme,
) -> Vec<(String, Style)> {
    keys.into_iter()
        .flat_map(|(key, says)| {
            let says = format!("{after_key}\u{a0}{}\u{a0}", whole(&says));
            [(whole(key), theme.key), (says, theme.dim), (" ".to_owned(), theme.dim)]
        })
        .collect()
}

/// Wraps with a mark before the first line and an indent before the others.
pub fn hanging(mark: &str, mark_style: Style, runs: &[(String, Style)], width: usize) -> Vec<Line<'static>> {
    let indent = mark.width();
    let mut lines = wrap(runs, width.saturating_sub(indent));
    for (i, line) in lines.iter_mut().enumerate() {
        let before = if i == 0 { Cells::styled(mark.to_owned(), mark_style) } else { Cells::raw(" ".repeat(indent)) };
        line.spans.insert(0, before);
    }
    lines
}

fn push(lines: &mut [Vec<(String, Style)>], text: &str, style: Style) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut() {
        Some((last, same)) if *same == style => last.push_str(text),
        _ if text.is_empty() => {}
        _ => line.push((text.to_owned(), style)),
    }
}

/// A piece of text that stays on one line and may have several styles, and whether a blank comes before it.
type Word = (Vec<(String, Style)>, bool);

fn words(runs: &[(String, Style)]) -> Vec<Word> {
    let text: String = runs.iter().map(|(text, _)| text.as_str()).collect();
    let mut ends = line_ends(&text).into_iter().peekable();
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut blank, mut begins) = (0, false, true);
    for (text, style) in runs {
        let end_of_run = at + text.len();
        while at < end_of_run {
            let end = ends.peek().copied().unwrap_or(end_of_run).min(end_of_run);
            let part = &text[at + text.len() - end_of_run..end + text.len() - end_of_run];
            let letters = part.trim_matches(' ');
            blank |= part.starts_with(' ');
            if !letters.is_empty() {
                match words.last_mut() {
                    Some((word, _)) if !begins => word.push((letters.to_owned(), *style)),
                    _ => words.push((vec![(letters.to_owned(), *style)], blank)),
                }
                (blank, begins) = (false, false);
            }
            blank |= part.ends_with(' ');
            at = end;
            if ends.next_if_eq(&end).is_some() {
                begins = true;
            }
        }
    }
    words
}

/// Where a line may end: after blanks, and between characters of Chinese or Japanese, by the rules of Unicode (UAX 14),
/// which keep a full stop with its word. A word with hyphens or slashes is often a name here; it stays whole.
fn line_ends(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    if !text.is_ascii() {
        let is_wide = |c: Option<char>| c.and_then(UnicodeWidthChar::width) == Some(2);
        let between = |at: usize| is_wide(text[..at].chars().next_back()) || is_wide(text[at..].chars().next());
        ends.extend(linebreaks(text).map(|(at, _)| at).filter(|&at| at < text.len() && between(at)));
        ends.sort_unstable();
        ends.dedup();
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, width: usize) -> Vec<String> {
        let runs = vec![(text.to_owned(), Style::default())];
        wrap(&runs, width).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_title_loses_whole_words() {
        for (width, expected) in [
            (26, "The discriminating input"),
            (24, "The discriminating input"),
            (23, "The discriminating …"),
            (20, "The discriminating …"),
            (19, "The …"),
            (5, "The …"),
        ] {
            assert_eq!(first_words("The discriminating input", width, "…"), expected, "{width}");
        }
        assert_eq!(cells(&first_words("one-very-long-name", 8, "…")), 8);
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_are_cut() {
        assert_eq!(broken("one two three", 7), ["one two", "three"]);
        assert_eq!(broken("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(broken("a  b", 10), ["a b"]);
        assert_eq!(broken("", 5), [""]);
        assert_eq!(broken("\u{1F600}\u{1F600}", 1).len(), 2, "a character wider than the line still goes on");
    }

    #[test]
    fn chinese_and_japanese_break_without_blanks() {
        assert_eq!(broken("先乘以权重，再加偏置。", 8), ["先乘以权", "重，再加", "偏置。"]);
        assert_eq!(broken("重みを掛けます。", 6), ["重みを", "掛けま", "す。"], "a full stop does not begin a line");
        assert_eq!(broken("层 dense 的 relu", 10), ["层 dense", "的 relu"]);
        assert_eq!(broken("层dense的relu", 10), ["层dense的", "relu"]);
        assert_eq!(broken("（a）b", 2), ["（", "a", "）", "b"], "too narrow for what belongs together");
        assert_eq!(broken("skipped-activation:dense/relu", 40), ["skipped-activation:dense/relu"]);
        assert_eq!(broken("try --answer 20.475", 9), ["try", "--answer", "20.475"], "a name stays whole");
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        let text = "第一层 dense 有 16 个单元，relu(6.06) = 6.06。Ｓｅｅ「kernel」…（权重）and so on";
        for width in 2..40 {
            let lines = broken(text, width);
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:?}");
            let all = lines.concat().replace(' ', "");
            assert_eq!(all, text.replace(' ', ""), "{width}: nothing is lost");
        }
    }

    #[test]
    fn a_word_can_have_two_styles() {
        let bold = Style::default().add_modifier(Modifier::BOLD);
        let runs =
            vec![("is ".to_owned(), Style::default()), ("25".to_owned(), bold), (".".to_owned(), Style::default())];
        let lines: Vec<String> = wrap(&runs, 5).iter().map(ToString::to_string).collect();
        assert_eq!(lines, ["is", "25."]);
    }
}
