//! Where the lessons come from: the binary itself, or a folder that somebody has read.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lessons");

/// Files by their path from the lessons folder, with `/` between the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Folder {
    /// The lessons inside the binary.
    Embedded,
    /// Files that were read from a disk.
    Read(BTreeMap<String, String>),
}

impl Folder {
    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        match self {
            Self::Embedded => EMBEDDED.get_file(path)?.contents_utf8(),
            Self::Read(files) => files.get(path).map(String::as_str),
        }
    }

    /// Every path, sorted.
    pub fn paths(&self) -> Vec<String> {
        match self {
            Self::Read(files) => files.keys().cloned().collect(),
            Self::Embedded => {
                let mut paths = Vec::new();
                let mut folders = vec![&EMBEDDED];
                while let Some(folder) = folders.pop() {
                    paths.extend(folder.files().filter_map(|file| Some(file.path().to_str()?.replace('\\', "/"))));
                    folders.extend(folder.dirs());
                }
                paths.sort();
                paths
            }
        }
    }
}
