//! The learner's own numbers.

use super::{Subject, WalkBench, WalkFinding, finding::Question};
use crate::{
    app::input::read_number,
    diagnose::{Agreement, Answer},
    graph::AddressError,
    words::{answers, observed, own_numbers},
};

/// A number of the learner's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnNumber {
    /// Which value it is, as it was written.
    pub at: String,
    /// The number.
    pub answer: Answer,
    /// How it fits the right value.
    pub agreement: Agreement,
}

impl WalkBench {
    /// The learner's numbers for what is on the bench, the last one last.
    pub fn own(&self) -> &[OwnNumber] {
        &self.own
    }

    /// Takes a number: `20.475` for the output (in training, the loss), or `dense.z[1] = 4.89`.
    ///
    /// # Errors
    /// A sentence that names the address or the number that does not read.
    pub(in crate::app) fn set_own(&mut self, text: &str) -> Result<(), String> {
        let (at, number) = match text.split_once('=') {
            Some((at, number)) if !at.trim().is_empty() => (at.trim().to_owned(), number),
            _ => (self.default_address()?, text),
        };
        let answer = read_number(number)?.answer;
        let found = self.walk.find(&at).map_err(|why: AddressError| why.to_string())?;
        if found.flat.is_none() && self.walk.program().shape(found.array).size() != 1 {
            return Err(answers::which_value(&at));
        }
        if self.walk.program().equation_of(found.array).is_none() {
            return Err(observed::given(&at));
        }
        self.own.retain(|own| own.at != at);
        self.own.push(OwnNumber { at, answer, agreement: Agreement::Wrong });
        self.compare_own();
        Ok(())
    }

    /// Where a number without an address belongs.
    fn default_address(&self) -> Result<String, String> {
        match &self.subject {
            Subject::Training { .. } => Ok("loss".to_owned()),
            Subject::Pass(network) => {
                let [output] = self.walk.outputs() else { return Err(answers::which_output()) };
                if network.program().shape(*output).size() != 1 {
                    // The value that is looked at, if it is one of the output.
                    return match self.looked_at() {
                        Some((array, flat)) => Ok(self.walk.address(array, flat)),
                        None => Err(answers::which_output()),
                    };
                }
                Ok(self.walk.address(*output, 0))
            }
        }
    }

    /// Compares every number with the right values again.
    pub(super) fn compare_own(&mut self) {
        let right = self.walk.right().unwrap_or(self.walk.values()).clone();
        for own in &mut self.own {
            let value = self.walk.find(&own.at).ok();
            let value = value.and_then(|found| right.of(found.array).get(found.flat.unwrap_or(0)).copied());
            own.agreement = match value.map(f64::from) {
                Some(value) if own.answer.is_coarse_for(value) => Agreement::TooFewDigits,
                Some(value) if own.answer.agrees(value) => Agreement::Right,
                Some(value) if own.answer.is_cut_from(value) => Agreement::Cut,
                _ => Agreement::Wrong,
            };
        }
        self.finding = None;
    }

    /// A line about the last number if it is right.
    pub fn own_says(&self) -> Option<String> {
        let own = self.own.last()?;
        let text = format!("{} = {}", own.at, own.answer.text());
        match own.agreement {
            Agreement::Right => Some(own_numbers::is_right(text)),
            Agreement::Cut => Some(own_numbers::is_right_cut(text)),
            Agreement::ShownDigits => Some(own_numbers::is_right_shown_only(text)),
            Agreement::TooFewDigits | Agreement::Wrong => None,
        }
    }

    /// Begins to look for the reason of the numbers that differ.
    ///
    /// # Errors
    /// A sentence if there is no number, or it does not fit.
    pub(in crate::app) fn look_for_reason(&mut self) -> Result<(), String> {
        if self.own.is_empty() {
            return Err(observed::none());
        }
        let numbers = self.own.iter().map(|own| (own.at.clone(), own.answer.clone())).collect::<Vec<_>>();
        let question = match &self.subject {
            Subject::Pass(network) => Question::Pass { network: network.clone(), inputs: self.work.inputs.clone() },
            Subject::Training { trained, step } => {
                Question::Training { training: trained.training().clone(), step: *step }
            }
        };
        self.finding = Some(WalkFinding::new(question, &numbers)?);
        Ok(())
    }

    /// Why the learner's numbers differ.
    pub fn finding(&self) -> Option<&WalkFinding> {
        self.finding.as_ref()
    }

    /// Puts back what was found, after a change that it is about.
    pub(in crate::app) fn put_finding(&mut self, finding: Option<WalkFinding>) {
        self.finding = finding;
    }

    pub(in crate::app) fn finding_mut(&mut self) -> Option<&mut WalkFinding> {
        self.finding.as_mut()
    }
}
