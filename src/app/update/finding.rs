//! What the learner does about a finding.

use std::time::Duration;

use crate::{
    network::number::{Digits, number},
    words::{lesson, notice},
};

use super::super::{
    App, Asked, Bench, Effects, FindingPanel, Msg, Overlay, Screen, field::FieldOf, finding::Finding, yours_text,
};

/// A number that is asked for is not shown before so many tries.
const TRIES: usize = 3;

/// The most lines of an explanation.
const MOST_LINES: usize = 200;

impl App {
    /// Why the number that was answered or typed last differs.
    pub fn finding(&self) -> Option<&Finding> {
        let of_task = self.study().and_then(|study| study.finding.as_ref());
        of_task.or_else(|| self.bench()?.finding())
    }

    fn finding_mut(&mut self) -> Option<&mut Finding> {
        match &mut self.screen {
            Screen::Menu { .. } | Screen::Own { .. } | Screen::Walk(_) => None,
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

    /// How many numbers of the learner's own are explained; 0 where it is the answer of a lesson's step.
    pub fn own_numbers_of_finding(&self) -> usize {
        let of_task = self.study().is_some_and(|study| study.finding.is_some());
        self.bench().filter(|_| !of_task).map_or(0, |bench| bench.own_numbers().len())
    }

    /// Explains the number that was just typed; a right number gets a notice.
    pub(super) fn open_finding(&mut self) {
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &Msg::OpenFinding)) {
            self.notice = Some(why);
            return;
        }
        if let Some(bench) = self.bench_mut() {
            bench.look_for_reason();
        }
        let reveals = self.reveals();
        let says = self.bench().and_then(|bench| bench.yours_says(reveals));
        let explained = self.finding().and_then(Finding::explained).map_or(0, |(at, _)| at);
        match self.finding() {
            Some(finding) if finding.is_right() => self.notice = says,
            Some(_) => self.overlay = Overlay::Finding(FindingPanel { scroll: 0, number: explained }),
            None => {}
        }
    }

    /// Explains the number that was typed last, if there is one.
    pub(super) fn look_for_reason(&mut self) -> Effects {
        self.open_finding();
        if self.finding().is_none() && self.notice.is_none() {
            let aside = self.bench().is_some_and(Bench::has_numbers_for_other_inputs);
            return self.notify(if aside { notice::type_first_here() } else { notice::type_first() });
        }
        Effects::REDRAW
    }

    pub(super) fn on_finding(&mut self, msg: &Msg, now: Duration) -> Effects {
        let Overlay::Finding(panel) = &mut self.overlay else { return Effects::NONE };
        match msg {
            Msg::Back => {
                self.overlay = Overlay::None;
                self.opened_from_panel = false;
            }
            Msg::Scroll(by) => panel.scroll = panel.scroll.saturating_add_signed(*by).min(MOST_LINES),
            Msg::SelectNumber(by) => {
                let number = panel.number.saturating_add_signed(*by);
                let last = self.own_numbers_of_finding().saturating_sub(1);
                self.overlay = Overlay::Finding(FindingPanel { number: number.min(last), scroll: 0 });
            }
            Msg::Select(by) => {
                panel.scroll = 0;
                if let Some(finding) = self.finding_mut() {
                    finding.select(*by);
                }
            }
            Msg::DeleteNumber => return self.delete_number(),
            Msg::CountOtherInputs => return self.count_other_inputs(),
            Msg::OpenLesson => return self.open_its_lesson(),
            Msg::PlayBoth | Msg::Enter | Msg::Contradict | Msg::TryNext if !self.reveals() => {
                let tries = self.study().is_some_and(|study| matches!(study.asked, Asked::Blanks { .. }));
                return self.notify(if tries { lesson::three_tries_first() } else { lesson::lock_first() });
            }
            Msg::PlayBoth | Msg::Enter => return self.play_both(now),
            Msg::Contradict => return self.contradict(),
            Msg::TryNext => return self.try_next(),
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    fn delete_number(&mut self) -> Effects {
        let Overlay::Finding(FindingPanel { number, .. }) = self.overlay else { return Effects::NONE };
        if self.own_numbers_of_finding() == 0 {
            return Effects::NONE;
        }
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        let text = bench.own_numbers().get(number).map(|own| yours_text(own)).unwrap_or_default();
        bench.delete_own_number(number);
        self.overlay = Overlay::None;
        if self.own_numbers_of_finding() > 0 {
            self.open_finding();
        }
        self.notify(notice::number_deleted(text))
    }

    fn count_other_inputs(&mut self) -> Effects {
        if self.own_numbers_of_finding() == 0 {
            return Effects::NONE;
        }
        let Some(bench) = self.bench_mut() else { return Effects::NONE };
        let count = !bench.counts_other_inputs();
        if !bench.has_numbers_for_other_inputs() {
            return self.notify(notice::no_other_input());
        }
        bench.count_other_inputs(count);
        self.overlay = Overlay::None;
        self.open_finding();
        self.notify(if count { notice::all_count() } else { notice::here_count() })
    }

    fn play_both(&mut self, now: Duration) -> Effects {
        let smooth = self.motion;
        let Some(mistakes) = self.finding().and_then(Finding::chosen).map(|(_, chosen)| chosen.mistakes.clone()) else {
            self.overlay = Overlay::None;
            return Effects::REDRAW;
        };
        self.overlay = Overlay::None;
        self.opened_from_panel = true;
        if let Some(bench) = self.bench_mut() {
            bench.play_both(&mistakes, smooth, now);
        }
        self.notify(notice::both_ways())
    }

    fn contradict(&mut self) -> Effects {
        let found = self
            .finding()
            .and_then(|finding| Some((finding.contradiction()?.clone(), finding.chosen()?.1.mistakes.clone())));
        let Some((found, mistakes)) = found else { return self.notify(notice::never_shows()) };
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &Msg::Focus(FieldOf::Input))) {
            return self.notify(why);
        }
        self.overlay = Overlay::None;
        self.opened_from_panel = true;
        let input = super::super::input::input_text(&found.input);
        if let Some(bench) = self.bench_mut() {
            bench.show_at(found.input.clone(), &mistakes);
        }
        let digits = self.bench().map_or(Digits::FOUR, |bench| bench.digits);
        let [wrong, right] = [found.wrong, found.right].map(|value| number(value, digits));
        self.notify(match found.why() {
            Some(why) => notice::contradiction_why(input, right, why, wrong),
            None => notice::contradiction(input, right, wrong),
        })
    }

    fn try_next(&mut self) -> Effects {
        let next = self.finding().and_then(|finding| finding.diagnosis()?.next_input.clone());
        let Some(next) = next else { return self.notify(notice::no_next_input()) };
        if let Some(why) = self.study().and_then(|study| study.refuses(self.bench(), &Msg::Focus(FieldOf::Input))) {
            return self.notify(why);
        }
        self.overlay = Overlay::None;
        let input = super::super::input::input_text(&next.input);
        if let Some(bench) = self.bench_mut() {
            bench.try_input(&next);
            bench.focus(FieldOf::Yours);
        }
        self.notify(notice::type_for_input(input))
    }

    /// The lesson about the explanation that is looked at, if the course has one.
    pub fn its_lesson(&self) -> Option<usize> {
        let (_, chosen) = self.finding()?.chosen()?;
        self.course.position(chosen.mistakes.first()?.kind.lesson)
    }

    fn open_its_lesson(&mut self) -> Effects {
        let Some(number) = self.its_lesson() else { return self.notify(notice::no_lesson()) };
        self.overlay = Overlay::None;
        let from_own_network = matches!(self.screen, Screen::Open(_));
        let _ = self.leave();
        if let Some(own) = &mut self.own_network {
            own.lesson_returns_here = from_own_network;
        }
        self.open(number)
    }
}
