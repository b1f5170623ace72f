//! The evaluator of templates: what functions give, as a file.

use sentinel_gen::arm::Expr;
use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::fault::Fault;
use sentinel_gen::arm::eval::functions::{self, Kind};
use sentinel_gen::arm::eval::value::Value;
use sentinel_gen::arm::parse;
use std::collections::BTreeSet;
use std::path::Path;

/// A call as the file writes it, and what it has to give.
struct Case {
    line: usize,
    call: String,
    /// The JSON, or a part of the fault's message.
    expected: Result<serde_json::Value, String>,
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/arm/functions.txt");
    let text = std::fs::read_to_string(path).expect("the cases are there");
    let mut cases = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        // A call ends with its bracket; what stands behind may hold brackets, too.
        let (call, expected) = match line.split_once(") = ") {
            Some((call, json)) => {
                (call, Ok(serde_json::from_str(json).unwrap_or_else(|e| panic!("line {}: {e}", at + 1))))
            }
            None => {
                let (call, part) = line.split_once(") ! ").unwrap_or_else(|| panic!("line {}: {line}", at + 1));
                (call, Err(part.to_owned()))
            }
        };
        cases.push(Case { line: at + 1, call: format!("{call})"), expected });
    }
    cases
}

fn evaluate(expr: &Expr) -> Result<Value, Fault> {
    match expr {
        Expr::Text(text) => Ok(text.as_str().into()),
        Expr::Int(int) => Ok(Value::Int(*int)),
        Expr::Call(name, arguments) => {
            let function = functions::lookup(name).unwrap_or_else(|| panic!("no function {name}"));
            let arguments: Result<Vec<_>, _> = arguments.iter().map(evaluate).collect();
            function.call(&arguments?, &mut Budget::default()).unwrap_or_else(|| panic!("{name} needs a template"))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn functions_give_what_the_file_says() {
    let mut wrong = Vec::new();
    for case in cases() {
        let expr = parse::expression(&case.call).unwrap_or_else(|error| panic!("line {}: {error}", case.line));
        let result = evaluate(&expr).map(|value| value.to_json()).map_err(|fault| fault.message);
        let fits = match (&result, &case.expected) {
            (Ok(value), Ok(expected)) => value == expected,
            (Err(message), Err(part)) => message.contains(part.as_str()),
            _ => false,
        };
        if !fits {
            wrong.push(format!("line {}: {} gives {result:?}", case.line, case.call));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_function_has_a_case() {
    let called: BTreeSet<String> =
        cases().iter().map(|case| case.call.split('(').next().unwrap_or_default().to_owned()).collect();
    let pure = functions::all().filter(|function| !matches!(function.kind, Kind::Special(_)));
    let without: Vec<_> = pure.map(|function| function.name).filter(|name| !called.contains(*name)).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// What only a deployment knows stays so, whatever is made of it; equal calls are equal, and nothing else is decided.
#[test]
fn what_is_not_known_is_not_guessed() {
    let key = || Value::Opaque("listKeys(id,2023-01-01).value".into());
    let other = || Value::Opaque("reference(id)".into());
    let list = |items: Vec<Value>| Value::array(items);
    let cases = [
        ("concat", vec!["k=".into(), key()], Some("k=listKeys(id,2023-01-01).value")),
        ("format", vec!["k={0}".into(), key()], Some("k=listKeys(id,2023-01-01).value")),
        ("join", vec![list(vec!["a".into(), other()]), "/".into()], Some("a/reference(id)")),
        ("string", vec![other()], Some("reference(id)")),
        ("string", vec![list(vec![other()])], Some("[\"reference(id)\"]")),
        ("toLower", vec![key()], Some("toLower(listKeys(id,2023-01-01).value)")),
        ("tryGet", vec![other(), "a".into()], Some("tryGet(reference(id),a)")),
        ("equals", vec![key(), other()], Some("equals(listKeys(id,2023-01-01).value,reference(id))")),
        ("equals", vec![key(), "x".into()], Some("equals(listKeys(id,2023-01-01).value,x)")),
        ("equals", vec![key(), key()], None),
        ("equals", vec![list(vec![1.into(), key()]), list(vec![2.into(), other()])], None),
        ("contains", vec![list(vec![other()]), "x".into()], Some("contains([\"reference(id)\"],x)")),
        ("contains", vec![list(vec![other(), "x".into()]), "x".into()], None),
        ("indexOf", vec![list(vec![other(), "x".into()]), "x".into()], Some("indexOf([\"reference(id)\",\"x\"],x)")),
        ("contains", vec![list(vec!["x".into(), other()]), "x".into()], None),
        (
            "union",
            vec![list(vec![key()]), list(vec![other()])],
            Some("union([\"listKeys(id,2023-01-01).value\"],[\"reference(id)\"])"),
        ),
        ("createArray", vec![key()], None),
        ("length", vec![list(vec![key()])], None),
        ("array", vec![other()], Some("array(reference(id))")),
    ];
    for (name, arguments, shown) in cases {
        let function = functions::lookup(name).expect(name);
        let value = function.call(&arguments, &mut Budget::default()).expect(name).expect(name);
        let opaque = if let Value::Opaque(text) = &value { Some(&**text) } else { None };
        assert_eq!(opaque, shown, "{name}");
    }
}
