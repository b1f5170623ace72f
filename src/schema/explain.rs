//! From what the validator reports to findings in plain words: which rule, which place in the artifact, what is wrong
//! there and what belongs there.
//!
//! Must not know artifacts or the spec; that the place comes from some line of YAML is [`super::place`]'s to say.

use super::place::escaped;
use super::registry::{self, Schema};
use crate::diag::rules::output;
use crate::diag::{Rule, did_you_mean};
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

/// One thing that an artifact has wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub rule: &'static Rule,
    /// JSON pointer into the artifact, to what is blamed: an unexpected member itself, the object that lacks one.
    pub pointer: String,
    pub message: String,
    pub help: Option<String>,
}

/// What is wrong with `value`, which stands at `base` in its artifact.
///
/// # Errors
/// The schema cannot be used, or its two validators disagree.
pub fn faults(schema: &'static Schema, value: &Value, base: &str) -> Result<Vec<Fault>, String> {
    if schema.is_valid(value) {
        return Ok(Vec::new());
    }
    let mut faults = Vec::new();
    for error in schema.validator()?.iter_errors(value) {
        explain(&error, base, &mut faults);
    }
    if faults.is_empty() {
        return Err(format!("it refuses what stands at `{base}` and does not say why"));
    }
    Ok(faults)
}

fn explain(error: &ValidationError<'_>, base: &str, faults: &mut Vec<Fault>) {
    let pointer = format!("{base}{}", error.instance_path().as_str());
    let wanted = wanted(error);
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            faults.extend(unexpected.iter().map(|member| unknown_member(error, &pointer, member)));
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
            choose_branch(error, context, wanted, base, &pointer, faults);
        }
        Kind::PropertyNames { error } => {
            let pointer = format!("{pointer}/{}", escaped(error.instance().as_str().unwrap_or_default()));
            let form = self::wanted(error).unwrap_or_else(|| "a name that fits here".to_owned());
            let message = format!("the name {} is not {form}", shown(error.instance()));
            faults.push(Fault { rule: &output::BAD_FORM, pointer, message, help: None });
        }
        kind => {
            let (rule, message, help) = leaf(kind, error, &subject(&pointer), wanted);
            faults.push(Fault { rule, pointer, message, help });
        }
    }
}

/// Faults of one value or object by itself: rule, message, help.
fn leaf(
    kind: &Kind,
    error: &ValidationError<'_>,
    subject: &str,
    wanted: Option<String>,
) -> (&'static Rule, String, Option<String>) {
    let value = error.instance();
    let bounds = |text: String| (&output::OUT_OF_BOUNDS, text, None);
    match kind {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            (&output::MISSING_MEMBER, format!("`{name}` is missing in {subject}"), None)
        }
        Kind::Type { kind } => {
            let message = format!("{subject} is {}, and has to be {}", shown(value), types(kind));
            (&output::WRONG_TYPE, message, None)
        }
        Kind::Enum { options } => {
            let options: Vec<&Value> = options.as_array().map(|all| all.iter().collect()).unwrap_or_default();
            unknown_value(value, &options, subject)
        }
        Kind::Constant { expected_value } => unknown_value(value, &[expected_value.as_ref()], subject),
        Kind::Contains => {
            let item = wanted.unwrap_or_else(|| "an item that has to be there".to_owned());
            (&output::MISSING_MEMBER, format!("{subject} lacks {item}"), None)
        }
        Kind::FalseSchema => {
            let reason = wanted.map(|reason| format!(": {reason}")).unwrap_or_default();
            (&output::UNKNOWN_MEMBER, format!("{subject} does not belong here{reason}"), None)
        }
        Kind::UniqueItems => (&output::REPEATED_ITEM, format!("{subject} has an item twice"), None),
        Kind::MinLength { limit: 1 } | Kind::MinItems { limit: 1 } | Kind::MinProperties { limit: 1 } => {
            bounds(format!("{subject} is empty"))
        }
        Kind::MinLength { limit } => bounds(format!("{subject} has to have {limit} characters or more")),
        Kind::MaxLength { limit } => {
            let length = value.as_str().map_or(0, |text| text.chars().count());
            bounds(format!("{subject} has {length} characters; at most {limit} are allowed"))
        }
        Kind::MinItems { limit } => bounds(format!("{subject} has to have {limit} items or more")),
        Kind::MaxItems { limit: 1 } => bounds(format!("{subject} has more than one item")),
        Kind::MaxItems { limit } => bounds(format!("{subject} has more than {limit} items")),
        Kind::MinProperties { limit } => bounds(format!("{subject} has to have {limit} members or more")),
        Kind::MaxProperties { limit } => bounds(format!("{subject} has more than {limit} members")),
        Kind::Minimum { limit } => bounds(format!("{subject} is {}, and has to be {limit} or more", shown(value))),
        Kind::ExclusiveMinimum { limit } => {
            bounds(format!("{subject} is {}, and has to be more than {limit}", shown(value)))
        }
        Kind::Maximum { limit } => bounds(format!("{subject} is {}, and has to be {limit} or less", shown(value))),
        _ => {
            let form = wanted.unwrap_or_else(|| "in the form that belongs here".to_owned());
            (&output::BAD_FORM, format!("{subject} is {}, which is not {form}", shown(value)), None)
        }
    }
}

fn unknown_value(value: &Value, options: &[&Value], subject: &str) -> (&'static Rule, String, Option<String>) {
    let names: Vec<String> = options.iter().map(|option| shown(option)).collect();
    let message = match names.as_slice() {
        [only] => format!("{subject} is {}, and has to be {only}", shown(value)),
        _ => format!("{subject} is {}, which is none of {}", shown(value), names.join(", ")),
    };
    let texts = options.iter().filter_map(|option| option.as_str());
    let near = value.as_str().and_then(|word| did_you_mean(word, texts));
    (&output::UNKNOWN_VALUE, message, near.map(|near| format!("write `{near}`")))
}

fn unknown_member(error: &ValidationError<'_>, pointer: &str, member: &str) -> Fault {
    let mut message = format!("`{member}` is not known in {}", subject(pointer));
    let known = keyword_place(error)
        .and_then(|(schema, keyword)| {
            let parent = keyword.rsplit_once('/')?.0.to_owned();
            let properties = schema.pointer(&format!("{parent}/properties"))?.as_object()?;
            Some(properties.keys().cloned().collect::<Vec<String>>())
        })
        .unwrap_or_default();
    let help = match did_you_mean(member, known.iter().map(String::as_str)) {
        Some(near) => format!("write `{near}`"),
        None => {
            if !known.is_empty() {
                message.push_str(&format!(", which has {}", known.join(", ")));
            }
            "correct the name; what the service takes all the same goes under `unchecked:`".to_owned()
        }
    };
    let pointer = format!("{pointer}/{}", escaped(member));
    Fault { rule: &output::UNKNOWN_MEMBER, pointer, message, help: Some(help) }
}

/// Of the alternatives, explains the one that was meant: the one whose discriminator fits.
fn choose_branch(
    error: &ValidationError<'_>,
    branches: &[Vec<ValidationError<'static>>],
    wanted: Option<String>,
    base: &str,
    pointer: &str,
    faults: &mut Vec<Fault>,
) {
    let own = error.instance_path().as_str();
    if let Some(wanted) = wanted {
        let message = match error.instance().as_ref() {
            Value::Object(_) | Value::Array(_) => format!("{} has to be {wanted}", subject(pointer)),
            value => format!("{} is {}, which is not {wanted}", subject(pointer), shown(value)),
        };
        faults.push(Fault { rule: &output::BAD_FORM, pointer: pointer.to_owned(), message, help: None });
        return;
    }
    let meant = branches.iter().find(|errors| !errors.iter().any(|error| is_mismatch(error, own)));
    if let Some(errors) = meant {
        errors.iter().for_each(|error| explain(error, base, faults));
        return;
    }
    // All are out: every branch asks for another value of the same member, or they differ in kind.
    let asked: Vec<&ValidationError<'_>> =
        branches.iter().flatten().filter(|error| is_discriminator(error, own)).collect();
    if let Some(first) = asked.first() {
        let mut options: Vec<&Value> = Vec::new();
        for error in &asked {
            match error.kind() {
                Kind::Constant { expected_value } => options.push(expected_value),
                Kind::Enum { options: more } => options.extend(more.as_array().into_iter().flatten()),
                _ => {}
            }
        }
        let pointer = format!("{base}{}", first.instance_path().as_str());
        let (rule, message, help) = unknown_value(first.instance(), &options, &subject(&pointer));
        faults.push(Fault { rule, pointer, message, help });
    } else if let Some(errors) = branches.first() {
        // The first branch is the usual form, the others are its stand-ins (an expression, a list of one).
        errors.iter().for_each(|error| explain(error, base, faults));
    }
}

/// Whether the error says that this is not the branch: the value as a whole is something else, or its discriminator is.
fn is_mismatch(error: &ValidationError<'_>, own: &str) -> bool {
    let whole = error.instance_path().as_str() == own;
    let about_kind = matches!(
        error.kind(),
        Kind::Type { .. } | Kind::Enum { .. } | Kind::Constant { .. } | Kind::Pattern { .. } | Kind::Format { .. }
    );
    (whole && about_kind) || is_discriminator(error, own)
}

/// An error about the `type`, `kind` or `pagingType` of the value itself.
fn is_discriminator(error: &ValidationError<'_>, own: &str) -> bool {
    let member = error.instance_path().as_str().strip_prefix(own).unwrap_or_default();
    matches!(member, "/type" | "/kind" | "/pagingType")
        && matches!(error.kind(), Kind::Constant { .. } | Kind::Enum { .. })
}

/// What the schema says in words about the value that it wants: the title beside the keyword or around its alternatives.
fn wanted(error: &ValidationError<'_>) -> Option<String> {
    let (schema, keyword) = keyword_place(error)?;
    let mut at = match error.kind() {
        // The place of `false` is the member that it forbids; the reason stands at the object.
        Kind::FalseSchema => keyword.rsplit_once("/properties/")?.0,
        _ => keyword.rsplit_once('/')?.0,
    };
    loop {
        if let Some(title) = schema.pointer(at).and_then(|part| part.get("title")).and_then(Value::as_str) {
            // The title of a whole schema names the artifact, not a form.
            return (!at.is_empty()).then(|| title.to_owned());
        }
        let (above, part) = at.rsplit_once('/')?;
        at = match part {
            "then" | "else" => above,
            _ if part.bytes().all(|b| b.is_ascii_digit()) => {
                let (above, list) = above.rsplit_once('/')?;
                matches!(list, "anyOf" | "oneOf" | "allOf").then_some(above)?
            }
            _ => return None,
        };
    }
}

/// The schema that holds the keyword which failed, and the keyword's pointer in it.
fn keyword_place(error: &ValidationError<'_>) -> Option<(&'static Value, String)> {
    let (schema, pointer) = registry::locate(error.absolute_keyword_location()?.as_str())?;
    Some((schema.document().ok()?, pointer))
}

/// How a message names the place: the member, with the list that it is an item of.
fn subject(pointer: &str) -> String {
    let parts: Vec<String> = pointer.split('/').skip(1).map(super::place::unescaped).collect();
    let is_index = |part: &String| part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty();
    let Some(last) = parts.last() else { return "the file".to_owned() };
    match parts.iter().rposition(|part| !is_index(part)) {
        Some(start) => {
            let indexes: String = parts.iter().skip(start + 1).map(|index| format!("[{index}]")).collect();
            format!("`{}{indexes}`", parts.get(start).map_or("", String::as_str))
        }
        None => format!("item {last}"),
    }
}

/// A value in a message, cut short.
fn shown(value: &Value) -> String {
    const LIMIT: usize = 100;
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::String(text) if text.chars().count() > LIMIT => {
            let start: String = text.chars().take(LIMIT).collect();
            format!("{:?}", format!("{start}…"))
        }
        other => other.to_string(),
    }
}

fn types(kind: &TypeKind) -> String {
    let word = |ty: JsonType| match ty {
        JsonType::Array => "a list",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a text",
    };
    match kind {
        TypeKind::Single(ty) => word(*ty).to_owned(),
        TypeKind::Multiple(types) => types.iter().map(word).collect::<Vec<_>>().join(" or "),
    }
}
