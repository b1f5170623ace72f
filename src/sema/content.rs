//! What content items of several kinds share: ids, versions, the names of their files, the connectors that they need.

use super::context::Context;
use super::ids;
use super::queries::Reads;
use super::rule::word;
use crate::diag::rules::rule as rules;
use crate::diag::{did_you_mean, nearest};
use crate::ir::{AnyConnector, ContentKind, Object, Parser, RequiredConnector, SolutionInfo, Text, Value};
use crate::kql::Globals;
use crate::model::{self, Loose, Pasted};
use crate::source::{Origin, Span, Spanned};

/// What an item of content is resolved against.
pub struct Surroundings<'s> {
    pub info: Option<&'s SolutionInfo>,
    pub connectors: &'s [AnyConnector],
    pub parsers: &'s [Parser],
    /// What queries may refer to.
    pub globals: &'s Globals,
}

impl Surroundings<'_> {
    /// The offer's id, of which ids are made.
    pub fn offer(&self) -> &str {
        self.info.map_or("", |info| info.offer_id.value.as_str())
    }
}

/// What each item's own file is called, without its extension: as the file that it comes from, or `after` its name.
/// `named` are the items' names; two items of one name are a finding elsewhere.
pub fn file_bases<T>(
    items: &[Pasted<T>],
    named: &[&Text],
    after: impl Fn(&str) -> String,
    path: &str,
    context: &mut Context<'_>,
) -> Vec<Text> {
    let base =
        |(item, name): (&Pasted<T>, &&Text)| item.file_base().unwrap_or_else(|| name.as_ref().map(|name| after(name)));
    let bases: Vec<Text> = items.iter().zip(named).map(base).collect();
    let is_first =
        |i: usize, name: &Text| !named.iter().take(i).any(|other| other.value.eq_ignore_ascii_case(&name.value));
    let told_apart = bases.iter().zip(named).enumerate().filter(|(i, (_, name))| is_first(*i, name));
    context.unique("files", path, told_apart.map(|(_, (base, _))| base));
    bases
}

/// Two items of one name: both are taken, with a warning, if each has a file of its own, as in published solutions.
pub fn unique_names<T>(what: &str, path: &str, items: &[Pasted<T>], names: &[&Text], context: &mut Context<'_>) {
    for (i, (item, name)) in items.iter().zip(names.iter().copied()).enumerate() {
        let mut earlier = items.iter().zip(names.iter().copied()).take(i);
        let Some((first, first_name)) = earlier.find(|(_, other)| other.value.eq_ignore_ascii_case(&name.value)) else {
            continue;
        };
        let pair = [first_name, name];
        match (first.file_base(), item.file_base()) {
            (Some(one), Some(other)) if one.value != other.value => {
                context.advise(|context| context.unique(what, path, pair));
            }
            _ => context.unique(what, path, pair),
        }
    }
}

/// An item's GUID, and the short name that it was derived from.
pub fn id(id: &Text, kind: &str, offer: &str, path: &str, context: &mut Context<'_>) -> (Text, Option<Text>) {
    if let Some(guid) = ids::parse_guid(&id.value) {
        return (Spanned::new(guid, id.span), None);
    }
    let shaped = id.value.starts_with(|c: char| c.is_ascii_lowercase())
        && id.value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !shaped {
        let message = format!("`{}` is neither a GUID nor a short name", id.value);
        let help = "write a GUID, or lower-case letters, digits and hyphens";
        context.report(&rules::RULE_ID, id.span, &format!("{path}.id"), message, help);
    }
    (Spanned::new(ids::guid(offer, kind, &id.value), id.span), Some(id.clone()))
}

/// What a file says, or 1.0.0.
pub fn version(given: Option<&Loose>, span: Span) -> Text {
    given.map_or_else(|| Spanned::new("1.0.0".to_owned(), span), |version| version.0.clone())
}

/// Three numbers.
pub fn check_version(version: &Text, path: &str, context: &mut Context<'_>) {
    let parts: Vec<&str> = version.value.split('.').collect();
    let sound =
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if !sound || version.value.len() > 20 {
        let message = format!("`{}` is not a version of a rule", version.value);
        context.report(
            &rules::RULE_VERSION,
            version.span,
            &format!("{path}.version"),
            message,
            "write three numbers, as in 1.0.0",
        );
    }
}

pub fn check_ascii(text: &Text, path: &str, context: &mut Context<'_>) {
    if let Some(c) = text.value.chars().find(|c| !c.is_ascii()) {
        let message = format!("`{c}` is not ASCII; the repository refuses files with such characters");
        context.report(&rules::NOT_ASCII, text.span, path, message, "write it in ASCII");
    }
}

/// The ids of other solutions' connectors; the data file says where they come from.
fn published_connectors<'a>() -> impl Iterator<Item = &'a str> {
    include_str!("connector_ids.txt").lines().filter(|line| !line.starts_with('#'))
}

/// Slips in the id of a published connector that is still taken to be meant: hundreds of ids are alike.
const PUBLISHED_SLIPS: usize = 2;

/// The connectors and tables that an item says it needs, or those of this solution that its query reads.
pub fn required(
    given: Option<&[model::RequiredConnector]>,
    reads: &Reads,
    connectors: &[AnyConnector],
    path: &str,
    context: &mut Context<'_>,
) -> Vec<RequiredConnector> {
    let own: Vec<&str> = connectors.iter().map(|connector| connector.page_id().value.as_str()).collect();
    if let Some(given) = given {
        given.iter().for_each(|required| check_connector(&required.connector_id, &own, path, context));
        let one = |required: &model::RequiredConnector| RequiredConnector {
            connector_id: required.connector_id.clone(),
            data_types: required.data_types.iter().chain(&required.datatypes).cloned().collect(),
        };
        return given.iter().map(one).collect();
    }
    let mut derived = Vec::new();
    for connector in connectors {
        let tables = connector.tables().into_iter();
        let data_types: Vec<Text> = tables.filter(|table| reads.sources.contains(&table.value)).collect();
        if !data_types.is_empty() {
            derived.push(RequiredConnector { connector_id: connector.page_id().clone(), data_types });
        }
    }
    derived
}

/// A connector's id is one of this solution's `own`, or one of a published solution.
fn check_connector(id: &Text, own: &[&str], path: &str, context: &mut Context<'_>) {
    let name = id.value.as_str();
    if own.contains(&name) || published_connectors().any(|known| known == name) {
        return;
    }
    // The author's own word for a connector is where the name of its definition begins.
    let definition = own.iter().copied().find(|own| own.strip_suffix("Definition") == Some(name));
    let near = definition
        .or_else(|| did_you_mean(name, own.iter().copied()))
        .or_else(|| nearest(name, published_connectors(), PUBLISHED_SLIPS));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "correct the id, or allow this if another solution has the connector".to_owned(),
    };
    let message = format!("neither this solution nor a published one has a connector `{name}`");
    context.report(&rules::FOREIGN_CONNECTOR, id.span, path, message, help);
}

/// Whether a text has a word in it.
pub fn names(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|found| found == word)
}

/// The kinds of content in the order that the solution gives; what it leaves out comes behind, in the common order.
pub fn order(given: &[Text], context: &mut Context<'_>) -> Vec<ContentKind> {
    context.unique("kinds of content", "solution.contentOrder", given);
    let mut order = Vec::new();
    for (i, key) in given.iter().enumerate() {
        match ContentKind::ALL.into_iter().find(|kind| kind.key() == key.value) {
            Some(kind) => order.push(kind),
            None => word(key, &ContentKind::ALL.map(ContentKind::key), &format!("solution.contentOrder[{i}]"), context),
        }
    }
    let rest: Vec<ContentKind> = ContentKind::ALL.into_iter().filter(|kind| !order.contains(kind)).collect();
    order.extend(rest);
    order
}

/// The tags of a saved search; none for an empty list, which template checks refuse.
pub fn tags(tags: &[(&'static str, String)], at: Origin) -> Option<Value> {
    let tag = |(name, value): &(&'static str, String)| {
        let body = Object::new().with("name", Value::text(*name, at)).with("value", Value::text(value.clone(), at));
        Value::object(body, at)
    };
    (!tags.is_empty()).then(|| Value::array(tags.iter().map(tag).collect(), at))
}
