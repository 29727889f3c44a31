//! What messages change in the list of lessons, and the ways between it, a lesson and the learner's own network.

use super::super::{App, Effects, Msg, OwnNetwork, Screen};
use crate::words;

impl App {
    pub(super) fn menu(&mut self, msg: &Msg) -> Effects {
        let lessons = self.course.entries.len();
        // After the lessons come the page of the learner's own network and the saved networks.
        let last = lessons + self.kept.len();
        let typed = std::mem::take(&mut self.typed_number);
        let Screen::Menu { selected } = &mut self.screen else { return Effects::NONE };
        match *msg {
            Msg::Select(by) => *selected = selected.saturating_add_signed(by).min(last),
            Msg::ToStart => *selected = 0,
            Msg::ToEnd => *selected = last,
            // Two digits make one number, if there is such a lesson; otherwise the digit begins a new number.
            Msg::Digit(digit) => {
                let number = [typed * 10 + digit, digit].into_iter().find(|number| (1..=lessons).contains(number));
                let Some(number) = number else { return self.notify(words::menu::lessons(lessons)) };
                *selected = number - 1;
                self.typed_number = number;
            }
            Msg::Pick(at) if at <= last => {
                *selected = at;
                return self.open_entry(at);
            }
            Msg::BringOwn => return self.bring_own(),
            Msg::Enter => {
                let at = *selected;
                return self.open_entry(at);
            }
            Msg::Back => {
                return match self.own_network.take() {
                    Some(own) => {
                        self.screen = *own.screen;
                        Effects::REDRAW
                    }
                    None => self.notify(words::notice::quit_with_q()),
                };
            }
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    /// Opens an entry of the list: a lesson, the page of the learner's own network, or a saved network.
    fn open_entry(&mut self, at: usize) -> Effects {
        match at.checked_sub(self.course.entries.len()) {
            None => self.open(at),
            Some(0) => self.bring_own(),
            Some(kept) => self.want_kept(kept - 1),
        }
    }

    /// Opens a lesson; the one that was left for the list is as it was left.
    pub(super) fn open(&mut self, number: usize) -> Effects {
        if let Some((bench, study)) = self.left_lesson.take_if(|(_, study)| study.number == number) {
            self.progress.last = Some(study.lesson.id.clone());
            self.progress.at = study.current().map(|step| step.task.id.clone());
            self.screen = Screen::Lesson(bench, study);
            return Effects::SAVE;
        }
        match self.open_lesson(number) {
            Ok(()) => Effects::SAVE,
            Err(why) => self.notify(why),
        }
    }

    /// Leaves a lesson or the learner's own network; both are kept as they are.
    pub(super) fn leave(&mut self) -> Effects {
        let selected = match &self.screen {
            Screen::Menu { selected } => *selected,
            Screen::Open(_) | Screen::Walk(_) | Screen::Own { .. } => {
                self.progress.last.as_deref().and_then(|id| self.course.position(id)).unwrap_or(0)
            }
            Screen::Lesson(_, study) => study.number,
        };
        match std::mem::replace(&mut self.screen, Screen::Menu { selected }) {
            Screen::Menu { .. } | Screen::Own { .. } => {}
            screen @ (Screen::Open(_) | Screen::Walk(_)) => {
                self.own_network = Some(OwnNetwork { screen: Box::new(screen), lesson_returns_here: false });
            }
            Screen::Lesson(bench, study) => {
                // A lesson at its end has nothing to keep.
                self.left_lesson = study.current().is_some().then_some((bench, study));
                if let Some(own) = self.own_network.take_if(|own| own.lesson_returns_here) {
                    self.screen = *own.screen;
                }
            }
        }
        Effects::SAVE
    }
}
