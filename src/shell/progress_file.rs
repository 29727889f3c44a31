//! The file that progress is kept in.
//!
//! Written whole to a file beside it and renamed over it, under a lock, after merging what another instance has written
//! meanwhile. A file that does not read is set aside under another name, never lost.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};
use thiserror::Error;

use crate::{
    app::progress::{Progress, VERSION},
    words::files,
};

/// Larger files are not progress.
const LARGEST: u64 = 4 << 20;

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
    /// A newer byhand wrote it.
    #[error("{}", files::progress_newer(path))]
    Newer {
        /// The file.
        path: String,
    },
}

impl ProgressFile {
    /// The named file, or `byhand/progress.json` in the XDG state folder.
    pub fn at(named: Option<PathBuf>) -> Self {
        let usual = || {
            let places = choose_base_strategy().ok()?;
            Some(places.state_dir().unwrap_or_else(|| places.data_dir()).join("byhand").join("progress.json"))
        };
        Self { path: named.or_else(usual) }
    }

    /// The file, if there is a place for one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What was kept, and what the learner should know about it.
    pub fn read(&self) -> (Progress, Option<String>) {
        let Some(path) = &self.path else { return (Progress::default(), Some(ProgressError::NoPlace.to_string())) };
        match read(path) {
            Ok(progress) => (progress, None),
            Err(Unreadable::Missing) => (Progress::default(), None),
            Err(Unreadable::Newer) => {
                (Progress::default(), Some(ProgressError::Newer { path: path.display().to_string() }.to_string()))
            }
            Err(Unreadable::Closed(why)) => {
                let path = path.display().to_string();
                (Progress::default(), Some(ProgressError::Read { path, why }.to_string()))
            }
            Err(Unreadable::Damaged(why)) => {
                let (path, why) = (path.display(), why.to_string());
                (Progress::default(), Some(files::progress_damaged(path, why)))
            }
        }
    }

    /// Keeps the progress, merged with what is in the file by now; `progress` becomes the merged one.
    ///
    /// # Errors
    /// [`ProgressError`] if there is no place that can be written.
    pub fn write(&self, progress: &mut Progress) -> Result<(), ProgressError> {
        let path = self.path.as_ref().ok_or(ProgressError::NoPlace)?;
        let failed = |why| ProgressError::Write { path: path.display().to_string(), why };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let lock = File::create(beside(path, "lock")).map_err(failed)?;
        lock.lock().map_err(failed)?;
        match read(path) {
            Ok(kept) if kept == *progress => return Ok(()),
            Ok(kept) => progress.merge(&kept),
            Err(Unreadable::Missing) => {}
            Err(Unreadable::Newer) => return Err(ProgressError::Newer { path: path.display().to_string() }),
            Err(Unreadable::Closed(why)) => return Err(ProgressError::Read { path: path.display().to_string(), why }),
            Err(Unreadable::Damaged(_)) => fs::rename(path, free_name(path)).map_err(failed)?,
        }
        let text = serde_json::to_string_pretty(progress).map_err(|why| failed(why.into()))?;
        let draft = beside(path, &format!("{}.new", std::process::id()));
        let written = File::create(&draft).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            fs::rename(&draft, path)
        });
        if written.is_err() {
            // Half a draft is of no use; if it cannot be removed either, nothing is lost.
            let _ = fs::remove_file(&draft);
        }
        written.map_err(failed)
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
    if fs::metadata(path).map_err(closed)?.len() > LARGEST {
        return Err(Unreadable::Damaged(io::Error::other(files::progress_too_large())));
    }
    let text = fs::read_to_string(path).map_err(closed)?;
    let version = serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|v| v.get("version")?.as_u64());
    if version.is_some_and(|version| version > u64::from(VERSION)) {
        return Err(Unreadable::Newer);
    }
    serde_json::from_str(&text).map_err(|why| Unreadable::Damaged(why.into()))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// A name for a file that is set aside: the first of `.damaged`, `.damaged-2`, ... that is free.
fn free_name(path: &Path) -> PathBuf {
    let names = (1..10_000).map(|n| beside(path, &if n == 1 { "damaged".to_owned() } else { format!("damaged-{n}") }));
    names.into_iter().find(|name| !name.exists()).unwrap_or_else(|| beside(path, "damaged"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("byhand-progress-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            Self(folder)
        }

        fn file(&self) -> ProgressFile {
            ProgressFile::at(Some(self.0.join("deep").join("progress.json")))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn done(task: &str) -> Progress {
        let mut progress = Progress::default();
        progress.note("one-neuron", &BTreeSet::from([task.to_owned()]));
        progress
    }

    #[test]
    fn it_reads_back_and_merges_with_another_instance() {
        let folder = Folder::new("merge");
        folder.file().write(&mut done("a")).expect("written");
        folder.file().write(&mut done("b")).expect("written");
        let (progress, notice) = folder.file().read();
        assert_eq!(progress.of("one-neuron").len(), 2);
        assert_eq!(notice, None);
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let folder = Folder::new("race");
        std::thread::scope(|scope| {
            for i in 0..8 {
                let file = folder.file();
                scope.spawn(move || file.write(&mut done(&format!("task-{i}"))).expect("written"));
            }
        });
        assert_eq!(folder.file().read().0.of("one-neuron").len(), 8);
    }

    #[test]
    fn a_damaged_file_is_set_aside() {
        let folder = Folder::new("damaged");
        let path = folder.0.join("deep").join("progress.json");
        fs::create_dir_all(folder.0.join("deep")).expect("a folder");
        for (n, name) in [(1, "progress.json.damaged"), (2, "progress.json.damaged-2")] {
            fs::write(&path, format!("{{ half a file {n}")).expect("written");
            let (progress, notice) = folder.file().read();
            assert_eq!(progress, Progress::default());
            assert!(notice.is_some_and(|notice| notice.contains("kept under another name")));
            folder.file().write(&mut done("a")).expect("written");
            let aside = fs::read_to_string(folder.0.join("deep").join(name)).expect("set aside");
            assert_eq!(aside, format!("{{ half a file {n}"));
            assert_eq!(folder.file().read().0, done("a"));
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let folder = Folder::new("newer");
        let path = folder.0.join("deep").join("progress.json");
        fs::create_dir_all(folder.0.join("deep")).expect("a folder");
        fs::write(&path, r#"{"version": 99, "everything": "else"}"#).expect("written");
        let (_, notice) = folder.file().read();
        assert!(notice.is_some_and(|notice| notice.contains("newer byhand")));
        assert!(folder.file().write(&mut done("a")).is_err());
        assert!(fs::read_to_string(&path).expect("still there").contains("everything"));
    }

    #[test]
    fn a_folder_in_its_place_is_left_alone() {
        let folder = Folder::new("folder");
        let path = folder.0.join("deep").join("progress.json");
        fs::create_dir_all(path.join("inside")).expect("folders");
        let (progress, notice) = folder.file().read();
        assert_eq!(progress, Progress::default());
        assert!(notice.is_some_and(|notice| notice.contains("cannot be read") && notice.contains("--progress FILE")));
        assert!(folder.file().write(&mut done("a")).is_err());
        assert!(path.join("inside").is_dir());
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named_with_the_remedy() {
        let folder = Folder::new("nowhere");
        fs::create_dir_all(&folder.0).expect("a folder");
        fs::write(folder.0.join("deep"), "a file, not a folder").expect("written");
        let error = folder.file().write(&mut done("a")).expect_err("cannot").to_string();
        assert!(error.contains("--progress FILE"), "{error}");
    }
}
