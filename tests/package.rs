//! Packages of small made-up solutions: each folder of `tests/data/package` has a spec and, in `expected.json`, the list
//! of files that must come out and what must stand at some places of them (file → JSON pointer → value; a pointer that
//! ends in `/*` means the names of the members there, in order).

#[path = "support/folder.rs"]
mod folder;

use sentinel_gen::backend::{Bundle, Target};
use sentinel_gen::pipeline::{Compilation, compile};
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folders with a spec, made-up ones and examples.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [root.join("tests/data/package"), root.join("spec")].iter().flat_map(|parent| entries(parent)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    entries
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn built(folder: &Path) -> Bundle {
    let Compilation { bundle, diagnostics, .. } =
        compile(&folder::world(folder), "sentinel.yaml", "sentinel.yaml", &[Target::Package, Target::Manifest]);
    let found: Vec<String> = diagnostics.iter().map(|d| format!("{} {}: {}", d.code(), d.path, d.message)).collect();
    let mut bundle = bundle.unwrap_or_else(|| panic!("{}: {found:#?}", folder.display()));
    bundle.files.retain(|path, _| path.starts_with("package/") || path.starts_with("manifest/"));
    bundle
}

fn bytes<'a>(bundle: &'a Bundle, path: &str) -> &'a [u8] {
    &bundle.files.get(path).unwrap_or_else(|| panic!("{path} is not there")).bytes
}

/// A file of the bundle as JSON data, whatever it is written in.
fn data(bundle: &Bundle, path: &str) -> Value {
    let bytes = bytes(bundle, path);
    if path.ends_with(".yaml") {
        assert!(bytes.is_ascii(), "{path}");
        return serde_yaml::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    match path.ends_with(".json") {
        true => serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{path}: {error}")),
        false => Value::String(String::from_utf8(bytes.to_vec()).unwrap_or_else(|error| panic!("{path}: {error}"))),
    }
}

fn at(data: &Value, pointer: &str) -> Option<Value> {
    match pointer.strip_suffix("/*") {
        Some(object) => data.pointer(object)?.as_object().map(|members| members.keys().cloned().collect()),
        None => data.pointer(pointer).cloned(),
    }
}

#[test]
fn each_solution_has_the_expected_files_and_values() {
    for folder in folders().iter().filter(|folder| folder.join("expected.json").is_file()) {
        let bundle = built(folder);
        let expected: Value = serde_json::from_str(&text(&folder.join("expected.json"))).expect("JSON");
        let expected = expected.as_object().expect("an object");
        let paths: Value = bundle.files.keys().cloned().collect();
        assert_eq!(expected["files"], paths, "{}: {paths:#}", folder.display());
        for (path, places) in expected.iter().filter(|(path, _)| *path != "files") {
            let data = data(&bundle, path);
            for (pointer, value) in places.as_object().expect("an object") {
                assert_eq!(at(&data, pointer).as_ref(), Some(value), "{path}: {pointer}");
            }
        }
    }
}

#[test]
fn the_zip_holds_the_two_loose_files_and_the_manifest_knows_it() {
    for folder in folders() {
        let bundle = built(&folder);
        let manifest = data(&bundle, "manifest/content-hub.json");
        let named = &manifest["plan"]["package"];
        let path = named["file"].as_str().expect("a path");
        let zip = bytes(&bundle, path);
        assert_eq!(named["size"], zip.len());
        let package = path.rsplit_once('/').expect("a folder").0;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("a zip");
        let names = ["createUiDefinition.json", "mainTemplate.json"];
        assert_eq!(archive.len(), names.len());
        for name in names {
            let mut packed = Vec::new();
            archive.by_name(name).expect(name).read_to_end(&mut packed).expect(name);
            assert_eq!(packed, bytes(&bundle, &format!("{package}/{name}")), "{name}");
        }
    }
}

#[test]
fn two_builds_of_a_solution_are_the_same_bytes() {
    for folder in folders() {
        let (one, two) = (built(&folder), built(&folder));
        for (path, artifact) in &one.files {
            assert_eq!(artifact.bytes, bytes(&two, path), "{path}");
        }
    }
}

/// What the packaging tool makes of a string of a poller's source file.
fn poller_text(text: &str, path: &[&str]) -> String {
    match text {
        "{{dataCollectionEndpoint}}" => return "[[parameters('dcrConfig').dataCollectionEndpoint]".to_owned(),
        "{{dataCollectionRuleImmutableId}}" => {
            return "[[parameters('dcrConfig').dataCollectionRuleImmutableId]".to_owned();
        }
        " " => return "[variables('TemplateEmptySpaceString')]".to_owned(),
        _ => {}
    }
    let is_replaced = match path {
        // Of OAuth2, JwtToken (whose user name and password are pairs), APIKey and Basic.
        ["auth", "userName" | "password"] | ["auth", "userName" | "password", "value"] => true,
        ["auth", field] => {
            ["apiKey", "clientId", "clientSecret", "authorizationCode", "authorizationEndpoint", "tokenEndpoint"]
                .contains(field)
        }
        ["request", field, ..] => {
            ["apiEndpoint", "headers", "queryParameters", "queryParametersTemplate"].contains(field)
        }
        // Of AmazonWebServicesS3.
        ["roleArn" | "sqsUrls"] => true,
        [section, ..] => ["paging", "addOnAttributes"].contains(section),
        [] => false,
    };
    let mut arguments = Vec::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once("{{").and_then(|(before, tail)| Some((before, tail.split_once("}}")?)))
    {
        assert!(is_replaced, "the tool leaves `{text}` as it is at {path:?}");
        arguments.extend((!before.is_empty()).then(|| format!("'{}'", before.replace('\'', "''"))));
        arguments.push(format!("parameters('{name}')"));
        rest = after;
    }
    arguments.extend((!rest.is_empty()).then(|| format!("'{}'", rest.replace('\'', "''"))));
    match arguments.as_slice() {
        _ if rest == text => text.to_owned(),
        [parameter] => format!("[[{parameter}]"),
        _ => format!("[[concat({})]", arguments.join(", ")),
    }
}

/// `value` with each string replaced by what `text` makes of it and of its path.
fn rewritten<'a>(value: &'a Value, path: &mut Vec<&'a str>, text: &impl Fn(&str, &[&str]) -> String) -> Value {
    match value {
        Value::String(old) => text(old, path).into(),
        Value::Array(items) => items.iter().map(|item| rewritten(item, path, text)).collect(),
        Value::Object(members) => {
            let mut new = serde_json::Map::new();
            for (name, member) in members {
                path.push(name);
                new.insert(name.clone(), rewritten(member, path, text));
                path.pop();
            }
            new.into()
        }
        other => other.clone(),
    }
}

#[test]
fn the_packaging_tool_would_make_the_same_templates_of_the_source_files() {
    for folder in folders() {
        let bundle = built(&folder);
        let solution =
            bundle.files.keys().find_map(|path| path.split_once("/Package/mainTemplate.json")).expect("a package").0;
        let template = data(&bundle, &format!("{solution}/Package/mainTemplate.json"));
        let items = template["resources"].as_array().expect("resources");
        let of_kind = |kind: &str| -> Vec<&Value> {
            let items = items.iter().filter(|item| item["properties"]["contentKind"] == *kind);
            items.map(|item| &item["properties"]["mainTemplate"]["resources"]).collect()
        };
        let pages = bundle.files.keys().filter_map(|path| path.strip_suffix("_ConnectorDefinition.json"));
        let mut pages: Vec<&str> = pages.collect();
        // The data file's order is that of the template.
        pages.sort_by_key(|page| template["resources"].to_string().find(page.rsplit('/').next().unwrap_or_default()));
        let (mut definitions, connections) = (of_kind("DataConnector"), of_kind("ResourcesDataConnector"));
        // Connectors that are carried from a file have no definition.
        definitions.retain(|made| made[0]["type"].as_str().is_some_and(|ty| ty.ends_with("/dataConnectorDefinitions")));
        assert_eq!((definitions.len(), connections.len()), (pages.len(), pages.len()));
        for (index, page) in pages.into_iter().enumerate() {
            let source = |part: &str| data(&bundle, &format!("{page}_{part}.json"));
            assert_eq!(definitions[index][0]["properties"], source("ConnectorDefinition")["properties"], "{page}");
            let rule = rewritten(&source("DCR")["properties"], &mut Vec::new(), &|text, _| match text {
                "{{dataCollectionEndpointId}}" => format!("[variables('dataCollectionEndpointId{}')]", index + 1),
                "{{workspaceResourceId}}" => "[variables('workspaceResourceId')]".to_owned(),
                other => other.to_owned(),
            });
            assert_eq!(definitions[index][2]["properties"], rule, "{page}");
            let pollers = match source("PollerConfig") {
                Value::Array(pollers) => pollers,
                poller => vec![poller],
            };
            let made = connections[index].as_array().expect("resources");
            let (beside, made): (Vec<&Value>, Vec<&Value>) =
                made.iter().skip(1).partition(|made| made["type"] == "Microsoft.Resources/deployments");
            for (at, (poller, made)) in pollers.iter().zip(made).enumerate() {
                let mut properties = made["properties"].clone();
                if let Some(beside) = beside.get(at) {
                    // The tool makes the queues and says them itself; the filters stand where it looks for them.
                    assert!(properties.as_object_mut().and_then(|object| object.remove("request")).is_some(), "{page}");
                    let filters = beside.pointer("/properties/template/resources/2/properties/filter/advancedFilters");
                    assert_eq!(filters, poller.get("eventGridAdvancedFilters"), "{page}");
                }
                assert_eq!(rewritten(&poller["properties"], &mut Vec::new(), &poller_text), properties, "{page}");
                assert_eq!(poller["apiVersion"], made["apiVersion"]);
            }
        }
    }
}

#[test]
fn every_tree_knows_where_it_comes_from() {
    for folder in folders() {
        for (path, artifact) in built(&folder).files {
            // Templates of playbooks, the files of workbooks, functions as JSON and sample data are handed on as their
            // authors have them.
            let folders = ["/playbooks/", "/Playbooks/", "/Sample Data/", "/Custom Detections/"];
            let is_carried = folders.iter().any(|folder| path.contains(folder))
                || (path.starts_with("package/Solutions/") && path.contains("/Workbooks/"))
                || (path.contains("/Parsers/") && path.ends_with(".json"));
            let is_data = (path.ends_with(".json") || path.ends_with(".yaml")) && !is_carried;
            assert_eq!(artifact.tree.is_some(), is_data, "{path}");
            assert!(artifact.tree.is_none_or(|tree| tree.origin.is_some()), "{path}");
        }
    }
}

#[test]
fn microsoft_sentinel_is_named_in_full_wherever_reviewers_look() {
    for folder in folders() {
        let bundle = built(&folder);
        for (path, artifact) in
            bundle.files.iter().filter(|(path, _)| path.contains("/Package/") && path.ends_with(".json"))
        {
            let text = String::from_utf8_lossy(&artifact.bytes);
            for (at, _) in text.match_indices("Sentinel") {
                let before = &text[..at];
                // Triggers of playbooks are called `Microsoft_Sentinel_incident` in every published package.
                let inside_a_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_');
                // A criterion of published pages that poll.
                let criterion = text[at..].starts_with("SentinelKinds");
                assert!(
                    inside_a_word || criterion || before.ends_with("Microsoft "),
                    "{path}: {:?}",
                    &text[at.saturating_sub(30)..at + 8]
                );
            }
        }
    }
}
