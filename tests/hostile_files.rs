//! Broken and hostile files: an error that says what is wrong, never a crash, and nothing is executed.
//!
//! `tests/files/generate.py` made the hostile ones. Others are made here of the goldens, by seeded changes.

use std::{fs, path::Path};

use byhand::file::{self, Bytes, Source};

/// How many changed copies of each golden are tried.
const COPIES: u64 = 150;

fn golden(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Opens bytes as the command line does, as far as a network and its answer.
fn open(bytes: &[u8], architecture: Option<&[u8]>) -> Result<(), String> {
    let beside = |_: &str| -> Result<Box<dyn Bytes>, String> { Err("not there".to_owned()) };
    let bytes = bytes.to_vec();
    let source = Source { name: "file", bytes: &bytes, beside: &beside };
    let says = |error: file::FileError| error.to_string();
    let Some(contents) = file::read(&source, architecture).map_err(says)? else { return Err("a text".to_owned()) };
    if !contents.is_described() {
        for entry in contents.entries() {
            entry.array(source.bytes).map_err(says)?;
        }
        return Ok(());
    }
    let model = contents.outline(&source).map_err(says)?;
    let inputs: Vec<Vec<f32>> =
        model.network.inputs().iter().map(|id| vec![0.5; model.network.node(*id).shape().size()]).collect();
    let given = model.network.given(&inputs).map_err(|error| error.to_string())?;
    // Large values are left out: what is tested is the reading.
    if model.network.nodes().iter().all(|node| node.shape().size() < 100_000) {
        model.network.program().evaluate(&given).map_err(|error| error.to_string())?;
    }
    let _ = file::chain(&model.network);
    Ok(())
}

/// One of several ways to damage a file.
fn damaged(bytes: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match random.u8(0..5) {
        0 => bytes.truncate(random.usize(0..bytes.len())),
        1 => {
            for _ in 0..random.usize(1..9) {
                let at = random.usize(0..bytes.len());
                bytes[at] ^= 1 << random.u8(0..8);
            }
        }
        2 => {
            let at = random.usize(0..bytes.len());
            let end = (at + random.usize(1..9)).min(bytes.len());
            bytes[at..end].fill(0xff);
        }
        3 => {
            let (from, to) = (random.usize(0..bytes.len()), random.usize(0..bytes.len()));
            let part = bytes[from..(from + random.usize(1..64)).min(bytes.len())].to_vec();
            bytes.splice(to..to, part);
        }
        _ => {
            let at = random.usize(0..bytes.len());
            let end = (at + random.usize(1..64)).min(bytes.len());
            bytes.drain(at..end);
        }
    }
    bytes
}

#[test]
fn damaged_copies_of_every_format_give_an_error_or_a_network() {
    let keras = golden("golden/keras/a_line/model.json");
    let seeds: &[(&str, Option<&[u8]>)] = &[
        ("golden/keras/a_line/model.keras", None),
        ("golden/keras/a_line/legacy_k3.h5", None),
        ("golden/keras/a_line/legacy_k2.h5", None),
        ("golden/keras/a_line/model.weights.h5", Some(&keras)),
        ("golden/keras/j_gru/model.keras", None),
        ("golden/keras/a_line/weights.npz", Some(&keras)),
        ("golden/keras/a_line/model.safetensors", Some(&keras)),
        ("golden/keras/a_line/state_dict.pt", None),
        ("golden/keras/a_line/state_dict_legacy.pt", None),
        ("golden/keras/a_line/module.pt", None),
        ("golden/keras/d_xor/model.onnx", None),
        ("golden/keras/i_conv2d_more/model.onnx", None),
        ("golden/keras/a_line/torch_legacy.onnx", None),
    ];
    for (path, architecture) in seeds {
        let whole = golden(path);
        open(&whole, *architecture).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut refused = 0;
        for seed in 0..COPIES {
            let mut random = fastrand::Rng::with_seed(seed);
            if let Err(error) = open(&damaged(&whole, &mut random), *architecture) {
                assert!(!error.trim().is_empty(), "{path}, seed {seed}");
                refused += 1;
            }
        }
        println!("{path}: {refused} of {COPIES} refused");
        assert!(refused > COPIES / 4, "{path}: only {refused} of {COPIES} damaged copies are refused");
    }
}

#[test]
fn hostile_files_are_refused_with_a_sentence() {
    for (name, says) in [
        ("loop.h5", "groups within groups"),
        ("bomb.h5", "limit"),
        ("bomb.npz", "limit"),
        ("system.pt", "`posix.system`"),
        ("laughs.pt", "without a dictionary of weights"),
        ("itself.pt", "without a dictionary of weights"),
    ] {
        let error = open(&golden(&format!("files/{name}")), None).expect_err(name);
        assert!(error.contains(says), "{name}: {error}");
    }
    assert!(!Path::new("/tmp/byhand-was-here").exists(), "a pickle was executed");
}

#[test]
fn sizes_that_overflow_are_refused() {
    let npy = |shape: &str| {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes
    };
    for shape in ["(4611686018427387904, 4)", "(99999999999999999999,)", "(1000000000,)", "(2, 3)"] {
        open(&npy(shape), None).expect_err(shape);
    }
    open(&npy(&"(".repeat(5000)), None).expect_err("brackets");
    // A version 2 header that says it is 4 GiB long.
    open(b"\x93NUMPY\x02\x00\xff\xff\xff\xff{", None).expect_err("a long header");
    let safetensors = |header: &str| [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat();
    for header in [
        r#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#,
        r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
        "{",
    ] {
        open(&safetensors(header), None).expect_err(header);
    }
    // Four hundred thousand empty operators in less than a megabyte.
    let nodes = [0x0a, 0x00].repeat(450_000);
    let mut model = vec![0x08, 0x08, 0x3a];
    let mut length = nodes.len();
    while length >= 0x80 {
        model.push(length as u8 | 0x80);
        length >>= 7;
    }
    model.push(length as u8);
    model.extend(nodes);
    open(&model, None).expect_err("too many operators");
}
