//! Properties of the evaluator: no template, however odd, does harm. `PROPTEST_CASES=100000` looks longer than the usual 256.

use proptest::prelude::*;
use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::fault::{Fault, Kind};
use sentinel_gen::arm::eval::tree::Tree;
use sentinel_gen::arm::eval::{Environment, Expansion, Place, expand, functions};
use sentinel_gen::arm::print::to_json;
use sentinel_gen::arm::{Expr, Node, Object, Value, read};
use sentinel_gen::source::{FileId, Span};
use serde_json::json;

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

fn environment() -> Environment {
    Environment::new(&Place {
        subscription: "00000000-0000-0000-0000-0000000000a1",
        tenant: "00000000-0000-0000-0000-0000000000b2",
        resource_group: "rg",
        location: "westeurope",
        deployment: "main",
    })
}

fn evaluated(tree: &Tree) -> Result<Expansion, Vec<Fault>> {
    expand(tree, None, &environment(), &mut Budget::default())
}

fn is_in(text: &str, span: Span) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}

/// Reads and evaluates any text; every place must be in it.
fn harmless(text: &str) -> Result<(), TestCaseError> {
    match read::template(text, FileId(0)) {
        Ok(read) => {
            for fault in evaluated(&read.tree).err().unwrap_or_default() {
                prop_assert!(fault.origin.is_none_or(|origin| is_in(text, origin.span)), "{fault:?}");
            }
            prop_assert!(read.slack.iter().all(|(_, span)| is_in(text, *span)));
        }
        Err(error) => prop_assert!(is_in(text, error.span), "{error:?}"),
    }
    Ok(())
}

fn fixtures() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/arm/templates");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("readable").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).filter(|text| text.len() < 5_000).collect()
}

/// An expression of every function there is, with any number of any arguments.
fn any_expression() -> impl Strategy<Value = Expr> {
    let names: Vec<&str> = functions::all().map(|function| function.name).filter(|name| *name != "list*").collect();
    let leaf = prop_oneof![
        "[a-z0-9/{}:.,-]{0,6}".prop_map(Expr::Text),
        prop::sample::select(vec!["x", "y", "P1D", "{0}", "10.0.0.0/16", "yyyy", "Microsoft.Insights/components"])
            .prop_map(Expr::text),
        any::<i64>().prop_map(Expr::Int),
        (-3..20i64).prop_map(Expr::Int),
    ];
    leaf.prop_recursive(5, 40, 4, move |inner| {
        let call = (prop::sample::select(names.clone()), prop::collection::vec(inner.clone(), 0..4))
            .prop_map(|(name, arguments)| Expr::call(name, arguments));
        let lambda =
            (call.clone(), prop::sample::select(vec!["map", "filter", "sort", "groupBy", "toObject", "mapValues"]))
                .prop_map(|(body, name)| {
                    let lambda = Expr::call("lambda", [Expr::text("v"), body]);
                    Expr::call(name, [Expr::call("range", [Expr::Int(0), Expr::Int(9)]), lambda])
                });
        prop_oneof![4 => call.clone(), 1 => lambda, 1 => call.prop_map(|call| call.member("id"))]
    })
}

/// A tree as a build makes them, with texts that look like expressions.
fn any_node() -> impl Strategy<Value = Node> {
    let text = prop_oneof!["\\PC{0,6}", Just("[x]".to_owned()), Just("[[x]".to_owned()), Just("[".to_owned())];
    let leaf = prop_oneof![
        text.clone().prop_map(Node::fixed),
        any::<bool>().prop_map(Node::fixed),
        any::<i64>().prop_map(Node::fixed),
        (0..3u8).prop_map(|delay| Node::fixed(Value::Expr { delay, expr: Expr::call("concat", [Expr::text("a]")]) })),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let members = prop::collection::vec((text.clone(), inner.clone()), 0..4).prop_map(|members| {
            members.into_iter().fold(Object::new(), |object, (name, node)| object.with(name, node))
        });
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Node::fixed),
            members.clone().prop_map(Node::fixed),
            members.prop_map(|members| Node::fixed(Value::Template(members))),
        ]
    })
}

fn template(variables: serde_json::Value, outputs: serde_json::Value) -> String {
    json!({ "$schema": SCHEMA, "contentVersion": "1.0.0.0", "variables": variables, "resources": [], "outputs": outputs })
        .to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_does_harm(text in "[\\PC\\s]{0,60}", noise in "[\\[\\]{}:,\"'/*a-c0-9.\\\\ \n-]{0,60}") {
        harmless(&text)?;
        harmless(&noise)?;
    }

    #[test]
    fn no_damaged_template_does_harm(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..12usize, "[\\[\\]{}(),:\"'a0]{0,2}"), 1..5),
    ) {
        let fixtures = fixtures();
        let mut chars: Vec<char> = which.get(&fixtures).chars().collect();
        for (at, cut, put) in edits {
            let start = at.index(chars.len().max(1)).min(chars.len());
            let end = (start + cut).min(chars.len());
            chars.splice(start..end, put.chars());
        }
        harmless(&chars.into_iter().collect::<String>())?;
    }

    #[test]
    fn no_expression_does_harm(expressions in prop::collection::vec(any_expression(), 1..4)) {
        let outputs: serde_json::Map<String, serde_json::Value> = expressions
            .iter()
            .enumerate()
            .map(|(n, expr)| {
                let text = format!("[{}]", sentinel_gen::arm::print::expression_text(expr));
                (format!("o{n}"), json!({ "type": "string", "value": text }))
            })
            .collect();
        harmless(&template(json!({}), outputs.into()))?;
    }

    /// What a build is about to print needs no printing to be evaluated: the tree is read as its text would be.
    #[test]
    fn a_tree_is_read_as_its_text(node in any_node()) {
        let text = to_json(&node, 1).to_string();
        let read = read::template(&text, FileId(0)).expect("what is printed is JSON").tree;
        prop_assert_eq!(shape(&Tree::of_template(&node)), shape(&read));
    }
}

/// A tree without its places.
fn shape(tree: &Tree) -> String {
    use sentinel_gen::arm::eval::tree::Form;
    match &tree.form {
        Form::Array(items) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(",")),
        Form::Object(members) => {
            let members = members.iter().map(|member| format!("{:?}:{}", member.name, shape(&member.tree)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        leaf => format!("{leaf:?}"),
    }
}

/// The kinds of the faults of a template.
fn kinds(text: &str) -> Vec<Kind> {
    let read = read::template(text, FileId(0)).expect("it is JSON");
    evaluated(&read.tree).err().unwrap_or_default().into_iter().map(|fault| fault.kind).collect()
}

/// On a test's stack of 2 MiB, without optimization: what is deep is refused before the stack ends.
#[test]
fn nothing_is_too_deep_for_the_stack() {
    let nested = |open: &str, close: &str, n: usize| format!("{}1{}", open.repeat(n), close.repeat(n));
    // Each variable waits for the next one, from deep within its expression.
    let chain: serde_json::Map<String, serde_json::Value> = (0..256)
        .map(|n| {
            let next = format!("variables('v{}')", (n + 1) % 512);
            (format!("v{n}"), json!(format!("[{}{next}{}]", "createArray(".repeat(80), ")".repeat(80))))
        })
        .chain([("v256".to_owned(), json!(1))])
        .collect();
    assert_eq!(kinds(&template(chain.into(), json!({}))), [Kind::Bound]);
    // The other way round, nothing waits, but the value gets deeper and deeper.
    let growing: serde_json::Map<String, serde_json::Value> = (0..256)
        .map(|n| {
            let last = if n == 0 { "1".to_owned() } else { format!("variables('v{}')", n - 1) };
            (format!("v{n}"), json!(format!("[{}{last}{}]", "createArray(".repeat(80), ")".repeat(80))))
        })
        .collect();
    assert_eq!(kinds(&template(growing.into(), json!({}))), [Kind::Bound]);
    let reduce = "[reduce(range(0, 9000), 0, lambda('a', 'b', createArray(lambdaVariables('a'))))]";
    assert_eq!(kinds(&template(json!({}), json!({ "o": { "type": "array", "value": reduce } }))), [Kind::Bound]);
    let parsed = format!("[json('{}')]", nested("[", "]", 20_000));
    assert!(!kinds(&template(json!({ "v": parsed }), json!({}))).is_empty());
    assert!(read::template(&nested("[", "]", 200_000), FileId(0)).is_err());
}

/// What is large but no more than a file may hold must not be searched through again and again: the searches are counted.
#[test]
fn nothing_takes_the_square_of_its_size() {
    let many = 40_000;
    let object: serde_json::Map<String, serde_json::Value> = (0..many).map(|n| (format!("m{n}"), json!(n))).collect();
    let reads: Vec<String> = (0..many).map(|n| format!("[variables('o').m{n}]")).collect();
    assert_eq!(kinds(&template(json!({ "o": object, "r": reads }), json!({}))), [Kind::Bound]);
    let computed: serde_json::Map<String, serde_json::Value> =
        (0..many).map(|n| (format!("[concat('m', '{n}')]"), json!(n))).collect();
    assert_eq!(kinds(&template(json!({ "o": computed }), json!({}))), [Kind::Bound]);
    // Beyond the count that a deployment takes, nothing is looked at.
    let variables: serde_json::Map<String, serde_json::Value> =
        (0..many).map(|n| (format!("v{n}"), json!(n))).collect();
    assert_eq!(kinds(&template(variables.into(), json!({}))), [Kind::Limit]);
    let loops: Vec<_> = (0..many).map(|n| json!({ "name": format!("v{n}"), "count": 1, "input": 1 })).collect();
    assert_eq!(kinds(&template(json!({ "copy": loops }), json!({}))), [Kind::Limit]);
    let resource =
        |n: i32| json!({ "type": "A.B/c", "apiVersion": "1", "name": format!("n{n}"), "dependsOn": vec!["gone"; 50] });
    let resources: Vec<_> = (0..many / 10).map(resource).collect();
    let text = json!({ "$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": resources }).to_string();
    assert_eq!(kinds(&text), [Kind::Limit]);
    let broken: Vec<_> =
        (0..many).map(|n| json!({ "type": "A.B/c", "apiVersion": "1", "name": format!("n/{n}") })).collect();
    let text = json!({ "$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": broken }).to_string();
    assert_eq!(kinds(&text).len(), 100, "enough to correct at once");
}

/// A few lines that say more than any memory holds.
#[test]
fn nothing_grows_without_bound() {
    let doubling = |each: &dyn Fn(usize) -> String| {
        let variables: serde_json::Map<String, serde_json::Value> =
            (0..100).map(|n| (format!("v{n}"), json!(if n == 0 { "x".to_owned() } else { each(n - 1) }))).collect();
        kinds(&template(variables.into(), json!({})))
    };
    assert_eq!(doubling(&|n| format!("[concat(variables('v{n}'), variables('v{n}'))]")), [Kind::Bound]);
    // Shared, it needs no memory; printed, it would need all of it.
    assert_eq!(doubling(&|n| format!("[createArray(variables('v{n}'), variables('v{n}'))]")), [Kind::Bound]);
    assert_eq!(doubling(&|n| format!("[createObject('a', variables('v{n}'), 'b', variables('v{n}'))]")), [Kind::Bound]);
    let properties = "[map(range(0, 10000), lambda('n', range(0, 10000)))]";
    let big = json!({ "type": "A.B/c", "apiVersion": "1", "name": "n", "properties": properties });
    let text = json!({ "$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [big] }).to_string();
    assert_eq!(kinds(&text), [Kind::Bound]);
    let shared = "[map(range(0, 10000), lambda('n', variables('a')))]";
    let text = json!({
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "variables": { "a": "[range(0, 10000)]" },
        "resources": [{ "type": "A.B/c", "apiVersion": "1", "name": "n", "properties": { "all": shared } }],
    });
    assert_eq!(kinds(&text.to_string()), [Kind::Bound]);
    let equal = "[equals(variables('a'), variables('b'))]";
    let padded = "[length(padLeft(join(map(range(0, 10000), lambda('n', padLeft('', 9999))), ''), 10))]";
    for output in [equal, padded] {
        let text = template(json!({ "a": 1, "b": 2 }), json!({ "o": { "type": "int", "value": output } }));
        assert!(kinds(&text).iter().all(|kind| *kind == Kind::Bound), "{output}");
    }
}
