//! Where the columns of a table come from and what reads them, as rows of the page.

use super::super::lineage::{Role, all_origins};
use super::markdown::{cell, code_cell};
use crate::ir::{ColumnLineage, ReaderKind, TableLineage};
use serde::Serialize;

#[derive(Serialize)]
pub struct Row<'a> {
    name: &'a str,
    /// Markdown, for a table cell.
    from: String,
    /// Markdown, for a table cell.
    read_by: String,
}

/// The rows of a table; none if nothing here fills or reads it.
pub fn rows(table: &TableLineage) -> Vec<Row<'_>> {
    let used = |column: &ColumnLineage| !column.fills.is_empty() || !column.readers.is_empty();
    if !table.columns.iter().any(used) {
        return Vec::new();
    }
    table.columns.iter().map(row).collect()
}

fn row(column: &ColumnLineage) -> Row<'_> {
    let origins = all_origins(column);
    let of = |role: Role| {
        let texts = origins.iter().filter(move |origin| origin.role == role).map(|origin| code_cell(&origin.text));
        texts.collect::<Vec<_>>().join(", ")
    };
    let (copied, computed, made) = (of(Role::Copied), of(Role::Computed), of(Role::Made));
    let computed = if computed.is_empty() { computed } else { format!("computed from {computed}") };
    let mut readers: Vec<String> = Vec::new();
    for reader in &column.readers {
        let name = match reader.kind {
            kind if kind.is_content() => cell(&reader.name),
            ReaderKind::Workbook => format!("the workbook {}", code_cell(&reader.id)),
            _ => "the connector page".to_owned(),
        };
        if !readers.contains(&name) {
            readers.push(name);
        }
    }
    Row { name: &column.name, from: listed(&[copied, computed, made]), read_by: listed(&readers) }
}

fn listed(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "–".to_owned() } else { parts.join("; ") }
}
