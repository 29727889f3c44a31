//! What messages change in a lesson.

use std::time::Duration;

use super::super::{App, Asked, Bench, Effects, Msg, Screen, Scroll, field::FieldOf};
use crate::words::lesson;

impl App {
    pub(super) fn in_lesson(&mut self, msg: &Msg, now: Duration) -> Effects {
        let smooth = self.motion;
        let Screen::Lesson(bench, study) = &mut self.screen else { return self.play_on_enter(msg, now) };
        match msg {
            Msg::NextStep => return self.next_step(),
            Msg::PreviousStep => {
                let step = study.step.saturating_sub(1);
                study.enter(step, bench);
                self.note_place();
                return Effects::SAVE;
            }
            Msg::HuntAgain => {
                return match self.hunt_again() {
                    Ok(()) => Effects::SAVE,
                    Err(why) => self.notify(why),
                };
            }
            Msg::Hint => {
                if !study.has_more_hints() {
                    return self.notify(lesson::no_more_hints());
                }
                study.hint();
            }
            Msg::Scroll(by) => study.scroll = study.scroll.by(*by),
            Msg::Select(by) => {
                study.asked.select(*by);
                study.scroll = Scroll::End(0);
            }
            Msg::Pick(at) => {
                if !study.asked.pick(*at) {
                    return Effects::NONE;
                }
            }
            Msg::Enter if study.is_done() || study.current().is_none() => return self.next_step(),
            Msg::Enter if study.wants_own() => return self.bring_own(),
            Msg::Enter => {
                if let Some(what) = study.waits_for() {
                    return self.notify(what);
                }
                if matches!(study.asked, Asked::Blanks { line, .. } if !is_blank(bench, line)) {
                    self.reopen_blank();
                    return Effects::REDRAW;
                }
                let outcome = study.answer(bench, smooth, now);
                return self.keep(outcome);
            }
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    fn play_on_enter(&mut self, msg: &Msg, now: Duration) -> Effects {
        match msg {
            Msg::Enter => self.play(now),
            _ => Effects::NONE,
        }
    }

    /// Stores which step is shown, for the next session.
    fn note_place(&mut self) {
        if let Screen::Lesson(_, study) = &self.screen {
            self.progress.at = study.current().map(|step| step.task.id.clone());
        }
    }

    pub(super) fn next_step(&mut self) -> Effects {
        let Screen::Lesson(bench, study) = &mut self.screen else { return Effects::NONE };
        if study.current().is_some() {
            let step = study.step + 1;
            study.enter(step, bench);
            self.note_place();
            return Effects::SAVE;
        }
        let next = study.number + 1;
        if next < self.course.entries.len() {
            if let Some(own) = &mut self.own_network {
                own.lesson_returns_here = false;
            }
            return self.open(next);
        }
        self.leave()
    }
}

fn is_blank(bench: &Bench, line: usize) -> bool {
    bench.field.as_ref().is_some_and(|field| field.of == FieldOf::Blank(line))
}
