//! The loop without a terminal and without waiting: a script of events on a virtual clock.

use std::{collections::VecDeque, io, time::Duration};

use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};

use super::{
    background::BackgroundReply,
    event_loop::{Ending, Event, Program, Source, Stop, Surface, drive},
};

/// What happened in a rehearsal.
#[derive(Debug)]
pub struct Rehearsal {
    /// Every frame with its time.
    pub frames: Vec<(Duration, Buffer)>,
    /// What was asked of the terminal besides frames: `mouse on`, `paste off`, `stop job`, `resume`.
    pub requests: Vec<(Duration, String)>,
    /// When the loop would have begun to sleep without end: the script was over and nothing moved. `None` if the program
    /// ended or was still moving at the end of the rehearsal.
    pub at_rest: Option<Duration>,
    /// How often the loop woke.
    pub wakes: usize,
    /// How the program ended, if it did.
    pub ending: Option<Ending>,
}

impl Rehearsal {
    /// The times of the frames in milliseconds.
    pub fn drawn_at(&self) -> Vec<u128> {
        self.frames.iter().map(|(time, _)| time.as_millis()).collect()
    }
}

/// Plays `script`, (time, event) in order of time, to the program for at most `length`, on a screen of `size` columns and
/// rows. No time passes but by waiting.
///
/// # Panics
/// If the script contains [`Event::Failed`]; there is no terminal that could fail otherwise.
pub fn rehearse(
    program: &mut impl Program,
    size: (u16, u16),
    length: Duration,
    script: impl IntoIterator<Item = (Duration, Event)>,
) -> Rehearsal {
    let mut stage = Stage {
        script: script.into_iter().collect(),
        now: Duration::ZERO,
        end: length,
        at_rest: None,
        over: false,
        wakes: 0,
    };
    let mut easel = Easel {
        terminal: match Terminal::new(TestBackend::new(size.0, size.1)) {
            Ok(terminal) => terminal,
            Err(never) => match never {},
        },
        size,
        frames: Vec::new(),
        requests: Vec::new(),
        now: Duration::ZERO,
    };
    let ending = match drive(program, &mut stage, &mut easel, BackgroundReply::awaited()) {
        Ok(ending) => ending,
        Err(error) => panic!("the script failed: {error}"),
    };
    Rehearsal {
        frames: easel.frames,
        requests: easel.requests,
        at_rest: stage.at_rest,
        wakes: stage.wakes,
        ending: (!stage.over).then_some(ending),
    }
}

struct Stage {
    script: VecDeque<(Duration, Event)>,
    now: Duration,
    end: Duration,
    at_rest: Option<Duration>,
    over: bool,
    wakes: usize,
}

impl Source for Stage {
    fn wait(&mut self, limit: Option<Duration>) -> Option<Event> {
        let until = limit.map(|limit| self.now + limit);
        let next = self.script.front().map(|(time, _)| *time);
        if let Some(time) = next
            && until.is_none_or(|until| time <= until)
        {
            self.wakes += usize::from(limit != Some(Duration::ZERO));
            self.now = self.now.max(time);
            return self.script.pop_front().map(|(_, event)| event);
        }
        match until {
            Some(until) if until <= self.end => {
                self.wakes += usize::from(limit != Some(Duration::ZERO));
                self.now = until;
                None
            }
            // Nothing will ever come, or it comes after the end: the rehearsal is over.
            _ => {
                self.at_rest = until.is_none().then_some(self.now);
                self.over = true;
                Some(Event::HungUp)
            }
        }
    }

    fn now(&self) -> Duration {
        self.now
    }
}

struct Easel {
    terminal: Terminal<TestBackend>,
    size: (u16, u16),
    frames: Vec<(Duration, Buffer)>,
    requests: Vec<(Duration, String)>,
    now: Duration,
}

impl Easel {
    fn note(&mut self, request: String) {
        self.requests.push((self.now, request));
    }
}

fn on_or_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

impl Surface for Easel {
    fn draw(&mut self, program: &mut impl Program, now: Duration) -> io::Result<()> {
        self.now = now;
        match self.terminal.draw(|frame| program.draw(frame, now)) {
            Ok(completed) => self.frames.push((now, completed.buffer.clone())),
            Err(never) => match never {},
        }
        Ok(())
    }

    fn size(&self) -> (u16, u16) {
        self.size
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.terminal.backend_mut().resize(columns, rows);
    }

    fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.note(format!("mouse {}", on_or_off(on)));
        Ok(())
    }

    fn paste(&mut self, on: bool) -> io::Result<()> {
        self.note(format!("paste {}", on_or_off(on)));
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.note(format!("copy {text}"));
        Ok(())
    }

    fn suspend(&mut self, who: Stop) -> io::Result<bool> {
        self.note(match who {
            Stop::Process => "stop process".into(),
            Stop::Job => "stop job".into(),
        });
        Ok(true)
    }

    fn resume(&mut self) -> io::Result<bool> {
        self.note("resume".into());
        Ok(true)
    }
}
