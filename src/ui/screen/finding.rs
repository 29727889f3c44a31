//! What is behind the learner's own number, in a box over the bench.

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::{
    overlay::{boxed, text_width},
    scrolled::Hidden,
};
use crate::{
    app::{App, Bench, FindingPanel, finding::Finding, input::input_text, yours_text},
    diagnose::{
        Candidate, Conclusion, Diagnosis, FirstWrong, Parting, Seen,
        says::{self, Rest, capitalised, percent, says},
    },
    network::number::{Digits, number},
    pass::{Address, address::Of},
    plain::{cells, pad, plain},
    ui::{
        keys,
        theme::Theme,
        widget::shorten,
        words::{hanging, keys_and_words, wrap},
    },
};

/// The width of the box where there is room.
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

/// Draws the box: what is explained scrolls, the keys stay.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, panel: FindingPanel, theme: &Theme) {
    let Some(layout) = Layout::of(screen, app, panel, theme) else { return };
    let area = boxed(frame, screen, WIDTH, layout.height, &plain(&layout.title), theme);
    let text = Rect { y: area.y + layout.gap, height: (layout.room as u16).min(area.height), ..area };
    for (i, line) in layout.lines.into_iter().skip(layout.hidden.above).take(layout.room).enumerate() {
        line.render(Rect { y: text.y + i as u16, height: 1, ..area }.intersection(area), frame.buffer_mut());
    }
    layout.hidden.on_border(Rect { y: area.bottom(), height: 1, ..area }, theme, frame.buffer_mut());
    let keys = layout.keys.len() as u16;
    for (i, line) in layout.keys.into_iter().enumerate() {
        let y = area.bottom().saturating_sub(keys) + i as u16;
        line.render(Rect { y, height: 1, ..area }.intersection(area), frame.buffer_mut());
    }
}

/// The lines of the explanation that cannot be seen.
pub(in crate::ui) fn hidden(screen: Rect, app: &App, panel: FindingPanel, theme: &Theme) -> Hidden {
    Layout::of(screen, app, panel, theme).map_or(Hidden::default(), |layout| layout.hidden)
}

struct Layout {
    title: String,
    lines: Vec<Line<'static>>,
    keys: Vec<Line<'static>>,
    /// Blank lines above and below what is explained.
    gap: u16,
    height: u16,
    room: usize,
    hidden: Hidden,
}

impl Layout {
    fn of(screen: Rect, app: &App, panel: FindingPanel, theme: &Theme) -> Option<Self> {
        let sheet = Sheet { app, finding: app.finding()?, panel, theme };
        let width = text_width(screen, WIDTH);
        let narrow = width < 50 || screen.height < 18;
        let (lines, keys) = (sheet.lines(width, narrow), sheet.keys(width));
        let gap = u16::from(!narrow);
        let around = 2 + 2 * usize::from(gap) + keys.len();
        let room = usize::from(screen.height).saturating_sub(around).max(1).min(lines.len());
        let hidden = Hidden::of(lines.len(), room, panel.scroll);
        Some(Self { title: sheet.title(), height: (room + around) as u16, lines, keys, gap, room, hidden })
    }
}

struct Sheet<'a> {
    app: &'a App,
    finding: &'a Finding,
    panel: FindingPanel,
    theme: &'a Theme,
}

impl Sheet<'_> {
    /// The number that is explained, with its address where it is not the output.
    fn title(&self) -> String {
        let Some((at, answer)) = self.finding.explained() else { return "Why?".to_owned() };
        let name = self.finding.seen().get(at).map(|seen| yours_text(&seen.observation));
        let is_one = self.finding.seen().get(at).is_some_and(|seen| seen.observation.answers.len() == 1);
        match name.filter(|_| is_one) {
            Some(name) => format!("Why {name}?"),
            None => format!("Why {answer}?"),
        }
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
        let Some(diagnosis) = self.finding.diagnosis() else {
            return [self.own_numbers(width), self.searching(width)].concat();
        };
        let gap = |lines: &mut Vec<Line<'static>>| {
            if !narrow {
                lines.push(Line::default());
            }
        };
        let mut lines = self.own_numbers(width);
        if !lines.is_empty() {
            gap(&mut lines);
        }
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
            if let Some(lesson) = self.lesson() {
                let words = [("Lesson ".to_owned(), theme.dim), (lesson, theme.text)];
                lines.extend(wrap(&words, width));
            }
        }
        if let Some(others) = self.others(diagnosis) {
            lines.extend(wrap(&[(others, theme.dim)], width));
        }
        lines
    }

    /// The numbers that count, where there are several, and those that are set aside.
    fn own_numbers(&self, width: usize) -> Vec<Line<'static>> {
        let (theme, glyphs) = (self.theme, self.theme.glyphs());
        let mut lines = Vec::new();
        let count = self.app.own_numbers_of_finding();
        let explained = self.finding.explained().map(|(at, _)| at);
        let inputs: Vec<&[f32]> = self.finding.seen().iter().map(|seen| &seen.observation.input[..]).collect();
        let one_input = inputs.windows(2).all(|pair| pair[0] == pair[1]);
        if count > 1 {
            let here = if one_input {
                inputs.first().map_or(String::new(), |x| format!(" at x = {}", input_text(x)))
            } else {
                String::new()
            };
            lines.push(Line::styled(format!("{count} numbers of yours count{here}:"), theme.dim));
            for (i, seen) in self.finding.seen().iter().enumerate() {
                let pointer = if i == self.panel.number { glyphs.play } else { " " };
                let (mark, style) =
                    if seen.is_right() { (glyphs.tick, theme.right) } else { (glyphs.cross, theme.wrong) };
                let mut text = yours_text(&seen.observation);
                if !text.contains('=') {
                    text = format!("{} = {text}", seen.observation.at);
                }
                if !one_input {
                    text = format!("{text} at x = {}", input_text(&seen.observation.input));
                }
                let note = match (Some(i) == explained, seen.is_right()) {
                    (true, _) => "differs first, explained here",
                    (false, true) => "right",
                    (false, false) => "differs too",
                };
                let base = if i == self.panel.number { theme.selected } else { theme.text };
                let runs =
                    [(plain(&text).into_owned(), base), (format!("  {}", note.replace(' ', "\u{a0}")), theme.dim)];
                lines.extend(hanging(&format!("{pointer} {mark} "), style, &runs, width));
            }
        }
        let aside = self.app.bench().filter(|_| count > 0).map(Bench::numbers_set_aside).unwrap_or_default();
        if let Some(first) = aside.first() {
            let what = match aside.len() {
                1 => format!("{} at x = {}", yours_text(first), input_text(&first.input)),
                several => format!("{several} numbers for other inputs"),
            };
            let runs = [
                (format!("Set aside: {}. ", plain(&what)), theme.dim),
                ("o".to_owned(), theme.key),
                (" counts it too.".to_owned(), theme.dim),
            ];
            lines.extend(wrap(&runs, width));
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
                // A long input is said once, above; it would be cut here.
                (false, _) if cells(&at) + cells(&input) + 4 > NAME => at,
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
            row(&address, &seen.observation.input, *right, *wrong, "", format!("you: {}", yours.text()));
        }
        let is_new = |parting: &&Parting| {
            let at_it = |seen: &Seen| seen.observation.at == parting.at && seen.observation.input == parting.input;
            !chosen.only_rounds() && !diagnosis.seen.iter().any(at_it)
        };
        if let Some(parting) = chosen.parting.as_ref().filter(is_new) {
            row(&parting.at, &parting.input, parting.right, parting.wrong, "", "the first difference".to_owned());
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

    fn lesson(&self) -> Option<String> {
        let number = self.app.its_lesson()?;
        let title = plain(&self.app.course.entries.get(number)?.title).into_owned();
        Some(format!("{} {title}", number + 1))
    }

    /// What else it may be.
    fn others(&self, diagnosis: &Diagnosis) -> Option<String> {
        let listed = self.finding.listed();
        let mut parts: Vec<String> = Vec::new();
        if listed.len() > 1 {
            parts.push(format!("Explanation {} of {} (←→)", self.finding.selected() + 1, listed.len()));
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

    /// The keys that do something now.
    fn keys(&self, width: usize) -> Vec<Line<'static>> {
        let rows = keys::footer(self.app).into_iter().filter(|row| row.when == keys::When::Finding);
        wrap(&keys_and_words(rows.filter_map(|row| Some((row.name, row.label?()))), "", self.theme), width)
    }
}

/// A probability that is not broken between number and sign.
fn probable(probability: f64) -> String {
    percent(probability).replace(' ', "\u{a0}")
}
