//! The examples of docs/formats.md are run, each in a folder with such files.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with files under the names that the document uses.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("byhand-{name}-{}", std::process::id()));
    fs::create_dir_all(folder.join("tfjs")).expect("a folder");
    let golden = root().join("tests/golden");
    for (from, to) in [
        ("keras/a_line/model.keras", "model.keras"),
        ("keras/a_line/legacy_k3.h5", "model.h5"),
        ("keras/a_line/model.weights.h5", "model.weights.h5"),
        ("keras/a_line/model.json", "model.json"),
        ("keras/a_line/weights.npz", "weights.npz"),
        ("keras/a_line/model.safetensors", "model.safetensors"),
        ("keras/a_line/torch.safetensors", "torch.safetensors"),
        ("keras/a_line/state_dict.pt", "state_dict.pt"),
        ("keras/a_line/module.pt", "module.pt"),
        ("keras/a_line/model.onnx", "model.onnx"),
        ("keras/k_two_inputs/model.keras", "two.keras"),
        ("keras/n_attention/model.keras", "attention.keras"),
        ("keras/i_conv1d/model.onnx", "part.onnx"),
        ("sk_iris/model.onnx", "sklearn.onnx"),
        ("tfjs/dense/model.json", "tfjs/model.json"),
        ("tfjs/dense/group1-shard1of2.bin", "tfjs/group1-shard1of2.bin"),
        ("tfjs/dense/group1-shard2of2.bin", "tfjs/group1-shard2of2.bin"),
    ] {
        fs::copy(golden.join(from), folder.join(to)).unwrap_or_else(|error| panic!("{from}: {error}"));
    }
    let print = "Sequential(\n  (0): Linear(in_features=1, out_features=16, bias=True)\n  (1): ReLU()\n  \
                 (2): Linear(in_features=16, out_features=1, bias=True)\n)\n";
    fs::write(folder.join("print.txt"), print).expect("a file");
    let own = r#"{"layers": [{"name": "output", "activation": "tanh"}], "input": [0.3, 0.1], "arrays": [[[1.0], [1.0]], [-0.5]]}"#;
    fs::write(folder.join("own.json"), own).expect("a file");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().write_string(0, 1, "mine").expect("a heading");
    // tanh(0.3 + 0.1 - 0.5)
    sheet.write_number(1, 1, -0.099_668).expect("a number");
    workbook.save(folder.join("mine.xlsx")).expect("a file");
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_byhand")).args(arguments).current_dir(folder).output().expect("it runs")
}

#[test]
fn every_example_of_the_table_runs() {
    let folder = folder("formats");
    let document = fs::read_to_string(root().join("docs/formats.md")).expect("the document");
    let rows: Vec<&str> = document.lines().filter(|line| line.starts_with("| ") && line.contains("`byhand ")).collect();
    assert!(rows.len() >= 13, "only {} rows with an example", rows.len());
    for row in rows {
        let command = row.split('`').find(|part| part.starts_with("byhand ")).expect("an example");
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let output = run(&folder, &arguments);
        let (out, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{command}\n{out}{errors}");
        // The line 2x + 5 at 10, as Keras computes it, whatever file it is in.
        let line = command.contains("--input 10") && !command.starts_with("byhand explain");
        assert!(!line || out.contains("24.9730"), "{command}\n{out}{errors}");
    }
    fs::remove_dir_all(folder).expect("gone");
}

#[test]
fn commands_say_what_a_network_takes() {
    let folder = folder("graphs");
    let attention = ["explain", "attention.keras", "--input", "1"];
    let output = run(&folder, &attention);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && errors.contains("has shape (5, 8), 40 numbers"), "{errors}");
    let part = run(&folder, &["models", "part.onnx"]);
    let out = String::from_utf8_lossy(&part.stdout);
    assert!(
        part.status.success() && out.contains("StatefulPartitionedCall") && out.contains("average_pooling1d"),
        "{out}"
    );
    let two = run(&folder, &["predict", "two.keras", "--input", "1,2,3"]);
    let errors = String::from_utf8_lossy(&two.stderr);
    assert!(two.status.code() == Some(2) && errors.contains("`left`, `right`"), "{errors}");
    let two =
        run(&folder, &["predict", "two.keras", "--json", "--input", r#"{"left": [1, 2, 3], "right": [0.5, -1]}"#]);
    let json: serde_json::Value = serde_json::from_slice(&two.stdout).expect("JSON");
    assert_eq!(json["passes"][0]["outputs"]["o2"].as_array().map(Vec::len), Some(2), "{json}");
    let wrong = run(&folder, &["predict", "attention.keras", "--input", "1,2"]);
    let errors = String::from_utf8_lossy(&wrong.stderr);
    assert!(errors.contains("(5, 8)") && errors.contains("40 numbers"), "{errors}");
    let summary = run(&folder, &["models", "attention.keras", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&summary.stdout).expect("JSON");
    assert_eq!(json["parameters"], 420, "as model.summary() counts them");
    fs::remove_dir_all(folder).expect("gone");
}

#[test]
fn names_in_files_cannot_command_a_terminal() {
    let folder = folder("names");
    let header = r#"{"\u001b[2Jdense/kernel\u202e":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
    let bytes = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &[0; 4]].concat();
    fs::write(folder.join("hostile.safetensors"), bytes).expect("a file");
    for arguments in [
        vec!["models", "hostile.safetensors"],
        vec!["models", "hostile.safetensors", "--json"],
        vec!["predict", "hostile.safetensors", "--input", "1", "--activations", "relu"],
    ] {
        let output = run(&folder, &arguments);
        let all = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(all).expect("a text");
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{arguments:?}: {text:?}");
    }
    fs::remove_dir_all(folder).expect("gone");
}
