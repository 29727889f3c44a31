//! Numbers with a known cause, each of another kind: `byhand check` names it, in its text and as the first candidate in JSON.

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;

/// Two layers of two units, every weight with two digits, as textbooks print them.
const TEXTBOOK: &str = "[[0.15, 0.25], [0.20, 0.30]]\n[0.35, 0.35]\n[[0.40, 0.50], [0.45, 0.55]]\n[0.60, 0.60]\n";

/// Three shares of a softmax.
const CLASSES: &str = "[[1, -2, 0.5], [-0.5, 0.25, -2]]\n[0.1, -0.2, 0.3]\n";

fn byhand(arguments: &[String]) -> (Value, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    (serde_json::from_str(&text).unwrap_or_else(|why| panic!("{why} {arguments:?}: {text}{err}")), err)
}

/// The diagnosis as JSON. `@textbook` and `@classes` are the networks above, `@b_hinge` is a golden one.
fn check(arguments: &str) -> Value {
    let folder =
        std::env::temp_dir().join(format!("byhand-causes-{}-{:?}", std::process::id(), std::thread::current().id()));
    fs::create_dir_all(&folder).expect("made");
    let model = |name: &str| -> String {
        let golden =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}/text/numpy2_full.txt"));
        let path = match name {
            "textbook" | "classes" => folder.join(name),
            _ => golden,
        };
        if let Some(text) = [("textbook", TEXTBOOK), ("classes", CLASSES)].iter().find(|(own, _)| *own == name) {
            fs::write(&path, text.1).expect("written");
        }
        path.display().to_string()
    };
    let mut all: Vec<String> = vec!["check".to_owned()];
    all.extend(arguments.split(' ').map(|part| part.strip_prefix('@').map_or_else(|| part.to_owned(), &model)));
    all.extend(["--json", "--budget", "20"].map(str::to_owned));
    let (json, _) = byhand(&all);
    let _ = fs::remove_dir_all(folder);
    json
}

/// The names of the mistakes of the first candidate.
fn first(json: &Value) -> Vec<String> {
    let mistakes = json["candidates"][0]["mistakes"].as_array().cloned().unwrap_or_default();
    mistakes.iter().map(|mistake| mistake["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
#[rustfmt::skip] // one line a case
fn each_kind_of_cause_is_named() {
    let scaled = "line-1-16-1 --scaling input=0,100:-1,1 --scaling output=0,205:-1,1 --input 40";
    let relu_sigmoid = "@d_xor --activations relu,sigmoid";
    for (arguments, expected) in [
        // Another epsilon: (5 - 0.0588534) / sqrt(0.9100074 + 1e-5) * 0.8064452
        ("norm-1 --input 5 --answer 4.1771278".to_owned(), &["batch-norm-wrong-epsilon:batch_normalization:epsilon[1e-5]"][..]),
        ("norm-1 --input 5 --answer 4.1771278 --input 1 --answer 0.79562295".to_owned(), &["batch-norm-wrong-epsilon:batch_normalization:epsilon[1e-5]"]),
        // Two weights of one unit exchanged, in the last layer and in the first.
        ("@textbook --activations sigmoid,sigmoid --orientation keras --input 0.05,0.10 --answer 0.75136507,0.77289675".to_owned(), &["swapped-weights:dense_1:kernel[0,1]~kernel[1,1]"]),
        ("@textbook --activations sigmoid,sigmoid --orientation keras --input 0.05,0.10 --answer 0.75131448,0.77287038".to_owned(), &["swapped-weights:dense:kernel[0,1]~kernel[1,1]"]),
        // Statistics of all the inputs: 5, 1, 2 and 3.5 have the mean 2.875 and the variance 2.171875, by n - 1 2.895833.
        ("norm-1 --input 5 --answer 1.1305 --input 1 --answer=-0.9975 --input 2 --answer=-0.4655 --input 3.5 --answer 0.3325".to_owned(), &["batch-norm-batch-statistics:batch_normalization:batch"]),
        ("norm-1 --input 5 --answer 0.97910 --input 1 --answer=-0.86391 --input 2 --answer=-0.40316 --input 3.5 --answer 0.28797".to_owned(), &["batch-norm-batch-statistics:batch_normalization:batch-corrected"]),
        // Both scalings forgotten and the weights cut to 4 decimals.
        (format!("{scaled} --answer 84.99832"), &["unscaled-input:scaling_in", "unscaled-output:scaling_out", "rounded-weights:cut[4]"]),
        // A saturated unit: without the first tanh the last is exactly 1; done right it is 0.99999964.
        ("@b_hinge --activations tanh,tanh --input=-1.41,4.74 --answer 1.0000000".to_owned(), &["skipped-activation:dense"]),
        // Exchanged activations, in a sentence that does not contradict itself.
        (format!("{relu_sigmoid} --input 0.3,0.9 --answer 1.399189"), &["wrong-activation:dense:sigmoid", "skipped-activation:dense_1"]),
        // The softmax of one sample alone is 1, and so it stays with more that is right.
        ("@classes --activations softmax --input 1,-1 --answer 1.0000,1.0000,1.0000".to_owned(), &["softmax-wrong-axis:dense"]),
        ("@classes --activations softmax --input 1,-1 --answer 1,1,1 --at output --answer 1.6,-2.45,2.8 --at dense.z".to_owned(), &["softmax-wrong-axis:dense"]),
        // An input with the other sign, or with two digits exchanged: what -0.3 and 21 give.
        ("sum-2-5-1 --input=-0.3,0.1 --answer 0.93015915".to_owned(), &["mistyped-input:hidden:input[0]-sign"]),
        ("line-1-16-1 --input 12 --answer 47.016247".to_owned(), &["mistyped-input:dense:input[0]-digits[0]"]),
    ] {
        let arguments = match arguments.split_once(" --answer 1,1,1 --at output ") {
            // Options of one pair stand together.
            Some((before, after)) => format!("{before} --at output --answer 1,1,1 {after}").replace("--answer 1.6,-2.45,2.8 --at dense.z", "--at dense.z --answer 1.6,-2.45,2.8"),
            None => arguments,
        };
        let json = check(&arguments);
        assert_eq!(json["verdict"], "mistake", "{arguments}: {json}");
        assert_eq!(first(&json), expected, "{arguments}: {json}");
    }
}

#[test]
fn a_missing_term_is_not_called_rounding() {
    // Unit 10 gives 0.1005, its weight is -0.0717: without it 10.2331 is 10.2403. Four decimals on the way do not move it so far.
    let json = check("@a_line --activations relu,linear --input 2.6 --answer 10.240");
    assert_eq!(json["verdict"], "mistake");
    let candidates = json["candidates"].as_array().expect("a list");
    let named = |name: &str| candidates.iter().any(|candidate| candidate.to_string().contains(name));
    assert!(named("missing-term:dense_1:kernel[10,0]") && named("skipped-unit:dense_1:unit[10]"), "{json}");
    // What 4 decimals on the way explain stays rounding.
    let json = check("@a_line --activations relu,linear --input 2.6 --answer 10.2333");
    assert_eq!(json["verdict"], "rounding", "{json}");
}

#[test]
fn slips_in_the_numbers_of_one_unit_are_found() {
    for (model, input, mistake) in [
        ("norm-1", "5", "mistyped-digits:batch_normalization:gamma[0]=0.8124452"),
        ("norm-1", "5", "mistyped-digits:batch_normalization:moving_mean[0]=0.04185344"),
        ("add-2-2-1", "0.8,0.3", "shifted-numbers:0:unit[1]-1"),
        ("add-2-2-1", "0.8,0.3", "shifted-numbers:0:unit[0]+1"),
        ("add-2-2-1", "0.8,0.3", "swapped-weights:0:kernel[1,0]~bias[0]"),
        ("gate-2-1", "0.8,0.1", "averaged-sum:output"),
    ] {
        let arguments = ["predict", model, "--input", input, "--json", "--mistake", mistake].map(str::to_owned);
        let answer = byhand(&arguments).0["passes"][0]["output"][0].to_string();
        let json = check(&format!("{model} --input {input} --answer={answer}"));
        let kind_and_detail = |name: &str| {
            let parts: Vec<&str> = name.splitn(3, ':').collect();
            (parts[0].to_owned(), parts.get(2).map(ToString::to_string))
        };
        let first = &json["candidates"][0];
        let all = first["mistakes"].as_array().into_iter().flatten();
        let all =
            all.chain(first["same_as"].as_array().into_iter().flatten().filter_map(|same| same.as_array()).flatten());
        let mut names = all.filter_map(|mistake| mistake["name"].as_str());
        assert!(
            names.any(|name| kind_and_detail(name) == kind_and_detail(mistake)),
            "{mistake} gives {answer}: {json}"
        );
    }
}

#[test]
fn with_one_or_two_digits_no_cause_is_above_one_half() {
    for arguments in [
        "line-1-16-1 --input 10 --answer 20",
        "line-1-16-1 --input 10 --answer 2",
        "sum-2-5-1 --input 0.3,0.1 --answer 1.7",
        "gate-2-1 --input 0.8,0.1 --answer=-0.05",
        "norm-1 --input 5 --answer 5.2",
        "@classes --activations softmax --input 1,-1 --at output[0] --answer 1.6",
    ] {
        let json = check(arguments);
        for candidate in json["candidates"].as_array().expect("a list") {
            assert!(candidate["probability"].as_f64().expect("a number") <= 0.5, "{arguments}: {candidate}");
        }
    }
}

#[test]
fn weights_that_a_layer_does_not_have_are_refused_with_those_it_has() {
    let explain = |value: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_byhand"))
            .args(["explain", "norm-1", "--input", "1", "--value", value])
            .output()
            .expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    for value in ["batch_normalization.kernel", "batch_normalization.kernel[0,0]", "batch_normalization.beta"] {
        let (code, out, err) = explain(value);
        assert_eq!(code, Some(2), "{out}{err}");
        assert!(out.is_empty() && err.contains("its weights are `gamma`, `moving_mean`, `moving_variance`"), "{err}");
    }
    for (value, expected) in [("gamma", "0.8064"), ("moving_mean[0]", "0.0589"), ("moving_variance", "0.9100")] {
        let (code, out, err) = explain(&format!("batch_normalization.{value}"));
        assert_eq!(code, Some(0), "{err}");
        assert!(out.contains(expected), "{out}");
    }
}
