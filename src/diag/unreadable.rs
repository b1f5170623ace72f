//! Findings for files that cannot be read, the spec itself or one that it names.

use super::rules::usage;
use super::{Diagnostic, Rule};
use crate::source::{FileError, Span};

/// The finding for a file that cannot be read. `shown` is its name in messages, `span` the place that names it: for the spec
/// itself, its start.
pub fn unreadable(error: &FileError, shown: &str, span: Span) -> Diagnostic {
    let (rule, help): (&'static Rule, &str) = match error {
        FileError::NotFound => (&usage::FILE_NOT_FOUND, "Check the name, upper and lower case included."),
        FileError::Directory => (&usage::FILE_IS_DIRECTORY, "Name the file itself."),
        FileError::Outside => (
            &usage::FILE_OUTSIDE,
            "Copy the file into the spec's folder, and name it by its path from there, without `..` and links that lead out.",
        ),
        FileError::TooLarge { .. } => (&usage::FILE_TOO_LARGE, "Check that this is the file that you mean."),
        FileError::NotUtf8 { .. } => {
            (&usage::FILE_NOT_UTF8, "Save the file as UTF-8; editors also offer UTF-16 and ANSI, which do not work.")
        }
        FileError::Io(_) => (&usage::FILE_UNREADABLE, "Check that the file may be read, and try again."),
    };
    Diagnostic::new(rule, span, format!("`{shown}` cannot be read: {error}")).help(help)
}
