//! What bytes are: a file of a known kind, or text and in which encoding.

use std::fmt;

use crate::words;

/// A kind of file that is not text. `Display` is a noun with its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.h5`.
    Hdf5,
    /// `.keras`, `.npz`, `.pt`.
    Zip,
    /// A zip archive without entries.
    EmptyZip,
    /// `.npy`.
    Npy,
    /// `.gz`.
    Gzip,
    /// `.pkl`, and old `.pt` files.
    Pickle,
    /// `.safetensors`.
    Safetensors,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Hdf5 => words::format::hdf5(),
            Self::Zip => words::format::zip(),
            Self::EmptyZip => words::format::empty_zip(),
            Self::Npy => words::format::npy(),
            Self::Gzip => words::format::gzip(),
            Self::Pickle => words::format::pickle(),
            Self::Safetensors => words::format::safetensors(),
        })
    }
}

/// The first bytes of files that are not text.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\x89HDF\r\n\x1a\n", Format::Hdf5),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::EmptyZip),
    (b"\x93NUMPY", Format::Npy),
    (b"\x1f\x8b", Format::Gzip),
    (b"\x80\x02", Format::Pickle),
    (b"\x80\x03", Format::Pickle),
    (b"\x80\x04", Format::Pickle),
    (b"\x80\x05", Format::Pickle),
];

/// The format of the bytes, if it is not text.
pub fn format_of(bytes: &[u8]) -> Option<Format> {
    let found = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, format)| *format);
    found.or_else(|| {
        // A safetensors file begins with the length of its JSON header: eight bytes, little endian.
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        (rest.first() == Some(&b'{') && rest.len() >= length).then_some(Format::Safetensors)
    })
}

/// Bytes that are not text: the first that does not fit, and its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText {
    /// The byte.
    pub byte: u8,
    /// Its line, from 1.
    pub line: usize,
}

/// So many numbers are read from a text at most: with what is known about each while it is read, they take less than 256 MB.
pub const MOST_NUMBERS: usize = 2_000_000;

/// Whether a text has more numbers than are read. This costs one look at each byte, and nothing is stored.
pub fn has_too_many_numbers(text: &[u8]) -> bool {
    let mut in_word = false;
    let mut numbers = 0;
    for byte in text {
        // A number has no blank, comma or bracket in it; `0.5e-3` is one.
        let of_word = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+' | b'_');
        if byte.is_ascii_digit() && !in_word {
            numbers += 1;
        }
        in_word = of_word && (in_word || byte.is_ascii_alphanumeric());
    }
    numbers > MOST_NUMBERS
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
            (&b"\x89HDF\r\n\x1a\nxyz"[..], Some(Format::Hdf5)),
            (b"PK\x03\x04", Some(Format::Zip)),
            (b"\x93NUMPY\x01", Some(Format::Npy)),
            (b"\x80\x04\x95", Some(Format::Pickle)),
            (b"\x02\0\0\0\0\0\0\0{}", Some(Format::Safetensors)),
            (b"[array([[1.]])]", None),
            (b"", None),
        ] {
            assert_eq!(format_of(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn numbers_are_counted_without_reading_them() {
        let row = |n: usize| "0.5e-3, ".repeat(n);
        assert!(!has_too_many_numbers(row(MOST_NUMBERS).as_bytes()));
        assert!(has_too_many_numbers(row(MOST_NUMBERS + 1).as_bytes()));
        assert!(!has_too_many_numbers("w1 layer_2 ".repeat(MOST_NUMBERS).as_bytes()), "names are no numbers");
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
