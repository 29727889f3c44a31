//! `byhand train`: what it prints, reads, writes and refuses.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value as Json;

const TEXTBOOK: &str = "[[0.15, 0.25], [0.2, 0.3]]\n[0.35, 0.35]\n[[0.4, 0.5], [0.45, 0.55]]\n[0.6, 0.6]\n";

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/train").join(name)
}

/// A file of this test.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("a file");
    path
}

fn byhand(arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).output();
    output.expect("byhand runs")
}

fn prints(arguments: &[&str]) -> String {
    let output = byhand(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn refuses(arguments: &[&str], expected: &str) {
    let output = byhand(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
    assert!(errors.contains(expected), "{arguments:?}: {errors}");
}

fn textbook<'a>(path: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let all = [
        "train",
        path,
        "--activations",
        "sigmoid,sigmoid",
        "--orientation",
        "keras",
        "--input",
        "0.05,0.1",
        "--target",
        "0.01,0.99",
        "--loss",
        "half_squared_error",
        "--learning-rate",
        "0.5",
    ];
    [&all[..], more].concat()
}

#[test]
fn the_textbook_step_is_written_out_as_old_minus_rate_times_gradient() {
    let path = file("textbook.txt", TEXTBOOK);
    let path = path.to_str().expect("a path");
    let text = prints(&textbook(path, &[]));
    assert!(text.contains("loss = 0.2983711"), "{text}");
    assert!(text.contains("dense_1.kernel[0,0]: 0.4 - 0.5 × 0.082167044 = 0.3589165"), "{text}");
    assert!(text.contains("dense_1.bias[1]: 0.6 - 0.5 × (-0.038098235) = 0.61904913"), "{text}");
    let frozen = prints(&textbook(path, &["--freeze", "bias"]));
    assert!(frozen.contains("dense.bias stays as it is"), "{frozen}");
    // The printed error after one step with the biases as they are.
    assert!(frozen.contains("afterwards = 0.2910277"), "{frozen}");
}

#[test]
fn json_has_every_step_of_a_training_file() {
    let path = golden("opt_adam.json");
    let ours: Json = serde_json::from_str(&prints(&["train", path.to_str().expect("a path"), "--json"])).expect("JSON");
    let theirs: Json = serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON");
    let steps = ours["steps"].as_array().expect("steps");
    assert_eq!(steps.len(), 5);
    assert_eq!(ours["model"], "opt_adam");
    for (ours, theirs) in steps.iter().zip(theirs["steps"].as_array().expect("steps")) {
        for part in ["gradients", "weights"] {
            for (name, theirs) in theirs[part].as_object().expect("arrays") {
                assert_eq!(ours[part][name]["shape"], theirs["shape"], "{part} {name}");
            }
        }
        for slot in ["m", "v"] {
            assert_eq!(ours["state"][slot]["dense.kernel"]["shape"], theirs["state"][slot]["dense.kernel"]["shape"]);
        }
        assert_eq!(ours["state"]["step"], theirs["state"]["step"]);
        let far = ours["loss"].as_f64().expect("a number") - theirs["loss"].as_f64().expect("a number");
        assert!(far.abs() < 1e-6);
    }
    assert!(
        (ours["loss"].as_f64().expect("a number") - theirs["final_loss_on_all"].as_f64().expect("a number")).abs()
            < 1e-6
    );
}

#[test]
fn rows_come_from_a_table_too() {
    let table = file("line.csv", "x,y\n0,5\n1,7\n2,9\n3,11\n");
    let table = table.to_str().expect("a path");
    let by_table = prints(&[
        "train",
        "line-1-16-1",
        "--data",
        table,
        "--loss",
        "mse",
        "--optimizer",
        "adam",
        "--epochs",
        "2",
        "--batch-size",
        "2",
        "--json",
    ]);
    let json: Json = serde_json::from_str(&by_table).expect("JSON");
    assert_eq!(json["steps"].as_array().expect("steps").len(), 4);
    let by_pairs = prints(&[
        "train",
        "line-1-16-1",
        "--input",
        "0",
        "--target",
        "5",
        "--input",
        "1",
        "--target",
        "7",
        "--input",
        "2",
        "--target",
        "9",
        "--input",
        "3",
        "--target",
        "11",
        "--loss",
        "mse",
        "--optimizer",
        "adam",
        "--epochs",
        "2",
        "--batch-size",
        "2",
        "--json",
    ]);
    assert_eq!(by_table, by_pairs);
}

#[test]
fn a_saved_training_is_read_again_and_gives_the_same() {
    let path = file("kept.txt", TEXTBOOK);
    let saved = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved.json");
    let saved = saved.to_str().expect("a path");
    let arguments =
        textbook(path.to_str().expect("a path"), &["--epochs", "3", "--momentum", "0.5", "--save", saved, "--json"]);
    let first: Json = serde_json::from_str(&prints(&arguments)).expect("JSON");
    let again: Json = serde_json::from_str(&prints(&["train", saved, "--json"])).expect("JSON");
    assert_eq!(first["steps"], again["steps"]);
    let kept: Json = serde_json::from_str(&fs::read_to_string(saved).expect("a file")).expect("JSON");
    assert_eq!(kept["steps"].as_array().expect("steps").len(), 3);
    assert_eq!(kept["steps"][2]["weights"]["dense.kernel"], first["steps"][2]["weights"]["dense.kernel"]);
}

#[test]
fn what_cannot_be_trained_is_said_with_a_remedy() {
    let path = file("refused.txt", TEXTBOOK);
    let path = path.to_str().expect("a path");
    refuses(&["train", "line-1-16-1"], "give `--input` with `--target`, or `--data FILE.csv`");
    refuses(&["train", "line-1-16-1", "--input", "1"], "there are 1 `--input` and 0 `--target`");
    refuses(&["train", "line-1-16-1", "--input", "1,2", "--target", "1"], "takes 1");
    refuses(&textbook(path, &["--optimizer", "sdg"]), "no optimizer is called `sdg`");
    let table =
        ["train", path, "--activations", "sigmoid,sigmoid", "--input", "1,2", "--target", "1,2", "--loss", "msr"];
    refuses(&table, "no loss is called `msr`; the losses are mean_squared_error");
    refuses(&textbook(path, &["--freeze", "gate"]), "no weight is called `gate`");
    refuses(&textbook(path, &["--option", "epsilon"]), "is not KEY=NUMBER");
    refuses(&textbook(path, &["--convention", "jax"]), "write keras or torch");
    refuses(&["train", "line-1-16-1", "--targets", "y"], "--data");
    let broken = [
        ("{\"layers\": [], \"initial\": {}}", "input_shape"),
        (
            "{\"layers\": [{\"kind\": \"warp\", \"inputs\": 2}], \"initial\": {}}",
            "`layers[0].kind` is \"warp\"; it should be one of dense",
        ),
        (
            "{\"layers\": [{\"kind\": \"dense\", \"name\": \"d\", \"inputs\": 2}], \"initial\": {}}",
            "`initial.d.kernel` is missing",
        ),
        ("{\"layers\": 3, \"initial\": {}, \"x\": [}", "save the file again as JSON"),
        (
            "{\"layers\": [{\"kind\": \"dense\", \"name\": \"d\"}], \"initial\": {\"d.kernel\": {\"shape\": [2, 1], \"data\": [1]}}}",
            "takes 2 numbers, not 1",
        ),
    ];
    for (at, (text, expected)) in broken.into_iter().enumerate() {
        let path = file(&format!("broken-{at}.json"), text);
        refuses(&["train", path.to_str().expect("a path"), "--input", "1,2", "--target", "1"], expected);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_long_training_and_prints_what_there_is() {
    use std::{io::Read, process::Stdio};
    let path = golden("fit_line_1_16_1.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_byhand"))
        .args(["train", path.to_str().expect("a path"), "--epochs", "100000000", "--batch-size", "10", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("byhand runs");
    let mut out = child.stdout.take().expect("a pipe");
    // The first steps are there, so it listens.
    let mut text = vec![0; 20_000];
    out.read_exact(&mut text).expect("some steps");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs").success());
    out.read_to_end(&mut text).expect("the rest");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Stopped after"));
    let json: Json = serde_json::from_slice(&text).expect("JSON to its end");
    assert!(json["loss"].is_number() && json["steps"].as_array().is_some_and(|steps| !steps.is_empty()));
}

#[test]
fn explain_works_a_new_weight_out_from_the_loss_on() {
    let path = golden("textbook_222.json");
    let text = prints(&["explain", path.to_str().expect("a path"), "--value", "dense.kernel.new[0,0]"]);
    assert!(text.contains("dense_1.slope[0] = dense_1.a[0] × (1 - dense_1.a[0])"), "{text}");
    assert!(text.contains("= 0.13849856 × 0.4 + (-0.038098235) × 0.5"), "{text}");
    assert!(text.ends_with("= 0.14978072\n"), "{text}");
    let second = prints(&["explain", path.to_str().expect("a path"), "--value", "2:loss", "--json"]);
    let json: Json = serde_json::from_str(&second).expect("JSON");
    assert_eq!(json.as_array().and_then(|lines| lines.last()).expect("a line")["at"], "loss");
}

#[test]
fn a_right_number_that_people_doubt_is_right_and_says_why() {
    let check = |name: &str, at: &str, answer: &str| {
        let path = golden(name);
        prints(&["check", path.to_str().expect("a path"), "--at", at, "--answer", answer])
    };
    let slope = check("textbook_222.json", "dense_1.slope[0]", "0.1868156");
    assert!(slope.contains("a(1 - a) for a sigmoid"), "{slope}");
    let saturated = golden("bce_saturated_logits.json");
    let recorded: Json = serde_json::from_str(&fs::read_to_string(saturated).expect("a file")).expect("JSON");
    let dz = recorded["steps"][0]["gradients"]["dense.dz"]["data"][0].to_string();
    let gap = check("bce_saturated_logits.json", "dense.dz[0,0]", &dz);
    assert!(gap.contains("Output minus label is the whole gradient"), "{gap}");
}
