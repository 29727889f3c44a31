//! Numbers of the learner's own: there are enough of them, and the diagnosis names what the step says.

use super::Faults;
use crate::{
    course::{Diagnose, OwnNumber},
    diagnose::{Answer, Conclusion, Diagnosis, Inquiry, Observation},
    pass::Address,
    setting::Setting,
    words::check_course,
};

/// How many wrong passes the search may run: several times as many as a lesson's network needs.
const MOST_PASSES: usize = 200_000;

/// What can be checked without an engine.
pub(super) fn form(task: &Diagnose, line: usize, faults: &mut Faults<'_>) {
    if task.numbers == 0 || task.inputs == 0 {
        faults.say(line, check_course::diagnose_counts());
    }
    if task.inputs > task.numbers {
        faults.say(line, check_course::diagnose_inputs(task.inputs));
    }
    if task.example.len() < task.numbers {
        let (has, wants) = (task.example.len(), task.numbers);
        faults.say(line, check_course::example_numbers(has, wants));
    }
}

/// Checks the example with the engine.
pub(super) fn check(task: &Diagnose, line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let wanted = match here.mistakes(&task.names) {
        Ok(wanted) => wanted,
        Err(why) => return faults.say(line, check_course::at(why, check_course::part_names())),
    };
    let mut observations = Vec::new();
    for (i, number) in task.example.iter().enumerate() {
        match observation(number, here) {
            Ok(observation) => observations.push(observation),
            Err(why) => faults.say(line, check_course::at(why, check_course::part_example(i + 1))),
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
        faults.say(line, check_course::example_inputs(inputs.len(), task.inputs));
    }
    match conclude(&observations, here) {
        Err(why) => faults.say(line, check_course::example_why(why)),
        Ok(diagnosis) if wanted.is_empty() || diagnosis.names(&wanted) => {}
        Ok(diagnosis) => {
            let found = match diagnosis.candidates.first().filter(|_| diagnosis.conclusion == Conclusion::Mistake) {
                Some(first) => {
                    first.mistakes.iter().map(|mistake| mistake.name(&here.network)).collect::<Vec<_>>().join(", ")
                }
                None => diagnosis.conclusion.name().to_owned(),
            };
            let names = task.names.join(", ");
            faults.say(line, check_course::example_says(found, names));
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
