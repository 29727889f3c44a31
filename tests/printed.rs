//! Printed weights against the exact weights they were printed from.
//!
//! `tests/golden/MODEL/text/` holds prints by `NumPy` 1.26 and 2.4 under several print options,
//! `weights.json` the exact values, made from the model's own `weights.npz` by
//! `tests/golden/extract.py`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use byhand::load::{
    self, Array, LoadError, Origin,
    text::{Problem, TextError},
};
use serde::Deserialize;

#[path = "printed/forms.rs"]
mod forms;
#[path = "printed/refusals.rs"]
mod refusals;

const MODELS: [&str; 8] = ["a_line", "b_hinge", "c_sum", "d_xor", "e_iris", "f_digits", "g_dense_acts", "n_inputdim"];

/// Every array of a text, in order.
fn arrays(text: &str) -> Result<Vec<Array>, TextError> {
    match load::read(text.as_bytes().to_vec()) {
        Ok(draft) => Ok(draft.arrays()),
        Err(LoadError::Text(why)) => Err(*why),
        Err(why) => panic!("{why}"),
    }
}

#[derive(Deserialize)]
struct Exact {
    shape: Vec<usize>,
    values: Vec<f32>,
}

fn golden(model: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(model)
}

fn exact(model: &str) -> Vec<Exact> {
    serde_json::from_str(&fs::read_to_string(golden(model).join("weights.json")).unwrap()).unwrap()
}

/// Name and text of every print of a model.
fn prints(model: &str) -> Vec<(String, String)> {
    let mut prints: Vec<_> = fs::read_dir(golden(model).join("text"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    prints.sort();
    assert!(prints.len() >= 16, "{model} has {} prints", prints.len());
    prints
}

/// Whether `NumPy` prints these values with exponents: its documentation of `suppress` names the
/// rule (smallest below 1e-4, or largest more than 1,000 times the smallest).
fn with_exponents(values: &[f32]) -> bool {
    let sizes = || values.iter().map(|value| value.abs()).filter(|&size| size > 0.0);
    let (least, most) = (sizes().fold(f32::INFINITY, f32::min), sizes().fold(0.0, f32::max));
    most >= 1e8 || least < 1e-4 || most / least > 1000.0
}

/// How far a value printed with `digits` after the point may be from the exact one.
fn tolerance(exact: f32, digits: i32, exponents: bool) -> f64 {
    let exact = f64::from(exact.abs());
    let decade = if exponents && exact > 0.0 { exact.log10().floor() as i32 } else { 0 };
    // Half of the last printed digit, and half of the last bit for the way back to float32.
    0.5 * 10_f64.powi(decade - digits) + exact * 2_f64.powi(-24)
}

#[test]
fn every_whole_print_gives_the_weights_it_was_printed_from() {
    let (mut values, mut identical) = (0, 0);
    for model in MODELS {
        let exact = exact(model);
        for (name, text) in prints(model).into_iter().filter(|(_, text)| !text.contains("...")) {
            let read = arrays(&text).unwrap_or_else(|error| panic!("{model}/{name}: {error}"));
            let shapes = |shape: &Vec<usize>| shape.clone();
            assert_eq!(
                read.iter().map(|array| shapes(&array.shape)).collect::<Vec<_>>(),
                exact.iter().map(|array| shapes(&array.shape)).collect::<Vec<_>>(),
                "{model}/{name}"
            );
            let digits = if name.contains("precision3") { 3 } else { 8 };
            assert_eq!(read.iter().filter_map(|array| array.decimals).max(), Some(digits), "{model}/{name}");
            for (index, (read, exact)) in read.iter().zip(&exact).enumerate() {
                let exponents = !name.contains("suppress") && with_exponents(&exact.values);
                assert_eq!(read.values.len(), exact.values.len());
                for (read, exact) in read.values.iter().zip(&exact.values) {
                    let distance = (f64::from(*read) - f64::from(*exact)).abs();
                    let allowed = tolerance(*exact, i32::from(digits), exponents);
                    assert!(distance <= allowed, "{model}/{name} array {index}: {read} is not {exact}");
                    // From 1/8 on, neighbouring float32 are more than 1e-8 apart: 8 digits are exact.
                    if digits == 8 && (exponents || exact.abs() >= 0.125) {
                        assert_eq!(read.to_bits(), exact.to_bits(), "{model}/{name} array {index}");
                    }
                    values += 1;
                    identical += usize::from(read.to_bits() == exact.to_bits());
                }
            }
        }
    }
    // As many as the prints hold; those below 1/8 lost digits when they were printed.
    assert_eq!((values, identical), (29_272, 23_466));
}

#[test]
fn a_print_layer_by_layer_gives_the_same_arrays_as_one_of_the_whole_model() {
    let values =
        |text: &str| arrays(text).unwrap().into_iter().map(|array| (array.shape, array.values)).collect::<Vec<_>>();
    let mut compared = 0;
    for model in MODELS {
        let prints = prints(model);
        for (name, text) in prints.iter().filter(|(name, text)| name.contains("layers") && !text.contains("...")) {
            let (_, whole) = prints.iter().find(|(other, _)| other == "numpy2_full.txt").unwrap();
            assert_eq!(values(text), values(whole), "{model}/{name}");
            compared += 1;
        }
    }
    assert!(compared >= 20, "only {compared} prints compared");
}

#[test]
fn an_array_begins_on_the_line_where_its_name_stands() {
    for model in MODELS {
        for (name, text) in prints(model).into_iter().filter(|(_, text)| !text.contains("...")) {
            let expected: Vec<usize> = (1..)
                .zip(text.lines())
                .flat_map(|(number, line)| line.matches("array(").map(move |_| number))
                .collect();
            let lines: Vec<usize> = arrays(&text).unwrap().iter().map(|array| array.line).collect();
            assert_eq!(lines, expected, "{model}/{name}");
        }
    }
}

#[test]
fn every_print_that_was_cut_short_is_refused_where_the_first_values_are_missing() {
    let mut refused = 0;
    for model in MODELS {
        for (name, text) in prints(model).into_iter().filter(|(_, text)| text.contains("...")) {
            let error = arrays(&text).expect_err(&name);
            assert_eq!(error.problem, Problem::CutShort, "{model}/{name}");
            let (number, line) = (1..).zip(text.lines()).find(|(_, line)| line.contains("...")).unwrap();
            assert_eq!(
                (error.place.line, error.place.column),
                (number, line.find("...").unwrap() + 1),
                "{model}/{name}"
            );
            assert!(
                error
                    .to_string()
                    .contains("`import sys, numpy as np; np.set_printoptions(threshold=sys.maxsize)` and print again")
            );
            refused += 1;
        }
    }
    assert_eq!(refused, 28);
}

#[test]
#[expect(clippy::excessive_precision, reason = "the digits as they were posted")]
fn the_posted_arrays_are_read_as_they_were_posted() {
    let read = |name: &str| arrays(&fs::read_to_string(golden("posted").join(name)).unwrap()).unwrap();

    let line = read("line-1-16-1.txt");
    let shapes: Vec<_> = line.iter().map(|array| array.shape.as_slice()).collect();
    assert_eq!(shapes, [&[1, 16][..], &[16], &[16, 1], &[1]]);
    assert_eq!((line[0].values[1], line[0].values[15]), (0.488_992_87, -0.473_007_38));
    let biases = [
        0.0,
        1.170_537_4,
        0.0,
        0.0,
        -0.413_232_03,
        0.975_154_34,
        0.0,
        0.996_994_14,
        0.0,
        0.0,
        -0.231_681_1,
        0.0,
        0.0,
        0.0,
        1.463_842_4,
        0.0,
    ];
    assert_eq!(line[1].values, biases);
    assert_eq!((line[2].values[0], line[2].values[15]), (-0.304_042_67, -0.197_616_73));
    assert_eq!((&line[3].shape[..], &line[3].values[..]), (&[1][..], &[0.742_625_4][..]));
    assert_eq!((line[3].line, line[3].decimals, line[3].origin), (23, Some(7), Origin::NumPy));

    let sum = read("sum-2-5-1.txt");
    let shapes: Vec<_> = sum.iter().map(|array| array.shape.as_slice()).collect();
    assert_eq!(shapes, [&[2, 5][..], &[5], &[5, 1], &[1]]);
    assert_eq!(sum[0].values[5..], [-0.566_827_48, 1.157_490_5, 0.916_185_14, 0.375_188_14, -0.676_390_47]);
    assert_eq!((sum[2].values[4], sum[3].values[0]), (-0.103_018_71, 0.274_108_47));
}
