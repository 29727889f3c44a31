//! Hunts: whatever is dealt can be found, and can be told from everything else that might have been.

use super::{
    Faults,
    find::{self, Hidden},
};
use crate::{check_course::text, course::Hunt, setting::Setting};

/// More names than keys to pick them by.
const MOST: usize = 9;

/// What can be seen without an engine.
pub(super) fn form(hunt: &Hunt, line: usize, faults: &mut Faults<'_>) {
    let suspects = hunt.suspects.len();
    if !(2..=MOST).contains(&suspects) {
        faults.say(line, format!("the hunt has {suspects} suspects; give 2 to {MOST}, one of them is dealt"));
    }
    for (i, suspect) in hunt.suspects.iter().enumerate() {
        if suspect.planted.is_empty() {
            faults.say(line, format!("suspect {} plants nothing; name a mistake in `planted`", i + 1));
        }
    }
}

/// What the engine says to it, for one of the inputs that may be dealt.
pub(super) fn check(hunt: &Hunt, line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let mut texts: Vec<String> = Vec::new();
    for (i, suspect) in hunt.suspects.iter().enumerate() {
        let whose = format!("suspect {}", i + 1);
        text::check(faults, line, &format!("{whose}, text"), &suspect.text, here);
        text::check(faults, line, &format!("{whose}, says"), &suspect.says, here);
        let shown = text::shown(&suspect.text, here);
        if !shown.is_empty() && texts.contains(&shown) {
            faults.say(line, format!("{whose} reads `{shown}`, as one before it does; make them differ"));
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
            Err(Hidden::Planted(why)) => faults.say(line, format!("suspect {}, planted: {why}", i + 1)),
            Err(Hidden::Places(what)) => faults.say(line, format!("suspect {}, input ({input}): {what}", i + 1)),
            Ok(seen) => {
                if let Some((other, _)) = all.iter().find(|(_, others)| *others == seen) {
                    let what = "add a place where they differ, or choose another input";
                    faults.say(
                        line,
                        format!(
                            "suspects {} and {} show the same values with 4 decimals for the input ({input}); {what}",
                            other + 1,
                            i + 1
                        ),
                    );
                }
                all.push((i, seen));
            }
        }
    }
}
