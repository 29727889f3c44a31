//! Zip archives, with bounds: `.keras`, `.npz` and `.pt` are such.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress};
use rawzip::{CompressionMethod, ZipArchive, crc32};

use super::{FileError, bytes::MOST_BYTES};
use crate::words::formats;

/// Files in an archive, at most.
const MOST_FILES: usize = 20_000;

/// The files of an archive, unpacked when they are asked for.
pub(super) struct Zip<'b> {
    files: Vec<Packed<'b>>,
}

struct Packed<'b> {
    name: String,
    deflated: bool,
    known: bool,
    size: u64,
    crc: u32,
    data: &'b [u8],
}

fn damaged(place: impl Into<String>, why: impl Into<String>) -> FileError {
    FileError::Damaged { format: formats::zip_archive(), place: place.into(), why: why.into() }
}

impl<'b> Zip<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Result<Self, FileError> {
        let why = |why: rawzip::Error| damaged(formats::its_directory(), why.to_string());
        let archive = ZipArchive::from_slice(bytes).map_err(why)?;
        let mut files = Vec::new();
        for entry in archive.entries() {
            let entry = entry.map_err(why)?;
            if entry.is_dir() {
                continue;
            }
            if files.len() == MOST_FILES {
                return Err(damaged(formats::its_directory(), formats::more_than(MOST_FILES)));
            }
            let path = entry.file_path();
            let name = String::from_utf8_lossy(path.as_ref()).into_owned();
            let content = archive.get_entry(entry.wayfinder()).map_err(|why| damaged(&name, why.to_string()))?;
            let method = entry.compression_method();
            let (begin, end) = content.compressed_data_range();
            let range = usize::try_from(begin).ok().zip(usize::try_from(end).ok());
            let data = range.and_then(|(begin, end)| bytes.get(begin..end));
            files.push(Packed {
                deflated: method == CompressionMethod::DEFLATE,
                known: method == CompressionMethod::DEFLATE || method == CompressionMethod::STORE,
                size: entry.uncompressed_size_hint(),
                crc: entry.crc32(),
                data: data.ok_or_else(|| damaged(&name, formats::past_the_end()))?,
                name,
            });
        }
        Ok(Self { files })
    }

    /// The names of its files, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// The content of a file; `None` if there is none of this name.
    pub(super) fn file(&self, name: &str) -> Result<Option<Cow<'b, [u8]>>, FileError> {
        let Some(file) = self.files.iter().find(|file| file.name == name) else { return Ok(None) };
        if !file.known {
            return Err(damaged(name, formats::packing()));
        }
        if file.size > MOST_BYTES {
            return Err(FileError::TooLarge { most: (MOST_BYTES >> 20) as usize });
        }
        let content =
            if file.deflated { Cow::Owned(inflated(name, file.data, file.size)?) } else { Cow::Borrowed(file.data) };
        if content.len() as u64 != file.size {
            return Err(damaged(name, formats::other_size()));
        }
        if crc32(&content) != file.crc {
            return Err(damaged(name, formats::checksum()));
        }
        Ok(Some(content))
    }

    /// The content of a file that has to be there.
    pub(super) fn needed(&self, name: &str) -> Result<Cow<'b, [u8]>, FileError> {
        self.file(name)?.ok_or_else(|| damaged(name, formats::not_there()))
    }
}

/// Unpacks exactly `size` bytes; more than that are an error, not memory.
fn inflated(name: &str, packed: &[u8], size: u64) -> Result<Vec<u8>, FileError> {
    // Deflate makes of one byte at most 1032.
    if size > (packed.len() as u64 + 1).saturating_mul(1040) {
        return Err(damaged(name, formats::other_size()));
    }
    let mut unpacked = Vec::with_capacity(size as usize + 1);
    let mut inflate = Decompress::new(false);
    let done = inflate.decompress_vec(packed, &mut unpacked, FlushDecompress::Finish);
    match done {
        Ok(flate2::Status::StreamEnd) => Ok(unpacked),
        Ok(_) => Err(damaged(name, formats::other_size())),
        Err(why) => Err(damaged(name, why.to_string())),
    }
}
