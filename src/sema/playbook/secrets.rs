//! What a published template must not hold: the author's own ids, and secrets.

use super::carried::{Carried, objects, texts};
use crate::arm::eval::tree::{Form, Tree};
use crate::diag::rules::playbook as rules;
use crate::sema::context::Context;
use crate::sema::ids;

/// What a GUID stands behind if it is the id of a subscription or tenant.
const BEFORE: [(&str, &str, &str); 3] = [
    ("/subscriptions/", "subscription", "write [subscription().id] or resourceId(…) instead"),
    ("login.microsoftonline.com/", "tenant", "take it from tenant().tenantId"),
    ("login.windows.net/", "tenant", "take it from tenant().tenantId"),
];

/// Names of parameters and members that hold secrets, in lower case without hyphens and underscores.
const SECRETS: [&str; 9] = [
    "password",
    "clientsecret",
    "apikey",
    "apitoken",
    "accesstoken",
    "accesskey",
    "sharedkey",
    "authorization",
    "ocpapimsubscriptionkey",
];

/// As long as a key is at least.
const SHORTEST_KEY: usize = 16;

pub fn check(carried: Carried<'_>, path: &str, context: &mut Context<'_>) {
    texts(carried.tree, &mut |text, tree| {
        for (before, what, help) in BEFORE {
            let found = text.match_indices(before).find_map(|(at, _)| guid(&text[at + before.len()..]));
            if let Some(guid) = found {
                let message = format!("`{guid}` is the id of one {what}");
                context.report(&rules::PLAYBOOK_HARD_CODED, carried.span(tree), path, message, help);
            }
        }
    });
    for parameter in carried.section("parameters") {
        let Some(default) = parameter.tree.get("defaultValue") else { continue };
        check_id(carried, &parameter.name, default, path, context);
        check_default(carried, &parameter.name, &parameter.tree, default, path, context);
    }
    for section in ["variables", "resources"].iter().filter_map(|name| carried.tree.get(name)) {
        objects("", section, &mut |_, object| {
            for member in object.members().into_iter().flat_map(|members| members.iter()) {
                check_id(carried, &member.name, &member.tree, path, context);
                check_key(carried, &member.name, &member.tree, path, context);
            }
        });
    }
}

/// A GUID under a name such as `tenantId`.
fn check_id(carried: Carried<'_>, name: &str, value: &Tree, path: &str, context: &mut Context<'_>) {
    let Some(guid) =
        value.text().and_then(guid).filter(|guid| value.text().is_some_and(|text| text.len() == guid.len()))
    else {
        return;
    };
    let name = folded(name);
    let known = [("tenantid", "tenant"), ("subscriptionid", "subscription")];
    if let Some((_, what)) = known.iter().find(|(known, _)| name.ends_with(known)) {
        let message = format!("`{guid}` is the id of one {what}");
        let help = format!("take it from {what}().{what}Id, or ask for it with a parameter without default");
        context.report(&rules::PLAYBOOK_HARD_CODED, carried.span(value), path, message, help);
    }
}

fn check_default(
    carried: Carried<'_>,
    name: &str,
    declared: &Tree,
    default: &Tree,
    path: &str,
    context: &mut Context<'_>,
) {
    let ty = declared.get("type").and_then(Tree::text).unwrap_or_default().to_ascii_lowercase();
    let is_empty = match &default.form {
        Form::Text(text) => text.is_empty(),
        Form::Object(members) => members.is_empty(),
        Form::Expr(_) | Form::Null => true,
        _ => false,
    };
    if ty.starts_with("secure") && !is_empty {
        let message = format!("the secure parameter `{name}` has a default, which everyone can read");
        context.report(&rules::PLAYBOOK_SECRET, carried.span(default), path, message, "remove the default");
    } else if !ty.starts_with("secure") {
        check_key(carried, name, default, path, context);
    }
}

/// A text that looks like a key, under the name of a secret.
fn check_key(carried: Carried<'_>, name: &str, value: &Tree, path: &str, context: &mut Context<'_>) {
    let name_of = folded(name);
    let is_secret = SECRETS.iter().any(|secret| name_of.ends_with(secret));
    if is_secret && value.text().is_some_and(looks_like_key) {
        let message = format!("`{name}` holds what looks like a secret");
        let help = "ask for it with a parameter of type securestring without default";
        context.report(&rules::PLAYBOOK_SECRET, carried.span(value), path, message, help);
    }
}

/// Letters and digits, mixed and long: no word, no address, no expression of Logic Apps.
fn looks_like_key(text: &str) -> bool {
    let key = text.rsplit(' ').next().unwrap_or_default();
    key.len() >= SHORTEST_KEY
        && !key.contains(['@', '{', '<', ':'])
        && key.bytes().any(|byte| byte.is_ascii_digit())
        && key.bytes().any(|byte| byte.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~+/=".contains(&byte))
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// The GUID that a text begins with, unless it is made up of one digit.
fn guid(text: &str) -> Option<&str> {
    let head = text.get(..36)?;
    let first = head.chars().next()?;
    let is_real = head.chars().any(|c| c != first && c != '-');
    (ids::parse_guid(head).is_some() && is_real).then_some(head)
}
