//! How a number of the learner's own stands to the right value: a sign, and a few words.

use ratatui::style::Style;

use crate::{
    app::finding::Finding,
    diagnose::{Agreement, Followed},
    ui::theme::Theme,
    words::own_numbers,
};

/// The sign, and its style.
pub(super) fn mark(agreement: Agreement, theme: &Theme) -> (&'static str, Style) {
    let glyphs = theme.glyphs();
    match agreement {
        Agreement::Right | Agreement::Cut | Agreement::ShownDigits => (glyphs.tick, theme.right),
        Agreement::TooFewDigits => (glyphs.open, theme.title),
        Agreement::Wrong => (glyphs.cross, theme.wrong),
    }
}

/// The words, for one of the numbers that a finding is about.
pub(super) fn note(finding: &Finding, at: usize) -> String {
    let explained = finding.explained().is_some_and(|(first, _)| first == at);
    let later = || finding.diagnosis()?.follow_through.iter().find(|later| later.observation == at);
    match finding.agreement(at) {
        Agreement::Right => own_numbers::right(),
        Agreement::Cut => own_numbers::cut(),
        Agreement::ShownDigits => own_numbers::shown_digits(),
        Agreement::TooFewDigits => own_numbers::too_few_digits(),
        Agreement::Wrong if explained => own_numbers::explained_here(),
        Agreement::Wrong => match later().map(|later| later.verdict) {
            Some(Followed::Right) => own_numbers::follows(),
            Some(Followed::Mistake) => own_numbers::second_mistake(),
            None => own_numbers::differs_too(),
        },
    }
}
