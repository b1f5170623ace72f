//! KQL held against what the spec declares: transforms against their stream and table, rules against the tables, and the
//! columns that a rule names against what its query returns.
//!
//! Must not know the language itself: that is [`crate::kql`].

mod rule;
mod stored;
mod transform;

pub use rule::{named, rule};
pub use stored::{parser, stored};
pub use transform::transform;

use super::context::Context;
use super::place::Places;
use crate::diag::Severity;
use crate::diag::rules::kql as kql_rules;
use crate::ir::{ColumnType, Table};
use crate::kql::{Analysis, Globals, Type};
use crate::query;

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
