//! How long the program takes to open a model file and to predict once, each run a process of its own, as somebody waits for it; and, where
//! Python has Keras, what `import keras; load_model; predict` takes, in turns with it. Medians in milliseconds.
//!
//! `cargo bench --bench files`; `BYHAND_PYTHON=python3` names the Python with Keras.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const RUNS: usize = 20;
const PYTHON_RUNS: usize = 3;
/// Files that need the description beside them.
const DESCRIBED: &[&str] = &["--architecture", DESCRIPTION];
const DESCRIPTION: &str = "model.json";

fn timed(command: &mut Command) -> Option<Duration> {
    let begin = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success()).then(|| begin.elapsed())
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/keras/a_line");
    let with = |file: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_byhand"));
        command.arg("predict").arg(folder.join(file)).args(["--input", "10"]);
        for word in more {
            if *word == DESCRIPTION {
                command.arg(folder.join(word))
            } else {
                command.arg(word)
            };
        }
        command
    };
    println!("| file | open and predict, ms |\n|---|---|");
    for (file, more) in [
        ("model.keras", &[][..]),
        ("legacy_k3.h5", &[]),
        ("legacy_k2.h5", &[]),
        ("model.weights.h5", DESCRIBED),
        ("weights.npz", DESCRIBED),
        ("model.safetensors", DESCRIBED),
        ("state_dict.pt", &["--activations", "relu,linear"]),
        ("module.pt", &[]),
        ("model.onnx", &[]),
    ] {
        let times: Vec<Duration> = (0..RUNS).filter_map(|_| timed(&mut with(file, more))).collect();
        assert_eq!(times.len(), RUNS, "{file} cannot be read");
        println!("| `{file}` | {:.1} |", median(times));
    }
    let python = std::env::var("BYHAND_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let program = "import sys, numpy, keras\nmodel = keras.models.load_model(sys.argv[1])\nmodel.predict(numpy.array([[10.0]]), verbose=0)";
    let mut keras = Command::new(python);
    keras.args(["-c", program]).arg(folder.join("model.keras"));
    let times: Vec<Duration> = (0..PYTHON_RUNS).map_while(|_| timed(&mut keras)).collect();
    if times.is_empty() {
        println!("| Keras: import, `load_model`, `predict` | skipped: no Python with Keras here |");
    } else {
        println!("| Keras: import, `load_model`, `predict` | {:.0} |", median(times));
    }
}
