//! From a text to the learner's own network on the bench, and back; networks that are kept.

use std::{sync::Arc, time::Duration};

use super::super::{App, Bench, Effects, FileText, Msg, Screen, Wanted, own::Next};
use crate::{
    load::{self, Model, builtin},
    words,
};

impl App {
    /// Shows the page for the learner's own network.
    pub fn bring_own(&mut self) -> Effects {
        if !matches!(self.screen, Screen::Own { .. }) {
            let beneath = std::mem::replace(&mut self.screen, Screen::Menu { selected: 0 });
            self.screen = Screen::Own { beneath: Box::new(beneath) };
        }
        Effects::REDRAW
    }

    pub(super) fn on_own(&mut self, msg: Msg, now: Duration) -> Effects {
        let next = match msg {
            Msg::Edit(edit) => self.own.edit(edit, now),
            Msg::Enter => self.own.enter(now),
            Msg::Select(by) => {
                self.own.select(by);
                Next::Stay
            }
            Msg::Turn(by) => {
                self.own.turn(by);
                Next::Stay
            }
            Msg::Back if self.own.back() => Next::Stay,
            Msg::Back => return self.leave_own(),
            _ => return Effects::NONE,
        };
        self.follow(next)
    }

    fn follow(&mut self, next: Next) -> Effects {
        match next {
            Next::Stay => Effects::REDRAW,
            Next::Say(what) => self.notify(what),
            Next::ReadFile(name) => {
                self.wanted = Some(Wanted::Read(name));
                Effects::WANT
            }
            Next::Builtin(name) => match builtin(name) {
                Ok(model) => {
                    let input = model.first_input();
                    self.put_on_bench(Arc::new(model), input)
                }
                Err(why) => self.notify(why.to_string()),
            },
            Next::Open(model, input) => self.put_on_bench(model, input),
        }
    }

    fn leave_own(&mut self) -> Effects {
        if let Screen::Own { beneath } = &mut self.screen {
            let beneath = std::mem::replace(&mut **beneath, Screen::Menu { selected: 0 });
            self.screen = beneath;
        }
        Effects::REDRAW
    }

    /// Puts a model on the bench: in the lesson that asked for it, or by itself.
    fn put_on_bench(&mut self, model: Arc<Model>, input: Vec<f32>) -> Effects {
        let bench = match Bench::new(model, Some(input)) {
            Ok(bench) => Box::new(bench),
            Err(why) => return self.notify(why.to_string()),
        };
        let in_lesson = matches!(&self.screen, Screen::Own { beneath } if matches!(**beneath, Screen::Lesson(..)));
        self.own_bench = Some(bench.clone());
        if !in_lesson {
            self.own.is_on_bench = matches!(self.screen, Screen::Own { .. });
            self.screen = Screen::Open(bench);
            return Effects::SAVE;
        }
        let _ = self.leave_own();
        let Screen::Lesson(shown, study) = &mut self.screen else { return Effects::REDRAW };
        let outcome = study.bring(bench, shown);
        self.keep(outcome)
    }

    pub(super) fn want_kept(&mut self, at: usize) -> Effects {
        let Some(name) = self.kept.get(at) else { return Effects::NONE };
        self.wanted = Some(Wanted::ReadKept(name.clone()));
        Effects::WANT
    }

    /// Takes what the shell has read.
    pub(super) fn take_file(&mut self, read: Result<FileText, String>) -> Effects {
        match read {
            Err(why) => self.notify(why),
            Ok(FileText { name, text }) if load::is_kept(&text) => match load::kept(&name, &text) {
                Ok(model) => {
                    let input = model.first_input();
                    self.put_on_bench(Arc::new(model), input)
                }
                Err(why) => self.notify(words::notice::file(name, why)),
            },
            Ok(FileText { name, text }) => {
                let next = self.own.take_file(&name, &text);
                self.follow(next)
            }
        }
    }

    /// Asks the shell to keep the network that is on the bench, with its weights and its input as they are now.
    pub(super) fn keep_model(&mut self) -> Effects {
        let Some(bench) = self.bench() else { return Effects::NONE };
        let mut model = Model { network: bench.network().clone(), facts: bench.model.facts.clone() };
        model.facts.input = bench.input().to_vec();
        match load::keep(&model) {
            Ok(text) => {
                let name = model.network.name().to_owned();
                self.wanted = Some(Wanted::Keep { name, text });
                Effects::WANT
            }
            Err(why) => self.notify(why),
        }
    }

    /// Notes the name under which a network was kept.
    pub(super) fn note_kept(&mut self, kept: Result<String, String>) -> Effects {
        match kept {
            Err(why) => self.notify(why),
            Ok(name) => {
                if !self.kept.contains(&name) {
                    self.kept.push(name.clone());
                    self.kept.sort();
                }
                self.notify(words::own::kept(name))
            }
        }
    }

    /// Goes back from the bench to the page that its network came from.
    pub(super) fn back_to_own(&mut self) -> bool {
        let came_from_there = self.own.is_on_bench && matches!(self.screen, Screen::Open(_) | Screen::Walk(_));
        if came_from_there {
            self.screen = Screen::Own { beneath: Box::new(Screen::Menu { selected: self.course.entries.len() }) };
        }
        came_from_there
    }
}
