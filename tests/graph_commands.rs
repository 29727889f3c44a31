//! `explain` and `check` on model files whose layers are no chain of dense ones.

use std::process::{Command, Output};

use serde_json::Value;

fn byhand(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).output().expect("byhand runs")
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Embedding, GRU, Dense: seven words.
const GRU: &str = "tests/golden/keras/j_gru/model.keras";
const WORDS: &str = "8,11,10,6,11,11,11";

fn explained(mistake: Option<&str>, at: &str) -> Value {
    let mut arguments = vec!["explain", GRU, "--input", WORDS, "--json", "--value", at];
    arguments.extend(mistake.iter().flat_map(|name| ["--mistake", name]));
    let output = byhand(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_value_is_explained_with_the_formulas_that_ran() {
    let output = byhand(&["explain", GRU, "--input", WORDS, "--value", "gru.h[1,0]"]);
    let text = text(&output);
    for line in [
        "h[t, u] = kept[t, u] + renewed[t, u]",
        "uh[t, u] = sum over i of h[t - 1, i] × recurrent_kernel[i, u]   outside of h: 0",
        "It depends on",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let right = explained(None, "gru.h[1,0]");
    let last = right["lines"].as_array().expect("lines").last().expect("a line");
    assert_eq!((last["address"].as_str(), &last["result"]), (Some("gru.h[1,0]"), &right["values"][0]));
    assert!(right["formulas"].as_array().expect("formulas").iter().any(|f| f == "gru: n[t, u] = tanh(n_sum[t, u])"));
    for format in ["markdown", "latex", "csv", "json"] {
        let output = byhand(&["explain", GRU, "--input", WORDS, "--value", "gru.h[1,0]", "--format", format]);
        assert!(output.status.success() && output.stdout.len() > 200, "{format}");
    }
}

#[test]
fn a_mistake_in_a_gate_is_named_from_one_number() {
    let wrong = explained(Some("update-gate:gru"), "gru.a[2]");
    // At the first time the old state is 0: only what the new value makes differs.
    assert_eq!(wrong["parts_at"], "gru.renewed[0,0]");
    let answer = format!("{:.7}", wrong["values"][0].as_f64().expect("a number"));
    let output = byhand(&["check", GRU, "--input", WORDS, "--at", "gru.a[2]", "--answer", &answer, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let checked: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(checked["verdict"], "mistake", "{checked}");
    assert_eq!(checked["candidates"][0]["mistakes"][0]["kind"], "update-gate", "{checked}");
    assert_eq!(checked["candidates"][0]["mistakes"][0]["layer"], "gru");
    assert!(checked["candidates"][0]["probability"].as_f64().expect("a number") > 0.5, "{checked}");
    let output = byhand(&["check", GRU, "--input", WORDS, "--at", "gru.a[2]", "--answer", &answer]);
    assert!(text(&output).contains("1. You took z for 1 - z in layer `gru`."), "{}", text(&output));
}

#[test]
fn a_right_number_is_right_and_a_strange_one_unknown() {
    let right = explained(None, "output[0]");
    let answer = right["values"][0].to_string();
    let output = byhand(&["check", GRU, "--input", WORDS, "--answer", &answer]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output).contains("Correct to the digits that you gave."), "{}", text(&output));
    let output = byhand(&["check", GRU, "--input", WORDS, "--answer", "0.777123", "--json"]);
    let checked: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), &checked["verdict"]), (Some(1), &Value::from("unknown")));
    assert_eq!(checked["first_wrong"], "dense.a[0]");
}

#[test]
fn the_model_s_own_number_says_what_was_not_described() {
    let right = explained(None, "output[0]")["values"][0].to_string();
    // What a GRU gives whose update gate is the other way round: as PyTorch defines it.
    let other = explained(Some("update-gate:gru"), "output[0]")["values"][0].to_string();
    let output = byhand(&["check", GRU, "--input", WORDS, "--answer", &right, "--model-says", &other, "--json"]);
    let checked: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), &checked["verdict"]), (Some(1), &Value::from("model")));
    assert_eq!(checked["observations"][0]["model_says"], Value::from(other.clone()));
    let first = &checked["candidates"][0];
    assert_eq!(
        (&first["explains"], &first["mistakes"][0]["kind"]),
        (&Value::from("model"), &Value::from("update-gate"))
    );
    let output = byhand(&["check", GRU, "--input", WORDS, "--answer", &right, "--model-says", &other]);
    assert!(text(&output).contains("Your arithmetic fits the network as you described it."), "{}", text(&output));
    // The model's number alone, right and wrong.
    let output = byhand(&["check", GRU, "--input", WORDS, "--model-says", &right]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let output = byhand(&["check", GRU, "--input", WORDS, "--model-says", "0.777123", "--json"]);
    let checked: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), &checked["verdict"]), (Some(1), &Value::from("model")));
}

#[test]
fn errors_name_the_place_and_what_there_is() {
    for (arguments, expected) in [
        (vec!["explain", GRU, "--input", WORDS, "--value", "gru.q[0,0]"], "layer `gru` has in, "),
        (vec!["explain", GRU, "--input", WORDS, "--mistake", "flipped-kernel:gru"], "nothing for it to change"),
        (vec!["check", GRU, "--input", WORDS, "--answer", "1", "--at", "gru.h[9,0]"], "has shape (7, 5)"),
        (vec!["check", GRU, "--input", "1,2", "--answer", "1"], "7"),
        (
            vec![
                "check",
                GRU,
                "--input",
                WORDS,
                "--input",
                WORDS,
                "--input",
                WORDS,
                "--model-says",
                "1",
                "--model-says",
                "2",
            ],
            "--model-says",
        ),
        (vec!["check", GRU, "--input", WORDS, "--answer", "1,2"], "holds 1 number, and 2 were given"),
    ] {
        let output = byhand(&arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.contains(expected), "{arguments:?}: {message}");
    }
}
