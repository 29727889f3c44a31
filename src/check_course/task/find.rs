//! Find the first wrong value: there is one, and it can be seen.

use super::Faults;
use crate::{
    formula::Shown,
    pass::{Address, AddressError, Pass},
    setting::{Place, Setting},
};

/// How values are shown to the learner, who compares them.
const SEEN: Shown = Shown::Decimals(4);

/// A place to pick.
struct Pick<'a> {
    text: &'a str,
    /// The steps of the right pass up to it.
    known: usize,
    right: f32,
    planted: f32,
}

/// Checks the planted mistakes and the places to pick from.
pub(super) fn check(planted: &[String], places: &[String], line: usize, faults: &mut Faults<'_>, here: &Setting) {
    if planted.is_empty() {
        faults.say(line, "nothing is planted, so there is nothing to find; name a mistake in `planted`");
    }
    if places.len() < 2 {
        faults.say(line, "there are fewer than two places to pick from; add addresses to `where`");
    }
    let passes = here
        .mistakes(planted)
        .and_then(|mistakes| Ok((here.right_pass()?, Pass::new(&here.network, &here.input, &mistakes)?)));
    let (right, wrong) = match passes {
        Ok(passes) => passes,
        Err(why) => return faults.say(line, format!("planted: {why}")),
    };
    let mut picks: Vec<Pick<'_>> = Vec::new();
    for text in places {
        match pick(text, &right, &wrong) {
            Err(why) => faults.say(line, format!("where: {why}")),
            Ok(next) => {
                if let Some(before) = picks.last().filter(|before| before.known >= next.known) {
                    let what = "name them in the order of the pass, each once";
                    faults.say(line, format!("where: `{}` is not known after `{}`; {what}", next.text, before.text));
                }
                picks.push(next);
            }
        }
    }
    // A fault in a place may hide the first difference.
    if picks.len() < places.len() || planted.is_empty() {
        return;
    }
    let differs = |pick: &&Pick<'_>| pick.right.to_bits() != pick.planted.to_bits() && pick.right != pick.planted;
    let Some(first) = picks.iter().find(differs) else {
        return faults.say(line, "where: none of these values differs in the planted pass; name one that does");
    };
    let (right, planted) = (SEEN.text(f64::from(first.right)), SEEN.text(f64::from(first.planted)));
    if right == planted {
        let what = "choose an input or places where it can be seen";
        faults.say(
            line,
            format!("where: the first wrong value, `{}`, looks right with 4 decimals ({right}); {what}", first.text),
        );
    }
}

fn pick<'a>(text: &'a str, right: &Pass, planted: &Pass) -> Result<Pick<'a>, String> {
    let address: Address = text.parse().map_err(|why: AddressError| why.to_string())?;
    let one = |pass: &Pass| match pass.get(&address).map_err(|why| why.to_string())? {
        [value] => Ok(*value),
        list => Err(format!("`{text}` is a list of {}; give an index, so that it is one value to pick", list.len())),
    };
    let (value, planted) = (one(right)?, one(planted)?);
    let known = Place::After(address.clone()).steps(right).map_err(|why| why.to_string())?;
    Ok(Pick { text, known, right: value, planted })
}
