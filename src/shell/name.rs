//! Names of files whose bytes are no text. Unix allows any bytes; arguments are texts here.
//!
//! Each byte that is no UTF-8 stands in an argument as one of 256 code points of a private use area, as Python does it with
//! surrogates (PEP 383), and becomes that byte again where a file is opened. So every argument takes every name: MODEL,
//! `--input @FILE`, `--progress`. On the screen it is `�`.

use std::{
    borrow::Cow,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The code point of byte 0. Nobody has letters in supplementary private use area B's last row.
#[cfg(unix)]
const ZERO: u32 = 0x0010_fe00;

/// An argument as text.
#[cfg(unix)]
pub(super) fn argument(argument: OsString) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    if argument.to_str().is_some() {
        return argument;
    }
    let mut text = String::new();
    for chunk in argument.as_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().filter_map(|&byte| char::from_u32(ZERO + u32::from(byte))));
    }
    text.into()
}

/// The file that a text names.
#[cfg(unix)]
pub(super) fn path(path: &Path) -> Cow<'_, Path> {
    use std::os::unix::ffi::OsStringExt;
    let byte = |c: char| (c as u32).checked_sub(ZERO).and_then(|byte| u8::try_from(byte).ok());
    let Some(text) = path.to_str().filter(|text| text.chars().any(|c| byte(c).is_some())) else {
        return Cow::Borrowed(path);
    };
    let mut bytes = Vec::new();
    for c in text.chars() {
        match byte(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    Cow::Owned(PathBuf::from(OsString::from_vec(bytes)))
}

/// Elsewhere every name is text.
#[cfg(not(unix))]
pub(super) fn argument(argument: OsString) -> OsString {
    argument
}

/// Elsewhere every name is text.
#[cfg(not(unix))]
pub(super) fn path(path: &Path) -> Cow<'_, Path> {
    Cow::Borrowed(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::ffi::OsStringExt;

    use super::*;

    #[test]
    fn every_name_comes_back() {
        for bytes in [&b"plain.txt"[..], b"caf\xe9.txt", b"\xff\xfe/\x80", "層.txt".as_bytes(), b"half \xe5\xb1"] {
            let name = OsString::from_vec(bytes.to_vec());
            let text = argument(name.clone());
            assert!(text.to_str().is_some(), "{name:?}");
            assert_eq!(path(Path::new(&text)).as_os_str(), name);
        }
    }
}
