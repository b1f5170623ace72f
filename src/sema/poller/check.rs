//! What every service object is held against: its required fields, what its fields ask of each other, where secrets may
//! stand, and the shape of URLs and paths. What only one kind of object asks stands beside it.

use crate::diag::Diagnostic;
use crate::diag::rules::{connector as rules, shape};
use crate::ir::Input;
use crate::model::{Demand, Kind, Mark, Part, ServiceObject, Template, Tree};
use crate::sema::context::Context;
use crate::source::Span;

/// Everything that the object's own table says, also of the objects in it. `in_step`: a URL may begin with a value out of the
/// event before.
pub fn object(object: &ServiceObject, path: &str, in_step: bool, inputs: &[Input], context: &mut Context<'_>) {
    if !context.is_broken(path) {
        required(object, path, context);
        demands(object, path, context);
    }
    members(object, path, in_step, inputs, context);
}

/// The members of an object, each by its kind.
pub fn members(object: &ServiceObject, path: &str, in_step: bool, inputs: &[Input], context: &mut Context<'_>) {
    for member in &object.members {
        let path = format!("{path}.{}", member.field.name);
        let readable = |context: &mut Context<'_>| {
            member.value.for_each_template(&mut |template| refuse_secret(template, inputs, &path, context));
        };
        match (member.field.kind, &member.value) {
            (_, Tree::Object(inner)) => self::object(inner, &path, in_step, inputs, context),
            (Kind::TypedList(_), Tree::List(items, _)) => {
                for (i, inner) in items.iter().filter_map(Tree::as_object).enumerate() {
                    self::object(inner, &format!("{path}[{i}]"), in_step, inputs, context);
                }
            }
            (Kind::Credential, Tree::Text(template)) => credential(member.field.name, template, inputs, &path, context),
            (Kind::Url | Kind::SocketUrl, Tree::Text(template)) => {
                readable(context);
                let from_event = in_step && template.texts().next().is_some_and(|text| text.starts_with('$'));
                if !from_event {
                    let scheme = if matches!(member.field.kind, Kind::SocketUrl) { "wss" } else { "https" };
                    url(template, scheme, inputs, &path, context);
                }
            }
            (Kind::Path | Kind::Paths, value) => json_paths(value, &path, context),
            (Kind::Identity | Kind::Body | Kind::Headers, _) => {}
            _ => readable(context),
        }
    }
}

/// What the fields ask of each other.
pub fn demands(object: &ServiceObject, path: &str, context: &mut Context<'_>) {
    for (demand, mark) in object.spec.demands {
        self::demand(object, *demand, *mark, path, context);
    }
}

fn required(object: &ServiceObject, path: &str, context: &mut Context<'_>) {
    let missing: Vec<&crate::model::Field> =
        object.spec.fields.iter().filter(|field| field.required && object.get(field.name).is_none()).collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<&str> = missing.iter().map(|field| field.name).collect();
    let message = format!("{} needs {}", object.title(), listed(&names, "and"));
    let help: Vec<String> =
        missing.iter().map(|field| format!("`{}`: {}", field.name, field.doc.trim_end_matches('.'))).collect();
    let help = format!("add {}", help.join("; "));
    context.report(&rules::MISSING_COMPANION, place(object), path, message, help);
}

fn demand(object: &ServiceObject, demand: Demand, mark: Mark, path: &str, context: &mut Context<'_>) {
    let title = object.title();
    let absent = |names: &[&'static str]| -> Vec<&str> {
        names.iter().copied().filter(|name| object.get(name).is_none()).collect()
    };
    let basis = basis(mark);
    match demand {
        Demand::Needs(key, all) => {
            let (Some(member), missing) = (object.get(key), absent(all)) else { return };
            if !missing.is_empty() {
                let message = format!("`{key}` of {title} needs {}{basis}", listed(&missing, "and"));
                let help = format!("add {}", listed(&missing, "and"));
                context.report(&rules::MISSING_COMPANION, member.key_span, path, message, help);
            }
        }
        Demand::OneOf(of, what) => {
            if absent(of).len() == of.len() {
                let message = format!("{title} does not say {what}{basis}");
                let help = format!("add {}", listed(of, "or"));
                context.report(&rules::MISSING_COMPANION, place(object), path, message, help);
            }
        }
        Demand::Alternatives(of) => {
            let mut there = of.iter().filter_map(|name| object.get(name));
            if let (Some(first), Some(second)) = (there.next(), there.next()) {
                let (one, other) = (first.field.name, second.field.name);
                let message = format!("{title} takes `{one}` or `{other}`, not both{basis}");
                let finding = Diagnostic::new(&shape::CONFLICTING_KEYS, second.key_span, message)
                    .also(first.key_span, "the other one")
                    .help("remove one of the two")
                    .at(path);
                context.diagnostics.push(finding);
            }
        }
        Demand::Where { field, value, needs, excludes } => {
            let Some(at) = object.get(field).filter(|_| object.text(field) == Some(value)) else { return };
            let missing = absent(needs);
            if !missing.is_empty() {
                let message = format!("{title} with `{field}: {value}` needs {}{basis}", listed(&missing, "and"));
                let help = format!("add {}", listed(&missing, "and"));
                context.report(&rules::MISSING_COMPANION, at.value.span(), path, message, help);
            }
            useless(object, excludes, path, context, |name| {
                let message = format!("{title} with `{field}: {value}` has no use for `{name}`{basis}");
                (message, format!("remove `{name}`, or write another `{field}`"))
            });
        }
        Demand::Only { keys, field, value } if object.text(field) != Some(value) => {
            useless(object, keys, path, context, |name| {
                let message = format!("`{name}` of {title} has no effect without `{field}: {value}`{basis}");
                (message, format!("remove `{name}`, or write `{field}: {value}`"))
            });
        }
        Demand::Only { .. } => {}
    }
}

/// Reports the members of these names, which mean nothing beside the others.
fn useless(
    object: &ServiceObject,
    names: &[&str],
    path: &str,
    context: &mut Context<'_>,
    said: impl Fn(&str) -> (String, String),
) {
    for member in names.iter().filter_map(|name| object.get(name)) {
        let (message, help) = said(member.field.name);
        context.report(&shape::CONFLICTING_KEYS, member.key_span, path, message, help);
    }
}

/// Where something is missing: at the type, for the mapping itself may be half a page.
fn place(object: &ServiceObject) -> Span {
    let ty = ["type", "pagingType", "operatorType"].iter().find_map(|name| object.get(name));
    ty.map_or(object.span, |member| member.value.span())
}

/// What a demand rests on, where it is not the documentation.
fn basis(mark: Mark) -> &'static str {
    match mark {
        Mark::Documented => "",
        Mark::Observed => " (observed in published connectors, not documented)",
        Mark::Assumed => " (assumed, not documented)",
    }
}

/// Names as code: one, two, or more with commas.
fn listed(names: &[&str], word: &str) -> String {
    let code: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match code.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        _ => code.concat(),
    }
}

/// A credential is nothing but what secret inputs give.
fn credential(name: &str, template: &Template, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    if template.inputs().next().is_none() {
        let message = format!("`{name}` holds a credential in plain text");
        let help = "declare an input with `secret: true` and write it as \"{{name}}\"";
        context.report(&rules::LITERAL_CREDENTIAL, template.span, path, message, help);
    }
    for name in template.inputs() {
        if inputs.iter().any(|input| input.name.value == name.value && !input.is_secret()) {
            let message = format!("`{}` holds a credential and is not a secret input", name.value);
            let help = format!("add `secret: true` to the input `{}`", name.value);
            context.report(&rules::LITERAL_CREDENTIAL, name.span, path, message, help);
        }
    }
}

/// Secrets belong into credentials; elsewhere they would end in logs of others, in the grid, or in the resource.
pub fn refuse_secret(template: &Template, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    for name in template.inputs() {
        if inputs.iter().any(|input| input.name.value == name.value && input.is_secret()) {
            let message = format!("the secret `{}` cannot stand here: it would be readable", name.value);
            context.report(&rules::MISPLACED_SECRET, name.span, path, message, "use it in `auth`, or in a header");
        }
    }
}

fn url(template: &Template, scheme: &str, inputs: &[Input], path: &str, context: &mut Context<'_>) {
    let is_known = |name: &str| inputs.iter().any(|input| input.name.value == name);
    let head = format!("{scheme}://");
    let sound = match template.parts.first() {
        Some(Part::Text(text)) => text.starts_with(&head) && (text.len() > head.len() || template.parts.len() > 1),
        Some(Part::Input(name)) => is_known(&name.value),
        None => false,
    };
    if !sound && template.inputs().all(|name| is_known(&name.value)) {
        let message = format!("the endpoint is not an absolute {scheme} URL");
        let help = format!("begin with `{head}`, or with an input that holds the URL");
        context.report(&rules::ENDPOINT, template.span, path, message, help);
    }
}

fn json_paths(value: &Tree, path: &str, context: &mut Context<'_>) {
    value.for_each_template(&mut |template| {
        let text = template.literal().unwrap_or_default();
        if !text.starts_with('$') {
            let message = format!("`{text}` is not a JSONPath");
            let help = format!("begin with `$`, as in `$.{text}`");
            context.report(&rules::JSON_PATH, template.span, path, message, help);
        }
    });
}
