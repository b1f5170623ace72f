//! Both notations of expressions, side by side, and the layout of files.

use super::*;
use crate::arm;
use proptest::prelude::*;

fn meanings() -> Meanings {
    let id = arm::Expr::call("resourceId", [arm::Expr::text("A.B/cs"), arm::Expr::text("c")]);
    let resource = |name: &str| Meaning::Resource {
        ty: "A.B/cs".to_owned(),
        api_version: "2026-01-01".to_owned(),
        id: id.clone(),
        name: Expr::text(name),
    };
    let entries = [("p", Meaning::Parameter), ("v", Meaning::Variable), ("r", resource("c"))];
    entries.into_iter().map(|(name, meaning)| (name.to_owned(), meaning)).collect()
}

fn arm_text(expr: &Expr) -> String {
    arm::print::expression_text(&arm_form::expression(expr, &meanings()))
}

fn bicep_text(expr: &Expr) -> String {
    let vars = vec![Var { name: "x".to_owned(), value: expr.clone() }];
    let text = file(&File { vars, ..File::default() });
    text.strip_prefix("var x = ").and_then(|text| text.strip_suffix('\n')).map(str::to_owned).unwrap_or(text)
}

fn p() -> Expr {
    Expr::name("p")
}

fn r() -> Expr {
    Expr::name("r")
}

#[test]
fn expressions_have_a_form_in_both_languages() {
    let minus = |l, r| Expr::binary(Operator::Subtract, l, r);
    let equal = |l, r| Expr::binary(Operator::Equal, l, r);
    let and = |l, r| Expr::binary(Operator::And, l, r);
    let cases = [
        (Expr::text("it's\t${x} \\"), r"'it\'s\t\${x} \\'", "'it''s\t${x} \\'"),
        (Expr::text("a\u{202e}\u{7}"), r"'a\u{202e}\u{7}'", "'a\u{202e}\u{7}'"),
        (Expr::Int(-5), "-5", "-5"),
        (Expr::Int(5_000_000_000), "5000000000", "json('5000000000')"),
        (Expr::Null, "null", "null()"),
        (p(), "p", "parameters('p')"),
        (Expr::name("v"), "v", "variables('v')"),
        (Expr::interpolation([Expr::text("{a}$"), p()]), "'{a}$${p}'", "format('{{a}}${0}', parameters('p'))"),
        (Expr::interpolation([p()]), "p", "parameters('p')"),
        (
            Expr::interpolation([Expr::call("length", [p()])]),
            "'${length(p)}'",
            "format('{0}', length(parameters('p')))",
        ),
        (r().member("id"), "r.id", "resourceId('A.B/cs', 'c')"),
        (r().member("name"), "r.name", "'c'"),
        (r().member("type"), "r.type", "'A.B/cs'"),
        (r().member("apiVersion"), "r.apiVersion", "'2026-01-01'"),
        (
            r().member("properties").member("a b"),
            "r.properties['a b']",
            "reference(resourceId('A.B/cs', 'c'), '2026-01-01')['a b']",
        ),
        (r().member("tags"), "r.tags", "reference(resourceId('A.B/cs', 'c'), '2026-01-01', 'full').tags"),
        (Expr::Index(Box::new(Expr::name("v")), Box::new(Expr::Int(0))), "v[0]", "variables('v')[0]"),
        (Expr::text("x").member("y"), "'x'.y", "string('x').y"),
        (minus(minus(p(), Expr::Int(1)), Expr::Int(2)), "p - 1 - 2", "sub(sub(parameters('p'), 1), 2)"),
        (minus(p(), minus(Expr::Int(1), Expr::Int(2))), "p - (1 - 2)", "sub(parameters('p'), sub(1, 2))"),
        (
            and(equal(p(), Expr::Null), Expr::Not(Box::new(and(p(), p())))),
            "p == null && !(p && p)",
            "and(equals(parameters('p'), null()), not(and(parameters('p'), parameters('p'))))",
        ),
        (
            Expr::binary(Operator::NotEqual, Expr::ternary(p(), Expr::Int(1), Expr::Int(2)), Expr::Int(3)),
            "(p ? 1 : 2) != 3",
            "not(equals(if(parameters('p'), 1, 2), 3))",
        ),
        (
            Expr::call(
                "f",
                [Expr::object([("a".to_owned(), Expr::Bool(true)), ("b c".to_owned(), Expr::Array(vec![]))])],
            ),
            "f({ a: true, 'b c': [] })",
            "f(createObject('a', true(), 'b c', createArray()))",
        ),
    ];
    for (expr, bicep, arm) in cases {
        assert_eq!(bicep_text(&expr), bicep);
        assert_eq!(arm_text(&expr), arm, "{bicep}");
    }
}

#[test]
fn values_of_a_template_are_json_where_they_can_be() {
    let tree = Expr::object([
        ("list".to_owned(), Expr::Array(vec![Expr::Int(1), Expr::Bool(false), Expr::Null])),
        ("name".to_owned(), r().member("name")),
        ("text".to_owned(), Expr::text("[x]")),
        ("big".to_owned(), Expr::Int(5_000_000_000)),
        ("given".to_owned(), p()),
    ]);
    let printed = arm::print::to_json(&arm_form::value(&tree, &meanings()).into(), 1);
    let expected = serde_json::json!({
        "list": [1, false, null], "name": "c", "text": "[[x]", "big": 5_000_000_000_i64, "given": "[parameters('p')]"
    });
    assert_eq!(printed, expected);
}

#[test]
fn arm_expressions_are_rewritten_in_bicep() {
    let cases = [
        ("Parameters('P')", "p"),
        ("variables('unknown')", "unknown"),
        ("concat('a', parameters('p'), 'b', 1)", "'a${p}b1'"),
        ("concat(parameters('p'))", "p"),
        ("concat(reference('x').a, reference('x').b)", "concat(reference('x').a, reference('x').b)"),
        ("format('{0}/{{x}}/{1}', parameters('p'), 'y')", "'${p}/{x}/y'"),
        ("format('{0:N2}', 5)", "format('{0:N2}', 5)"),
        ("format('{1}', 5)", "format('{1}', 5)"),
        ("if(not(equals(1, 2)), true(), json(' null '))", "1 != 2 ? true : null"),
        ("or(less(1, 2), greaterOrEquals(3, 4), false())", "1 < 2 || 3 >= 4 || false"),
        ("coalesce(parameters('p'), 'x')", "p ?? 'x'"),
        ("mod(add(1, 2), 3)", "(1 + 2) % 3"),
        ("createArray('a', 1)", "[\n  'a'\n  1\n]"),
        ("createObject('a', 1, parameters('p'), 2)", "{\n  a: 1\n  '${p}': 2\n}"),
        ("RESOURCEGROUP().location", "resourceGroup().location"),
        ("listKeys(resourceId('a/b', 'c'), '1').keys[0]", "listKeys(resourceId('a/b', 'c'), '1').keys[0]"),
    ];
    for (text, bicep) in cases {
        let parsed = arm::parse::expression(text).expect(text);
        assert_eq!(bicep_text(&from_arm::expression(&parsed, &["p", "v"])), bicep, "{text}");
    }
    for (name, known) in [("listKeys", true), ("TOLOWER", true), ("and", true), ("copyIndex", false), ("x.y", false)] {
        assert_eq!(from_arm::is_known(name), known, "{name}");
    }
}

#[test]
fn several_lines_stand_as_they_are_where_they_can() {
    let cases = [
        ("a\nb's ${x}\n", "'''\na\nb's ${x}\n'''"),
        ("\na\n", "'''\n\na\n'''"),
        ("a\n\tb", "'''\na\n\tb'''"),
        ("a\nb'", r"'a\nb\''"),
        ("'''\n", r"'\'\'\'\n'"),
        ("a\r\nb", r"'a\r\nb'"),
        ("a\n\u{feff}b", r"'a\n\u{feff}b'"),
    ];
    for (text, printed) in cases {
        assert_eq!(bicep_text(&Expr::text(text)), printed);
    }
}

#[test]
fn names_are_quoted_only_where_they_must_be() {
    let names = ["a", "_b1", "for", "true", "two words", "1st", "é", "it's", ""];
    let quoted: Vec<_> = names.iter().map(|name| is_identifier(name)).collect();
    assert_eq!(quoted, [true, true, true, false, false, false, false, false, false]);
}

/// What the text of a string literal says, by the rules of Bicep's lexer.
fn spoken(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix("'''") {
        let raw = raw.strip_suffix("'''")?;
        return Some(raw.strip_prefix('\n').unwrap_or(raw).to_owned());
    }
    let mut chars = literal.strip_prefix('\'')?.strip_suffix('\'')?.chars().peekable();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '\n' | '\r' => return None,
            '$' if chars.peek() == Some(&'{') => return None,
            '\\' => match chars.next()? {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                'u' => {
                    let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    out.push(char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?);
                }
                c @ ('\'' | '\\' | '$') => out.push(c),
                _ => return None,
            },
            c => out.push(c),
        }
    }
    Some(out)
}

fn any_arm() -> impl Strategy<Value = arm::Expr> {
    let name = prop::sample::select(vec![
        "concat",
        "format",
        "if",
        "not",
        "equals",
        "and",
        "coalesce",
        "sub",
        "createArray",
        "createObject",
        "json",
        "parameters",
        "true",
        "toLower",
        "other",
    ]);
    let text = prop_oneof!["[{}0-1a']{0,5}", Just("null".to_owned()), Just("p".to_owned())];
    let leaf = prop_oneof![text.prop_map(arm::Expr::Text), any::<i32>().prop_map(|n| arm::Expr::Int(n.into()))];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let call = (name.clone(), prop::collection::vec(inner, 0..4)).prop_map(|(name, a)| arm::Expr::call(name, a));
        prop_oneof![call, Just(arm::Expr::call("reference", []).member("m"))]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]


    #[test]
    fn texts_arrive_as_they_are(text in "([a-z'\\\\$\\{\\}\n\t ]|\\PC|\r|\u{1}){0,12}") {
        prop_assert_eq!(spoken(&bicep_text(&Expr::text(&text))), Some(text));
    }

    #[test]
    fn what_the_compiler_writes_is_read_as_the_same_bicep(expr in any_arm()) {
        let names = Meanings::from([("p".to_owned(), Meaning::Parameter)]);
        let bicep = from_arm::expression(&expr, &["p"]);
        let compiled = arm_form::expression(&bicep, &names);
        prop_assert_eq!(from_arm::expression(&compiled, &["p"]), bicep);
    }
}
