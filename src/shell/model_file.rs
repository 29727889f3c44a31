//! A model's file and its folder, as `file` reads them: in parts, and nothing outside of the folder.

use std::{
    cell::RefCell,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{
    name,
    read::{self, ReadError},
};
use crate::file::{Bytes, Source};

/// A file that is open.
struct OpenFile {
    file: RefCell<File>,
    size: u64,
}

impl Bytes for OpenFile {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, String> {
        // What the file does not have is not made room for.
        if at.checked_add(length as u64).is_none_or(|end| end > self.size) {
            return Err(crate::words::formats::past_the_end());
        }
        let mut file = self.file.borrow_mut();
        let mut bytes = vec![0; length];
        let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut bytes));
        read.map_err(|why| why.to_string())?;
        Ok(bytes)
    }
}

/// So much of a file says what it begins with.
const BEGINNING: u64 = 4096;

/// A model's bytes and where files beside it are.
pub(super) struct ModelFile {
    name: String,
    bytes: Box<dyn Bytes>,
    folder: Option<PathBuf>,
}

impl ModelFile {
    /// Standard input.
    pub(super) fn standard_input(name: &str) -> Result<Self, ReadError> {
        Ok(Self { name: name.to_owned(), bytes: Box::new(read::standard_input()?), folder: None })
    }

    /// A file. What is no regular file, such as a pipe, is read as a whole.
    pub(super) fn open(path: &Path, name: &str) -> Result<Self, ReadError> {
        let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        Ok(Self { name: name.to_owned(), bytes: opened(path)?, folder: folder.map(Path::to_owned) })
    }

    /// As `file` takes it.
    pub(super) fn with<T>(&self, then: impl FnOnce(&Source<'_>) -> T) -> T {
        let beside = |name: &str| -> Result<Box<dyn Bytes>, String> {
            let Some(folder) = &self.folder else { return Err(crate::words::formats::not_there()) };
            opened(&folder.join(name)).map_err(|why| why.to_string())
        };
        then(&Source { name: &self.name, bytes: self.bytes.as_ref(), beside: &beside })
    }

    /// Whether the text would be a JSON object.
    pub(super) fn begins_like_json(&self) -> bool {
        let beginning = self.bytes.read(0, self.bytes.size().min(BEGINNING) as usize);
        beginning.is_ok_and(|bytes| bytes.trim_ascii_start().starts_with(b"{"))
    }

    /// All bytes, for what turns out to be a text.
    pub(super) fn all(&self) -> Result<Vec<u8>, ReadError> {
        let size = self.bytes.size();
        if size > read::MOST_BYTES {
            return Err(ReadError::TooLarge { name: self.name.clone() });
        }
        let io = |why: String| ReadError::Io { name: self.name.clone(), why: std::io::Error::other(why) };
        self.bytes.read(0, size as usize).map_err(io)
    }
}

/// Whether a file is regular and begins like a JSON object. What is not regular, such as a pipe, could not be read again.
pub(super) fn begins_like_json(path: &Path) -> bool {
    let regular = std::fs::metadata(name::path(path)).is_ok_and(|about| about.is_file());
    regular && ModelFile::open(path, "").is_ok_and(|file| file.begins_like_json())
}

fn opened(path: &Path) -> Result<Box<dyn Bytes>, ReadError> {
    let io = |why| ReadError::Io { name: path.display().to_string(), why };
    let path = &name::path(path);
    let about = std::fs::metadata(path).map_err(io)?;
    if !about.is_file() {
        return Ok(Box::new(read::file(path)?));
    }
    let file = RefCell::new(File::open(path).map_err(io)?);
    Ok(Box::new(OpenFile { file, size: about.len() }))
}
