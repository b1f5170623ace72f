//! A bundle made by hand, with every kind of input, resource and expression, against the files that it must give.

#[path = "support/expected.rs"]
mod expected;

use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::tree::Tree;
use sentinel_gen::arm::eval::{Environment, Place, expand, value as eval};
use sentinel_gen::arm::parse::{self, Written};
use sentinel_gen::backend::Bundle;
use sentinel_gen::backend::deploy::{emit_arm, emit_bicep, parameters, problems};
use sentinel_gen::bicep;
use sentinel_gen::ir::expr::Function;
use sentinel_gen::ir::graph::{Condition, Graph, Identity, Resource, ResourceKind, Switch, Symbol};
use sentinel_gen::ir::{
    Expr, Input, InputKind, Lineage, Object, RawResource, Solution, SolutionInfo, Stage, Support, Text, Value,
};
use sentinel_gen::source::{FileId, Origin, Span, Spanned};

fn span() -> Span {
    Span::new(FileId(0), 7, 11)
}

fn origin() -> Origin {
    Origin::written(span())
}

fn text(text: &str) -> Text {
    Spanned::new(text.to_owned(), span())
}

fn string(text: &str) -> Value {
    Value::text(text, origin())
}

fn expr(expr: Expr) -> Value {
    Value::expr(expr, origin())
}

fn raw(text: &str) -> Value {
    match parse::string(text) {
        Ok(Written::Expr(parsed)) => expr(Expr::Raw(parsed)),
        Ok(Written::Literal(literal)) => string(&literal),
        Err(error) => panic!("{text}: {error}"),
    }
}

fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let members = members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Value::object(Object { members }, origin())
}

fn array(items: impl IntoIterator<Item = Value>) -> Value {
    Value::array(items.into_iter().collect(), origin())
}

fn input(name: &str, kind: InputKind) -> Input {
    let (description, placeholder) = (None, None);
    Input { name: text(name), label: text(name), description, placeholder, required: true, default: None, kind }
}

fn symbol(name: &str) -> Symbol {
    Symbol(name.to_owned())
}

fn resource(kind: ResourceKind, name: &str, symbol_name: &str, properties: Value) -> Resource {
    Resource {
        symbol: symbol(symbol_name),
        kind,
        name: name.to_owned(),
        kind_member: None,
        condition: None,
        properties,
        depends_on: Vec::new(),
        origin: origin(),
    }
}

fn solution(inputs: Vec<Input>, raw_resources: Vec<RawResource>) -> Solution {
    let info = SolutionInfo {
        span: span(),
        name: text("Contoso's Cloud"),
        version: text("3.0.0"),
        publisher_id: text("contoso"),
        offer_id: text("contoso-offer"),
        author: text("Contoso"),
        author_email: None,
        summary: text("Reads the log of Contoso."),
        description: text(""),
        providers: Vec::new(),
        domains: Vec::new(),
        verticals: Vec::new(),
        support: Support { span: span(), name: text("Contoso"), email: None, tier: text("Partner"), link: None },
        first_publish_date: text("2026-11-22"),
        last_publish_date: None,
        logo: None,
        releases: Vec::new(),
        plan_id: text("plan"),
        keywords: Vec::new(),
        marketplace_categories: Vec::new(),
        privacy_link: None,
        assumed: Vec::new(),
        dependencies: Vec::new(),
        prerequisites: Vec::new(),
        limitations: Vec::new(),
        page_texts: Vec::new(),
    };
    Solution {
        parsers: Vec::new(),
        hunting_queries: Vec::new(),
        watchlists: Vec::new(),
        workbooks: Vec::new(),
        playbooks: Vec::new(),
        custom_detections: Vec::new(),
        sample_data: Vec::new(),
        summary_rules: Vec::new(),
        order: Vec::new(),
        info,
        inputs,
        tables: Vec::new(),
        connectors: Vec::new(),
        analytic_rules: Vec::new(),
        raw_resources,
        unchecked: Vec::new(),
        lineage: Lineage::default(),
    }
}

fn inputs() -> Vec<Input> {
    let choice = InputKind::Choice(vec![(text("eu"), text("Europe")), (text("us"), text("United States"))]);
    vec![
        Input { placeholder: Some(text("my-org")), ..input("orgName", InputKind::Text) },
        Input { description: Some(text("Don't share it")), ..input("accessToken", InputKind::Secret) },
        Input { default: Some(text("https://api.example.com/")), ..input("apiUrl", InputKind::Url) },
        Input { default: Some(text("us")), ..input("region", choice) },
        Input { required: false, ..input("workspace", InputKind::Text) },
        input("unused", InputKind::Text),
    ]
}

const QUERY: &str = "Contoso_CL\n| where Text has \"it's ${dollar}\"\n";

fn properties_of_the_poller() -> Value {
    let given = |name: &str| Expr::Input(name.to_owned());
    let words = |text: &str| Expr::Text(text.to_owned());
    let call = |function, arguments: Vec<Expr>| expr(Expr::Call(function, arguments));
    object([
        ("connectorDefinitionName", expr(Expr::Name(symbol("definition")))),
        ("endpoint", expr(Expr::IngestionEndpoint(symbol("endpoint")))),
        ("rule", expr(Expr::ImmutableId(symbol("rule")))),
        ("url", expr(Expr::Concat(vec![given("apiUrl"), words("/{v1}/$"), given("orgName"), words("/it's")]))),
        ("token", expr(given("accessToken"))),
        ("region", expr(Expr::Concat(vec![given("region")]))),
        ("retries", expr(Expr::Int(3))),
        ("empty?", call(Function::Empty, vec![Expr::Concat(vec![given("workspace"), Expr::Int(7)])])),
        ("trimmed", call(Function::Trim, vec![given("orgName")])),
        ("two words", expr(words("[literal]"))),
        ("copy", string("[also literal]")),
        ("quoted", string("'''\nlines")),
        ("real", Value::new(sentinel_gen::ir::ValueKind::Real(0.5), origin())),
        ("nothing", Value::new(sentinel_gen::ir::ValueKind::Null, origin())),
        ("empty", array([])),
        ("list", array([object([]), object([("on", Value::bool(true, origin()))])])),
        ("ownCall", raw("[concat(uniqueString(resourceGroup().id, 'x'), '-', ParaMeters('ORGname'))]")),
        ("ownLogic", raw("[if(and(equals(1, 2), not(empty(parameters('orgName')))), add(1, 2), json('null'))]")),
        ("ownParts", raw("[createObject('a', createArray(true(), -1), 'b c', format('{{{0}}}', toLower('X')))]")),
    ])
}

fn graph() -> Graph {
    let mut rule = resource(
        ResourceKind::DataCollectionRule,
        "ContosoDCR",
        "rule",
        object([
            ("dataCollectionEndpointId", expr(Expr::Id(symbol("endpoint")))),
            ("workspaceResourceId", expr(Expr::WorkspaceId)),
            ("transformKql", string("source\n| extend A = 'b'")),
        ]),
    );
    rule.depends_on = vec![symbol("endpoint"), symbol("table")];
    let mut poller = resource(ResourceKind::DataConnector, "ContosoPoller", "poller", properties_of_the_poller());
    poller.kind_member = Some("RestApiPoller".to_owned());
    poller.depends_on = vec![symbol("table"), symbol("definition"), symbol("endpoint")];
    let mut alert = resource(ResourceKind::AlertRule, "0b0b", "alert", object([("query", string(QUERY))]));
    alert.kind_member = Some("Scheduled".to_owned());
    alert.condition = Some(Condition::Switch(Switch::EnableAnalyticRules));
    let mut definition = resource(ResourceKind::ConnectorDefinition, "ContosoDefinition", "definition", object([]));
    definition.kind_member = Some("Customizable".to_owned());
    let nothing = || object([]);
    Graph {
        resources: vec![
            resource(ResourceKind::Table, "Contoso_CL", "table", nothing()),
            resource(ResourceKind::Table, "Contoso2_CL", "Table", nothing()),
            resource(ResourceKind::DataCollectionEndpoint, "ContosoDCE", "endpoint", nothing()),
            rule,
            definition,
            poller,
            alert,
        ],
        ..Graph::default()
    }
}

fn raw_resources() -> Vec<RawResource> {
    let body = |ty: &'static str, name: &str, more: Vec<(&'static str, Value)>| {
        let head = [("type", string(ty)), ("apiVersion", string("2023-09-01")), ("name", raw(name))];
        RawResource { stage: Stage::Deploy, body: object(head.into_iter().chain(more)) }
    };
    let rule = "[resourceId('Microsoft.Insights/dataCollectionRules', 'ContosoDCR')]";
    let workspace = "[concat('Microsoft.OperationalInsights/workspaces/', parameters('workspaceName'))]";
    vec![
        body(
            "Microsoft.OperationalInsights/workspaces/savedSearches",
            "[concat(parameters('workspaceName'), '/Contoso')]",
            vec![("dependsOn", array([raw(rule)])), ("properties", object([("query", string("Contoso_CL"))]))],
        ),
        body(
            "Microsoft.SecurityInsights/watchlists",
            "Contoso",
            vec![("scope", raw(workspace)), ("condition", raw("[parameters('enableAnalyticRules')]"))],
        ),
        RawResource { stage: Stage::Install, ..body("Microsoft.Insights/workbooks", "elsewhere", Vec::new()) },
    ]
}

#[test]
fn files_of_a_bundle_are_as_expected() {
    let solution = solution(inputs(), raw_resources());
    let mut bundle = Bundle::default();
    emit_arm(&solution, &graph(), &mut bundle);
    emit_bicep(&solution, &graph(), &mut bundle);
    assert_eq!(bundle.files.len(), 4);
    for (path, artifact) in &bundle.files {
        let made = String::from_utf8_lossy(&artifact.bytes);
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path);
        expected::expect(&file, &made);
    }
}

#[test]
fn the_bicep_file_is_read_by_an_independent_parser() {
    let solution = solution(inputs(), raw_resources());
    let mut bundle = Bundle::default();
    emit_bicep(&solution, &graph(), &mut bundle);
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&tree_sitter_bicep::LANGUAGE.into()).expect("the grammar fits the parser");
    // The grammar has no parameter files.
    let tree = parser.parse(&bundle.files["deploy/main.bicep"].bytes, None).expect("no time limit is set");
    assert!(!tree.root_node().has_error(), "{}", tree.root_node().to_sexp());
}

#[test]
fn a_secret_is_in_no_variable_and_in_no_example() {
    let secret = Input { default: Some(text("hunter2")), ..input("accessToken", InputKind::Secret) };
    let graph = Graph {
        resources: vec![resource(
            ResourceKind::DataConnector,
            "x",
            "x",
            object([("token", expr(Expr::Input("accessToken".to_owned())))]),
        )],
        ..Graph::default()
    };
    let solution = solution(vec![secret], Vec::new());
    let mut bundle = Bundle::default();
    emit_arm(&solution, &graph, &mut bundle);
    emit_bicep(&solution, &graph, &mut bundle);
    let template = String::from_utf8_lossy(&bundle.files["deploy/azuredeploy.json"].bytes);
    assert!(!template.contains("\"variables\""), "{template}");
    let holders = bundle.files.iter().filter(|(_, file)| String::from_utf8_lossy(&file.bytes).contains("hunter2"));
    let holders: Vec<_> = holders.map(|(path, _)| path.as_str()).collect();
    // Only the templates that put the author's own default in.
    assert_eq!(holders, ["deploy/azuredeploy.json", "deploy/main.bicep"]);
}

#[test]
fn parameters_are_those_that_are_used() {
    let choice = InputKind::Choice(vec![(text("eu"), text("Europe"))]);
    let optional = |name: &str, kind| Input { required: false, ..input(name, kind) };
    let solution = solution(
        vec![
            optional("note", InputKind::Text),
            optional("key", InputKind::Secret),
            optional("region", choice),
            input("unused", InputKind::Text),
        ],
        Vec::new(),
    );
    let given = ["note", "key", "region"].map(|name| expr(Expr::Input(name.to_owned())));
    let body = object([("given", array(given))]);
    let graph = Graph { resources: vec![resource(ResourceKind::DataConnector, "x", "x", body)], ..Graph::default() };
    let parameters = parameters(&solution, &graph);
    let summary: Vec<_> =
        parameters.iter().map(|p| (p.name.as_str(), p.secret, p.default.clone(), p.min_length)).collect();
    let empty = Some(bicep::Expr::text(""));
    assert_eq!(
        summary,
        [
            ("workspaceName", false, None, Some(4)),
            ("note", false, empty.clone(), None),
            ("key", true, empty, None),
            ("region", false, None, None),
        ]
    );
}

/// Two connectors whose lists show other inputs, one of them with two pollers.
fn connections() -> (Solution, Graph) {
    let solution = solution(
        vec![
            input("site", InputKind::Text),
            Input { default: Some(text("https://api.example.com/")), ..input("apiUrl", InputKind::Url) },
            input("queue", InputKind::Text),
            input("accessToken", InputKind::Secret),
        ],
        Vec::new(),
    );
    let token = || object([("token", expr(Expr::Input("accessToken".to_owned())))]);
    let poller = |name: &str| resource(ResourceKind::DataConnector, name, name, token());
    let identity = |name: &str, inputs: &[&str]| Identity {
        connection: symbol(name),
        inputs: inputs.iter().map(|&name| name.to_owned()).collect(),
        origin: origin(),
    };
    let graph = Graph {
        resources: ["Users", "Groups", "Queue", "Only"].map(poller).into(),
        identities: vec![
            identity("Users", &["site", "apiUrl"]),
            identity("Groups", &["site", "apiUrl"]),
            identity("Queue", &["queue"]),
        ],
        ..Graph::default()
    };
    (solution, graph)
}

/// Names of the connections that a deployment with these values makes.
fn connected(solution: &Solution, graph: &Graph, values: &[(&str, &str)]) -> Vec<String> {
    let mut bundle = Bundle::default();
    emit_arm(solution, graph, &mut bundle);
    let template = Tree::of_template(bundle.files["deploy/azuredeploy.json"].tree.as_ref().expect("a template"));
    let mut given = eval::Object::default();
    for (name, value) in [("workspaceName", "ws-prod")].iter().chain(values) {
        let mut member = eval::Object::default();
        member.set("value", eval::Value::text(*value));
        given.set(*name, eval::Value::object(member));
    }
    let place =
        Place { subscription: "s", tenant: "t", resource_group: "rg", location: "westeurope", deployment: "main" };
    let made = expand(&template, Some(&given), &Environment::new(&place), &mut Budget::default());
    made.expect("the template is sound").resources.iter().map(|resource| resource.name.to_string()).collect()
}

#[test]
fn connections_are_told_apart_by_what_their_lists_show() {
    let (solution, graph) = connections();
    let made = |site: &str, url: &str, queue: &str, token: &str| {
        connected(&solution, &graph, &[("site", site), ("apiUrl", url), ("queue", queue), ("accessToken", token)])
    };
    let first = made("a", "https://x", "q", "t");
    assert_eq!(first[3], "Only", "no identity, no other name");
    assert_eq!(first[0].trim_start_matches("Users"), first[1].trim_start_matches("Groups"));
    assert_ne!(first[0].trim_start_matches("Users"), first[2].trim_start_matches("Queue"));
    assert_eq!(first, made("a", "https://x/", "q", "another"), "a closing slash and a new token change nothing");
    let other = made("b", "https://x", "q", "t");
    assert!(first[..2].iter().zip(&other).all(|(one, two)| one != two), "{first:?} {other:?}");
    assert_eq!(first[2..], other[2..]);
    assert_ne!(made("a-b", "c", "q", "t")[0], made("a", "b-c", "q", "t")[0]);
}

#[test]
fn a_connection_is_called_as_whoever_deploys_says() {
    let (solution, graph) = connections();
    let values = [("site", "a"), ("queue", "q"), ("accessToken", "t"), ("connectionName", "emea")];
    assert_eq!(connected(&solution, &graph, &values), ["Users-emea", "Groups-emea", "Queue-emea", "Only"]);
}

/// One connection that nothing tells apart makes the name one that must be given.
#[test]
fn a_name_is_asked_for_where_nothing_else_tells_connections_apart() {
    let named = |graph: &Graph, solution: &Solution| {
        let found = parameters(solution, graph).into_iter().find(|parameter| parameter.name == "connectionName");
        found.map(|parameter| (parameter.default.is_none(), parameter.min_length, parameter.max_length))
    };
    let (solution, mut graph) = connections();
    assert_eq!(named(&graph, &solution), Some((false, None, Some(36))));
    graph.identities[2].inputs.clear();
    assert_eq!(named(&graph, &solution), Some((true, Some(1), Some(36))));
    let values = [("site", "a"), ("accessToken", "t"), ("connectionName", "emea")];
    assert_eq!(connected(&solution, &graph, &values), ["Users-emea", "Groups-emea", "Queue-emea", "Only"]);
    graph.identities.clear();
    assert_eq!(named(&graph, &solution), None);
}

#[test]
fn what_both_languages_cannot_say_is_reported() {
    let body = |members: Vec<(&'static str, Value)>| RawResource { stage: Stage::Deploy, body: object(members) };
    let valid = [("type", string("A.B/cs")), ("apiVersion", string("2026-01-01")), ("name", string("c"))];
    let with = |members: Vec<(&'static str, Value)>| body(valid.clone().into_iter().chain(members).collect());
    let cases = [
        (with(Vec::new()), vec![]),
        (
            with(vec![(
                "dependsOn",
                array([raw("[resourceId('Microsoft.Insights/dataCollectionRules', 'ContosoDCR')]")]),
            )]),
            vec![],
        ),
        (body(Vec::new()), vec!["`type`", "`apiVersion`", "`name`"]),
        (body(vec![("type", raw("[concat('A.B', '/cs')]")), ("name", string("c"))]), vec!["`type`", "`apiVersion`"]),
        (with(vec![("scope", raw("[resourceId('A.B/ds', 'd')]"))]), vec!["the scope is no resource"]),
        (with(vec![("dependsOn", array([string("d")]))]), vec!["`dependsOn` names something"]),
        (with(vec![("copy", object([])), ("resources", array([]))]), vec!["`copy`", "`resources`"]),
        (with(vec![("properties", object([("copy", array([]))]))]), vec!["a loop"]),
        (with(vec![("properties", object([("copy", string("fine"))]))]), vec![]),
        (with(vec![("kind", raw("[parameters('nobody')]"))]), vec!["`nobody`; it has orgName"]),
        (with(vec![("kind", raw("[concat('x', copyIndex())]"))]), vec!["`copyIndex` is no function"]),
    ];
    for (resource, expected) in cases {
        let shown = format!("{:?}", resource.body);
        let found = problems(&solution(inputs(), vec![resource]), &graph());
        assert_eq!(found.len(), expected.len(), "{found:?} in {shown}");
        for (problem, part) in found.iter().zip(expected) {
            assert!(problem.message.contains(part), "{} has no {part}", problem.message);
        }
    }
}
