//! What a kind of connector means beyond the tables of its fields: one file a kind, one trait for all.

mod amazon_s3;
mod gcp;
mod oci;
mod push;
mod rest_api_poller;
mod storage_blob;
mod web_socket;

use super::connector::Symbols;
use super::context::Context;
use super::page::{Page, criterion};
use super::poller::Effective;
use crate::ir::graph::RoleAssignment;
use crate::ir::{Input, InputKind, Nested, Object, Stream, Text, Value, Window};
use crate::model::{Connector, ConnectorKind, ListedConnector};
use crate::source::{Span, Spanned};

/// The meaning of one kind. The defaults are those of a kind that polls and is connected on its page.
pub trait Meaning: Sync {
    /// What the service asks beyond the tables.
    fn check(&self, _connection: &Effective<'_>, _inputs: &[Input], _context: &mut Context<'_>) {}

    /// Adds the members of the properties that follow from the kind.
    fn complete(
        &self,
        _of: &Effective<'_>,
        _stream: &Stream,
        _body: &mut Object,
        _inputs: &[Input],
        _context: &mut Context<'_>,
    ) {
    }

    /// Inputs that the author need not declare, because the portal gives them: whoever deploys the bundle is asked.
    fn inputs(&self, _of: &Connector) -> Vec<Input> {
        Vec::new()
    }

    /// `Some`: the page asks for these inputs and has no boxes of the author's.
    fn asks_only(&self) -> Option<&'static [&'static str]> {
        None
    }

    /// Whether `dataType` is said where the author does not.
    fn says_data_type(&self) -> bool {
        true
    }

    /// When the service asks; `None` if it does not ask by the clock.
    fn window(&self, _connection: &Effective<'_>) -> Option<Window> {
        None
    }

    /// How the portal sees that the connector is connected.
    fn connectivity(&self, _tables: &[&Text], span: Span) -> Value {
        criterion("HasDataConnectors", Vec::new(), span)
    }

    /// The steps of the page.
    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        vec![page.connect()]
    }

    /// Whether the page can list several connections and add to them.
    fn lists_connections(&self) -> bool {
        true
    }

    /// What a connection needs in a resource group of others, and that a template can make.
    /// `body`: the connection's properties, complete but for what is taken out here.
    fn nested(&self, _of: &Effective<'_>, _body: &mut Object) -> Option<Nested> {
        None
    }

    /// What has to be allowed on the collection rule where the portal does not see to it.
    fn roles(&self, _of: &Symbols, _span: Span) -> Vec<RoleAssignment> {
        Vec::new()
    }
}

pub fn of(kind: ConnectorKind) -> &'static dyn Meaning {
    match kind {
        ConnectorKind::RestApiPoller => &rest_api_poller::RestApiPoller,
        ConnectorKind::Push => &push::Push,
        ConnectorKind::Gcp => &gcp::Gcp,
        ConnectorKind::WebSocket => &web_socket::WebSocket,
        ConnectorKind::Oci => &oci::Oci,
        ConnectorKind::AmazonWebServicesS3 => &amazon_s3::AmazonS3,
        ConnectorKind::StorageAccountBlobContainer => &storage_blob::StorageBlob,
    }
}

/// The inputs that the connectors bring along, each once.
pub fn inputs(connectors: &[ListedConnector]) -> Vec<Input> {
    let mut all: Vec<Input> = Vec::new();
    let codeless = connectors.iter().filter_map(|listed| listed.connector.codeless());
    for input in codeless.flat_map(|connector| of(connector.kind.value).inputs(connector)) {
        if !all.iter().any(|known| known.name.value == input.name.value) {
            all.push(input);
        }
    }
    all
}

/// An input that the portal gives.
fn given(connector: &Connector, name: &str, kind: InputKind, label: &str, description: &str, example: &str) -> Input {
    let text = |text: &str| Spanned::new(text.to_owned(), connector.kind.span);
    Input {
        name: text(name),
        label: text(label),
        description: Some(text(description)),
        placeholder: Some(text(example)),
        required: true,
        default: None,
        kind,
    }
}
