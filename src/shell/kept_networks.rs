//! Files with networks: those that a learner names, and those that they have kept beside the progress.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use super::{
    model_file::ModelFile,
    read::{self, ReadError},
    replace,
};
use crate::{
    app::FileText,
    file::{self, Contents, FileError},
    load::{self, Model, format_of},
    words,
};

/// How many characters a kept network's name has at most.
const LONGEST_NAME: usize = 60;

/// So many networks of one name are kept beside each other.
const MOST_OF_A_NAME: usize = 1_000;

/// Reads a file with printed weights, or with a network that was kept.
///
/// # Errors
/// A sentence for the learner.
pub(super) fn read(name: &str) -> Result<FileText, String> {
    let path = at_home(name);
    let said = |why: ReadError| match why {
        ReadError::Io { why, .. } if why.kind() == io::ErrorKind::NotFound => words::own::no_file(name),
        other => other.to_string(),
    };
    read::regular(&path).map_err(said)?;
    let file = ModelFile::open(&path, name).map_err(said)?;
    let contents = file.with(|source| file::read(source, None));
    if let Some(contents) = contents.map_err(|why| words::own::file(name, why))? {
        let text = of_model(&file, &contents).map_err(|why| words::own::file(name, why))?;
        return Ok(FileText { name: bare(&path, name), text });
    }
    let bytes = file.all().map_err(said)?;
    if let Some(format) = format_of(&bytes) {
        return Err(words::own::not_text(format, name));
    }
    let text = read::text(bytes, name).map_err(|why| why.to_string())?;
    Ok(FileText { name: bare(&path, name), text })
}

/// The file's bare name.
fn bare(path: &Path, name: &str) -> String {
    path.file_stem().map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned())
}

/// A model file as a text that the page reads: a network that is described as the JSON in which networks are kept, arrays alone
/// as a print of them, so that the page asks for the activations.
fn of_model(file: &ModelFile, contents: &Contents) -> Result<String, String> {
    let said = |why: FileError| why.to_string();
    if !contents.is_described() {
        return file.with(|source| contents.printed(source)).map_err(said);
    }
    let model = file.with(|source| contents.outline(source)).map_err(said)?;
    if let Some(missing) = model.missing.first() {
        return Err(words::own::not_whole(&missing.kind, &missing.layer));
    }
    let network = file::chain(&model.network).ok_or_else(words::own::no_chain)?;
    load::keep(&Model::plain(network))
}

/// Shells replace a leading `~`; a name that is typed here has seen no shell. Quotation marks come along when a file is
/// dropped on the terminal.
fn at_home(name: &str) -> PathBuf {
    let name = dropped(name);
    match (name.strip_prefix("~/"), env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(&name),
    }
}

/// The name as the system has it: without quotation marks, blanks that a terminal has escaped, and the form of an address.
fn dropped(name: &str) -> String {
    let name = name.trim();
    let bare = name.trim_matches(['\'', '"']);
    if let Some(address) = bare.strip_prefix("file://") {
        let mut bytes = Vec::new();
        let mut rest = address.bytes();
        while let Some(byte) = rest.next() {
            let mut ahead = rest.clone();
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            match (byte, digit(ahead.next()), digit(ahead.next())) {
                (b'%', Some(high), Some(low)) => {
                    bytes.push((high * 16 + low) as u8);
                    rest = ahead;
                }
                _ => bytes.push(byte),
            }
        }
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    // On Windows a backslash separates folders.
    if bare == name && !cfg!(windows) {
        return bare.replace("\\ ", " ").replace("\\(", "(").replace("\\)", ")").replace("\\'", "'");
    }
    bare.to_owned()
}

/// The folder of the networks that were kept.
#[derive(Debug, Clone)]
pub(super) struct KeptNetworks {
    folder: Option<PathBuf>,
}

impl KeptNetworks {
    /// `networks` in the folder of the progress file.
    pub(super) fn beside(progress: Option<&Path>) -> Self {
        Self { folder: progress.and_then(Path::parent).map(|folder| folder.join("networks")) }
    }

    /// Their names, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let files = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok());
        let name = |entry: io::Result<fs::DirEntry>| {
            let path = entry.ok()?.path();
            (path.extension()? == "json").then(|| path.file_stem()?.to_str().map(str::to_owned))?
        };
        let mut names: Vec<String> = files.into_iter().flatten().filter_map(name).collect();
        names.sort();
        names
    }

    /// Reads the network that was kept under this name.
    ///
    /// # Errors
    /// A sentence for the learner.
    pub(super) fn read(&self, name: &str) -> Result<FileText, String> {
        let path = self.path(name).ok_or_else(no_place)?;
        let bytes = read::regular_file(&path).map_err(|why| why.to_string())?;
        let text = read::text(bytes, name).map_err(|why| why.to_string())?;
        Ok(FileText { name: name.to_owned(), text })
    }

    /// Keeps a network; one of the same name with other numbers stays, and the new one gets a number behind its name. Gives
    /// the name under which it is kept.
    ///
    /// # Errors
    /// A sentence for the learner.
    pub(super) fn keep(&self, name: &str, text: &str) -> Result<String, String> {
        let folder = self.folder.as_ref().ok_or_else(no_place)?;
        let failed = |why: io::Error| words::own::not_written(folder.display(), why);
        fs::create_dir_all(folder).map_err(failed)?;
        for name in self.free_names(&file_name(name)) {
            let Some(path) = self.path(&name) else { break };
            match read::regular_file(&path) {
                Ok(kept) if kept.trim_ascii_end() == text.as_bytes() => return Ok(name),
                Err(ReadError::Io { why, .. }) if why.kind() == io::ErrorKind::NotFound => {
                    replace::whole(&path, format!("{text}\n").as_bytes()).map_err(failed)?;
                    return Ok(name);
                }
                // Another network, or a file that does not read: it stays.
                Ok(_) | Err(_) => {}
            }
        }
        Err(words::own::too_many(MOST_OF_A_NAME, folder.display(), name))
    }

    /// `name`, `name-2`, `name-3`, ...; for `name-2`, if there is a `name`, the same.
    fn free_names(&self, name: &str) -> Vec<String> {
        let numbered = name.rsplit_once('-').filter(|(base, number)| {
            number.parse::<usize>().is_ok() && self.path(base).is_some_and(|path| path.exists())
        });
        let base = numbered.map_or(name, |(base, _)| base);
        [name.to_owned()].into_iter().chain((2..=MOST_OF_A_NAME).map(|n| format!("{base}-{n}"))).collect()
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{name}.json")))
    }
}

fn no_place() -> String {
    words::own::no_folder()
}

/// A name that is a file name everywhere.
fn file_name(name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') { c } else { '_' };
    let name: String = name.trim().chars().take(LONGEST_NAME).map(letter).collect();
    if name.is_empty() { "network".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> (PathBuf, KeptNetworks) {
        let folder = env::temp_dir().join(format!("byhand-kept-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let kept = KeptNetworks::beside(Some(&folder.join("progress.json")));
        (folder, kept)
    }

    #[test]
    fn another_network_of_the_same_name_never_replaces_the_first() {
        let (root, kept) = folder("names");
        assert_eq!(kept.keep("my-network", "one"), Ok("my-network".to_owned()));
        assert_eq!(kept.keep("my-network", "one"), Ok("my-network".to_owned()), "the same again");
        assert_eq!(kept.keep("my-network", "two"), Ok("my-network-2".to_owned()));
        assert_eq!(kept.keep("my-network-2", "three"), Ok("my-network-3".to_owned()));
        assert_eq!(kept.keep("line-1-16-1", "four"), Ok("line-1-16-1".to_owned()));
        assert_eq!(kept.keep("line-1-16-1", "five"), Ok("line-1-16-1-2".to_owned()));
        assert_eq!(kept.names().len(), 5);
        assert_eq!(kept.read("my-network").map(|file| file.text), Ok("one\n".to_owned()));
        let drafts = fs::read_dir(root.join("networks")).expect("a folder").flatten();
        assert!(drafts.map(|file| file.path()).all(|path| path.extension().is_some_and(|ending| ending == "json")));
        let _ = fs::remove_dir_all(&root);
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        let (root, kept) = folder("escape");
        let name = kept.keep("../../etc/passwd", "text").expect("kept");
        assert!(root.join("networks").join(format!("{name}.json")).is_file(), "{name}");
        let _ = fs::remove_dir_all(&root);
    }

    #[test]
    fn a_missing_file_is_named_with_a_remedy() {
        let why = read("no-such-file.txt").expect_err("missing");
        assert!(why.contains("`no-such-file.txt`") && why.contains("paste the arrays"), "{why}");
    }
}
