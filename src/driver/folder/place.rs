//! Where a file of a build lies below its folder, and what stands there now. Links below the folder are never followed.

use super::{FolderError, shown};
use crate::diag::rules::folder;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder of one build.
#[derive(Debug, Clone)]
pub struct Root {
    path: PathBuf,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    Nothing,
    File(Vec<u8>),
}

impl Root {
    /// `solution` below `parent`. The parent may be a link, or lie behind one; the solution's folder may not.
    ///
    /// # Errors
    /// For a name that is not one plain part of a path.
    pub fn new(parent: &Path, solution: &str) -> Result<Self, FolderError> {
        check_part(solution, solution)?;
        Ok(Root { path: parent.join(solution) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file of the build lies. Its name has been checked: see [`check_names`].
    pub fn place(&self, file: &str) -> PathBuf {
        file.split('/').fold(self.path.clone(), |path, part| path.join(part))
    }

    /// Whether the folder is there.
    ///
    /// # Errors
    /// For a file or link of that name.
    pub fn exists(&self) -> Result<bool, FolderError> {
        is_folder(&self.path)
    }

    /// What stands at the place of a file.
    ///
    /// # Errors
    /// For a link anywhere on the way, a folder at the place, a file where a folder is needed, and what cannot be read.
    pub fn look(&self, file: &str) -> Result<Found, FolderError> {
        let mut folder = self.path.clone();
        let parts: Vec<&str> = file.split('/').collect();
        for part in parts.split_last().map_or(&[][..], |(_, folders)| folders) {
            if !is_folder(&folder)? {
                return Ok(Found::Nothing);
            }
            folder.push(part);
        }
        if !is_folder(&folder)? {
            return Ok(Found::Nothing);
        }
        let place = self.place(file);
        match std::fs::symlink_metadata(&place) {
            Ok(data) if data.is_symlink() => Err(link(&place)),
            Ok(data) if data.is_file() => {
                std::fs::read(&place).map(Found::File).map_err(|e| FolderError::io("read", &place, &e))
            }
            Ok(_) => Err(wrong_kind(&place, "a file", "something else")),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
            Err(e) => Err(FolderError::io("look at", &place, &e)),
        }
    }
}

fn is_folder(path: &Path) -> Result<bool, FolderError> {
    match std::fs::symlink_metadata(path) {
        Ok(data) if data.is_symlink() => Err(link(path)),
        Ok(data) if data.is_dir() => Ok(true),
        Ok(_) => Err(wrong_kind(path, "a folder", "a file")),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(FolderError::io("look at", path, &e)),
    }
}

fn link(path: &Path) -> FolderError {
    let message = format!("`{}` is a symbolic link; files are not written through links", shown(path));
    FolderError::new(&folder::OUTPUT_LINK, message, "replace the link by a folder or file, or choose another folder")
}

fn wrong_kind(path: &Path, wanted: &str, found: &str) -> FolderError {
    let message = format!("`{}` must be {wanted}, and {found} of that name is there", shown(path));
    FolderError::new(&folder::OUTPUT_WRONG_KIND, message, "move it away, or choose another folder")
}

/// Checks that every system can store these files side by side, and that none lies outside its folder.
///
/// # Errors
/// For the first name that does not hold.
pub fn check_names<'a>(files: impl IntoIterator<Item = &'a str>) -> Result<(), FolderError> {
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for file in files {
        for part in file.split('/') {
            check_part(part, file)?;
        }
        if let Some(other) = folded.insert(file.to_lowercase(), file) {
            let message = format!("`{other}` and `{file}` are one file where case does not count");
            return Err(FolderError::new(
                &folder::OUTPUT_FILE_NAME,
                message,
                "rename one of what they are named after",
            ));
        }
    }
    Ok(())
}

/// One part of a path; rules of Windows, which are the strictest.
fn check_part(part: &str, file: &str) -> Result<(), FolderError> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let base = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |name: &str| {
        base.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let why = match part {
        "" => "a part of it is empty",
        "." | ".." => "it leaves the folder",
        _ if part.len() > 255 => "a part of it has more than 255 bytes",
        _ if part.chars().any(|c| c.is_control() || "/\\:*?\"<>|".contains(c)) => {
            "it has a character that not every system allows"
        }
        _ if part.ends_with([' ', '.']) => "a part of it ends with a space or full stop",
        _ if DEVICES.contains(&base.as_str()) || numbered("com") || numbered("lpt") => {
            "a part of it is a device name of Windows"
        }
        _ => return Ok(()),
    };
    let message = format!("`{}` cannot be the name of a file: {why}", file.escape_debug());
    Err(FolderError::new(&folder::OUTPUT_FILE_NAME, message, "change the name that it is made from"))
}
