//! A stream's transform against its stream and its table: what the service checks when someone connects, and tells without a line.

use super::super::context::Context;
use super::super::place::Places;
use super::{Query, Reader, kql_type};
use crate::diag::rules::contract as rules;
use crate::diag::{Diagnostic, did_you_mean};
use crate::ir::{Column, ColumnType, Declared, Table};
use crate::kql::{Column as Made, Dialect, Globals, Type, trace};
use crate::source::Span;

/// What a transform may refer to: what arrives. `open`: there may be columns that could not be read.
pub fn stream_globals(columns: &[Column], open: bool) -> Globals {
    let mut globals = Globals::default();
    let columns = columns.iter().map(|column| (column.name.value.as_str(), kql_type(column.ty.value)));
    globals.add_table("source", columns, open);
    globals
}

/// Where a stream goes.
#[derive(Clone, Copy)]
pub enum Destination<'t> {
    /// A table of the spec, made for what fills it.
    Own(&'t Table),
    /// A table of every workspace: no stream fills all of its columns.
    BuiltIn(&'t Table),
}

/// Checks a stream's transform; `table` is its destination, if it is known.
pub fn transform(
    stream: &Declared,
    places: &Places,
    table: Option<Destination<'_>>,
    path: &str,
    context: &mut Context<'_>,
) {
    let broken = context.is_broken(path);
    let globals = stream_globals(&stream.columns, broken);
    let query = Query { text: &stream.transform, places, path: format!("{path}.transform") };
    let examined = query.examine(&globals, Reader::Transform, context);
    let Some(made) = examined.columns().filter(|_| !broken) else { return };
    let (_, lineage) = trace(&stream.transform.value, &globals, Dialect::Transform);
    let used = lineage.used();
    let is_read = |column: &&Column| used.contains(column.name.value.as_str());
    let mut unread: Vec<&Column> = stream.columns.iter().filter(|column| !is_read(column)).collect();
    if let Some(table) = table {
        Contract { query: &query }.against(table, made, &mut unread, context);
    }
    for column in unread {
        let message = format!("the transform never reads `{}`", column.name.value);
        let help = "use it, or remove it from the stream's columns";
        context.report(&rules::UNREAD_COLUMN, column.name.span, &query.path, message, help);
    }
}

/// The columns that a transform makes against those of its table.
struct Contract<'a> {
    query: &'a Query<'a>,
}

impl Contract<'_> {
    /// `unread`: the stream's columns that nothing reads. One that an unfilled column was meant to take is told there, and
    /// taken out: it is the other side of one slip.
    fn against(&self, to: Destination<'_>, made: &[Made], unread: &mut Vec<&Column>, context: &mut Context<'_>) {
        let (Destination::Own(table) | Destination::BuiltIn(table)) = to;
        let is_made = |column: &&Column| made.iter().any(|made| made.name == column.name.value);
        let mut unfilled: Vec<&Column> = table.columns.iter().filter(|column| !is_made(column)).collect();
        for column in made {
            let span = self.place(&column.name);
            match table.columns.iter().find(|known| known.name.value == column.name) {
                Some(known) => self.types(column, known, span, context),
                None => self.extra(column, table, &mut unfilled, span, context),
            }
        }
        if matches!(to, Destination::BuiltIn(_)) {
            return;
        }
        for column in unfilled {
            let name = &column.name.value;
            let message = format!("the transform never fills `{name}`");
            let source = source_of(name, unread);
            let help = match &source {
                Some(source) => format!("assign it: the stream's `{source}` is not read either"),
                None => format!("assign it in the transform, or remove it from `{}`", table.name.value),
            };
            unread.retain(|column| Some(&column.name.value) != source.as_ref());
            let finding = Diagnostic::new(&rules::UNFILLED_COLUMN, column.name.span, message).help(help);
            let finding = finding.also(self.query.text.span, "this transform").at(&self.query.path);
            context.diagnostics.push(finding);
        }
    }

    /// A column that the table does not have. One that it nearly has is meant, and so not unfilled.
    fn extra(&self, column: &Made, table: &Table, unfilled: &mut Vec<&Column>, span: Span, context: &mut Context<'_>) {
        let names = unfilled.iter().map(|known| known.name.value.as_str());
        let meant = did_you_mean(&column.name, names).map(str::to_owned);
        let known = || table.columns.iter().map(|known| known.name.value.as_str());
        let help = match meant.as_deref().or_else(|| did_you_mean(&column.name, known())) {
            Some(near) => format!("did you mean `{near}`? upper and lower case count"),
            None if table.name.value.ends_with("_CL") => {
                format!("add the column to `{}`, or drop it with project-away", table.name.value)
            }
            None => "write it into a column that the table has, or drop it with project-away".to_owned(),
        };
        unfilled.retain(|known| Some(&known.name.value) != meant.as_ref());
        let message = format!("`{}` has no column `{}`: its values are dropped", table.name.value, column.name);
        context.report(&rules::EXTRA_COLUMN, span, &self.query.path, message, help);
    }

    fn types(&self, made: &Made, known: &Column, span: Span, context: &mut Context<'_>) {
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
            .help(match known.ty.span == known.name.span {
                // A built-in table, which nobody changes, has no place of its own.
                true => format!("convert it with {convert}(…)"),
                false => format!("convert it with {convert}(…), or change the table"),
            })
            .at(&self.query.path);
        context.diagnostics.push(finding);
    }

    /// Where the transform assigns a column: the last place of its name before `=`, else its last place.
    fn place(&self, name: &str) -> Span {
        let text = self.query.text.value.as_str();
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let whole = |at: &usize| !text[..*at].ends_with(is_word) && !text[at + name.len()..].starts_with(is_word);
        let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at).filter(whole).collect();
        let assigned = places.iter().rev().find(|at| text[*at + name.len()..].trim_start().starts_with('='));
        match assigned.or(places.last()) {
            Some(at) => self.query.places.span(*at..at + name.len()),
            None => self.query.text.span,
        }
    }
}

/// The unread column of the stream that a column of the table was meant to take, by its name.
fn source_of(name: &str, unread: &[&Column]) -> Option<String> {
    let bare = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let wanted = bare(name);
    let found = unread.iter().find(|column| wanted.starts_with(&bare(&column.name.value))).or(match unread {
        [only] => Some(only),
        _ => None,
    });
    found.map(|column| column.name.value.clone())
}
