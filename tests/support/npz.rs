//! The arrays of an `.npz` file, in the order `arr_0`, `arr_1`, ...

use std::io::Read as _;

use byhand::equation::Array;

/// All arrays as float32, in the order of their numbers.
pub(crate) fn arrays(bytes: &[u8]) -> Vec<Array> {
    let archive = rawzip::ZipArchive::from_slice(bytes).expect("a zip file");
    let mut found: Vec<(usize, Array)> = archive
        .entries()
        .map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_path().try_normalize().expect("a path").as_ref().to_owned();
            let number = name.trim_start_matches("arr_").trim_end_matches(".npy").parse().expect("arr_N.npy");
            let content = archive.get_entry(entry.wayfinder()).expect("its content");
            let mut plain = Vec::new();
            match entry.compression_method() {
                rawzip::CompressionMethod::STORE => plain.extend_from_slice(content.data()),
                _ => drop(flate2::read::DeflateDecoder::new(content.data()).read_to_end(&mut plain).expect("deflated")),
            }
            (number, array(&plain))
        })
        .collect();
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, array)| array).collect()
}

fn array(bytes: &[u8]) -> Array {
    let file = npyz::NpyFile::new(bytes).expect("an npy file");
    let shape: Vec<usize> = file.shape().iter().map(|&n| n as usize).collect();
    assert!(file.order() == npyz::Order::C || shape.len() < 2, "C order");
    let values = match file.dtype().descr().as_str() {
        "'<f4'" => file.into_vec::<f32>().expect("float32"),
        "'<f8'" => file.into_vec::<f64>().expect("float64").into_iter().map(|x| x as f32).collect(),
        "'<i4'" => file.into_vec::<i32>().expect("int32").into_iter().map(|x| x as f32).collect(),
        "'<i8'" => file.into_vec::<i64>().expect("int64").into_iter().map(|x| x as f32).collect(),
        other => panic!("arrays of {other}"),
    };
    Array::new(shape, values).expect("as many as its shape says")
}
