//! The package that `connect` is given: compiled from a spec, or read from a file, a folder or a zip.

use crate::arm::eval::tree::Tree;
use crate::arm::read;
use crate::backend::Target;
use crate::diag::{Diagnostics, Severity, unreadable};
use crate::driver::arguments::Arguments;
use crate::driver::console::Console;
use crate::driver::template::file::{self, Files};
use crate::driver::world::{MAX_FILE_BYTES, from_io};
use crate::driver::{Verdict, discover, run};
use crate::source::{FileError, FileId, Sources, Span};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use zip::ZipArchive;

const MAIN_TEMPLATE: &str = "mainTemplate.json";

/// The largest zip that is opened, in bytes. A package holds two files of 4 MB at most, which shrink to a tenth.
const MAX_ZIP_BYTES: u64 = 16 * 1024 * 1024;

/// The most entries of a zip that are looked through. A package has two; one that somebody packed with its folder some more.
const MAX_ENTRIES: usize = 1_000;

/// A package's template, and the texts that findings about it point into.
pub struct Package {
    pub tree: Tree,
    pub sources: Sources,
    /// The place of a finding that has none.
    pub whole: Span,
}

/// Finds the package. What is wrong is said, and how it ends is the error.
pub fn find(subject: &Path, arguments: &mut Arguments, console: &Console) -> Result<Package, Verdict> {
    let inner = subject.join(MAIN_TEMPLATE);
    let is_yaml = subject.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    if inner.is_file() {
        read_file(&inner, arguments, console)
    } else if subject.is_dir() || is_yaml {
        compiled(subject, arguments, console)
    } else {
        read_file(subject, arguments, console)
    }
}

/// The package of a spec, from the tree that a build would print.
fn compiled(path: &Path, arguments: &mut Arguments, console: &Console) -> Result<Package, Verdict> {
    let mut diagnostics = Diagnostics::default();
    let Some(spec) = discover::one(path, arguments, &mut diagnostics) else {
        console.findings(&diagnostics.sorted(), &arguments.clone().into_sources());
        return Err(Verdict::Failed);
    };
    let mut compiled = run::compile(&spec, &[Target::Package]);
    // Notices are for those who write the spec.
    compiled.diagnostics.retain(|finding| finding.severity > Severity::Notice);
    console.findings(&compiled.diagnostics, &compiled.sources);
    let files = compiled.bundle.as_ref().map(|bundle| &bundle.files).ok_or(Verdict::Errors)?;
    let template = files.iter().find(|(path, _)| path.ends_with(MAIN_TEMPLATE)).map(|(_, artifact)| artifact);
    let tree = template.and_then(|artifact| artifact.tree.as_ref()).ok_or(Verdict::Failed)?;
    Ok(Package { tree: Tree::of_template(tree), whole: Span::start_of(FileId(0)), sources: compiled.sources })
}

fn read_file(path: &Path, arguments: &mut Arguments, console: &Console) -> Result<Package, Verdict> {
    let place = arguments.word(&path.to_string_lossy());
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::default());
    let is_zip = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    let text = if is_zip {
        let shown = path.to_string_lossy().replace('\\', "/");
        match template_in_zip(path) {
            Ok((name, text)) => Ok(files.add(format!("{shown}/{name}"), text)),
            Err(error) => Err(Box::new(unreadable(&error, &shown, place))),
        }
    } else {
        files.text(path, place)
    };
    let read = match text {
        Ok((text, file)) => file::parse(&text, file, read::template, &mut diagnostics).ok_or(Verdict::Errors),
        Err(finding) => {
            diagnostics.push(*finding);
            Err(Verdict::Failed)
        }
    };
    let sources = files.sources(arguments);
    console.findings(&diagnostics.sorted(), &sources);
    read.map(|read| Package { tree: read.tree, whole: Span::start_of(read.file), sources })
}

/// The name and text of the template in a zip, wherever in it it is.
fn template_in_zip(path: &Path) -> Result<(String, Arc<str>), FileError> {
    let io = |error: std::io::Error| from_io(&error);
    let no_zip = |why: &dyn std::fmt::Display| FileError::Io(format!("it is no zip that can be read: {why}"));
    let size = std::fs::metadata(path).map_err(io)?.len();
    if size > MAX_ZIP_BYTES {
        return Err(FileError::TooLarge { size, limit: MAX_ZIP_BYTES });
    }
    let mut archive = ZipArchive::new(BufReader::new(File::open(path).map_err(io)?)).map_err(|error| no_zip(&error))?;
    if archive.len() > MAX_ENTRIES {
        return Err(no_zip(&format!("it has {} entries; {MAX_ENTRIES} are looked through", archive.len())));
    }
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| no_zip(&error))?;
        let name = entry.name().map_err(|error| no_zip(&error))?.into_owned();
        if name != MAIN_TEMPLATE && !name.ends_with(&format!("/{MAIN_TEMPLATE}")) {
            continue;
        }
        let mut bytes = Vec::new();
        entry.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| no_zip(&error))?;
        let size = bytes.len() as u64;
        if size > MAX_FILE_BYTES {
            return Err(FileError::TooLarge { size, limit: MAX_FILE_BYTES });
        }
        let text = String::from_utf8(bytes);
        let text = text.map_err(|error| FileError::NotUtf8 { offset: error.utf8_error().valid_up_to() })?;
        return Ok((name, text.into()));
    }
    Err(FileError::Io(format!("it holds no {MAIN_TEMPLATE}")))
}
