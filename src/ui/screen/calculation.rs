//! The calculation of one unit: every product, the bias, the activation; the right way beside it where a what-if is on.

use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::{
    app::{Bench, animation::Playhead},
    network::{
        Action, Operator, Stage,
        number::{self, Digits},
        recipe::Part,
    },
    pass::{Pass, Step},
    plain::cells,
    ui::{
        theme::Theme,
        widget::{curve::ActivationCurve, diagram::ARRIVES},
        words::{hanging, whole, wrap},
    },
    words,
};

/// The narrowest pane that holds a curve beside the numbers.
const WITH_CURVE: u16 = 74;
/// The least lines for a curve below the numbers.
const CURVE_BELOW: u16 = 8;

/// What the pane is about: `dense.z[1]`, and what it is.
pub fn title(bench: &Bench, playhead: Playhead) -> String {
    let (layer, unit) = bench.place(playhead);
    let name = bench.network().layer(layer).map_or("", |layer| &layer.name);
    let k = if playhead.phase.is_some() { playhead.position } else { playhead.position.saturating_sub(1) };
    let stage = match bench.pass().step(k) {
        Some(step) => match step.place.part {
            Part::Product(_) => Stage::Wx,
            Part::Finish(i) => {
                let finish = bench.pass().recipe(step.layer).and_then(|recipe| recipe.finish.get(i));
                step.completes.or(finish.map(|finish| finish.gives)).unwrap_or(Stage::A)
            }
        },
        None => Stage::A,
    };
    format!("{name}.{}[{unit}]", stage.name())
}

/// Draws the calculation inside its pane.
pub fn draw(frame: &mut Frame, area: Rect, bench: &Bench, playhead: Playhead, theme: &Theme) {
    if area.is_empty() {
        return;
    }
    let (layer, unit) = bench.place(playhead);
    let sheet = Sheet { bench, pass: bench.pass(), playhead, theme };
    let beside = area.width >= WITH_CURVE && area.height >= 4;
    let text_width = if beside { area.width * 3 / 5 } else { area.width };
    let (lines, active) = sheet.lines(layer, unit, text_width, usize::from(area.height));
    let (text, curve) = if beside {
        let curve = Rect { x: area.x + text_width + 1, width: area.width - text_width - 1, ..area };
        (Rect { width: text_width, ..area }, curve)
    } else {
        let below = area.height.saturating_sub(lines.len() as u16 + 1);
        let height = if below >= CURVE_BELOW { below.min(14) } else { 0 };
        let curve = Rect { y: area.bottom() - height, height, width: area.width.min(60), ..area };
        (Rect { height: area.height - height, ..area }, curve)
    };
    let room = usize::from(text.height);
    let first = active.saturating_sub(room / 2).min(lines.len().saturating_sub(room));
    for (i, line) in lines.into_iter().skip(first).take(room).enumerate() {
        line.render(Rect { y: text.y + i as u16, height: 1, ..text }, frame.buffer_mut());
    }
    if !curve.is_empty() {
        sheet.draw_curve(frame, curve, layer, unit);
    }
}

/// One action as it is written.
struct Written {
    calculation: String,
    /// With its sign: `= 4.8899`.
    result: String,
    /// The end of the line: the longest form that fits is shown.
    notes: Vec<String>,
}

struct Sheet<'a> {
    bench: &'a Bench,
    pass: &'a Pass,
    playhead: Playhead,
    theme: &'a Theme,
}

impl Sheet<'_> {
    fn number(&self, value: f32) -> String {
        self.bench.digits.inline(value)
    }

    /// The numbers of the steps of one unit, in order: how many are products, and all of them.
    fn numbers(&self, layer: usize, unit: usize) -> (usize, Vec<usize>) {
        let Some(recipe) = self.pass.recipe(layer) else { return (0, Vec::new()) };
        let products = recipe.kernel.as_ref().map_or(0, |kernel| kernel.inputs());
        let parts = (0..products).map(Part::Product).chain((0..recipe.finish.len()).map(Part::Finish));
        (products, parts.filter_map(|part| self.pass.step_of(layer, unit, part)).collect())
    }

    /// Whether step `k` has been seen.
    fn is_done(&self, k: usize) -> bool {
        k < self.playhead.position || (k == self.playhead.position && self.playhead.phase.is_some_and(|p| p > ARRIVES))
    }

    /// The lines around the step that is under way, at least `room` on either side if there are as many, and its own.
    fn lines(&self, layer: usize, unit: usize, width: u16, room: usize) -> (Vec<Line<'static>>, usize) {
        let (products, steps) = self.numbers(layer, unit);
        let several = products > 1;
        let current = if self.playhead.phase.is_some() {
            self.playhead.position
        } else {
            self.playhead.position.saturating_sub(1)
        };
        let mut lines = Vec::new();
        let mut active = 0;
        // A running sum costs as many products as come before it: of thousands of steps only those that are seen are made.
        let at = steps.partition_point(|&k| k <= current);
        for &k in &steps[at.saturating_sub(room + 1)..(at + room).min(steps.len())] {
            let Some(step) = self.pass.step(k) else { continue };
            if k <= current {
                active = lines.len();
            }
            let is_current = k == current && self.playhead.position < self.pass.steps();
            lines.extend(self.line(k, &step, several, is_current, width));
        }
        if self.bench.wrong().is_some() {
            lines.extend(self.beside(layer, unit, width));
            active = if self.playhead.position >= self.pass.steps() { lines.len().saturating_sub(1) } else { active };
        }
        (lines, active)
    }

    /// One action as a line, or as two where one is too narrow.
    fn line(&self, k: usize, step: &Step, several: bool, is_current: bool, width: u16) -> Vec<Line<'static>> {
        let done = self.is_done(k);
        let base = match () {
            () if is_current => self.theme.active,
            () if done => self.theme.text,
            () => self.theme.dim,
        };
        let Written { calculation, result, notes } = self.written(k, step, several);
        let glyphs = self.theme.glyphs();
        let mark = Span::styled(format!("{} ", if is_current { glyphs.play } else { " " }), self.theme.active);
        let last = |mark: Span<'static>, left: String| {
            let room = usize::from(width.min(52)).saturating_sub(cells(&mark.content) + cells(&left) + 1);
            let note = notes.iter().find(|text| cells(text) <= room).cloned().unwrap_or_default();
            let pad = room.saturating_sub(cells(&note)) + 1;
            Line::from(vec![
                mark,
                Span::styled(left, base),
                Span::raw(" ".repeat(pad)),
                Span::styled(note, if is_current { base } else { self.theme.dim }),
            ])
        };
        if cells(&calculation) + 1 + cells(&result) + 3 <= usize::from(width) {
            return vec![last(mark, format!("{calculation} {result}"))];
        }
        let first = Line::from(vec![mark, Span::styled(calculation, base)]);
        vec![first, last(Span::raw("      "), result)]
    }

    /// One action with its numbers; what is not known yet is dots.
    fn written(&self, k: usize, step: &Step, several: bool) -> Written {
        if self.pass.recipe(step.layer).is_some_and(|recipe| recipe.leaves_out_at(step.place)) {
            let calculation = match step.place.part {
                Part::Product(input) if several => format!("{input:>2} "),
                _ => step.completes.map_or_else(String::new, |stage| stage.name().to_owned()),
            };
            return Written { calculation, result: words::explain::not_there(), notes: Vec::new() };
        }
        let done = self.is_done(k);
        let begun = done || k <= self.playhead.position;
        let hidden = &self.bench.hidden;
        let unit = step.place.unit;
        let hides = |stage: Stage, value: f32| hidden.hides(step.layer, stage, unit, value);
        // The result of a step is its stage; a running sum is hidden with the sum.
        let gives = step.completes.unwrap_or(Stage::Wx);
        let before_it = if gives == Stage::A { Stage::Z } else { Stage::Wx };
        let digits = self.bench.digits;
        let glyphs = self.theme.glyphs();
        let shown = |text: &str, known: bool| if known { text.to_owned() } else { "····".to_owned() };
        let equals = |line: &number::Line, known: bool| {
            let sign = if line.holds || !known { "=" } else { glyphs.about };
            format!("{sign} {}", shown(&line.result, known))
        };
        let stage = |stage: Stage| (step.completes == Some(stage)).then(|| stage.name().to_owned());
        let stage = |of: Stage| stage(of).into_iter().collect::<Vec<_>>();
        match step.action {
            Action::Multiply { input, x, w, product, after, .. } => {
                let line = number::line(&[x.into(), w.into()], product, digits, |n| n[0] * n[1]);
                let known = step.layer == 0 || (begun && !hidden.hides(step.layer - 1, Stage::A, input, x));
                let label = if several { format!("{input:>2}  ") } else { String::new() };
                let sum = shown(&digits.inline(after), done && !hides(Stage::Wx, after));
                Written {
                    calculation: format!("{label}{} {} {}", shown(line.first(0), known), glyphs.times, line.first(1)),
                    result: equals(&line, done && !hidden.hides_number(product)),
                    notes: if several { vec![words::bench::sum(&sum), sum] } else { Vec::new() },
                }
            }
            Action::Combine { operator, operand, role, times, before, after } => {
                let exact = |n: &[f64]| operator.exact(n[0], f64::from(times) * n[1]);
                let line = number::line(&[before.into(), operand.into()], after, digits, exact);
                let sign =
                    if operator == Operator::Multiply { glyphs.times.into() } else { operator.sign().to_string() };
                let known = begun && !hides(before_it, before);
                let often = if times > 1 { format!("{times} {} ", glyphs.times) } else { String::new() };
                let (value, role) = (shown(line.first(0), known), role.says());
                Written {
                    calculation: format!("{value} {sign} {often}{role} {}", line.first(1)),
                    result: equals(&line, done && !hides(gives, after)),
                    notes: stage(Stage::Z),
                }
            }
            Action::Argmax { before, after } => Written {
                calculation: words::bench::largest(shown(&digits.inline(before), begun && !hides(Stage::Z, before))),
                result: words::bench::largest_at(shown(&digits.inline(after), done && !hides(Stage::A, after))),
                notes: stage(Stage::A),
            },
            Action::Activate { activation, before, after } => {
                let exact = |z: f64| activation.exact(z).unwrap_or(f64::from(after));
                let line = number::line(&[before.into()], after, digits, |n| exact(n[0]));
                let before = shown(line.first(0), begun && !hides(Stage::Z, before));
                // An activation that uses all units is not a function of one number.
                let more = glyphs.ellipsis;
                let before = if activation.is_elementwise() { before } else { format!("{more} {before} {more}") };
                let result = equals(&line, done && !hides(Stage::A, after));
                Written { calculation: format!("{activation}({before})"), result, notes: stage(Stage::A) }
            }
        }
    }

    /// What the what-ifs change for this unit, beside the right pass.
    fn beside(&self, layer: usize, unit: usize, width: u16) -> Vec<Line<'static>> {
        let value = |pass: &Pass| pass.stage(layer, Stage::A).and_then(|a| a.get(unit)).copied();
        let (Some(wrong), Some(right)) = (value(self.pass), value(self.bench.right())) else { return Vec::new() };
        let mut lines = Vec::new();
        for what_if in self.bench.what_ifs().iter().filter(|what_if| what_if.layer == layer) {
            let says = what_if.says(self.bench.network()).replace('`', "");
            let runs = [(words::bench::what_if(says), self.theme.what_if)];
            lines.extend(hanging("  ", self.theme.what_if, &runs, usize::from(width)));
        }
        let known = self.pass.known_after(layer, Stage::A, unit).is_some_and(|k| k <= self.playhead.position);
        let hides = |value| self.bench.hidden.hides(layer, Stage::A, unit, value);
        let open =
            |value: f32, known: bool| if known && !hides(value) { self.number(value) } else { "····".to_owned() };
        let shown = open(wrong, known);
        let verdict = if wrong == right && known { whole(&words::bench::same()) } else { String::new() };
        let runs = [
            (whole(&format!("{} ", words::bench::this_pass())), self.theme.dim),
            (format!("{shown}\u{a0}\u{a0} "), self.theme.what_if),
            (whole(&format!("{} ", words::bench::right())), self.theme.dim),
            (format!("{}\u{a0}\u{a0} ", open(right, true)), self.theme.right),
            (verdict, self.theme.dim),
        ];
        lines.extend(hanging("  ", self.theme.dim, &runs, usize::from(width)));
        lines
    }

    /// A sentence in the place of the curve.
    fn say(&self, frame: &mut Frame, area: Rect, text: String) {
        for (i, line) in wrap(&[(text, self.theme.dim)], usize::from(area.width)).into_iter().enumerate() {
            let row = Rect { y: area.y + i as u16, height: 1, ..area };
            line.render(row.intersection(area), frame.buffer_mut());
        }
    }

    fn draw_curve(&self, frame: &mut Frame, area: Rect, layer: usize, unit: usize) {
        let (products, steps) = self.numbers(layer, unit);
        let found = steps.iter().skip(products).find_map(|&k| match self.pass.step(k)?.action {
            Action::Activate { activation, before, after } => Some((k, activation, before, after)),
            _ => None,
        });
        let Some((k, activation, z, a)) = found else {
            let name = self.bench.network().layer(layer).map_or("", |layer| layer.name.as_str());
            self.say(frame, area, words::bench::no_activation_in(name));
            return;
        };
        if !activation.is_elementwise() {
            self.say(frame, area, words::bench::all_units(activation, activation.formula()));
            return;
        }
        if self.bench.hidden.hides(layer, Stage::A, unit, a)
            || k > self.playhead.position
            || (k == self.playhead.position && self.playhead.phase.is_none())
        {
            self.say(frame, area, format!("{activation}: {}", activation.formula()));
            return;
        }
        let t = if k == self.playhead.position { self.playhead.phase.unwrap_or(1.0) } else { 1.0 };
        let line = number::line(&[z.into()], a, Digits::FOUR, |n| activation.exact(n[0]).unwrap_or(n[0]));
        let sign = if line.holds { "=" } else { self.theme.glyphs().about };
        let label = format!("{activation}({}) {sign} {}", line.first(0), line.result);
        let curve =
            ActivationCurve { theme: self.theme, function: &|z| activation.of(z).unwrap_or(z), z, a, t, label: &label };
        (&curve).render(area, frame.buffer_mut());
    }
}
