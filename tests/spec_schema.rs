//! The decoder and the editor's schema come from one definition; here they are held against each other: on every spec and
//! every fixture, what one refuses for its shape, the other refuses too.

use sentinel_gen::diag::rules::shape;
use sentinel_gen::diag::{Diagnostics, Rule};
use sentinel_gen::model;
use sentinel_gen::source::{Files, MemoryWorld, Sources};
use sentinel_gen::syntax::{self, Node, NodeKind, Plain};
use serde_json::{Value as Json, json};
use std::path::Path;

/// The findings that a schema can make as well.
static SHAPE: [&Rule; 5] =
    [&shape::UNKNOWN_KEY, &shape::MISSING_KEY, &shape::WRONG_TYPE, &shape::UNKNOWN_VALUE, &shape::OUT_OF_RANGE];

#[test]
fn decoder_and_schema_agree_on_every_fixture() {
    let schema = jsonschema::options().build(&model::json_schema()).expect("the generated schema is a schema");
    let mut compared = 0;
    let mut differences = Vec::new();
    for root in ["spec", "tests/suite"] {
        for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
            let entry = entry.expect("the fixture folders are readable");
            let yaml = entry.path().extension().is_some_and(|extension| extension == "yaml");
            let Some(text) = Some(entry.path()).filter(|_| yaml).and_then(|path| std::fs::read_to_string(path).ok())
            else {
                continue;
            };
            compared += usize::from(compare(entry.path(), &text, &schema, &mut differences));
        }
    }
    assert!(compared > 0, "no spec was compared");
    assert!(differences.is_empty(), "{} of {compared} differ:\n{}", differences.len(), differences.join("\n"));
}

/// Whether the text could be compared: what is no YAML has no shape.
fn compare(path: &Path, text: &str, schema: &jsonschema::Validator, differences: &mut Vec<String>) -> bool {
    let world = MemoryWorld::default().with("sentinel.yaml", text);
    let mut found = Diagnostics::default();
    let mut sources = Sources::default();
    let document = syntax::parse(&world, "sentinel.yaml", "sentinel.yaml", &mut sources, &mut found);
    let Some(root) = document.root.as_ref().filter(|_| !found.has_errors()) else { return false };
    let mut found = Diagnostics::default();
    model::decode(&document, Files::new(&world, "sentinel.yaml", &mut sources), &mut found);
    let refused: Vec<String> =
        found.iter().filter(|finding| SHAPE.contains(&finding.rule)).map(|finding| finding.message.clone()).collect();
    let errors: Vec<String> =
        schema.iter_errors(&to_json(root)).map(|error| format!("{} {error}", error.instance_path())).collect();
    if refused.is_empty() != errors.is_empty() {
        differences.push(format!("{}\n  decoder: {refused:?}\n  schema: {errors:?}", path.display()));
    }
    true
}

fn to_json(node: &Node) -> Json {
    match &node.kind {
        NodeKind::Null => Json::Null,
        NodeKind::Scalar(scalar) => match scalar.plain() {
            Plain::Bool(value) => json!(value),
            Plain::Int(value) => json!(value),
            Plain::Real(value) => json!(value),
            Plain::Text => json!(scalar.text),
        },
        NodeKind::Sequence(items) => items.iter().map(to_json).collect(),
        NodeKind::Mapping(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), to_json(&entry.value))).collect())
        }
    }
}
