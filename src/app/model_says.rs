//! The model's own number on the bench: if it differs, what the description lacks.

use super::{App, Bench, Effects, Msg, Overlay};
use crate::{
    diagnose::{
        Observation,
        model_says::{Change, Known, ModelCandidate, ModelFinding, explain_model, says::says},
    },
    words,
};

/// The most multiplications of one slice of the search, so that keys are handled without delay.
const MOST_WORK: usize = 30_000_000;

/// The state of the panel about the model's own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModelPanel {
    /// The explanation under the cursor.
    pub selected: usize,
    /// How many lines the text is scrolled away from that explanation, downwards.
    pub scroll: isize,
}

impl Bench {
    /// Takes the model's own numbers for this input, and looks for what was not described.
    ///
    /// # Errors
    /// A sentence that says what cannot be read or does not fit.
    pub fn set_model_numbers(&mut self, text: &str) -> Result<(), String> {
        let (at, answers) = super::input::read_yours(text, self.network())?;
        let observation = Observation { input: self.input().to_vec(), at, answers };
        observation.beside(self.network()).map_err(|why| why.to_string())?;
        let same = |known: &Observation| known.input == observation.input && known.at == observation.at;
        self.model_numbers.retain(|known| !same(known));
        self.model_numbers.push(observation);
        self.explain_model_numbers();
        Ok(())
    }

    /// Why the model's own numbers differ; `None` if none was typed.
    pub fn model_finding(&self) -> Option<&ModelFinding> {
        self.model_finding.as_deref()
    }

    /// Explains the model's own numbers with the network as it is described now.
    fn explain_model_numbers(&mut self) {
        let network = self.network().clone();
        let facts = &self.model.facts;
        let known = Known { region: &facts.region, decimals: facts.decimals.map(usize::from), training: None };
        let cost = (network.parameters() + 200) * self.model_numbers.len().max(1);
        let mut left = MOST_WORK / cost;
        let mut more = || {
            left = left.saturating_sub(1);
            left > 0
        };
        self.model_finding = explain_model(&network, &known, &self.model_numbers, &mut more).ok().map(Box::new);
    }

    /// Describes the network as this says: one change, to be undone at once. `false` where it is no change of the network.
    pub fn describe_as(&mut self, candidate: &ModelCandidate) -> bool {
        let Some(network) = candidate.network.clone() else { return false };
        self.change(|work| (work.network, work.what_ifs) = (network, Vec::new()))
    }
}

/// The numbers of `model = 0.93`, as typed into the field for own numbers.
pub(super) fn model_numbers(text: &str) -> Option<&str> {
    let (model, numbers) = text.split_once('=')?;
    model.trim().eq_ignore_ascii_case("model").then_some(numbers)
}

impl App {
    /// Shows why the model's own number differs; a number that agrees gets a notice.
    pub(super) fn open_model_says(&mut self) {
        let Some(finding) = self.bench().and_then(Bench::model_finding) else { return };
        if finding.agrees() {
            self.notice = Some(if finding.has_few_digits() {
                words::model_says::agrees_few()
            } else {
                words::model_says::agrees()
            });
            return;
        }
        self.overlay = Overlay::ModelSays(ModelPanel::default());
    }

    pub(super) fn on_model_says(&mut self, msg: &Msg) -> Effects {
        let Overlay::ModelSays(panel) = self.overlay else { return Effects::NONE };
        let candidates = self.bench().and_then(Bench::model_finding).map_or(&[][..], |finding| &finding.candidates);
        match msg {
            Msg::Back => self.overlay = Overlay::None,
            Msg::Select(by) => {
                let last = candidates.len().saturating_sub(1);
                let selected = panel.selected.saturating_add_signed(*by).min(last);
                self.overlay = Overlay::ModelSays(ModelPanel { selected, scroll: 0 });
            }
            Msg::Scroll(by) => {
                let scroll = panel.scroll.saturating_add(*by);
                self.overlay = Overlay::ModelSays(ModelPanel { scroll, ..panel });
            }
            Msg::Enter => {
                let Some(candidate) = candidates.get(panel.selected).cloned() else { return Effects::NONE };
                let Some(bench) = self.bench_mut() else { return Effects::NONE };
                let said = says(bench.network(), &candidate.changes);
                if !bench.describe_as(&candidate) {
                    let of_batch = |change: &Change| matches!(change, Change::BatchStatistics(_));
                    return self.notify(if candidate.changes.iter().any(of_batch) {
                        words::model_says::all_inputs()
                    } else {
                        words::model_says::no_layer()
                    });
                }
                self.overlay = Overlay::None;
                return self.notify(words::model_says::applied(said));
            }
            _ => return Effects::NONE,
        }
        Effects::REDRAW
    }
}
