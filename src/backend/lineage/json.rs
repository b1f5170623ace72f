//! The lineage for programs:
//!
//! ```text
//! { lineageVersion, solution,
//!   tables: [{ name, columns: [{ name, type,
//!     filledBy: [{ connector, stream, expression: text|null,
//!       sources: [{ streamColumn, member, direct, paths: [JSONPath], addedBy: [poller] }] }],
//!     readBy: [{ kind: analyticRule|parser|huntingQuery|summaryRule|workbook|sampleQuery|graphQuery|dataTypeQuery|connectivityQuery, id, name,
//!       places: [{ line, column }], namedBy: [identifier|custom detail|alert detail|entity mapping] }] }] }] }
//! ```
//!
//! `paths` begin at the answer's root; `member` is what the transform takes of the stream's column; `direct` says that the
//! value is not computed from it; `expression` is null where the transform only passes the column on; a column without
//! `sources` is made by its expression alone; `places` are in the query's own text, from 1.

use super::Selection;
use crate::ir::{ColumnLineage, FieldSource, Fill, Reader};
use serde_json::{Value as Json, json};

/// Raised when a reader of an older shape would misread a newer one.
const VERSION: u32 = 1;

pub fn json(selection: &Selection<'_>) -> Json {
    let tables = selection.tables.iter().map(|(table, columns)| {
        json!({ "name": table.table, "columns": columns.iter().map(|known| column(known)).collect::<Vec<_>>() })
    });
    json!({
        "lineageVersion": VERSION,
        "solution": selection.solution,
        "tables": tables.collect::<Vec<_>>(),
    })
}

fn column(column: &ColumnLineage) -> Json {
    json!({
        "name": column.name,
        "type": column.ty.name(),
        "filledBy": column.fills.iter().map(fill).collect::<Vec<_>>(),
        "readBy": column.readers.iter().map(reader).collect::<Vec<_>>(),
    })
}

fn fill(fill: &Fill) -> Json {
    json!({
        "connector": fill.connector,
        "stream": fill.stream,
        "expression": fill.expression,
        "sources": fill.sources.iter().map(source).collect::<Vec<_>>(),
    })
}

fn source(source: &FieldSource) -> Json {
    json!({
        "streamColumn": source.column,
        "member": source.member,
        "direct": source.direct,
        "paths": source.paths,
        "addedBy": source.added_by,
    })
}

fn reader(reader: &Reader) -> Json {
    let places = reader.places.iter().map(|(line, column)| json!({ "line": line, "column": column }));
    json!({
        "kind": reader.kind.id(),
        "id": reader.id,
        "name": reader.name,
        "places": places.collect::<Vec<_>>(),
        "namedBy": reader.named_by,
    })
}
