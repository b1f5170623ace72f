//! Findings for files that cannot be read, the spec itself or one that it names.

use super::rules::files;
use super::{Diagnostic, Rule};
use crate::source::{FileError, Span};

/// The finding for a file that cannot be read. `shown` is its name in messages, `span` the place that names it: for the spec
/// itself, its start.
pub fn unreadable(error: &FileError, shown: &str, span: Span) -> Diagnostic {
    let (rule, help): (&'static Rule, &str) = match error {
        FileError::NotFound => (&files::FILE_NOT_FOUND, "check the name, upper and lower case included"),
        FileError::Directory => (&files::FILE_IS_DIRECTORY, "name the file itself"),
        FileError::Outside => (
            &files::FILE_OUTSIDE,
            "copy the file into the spec's folder, and name it by its path from there, without `..` and links that lead out",
        ),
        FileError::TooLarge { .. } => (&files::FILE_TOO_LARGE, "check that this is the file that you mean"),
        FileError::NotUtf8 { .. } => {
            (&files::FILE_NOT_UTF8, "save the file as UTF-8; editors also offer UTF-16 and ANSI, which do not work")
        }
        FileError::Io(_) => (&files::FILE_UNREADABLE, "check that the file may be read, and try again"),
    };
    Diagnostic::new(rule, span, format!("`{shown}` cannot be read: {error}")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn each_reason_has_its_own_rule() {
        let reasons = [
            FileError::NotFound,
            FileError::Directory,
            FileError::Outside,
            FileError::TooLarge { size: 2, limit: 1 },
            FileError::NotUtf8 { offset: 7 },
            FileError::Io("permission denied".to_owned()),
        ];
        let codes = reasons.map(|reason| unreadable(&reason, "a.kql", Span::start_of(FileId(0))).rule.code.0);
        assert_eq!(codes, [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn the_message_names_the_file_and_the_reason() {
        let found = unreadable(&FileError::NotUtf8 { offset: 7 }, "a.kql", Span::start_of(FileId(0)));
        assert_eq!(
            found.message,
            "`a.kql` cannot be read: it is not UTF-8: byte 7 cannot start or continue a character"
        );
    }
}
