//! The lesson's pane: the text above, the task below.

mod hunt;
mod split;

use ratatui::{
    Frame,
    layout::Rect,
    style::{Modifier, Style},
    text::Line,
    widgets::Widget,
};

use unicode_width::UnicodeWidthChar;

use super::scrolled::Hidden;
use crate::{
    app::{Asked, Bench, Study, Tone, field::FieldOf},
    course::{Block, Choice, LessonStep, Line as Blank, Span, TaskKind, Text},
    plain::plain,
    ui::{
        theme::Theme,
        widget::text_field::TextField,
        words::{hanging, keys_and_words, styled, wrap},
    },
    words,
};
use split::{Page, TaskLine, row, split};

/// Draws the lesson inside its pane. The terminal's cursor is put into a field that has the focus.
pub fn draw(frame: &mut Frame, area: Rect, study: &Study, bench: &Bench, theme: &Theme, about: About<'_>) {
    if area.is_empty() {
        return;
    }
    let page = page(study, bench, theme, usize::from(area.width), about.next);
    let split = split(area, page, study);
    for (i, (line, _)) in
        split.scrolled.iter().skip(split.hidden.above).take(usize::from(split.above.height)).enumerate()
    {
        line.render(row(split.above, i), frame.buffer_mut());
    }
    for (i, (line, _)) in split.pinned.iter().take(usize::from(split.below.height)).enumerate() {
        line.render(row(split.below, i), frame.buffer_mut());
    }
    match split.rule {
        Some(y) => split.hidden.rule(Rect { y, height: 1, ..area }, theme, frame.buffer_mut()),
        None => split.hidden.on_border(Rect { y: area.bottom(), height: 1, ..area }, theme, frame.buffer_mut()),
    }
    if let (Some(place), Some(field)) =
        (split.field_row(), bench.field.as_ref().filter(|field| matches!(field.of, FieldOf::Blank(_))))
    {
        let place = Rect { x: place.x + 2, width: place.width.saturating_sub(2).min(24), ..place };
        let widget = TextField {
            theme,
            label: "",
            text: field.text(),
            cursor: field.cursor(),
            focus: true,
            replaced: field.is_replaced_by_typing(),
            error: field.error.is_some() || study.feedback.as_ref().is_some_and(|f| f.tone == Tone::Wrong),
        };
        (&widget).render(place, frame.buffer_mut());
        if let Some(cursor) = widget.cursor_in(place).filter(|_| about.has_focus) {
            frame.set_cursor_position(cursor);
        }
    }
}

/// What the pane has to know besides the lesson.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The title of the next lesson.
    pub next: Option<&'a str>,
    /// Whether there is no overlay.
    pub has_focus: bool,
}

/// The option under a place of the screen.
pub fn option_at(area: Rect, study: &Study, bench: &Bench, theme: &Theme, y: u16) -> Option<usize> {
    let split = split(area, page(study, bench, theme, usize::from(area.width), None), study);
    if let Some(at) = y.checked_sub(split.below.y).filter(|at| *at < split.below.height) {
        return split.pinned.get(usize::from(at))?.1;
    }
    let at = y.checked_sub(split.above.y).filter(|at| *at < split.above.height)?;
    split.scrolled.get(usize::from(at) + split.hidden.above)?.1
}

/// The lines of the lesson that cannot be seen.
pub(in crate::ui) fn hidden(area: Rect, study: &Study, bench: &Bench, theme: &Theme) -> Hidden {
    split(area, page(study, bench, theme, usize::from(area.width), None), study).hidden
}

fn page(study: &Study, bench: &Bench, theme: &Theme, width: usize, next: Option<&str>) -> Page {
    let Some(step) = study.current() else { return end_page(study, theme, width, next) };
    let mut prose = wrap(&styled(&step.heading, theme, theme.title), width);
    for (_, block) in &step.prose {
        match block {
            Block::Item(text) => {
                let mark = format!("{} ", theme.glyphs().bullet);
                prose.extend(hanging(&mark, theme.dim, &styled(text, theme, theme.text), width));
            }
            Block::Paragraph(text) | Block::Heading(text) => {
                prose.push(Line::default());
                prose.extend(wrap(&styled(text, theme, theme.text), width));
            }
            Block::Fence { text, .. } => {
                prose.push(Line::default());
                prose.extend(text.lines().flat_map(|line| code_line(line, theme.code, width)));
            }
        }
    }
    let mut writer = Writer { theme, study, bench, width, question: Vec::new(), field: None };
    writer.question(step);
    let (said, keys) = (writer.said(step), writer.keys(step));
    Page { prose, question: writer.question, said, keys, field: writer.field }
}

fn end_page(study: &Study, theme: &Theme, width: usize, next: Option<&str>) -> Page {
    let mut prose = hunt::score(study, theme, width);
    prose.extend([Line::styled(words::lesson::learnt(), theme.title), Line::default()]);
    let (finished, of) = (study.finished(), study.lesson.steps.len());
    let (mark, style) =
        if finished == of { (theme.glyphs().tick, theme.right) } else { (theme.glyphs().bullet, theme.dim) };
    for text in &study.lesson.learnt {
        prose.extend(hanging(&format!("{mark} "), style, &styled(text, theme, theme.text), width));
        prose.push(Line::default());
    }
    prose.pop();
    let mut keys = hunt::offer(study, theme, width);
    if finished < of {
        let text = words::lesson::steps_done(finished, of);
        keys.extend(wrap(&[(text, theme.dim)], width).into_iter().map(|line| (line, None)));
    }
    let next = next.map_or_else(words::lesson::last_lesson, words::lesson::next_lesson);
    keys.extend(wrap(&[(next, theme.key)], width).into_iter().map(|line| (line, None)));
    Page { prose, keys, ..Page::default() }
}

/// The state of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Open,
    /// It was picked, and is wrong.
    Refuted,
    /// It is right, and may be shown as right.
    Right,
}

struct Writer<'a> {
    theme: &'a Theme,
    study: &'a Study,
    bench: &'a Bench,
    width: usize,
    question: Vec<TaskLine>,
    field: Option<usize>,
}

impl Writer<'_> {
    fn put(&mut self, lines: Vec<Line<'static>>, picks: Option<usize>) {
        self.question.extend(lines.into_iter().map(|line| (line, picks)));
    }

    fn text(&self, text: &Text, style: Style) -> Vec<(String, Style)> {
        styled(text, self.theme, style)
    }

    fn question(&mut self, step: &LessonStep) {
        let bold = self.theme.text.add_modifier(Modifier::BOLD);
        if let TaskKind::Hunt(_) = &step.task.kind {
            self.round();
        }
        if let Some(question) = step.task.question() {
            let mark = format!("{} ", self.theme.glyphs().play);
            self.put(hanging(&mark, self.theme.active, &self.text(question, bold), self.width), None);
        }
        match &step.task.kind {
            TaskKind::Choose { options, .. } | TaskKind::Predict { options, .. } => self.options(options),
            TaskKind::Type { lines, given, .. } => self.blanks(lines, *given),
            TaskKind::Find { .. } => self.places(),
            TaskKind::Hunt(hunt) => self.hunt(hunt),
            TaskKind::Watch(_)
            | TaskKind::Toggle { .. }
            | TaskKind::Edit { .. }
            | TaskKind::Diagnose(_)
            | TaskKind::Own { .. } => {}
        }
    }

    /// What was said to the last answer, and the hints so far.
    fn said(&self, step: &LessonStep) -> Vec<TaskLine> {
        let mut lines = Vec::new();
        if let Some(feedback) = &self.study.feedback {
            let glyphs = self.theme.glyphs();
            let (mark, style) = match feedback.tone {
                Tone::Right => (glyphs.tick, self.theme.right),
                Tone::Wrong => (glyphs.cross, self.theme.wrong),
                Tone::Note => (glyphs.arrow, self.theme.key),
            };
            let runs = self.text(&feedback.text, self.theme.text);
            if !runs.iter().all(|(text, _)| text.is_empty()) {
                lines.extend(hanging(&format!("{mark} "), style, &runs, self.width));
            }
        }
        for (i, hint) in step.task.hints.iter().take(self.study.hints).enumerate() {
            let mark = format!("{}. ", i + 1);
            lines.extend(hanging(&mark, self.theme.key, &self.text(hint, self.theme.dim), self.width));
        }
        lines.into_iter().map(|line| (line, None)).collect()
    }

    fn options(&mut self, options: &[Choice]) {
        let study = self.study;
        let (cursor, refuted): (Option<usize>, &[usize]) = match &study.asked {
            Asked::Options { selected, refuted, .. } => (*selected, refuted),
            _ => (None, &[]),
        };
        let open = matches!(study.asked, Asked::Options { .. });
        for (i, option) in options.iter().enumerate() {
            let runs = self.text(&option.text, self.theme.text);
            let right = study.right_options.get(i) == Some(&true);
            let state = match () {
                () if open && refuted.contains(&i) => State::Refuted,
                () if open => State::Open,
                // A guess that is played first gets no mark yet.
                () if study.is_watching_a_guess() => State::Open,
                () if right => State::Right,
                () if study.picked == Some(i) => State::Refuted,
                () => State::Open,
            };
            let locked = study.is_watching_a_guess() && study.picked == Some(i);
            self.option(i, &runs, cursor == Some(i) || locked, state);
        }
    }

    fn option(&mut self, i: usize, runs: &[(String, Style)], cursor: bool, state: State) {
        let glyphs = self.theme.glyphs();
        let (mark, style) = match state {
            State::Refuted => (glyphs.cross, self.theme.wrong),
            State::Right => (glyphs.tick, self.theme.right),
            State::Open if cursor => (glyphs.chosen, self.theme.active),
            State::Open => (glyphs.unchosen, self.theme.dim),
        };
        let pointer = if cursor { glyphs.play } else { " " };
        let words = match (cursor, state) {
            (true, _) => Some(self.theme.selected),
            (false, State::Refuted) => Some(self.theme.dim),
            (false, _) => None,
        };
        let runs: Vec<(String, Style)> = runs.iter().map(|(text, own)| (text.clone(), words.unwrap_or(*own))).collect();
        self.put(hanging(&format!("{pointer}{mark} "), style, &runs, self.width), Some(i));
    }

    fn blanks(&mut self, lines: &[Blank], given: usize) {
        let study = self.study;
        let (at, filled): (usize, &[String]) = match &study.asked {
            Asked::Blanks { line, filled, .. } => (*line, filled),
            _ => (lines.len(), &study.filled),
        };
        for (i, line) in lines.iter().enumerate() {
            let mut runs = self.text(&line.text, self.theme.text);
            if let Some(value) = filled.get(i).filter(|_| i < at) {
                let style = if i < given { self.theme.text } else { self.theme.right };
                let equals = if ends_open(&line.text) { "" } else { " =" };
                runs.push((equals.to_owned(), self.theme.text));
                runs.push((format!(" {value}"), style.add_modifier(Modifier::BOLD)));
            } else if i > at {
                runs.push((" ····".to_owned(), self.theme.dim));
            }
            self.put(hanging("  ", Style::default(), &runs, self.width), None);
            if i == at {
                self.field = Some(self.question.len());
                let typing = self.bench.field.as_ref().is_some_and(|field| matches!(field.of, FieldOf::Blank(_)));
                let text = if typing { String::new() } else { format!("  {}", words::lesson::type_number()) };
                self.put(vec![Line::styled(text, self.theme.key)], None);
            }
        }
    }

    /// The keys that do something now.
    fn keys(&self, step: &LessonStep) -> Vec<TaskLine> {
        let study = self.study;
        let typing = self.bench.field.as_ref().map(|field| field.of);
        let weights = self.bench.cell.is_some();
        let mut keys: Vec<(&str, String)> = Vec::new();
        let mut add = |key: &'static str, says: String| keys.push((key, says));
        let may = |name: &str| match &step.task.kind {
            TaskKind::Edit { may, .. } => may.is_empty() || may.iter().any(|may| may.contains(name)),
            _ => false,
        };
        match (&step.task.kind, &study.asked) {
            _ if typing == Some(FieldOf::Yours) => {
                add("Enter", words::lesson::key_take());
                add("Esc", words::lesson::key_leave());
            }
            _ if typing.is_some_and(|of| !matches!(of, FieldOf::Blank(_))) => {
                add("Enter", words::lesson::key_take());
                add("Esc", words::lesson::key_keep_old());
            }
            _ if self.bench.is_playing() => add("Enter", words::lesson::key_to_end()),
            _ if study.is_done() => add("Enter", words::lesson::key_next_step()),
            _ if weights => {
                add("Enter", words::lesson::key_type());
                add("Esc", words::lesson::key_done());
            }
            (_, Asked::Watch { .. }) => add("Enter", words::lesson::key_play()),
            (TaskKind::Predict { .. }, Asked::Options { .. }) => add("Enter", words::lesson::key_lock()),
            (_, Asked::Options { .. } | Asked::Places { .. }) => add("Enter", words::lesson::key_take_this()),
            // A refused number is not taken again: the next digit replaces it.
            (TaskKind::Type { .. }, _) if self.bench.field.as_ref().is_some_and(|field| field.error.is_some()) => {}
            (TaskKind::Type { .. }, _) if typing.is_some() => add("Enter", words::lesson::key_take()),
            (TaskKind::Toggle { .. }, _) => {
                add("a", words::lesson::key_activation());
                add("b", words::lesson::key_bias());
                add("w", words::lesson::key_more());
            }
            (TaskKind::Edit { .. }, _) => {
                if may(".") {
                    add("e", words::lesson::key_weights());
                }
                if may("input") {
                    add("i", words::lesson::key_input());
                }
            }
            (TaskKind::Diagnose(_), _) => {
                add("y", words::lesson::key_your_number());
                add("i", words::lesson::key_other_input());
            }
            (TaskKind::Own { .. }, _) => add("Enter", words::lesson::key_bring()),
            _ => {}
        }
        let free_text = typing == Some(FieldOf::Yours);
        if study.has_more_hints() && !free_text {
            let hints = step.task.hints.len();
            let says = match study.hints {
                0 => words::lesson::key_hint(),
                shown => words::lesson::key_next_hint(shown + 1, hints),
            };
            keys.push(("h", says));
        }
        let changed = self.bench.undoable() > 0 && matches!(typing, None | Some(FieldOf::Blank(_)));
        if changed && matches!(step.task.kind, TaskKind::Toggle { .. } | TaskKind::Edit { .. }) {
            keys.push(("R", words::lesson::key_again()));
        }
        if keys.is_empty() {
            return Vec::new();
        }
        let lines = wrap(&keys_and_words(keys, ":", self.theme), self.width);
        std::iter::once(Line::default()).chain(lines).map(|line| (line, None)).collect()
    }
}

/// A line of code, going on below with an indent where it is longer than the pane.
fn code_line(line: &str, style: Style, width: usize) -> Vec<Line<'static>> {
    let line = plain(line);
    let indent = 2.min(width.saturating_sub(1));
    let (mut lines, mut now, mut used) = (Vec::new(), String::new(), 0);
    for c in line.chars() {
        let cells = c.width().unwrap_or(0);
        if used + cells > width {
            lines.push(std::mem::replace(&mut now, " ".repeat(indent)));
            used = indent;
        }
        now.push(c);
        used += cells;
    }
    lines.push(now);
    lines.into_iter().map(|line| Line::styled(line, style)).collect()
}

/// Whether a line already ends with its own sign before the number.
fn ends_open(text: &Text) -> bool {
    matches!(text.last(), Some(Span::Plain(words)) if words.trim_end().ends_with(['=', ':', '≈']))
}
