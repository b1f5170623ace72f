//! A stream's transform against its stream and its table: what the service checks when someone connects, and tells without a line.

use super::super::context::Context;
use super::super::place::Places;
use super::{kql_type, report};
use crate::diag::rules::contract as rules;
use crate::diag::{Diagnostic, Severity, did_you_mean};
use crate::ir::{Column, ColumnType, Stream, Table, Text};
use crate::kql::{Dialect, Globals, Type, trace};
use crate::source::Span;

/// What a transform may refer to: what arrives. `open`: there may be columns that could not be read.
pub fn stream_globals(columns: &[Column], open: bool) -> Globals {
    let mut globals = Globals::default();
    let columns = columns.iter().map(|column| (column.name.value.as_str(), kql_type(column.ty.value)));
    globals.add_table("source", columns, open);
    globals
}

/// Checks a stream's transform; `table` is its destination, if it is known.
pub fn transform(stream: &Stream, places: &Places, table: Option<&Table>, path: &str, context: &mut Context<'_>) {
    let globals = stream_globals(&stream.columns, context.is_broken(path));
    let (analysis, lineage) = trace(&stream.transform.value, &globals, Dialect::Transform);
    let broken = context.is_broken(path);
    let path = format!("{path}.transform");
    report(&analysis, places, &path, Severity::Error, context);
    if analysis.has_errors() || analysis.is_open() || broken {
        return;
    }
    if let (Some(table), Some(made)) = (table, analysis.columns()) {
        let contract = Contract { text: &stream.transform, places, path: &path };
        contract.against(table, made, context);
    }
    let used = lineage.used();
    for column in &stream.columns {
        let name = column.name.value.as_str();
        if !used.contains(name) {
            let message = format!("the transform never reads `{name}`");
            let help = "use it, or remove it from the stream's columns";
            context.report(&rules::UNREAD_COLUMN, column.name.span, &path, message, help);
        }
    }
}

/// The columns that a transform makes against those of its table.
struct Contract<'a> {
    text: &'a Text,
    places: &'a Places,
    path: &'a str,
}

impl Contract<'_> {
    fn against(&self, table: &Table, made: &[crate::kql::Column], context: &mut Context<'_>) {
        for column in made {
            let span = self.place(&column.name);
            let known = table.columns.iter().find(|known| known.name.value == column.name);
            match known {
                Some(known) => self.types(column, known, span, context),
                None => {
                    let names: Vec<&str> = table.columns.iter().map(|known| known.name.value.as_str()).collect();
                    let help = match did_you_mean(&column.name, names) {
                        Some(near) => format!("did you mean `{near}`? upper and lower case count"),
                        None => format!("add the column to `{}`, or drop it with project-away", table.name.value),
                    };
                    let message =
                        format!("`{}` has no column `{}`: its values are dropped", table.name.value, column.name);
                    context.report(&rules::EXTRA_COLUMN, span, self.path, message, help);
                }
            }
        }
        for column in &table.columns {
            if !made.iter().any(|made| made.name == column.name.value) {
                let message = format!("the transform never fills `{}`", column.name.value);
                let help = format!("assign it in the transform, or remove it from `{}`", table.name.value);
                let finding = Diagnostic::new(&rules::UNFILLED_COLUMN, column.name.span, message).help(help);
                context.diagnostics.push(finding.also(self.text.span, "this transform").at(self.path));
            }
        }
    }

    fn types(&self, made: &crate::kql::Column, known: &Column, span: Span, context: &mut Context<'_>) {
        let wanted = kql_type(known.ty.value);
        let same = made.ty == Type::Unknown || made.ty == wanted || (made.ty.is_dynamic() && wanted.is_dynamic());
        if same {
            return;
        }
        let convert = match known.ty.value {
            ColumnType::String => "tostring",
            ColumnType::Int => "toint",
            ColumnType::Long => "tolong",
            ColumnType::Real => "toreal",
            ColumnType::Boolean => "tobool",
            ColumnType::DateTime => "todatetime",
            ColumnType::Guid => "toguid",
            ColumnType::Dynamic => "parse_json",
        };
        let message = format!("`{}` is {} here, and {} in the table", made.name, made.ty.name(), known.ty.value.name());
        let finding = Diagnostic::new(&rules::COLUMN_TYPE, span, message)
            .also(known.ty.span, "the table's type")
            .help(format!("convert it with {convert}(…), or change the table"))
            .at(self.path);
        context.diagnostics.push(finding);
    }

    /// Where the transform assigns a column: the last place of its name before `=`, else its last place.
    fn place(&self, name: &str) -> Span {
        let text = self.text.value.as_str();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let whole = |at: &usize| !text[..*at].ends_with(is_word) && !text[at + name.len()..].starts_with(is_word);
        let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at).filter(whole).collect();
        let assigned = places.iter().rev().find(|at| text[*at + name.len()..].trim_start().starts_with('='));
        match assigned.or(places.last()) {
            Some(at) => self.places.span(*at..at + name.len()),
            None => self.text.span,
        }
    }
}
