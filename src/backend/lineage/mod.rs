//! The lineage of table columns, for people, for programs and as a diagram. No target of its own: the command `lineage`
//! shows it, and the documentation page says it in a table.

mod json;
mod mermaid;
mod text;

pub use json::json;
pub use mermaid::{MOST_EDGES, mermaid};
pub use text::text;

use crate::ir::{ColumnLineage, Fill, Lineage, TableLineage};

/// What is shown: everything, or the columns that someone named.
#[derive(Debug)]
pub struct Selection<'a> {
    pub solution: &'a str,
    /// Each with the columns that are shown, in order.
    pub tables: Vec<(&'a TableLineage, Vec<&'a ColumnLineage>)>,
    /// Whether someone named columns: then there is room for all that is known of them.
    pub detailed: bool,
}

impl<'a> Selection<'a> {
    /// Everything.
    pub fn all(solution: &'a str, lineage: &'a Lineage) -> Self {
        let tables = lineage.tables.iter().map(|table| (table, table.columns.iter().collect())).collect();
        Selection { solution, tables, detailed: false }
    }

    /// What `name` means: `Table.Column`, or a column of any table. `None`: there is no such column.
    pub fn named(solution: &'a str, lineage: &'a Lineage, name: &str) -> Option<Self> {
        let (table, column) = match name.rsplit_once('.') {
            Some((table, column)) => (Some(table), column),
            None => (None, name),
        };
        let wanted = |known: &&TableLineage| table.is_none_or(|table| table == known.table);
        let tables: Vec<_> = lineage
            .tables
            .iter()
            .filter(wanted)
            .filter_map(|known| Some((known, vec![known.columns.iter().find(|found| found.name == column)?])))
            .collect();
        (!tables.is_empty()).then_some(Selection { solution, tables, detailed: true })
    }
}

/// One thing that a column comes from.
#[derive(Debug, PartialEq, Eq)]
pub struct Origin {
    /// A JSONPath, an attribute, a column of the stream, or the expression that makes the value.
    pub text: String,
    pub role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The value itself.
    Copied,
    /// The value is computed from it.
    Computed,
    /// It is what the transform itself makes.
    Made,
}

/// What a stream's transform makes a column from, in order, each once.
pub fn origins(fill: &Fill) -> Vec<Origin> {
    let mut origins: Vec<Origin> = Vec::new();
    for source in &fill.sources {
        let role = if source.direct { Role::Copied } else { Role::Computed };
        let field = format!("{}{}", source.column, source.member);
        let mut places = source.paths.clone();
        if !source.added_by.is_empty() {
            places.push(format!("addOnAttributes.{field}"));
        }
        if places.is_empty() {
            // Nothing of this solution fills the stream.
            places.push(format!("{}: {field}", fill.stream));
        }
        for text in places {
            if !origins.iter().any(|known| known.text == text) {
                origins.push(Origin { text, role });
            }
        }
    }
    if origins.is_empty() {
        origins.extend(fill.expression.iter().map(|text| Origin { text: text.clone(), role: Role::Made }));
    }
    origins
}

/// What all streams make a column from, each once.
pub fn all_origins(column: &ColumnLineage) -> Vec<Origin> {
    let mut all: Vec<Origin> = Vec::new();
    for origin in column.fills.iter().flat_map(origins) {
        if !all.contains(&origin) {
            all.push(origin);
        }
    }
    all
}
