//! HDF5 files, as a tree of groups, read once and with bounds.

use std::{collections::BTreeMap, sync::Arc};

use hdf5_reader::{ByteOrder, Dataset, Datatype, Hdf5File, OpenOptions};

use super::{
    Entry, FileError, NumberKind,
    entry::{Budget, size_of},
};
use crate::words::formats;

/// What every HDF5 file has, at its beginning or behind a block of the user's own.
const SIGNATURE: &[u8] = b"\x89HDF\r\n\x1a\n";

/// Groups in groups, at most.
const DEEPEST: usize = 24;

/// Groups and arrays together, at most.
const MOST_MEMBERS: usize = 20_000;

/// Bytes of one array, at most.
const MOST_BYTES: usize = 64 << 20;

/// A group: what it says, and what it contains.
#[derive(Default)]
pub(super) struct Group {
    /// Attributes that are texts.
    pub(super) texts: BTreeMap<String, Vec<String>>,
    pub(super) groups: BTreeMap<String, Group>,
    pub(super) arrays: BTreeMap<String, Dataset>,
}

#[expect(clippy::needless_pass_by_value, reason = "errors of other crates and sentences are said alike")]
fn damaged(place: &str, why: impl ToString) -> FileError {
    FileError::Damaged { format: formats::hdf5_file(), place: place.to_owned(), why: why.to_string() }
}

/// Whether it is an HDF5 file: its signature may be behind 512, 1024, 2048 ... bytes.
pub(super) fn is_hdf5(head: &[u8]) -> bool {
    let places = std::iter::once(0).chain((9..20).map(|power| 1_usize << power));
    places.take_while(|at| *at < head.len()).any(|at| head[at..].starts_with(SIGNATURE))
}

/// The tree of a file.
pub(super) fn open(bytes: Vec<u8>) -> Result<Group, FileError> {
    let options = OpenOptions::default().with_max_read_bytes(MOST_BYTES).with_max_chunk_bytes(MOST_BYTES);
    let file = Hdf5File::from_shared_bytes_with_options(Arc::from(bytes), options)
        .map_err(|why| damaged(&formats::its_beginning(), why))?;
    let root = file.root_group().map_err(|why| damaged("/", why))?;
    let mut left = MOST_MEMBERS;
    group(&root, "/", 0, &mut left)
}

fn group(group: &hdf5_reader::group::Group, path: &str, depth: usize, left: &mut usize) -> Result<Group, FileError> {
    if depth > DEEPEST {
        return Err(damaged(path, formats::too_deep(DEEPEST)));
    }
    let mut tree = Group::default();
    for attribute in group.attributes().map_err(|why| damaged(path, why))? {
        let texts = attribute.read_strings().or_else(|_| attribute.read_string().map(|text| vec![text]));
        if let Ok(texts) = texts {
            tree.texts.insert(attribute.name, texts);
        }
    }
    let (groups, arrays) = group.members().map_err(|why| damaged(path, why))?;
    *left =
        left.checked_sub(groups.len() + arrays.len()).ok_or_else(|| damaged(path, formats::more_than(MOST_MEMBERS)))?;
    for inner in groups {
        let name = inner.name().to_owned();
        // What an optimizer remembers is no part of the network.
        if depth == 0 && name.starts_with("optimizer") {
            continue;
        }
        let path = format!("{path}{name}/");
        tree.groups.insert(name, self::group(&inner, &path, depth + 1, left)?);
    }
    tree.arrays = arrays.into_iter().map(|array| (array.name().to_owned(), array)).collect();
    Ok(tree)
}

impl Group {
    /// A group by its path.
    pub(super) fn at(&self, path: &str) -> Option<&Group> {
        path.split('/').filter(|part| !part.is_empty()).try_fold(self, |group, part| group.groups.get(part))
    }

    /// An array by its path.
    pub(super) fn array_at(&self, path: &str) -> Option<&Dataset> {
        let (group, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.at(group)?.arrays.get(name)
    }

    /// A text of one line.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name)?.first().map(String::as_str)
    }

    /// A list of texts. A long one is kept in parts: `layer_names0`, `layer_names1` ...
    pub(super) fn list(&self, name: &str) -> Option<Vec<String>> {
        if let Some(list) = self.texts.get(name) {
            return Some(list.clone());
        }
        let parts = (0..).map_while(|part| self.texts.get(&format!("{name}{part}")));
        let list: Vec<String> = parts.flatten().cloned().collect();
        (!list.is_empty()).then_some(list)
    }

    /// All arrays below, each by its path, groups in the order of their names.
    pub(super) fn all(&self) -> Vec<(String, &Dataset)> {
        fn walk<'g>(group: &'g Group, path: &str, found: &mut Vec<(String, &'g Dataset)>) {
            found.extend(group.arrays.iter().map(|(name, array)| (format!("{path}{name}"), array)));
            for (name, inner) in &group.groups {
                walk(inner, &format!("{path}{name}/"), found);
            }
        }
        let mut found = Vec::new();
        walk(self, "", &mut found);
        found
    }
}

/// The numbers of an array.
pub(super) fn entry(name: &str, array: &Dataset, budget: &mut Budget) -> Result<Entry, FileError> {
    let shape: Option<Vec<usize>> = array.shape().iter().map(|&n| usize::try_from(n).ok()).collect();
    let shape = shape.ok_or_else(|| damaged(name, formats::past_the_end()))?;
    size_of(&shape, budget)?;
    let says = array.attribute("dtype").ok().and_then(|attribute| attribute.read_string().ok());
    let (kind, order) = kind(array.dtype(), says.as_deref())
        .ok_or_else(|| FileError::Kind { name: name.to_owned(), kind: kind_name(array.dtype()) })?;
    let bytes = array.read_raw_bytes().map_err(|why| damaged(name, why))?;
    Entry::of_bytes(name, shape, kind, &bytes, order == ByteOrder::BigEndian)
}

/// `says`: what Keras writes beside bfloat16, which HDF5 does not know.
fn kind(kind: &Datatype, says: Option<&str>) -> Option<(NumberKind, ByteOrder)> {
    match kind {
        Datatype::FloatingPoint { size, byte_order } => {
            let kind = match size {
                2 => NumberKind::Float16,
                4 => NumberKind::Float32,
                8 => NumberKind::Float64,
                _ => return None,
            };
            Some((kind, *byte_order))
        }
        Datatype::FixedPoint { size, signed, byte_order } => {
            let kind = match (size, signed) {
                (2, _) if says == Some("bfloat16") => NumberKind::Bfloat16,
                (1, true) => NumberKind::Int8,
                (2, true) => NumberKind::Int16,
                (4, true) => NumberKind::Int32,
                (8, true) => NumberKind::Int64,
                (1, false) => NumberKind::Uint8,
                (2, false) => NumberKind::Uint16,
                (4, false) => NumberKind::Uint32,
                (8, false) => NumberKind::Uint64,
                _ => return None,
            };
            Some((kind, *byte_order))
        }
        Datatype::Opaque { size: 2, .. } if says == Some("bfloat16") => {
            Some((NumberKind::Bfloat16, ByteOrder::LittleEndian))
        }
        // h5py keeps truth values as an enumeration of 0 and 1.
        Datatype::Enum { base, .. } => self::kind(base, None).filter(|(kind, _)| kind.size() == 1),
        _ => None,
    }
}

fn kind_name(kind: &Datatype) -> String {
    let name = format!("{kind:?}");
    name.chars().take_while(char::is_ascii_alphanumeric).collect()
}
