//! `byhand check` of numbers of a training.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value as Json;

const TEXTBOOK: &str = "[[0.15, 0.25], [0.2, 0.3]]\n[0.35, 0.35]\n[[0.4, 0.5], [0.45, 0.55]]\n[0.6, 0.6]\n";

/// Checks a number of the textbook's training step.
fn check(name: &str, arguments: &str) -> Output {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, TEXTBOOK).expect("a file");
    let options = "--activations sigmoid,sigmoid --orientation keras --input 0.05,0.1 --target 0.01,0.99 \
                   --loss half_squared_error --learning-rate 0.5";
    let output = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(["check", path.to_str().expect("a path")])
        .args(options.split_whitespace().chain(arguments.split_whitespace()))
        .output();
    output.expect("byhand runs")
}

#[test]
fn check_names_the_mistake_behind_a_new_weight() {
    let check = |arguments: &str| check("checked.txt", &format!("--at dense_1.kernel.new[0,0] {arguments}"));
    let output = check("--answer 0.42575687 --json");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let json: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["verdict"], "mistake");
    assert_eq!(json["observations"][0]["at"], "dense_1.kernel.new[0,0]");
    assert_eq!(json["candidates"][0]["mistakes"][0]["kind"], "derivative-at-z");
    assert!(json["next"]["at"].is_string(), "{json}");
    let right = check("--answer 0.35891648");
    assert_eq!(right.status.code(), Some(0), "{}", String::from_utf8_lossy(&right.stdout));
    assert!(String::from_utf8_lossy(&right.stdout).contains("is right"));
    let none = check("--answer 0.1 --model-says 1");
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn probabilities_are_written_as_everywhere_else() {
    // Gradient ascent: 0.4 + 0.5 * 0.082167044 = 0.441083522.
    let output = check("percent.txt", "--at dense_1.kernel.new[0,0] --answer 0.44108352");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let percents: Vec<&str> = text.split(" %").filter(|before| before.len() < text.len()).collect();
    let numbers = percents[..percents.len() - 1].iter().map(|before| before.rsplit([' ', '(', '\n']).next());
    let mut found = 0;
    for number in numbers.flatten() {
        assert!(number.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 1), "{number} in {text}");
        found += 1;
    }
    assert!(found > 0, "{text}");
}
