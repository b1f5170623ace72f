//! `diff`: the fresh build of every spec, in memory, against what is stored; with `--bless` it becomes what is stored.

use super::arguments::Arguments;
use super::console::{Console, counted};
use super::discover::{self, SpecFile};
use super::folder::FolderError;
use super::{Strictness, Verdict, golden, output, run};
use crate::backend::Target;
use crate::diag::{Diagnostics, render};
use crate::diff::{self, Build};
use crate::pipeline::Compilation;
use crate::source::{FileId, Span};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How differences are given; always on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For the terminal
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs
    Json,
}

/// What the command line of `diff` says.
#[derive(Debug, Clone)]
pub struct Diff {
    pub specs: Vec<PathBuf>,
    /// Holds a folder for each solution.
    pub against: PathBuf,
    pub bless: bool,
    pub format: Format,
}

/// What came of one solution, ready to be shown.
struct Outcome {
    verdict: Verdict,
    findings: String,
    /// Text, or one JSON value.
    report: String,
}

pub fn run(diff: &Diff, console: &Console) -> Verdict {
    let mut arguments = Arguments::new("diff");
    let mut diagnostics = Diagnostics::default();
    let specs = discover::specs(&diff.specs, &mut arguments, &mut diagnostics);
    if diagnostics.has_errors() {
        console.findings(&diagnostics.sorted(), &arguments.into_sources());
        return Verdict::Failed;
    }
    let mut worst = Verdict::Clean;
    let mut reports: Vec<Value> = Vec::new();
    run::each(
        &specs,
        |spec| outcome(diff, spec, console),
        |outcome| {
            worst = worst.max(outcome.verdict);
            console.err(&outcome.findings);
            match diff.format {
                Format::Json => reports.extend(serde_json::from_str::<Value>(&outcome.report).ok()),
                Format::Text | Format::Markdown => console.out(&outcome.report),
            }
        },
    );
    if diff.format == Format::Json {
        console.out(&format!("{:#}\n", json!({ "solutions": reports })));
    }
    worst
}

/// One spec compiled, and compared or stored.
fn outcome(diff: &Diff, spec: &SpecFile, console: &Console) -> Outcome {
    let Compilation { sources, mut diagnostics, bundle, .. } = run::compile(spec, &Target::ALL);
    let mut verdict = Strictness::default().verdict(&diagnostics);
    let mut report = String::new();
    if let Some(bundle) = bundle {
        // The folder has no place in a text: the spec as a whole stands for it.
        let whole = Span::start_of(FileId(0));
        let stored = torn(&diff.against, spec, whole, &mut diagnostics).and_then(|()| {
            let fresh = Build::from(&bundle);
            if diff.bless { bless(diff, spec, &fresh) } else { compare(diff, spec, &fresh, console) }
        });
        match stored {
            Ok((found, text)) => {
                verdict = verdict.max(found);
                report = text;
            }
            Err(error) => {
                diagnostics.push(error.finding(whole));
                verdict = Verdict::Failed;
            }
        }
        diagnostics = diagnostics.sorted();
    }
    let findings = match diagnostics.is_empty() {
        true => String::new(),
        false => render::terminal(&diagnostics, &sources, console.style),
    };
    Outcome { verdict, findings, report }
}

/// Says so if the default output folder, or the one compared with if `build` wrote it, is not what a build made: what a
/// killed build left must not pass for its work.
fn torn(against: &Path, spec: &SpecFile, whole: Span, diagnostics: &mut Diagnostics) -> Result<(), FolderError> {
    let mut folders = vec![Path::new(discover::DEFAULT_OUT)];
    let written_by_build = against.join(&spec.solution).join(output::LIST).is_file();
    if written_by_build && against != Path::new(discover::DEFAULT_OUT) {
        folders.push(against);
    }
    for folder in folders {
        let status = output::status(folder, &spec.solution)?;
        status.finding(whole).into_iter().for_each(|finding| diagnostics.push(finding));
    }
    Ok(())
}

fn compare(diff: &Diff, spec: &SpecFile, fresh: &Build, console: &Console) -> Result<(Verdict, String), FolderError> {
    let stored = golden::read(&diff.against, &spec.solution)?;
    let report = diff::compare(&stored, fresh);
    let verdict = if report.is_empty() { Verdict::Clean } else { Verdict::Different };
    let text = match diff.format {
        Format::Text => report.text(console.color_out, console.style.width),
        Format::Markdown => report.markdown(),
        Format::Json => report.json().to_string(),
    };
    Ok((verdict, text))
}

fn bless(diff: &Diff, spec: &SpecFile, fresh: &Build) -> Result<(Verdict, String), FolderError> {
    let blessed = golden::bless(&diff.against, &spec.solution, fresh)?;
    let folder = discover::shown(&diff.against.join(&spec.solution));
    let text = match diff.format {
        Format::Text | Format::Markdown => {
            let (written, removed) = (counted(blessed.written.len(), "file"), blessed.removed.len());
            format!("{folder}: {written} written, {removed} removed, {} unchanged\n", blessed.unchanged)
        }
        Format::Json => json!({
            "solution": spec.solution, "folder": folder,
            "written": blessed.written, "removed": blessed.removed, "unchanged": blessed.unchanged,
        })
        .to_string(),
    };
    Ok((Verdict::Clean, text))
}
