//! What is behind the learner's own number, in a box over the bench.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::overlay::boxed;
use crate::{
    app::{App, finding::Finding, input::input_text},
    diagnose::{
        Answer, Candidate, Conclusion, Diagnosis, FirstWrong, Parting, Seen,
        says::{self, Rest, capitalised, percent, says},
    },
    network::number::{Digits, number},
    pass::{Address, address::Of},
    plain::{cells, pad, plain},
    ui::{
        keys,
        theme::Theme,
        widget::shorten,
        words::{hanging, wrap},
    },
};

/// So wide is the box where there is room.
const WIDTH: u16 = 76;

/// The widest first column of the table.
const NAME: usize = 34;

/// A value both ways, and what it is good for.
struct Row {
    name: String,
    right: String,
    wrong: String,
    /// The key that goes there, if one does.
    key: &'static str,
    note: String,
}

/// Draws the box.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, theme: &Theme) {
    let Some(finding) = app.finding() else { return };
    let sheet = Sheet { app, finding, theme };
    let width = usize::from(WIDTH.min(screen.width).saturating_sub(4)).max(1);
    let narrow = width < 50;
    let mut lines = sheet.lines(width, narrow);
    let room = usize::from(screen.height.saturating_sub(if narrow { 3 } else { 5 }));
    let hidden = lines.len().saturating_sub(room);
    lines.truncate(room);
    let height = lines.len() as u16 + if narrow { 3 } else { 5 };
    let area = boxed(frame, screen, WIDTH, height, &plain(&sheet.title()), theme);
    let top = u16::from(!narrow);
    for (i, line) in lines.into_iter().enumerate() {
        line.render(Rect { y: area.y + top + i as u16, height: 1, ..area }.intersection(area), frame.buffer_mut());
    }
    if hidden > 0 {
        let more = format!("{} {hidden} more lines ", theme.glyphs().down);
        let columns = cells(&more) as u16;
        let place = Rect { x: area.right().saturating_sub(columns), y: area.bottom(), width: columns, height: 1 };
        Line::styled(more, theme.dim).render(place.intersection(screen), frame.buffer_mut());
    }
    let last = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
    sheet.keys(usize::from(area.width)).render(last, frame.buffer_mut());
}

struct Sheet<'a> {
    app: &'a App,
    finding: &'a Finding,
    theme: &'a Theme,
}

impl Sheet<'_> {
    fn title(&self) -> String {
        self.finding.wrong_text().map_or_else(|| "Why?".to_owned(), |answer| format!("Why {answer}?"))
    }

    fn digits(&self) -> Digits {
        self.app.bench().map_or(Digits::FOUR, |bench| bench.digits)
    }

    /// A sentence in which names in backticks stand out.
    fn marked(&self, sentence: &str, base: Style) -> Vec<(String, Style)> {
        let parts = sentence.split('`').enumerate();
        parts.map(|(i, part)| (plain(part).into_owned(), if i % 2 == 1 { self.theme.key } else { base })).collect()
    }

    fn lines(&self, width: usize, narrow: bool) -> Vec<Line<'static>> {
        let theme = self.theme;
        let Some(diagnosis) = self.finding.diagnosis() else { return self.searching(width) };
        let gap = |lines: &mut Vec<Line<'static>>| {
            if !narrow {
                lines.push(Line::default());
            }
        };
        let mut lines = Vec::new();
        let before = [diagnosis.of_the_answer().filter(|_| self.app.reveals()), diagnosis.not_together()];
        for text in before.into_iter().flatten() {
            lines.extend(wrap(&self.marked(&text, theme.active), width));
            gap(&mut lines);
        }
        lines.extend(wrap(&self.headline(diagnosis), width));
        if let Some((n, chosen)) = self.finding.chosen() {
            gap(&mut lines);
            lines.extend(self.table(&self.rows(diagnosis, n, chosen, narrow), width));
            gap(&mut lines);
            if !chosen.same_as.is_empty() {
                lines.extend(wrap(&self.same(chosen), width));
            }
            if let Some(lesson) = self.lesson(chosen) {
                let words = [("Lesson ".to_owned(), theme.dim), (lesson, theme.text)];
                lines.extend(wrap(&words, width));
            }
        }
        if let Some(others) = self.others(diagnosis) {
            lines.extend(wrap(&[(others, theme.dim)], width));
        }
        lines
    }

    fn searching(&self, width: usize) -> Vec<Line<'static>> {
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let (share, tried) = self.finding.progress();
        let passes = tried.singles + tried.pairs + tried.triples;
        let bar = width.min(40);
        let filled = ((share * bar as f64).round() as usize).min(bar);
        vec![
            Line::styled("It is not right. Looking for the reason:", theme.title),
            Line::from(vec![
                Span::styled(glyphs.bar.repeat(filled), theme.active),
                Span::styled(glyphs.rest.repeat(bar - filled), theme.dim),
            ]),
            Line::styled(format!("{:.0} %, {passes} wrong ways tried", share * 100.0), theme.dim),
        ]
    }

    fn headline(&self, diagnosis: &Diagnosis) -> Vec<(String, Style)> {
        let theme = self.theme;
        let reveals = self.app.reveals();
        let chosen = self.finding.chosen();
        match (diagnosis.conclusion, chosen) {
            (Conclusion::Correct, _) => vec![("It is right.".to_owned(), theme.right)],
            (Conclusion::TooFewDigits, _) => {
                vec![(says::too_few_digits(diagnosis, reveals).unwrap_or_default().replace('`', ""), theme.text)]
            }
            (Conclusion::Rounding, _) => {
                let says = if reveals {
                    says::rounding(diagnosis)
                } else {
                    "numbers rounded on the way explain it".to_owned()
                };
                let mut words = self.marked(&format!("Rounding: {says}."), theme.title);
                words.push((format!(" {}", probable(diagnosis.only_rounding())), theme.dim));
                words
            }
            (Conclusion::Mistake, Some((n, chosen))) => {
                let mut words = self.marked(&says(self.network(), &chosen.mistakes), theme.title);
                words.push((format!(" {}", probable(chosen.probability)), theme.dim));
                let others = diagnosis.rounded_otherwise(n);
                let together: f64 = others.iter().map(|&other| diagnosis.candidates[other].probability).sum();
                if !others.is_empty() {
                    words.push((format!("; {} rounded in another way", probable(together)), theme.dim));
                }
                words
            }
            _ => {
                let tried = diagnosis.tried;
                let title = match chosen {
                    Some(_) => "Nothing likely explains it.",
                    None => "No mistake that byhand knows explains it.",
                };
                let mut words = vec![(title.to_owned(), theme.title)];
                let (singles, pairs, triples) = (tried.singles, tried.pairs, tried.triples);
                let mut text = format!(" {singles} single ones, {pairs} pairs and {triples} triples were tried.");
                let more = match (&diagnosis.nearest, chosen) {
                    (_, Some((_, chosen))) => {
                        format!(" By chance it could be this: {}", says(self.network(), &chosen.mistakes))
                    }
                    (Some(nearest), None) if reveals => {
                        let value = nearest.values.first().map_or(String::new(), |&value| number(value, self.digits()));
                        format!(" The nearest, {value}, comes out if {}.", nearest.mistake.says(self.network()))
                    }
                    _ => String::new(),
                };
                text.push_str(&more);
                let of_output = |first: &FirstWrong| first.at.of == Of::Output;
                if diagnosis.first_wrong.as_ref().is_some_and(of_output) {
                    let first = self.network().layer(0).map_or("0", |layer| &layer.name);
                    let more = format!(
                        " Type a value from the middle after y, such as `{first}.a[0] = 1.5`: then only what lies before it is searched."
                    );
                    text.push_str(&more);
                }
                words.extend(self.marked(&text, theme.text));
                words
            }
        }
    }

    /// The values that speak for the explanation that is looked at.
    fn rows(&self, diagnosis: &Diagnosis, n: usize, chosen: &Candidate, narrow: bool) -> Vec<Row> {
        let reveals = self.app.reveals();
        let mut rows = Vec::new();
        let mut row = |at: &Address, input: &[f32], right: f32, wrong: f32, key, note: String| {
            let is_output = at.of == Of::Output;
            let at = at.to_string();
            let input = input_text(input);
            let name = match (narrow, is_output) {
                (false, _) => format!("{at} at {input}"),
                (true, true) => format!("x = {input}"),
                (true, false) => at,
            };
            // As many digits as it takes to see a difference; what comes out the wrong way gives nothing away.
            let alike = number(right, self.digits()) == number(wrong, self.digits());
            let digits = if alike { Digits::EIGHT } else { self.digits() };
            let right = if reveals { number(right, digits) } else { "····".to_owned() };
            rows.push(Row { name, right, wrong: number(wrong, digits), key, note });
        };
        for (seen, values) in diagnosis.seen.iter().zip(&chosen.values) {
            if let ([right], [wrong]) = (&seen.right[..], &values[..]) {
                let yours = seen.observation.answers.first().map_or("", Answer::text);
                row(&seen.observation.at, &seen.observation.input, *right, *wrong, "", format!("you: {yours}"));
            }
        }
        let is_new = |parting: &&Parting| {
            let at_it = |seen: &Seen| seen.observation.at == parting.at && seen.observation.input == parting.input;
            !chosen.only_rounds() && !diagnosis.seen.iter().any(at_it)
        };
        if let Some(parting) = chosen.parting.as_ref().filter(is_new) {
            row(&parting.at, &parting.input, parting.right, parting.wrong, "", "where they part".to_owned());
        }
        if let Some(found) = self.finding.contradiction().filter(|_| reveals) {
            let note = found.why().unwrap_or_else(|| "shows it best".to_owned());
            row(&found.at, &found.input, found.right, found.wrong, "c", note);
        }
        if let Some(next) = diagnosis.next_input.as_ref().filter(|_| reveals)
            && let Some((_, value)) = next.values.iter().find(|(candidate, _)| *candidate == n)
        {
            row(&next.at, &next.input, next.right, *value, "t", "tells most: try it".to_owned());
        }
        rows
    }

    /// The rows as a table; a note that does not fit goes below its row.
    fn table(&self, rows: &[Row], width: usize) -> Vec<Line<'static>> {
        let theme = self.theme;
        let widest = |of: fn(&Row) -> &str| rows.iter().map(|row| cells(of(row))).max().unwrap_or(0);
        let right = widest(|row| &row.right).max(5);
        let wrong = widest(|row| &row.wrong).max(8);
        let name = widest(|row| &row.name).min(NAME).min(width.saturating_sub(right + wrong + 7)).max(6);
        let spans = |of: &str, right_text: &str, wrong_text: &str, styles: [Style; 3]| {
            vec![
                Span::styled(format!("  {}", pad(&shorten(of, name as i32, theme.glyphs().more), name)), styles[0]),
                Span::styled(format!("{right_text:>0$}", right + 2), styles[1]),
                Span::styled(format!("{wrong_text:>0$}", wrong + 2), styles[2]),
            ]
        };
        let used = name + right + wrong + 6;
        let mut lines = vec![Line::from(spans("", "right", "your way", [theme.dim, theme.right, theme.wrong]))];
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

    fn same(&self, chosen: &Candidate) -> Vec<(String, Style)> {
        let first = chosen.same_as.first().map_or(String::new(), |same| says::names(self.network(), same));
        let more = chosen.same_as.len() - 1;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        self.marked(&format!("The same everywhere: `{first}`{more}."), self.theme.dim)
    }

    fn lesson(&self, chosen: &Candidate) -> Option<String> {
        let number = self.app.course.position(chosen.mistakes.first()?.kind.lesson)?;
        let title = plain(&self.app.course.entries.get(number)?.title).into_owned();
        Some(format!("{} {title}", number + 1))
    }

    /// What else it may be.
    fn others(&self, diagnosis: &Diagnosis) -> Option<String> {
        let listed = self.finding.listed();
        let mut parts: Vec<String> = Vec::new();
        if listed.len() > 1 {
            parts.push(format!("Explanation {} of {} (↑↓)", self.finding.selected() + 1, listed.len()));
        }
        if let Some(Rest { count, probability, most }) = diagnosis.rest(listed) {
            let most = most.map(|(count, title)| format!(", {count} of them: {title}")).unwrap_or_default();
            parts.push(format!("{count} less likely ({} together{most})", percent(probability)));
        }
        if diagnosis.conclusion == Conclusion::Mistake {
            parts.push(format!("something else {}", percent(diagnosis.unknown)));
        }
        (!parts.is_empty()).then(|| capitalised(&parts.join("; ")))
    }

    fn network(&self) -> &crate::network::Network {
        self.finding.network()
    }

    /// The keys that do something now, as many as fit.
    fn keys(&self, width: usize) -> Line<'static> {
        let chosen = self.finding.chosen().is_some();
        let diagnosis = self.finding.diagnosis();
        let works = |label: &str| match label {
            "play both" => chosen && self.app.reveals(),
            "contradiction" => self.finding.contradiction().is_some() && self.app.reveals(),
            "try next" => chosen && diagnosis.is_some_and(|d| d.next_input.is_some()) && self.app.reveals(),
            "lesson" => chosen,
            "others" => self.finding.listed().len() > 1,
            _ => true,
        };
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut room = width;
        // Where the words do not fit, the keys still do.
        let short = width < 50;
        for row in keys::footer(self.app).into_iter().filter(|row| row.when == keys::When::Finding && works(row.label))
        {
            let needed = cells(row.name) + if short { 1 } else { cells(row.label) + 3 };
            if needed > room {
                continue;
            }
            room -= needed;
            spans.push(Span::styled(row.name, self.theme.key));
            let label = if short { " ".to_owned() } else { format!(" {}  ", row.label) };
            spans.push(Span::styled(label, self.theme.dim));
        }
        Line::from(spans)
    }
}

/// A probability that is not broken between number and sign.
fn probable(probability: f64) -> String {
    percent(probability).replace(' ', "\u{a0}")
}
