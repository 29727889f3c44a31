//! What is moving: a passage of the pass that is being played.
//!
//! The position in the pass is an integer that is kept, saved and tested; an animation only says how it changes in the next
//! moments. Nothing accumulates: where an animation is follows from the time alone, and with reduced motion it is the same
//! animation that jumps from one position to the next.

use std::time::Duration;

use crate::pass::{Stride, Strides};

/// The grid on which frames of an animation lie.
pub const FRAME_TIME: Duration = Duration::from_millis(33);

/// A passage of the pass that is being played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Animation {
    /// The position at `since`.
    from: usize,
    /// The position at which it ends.
    to: usize,
    stride: Stride,
    since: Duration,
    /// How long one stride takes.
    each: Duration,
    /// Whether the picture moves within a stride.
    smooth: bool,
}

/// Where an animation is at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Playhead {
    /// Steps done.
    pub position: usize,
    /// How much of the stride that is under way is over, 0 to 1; `None` while nothing moves.
    pub phase: Option<f32>,
}

/// How fast a pass is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Speed {
    /// Half as fast.
    Half,
    /// One action in 0.9 seconds.
    #[default]
    Normal,
    /// Twice.
    Double,
    /// Four times.
    Quadruple,
    /// Eight times.
    Eightfold,
}

impl Speed {
    const ALL: [Self; 5] = [Self::Half, Self::Normal, Self::Double, Self::Quadruple, Self::Eightfold];

    /// How much faster than normal.
    pub fn factor(self) -> f32 {
        match self {
            Self::Half => 0.5,
            Self::Normal => 1.0,
            Self::Double => 2.0,
            Self::Quadruple => 4.0,
            Self::Eightfold => 8.0,
        }
    }

    /// The next faster or slower one; the fastest and slowest stay.
    #[must_use]
    pub fn shifted(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|&s| s == self).unwrap_or(1);
        Self::ALL[at.saturating_add_signed(by).min(Self::ALL.len() - 1)]
    }

    fn each(self, stride: Stride) -> Duration {
        let normal = match stride {
            Stride::Action => 0.9,
            Stride::Unit => 1.1,
            Stride::Layer => 1.6,
        };
        Duration::from_secs_f32(normal / self.factor())
    }
}

impl Animation {
    /// Plays from one position to another, beginning now.
    pub fn new(from: usize, to: usize, stride: Stride, speed: Speed, smooth: bool, now: Duration) -> Self {
        Self { from, to, stride, since: now, each: speed.each(stride), smooth }
    }

    /// A single stride, a little quicker than when it is one of many.
    pub fn single(from: usize, to: usize, stride: Stride, speed: Speed, smooth: bool, now: Duration) -> Self {
        let each = if smooth { speed.each(stride).mul_f32(0.6) } else { Duration::ZERO };
        Self { from, to, stride, since: now, each, smooth }
    }

    /// Where it will end.
    pub fn to(&self) -> usize {
        self.to
    }

    /// How many steps go at once.
    pub fn stride(&self) -> Stride {
        self.stride
    }

    /// Whether it is more than one stride long.
    pub fn is_play(&self, pass: &impl Strides) -> bool {
        pass.next(self.from, self.stride) < self.to
    }

    /// Where it is.
    pub fn playhead(&self, pass: &impl Strides, now: Duration) -> Playhead {
        let mut position = self.from;
        let mut since = self.since;
        while position < self.to {
            let next = pass.next(position, self.stride).clamp(position + 1, self.to);
            if now < since + self.each {
                let phase = (now.saturating_sub(since)).as_secs_f32() / self.each.as_secs_f32().max(1e-6);
                return Playhead { position, phase: self.smooth.then_some(phase.clamp(0.0, 1.0)) };
            }
            position = next;
            since += self.each;
        }
        Playhead { position, phase: None }
    }

    /// The same animation, counted from where it is now, so that finding the playhead stays cheap.
    #[must_use]
    pub fn rebased(self, pass: &impl Strides, now: Duration) -> Self {
        let mut animation = self;
        while animation.from < animation.to && now >= animation.since + animation.each {
            animation.from = pass.next(animation.from, animation.stride).clamp(animation.from + 1, animation.to);
            animation.since += animation.each;
        }
        animation
    }

    /// Whether it is over.
    pub fn is_over(&self, pass: &impl Strides, now: Duration) -> bool {
        self.playhead(pass, now).position >= self.to
    }

    /// When the picture changes next.
    pub fn next_change(&self, now: Duration) -> Duration {
        let elapsed = now.saturating_sub(self.since);
        let strides = if self.each.is_zero() { 0 } else { elapsed.as_nanos() / self.each.as_nanos() };
        let stride_ends = self.since + self.each * (strides as u32 + 1);
        if !self.smooth {
            return stride_ends;
        }
        let frames = elapsed.as_nanos() / FRAME_TIME.as_nanos();
        (self.since + FRAME_TIME * (frames as u32 + 1)).min(stride_ends)
    }
}
