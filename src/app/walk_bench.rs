//! The bench for networks of any shape and for training: what is walked through, where one is, what the learner changed.

mod computed;
mod finding;
mod own;

use std::{sync::Arc, time::Duration};

pub use computed::{LearnedFunction, Read};
pub use finding::{Cause, WalkFinding};
pub use own::OwnNumber;

use super::{
    Msg,
    animation::Playhead,
    field::{Field, FieldOf},
    history::History,
    input::{input_text, read_input},
    player::{Moved, Player},
};
use crate::{
    equation::{ArrayId, Place},
    graph::Network,
    mistake::graph,
    network::number::Digits,
    pass::Strides,
    train::{self, Training},
    walk::{Part, TrainingWalk, Walk},
    words::{self, answers},
};

/// Inputs with more numbers than this are not typed.
const MOST_TYPED: usize = 100;
/// More changes than this are forgotten, the oldest first.
const MOST_CHANGES: usize = 200;
/// Steps of a training that are computed between two frames.
const SLICE: usize = 200;
/// So many units make a part that is played as a whole at first.
const FEW_VALUES: usize = 400;

/// What the large pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalkView {
    /// The arrays that the current step reads and computes.
    Values,
    /// The layers and what they read from each other.
    Layers,
    /// The right values beside the wrong ones.
    Compare,
    /// The loss of each step.
    Curve,
    /// What the network gives along its one input, at this step of the training.
    Function,
}

/// A wrong way that can be switched on.
#[derive(Debug, Clone, PartialEq)]
pub enum WhatIf {
    /// In a pass through a graph.
    Layer(graph::Mistake),
    /// In a training.
    Training(train::mistake::Mistake),
}

/// What the learner changes, and undoes.
#[derive(Debug, Clone, PartialEq)]
struct Work {
    inputs: Vec<Vec<f32>>,
    what_ifs: Vec<WhatIf>,
}

/// What is computed.
#[derive(Debug, Clone)]
enum Subject {
    Pass(Arc<Network>),
    Training { trained: Box<TrainingWalk>, step: usize },
}

/// A network or a training on the bench.
#[derive(Debug, Clone)]
pub struct WalkBench {
    name: String,
    subject: Subject,
    first: Work,
    work: Work,
    history: History<Work>,
    walk: Walk,
    player: Player,
    /// The picture.
    pub view: WalkView,
    /// Whether the calculation is shown, where there is room for one pane.
    pub shows_calculation: bool,
    /// The field that is being typed into.
    pub field: Option<Field>,
    /// How many digits are shown.
    pub digits: Digits,
    own: Vec<OwnNumber>,
    finding: Option<WalkFinding>,
    computed: computed::Computed,
}

impl WalkBench {
    /// A pass through `network`.
    ///
    /// # Errors
    /// A sentence if an input does not fit.
    pub fn of_network(network: Network, inputs: Vec<Vec<f32>>) -> Result<Self, String> {
        let (name, network) = (network.name().to_owned(), Arc::new(network));
        let work = Work { inputs, what_ifs: Vec::new() };
        let walk = Walk::of_pass(&network, &work.inputs, &[]).map_err(|why| why.to_string())?;
        Ok(Self::with(name, Subject::Pass(network), work, walk))
    }

    /// The first step of a training.
    ///
    /// # Errors
    /// A sentence if it cannot be trained.
    pub fn of_training(training: Training) -> Result<Self, String> {
        let name = training.network.name().to_owned();
        let mut trained = TrainingWalk::new(Arc::new(training), Vec::new()).map_err(|why| why.to_string())?;
        let walk = trained.walk(0).map_err(|why| why.to_string())?.ok_or_else(words::walk::no_steps)?;
        trained.advance(1).map_err(|why| why.to_string())?;
        let work = Work { inputs: Vec::new(), what_ifs: Vec::new() };
        Ok(Self::with(name, Subject::Training { trained: Box::new(trained), step: 0 }, work, walk))
    }

    fn with(name: String, subject: Subject, work: Work, walk: Walk) -> Self {
        let values = walk.parts().iter().filter_map(Part::result);
        let values: usize = values.map(|array| walk.program().shape(array).size()).sum();
        let player = Player::at_end(&walk, values > FEW_VALUES);
        Self {
            name,
            subject,
            first: work.clone(),
            work,
            history: History::keeping(MOST_CHANGES),
            walk,
            player,
            view: WalkView::Values,
            shows_calculation: false,
            field: None,
            digits: Digits::FOUR,
            own: Vec::new(),
            finding: None,
            computed: computed::Computed::default(),
        }
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is walked through.
    pub fn walk(&self) -> &Walk {
        &self.walk
    }

    /// How it is played.
    pub fn player(&self) -> &Player {
        &self.player
    }

    /// The pass at `now`.
    pub fn playhead(&self, now: Duration) -> Playhead {
        self.player.playhead(&self.walk, now)
    }

    /// Whether more than one stride is being played.
    pub fn is_playing(&self) -> bool {
        self.player.is_playing(&self.walk)
    }

    /// The numbers of each input.
    pub fn inputs(&self) -> &[Vec<f32>] {
        &self.work.inputs
    }

    /// The what-ifs that are on.
    pub fn what_ifs(&self) -> &[WhatIf] {
        &self.work.what_ifs
    }

    /// How many changes can be undone.
    pub fn undoable(&self) -> usize {
        self.history.undoable()
    }

    /// The training, and the step that is shown, from 0.
    pub fn training(&self) -> Option<(&TrainingWalk, usize)> {
        match &self.subject {
            Subject::Training { trained, step } => Some((trained, *step)),
            Subject::Pass(_) => None,
        }
    }

    /// Whether something is still computed in the background.
    pub fn is_working(&self) -> bool {
        self.training().is_some_and(|(trained, _)| !trained.is_over())
            || self.finding.as_ref().is_some_and(WalkFinding::is_searching)
    }

    /// Notices that time has passed, and computes a little more of a training or of a search.
    pub fn advance(&mut self, now: Duration) {
        self.player.advance(&self.walk, now);
        if let Subject::Training { trained, .. } = &mut self.subject
            && !trained.is_over()
        {
            // A larger step takes longer: a slice is some milliseconds.
            let slice = (SLICE * 100 / self.walk.steps().max(1)).clamp(1, SLICE);
            let _ = trained.advance(slice);
        }
        if let Some(finding) = &mut self.finding {
            finding.advance();
        }
    }

    /// Ends what is being played.
    pub fn stop(&mut self, now: Duration) {
        self.player.stop(&self.walk, now);
    }

    /// Goes to a position at once.
    pub fn go_to(&mut self, position: usize) {
        self.player.go_to(&self.walk, position);
    }

    /// Plays to the end; from the start if this is the end.
    pub fn play(&mut self, smooth: bool, now: Duration) {
        self.player.play(&self.walk, usize::MAX, smooth, now);
    }

    /// Handles a message that only moves.
    pub(super) fn move_by(&mut self, msg: &Msg, smooth: bool, now: Duration) -> Moved {
        self.player.act(&self.walk, msg, smooth, now)
    }

    /// The place that is looked at: that of the step under way, or of the last one done.
    pub fn place(&self, playhead: Playhead) -> Option<Place> {
        let k = if playhead.phase.is_some() { playhead.position } else { playhead.position.saturating_sub(1) };
        self.walk.place(k)
    }

    /// The value that is looked at.
    pub fn looked_at(&self) -> Option<(ArrayId, usize)> {
        self.place(self.player.at_rest()).map(|place| (place.array, place.flat))
    }

    /// The pictures that make sense now.
    pub fn views(&self) -> Vec<WalkView> {
        let mut views = vec![WalkView::Values, WalkView::Layers];
        if self.walk.right().is_some() {
            views.push(WalkView::Compare);
        }
        if let Some((trained, _)) = self.training() {
            views.push(WalkView::Curve);
            let network = &trained.training().network;
            let inputs: usize = network.inputs().iter().map(|&id| network.node(id).shape().size()).sum();
            let outputs = network.outputs().first().and_then(|&output| network.value(output));
            if inputs == 1 && outputs.is_some_and(|value| value.shape.size() == 1) {
                views.push(WalkView::Function);
            }
        }
        views
    }

    /// The next or previous picture.
    pub(super) fn cycle_views(&mut self, by: isize, narrow: bool) {
        let views = self.views();
        let at = views.iter().position(|view| *view == self.view).unwrap_or(0) as isize;
        // On a narrow screen the calculation stands behind the first picture.
        if narrow && (by > 0 && at == 0 && !self.shows_calculation || by < 0 && at == 1 && !self.shows_calculation) {
            self.shows_calculation = true;
            self.view = views[0];
            return;
        }
        let was_calculation = std::mem::take(&mut self.shows_calculation) && narrow;
        if was_calculation && by < 0 {
            return;
        }
        self.view = views[(at + by).rem_euclid(views.len() as isize) as usize];
    }

    /// Another step of the training: so many on or back.
    ///
    /// # Errors
    /// A sentence if it cannot be shown.
    pub fn other_step(&mut self, by: isize) -> Result<(), String> {
        let Subject::Training { trained, step } = &mut self.subject else { return Err(words::walk::no_training()) };
        let to = step.saturating_add_signed(by).min(trained.steps().saturating_sub(1));
        let walk = trained.walk(to).map_err(|why| why.to_string())?.ok_or_else(words::walk::no_steps)?;
        *step = to;
        self.take_walk(walk);
        Ok(())
    }

    /// Takes another walk, keeping the place.
    fn take_walk(&mut self, walk: Walk) {
        self.computed = computed::Computed::default();
        let was_complete = self.player.position() >= self.walk.steps();
        let place = self.player.position().checked_sub(1).and_then(|k| self.walk.place(k));
        let position = match place {
            _ if was_complete => walk.steps(),
            None => 0,
            Some(place) => walk.step_of(place).map_or(self.player.position(), |k| k + 1),
        };
        self.walk = walk;
        self.player.go_to(&self.walk, position);
        if !self.views().contains(&self.view) {
            self.view = WalkView::Values;
        }
    }

    fn take(&mut self, work: Work) -> Result<(), String> {
        let walk = match &mut self.subject {
            Subject::Pass(network) => {
                let mistakes: Vec<graph::Mistake> = work.what_ifs.iter().filter_map(WhatIf::of_layer).collect();
                Walk::of_pass(network, &work.inputs, &mistakes).map_err(|why| why.to_string())?
            }
            Subject::Training { trained, step } => {
                let mistakes: Vec<_> = work.what_ifs.iter().filter_map(WhatIf::of_training).collect();
                let training = Arc::clone(trained.training());
                let mut other = TrainingWalk::new(training, mistakes).map_err(|why| why.to_string())?;
                let walk = other.walk(*step).map_err(|why| why.to_string())?.ok_or_else(words::walk::no_steps)?;
                other.advance(1).map_err(|why| why.to_string())?;
                **trained = other;
                walk
            }
        };
        self.work = work;
        self.take_walk(walk);
        self.compare_own();
        Ok(())
    }

    fn change(&mut self, work: Work) -> Result<(), String> {
        if work == self.work {
            return Ok(());
        }
        let before = self.work.clone();
        self.take(work)?;
        self.history.remember(before);
        Ok(())
    }

    /// Takes the last change back; `false` if there is none.
    pub(super) fn undo(&mut self) -> bool {
        let Some(before) = self.history.undo(&self.work) else { return false };
        self.take(before).is_ok()
    }

    /// Redoes it; `false` if there is none.
    pub(super) fn redo(&mut self) -> bool {
        let Some(after) = self.history.redo(&self.work) else { return false };
        self.take(after).is_ok()
    }

    /// The first inputs, without what-ifs.
    pub(super) fn back_to_posted(&mut self) {
        let _ = self.change(self.first.clone());
    }

    /// Switches a what-if on or off. Of one kind at one layer only one is on.
    ///
    /// # Errors
    /// A sentence if it cannot be made together with the others.
    pub fn toggle(&mut self, what_if: &WhatIf) -> Result<(), String> {
        let mut work = self.work.clone();
        let on = work.what_ifs.contains(what_if);
        work.what_ifs.retain(|other| !other.excludes(what_if));
        if !on {
            work.what_ifs.push(what_if.clone());
        }
        self.change(work)
    }

    /// Exactly these what-ifs.
    ///
    /// # Errors
    /// A sentence if they cannot be made together.
    pub fn switch_on(&mut self, what_ifs: Vec<WhatIf>) -> Result<(), String> {
        self.change(Work { what_ifs, ..self.work.clone() })?;
        if let Some((array, flat)) = self.walk.difference() {
            self.view = WalkView::Compare;
            self.go_to(self.walk.known_after(array, flat).unwrap_or(usize::MAX));
        }
        Ok(())
    }

    /// Switches the plain what-if of this kind at the layer that is looked at, or at the nearest one that has it.
    ///
    /// # Errors
    /// A sentence if no layer has it.
    pub(super) fn toggle_kind(&mut self, kind: &str) -> Result<(), String> {
        let all = self.what_if_list();
        let here = self.walk.part_at(self.player.position().saturating_sub(1)).unwrap_or(0);
        let part = |layer: &str| self.walk.parts().iter().position(|part| part.layer == layer).unwrap_or(usize::MAX);
        let of_kind = all.into_iter().filter_map(|(what_if, _)| match &what_if {
            WhatIf::Layer(mistake) if mistake.kind.id == kind => Some((part(&mistake.layer).abs_diff(here), what_if)),
            _ => None,
        });
        let Some((_, nearest)) = of_kind.min_by_key(|(far, _)| *far) else { return Err(words::walk::no_such(kind)) };
        self.toggle(&nearest)
    }

    /// Every what-if with the sentence about it, those that are on first.
    pub fn what_if_list(&self) -> Vec<(WhatIf, String)> {
        let mut list: Vec<(WhatIf, String)> = match &self.subject {
            Subject::Pass(network) => {
                let program = network.program();
                let weight = |mistake: &graph::Mistake| matches!(mistake.way, graph::Way::Weight { .. });
                let all = graph::Mistake::all(program).into_iter().filter(|mistake| !weight(mistake));
                all.map(|mistake| (mistake.says(program), mistake)).map(|(says, m)| (WhatIf::Layer(m), says)).collect()
            }
            Subject::Training { trained, .. } => {
                let training = trained.training();
                let mut run = train::Run::owned(training.as_ref().clone()).ok();
                let step = run.as_mut().and_then(|run| run.program(0).ok());
                let all = step.map_or_else(Vec::new, |step| train::mistake::all(training, &step));
                all.into_iter()
                    .map(|mistake| (mistake.says(), mistake))
                    .map(|(s, m)| (WhatIf::Training(m), s))
                    .collect()
            }
        };
        list.sort_by_key(|(what_if, _)| !self.work.what_ifs.contains(what_if));
        list.into_iter().map(|(what_if, says)| (what_if, says.replace('`', ""))).collect()
    }

    /// Opens a field. An input with very many numbers is not typed.
    ///
    /// # Errors
    /// A sentence that says so.
    pub(super) fn focus(&mut self, of: FieldOf) -> Result<(), String> {
        let text = match of {
            FieldOf::Input => {
                let numbers: usize = self.work.inputs.iter().map(Vec::len).sum();
                if self.training().is_some() {
                    return Err(words::walk::input_of_training());
                }
                if numbers > MOST_TYPED {
                    return Err(words::walk::input_too_long(numbers));
                }
                self.work.inputs.iter().map(|input| input_text(input)).collect::<Vec<_>>().join("; ")
            }
            FieldOf::Yours => String::new(),
            FieldOf::Weight { .. } | FieldOf::Blank(_) => return Ok(()),
        };
        self.field = Some(Field::new(of, &text));
        Ok(())
    }

    /// Closes the field; whether one was open.
    pub(super) fn leave_field(&mut self) -> bool {
        self.field.take().is_some()
    }

    /// Takes what was typed as the inputs, one list for each, with semicolons between them.
    ///
    /// # Errors
    /// A sentence that says what does not read, or how many numbers there should be.
    pub(super) fn set_inputs(&mut self, text: &str) -> Result<(), String> {
        let lengths: Vec<usize> = self.work.inputs.iter().map(Vec::len).collect();
        let inputs = if let [length] = lengths[..] {
            vec![read_input(text, length)?]
        } else {
            let texts: Vec<&str> = text.split(';').collect();
            if texts.len() != lengths.len() {
                return Err(answers::input_count(texts.len(), lengths.len()));
            }
            texts.iter().zip(&lengths).map(|(text, &length)| read_input(text, length)).collect::<Result<_, _>>()?
        };
        self.change(Work { inputs, ..self.work.clone() })
    }
}

impl WhatIf {
    fn of_layer(&self) -> Option<graph::Mistake> {
        match self {
            Self::Layer(mistake) => Some(mistake.clone()),
            Self::Training(_) => None,
        }
    }

    fn of_training(&self) -> Option<train::mistake::Mistake> {
        match self {
            Self::Training(mistake) => Some(mistake.clone()),
            Self::Layer(_) => None,
        }
    }

    /// Whether both cannot be on: two of one kind in one place.
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Layer(one), Self::Layer(other)) => one.kind == other.kind && one.layer == other.layer,
            (Self::Training(one), Self::Training(other)) => one.kind.id == other.kind.id && one.layer == other.layer,
            _ => false,
        }
    }
}
