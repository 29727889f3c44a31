//! `--scaling`: what was done to the numbers before training, as layers before and behind the network.
//!
//! People train on mapped numbers and print the weights; the mapping is printed nowhere. Given here, it becomes part of the
//! network, so that the right pass uses it and every mistake about scaling can be made.

use thiserror::Error;

use super::{Facts, Model};
use crate::network::{
    List,
    mapping::{self, End, Mapping},
};

/// Why a scaling cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("--scaling {text}: {why}")]
pub struct ScalingError {
    /// As written.
    text: String,
    /// What is wrong with it, and what to do.
    why: String,
}

/// The model with the scalings that `texts` describe.
///
/// # Errors
/// [`ScalingError`] with the text, and what to write instead.
pub fn scaled(model: Model, texts: &[String]) -> Result<Model, ScalingError> {
    let mut ends: Vec<End> = Vec::new();
    let mut model = model;
    for text in texts {
        let wrong = |why: String| ScalingError { text: text.clone(), why };
        let (end, mappings) = read(text).map_err(wrong)?;
        if ends.contains(&end) {
            let name = end.name();
            return Err(wrong(format!(
                "the {name} was scaled already; give `--scaling {name}=` once, with `;` between several"
            )));
        }
        ends.push(end);
        model = wrapped(model, end, &mappings).map_err(wrong)?;
    }
    Ok(model)
}

const FORMS: &str = "write 0,100 for a range that was mapped to [0, 1], 0,100:-1,1 for one that was mapped to [-1, 1], /255, or standard:MEAN,DEVIATION";

fn read(text: &str) -> Result<(End, Vec<Mapping>), String> {
    let (end, mappings) = text.split_once('=').unwrap_or((text, ""));
    let end = match end.trim() {
        "input" => End::Input,
        "output" => End::Output,
        other => {
            return Err(format!("`{other}` is neither input nor output; write input=0,100:-1,1 or output=0,205:-1,1"));
        }
    };
    if mappings.trim().is_empty() {
        return Err(format!("how the {} was scaled is missing; {FORMS}", end.name()));
    }
    Ok((end, mappings.split(';').map(|mapping| one(mapping.trim())).collect::<Result<_, _>>()?))
}

fn one(text: &str) -> Result<Mapping, String> {
    if let Some(divisor) = text.strip_prefix('/') {
        let divisor = number(divisor)?;
        if divisor == 0.0 {
            return Err(format!("`{text}`: nothing can be divided by 0"));
        }
        return Ok(Mapping::divided_by(divisor));
    }
    if let Some((name, rest)) = text.split_once(':').filter(|(name, _)| name.starts_with(|c: char| c.is_alphabetic())) {
        if name.trim() != "standard" {
            return Err(format!("`{name}` is not a way to scale; {FORMS}"));
        }
        let (mean, deviation) = two(rest)?;
        if deviation == 0.0 {
            return Err(format!(
                "`{text}`: the deviation is 0, and nothing can be divided by it; give the one used in training"
            ));
        }
        if deviation < 0.0 {
            return Err(format!("`{text}`: a deviation is not negative; write the mean first, then the deviation"));
        }
        return Ok(Mapping::Standard { mean, deviation });
    }
    let (from, to) = match text.split_once(':') {
        None => (two(text)?, (0.0, 1.0)),
        Some((from, to)) => (two(from)?, two(to)?),
    };
    for (low, high) in [from, to] {
        if low == high {
            return Err(format!(
                "`{text}`: the range from {low} to {high} is empty; write the lowest and the highest number"
            ));
        }
    }
    Ok(Mapping::Range { from, to })
}

fn two(text: &str) -> Result<(f32, f32), String> {
    let numbers = text.split(',').map(number).collect::<Result<Vec<f32>, _>>()?;
    match numbers[..] {
        [a, b] => Ok((a, b)),
        _ => Err(format!("`{}` has {} of 2 numbers; {FORMS}", text.trim(), numbers.len())),
    }
}

fn number(text: &str) -> Result<f32, String> {
    let text = text.trim();
    match text.parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => Err(format!("`{text}` is no number that something can be scaled with")),
        Err(_) => Err(format!("`{text}` is not a number; {FORMS}")),
    }
}

fn wrapped(model: Model, end: End, mappings: &[Mapping]) -> Result<Model, String> {
    let Model { network, facts } = model;
    let units = if end == End::Input { network.inputs() } else { network.outputs() };
    let mappings = match mappings {
        [all] => vec![*all; units],
        each if each.len() == units => each.to_vec(),
        _ => {
            let (name, given) = (end.name(), mappings.len());
            let numbers = if units == 1 { name.to_owned() } else { format!("{name}s") };
            let why = format!("`{}` has {units} {numbers}, and {given} were scaled", network.name());
            return Err(format!("{why}; give one for each with `;` between them, or one for all"));
        }
    };
    let scaling = mapping::scaling(&mappings, end)
        .map_err(|unit| format!("number {unit}: this mapping is beyond what float32 can hold; is a digit missing?"))?;
    let network = network.with_scaling(end, scaling.clone()).map_err(|why| why.to_string())?;
    // What is known of the bare network is not known of this one.
    let facts = Facts { target: None, known: Vec::new(), posted: Vec::new(), ..facts };
    let facts = match end {
        End::Output => facts,
        End::Input => {
            let number = |list, i: usize| scaling.list(list).and_then(|list| list.get(i)).copied();
            let back = |i: usize, x: f32| Some((x - number(List::Offset, i)?) / number(List::Scale, i)?);
            Facts {
                input: facts.input.iter().take(units).enumerate().filter_map(|(i, x)| back(i, *x)).collect(),
                region: mappings.iter().map(|mapping| mapping.range()).collect(),
                training: facts.training.and_then(|_| Some(mappings.first()?.range())),
                ..facts
            }
        }
    };
    Ok(Model { network, facts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{load::builtin, pass::Pass};

    fn output(name: &str, texts: &[&str], input: &[f32]) -> Vec<f32> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let model = scaled(builtin(name).expect(name), &texts).expect("scaled");
        Pass::new(&model.network, input, &[]).expect("fits").output().to_vec()
    }

    #[test]
    fn the_mapping_becomes_part_of_the_network() {
        let bare = |input: &[f32]| output("sum-2-5-1", &[], input);
        for (texts, input, same_as) in [
            // sklearn's MinMaxScaler for 0..100: 30 is 0.3, 10 is 0.1
            (&["input=0,100"][..], &[30.0, 10.0][..], &[0.3, 0.1]),
            // to [-1, 1]: 65 is 0.3, 55 is 0.1
            (&["input=0,100:-1,1"], &[65.0, 55.0], &[0.3, 0.1]),
            // 76.5 / 255 = 0.3, 25.5 / 255 = 0.1
            (&["input=/255"], &[76.5, 25.5], &[0.3, 0.1]),
            // (5.6 - 5) / 2 = 0.3 and (0.2 - 0) / 2 = 0.1
            (&["input=standard:5,2;standard:0,2"], &[5.6, 0.2], &[0.3, 0.1]),
        ] {
            let (ours, bare) = (output("sum-2-5-1", texts, input)[0], bare(same_as)[0]);
            assert!((ours - bare).abs() < 1e-6, "{texts:?}: {ours} {bare}");
        }
        // The answer of the bare network, 0.93015915, back from [-1, 1] to 0..205: (0.93015915 + 1) / 2 * 205 = 197.8413...
        assert!((output("sum-2-5-1", &["output=0,205:-1,1"], &[0.3, 0.1])[0] - 197.841_31).abs() < 1e-4);
        // 0.93015915 * 4 + 10 = 13.7206366
        assert!((output("sum-2-5-1", &["output=standard:10,4"], &[0.3, 0.1])[0] - 13.720_637).abs() < 1e-5);
        assert!((output("sum-2-5-1", &["output=/255"], &[0.3, 0.1])[0] - 237.190_58).abs() < 1e-4);
    }

    #[test]
    fn a_name_that_is_taken_is_not_taken_twice() {
        let model = scaled(builtin("gate-2-1").expect("built in"), &["input=0,2".to_owned()]).expect("scaled");
        let again = scaled(model, &["input=0,4".to_owned(), "output=0,2".to_owned()]).expect("scaled");
        let names: Vec<&str> = again.network.layers().map(|layer| layer.name.as_str()).collect();
        assert_eq!((names[0], names[1], names[names.len() - 1]), ("scaling_in_1", "scaling_in", "scaling_out"));
        assert_eq!(again.facts.region, [(0.0, 4.0), (0.0, 4.0)]);
        assert!(again.facts.known.is_empty());
    }

    #[test]
    fn what_cannot_be_used_says_where_and_what_to_do() {
        for (text, expected) in [
            ("", "`` is neither input nor output; write input=0,100:-1,1"),
            ("inptu=0,1", "`inptu` is neither input nor output"),
            ("input", "how the input was scaled is missing; write 0,100"),
            ("input=", "how the input was scaled is missing"),
            ("input=5,5", "the range from 5 to 5 is empty"),
            ("input=0,1:2,2", "the range from 2 to 2 is empty"),
            ("input=0,x", "`x` is not a number"),
            ("input=0,nan", "`nan` is no number that something can be scaled with"),
            ("input=/0", "nothing can be divided by 0"),
            ("input=/inf", "`inf` is no number"),
            ("input=3", "`3` has 1 of 2 numbers"),
            ("input=1,2,3", "`1,2,3` has 3 of 2 numbers"),
            ("input=standard:1,0", "the deviation is 0"),
            ("input=standard:1,-2", "a deviation is not negative"),
            ("input=standardised:1,2", "`standardised` is not a way to scale"),
            ("input=standard:1", "`1` has 1 of 2 numbers"),
            ("input=0,1;0,2;0,3", "`gate-2-1` has 2 inputs, and 3 were scaled; give one for each"),
            ("input=0,1;", "`` is not a number"),
            ("input=0,1e-45", "beyond what float32 can hold"),
            ("output=0,1;0,2", "`gate-2-1` has 1 output, and 2 were scaled"),
        ] {
            let error = scaled(builtin("gate-2-1").expect("built in"), &[text.to_owned()]).expect_err(text).to_string();
            assert!(error.starts_with(&format!("--scaling {text}: ")) && error.contains(expected), "{error}");
        }
        let twice = ["input=0,1".to_owned(), "input=0,2".to_owned()];
        let error = scaled(builtin("gate-2-1").expect("built in"), &twice).expect_err("twice").to_string();
        assert!(error.contains("the input was scaled already"), "{error}");
    }
}
