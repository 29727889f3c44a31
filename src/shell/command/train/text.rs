//! A training for a reader: few steps with every number, many steps as a curve.

use std::io::{self, Write};

use crate::{
    network::number::Digits,
    plain::plain,
    train::{Done, Optimizer, OptimizerKind, State, Training, WeightLine},
    words::train,
};

/// Up to so many steps are written out.
const WRITTEN: usize = 3;
/// Of each weight at most so many numbers.
const NUMBERS: usize = 24;
/// So many lines of a curve.
const LINES: usize = 20;

/// What is written, step by step.
pub(super) struct Sheet<'t> {
    training: &'t Training,
    steps: usize,
    /// Losses of the epoch so far: their sum, and how many rows.
    epoch: (f64, usize),
}

impl<'t> Sheet<'t> {
    pub(super) fn new(training: &'t Training) -> Self {
        Self { training, steps: training.steps(), epoch: (0.0, 0) }
    }

    pub(super) fn seen(&mut self, out: &mut impl Write, done: &Done, after: &State) -> io::Result<()> {
        if self.steps <= WRITTEN {
            return self.written(out, done, after);
        }
        self.epoch.0 += f64::from(done.loss()) * done.batch.len() as f64;
        self.epoch.1 += done.batch.len();
        let per_epoch = self.training.steps_per_epoch().max(1);
        let is_list = per_epoch == self.steps;
        let unit = if is_list { 1 } else { per_epoch };
        if !(done.number + 1).is_multiple_of(unit) {
            return Ok(());
        }
        let (at, all) = ((done.number + 1) / unit, self.steps / unit);
        let loss = (self.epoch.0 / self.epoch.1.max(1) as f64) as f32;
        self.epoch = (0.0, 0);
        let every = all.div_ceil(LINES).max(1);
        if at == 1 || at == all || at.is_multiple_of(every) {
            let says =
                if is_list { train::curve_step(shown(loss), at - 1) } else { train::curve_epoch(at, shown(loss)) };
            writeln!(out, "{says}")?;
        }
        Ok(())
    }

    fn written(&self, out: &mut impl Write, done: &Done, after: &State) -> io::Result<()> {
        if done.number > 0 {
            writeln!(out)?;
        }
        let rows: Vec<String> = done.batch.iter().take(10).map(ToString::to_string).collect();
        let more = if done.batch.len() > 10 { ", …" } else { "" };
        let head = train::step_head(done.batch.len(), format!("{}{more}", rows.join(", ")), done.number);
        writeln!(out, "{head}")?;
        writeln!(out, "{}", train::step_loss(shown(done.loss())))?;
        for line in &done.step.weights {
            let Some(new) = line.new else {
                if line.gradient.is_some() {
                    writeln!(out, "\n{}", plain(&train::frozen(&line.name)))?;
                }
                continue;
            };
            writeln!(out, "\n{}", plain(&train::weight_head(&line.name)))?;
            let values = |id| done.values.of(id);
            let (old, new) = (values(line.old), values(new));
            for at in 0..old.len().min(NUMBERS) {
                writeln!(out, "  {}", plain(&self.number(done, line, at, old[at], new[at])))?;
            }
            if old.len() > NUMBERS {
                writeln!(out, "  {}", train::more_numbers(old.len() - NUMBERS))?;
            }
        }
        let _ = after;
        Ok(())
    }

    /// One weight: its gradient, and the calculation of its new value.
    fn number(&self, done: &Done, line: &WeightLine, at: usize, old: f32, new: f32) -> String {
        let program = &done.step.program;
        let address = program.address(line.old, at);
        let Some(gradient) = line.gradient else {
            return train::moved(address, shown(new), shown(old));
        };
        let gradient = done.values.of(gradient)[at];
        let Optimizer { kind, momentum, weight_decay, clip, .. } = &self.training.optimizer;
        let plain_sgd = *kind == OptimizerKind::Sgd && *momentum == 0.0 && *weight_decay == 0.0 && clip.is_none();
        if plain_sgd {
            let rate = self.training.optimizer.rate_at(done.number + 1);
            return train::by_gradient(address, operand(gradient), shown(new), shown(old), shown(rate));
        }
        let name = |stage: &str| program.find(&format!("{}.{stage}", line.name));
        let step = name("step").map(|id| done.values.of(id)[at]);
        let slots: Vec<String> = line
            .slots
            .iter()
            .map(|(slot, _, after)| train::slot(slot.stage(), shown(done.values.of(*after)[at])))
            .collect();
        let slots = slots.join("  ");
        match step.filter(|_| subtracts(line, done)) {
            Some(step) => train::by_step(address, shown(gradient), shown(new), shown(old), slots, operand(step)),
            None => train::to_new(address, shown(gradient), shown(new), shown(old), slots),
        }
    }

    pub(super) fn end(&self, out: &mut impl Write, after: &State, loss: f32) -> io::Result<()> {
        if self.steps > WRITTEN {
            for (name, array) in &after.weights {
                writeln!(out, "\n{}", plain(&train::last_weight(name, array.shape())))?;
                let width = array.shape().axes().last().copied().unwrap_or(1).max(1);
                for row in array.values().chunks(width.min(8)).take(NUMBERS) {
                    let row: Vec<String> = row.iter().map(|&value| shown(value)).collect();
                    writeln!(out, "  {}", row.join("  "))?;
                }
                let lines = array.values().len().div_ceil(width.min(8));
                if lines > NUMBERS {
                    writeln!(out, "  {}", train::more_lines(lines - NUMBERS))?;
                }
            }
        }
        writeln!(out, "\n{}", train::loss_on_all(shown(loss), self.training.rows.len()))
    }
}

/// Whether the new weight is the old one minus the stage `step`, and nothing else.
fn subtracts(line: &WeightLine, done: &Done) -> bool {
    let program = &done.step.program;
    let Some(step) = program.find(&format!("{}.step", line.name)) else { return false };
    let reads = line.new.and_then(|new| program.equation_of(new)).map(|equation| equation.rule.reads());
    let arrays: Vec<_> = reads.into_iter().flatten().map(|read| read.array).collect();
    arrays == [line.old, step]
}

fn shown(value: f32) -> String {
    Digits::Exact.column(value)
}

/// Behind an operator a negative number stands in brackets.
fn operand(value: f32) -> String {
    Digits::Exact.operand(value)
}
