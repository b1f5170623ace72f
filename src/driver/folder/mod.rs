//! A folder that holds one build: safe names, what stands at a place, and changing many files as one.
//!
//! Must not know which files are whose: [`super::output`] and [`super::golden`] decide what is written and removed.

mod place;
mod stage;

pub use place::{Found, Root, check_names};
pub use stage::{Changes, Fresh, STAGING, Staged};

use crate::diag::{Diagnostic, Rule, rules::folder};
use crate::source::Span;
use std::io;
use std::path::Path;

/// Why a folder could not be read or written. Nothing has been changed, unless the message says so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FolderError {
    pub rule: &'static Rule,
    pub message: String,
    /// What to do.
    pub help: String,
}

impl FolderError {
    pub fn new(rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Self {
        FolderError { rule, message: message.into(), help: help.into() }
    }

    /// A failed file call; `doing` completes "could not".
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let why = reason(error);
        let rule = match error.kind() {
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => &folder::OUTPUT_WRONG_KIND,
            _ => &folder::OUTPUT_NOT_WRITABLE,
        };
        let help = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room there, or choose another folder",
            io::ErrorKind::PermissionDenied => "change the permissions, or choose another folder",
            _ => "choose another folder, or remove what is in the way",
        };
        FolderError::new(rule, format!("could not {doing} `{}`: {why}", shown(path)), help)
    }

    /// The error as a finding about the spec at `span`.
    pub fn finding(&self, span: Span) -> Diagnostic {
        Diagnostic::new(self.rule, span, self.message.clone()).help(self.help.clone())
    }
}

/// What the operating system says, without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// A path for messages: `/` between the parts on every system.
pub fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
