//! Where the bytes of a file are: in memory, or in a file of which only parts are read.

use super::FileError;

/// Bytes that can be read in parts.
pub trait Bytes {
    /// How many there are.
    fn size(&self) -> u64;

    /// `length` bytes from `at` on.
    ///
    /// # Errors
    /// A sentence of the system, if they cannot be read or are not there.
    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, String>;
}

impl Bytes for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, at: u64, length: usize) -> Result<Vec<u8>, String> {
        let begin = usize::try_from(at).map_err(|why| why.to_string())?;
        let part = begin.checked_add(length).and_then(|end| self.get(begin..end));
        part.map(<[u8]>::to_vec).ok_or_else(crate::words::formats::past_the_end)
    }
}

/// Gives the bytes of a file in the same folder, by its bare name.
pub type Beside<'s> = dyn Fn(&str) -> Result<Box<dyn Bytes>, String> + 's;

/// A file, and the files beside it.
pub struct Source<'s> {
    /// The file's name, as it is shown.
    pub name: &'s str,
    /// Its bytes.
    pub bytes: &'s dyn Bytes,
    /// The bytes of a file in the same folder, by its bare name; some formats keep their weights there.
    pub beside: &'s Beside<'s>,
}

/// Larger files are not read as a whole.
pub const MOST_BYTES: u64 = 64 << 20;

impl Source<'_> {
    /// The first bytes, fewer if there are not so many.
    ///
    /// # Errors
    /// [`FileError`] if they cannot be read.
    pub fn head(&self, length: u64) -> Result<Vec<u8>, FileError> {
        let length = self.bytes.size().min(length) as usize;
        self.bytes.read(0, length).map_err(FileError::Unreadable)
    }

    /// All bytes.
    ///
    /// # Errors
    /// [`FileError`] if they cannot be read, or are too many.
    pub fn all(&self) -> Result<Vec<u8>, FileError> {
        all(self.bytes)
    }

    /// All bytes of a file beside this one.
    ///
    /// # Errors
    /// [`FileError`] if the name leaves the folder, or the file cannot be read.
    pub fn neighbour(&self, name: &str) -> Result<Box<dyn Bytes>, FileError> {
        let leaves = name.is_empty() || name.contains(['/', '\\', '\0']) || name == "..";
        let outside = || FileError::Neighbour { name: name.to_owned(), why: crate::words::formats::outside() };
        if leaves {
            return Err(outside());
        }
        (self.beside)(name).map_err(|why| FileError::Neighbour { name: name.to_owned(), why })
    }
}

/// All bytes.
pub(super) fn all(bytes: &dyn Bytes) -> Result<Vec<u8>, FileError> {
    if bytes.size() > MOST_BYTES {
        return Err(FileError::TooLarge { most: (MOST_BYTES >> 20) as usize });
    }
    bytes.read(0, bytes.size() as usize).map_err(FileError::Unreadable)
}
