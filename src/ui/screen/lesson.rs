//! The lesson's pane: what is to be read above, what is to be done below.

mod hunt;

use ratatui::{
    Frame,
    layout::Rect,
    style::{Modifier, Style},
    text::Line,
    widgets::Widget,
};

use crate::{
    app::{Asked, Bench, Study, Tone, field::FieldOf, is_right},
    course::{Block, Choice, Line as Blank, Span, TaskKind, Text},
    plain::cells,
    setting::Setting,
    ui::{
        theme::Theme,
        widget::{shorten, text_field::TextField},
        words::{hanging, styled, wrap},
    },
};

/// A line of the task, and the option that a click on it picks.
type TaskLine = (Line<'static>, Option<usize>);

/// The two parts of the pane at a width.
struct Page {
    prose: Vec<Line<'static>>,
    task: Vec<TaskLine>,
    /// The line of the task that holds a text field.
    field: Option<usize>,
}

/// Draws the lesson inside its pane. The terminal's cursor is put into a field that has the focus.
pub fn draw(frame: &mut Frame, area: Rect, study: &Study, bench: &Bench, theme: &Theme, next: Option<&str>) {
    if area.is_empty() {
        return;
    }
    let page = page(study, bench, theme, usize::from(area.width), next);
    let Split { prose: prose_area, hidden, scroll, task: task_area, task_first } = split(area, &page, study);
    for (i, line) in page.prose.iter().skip(scroll).take(usize::from(prose_area.height)).enumerate() {
        line.render(row(prose_area, i), frame.buffer_mut());
    }
    for (i, (line, _)) in page.task.iter().skip(task_first).take(usize::from(task_area.height)).enumerate() {
        line.render(row(task_area, i), frame.buffer_mut());
    }
    if hidden > 0 {
        let below = hidden - scroll.min(hidden);
        let says = if below > 0 { format!(" {} {below} more: j ", theme.glyphs().down) } else { " k: up ".to_owned() };
        let width = cells(&says).min(usize::from(area.width)) as u16;
        // On the border, where it covers nothing.
        let y = area.bottom();
        Line::styled(says, theme.key).render(
            Rect { x: area.right() - width, y, width, height: 1 }.intersection(frame.area()),
            frame.buffer_mut(),
        );
    }
    let field_row =
        page.field.and_then(|at| at.checked_sub(task_first)).filter(|at| *at < usize::from(task_area.height));
    if let (Some(at), Some(field)) =
        (field_row, bench.field.as_ref().filter(|field| matches!(field.of, FieldOf::Blank(_))))
    {
        let place = row(task_area, at);
        let place = Rect { x: place.x + 2, width: place.width.saturating_sub(2).min(24), ..place };
        let widget = TextField {
            theme,
            label: "",
            text: field.text(),
            cursor: field.cursor(),
            focus: true,
            error: field.error.is_some() || study.feedback.as_ref().is_some_and(|f| f.tone == Tone::Wrong),
        };
        (&widget).render(place, frame.buffer_mut());
        if let Some(cursor) = widget.cursor_in(place) {
            frame.set_cursor_position(cursor);
        }
    }
}

/// The option under a place of the screen.
pub fn option_at(area: Rect, study: &Study, bench: &Bench, theme: &Theme, y: u16) -> Option<usize> {
    let page = page(study, bench, theme, usize::from(area.width), None);
    let Split { task, task_first, .. } = split(area, &page, study);
    let at = usize::from(y.checked_sub(task.y)?) + task_first;
    page.task.get(at)?.1
}

fn row(area: Rect, i: usize) -> Rect {
    Rect { y: area.y + i as u16, height: 1, ..area }
}

/// Where the two parts of the page are.
struct Split {
    prose: Rect,
    /// Lines that cannot be seen.
    hidden: usize,
    /// Lines of prose above the first one seen.
    scroll: usize,
    task: Rect,
    /// The first line of the task that is seen.
    task_first: usize,
}

/// The task stands at the bottom, whole, and the prose scrolls above it. Where the task would take nearly all of the pane,
/// both scroll together.
fn split(area: Rect, page: &Page, study: &Study) -> Split {
    let height = usize::from(area.height);
    let part = |above: usize, lines: usize| Rect { y: area.y + above.min(height) as u16, height: lines as u16, ..area };
    let gap = |prose: usize, task: usize| usize::from(prose + task < height && task > 0 && prose > 0);
    let (prose, task) = (page.prose.len(), page.task.len());
    if prose + task <= height || task + 3.min(height / 3) <= height {
        let seen = prose.min(height - task);
        let hidden = prose - seen;
        let below = seen + gap(seen, task);
        return Split {
            prose: part(0, seen),
            hidden,
            scroll: study.scroll.above_prose(hidden),
            task: part(below, task),
            task_first: 0,
        };
    }
    let hidden = prose + task - height;
    let scroll = study.scroll.above(hidden);
    let seen = prose.saturating_sub(scroll).min(height);
    let task_first = scroll.saturating_sub(prose);
    Split { prose: part(0, seen), hidden, scroll, task: part(seen, (task - task_first).min(height - seen)), task_first }
}

fn page(study: &Study, bench: &Bench, theme: &Theme, width: usize, next: Option<&str>) -> Page {
    let Some(step) = study.current() else { return end_page(study, theme, width, next) };
    let setting = study.setting();
    let mut prose = wrap(&styled(&step.heading, setting, theme, theme.title), width);
    for (_, block) in &step.prose {
        match block {
            Block::Item(text) => {
                let mark = format!("{} ", theme.glyphs().bullet);
                prose.extend(hanging(&mark, theme.dim, &styled(text, setting, theme, theme.text), width));
            }
            Block::Paragraph(text) | Block::Heading(text) => {
                prose.push(Line::default());
                prose.extend(wrap(&styled(text, setting, theme, theme.text), width));
            }
            Block::Fence { text, .. } => {
                prose.push(Line::default());
                let lines = text.lines().map(|line| {
                    let shown = shorten(line, width as i32, theme.glyphs().more);
                    Line::styled(shown, theme.key)
                });
                prose.extend(lines);
            }
        }
    }
    let mut writer = Writer { theme, setting, width, task: Vec::new(), field: None };
    writer.task(study, bench);
    Page { prose, task: writer.task, field: writer.field }
}

fn end_page(study: &Study, theme: &Theme, width: usize, next: Option<&str>) -> Page {
    let setting = study.setting();
    let mut prose = hunt::score(study, theme, width);
    prose.extend([Line::styled("What you learnt", theme.title), Line::default()]);
    let (finished, of) = (study.finished(), study.lesson.steps.len());
    let (mark, style) =
        if finished == of { (theme.glyphs().tick, theme.right) } else { (theme.glyphs().bullet, theme.dim) };
    for text in &study.lesson.learnt {
        prose.extend(hanging(&format!("{mark} "), style, &styled(text, setting, theme, theme.text), width));
        prose.push(Line::default());
    }
    let mut task = hunt::offer(study, theme, width);
    if finished < of {
        let text = format!("{finished} of {of} steps are done so far. p goes back to the others.");
        task.extend(wrap(&[(text, theme.dim)], width).into_iter().map(|line| (line, None)));
    }
    let text = match next {
        Some(title) => format!("Enter: next lesson, {title}"),
        None => "That was the last lesson. Enter: the list of lessons".to_owned(),
    };
    task.extend(wrap(&[(text, theme.key)], width).into_iter().map(|line| (line, None)));
    Page { prose, task, field: None }
}

/// What is known of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Open,
    /// It was picked, and is wrong.
    Refuted,
    /// It is right, and that may be seen now.
    Right,
}

struct Writer<'a> {
    theme: &'a Theme,
    setting: Option<&'a Setting>,
    width: usize,
    task: Vec<TaskLine>,
    field: Option<usize>,
}

impl Writer<'_> {
    fn put(&mut self, lines: Vec<Line<'static>>, picks: Option<usize>) {
        self.task.extend(lines.into_iter().map(|line| (line, picks)));
    }

    fn text(&self, text: &Text, style: Style) -> Vec<(String, Style)> {
        styled(text, self.setting, self.theme, style)
    }

    fn task(&mut self, study: &Study, bench: &Bench) {
        let Some(step) = study.current() else { return };
        let bold = self.theme.text.add_modifier(Modifier::BOLD);
        if let TaskKind::Hunt(_) = &step.task.kind {
            self.round(study);
        }
        if let Some(question) = step.task.question() {
            let mark = format!("{} ", self.theme.glyphs().play);
            self.put(hanging(&mark, self.theme.active, &self.text(question, bold), self.width), None);
        }
        match (&step.task.kind, &study.asked) {
            (TaskKind::Choose { options, .. } | TaskKind::Predict { options, .. }, asked) => {
                self.options(options, asked, study);
            }
            (TaskKind::Type { lines, given, .. }, asked) => self.blanks(lines, *given, asked, study.is_done(), bench),
            (TaskKind::Find { planted, places, .. }, asked) => {
                // Also when the bug is found: what was picked stays to be seen.
                let again = self.setting.map(|setting| Asked::places(planted, places, setting));
                match (asked, &again) {
                    (Asked::Places { .. }, _) => self.places(asked, false, bench),
                    (_, Some(again)) => self.places(again, true, bench),
                    (_, None) => {}
                }
            }
            (TaskKind::Hunt(hunt), _) => self.hunt(hunt, study, bench),
            _ => {}
        }
        if let Some(feedback) = &study.feedback {
            let glyphs = self.theme.glyphs();
            let (mark, style) = match feedback.tone {
                Tone::Right => (glyphs.tick, self.theme.right),
                Tone::Wrong => (glyphs.cross, self.theme.wrong),
                Tone::Note => (glyphs.arrow, self.theme.key),
            };
            let runs = self.text(&feedback.text, self.theme.text);
            if !runs.iter().all(|(text, _)| text.is_empty()) {
                self.put(hanging(&format!("{mark} "), style, &runs, self.width), None);
            }
        }
        for (i, hint) in step.task.hints.iter().take(study.hints).enumerate() {
            let mark = format!("{}. ", i + 1);
            self.put(hanging(&mark, self.theme.key, &self.text(hint, self.theme.dim), self.width), None);
        }
        self.call(study);
    }

    fn options(&mut self, options: &[Choice], asked: &Asked, study: &Study) {
        let (cursor, refuted): (Option<usize>, &[usize]) = match asked {
            Asked::Options { selected, refuted, .. } => (*selected, refuted),
            _ => (None, &[]),
        };
        let open = matches!(asked, Asked::Options { .. });
        for (i, option) in options.iter().enumerate() {
            let runs = self.text(&option.text, self.theme.text);
            let right = || self.setting.is_some_and(|setting| is_right(option, setting));
            let state = match () {
                () if open && refuted.contains(&i) => State::Refuted,
                () if open => State::Open,
                () if right() => State::Right,
                () if study.picked == Some(i) => State::Refuted,
                () => State::Open,
            };
            self.option(i, &runs, cursor == Some(i), state);
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

    fn blanks(&mut self, lines: &[Blank], given: usize, asked: &Asked, done: bool, bench: &Bench) {
        let (at, filled): (usize, &[String]) = match asked {
            Asked::Blanks { line, filled, .. } => (*line, filled),
            _ => (lines.len(), &[]),
        };
        for (i, line) in lines.iter().enumerate() {
            let known = i < given || i < at || (done && at == lines.len());
            let mut text = line.text.clone();
            if known {
                // The whole line at once: it is an equation.
                let typed = filled.get(i).filter(|typed| !typed.is_empty());
                let value = typed.map_or_else(|| Span::Value(line.value.clone()), |typed| Span::Plain(typed.clone()));
                text.push(Span::Plain(if ends_open(&line.text) { " " } else { " = " }.to_owned()));
                text.push(value);
            }
            let mut runs = self.text(&text, self.theme.text);
            if let Some((_, style)) = runs.last_mut().filter(|_| known) {
                let own = if i < given { self.theme.text } else { self.theme.right };
                *style = own.add_modifier(Modifier::BOLD);
            } else if i > at {
                runs.push((" ····".to_owned(), self.theme.dim));
            }
            self.put(hanging("  ", Style::default(), &runs, self.width), None);
            if i == at {
                self.field = Some(self.task.len());
                let text = if bench.field.is_some() { "" } else { "  Enter: type the number" };
                self.put(vec![Line::styled(text, self.theme.key)], None);
            }
        }
    }

    /// What Enter does now.
    fn call(&mut self, study: &Study) {
        let Some(step) = study.current() else { return };
        let words = match (&step.task.kind, &study.asked) {
            _ if study.is_done() => "Enter: next step",
            (_, Asked::Watch { .. }) => "Enter: play",
            (TaskKind::Predict { .. }, Asked::Options { .. }) => "Enter: lock your guess",
            (_, Asked::Options { .. } | Asked::Places { .. }) => "Enter: take this one",
            (TaskKind::Toggle { .. }, _) => "a activation, b bias, w more",
            (TaskKind::Edit { may, .. }, _) if may.len() == 1 && may[0] == "input" => "i: type another input",
            (TaskKind::Edit { may, .. }, _) if !may.is_empty() && !may.contains(&"input".to_owned()) => {
                "e: change weights"
            }
            (TaskKind::Edit { .. }, _) => "e weights, i input",
            _ => return,
        };
        let mut lines = vec![Line::default()];
        let mut runs = vec![(words.to_owned(), self.theme.key)];
        let hints = step.task.hints.len();
        if !study.is_done() && study.hints < hints {
            let hint =
                if study.hints == 0 { "h: hint".to_owned() } else { format!("h: hint {} of {hints}", study.hints + 1) };
            if cells(words) + cells(&hint) + 3 > self.width {
                lines.extend(wrap(&runs, self.width));
                runs.clear();
            } else {
                runs.push(("\u{a0}\u{a0} ".to_owned(), self.theme.dim));
            }
            runs.push((hint, self.theme.dim));
        }
        lines.extend(wrap(&runs, self.width));
        self.put(lines, None);
    }
}

/// Whether a line already ends with its own sign before the number.
fn ends_open(text: &Text) -> bool {
    matches!(text.last(), Some(Span::Plain(words)) if words.trim_end().ends_with(['=', ':']))
}
