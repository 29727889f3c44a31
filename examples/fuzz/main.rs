//! Damages files at random and reads them, for so many minutes a format: `cargo run --release --example fuzz -- MINUTES [FORMAT ...]`.
//!
//! The seeds are the goldens, which frameworks wrote. What counts as found is a panic, or a file that takes longer than a second. Each
//! finding is printed with the number that makes the same bytes again (`--example fuzz -- one FORMAT NUMBER`). `fuzz/` has the same
//! formats for cargo-fuzz, which needs nightly Rust; this needs nothing.

#[path = "../../tests/support/damage.rs"]
mod damage;

use std::{
    collections::BTreeMap,
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use byhand::{
    file::workbook,
    load::{self, Given},
};
use damage::{damaged, open};

/// A file that takes longer is found.
const SLOW: Duration = Duration::from_secs(1);

/// What is done with the bytes of a format.
type Reader = fn(&[u8], Option<&[u8]>) -> Result<(), String>;

/// The formats: how they are read, and what ends the names of their goldens.
const FORMATS: &[(&str, Reader, &[&str])] = &[
    ("keras", open, &[".keras"]),
    ("hdf5", open, &[".h5"]),
    ("numpy", open, &[".npz", ".npy"]),
    ("safetensors", open, &[".safetensors"]),
    ("pytorch", open, &[".pt"]),
    ("onnx", open, &[".onnx"]),
    ("text", text, &[".txt"]),
    ("json", text, &["model.json", "weights.json"]),
    ("workbook", cells, &[".xlsx", ".ods"]),
];

fn text(bytes: &[u8], _: Option<&[u8]>) -> Result<(), String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if load::is_kept(&text) {
        return load::kept("fuzz", &text).map(drop).map_err(|error| error.to_string());
    }
    load::open(text.into_bytes(), &Given::default()).map(drop).map_err(|error| error.to_string())
}

fn cells(bytes: &[u8], _: Option<&[u8]>) -> Result<(), String> {
    if !workbook::is_workbook(bytes) {
        return Err("no workbook".to_owned());
    }
    workbook::read(bytes, None).map(drop).map_err(|error| error.to_string())
}

/// The goldens whose names end so, at most 64 KiB each, with the description beside them.
fn seeds(ends: &[&str]) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).ok().filter(|bytes| !bytes.is_empty() && bytes.len() <= 1 << 16)?;
        let name = path.file_name()?.to_string_lossy().into_owned();
        let described = name.starts_with("legacy")
            || ["keras", "onnx"].iter().any(|end| path.extension().is_some_and(|e| e == *end));
        let beside = (!described).then(|| fs::read(path.with_file_name("model.json")).ok()).flatten();
        Some((bytes, beside))
    };
    files.into_iter().filter_map(read).collect()
}

/// The bytes of a number: one of the seeds, damaged once to four times.
fn bytes_of(number: u64, seeds: &[(Vec<u8>, Option<Vec<u8>>)]) -> (Vec<u8>, Option<&[u8]>) {
    let mut random = fastrand::Rng::with_seed(number);
    let (seed, beside) = &seeds[random.usize(0..seeds.len())];
    let mut bytes = seed.clone();
    for _ in 0..random.usize(1..5) {
        if !bytes.is_empty() {
            bytes = damaged(&bytes, &mut random);
        }
    }
    (bytes, beside.as_deref().filter(|_| random.bool()))
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_else(|| "0.1".to_owned());
    let rest: Vec<String> = arguments.collect();
    if first == "one" {
        let (_, reader, ends) = FORMATS.iter().find(|(name, ..)| *name == rest[0]).expect("a format");
        let seeds = seeds(ends);
        let (bytes, beside) = bytes_of(rest[1].parse().expect("a number"), &seeds);
        fs::write("fuzz-one.bin", &bytes).expect("written");
        println!("{} bytes in fuzz-one.bin: {:?}", bytes.len(), reader(&bytes, beside));
        return;
    }
    let minutes: f64 = first.parse().expect("minutes");
    println!("| target | seeds | runs | opened | minutes | found |\n|---|---|---|---|---|---|");
    for (name, reader, ends) in FORMATS.iter().filter(|(name, ..)| rest.is_empty() || rest.iter().any(|r| r == name)) {
        let (seeds, begun) = (seeds(ends), Instant::now());
        if seeds.is_empty() {
            println!("| {name} | 0 | | | | |");
            continue;
        }
        let (mut runs, mut opened, mut found) = (0_u64, 0_u64, BTreeMap::new());
        while begun.elapsed().as_secs_f64() < minutes * 60.0 {
            let (bytes, beside) = bytes_of(runs, &seeds);
            let start = Instant::now();
            match catch_unwind(|| reader(&bytes, beside).is_ok()) {
                Ok(is_open) => opened += u64::from(is_open),
                Err(_) => {
                    found.insert(runs, "panic".to_owned());
                }
            }
            let took = start.elapsed();
            if took > SLOW {
                found.insert(runs, format!("{:.1} s", took.as_secs_f64()));
            }
            runs += 1;
        }
        let first: Vec<String> = found.iter().take(5).map(|(number, what)| format!("{number}: {what}")).collect();
        let minutes = begun.elapsed().as_secs_f64() / 60.0;
        println!(
            "| {name} | {} | {runs} | {opened} | {minutes:.1} | {} {} |",
            seeds.len(),
            found.len(),
            first.join(", ")
        );
    }
}
