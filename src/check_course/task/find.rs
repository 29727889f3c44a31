//! Find the first wrong value: there is one, and it can be seen.

use crate::check_course::{Faults, within};
use crate::{
    network::number::Digits,
    pass::{Address, AddressError, Pass},
    setting::{Place, Setting},
    words::check_course,
};

/// How values are shown to the learner, who compares them.
const SEEN: Digits = Digits::FOUR;

/// Why a planted mistake cannot be found.
pub(super) enum Hidden {
    /// It cannot be made.
    Planted(String),
    /// It does not show in these places.
    Places(String),
}

/// Checks the planted mistakes and the places to pick from.
pub(super) fn check(planted: &[String], places: &[String], line: usize, faults: &mut Faults<'_>, here: &Setting) {
    if planted.is_empty() {
        faults.say(line, check_course::nothing_planted());
    }
    let sound = order(places, line, faults, here);
    match seen(planted, places, here) {
        Err(Hidden::Planted(why)) => faults.say(line, within("planted".to_owned(), why)),
        // A fault in a place may hide the first difference.
        Err(Hidden::Places(what)) if sound && !planted.is_empty() => faults.say(line, within("where".to_owned(), what)),
        _ => {}
    }
}

/// Whether the places can be picked from: single values of the pass, each known after the one before.
pub(super) fn order(places: &[String], line: usize, faults: &mut Faults<'_>, here: &Setting) -> bool {
    if places.len() < 2 {
        faults.say(line, check_course::places_few());
    }
    let right = match here.right_pass() {
        Ok(right) => right,
        Err(why) => {
            faults.say(line, within("where".to_owned(), why));
            return false;
        }
    };
    let mut known: Vec<(&str, usize)> = Vec::new();
    for text in places {
        match reached(text, &right) {
            Err(why) => faults.say(line, within("where".to_owned(), why)),
            Ok(steps) => {
                if let Some((before, _)) = known.last().filter(|(_, before)| *before >= steps) {
                    faults.say(line, within("where".to_owned(), check_course::places_order(before, text)));
                }
                known.push((text, steps));
            }
        }
    }
    known.len() == places.len()
}

/// Every place as the learner sees it in the pass with these mistakes; an error if the first wrong one cannot be seen.
pub(super) fn seen(planted: &[String], places: &[String], here: &Setting) -> Result<Vec<String>, Hidden> {
    let (right, wrong) = passes(planted, here).map_err(Hidden::Planted)?;
    let (right, wrong) = (values(places, &right), values(places, &wrong));
    let differs = |(right, wrong): (&f32, &f32)| right.to_bits() != wrong.to_bits() && right != wrong;
    let Some(first) = right.iter().zip(&wrong).position(differs) else {
        return Err(Hidden::Places(check_course::places_equal()));
    };
    let seen: Vec<String> = wrong.iter().map(|value| SEEN.inline(f64::from(*value))).collect();
    let rightly = SEEN.inline(f64::from(right[first]));
    if rightly == seen[first] {
        return Err(Hidden::Places(check_course::place_looks_right(&places[first], rightly)));
    }
    Ok(seen)
}

fn passes(planted: &[String], here: &Setting) -> Result<(Pass, Pass), String> {
    let mistakes = here.mistakes(planted).map_err(|why| why.to_string())?;
    let right = here.right_pass().map_err(|why| why.to_string())?;
    let wrong = Pass::new(&here.network, &here.input, &mistakes).map_err(|why| why.to_string())?;
    Ok((right, wrong))
}

/// The steps of the pass up to a place that is one value.
fn reached(text: &str, pass: &Pass) -> Result<usize, String> {
    let address: Address = text.parse().map_err(|why: AddressError| why.to_string())?;
    match pass.get(&address).map_err(|why| why.to_string())? {
        [_] => Place::After(address).steps(pass).map_err(|why| why.to_string()),
        list => Err(check_course::place_is_list(list.len(), text)),
    }
}

/// The value at each place; for places that were found sound.
fn values(places: &[String], pass: &Pass) -> Vec<f32> {
    let value = |text: &String| pass.get(&text.parse().ok()?).ok()?.first().copied();
    places.iter().map(|text| value(text).unwrap_or(f32::NAN)).collect()
}
