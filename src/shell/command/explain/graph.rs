//! The worked solution of a graph of layers.

use std::{io::Write, process::ExitCode, sync::Arc};

use super::{Explain, Format};
use crate::{
    explain::graph::{Solution, csv, json, latex, markdown, text},
    pass::graph::Pass,
    shell::command::{CommandError, Done, input::InputError, model::FromFile},
};

/// One solution for each input.
pub(super) fn run(explain: &Explain, file: &FromFile, out: &mut impl Write) -> Done {
    let format = if explain.json { Format::Json } else { explain.format };
    let outline = file.outline()?;
    for (i, (text, given)) in explain.inputs.named()?.iter().enumerate() {
        let (network, inputs) = file.of_sample(&outline, text, given)?;
        let network = Arc::new(network);
        let mistakes = explain.mistakes.of_graph(network.program())?;
        let wrong = |why| InputError::Pass { text: super::super::short(text), why: Box::new(why) };
        let right = Pass::new(&network, &inputs, &[]).map_err(wrong)?;
        let other =
            if mistakes.is_empty() { None } else { Some(Pass::new(&network, &inputs, &mistakes).map_err(wrong)?) };
        let (pass, right) = match &other {
            Some(other) => (other, Some(&right)),
            None => (&right, None),
        };
        let asked = explain.value.as_deref();
        let about =
            |why| CommandError::GraphAddress { address: asked.unwrap_or_default().to_owned(), why: Box::new(why) };
        let solution = Solution::of(pass, right, asked).map_err(about)?;
        if i > 0 && format != Format::Json {
            writeln!(out)?;
        }
        let written = match format {
            Format::Text => text::write(&solution, explain.digits),
            Format::Markdown => markdown::write(&solution, explain.digits),
            Format::Latex => latex::write(&solution, explain.digits),
            Format::Csv => csv::write(&solution, explain.digits),
            Format::Json => json::write(&solution) + "\n",
        };
        out.write_all(written.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
