//! Why the learner's own number differs, in a box over the bench.

use ratatui::{Frame, layout::Rect, text::Line, widgets::Widget};

use crate::{
    app::walk_bench::WalkBench,
    plain::plain,
    ui::{
        screen::{
            overlay::{boxed, text_width},
            scrolled::Hidden,
        },
        theme::Theme,
        words::{hanging, keys_and_words, wrap},
    },
    words,
};

/// The width of the box where there is room.
const WIDTH: u16 = 76;

/// Draws the box.
pub fn draw(frame: &mut Frame, screen: Rect, bench: &WalkBench, scroll: usize, theme: &Theme) {
    let Some(finding) = bench.finding() else { return };
    let width = text_width(screen, WIDTH);
    let mut lines: Vec<Line<'static>> = Vec::new();
    if finding.is_searching() {
        let percent = (100.0 * finding.share()) as usize;
        lines.extend(wrap(&[(words::walk::searching(percent), theme.active)], width));
    }
    for text in finding.lines() {
        lines.extend(wrap(&[(plain(text).replace('`', ""), theme.text)], width));
    }
    let mut first_of_selected = 0;
    for (i, cause) in finding.causes().iter().enumerate() {
        let here = i == finding.selected;
        if here {
            first_of_selected = lines.len();
        }
        let style = if here { theme.selected } else { theme.text };
        let mark = if here { theme.glyphs().play } else { " " };
        let says = plain(&cause.says).replace('`', "");
        let note = format!("  ({})", cause.percent);
        lines.extend(hanging(&format!("{mark} "), theme.active, &[(says, style), (note, theme.dim)], width));
        for text in cause.notes.iter().filter(|_| here) {
            lines.extend(hanging("    ", theme.dim, &[(plain(text).replace('`', ""), theme.dim)], width));
        }
    }
    let keys = if finding.causes().is_empty() {
        vec![("Esc", words::what_ifs::key_close())]
    } else {
        vec![
            ("Enter", words::walk::key_show()),
            ("↑↓", words::what_ifs::key_choose()),
            ("Esc", words::what_ifs::key_close()),
        ]
    };
    let keys = wrap(&keys_and_words(keys, "", theme), width);
    let room = usize::from(screen.height).saturating_sub(2 + keys.len()).max(1);
    let shown = lines.len().min(room);
    let height = (shown + keys.len() + 2) as u16;
    let area = boxed(frame, screen, WIDTH, height, &plain(&words::walk::why()), theme);
    let above = scroll.max(first_of_selected.saturating_sub(shown.saturating_sub(3)));
    let hidden = Hidden::of(lines.len(), shown, above);
    let visible = lines.into_iter().skip(hidden.above).take(shown);
    for (i, line) in visible.chain(keys).enumerate() {
        line.render(Rect { y: area.y + i as u16, height: 1, ..area }.intersection(area), frame.buffer_mut());
    }
    hidden.on_border(Rect { y: area.bottom(), height: 1, ..area }, theme, frame.buffer_mut());
}
