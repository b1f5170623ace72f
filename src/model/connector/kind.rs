//! The kinds of connector: what each has of its own, and reading a connector by its kind.
//!
//! Source: the data connector reference of the Codeless Connector Framework, the service's published model, and published
//! connectors; each field of a kind says which.

use super::step::Nesting;
use super::{Connector, Poller, amazon_s3, gcp, oci, push, rest_api_poller, storage_blob, web_socket};
use crate::diag::rules::shape;
use crate::diag::{Diagnostic, did_you_mean};
use crate::model::decode::{Decode, Decoder, first_place};
use crate::model::schema::{ObjectSchema, Schemas};
use crate::model::service::{ObjectSpec, ServiceObject};
use crate::source::Spanned;
use crate::syntax::{Node, NodeKind};
use serde_json::{Value as Json, json};

/// How events come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectorKind {
    /// The service asks an API.
    RestApiPoller,
    /// An application sends to the endpoint.
    Push,
    /// The service reads Pub/Sub.
    Gcp,
    /// The service holds a connection open.
    WebSocket,
    /// The service reads a stream of Oracle Cloud.
    Oci,
    /// The service reads files of Amazon S3.
    AmazonWebServicesS3,
    /// The service reads blobs of Azure.
    StorageAccountBlobContainer,
}

/// A kind without a page of its own.
static NO_PAGE: ObjectSpec = ObjectSpec { title: "page", doc: "Nothing of its own.", fields: &[], demands: &[] };

impl ConnectorKind {
    pub const ALL: [ConnectorKind; 7] = [
        ConnectorKind::RestApiPoller,
        ConnectorKind::Push,
        ConnectorKind::Gcp,
        ConnectorKind::WebSocket,
        ConnectorKind::Oci,
        ConnectorKind::AmazonWebServicesS3,
        ConnectorKind::StorageAccountBlobContainer,
    ];

    /// As the service spells it.
    pub fn name(self) -> &'static str {
        self.own().title
    }

    /// What a connection has of its own, as members of its properties.
    pub fn own(self) -> &'static ObjectSpec {
        match self {
            ConnectorKind::RestApiPoller => &rest_api_poller::OWN,
            ConnectorKind::Push => &push::OWN,
            ConnectorKind::Gcp => &gcp::OWN,
            ConnectorKind::WebSocket => &web_socket::OWN,
            ConnectorKind::Oci => &oci::OWN,
            ConnectorKind::AmazonWebServicesS3 => &amazon_s3::OWN,
            ConnectorKind::StorageAccountBlobContainer => &storage_blob::OWN,
        }
    }

    /// What its page is made from, beside the keys that every connector has.
    pub fn page(self) -> &'static ObjectSpec {
        match self {
            ConnectorKind::Push => &push::PAGE,
            _ => &NO_PAGE,
        }
    }

    /// Whether requests can follow others.
    fn nests(self) -> bool {
        self == ConnectorKind::RestApiPoller
    }

    /// The keys of a connector of this kind, those that all have among them.
    fn keys(self) -> Vec<&'static str> {
        Connector::KEYS.iter().copied().chain(["kind", "pollers"]).chain(self.further()).collect()
    }

    fn poller_keys(self) -> Vec<&'static str> {
        Poller::KEYS.iter().copied().chain(self.own().keys()).chain(self.nesting_keys()).collect()
    }

    /// The keys that not every kind has.
    fn further(self) -> impl Iterator<Item = &'static str> {
        self.own().keys().chain(self.page().keys()).chain(self.nesting_keys())
    }

    fn nesting_keys(self) -> impl Iterator<Item = &'static str> {
        Nesting::KEYS.iter().copied().filter(move |_| self.nests())
    }

    /// Reads `kind`, or says which there are.
    fn of(node: &Node, decoder: &mut Decoder<'_>) -> Option<Spanned<ConnectorKind>> {
        let written = decoder.field::<Spanned<String>>(node, "kind")?;
        let found = ConnectorKind::ALL.into_iter().find(|kind| kind.name() == written.value);
        if found.is_none() {
            let names: Vec<&str> = ConnectorKind::ALL.iter().map(|kind| kind.name()).collect();
            let help = match did_you_mean(&written.value, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? The kinds are {}", names.join(", ")),
                None => format!("write one of {}", names.join(", ")),
            };
            let message = format!("`{}` is no kind of codeless connector", written.value);
            let finding = Diagnostic::new(&shape::UNKNOWN_VALUE, written.span, message).help(help);
            decoder.within(".kind".to_owned(), |decoder| decoder.push(finding));
        }
        found.map(|kind| Spanned::new(kind, written.span))
    }

    /// Checks the keys of a connector or poller, and names the kinds that have what this one lacks.
    fn check_keys(self, node: &Node, known: &[&str], decoder: &mut Decoder<'_>) -> Option<()> {
        let has = |kind: &ConnectorKind, key: &str| kind.further().any(|other| other == key);
        let mut misplaced = Vec::new();
        for entry in node.entries().unwrap_or_default() {
            let kinds: Vec<&str> =
                ConnectorKind::ALL.iter().filter(|kind| has(kind, &entry.key)).map(|kind| kind.name()).collect();
            if known.contains(&entry.key.as_str()) || kinds.is_empty() {
                continue;
            }
            misplaced.push(entry.key.as_str());
            let message = format!("a connector of kind {} has no `{}`", self.name(), entry.key);
            let help = format!("remove it; connectors of kind {} have it", kinds.join(", "));
            let finding = Diagnostic::new(&shape::UNKNOWN_KEY, entry.key_span, message).help(help);
            decoder.push(finding);
        }
        let of = format!("a connector of kind {}", self.name());
        decoder.mapping_of(&of, node, &[known, &misplaced].concat()).map(|_| ())
    }

    fn nesting(self, node: &Node, decoder: &mut Decoder<'_>) -> Option<Nesting> {
        // Of a kind that has none of the keys, all are absent.
        let nothing = Node { kind: NodeKind::Mapping(Vec::new()), span: node.span };
        Nesting::read(if self.nests() { node } else { &nothing }, decoder)
    }
}

impl Decode for Connector {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        if node.entries().is_none() {
            decoder.wrong_type(node, "a mapping", None);
            return None;
        }
        let kind = ConnectorKind::of(node, decoder)?;
        kind.value.check_keys(node, &kind.value.keys(), decoder)?;
        let own = kind.value.own().among(node, kind.span, decoder);
        let page = kind.value.page().among(node, kind.span, decoder);
        let nesting = kind.value.nesting(node, decoder);
        let pollers = pollers(node, kind.value, decoder);
        Connector::read(node, kind, own, page, nesting?, pollers?, decoder)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let branches: Vec<Json> = ConnectorKind::ALL.into_iter().map(|kind| schema(kind, schemas)).collect();
        json!({ "anyOf": branches })
    }
}

fn pollers(node: &Node, kind: ConnectorKind, decoder: &mut Decoder<'_>) -> Option<Vec<Poller>> {
    let Some(entry) = node.get("pollers").filter(|entry| entry.value.kind != NodeKind::Null) else {
        return Some(Vec::new());
    };
    decoder.within(".pollers".to_owned(), |decoder| {
        let Some(items) = entry.value.items() else {
            decoder.wrong_type(&entry.value, "a list", None);
            return None;
        };
        let each = items.iter().enumerate();
        Some(each.filter_map(|(i, item)| decoder.within(format!("[{i}]"), |d| poller(item, kind, d))).collect())
    })
}

fn poller(node: &Node, kind: ConnectorKind, decoder: &mut Decoder<'_>) -> Option<Poller> {
    kind.check_keys(node, &kind.poller_keys(), decoder)?;
    let own: ServiceObject = kind.own().among(node, first_place(node), decoder);
    let nesting = kind.nesting(node, decoder)?;
    Poller::read(node, own, nesting, decoder)
}

fn schema(kind: ConnectorKind, schemas: &mut Schemas) -> Json {
    let name = kind.name();
    let own = |schemas: &mut Schemas, object: &mut ObjectSchema| {
        kind.own().describe_among(name, schemas, object);
        if kind.nests() {
            Nesting::members(schemas, object);
        }
    };
    schemas.object(&format!("{name}Connector"), kind.own().doc, |schemas, object| {
        object.member("kind", "How events come in.", json!({ "const": name }), true);
        Connector::members(schemas, object);
        own(schemas, object);
        kind.page().describe_among(name, schemas, object);
        let poller = schemas.object(&format!("{name}Connection"), "One of several connections.", |schemas, object| {
            Poller::members(schemas, object);
            own(schemas, object);
        });
        let doc = "Several connections; what one does not say comes from the connector.";
        object.member("pollers", doc, json!({ "type": ["array", "null"], "items": poller }), false);
    })
}
