//! The bench: a network, an input, the pass that is being looked at, and everything the learner can change.

mod change;
mod cursor;
mod hidden;
mod map;
mod plot;
mod yours;

use std::{sync::Arc, time::Duration};

pub use hidden::HiddenValues;
pub use map::{ACCURACY_POINTS, Map};
pub use plot::{Plot, Points};
use yours::OwnNumbers;
pub use yours::{value_name, yours_text};

use super::{
    Msg,
    animation::{Animation, Playhead},
    field::{Field, FieldOf},
    history::{History, Work},
    input::input_text,
    player::{Moved, Player},
};
use crate::{
    diagnose::{Observation, model_says::ModelFinding},
    formula::{Formula, Scene},
    load::Model,
    mistake::Mistake,
    network::{Activation, Network, Weight, number::Digits},
    pass::{Pass, PassError, Stride},
    setting::{Setting, View},
};

/// More changes than this are forgotten, the oldest first.
const MOST_CHANGES: usize = 1_000;
/// Networks with up to this many units are played unit by unit at first; larger ones by layers.
const FEW_UNITS: usize = 200;

/// What the large pane can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The lesson's text and task (a pane of its own only where the screen is narrow).
    Lesson,
    /// A picture.
    Picture(View),
    /// The calculation (a pane of its own only where the screen is narrow).
    Calculation,
}

/// The weights' cursor: a row of the kernel (the row behind the last one is the bias) and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Which layer.
    pub layer: usize,
    /// Which input, or the bias.
    pub row: usize,
    /// Which unit.
    pub unit: usize,
}

/// One network on the bench.
#[derive(Debug, Clone)]
pub struct Bench {
    /// The model as it came.
    pub model: Arc<Model>,
    /// What it was trained for.
    pub target: Option<Formula>,
    work: Work,
    /// How it was when it was put on the bench.
    first: Work,
    history: History<Work>,
    right: Pass,
    wrong: Option<Pass>,
    last_map: map::LastMap,
    last_plot: plot::LastPlot,
    player: Player,
    /// Which picture is shown.
    pub view: View,
    /// Which pane is shown where there is room for one.
    pub pane: Pane,
    /// The field that is being typed into.
    pub field: Option<Field>,
    /// The cursor among the weights, while they are being changed.
    pub cell: Option<Cell>,
    /// How it was before the input or weight that is being typed; Esc goes back to it.
    before_edit: Option<Work>,
    /// What was typed into a field that was left without Enter.
    draft: Option<(FieldOf, String)>,
    /// The values that the lesson asks for; they are not shown.
    pub hidden: HiddenValues,
    /// The learner's own numbers, for every input that was tried.
    own: OwnNumbers,
    /// The framework's own numbers, for every input that they were typed for.
    pub(super) model_numbers: Vec<Observation>,
    /// Why they differ from the network's.
    pub(super) model_finding: Option<Box<ModelFinding>>,
    /// How many digits are shown.
    pub digits: Digits,
}

impl Bench {
    /// Puts a model on the bench, everything computed.
    ///
    /// # Errors
    /// [`PassError`] if the input has another length than the network takes.
    pub fn new(model: Arc<Model>, input: Option<Vec<f32>>) -> Result<Self, PassError> {
        let input = input.unwrap_or_else(|| model.first_input());
        let work = Work { network: model.network.clone(), input, what_ifs: Vec::new() };
        let target = model.facts.target.as_ref().and_then(|target| Formula::parse(&target.formula).ok());
        Self::with(model, target, work)
    }

    /// Puts a lesson's setting on the bench.
    ///
    /// # Errors
    /// [`PassError`] if the setting's input or what-ifs do not fit its network.
    pub fn from_setting(setting: &Setting) -> Result<Self, PassError> {
        let work =
            Work { network: setting.network.clone(), input: setting.input.clone(), what_ifs: setting.what_ifs.clone() };
        let mut bench = Self::with(Arc::clone(&setting.model), setting.target.clone(), work)?;
        bench.first.network = setting.model.network.clone();
        bench.first.what_ifs.clear();
        if let Some(view) = setting.view {
            bench.view = view;
        }
        let position = setting.position.steps(bench.pass()).unwrap_or(bench.pass().steps());
        bench.go_to(position);
        if let Some(text) = &setting.yours {
            // The compiler has read it; what does not fit is not shown.
            let _ = bench.set_own_numbers(text);
        }
        Ok(bench)
    }

    fn with(model: Arc<Model>, target: Option<Formula>, work: Work) -> Result<Self, PassError> {
        let (right, wrong) = passes(&work)?;
        let units: usize = work.network.layers().map(|layer| layer.operation.units()).sum();
        let player = Player::at_end(wrong.as_ref().unwrap_or(&right), units > FEW_UNITS);
        Ok(Self {
            player,
            model,
            target,
            first: work.clone(),
            work,
            history: History::keeping(MOST_CHANGES),
            right,
            wrong,
            last_map: map::LastMap::default(),
            last_plot: plot::LastPlot::default(),
            view: View::Network,
            pane: Pane::Picture(View::Network),
            field: None,
            cell: None,
            before_edit: None,
            draft: None,
            hidden: HiddenValues::default(),
            own: OwnNumbers::default(),
            model_numbers: Vec::new(),
            model_finding: None,
            digits: Digits::FOUR,
        })
    }

    /// Copies display preferences.
    pub fn keep_preferences_of(&mut self, other: &Self) {
        (self.player.speed, self.digits) = (other.player.speed, other.digits);
        self.pane = other.pane;
    }

    /// The network with its weights as they are now.
    pub fn network(&self) -> &Network {
        &self.work.network
    }

    /// What goes in.
    pub fn input(&self) -> &[f32] {
        &self.work.input
    }

    /// The what-ifs that are on.
    pub fn what_ifs(&self) -> &[Mistake] {
        &self.work.what_ifs
    }

    /// The pass that is shown: with the what-ifs, if any are on.
    pub fn pass(&self) -> &Pass {
        self.wrong.as_ref().unwrap_or(&self.right)
    }

    /// The pass without what-ifs.
    pub fn right(&self) -> &Pass {
        &self.right
    }

    /// The pass with what-ifs, if any are on.
    pub fn wrong(&self) -> Option<&Pass> {
        self.wrong.as_ref()
    }

    /// How many changes can be undone.
    pub fn undoable(&self) -> usize {
        self.history.undoable()
    }

    /// Whether this weight differs from the posted one.
    pub fn is_edited(&self, layer: usize, weight: Weight) -> bool {
        self.work.network.weight(layer, weight) != self.first.network.weight(layer, weight)
    }

    /// Whether any weight differs from the posted ones.
    pub fn is_changed(&self) -> bool {
        self.work.network != self.first.network
    }

    /// The scene for formulas about this bench: the current weights and input, no mistakes.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            network: &self.work.network,
            input: &self.work.input,
            mistakes: &[],
            target: self.target.as_ref(),
            region: &self.model.facts.region,
        }
    }

    /// The pass at `now`: steps done, and how far the one under way is.
    pub fn playhead(&self, now: Duration) -> Playhead {
        self.player.playhead(self.pass(), now)
    }

    /// The pass without the animation.
    pub fn playhead_at_rest(&self) -> Playhead {
        self.player.at_rest()
    }

    /// The pictures that make sense now: a function can be drawn for one input or two, and what-ifs can be compared.
    pub fn views(&self) -> Vec<View> {
        let drawable = self.network().inputs() <= 2 && self.network().outputs() == 1;
        let compared = self.wrong.is_some();
        let shown = |view: &View| match view {
            View::Plot => drawable,
            View::Compare => compared,
            _ => true,
        };
        View::ALL.into_iter().filter(shown).collect()
    }

    /// Steps done, as far as is settled.
    pub fn position(&self) -> usize {
        self.player.position()
    }

    /// How it is played.
    pub fn player(&self) -> &Player {
        &self.player
    }

    /// What is being played.
    pub fn animation(&self) -> Option<&Animation> {
        self.player.animation()
    }

    /// Whether more than one stride is being played.
    pub fn is_playing(&self) -> bool {
        self.player.is_playing(self.pass())
    }

    /// Notices that time has passed.
    pub fn advance(&mut self, now: Duration) {
        self.player.advance(self.wrong.as_ref().unwrap_or(&self.right), now);
    }

    /// Ends what is being played: a single stride at its end, a longer stretch where it is.
    pub fn stop(&mut self, now: Duration) {
        self.player.stop(self.wrong.as_ref().unwrap_or(&self.right), now);
    }

    /// Goes to a position at once.
    pub fn go_to(&mut self, position: usize) {
        self.player.go_to(self.wrong.as_ref().unwrap_or(&self.right), position);
    }

    /// Plays from here to `to`; from the start if `to` is not after this position.
    pub fn play(&mut self, to: usize, smooth: bool, now: Duration) {
        self.player.play(self.wrong.as_ref().unwrap_or(&self.right), to, smooth, now);
    }

    /// Plays a stretch.
    pub fn play_between(&mut self, from: usize, to: usize, stride: Stride, smooth: bool, now: Duration) {
        self.player.play_between(self.wrong.as_ref().unwrap_or(&self.right), (from, to), stride, smooth, now);
    }

    /// Handles a message that only moves.
    pub(super) fn move_by(&mut self, msg: &Msg, smooth: bool, now: Duration) -> Moved {
        self.player.act(self.wrong.as_ref().unwrap_or(&self.right), msg, smooth, now)
    }

    /// The layer and unit that are computed at `position`: those of the current step, or of the last one done.
    pub fn place(&self, playhead: Playhead) -> (usize, usize) {
        let k = if playhead.phase.is_some() { playhead.position } else { playhead.position.saturating_sub(1) };
        self.pass().step(k).map_or((0, 0), |step| (step.layer, step.place.unit))
    }

    /// The layer that is being computed.
    pub fn layer(&self) -> usize {
        self.cell.map_or_else(|| self.place(self.playhead_at_rest()).0, |cell| cell.layer)
    }

    /// What the target gives for the input, if there is a target.
    pub fn target_value(&self) -> Option<f64> {
        self.target.as_ref()?.evaluate(&self.scene()).ok()?.number().ok()
    }

    /// Opens a field over what it edits. What was typed there and not taken yet is there again.
    pub fn focus(&mut self, of: FieldOf) {
        self.leave_field();
        if of.is_live() {
            self.before_edit = Some(self.work.clone());
        }
        if let Some((_, text)) = self.draft.take_if(|(draft, _)| *draft == of) {
            self.field = Some(Field::reopened(of, &text));
            return;
        }
        let text = match of {
            FieldOf::Input => input_text(&self.work.input),
            FieldOf::Yours => self.yours().map(yours_text).unwrap_or_default(),
            FieldOf::Weight { layer, weight } => {
                self.work.network.weight(layer, weight).map(|w| w.to_string()).unwrap_or_default()
            }
            FieldOf::Blank(_) => String::new(),
        };
        self.field = Some(Field::new(of, &text));
    }

    /// Closes the field, if one is open. A typed input or weight goes back to what it was; a number of the learner's own
    /// is kept for when the field is opened again.
    pub fn leave_field(&mut self) -> bool {
        let Some(field) = self.field.take() else { return false };
        if let Some(before) = self.before_edit.take() {
            self.take(before);
        } else if !field.text().is_empty() {
            self.draft = Some((field.of, field.text().to_owned()));
        }
        true
    }

    /// The input before the one that is being typed, if one is.
    pub(in crate::app) fn input_before_edit(&self) -> Option<&[f32]> {
        self.before_edit.as_ref().map(|before| &before.input[..])
    }

    /// Closes the field after what was typed was taken: one change, to be undone at once.
    pub(in crate::app) fn close_field(&mut self) {
        self.field = None;
        self.draft = None;
        if let Some(before) = self.before_edit.take().filter(|before| *before != self.work) {
            self.history.remember(before);
        }
    }

    /// The activation of a layer as it is applied now; `None` where a what-if left it out.
    pub fn activation_now(&self, layer: usize) -> Option<Activation> {
        use crate::network::Finish;
        let finish = &self.pass().recipe(layer)?.finish;
        finish.iter().find_map(Finish::activation)
    }
}

/// Both passes of a work: the right one, and the one with its what-ifs.
fn passes(work: &Work) -> Result<(Pass, Option<Pass>), PassError> {
    let right = Pass::new(&work.network, &work.input, &[])?;
    if work.what_ifs.is_empty() {
        return Ok((right, None));
    }
    Ok((right, Some(Pass::new(&work.network, &work.input, &work.what_ifs)?)))
}
