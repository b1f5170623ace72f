//! `build-list.json`: what the last build wrote, with sizes and hashes.

use crate::backend::Bundle;
use crate::diag::rules::folder;
use crate::driver::folder::{FolderError, STAGING, check_names};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Its name in the folder of a solution.
pub const FILE: &str = "build-list.json";

const VERSION: u32 = 1;

/// What the list says of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Hexadecimal, lower case.
    pub sha256: String,
    /// In bytes.
    pub size: u64,
    /// Of an earlier version: not made by the last build, and kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub earlier: bool,
}

/// The list by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    pub files: BTreeMap<String, Listed>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Document {
    list_version: u32,
    files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    #[serde(flatten)]
    listed: Listed,
}

impl List {
    /// The list of a build.
    ///
    /// # Errors
    /// For files whose names cannot be stored, or are kept for the list itself.
    pub fn of(bundle: &Bundle) -> Result<Self, FolderError> {
        check_names(bundle.files.keys().map(String::as_str))?;
        if let Some(name) = bundle.files.keys().find(|name| is_reserved(name)) {
            let message = format!("`{name}` is a name that the output folder keeps for itself");
            return Err(FolderError::new(&folder::OUTPUT_FILE_NAME, message, "change the name that it is made from"));
        }
        let listed = |bytes: &[u8]| Listed { sha256: sha256(bytes), size: bytes.len() as u64, earlier: false };
        Ok(List { files: bundle.files.iter().map(|(path, file)| (path.clone(), listed(&file.bytes))).collect() })
    }

    /// `None` for anything that this version has not written, names that leave the folder included.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let document: Document = serde_json::from_slice(bytes).ok()?;
        let files: BTreeMap<_, _> = document.files.into_iter().map(|entry| (entry.path, entry.listed)).collect();
        let sound = document.list_version == VERSION
            && check_names(files.keys().map(String::as_str)).is_ok()
            && !files.keys().any(|name| is_reserved(name));
        sound.then_some(List { files })
    }

    pub fn print(&self) -> Vec<u8> {
        let entry = |(path, listed): (&String, &Listed)| Entry { path: path.clone(), listed: listed.clone() };
        let document = Document { list_version: VERSION, files: self.files.iter().map(entry).collect() };
        // Strings and numbers alone: nothing that JSON cannot say.
        let mut text = serde_json::to_vec_pretty(&document).unwrap_or_default();
        text.push(b'\n');
        text
    }
}

/// Names at the top of the folder that mean something to it.
pub fn is_reserved(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    first == FILE || first == super::LOCK || first.starts_with(STAGING)
}

/// Hexadecimal, lower case.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
