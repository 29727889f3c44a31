//! The cells of a workbook.
#![no_main]

use byhand::file::workbook;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if workbook::is_workbook(bytes) {
        drop(workbook::read(bytes, None));
    }
});
