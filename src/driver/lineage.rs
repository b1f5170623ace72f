//! `lineage`: where the columns of one solution's tables come from, and what reads them.

use super::arguments::Arguments;
use super::console::Console;
use super::{Verdict, discover, run};
use crate::backend::lineage::{self, Selection};
use crate::diag::rules::usage;
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, render};
use crate::ir::{Lineage, Solution};
use crate::source::Span;
use std::path::PathBuf;

/// How lineage is given; always on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For the terminal
    Text,
    /// For programs
    Json,
    /// A flowchart that GitHub draws in a `mermaid` block
    Mermaid,
}

/// What the command line of `lineage` says.
#[derive(Debug, Clone)]
pub struct Question {
    pub spec: PathBuf,
    /// `Table.Column`, or a column's name; `None`: all.
    pub column: Option<String>,
    pub format: Format,
}

pub fn run(asked: &Question, console: &Console) -> Verdict {
    let mut arguments = Arguments::new("lineage");
    let mut diagnostics = Diagnostics::default();
    let spec = discover::one(&asked.spec, &mut arguments, &mut diagnostics);
    let named = asked.column.as_ref().map(|name| (name.as_str(), arguments.word(name)));
    let Some(spec) = spec else {
        console.findings(&diagnostics.sorted(), &arguments.into_sources());
        return Verdict::Failed;
    };
    let done = run::compile(&spec, &[]);
    let Some(solution) = done.solution.filter(|_| !done.diagnostics.has_errors()) else {
        // What is no error belongs to `check`.
        console.err(&render::terminal(&done.diagnostics, &done.sources, console.style));
        return Verdict::Errors;
    };
    match select(&solution, named) {
        Ok(selection) => {
            show(&selection, asked.format, console);
            Verdict::Clean
        }
        Err(finding) => {
            console.finding(*finding, &arguments);
            Verdict::Failed
        }
    }
}

fn select<'a>(solution: &'a Solution, named: Option<(&str, Span)>) -> Result<Selection<'a>, Box<Diagnostic>> {
    let (title, lineage) = (solution.info.name.value.as_str(), &solution.lineage);
    let Some((name, span)) = named else { return Ok(Selection::all(title, lineage)) };
    Selection::named(title, lineage, name).ok_or_else(|| Box::new(unknown(lineage, name, span)))
}

fn unknown(lineage: &Lineage, name: &str, span: Span) -> Diagnostic {
    let columns = || lineage.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let known: Vec<String> = match name.contains('.') {
        true => columns().map(|(table, column)| format!("{}.{}", table.table, column.name)).collect(),
        false => columns().map(|(_, column)| column.name.clone()).collect(),
    };
    let help = match did_you_mean(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None if known.is_empty() => "this solution declares no tables".to_owned(),
        None => "leave the column out to see all of them".to_owned(),
    };
    Diagnostic::new(&usage::UNKNOWN_COLUMN, span, format!("no table of this solution has a column `{name}`")).help(help)
}

fn show(selection: &Selection<'_>, format: Format, console: &Console) {
    match format {
        Format::Text => {
            let text = lineage::text(selection, console.style.width);
            console.out(&render::visible(&text, console.style.unicode));
        }
        Format::Json => console.out(&format!("{:#}\n", lineage::json(selection))),
        Format::Mermaid => {
            let diagram = lineage::mermaid(selection);
            if diagram.edges > lineage::MOST_EDGES {
                let (edges, most) = (diagram.edges, lineage::MOST_EDGES);
                console.say(&format!("the diagram has {edges} edges, and GitHub draws up to {most}: name a column\n"));
            }
            console.out(&diagram.text);
        }
    }
}
