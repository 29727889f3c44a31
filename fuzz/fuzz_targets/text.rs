//! Texts: printed arrays, tables, JSON.
#![no_main]

use byhand::load::{self, Given};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes)
        && load::is_kept(text)
    {
        drop(load::kept("fuzz", text));
    }
    drop(load::open(bytes.to_vec(), &Given::default()));
});
