//! `output/<solution>/`: writing a build, and telling whether what lies there is one.
//!
//! - A build that fails writes nothing: all that changes is staged first ([`super::folder`]), then renamed, the list last.
//! - `build-list.json` says what the last build wrote. A folder that does not fit it was torn by a kill or changed by
//!   hand; [`status`] says so, and the next [`write`] puts it right.
//! - A file that no build wrote is never touched. Listed files that a build no longer makes are removed, but for
//!   `Package/<version>.zip`: earlier versions stay.
//! - A build that would change nothing writes nothing.
//! - Builds of one folder wait for each other, where the file system knows locks. Where it does not, the last one wins,
//!   and a mixture of two does not fit its list.
//!
//! Must not decide what a build holds.

mod list;
mod plan;

pub use list::{FILE as LIST, is_reserved};

use super::folder::{FolderError, Found, Fresh, Root};
use crate::backend::Bundle;
use crate::diag::{Diagnostic, Rule, rules::folder};
use crate::source::Span;
use list::{List, sha256};
use plan::Plan;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Builds of one folder take turns with a lock on this file. It is empty and stays: where it is, a build has written.
pub const LOCK: &str = ".lock";

/// How long a build waits for others, in steps of [`LOCK_STEP`]: each takes milliseconds, or seconds where a loaded disk is slow to
/// confirm what was written, and there may be several.
const LOCK_STEPS: u32 = 1200;
const LOCK_STEP: Duration = Duration::from_millis(50);

/// What a write has done. Paths are below `folder`, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub folder: PathBuf,
    pub written: Vec<String>,
    pub unchanged: Vec<String>,
    pub removed: Vec<String>,
    /// Packages of earlier versions, left where they are.
    pub earlier: Vec<String>,
    /// How the folder did not fit its list before.
    pub healed: Vec<Flaw>,
    /// Bytes of all files of the build.
    pub size: u64,
}

/// One way in which a folder does not fit its list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// Files of a build are there, and no list.
    NoList,
    /// The list is damaged, or of another version of sentinel-gen.
    UnreadableList,
    /// A staging folder of a build that was killed.
    Leftover(String),
    /// A listed file is not there.
    Missing(String),
    /// A listed file has other contents.
    Changed(String),
}

/// What lies in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    pub folder: PathBuf,
    /// Whether `build` has ever written there; a stored build, such as in `golden/`, is none of its own.
    pub built: bool,
    /// Empty: the folder is what its last build made.
    pub flaws: Vec<Flaw>,
}

impl Written {
    /// Says what was put right, if anything was.
    pub fn finding(&self, span: Span) -> Option<Diagnostic> {
        flaws(&folder::OUTPUT_HEALED, &self.folder, &self.healed, "was put right", span)
    }
}

impl Status {
    /// Says what is wrong, if anything is.
    pub fn finding(&self, span: Span) -> Option<Diagnostic> {
        let finding = flaws(&folder::OUTPUT_DOES_NOT_FIT, &self.folder, &self.flaws, "is not what a build made", span);
        finding.map(|finding| finding.help("run `sentinel-gen build` to put it right"))
    }
}

fn flaws(rule: &'static Rule, folder: &Path, flaws: &[Flaw], what: &str, span: Span) -> Option<Diagnostic> {
    /// More would hide what else a run has to say.
    const SHOWN: usize = 5;
    let mut words: Vec<String> = flaws.iter().take(SHOWN).map(Flaw::words).collect();
    if flaws.len() > SHOWN {
        words.push(format!("{} more", flaws.len() - SHOWN));
    }
    let message = format!("`{}` {what}: {}", super::folder::shown(folder), words.join(", "));
    (!flaws.is_empty()).then(|| Diagnostic::new(rule, span, message))
}

impl Flaw {
    fn words(&self) -> String {
        match self {
            Flaw::NoList => format!("`{LIST}` is missing"),
            Flaw::UnreadableList => format!("`{LIST}` cannot be read"),
            Flaw::Leftover(name) => format!("`{name}` is left of a build that was interrupted"),
            Flaw::Missing(file) => format!("`{file}` is missing"),
            Flaw::Changed(file) => format!("`{file}` is not as it was written"),
        }
    }
}

/// Writes a build to `out_dir/solution`, or nothing at all.
///
/// # Errors
/// For names that cannot be files, files of others in the way, links, and folders that cannot be written or are full.
pub fn write(out_dir: &Path, solution: &str, bundle: &Bundle) -> Result<Written, FolderError> {
    let root = Root::new(out_dir, solution)?;
    let list = List::of(bundle)?;
    if let Some(done) = Plan::new(&root, bundle, list.clone())?.nothing_to_do() {
        return Ok(done);
    }
    let mut fresh = Fresh::default();
    fresh.folder(root.path())?;
    let lock = fresh.lock_file(&root.path().join(LOCK))?;
    wait_for(&lock, &root)?;
    // Another build may have been here since.
    let plan = Plan::new(&root, bundle, list)?;
    plan.carry_out(fresh)
}

/// Waits until no other build holds the lock. A file system without locks is no reason not to build.
fn wait_for(lock: &File, root: &Root) -> Result<(), FolderError> {
    for _ in 0..LOCK_STEPS {
        match lock.try_lock() {
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_STEP),
        }
    }
    let message = format!("another sentinel-gen is writing `{}`", super::folder::shown(root.path()));
    Err(FolderError::new(
        &folder::OUTPUT_IN_USE,
        message,
        "wait for it to end, or build into another folder with `--out`",
    ))
}

/// The files of the last build in a folder that `build` wrote, earlier packages apart; `None` for any other folder.
///
/// # Errors
/// For a list that cannot be read.
pub fn listed(root: &Root) -> Result<Option<Vec<String>>, FolderError> {
    let Found::File(bytes) = root.look(LIST)? else { return Ok(None) };
    let list = List::parse(&bytes);
    Ok(list.map(|list| list.files.into_iter().filter(|(_, listed)| !listed.earlier).map(|(file, _)| file).collect()))
}

/// Compares what lies in `out_dir/solution` with its own list.
///
/// # Errors
/// For links, wrong kinds and what cannot be read.
pub fn status(out_dir: &Path, solution: &str) -> Result<Status, FolderError> {
    let root = Root::new(out_dir, solution)?;
    let mut status = Status { folder: root.path().to_owned(), ..Status::default() };
    if !root.exists()? {
        return Ok(status);
    }
    let past = plan::Past::read(&root)?;
    status.built = past.has_list() || root.look(LOCK)? != Found::Nothing;
    if !status.built {
        return Ok(status);
    }
    for (file, listed) in past.list.iter().flat_map(|list| &list.files) {
        match root.look(file)? {
            Found::Nothing => status.flaws.push(Flaw::Missing(file.clone())),
            Found::File(bytes) if sha256(&bytes) != listed.sha256 => status.flaws.push(Flaw::Changed(file.clone())),
            Found::File(_) => {}
        }
    }
    status.flaws.extend(past.flaws());
    status.flaws.sort();
    Ok(status)
}
