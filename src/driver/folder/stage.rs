//! Many files changed as one: everything new is written to a staging folder in the same file system, and only when all
//! of it is there do the files take their places, by renaming.
//!
//! Nothing is flushed to the disk on purpose: a build can be made again at any time, and one that a power cut tore apart
//! no longer fits its list, which the next build notices.

use super::{FolderError, Root};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// How the names of staging folders begin.
pub const STAGING: &str = ".staging-";

/// What is to change in the folder of one build.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    /// Path and contents, in the order in which they take their places.
    pub write: Vec<(&'a str, &'a [u8])>,
    /// Removed before anything takes its place: a new name may differ from an old one in case alone.
    pub remove: Vec<&'a str>,
    /// Takes its place after all others, and lies in the staging folder under its own name before any of them moves: it
    /// tells whoever finds the staging folder of a killed change what that was going to be.
    pub list: Option<(&'a str, &'a [u8])>,
}

/// The new files, written beside the old ones. Dropping it takes them away again.
#[derive(Debug)]
pub struct Staged<'a> {
    root: &'a Root,
    changes: &'a Changes<'a>,
    /// Number `i` is `changes.write[i]`.
    staging: tempfile::TempDir,
    fresh: Fresh,
}

impl<'a> Changes<'a> {
    /// Writes the new files to a staging folder and makes sure that they can take their places. `fresh` is what was made
    /// for this change already.
    ///
    /// # Errors
    /// For a folder that cannot be written, or is full. Nothing has changed then.
    pub fn stage(&'a self, root: &'a Root, mut fresh: Fresh) -> Result<Staged<'a>, FolderError> {
        fresh.folder(root.path())?;
        let staging = tempfile::Builder::new()
            .prefix(STAGING)
            .tempdir_in(root.path())
            .map_err(|e| FolderError::io("write to", root.path(), &e))?;
        let numbered = self.write.iter().enumerate().map(|(i, (file, bytes))| (i.to_string(), file, bytes));
        let list = self.list.iter().map(|(file, bytes)| ((*file).to_owned(), file, bytes));
        for (name, file, bytes) in list.chain(numbered) {
            let staged = staging.path().join(name);
            fs::write(staged, bytes).map_err(|e| FolderError::io("write", &root.place(file), &e))?;
        }
        let write = self.write.iter().map(|(file, _)| *file);
        let parents: BTreeSet<PathBuf> = write
            .chain(self.remove.iter().copied())
            .filter_map(|f| root.place(f).parent().map(Path::to_owned))
            .collect();
        for folder in parents {
            fresh.folder(&folder)?;
            // Renaming needs what making a file needs: better to know before the first one.
            tempfile::tempfile_in(&folder).map_err(|e| FolderError::io("write to", &folder, &e))?;
        }
        Ok(Staged { root, changes: self, staging, fresh })
    }
}

impl Staged<'_> {
    /// Removes and renames; then removes the folders that became empty.
    ///
    /// # Errors
    /// For a file that cannot be removed or replaced although its folder can be written. The folder is a mixture then.
    pub fn put_in_place(mut self) -> Result<(), FolderError> {
        let torn = |mut e: FolderError| {
            e.message.push_str("; some files were replaced already, the next build will put that right");
            e
        };
        for file in &self.changes.remove {
            let place = self.root.place(file);
            fs::remove_file(&place).map_err(|e| torn(FolderError::io("remove", &place, &e)))?;
        }
        self.fresh.keep();
        let numbered = self.changes.write.iter().enumerate().map(|(i, (file, _))| (i.to_string(), file));
        let list = self.changes.list.iter().map(|(file, _)| ((*file).to_owned(), file));
        for (name, file) in numbered.chain(list) {
            let place = self.root.place(file);
            fs::rename(self.staging.path().join(name), &place)
                .map_err(|e| torn(FolderError::io("replace", &place, &e)))?;
        }
        for file in &self.changes.remove {
            let parents = file.match_indices('/').map(|(i, _)| &file[..i]);
            for folder in parents.collect::<Vec<_>>().into_iter().rev() {
                // Fails for a folder that is not empty, which is how it should be.
                if fs::remove_dir(self.root.place(folder)).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// What was made on the way and did not exist before; removed again unless it is kept.
#[derive(Debug, Default)]
pub struct Fresh(Vec<PathBuf>);

impl Fresh {
    /// Makes a folder and those above it, as far as they are missing.
    ///
    /// # Errors
    /// For one that cannot be made, and for a file of that name.
    pub fn folder(&mut self, folder: &Path) -> Result<(), FolderError> {
        let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
        let missing: Vec<&Path> = folder.ancestors().take_while(missing).collect();
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => self.0.push(folder.to_owned()),
                // Another build of a fleet may make `output/` at the same time.
                Err(e) if e.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
                Err(e) => return Err(FolderError::io("make the folder", folder, &e)),
            }
        }
        if folder.is_dir() {
            return Ok(());
        }
        Err(FolderError::io("use as a folder", folder, &ErrorKind::NotADirectory.into()))
    }

    /// Opens a file for locking; makes it, if it is missing.
    ///
    /// # Errors
    /// For a folder that cannot be written.
    pub fn lock_file(&mut self, path: &Path) -> Result<File, FolderError> {
        let is_new = !path.exists();
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let file = file.map_err(|e| FolderError::io("write", path, &e))?;
        if is_new {
            self.0.push(path.to_owned());
        }
        Ok(file)
    }

    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            // Best effort: an error is being reported already, and what is empty harms nobody.
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}
