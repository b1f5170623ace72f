//! What a build changes in its folder: the build, the list of the last one, and the files there, put side by side.

use super::list::{self, List, Listed, sha256};
use super::{Flaw, Written};
use crate::backend::{Bundle, meaning};
use crate::diag::rules::folder;
use crate::driver::folder::{Changes, FolderError, Found, Fresh, Root, STAGING, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What earlier builds left in a folder.
pub struct Past {
    /// `None`: missing or unreadable.
    pub list: Option<List>,
    list_bytes: Option<Vec<u8>>,
    /// Staging folders of killed builds, each with the list that it was going to write.
    leftovers: BTreeMap<String, List>,
    /// Whether, without a list, a build's meaning lies there: only builds write one.
    has_model: bool,
}

impl Past {
    pub fn read(root: &Root) -> Result<Self, FolderError> {
        let list_bytes = match root.look(list::FILE)? {
            Found::File(bytes) => Some(bytes),
            Found::Nothing => None,
        };
        let list = list_bytes.as_deref().and_then(List::parse);
        let mut leftovers = BTreeMap::new();
        if root.exists()? {
            let io = |e: std::io::Error| FolderError::io("read", root.path(), &e);
            for entry in fs::read_dir(root.path()).map_err(io)? {
                let entry = entry.map_err(io)?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.starts_with(STAGING) && entry.file_type().map_err(io)?.is_dir() {
                    let journal = fs::read(entry.path().join(list::FILE)).ok();
                    let intended = journal.as_deref().and_then(List::parse).unwrap_or_default();
                    leftovers.insert(name, intended);
                }
            }
        }
        let has_model =
            list_bytes.is_none() && matches!(root.look(meaning::PATH)?, Found::File(bytes) if is_model(&bytes));
        Ok(Past { list, list_bytes, leftovers, has_model })
    }

    /// Whether a list is there, sound or not.
    pub fn has_list(&self) -> bool {
        self.list_bytes.is_some()
    }

    /// Whether a build has written here.
    fn is_ours(&self) -> bool {
        self.list_bytes.is_some() || !self.leftovers.is_empty() || self.has_model
    }

    /// What is wrong with the folder as a whole.
    pub fn flaws(&self) -> impl Iterator<Item = Flaw> {
        let list = match (&self.list, &self.list_bytes) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(Flaw::UnreadableList),
            (None, None) => self.is_ours().then_some(Flaw::NoList),
        };
        list.into_iter().chain(self.leftovers.keys().cloned().map(Flaw::Leftover))
    }

    /// Whether a file there was written by a build: its list says so, or that of a build that was killed before it could
    /// write its list. If the list of a build's folder is lost, its files are known by their names alone.
    fn wrote(&self, file: &str, bytes: &[u8]) -> bool {
        match &self.list {
            Some(list) if list.files.contains_key(file) => true,
            None if self.list_bytes.is_some() || self.has_model => true,
            _ => {
                let hash = sha256(bytes);
                self.leftovers.values().any(|list| list.files.get(file).is_some_and(|listed| listed.sha256 == hash))
            }
        }
    }

    fn listed(&self, file: &str) -> Option<&Listed> {
        self.list.as_ref()?.files.get(file)
    }
}

fn is_model(bytes: &[u8]) -> bool {
    let model: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    model.is_some_and(|model| model.get("modelVersion").is_some())
}

/// What is to be done.
pub struct Plan<'a> {
    root: &'a Root,
    bundle: &'a Bundle,
    past: Past,
    done: Written,
    /// The list to come.
    list: Vec<u8>,
}

impl<'a> Plan<'a> {
    /// Compares; changes nothing. `list` is that of `bundle`.
    pub fn new(root: &'a Root, bundle: &'a Bundle, mut list: List) -> Result<Self, FolderError> {
        let past = Past::read(root)?;
        let mut done = Written { folder: root.path().to_owned(), ..Written::default() };
        done.healed.extend(past.flaws());
        let removed = dropped(root, &past, &mut list, &mut done)?;
        let folded: BTreeSet<String> = removed.iter().map(|file| file.to_lowercase()).collect();
        for (file, artifact) in &bundle.files {
            done.size += artifact.bytes.len() as u64;
            let same = unchanged(root, &past, file, &artifact.bytes, &list, &mut done.healed)?;
            // Where case does not count, the old name is the same file, and it is about to be removed.
            if same && !folded.contains(&file.to_lowercase()) {
                done.unchanged.push(file.clone());
            } else {
                done.written.push(file.clone());
            }
        }
        done.removed = removed;
        done.healed.sort();
        Ok(Plan { root, bundle, past, done, list: list.print() })
    }

    /// The account of a build that finds everything as it should be.
    pub fn nothing_to_do(&self) -> Option<Written> {
        let done = &self.done;
        let nothing = done.written.is_empty() && done.removed.is_empty() && done.healed.is_empty();
        (nothing && self.past.list_bytes.as_ref() == Some(&self.list)).then(|| done.clone())
    }

    /// Changes the folder. `fresh` is what was made for it already.
    pub fn carry_out(self, fresh: Fresh) -> Result<Written, FolderError> {
        if let Some(done) = self.nothing_to_do() {
            return Ok(done);
        }
        let written = self.done.written.iter().filter_map(|file| self.bundle.files.get_key_value(file));
        let changes = Changes {
            write: written.map(|(file, artifact)| (file.as_str(), &artifact.bytes[..])).collect(),
            remove: self.done.removed.iter().map(String::as_str).collect(),
            list: Some((list::FILE, &self.list)),
        };
        changes.stage(self.root, fresh)?.put_in_place()?;
        for leftover in self.past.leftovers.keys() {
            let folder = self.root.place(leftover);
            fs::remove_dir_all(&folder).map_err(|e| FolderError::io("remove", &folder, &e))?;
        }
        Ok(self.done)
    }
}

/// The listed files that the build no longer makes; earlier packages go into the new list instead.
fn dropped(root: &Root, past: &Past, list: &mut List, done: &mut Written) -> Result<Vec<String>, FolderError> {
    let mut removed = Vec::new();
    let leftovers = past.leftovers.values().flat_map(|list| &list.files).map(|(file, listed)| (file, listed, false));
    let listed = past.list.iter().flat_map(|list| &list.files).map(|(file, listed)| (file, listed, true));
    let mut seen = BTreeSet::new();
    for (file, listed, certain) in listed.chain(leftovers) {
        if list.files.contains_key(file) || !seen.insert(file) {
            continue;
        }
        match root.look(file)? {
            Found::Nothing if certain => done.healed.push(Flaw::Missing(file.clone())),
            Found::Nothing => {}
            Found::File(bytes) if is_package(file) => {
                // One that somebody has replaced is no longer ours to keep or to remove.
                if sha256(&bytes) == listed.sha256 {
                    done.earlier.push(file.clone());
                }
            }
            Found::File(bytes) if certain || sha256(&bytes) == listed.sha256 => removed.push(file.clone()),
            Found::File(_) => {}
        }
    }
    for file in &done.earlier {
        let listed = past.listed(file).or_else(|| past.leftovers.values().find_map(|list| list.files.get(file)));
        list.files.extend(listed.map(|listed| (file.clone(), Listed { earlier: true, ..listed.clone() })));
    }
    removed.sort();
    Ok(removed)
}

/// `…/Package/<version>.zip`
fn is_package(file: &str) -> bool {
    let mut parts = file.rsplit('/');
    let version = parts.next().and_then(|name| name.strip_suffix(".zip"));
    version.is_some_and(|version| semver::Version::parse(version).is_ok()) && parts.next() == Some("Package")
}

/// Whether a file is there already as the build makes it. Notes where it does not fit the old list.
fn unchanged(
    root: &Root,
    past: &Past,
    file: &str,
    bytes: &[u8],
    list: &List,
    flaws: &mut Vec<Flaw>,
) -> Result<bool, FolderError> {
    let listed = past.listed(file);
    let Found::File(there) = root.look(file)? else {
        flaws.extend(listed.map(|_| Flaw::Missing(file.to_owned())));
        return Ok(false);
    };
    let same = there == bytes;
    if !same && !past.wrote(file, &there) {
        let message = format!("`{}` is not from a build, and its contents differ", shown(&root.place(file)));
        let help = "move or delete it, or build into another folder with `--out`";
        return Err(FolderError::new(&folder::OUTPUT_FILE_OF_OTHERS, message, help));
    }
    let hash = if same { list.files.get(file).map(|l| l.sha256.clone()) } else { None };
    let hash = hash.unwrap_or_else(|| sha256(&there));
    flaws.extend(listed.filter(|l| l.sha256 != hash).map(|_| Flaw::Changed(file.to_owned())));
    Ok(same)
}
