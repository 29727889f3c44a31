//! Tasks that change the bench: what-ifs to switch, numbers to edit.

use crate::check_course::{Faults, within};
use crate::{
    course::BenchSetting,
    mistake::Mistake,
    network::{Layer, Network},
    pass::{Address, Source},
    setting::{Setting, SettingError},
    words::check_course,
};

/// The wanted what-ifs are others than those that are on.
pub(super) fn toggle(names: &[String], line: usize, faults: &mut Faults<'_>, here: &Setting) {
    let wanted = match here.mistakes(names) {
        Ok(wanted) => wanted,
        Err(why) => return faults.say(line, within("what_ifs".to_owned(), why)),
    };
    let all_of = |some: &[Mistake], others: &[Mistake]| some.iter().all(|mistake| others.contains(mistake));
    if all_of(&wanted, &here.what_ifs) && all_of(&here.what_ifs, &wanted) {
        faults.say(line, check_course::what_ifs_on());
    }
}

/// The condition waits for the learner, and the example fulfils it by what may be changed.
pub(super) fn edit(
    until: &str,
    may: &[String],
    example: &BenchSetting,
    line: usize,
    faults: &mut Faults<'_>,
    here: &Setting,
) {
    match here.holds(until) {
        Err(why) => return faults.say(line, within("until".to_owned(), why)),
        Ok(true) => faults.say(line, within("until".to_owned(), check_course::until_holds())),
        Ok(false) => {}
    }
    let allowed: Vec<Source> = may
        .iter()
        .filter_map(|text| match editable(text, &here.network) {
            Ok(source) => Some(source),
            Err(why) => {
                faults.say(line, within("may".to_owned(), why));
                None
            }
        })
        .collect();
    if example.model.is_some() || example.what_ifs.is_some() {
        return faults.say(line, within("example".to_owned(), check_course::example_sets_more()));
    }
    let after = match here.then(example) {
        Ok(after) => after,
        Err(why) => return faults.say(line, within("example".to_owned(), why)),
    };
    match after.holds(until) {
        Err(why) => faults.say(line, within("example".to_owned(), why)),
        Ok(false) => faults.say(line, within("example".to_owned(), check_course::example_fails())),
        Ok(true) => {}
    }
    if !may.is_empty() {
        for (source, name) in changed(here, &after) {
            if !allowed.contains(&source) {
                faults.say(line, within("example".to_owned(), check_course::example_changes(name)));
            }
        }
    }
}

/// What an entry of `may` names.
fn editable(text: &str, network: &Network) -> Result<Source, String> {
    let place = text.parse::<Address>().and_then(|address| address.resolve(network)).map_err(|why| why.to_string())?;
    match (place.source, place.index) {
        (Source::Stage(..), _) => Err(SettingError::NotAWeight { address: text.to_owned() }.to_string()),
        (_, Some(_)) => Err(check_course::may_index(text)),
        (source, None) => Ok(source),
    }
}

/// The lists of numbers that differ between two settings of one model, by name.
fn changed(before: &Setting, after: &Setting) -> Vec<(Source, String)> {
    let mut all = Vec::new();
    if before.input != after.input {
        all.push((Source::Input, "input".to_owned()));
    }
    for (i, (old, new)) in before.network.layers().zip(after.network.layers()).enumerate() {
        let kernel = |layer: &Layer| layer.operation.as_dense().map(|dense| dense.kernel().clone());
        let bias = |layer: &Layer| layer.operation.as_dense().and_then(|dense| dense.bias().map(<[f32]>::to_vec));
        if kernel(old) != kernel(new) {
            all.push((Source::Kernel(i), format!("{}.kernel", old.name)));
        }
        if bias(old) != bias(new) {
            all.push((Source::Bias(i), format!("{}.bias", old.name)));
        }
    }
    all
}
