//! Text as people have it: 82 forms, each read to a network that gives the numbers of the framework, or refused with a reason.
//!
//! `tests/forms/*.txt` are the texts, `expected.json` what each of them means: the names of the layers where the text gives some,
//! inputs with the outputs that NumPy computed from the weights, the activations that have to be given because the text does not
//! say them, what has to be remarked, or what a refusal speaks of.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fmt::Write as _, fs, path::Path};

use byhand::{
    load::{self, Given, LoadError, Opened, Orientation},
    network::Activation,
    pass::Pass,
};
use serde_json::Value;

#[path = "forms/bounds.rs"]
mod bounds;
#[path = "forms/others.rs"]
mod others;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms")
}

/// Name, text and what it means.
fn forms() -> Vec<(String, String, Value)> {
    let expected: Value = serde_json::from_str(&fs::read_to_string(folder().join("expected.json")).unwrap()).unwrap();
    let read = |name: &String| fs::read_to_string(folder().join(name)).unwrap();
    expected.as_object().unwrap().iter().map(|(name, value)| (name.clone(), read(name), value.clone())).collect()
}

fn floats(value: &Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap() as f32).collect()
}

fn given(expected: &Value) -> Given {
    let activations = expected["activations"].as_str();
    let activations =
        activations.map(|names| names.split(',').map(|name| name.parse::<Activation>().unwrap()).collect());
    Given { activations, ..Given::named("form") }
}

fn open(text: &str, given: &Given) -> Result<Opened, LoadError> {
    load::open(text.as_bytes().to_vec(), given)
}

/// What is wrong with how a text was read; nothing if all is right.
fn faults(text: &str, expected: &Value) -> String {
    let mut faults = String::new();
    let opened = match (open(text, &given(expected)), expected["refused"].as_str()) {
        (Err(why), Some(says)) if why.to_string().contains(says) => return faults,
        (Err(why), _) => return why.to_string(),
        (Ok(_), Some(says)) => return format!("not refused: {says}"),
        (Ok(opened), None) => opened,
    };
    let network = &opened.model.network;
    for case in expected["cases"].as_array().unwrap() {
        let pass = match Pass::new(network, &floats(&case[0]), &[]) {
            Ok(pass) => pass,
            Err(why) => return why.to_string(),
        };
        let output = floats(&case[1]);
        let near = pass.output().iter().zip(&output).all(|(a, b)| (a - b).abs() <= 2e-6 * b.abs().max(1.0));
        if !near || pass.output().len() != output.len() {
            write!(faults, "{:?} gives {:?}, not {output:?}; ", case[0], pass.output()).unwrap();
        }
    }
    let names = expected["names"].as_array().unwrap();
    let own = network.layers().filter(|layer| layer.operation.kind() != "Scaling");
    for (layer, name) in own.zip(names) {
        if name.as_str().is_some_and(|name| name != layer.name) {
            write!(faults, "`{}` is called {name}; ", layer.name).unwrap();
        }
    }
    let remarks: Vec<String> = opened.remarks.iter().map(ToString::to_string).collect();
    for remark in expected["remarks"].as_array().into_iter().flatten() {
        if !remarks.iter().any(|own| own.contains(remark.as_str().unwrap())) {
            write!(faults, "no remark says {remark}: {remarks:?}; ").unwrap();
        }
    }
    faults
}

#[test]
fn every_form_is_read_asked_or_refused_as_it_should_be() {
    let (mut right, mut refused, mut wrong) = (0, 0, String::new());
    for (name, text, expected) in forms() {
        let faults = faults(&text, &expected);
        let kind = match (faults.is_empty(), expected["refused"].is_string()) {
            (true, false) => {
                right += 1;
                "right"
            }
            (true, true) => {
                refused += 1;
                "refused"
            }
            (false, _) => {
                writeln!(wrong, "{name}: {faults}").unwrap();
                "wrong"
            }
        };
        println!("{name:44} {kind:8} {faults}");
    }
    println!("{right} right, {refused} refused with a reason");
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!((right, refused), (75, 7));
}

#[test]
fn activations_that_the_text_does_not_say_are_asked_for() {
    for (name, text, expected) in forms() {
        let asked = open(&text, &Given::named("form"));
        if expected["refused"].is_string() {
            assert!(asked.is_err(), "{name}");
        } else if expected["activations"].is_string() {
            let why = asked.expect_err(&name).to_string();
            assert!(why.contains("--activations "), "{name}: {why}");
        } else {
            assert!(asked.is_ok(), "{name}: {asked:?}");
        }
    }
}

#[test]
fn what_is_square_and_unlabelled_is_asked_with_both_answers() {
    let mut asked = Vec::new();
    for (name, text, expected) in forms().into_iter().filter(|(.., expected)| expected["cases"].is_array()) {
        let opened = open(&text, &given(&expected)).unwrap();
        let Some(question) = opened.question else { continue };
        let turned = &expected["turned"];
        let given = Given { orientation: Some(Orientation::Torch), ..given(&expected) };
        let other = open(&text, &given).unwrap().model;
        assert_eq!(question.choices[1].model, other, "{name}");
        for model in [&other, &question.choices[1].model] {
            let pass = Pass::new(&model.network, &floats(&turned[0]), &[]).unwrap();
            for (ours, theirs) in pass.output().iter().zip(floats(&turned[1])) {
                assert!((ours - theirs).abs() < 2e-6, "{name}: {ours} {theirs}");
            }
        }
        asked.push(name);
    }
    assert_eq!(asked, ["77-square-unlabelled.txt"]);
}

/// Changes of a text that change nothing in what it means.
fn variants(name: &str, text: &str) -> Vec<(&'static str, String)> {
    let before = "Hello everybody,\n\nI have been stuck for 3 days (since 2021-03-11) with this. Here it is:\n\n";
    let after = "\n\nMy result is wrong, why? Thanks in advance :)\n";
    let file = ["43", "45", "46", "47", "48"].iter().any(|number| name.starts_with(number));
    let mut all = vec![
        ("lines that end as on Windows", text.replace('\n', "\r\n")),
        ("a byte order mark, and blanks at the ends of lines", format!("\u{feff}{}", text.replace('\n', "  \n"))),
    ];
    // What ends inside of a bracket cannot be followed by anything.
    if !file && !name.starts_with("73") {
        all.push(("prose around it", format!("{before}{text}{after}")));
    }
    all
}

#[test]
fn prose_line_ends_and_blanks_change_nothing() {
    let mut wrong = String::new();
    let mut count = 0;
    for (name, text, expected) in forms() {
        for (what, variant) in variants(&name, &text) {
            let faults = faults(&variant, &expected);
            count += 1;
            if !faults.is_empty() {
                writeln!(wrong, "{name}, {what}: {faults}").unwrap();
            }
        }
    }
    println!("{count} variants");
    assert!(wrong.is_empty(), "{wrong}");
}
