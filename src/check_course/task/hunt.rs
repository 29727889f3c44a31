//! Hunts: every mistake that can be planted can be found, and can be distinguished from all the others.

use super::{
    Faults,
    find::{self, Hidden},
};
use crate::{
    check_course::{text, within},
    course::Hunt,
    setting::Setting,
    words::check_course,
};

/// More names than keys to pick them by.
const MOST: usize = 9;

/// What can be seen without an engine.
pub(super) fn form(hunt: &Hunt, line: usize, faults: &mut Faults<'_>) {
    let suspects = hunt.suspects.len();
    if !(2..=MOST).contains(&suspects) {
        faults.say(line, check_course::suspects(MOST, suspects));
    }
    for (i, suspect) in hunt.suspects.iter().enumerate() {
        if suspect.planted.is_empty() {
            faults.say(line, check_course::suspect_empty(i + 1));
        }
    }
}

/// What the engine says to it, for one of the inputs that a seed may choose.
pub(super) fn check(hunt: &Hunt, line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let mut texts: Vec<String> = Vec::new();
    for (i, suspect) in hunt.suspects.iter().enumerate() {
        let whose = check_course::part_suspect_text(i + 1);
        text::check(faults, line, &whose, &suspect.text, here);
        text::check(faults, line, &check_course::part_suspect_says(i + 1), &suspect.says, here);
        let shown = text::shown(&suspect.text, here);
        if !shown.is_empty() && texts.contains(&shown) {
            faults.say(line, within(whose, check_course::reads_alike(&shown)));
        }
        texts.push(shown);
    }
    if !find::order(&hunt.places, line, faults, here) {
        return;
    }
    let input: Vec<String> = here.input.iter().map(ToString::to_string).collect();
    let input = input.join(", ");
    let mut all: Vec<(usize, Vec<String>)> = Vec::new();
    for (i, suspect) in hunt.suspects.iter().enumerate().filter(|(_, suspect)| !suspect.planted.is_empty()) {
        match find::seen(&suspect.planted, &hunt.places, here) {
            Err(Hidden::Planted(why)) => faults.say(line, within(check_course::part_suspect_planted(i + 1), why)),
            Err(Hidden::Places(what)) => {
                faults.say(line, within(check_course::part_suspect_input(&input, i + 1), what));
            }
            Ok(seen) => {
                if let Some((other, _)) = all.iter().find(|(_, others)| *others == seen) {
                    faults.say(line, check_course::suspects_alike(other + 1, &input, i + 1));
                }
                all.push((i, seen));
            }
        }
    }
}
