//! What every message changes.

mod finding;
mod lesson;
mod panes;

use panes::show;

use std::time::Duration;

use super::{
    App, Bench, Effects, Msg, Outcome, Overlay, Pane, Screen, Study, field::FieldOf, input::read_input, weights,
};
use crate::{pass::Stride, setting::View};

impl App {
    /// Takes one message at a time; what it wants is in the effects.
    pub fn update(&mut self, msg: Msg, now: Duration) -> Effects {
        match msg {
            Msg::Resize(columns, rows) => self.size = (columns, rows),
            Msg::Frame => return self.frame(now),
            Msg::Quit => return Effects { quit: true, save: true, ..Effects::NONE },
            Msg::Suspend => return Effects { suspend: true, ..Effects::NONE },
            msg => {
                self.notice = None;
                let watched = self.study().and_then(Study::play_to);
                let mut stopped = Effects::NONE;
                if let Some(bench) = self.bench_mut() {
                    let (was_moving, was_playing) = (bench.animation().is_some(), bench.is_playing());
                    // Playing on at another speed is not stopping.
                    if !matches!(msg, Msg::ChangeSpeed(_)) {
                        bench.stop(now);
                    }
                    // Who cannot wait for the end of what is to be watched sees it at once, and then goes on.
                    if let (true, Msg::Enter, Some((_, to, _))) = (was_moving, &msg, watched) {
                        bench.go_to(to);
                        return self.check_task();
                    }
                    // The key that stops is not also the key that starts again.
                    if was_playing && msg == Msg::Play {
                        return self.check_task();
                    }
                    if was_moving {
                        stopped = self.check_task();
                    }
                }
                let effects = self.act(msg, now);
                return Effects {
                    redraw: effects.redraw || stopped.redraw,
                    save: effects.save || stopped.save,
                    ..effects
                };
            }
        }
        Effects::REDRAW
    }

    fn bench_mut(&mut self) -> Option<&mut Bench> {
        match &mut self.screen {
            Screen::Menu { .. } => None,
            Screen::Open(bench) | Screen::Lesson(bench, _) => Some(bench),
        }
    }

    fn frame(&mut self, now: Duration) -> Effects {
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        bench.advance(now);
        self.search_on();
        self.check_task()
    }

    /// Lets the lesson look at the bench; keeps the progress if that finished a task.
    fn check_task(&mut self) -> Effects {
        let Screen::Lesson(bench, study) = &mut self.screen else { return Effects::REDRAW };
        let outcome = study.check_task(bench);
        self.keep(outcome)
    }

    fn keep(&mut self, outcome: Outcome) -> Effects {
        let Screen::Lesson(_, study) = &self.screen else { return Effects::REDRAW };
        let scored = !study.hunts.is_empty() && self.progress.note_hunt(&study.lesson.id, study.hunts.kept());
        if outcome == Outcome::Unfinished && !scored {
            return Effects::REDRAW;
        }
        self.progress.note(&study.lesson.id, &study.done);
        Effects::SAVE
    }

    fn act(&mut self, msg: Msg, now: Duration) -> Effects {
        match (msg, &mut self.overlay) {
            (Msg::Help, overlay) => {
                *overlay = match overlay {
                    Overlay::Help { .. } => Overlay::None,
                    _ => Overlay::Help { scroll: 0 },
                };
                Effects::REDRAW
            }
            (Msg::Back, overlay @ (Overlay::Help { .. } | Overlay::WhatIfs { .. })) => {
                *overlay = Overlay::None;
                Effects::REDRAW
            }
            (Msg::Scroll(by) | Msg::Select(by), Overlay::Help { scroll }) => {
                *scroll = scroll.saturating_add_signed(by);
                Effects::REDRAW
            }
            (msg, Overlay::WhatIfs { .. }) => self.what_ifs(&msg),
            (msg, Overlay::Finding) => self.on_finding(&msg, now),
            (Msg::ToggleMotion, _) => {
                self.motion = !self.motion;
                self.notify(if self.motion { "animation on" } else { "animation off: it steps" })
            }
            (Msg::ToggleMouse, _) => {
                self.mouse = !self.mouse;
                self.notify(if self.mouse {
                    "mouse on; M gives text selection back"
                } else {
                    "mouse off: select text as usual"
                })
            }
            (msg, _) => match &mut self.screen {
                Screen::Menu { .. } => self.menu(&msg),
                Screen::Open(_) | Screen::Lesson(..) => self.on_bench(msg, now),
            },
        }
    }

    fn notify(&mut self, what: impl Into<String>) -> Effects {
        self.notice = Some(what.into());
        Effects::REDRAW
    }

    fn menu(&mut self, msg: &Msg) -> Effects {
        let Screen::Menu { selected } = &mut self.screen else { return Effects::NONE };
        let last = self.course.entries.len().saturating_sub(1);
        match *msg {
            Msg::Select(by) => *selected = selected.saturating_add_signed(by).min(last),
            Msg::ToStart => *selected = 0,
            Msg::ToEnd => *selected = last,
            Msg::Pick(at) if at <= last => {
                *selected = at;
                return self.open(at);
            }
            Msg::Enter => {
                let at = *selected;
                return self.open(at);
            }
            Msg::Back => return Effects { quit: true, ..Effects::SAVE },
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    fn open(&mut self, number: usize) -> Effects {
        match self.open_lesson(number) {
            Ok(()) => Effects::SAVE,
            Err(why) => self.notify(why),
        }
    }

    fn show_menu(&mut self) -> Effects {
        // A lesson that was opened from one's own network leads back to it.
        if let Some(bench) = self.opened_from.take() {
            self.screen = Screen::Open(bench);
            return Effects::SAVE;
        }
        let selected = match &self.screen {
            Screen::Menu { selected } => *selected,
            Screen::Open(_) => 0,
            Screen::Lesson(_, study) => study.number,
        };
        self.screen = Screen::Menu { selected };
        Effects::SAVE
    }

    fn what_ifs(&mut self, msg: &Msg) -> Effects {
        let Overlay::WhatIfs { list, selected } = &mut self.overlay else { return Effects::NONE };
        match *msg {
            Msg::Select(by) => *selected = selected.saturating_add_signed(by).min(list.len().saturating_sub(1)),
            Msg::Pick(at) if at < list.len() => *selected = at,
            Msg::Enter => {
                let Some(&what_if) = list.get(*selected) else { return Effects::NONE };
                if let Some(bench) = self.bench_mut() {
                    bench.toggle(what_if);
                }
                return self.check_task();
            }
            Msg::OpenWhatIfs => self.overlay = Overlay::None,
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    fn on_bench(&mut self, msg: Msg, now: Duration) -> Effects {
        match msg {
            Msg::Back => return self.back(),
            Msg::Menu => return self.show_menu(),
            Msg::NextStep
            | Msg::PreviousStep
            | Msg::Hint
            | Msg::Enter
            | Msg::Select(_)
            | Msg::Pick(_)
            | Msg::Scroll(_)
            | Msg::HuntAgain
                if !self.is_typing_elsewhere() =>
            {
                return self.in_lesson(&msg, now);
            }
            _ => {}
        }
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &msg)) {
            return self.notify(why);
        }
        let smooth = self.motion;
        let first = self.study().and_then(Study::first_weight);
        let solved = self.study().is_some_and(Study::is_done);
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        match msg {
            Msg::Forward(stride) => bench.forward(stride, smooth, now),
            Msg::Backward(stride) => bench.backward(stride),
            Msg::ToStart => bench.go_to(0),
            Msg::ToEnd => bench.go_to(usize::MAX),
            Msg::Scrub(position) => bench.go_to(position),
            Msg::ScrubBy(twentieths) => {
                let part = (bench.pass().steps() / 20).max(1) as isize;
                bench.go_to(bench.position().saturating_add_signed(twentieths * part));
            }
            Msg::GoToUnit { layer, unit } => {
                if let Some(position) = bench.pass().known_after(layer, crate::network::Stage::A, unit) {
                    bench.go_to(position);
                }
            }
            Msg::Play => return self.play(now),
            Msg::ChangeSpeed(by) => {
                bench.change_speed(by, smooth, now);
                let factor = bench.speed.factor();
                return self.notify(format!("speed {factor}"));
            }
            Msg::NextStride => {
                bench.stride = match bench.stride {
                    Stride::Action => Stride::Unit,
                    Stride::Unit => Stride::Layer,
                    Stride::Layer => Stride::Action,
                };
                let what = match bench.stride {
                    Stride::Action => "action by action",
                    Stride::Unit => "unit by unit",
                    Stride::Layer => "layer by layer",
                };
                return self.notify(format!("plays {what}"));
            }
            Msg::ToggleActivation => return self.toggle("skipped-activation"),
            Msg::ToggleBias => return self.toggle("skipped-bias"),
            Msg::OpenFinding => return self.look_for_reason(),
            Msg::OpenWhatIfs => {
                let list = bench.what_if_list();
                self.overlay = Overlay::WhatIfs { list, selected: 0 };
            }
            Msg::Focus(of) => {
                bench.focus(of);
            }
            Msg::EditWeights => {
                weights::toggle(bench, first.as_deref());
                if bench.cell.is_some() {
                    show(bench, Pane::Picture(View::Matrix));
                }
            }
            Msg::EditCell if solved => return self.next_step(),
            Msg::EditCell => weights::open(bench, None),
            Msg::TypeCell(c) => {
                weights::open(bench, Some(c));
                live(bench);
            }
            Msg::MoveCell(rows, units) => bench.move_cell(rows, units),
            Msg::MoveLayer(by) => bench.move_layer(by),
            Msg::GoToCell(row, unit) => {
                let layer = bench.layer();
                bench.cell = Some(super::Cell { layer, row, unit });
                bench.move_cell(0, 0);
            }
            Msg::Nudge(by) => weights::nudge(bench, by),
            Msg::NextPane => self.cycle_panes(1),
            Msg::PreviousPane => self.cycle_panes(-1),
            Msg::Show(pane) => show(bench, pane),
            Msg::NextDigits => {
                bench.digits = bench.digits.next();
            }
            Msg::Undo => {
                if !bench.undo() {
                    return self.notify("nothing to undo");
                }
            }
            Msg::Redo => {
                if !bench.redo() {
                    return self.notify("nothing to redo");
                }
            }
            Msg::Posted => {
                bench.back_to_posted();
                return match self.check_task() {
                    Effects { save: true, .. } => Effects::SAVE,
                    _ => self.notify("back to the posted values (u takes this back)"),
                };
            }
            Msg::Edit(edit) => {
                if let Some(field) = &mut bench.field {
                    field.edit(edit);
                    live(bench);
                }
            }
            Msg::Enter => return self.enter_field(now),
            _ => return Effects::NONE,
        }
        self.check_task()
    }

    /// Whether a field other than a lesson's blank line has the focus: Enter and arrows are then not for the lesson.
    fn is_typing_elsewhere(&self) -> bool {
        let field = self.bench().and_then(|bench| bench.field.as_ref());
        field.is_some_and(|field| !matches!(field.of, FieldOf::Blank(_)))
            || (self.bench().is_some_and(|bench| bench.cell.is_some()))
    }

    fn back(&mut self) -> Effects {
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        if bench.field.take().is_some() || bench.cell.take().is_some() {
            return Effects::REDRAW;
        }
        // Who came from the reason to look at something goes back to it.
        if std::mem::take(&mut self.looked_from_reason) && self.finding().is_some() {
            return self.look_for_reason();
        }
        match self.screen {
            Screen::Lesson(..) => self.show_menu(),
            _ => Effects { quit: true, ..Effects::SAVE },
        }
    }

    fn play(&mut self, now: Duration) -> Effects {
        let smooth = self.motion;
        let watched = self.study().and_then(Study::play_to);
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        match watched {
            Some((from, to, stride)) => {
                let from = if (from..to).contains(&bench.position()) { bench.position() } else { from };
                bench.play_between(from, to, stride, smooth, now);
            }
            None => bench.play(usize::MAX, smooth, now),
        }
        Effects::REDRAW
    }

    fn toggle(&mut self, kind: &str) -> Effects {
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        match bench.toggle_kind(kind) {
            Ok(_) => self.check_task(),
            Err(why) => self.notify(why),
        }
    }

    /// Ends typing into a field other than a lesson's blank.
    fn enter_field(&mut self, now: Duration) -> Effects {
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        let Some(field) = &bench.field else {
            if bench.cell.is_some() {
                weights::open(bench, None);
                return Effects::REDRAW;
            }
            return self.play(now);
        };
        let (of, text) = (field.of, field.text().to_owned());
        let mut own = false;
        let taken = match of {
            FieldOf::Input => read_input(&text, bench.network().inputs()).map(|input| {
                bench.set_input(input);
            }),
            FieldOf::Yours if text.trim().is_empty() => {
                bench.remove_own_numbers();
                Ok(())
            }
            FieldOf::Yours => bench.set_own_numbers(&text).map(|()| own = true),
            FieldOf::Weight { layer, weight } => weights::take(bench, layer, weight, &text),
            FieldOf::Blank(_) => Ok(()),
        };
        match taken {
            Ok(()) => bench.field = None,
            Err(why) => {
                if let Some(field) = &mut bench.field {
                    field.error = Some(why.clone());
                }
                return self.notify(why);
            }
        }
        if own {
            // What was answered before in this step is not what is looked at now.
            if let Screen::Lesson(_, study) = &mut self.screen {
                study.finding = None;
            }
            self.open_finding();
        }
        self.check_task()
    }

    /// Whether there is room for one pane only.
    pub fn is_narrow(&self) -> bool {
        self.size.0 < 70 || self.size.1 < 18
    }
}

/// While an input or weight is typed, everything follows as soon as it reads as one.
fn live(bench: &mut Bench) {
    let Some(field) = &bench.field else { return };
    match field.of {
        FieldOf::Input => {
            if let Ok(input) = read_input(field.text(), bench.network().inputs()) {
                bench.set_input(input);
            }
        }
        FieldOf::Weight { layer, weight } => {
            if let Ok(value) = field.text().trim().parse() {
                bench.set_weight(layer, weight, value);
            }
        }
        FieldOf::Yours | FieldOf::Blank(_) => {}
    }
}
