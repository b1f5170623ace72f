//! Texts and places in them: files, spans, origins, and the one way in ([`World`]).
//!
//! Must not parse anything, and must not touch the disk: the disk's `World` is in `driver`.

use std::sync::Arc;

mod text;

pub use text::{LineColumn, Sources};

/// A file of one compilation; an index into [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        // Files over 4 GiB never get this far: the reader's size limit is far below.
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The whole of a file that has no better place: its first byte.
    pub fn start_of(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }
}

/// A value and the place where the author wrote it (or what it was derived from).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }

    pub fn as_ref(&self) -> Spanned<&T> {
        Spanned { value: &self.value, span: self.span }
    }
}

/// Why an emitted value is what it is: written at `span`, or derived from what stands there by `rule`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub span: Span,
    /// `None`: the author's own words. `Some`: the name of the derivation, e.g. `"default: severity"`.
    pub rule: Option<&'static str>,
}

/// The derivation of what an author handed over unchecked: our own output check lets it pass.
pub const UNCHECKED: &str = "unchecked";

impl Origin {
    pub fn written(span: Span) -> Self {
        Origin { span, rule: None }
    }

    pub fn derived(span: Span, rule: &'static str) -> Self {
        Origin { span, rule: Some(rule) }
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("there is no such file")]
    NotFound,
    #[error("it is a directory, not a file")]
    Directory,
    #[error("it lies outside the spec's folder")]
    Outside,
    #[error("it has {size} bytes; the limit is {limit}")]
    TooLarge { size: u64, limit: u64 },
    #[error("it is not UTF-8: byte {offset} cannot start or continue a character")]
    NotUtf8 { offset: usize },
    #[error("{0}")]
    Io(String),
}

/// The one way in: files by their path relative to the spec's folder, `/` between the parts.
pub trait World: Sync {
    /// # Errors
    /// [`FileError`], for every reason for which the file cannot be had, but for [`FileError::NotUtf8`]. Implementations
    /// refuse paths that leave the folder, symbolic links included.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, FileError>;

    /// The text of a file.
    ///
    /// # Errors
    /// [`FileError`], for every reason for which the text cannot be had.
    fn read(&self, path: &str) -> Result<Arc<str>, FileError> {
        match String::from_utf8(self.bytes(path)?) {
            Ok(text) => Ok(text.into()),
            Err(error) => Err(FileError::NotUtf8 { offset: error.utf8_error().valid_up_to() }),
        }
    }

    /// The paths of all files in a folder and the folders below it, in the order of their bytes; an empty name is the spec's
    /// folder.
    ///
    /// # Errors
    /// [`FileError`], for every reason for which the names cannot be had.
    fn list(&self, folder: &str) -> Result<Vec<String>, FileError>;
}

/// The files of one spec: where they are read, how messages name them, and what was read.
pub struct Files<'a> {
    world: &'a dyn World,
    /// Folder of the spec as messages name it, with its closing slash; empty for the current one.
    folder: String,
    pub sources: &'a mut Sources,
}

impl<'a> Files<'a> {
    /// `shown` is the path of the spec as messages name it.
    pub fn new(world: &'a dyn World, shown: &str, sources: &'a mut Sources) -> Self {
        let folder = shown.rfind(['/', '\\']).map_or(String::new(), |i| shown[..=i].to_owned());
        Files { world, folder, sources }
    }

    /// A file that is no text, such as an image, by its path relative to the spec's folder.
    ///
    /// # Errors
    /// Those of [`World::bytes`].
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.world.bytes(path)
    }

    /// Reads a text file by its path relative to the spec's folder.
    ///
    /// # Errors
    /// Those of [`World::read`].
    pub fn read(&mut self, path: &str) -> Result<(FileId, Arc<str>), FileError> {
        let text = self.world.read(path)?;
        Ok((self.sources.add(format!("{}{path}", self.folder), Arc::clone(&text)), text))
    }

    /// The files that a path with `*` in it stands for, in the order of their bytes: `*` is any characters of one name, `**`
    /// any folders. Names that start with a dot are left out, as a shell leaves them out.
    ///
    /// # Errors
    /// Those of [`World::list`], and [`FileError::NotFound`] where no file fits.
    pub fn matching(&self, path: &str) -> Result<Vec<String>, FileError> {
        let fixed = path.split('*').next().unwrap_or_default();
        let folder = fixed.rfind('/').map_or("", |end| &fixed[..end]);
        let escaped: Vec<String> = path.split('*').map(glob::Pattern::escape).collect();
        let pattern = glob::Pattern::new(&escaped.join("*")).map_err(|error| FileError::Io(error.msg.to_owned()))?;
        let options = glob::MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: true,
        };
        let mut names = self.world.list(folder)?;
        names.retain(|name| pattern.matches_with(name, options));
        if names.is_empty() { Err(FileError::NotFound) } else { Ok(names) }
    }
}

/// A world in memory, for tests and embedding.
#[derive(Debug, Default, Clone)]
pub struct MemoryWorld {
    files: std::collections::BTreeMap<String, Vec<u8>>,
}

impl MemoryWorld {
    pub fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), content.into());
        self
    }
}

impl World for MemoryWorld {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.files.get(path).cloned().ok_or(FileError::NotFound)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileError> {
        let inside =
            |name: &&String| folder.is_empty() || name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        Ok(self.files.keys().filter(inside).cloned().collect())
    }
}
