//! What bytes are: a file of a known kind, or text and in which encoding.

/// What stands at the beginning of files that are not text, and what such a file is called.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file (.h5)"),
    (b"PK\x03\x04", "a zip archive (as .keras, .npz and .pt files are)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x93NUMPY", "a NumPy array file (.npy)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
];

/// The format that the bytes are in, if it is one of those that are no text.
pub fn format_of(bytes: &[u8]) -> Option<&'static str> {
    let found = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format);
    found.or_else(|| {
        // A safetensors file begins with the length of its JSON header: eight bytes, little endian.
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        (rest.first() == Some(&b'{') && rest.len() >= length).then_some("a safetensors file")
    })
}

/// Bytes that are no text: the first that does not fit, and its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText {
    /// The byte.
    pub byte: u8,
    /// Its line, from 1.
    pub line: usize,
}

/// Bytes as text: UTF-8, or UTF-16 with its mark, which is what `>` writes in `PowerShell`.
///
/// # Errors
/// [`NotText`] with the first byte that is not UTF-8.
pub fn text_of(bytes: Vec<u8>) -> Result<String, NotText> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, ..] => return Ok(wide(u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => return Ok(wide(u16::from_be_bytes)),
        _ => {}
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].split(|&byte| byte == b'\n').count();
        NotText { byte: error.as_bytes().get(at).copied().unwrap_or(0), line }
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        for (bytes, expected) in [
            (&b"\x89HDF\r\n\x1a\nxyz"[..], Some("HDF5")),
            (b"PK\x03\x04", Some("zip")),
            (b"\x93NUMPY\x01", Some("NumPy")),
            (b"\x80\x04\x95", Some("pickle")),
            (b"\x02\0\0\0\0\0\0\0{}", Some("safetensors")),
            (b"[array([[1.]])]", None),
            (b"", None),
        ] {
            let format = format_of(bytes);
            assert!(format.is_some() == expected.is_some(), "{bytes:?}");
            assert!(format.unwrap_or("").contains(expected.unwrap_or("")), "{format:?}");
        }
    }

    #[test]
    fn text_is_read_in_the_encodings_that_terminals_write() {
        for (bytes, expected) in [
            (b"[1. 2.]".to_vec(), "[1. 2.]"),
            (b"\xEF\xBB\xBF[1.]".to_vec(), "[1.]"),
            (b"\xFF\xFE[\0".to_vec(), "["),
            (b"\xFE\xFF\0[\0]".to_vec(), "[]"),
            (vec![], ""),
            (vec![0xFF, 0xFE], ""),
        ] {
            assert_eq!(text_of(bytes.clone()).as_deref(), Ok(expected), "{bytes:?}");
        }
        assert_eq!(text_of(b"ok\nok \xC3(".to_vec()), Err(NotText { byte: 0xc3, line: 2 }));
    }
}
