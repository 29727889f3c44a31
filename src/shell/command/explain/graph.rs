//! The worked solution of a graph of layers.

use std::{io::Write, process::ExitCode, sync::Arc};

use super::{Explain, ExplainError, Form, Format};
use crate::{
    explain::{
        graph::{Solution, csv, json, latex, markdown, text},
        page, workbook,
    },
    pass::graph::Pass,
    shell::command::{CommandError, Done, input::InputError, model::FromFile},
    words,
};

/// One solution for each input.
pub(super) fn run(explain: &Explain, file: &FromFile, out: &mut impl Write) -> Done {
    let format = if explain.json { Format::Json } else { explain.format };
    let outline = file.outline()?;
    if explain.form == Form::Matrix {
        return Err(ExplainError::GraphForm { model: file.title.clone() }.into());
    }
    let inputs = explain.inputs.named()?;
    Explain::fits_one(format, inputs.len())?;
    for (i, (text, given)) in inputs.iter().enumerate() {
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
        if format == Format::Xlsx {
            let (right, wrong) = right.map_or((pass, None), |right| (right, Some(pass)));
            asked.map(|address| right.get(address)).transpose().map_err(about)?;
            out.write_all(&workbook::of_graph(right, wrong, asked).map_err(ExplainError::from)?)?;
            continue;
        }
        let solution = Solution::of(pass, right, asked).map_err(about)?;
        if i > 0 && format != Format::Json {
            writeln!(out)?;
        }
        let written = match format {
            Format::Text => text::write(&solution, explain.digits),
            Format::Markdown => markdown::write(&solution, explain.digits),
            Format::Html => {
                let layers = (page::layers(&network), words::explain::page_layers());
                page::write(network.name(), &markdown::write(&solution, explain.digits), &[layers])
            }
            Format::Latex => latex::write(&solution, explain.digits),
            // A workbook is no text; it was written above.
            Format::Csv | Format::Xlsx => csv::write(&solution, explain.digits),
            Format::Json => json::write(&solution) + "\n",
        };
        out.write_all(written.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
