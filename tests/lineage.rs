//! Lineage as people and programs get it. Each folder of `tests/lineage/` holds a spec and its answers;
//! `SENTINEL_GEN_BLESS=1` writes the answers anew.

#[path = "support/expected.rs"]
mod expected;
#[path = "support/folder.rs"]
mod folder;

use sentinel_gen::backend::lineage::{Selection, json, mermaid, text};
use sentinel_gen::ir::Solution;
use sentinel_gen::pipeline;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lineage").join(name)
}

fn solution(folder: &Path) -> Solution {
    let done = pipeline::compile(&folder::world(folder), "sentinel.yaml", "sentinel.yaml", &[]);
    let findings: Vec<String> = done.diagnostics.iter().map(|d| format!("{}: {}", d.path, d.message)).collect();
    done.solution.filter(|_| !done.diagnostics.has_errors()).unwrap_or_else(|| panic!("{findings:#?}"))
}

#[test]
fn answers_are_the_expected_ones() {
    let folder = folder("several");
    let solution = solution(&folder);
    let name = &solution.info.name.value;
    let all = Selection::all(name, &solution.lineage);
    expected::expect(&folder.join("wide.txt"), &text(&all, 100));
    expected::expect(&folder.join("narrow.txt"), &text(&all, 50));
    expected::expect(&folder.join("all.mmd"), &mermaid(&all).text);
    expected::expect(&folder.join("all.json"), &format!("{:#}\n", json(&all)));
    let one = Selection::named(name, &solution.lineage, "ActorId").expect("two tables have it");
    expected::expect(&folder.join("actor-id.txt"), &text(&one, 100));
    expected::expect(&folder.join("actor-id.mmd"), &mermaid(&one).text);
}

#[test]
fn columns_are_named_alone_or_with_their_table() {
    let solution = solution(&folder("several"));
    let columns = |name: &str| {
        let found = Selection::named("x", &solution.lineage, name)?;
        Some(found.tables.iter().map(|(table, columns)| (table.table.clone(), columns.len())).collect::<Vec<_>>())
    };
    let both = [("AcmeLogs_CL".to_owned(), 1), ("AcmeUsers_CL".to_owned(), 1)];
    assert_eq!(columns("ActorId").as_deref(), Some(&both[..]));
    assert_eq!(columns("AcmeUsers_CL.ActorId").as_deref(), Some(&both[1..]));
    for unknown in ["actorid", "AcmeUsers_CL.Raw", "Acme.ActorId", "AcmeUsers_CL", ".", ""] {
        assert_eq!(columns(unknown), None, "{unknown}");
    }
}

/// What the diagram's own grammar needs: one node or arrow a line, every id declared once, and no sign in a label that
/// would end it or be read as markup.
#[test]
fn diagrams_have_only_nodes_that_are_declared_and_labels_that_end_where_they_end() {
    let solution = solution(&folder("several"));
    let diagram = mermaid(&Selection::all("x", &solution.lineage));
    let (mut declared, mut edges) = (BTreeSet::new(), 0);
    let mut lines = diagram.text.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    for line in lines.map(str::trim).filter(|line| *line != "end") {
        let line = line.strip_prefix("subgraph ").unwrap_or(line);
        let words: Vec<&str> = line.split(' ').collect();
        if let [from, "-->" | "-.->", to] = words.as_slice() {
            assert!(declared.contains(*from) && declared.contains(*to), "{line}");
            edges += 1;
            continue;
        }
        let (before, rest) = line.split_once('"').expect("a label");
        let (label, after) = rest.rsplit_once('"').expect("its end");
        assert!(["[", "(["].iter().any(|open| before.ends_with(open)) && ["]", "])"].contains(&after), "{line}");
        assert!(!label.contains(['"', '<', '>', '`', '*', '{', '&']), "{line}");
        let id = before.trim_end_matches(['[', '(']).to_owned();
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric()) && declared.insert(id), "{line}");
    }
    assert_eq!(edges, diagram.edges);
}

/// What every answer must hold, whatever the spec: it names each column of each table, once and in order.
#[test]
fn every_column_of_every_table_is_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [folder("several"), root.join("spec/pulumi-cloud"), root.join("tests/documentation/rich")] {
        let solution = solution(&folder);
        let told =
            solution.lineage.tables.iter().flat_map(|t| t.columns.iter().map(|c| (t.table.as_str(), c.name.as_str())));
        let declared = solution
            .tables
            .iter()
            .flat_map(|t| t.columns.iter().map(|c| (t.name.value.as_str(), c.name.value.as_str())));
        assert_eq!(told.collect::<Vec<_>>(), declared.collect::<Vec<_>>(), "{}", folder.display());
    }
}
