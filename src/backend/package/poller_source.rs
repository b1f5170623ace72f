//! A poller as the packaging tool reads it: `{{name}}` where the tool puts a parameter, finished expressions elsewhere.

use super::notation::Notation;
use crate::arm::Object;
use crate::backend::lower::lower;
use crate::ir;

/// The poller's `properties`.
pub fn properties(notation: &Notation, kind: &str, properties: &ir::Object) -> Object {
    let whole: &[&str] = if kind == "AmazonWebServicesS3" { &ROLE } else { &[] };
    let members = properties.members.iter().map(|(name, value)| {
        let is_replaced: &dyn Fn(&str) -> bool = match name.as_str() {
            "auth" => {
                let fields = auth_fields(value);
                &move |field| fields.iter().any(|known| known.eq_ignore_ascii_case(field))
            }
            "request" => &|field| REQUEST.iter().any(|known| known.eq_ignore_ascii_case(field)),
            "paging" | "addOnAttributes" => &|_| true,
            _ => &|_| false,
        };
        (name.clone(), section(notation, value, whole.contains(&name.as_str()), is_replaced))
    });
    Object { members: members.collect() }
}

/// Members of an AmazonWebServicesS3 connector in which the tool replaces placeholders (observed).
const ROLE: [&str; 2] = ["roleArn", "sqsUrls"];

/// Members of `request` in which the tool replaces placeholders.
const REQUEST: [&str; 4] = ["apiEndpoint", "headers", "queryParameters", "queryParametersTemplate"];

/// Members of `auth` in which the tool replaces placeholders, by the type of sign-in.
fn auth_fields(auth: &ir::Value) -> &'static [&'static str] {
    match auth.get("type").and_then(ir::Value::as_text) {
        Some("APIKey") => &["apiKey"],
        Some("Basic") => &["userName", "password"],
        Some("OAuth2") => &["clientId", "clientSecret", "authorizationCode", "authorizationEndpoint", "tokenEndpoint"],
        Some("AliCloudSlsV1") => &["accessKeyId", "accessKeySecret"],
        Some("JwtToken") => &["userName", "password", "tokenEndpoint"],
        _ => &[],
    }
}

/// One member of a poller; `is_replaced` says it of its own members by their name, `whole` of a member without any.
fn section(
    notation: &Notation,
    value: &ir::Value,
    whole: bool,
    is_replaced: &dyn Fn(&str) -> bool,
) -> crate::arm::Node {
    let Some(object) = value.as_object() else {
        return lower(value, &mut |expr| notation.source(expr, whole));
    };
    let members = object.members.iter().map(|(name, value)| {
        let replaced = is_replaced(name);
        (name.clone(), lower(value, &mut |expr| notation.source(expr, replaced)))
    });
    crate::arm::Node::new(Object { members: members.collect() }.into(), Some(value.origin))
}
