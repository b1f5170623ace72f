//! Template and parameter files, from the disk or standard input.

use crate::arm::eval::tree::Tree;
use crate::arm::read::Read;
use crate::diag::rules::template;
use crate::diag::{Diagnostic, Diagnostics, unreadable};
use crate::driver::arguments::Arguments;
use crate::driver::world::{MAX_FILE_BYTES, from_io};
use crate::json::{ReadError, Slack};
use crate::proof;
use crate::source::{FileError, FileId, Sources, Span};
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

/// How many repeated members of one file are told: more than anyone corrects at once.
const MOST_REPEATED: usize = 100;

/// Files that a command has read, behind the command line itself.
#[derive(Debug, Default)]
pub struct Files(Vec<(String, Arc<str>)>);

impl Files {
    /// Reads one as a text; `-` is standard input. `place`: the argument that names it.
    ///
    /// # Errors
    /// The finding that says why it cannot be read.
    pub fn text(&mut self, path: &Path, place: Span) -> Result<(Arc<str>, FileId), Box<Diagnostic>> {
        let shown =
            if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy().replace('\\', "/") };
        let text = text(path).map_err(|error| Box::new(unreadable(&error, &shown, place)))?;
        Ok(self.add(shown, text))
    }

    /// Takes up a text that was read elsewhere. `shown`: how messages name it.
    pub fn add(&mut self, shown: String, text: Arc<str>) -> (Arc<str>, FileId) {
        self.0.push((shown, text.clone()));
        // The command line is the first of the sources.
        (text, FileId(u32::try_from(self.0.len()).unwrap_or(u32::MAX)))
    }

    /// All that findings may point into.
    pub fn sources(&self, arguments: &Arguments) -> Sources {
        let mut sources = arguments.clone().into_sources();
        for (path, text) in &self.0 {
            sources.add(path.as_str(), text.clone());
        }
        sources
    }
}

fn text(path: &Path) -> Result<Arc<str>, FileError> {
    let io = |error: std::io::Error| from_io(&error);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    } else {
        // Asked before opening: opening a named pipe would wait for a writer.
        let metadata = std::fs::metadata(path).map_err(io)?;
        if metadata.is_dir() {
            return Err(FileError::Directory);
        }
        let file = std::fs::File::open(path).map_err(io)?;
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    }
    let size = bytes.len() as u64;
    if size > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { size, limit: MAX_FILE_BYTES });
    }
    let text = String::from_utf8(bytes);
    text.map(Into::into).map_err(|error| FileError::NotUtf8 { offset: error.utf8_error().valid_up_to() })
}

/// What was read of a file, and in which ways it is not strict JSON.
#[derive(Debug)]
pub struct TemplateFile {
    pub tree: Tree,
    pub notes: Vec<String>,
    pub file: FileId,
}

/// One of the readers of [`read`](crate::arm::read).
pub type Reader = fn(&str, FileId) -> Result<Read, ReadError>;

/// Takes a text apart with one of the readers of [`read`](crate::arm::read). What is wrong with it becomes findings.
pub fn parse(text: &str, file: FileId, reader: Reader, diagnostics: &mut Diagnostics) -> Option<TemplateFile> {
    match reader(text, file) {
        Ok(Read { tree, slack }) => {
            let repeated = slack.iter().filter_map(|(slack, span)| match slack {
                Slack::DuplicateName { name, .. } => Some((name, *span)),
                _ => None,
            });
            for (name, span) in repeated.take(MOST_REPEATED) {
                let message = format!("the member `{name}` is there already; this one holds");
                let finding = Diagnostic::new(&template::REPEATED_MEMBER, span, message);
                diagnostics.push(finding.help("remove all but one"));
            }
            Some(TemplateFile { tree, notes: notes(slack.into_iter().map(|(slack, _)| slack)), file })
        }
        Err(error) => {
            diagnostics.push(proof::unreadable(&error));
            None
        }
    }
}

/// Each kind of slack once, and every repeated name.
fn notes(slack: impl Iterator<Item = Slack>) -> Vec<String> {
    let (mut kinds, mut repeated) = (BTreeSet::new(), Vec::new());
    for slack in slack {
        match slack {
            Slack::Comment => _ = kinds.insert("comment".to_owned()),
            Slack::TrailingComma => _ = kinds.insert("trailing comma".to_owned()),
            Slack::UnquotedName(name) => _ = kinds.insert(format!("unquoted key: {name}")),
            Slack::DuplicateName { name, .. } => repeated.push(format!("duplicate key: {name}")),
        }
    }
    kinds.into_iter().chain(repeated).collect()
}
