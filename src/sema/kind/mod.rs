//! What a kind of connector means beyond the tables of its fields: one file a kind, one trait for all.

mod push;
mod rest_api_poller;

pub use push::inputs as push_inputs;

use super::connector::Symbols;
use super::context::Context;
use super::page::{Page, criterion};
use super::poller::Effective;
use crate::ir::graph::RoleAssignment;
use crate::ir::{Input, Object, Text, Value, Window};
use crate::model::ConnectorKind;
use crate::source::Span;

/// The meaning of one kind. The defaults are those of a kind that polls and is connected on its page.
pub trait Meaning: Sync {
    /// What the service asks beyond the tables.
    fn check(&self, _connection: &Effective<'_>, _inputs: &[Input], _context: &mut Context<'_>) {}

    /// Adds the members of the properties that follow from the kind.
    fn complete(&self, _of: &Effective<'_>, _body: &mut Object, _inputs: &[Input], _context: &mut Context<'_>) {}

    /// Whether `dataType` and `isActive` are said where the author does not.
    fn says_defaults(&self) -> bool {
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

    /// What has to be allowed on the collection rule where the portal does not see to it.
    fn roles(&self, _of: &Symbols, _span: Span) -> Vec<RoleAssignment> {
        Vec::new()
    }
}

pub fn of(kind: ConnectorKind) -> &'static dyn Meaning {
    match kind {
        ConnectorKind::RestApiPoller => &rest_api_poller::RestApiPoller,
        ConnectorKind::Push => &push::Push,
    }
}
