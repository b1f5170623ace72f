//! The one JSON writer: two spaces, LF, a newline at the end, UTF-8 as it is; and the only place that writes brackets.
//!
//! A template engine evaluates every string that begins with `[` and ends with `]`, and takes one `[` away from those
//! that begin with `[[`. A template inside a template goes through both engines. So the writer counts the passes ahead of
//! each string: a literal that would be taken for an expression gets one more `[` for each of them, an expression one for
//! each pass that must leave it alone.

use super::{Expr, Name, Node, Object, Value};
use serde_json::Map;

/// Prints plain JSON: no pass is ahead of what stands outside a [`Value::Template`], and expressions stand there as the
/// text that a later template will hold.
pub fn json(tree: &Node) -> String {
    text(tree, 0)
}

/// Prints a template: one pass is ahead of everything in it, one more inside each [`Value::Template`].
pub fn template(tree: &Node) -> String {
    text(tree, 1)
}

fn text(tree: &Node, passes: u8) -> String {
    format!("{:#}\n", to_json(tree, passes))
}

/// What the printed file says, as JSON data: `passes` 0 for [`json`], 1 for [`template`].
pub fn to_json(tree: &Node, passes: u8) -> serde_json::Value {
    match &tree.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(b) => (*b).into(),
        Value::Int(n) => (*n).into(),
        // JSON has no notation for what is not finite; `null` is what serde_json writes for it everywhere.
        Value::Real(n) => serde_json::Number::from_f64(*n).map_or(serde_json::Value::Null, Into::into),
        Value::Text(text) => literal(text, passes).into(),
        Value::Array(items) => items.iter().map(|item| to_json(item, passes)).collect(),
        Value::Object(object) | Value::Inner(object) => members(object, passes).into(),
        Value::Template(object) => members(object, passes.saturating_add(1)).into(),
        Value::Computed(members) => {
            let members = members.iter().map(|(name, node)| (computed_name(name, passes), to_json(node, passes)));
            members.collect::<Map<_, _>>().into()
        }
        Value::Expr { delay, expr } => delayed(*delay, expr, passes).into(),
    }
}

pub(super) fn computed_name(name: &Name, passes: u8) -> String {
    match name {
        Name::Text(name) => member_name(name, passes),
        Name::Expr { delay, expr } => delayed(*delay, expr, passes),
    }
}

fn members(object: &Object, passes: u8) -> Map<String, serde_json::Value> {
    object.members.iter().map(|(name, node)| (member_name(name, passes), to_json(node, passes))).collect()
}

/// Names are evaluated like any other string, and a member `copy` would be taken for a loop: the Bicep compiler hides
/// its name from the engine in this way too.
pub(super) fn member_name(name: &str, passes: u8) -> String {
    if passes > 0 && name.eq_ignore_ascii_case("copy") {
        return format!("{}string('{name}')]", "[".repeat(usize::from(passes)));
    }
    literal(name, passes)
}

pub(super) fn literal(text: &str, passes: u8) -> String {
    if text.starts_with('[') && text.ends_with(']') {
        let mut escaped = "[".repeat(usize::from(passes));
        escaped.push_str(text);
        return escaped;
    }
    text.to_owned()
}

fn delayed(delay: u8, expr: &Expr, passes: u8) -> String {
    // Plain JSON is a part of some template that is not known here: the caller's delay is taken as it is.
    let delay = if passes == 0 { delay } else { delay.min(passes - 1) };
    format!("{}{}]", "[".repeat(usize::from(delay) + 1), expression_text(expr))
}

/// The text of an expression, without brackets: `concat('it''s ', parameters('x'))`.
pub fn expression_text(expr: &Expr) -> String {
    let mut out = String::new();
    write_expression(expr, &mut out);
    out
}

fn write_expression(expr: &Expr, out: &mut String) {
    match expr {
        Expr::Text(text) => {
            out.push('\'');
            out.push_str(&text.replace('\'', "''"));
            out.push('\'');
        }
        Expr::Int(n) => out.push_str(&n.to_string()),
        Expr::Call(name, arguments) => {
            out.push_str(name);
            out.push('(');
            for (i, argument) in arguments.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_expression(argument, out);
            }
            out.push(')');
        }
        Expr::Member(target, name) => {
            write_expression(target, out);
            if is_identifier(name) {
                out.push('.');
                out.push_str(name);
            } else {
                write_index(&Expr::text(name), out);
            }
        }
        Expr::Index(target, index) => {
            write_expression(target, out);
            write_index(index, out);
        }
    }
}

fn write_index(index: &Expr, out: &mut String) {
    out.push('[');
    write_expression(index, out);
    out.push(']');
}

/// Whether `.name` may be written for a member.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Expr {
        Expr::parameter("x")
    }

    fn later(delay: u8) -> Value {
        Value::Expr { delay, expr: x() }
    }

    #[test]
    fn expressions_are_written_in_one_style() {
        let reference = Expr::call("reference", [Expr::call("resourceId", [Expr::text("a/b"), Expr::text("c")])]);
        let cases = [
            (Expr::text("it's"), "'it''s'"),
            (Expr::Int(-5), "-5"),
            (Expr::call("true", []), "true()"),
            (Expr::call("concat", [Expr::text("a"), x()]), "concat('a', parameters('x'))"),
            (Expr::variable("v").index(Expr::Int(0)), "variables('v')[0]"),
            (Expr::variable("v").index(x()).member("y"), "variables('v')[parameters('x')].y"),
            (
                reference.member("logsIngestion").member("two words"),
                "reference(resourceId('a/b', 'c')).logsIngestion['two words']",
            ),
        ];
        for (expr, text) in cases {
            assert_eq!(expression_text(&expr), text);
        }
    }

    #[test]
    fn literals_get_one_bracket_for_each_pass_and_only_if_they_look_like_expressions() {
        let cases = [
            ("[x]", "[x]", "[[x]", "[[[x]"),
            ("[]", "[]", "[[]", "[[[]"),
            ("[[x]", "[[x]", "[[[x]", "[[[[x]"),
            ("[x", "[x", "[x", "[x"),
            ("x]", "x]", "x]", "x]"),
            ("[", "[", "[", "["),
            ("", "", "", ""),
        ];
        for (text, none, one, two) in cases {
            for (passes, printed) in [(0, none), (1, one), (2, two)] {
                assert_eq!(to_json(&Node::fixed(text), passes), printed, "{text} with {passes} passes ahead");
            }
            let inner = Node::fixed(Value::Template(Object::new().with(text, text)));
            assert_eq!(to_json(&inner, 1)[two], two, "{text} in a template in a template");
        }
    }

    #[test]
    fn expressions_wait_for_their_pass() {
        let tree = Node::fixed(Object::new().with("now", later(0)).with("deep", later(1)).with(
            "inner",
            Value::Template(Object::new().with("now", later(0)).with("later", later(1)).with("never", later(7))),
        ));
        let printed = to_json(&tree, 1);
        assert_eq!(printed["now"], "[parameters('x')]");
        assert_eq!(printed["deep"], "[parameters('x')]", "no later pass sees it");
        assert_eq!(printed["inner"]["now"], "[parameters('x')]");
        assert_eq!(printed["inner"]["later"], "[[parameters('x')]");
        assert_eq!(printed["inner"]["never"], "[[parameters('x')]");
        assert_eq!(to_json(&Node::fixed(later(1)), 0), "[[parameters('x')]", "plain JSON is part of a later template");
    }

    #[test]
    fn names_that_are_expressions_wait_for_their_pass() {
        let names = [Name::Text("[x]".to_owned()), Name::Expr { delay: 1, expr: x() }];
        let members = names.into_iter().map(|name| (name, Node::fixed(1))).collect();
        let inner = Value::Template(Object::new().with("m", Value::Computed(members)));
        let printed = to_json(&Node::fixed(inner), 1);
        assert_eq!(printed["m"], serde_json::json!({ "[[[x]": 1, "[[parameters('x')]": 1 }));
    }

    #[test]
    fn json_has_two_spaces_its_own_order_and_a_last_newline() {
        let empty = Object::new().with("a", Vec::new()).with("o", Object::new());
        let values = vec![Node::fixed(1), Node::fixed(Value::Real(0.5)), Node::fixed(true), Node::fixed(Value::Null)];
        let tree = Node::fixed(Object::new().with("z", "é\n\"").with("e", empty).with("v", values).with("[k]", "[v]"));
        let expected = concat!(
            "{\n  \"z\": \"é\\n\\\"\",\n  \"e\": {\n    \"a\": [],\n    \"o\": {}\n  },\n",
            "  \"v\": [\n    1,\n    0.5,\n    true,\n    null\n  ],\n  \"[k]\": \"[v]\"\n}\n"
        );
        assert_eq!(json(&tree), expected);
        assert_eq!(template(&tree), expected.replace("[k]", "[[k]").replace("[v]", "[[v]"));
    }

    #[test]
    fn a_member_named_copy_is_no_loop() {
        let tree = Node::fixed(Value::Template(Object::new().with("copy", 1)));
        assert_eq!(to_json(&tree, 0)["[string('copy')]"], 1);
        assert_eq!(to_json(&tree, 1)["[[string('copy')]"], 1);
        assert_eq!(json(&Node::fixed(Object::new().with("copy", 1))), "{\n  \"copy\": 1\n}\n");
    }

    #[test]
    fn what_json_cannot_say_is_null() {
        assert_eq!(json(&Node::fixed(Value::Real(f64::NAN))), "null\n");
        assert_eq!(json(&Node::fixed(Value::Real(f64::INFINITY))), "null\n");
    }
}
