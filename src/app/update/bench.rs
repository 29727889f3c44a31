//! What messages change on the bench.

use std::time::Duration;

use super::{
    super::{
        App, Cell, Effects, Msg, Overlay, Pane, Screen, Study, WhatIfList, field::FieldOf, player::Moved, weights,
    },
    field::follow,
    panes::{next_digits, show},
};
use crate::{
    network::Stage,
    setting::View,
    words::{lesson, notice},
};

impl App {
    pub(super) fn on_bench(&mut self, msg: Msg, now: Duration) -> Effects {
        match msg {
            Msg::Back => return self.back(),
            Msg::NextStep | Msg::PreviousStep | Msg::Hint | Msg::Scroll(_) | Msg::HuntAgain => {
                return self.in_lesson(&msg, now);
            }
            Msg::Enter | Msg::Select(_) | Msg::Pick(_) if !self.is_typing_elsewhere() => {
                return self.in_lesson(&msg, now);
            }
            Msg::Posted if self.study().is_some_and(|study| study.current().is_some()) => return self.restart_step(),
            Msg::Edit(edit) => return self.edit(edit),
            Msg::Enter => return self.enter_field(now),
            Msg::Play => return self.play_if_allowed(now),
            _ => {}
        }
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &msg)) {
            return self.notify(why);
        }
        match msg {
            Msg::ToggleActivation => return self.toggle("skipped-activation"),
            Msg::ToggleBias => return self.toggle("skipped-bias"),
            Msg::OpenFinding => return self.look_for_reason(),
            Msg::NextPane => self.cycle_panes(1),
            Msg::PreviousPane => self.cycle_panes(-1),
            Msg::OpenWhatIfs => {
                let list = self.bench().map(|bench| WhatIfList::new(bench.what_if_list(), bench.network()));
                self.overlay = list.map_or(Overlay::None, Overlay::WhatIfs);
            }
            Msg::CopyValue => return self.copy_value(),
            Msg::CopySolution => return self.copy_solution(),
            Msg::EditCell if self.study().is_some_and(Study::is_done) => return self.next_step(),
            Msg::Posted => {
                let Some(bench) = self.bench_mut() else { return Effects::NONE };
                bench.back_to_posted();
                return self.notify(notice::posted());
            }
            msg => return self.move_or_change(&msg, now),
        }
        self.check_task()
    }

    /// Messages that change only the bench.
    fn move_or_change(&mut self, msg: &Msg, now: Duration) -> Effects {
        let smooth = self.motion;
        let first = self.study().and_then(Study::first_weight);
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        match bench.move_by(msg, smooth, now) {
            Moved::No => {}
            Moved::Yes => return self.check_task(),
            Moved::Says(says) => return self.notify(says),
        }
        match *msg {
            Msg::GoToUnit { layer, unit } => {
                if let Some(position) = bench.pass().known_after(layer, Stage::A, unit) {
                    bench.go_to(position);
                }
            }
            Msg::Focus(of) => bench.focus(of),
            Msg::EditWeights => {
                bench.leave_field();
                if let Err(why) = weights::toggle(bench, first.as_deref()) {
                    return self.notify(why);
                }
                if bench.cell.is_some() {
                    show(bench, Pane::Picture(View::Matrix));
                }
            }
            Msg::EditCell => weights::open(bench, None),
            Msg::TypeCell(c) => {
                weights::open(bench, Some(c));
                follow(bench);
            }
            Msg::MoveCell(rows, units) => bench.move_cell(rows, units),
            Msg::MoveLayer(by) => bench.move_layer(by),
            Msg::GoToCell(row, unit) => {
                let layer = bench.layer();
                bench.cell = Some(Cell { layer, row, unit });
                bench.move_cell(0, 0);
            }
            Msg::Keep => return self.keep_model(),
            Msg::Nudge(by) => weights::nudge(bench, by),
            Msg::Show(pane) => show(bench, pane),
            Msg::NextDigits => {
                let what = next_digits(&mut bench.digits);
                return self.notify(what);
            }
            Msg::Undo => {
                if !bench.undo() {
                    return self.notify(notice::nothing_to_undo());
                }
            }
            Msg::Redo => {
                if !bench.redo() {
                    return self.notify(notice::nothing_to_redo());
                }
            }
            Msg::NotANumber(c) => {
                return self.notify(notice::no_digit(c));
            }
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
        if self.leave_field() {
            return Effects::REDRAW;
        }
        // Esc goes back to the panel from which the learner came.
        if std::mem::take(&mut self.opened_from_panel) && self.finding().is_some() {
            return self.look_for_reason();
        }
        if self.back_to_own() {
            return Effects::SAVE;
        }
        self.leave()
    }

    fn play_if_allowed(&mut self, now: Duration) -> Effects {
        match self.study().and_then(|study| study.refuses(self.bench(), &Msg::Play)) {
            Some(why) => self.notify(why),
            None => self.play(now),
        }
    }

    pub(super) fn play(&mut self, now: Duration) -> Effects {
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

    /// Starts the step of the lesson again, as it was when it was entered.
    fn restart_step(&mut self) -> Effects {
        let Screen::Lesson(bench, study) = &mut self.screen else { return Effects::NONE };
        let step = study.step;
        study.enter(step, bench);
        self.notify(lesson::starts_again())
    }
}
