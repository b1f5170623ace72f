//! Bodies as plain JSON: expressions become text such as `{{apiUrl}}/api/orgs/{{orgName}}`, the notation of the spec.
//!
//! For reading and comparing alone; nothing is deployed from it.

use crate::arm;
use crate::ir::{Expr, Object, Value, ValueKind};
use serde_json::{Map, Value as Json};

/// A body that may hold expressions. Literal text with `{{` in it is quoted, so that two meanings never look alike.
pub fn value(value: &Value) -> Json {
    let mut json = convert(value, quote_braces);
    json.sort_all_objects();
    json
}

/// The members of an object, as [`value`] writes them.
pub fn body(object: &Object) -> Json {
    let mut json = members(object, quote_braces);
    json.sort_all_objects();
    json
}

/// A page: it never holds expressions, and `{{…}}` in it is the portal's own notation, so it stays as it is.
pub fn page(value: &Value) -> Json {
    let mut json = convert(value, str::to_owned);
    json.sort_all_objects();
    json
}

fn convert(value: &Value, literal: fn(&str) -> String) -> Json {
    match &value.kind {
        ValueKind::Null => Json::Null,
        ValueKind::Bool(flag) => Json::Bool(*flag),
        ValueKind::Int(number) => Json::from(*number),
        ValueKind::Real(number) => Json::from(*number),
        ValueKind::Text(text) => Json::String(literal(text)),
        ValueKind::Array(items) => Json::Array(items.iter().map(|item| convert(item, literal)).collect()),
        ValueKind::Object(object) => members(object, literal),
        ValueKind::Expr(expr) => Json::String(whole(expr)),
    }
}

fn members(object: &Object, literal: fn(&str) -> String) -> Json {
    let convert = |(name, value): &(String, Value)| (name.clone(), convert(value, literal));
    Json::Object(object.members.iter().map(convert).collect::<Map<_, _>>())
}

fn quote_braces(text: &str) -> String {
    text.replace("{{", "{{'{{'}}")
}

/// An expression as a text of its own: literal parts as they are, the others in braces.
fn whole(expr: &Expr) -> String {
    match expr {
        Expr::Text(text) => quote_braces(text),
        Expr::Concat(parts) => parts.iter().map(whole).collect(),
        other => format!("{{{{{}}}}}", inner(other)),
    }
}

/// An expression between braces.
fn inner(expr: &Expr) -> String {
    match expr {
        Expr::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Expr::Int(number) => number.to_string(),
        Expr::Input(name) => name.clone(),
        Expr::Concat(parts) => call("concat", parts),
        Expr::Call(function, arguments) => call(function.name(), arguments),
        Expr::WorkspaceId => "workspace.id".to_owned(),
        Expr::Location => "location".to_owned(),
        Expr::Id(symbol) => format!("{}.id", symbol.0),
        Expr::Name(symbol) => format!("{}.name", symbol.0),
        Expr::IngestionEndpoint(symbol) => format!("{}.logsIngestion.endpoint", symbol.0),
        Expr::ImmutableId(symbol) => format!("{}.immutableId", symbol.0),
        Expr::Raw(expr) => format!("[{}]", arm::print::expression_text(expr)),
    }
}

fn call(name: &str, arguments: &[Expr]) -> String {
    let arguments: Vec<String> = arguments.iter().map(inner).collect();
    format!("{name}({})", arguments.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{expr::Function, graph::Symbol};
    use crate::source::{FileId, Origin, Span};

    fn shown(kind: ValueKind) -> Json {
        value(&Value::new(kind, Origin::written(Span::start_of(FileId(0)))))
    }

    fn input(name: &str) -> Expr {
        Expr::Input(name.to_owned())
    }

    #[test]
    fn expressions_read_like_the_spec() {
        let symbol = || Symbol("rule".to_owned());
        let url = Expr::Concat(vec![input("apiUrl"), Expr::Text("/orgs/".to_owned()), input("orgName")]);
        let call = Expr::Call(Function::Trim, vec![Expr::Concat(vec![Expr::Text("it's ".to_owned()), input("a")])]);
        let raw = arm::Expr::call("uniqueString", [arm::Expr::parameter("x")]);
        for (expr, expected) in [
            (url, "{{apiUrl}}/orgs/{{orgName}}"),
            (call, "{{trim(concat('it''s ', a))}}"),
            (Expr::Id(symbol()), "{{rule.id}}"),
            (Expr::ImmutableId(symbol()), "{{rule.immutableId}}"),
            (Expr::WorkspaceId, "{{workspace.id}}"),
            (Expr::Raw(raw), "{{[uniqueString(parameters('x'))]}}"),
        ] {
            assert_eq!(shown(ValueKind::Expr(expr)), Json::from(expected));
        }
    }

    #[test]
    fn literal_braces_are_no_expression() {
        let literal = shown(ValueKind::Text("{{orgName}}".to_owned()));
        assert_eq!(literal, Json::from("{{'{{'}}orgName}}"));
        assert_ne!(literal, shown(ValueKind::Expr(input("orgName"))));
    }
}
