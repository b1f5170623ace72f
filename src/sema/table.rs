//! `tables:` and columns: names, types, limits.

use super::context::Context;
use super::{body, built_in, graph};
use crate::diag::Severity;
use crate::diag::rules::{shape, table as rules};
use crate::ir::{AnyConnector, Column, ColumnType, Object, Table, Text};
use crate::model;
use crate::source::Spanned;

/// Documented as reserved; compared without case.
const RESERVED: [&str; 13] = [
    "id",
    "BilledSize",
    "IsBillable",
    "InvalidTimeGenerated",
    "TenantId",
    "Title",
    "Type",
    "UniqueId",
    "_ItemId",
    "_ResourceGroup",
    "_ResourceId",
    "_SubscriptionId",
    "_TimeReceived",
];

/// Columns of a table at most (documented).
const MAX_COLUMNS: usize = 500;

pub fn resolve_all(tables: &[model::Table], parts: &mut graph::Parts, context: &mut Context<'_>) -> Vec<Table> {
    context.unique("tables", "tables", tables.iter().map(|table| &table.name));
    let mut resolved = Vec::with_capacity(tables.len());
    for (i, table) in tables.iter().enumerate() {
        let path = format!("tables[{i}]");
        let errors = context.diagnostics.count(Severity::Error);
        resolved.push(one(table, &path, parts, context));
        if context.diagnostics.count(Severity::Error) > errors {
            // What fills it or reads it is held against it when it is right.
            context.leave_out(&path);
        }
    }
    resolved
}

/// Reports tables that nothing fills, and those that a package has no place for. `results` are the tables of summary rules,
/// which make their own.
pub fn report_unfilled(tables: &[Table], connectors: &[AnyConnector], results: &[&Text], context: &mut Context<'_>) {
    let streams = connectors.iter().filter_map(AnyConnector::codeless).flat_map(|connector| &connector.streams);
    let streams: Vec<&Text> = streams.map(|stream| &stream.table).collect();
    let known =
        |name: &Text| tables.iter().any(|table| table.name.value == name.value) || built_in::is_known(&name.value);
    if context.is_broken("connectors") || !streams.iter().all(|name| known(name)) {
        // A stream with a misspelt table is a finding already; the table that it means is not unfilled.
        return;
    }
    // A package makes the tables of a connector that fetches when someone connects it, and the first one brings the others.
    let first = connectors.iter().find_map(AnyConnector::codeless);
    for (i, table) in tables.iter().enumerate() {
        let (name, path) = (&table.name.value, format!("tables[{i}]"));
        let is_this = |text: &&Text| text.value == *name;
        if streams.iter().any(is_this) || results.iter().any(is_this) {
            continue;
        }
        let is_carried =
            |connector: &AnyConnector| connector.carried().is_some_and(|page| page.tables().contains(&name.as_str()));
        match (first, connectors.iter().any(is_carried)) {
            (Some(_), true) => {}
            (None, true) => {
                let message = format!("`{name}` is in the deploy bundle alone: a package has no place for it");
                let help = "leave it, if what sends the data makes the table: a package makes tables only with a codeless connector";
                context.report(&rules::TABLE_NOT_PACKAGED, table.name.span, &path, message, help);
            }
            (Some(first), false) => {
                let message = format!(
                    "nothing fills `{name}`; of the package, `{}` makes it when it is connected",
                    first.title.value
                );
                let help = "name it in a connector's stream, or allow this";
                context.report(&rules::UNFILLED_TABLE, table.name.span, &path, message, help);
            }
            (None, false) => {
                let message = format!("nothing fills `{name}`, and a package has no place for it");
                let help = "name it in a connector's stream, or allow this: only the deploy bundle makes it";
                context.report(&rules::UNFILLED_TABLE, table.name.span, &path, message, help);
            }
        }
    }
}

fn one(table: &model::Table, path: &str, parts: &mut graph::Parts, context: &mut Context<'_>) -> Table {
    check_name(&table.name, path, context);
    if let Some(description) = &table.description {
        context.length(description, &format!("{path}.description"), 256, "observed: longer ones are refused");
    }
    let columns = columns(&table.columns, path, context);
    for (i, column) in columns.iter().enumerate() {
        check_table_column(column, &format!("{path}.columns[{i}]"), context);
    }
    check_time_generated(&table.name, &columns, path, context);
    if columns.len() > MAX_COLUMNS {
        let message = format!("the table has {} columns; {MAX_COLUMNS} at most are taken", columns.len());
        context.report(&rules::LIMIT, table.name.span, path, message, "split the table");
    }
    if let Some(plan) = &table.plan
        && !["Analytics", "Basic", "Auxiliary"].contains(&plan.value.as_str())
    {
        let message = format!("`{}` is not a plan", plan.value);
        let help = "write Analytics, Basic or Auxiliary";
        context.report(&shape::UNKNOWN_VALUE, plan.span, &format!("{path}.plan"), message, help);
    }
    range(&table.retention_in_days, "retentionInDays", 730, path, context);
    range(&table.total_retention_in_days, "totalRetentionInDays", 4383, path, context);
    let symbol = context.symbol("table", table.name.value.trim_end_matches("_CL"));
    let mut unchecked = Object::new();
    body::add_unchecked(&mut unchecked, &table.unchecked, path, context);
    parts.tables.push((symbol.clone(), unchecked));
    Table {
        name: table.name.clone(),
        description: table.description.clone(),
        columns,
        plan: table.plan.clone(),
        retention_in_days: table.retention_in_days,
        total_retention_in_days: table.total_retention_in_days,
        symbol,
    }
}

fn range(days: &Option<Spanned<i64>>, key: &str, max: i64, path: &str, context: &mut Context<'_>) {
    if let Some(days) = days
        && !(4..=max).contains(&days.value)
    {
        let message = format!("`{key}` is {}; the service takes 4 to {max}", days.value);
        let help = format!("take 4 to {max}, or leave the key out for the workspace's default");
        context.report(&shape::OUT_OF_RANGE, days.span, &format!("{path}.{key}"), message, help);
    }
}

fn check_name(name: &Text, path: &str, context: &mut Context<'_>) {
    let base = name.value.strip_suffix("_CL");
    let shaped = base.is_some_and(|base| {
        base.starts_with(|c: char| c.is_ascii_alphabetic())
            && base.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    });
    if !shaped || !(4..=63).contains(&name.value.len()) {
        let message = format!("`{}` cannot be the name of a custom table", name.value);
        let help = "write a letter, then letters, digits and underscores, `_CL` at the end, 63 characters at most";
        context.report(&rules::TABLE_NAME, name.span, &format!("{path}.name"), message, help);
    }
}

/// Reads columns of a table or a stream; a column of an unknown type is left out with a finding.
pub fn columns(columns: &[model::Column], path: &str, context: &mut Context<'_>) -> Vec<Column> {
    context.unique("columns", &format!("{path}.columns"), columns.iter().map(|column| &column.name));
    let mut resolved = Vec::with_capacity(columns.len());
    for (i, column) in columns.iter().enumerate() {
        let path = format!("{path}.columns[{i}]");
        let Some(ty) = ColumnType::ALL.into_iter().find(|ty| ty.name() == column.ty.value) else {
            let message = format!("`{}` is not a column type", column.ty.value);
            context.report(
                &shape::UNKNOWN_VALUE,
                column.ty.span,
                &format!("{path}.type"),
                message,
                type_help(&column.ty.value),
            );
            context.leave_out(&path);
            continue;
        };
        if let Some(description) = &column.description {
            context.length(description, &format!("{path}.description"), 256, "observed: longer ones are refused");
        }
        resolved.push(Column {
            name: column.name.clone(),
            ty: Spanned::new(ty, column.ty.span),
            description: column.description.clone(),
        });
    }
    resolved
}

fn type_help(word: &str) -> String {
    let meant = match word.to_ascii_lowercase().as_str() {
        "bool" => Some("boolean"),
        "date" | "datetime" | "timestamp" => Some("datetime"),
        "double" | "float" | "decimal" => Some("real"),
        "integer" | "int32" => Some("int"),
        "int64" | "bigint" => Some("long"),
        "uuid" => Some("guid"),
        "json" | "object" | "array" => Some("dynamic"),
        "text" | "str" => Some("string"),
        other => ColumnType::ALL.into_iter().map(ColumnType::name).find(|name| *name == other),
    };
    match meant {
        Some(name) => format!("write `{name}`"),
        None => format!("write one of {}", ColumnType::ALL.map(ColumnType::name).join(", ")),
    }
}

fn check_table_column(column: &Column, path: &str, context: &mut Context<'_>) {
    let name = &column.name.value;
    let shaped = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && (2..=45).contains(&name.len());
    if RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name)) {
        let message = format!("`{name}` is a reserved column name");
        context.report(
            &rules::RESERVED_COLUMN,
            column.name.span,
            path,
            message,
            "choose another name and rename it in the transform",
        );
    } else if !shaped {
        let message = format!("`{name}` cannot be the name of a column");
        let help = "write 2 to 45 letters, digits and underscores, a letter first";
        context.report(&rules::COLUMN_NAME, column.name.span, path, message, help);
    }
    let suffix_type = match name.rsplit_once('_').map(|(_, suffix)| suffix) {
        Some("s") => Some(ColumnType::String),
        Some("d") => Some(ColumnType::Real),
        Some("b") => Some(ColumnType::Boolean),
        Some("t") => Some(ColumnType::DateTime),
        Some("g") => Some(ColumnType::Guid),
        _ => None,
    };
    if let Some(suffix) = suffix_type
        && suffix != column.ty.value
    {
        let message = format!("`{name}` looks like a {}, and its type is {}", suffix.name(), column.ty.value.name());
        let help = "drop the suffix: only tables of the old collector API have it";
        context.report(&rules::MISLEADING_SUFFIX, column.name.span, path, message, help);
    }
}

fn check_time_generated(name: &Text, columns: &[Column], path: &str, context: &mut Context<'_>) {
    let help = "add `{ name: TimeGenerated, type: datetime }`";
    match columns.iter().find(|column| column.name.value == "TimeGenerated") {
        None if context.is_broken(path) => {}
        None => {
            let message = format!("`{}` has no column `TimeGenerated`", name.value);
            context.report(&rules::TIME_GENERATED, name.span, path, message, help);
        }
        Some(column) if column.ty.value != ColumnType::DateTime => {
            let message = "`TimeGenerated` has to be a datetime";
            context.report(&rules::TIME_GENERATED, column.ty.span, path, message, "write `type: datetime`");
        }
        Some(_) => {}
    }
}
