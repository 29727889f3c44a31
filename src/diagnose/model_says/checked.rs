//! An answer and the model's own number, looked at together.

use super::ModelFinding;
use crate::diagnose::{Conclusion, Diagnosis, Seen};

/// What is known of somebody's answers and of the model's own numbers for the same inputs.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The answers, if there are any.
    pub answer: Option<Diagnosis>,
    /// The model's own numbers, if there are any.
    pub model: Option<ModelFinding>,
}

/// What both turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overall {
    /// All numbers are those of the network as described.
    Correct,
    /// The answer is off by no more than rounding explains.
    Rounding,
    /// The answer is what comes out with a mistake.
    Mistake,
    /// The answer is right for the network as described, but the model is another one: a change of the description explains it.
    Model,
    /// Nothing that is known gives the numbers.
    Unknown,
}

impl Overall {
    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Correct => Conclusion::Correct.name(),
            Self::Rounding => Conclusion::Rounding.name(),
            Self::Mistake => Conclusion::Mistake.name(),
            Self::Unknown => Conclusion::Unknown.name(),
        }
    }
}

impl Checked {
    /// What both turn out to be.
    pub fn overall(&self) -> Overall {
        let of_model = match &self.model {
            None => None,
            Some(finding) if finding.agrees() && finding.has_few_digits() => Some(Overall::Rounding),
            Some(finding) if finding.agrees() => Some(Overall::Correct),
            Some(finding) if finding.is_explained() => Some(Overall::Model),
            Some(_) => Some(Overall::Unknown),
        };
        let of_answer = self.answer.as_ref().map(|diagnosis| match diagnosis.conclusion {
            Conclusion::Correct => Overall::Correct,
            Conclusion::Rounding | Conclusion::TooFewDigits => Overall::Rounding,
            Conclusion::Mistake => Overall::Mistake,
            Conclusion::Unknown => Overall::Unknown,
        });
        let Some(model) = of_model else { return of_answer.unwrap_or(Overall::Unknown) };
        let Some(answer) = of_answer else { return model };
        let differs = matches!(model, Overall::Model | Overall::Unknown);
        // An answer that is right, if only rounded, or the model's own, needs no explanation: the model's number does.
        let needs_none = match answer {
            Overall::Correct => true,
            Overall::Rounding => differs,
            Overall::Unknown => model == Overall::Model,
            _ => false,
        };
        if needs_none || (differs && self.is_the_same()) { model } else { answer }
    }

    /// Whether the answers are the model's own numbers, and neither are what the network as described gives.
    pub fn is_the_same(&self) -> bool {
        let (Some(diagnosis), Some(finding)) = (&self.answer, &self.model) else { return false };
        let same = |(yours, model): (&Seen, &Seen)| {
            let pairs = yours.observation.answers.iter().zip(&model.observation.answers);
            pairs.into_iter().all(|(yours, model)| {
                (yours.value() - model.value()).abs() <= yours.unit().max(model.unit()) / 2.0 * (1.0 + 1e-9)
            })
        };
        !finding.agrees()
            && diagnosis.seen.len() == finding.seen.len()
            && diagnosis.seen.iter().zip(&finding.seen).all(same)
    }

    /// The diagnosis of the answers, where it is worth telling: they are not the model's own numbers.
    pub fn diagnosis(&self) -> Option<&Diagnosis> {
        self.answer.as_ref().filter(|_| !self.is_the_same())
    }
}
