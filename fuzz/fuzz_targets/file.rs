//! Model files, whatever their format: HDF5, zip, NumPy, safetensors, PyTorch, ONNX. The corpus says which.
#![no_main]

#[path = "../../tests/support/damage.rs"]
#[allow(dead_code)]
mod damage;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    drop(damage::open(bytes, None));
});
