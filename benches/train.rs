//! 1000 epochs of the posted 1-16-1 network on 100 rows, 10 at a time, against the same loop in plain NumPy, in the same run.
//!
//! Run with `cargo bench --bench train`; without NumPy only byhand's own time is printed.

use std::{fs, path::Path, process::Command, time::Instant};

use byhand::train::{Run, file};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("tests/golden/train/fit_line_1_16_1.json");
    let text = fs::read_to_string(&path).expect("the golden");
    let training = file::training(&serde_json::from_str(&text).expect("JSON")).expect("a training");
    let ours = || {
        let begin = Instant::now();
        let mut run = Run::new(&training).expect("it fits");
        while run.next_step().expect("it fits").is_some() {}
        assert_eq!(run.state().steps, 10_000);
        begin.elapsed().as_secs_f64()
    };
    let numpy = || {
        let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let output = Command::new(python).arg(root.join("benches/train_numpy.py")).arg(&path).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse::<f64>().ok()
    };
    // Alternately, so that both meet the same machine.
    let pairs: Vec<(f64, Option<f64>)> = (0..3).map(|_| (ours(), numpy())).collect();
    let best = |times: Vec<f64>| times.into_iter().reduce(f64::min);
    let ours = best(pairs.iter().map(|(ours, _)| *ours).collect()).unwrap_or(f64::NAN);
    match best(pairs.iter().filter_map(|(_, numpy)| *numpy).collect()) {
        Some(numpy) => println!("byhand {ours:.3} s, NumPy {numpy:.3} s: {:.2} times NumPy", ours / numpy),
        None => println!("byhand {ours:.3} s; NumPy is not there"),
    }
}
