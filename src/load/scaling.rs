//! `--scaling`: how the numbers were mapped before training, as layers before and behind the network.
//!
//! People train on mapped numbers and print the weights, but not the mapping. If it is given here, it becomes a part of the network,
//! so the right pass uses it and every mistake about scaling can be made.

use thiserror::Error;

use super::{Facts, Model};
use crate::{
    network::{
        List,
        mapping::{self, End, Mapping},
    },
    words::scaling,
};

/// Why a scaling cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", scaling::wrong(text, why))]
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
            return Err(wrong(scaling::twice(end.name())));
        }
        ends.push(end);
        model = wrapped(model, end, &mappings).map_err(wrong)?;
    }
    Ok(model)
}

fn read(text: &str) -> Result<(End, Vec<Mapping>), String> {
    let (end, mappings) = text.split_once('=').unwrap_or((text, ""));
    let end = match end.trim() {
        "input" => End::Input,
        "output" => End::Output,
        other => {
            return Err(scaling::no_end(other));
        }
    };
    if mappings.trim().is_empty() {
        return Err(scaling::missing(end.name()));
    }
    Ok((end, mappings.split(';').map(|mapping| one(mapping.trim())).collect::<Result<_, _>>()?))
}

fn one(text: &str) -> Result<Mapping, String> {
    if let Some(divisor) = text.strip_prefix('/') {
        let divisor = number(divisor)?;
        if divisor == 0.0 {
            return Err(scaling::zero(text));
        }
        return Ok(Mapping::divided_by(divisor));
    }
    if let Some((name, rest)) = text.split_once(':').filter(|(name, _)| name.starts_with(|c: char| c.is_alphabetic())) {
        if name.trim() != "standard" {
            return Err(scaling::unknown(name));
        }
        let (mean, deviation) = two(rest)?;
        if deviation == 0.0 {
            return Err(scaling::deviation_zero(text));
        }
        if deviation < 0.0 {
            return Err(scaling::deviation_negative(text));
        }
        return Ok(Mapping::Standard { mean, deviation });
    }
    let (from, to) = match text.split_once(':') {
        None => (two(text)?, (0.0, 1.0)),
        Some((from, to)) => (two(from)?, two(to)?),
    };
    for (low, high) in [from, to] {
        if low == high {
            return Err(scaling::empty_range(high, low, text));
        }
    }
    Ok(Mapping::Range { from, to })
}

fn two(text: &str) -> Result<(f32, f32), String> {
    let numbers = text.split(',').map(number).collect::<Result<Vec<f32>, _>>()?;
    match numbers[..] {
        [a, b] => Ok((a, b)),
        _ => Err(scaling::not_two(numbers.len(), text.trim())),
    }
}

fn number(text: &str) -> Result<f32, String> {
    let text = text.trim();
    match text.parse::<f32>() {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => Err(scaling::not_finite(text)),
        Err(_) => Err(scaling::not_a_number(text)),
    }
}

fn wrapped(model: Model, end: End, mappings: &[Mapping]) -> Result<Model, String> {
    let Model { network, facts } = model;
    let units = if end == End::Input { network.inputs() } else { network.outputs() };
    let mappings = match mappings {
        [all] => vec![*all; units],
        each if each.len() == units => each.to_vec(),
        _ => return Err(scaling::count(end.name(), mappings.len(), network.name(), units)),
    };
    let scaling = mapping::scaling(&mappings, end).map_err(scaling::too_large)?;
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
    fn an_unusable_scaling_reports_where_and_what_to_do() {
        for (text, expected) in [
            ("", "`` is neither input nor output; write input=0,100:-1,1"),
            ("inptu=0,1", "`inptu` is neither input nor output"),
            ("input", "it does not say how the input was scaled; write 0,100"),
            ("input=", "it does not say how the input was scaled"),
            ("input=5,5", "the range from 5 to 5 is empty"),
            ("input=0,1:2,2", "the range from 2 to 2 is empty"),
            ("input=0,x", "`x` is not a number"),
            ("input=0,nan", "`nan` is not a finite number"),
            ("input=/0", "nothing can be divided by 0"),
            ("input=/inf", "`inf` is not a finite number"),
            ("input=3", "`3` has 1 number instead of 2"),
            ("input=1,2,3", "`1,2,3` has 3 numbers instead of 2"),
            ("input=standard:1,0", "the deviation is 0"),
            ("input=standard:1,-2", "a deviation is not negative"),
            ("input=standardised:1,2", "`standardised` is not a way to scale"),
            ("input=standard:1", "`1` has 1 number instead of 2"),
            ("input=0,1;0,2;0,3", "`gate-2-1` has 2 inputs, and 3 mappings were given; give one mapping for each"),
            ("input=0,1;", "`` is not a number"),
            ("input=0,1e-45", "too large or too small for float32"),
            ("output=0,1;0,2", "`gate-2-1` has 1 output, and 2 mappings were given"),
        ] {
            let error = scaled(builtin("gate-2-1").expect("built in"), &[text.to_owned()]).expect_err(text).to_string();
            assert!(error.starts_with(&format!("--scaling {text}: ")) && error.contains(expected), "{error}");
        }
        let twice = ["input=0,1".to_owned(), "input=0,2".to_owned()];
        let error = scaled(builtin("gate-2-1").expect("built in"), &twice).expect_err("twice").to_string();
        assert!(error.contains("the input is already scaled"), "{error}");
    }
}
