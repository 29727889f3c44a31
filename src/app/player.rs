//! Where one is in a pass, and how one goes through it: stepping, playing, scrubbing.

use std::time::Duration;

use super::{
    Msg,
    animation::{Animation, Playhead, Speed},
};
use crate::{
    pass::{Stride, Strides},
    words::notice,
};

/// Passes up to this long are played action by action at first; longer ones by units.
const SHORT: usize = 100;

/// What a message did to a [`Player`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moved {
    /// It is about something else.
    No,
    /// It moved.
    Yes,
    /// It changed what cannot be seen; a line says it.
    Says(String),
}

/// A position, and what is being played.
#[derive(Debug, Clone)]
pub struct Player {
    position: usize,
    animation: Option<Animation>,
    /// The unit of playing: an action, a unit or a layer.
    pub stride: Stride,
    /// How fast.
    pub speed: Speed,
}

impl Player {
    /// At the end of `pass`. With many units it is played by layers at first.
    pub fn at_end(pass: &impl Strides, has_many_units: bool) -> Self {
        let stride = match pass.steps() {
            0..=SHORT => Stride::Action,
            _ if has_many_units => Stride::Layer,
            _ => Stride::Unit,
        };
        Self { position: pass.steps(), animation: None, stride, speed: Speed::Normal }
    }

    /// The pass at `now`: steps done, and how far the one under way is.
    pub fn playhead(&self, pass: &impl Strides, now: Duration) -> Playhead {
        match &self.animation {
            Some(animation) => animation.playhead(pass, now),
            None => self.at_rest(),
        }
    }

    /// The pass without the animation.
    pub fn at_rest(&self) -> Playhead {
        Playhead { position: self.position, phase: None }
    }

    /// Steps done, as far as is settled.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is being played.
    pub fn animation(&self) -> Option<&Animation> {
        self.animation.as_ref()
    }

    /// Whether more than one stride is being played.
    pub fn is_playing(&self, pass: &impl Strides) -> bool {
        self.animation.is_some_and(|animation| animation.is_play(pass))
    }

    /// Notices that time has passed.
    pub fn advance(&mut self, pass: &impl Strides, now: Duration) {
        let Some(animation) = self.animation else { return };
        let animation = animation.rebased(pass, now);
        self.position = animation.playhead(pass, now).position;
        self.animation = (!animation.is_over(pass, now)).then_some(animation);
    }

    /// Ends what is being played: a single stride at its end, a longer stretch where it is.
    pub fn stop(&mut self, pass: &impl Strides, now: Duration) {
        self.advance(pass, now);
        if let Some(animation) = self.animation.take()
            && !animation.is_play(pass)
        {
            self.position = animation.to();
        }
    }

    /// Goes to a position at once.
    pub fn go_to(&mut self, pass: &impl Strides, position: usize) {
        self.animation = None;
        self.position = position.min(pass.steps());
    }

    /// One stride on, animated.
    pub fn forward(&mut self, pass: &impl Strides, stride: Stride, smooth: bool, now: Duration) {
        let to = pass.next(self.position, stride);
        if to > self.position {
            self.animation = Some(Animation::single(self.position, to, stride, self.speed, smooth, now));
            self.advance(pass, now);
        }
    }

    /// One stride back, at once.
    pub fn backward(&mut self, pass: &impl Strides, stride: Stride) {
        self.go_to(pass, pass.previous(self.position, stride));
    }

    /// Plays from here to `to`; from the start if `to` is not after this position.
    pub fn play(&mut self, pass: &impl Strides, to: usize, smooth: bool, now: Duration) {
        let to = to.min(pass.steps());
        let from = if self.position >= to { 0 } else { self.position };
        self.play_between(pass, (from, to), self.stride, smooth, now);
    }

    /// Plays a stretch.
    pub fn play_between(
        &mut self,
        pass: &impl Strides,
        (from, to): (usize, usize),
        stride: Stride,
        smooth: bool,
        now: Duration,
    ) {
        let to = to.min(pass.steps());
        self.position = from.min(to);
        self.animation = (from < to).then(|| Animation::new(from, to, stride, self.speed, smooth, now));
    }

    /// Continues to play at another speed.
    pub fn change_speed(&mut self, pass: &impl Strides, by: isize, smooth: bool, now: Duration) {
        self.speed = self.speed.shifted(by);
        if let Some(animation) = self.animation {
            self.advance(pass, now);
            let stretch = (self.position, animation.to());
            self.play_between(pass, stretch, animation.stride(), smooth, now);
        }
    }

    /// Handles a message that only moves.
    pub(super) fn act(&mut self, pass: &impl Strides, msg: &Msg, smooth: bool, now: Duration) -> Moved {
        match *msg {
            Msg::Forward(stride) => self.forward(pass, stride, smooth, now),
            Msg::Backward(stride) => self.backward(pass, stride),
            Msg::ToStart => self.go_to(pass, 0),
            Msg::ToEnd => self.go_to(pass, usize::MAX),
            Msg::Scrub(position) => self.go_to(pass, position),
            Msg::ScrubBy(twentieths) => {
                let part = (pass.steps() / 20).max(1) as isize;
                self.go_to(pass, self.position.saturating_add_signed(twentieths * part));
            }
            Msg::ChangeSpeed(by) => {
                self.change_speed(pass, by, smooth, now);
                return Moved::Says(notice::speed(self.speed.factor()));
            }
            Msg::NextStride => {
                let (stride, what) = match self.stride {
                    Stride::Action => (Stride::Unit, notice::plays_units()),
                    Stride::Unit => (Stride::Layer, notice::plays_layers()),
                    Stride::Layer => (Stride::Action, notice::plays_actions()),
                };
                self.stride = stride;
                return Moved::Says(what);
            }
            _ => return Moved::No,
        }
        Moved::Yes
    }
}
