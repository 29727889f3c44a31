//! Broken and hostile files: an error that says what is wrong, never a crash, and nothing is executed.
//!
//! `tests/files/generate.py` made the hostile ones. Others are made here of the goldens, by seeded changes.

#[path = "support/damage.rs"]
mod damage;

use std::{fs, path::Path};

use damage::{damaged, open};

/// How many changed copies of each golden are tried.
const COPIES: u64 = 150;

fn golden(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
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
