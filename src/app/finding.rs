//! Why the learner's own number differs: a diagnosis, running or finished.

use crate::{
    diagnose::{
        Agreement, Candidate, Conclusion, Contradiction, Diagnosis, Inquiry, Observation, ObservationError, Seen,
        Tried, contradiction,
    },
    load::Facts,
    network::Network,
};

/// The search runs between frames, one slice each. After this many it has taken about a second and ends.
const MOST_SLICES: usize = 150;

/// How many slices run at once without a visible delay.
const SOON: usize = 4;

/// A diagnosis that may still be running.
#[derive(Debug, Clone)]
pub struct Finding {
    network: Network,
    /// For each input the range in which the right answers mean something.
    learnt: Vec<(f32, f32)>,
    state: State,
    /// The candidates that are shown, by position.
    listed: Vec<usize>,
    /// Which of the listed ones is selected.
    selected: usize,
    /// The input where the selected one differs most clearly.
    contradiction: Option<Contradiction>,
}

#[derive(Debug, Clone)]
enum State {
    /// The search, and how many slices it has had.
    Searching(Option<Box<Inquiry>>, usize),
    /// All that is known.
    Done(Box<Diagnosis>),
}

impl Finding {
    /// Begins the search behind these observations, and does its first slice: with a small network that is often all.
    ///
    /// # Errors
    /// [`ObservationError`] if one of them does not fit the network.
    pub fn new(network: &Network, facts: &Facts, observations: &[Observation]) -> Result<Self, ObservationError> {
        let inquiry = Inquiry::new(network, &facts.region, observations)?;
        let mut finding = Self {
            network: network.clone(),
            learnt: facts.learnt(),
            state: State::Searching(Some(Box::new(inquiry)), 0),
            listed: Vec::new(),
            selected: 0,
            contradiction: None,
        };
        finding.advance();
        Ok(finding)
    }

    /// Goes on searching for a slice.
    pub fn advance(&mut self) {
        let State::Searching(Some(inquiry), slices) = &mut self.state else { return };
        // A pass of a larger network takes longer, and one for each observation: a slice is some milliseconds.
        let cost = (self.network.parameters() + 1_000) * inquiry.seen().len();
        let mut left = (2_000_000 / cost.max(1)).clamp(2, 2_000);
        let over = inquiry.advance(&mut || {
            left -= 1;
            left > 0
        });
        *slices += 1;
        if over || *slices >= MOST_SLICES {
            self.end();
        }
    }

    /// Searches for a few slices more and concludes from what is known then.
    pub fn conclude_soon(&mut self) {
        for _ in 0..SOON {
            self.advance();
        }
        self.end();
    }

    fn end(&mut self) {
        let State::Searching(inquiry, _) = &mut self.state else { return };
        if let Some(inquiry) = inquiry.take() {
            let diagnosis = inquiry.conclude();
            self.listed = diagnosis.shown();
            self.state = State::Done(Box::new(diagnosis));
            self.look();
        }
    }

    /// The network it is about.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Whether the search is still running.
    pub fn is_searching(&self) -> bool {
        matches!(self.state, State::Searching(..))
    }

    /// How much of the search is done, from 0 to 1, and what was tried.
    pub fn progress(&self) -> (f64, Tried) {
        match &self.state {
            State::Searching(inquiry, slices) => {
                let (share, tried) = inquiry.as_ref().map_or((1.0, Tried::default()), |i| (i.share(), i.tried()));
                (share.max(*slices as f64 / MOST_SLICES as f64), tried)
            }
            State::Done(diagnosis) => (1.0, diagnosis.tried),
        }
    }

    /// The diagnosis, once it is done.
    pub fn diagnosis(&self) -> Option<&Diagnosis> {
        match &self.state {
            State::Searching(..) => None,
            State::Done(diagnosis) => Some(diagnosis),
        }
    }

    /// Whether all the numbers are right, or right with the digits that are shown: then there is nothing to explain.
    pub fn is_right(&self) -> bool {
        (0..self.seen().len()).all(|at| self.agreement(at) <= Agreement::ShownDigits)
    }

    /// How the numbers of an observation stand to the right values. What follows from the shown digits counts as wrong if a
    /// mistake turned out to explain it far better.
    pub fn agreement(&self, at: usize) -> Agreement {
        let agreement = self.seen().get(at).map_or(Agreement::Wrong, Seen::agreement);
        let explains = |diagnosis: &Diagnosis| {
            let first = diagnosis.first_wrong.as_ref().is_some_and(|first| first.observation == at);
            first && !matches!(diagnosis.conclusion, Conclusion::Rounding | Conclusion::TooFewDigits)
        };
        match agreement {
            Agreement::ShownDigits if self.diagnosis().is_some_and(explains) => Agreement::Wrong,
            agreement => agreement,
        }
    }

    /// Whether it explains exactly these observations.
    pub fn is_about(&self, observations: &[Observation]) -> bool {
        self.seen().iter().map(|seen| &seen.observation).eq(observations)
    }

    /// What is explained, beside the right values.
    pub fn seen(&self) -> &[Seen] {
        match &self.state {
            State::Searching(inquiry, _) => inquiry.as_ref().map_or(&[], |inquiry| inquiry.seen()),
            State::Done(diagnosis) => &diagnosis.seen,
        }
    }

    /// The first number in the order of the pass that is not right: it is the one that is explained. Which observation it
    /// is, and its text.
    pub fn explained(&self) -> Option<(usize, &str)> {
        let first = match &self.state {
            State::Searching(inquiry, _) => inquiry.as_ref()?.first_wrong()?,
            State::Done(diagnosis) => diagnosis.first_wrong.as_ref()?,
        };
        let answer = self.seen().get(first.observation)?.observation.answers.get(first.answer)?;
        Some((first.observation, answer.text()))
    }

    /// Which of the listed ones is selected.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The candidates that are listed, by position.
    pub fn listed(&self) -> &[usize] {
        &self.listed
    }

    /// The candidate that is looked at, with its position in the diagnosis.
    pub fn chosen(&self) -> Option<(usize, &Candidate)> {
        let n = *self.listed.get(self.selected)?;
        Some((n, self.diagnosis()?.candidates.get(n)?))
    }

    /// Looks at another candidate.
    pub fn select(&mut self, by: isize) {
        let last = self.listed.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
        self.look();
    }

    /// The input where the selected candidate differs most clearly.
    pub fn contradiction(&self) -> Option<&Contradiction> {
        self.contradiction.as_ref()
    }

    fn look(&mut self) {
        let found = self.chosen().and_then(|(_, chosen)| contradiction(&self.network, &self.learnt, &chosen.mistakes));
        self.contradiction = found;
    }
}
