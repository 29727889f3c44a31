//! Why the learner's own number differs, in a box over the bench.

mod table;

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use super::{
    agreement::{mark, note},
    overlay::text_width,
    scrolled::{Hidden, ScrollBox},
};
use crate::{
    app::{App, Bench, FindingPanel, finding::Finding, input::input_text, value_name, yours_text},
    diagnose::{
        Candidate, Conclusion, Diagnosis, FirstWrong,
        says::{self, Rest, percent, says},
    },
    network::{
        Stage,
        number::{Digits, number},
    },
    pass::address::Of,
    plain::plain,
    ui::{
        keys,
        theme::Theme,
        words::{hanging, keys_and_words, whole, wrap},
    },
    words,
};

/// The width of the box where there is room.
const WIDTH: u16 = 76;

/// Draws the box: what is explained scrolls, the keys stay.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, panel: FindingPanel, theme: &Theme) {
    let Some((title, layout)) = layout(screen, app, panel, theme) else { return };
    layout.draw(frame, screen, WIDTH, &title, theme);
}

/// The lines of the explanation that cannot be seen.
pub(in crate::ui) fn hidden(screen: Rect, app: &App, panel: FindingPanel, theme: &Theme) -> Hidden {
    layout(screen, app, panel, theme).map_or(Hidden::default(), |(_, layout)| layout.hidden)
}

fn layout(screen: Rect, app: &App, panel: FindingPanel, theme: &Theme) -> Option<(String, ScrollBox)> {
    let sheet = Sheet { app, finding: app.finding()?, panel, theme };
    let width = text_width(screen, WIDTH);
    let narrow = width < 50 || screen.height < 18;
    let (lines, keys) = (sheet.lines(width, narrow), sheet.keys(width));
    Some((sheet.title(), ScrollBox::new(screen, lines, keys, u16::from(!narrow), |_| panel.scroll)))
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
        let Some((at, answer)) = self.finding.explained() else { return words::own_numbers::too_few_digits_title() };
        let name = self.finding.seen().get(at).map(|seen| yours_text(&seen.observation));
        let is_one = self.finding.seen().get(at).is_some_and(|seen| seen.observation.answers.len() == 1);
        match name.filter(|_| is_one) {
            Some(name) => words::finding::title_number(name),
            None => words::finding::title_number(answer),
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
                lines.extend(wrap(&[(lesson, theme.text)], width));
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
        let inputs: Vec<&[f32]> = self.finding.seen().iter().map(|seen| &seen.observation.input[..]).collect();
        let one_input = inputs.windows(2).all(|pair| pair[0] == pair[1]);
        if count > 1 {
            let counted = match inputs.first().filter(|_| one_input) {
                Some(input) => words::finding::count_at(count, input_text(input)),
                None => words::finding::count(count),
            };
            lines.push(Line::styled(counted, theme.dim));
            for (i, seen) in self.finding.seen().iter().enumerate() {
                let pointer = if i == self.panel.number { glyphs.play } else { " " };
                let (mark, style) = mark(self.finding.agreement(i), theme);
                let mut text = yours_text(&seen.observation);
                if !text.contains('=') {
                    text = format!("{} = {text}", seen.observation.at);
                }
                if !one_input {
                    text = words::finding::number_at(input_text(&seen.observation.input), text);
                }
                let note = note(self.finding, i);
                let base = if i == self.panel.number { theme.selected } else { theme.text };
                let runs = [(plain(&text).into_owned(), base), (format!("  {}", whole(&note)), theme.dim)];
                lines.extend(hanging(&format!("{pointer} {mark} "), style, &runs, width));
            }
        }
        let aside = self.app.bench().filter(|_| count > 0).map(Bench::numbers_set_aside).unwrap_or_default();
        if let Some(first) = aside.first() {
            let said = match aside.len() {
                1 => words::finding::set_aside_one(input_text(&first.input), yours_text(first)),
                several => words::finding::set_aside(several),
            };
            lines.extend(wrap(&self.marked(&said, theme.dim), width));
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
            Line::styled(words::finding::searching(), theme.title),
            Line::from(vec![
                Span::styled(glyphs.bar.repeat(filled), theme.active),
                Span::styled(glyphs.rest.repeat(bar - filled), theme.dim),
            ]),
            Line::styled(words::finding::progress(format!("{:.0}", share * 100.0), passes), theme.dim),
        ]
    }

    fn headline(&self, diagnosis: &Diagnosis) -> Vec<(String, Style)> {
        let theme = self.theme;
        let reveals = self.app.reveals();
        let chosen = self.finding.chosen();
        match (diagnosis.conclusion, chosen) {
            (Conclusion::Correct, _) => vec![(words::finding::correct(), theme.right)],
            (Conclusion::TooFewDigits, _) => {
                vec![(says::too_few_digits(diagnosis, reveals).unwrap_or_default().replace('`', ""), theme.text)]
            }
            (Conclusion::Rounding, _) => {
                let said = if reveals {
                    words::finding::rounding(says::rounding(diagnosis))
                } else {
                    words::finding::rounding_hidden()
                };
                let mut runs = self.marked(&said, theme.title);
                runs.push((format!(" {}", probable(diagnosis.only_rounding())), theme.dim));
                runs
            }
            (Conclusion::Mistake, Some((n, chosen))) => {
                let mut runs = self.marked(&says(self.network(), &chosen.mistakes), theme.title);
                let others = diagnosis.rounded_otherwise(n);
                let together: f64 = others.iter().map(|&other| diagnosis.candidates[other].probability).sum();
                let probability = if others.is_empty() {
                    probable(chosen.probability)
                } else {
                    words::finding::rounded_otherwise(probable(together), probable(chosen.probability))
                };
                runs.push((format!(" {probability}"), theme.dim));
                runs
            }
            _ => {
                let title =
                    if chosen.is_some() { words::finding::nothing_likely() } else { words::finding::nothing_known() };
                let mut runs = vec![(title, theme.title)];
                let tried = diagnosis.tried;
                let mut said = vec![words::finding::tried(tried.pairs, tried.singles, tried.triples)];
                match (&diagnosis.nearest, chosen) {
                    (_, Some((_, chosen))) => {
                        said.push(words::finding::by_chance(says(self.network(), &chosen.mistakes)));
                    }
                    (Some(nearest), None) if reveals => {
                        let value = nearest.values.first().map_or(String::new(), |&value| number(value, self.digits()));
                        said.push(words::finding::nearest(nearest.mistake.says(self.network()), value));
                    }
                    _ => {}
                }
                let of_output = |first: &FirstWrong| first.at.of == Of::Output;
                if diagnosis.first_wrong.as_ref().is_some_and(of_output) {
                    let first = self.network().layer(0).map_or("0", |layer| &layer.name);
                    said.push(words::finding::type_middle(value_name(first, Stage::A, 0)));
                }
                for sentence in said {
                    runs.push((" ".to_owned(), theme.text));
                    runs.extend(self.marked(&sentence, theme.text));
                }
                runs
            }
        }
    }

    fn same(&self, chosen: &Candidate) -> Vec<(String, Style)> {
        let first = chosen.same_as.first().map_or(String::new(), |same| says::names(self.network(), same));
        let more = chosen.same_as.len().saturating_sub(1);
        self.marked(&words::finding::same_everywhere(more, first), self.theme.dim)
    }

    fn lesson(&self) -> Option<String> {
        let number = self.app.its_lesson()?;
        let title = plain(&self.app.course.entries.get(number)?.title).into_owned();
        Some(words::finding::lesson(number + 1, title))
    }

    /// What else it may be.
    fn others(&self, diagnosis: &Diagnosis) -> Option<String> {
        let listed = self.finding.listed();
        let mut said: Vec<String> = Vec::new();
        if listed.len() > 1 {
            said.push(words::finding::explanation(listed.len(), self.finding.selected() + 1));
        }
        if let Some(Rest { count, probability, most }) = diagnosis.rest(listed) {
            let together = percent(probability);
            said.push(match most {
                Some((most, kind)) => words::finding::less_likely_kind(count, kind, most, together),
                None => words::finding::less_likely(count, together),
            });
        }
        if diagnosis.conclusion == Conclusion::Mistake {
            said.push(words::finding::something_else(percent(diagnosis.unknown)));
        }
        (!said.is_empty()).then(|| said.join(" "))
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
    whole(&percent(probability))
}
