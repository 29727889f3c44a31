//! Damaged copies of files, and opening them as the command line does.

use byhand::file::{self, Bytes, Source};

/// Opens bytes as the command line does, as far as a network and its answer.
pub(crate) fn open(bytes: &[u8], architecture: Option<&[u8]>) -> Result<(), String> {
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
pub(crate) fn damaged(bytes: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
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
