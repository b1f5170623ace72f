//! The schemas themselves: that they are sound and closed, what each accepts and refuses (files under `tests/schemas/`),
//! and that published packages pass where they should.

#[path = "support/expected.rs"]
mod expected;

use sentinel_gen::schema::plan::{self, Place};
use sentinel_gen::schema::registry::{self, Schema};
use sentinel_gen::schema::{Fault, faults};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn document(schema: &Schema) -> Value {
    serde_json::from_str(schema.text).unwrap_or_else(|error| panic!("{}: {error}", schema.name))
}

#[test]
fn every_file_is_built_in() {
    let mut files: Vec<String> = std::fs::read_dir(root().join("schemas"))
        .expect("schemas/")
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
        .filter(|name| name != "spec.schema")
        .collect();
    files.sort();
    let names: Vec<&str> = registry::ALL.iter().map(|schema| schema.name).collect();
    assert_eq!(files, names);
}

#[test]
fn every_schema_is_valid_and_compiles() {
    for schema in registry::ALL {
        let text = document(schema);
        if let Err(error) = jsonschema::meta::validate(&text) {
            panic!("{}: {error} at {}", schema.name, error.instance_path());
        }
        if let Err(error) = schema.validator() {
            panic!("{}: {error}", schema.name);
        }
    }
}

#[test]
fn every_schema_has_its_name_and_a_dated_source() {
    for schema in registry::ALL {
        let text = document(schema);
        assert_eq!(text["$id"], format!("urn:sentinel-gen:schema:{}", schema.name));
        let source = text["$comment"].as_str().unwrap_or_default();
        assert!(source.len() > 40 && source.ends_with("(2026-11-22)"), "{}: $comment {source:?}", schema.name);
        assert!(text["title"].as_str().is_some_and(|title| title.len() > 10), "{}: no title", schema.name);
    }
}

/// Objects that are open on purpose: by schema, end of the pointer, and why.
const OPEN: [(&str, &str, &str); 20] = [
    ("", "/$defs/resource", "each resource is checked with a schema of its own"),
    ("deploy-", "/properties/properties", "the body is checked with a schema of its own"),
    ("package-", "/properties/properties", "the body is checked with a schema of its own"),
    ("source-", "/properties/properties", "the body is checked with a schema of its own"),
    ("", "/properties/connectorUiConfig", "the page is checked with a schema of its own"),
    ("deploy-template", "/properties/variables", "variables hold any value"),
    ("source-rule", "/properties/metadata", "kept as the author has it"),
    (
        "body-carried-connector",
        "",
        "a page is carried as its author wrote it; what is not known there is told where it is read",
    ),
    ("source-carried-connector", "", "the author's own file"),
    ("model", "/properties/polling", "checked where it is deployed"),
    ("model", "/properties/entry", "checked where it is emitted"),
    ("model", "/properties/page", "checked where it is deployed"),
    ("model", "/properties/settings", "checked where it is deployed"),
    ("model", "/properties/properties", "checked where it is deployed"),
    ("model", "/properties/body", "a resource of the author's own"),
    ("model", "/properties/further", "handed over unchecked"),
    ("model", "/properties/customDetails", "checked where it is deployed"),
    ("model", "/properties/alertDetailsOverride", "checked where it is deployed"),
    ("model", "/properties/incidentConfiguration", "checked where it is deployed"),
    ("model", "/properties/eventGroupingSettings", "checked where it is deployed"),
];

/// Conditions on objects that are closed elsewhere, and what only such conditions refer to.
const PARTS: [&str; 7] =
    ["/if", "/then", "/else", "/contains", "/$defs/connections", "/$defs/fixed", "/$defs/ownContent"];

#[test]
fn every_object_is_closed() {
    let mut open = Vec::new();
    let mut used = [false; OPEN.len()];
    for schema in registry::ALL {
        walk(&document(schema), "", &mut |part, pointer| {
            let is_object = part.get("properties").is_some() || part.get("type").is_some_and(|ty| ty == "object");
            let is_map = part.get("additionalProperties").is_some() || part.get("unevaluatedProperties").is_some();
            // An object with alternatives is closed by each of them.
            if !is_object
                || is_map
                || part.get("oneOf").is_some()
                || part.get("required").is_some() && pointer.contains("/anyOf/")
            {
                return;
            }
            if PARTS.iter().any(|part| format!("{pointer}/").contains(&format!("{part}/"))) {
                return;
            }
            let excuse = OPEN.iter().position(|(name, end, _)| schema.name.starts_with(name) && pointer.ends_with(end));
            match excuse {
                Some(i) => used[i] = true,
                None => open.push(format!("{}{pointer}", schema.name)),
            }
        });
    }
    assert!(open.is_empty(), "open objects: {open:#?}");
    let unused: Vec<_> = OPEN.iter().zip(used).filter(|(_, used)| !used).map(|(excuse, _)| excuse).collect();
    assert!(unused.is_empty(), "excuses that nothing needs: {unused:?}");
}

/// Calls `f` with each subschema and its pointer.
fn walk(schema: &Value, pointer: &str, f: &mut impl FnMut(&Value, &str)) {
    const MAPS: [&str; 4] = ["properties", "patternProperties", "$defs", "dependentSchemas"];
    const LISTS: [&str; 4] = ["anyOf", "oneOf", "allOf", "prefixItems"];
    const SINGLE: [&str; 7] = ["items", "additionalProperties", "propertyNames", "contains", "if", "then", "else"];
    let Some(members) = schema.as_object() else { return };
    f(schema, pointer);
    for (key, value) in members {
        let here = format!("{pointer}/{key}");
        match value {
            Value::Object(parts) if MAPS.contains(&key.as_str()) => {
                parts.iter().for_each(|(name, part)| walk(part, &format!("{here}/{name}"), f));
            }
            Value::Array(parts) if LISTS.contains(&key.as_str()) => {
                parts.iter().enumerate().for_each(|(i, part)| walk(part, &format!("{here}/{i}"), f));
            }
            part if SINGLE.contains(&key.as_str()) => walk(part, &here, f),
            _ => {}
        }
    }
}

#[test]
fn cases_are_accepted_and_refused_as_written_down() {
    for schema in registry::ALL.iter().filter(|schema| schema.name != "common") {
        let folder = root().join("tests/schemas").join(schema.name);
        let cases = cases(&folder);
        let count = |prefix: &str| cases.keys().filter(|name| name.starts_with(prefix)).count();
        assert!(count("good") > 0 && count("bad") > 0, "{} needs a good and a bad case", schema.name);
        let mut report = String::new();
        for (name, value) in &cases {
            let faults = faults(schema, value).unwrap_or_else(|error| panic!("{}: {error}", schema.name));
            let compiled = schema.validator().expect("it compiles").is_valid(value);
            assert_eq!(schema.is_valid(value), compiled, "{}/{name}: the two validators disagree", schema.name);
            assert_eq!(faults.is_empty(), name.starts_with("good"), "{}/{name}: {faults:#?}", schema.name);
            if !faults.is_empty() {
                let _ = writeln!(report, "{name}\n{}", lines(&faults));
            }
        }
        expected::expect(&folder.join("expected.txt"), &report);
    }
}

fn cases(folder: &Path) -> BTreeMap<String, Value> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut cases = BTreeMap::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).expect("case");
            cases.insert(
                name,
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            );
        }
    }
    cases
}

fn lines(faults: &[Fault]) -> String {
    let mut text = String::new();
    for fault in faults {
        let help = fault.help.as_deref().map(|help| format!(" → {help}")).unwrap_or_default();
        let _ = writeln!(text, "  {} {} {}{help}", fault.rule.code, fault.pointer, fault.message);
    }
    text
}

/// A refusal that stands: what published packages have and we do not emit.
#[derive(serde::Deserialize, Debug)]
struct Exception {
    schema: String,
    code: String,
    pointer: String,
    /// Resources that have it.
    count: usize,
    reason: String,
}

#[derive(serde::Deserialize)]
struct Published {
    accepted: usize,
    refused: usize,
    exceptions: Vec<Exception>,
}

/// Kinds of content that we emit; templates and metadata of others have members of their own.
const OUR_KINDS: [&str; 3] = ["DataConnector", "ResourcesDataConnector", "AnalyticsRule"];

#[test]
fn published_packages_pass_but_for_the_listed_exceptions() {
    let corpus = root().join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: published_packages_pass_but_for_the_listed_exceptions needs ../shared/corpus");
        return;
    }
    let text = std::fs::read_to_string(root().join("tests/schemas/published.json")).expect("published.json");
    let listed: Published = serde_json::from_str(&text).expect("published.json");
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let (mut accepted, mut refused) = (0, 0);
    for file in templates(&corpus) {
        let text = std::fs::read_to_string(&file).expect("package");
        let template: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("JSON");
        resources(&template, &mut |resource| {
            let Some(faults) = resource_faults(resource) else { return };
            if faults.is_empty() {
                accepted += 1;
            } else {
                refused += 1;
            }
            faults.into_iter().for_each(|fault| *seen.entry(fault).or_default() += 1);
        });
    }
    let mut expected: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for exception in listed.exceptions {
        assert!(exception.reason.len() > 10, "{exception:?} needs a reason");
        expected.insert((exception.schema, exception.code, exception.pointer), exception.count);
    }
    let new: Vec<_> = seen.iter().filter(|(fault, n)| expected.get(fault) != Some(n)).collect();
    let unused: Vec<_> = expected.iter().filter(|(fault, n)| seen.get(fault) != Some(n)).collect();
    assert!(new.is_empty() && unused.is_empty(), "not as listed: {new:#?}\nlisted and not so: {unused:#?}");
    assert_eq!((accepted, refused), (listed.accepted, listed.refused));
}

/// The packages of the corpus, in the order of their paths.
fn templates(corpus: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["solutions", "packager-runs"] {
        for entry in walkdir::WalkDir::new(corpus.join(folder)).sort_by_file_name() {
            let path = entry.expect("corpus").into_path();
            if path.file_name().is_some_and(|name| name == "mainTemplate.json") {
                files.push(path);
            }
        }
    }
    files
}

fn resources(template: &Value, f: &mut impl FnMut(&Value)) {
    for resource in template["resources"].as_array().into_iter().flatten() {
        f(resource);
        resources(&resource["properties"]["mainTemplate"], f);
    }
}

/// Schema, code and pointer (`*` for places in lists) of each fault. `None`: a resource of a kind that we do not emit.
fn resource_faults(resource: &Value) -> Option<BTreeSet<(String, String, String)>> {
    let plan = plan::resource(Place::Package, resource)?;
    let kind = match plan.frame.name {
        "package-connector" if resource["kind"] != "RestApiPoller" => return None,
        // Of a playbook, which is carried.
        "nested-deployment" => return None,
        "package-content-template" => &resource["properties"]["contentKind"],
        "package-metadata" => &resource["properties"]["kind"],
        _ => &Value::Null,
    };
    if kind.as_str().is_some_and(|kind| !OUR_KINDS.contains(&kind)) {
        return None;
    }
    let mut all = BTreeSet::new();
    let mut note = |schema: &'static Schema, value: &Value| {
        for fault in faults(schema, value).expect("schema") {
            let parts: Vec<&str> =
                fault.pointer.split('/').map(|part| if part.parse::<u32>().is_ok() { "*" } else { part }).collect();
            all.insert((schema.name.to_owned(), fault.rule.code.to_string(), parts.join("/")));
        }
    };
    note(plan.frame, resource);
    if let Some((body, value)) = plan.body.and_then(|body| Some((body, resource.pointer(body.pointer)?))) {
        note(body.schema, value);
    }
    Some(all)
}
