//! The targets of `fuzz/texts.rs` with seeded changes of their seeds, on a stable compiler. A run in the tests is short;
//! `BYHAND_FUZZ_SECONDS=600 cargo test --release --test fuzz_texts -- --nocapture` runs each so long and prints how often.

use std::{
    fs, panic,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use fastrand::Rng;

#[path = "../fuzz/texts.rs"]
mod texts;

/// How many changed texts each target gets where nothing else is said.
const RUNS: usize = 60;
/// A text grows by changes, but not without end.
const LONGEST: usize = 16 << 10;
/// What means something to some reader.
const WORDS: [&str; 28] = [
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ",",
    ":",
    "\"",
    "-",
    "e308",
    "nan",
    "inf",
    "0",
    "1e-45",
    "array(",
    "tensor(",
    "\n",
    "{{ ",
    " }}",
    "```json task\n",
    "dense.z[0]",
    "output",
    "\u{202e}",
    "\u{1b}[",
    "99999999999999999999",
    "null",
    "-0.0",
];

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder).expect("seeds").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a seed")).collect()
}

/// One to eight changes: bytes, pieces moved and repeated, words of some reader, a piece of another seed.
fn changed(seeds: &[Vec<u8>], random: &mut Rng) -> Vec<u8> {
    let mut bytes = seeds[random.usize(..seeds.len())].clone();
    for _ in 0..random.usize(1..9) {
        let at = random.usize(..=bytes.len());
        let length = random.usize(..=(bytes.len() - at).min(64));
        match random.u8(..7) {
            0 if at < bytes.len() => bytes[at] = random.u8(..),
            1 if at < bytes.len() => bytes[at] ^= 1 << random.u8(..8),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let piece = bytes[at..at + length].repeat(random.usize(1..5));
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = &seeds[random.usize(..seeds.len())];
                let from = random.usize(..=other.len());
                let piece = other[from..(from + 64).min(other.len())].to_vec();
                bytes.splice(at..at + length, piece);
            }
            5 => bytes.truncate(at),
            _ => {
                let word = WORDS[random.usize(..WORDS.len())].bytes();
                bytes.splice(at..at, word);
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

#[test]
fn nothing_that_somebody_writes_or_types_breaks_it() {
    let seconds = std::env::var("BYHAND_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).map(Duration::from_secs);
    for (name, target) in texts::TARGETS {
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name} has no seeds");
        let mut random = Rng::with_seed(20475);
        let begin = Instant::now();
        let mut runs = 0;
        let mut slowest = Duration::ZERO;
        let go_on = |runs: usize| seconds.map_or(runs < RUNS + seeds.len(), |seconds| begin.elapsed() < seconds);
        while go_on(runs) {
            let bytes = seeds.get(runs).cloned().unwrap_or_else(|| changed(&seeds, &mut random));
            let since = Instant::now();
            let fine = panic::catch_unwind(|| target(&bytes));
            slowest = slowest.max(since.elapsed());
            runs += 1;
            assert!(fine.is_ok(), "{name}, run {runs}: {:?}", String::from_utf8_lossy(&bytes));
        }
        println!("{name:>9}  {runs:>8} runs  {:>5.1} min  slowest {slowest:?}", begin.elapsed().as_secs_f64() / 60.0);
        assert!(slowest < Duration::from_secs(20), "{name}: {slowest:?}");
    }
}
