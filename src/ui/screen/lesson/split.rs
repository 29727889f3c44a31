//! The layout of the lesson's pane: what scrolls, and what stays.

use ratatui::{layout::Rect, text::Line};

use super::Hidden;
use crate::app::Study;

/// A line of the task, and the option that a click on it picks.
pub(super) type TaskLine = (Line<'static>, Option<usize>);

/// The parts of the pane at a width.
#[derive(Default)]
pub(super) struct Page {
    /// What is to be read.
    pub(super) prose: Vec<Line<'static>>,
    /// The question, and what can be answered.
    pub(super) question: Vec<TaskLine>,
    /// What was said to an answer, and the hints.
    pub(super) said: Vec<TaskLine>,
    /// The keys that do something now.
    pub(super) keys: Vec<TaskLine>,
    /// The line of the question that holds a text field.
    pub(super) field: Option<usize>,
}

/// The least lines of text above a question that stays where it is.
const LEAST_PROSE: usize = 4;

pub(super) fn row(area: Rect, i: usize) -> Rect {
    Rect { y: area.y + i as u16, height: 1, ..area }
}

/// Where the parts of the page are.
pub(super) struct Split {
    /// What scrolls, and where it is seen.
    pub(super) scrolled: Vec<TaskLine>,
    pub(super) above: Rect,
    pub(super) hidden: Hidden,
    /// The row that says where there is more; otherwise the border says it.
    pub(super) rule: Option<u16>,
    /// What stays where it is.
    pub(super) pinned: Vec<TaskLine>,
    pub(super) below: Rect,
    /// The line that holds a text field, counted in what stays or in what scrolls.
    field: Option<Place>,
}

enum Place {
    Pinned(usize),
    Scrolled(usize),
}

impl Split {
    /// The row of the text field, if it is seen.
    pub(super) fn field_row(&self) -> Option<Rect> {
        let (area, at) = match *self.field.as_ref()? {
            Place::Pinned(at) => (self.below, at),
            Place::Scrolled(at) => (self.above, at.checked_sub(self.hidden.above)?),
        };
        (at < usize::from(area.height)).then(|| row(area, at))
    }
}

/// The question stays at the bottom, and the text scrolls above it; what was said to an answer stays too where there is room.
/// Where the question alone would take the pane, only the line that is typed into stays.
pub(super) fn split(area: Rect, page: Page, study: &Study) -> Split {
    let height = usize::from(area.height);
    let blank = |several: &[TaskLine]| if several.is_empty() { Vec::new() } else { vec![(Line::default(), None)] };
    let Page { prose, mut question, said, keys, field } = page;
    let mut scrolled: Vec<TaskLine> = prose.into_iter().map(|line| (line, None)).collect();
    let least = LEAST_PROSE.min(scrolled.len());
    let task = question.len() + said.len() + keys.len();
    let (mut pinned, field): (Vec<TaskLine>, Option<Place>) =
        if task + least < height || scrolled.is_empty() && task <= height {
            ([question, said, keys].concat(), field.map(Place::Pinned))
        } else if question.len() + keys.len() + least < height {
            scrolled.extend(blank(&scrolled));
            scrolled.extend(said);
            ([question, keys].concat(), field.map(Place::Pinned))
        } else if let Some(at) = field.filter(|at| *at > 0 && height >= 4) {
            scrolled.extend(blank(&scrolled));
            let asked: Vec<TaskLine> = question.drain(at - 1..=at).collect();
            scrolled.extend([question, said, keys].concat());
            (asked, Some(Place::Pinned(1)))
        } else {
            scrolled.extend(blank(&scrolled));
            let first = scrolled.len();
            scrolled.extend([question, said, keys].concat());
            (Vec::new(), field.map(|at| Place::Scrolled(first + at)))
        };
    pinned.truncate(height);
    let gap = usize::from(!pinned.is_empty() && !scrolled.is_empty());
    let room = height - pinned.len() - gap.min(height - pinned.len());
    let seen = scrolled.len().min(room);
    let hidden = Hidden::of(scrolled.len(), room, study.scroll.above(scrolled.len().saturating_sub(room)));
    let rule = (hidden.any() && gap > 0).then(|| area.y + seen as u16);
    Split {
        above: Rect { height: seen as u16, ..area },
        below: Rect { y: area.y + (seen + gap) as u16, height: pinned.len() as u16, ..area },
        scrolled,
        hidden,
        rule,
        pinned,
        field,
    }
}
