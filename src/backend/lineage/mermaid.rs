//! The lineage as a Mermaid flowchart, as GitHub draws it: answers left, columns in the middle, readers right; a dotted
//! arrow leads to what is computed.

use super::{Role, Selection, all_origins};
use crate::ir::Reader;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Mermaid draws no diagram with more edges (its default `maxEdges`, which GitHub keeps).
pub const MOST_EDGES: usize = 500;
/// Longer labels are cut.
const LONGEST_LABEL: usize = 120;

/// A diagram's text, and how many edges it has.
#[derive(Debug)]
pub struct Diagram {
    pub text: String,
    pub edges: usize,
}

pub fn mermaid(selection: &Selection<'_>) -> Diagram {
    let mut chart = Chart::default();
    for (t, (table, columns)) in selection.tables.iter().enumerate() {
        let _ = writeln!(chart.tables, "  subgraph t{t}[\"{}\"]", label(&table.table));
        for column in columns {
            let id = chart.column(&column.name);
            for origin in all_origins(column) {
                let text = if origin.role == Role::Made { format!("= {}", origin.text) } else { origin.text };
                let from = chart.node('f', &text, "[\"", "\"]");
                chart.edge(&from, &id, origin.role == Role::Computed);
            }
            for reader in &column.readers {
                let to = chart.node('r', &reader_name(reader), "([\"", "\"])");
                chart.edge(&id, &to, false);
            }
        }
        chart.tables.push_str("  end\n");
    }
    let text = format!("flowchart LR\n{}{}{}", chart.nodes, chart.tables, chart.arrows);
    Diagram { text, edges: chart.edges }
}

#[derive(Default)]
struct Chart {
    /// Ids of nodes outside tables, by what they are and their text.
    known: BTreeMap<(char, String), String>,
    nodes: String,
    tables: String,
    columns: usize,
    arrows: String,
    edges: usize,
}

impl Chart {
    fn node(&mut self, sort: char, text: &str, open: &str, close: &str) -> String {
        let next = format!("{sort}{}", self.known.len());
        match self.known.entry((sort, text.to_owned())) {
            std::collections::btree_map::Entry::Occupied(known) => known.get().clone(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let _ = writeln!(self.nodes, "  {next}{open}{}{close}", label(text));
                free.insert(next).clone()
            }
        }
    }

    fn column(&mut self, name: &str) -> String {
        let id = format!("c{}", self.columns);
        self.columns += 1;
        let _ = writeln!(self.tables, "    {id}[\"{}\"]", label(name));
        id
    }

    fn edge(&mut self, from: &str, to: &str, dotted: bool) {
        let arrow = if dotted { "-.->" } else { "-->" };
        let _ = writeln!(self.arrows, "  {from} {arrow} {to}");
        self.edges += 1;
    }
}

fn reader_name(reader: &Reader) -> String {
    match reader.kind {
        kind if kind.is_content() => format!("{}: {}", kind.name(), reader.name),
        kind => format!("{}: {} ({})", kind.name(), reader.name, reader.id),
    }
}

/// Text between quotes that is drawn as it is: no markup, no Markdown, no entity of its own.
fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for at in 0.. {
        let Some(c) = rest.next() else { break };
        if at == LONGEST_LABEL {
            out.push('…');
            break;
        }
        match c {
            // Inside a word an underscore is one.
            '_' if is_word(before) && is_word(rest.peek().copied()) => out.push('_'),
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '#' | '&' | '`' | '*' | '_' | '\\' | ';' | '{' | '}' => drop(write!(out, "#{};", c as u32)),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}
