//! The disk as a [`World`]: the folder of one spec, and nothing outside it.

use crate::source::{FileError, World};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// Greatest size in bytes of a file that is read: 4 MiB. It is also what the service takes as a template at most, so
/// nothing larger could be of use.
pub const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// A folder. Paths that lead out of it, be it by `..`, by a leading `/` or by a symbolic link, are refused.
#[derive(Debug, Clone)]
pub struct DiskWorld {
    /// Without symbolic links; or why there is no such folder, which is then said of every file in it.
    root: Result<PathBuf, FileError>,
}

impl DiskWorld {
    pub fn new(folder: &Path) -> Self {
        DiskWorld { root: fs::canonicalize(folder).map_err(|error| from_io(&error)) }
    }

    /// Where a path of the spec lies on the disk, every link resolved.
    fn locate(&self, path: &str) -> Result<PathBuf, FileError> {
        let root = self.root.as_ref().map_err(Clone::clone)?;
        let mut inside = PathBuf::new();
        for component in Path::new(path).components() {
            match component {
                Component::Normal(part) => inside.push(part),
                Component::CurDir => {}
                Component::ParentDir if inside.pop() => {}
                Component::ParentDir | Component::RootDir | Component::Prefix(_) => return Err(FileError::Outside),
            }
        }
        let real = fs::canonicalize(root.join(inside)).map_err(|error| from_io(&error))?;
        if real.starts_with(root) { Ok(real) } else { Err(FileError::Outside) }
    }
}

impl World for DiskWorld {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let real = self.locate(path)?;
        // Asked before opening: opening a named pipe would wait for a writer.
        let metadata = fs::metadata(&real).map_err(|error| from_io(&error))?;
        if metadata.is_dir() {
            return Err(FileError::Directory);
        }
        if !metadata.is_file() {
            return Err(FileError::Io("it is not a regular file".to_owned()));
        }
        if metadata.len() > MAX_FILE_BYTES {
            return Err(FileError::TooLarge { size: metadata.len(), limit: MAX_FILE_BYTES });
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
        let file = File::open(&real).map_err(|error| from_io(&error))?;
        // A file may grow between the question and the reading.
        file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| from_io(&error))?;
        let size = bytes.len() as u64;
        if size > MAX_FILE_BYTES {
            return Err(FileError::TooLarge { size, limit: MAX_FILE_BYTES });
        }
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileError> {
        let start = self.locate(folder)?;
        let mut names = Vec::new();
        // Links are listed by their own names and not followed: what they lead to is judged when it is read.
        for entry in walkdir::WalkDir::new(&start).follow_links(false) {
            let entry = entry.map_err(|error| from_io(&error.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let below = entry.path().strip_prefix(&start).unwrap_or(entry.path());
            let parts = below.components().map(|part| part.as_os_str().to_string_lossy());
            let first = (!folder.is_empty()).then(|| folder.into());
            names.push(first.into_iter().chain(parts).collect::<Vec<_>>().join("/"));
        }
        names.sort_unstable();
        Ok(names)
    }
}

/// The operating system's own words are used for what has no words of ours; they are short and name the cause.
pub fn from_io(error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileError::NotFound,
        ErrorKind::IsADirectory => FileError::Directory,
        ErrorKind::PermissionDenied => FileError::Io("it may not be read (permission denied)".to_owned()),
        _ => FileError::Io(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("spec")).unwrap();
            fs::create_dir(folder.path().join("spec/kql")).unwrap();
            fs::write(folder.path().join("spec/kql/a.kql"), "source").unwrap();
            fs::write(folder.path().join("secret.txt"), "secret").unwrap();
            Folder(folder)
        }

        fn path(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn read(&self, path: &str) -> Result<Arc<str>, FileError> {
            DiskWorld::new(&self.path("spec")).read(path)
        }
    }

    #[test]
    fn reads_what_lies_inside() {
        let folder = Folder::new();
        assert_eq!(folder.read("kql/a.kql").as_deref(), Ok("source"));
        assert_eq!(folder.read("./kql/../kql/a.kql").as_deref(), Ok("source"));
    }

    #[test]
    fn refuses_what_leads_out() {
        let folder = Folder::new();
        let absolute = folder.path("secret.txt").display().to_string();
        for path in ["../secret.txt", "kql/../../secret.txt", "../spec/kql/a.kql", &absolute, "/etc/passwd", ".."] {
            assert_eq!(folder.read(path), Err(FileError::Outside), "{path}");
        }
    }

    #[test]
    fn lists_what_lies_inside_by_its_path_from_the_folder() {
        let folder = Folder::new();
        fs::create_dir(folder.path("spec/kql/more")).unwrap();
        for name in ["kql/more/c.kql", "kql/B.kql", "z.yaml"] {
            fs::write(folder.path(&format!("spec/{name}")), "").unwrap();
        }
        let list = |name: &str| DiskWorld::new(&folder.path("spec")).list(name);
        assert_eq!(list("kql").unwrap(), ["kql/B.kql", "kql/a.kql", "kql/more/c.kql"]);
        assert_eq!(list("").unwrap().last().map(String::as_str), Some("z.yaml"));
        assert_eq!(list("../spec"), Err(FileError::Outside));
        assert_eq!(list("none"), Err(FileError::NotFound));
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_only_inside() {
        let folder = Folder::new();
        std::os::unix::fs::symlink("../secret.txt", folder.path("spec/out.txt")).unwrap();
        std::os::unix::fs::symlink("..", folder.path("spec/up")).unwrap();
        std::os::unix::fs::symlink("kql/a.kql", folder.path("spec/in.kql")).unwrap();
        std::os::unix::fs::symlink("loop", folder.path("spec/loop")).unwrap();
        assert_eq!(folder.read("out.txt"), Err(FileError::Outside));
        assert_eq!(folder.read("up/secret.txt"), Err(FileError::Outside));
        assert_eq!(folder.read("in.kql").as_deref(), Ok("source"));
        assert!(matches!(folder.read("loop"), Err(FileError::Io(_))));
    }

    #[cfg(unix)]
    #[test]
    fn refuses_what_is_no_regular_file() {
        let folder = Folder::new();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path("spec/socket")).unwrap();
        assert_eq!(folder.read("socket"), Err(FileError::Io("it is not a regular file".to_owned())));
    }

    #[test]
    fn names_what_is_wrong_with_a_file() {
        let folder = Folder::new();
        fs::write(folder.path("spec/latin1.txt"), b"gr\xfc\xdf").unwrap();
        let large = File::create(folder.path("spec/large.txt")).unwrap();
        large.set_len(MAX_FILE_BYTES + 1).unwrap();
        assert_eq!(folder.read("none.txt"), Err(FileError::NotFound));
        assert_eq!(folder.read("kql"), Err(FileError::Directory));
        assert_eq!(folder.read("kql/a.kql/b"), Err(FileError::NotFound));
        assert_eq!(folder.read("latin1.txt"), Err(FileError::NotUtf8 { offset: 2 }));
        assert_eq!(
            folder.read("large.txt"),
            Err(FileError::TooLarge { size: MAX_FILE_BYTES + 1, limit: MAX_FILE_BYTES })
        );
    }
}
