//! Markdown to text with values in it.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::words::course;

/// A run of text, with values to be filled in.
pub type Text = Vec<Span>;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Plain(String),
    /// Something as it is typed or printed.
    Code(String),
    /// *Stressed*.
    Stress(String),
    /// **Strong**.
    Strong(String),
    /// What stands between `{{` and `}}`.
    Value(String),
}

/// A paragraph, an item of a list, a heading, or text to be shown as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// An item of a list.
    Item(Text),
    /// The heading of a step.
    Heading(Text),
    /// Text in a fence: its info string (`json task`), and the text.
    Fence {
        /// What stands behind the opening fence.
        info: String,
        /// The text inside.
        text: String,
    },
}

/// Stands for a value while Markdown is read, so that its brackets and stars mean nothing to Markdown.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// Things with the line each begins at.
type ByLine<T> = Vec<(usize, T)>;

/// The blocks of a Markdown text with the line each begins at, and what cannot be shown, by line.
pub(super) fn blocks(markdown: &str) -> (ByLine<Block>, ByLine<String>) {
    let (masked, values) = mask(markdown);
    let mut faults = Vec::new();
    let mut blocks: Vec<(usize, Block)> = Vec::new();
    let mut style = Style::Plain;
    let mut open: Option<(usize, Block)> = None;
    for (event, range) in Parser::new_ext(&masked, Options::empty()).into_offset_iter() {
        let line = masked[..range.start].matches('\n').count() + 1;
        let text = open.as_mut().map(|(_, block)| match block {
            Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) => Ok(text),
            Block::Fence { text, .. } => Err(text),
        });
        match (event, text) {
            (Event::Start(Tag::Heading { level, .. }), _) => {
                if level != HeadingLevel::H2 {
                    faults.push((line, course::markdown_not_offered()));
                }
                open = Some((line, Block::Heading(Vec::new())));
            }
            // An item within an item, or a fence in it, ends the text of the outer one.
            (Event::Start(Tag::Item), _) => blocks.extend(open.replace((line, Block::Item(Vec::new())))),
            (Event::Start(Tag::Paragraph), None) => open = Some((line, Block::Paragraph(Vec::new()))),
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                blocks.extend(open.replace((line, Block::Fence { info, text: String::new() })));
            }
            (Event::End(TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock), _) => blocks.extend(open.take()),
            (Event::End(TagEnd::Paragraph), _) => {
                if !matches!(open, Some((_, Block::Item(_)))) {
                    blocks.extend(open.take());
                }
            }
            (Event::Start(Tag::Emphasis), _) => style = Style::Stress,
            (Event::Start(Tag::Strong), _) => style = Style::Strong,
            (Event::End(TagEnd::Emphasis | TagEnd::Strong), _) => style = Style::Plain,
            (Event::Text(words), Some(Ok(text))) => push(text, &words, style, &values),
            (Event::Text(words), Some(Err(code))) => code.push_str(&unmask(&words, &values)),
            (Event::Code(words), Some(Ok(text))) => push(text, &words, Style::Code, &values),
            (Event::SoftBreak | Event::HardBreak, Some(Ok(text))) => push(text, " ", style, &values),
            // A second paragraph of an item.
            (Event::Start(Tag::Paragraph), Some(Ok(text))) if !text.is_empty() => push(text, " ", style, &values),
            (Event::Start(Tag::Paragraph | Tag::List(_)) | Event::End(TagEnd::List(_)), _) => {}
            _ => faults.push((line, course::markdown_not_offered())),
        }
    }
    (blocks, faults)
}

/// A single line of text with its marks, such as a question. What begins a list or a heading elsewhere (`+ bias`, `1.`)
/// is text here.
pub fn spans(markdown: &str) -> Text {
    // No block of Markdown begins with this mark, so that the line is one paragraph.
    const MARK: &str = "\u{E001} ";
    let (blocks, _) = blocks(&format!("{MARK}{}", markdown.trim().replace(['\n', '\r'], " ")));
    let texts = blocks.into_iter().filter_map(|(_, block)| match block {
        Block::Paragraph(text) | Block::Item(text) | Block::Heading(text) => Some(text),
        Block::Fence { .. } => None,
    });
    let mut text: Text = texts.flatten().collect();
    if let Some(Span::Plain(first)) = text.first_mut() {
        *first = first.trim_start_matches(MARK.trim_end()).trim_start().to_owned();
        if first.is_empty() {
            text.remove(0);
        }
    }
    text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Code,
    Stress,
    Strong,
}

/// Replaces every value outside of fences by a mark of its own; line breaks inside a value are kept behind the mark.
fn mask(markdown: &str) -> (String, Vec<String>) {
    let (mut masked, mut values) = (String::with_capacity(markdown.len()), Vec::new());
    let mut fenced = false;
    let mut rest = markdown;
    while !rest.is_empty() {
        let line_end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = &rest[..line_end];
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        let start = line.find("{{").filter(|_| !fenced);
        let value = start.and_then(|start| Some((start, start + paragraph(&rest[start..]).find("}}")?)));
        match value {
            None => {
                masked.push_str(line);
                rest = &rest[line_end..];
            }
            Some((start, end)) => {
                let value = &rest[start + 2..end];
                masked.push_str(&rest[..start]);
                masked += &mark(values.len());
                masked.extend(value.matches('\n'));
                values.push(value.split_whitespace().collect::<Vec<_>>().join(" "));
                rest = &rest[end + 2..];
            }
        }
    }
    (masked, values)
}

/// What stands for value `number`.
fn mark(number: usize) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// What is left of the paragraph: a value that was never closed must not swallow the next task.
fn paragraph(rest: &str) -> &str {
    let end = ["\n\n", "\n\r\n", "\n```"].iter().filter_map(|end| rest.find(end)).min();
    &rest[..end.unwrap_or(rest.len())]
}

/// Words and marks to spans.
fn push(text: &mut Text, words: &str, style: Style, values: &[String]) {
    let mut rest = words;
    while let Some((before, value, after)) = next_value(rest, values) {
        push_words(text, before, style);
        text.push(Span::Value(value.to_owned()));
        rest = after;
    }
    push_words(text, rest, style);
}

fn next_value<'a>(words: &'a str, values: &'a [String]) -> Option<(&'a str, &'a str, &'a str)> {
    let (before, rest) = words.split_once(OPEN)?;
    let (number, after) = rest.split_once(CLOSE)?;
    Some((before, values.get(number.parse::<usize>().ok()?)?, after))
}

fn push_words(text: &mut Text, words: &str, style: Style) {
    if words.is_empty() {
        return;
    }
    match (text.last_mut(), style) {
        (Some(Span::Plain(last)), Style::Plain) => last.push_str(words),
        (_, Style::Plain) => text.push(Span::Plain(words.to_owned())),
        (_, Style::Code) => text.push(Span::Code(words.to_owned())),
        (_, Style::Stress) => text.push(Span::Stress(words.to_owned())),
        (_, Style::Strong) => text.push(Span::Strong(words.to_owned())),
    }
}

fn unmask(words: &str, values: &[String]) -> String {
    let mut text = String::new();
    let mut rest = words;
    while let Some((before, value, after)) = next_value(rest, values) {
        text.push_str(before);
        text.push_str("{{ ");
        text.push_str(value);
        text.push_str(" }}");
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_stars_brackets_and_lines() {
        let text = spans("so {{ 10 * dense.kernel[0,1]\n   * 2 }} is *not* `z` or **{{ y }}**, a_b");
        assert_eq!(
            text,
            [
                Span::Plain("so ".into()),
                Span::Value("10 * dense.kernel[0,1] * 2".into()),
                Span::Plain(" is ".into()),
                Span::Stress("not".into()),
                Span::Plain(" ".into()),
                Span::Code("z".into()),
                Span::Plain(" or ".into()),
                Span::Value("y".into()),
                Span::Plain(", a_b".into()),
            ]
        );
    }

    #[test]
    fn a_line_of_its_own_is_never_a_list_or_a_heading() {
        for line in ["+ bias =", "1.", "- 3", "# 4", "> 5", "-1", "    deep"] {
            assert_eq!(spans(line), [Span::Plain(line.trim().into())], "{line}");
        }
        assert_eq!(
            spans("{{ y }} and\n- *more*"),
            [Span::Value("y".into()), Span::Plain(" and - ".into()), Span::Stress("more".into()),]
        );
        assert_eq!(spans(""), []);
    }

    #[test]
    fn items_within_items_lose_nothing() {
        let (blocks, _) = blocks("- a\n  - b\n- c\n\n  d\n");
        let texts: Vec<Block> = blocks.into_iter().map(|(_, block)| block).collect();
        let item = |text: &str| Block::Item(vec![Span::Plain(text.into())]);
        assert_eq!(texts, [item("a"), item("b"), item("c d")]);
    }

    #[test]
    fn a_value_that_is_not_closed_ends_with_its_paragraph() {
        let (blocks, _) = blocks("## h\n\nso {{ y\n\n```json task\n{\"a\": {\"b\": {}}}\n```\n");
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[1].1, Block::Paragraph(vec![Span::Plain("so {{ y".into())]));
    }

    #[test]
    fn blocks_know_their_lines() {
        let (blocks, faults) = blocks("## One\n\ntwo\nlines\n\n- a\n- b\n\n```json task\n{\"a\": \"{{ y }}\"}\n```\n");
        let lines: Vec<usize> = blocks.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 6, 7, 9]);
        assert_eq!(blocks[4].1, Block::Fence { info: "json task".into(), text: "{\"a\": \"{{ y }}\"}\n".into() });
        assert!(faults.is_empty());
    }

    #[test]
    fn what_cannot_be_shown_is_named() {
        let (_, faults) = blocks("a\n\n> quoted\n\n![picture](x.png)\n\n<b>bold</b>\n");
        let lines: Vec<usize> = faults.iter().map(|(line, _)| *line).collect();
        assert!(lines.contains(&3) && lines.contains(&5) && lines.contains(&7), "{faults:?}");
    }
}
