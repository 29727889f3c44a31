//! Mistakes in writing a number down: it is another value of the pass, or its digits were copied wrongly.

use super::observation::{Seen, pick};
use crate::{
    network::{Network, Recipe, Stage},
    pass::Address,
    words::diagnose,
};

/// A single number is searched for elsewhere only if it has this many digits: with fewer, it is found by chance.
const ENOUGH_DIGITS: usize = 4;

/// What was done to the right number when it was written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// The minus sign is missing, or there is one too many.
    Sign,
    /// The point is this many places too far to the right (or, if negative, to the left).
    Point(i32),
    /// Two neighbouring digits were exchanged.
    Exchanged,
}

impl Slip {
    /// The end of a sentence that begins with "Your number is the right one".
    pub fn says(self) -> String {
        match self {
            Self::Sign => diagnose::slip_sign(),
            Self::Point(by) => diagnose::slip_point(by.unsigned_abs() as usize, if by > 0 { "right" } else { "left" }),
            Self::Exchanged => diagnose::slip_exchanged(),
        }
    }
}

/// What was done to the right number, if one slip makes this answer of it.
pub(super) fn slip(seen: &Seen, i: usize) -> Option<Slip> {
    let (answer, right) = (seen.observation.answers.get(i)?, f64::from(*seen.right.get(i)?));
    if !right.is_finite() || right == 0.0 || answer.significant() < 3 {
        return None;
    }
    if answer.agrees(-right) {
        return Some(Slip::Sign);
    }
    if let Some(by) = [1, 2, -1, -2].into_iter().find(|&by| answer.agrees(right * 10f64.powi(by))) {
        return Some(Slip::Point(by));
    }
    let digits = format!("{right:.*}", answer.decimals()).into_bytes();
    let exchanged = (1..digits.len()).any(|at| {
        let mut swapped = digits.clone();
        // The digit before may be on the other side of the point.
        let before = if swapped[at - 1] == b'.' { at.checked_sub(2) } else { Some(at - 1) };
        let Some(before) = before.filter(|&before| swapped[before].is_ascii_digit() && swapped[at].is_ascii_digit())
        else {
            return false;
        };
        swapped.swap(before, at);
        swapped != digits && swapped == answer.text().trim_start_matches('+').as_bytes()
    });
    exchanged.then_some(Slip::Exchanged)
}

/// Another stage or another unit for which the answers of an observation are right.
pub(super) fn misplaced(network: &Network, recipes: &[Recipe], seen: &Seen) -> Option<Address> {
    let answers = &seen.observation.answers;
    if answers.len() < 2 && answers.iter().any(|answer| answer.significant() < ENOUGH_DIGITS) {
        return None;
    }
    let agree = |values: &[f32]| {
        values.len() == answers.len()
            && answers.iter().zip(values).all(|(answer, &value)| answer.agrees(f64::from(value)))
    };
    for (layer, _) in recipes.iter().enumerate() {
        let values = seen.pass.get(layer)?;
        for stage in [Stage::Wx, Stage::Z, Stage::A] {
            let Some(of_stage) = values.stage(stage) else { continue };
            let name = &network.layer(layer)?.name;
            match seen.index {
                None if agree(of_stage) => return Some(Address::stage(name, stage, None)),
                // For a single value: the other stages of this unit, the other units of this stage.
                Some(own) if layer == seen.layer => {
                    let near = |unit: &usize| *unit == own || stage == seen.stage;
                    let found = (0..of_stage.len())
                        .filter(near)
                        .find(|&unit| pick(of_stage, Some(unit)).is_some_and(|value| agree(&value)));
                    if let Some(unit) = found {
                        return Some(Address::stage(name, stage, Some(unit)));
                    }
                }
                _ => {}
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnose::Observation, load::builtin};

    fn seen(model: &str, input: &[f32], at: &str, answers: &[&str]) -> (Network, Vec<Recipe>, Seen) {
        let network = builtin(model).expect(model).network;
        let recipes = network.recipes();
        let answers = answers.iter().map(|text| text.parse().expect(text)).collect();
        let observation = Observation { input: input.to_vec(), at: at.parse().expect(at), answers };
        let seen = Seen::new(&network, &recipes, &observation).expect("fits");
        (network, recipes, seen)
    }

    #[test]
    fn a_number_that_was_written_down_wrongly_is_recognised() {
        // The right answer is 25.0047.
        for (text, expected) in [
            ("-25.0047", Some(Slip::Sign)),
            ("250.047", Some(Slip::Point(1))),
            ("0.250047", Some(Slip::Point(-2))),
            ("52.0047", Some(Slip::Exchanged)),
            ("25.0407", Some(Slip::Exchanged)),
            ("20.5047", Some(Slip::Exchanged)),
            ("25.0147", None),
            ("2.5e2", None),
        ] {
            let (_, _, seen) = seen("line-1-16-1", &[10.0], "output[0]", &[text]);
            assert_eq!(slip(&seen, 0), expected, "{text}");
        }
    }

    #[test]
    fn the_value_of_another_place_is_recognised() {
        let (network, recipes, of_list) =
            seen("sum-2-5-1", &[0.3, 0.1], "hidden.z", &["-0.5112", "0.4034", "0.3715", "0.3063", "-0.1133"]);
        let found = misplaced(&network, &recipes, &of_list).map(|at| at.to_string());
        assert_eq!(found.as_deref(), Some("hidden.a"));
        let (network, recipes, of_one) = seen("sum-2-5-1", &[0.3, 0.1], "hidden.a[0]", &["0.4034"]);
        let found = misplaced(&network, &recipes, &of_one).map(|at| at.to_string());
        assert_eq!(found.as_deref(), Some("hidden.a[1]"));
    }
}
