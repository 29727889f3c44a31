//! What every message changes.

mod bench;
mod copy;
mod field;
mod finding;
mod lesson;
mod menu;
mod own;
mod panes;
mod walk;

use std::time::Duration;

use super::{App, Bench, Effects, Msg, Outcome, Overlay, Screen, Study, what_if_list::Item};
use crate::words::notice;

impl App {
    /// Handles one message; the effects say what the shell must do.
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
                    // A change of speed does not stop playback.
                    if !matches!(msg, Msg::ChangeSpeed(_)) {
                        bench.stop(now);
                    }
                    // Enter during playback jumps to the end of the passage; the next Enter continues.
                    if let (true, Msg::Enter, Some((_, to, _))) = (was_moving, &msg, watched) {
                        bench.go_to(to);
                        return self.check_task();
                    }
                    // The key that stopped playback must not start it again.
                    if was_playing && msg == Msg::Play {
                        return self.check_task();
                    }
                    if was_moving {
                        stopped = self.check_task();
                    }
                }
                if let Some(walk) = self.walk_mut() {
                    let was_playing = walk.is_playing();
                    if !matches!(msg, Msg::ChangeSpeed(_)) {
                        walk.stop(now);
                    }
                    // The key that stopped playback must not start it again.
                    if was_playing && matches!(msg, Msg::Play | Msg::Enter) {
                        return Effects::REDRAW;
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

    pub(super) fn bench_mut(&mut self) -> Option<&mut Bench> {
        match &mut self.screen {
            Screen::Menu { .. } | Screen::Own { .. } | Screen::Walk(_) => None,
            Screen::Open(bench) | Screen::Lesson(bench, _) => Some(bench),
        }
    }

    fn frame(&mut self, now: Duration) -> Effects {
        if matches!(self.screen, Screen::Own { .. }) {
            self.own.pause(now);
            return Effects::REDRAW;
        }
        if let Some(walk) = self.walk_mut() {
            walk.advance(now);
            walk.settle();
            return Effects::REDRAW;
        }
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
            (Msg::Glossary, overlay) => {
                *overlay = match overlay {
                    Overlay::Glossary { .. } => Overlay::None,
                    _ => Overlay::Glossary { scroll: 0 },
                };
                Effects::REDRAW
            }
            (Msg::Back, overlay @ (Overlay::Help { .. } | Overlay::Glossary { .. })) => {
                *overlay = Overlay::None;
                Effects::REDRAW
            }
            (Msg::Scroll(by) | Msg::Select(by), Overlay::Help { scroll } | Overlay::Glossary { scroll }) => {
                *scroll = scroll.saturating_add_signed(by);
                Effects::REDRAW
            }
            (msg, Overlay::WhatIfs(_)) => self.what_ifs(msg),
            (msg, Overlay::Finding(_)) => self.on_finding(&msg, now),
            (msg, Overlay::WalkFinding { .. }) => self.on_walk_finding(&msg),
            (Msg::FileRead(read), _) => self.take_file(read),
            (Msg::Kept(kept), _) => self.note_kept(kept),
            (msg, Overlay::ModelSays(_)) => self.on_model_says(&msg),
            (Msg::ToggleMotion, _) => {
                self.motion = !self.motion;
                self.notify(if self.motion { notice::animation_on() } else { notice::animation_off() })
            }
            (Msg::ToggleMouse, _) => {
                self.mouse = !self.mouse;
                self.notify(if self.mouse { notice::mouse_on() } else { notice::mouse_off() })
            }
            (msg, _) => match &mut self.screen {
                Screen::Menu { .. } => self.menu(&msg),
                Screen::Own { .. } => self.on_own(msg, now),
                Screen::Open(_) | Screen::Lesson(..) => self.on_bench(msg, now),
                Screen::Walk(_) => self.on_walk(msg, now),
            },
        }
    }

    pub(super) fn notify(&mut self, what: String) -> Effects {
        self.notice = Some(what);
        Effects::REDRAW
    }

    fn what_ifs(&mut self, msg: Msg) -> Effects {
        let Overlay::WhatIfs(list) = &mut self.overlay else { return Effects::NONE };
        match msg {
            Msg::Select(by) => list.select(by),
            Msg::Pick(at) => list.pick(at),
            Msg::Search => list.searching = true,
            Msg::Edit(edit) if list.searching => list.edit(edit),
            Msg::Enter if list.searching => list.searching = false,
            // First the whole list comes back, then it closes.
            Msg::Back if list.searching || !list.search.is_empty() => {
                list.searching = false;
                list.find(String::new());
            }
            Msg::Enter => {
                let toggled = match list.chosen().cloned() {
                    None => return Effects::NONE,
                    Some(Item::Chain(what_if)) => {
                        if let Some(bench) = self.bench_mut() {
                            bench.toggle(what_if);
                        }
                        Ok(())
                    }
                    Some(Item::Walk(what_if)) => self.walk_mut().map_or(Ok(()), |bench| bench.toggle(&what_if)),
                };
                return match toggled {
                    Ok(()) => self.check_task(),
                    Err(why) => self.notify(why),
                };
            }
            Msg::Back | Msg::OpenWhatIfs => self.overlay = Overlay::None,
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }

    /// Whether there is room for one pane only.
    pub fn is_narrow(&self) -> bool {
        self.size.0 < 70 || self.size.1 < 18
    }
}
