//! What messages change on the bench of networks of any shape and of training.

use std::time::Duration;

use super::{
    super::{
        App, Effects, Msg, Overlay, Screen, WhatIfList,
        field::FieldOf,
        player::Moved,
        walk_bench::{WalkBench, WalkFinding, WalkView},
        what_if_list::Item,
    },
    panes::next_digits,
};
use crate::words::{self, notice};

impl App {
    /// The bench of a network of any shape or of a training, if it is shown.
    pub fn walk(&self) -> Option<&WalkBench> {
        match &self.screen {
            Screen::Walk(bench) => Some(bench),
            _ => None,
        }
    }

    pub(super) fn walk_mut(&mut self) -> Option<&mut WalkBench> {
        match &mut self.screen {
            Screen::Walk(bench) => Some(bench),
            _ => None,
        }
    }

    pub(super) fn on_walk(&mut self, msg: Msg, now: Duration) -> Effects {
        let effects = self.act_on_walk(msg, now);
        if let Some(bench) = self.walk_mut() {
            bench.settle();
        }
        effects
    }

    fn act_on_walk(&mut self, msg: Msg, now: Duration) -> Effects {
        let (smooth, narrow) = (self.motion, self.is_narrow());
        let Some(bench) = self.walk_mut() else { return Effects::NONE };
        match bench.move_by(&msg, smooth, now) {
            Moved::No => {}
            Moved::Yes => return Effects::REDRAW,
            Moved::Says(says) => return self.notify(says),
        }
        let done: Result<(), String> = match msg {
            Msg::Enter if bench.field.is_some() => return self.enter_walk_field(),
            Msg::Play | Msg::Enter => {
                bench.play(smooth, now);
                Ok(())
            }
            Msg::Edit(edit) => {
                if let Some(field) = &mut bench.field {
                    field.edit(edit);
                }
                Ok(())
            }
            Msg::ToggleActivation => bench.toggle_kind("skipped-activation"),
            Msg::ToggleBias => bench.toggle_kind("skipped-bias"),
            Msg::OpenWhatIfs => {
                let all = bench.what_if_list().into_iter().map(|(what_if, says)| (Item::Walk(what_if), says)).collect();
                self.overlay = Overlay::WhatIfs(WhatIfList::of(all));
                return Effects::REDRAW;
            }
            Msg::OpenFinding => return self.why_on_walk(),
            Msg::Focus(of) => bench.focus(of),
            Msg::NextPane => {
                bench.cycle_views(1, narrow);
                Ok(())
            }
            Msg::PreviousPane => {
                bench.cycle_views(-1, narrow);
                Ok(())
            }
            Msg::OtherStep(by) => bench.other_step(by),
            Msg::OtherEpoch(by) => {
                let per_epoch = bench.training().map_or(1, |(trained, _)| trained.curve().per_epoch) as isize;
                bench.other_step(by * per_epoch)
            }
            Msg::NextDigits => {
                let what = next_digits(&mut bench.digits);
                return self.notify(what);
            }
            Msg::Undo if !bench.undo() => Err(notice::nothing_to_undo()),
            Msg::Redo if !bench.redo() => Err(notice::nothing_to_redo()),
            Msg::Undo | Msg::Redo => Ok(()),
            Msg::Posted => {
                bench.back_to_posted();
                return self.notify(words::walk::first_again());
            }
            Msg::NotANumber(c) => return self.notify(notice::no_digit(c)),
            Msg::EditWeights => Err(words::walk::weights_stay()),
            Msg::Keep => Err(words::walk::not_kept()),
            Msg::Back if bench.leave_field() => Ok(()),
            Msg::Back => return self.leave(),
            _ => return Effects::NONE,
        };
        match done {
            Ok(()) => Effects::REDRAW,
            Err(why) => self.notify(why),
        }
    }

    fn enter_walk_field(&mut self) -> Effects {
        let Some(bench) = self.walk_mut() else { return Effects::NONE };
        let Some(field) = &bench.field else { return Effects::NONE };
        let (of, text) = (field.of, field.text().to_owned());
        let taken = match of {
            FieldOf::Input => bench.set_inputs(&text),
            _ => bench.set_own(&text),
        };
        if let Err(why) = taken {
            if let Some(field) = &mut bench.field {
                field.refuse(why.clone());
            }
            return self.notify(why);
        }
        bench.field = None;
        if of == FieldOf::Yours { self.why_on_walk() } else { Effects::REDRAW }
    }

    /// Looks for the reason of the learner's numbers; a right number gets a line.
    fn why_on_walk(&mut self) -> Effects {
        let Some(bench) = self.walk_mut() else { return Effects::NONE };
        if let Err(why) = bench.look_for_reason() {
            return self.notify(why);
        }
        if bench.finding().is_some_and(WalkFinding::is_right)
            && let Some(says) = bench.own_says()
        {
            return self.notify(says);
        }
        self.overlay = Overlay::WalkFinding { scroll: 0 };
        Effects::REDRAW
    }

    pub(super) fn on_walk_finding(&mut self, msg: &Msg) -> Effects {
        let Some(bench) = self.walk_mut() else { return Effects::NONE };
        match msg {
            Msg::Back | Msg::OpenFinding => self.overlay = Overlay::None,
            Msg::Select(by) => {
                if let Some(finding) = bench.finding_mut() {
                    finding.select(*by);
                }
            }
            Msg::Scroll(by) => {
                if let Overlay::WalkFinding { scroll } = &mut self.overlay {
                    *scroll = scroll.saturating_add_signed(*by);
                }
            }
            Msg::Enter | Msg::PlayBoth => {
                let cause = bench.finding().and_then(|finding| finding.causes().get(finding.selected)).cloned();
                let Some(cause) = cause else { return Effects::NONE };
                let finding = bench.finding().cloned();
                if let Err(why) = bench.switch_on(cause.what_ifs) {
                    return self.notify(why);
                }
                bench.put_finding(finding);
                bench.view = if bench.views().contains(&WalkView::Compare) { WalkView::Compare } else { bench.view };
                self.overlay = Overlay::None;
            }
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }
}
