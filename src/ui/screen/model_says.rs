//! Why the model's own number differs, in a box over the bench.

use std::ops::Range;

use ratatui::{Frame, layout::Rect, text::Line};

use super::{
    overlay::text_width,
    scrolled::{Hidden, ScrollBox},
};
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
        keys,
        theme::Theme,
        words::{hanging, keys_and_words, wrap},
    },
    words,
};

/// The width of the box where there is room.
const WIDTH: u16 = 76;

/// Draws the box: what was found and the explanations scroll, the keys stay.
pub fn draw(frame: &mut Frame, screen: Rect, app: &App, panel: ModelPanel, theme: &Theme) {
    let Some(layout) = layout(screen, app, panel, theme) else { return };
    layout.draw(frame, screen, WIDTH, &words::model_says::title(), theme);
}

/// The lines of the text that cannot be seen.
pub(in crate::ui) fn hidden(screen: Rect, app: &App, panel: ModelPanel, theme: &Theme) -> Hidden {
    layout(screen, app, panel, theme).map_or(Hidden::default(), |layout| layout.hidden)
}

fn layout(screen: Rect, app: &App, panel: ModelPanel, theme: &Theme) -> Option<ScrollBox> {
    let bench = app.bench()?;
    let finding = bench.model_finding()?;
    let width = text_width(screen, WIDTH);
    let (lines, selected) = lines(bench, finding, panel, width, theme);
    let keys = keys::footer(app).into_iter().filter(|row| row.when == keys::When::ModelSays);
    let keys = wrap(&keys_and_words(keys.filter_map(|row| Some((row.name, row.label?()))), "", theme), width);
    // The explanation under the cursor is seen, the first one with all that stands above it.
    let above = |room: usize| {
        let least = if panel.selected == 0 { 0 } else { selected.end.saturating_sub(room) };
        least.min(selected.start).saturating_add_signed(panel.scroll)
    };
    Some(ScrollBox::new(screen, lines, keys, 0, above))
}

/// The text, and which of its lines are the explanation under the cursor.
fn lines(
    bench: &Bench,
    finding: &ModelFinding,
    panel: ModelPanel,
    width: usize,
    theme: &Theme,
) -> (Vec<Line<'static>>, Range<usize>) {
    let network: &Network = bench.network();
    let mut lines = Vec::new();
    let mut selected = 0..0;
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
    for (n, candidate) in finding.candidates.iter().enumerate() {
        let here = n == panel.selected;
        let style = if here { theme.selected } else { theme.text };
        let value = candidate.values.first().and_then(|values| values.first()).map(|&value| decimals(value, 4));
        let text = says(network, &candidate.changes).replace('`', "");
        let note = format!("  {} ({})", value.unwrap_or_default(), percent(candidate.probability));
        let runs = [(plain(&text).into_owned(), style), (note, theme.dim)];
        let pointer = if here { theme.glyphs().play } else { " " };
        let begins = lines.len();
        lines.extend(hanging(&format!("{pointer} "), theme.active, &runs, width));
        if here {
            selected = begins..lines.len();
        }
    }
    (lines, selected)
}
