//! Two builds compared as a reviewer thinks: first what they mean, then the files that follow, then what nothing explains.
//!
//! A pure function of two builds in memory. Must not read files, and must not know the spec or the internal model: all
//! that it knows of a meaning is what `model.json` says.

mod files;
mod lines;
mod meaning;
mod render;
mod values;

pub use files::{Extent, Fate, FileChange, same_zip};
pub use lines::{Line, LineDiff, Side};
pub use meaning::{Group, Subject};
pub use values::{Change, What};

use crate::backend::{Bundle, meaning as model};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The files of one build by their path below `output/<solution>/`, `/` between the parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Build {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl From<&Bundle> for Build {
    fn from(bundle: &Bundle) -> Self {
        Build { files: bundle.files.iter().map(|(path, file)| (path.clone(), file.bytes.clone())).collect() }
    }
}

/// What differs between two builds of one solution.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// The solution's name, as the newer build has it.
    pub solution: String,
    /// Why the meanings could not be compared, if they could not.
    pub note: Option<String>,
    /// Changes of meaning, by what a reviewer thinks in.
    pub groups: Vec<Group>,
    /// Files that differ because the meaning does; with how far, not how.
    pub following: Vec<FileChange>,
    /// Files that differ although no meaning does; with all details.
    pub unexplained: Vec<FileChange>,
}

impl Report {
    /// Whether the two builds are the same, zips by their entries.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.following.is_empty() && self.unexplained.is_empty()
    }

    /// How many single changes of meaning there are.
    pub fn changes(&self) -> usize {
        self.groups.iter().map(|group| group.changes.len()).sum()
    }

    /// For a terminal: `color` with ANSI colours, `width` in characters, above which a value gets lines of its own.
    pub fn text(&self, color: bool, width: usize) -> String {
        render::text::report(self, color, width)
    }

    /// For a comment on a pull request.
    pub fn markdown(&self) -> String {
        render::markdown::report(self)
    }

    /// For programs; the shape carries a `reportVersion`.
    pub fn json(&self) -> Json {
        render::json::report(self)
    }
}

const NOTHING_STORED: &str = "nothing is stored to compare with; `sentinel-gen diff --bless` stores this build";

/// Compares a stored build with a fresh one. A stored build without files is a solution that nobody has stored yet.
pub fn compare(golden: &Build, fresh: &Build) -> Report {
    let (before, after) = (read_model(golden), read_model(fresh));
    let solution = [&after, &before].into_iter().flatten().find_map(solution_name).unwrap_or_default();
    let mut report = Report { solution, ..Report::default() };
    match (&before, &after) {
        (Ok(before), Ok(after)) => report.groups = meaning::compare(before, after),
        _ if golden.files.is_empty() => report.note = Some(NOTHING_STORED.to_owned()),
        (Err(why), _) => report.note = Some(format!("the meanings are not compared: in the stored build {why}")),
        (_, Err(why)) => report.note = Some(format!("the meanings are not compared: in the fresh build {why}")),
    }
    if report.groups.is_empty() {
        report.unexplained = files::compare(golden, fresh, !golden.files.is_empty());
    } else {
        report.following = files::compare(golden, fresh, false);
        report.following.retain(|file| file.path != model::PATH);
    }
    report
}

/// The parsed `model.json`, or why there is none: the rest of a sentence that begins with where.
fn read_model(build: &Build) -> Result<Json, String> {
    let bytes = build.files.get(model::PATH).ok_or_else(|| format!("{} is missing", model::PATH))?;
    let json: Json = serde_json::from_slice(bytes).map_err(|e| format!("{} is not JSON: {e}", model::PATH))?;
    match json.get("modelVersion").and_then(Json::as_u64) {
        Some(version) if version == u64::from(model::VERSION) => Ok(json),
        Some(version) => Err(format!("{} has version {version}, not {}", model::PATH, model::VERSION)),
        None => Err(format!("{} has no modelVersion", model::PATH)),
    }
}

fn solution_name(model: &Json) -> Option<String> {
    Some(model.get("solution")?.get("name")?.as_str()?.to_owned())
}
