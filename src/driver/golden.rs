//! A stored build: `golden/<solution>/`, or any folder that mirrors `output/<solution>/`.
//!
//! Everything in a golden folder belongs to the build: blessing removes what the build does not make. Must not compare:
//! that is [`crate::diff`]'s.

use super::folder::{Changes, FolderError, Found, Fresh, Root, STAGING, check_names, shown};
use super::output;
use crate::diag::rules::folder;
use crate::diff::{Build, same_zip};
use std::fs;
use std::path::Path;

/// What blessing has done. Paths are below the solution's folder, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blessed {
    pub written: Vec<String>,
    pub removed: Vec<String>,
    /// How many files were as they should be.
    pub unchanged: usize,
}

/// Reads `parent/solution` as a build; one without files if the folder is not there. In a folder that `build` wrote, the
/// files of its list are the build, but for packages of earlier versions; in any other, all files are.
///
/// # Errors
/// For links, for names that no build can have, and for what cannot be read.
pub fn read(parent: &Path, solution: &str) -> Result<Build, FolderError> {
    read_files(parent, solution).map_err(|e| match e.rule.code {
        code if code == folder::OUTPUT_NOT_WRITABLE.code => FolderError { rule: &folder::GOLDEN_NOT_READABLE, ..e },
        _ => e,
    })
}

fn read_files(parent: &Path, solution: &str) -> Result<Build, FolderError> {
    let root = Root::new(parent, solution)?;
    if !root.exists()? {
        return Ok(Build::default());
    }
    let files = match output::listed(&root)? {
        Some(files) => files,
        None => walk(&root)?,
    };
    let mut build = Build::default();
    for file in files {
        if let Found::File(bytes) = root.look(&file)? {
            build.files.insert(file, bytes);
        }
    }
    Ok(build)
}

/// Every file below the folder, in order; what sentinel-gen keeps for itself apart.
fn walk(root: &Root) -> Result<Vec<String>, FolderError> {
    let mut files = Vec::new();
    let walk = walkdir::WalkDir::new(root.path()).sort_by_file_name().min_depth(1);
    for entry in walk {
        let entry = entry.map_err(|e| {
            let path = e.path().unwrap_or(root.path()).to_owned();
            let message = format!("could not read `{}`: {e}", shown(&path));
            FolderError::new(&folder::GOLDEN_NOT_READABLE, message, "make the folder readable")
        })?;
        let relative = entry.path().strip_prefix(root.path()).unwrap_or(entry.path());
        let file = shown(relative);
        if !entry.file_type().is_dir() && !output::is_reserved(&file) {
            files.push(file);
        }
    }
    check_names(files.iter().map(String::as_str))?;
    Ok(files)
}

/// Makes `parent/solution` the expected build. A zip that holds the same as before is left as it is, unless something
/// else changes too: the manifest names its hash.
///
/// # Errors
/// As [`read`], and for a folder that cannot be written or that `build` writes.
pub fn bless(parent: &Path, solution: &str, fresh: &Build) -> Result<Blessed, FolderError> {
    let root = Root::new(parent, solution)?;
    check_names(fresh.files.keys().map(String::as_str))?;
    if root.exists()? && root.look(output::LIST)? != Found::Nothing {
        let message = format!("`{}` is written by `build`, so it cannot hold what is expected", shown(root.path()));
        let help = "run `sentinel-gen build`, and bless a folder of its own, such as `golden/`";
        return Err(FolderError::new(&folder::GOLDEN_IS_OUTPUT, message, help));
    }
    let old = read(parent, solution)?;
    let gone = old.files.keys().filter(|file| !fresh.files.contains_key(*file));
    let differ = |(file, bytes): &(&String, &Vec<u8>)| old.files.get(*file) != Some(*bytes);
    let mut write: Vec<(&String, &Vec<u8>)> = fresh.files.iter().filter(differ).collect();
    let repacked = |(file, bytes): &(&String, &Vec<u8>)| {
        file.ends_with(".zip") && old.files.get(*file).is_some_and(|before| same_zip(before, bytes))
    };
    if write.iter().all(repacked) {
        write.clear();
    }
    let changes = Changes {
        write: write.into_iter().map(|(file, bytes)| (file.as_str(), &bytes[..])).collect(),
        remove: gone.map(String::as_str).collect(),
        list: None,
    };
    let blessed = Blessed {
        written: changes.write.iter().map(|(file, _)| (*file).to_owned()).collect(),
        removed: changes.remove.iter().map(|file| (*file).to_owned()).collect(),
        unchanged: fresh.files.len() - changes.write.len(),
    };
    sweep(&root)?;
    if !changes.write.is_empty() || !changes.remove.is_empty() {
        changes.stage(&root, Fresh::default())?.put_in_place()?;
    }
    Ok(blessed)
}

/// Removes staging folders of blessings that were killed.
fn sweep(root: &Root) -> Result<(), FolderError> {
    let Ok(entries) = fs::read_dir(root.path()) else { return Ok(()) };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(STAGING) {
            fs::remove_dir_all(entry.path()).map_err(|e| FolderError::io("remove", &entry.path(), &e))?;
        }
    }
    Ok(())
}
