//! What tells one connection of a connector from another: the inputs behind the columns of the page's list.

use crate::ir::graph::{Identity, Symbol};
use crate::ir::{Connector, Expr, Input, Value, ValueKind};
use crate::source::Origin;

/// What the portal's own list of GCP connections tells them apart by (documented: a subscription of a project).
const GCP_COLUMNS: [&str; 2] = ["properties.request.projectId", "properties.request.subscriptionNames"];

/// The identity of each of a connector's connections; none if its page has no list, but a button: a second connection would
/// be a slip.
pub fn of(connector: &Connector, bodies: &[(Symbol, Value)], inputs: &[Input]) -> Vec<Identity> {
    let Some(columns) = columns(connector) else { return Vec::new() };
    let own = |symbol: &Symbol| connector.pollers.iter().any(|poller| poller.symbol == *symbol);
    let own: Vec<_> = bodies.iter().filter(|(symbol, _)| own(symbol)).collect();
    let mut shown = Vec::new();
    for (path, value) in own.iter().flat_map(|(_, properties)| paths(properties)) {
        if columns.iter().any(|column| column.strip_prefix("properties.") == Some(path.as_str())) {
            named_in(value, &mut shown);
        }
    }
    let secret = |name: &str| inputs.iter().any(|input| input.name.value == name && input.is_secret());
    let told_by = connector.inputs.iter().filter(|name| shown.contains(&name.as_str()) && !secret(name));
    let told_by: Vec<String> = told_by.cloned().collect();
    let origin = Origin::derived(connector.id.span, "what tells connections apart");
    own.iter().map(|(symbol, _)| Identity { connection: symbol.clone(), inputs: told_by.clone(), origin }).collect()
}

/// The paths that the page's list shows. `None` without a list.
fn columns(connector: &Connector) -> Option<Vec<&str>> {
    if connector.instruction("GCPGrid").is_some() {
        return Some(GCP_COLUMNS.to_vec());
    }
    let mapping = connector.instruction("DataConnectorsGrid")?.get("parameters").and_then(|grid| grid.get("mapping"));
    let columns = match mapping.map(|mapping| &mapping.kind) {
        Some(ValueKind::Array(columns)) => columns.as_slice(),
        _ => &[],
    };
    Some(columns.iter().filter_map(|column| column.get("columnValue")?.as_text()).collect())
}

/// Every value inside a body with its path, as a column names it: `request.headers.Accept`, `sqsUrls[0]`.
pub fn paths(body: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    collect("", body, &mut found);
    found
}

fn collect<'v>(prefix: &str, value: &'v Value, found: &mut Vec<(String, &'v Value)>) {
    let mut below = |path: String, member: &'v Value| {
        found.push((path.clone(), member));
        collect(&path, member, found);
    };
    match &value.kind {
        ValueKind::Object(object) => {
            for (name, member) in &object.members {
                below(if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") }, member);
            }
        }
        ValueKind::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| below(format!("{prefix}[{i}]"), item));
        }
        _ => {}
    }
}

/// Names of the inputs in a value.
fn named_in<'v>(value: &'v Value, names: &mut Vec<&'v str>) {
    match &value.kind {
        ValueKind::Expr(expr) => used_by(expr, names),
        _ => paths(value).into_iter().for_each(|(_, value)| {
            if let ValueKind::Expr(expr) = &value.kind {
                used_by(expr, names);
            }
        }),
    }
}

fn used_by<'e>(expr: &'e Expr, names: &mut Vec<&'e str>) {
    match expr {
        Expr::Input(name) => names.push(name),
        Expr::Concat(parts) | Expr::Call(_, parts) => parts.iter().for_each(|part| used_by(part, names)),
        _ => {}
    }
}
