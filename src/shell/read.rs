//! Files and standard input to text, with bounds; and a folder of lessons.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::name as names;
use crate::{
    course::Folder,
    load::{MOST_NUMBERS, NotText, has_too_many_numbers, text_of},
    words::files,
};

/// Files larger than this are not read.
pub(super) const MOST_BYTES: u64 = 64 << 20;

/// Folders in folders of lessons.
const MOST_DEPTH: usize = 8;

/// Why something could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system says no.
    #[error("{}", files::unreadable(name, why))]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        why: io::Error,
    },
    /// A folder where a file is wanted.
    #[error("{}", files::is_folder(name))]
    IsFolder {
        /// The folder.
        name: String,
    },
    /// A pipe or a device where a file is wanted.
    #[error("{}", files::special(name))]
    Special {
        /// The file.
        name: String,
    },
    /// A file where a folder is wanted.
    #[error("{}", files::not_folder(name))]
    NotFolder {
        /// The file.
        name: String,
    },
    /// Too large.
    #[error("{}", files::too_large(MOST_BYTES >> 20, name))]
    TooLarge {
        /// The file.
        name: String,
    },
    /// More numbers than are read from a text.
    #[error("{}", files::too_many_numbers(MOST_NUMBERS, name))]
    TooManyNumbers {
        /// The file.
        name: String,
    },
    /// Bytes that are no text.
    #[error("{}", files::not_text(format!("{byte:02x}"), line, name))]
    NotText {
        /// The file.
        name: String,
        /// The first byte that does not fit.
        byte: u8,
        /// Its line, from 1.
        line: usize,
    },
}

/// All bytes of a file.
pub(super) fn file(path: &Path) -> Result<Vec<u8>, ReadError> {
    let name = path.display().to_string();
    let path = &names::path(path);
    let io = |why| ReadError::Io { name: name.clone(), why };
    let about = fs::metadata(path).map_err(io)?;
    if about.is_dir() {
        return Err(ReadError::IsFolder { name });
    }
    if about.len() > MOST_BYTES {
        return Err(ReadError::TooLarge { name });
    }
    bounded(File::open(path).map_err(io)?, &name)
}

/// Refuses what is no regular file: where somebody waits for the screen, a pipe or a device would stop it.
pub(super) fn regular(path: &Path) -> Result<(), ReadError> {
    let name = path.display().to_string();
    let about = fs::metadata(names::path(path)).map_err(|why| ReadError::Io { name: name.clone(), why })?;
    if about.is_dir() {
        return Err(ReadError::IsFolder { name });
    }
    if about.is_file() { Ok(()) } else { Err(ReadError::Special { name }) }
}

/// All bytes of a regular file.
pub(super) fn regular_file(path: &Path) -> Result<Vec<u8>, ReadError> {
    regular(path)?;
    file(path)
}

/// All bytes of standard input.
pub(super) fn standard_input() -> Result<Vec<u8>, ReadError> {
    bounded(io::stdin().lock(), &files::standard_input())
}

/// A pipe has no size to ask for, and a file may grow: what counts is what arrives.
fn bounded(source: impl Read, name: &str) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let read = source.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    match read {
        Err(why) => Err(ReadError::Io { name: name.to_owned(), why }),
        Ok(_) if bytes.len() as u64 > MOST_BYTES => Err(ReadError::TooLarge { name: name.to_owned() }),
        Ok(_) => Ok(bytes),
    }
}

/// Bytes as text.
pub(super) fn text(bytes: Vec<u8>, name: &str) -> Result<String, ReadError> {
    if has_too_many_numbers(&bytes) {
        return Err(ReadError::TooManyNumbers { name: name.to_owned() });
    }
    text_of(bytes).map_err(|NotText { byte, line }| ReadError::NotText { name: name.to_owned(), byte, line })
}

/// A folder of lessons. Files that are no text are passed over, unless their name says that they are a lesson.
pub(super) fn lessons(root: &Path) -> Result<Folder, ReadError> {
    let name = |path: &Path| path.display().to_string();
    let root: &Path = &names::path(root);
    if !fs::metadata(root).map_err(|why| ReadError::Io { name: name(root), why })?.is_dir() {
        return Err(ReadError::NotFolder { name: name(root) });
    }
    let mut files = BTreeMap::new();
    let mut bytes_left = MOST_BYTES;
    let mut folders: Vec<(PathBuf, String, usize)> = vec![(root.to_owned(), String::new(), 0)];
    // Links may lead back to a folder that was read already.
    let mut seen = BTreeSet::new();
    while let Some((folder, prefix, depth)) = folders.pop() {
        let io = |why| ReadError::Io { name: name(&folder), why };
        if !seen.insert(fs::canonicalize(&folder).map_err(io)?) {
            continue;
        }
        for entry in fs::read_dir(&folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let (path, file_name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if file_name.starts_with('.') || depth > MOST_DEPTH {
                continue;
            }
            let key = format!("{prefix}{file_name}");
            let about = match fs::metadata(&path) {
                Ok(about) => about,
                // A link to nothing, such as an editor leaves: a lesson is missed only where its name says that it is one.
                Err(_) if !is_lesson(&path) => continue,
                Err(why) => return Err(ReadError::Io { name: name(&path), why }),
            };
            if about.is_dir() {
                folders.push((path, format!("{key}/"), depth + 1));
            } else if about.is_file() {
                bytes_left = bytes_left.checked_sub(about.len()).ok_or(ReadError::TooLarge { name: name(root) })?;
                match text(file(&path)?, &name(&path)) {
                    Ok(text) => drop(files.insert(key, text)),
                    Err(error) if is_lesson(&path) => {
                        return Err(error);
                    }
                    Err(_) => {}
                }
            }
        }
    }
    Ok(Folder::Read(files))
}

/// Whether the name says so.
fn is_lesson(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md" || extension == "json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn links_in_a_folder_of_lessons_are_followed_once_and_those_to_nothing_are_passed_over() {
        use std::os::unix::fs::symlink;
        let root = std::env::temp_dir().join(format!("byhand-links-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("lesson")).expect("a folder");
        fs::write(root.join("lesson").join("en.md"), "# One").expect("written");
        for (from, to) in
            [(".", "again"), (".", "and-again"), ("lesson", "other"), ("gone", ".#en.md"), ("gone", "note")]
        {
            symlink(from, root.join(to)).expect("a link");
        }
        let Folder::Read(files) = lessons(&root).expect("read") else { panic!("read from a folder") };
        assert_eq!(files.len(), 1, "{:?}", files.keys());
        // A lesson that is not there is missed.
        symlink("gone", root.join("lesson").join("de.md")).expect("a link");
        assert!(lessons(&root).expect_err("a lesson is gone").to_string().contains("de.md"));
        let _ = fs::remove_dir_all(&root);
    }

    #[test]
    #[cfg(unix)]
    fn devices_are_refused_where_the_screen_would_wait_for_them() {
        for device in ["/dev/zero", "/dev/null"] {
            let error = regular_file(Path::new(device)).expect_err("a device").to_string();
            assert!(error.contains("is not a regular file"), "{error}");
        }
    }

    #[test]
    fn an_endless_source_is_given_up() {
        let error = bounded(io::repeat(b' '), "endless").expect_err("too large").to_string();
        assert!(error.contains("larger than 64 MiB"), "{error}");
    }
}
