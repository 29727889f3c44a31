//! Answers about a graph of layers.

mod json;
mod text;

use std::{io::Write, process::ExitCode, sync::Arc, time::Duration};

use super::{Check, CheckError, answers, progress};
use crate::{
    diagnose::{
        Conclusion,
        graph::{Diagnosis, Inquiry, Observation},
    },
    file::Model,
    graph::Network,
    shell::command::{CommandError, Done, FOUND, model::FromFile},
};

pub(super) fn run(check: &Check, file: &FromFile, budget: Duration, out: &mut impl Write) -> Done {
    let outline = file.outline()?;
    let mut network = None;
    let mut diagnose = |texts: &[String], option: &'static str| -> Result<Option<Diagnosis>, CommandError> {
        if texts.is_empty() {
            return Ok(None);
        }
        let observations = observations(check, file, &outline, texts, option, &mut network)?;
        let Some(network) = &network else { return Err(CheckError::Nothing.into()) };
        let wrong = |why| CheckError::Graph { answer: texts.join(" "), why: Box::new(why) };
        let mut inquiry = Inquiry::new(network, &observations).map_err(wrong)?;
        if option == MODEL_SAYS {
            // A slip in one number is a person's; a framework makes none.
            inquiry.only(|mistake| !SLIPS.contains(&mistake.kind.id));
        }
        progress::search(&mut inquiry, budget);
        Ok(Some(inquiry.conclude()))
    };
    let checked =
        Checked { answer: diagnose(&check.answers, "--answer")?, model: diagnose(&check.model_says, MODEL_SAYS)? };
    let Some(network) = network else { return Err(CheckError::Nothing.into()) };
    if check.json {
        writeln!(out, "{}", json::write(&network, &checked))?;
    } else {
        out.write_all(text::write(&network, &checked).as_bytes())?;
    }
    let right = checked.verdict() == Conclusion::Correct.name();
    Ok::<_, CommandError>(if right { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

/// The option for the model's own number.
const MODEL_SAYS: &str = "--model-says";

/// Mistakes in one number.
const SLIPS: [&str; 2] = ["missing-term", "sign-error"];

/// What the learner's numbers, and the model's own, turned out to be.
struct Checked {
    answer: Option<Diagnosis>,
    model: Option<Diagnosis>,
}

impl Checked {
    /// Whether the model's own numbers are those of the network as described.
    fn model_agrees(&self) -> bool {
        self.model.as_ref().is_none_or(|model| model.conclusion == Conclusion::Correct)
    }

    /// The verdict on all.
    fn verdict(&self) -> &'static str {
        match (&self.answer, &self.model) {
            (Some(answer), _) if answer.conclusion != Conclusion::Correct => answer.conclusion.name(),
            (_, Some(model)) if model.conclusion == Conclusion::TooFewDigits => model.conclusion.name(),
            (_, Some(_)) if !self.model_agrees() => "model",
            _ => Conclusion::Correct.name(),
        }
    }
}

/// Inputs, numbers and addresses in their pairs.
fn observations(
    check: &Check,
    file: &FromFile,
    outline: &Model,
    texts: &[String],
    option: &'static str,
    network: &mut Option<Arc<Network>>,
) -> Result<Vec<Observation>, CommandError> {
    let given = check.inputs.named()?;
    let answers: Vec<Vec<_>> = texts.iter().map(|text| answers::read(text, option)).collect::<Result<_, _>>()?;
    let of_model = option == MODEL_SAYS;
    let (inputs, numbers, addresses) = (given.len(), answers.len(), check.at.len());
    if inputs != 1 && inputs != numbers {
        let answers = numbers;
        let (ours, theirs) = (CheckError::Pairs { inputs, answers }, CheckError::ModelPairs { inputs, numbers });
        return Err(if of_model { theirs } else { ours }.into());
    }
    if addresses > 1 && addresses != numbers {
        let answers = numbers;
        let theirs = CheckError::ModelAddresses { addresses, numbers };
        return Err(if of_model { theirs } else { CheckError::Addresses { addresses, answers } }.into());
    }
    let mut observations = Vec::with_capacity(numbers);
    for (i, answers) in answers.into_iter().enumerate() {
        let (text, given) = &given[i.min(given.len() - 1)];
        let (of_sample, inputs) = file.of_sample(outline, text, given)?;
        let network = network.get_or_insert(Arc::new(of_sample));
        let only = network.outputs().first().and_then(|&source| network.value(source));
        let single = answers.len() == 1 && only.is_some_and(|value| value.shape.size() == 1);
        let whole = || if single && only.is_some_and(|value| value.rank() == 1) { "output[0]" } else { "output" };
        let at = check.at.get(i).or(check.at.first()).map_or_else(|| whole().to_owned(), Clone::clone);
        observations.push(Observation { inputs, at, answers });
    }
    Ok(observations)
}
