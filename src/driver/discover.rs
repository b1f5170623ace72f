//! From the arguments of a command to the specs that they mean.

use super::arguments::Arguments;
use crate::diag::rules::usage;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Span;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// The name that a spec has in its folder.
pub const SPEC_FILE: &str = "sentinel.yaml";
/// Where specs are looked for when none is named.
pub const DEFAULT_FOLDER: &str = "spec";

/// Where builds go when no folder is named.
pub const DEFAULT_OUT: &str = "output";

/// One spec on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecFile {
    /// The folder that holds it: all that it may read.
    pub folder: PathBuf,
    /// Its name there.
    pub file: String,
    /// As messages name it: `/` between the parts.
    pub shown: String,
    /// Name of the solution's folder under `output/` and `golden/`: that of the spec's folder, or the file's own name
    /// without its ending if it is not called `sentinel.yaml`.
    pub solution: String,
}

impl SpecFile {
    /// The shortest argument that means this spec: its folder, if that is enough.
    pub fn argument(&self) -> &str {
        match self.shown.rsplit_once('/') {
            Some((folder, SPEC_FILE)) if !folder.is_empty() => folder,
            None if self.shown == SPEC_FILE => ".",
            _ => &self.shown,
        }
    }
}

/// Finds the specs that `paths` mean, sorted by solution, each once. Findings point at the words of the command line.
pub fn specs(paths: &[PathBuf], arguments: &mut Arguments, diagnostics: &mut Diagnostics) -> Vec<SpecFile> {
    let default = [PathBuf::from(DEFAULT_FOLDER)];
    let (paths, given) = if paths.is_empty() { (&default[..], false) } else { (paths, true) };
    // By real path: a spec that two arguments mean is built once.
    let mut found: BTreeMap<PathBuf, (SpecFile, Span)> = BTreeMap::new();
    for path in paths {
        let span = if given { arguments.word(&shown(path)) } else { arguments.whole() };
        if !given && !path.exists() {
            let message = format!("there is no folder {DEFAULT_FOLDER} here, where specs are looked for");
            let help = "name a spec file or a folder with specs, or run it in the folder that holds spec/";
            diagnostics.push(Diagnostic::new(&usage::SPEC_NOT_FOUND, span, message).help(help));
            continue;
        }
        for file in files(path, span, diagnostics) {
            match spec_file(&file) {
                Ok((real, spec)) => {
                    found.entry(real).or_insert((spec, span));
                }
                Err(reason) => diagnostics.push(
                    Diagnostic::new(
                        &usage::UNREADABLE_PATH,
                        span,
                        format!("{} cannot be used: {reason}", shown(&file)),
                    )
                    .help("move the spec to a folder whose name is plain text and that you may read"),
                ),
            }
        }
    }
    let mut specs: Vec<(SpecFile, Span)> = found.into_values().collect();
    specs.sort_by_cached_key(|(spec, _)| (spec.solution.to_lowercase(), spec.shown.clone()));
    report_twins(&specs, diagnostics);
    specs.into_iter().map(|(spec, _)| spec).collect()
}

/// The one spec that `path` means, for commands that take one.
pub fn one(path: &Path, arguments: &mut Arguments, diagnostics: &mut Diagnostics) -> Option<SpecFile> {
    let whole = arguments.whole();
    let mut found = specs(&[path.to_path_buf()], arguments, diagnostics);
    if found.len() > 1 && !diagnostics.has_errors() {
        let names: Vec<&str> = found.iter().map(|spec| spec.shown.as_str()).collect();
        let message = format!("{} holds {} specs, and this command takes one", shown(path), found.len());
        let help = format!("name one of them: {}", names.join(", "));
        diagnostics.push(Diagnostic::new(&usage::SEVERAL_SPECS, whole, message).help(help));
    }
    if diagnostics.has_errors() { None } else { found.pop() }
}

/// The spec files under one argument.
fn files(path: &Path, span: Span, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => {
            diagnostics.push(missing(path, &error, span));
            return Vec::new();
        }
    };
    if !metadata.is_dir() {
        return vec![path.to_path_buf()];
    }
    let direct = path.join(SPEC_FILE);
    if direct.is_file() {
        return vec![direct];
    }
    let mut files = Vec::new();
    let walk = WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        match entry {
            Ok(entry) if entry.file_name() == SPEC_FILE && entry.path().is_file() => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => {
                let place = error.path().unwrap_or(path);
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                let message = format!("{} cannot be searched: {reason}", shown(place));
                diagnostics.push(Diagnostic::new(&usage::UNREADABLE_PATH, span, message));
            }
        }
    }
    if files.is_empty() && !diagnostics.has_errors() {
        let message = format!("there is no {SPEC_FILE} in {} or below it", shown(path));
        diagnostics.push(
            Diagnostic::new(&usage::NO_SPEC, span, message)
                .help(format!("name a spec or a folder with specs, such as {DEFAULT_FOLDER}/my-solution/{SPEC_FILE}")),
        );
    }
    files
}

fn missing(path: &Path, error: &std::io::Error, span: Span) -> Diagnostic {
    if error.kind() != std::io::ErrorKind::NotFound {
        let message = format!("{} cannot be read: {error}", shown(path));
        return Diagnostic::new(&usage::UNREADABLE_PATH, span, message);
    }
    let found = Diagnostic::new(&usage::SPEC_NOT_FOUND, span, format!("there is no file or folder {}", shown(path)));
    match neighbour(path) {
        Some(name) => found.help(format!("did you mean {}?", shown(&path.with_file_name(name)))),
        None => found.help(format!("name a spec file or a folder that holds a {SPEC_FILE}")),
    }
}

/// The name beside a missing path that is most like it.
fn neighbour(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> =
        std::fs::read_dir(parent).ok()?.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    crate::diag::did_you_mean(wanted, names.iter().map(String::as_str)).map(ToOwned::to_owned)
}

/// The spec of a file, and its path without links as its identity.
fn spec_file(path: &Path) -> Result<(PathBuf, SpecFile), String> {
    const NOT_TEXT: &str = "its name is not UTF-8";
    let file = path.file_name().ok_or("it names no file")?.to_str().ok_or(NOT_TEXT)?.to_owned();
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let real_folder = std::fs::canonicalize(&folder).map_err(|error| error.to_string())?;
    let solution = if file == SPEC_FILE {
        let name = real_folder.file_name().ok_or("its folder has no name")?;
        name.to_str().ok_or("the name of its folder is not UTF-8")?.to_owned()
    } else {
        Path::new(&file).file_stem().and_then(|stem| stem.to_str()).ok_or(NOT_TEXT)?.to_owned()
    };
    let spec = SpecFile { folder, shown: shown(path), solution, file };
    Ok((real_folder.join(&spec.file), spec))
}

fn report_twins(specs: &[(SpecFile, Span)], diagnostics: &mut Diagnostics) {
    for pair in specs.windows(2) {
        let [(first, first_span), (second, span)] = pair else { continue };
        // Without case: both would land in the same folder on a disk that ignores it.
        if first.solution.to_lowercase() == second.solution.to_lowercase() {
            let message =
                format!("{} and {} would both be written to the folder {}", first.shown, second.shown, second.solution);
            diagnostics.push(
                Diagnostic::new(&usage::SAME_SOLUTION_FOLDER, *span, message)
                    .also(*first_span, "the other one comes from here")
                    .help(
                        "rename the folder of one of them; the folder's name becomes the solution's name on the disk",
                    ),
            );
        }
    }
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

/// A path as messages have it: relative to where the command runs if it lies below, `/` between the parts.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    let mut text = String::new();
    for component in relative.components() {
        match component {
            Component::CurDir => {}
            Component::RootDir => text.push('/'),
            other => {
                if !text.is_empty() && !text.ends_with('/') {
                    text.push('/');
                }
                text.push_str(&other.as_os_str().to_string_lossy());
            }
        }
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "version: 1\n").unwrap();
        }
        root
    }

    fn find(root: &tempfile::TempDir, paths: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let paths: Vec<PathBuf> = paths.iter().map(|path| root.path().join(path)).collect();
        let found = specs(&paths, &mut Arguments::new("check"), &mut diagnostics);
        let findings = diagnostics.sorted().iter().map(|d| d.code().to_string()).collect();
        (found.into_iter().map(|spec| spec.solution).collect(), findings)
    }

    #[test]
    fn a_folder_means_every_spec_below_it_in_order() {
        let root = tree(&["z/sentinel.yaml", "a/b/sentinel.yaml", "a/other.yaml", ".git/sentinel.yaml"]);
        assert_eq!(find(&root, &[""]), (vec!["b".to_owned(), "z".to_owned()], vec![]));
    }

    #[test]
    fn a_folder_with_a_spec_means_that_spec() {
        let root = tree(&["a/sentinel.yaml", "a/old/sentinel.yaml"]);
        assert_eq!(find(&root, &["a"]), (vec!["a".to_owned()], vec![]));
    }

    #[test]
    fn a_file_of_another_name_names_its_solution() {
        let root = tree(&["a/my-solution.yaml"]);
        assert_eq!(find(&root, &["a/my-solution.yaml"]), (vec!["my-solution".to_owned()], vec![]));
    }

    #[test]
    fn a_spec_named_twice_is_built_once() {
        let root = tree(&["a/sentinel.yaml"]);
        assert_eq!(find(&root, &["a", "a/sentinel.yaml", ""]), (vec!["a".to_owned()], vec![]));
    }

    #[test]
    fn two_specs_of_one_name_are_refused() {
        let root = tree(&["x/a/sentinel.yaml", "y/A/sentinel.yaml"]);
        assert_eq!(find(&root, &[""]).1, ["SG0012"]);
    }

    #[test]
    fn what_is_not_there_is_named() {
        let root = tree(&["pulumi/readme.md"]);
        assert_eq!(find(&root, &["pulumy"]).1, ["SG0010"]);
        assert_eq!(find(&root, &["pulumi"]).1, ["SG0011"]);
        assert_eq!(neighbour(&root.path().join("pulumy")).as_deref(), Some("pulumi"));
    }

    #[test]
    fn one_spec_is_one() {
        let root = tree(&["a/sentinel.yaml", "b/sentinel.yaml"]);
        let mut diagnostics = Diagnostics::default();
        let none = one(root.path(), &mut Arguments::new("deploy"), &mut diagnostics);
        assert_eq!(none, None);
        assert_eq!(diagnostics.iter().map(|d| d.code().0).collect::<Vec<_>>(), [15]);
        let found = one(&root.path().join("b"), &mut Arguments::new("deploy"), &mut Diagnostics::default());
        assert_eq!(found.map(|spec| spec.solution).as_deref(), Some("b"));
    }

    #[test]
    fn a_spec_is_named_by_its_folder_where_that_is_enough() {
        let argument = |shown: &str| {
            let (folder, file, solution) = (PathBuf::new(), String::new(), String::new());
            SpecFile { folder, file, shown: shown.to_owned(), solution }.argument().to_owned()
        };
        assert_eq!(argument("spec/a/sentinel.yaml"), "spec/a");
        assert_eq!(argument("sentinel.yaml"), ".");
        assert_eq!(argument("/sentinel.yaml"), "/sentinel.yaml");
        assert_eq!(argument("drafts/a.yaml"), "drafts/a.yaml");
        assert_eq!(argument("drafts/my-sentinel.yaml"), "drafts/my-sentinel.yaml");
    }

    #[test]
    fn paths_are_shown_with_slashes() {
        assert_eq!(shown(Path::new("./spec//a/../b/sentinel.yaml")), "spec/a/../b/sentinel.yaml");
        assert_eq!(shown(Path::new("/x/y")), "/x/y");
        assert_eq!(shown(Path::new(".")), ".");
    }
}
