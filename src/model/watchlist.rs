//! Watchlists: a table of values that queries look things up in, as keys of our own or as the repository's template.

use super::decode::{Decode, Decoder, decode_struct};
use super::schema::Schemas;
use super::{Prose, Raw};
use crate::diag::Diagnostic;
use crate::diag::rules::content as rules;
use crate::source::Spanned;
use crate::syntax::{Entry, Node};
use serde_json::{Value as Json, json};

type Text = Spanned<String>;

decode_struct! {
    /// A watchlist. A file of the repository, a template with one watchlist, is taken as well.
    pub struct Watchlist {
        /// What queries call it, _GetWatchlist('alias'), and the name of the resource.
        "alias" alias: Text,
        /// Shown name.
        "displayName" display_name: Text,
        /// What is in it.
        "description" description: Option<Text>,
        /// The column by which rows are looked up.
        "itemsSearchKey" search_key: Text,
        /// Who provides the values; default: the name of the support.
        "provider" provider: Option<Text>,
        /// How long an item lives, ISO 8601; default: P1000Y.
        "defaultDuration" default_duration: Option<Text>,
        /// Lines before the heading; default: 0.
        "numberOfLinesToSkip" lines_to_skip: Option<Spanned<i64>>,
        /// CSV with a heading, 3.8 MB at most.
        "csv" csv: Prose,
    }
}

/// A watchlist of the spec.
#[derive(Debug, Clone)]
pub enum AnyWatchlist {
    Own(Watchlist),
    Template(WatchlistTemplate),
}

/// The one watchlist of a published template.
#[derive(Debug, Clone)]
pub struct WatchlistTemplate {
    pub api_version: Text,
    /// Often empty.
    pub kind: Option<Text>,
    pub display_name: Text,
    pub search_key: Text,
    pub raw_content: Prose,
    pub lines_to_skip: Option<Spanned<i64>>,
    pub alias: Option<Text>,
    pub description: Option<Text>,
    /// All of them, in the file's order; references to the template's own parameters are replaced by their defaults.
    pub properties: Vec<(Spanned<String>, Node)>,
}

impl Decode for AnyWatchlist {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if node.get("resources").is_some() {
            return WatchlistTemplate::decode(node, decoder).map(AnyWatchlist::Template);
        }
        Watchlist::decode(node, decoder).map(AnyWatchlist::Own)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let own = Watchlist::schema(schemas);
        let template = json!({ "type": "object", "required": ["resources"] });
        json!({ "anyOf": [own, template] })
    }
}

/// The members of a template.
const TEMPLATE: [&str; 7] =
    ["$schema", "contentVersion", "parameters", "variables", "metadata", "outputs", "resources"];

impl AnyWatchlist {
    pub fn display_name(&self) -> &Text {
        match self {
            AnyWatchlist::Own(watchlist) => &watchlist.display_name,
            AnyWatchlist::Template(template) => &template.display_name,
        }
    }
}

impl WatchlistTemplate {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        decoder.mapping(node, &TEMPLATE)?;
        let Raw(resources) = decoder.field(node, "resources")?;
        let only = match resources.items() {
            Some([only]) => only,
            Some(items) => {
                let at = items.get(1).map_or(resources.span, |item| item.span);
                let message = format!("the template has {} resources; a watchlist's has one", items.len());
                decoder.push(Diagnostic::new(&rules::WATCHLIST_TEMPLATE, at, message).help("make a file of each"));
                return None;
            }
            None => {
                decoder.wrong_type(&resources, "a list", None);
                return None;
            }
        };
        let ty: Text = decoder.field(only, "type")?;
        if !ty.value.to_ascii_lowercase().ends_with("/watchlists") {
            let message = format!("`{}` is no watchlist", ty.value);
            let help = "name a template with a Microsoft.OperationalInsights/workspaces/providers/Watchlists";
            decoder.push(Diagnostic::new(&rules::WATCHLIST_TEMPLATE, ty.span, message).help(help));
            return None;
        }
        let Raw(properties) = decoder.field(only, "properties")?;
        let parameters = node.get("parameters").map(|entry| &entry.value);
        let resolved = resolve(&properties, parameters, decoder);
        decoder.within(".resources[0].properties".to_owned(), |decoder| {
            Some(WatchlistTemplate {
                api_version: decoder.field(only, "apiVersion")?,
                kind: decoder.field(only, "kind")?,
                display_name: decoder.field(&resolved, "displayName")?,
                search_key: decoder.field(&resolved, "itemsSearchKey")?,
                raw_content: decoder.field(&resolved, "rawContent")?,
                lines_to_skip: decoder.field(&resolved, "numberOfLinesToSkip")?,
                alias: decoder.field(&resolved, "watchlistAlias")?,
                description: decoder.field(&resolved, "description")?,
                properties: members(&resolved),
            })
        })
    }
}

fn members(node: &Node) -> Vec<(Spanned<String>, Node)> {
    let member = |entry: &Entry| (Spanned::new(entry.key.clone(), entry.key_span), entry.value.clone());
    node.entries().unwrap_or_default().iter().map(member).collect()
}

/// The properties with the defaults of the template's own parameters in place of references to them: the package does not
/// have those parameters.
fn resolve(properties: &Node, parameters: Option<&Node>, decoder: &mut Decoder<'_>) -> Node {
    let mut resolved = properties.clone();
    if let crate::syntax::NodeKind::Mapping(entries) = &mut resolved.kind {
        for entry in entries {
            let Some(text) = entry.value.as_scalar().map(|scalar| scalar.text.clone()) else { continue };
            if !text.starts_with('[') || text.starts_with("[[") || !text.ends_with(']') {
                continue;
            }
            let name = text.strip_prefix("[parameters('").and_then(|rest| rest.strip_suffix("')]"));
            let default = name.and_then(|name| parameters?.get(name)?.value.get("defaultValue"));
            match default {
                Some(default) => entry.value = default.value.clone(),
                None => {
                    let message = format!("`{text}` refers to something that a package does not have");
                    let help = "write the value itself, or give the parameter a `defaultValue`";
                    let finding = Diagnostic::new(&rules::WATCHLIST_TEMPLATE, entry.value.span, message).help(help);
                    decoder.push(finding);
                }
            }
        }
    }
    resolved
}
