//! The hunt: the values to choose from, the names to choose from, the points.

use ratatui::{style::Modifier, text::Line};

use super::{State, TaskLine, Writer};
use crate::{
    app::{Asked, Study},
    course::Hunt,
    network::number::number,
    ui::{
        theme::Theme,
        words::{hanging, wrap},
    },
    words,
};

impl Writer<'_> {
    /// The values of a wrong pass; after the first wrong one is found it stays marked.
    pub(super) fn places(&mut self) {
        let study = self.study;
        let found = !matches!(study.asked, Asked::Places { .. });
        let Some(Asked::Places { selected, values, refuted, first_wrong }) =
            (if found { study.found_place.as_ref() } else { Some(&study.asked) })
        else {
            return;
        };
        let note = words::lesson::compare_values();
        self.put(wrap(&[(note, self.theme.dim)], self.width), None);
        for (i, (place, value)) in values.iter().enumerate() {
            let runs = [(format!("{place} = {}", number(*value, self.bench.digits)), self.theme.text)];
            let state = match () {
                () if found && i == *first_wrong => State::Right,
                () if refuted.contains(&i) => State::Refuted,
                () => State::Open,
            };
            self.option(i, &runs, !found && *selected == Some(i), state);
        }
    }

    /// Which round it is, and the points so far.
    pub(super) fn round(&mut self) {
        let study = self.study;
        let Some((at, _)) = study.current().and_then(|step| study.hunts.round(&step.task.id)) else { return };
        let text = words::lesson::round(at + 1, study.hunts.len(), study.hunts.points());
        self.put(wrap(&[(text, self.theme.key)], self.width), None);
    }

    /// A hunt: first the values, then, beside the one that was found, the names.
    pub(super) fn hunt(&mut self, hunt: &Hunt) {
        let study = self.study;
        if let Asked::Places { .. } = study.asked {
            self.places();
            return;
        }
        let round = study.current().and_then(|step| study.hunts.round(&step.task.id));
        let Some((_, round)) = round else { return };
        if let Some(Asked::Places { values, first_wrong, .. }) = &study.found_place
            && let Some((place, value)) = values.get(*first_wrong)
        {
            let runs = [(format!("{place} = {}", number(*value, self.bench.digits)), self.theme.text)];
            // A click on it must not pick a name.
            let mark = format!(" {} ", self.theme.glyphs().tick);
            self.put(hanging(&mark, self.theme.right, &runs, self.width), None);
        }
        let named = !study.asked.is_open();
        let (cursor, refuted): (Option<usize>, &[usize]) = match &study.asked {
            Asked::Options { selected, refuted, .. } => (*selected, refuted),
            _ => (None, &[]),
        };
        let bold = self.theme.text.add_modifier(Modifier::BOLD);
        let mark = format!("{} ", self.theme.glyphs().play);
        self.put(hanging(&mark, self.theme.active, &[(words::lesson::what_was_done(), bold)], self.width), None);
        for (i, suspect) in hunt.suspects.iter().enumerate() {
            let state = match () {
                () if named && i == round.suspect => State::Right,
                () if refuted.contains(&i) => State::Refuted,
                () => State::Open,
            };
            let runs = self.text(&suspect.text, self.theme.text);
            self.option(i, &runs, cursor == Some(i), state);
        }
    }
}

/// The first lines at the end of a lesson with hunts: the points, and what to look at again.
pub(super) fn score(study: &Study, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    if study.hunts.is_empty() {
        return Vec::new();
    }
    let points = words::lesson::score(study.hunts.most(), study.hunts.points());
    let mut lines = wrap(&[(points, theme.title)], width);
    lines.extend(study.hunts.look_again().map(|says| wrap(&[(says, theme.text)], width)).unwrap_or_default());
    lines.push(Line::default());
    lines
}

/// The last line there: the offer of other bugs.
pub(super) fn offer(study: &Study, theme: &Theme, width: usize) -> Vec<TaskLine> {
    if study.hunts.is_empty() {
        return Vec::new();
    }
    let lines = wrap(&[(words::lesson::other_bugs(), theme.key)], width);
    lines.into_iter().map(|line| (line, None)).collect()
}
