//! What `connect` prints for people: each content template, and the requests that activating it makes.

use crate::driver::console::counted;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// Members of a resource that say where it goes, not what is sent there.
const NOT_SENT: [&str; 6] = ["id", "type", "name", "apiVersion", "dependsOn", "scope"];

/// The list of entries as a text.
pub fn shown(list: &Json) -> String {
    let mut text = String::new();
    for entry in list.as_array().into_iter().flatten() {
        let member = |name: &str| entry.get(name).and_then(Json::as_str).unwrap_or("–");
        if entry.get("pass").is_some() {
            let _ = writeln!(text, "the package cannot be installed: {}", member("error"));
            continue;
        }
        let _ = writeln!(text, "{} {} ({})", member("contentKind"), member("displayName"), member("contentId"));
        if entry.get("error").is_some() {
            let _ = writeln!(text, "  it cannot be activated: {}", member("error"));
        }
        for resource in entry.get("resources").and_then(Json::as_array).into_iter().flatten() {
            request(resource, &mut text);
        }
        let unset: Vec<&str> =
            entry.get("unset").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
        if !unset.is_empty() {
            let _ =
                writeln!(text, "  {} left as the template has it: {}", counted(unset.len(), "input"), unset.join(", "));
        }
        text.push('\n');
    }
    text
}

fn request(resource: &Json, text: &mut String) {
    let member = |name: &str| resource.get(name).and_then(Json::as_str).unwrap_or_default();
    let _ = writeln!(text, "  PUT {}?api-version={}", member("id"), member("apiVersion"));
    let body: serde_json::Map<String, Json> = resource
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !NOT_SENT.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    for line in format!("{:#}", Json::Object(body)).lines() {
        let _ = writeln!(text, "  {line}");
    }
}
