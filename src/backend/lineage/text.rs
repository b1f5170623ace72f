//! The lineage as lines for people: all columns in short, or all that is known of a few.

use super::{Origin, Role, Selection, all_origins, origins};
use crate::ir::{ColumnLineage, Reader, TableLineage};
use std::fmt::Write as _;

/// Beside a column's name there is room for this many characters, or what it comes from stands below.
const LEAST_ROOM: usize = 48;

/// `width`: columns of the terminal.
pub fn text(selection: &Selection<'_>, width: usize) -> String {
    let mut out = String::new();
    for (table, columns) in &selection.tables {
        if !out.is_empty() {
            out.push('\n');
        }
        if selection.detailed {
            columns.iter().for_each(|column| detailed(&mut out, table, column));
        } else {
            overview(&mut out, table, columns, width);
        }
    }
    if out.is_empty() {
        let _ = writeln!(out, "{} has no tables", selection.solution);
    }
    out
}

fn overview(out: &mut String, table: &TableLineage, columns: &[&ColumnLineage], width: usize) {
    let _ = writeln!(out, "{}", table.table);
    let longest = columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0);
    let beside = longest + 4 + LEAST_ROOM <= width;
    for column in columns {
        let mut lines: Vec<String> = all_origins(column).iter().map(origin).collect();
        if lines.is_empty() {
            lines.push("nothing in this solution fills it".to_owned());
        }
        lines.extend(readers_in_short(&column.readers).into_iter().map(|reader| format!("read by {reader}")));
        let mut lines = lines.into_iter();
        if beside {
            let first = lines.next().unwrap_or_default();
            let _ = writeln!(out, "  {:longest$}  {first}", column.name);
        } else {
            let _ = writeln!(out, "  {}", column.name);
        }
        let indent = if beside { longest + 4 } else { 6 };
        for line in lines {
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }
}

fn detailed(out: &mut String, table: &TableLineage, column: &ColumnLineage) {
    let _ = writeln!(out, "{}.{}  {}", table.table, column.name, column.ty.name());
    if column.fills.is_empty() {
        let _ = writeln!(out, "  nothing in this solution fills it");
    }
    for fill in &column.fills {
        let _ = writeln!(out, "  filled by connector {}, stream {}", fill.connector, fill.stream);
        if let Some(expression) = &fill.expression {
            let _ = writeln!(out, "    = {expression}");
        }
        let from = origins(fill);
        for found in from.iter().filter(|origin| origin.role != Role::Made) {
            let _ = writeln!(out, "    {}", origin(found));
        }
    }
    if column.readers.is_empty() {
        let _ = writeln!(out, "  nothing in this solution reads it");
    }
    for reader in &column.readers {
        let _ = writeln!(out, "  read by {}", reader_in_full(reader));
    }
}

fn origin(origin: &Origin) -> String {
    match origin.role {
        Role::Copied => origin.text.clone(),
        Role::Computed => format!("computed from {}", origin.text),
        Role::Made => format!("= {}", origin.text),
    }
}

/// Rules by name; of a page's queries only what they are.
fn readers_in_short(readers: &[Reader]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for reader in readers {
        let name = match reader.kind {
            kind if kind.is_content() => format!("{} \"{}\"", kind.name(), reader.name),
            kind => format!("{} of {}", kind.name(), reader.id),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn reader_in_full(reader: &Reader) -> String {
    let of = match reader.kind {
        kind if kind.is_content() => format!("{} \"{}\" ({})", kind.name(), reader.name, reader.id),
        kind => format!("{} \"{}\" of {}", kind.name(), reader.name, reader.id),
    };
    let mut uses: Vec<String> = Vec::new();
    match reader.places.as_slice() {
        [] => {}
        places => {
            let places: Vec<String> = places.iter().map(|(line, column)| format!("{line}:{column}")).collect();
            uses.push(format!("query at {}", places.join(", ")));
        }
    }
    uses.extend(reader.named_by.iter().map(|by| (*by).to_owned()));
    if uses.is_empty() { of } else { format!("{of}: {}", uses.join("; ")) }
}
