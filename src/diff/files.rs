//! Two sets of files: which differ, how far, and how. JSON by its values, zips by their entries, text by its lines.

use super::Build;
use super::lines::LineDiff;
use super::values::{Change, What};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Changed values named for one JSON file.
const POINTERS: usize = 20;

/// Lines shown for one file.
const FILE_LINES: usize = 60;

/// A zip with more than this in it, unpacked, is compared as bytes: ours are far below.
const ZIP_LIMIT: u64 = 64 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Added,
    Removed,
    Changed,
}

/// How far a file differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// It is only on one side; its size in bytes.
    Whole(usize),
    /// JSON: how many values.
    Values(usize),
    /// Text: lines added and removed.
    Lines { added: usize, removed: usize },
    /// A zip: its entries, each with `added`, `removed` or `changed`.
    Entries(Vec<(String, Fate)>),
    /// CRLF against LF, or one at the end: usually a checkout that converts line breaks.
    LineBreaks,
    /// Sizes in bytes of what is neither text nor zip.
    Bytes { before: usize, after: usize },
}

#[derive(Debug, Clone, PartialEq)]
pub struct FileChange {
    pub path: String,
    pub fate: Fate,
    pub extent: Extent,
    /// JSON: the changed values, by JSON pointer, the first [`POINTERS`] of them. Empty without details.
    pub values: Vec<Change>,
    /// The changed lines, for text that no list of values explains.
    pub lines: Option<LineDiff>,
}

/// The files that differ, by path.
pub fn compare(before: &Build, after: &Build, details: bool) -> Vec<FileChange> {
    let new = after.files.keys().filter(|path| !before.files.contains_key(*path));
    let mut paths: Vec<&String> = before.files.keys().chain(new).collect();
    paths.sort();
    paths.into_iter().filter_map(|path| file(path, before.files.get(path), after.files.get(path), details)).collect()
}

fn file(path: &str, before: Option<&Vec<u8>>, after: Option<&Vec<u8>>, details: bool) -> Option<FileChange> {
    let whole = |fate, bytes: &Vec<u8>| FileChange {
        path: path.to_owned(),
        fate,
        extent: Extent::Whole(bytes.len()),
        values: Vec::new(),
        lines: None,
    };
    match (before, after) {
        (Some(before), Some(after)) if before == after => None,
        (Some(before), Some(after)) => changed(path, before, after, details),
        (Some(before), None) => Some(whole(Fate::Removed, before)),
        (None, Some(after)) => Some(whole(Fate::Added, after)),
        (None, None) => None,
    }
}

fn changed(path: &str, before: &[u8], after: &[u8], details: bool) -> Option<FileChange> {
    let mut values = Vec::new();
    let mut lines = None;
    let extent = if path.ends_with(".zip") {
        match (entries(before), entries(after)) {
            (Some(b), Some(a)) if b == a => return None,
            (Some(b), Some(a)) => Extent::Entries(entry_fates(&b, &a)),
            _ => Extent::Bytes { before: before.len(), after: after.len() },
        }
    } else if let (Ok(b), Ok(a)) = (std::str::from_utf8(before), std::str::from_utf8(after)) {
        let (extent, found, diff) = texts(path, b, a);
        if details {
            values = found.into_iter().take(POINTERS).collect();
            lines = diff;
        }
        extent
    } else {
        Extent::Bytes { before: before.len(), after: after.len() }
    };
    Some(FileChange { path: path.to_owned(), fate: Fate::Changed, extent, values, lines })
}

/// How two different texts differ; as JSON if they are that and their values differ.
fn texts(path: &str, before: &str, after: &str) -> (Extent, Vec<Change>, Option<LineDiff>) {
    let diff = LineDiff::of(before, after, FILE_LINES);
    if diff.added + diff.removed == 0 {
        return (Extent::LineBreaks, Vec::new(), None);
    }
    if path.ends_with(".json")
        && let (Ok(b), Ok(a)) = (serde_json::from_str::<Json>(before), serde_json::from_str::<Json>(after))
    {
        let mut values = Vec::new();
        pointers(&b, &a, "", &mut values);
        if !values.is_empty() {
            return (Extent::Values(values.len()), values, Some(diff));
        }
    }
    (Extent::Lines { added: diff.added, removed: diff.removed }, Vec::new(), Some(diff))
}

/// Every value that differs, by its JSON pointer (RFC 6901).
fn pointers(before: &Json, after: &Json, pointer: &str, found: &mut Vec<Change>) {
    let step = |name: &str| format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut side = |name: &str, b: Option<&Json>, a: Option<&Json>| match (b, a) {
        (Some(b), Some(a)) => pointers(b, a, &step(name), found),
        (Some(b), None) => found.push(Change::new(step(name), What::Removed(b.clone()))),
        (None, Some(a)) => found.push(Change::new(step(name), What::Added(a.clone()))),
        (None, None) => {}
    };
    match (before, after) {
        _ if before == after => {}
        (Json::Object(b), Json::Object(a)) => {
            super::values::keys(b, a).for_each(|name| side(name, b.get(name), a.get(name)));
        }
        (Json::Array(b), Json::Array(a)) => {
            (0..b.len().max(a.len())).for_each(|i| side(&i.to_string(), b.get(i), a.get(i)));
        }
        _ => found.push(Change::new(pointer, What::Value { before: before.clone(), after: after.clone() })),
    }
}

/// Whether two zips hold the same entries with the same contents, however they are packed.
pub fn same_zip(before: &[u8], after: &[u8]) -> bool {
    before == after || entries(before).is_some_and(|b| entries(after).is_some_and(|a| a == b))
}

/// What is in a zip by name; `None` for bytes that are no zip, or too much of one.
fn entries(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut entries = BTreeMap::new();
    let mut left = ZIP_LIMIT;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut content = Vec::new();
        entry.take(left + 1).read_to_end(&mut content).ok()?;
        left = left.checked_sub(content.len() as u64)?;
        entries.insert(name, content);
    }
    Some(entries)
}

fn entry_fates(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<(String, Fate)> {
    let mut fates: BTreeMap<String, Fate> = BTreeMap::new();
    for (name, content) in before {
        match after.get(name) {
            Some(other) if other == content => {}
            Some(_) => drop(fates.insert(name.clone(), Fate::Changed)),
            None => drop(fates.insert(name.clone(), Fate::Removed)),
        }
    }
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        fates.insert(name.clone(), Fate::Added);
    }
    fates.into_iter().collect()
}
