//! Why the model's own number differs, in a box over the bench.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Widget};

use super::overlay::{boxed, text_width};
use crate::{
    app::{App, Bench, ModelPanel},
    diagnose::{
        Agreement,
        model_says::{ModelFinding, says::says},
        says::percent,
    },
    network::{Network, number::decimals},
    plain::plain,
    ui::{
        theme::Theme,
        words::{hanging, keys_and_words, wrap},
    },
    words,
};

/// The width of the box where there is room.
const WIDTH: u16 = 76;

/// So many explanations are listed around the one under the cursor.
const MOST_LISTED: usize = 5;

/// Draws the box: what was found, the explanations, and the keys.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, panel: ModelPanel, theme: &Theme) {
    let Some(bench) = app.bench() else { return };
    let Some(finding) = bench.model_finding() else { return };
    let width = text_width(screen, WIDTH);
    let lines = lines(bench, finding, panel, width, theme);
    let keys = if finding.candidates.is_empty() {
        vec![("Esc", words::model_says::key_close())]
    } else {
        vec![
            ("Enter", words::model_says::key_apply()),
            ("↑↓", words::model_says::key_choose()),
            ("Esc", words::model_says::key_close()),
        ]
    };
    let keys = wrap(&keys_and_words(keys, "", theme), width);
    let room = usize::from(screen.height).saturating_sub(2 + keys.len()).max(1);
    let shown = lines.len().min(room);
    let height = (shown + keys.len() + 2) as u16;
    let area = boxed(frame, screen, WIDTH, height, &plain(&words::model_says::title()), theme);
    let all = lines.into_iter().take(shown).chain(keys);
    for (i, line) in all.enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }.intersection(area), frame.buffer_mut());
    }
}

fn lines(bench: &Bench, finding: &ModelFinding, panel: ModelPanel, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let network: &Network = bench.network();
    let mut lines = Vec::new();
    let mut say = |text: String, style| lines.extend(wrap(&[(plain(&text).into_owned(), style)], width));
    let fits = bench.yours_agreement().is_some_and(|agreement| agreement < Agreement::Wrong);
    say(if fits { words::model_says::fits_described() } else { words::model_says::model_differs() }, theme.title);
    let explained = finding.is_explained();
    if finding.candidates.is_empty() || !explained {
        say(words::model_says::other_weights(), theme.text);
    }
    if !finding.candidates.is_empty() {
        say(
            if explained { words::model_says::comes_out_if() } else { words::model_says::may_come_out_if() },
            theme.dim,
        );
    }
    let first = panel.selected.saturating_sub(MOST_LISTED - 1);
    for (n, candidate) in finding.candidates.iter().enumerate().skip(first).take(MOST_LISTED) {
        let here = n == panel.selected;
        let style = if here { theme.selected } else { theme.text };
        let value = candidate.values.first().and_then(|values| values.first()).map(|&value| decimals(value, 4));
        let text = says(network, &candidate.changes).replace('`', "");
        let note = format!("  {} ({})", value.unwrap_or_default(), percent(candidate.probability));
        let runs = [(plain(&text).into_owned(), style), (note, theme.dim)];
        let pointer = if here { theme.glyphs().play } else { " " };
        lines.extend(hanging(&format!("{pointer} "), theme.active, &runs, width));
    }
    lines
}
