//! The values that support an explanation, as a table: right, wrong, and what each row is for.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::Sheet;
use crate::{
    app::input::input_text,
    diagnose::{Candidate, Diagnosis, FirstDifference, Seen},
    network::number::{Digits, number},
    pass::{Address, address::Of},
    plain::{cells, pad},
    ui::{widget::shorten, words::hanging},
    words,
};

/// The widest first column of the table.
const NAME: usize = 34;

/// A value both ways, and its use.
pub(super) struct Row {
    name: String,
    right: String,
    wrong: String,
    /// The key that goes there, if one does.
    key: &'static str,
    note: String,
}

impl Sheet<'_> {
    /// The values that support the selected explanation.
    pub(super) fn rows(&self, diagnosis: &Diagnosis, n: usize, chosen: &Candidate, narrow: bool) -> Vec<Row> {
        let reveals = self.app.reveals();
        let mut rows = Vec::new();
        let mut row = |at: &Address, input: &[f32], right: f32, wrong: f32, key, note: String| {
            let is_output = at.of == Of::Output;
            let at = at.to_string();
            let input = input_text(input);
            let name = match (narrow, is_output) {
                // A long input is said once, above; it would be cut here.
                (false, _) if cells(&at) + cells(&input) + 4 > NAME => at,
                (false, _) => words::finding::address_at(at, input),
                (true, true) => format!("x = {input}"),
                (true, false) => at,
            };
            // As many digits as the difference needs. The wrong value does not reveal the right one.
            let alike = right != wrong && number(right, self.digits()) == number(wrong, self.digits());
            let digits = if alike { Digits::EIGHT } else { self.digits() };
            let right = if reveals { number(right, digits) } else { "····".to_owned() };
            rows.push(Row { name, right, wrong: number(wrong, digits), key, note });
        };
        for (seen, values) in diagnosis.seen.iter().zip(&chosen.values) {
            // Of a list the first number that differs, else its first.
            let at = seen.first_wrong().unwrap_or(0);
            let (Some(right), Some(wrong), Some(yours)) =
                (seen.right.get(at), values.get(at), seen.observation.answers.get(at))
            else {
                continue;
            };
            let mut address = seen.observation.at.clone();
            if seen.right.len() > 1 {
                address.index = vec![at];
            }
            row(&address, &seen.observation.input, *right, *wrong, "", words::finding::yours(yours.text()));
        }
        let is_new = |difference: &&FirstDifference| {
            let at_it =
                |seen: &Seen| seen.observation.at == difference.at && seen.observation.input == difference.input;
            !chosen.only_rounds() && !diagnosis.seen.iter().any(at_it)
        };
        if let Some(difference) = chosen.difference.as_ref().filter(is_new) {
            row(
                &difference.at,
                &difference.input,
                difference.right,
                difference.wrong,
                "",
                words::finding::first_difference(),
            );
        }
        if let Some(found) = self.finding.contradiction().filter(|_| reveals) {
            let note = found.why().unwrap_or_else(words::finding::shows_best);
            row(&found.at, &found.input, found.right, found.wrong, "c", note);
        }
        if let Some(next) = diagnosis.next_input.as_ref().filter(|_| reveals)
            && let Some((_, value)) = next.values.iter().find(|(candidate, _)| *candidate == n)
        {
            row(&next.at, &next.input, next.right, *value, "t", words::finding::tells_most());
        }
        rows
    }

    /// The rows as a table; a note that does not fit goes below its row.
    pub(super) fn table(&self, rows: &[Row], width: usize) -> Vec<Line<'static>> {
        let theme = self.theme;
        let widest = |of: fn(&Row) -> &str| rows.iter().map(|row| cells(of(row))).max().unwrap_or(0);
        let [right_title, wrong_title] = [words::finding::column_right(), words::finding::column_wrong()];
        let right = widest(|row| &row.right).max(cells(&right_title));
        let wrong = widest(|row| &row.wrong).max(cells(&wrong_title));
        let name = widest(|row| &row.name).min(NAME).min(width.saturating_sub(right + wrong + 7)).max(6);
        let spans = |of: &str, right_text: &str, wrong_text: &str, styles: [Style; 3]| {
            vec![
                Span::styled(format!("  {}", pad(&shorten(of, name as i32, theme.glyphs().more), name)), styles[0]),
                Span::styled(pad_before(right_text, right + 2), styles[1]),
                Span::styled(pad_before(wrong_text, wrong + 2), styles[2]),
            ]
        };
        let used = name + right + wrong + 6;
        let mut lines = vec![Line::from(spans("", &right_title, &wrong_title, [theme.dim, theme.right, theme.wrong]))];
        for row in rows {
            let mut spans = spans(&row.name, &row.right, &row.wrong, [theme.text, theme.right, theme.wrong]);
            if used + 4 <= width && !row.key.is_empty() {
                spans.push(Span::styled(format!("  {} ", row.key), theme.key));
            } else {
                spans.push(Span::raw("    "));
            }
            let fits = used + 4 + cells(&row.note) <= width;
            if fits {
                spans.push(Span::styled(row.note.clone(), theme.dim));
            }
            lines.push(Line::from(spans));
            if !fits && width >= 50 {
                lines.extend(hanging("    ", theme.dim, &[(row.note.clone(), theme.dim)], width));
            }
        }
        lines
    }
}

/// A text at the right end of so many cells.
fn pad_before(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(cells(text))))
}
