//! A file that is written whole: to a draft beside it, and renamed over it. A link stays a link, what is no regular file stays
//! as it is, and what a killed process left is removed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A link to a link to a link ends somewhere, or is a ring.
const MOST_LINKS: usize = 40;

/// Where the links of `path` lead, even if nothing is there.
pub(super) fn behind_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}

/// Replaces the file at `path`, or makes it.
///
/// # Errors
/// If something else than a regular file is there, or the system says no. Then nothing has changed.
pub(super) fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &behind_links(path);
    if fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(io::Error::other(crate::words::files::no_regular_file()));
    }
    let draft = beside(path, &format!("{}.new", std::process::id()));
    // What has this name already is of another process with our number, which is dead.
    let _ = fs::remove_file(&draft);
    let written = OpenOptions::new().write(true).create_new(true).open(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        // A file that others may not read stays so.
        if let Ok(about) = fs::metadata(path) {
            file.set_permissions(about.permissions())?;
        }
        fs::rename(&draft, path)
    });
    if written.is_err() {
        // Half a draft is of no use; if it cannot be removed either, nothing is lost.
        let _ = fs::remove_file(&draft);
    }
    written
}

/// Removes the drafts that killed processes left beside `path`. Only who holds the lock may: nobody else writes one then.
pub(super) fn remove_drafts(path: &Path) {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else { return };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let number = file.to_str().and_then(|file| file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".new"));
        let is_draft = number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        if is_draft && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// `progress.json` and `lock` to `progress.json.lock`.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

/// A file that is only there to be locked. What is no regular file is not opened: opening a pipe would wait for its other end.
///
/// # Errors
/// If something else is there, or the system says no.
pub(super) fn lock_file(path: &Path) -> io::Result<File> {
    let path = beside(path, "lock");
    if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
        return Err(io::Error::other(crate::words::files::no_regular_file()));
    }
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}
