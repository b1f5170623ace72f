//! The proof of a build: what is broken in an emitted template on purpose is found, and over thousands of made-up specs no
//! secret comes out where it can be read.

#[path = "support/folder.rs"]
mod folder;

use proptest::prelude::*;
use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::tree::Tree;
use sentinel_gen::arm::eval::{Environment, Place, expand, value};
use sentinel_gen::arm::{Expr, Node, Object, Value};
use sentinel_gen::backend::{Bundle, Target};
use sentinel_gen::diag::{Diagnostics, Severity};
use sentinel_gen::pipeline::{Compilation, compile};
use sentinel_gen::proof;
use sentinel_gen::proof::package::{given, install, portal_values};
use sentinel_gen::source::MemoryWorld;
use std::path::Path;

const DEPLOY: &str = "deploy/azuredeploy.json";

/// The Pulumi solution, compiled.
fn pulumi() -> Compilation {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud");
    let compiled = compile(&folder::world(&folder), "sentinel.yaml", "sentinel.yaml", &Target::ALL);
    assert!(compiled.bundle.is_some(), "{:?}", compiled.diagnostics);
    compiled
}

/// The node at a JSON pointer, to be changed.
fn at<'t>(node: &'t mut Node, pointer: &str) -> &'t mut Node {
    pointer.split('/').skip(1).fold(node, |node, part| match &mut node.value {
        Value::Array(items) => &mut items[part.parse::<usize>().expect("an index")],
        Value::Object(object) | Value::Template(object) => {
            &mut object.members.iter_mut().find(|(name, _)| name == part).unwrap_or_else(|| panic!("no {part}")).1
        }
        other => panic!("no {part} in {other:?}"),
    })
}

fn object(node: &mut Node) -> &mut Object {
    match &mut node.value {
        Value::Object(object) | Value::Template(object) => object,
        other => panic!("{other:?}"),
    }
}

/// The resource of the bundle whose type ends like this.
fn resource<'t>(tree: &'t mut Node, ty: &str) -> &'t mut Node {
    let Value::Array(resources) = &mut at(tree, "/resources").value else { panic!("no resources") };
    let of_type = |node: &&mut Node| match &node.value {
        Value::Object(object) => {
            matches!(object.get("type").map(|ty| &ty.value), Some(Value::Text(text)) if text.ends_with(ty))
        }
        _ => false,
    };
    resources.iter_mut().find(of_type).unwrap_or_else(|| panic!("no {ty}"))
}

/// What the proof says about the bundle after a change of the deploy template: code and message.
fn broken(change: impl FnOnce(&mut Node)) -> Vec<String> {
    let mut bundle = pulumi().bundle.expect("compiled");
    change(bundle.files.get_mut(DEPLOY).and_then(|artifact| artifact.tree.as_mut()).expect("a tree"));
    said(&bundle)
}

fn said(bundle: &Bundle) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    let solution = pulumi().solution.expect("compiled");
    proof::build::check(bundle, &solution, &mut diagnostics);
    diagnostics.sorted().iter().map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect()
}

/// One finding, with this code and this in its message.
#[track_caller]
fn one(found: &[String], code: &str, part: &str) {
    let fits = |said: &&String| said.starts_with(code) && said.contains(part);
    assert!(found.len() == 1 && found.iter().all(|said| fits(&said)), "not {code} …{part}…: {found:#?}");
}

fn token() -> Expr {
    Expr::parameter("accessToken")
}

#[test]
fn a_sound_build_is_proven_silently() {
    assert_eq!(said(&pulumi().bundle.expect("compiled")), Vec::<String>::new());
}

#[test]
fn what_bundle_and_package_make_in_different_ways_is_told() {
    let of = |ty: &'static str, pointer: &'static str, value: Node| {
        broken(move |tree| *at(resource(tree, ty), pointer) = value)
    };
    one(
        &of("/tables", "/properties/schema/columns/1/type", "dynamic".into()),
        "SG9005",
        "/properties/schema/columns/1/type",
    );
    one(&of("/dataCollectionRules", "/properties/dataFlows/0/transformKql", "source".into()), "SG9005", "transformKql");
    one(
        &of("/dataConnectorDefinitions", "/properties/connectorUiConfig/title", "Other".into()),
        "SG9005",
        "the connector page",
    );
    one(&of("/dataConnectors", "/properties/request/httpMethod", "POST".into()), "SG9005", "httpMethod");
    one(&of("/dataConnectors", "/properties/dcrConfig/streamName", "Custom-X".into()), "SG9005", "streamName");
    one(&of("/alertRules", "/properties/severity", "High".into()), "SG9005", "the analytic rule");
    // What differs by nature may.
    assert_eq!(of("/alertRules", "/properties/enabled", false.into()), Vec::<String>::new());
    assert_eq!(of("/alertRules", "/apiVersion", "2024-01-01".into()), Vec::<String>::new());
    let gone = broken(|tree| {
        let Value::Array(resources) = &mut at(tree, "/resources").value else { panic!("no resources") };
        let last = resources.pop().expect("an analytic rule");
        assert!(format!("{last:?}").contains("alertRules"));
    });
    one(&gone, "SG9005", "is only in the package");
}

#[test]
fn a_playbook_that_the_package_carries_otherwise_than_it_was_written_is_told() {
    const PACKAGE: &str = "package/Solutions/Contoso/Package/mainTemplate.json";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/playbooks/good-corners");
    let compiled = compile(&folder::world(&folder), "sentinel.yaml", "sentinel.yaml", &Target::ALL);
    let (bundle, solution) = (compiled.bundle.expect("compiled"), compiled.solution.expect("resolved"));
    let said = |change: &dyn Fn(&mut Node)| {
        let mut bundle = bundle.clone();
        change(bundle.files.get_mut(PACKAGE).and_then(|artifact| artifact.tree.as_mut()).expect("a tree"));
        let mut diagnostics = Diagnostics::default();
        proof::build::check(&bundle, &solution, &mut diagnostics);
        diagnostics.iter().map(|finding| format!("{} {}", finding.rule.code, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(said(&|_| {}), Vec::<String>::new());
    let inner = "/resources/0/properties/mainTemplate/resources/1";
    let action = "/properties/definition/actions/Block/inputs";
    one(
        &said(&|tree| *at(tree, &format!("{inner}{action}/method")) = "GET".into()),
        "SG9005",
        &format!("{action}/method"),
    );
    // An expression that is evaluated a pass too early.
    let early = said(&|tree| *at(tree, &format!("{inner}/name")) = Expr::parameter("PlaybookName").into());
    one(&early, "SG7", "PlaybookName");
    let gone = said(&|tree| object(at(tree, inner)).members.retain(|(name, _)| name != "identity"));
    one(&gone, "SG9005", "/identity");
    let more = said(&|tree| {
        let Value::Array(resources) = &mut at(tree, "/resources/0/properties/mainTemplate/resources").value else {
            panic!("no resources")
        };
        resources.push(resources[0].clone());
        *at(&mut resources[3], "/name") = "another".into();
    });
    one(&more, "SG9005", "3 resources instead of 2");
}

#[test]
fn a_secret_that_comes_out_is_told_wherever_it_does() {
    // Changes with an origin are the author's, those without our own: both are found.
    let text = |expr: Expr| Node::fixed(Value::Expr { delay: 0, expr });
    let with = |expr: Expr| Expr::call("concat", [Expr::text("x"), expr]);
    let found = broken(|tree| *at(resource(tree, "/dataConnectors"), "/name") = text(with(token())));
    assert!(found.iter().any(|said| said.contains("the id of the resource")), "{found:#?}");
    let found =
        broken(|tree| *at(resource(tree, "/dataConnectors"), "/properties/request/apiEndpoint") = text(with(token())));
    assert!(found.iter().any(|said| said.contains("`properties.request.apiEndpoint`")), "{found:#?}");
    // However it was changed.
    let hashed = Expr::call("uniqueString", [token()]);
    let found = broken(|tree| *at(resource(tree, "/tables"), "/properties/schema/columns/0/name") = text(hashed));
    assert!(found.iter().any(|said| said.contains("`properties.schema.columns.name`")), "{found:#?}");
    let url = Expr::call("concat", [Expr::text("https://x/"), token()]);
    let found = broken(|tree| *at(resource(tree, "/dataConnectors"), "/properties/auth/apiKey") = text(url));
    assert!(found.iter().any(|said| said.contains("`properties.auth.apiKey`")), "{found:#?}");
    let found = broken(|tree| {
        let output = Object::new().with("type", "string").with("value", text(token()));
        object(at(tree, "/outputs")).set("leak", Value::Object(output).into());
    });
    one(&found, "SG9006", "the output `leak`");
    let found = broken(|tree| object(at(tree, "/variables")).set("leak", text(with(token()))).members.truncate(99));
    assert!(found.len() == 1 && found[0].contains("the variable `leak`"), "{found:#?}");
    let found = broken(|tree| *at(tree, "/parameters/apiUrl/defaultValue") = text(token()));
    assert!(found.iter().any(|said| said.contains("the parameter `apiUrl`")), "{found:#?}");
}

#[test]
fn what_cannot_be_evaluated_is_told_once() {
    let found = broken(|tree| {
        let call = Expr::call("concta", [Expr::text("a")]);
        *at(resource(tree, "/tables"), "/properties/schema/columns/0/name") =
            Node::fixed(Value::Expr { delay: 0, expr: call });
    });
    assert!(found.len() == 1 && found[0].contains("there is no template function `concta`"), "{found:#?}");
}

/// Ways to authenticate, with what they put into `auth`; `s0` and `s1` are secrets, `p0` is none.
const AUTHS: [&str; 8] = [
    r#"{ type: APIKey, apiKeyName: X-Key, apiKey: "{{s0}}" }"#,
    r#"{ type: APIKey, apiKeyName: Authorization, apiKeyIdentifier: Bearer, apiKey: "{{s0}}" }"#,
    r#"{ type: APIKey, apiKeyName: key, apiKey: "{{s0}}", isApiKeyInPostPayload: true }"#,
    r#"{ type: Basic, userName: "{{p0}}", password: "{{s0}}" }"#,
    r#"{ type: OAuth2, grantType: client_credentials, clientId: "{{p0}}", clientSecret: "{{s0}}", tokenEndpoint: https://api.orchard.example/token }"#,
    r#"{ type: OAuth2, grantType: password, clientId: "{{p0}}", clientSecret: "{{s0}}", tokenEndpoint: https://api.orchard.example/token, userName: "{{p0}}", password: "{{s1}}" }"#,
    r#"{ type: JwtToken, userName: { key: user, value: "{{p0}}" }, password: { key: pass, value: "{{s0}}" }, tokenEndpoint: https://api.orchard.example/login, isJsonRequest: true, jwtTokenJsonPath: $.token }"#,
    r#"{ type: Session, userName: { key: user, value: "{{p0}}" }, password: { key: pass, value: "{{s0}}" }, sessionLoginRequestUri: https://api.orchard.example/login, sessionIdName: X-Session }"#,
];

/// Where a secret must not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Misplaced {
    No,
    Endpoint,
    QueryParameter,
    Attribute,
    NameOfOwnResource,
    HashInIdOfOwnResource,
    DescriptionOfOwnResource,
}

/// A solution with inputs, secrets and uses of both.
#[derive(Debug, Clone)]
struct Made {
    auth: usize,
    /// Used in the endpoint: none, one that must be given, one with a default, one with a default that is a URL.
    plain: usize,
    header: bool,
    attribute: bool,
    rules: usize,
    misplaced: Misplaced,
    stage: &'static str,
}

fn made() -> impl Strategy<Value = Made> {
    use Misplaced::*;
    let misplaced = prop_oneof![
        5 => Just(No),
        5 => prop::sample::select(vec![
            Endpoint, QueryParameter, Attribute, NameOfOwnResource, HashInIdOfOwnResource, DescriptionOfOwnResource
        ]),
    ];
    let stage = prop::sample::select(vec!["deploy", "connect"]);
    (0..AUTHS.len(), 0..4usize, any::<bool>(), any::<bool>(), 0..3usize, misplaced, stage).prop_map(
        |(auth, plain, header, attribute, rules, misplaced, stage)| Made {
            auth,
            plain,
            header,
            attribute,
            rules,
            misplaced,
            stage,
        },
    )
}

impl Made {
    fn spec(&self) -> String {
        let auth = AUTHS[self.auth];
        let mut inputs = String::new();
        let mut declare =
            |name: &str, rest: &str| inputs.push_str(&format!("  {name}: {{ label: Input {name}{rest} }}\n"));
        for (name, rest) in [("s0", ", secret: true"), ("s1", ", secret: true"), ("p0", "")] {
            if auth.contains(&format!("{{{{{name}}}}}")) {
                declare(name, rest);
            }
        }
        let endpoint = match self.plain {
            0 => "https://api.orchard.example/events",
            1 => {
                declare("place", "");
                "https://api.orchard.example/{{place}}/events"
            }
            2 => {
                declare("place", ", default: all");
                "https://api.orchard.example/{{place}}/events"
            }
            _ => {
                declare("place", ", default: https://api.orchard.example");
                "{{place}}/events"
            }
        };
        let mut request = format!("apiEndpoint: \"{endpoint}");
        request.push_str(if self.misplaced == Misplaced::Endpoint { "/{{s0}}\"" } else { "\"" });
        if auth.contains("isApiKeyInPostPayload") {
            request.push_str(", httpMethod: POST");
        }
        if self.header {
            request.push_str(", headers: { X-Also: \"{{s0}}\" }");
        }
        if self.misplaced == Misplaced::QueryParameter {
            request.push_str(", queryParameters: { key: \"a{{s0}}\" }");
        }
        let attributes = match (self.misplaced, self.attribute) {
            (Misplaced::Attribute, _) => "    addOnAttributes: { Key: \"{{s0}}\" }\n",
            (_, true) => "    addOnAttributes: { Source: orchard }\n",
            _ => "",
        };
        format!(
            "{HEAD}inputs:\n{inputs}{TABLES}    auth: {auth}\n    request: {{ {request} }}\n{attributes}{STREAM}{}{}",
            self.own_resource(),
            self.rules(),
        )
    }

    fn own_resource(&self) -> String {
        let (name, description) = match self.misplaced {
            Misplaced::NameOfOwnResource => ("\"[parameters('s0')]\"", "none"),
            Misplaced::HashInIdOfOwnResource => ("\"[uniqueString(parameters('s0'))]\"", "none"),
            Misplaced::DescriptionOfOwnResource => ("own", "\"[base64(parameters('s0'))]\""),
            _ => return String::new(),
        };
        format!(
            "resources:\n  - stage: {}\n    resource:\n      type: Microsoft.Insights/workbooks\n      apiVersion: 2022-04-01\n      \
             name: {name}\n      properties: {{ description: {description} }}\n",
            self.stage
        )
    }

    fn rules(&self) -> String {
        let rules: String = (0..self.rules).map(|i| RULE.replace("{i}", &i.to_string())).collect();
        if rules.is_empty() { rules } else { format!("analyticRules:\n{rules}") }
    }
}

const HEAD: &str = "version: 1
solution:
  name: Orchard
  version: 3.0.0
  publisherId: orchard
  offerId: azure-sentinel-solution-orchard
  summary: Orchard events in Microsoft Sentinel.
  description: Reads Orchard events.
  providers: [Orchard]
  categories: { domains: [Application] }
  support: { name: Orchard, tier: Partner, link: https://orchard.example/support }
  firstPublishDate: 2026-01-15
";

const TABLES: &str = "tables:
  - name: Orchard_CL
    columns: [{ name: TimeGenerated, type: datetime }, { name: Address, type: string }]
connectors:
  - id: Orchard
    title: Orchard
    kind: RestApiPoller
    descriptionMarkdown: Reads Orchard events.
";

const STREAM: &str = "    response: { eventsJsonPaths: [$.events] }
    stream:
      table: Orchard_CL
      columns: [{ name: occurred, type: datetime }, { name: address, type: string }]
      transform: source | project TimeGenerated = occurred, Address = address
";

const RULE: &str = "  - id: rule-{i}
    name: Orchard - Rule {i}
    description: Identifies what happened {i} times.
    severity: Low
    queryFrequency: 1d
    queryPeriod: 1d
    tactics: [Impact]
    relevantTechniques: [T1485]
    query: Orchard_CL | where Address == \"{i}\"
    entityMappings:
      - { entityType: IP, fieldMappings: [{ identifier: Address, columnName: Address }] }
";

/// What a secret looks like in an evaluated template.
const CANARY: &str = "canary-4f1b";

/// The places of the canary in the templates of a bundle, deployed, installed and connected: the members on the way.
fn canaries(bundle: &Bundle) -> Vec<String> {
    let tree = |name: &str| {
        let (_, artifact) = bundle.files.iter().find(|(path, _)| path.ends_with(name)).expect("emitted");
        Tree::of_template(artifact.tree.as_ref().expect("a tree"))
    };
    let place = Place { subscription: "s", tenant: "t", resource_group: "rg", location: "here", deployment: "main" };
    let env = Environment::new(&place);
    let mut values = value::Object::default();
    for name in ["s0", "s1"] {
        values.set(name, given(CANARY.into()));
    }
    for name in ["p0", "place", "workspace", "workspaceName"] {
        values.set(name, given("plain".into()));
    }
    let budget = || Budget::default();
    let deploy = tree("azuredeploy.json");
    let declared = deploy.get("parameters").expect("parameters");
    let own =
        values.iter().filter(|(name, _)| declared.get(name).is_some()).map(|(n, v)| (n.clone(), v.clone())).collect();
    let mut found = Vec::new();
    let deployed = expand(&deploy, Some(&own), &env, &mut budget()).expect("it deploys");
    search(&deployed.to_json(), String::new(), &mut found);
    let mut filled = values.clone();
    portal_values().iter().for_each(|(name, value)| filled.set(name.clone(), value.clone()));
    for content in install(&tree("mainTemplate.json"), &values, &env, &mut budget()).expect("it installs") {
        search(
            &content.activate(&filled, &env, &mut budget()).expect("it connects").to_json(),
            String::new(),
            &mut found,
        );
    }
    found
}

fn search(json: &serde_json::Value, way: String, found: &mut Vec<String>) {
    match json {
        serde_json::Value::String(text) if text.contains(CANARY) => found.push(format!("{way} = {text}")),
        serde_json::Value::Array(items) => items.iter().for_each(|item| search(item, way.clone(), found)),
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                assert!(!name.contains(CANARY), "{way}");
                search(value, format!("{way}/{name}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    // `PROPTEST_CASES=10000` looks longer than the usual 256.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_secret_comes_out_as_a_credential_or_not_at_all(made in made()) {
        let world = MemoryWorld::default().with("sentinel.yaml", made.spec());
        let done = compile(&world, "sentinel.yaml", "sentinel.yaml", &[Target::Arm, Target::Package]);
        let errors: Vec<_> = done.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
        if made.misplaced != Misplaced::No {
            prop_assert!(done.bundle.is_none(), "{}", made.spec());
            // Where a resource's name is its last resort, the other side's copy of it may be told as well.
            prop_assert!(!errors.is_empty() && errors.iter().all(|error| error.rule.code.to_string() == "SG4005"), "{:?}\n{}", errors, made.spec());
            return Ok(());
        }
        prop_assert!(errors.is_empty(), "{:?}\n{}", errors, made.spec());
        let found = canaries(&done.bundle.expect("no error"));
        prop_assert!(found.len() >= 2, "the secret reaches neither side\n{}", made.spec());
        for place in &found {
            let is_credential = place.starts_with("/resources/properties/auth/") || place.starts_with("/resources/properties/request/headers/");
            prop_assert!(is_credential && !place.contains("://"), "{}\n{}", place, made.spec());
        }
    }
}
