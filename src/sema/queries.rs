//! KQL held against what the spec declares: transforms against their stream and table, rules against the tables, and the
//! columns that a rule names against what its query returns.
//!
//! Must not know the language itself: that is [`crate::kql`].

use super::context::Context;
use super::place::Places;
use crate::diag::rules::{contract as rules, kql as kql_rules};
use crate::diag::{Diagnostic, Severity, did_you_mean};
use crate::ir::{Column, ColumnType, EntityMapping, Stream, Table, Text};
use crate::kql::{Analysis, Dialect, Globals, Type, analyze};
use crate::query;
use crate::source::{Span, Spanned};

/// What queries of this spec may refer to: its tables, closed; the built-in ones; other custom tables, open.
pub fn globals(tables: &[Table], context: &Context<'_>) -> Globals {
    let mut globals = Globals::default().with_catalogue().with_open_custom_tables();
    for (i, table) in tables.iter().enumerate() {
        // Every table has these; the catalogue's own tables bring theirs.
        let standard = [
            ("TenantId", Type::Guid),
            ("Type", Type::String),
            ("_ResourceId", Type::String),
            ("_ItemId", Type::String),
        ];
        let own = table.columns.iter().map(|column| (column.name.value.as_str(), kql_type(column.ty.value)));
        // A column that could not be read may be the one that a query means.
        let open = context.is_broken(&format!("tables[{i}]"));
        globals.add_table(&table.name.value, own.chain(standard), open);
    }
    globals.add_workspace_functions();
    globals
}

fn kql_type(ty: ColumnType) -> Type {
    match ty {
        ColumnType::String => Type::String,
        ColumnType::Int => Type::Int,
        ColumnType::Long => Type::Long,
        ColumnType::Real => Type::Real,
        ColumnType::Boolean => Type::Bool,
        ColumnType::DateTime => Type::DateTime,
        ColumnType::Guid => Type::Guid,
        ColumnType::Dynamic => Type::DYNAMIC,
    }
}

/// Checks a stream's transform; `table` is its destination, if it is known.
pub fn transform(stream: &Stream, places: &Places, table: Option<&Table>, path: &str, context: &mut Context<'_>) {
    let mut globals = Globals::default();
    let columns = stream.columns.iter().map(|column| (column.name.value.as_str(), kql_type(column.ty.value)));
    globals.add_table("source", columns, context.is_broken(path));
    let analysis = analyze(&stream.transform.value, &globals, Dialect::Transform);
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
    let passed = |name: &str| analysis.columns().is_some_and(|made| made.iter().any(|column| column.name == name));
    for column in &stream.columns {
        let name = column.name.value.as_str();
        if !analysis.columns.iter().any(|(read, _)| read == name) && !passed(name) {
            let message = format!("the transform never reads `{name}`");
            let help = "use it, or remove it from the stream's columns";
            context.report(&rules::UNREAD_COLUMN, column.name.span, &path, message, help);
        }
    }
}

fn report(analysis: &Analysis, places: &Places, path: &str, unknown: Severity, context: &mut Context<'_>) {
    for finding in &analysis.findings {
        let place = |range: crate::kql::Range| places.span(range.start as usize..range.end as usize);
        let mut diagnostic = query::diagnostic(finding, place).at(path);
        let about_others = [&kql_rules::TABLE, &kql_rules::FUNCTION].contains(&diagnostic.rule);
        if about_others && unknown < diagnostic.severity {
            // A parser or table of another solution cannot be known here; a name close to a known one is probably meant.
            let close = diagnostic.help.as_deref().is_some_and(|help| help.contains("did you mean"));
            diagnostic.severity = if close { Severity::Warning } else { unknown };
        }
        context.diagnostics.push(diagnostic);
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

/// Checks a rule's query, and the columns that the rule names.
pub fn rule(
    query: &Text,
    places: &Places,
    globals: &Globals,
    named: &[(&'static str, &Text)],
    path: &str,
    context: &mut Context<'_>,
) {
    let analysis = analyze(&query.value, globals, Dialect::Analytics);
    report(&analysis, places, &format!("{path}.query"), Severity::Notice, context);
    let Some(made) = analysis.columns() else { return };
    if analysis.has_errors() || analysis.is_open() {
        return;
    }
    for (what, column) in named {
        let sound = column.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !sound || made.iter().any(|made| made.name == column.value) {
            continue;
        }
        let names: Vec<&str> = made.iter().map(|made| made.name.as_str()).collect();
        let help = match did_you_mean(&column.value, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the query returns {}", names.join(", ")),
        };
        let message = format!("the query returns no column `{}` for this {what}", column.value);
        context.report(&rules::MISSING_RESULT, column.span, path, message, help);
    }
}

/// The columns that a rule's mappings and details name.
pub fn named<'r>(
    mappings: &'r [EntityMapping],
    details: Option<&'r crate::model::Map<Spanned<String>>>,
) -> Vec<(&'static str, &'r Text)> {
    let entities = mappings.iter().flat_map(|mapping| &mapping.fields).map(|(_, column)| ("identifier", column));
    let details = details.into_iter().flat_map(|details| &details.0).map(|(_, column)| ("custom detail", column));
    entities.chain(details).collect()
}
