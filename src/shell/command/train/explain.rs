//! `explain` of a value of a training: its formula, with numbers, and what it is made of.

use std::{io::Write, process::ExitCode};

use serde::Serialize;

use super::{
    super::{CommandError, Done, check::training::of_step, model::ModelArgs},
    Data, TrainOptions,
};
use crate::{
    equation::{ArrayId, Kind},
    explain::equation::{Worked, worked},
    json::{self, Number},
    network::number::Digits,
    plain::{cells, plain},
    train::{Run, TrainError},
};

#[derive(Serialize)]
struct Line<'w> {
    at: &'w str,
    formula: &'w str,
    numbers: &'w str,
    value: Number,
}

/// Writes how a value of a training comes about.
pub(in crate::shell::command) fn explain(
    options: &TrainOptions,
    model: &ModelArgs,
    data: &Data<'_>,
    value: Option<&str>,
    as_json: bool,
    out: &mut impl Write,
) -> Done {
    let (_, training) = options.training(model, data)?;
    let (number, address) = of_step(value.unwrap_or("loss"));
    let mut run = Run::new(&training)?;
    let mut done = None;
    for _ in 0..=number {
        done = run.next_step()?;
    }
    let Some(done) = done else {
        return Err(TrainError::Step { step: number, steps: training.steps() }.into());
    };
    let found = done.step.find(address).map_err(TrainError::from)?;
    let program = &done.step.program;
    // The forward pass is explained by itself; a value of it is computed alone.
    let is_ahead = |id: ArrayId| {
        let of_forward = program.equations()[..done.step.parts().0].iter().any(|equation| equation.array == id);
        of_forward || !matches!(program.array(id).kind, Kind::Value(_))
    };
    let places = match found.flat {
        Some(flat) => vec![flat],
        None => (0..program.shape(found.array).size().min(MOST)).collect(),
    };
    let mut lines: Vec<Worked> = Vec::new();
    for flat in places {
        let name = |id: ArrayId, flat: usize| done.step.address(id, flat);
        let of_value = worked(program, &done.values, (found.array, flat), &name, &|id| !is_ahead(id));
        for line in of_value {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    write(&lines, as_json, out)?;
    Ok(ExitCode::SUCCESS)
}

/// The most numbers of an array that are explained at once.
const MOST: usize = 16;

fn write(lines: &[Worked], as_json: bool, out: &mut impl Write) -> Result<(), CommandError> {
    if as_json {
        let line = |line: &Worked| {
            json::text(&Line {
                at: &line.at,
                formula: &line.formula,
                numbers: &line.numbers,
                value: Number(line.value),
            })
        };
        writeln!(out, "[{}]", lines.iter().map(line).collect::<Vec<_>>().join(","))?;
        return Ok(());
    }
    for line in lines {
        let margin = " ".repeat(cells(&line.at));
        let value = Digits::Exact.column(line.value);
        if line.formula.is_empty() {
            writeln!(out, "{}", plain(&format!("{} = {value}", line.at)))?;
            continue;
        }
        writeln!(out, "{}", plain(&format!("{} = {}", line.at, line.formula)))?;
        if line.numbers != value {
            writeln!(out, "{}", plain(&format!("{margin} = {}", line.numbers)))?;
        }
        writeln!(out, "{margin} {} {value}", if line.holds { "=" } else { "≈" })?;
    }
    Ok(())
}
