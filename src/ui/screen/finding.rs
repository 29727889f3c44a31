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
    app::{App, finding::Finding},
    diagnose::{
        Candidate, Conclusion, Diagnosis,
        says::{self, Rest, percent, says},
    },
    network::number::{Digits, number},
    plain::plain,
    ui::{keys, theme::Theme, words::hanging},
};

/// So wide is the box where there is room.
const WIDTH: u16 = 76;

/// Widest label before a line.
const LABEL: usize = 9;

/// A line of the box before it is broken: what it is about, and its words.
type Entry = (&'static str, Vec<(String, Style)>);

/// Draws the box.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, theme: &Theme) {
    let Some(finding) = app.finding() else { return };
    let sheet = Sheet { app, finding, theme };
    let width = usize::from(WIDTH.min(screen.width).saturating_sub(4)).max(1);
    let narrow = width < 50;
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (label, words) in sheet.entries() {
        if !lines.is_empty() && !narrow {
            lines.push(Line::default());
        }
        let mark = if narrow { String::new() } else { format!("{label:<LABEL$}") };
        let mut words = words;
        if narrow && !label.is_empty() && label != "you" {
            words.insert(0, (format!("{label}: "), theme.dim));
        }
        lines.extend(hanging(&mark, theme.dim, &words, width));
    }
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
        let columns = more.chars().count() as u16;
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
        let answer = self.finding.diagnosis().and_then(|diagnosis| {
            let first = diagnosis.first_wrong.as_ref()?;
            Some(diagnosis.seen.get(first.observation)?.observation.answers.get(first.answer)?.text().to_owned())
        });
        answer.map_or_else(|| "Why?".to_owned(), |answer| format!("Why {answer}?"))
    }

    fn number(&self, value: f32) -> String {
        if self.app.reveals() { number(value, self.digits()) } else { "····".to_owned() }
    }

    fn digits(&self) -> Digits {
        self.app.bench().map_or(Digits::Four, |bench| bench.digits)
    }

    /// A sentence in which names in backticks stand out.
    fn marked(&self, sentence: &str, base: Style) -> Vec<(String, Style)> {
        let parts = sentence.split('`').enumerate();
        parts.map(|(i, part)| (plain(part).into_owned(), if i % 2 == 1 { self.theme.key } else { base })).collect()
    }

    fn entries(&self) -> Vec<Entry> {
        let theme = self.theme;
        let Some(diagnosis) = self.finding.diagnosis() else {
            let (share, tried) = self.finding.progress();
            let passes = tried.singles + tried.pairs + tried.triples;
            let filled = (share * 30.0).round().clamp(0.0, 30.0) as usize;
            let glyphs = theme.glyphs();
            return vec![(
                "searching",
                vec![
                    (glyphs.bar.repeat(filled), theme.active),
                    (glyphs.rest.repeat(30 - filled), theme.dim),
                    (format!(" {:.0} %, {passes} wrong ways tried", share * 100.0), theme.text),
                ],
            )];
        };
        let mut entries = vec![self.headline(diagnosis)];
        if let Some((n, chosen)) = self.finding.chosen() {
            entries.extend(self.about(diagnosis, n, chosen));
        }
        if let Some(entry) = self.others(diagnosis) {
            entries.push(entry);
        }
        entries
    }

    fn headline(&self, diagnosis: &Diagnosis) -> Entry {
        let theme = self.theme;
        match diagnosis.conclusion {
            Conclusion::Correct => ("you", vec![("It is right.".to_owned(), theme.right)]),
            Conclusion::Rounding => {
                let says = if self.app.reveals() {
                    format!("Rounding: {}.", says::rounding(diagnosis.reach))
                } else {
                    "Rounding: you are off by no more than numbers rounded on the way explain.".to_owned()
                };
                ("you", vec![(says, theme.title)])
            }
            Conclusion::Mistake => match self.finding.chosen() {
                Some((_, chosen)) => {
                    let mut words = self.marked(&says(self.network(), &chosen.mistakes), theme.title);
                    words.push((format!(" ({})", percent(chosen.probability)), theme.dim));
                    ("you", words)
                }
                None => ("you", Vec::new()),
            },
            Conclusion::Unknown => {
                let tried = diagnosis.tried;
                let mut text = format!(
                    "No mistake that byhand knows explains it well enough; {} single ones, {} pairs and {} triples were tried.",
                    tried.singles, tried.pairs, tried.triples
                );
                match (&diagnosis.nearest, self.finding.chosen()) {
                    (_, Some((_, chosen))) => {
                        text += &format!(
                            " This gives it, but that may well be chance: {}",
                            says(self.network(), &chosen.mistakes)
                        );
                    }
                    (Some(nearest), None) => {
                        text += &format!(" The nearest is `{}`.", nearest.mistake.name(self.network()));
                    }
                    (None, None) => {}
                }
                text += " Type a number from the middle, such as `0.z[0] = 1.5`, to halve the search.";
                ("you", self.marked(&text, theme.title))
            }
        }
    }

    /// What is known about the explanation that is looked at.
    fn about(&self, diagnosis: &Diagnosis, n: usize, chosen: &Candidate) -> Vec<Entry> {
        let theme = self.theme;
        let mut entries: Vec<Entry> = Vec::new();
        if let Some(parting) = chosen.parting.as_ref().filter(|_| !chosen.only_rounds()) {
            entries.push((
                "part at",
                vec![
                    (parting.at.to_string(), theme.key),
                    (": right ".to_owned(), theme.text),
                    (self.number(parting.right), theme.right),
                    (", your way ".to_owned(), theme.text),
                    (self.number(parting.wrong), theme.wrong),
                ],
            ));
        }
        if !chosen.same_as.is_empty() {
            let first = chosen.same_as.first().map_or(String::new(), |same| says::names(self.network(), same));
            let more = chosen.same_as.len() - 1;
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let text = format!("`{first}`{more} cannot be told from it anywhere.");
            entries.push(("the same", self.marked(&text, theme.text)));
        }
        if let Some(found) = self.finding.contradiction().filter(|_| self.app.reveals()) {
            let input = crate::app::input::input_text(&found.input);
            let mut words = vec![
                (format!("at {input} it gives "), theme.text),
                (self.number(found.wrong), theme.wrong),
                (", the network ".to_owned(), theme.text),
                (self.number(found.right), theme.right),
            ];
            if let Some(why) = found.why() {
                words.push((format!("; {why}"), theme.text));
            }
            entries.push(("but", words));
        }
        if let Some(next) = diagnosis.next_input.as_ref().filter(|_| self.app.reveals()) {
            let input = crate::app::input::input_text(&next.input);
            let mut words = vec![(format!("x = {input} gives "), theme.text), (self.number(next.right), theme.right)];
            if let Some((_, value)) = next.values.iter().find(|(candidate, _)| *candidate == n) {
                words.push((" done right, ".to_owned(), theme.text));
                words.push((self.number(*value), theme.wrong));
                words.push((" your way".to_owned(), theme.text));
            }
            entries.push(("try next", words));
        }
        let lesson = chosen.mistakes.first().and_then(|mistake| {
            let number = self.app.course.position(mistake.kind.lesson)?;
            Some(format!("{} {}", number + 1, self.app.course.entries.get(number)?.title))
        });
        if let Some(lesson) = lesson {
            entries.push(("lesson", vec![(plain(&lesson).into_owned(), theme.text)]));
        }
        entries
    }

    fn others(&self, diagnosis: &Diagnosis) -> Option<Entry> {
        let (selected, told) = self.finding.selected();
        let all: Vec<usize> = diagnosis.told();
        let rest = diagnosis.rest(&all);
        let mut parts: Vec<String> = Vec::new();
        if told > 1 {
            parts.push(format!("explanation {} of {told}", selected + 1));
        }
        if let Some(Rest { count, probability, most }) = rest {
            let most = most.map(|(count, title)| format!(", {count} of them a {title}")).unwrap_or_default();
            parts.push(format!("{count} less likely ones ({} together{most})", percent(probability)));
        }
        if diagnosis.conclusion == Conclusion::Mistake {
            parts.push(format!("something else: {}", percent(diagnosis.unknown)));
        }
        (!parts.is_empty()).then(|| ("others", vec![(parts.join("; "), self.theme.dim)]))
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
            "try next" => diagnosis.is_some_and(|d| d.next_input.is_some()) && self.app.reveals(),
            "lesson" => chosen,
            "others" => self.finding.selected().1 > 1,
            _ => true,
        };
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut room = width;
        for row in keys::footer(self.app).into_iter().filter(|row| row.when == keys::When::Finding && works(row.label))
        {
            let needed = row.name.chars().count() + row.label.chars().count() + 3;
            if needed > room {
                continue;
            }
            room -= needed;
            spans.push(Span::styled(row.name, self.theme.key));
            spans.push(Span::styled(format!(" {}  ", row.label), self.theme.dim));
        }
        Line::from(spans)
    }
}
