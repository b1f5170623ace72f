//! Every golden `.bicep` file is read by an independent grammar without an error node.

use std::path::{Path, PathBuf};
use tree_sitter::{Node, Parser};

/// `golden/*/deploy/*.bicep`, sorted. Parameters files are another language to this grammar and are not read here.
fn golden_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "bicep"))
        .collect()
}

/// Line and text of each place that the grammar does not understand.
fn faults(text: &str) -> Vec<String> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_bicep::LANGUAGE.into()).expect("the grammar fits the library");
    let tree = parser.parse(text, None).expect("a parse without a time limit ends");
    let mut found = Vec::new();
    collect(tree.root_node(), text, &mut found);
    found
}

fn collect(node: Node<'_>, text: &str, found: &mut Vec<String>) {
    if node.is_error() || node.is_missing() {
        let line = text.lines().nth(node.start_position().row).unwrap_or_default();
        found.push(format!("line {}: {line}", node.start_position().row + 1));
    } else if node.has_error() {
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            collect(child, text, found);
        }
    }
}

#[test]
fn golden_bicep_has_no_error_nodes() {
    let files = golden_files();
    assert!(!files.is_empty(), "golden/ holds no Bicep file");
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a golden file is readable");
        assert_eq!(faults(&text), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn the_grammar_sees_a_missing_brace() {
    assert_eq!(faults("var whole = {\n  name: 'x'\n}\n"), Vec::<String>::new());
    assert!(!faults("var broken = {\n  name: 'x'\n").is_empty());
}
