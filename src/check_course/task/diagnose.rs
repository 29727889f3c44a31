//! Numbers of the learner's own: there are enough of them, and the diagnosis names what the step says.

use super::Faults;
use crate::{
    course::{Diagnose, OwnNumber},
    diagnose::{Answer, Conclusion, Diagnosis, Inquiry, Observation},
    pass::Address,
    setting::Setting,
};

/// Wrong passes that the search may run: several times what it needs for a network of a lesson.
const MOST_PASSES: usize = 200_000;

/// What can be seen without an engine.
pub(super) fn form(task: &Diagnose, line: usize, faults: &mut Faults<'_>) {
    if task.numbers == 0 || task.inputs == 0 {
        faults.say(line, "`numbers` and `inputs` count from 1; leave them out for one number");
    }
    if task.inputs > task.numbers {
        let what = "inputs need at least as many numbers; raise `numbers`";
        faults.say(line, format!("{} {what}", task.inputs));
    }
    if task.example.len() < task.numbers {
        let (has, wants) = (task.example.len(), task.numbers);
        faults.say(line, format!("example: {has} of {wants} numbers are given; add the others as they would be typed"));
    }
}

/// What the engine says to the example.
pub(super) fn check(task: &Diagnose, line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let wanted = match here.mistakes(&task.names) {
        Ok(wanted) => wanted,
        Err(why) => return faults.say(line, format!("names: {why}")),
    };
    let mut observations = Vec::new();
    for (i, number) in task.example.iter().enumerate() {
        match observation(number, here) {
            Ok(observation) => observations.push(observation),
            Err(why) => faults.say(line, format!("example {}: {why}", i + 1)),
        }
    }
    if observations.len() < task.example.len() || observations.is_empty() {
        return;
    }
    let mut inputs: Vec<&[f32]> = Vec::new();
    for observation in &observations {
        if !inputs.contains(&observation.input.as_slice()) {
            inputs.push(&observation.input);
        }
    }
    if inputs.len() < task.inputs {
        let what = "name another `input` in one of them";
        faults.say(line, format!("example: {} of {} inputs are there; {what}", inputs.len(), task.inputs));
    }
    match conclude(&observations, here) {
        Err(why) => faults.say(line, format!("example: {why}")),
        Ok(diagnosis) if wanted.is_empty() || diagnosis.names(&wanted) => {}
        Ok(diagnosis) => {
            let found = match diagnosis.candidates.first().filter(|_| diagnosis.conclusion == Conclusion::Mistake) {
                Some(first) => {
                    first.mistakes.iter().map(|mistake| mistake.name(&here.network)).collect::<Vec<_>>().join(", ")
                }
                None => diagnosis.conclusion.name().to_owned(),
            };
            let names = task.names.join(", ");
            faults
                .say(line, format!("example: the diagnosis says {found}, not {names}; correct the numbers or `names`"));
        }
    }
}

fn observation(number: &OwnNumber, here: &Setting) -> Result<Observation, String> {
    let input = number.input.clone().unwrap_or_else(|| here.input.clone());
    let at = match &number.at {
        Some(at) => at.parse::<Address>().map_err(|why| why.to_string())?,
        None => Address::output(0),
    };
    let answer = number.answer.parse::<Answer>().map_err(|why| why.to_string())?;
    Ok(Observation { input, at, answers: vec![answer] })
}

fn conclude(observations: &[Observation], here: &Setting) -> Result<Diagnosis, String> {
    let mut inquiry =
        Inquiry::new(&here.network, &here.model.facts.region, observations).map_err(|why| why.to_string())?;
    let mut left = MOST_PASSES;
    let _ = inquiry.advance(&mut || {
        left = left.saturating_sub(1);
        left > 0
    });
    Ok(inquiry.conclude())
}
