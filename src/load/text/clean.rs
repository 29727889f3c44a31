//! Text before it is read: HTML to characters, LaTeX matrices to brackets. Plain text is not copied.

use std::borrow::Cow;

/// The text without marks of HTML and LaTeX.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if is_html(&text) {
        text = Cow::Owned(without_html(&text));
    }
    if text.contains("\\begin{") && text.contains("matrix}") || text.contains("\\begin{array}") {
        text = Cow::Owned(without_latex(&text));
    }
    text
}

fn is_html(text: &str) -> bool {
    ["&gt;", "&lt;", "&amp;", "&nbsp;", "&#", "&quot;", "<br", "</p>", "</pre>", "</code>", "<td>"]
        .iter()
        .any(|mark| text.contains(mark))
}

/// Entities become characters; `<br>`, `</p>` and `</tr>` become line ends unless one follows, other tags of HTML vanish.
fn without_html(text: &str) -> String {
    const TAGS: &[&str] = &[
        "br", "p", "pre", "code", "div", "span", "td", "tr", "th", "table", "tbody", "thead", "b", "i", "em", "strong",
        "a", "ul", "ol", "li", "html", "body", "font", "sub", "sup",
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('&') {
            let end = rest.char_indices().take(10).find(|&(_, c)| c == ';').map(|(end, _)| end);
            let entity = end.and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
            let (c, length) = entity.unwrap_or(('&', 1));
            out.push(c);
            rest = &rest[length..];
            continue;
        }
        let name: String = rest[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let tag = TAGS.contains(&name.to_lowercase().as_str());
        let end = if tag { rest.char_indices().take(400).find(|&(_, c)| c == '>').map(|(end, _)| end) } else { None };
        if let Some(end) = end {
            let breaks = matches!(name.to_lowercase().as_str(), "br" | "p" | "tr" | "li" | "div" | "pre");
            let cell = matches!(name.to_lowercase().as_str(), "td" | "th");
            rest = &rest[end + 1..];
            if breaks && !rest.starts_with(['\n', '\r']) {
                out.push('\n');
            } else if cell {
                out.push('\t');
            }
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "gt" => '>',
        "lt" => '<',
        "amp" => '&',
        "quot" | "ldquo" | "rdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "minus" | "ndash" => '-',
        "times" => '×',
        "middot" => '·',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// `\begin{bmatrix} a & b \\ c & d \end{bmatrix}` becomes `[a b; c d]`, and each formula begins a line.
fn without_latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\begin{") {
        let after = &rest[at + "\\begin{".len()..];
        let name = after.split('}').next().unwrap_or("");
        let close = format!("\\end{{{name}}}");
        let body = after.get(name.len() + 1..).unwrap_or("");
        let is_matrix = name.ends_with("matrix") || name.ends_with("matrix*") || name == "array";
        let end = if is_matrix { body.find(&close) } else { None };
        if is_matrix && end.is_none() {
            break;
        }
        let Some(end) = end else {
            let next = at + "\\begin{".len();
            out.push_str(&rest[..next]);
            rest = &rest[next..];
            continue;
        };
        out.push_str(&rest[..at]);
        // `\begin{array}{cc}`
        let inside = body[..end].trim();
        let inside =
            inside.strip_prefix('{').and_then(|inside| inside.split_once('}')).map_or(inside, |(_, inside)| inside);
        let cells =
            inside.trim().trim_end_matches("\\\\").replace("\\\\", ";").replace('&', " ").replace("\\hline", "");
        out.push('[');
        out.push_str(cells.trim());
        out.push(']');
        rest = &body[end + close.len()..];
    }
    out.push_str(rest);
    for mark in ["\\left[", "\\left(", "\\right]", "\\right)"] {
        // Brackets around a matrix that has its own.
        let around = if mark.starts_with("\\left") { format!("{mark}[") } else { format!("]{mark}") };
        let kept = if mark.starts_with("\\left") { "[" } else { "]" };
        out = out.replace(&around, kept);
    }
    for mark in ["\\quad", "\\qquad", "$$", "\\[", "\\]", "\\,", "\\;"] {
        out = out.replace(mark, "\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_the_characters_they_mean() {
        assert_eq!(clean("[0.5, -1.]"), Cow::Borrowed("[0.5, -1.]"));
        assert_eq!(clean("&gt;&gt;&gt; w<br>\n[1,<br>2]&#x27;&nbsp;x"), ">>> w\n[1,\n2]' x");
        assert_eq!(clean("a < b &amp; c"), "a < b & c");
        let latex = "$W = \\begin{bmatrix} 1 & -2 \\\\ 3 & 4 \\\\ \\end{bmatrix}$";
        assert_eq!(clean(latex), "$W = [1   -2 ; 3   4]$");
        assert_eq!(clean("\\begin{array}{cc} 1 & 2 \\end{array}"), "[1   2]");
    }
}
