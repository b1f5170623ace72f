//! The check of our own output: what it says of artifacts with one fault each, whom it blames, and that it sees damage to
//! any member of what the Pulumi spec becomes.

#[path = "support/expected.rs"]
mod expected;
#[path = "support/folder.rs"]
mod folder;

use sentinel_gen::arm::{Expr, Node, Object, Value};
use sentinel_gen::backend::{Artifact, Bundle, Target};
use sentinel_gen::diag::{Diagnostic, Diagnostics, Severity};
use sentinel_gen::pipeline::{Compilation, compile};
use sentinel_gen::schema::verify;
use sentinel_gen::source::{FileId, Origin, Span, UNCHECKED};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn at(start: usize) -> Origin {
    Origin::written(Span::new(FileId(0), start, start + 1))
}

fn findings(bundle: &Bundle) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    verify(bundle, &mut diagnostics);
    diagnostics.sorted().iter().cloned().collect()
}

/// Code, place and message of each finding.
fn lines(bundle: &Bundle) -> Vec<String> {
    findings(bundle).iter().map(|d| format!("{} @{} {}", d.code(), d.primary.span.start, d.message)).collect()
}

const FIXTURE: &str = "package/.script/tests/KqlvalidationsTests/CustomTables/Orchard_CL.json";

/// A table fixture with one column, whose type node is `ty`.
fn fixture(ty: Node, more: Vec<(&str, Node)>) -> Bundle {
    let mut column = Object::new().with("Name", Node::from("TimeGenerated").at(at(30))).with("Type", ty);
    for (name, node) in more {
        column.set(name, node);
    }
    let columns: Node = vec![Node::from(column).at(at(20))].into();
    let tree = Object::new().with("Name", Node::from("Orchard_CL").at(at(10))).with("Properties", columns);
    let mut bundle = Bundle::default();
    bundle.json(FIXTURE, Node::from(tree).at(at(5)), at(1));
    bundle
}

#[test]
fn a_sound_artifact_passes() {
    assert_eq!(lines(&fixture("DateTime".into(), vec![])), Vec::<String>::new());
}

#[test]
fn a_fault_is_shown_where_its_value_was_written() {
    let bundle = fixture(Node::from("Date").at(at(40)), vec![]);
    let found = findings(&bundle);
    assert_eq!(found.len(), 1);
    assert_eq!(
        format!("{} @{} {}", found[0].code(), found[0].primary.span.start, found[0].primary.text),
        "SG7004 @40 written here"
    );
    assert_eq!(
        found[0].message,
        format!(
            "`Type` is \"Date\", which is none of \"String\", \"Int\", \"Long\", \"Real\", \"Bool\", \"DateTime\", \
             \"Guid\", \"Dynamic\", in {FIXTURE}#/Properties/0/Type"
        )
    );
    assert_eq!(found[0].help.as_deref(), Some("checked with schemas/fixture-table.json"));
}

#[test]
fn a_derived_value_names_its_derivation() {
    let origin = Origin::derived(Span::new(FileId(0), 40, 41), "column type");
    let found = findings(&fixture(Node::from("Date").at(origin), vec![]));
    assert_eq!(found[0].primary.text, "made from this (column type)");
}

#[test]
fn an_unknown_member_is_blamed_itself_and_a_missing_one_on_its_object() {
    let lines = lines(&fixture("Int".into(), vec![("Hint", Node::from("x").at(at(50)))]));
    assert!(lines.len() == 1 && lines[0].starts_with("SG7001 @50 `Hint` is not known"), "{lines:?}");
    let mut bundle = Bundle::default();
    let tree = Object::new().with("Name", Node::from("Orchard_CL").at(at(10)));
    bundle.json(FIXTURE, Node::from(tree).at(at(5)), at(1));
    let lines = self::lines(&bundle);
    assert!(lines.len() == 1 && lines[0].starts_with("SG7002 @5 `Properties` is missing"), "{lines:?}");
}

#[test]
fn what_was_handed_over_unchecked_passes() {
    let unchecked = Origin { rule: Some(UNCHECKED), ..at(50) };
    let inner = Node::from(Object::new().with("deep", Node::from(1).at(at(60)))).at(unchecked);
    assert_eq!(lines(&fixture("Int".into(), vec![("Hint", inner)])), Vec::<String>::new());
    assert_eq!(lines(&fixture(Node::from("Date").at(unchecked), vec![])), Vec::<String>::new());
}

#[test]
fn a_fault_without_an_origin_is_ours() {
    let tree = Object::new().with("Name", "Orchard");
    let mut bundle = Bundle::default();
    bundle.json(FIXTURE, Node::from(tree), at(1));
    let lines = lines(&bundle);
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert!(line.starts_with("SG9001 @0 ") && line.ends_with("this is a mistake of sentinel-gen"), "{line}");
    }
}

#[test]
fn one_fault_in_several_files_is_one_finding() {
    let mut bundle = fixture(Node::from("Date").at(at(40)), vec![]);
    let again = bundle.files.values().next().cloned().expect("the fixture");
    bundle.files.insert(FIXTURE.replace("Orchard", "Second"), again.clone());
    bundle.files.insert(FIXTURE.replace("Orchard", "Third"), again);
    let lines = lines(&bundle);
    assert!(
        lines.len() == 1 && lines[0].ends_with("/Orchard_CL.json#/Properties/0/Type and in 2 more places"),
        "{lines:?}"
    );
}

#[test]
fn unreadable_and_unknown_files_are_ours() {
    let mut bundle = Bundle::default();
    bundle.text("package/Solutions/Orchard/Analytic Rules/Tree.yaml", "a: [", at(1));
    bundle.text("package/Solutions/Orchard/SolutionMetadata.json", "{", at(1));
    bundle.text("package/Solutions/Orchard/new.json", "{}", at(1));
    bundle.text("docs/README.md", "# Orchard", at(1));
    let codes: Vec<String> = findings(&bundle).iter().map(|d| d.code().to_string()).collect();
    assert_eq!(codes, ["SG9002", "SG9002", "SG9003"]);
}

/// A bundle with a deployment template of these parameters, variables and resources.
fn template(parameters: &[&str], resources: Vec<Node>) -> Bundle {
    let parameter =
        || Object::new().with("type", "string").with("metadata", Object::new().with("description", "An orchard"));
    let mut declared = Object::new();
    for name in parameters {
        declared.set(*name, parameter().into());
    }
    let tree = Object::new()
        .with("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#")
        .with("contentVersion", "1.0.0.0")
        .with("parameters", declared)
        .with("resources", resources);
    let mut bundle = Bundle::default();
    bundle.template("deploy/azuredeploy.json", Node::from(tree).at(at(5)), at(1));
    bundle
}

fn endpoint(name: Value, start: usize) -> Node {
    let access = Object::new().with("publicNetworkAccess", "Enabled");
    let resource = Object::new()
        .with("type", "Microsoft.Insights/dataCollectionEndpoints")
        .with("apiVersion", "2024-03-11")
        .with("name", Node::from(name).at(at(start + 1)))
        .with("location", "westeurope")
        .with("properties", Object::new().with("networkAcls", access));
    Node::from(resource).at(at(start))
}

#[test]
fn a_resource_of_ours_without_a_schema_is_ours() {
    let unknown = Object::new().with("type", "A.B/c").with("apiVersion", "2024-03-11").with("name", "x");
    let bundle = template(&[], vec![Node::from(unknown.clone()).at(at(10))]);
    assert!(lines(&bundle)[0].starts_with("SG9003 "));
    let handed_over = Node::from(unknown).at(Origin { rule: Some(UNCHECKED), ..at(10) });
    assert_eq!(lines(&template(&[], vec![handed_over])), Vec::<String>::new());
}

#[test]
fn expressions_name_what_the_template_that_evaluates_them_has() {
    let name = |name: &str| Value::from(Expr::call("toLower", [Expr::parameter(name)]));
    assert_eq!(lines(&template(&["orchard"], vec![endpoint(name("Orchard"), 10)])), Vec::<String>::new());
    let found = findings(&template(&["orchard"], vec![endpoint(name("orchad"), 10)]));
    assert_eq!(found.len(), 1);
    assert!(found[0].message.starts_with("`parameters('orchad')` names nothing"), "{}", found[0].message);
    assert_eq!((found[0].primary.span.start, found[0].help.as_deref()), (11, Some("write `orchard`")));
}

#[test]
fn a_template_inside_a_template_has_names_of_its_own() {
    let inner = |delay| {
        let parameters = Object::new().with("orchard", Object::new().with("type", "securestring"));
        let name = Value::Expr { delay, expr: Expr::parameter("orchard") };
        let template = Object::new()
            .with("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#")
            .with("contentVersion", "1.0.0")
            .with("parameters", parameters)
            .with("variables", Object::new())
            .with("resources", vec![endpoint(name, 30)]);
        let properties = Object::new().with("mainTemplate", Node::from(Value::Template(template)));
        let resource = Object::new().with("type", "A.B/c").with("properties", properties);
        template_codes(&template_of(Node::from(resource).at(Origin { rule: Some(UNCHECKED), ..at(10) })))
    };
    // The outer pass has no `orchard`; the second one, inside, has.
    assert!(inner(0).contains("SG7103"));
    assert!(!inner(1).contains("SG7103"));
}

fn template_of(resource: Node) -> Bundle {
    template(&["other"], vec![resource])
}

fn template_codes(bundle: &Bundle) -> BTreeSet<String> {
    findings(bundle).iter().map(|d| d.code().to_string()).collect()
}

fn pulumi() -> Bundle {
    let world = folder::world(&root().join("spec/pulumi-cloud"));
    let Compilation { bundle, diagnostics, .. } = compile(&world, "sentinel.yaml", "sentinel.yaml", &Target::ALL);
    bundle.unwrap_or_else(|| panic!("{:#?}", diagnostics.iter().map(|d| &d.message).collect::<Vec<_>>()))
}

#[test]
fn every_data_file_of_a_build_is_checked() {
    // Without its schema, a file is SG9003: so an empty one of each name must be refused.
    for (path, artifact) in pulumi().files {
        if path.ends_with(".json") || path.ends_with(".yaml") {
            let mut bundle = Bundle::default();
            bundle.files.insert(path.clone(), Artifact { bytes: b"7".to_vec(), tree: None, ..artifact });
            let codes = template_codes(&bundle);
            assert!(!codes.is_empty() && !codes.contains("SG9003"), "{path}: {codes:?}");
        }
    }
}

/// One way to damage a member.
#[derive(Clone, Copy)]
enum Damage {
    Misspell,
    Drop,
    Distort,
}

#[test]
fn damage_to_any_member_is_seen() {
    let kinds = [("misspelt", Damage::Misspell), ("dropped", Damage::Drop), ("distorted", Damage::Distort)];
    let lists: Vec<String> = std::thread::scope(|scope| {
        let running = kinds.map(|(word, damage)| (word, scope.spawn(move || survivors(damage))));
        let list = |(word, running): (&str, std::thread::ScopedJoinHandle<'_, Vec<String>>)| {
            format!("# {word}, and not refused\n{}\n", running.join().expect("a list").join("\n"))
        };
        running.into_iter().map(list).collect()
    });
    expected::expect(&root().join("tests/schemas/survivors.txt"), &lists.join("\n"));
}

/// The members that can be damaged without a finding, `*` for places in lists.
fn survivors(damage: Damage) -> Vec<String> {
    let built = pulumi();
    let mut survivors = BTreeSet::new();
    let mut tried = BTreeSet::new();
    for (path, artifact) in &built.files {
        let Some(tree) = artifact.tree.as_ref().filter(|_| path.ends_with(".json")) else { continue };
        let mut places = Places { file: path.rsplit('/').next().unwrap_or_default().to_owned(), found: Vec::new() };
        places.collect(tree, &mut Vec::new(), None);
        for (place, name) in places.found {
            // The body of a resource has one schema, wherever it stands.
            let shared = name.contains("/properties/") && !name.starts_with(&places.file);
            if !tried.insert((name.clone(), if shared { "" } else { path })) {
                continue;
            }
            let mut damaged = tree.clone();
            if !damage.apply(&mut damaged, &place) {
                continue;
            }
            // The text is not printed: only its length is looked at.
            let damaged = Artifact { bytes: Vec::new(), tree: Some(damaged), ..*artifact };
            let mut bundle = Bundle::default();
            bundle.files.insert(path.clone(), damaged);
            if path.ends_with("azuredeploy.parameters.json") {
                let template = "deploy/azuredeploy.json";
                bundle.files.insert(template.to_owned(), built.files[template].clone());
            }
            if !findings(&bundle).iter().any(|finding| finding.severity == Severity::Error) {
                survivors.insert(name);
            }
        }
    }
    survivors.into_iter().collect()
}

#[derive(Clone)]
enum Step {
    Member(String),
    Item(usize),
}

/// All members of a tree: the way there, and the name by which they are listed: the file, or the innermost resource's
/// type, and the pointer from there.
struct Places {
    file: String,
    found: Vec<(Vec<Step>, String)>,
}

impl Places {
    fn collect(&mut self, node: &Node, here: &mut Vec<Step>, resource: Option<(&str, usize)>) {
        match &node.value {
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    here.push(Step::Item(i));
                    self.collect(item, here, resource);
                    here.pop();
                }
            }
            Value::Object(object) | Value::Template(object) | Value::Inner(object) => {
                let ty = match object.get("type").map(|node| &node.value) {
                    Some(Value::Text(ty)) if object.get("apiVersion").is_some() => ty.rsplit('/').next(),
                    _ => None,
                };
                let resource = ty.map(|ty| (ty, here.len())).or(resource);
                for (name, member) in &object.members {
                    here.push(Step::Member(name.clone()));
                    let (root, start) = resource.unwrap_or((&self.file, 0));
                    self.found.push((here.clone(), format!("{root}{}", pattern(&here[start..]))));
                    self.collect(member, here, resource);
                    here.pop();
                }
            }
            _ => {}
        }
    }
}

fn pattern(steps: &[Step]) -> String {
    let part = |step: &Step| match step {
        Step::Member(name) => format!("/{name}"),
        Step::Item(_) => "/*".to_owned(),
    };
    steps.iter().map(part).collect()
}

impl Damage {
    /// Whether there was something to damage.
    fn apply(self, node: &mut Node, place: &[Step]) -> bool {
        match (&mut node.value, place) {
            (Value::Object(object) | Value::Template(object) | Value::Inner(object), [Step::Member(name)]) => {
                let Some(i) = object.members.iter().position(|(member, _)| member == name) else { return false };
                match self {
                    Damage::Misspell => object.members[i].0.push('x'),
                    Damage::Drop => drop(object.members.remove(i)),
                    Damage::Distort => return distort(name, &mut object.members[i].1),
                }
                true
            }
            (
                Value::Object(object) | Value::Template(object) | Value::Inner(object),
                [Step::Member(name), rest @ ..],
            ) => object
                .members
                .iter_mut()
                .find(|(member, _)| member == name)
                .is_some_and(|(_, node)| self.apply(node, rest)),
            (Value::Array(items), [Step::Item(i), rest @ ..]) => {
                items.get_mut(*i).is_some_and(|node| self.apply(node, rest))
            }
            _ => false,
        }
    }
}

/// Members whose values come from a closed list or have a form; their letters are changed. Others get another type.
fn distort(name: &str, node: &mut Node) -> bool {
    const CLOSED: [&str; 22] = [
        "type",
        "kind",
        "apiVersion",
        "severity",
        "pagingType",
        "httpMethod",
        "format",
        "triggerOperator",
        "scope",
        "contextPaneType",
        "contentKind",
        "tier",
        "packageKind",
        "handler",
        "publicNetworkAccess",
        "entityType",
        "operator",
        "$schema",
        "queryFrequency",
        "queryPeriod",
        "suppressionDuration",
        "status",
    ];
    match &mut node.value {
        Value::Text(text) if CLOSED.contains(&name) => text.push('x'),
        Value::Text(_) | Value::Expr { .. } => node.value = Value::Array(Vec::new()),
        Value::Bool(_) | Value::Int(_) | Value::Real(_) => node.value = Value::Text("other".to_owned()),
        Value::Array(_) | Value::Object(_) | Value::Template(_) | Value::Inner(_) | Value::Computed(_) => {
            node.value = Value::Bool(true)
        }
        Value::Null => return false,
    }
    true
}
