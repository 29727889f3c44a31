//! The file that progress is kept in.
//!
//! Written whole to a file beside it and renamed over it, under a lock, after merging what another instance has written
//! meanwhile. A file that does not read is set aside under another name, never lost. Only regular files are read, set aside
//! and replaced, and nobody waits longer for the lock than they said: the screen must go on.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use etcetera::{BaseStrategy, choose_base_strategy};
use thiserror::Error;

use super::{
    name,
    replace::{self, beside},
};
use crate::{
    app::progress::{Progress, VERSION},
    words::files,
};

/// Larger files are not progress.
const LARGEST: u64 = 4 << 20;

/// How long the loop waits for another byhand that is just writing; a person does not notice it.
pub const IN_PASSING: Duration = Duration::from_millis(40);
/// How long the end of a session waits.
pub const AT_THE_END: Duration = Duration::from_secs(1);
/// Between two looks at the lock.
const PAUSE: Duration = Duration::from_millis(2);

/// Where progress is kept, if it can be kept at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressFile {
    path: Option<PathBuf>,
}

/// Why progress cannot be kept.
#[derive(Debug, Error)]
pub enum ProgressError {
    /// Nobody knows a place.
    #[error("{}", files::progress_no_place())]
    NoPlace,
    /// The place cannot be written.
    #[error("{}", files::progress_not_written(path, why))]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        why: io::Error,
    },
    /// The place cannot be read.
    #[error("{}", files::progress_not_read(path, why))]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        why: io::Error,
    },
    /// It is a file without progress, and will be set aside.
    #[error("{}", files::progress_damaged(path, why))]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        why: io::Error,
    },
    /// Another byhand holds it.
    #[error("{}", files::progress_locked(path))]
    Locked {
        /// The file.
        path: String,
    },
    /// A newer byhand wrote it.
    #[error("{}", files::progress_newer(path))]
    Newer {
        /// The file.
        path: String,
    },
}

impl ProgressError {
    /// Whether nothing is kept as long as this holds.
    pub fn lasts(&self) -> bool {
        !matches!(self, Self::Damaged { .. })
    }
}

impl ProgressFile {
    /// The named file, or `byhand/progress.json` in the XDG state folder.
    pub fn at(named: Option<PathBuf>) -> Self {
        let usual = || {
            let places = choose_base_strategy().ok()?;
            Some(places.state_dir().unwrap_or_else(|| places.data_dir()).join("byhand").join("progress.json"))
        };
        Self { path: named.map(|named| name::path(&named).into_owned()).or_else(usual) }
    }

    /// The file, if there is a place for one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What was kept, and what the learner should know about it.
    pub fn read(&self) -> (Progress, Option<ProgressError>) {
        let Some(path) = &self.path else { return (Progress::default(), Some(ProgressError::NoPlace)) };
        let shown = path.display().to_string();
        let why = match read(path) {
            Ok(progress) => return (progress, None),
            Err(Unreadable::Missing) => return (Progress::default(), None),
            Err(Unreadable::Newer) => ProgressError::Newer { path: shown },
            Err(Unreadable::Closed(why)) => ProgressError::Read { path: shown, why },
            Err(Unreadable::Damaged(why)) => ProgressError::Damaged { path: shown, why },
        };
        (Progress::default(), Some(why))
    }

    /// Keeps the progress, merged with what is in the file by now; `progress` becomes the merged one. While another byhand
    /// holds the file this waits, but not longer than `patience`.
    ///
    /// # Errors
    /// [`ProgressError`] if there is no place that can be written, or the file is held.
    pub fn write(&self, progress: &mut Progress, patience: Duration) -> Result<(), ProgressError> {
        // A link stays, and all links to one file share its lock.
        let path = &replace::behind_links(self.path.as_ref().ok_or(ProgressError::NoPlace)?);
        let failed = |why| ProgressError::Write { path: path.display().to_string(), why };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        if let Err(Unreadable::Closed(why)) = read(path) {
            // Not even a lock is made beside what is no file.
            return Err(ProgressError::Read { path: path.display().to_string(), why });
        }
        let lock = replace::lock_file(path).map_err(failed)?;
        if !locked(&lock, patience).map_err(failed)? {
            return Err(ProgressError::Locked { path: path.display().to_string() });
        }
        replace::remove_drafts(path);
        match read(path) {
            Ok(kept) if kept == *progress => return Ok(()),
            Ok(kept) => progress.merge(&kept),
            Err(Unreadable::Missing) => {}
            Err(Unreadable::Newer) => return Err(ProgressError::Newer { path: path.display().to_string() }),
            Err(Unreadable::Closed(why)) => return Err(ProgressError::Read { path: path.display().to_string(), why }),
            Err(Unreadable::Damaged(_)) => fs::rename(path, free_name(path)).map_err(failed)?,
        }
        let text = serde_json::to_string_pretty(progress).map_err(|why| failed(why.into()))?;
        replace::whole(path, (text + "\n").as_bytes()).map_err(failed)
    }
}

/// Whether the lock was had in time.
#[allow(clippy::disallowed_methods, reason = "a lock of another process sends no event; this ends after `patience`")]
fn locked(lock: &File, patience: Duration) -> io::Result<bool> {
    let begin = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if begin.elapsed() < patience => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(why)) => return Err(why),
        }
    }
}

enum Unreadable {
    Missing,
    Newer,
    /// Not a file, or one that the system does not open: whatever it is, it is left alone.
    Closed(io::Error),
    /// A file, and no progress in it.
    Damaged(io::Error),
}

fn read(path: &Path) -> Result<Progress, Unreadable> {
    let closed = |why: io::Error| match why.kind() {
        io::ErrorKind::NotFound => Unreadable::Missing,
        io::ErrorKind::InvalidData => Unreadable::Damaged(why),
        _ => Unreadable::Closed(why),
    };
    let about = fs::metadata(path).map_err(closed)?;
    // Of a folder the system says what it is when it is read.
    if !about.is_file() && !about.is_dir() {
        return Err(Unreadable::Closed(io::Error::other(files::no_regular_file())));
    }
    let mut text = String::new();
    // A file may grow: what counts is what is read.
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut text)).map_err(closed)?;
    if text.len() as u64 > LARGEST {
        return Err(Unreadable::Damaged(io::Error::other(files::progress_too_large())));
    }
    // What a full disk leaves, or `touch`.
    if text.trim().is_empty() {
        return Err(Unreadable::Missing);
    }
    let json = serde_json::from_str::<serde_json::Value>(&text).map_err(|why| Unreadable::Damaged(why.into()))?;
    let version = json.get("version").cloned();
    let known =
        version.as_ref().and_then(serde_json::Value::as_u64).is_some_and(|version| version <= u64::from(VERSION));
    serde_json::from_value(json).map_err(|why: serde_json::Error| {
        // Another version, however it is written, or a field that is not known here and would be lost.
        let newer = version.is_some() && (!known || why.to_string().starts_with("unknown field"));
        if newer { Unreadable::Newer } else { Unreadable::Damaged(why.into()) }
    })
}

/// A name for a file that is set aside: the first of `.damaged`, `.damaged-2`, ... that is free.
fn free_name(path: &Path) -> PathBuf {
    let names = (1..10_000).map(|n| beside(path, &if n == 1 { "damaged".to_owned() } else { format!("damaged-{n}") }));
    names.into_iter().find(|name| !name.exists()).unwrap_or_else(|| beside(path, "damaged"))
}

#[cfg(test)]
mod tests;
