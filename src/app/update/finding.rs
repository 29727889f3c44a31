//! What the learner does about a finding.

use std::time::Duration;

use crate::network::number::{Digits, number};

use super::super::{App, Asked, Effects, Msg, Overlay, Screen, field::FieldOf, finding::Finding};

/// A number that is asked for is not given away before so many tries.
const TRIES: usize = 3;

impl App {
    /// What is behind the number that was answered or typed last.
    pub fn finding(&self) -> Option<&Finding> {
        let of_task = self.study().and_then(|study| study.finding.as_ref());
        of_task.or_else(|| self.bench()?.finding())
    }

    fn finding_mut(&mut self) -> Option<&mut Finding> {
        match &mut self.screen {
            Screen::Menu { .. } => None,
            Screen::Open(bench) => bench.finding_mut(),
            Screen::Lesson(bench, study) => study.finding.as_mut().or_else(|| bench.finding_mut()),
        }
    }

    /// Whether numbers may be shown that a lesson asks for.
    pub fn reveals(&self) -> bool {
        self.study().is_none_or(|study| {
            let tried = matches!(study.asked, Asked::Blanks { tries, .. } if tries >= TRIES);
            tried || !study.hides_answers()
        })
    }

    /// Goes on searching.
    pub(super) fn search_on(&mut self) {
        if let Some(finding) = self.finding_mut() {
            finding.advance();
        }
    }

    /// Shows what is behind a number that was just typed; a right one gets a line.
    pub(super) fn open_finding(&mut self) {
        if self.study().is_some_and(|study| study.refuses(self.bench(), &Msg::OpenFinding).is_some()) {
            return;
        }
        if let Some(bench) = self.bench_mut() {
            bench.look_for_reason();
        }
        let says = self.bench().and_then(super::super::Bench::yours_says);
        match self.finding() {
            Some(finding) if finding.is_right() => self.notice = says,
            Some(_) => self.overlay = Overlay::Finding,
            None => {}
        }
    }

    /// Shows what is behind the number that was typed last, if there is one.
    pub(super) fn look_for_reason(&mut self) -> Effects {
        self.open_finding();
        if self.finding().is_none() {
            return self.notify("type your own number first, with y");
        }
        Effects::REDRAW
    }

    pub(super) fn on_finding(&mut self, msg: &Msg, now: Duration) -> Effects {
        match msg {
            Msg::Back | Msg::OpenFinding => {
                self.overlay = Overlay::None;
                self.looked_from_reason = false;
            }
            Msg::Select(by) => {
                if let Some(finding) = self.finding_mut() {
                    finding.select(*by);
                }
            }
            Msg::OpenLesson => return self.open_its_lesson(),
            Msg::PlayBoth | Msg::Enter | Msg::Contradict | Msg::TryNext if !self.reveals() => {
                let tries = self.study().is_some_and(|study| matches!(study.asked, Asked::Blanks { .. }));
                return self.notify(if tries {
                    "not before you have tried three times; h gives a hint"
                } else {
                    "lock your guess first; n skips the step"
                });
            }
            Msg::PlayBoth | Msg::Enter => return self.play_both(now),
            Msg::Contradict => return self.contradict(),
            Msg::TryNext => return self.try_next(),
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    fn play_both(&mut self, now: Duration) -> Effects {
        let smooth = self.motion;
        let Some(mistakes) = self.finding().and_then(Finding::chosen).map(|(_, chosen)| chosen.mistakes.clone()) else {
            self.overlay = Overlay::None;
            return Effects::REDRAW;
        };
        self.overlay = Overlay::None;
        self.looked_from_reason = true;
        if let Some(bench) = self.bench_mut() {
            bench.play_both(&mistakes, smooth, now);
        }
        self.notify("both ways, value by value; f shows the reason again, u goes back")
    }

    fn contradict(&mut self) -> Effects {
        let found = self
            .finding()
            .and_then(|finding| Some((finding.contradiction()?.clone(), finding.chosen()?.1.mistakes.clone())));
        let Some((found, mistakes)) = found else { return self.notify("there is no input at which it shows") };
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &Msg::Focus(FieldOf::Input))) {
            return self.notify(why);
        }
        self.overlay = Overlay::None;
        self.looked_from_reason = true;
        let input = super::super::input::input_text(&found.input);
        if let Some(bench) = self.bench_mut() {
            bench.show_at(found.input.clone(), &mistakes);
        }
        let why = found.why().map_or(String::new(), |why| format!("; {why}"));
        let digits = self.bench().map_or(Digits::FOUR, |bench| bench.digits);
        let [wrong, right] = [found.wrong, found.right].map(|value| number(value, digits));
        self.notify(format!("x = {input}: your way {wrong}, right {right}{why}"))
    }

    fn try_next(&mut self) -> Effects {
        let next = self.finding().and_then(|finding| finding.diagnosis()?.next_input.clone());
        let Some(next) = next else { return self.notify("no other input would tell more") };
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &Msg::Focus(FieldOf::Input))) {
            return self.notify(why);
        }
        self.overlay = Overlay::None;
        let input = super::super::input::input_text(&next.input);
        if let Some(bench) = self.bench_mut() {
            bench.try_input(&next);
            bench.focus(FieldOf::Yours);
        }
        self.notify(format!("what do you get for {input}? Type it; it is used together with your other number"))
    }

    fn open_its_lesson(&mut self) -> Effects {
        let lesson = self.finding().and_then(Finding::chosen).and_then(|(_, chosen)| chosen.mistakes.first());
        let number = lesson.and_then(|mistake| self.course.position(mistake.kind.lesson));
        match number {
            Some(number) => {
                self.overlay = Overlay::None;
                if let Screen::Open(bench) = &self.screen {
                    self.opened_from = Some(bench.clone());
                }
                self.open(number)
            }
            None => self.notify("no lesson of this course is about it"),
        }
    }
}
