//! What a request asks beyond its table: the window, its time format, and the placeholders of the service.

use super::time_format;
use crate::diag::did_you_mean;
use crate::diag::rules::connector as rules;
use crate::model::{ServiceObject, Template};
use crate::sema::context::Context;

/// What the service puts in place of `{name}`; the last two in a template only (documented).
const PLACEHOLDERS: [&str; 4] = ["_QueryWindowStartTime", "_QueryWindowEndTime", "_APIKeyName", "_APIKey"];

pub fn check(request: &ServiceObject, path: &str, context: &mut Context<'_>) {
    for (one, other) in
        [("startTimeAttributeName", "endTimeAttributeName"), ("endTimeAttributeName", "startTimeAttributeName")]
    {
        if let Some(member) = request.get(one)
            && request.get(other).is_none()
        {
            let message = format!("`{one}` stands without `{other}`");
            let help = format!(
                "add `{other}`, or allow this: the documentation asks for both, some published connectors have one"
            );
            context.report(&rules::LONELY_WINDOW, member.key_span, path, message, help);
        }
    }
    check_format(request, path, context);
}

/// The time format, and the placeholders of the service.
pub fn check_format(request: &ServiceObject, path: &str, context: &mut Context<'_>) {
    if let (Some(member), Some(format)) = (request.get("queryTimeFormat"), request.text("queryTimeFormat"))
        && let Some(help) = time_format::problem(format)
    {
        let message = format!("`{format}` is not a time format of the service");
        context.report(&rules::TIME_FORMAT, member.value.span(), &format!("{path}.queryTimeFormat"), message, help);
    }
    for (name, known) in [("queryParameters", &PLACEHOLDERS[..2]), ("queryParametersTemplate", &PLACEHOLDERS[..])] {
        if let Some(member) = request.get(name) {
            let path = format!("{path}.{name}");
            member.value.for_each_template(&mut |template| placeholders(template, known, &path, context));
        }
    }
}

/// A misspelled placeholder would be sent as it is.
fn placeholders(template: &Template, known: &[&str], path: &str, context: &mut Context<'_>) {
    for text in template.texts() {
        for (open, _) in text.match_indices("{_") {
            let name: &str =
                text[open + 1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
            if !text[open + 1 + name.len()..].starts_with('}') || known.contains(&name) {
                continue;
            }
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => {
                    let known: Vec<String> = known.iter().map(|known| format!("{{{known}}}")).collect();
                    format!("write one of {}", known.join(", "))
                }
            };
            let message =
                format!("`{{{name}}}` is no placeholder that the service replaces here: it would be sent as it stands");
            context.report(&rules::SERVICE_PLACEHOLDER, template.span, path, message, help);
        }
    }
}
