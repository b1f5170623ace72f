//! `kql`: the KQL front end for itself. [`request`] says what a query may use, [`batch`] answers JSON lines.

pub mod batch;
pub mod request;

use super::arguments::Arguments;
use super::build::Format;
use super::console::Console;
use super::{Strictness, Verdict};
use crate::diag::rules::files;
use crate::diag::{Diagnostic, Diagnostics, render};
use crate::kql::{self, Analysis, Dialect, Globals, Output};
use crate::query;
use crate::source::{Sources, Span};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What the command line of `kql` says.
pub struct Query {
    /// `-` is standard input.
    pub file: PathBuf,
    pub tables: Option<PathBuf>,
    pub dialect: Dialect,
    pub strictness: Strictness,
    pub format: Format,
}

/// Analyses one text and prints findings and columns.
pub fn run(asked: &Query, console: &Console) -> Verdict {
    match inputs(asked) {
        Ok((text, globals)) => report(asked, &text, &globals, console),
        Err((path, reason)) => {
            let mut arguments = Arguments::new("kql");
            let span = arguments.word(&path.to_string_lossy());
            let message = format!("`{}` cannot be used: {reason}", path.display());
            console.finding(Diagnostic::new(&files::FILE_UNREADABLE, span, message), &arguments);
            Verdict::Failed
        }
    }
}

fn inputs(asked: &Query) -> Result<(String, Globals), (&Path, String)> {
    let text = read(&asked.file).map_err(|reason| (asked.file.as_path(), reason))?;
    let mut globals = Globals::default().with_catalogue().with_open_custom_tables();
    globals.add_workspace_functions();
    if let Some(tables) = &asked.tables {
        let declared = read(tables).and_then(|text| {
            let value: Value = serde_json::from_str(&text).map_err(|error| format!("not JSON: {error}"))?;
            request::declare(&mut globals, value.as_object().ok_or("not a JSON object")?)
        });
        declared.map_err(|reason| (tables.as_path(), reason))?;
    }
    Ok((text, globals))
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    String::from_utf8(bytes.map_err(|error| error.to_string())?).map_err(|_| "it is not UTF-8".to_owned())
}

fn report(asked: &Query, text: &str, globals: &Globals, console: &Console) -> Verdict {
    let analysis = kql::analyze(text, globals, asked.dialect);
    let mut sources = Sources::default();
    let shown = if asked.file == Path::new("-") { "standard input".into() } else { asked.file.to_string_lossy() };
    let file = sources.add(shown.replace('\\', "/"), text.into());
    let mut diagnostics = Diagnostics::default();
    for finding in &analysis.findings {
        let place = |range: kql::Range| Span::new(file, range.start as usize, range.end as usize);
        diagnostics.push(query::diagnostic(finding, place));
    }
    let diagnostics = diagnostics.sorted();
    match asked.format {
        Format::Terminal => {
            console.findings(&diagnostics, &sources);
            console.out(&columns(&analysis));
        }
        Format::Json => {
            let records = render::records(&diagnostics, &sources);
            let value = json!({
                "findings": records,
                "resultColumns": analysis.columns().map(|columns| {
                    columns.iter().map(|c| json!({ "name": c.name, "type": c.ty.name() })).collect::<Vec<_>>()
                }),
                "resultOpen": analysis.is_open(),
            });
            console.out(&format!("{value:#}\n"));
        }
    }
    asked.strictness.verdict(&diagnostics)
}

/// The result's columns, one a line.
fn columns(analysis: &Analysis) -> String {
    match &analysis.output {
        Output::Rows { columns, open } => {
            let width = columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0);
            let mut text = String::new();
            for column in columns {
                let _ = writeln!(text, "{:width$}  {}", column.name, column.ty.name());
            }
            if *open {
                text.push_str("…  and columns that are not known here\n");
            }
            text
        }
        Output::Scalar(ty) => format!("one value of type {}\n", ty.name()),
        Output::None | Output::Error => "no result\n".to_owned(),
    }
}
