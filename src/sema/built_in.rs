//! Built-in tables as destinations of streams: which of them take rows, and their columns.
//!
//! Must not know streams or transforms.

use super::context::Context;
use crate::diag::rules::table as rules;
use crate::ir::{Column, ColumnType, Table, Text};
use crate::kql::{self, Type, catalogue};
use crate::source::Spanned;

/// The data file says where its facts come from.
const INGESTED: &str = include_str!("ingested_tables.txt");

/// Whether a name is that of a built-in table.
pub fn is_known(name: &str) -> bool {
    is_ingested(name) || catalogue::columns(name).is_some()
}

fn is_ingested(name: &str) -> bool {
    INGESTED.lines().any(|line| line == name)
}

/// The table with its columns, each at the place of `name`; none if they are not known. Reports one that takes no rows.
pub fn table(name: &Text, path: &str, context: &mut Context<'_>) -> Option<Table> {
    if !is_ingested(&name.value) {
        let message = format!("`{}` is not among the built-in tables that take rows of a collection rule", name.value);
        let help =
            "write into a custom table, or into one of the documented list: CommonSecurityLog, Syslog, an ASim table";
        context.report(&rules::TABLE_NOT_INGESTED, name.span, path, message, help);
    }
    let column = |(column, ty): (&str, Type)| {
        Some(Column {
            name: Spanned::new(column.to_owned(), name.span),
            ty: Spanned::new(column_type(ty)?, name.span),
            description: None,
        })
    };
    Some(Table {
        name: name.clone(),
        description: None,
        columns: catalogue::columns(&name.value)?.filter_map(column).collect(),
        plan: None,
        retention_in_days: None,
        total_retention_in_days: None,
        symbol: context.symbol("table", &name.value),
    })
}

fn column_type(ty: kql::Type) -> Option<ColumnType> {
    match ty {
        Type::Bool => Some(ColumnType::Boolean),
        Type::Int => Some(ColumnType::Int),
        Type::Long => Some(ColumnType::Long),
        Type::Real => Some(ColumnType::Real),
        Type::String => Some(ColumnType::String),
        Type::DateTime => Some(ColumnType::DateTime),
        Type::Guid => Some(ColumnType::Guid),
        Type::Dynamic(_) => Some(ColumnType::Dynamic),
        _ => None,
    }
}
