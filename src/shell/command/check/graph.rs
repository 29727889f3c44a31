//! Answers about a graph of layers.

mod json;
mod text;

use std::{io::Write, process::ExitCode, sync::Arc, time::Duration};

use super::{Check, CheckError, answers, progress};
use crate::{
    diagnose::{
        Conclusion,
        graph::{Inquiry, Observation},
    },
    shell::command::{CommandError, Done, FOUND, model::FromFile},
};

pub(super) fn run(check: &Check, file: &FromFile, budget: Duration, out: &mut impl Write) -> Done {
    if !check.model_says.is_empty() {
        return Err(CheckError::ModelOfGraph.into());
    }
    let given = check.inputs.named()?;
    let answers: Vec<Vec<_>> =
        check.answers.iter().map(|text| answers::read(text, "--answer")).collect::<Result<_, _>>()?;
    if given.len() != 1 && given.len() != answers.len() {
        return Err(CheckError::Pairs { inputs: given.len(), answers: answers.len() }.into());
    }
    if check.at.len() > 1 && check.at.len() != answers.len() {
        return Err(CheckError::Addresses { addresses: check.at.len(), answers: answers.len() }.into());
    }
    let outline = file.outline()?;
    let mut network = None;
    let mut observations = Vec::with_capacity(answers.len());
    for (i, answers) in answers.into_iter().enumerate() {
        let (text, given) = &given[i.min(given.len() - 1)];
        let (of_sample, inputs) = file.of_sample(&outline, text, given)?;
        let network = network.get_or_insert(Arc::new(of_sample));
        let only = network.outputs().first().and_then(|&source| network.value(source));
        let single = answers.len() == 1 && only.is_some_and(|value| value.shape.size() == 1);
        let whole = || if single && only.is_some_and(|value| value.rank() == 1) { "output[0]" } else { "output" };
        let at = check.at.get(i).or(check.at.first()).map_or_else(|| whole().to_owned(), Clone::clone);
        observations.push(Observation { inputs, at, answers });
    }
    let Some(network) = network else { return Err(CheckError::Nothing.into()) };
    let answer = || check.answers.join(" ");
    let wrong = |why| CheckError::Graph { answer: answer(), why: Box::new(why) };
    let mut inquiry = Inquiry::new(&network, &observations).map_err(wrong)?;
    progress::search(&mut inquiry, budget);
    let diagnosis = inquiry.conclude();
    if check.json {
        writeln!(out, "{}", json::write(&network, &diagnosis))?;
    } else {
        out.write_all(text::write(&network, &diagnosis).as_bytes())?;
    }
    let right = diagnosis.conclusion == Conclusion::Correct;
    Ok::<_, CommandError>(if right { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}
