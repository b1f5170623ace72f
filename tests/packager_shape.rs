//! Our package against the one that Microsoft's packaging tool made of the same inputs (`../shared/corpus`): the tool's
//! source files are read as a spec, compiled, and compared value by value and key by key. Every difference that is meant
//! stands in `tests/data/packager_shape.txt`.

use sentinel_gen::arm::parse;
use sentinel_gen::backend::Target;
use sentinel_gen::pipeline::compile;
use sentinel_gen::source::MemoryWorld;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// A solution whose published package is its inputs', run through the tool.
const NAME: &str = "D3SmartSOAR";
const CONNECTOR: &str = "Data Connectors/D3SOAR_CCF/D3SOAR_";

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    corpus.is_dir().then_some(corpus)
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The members `names` of an object.
fn pick(object: &Value, names: &[&str]) -> Map<String, Value> {
    let members = names.iter().filter_map(|name| Some(((*name).to_owned(), object.get(name)?.clone())));
    members.collect()
}

/// The tool's source files as a spec. JSON is YAML.
fn spec(inputs: &Path) -> Value {
    let part = |name: &str| read(&inputs.join(format!("{CONNECTOR}{name}.json")));
    let data = read(&inputs.join("Data/Solution_D3SOAR.json"));
    let metadata = read(&inputs.join("SolutionMetadata.json"));
    let page = part("DataConnectorDefinition")["properties"]["connectorUiConfig"].clone();
    let poller = part("PollingConfig")["properties"].clone();
    let (rule, table) = (part("DCR"), part("Table"));
    let mut solution =
        pick(&metadata, &["publisherId", "offerId", "providers", "support", "firstPublishDate", "lastPublishDate"]);
    let (author, email) = data["Author"].as_str().and_then(|author| author.split_once(" - ")).expect("two parts");
    let release = json!([{ "version": data["Version"], "date": metadata["lastPublishDate"], "changes": ["-"] }]);
    for (key, value) in [
        ("name", data["Name"].clone()),
        ("version", data["Version"].clone()),
        ("description", data["Description"].clone()),
        ("author", author.into()),
        ("authorEmail", email.into()),
        ("summary", "-".into()),
        ("categories", pick(&metadata["categories"], &["domains"]).into()),
        ("releaseNotes", release),
    ] {
        solution.insert(key.to_owned(), value);
    }
    let flow = &rule["properties"]["dataFlows"][0];
    let stream = flow["streams"][0].as_str().expect("a stream");
    let mut connector = pick(
        &page,
        &[
            "title",
            "publisher",
            "descriptionMarkdown",
            "graphQueries",
            "sampleQueries",
            "dataTypes",
            "connectivityCriteria",
            "availability",
            "permissions",
            "instructionSteps",
        ],
    );
    connector.extend(pick(&poller, &["response", "paging", "dataType"]));
    let mut request = poller["request"].clone();
    let limit = request.as_object_mut().and_then(|request| request.shift_remove("rateLimitQps"));
    request["rateLimitQPS"] = limit.expect("a limit");
    for (key, value) in [
        ("id", json!("D3SOARConnector")),
        ("kind", json!("RestApiPoller")),
        ("dataCollectionRule", rule["name"].clone()),
        (
            "auth",
            json!({ "type": "APIKey", "apiKey": poller["auth"]["ApiKey"], "apiKeyName": poller["auth"]["ApiKeyName"] }),
        ),
        ("request", request),
        (
            "stream",
            json!({
                "name": stream,
                "columns": rule["properties"]["streamDeclarations"][stream]["columns"],
                "transform": flow["transformKql"],
                "table": table["name"],
            }),
        ),
    ] {
        connector.insert(key.to_owned(), value);
    }
    json!({
        "version": 1,
        "solution": solution,
        "inputs": inputs_of(&page),
        "tables": [{ "name": table["name"], "columns": table["properties"]["schema"]["columns"] }],
        "connectors": [connector],
        "analyticRules": [analytic_rule(inputs)],
    })
}

fn inputs_of(page: &Value) -> Map<String, Value> {
    let steps = page["instructionSteps"].as_array().expect("steps");
    let instructions = steps.iter().filter_map(|step| step["instructions"].as_array()).flatten();
    let boxes = instructions.filter(|instruction| instruction["type"] == "Textbox");
    let input = |instruction: &Value| {
        let parameters = &instruction["parameters"];
        let name = parameters["name"].as_str().expect("a name").to_owned();
        let is_secret = name == "D3Jwt";
        (name, json!({ "label": parameters["label"], "placeholder": parameters["placeholder"], "secret": is_secret }))
    };
    boxes.map(input).collect()
}

fn analytic_rule(inputs: &Path) -> Value {
    let mut rule = read(&inputs.join("Analytic Rules/D3SmartSOAR-HighOrCriticalSeverityIncident.yaml"));
    // The tool takes the quotation marks around a description away.
    let description = rule["description"].as_str().expect("a description").trim().trim_matches('\'').to_owned();
    rule["description"] = description.into();
    rule
}

/// Compares two values and notes what differs: `value`, `keys` (other names) or `order` (other order), with the pointer.
fn compare(theirs: &Value, ours: &Value, pointer: &str, found: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(a), Value::Object(b)) => {
            let names = |object: &Map<String, Value>| object.keys().cloned().collect::<Vec<_>>();
            let only = |a: &Map<String, Value>, b: &Map<String, Value>| {
                a.keys().filter(|key| !b.contains_key(*key)).cloned().collect::<Vec<_>>().join(" ")
            };
            if names(a) != names(b) {
                let (less, more) = (only(a, b), only(b, a));
                match less.is_empty() && more.is_empty() {
                    true => found.push(format!("order {pointer}")),
                    false => found.push(format!("keys {pointer} -[{less}] +[{more}]")),
                }
            }
            for (key, value) in a {
                if let Some(other) = b.get(key) {
                    compare(value, other, &format!("{pointer}/{key}"), found);
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (one, other)) in a.iter().zip(b).enumerate() {
                compare(one, other, &format!("{pointer}/{index}"), found);
            }
        }
        (Value::String(a), Value::String(b)) if same_text(a, b) => {}
        _ if theirs == ours => {}
        _ => found.push(format!("value {pointer}")),
    }
}

/// Equal texts, or the same expression of the same pass, whatever its white space. The tool keeps a last newline.
fn same_text(a: &str, b: &str) -> bool {
    let parsed = |text: &str| {
        let inner = text.trim_start_matches('[');
        let passes = text.len() - inner.len();
        parse::expression(inner.strip_suffix(']')?).ok().filter(|_| passes > 0).map(|expression| (passes, expression))
    };
    a.trim_end() == b.trim_end() || (parsed(a).is_some() && parsed(a) == parsed(b))
}

#[test]
fn the_packaging_tool_makes_the_same_package_of_the_same_inputs() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: ../shared/corpus is not here");
        return;
    };
    let spec = spec(&corpus.join("solutions/Azure-Sentinel").join(NAME));
    let world = MemoryWorld::default().with("sentinel.yaml", spec.to_string());
    let compiled = compile(&world, "sentinel.yaml", "sentinel.yaml", &[Target::Package]);
    let diagnostics: Vec<String> = compiled.diagnostics.iter().map(|d| format!("{}: {}", d.path, d.message)).collect();
    let bundle = compiled.bundle.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    let mut found = Vec::new();
    for file in ["mainTemplate.json", "createUiDefinition.json", "testParameters.json"] {
        let path = format!("package/Solutions/{NAME}/Package/{file}");
        let ours = serde_json::from_slice(&bundle.files[&path].bytes).expect("JSON");
        let theirs = read(&corpus.join("packager-runs").join(NAME).join(file));
        compare(&theirs, &ours, file, &mut found);
    }
    let expected = include_str!("data/packager_shape.txt").lines();
    let mut expected: Vec<&str> = expected.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected, "\n{}\n", found.join("\n"));
}
