//! A watchlist in the package's template: the watchlist itself, made when the package is installed, and a parameter with its
//! name. It has no content template.

use super::template::Draft;
use super::{Package, parts, written};
use crate::arm::{Expr, Node, Object};
use crate::backend::lower::lower_object;
use crate::ir::Watchlist;
use crate::source::Origin;

/// Adds everything of the watchlist. `number` counts from 1.
pub fn add(package: &Package, number: usize, watchlist: &Watchlist, draft: &mut Draft) {
    let origin = Origin::derived(watchlist.id.span, "package: watchlist");
    let id = format!("watchlist{number}-id");
    let parameter = Object::new()
        .with("type", "string")
        .with("defaultValue", written(&watchlist.id))
        .with("minLength", 1)
        .with("metadata", Object::new().with("description", "Name of the watchlist, which no other one may have"));
    draft.parameters.set(id.clone(), Node::from(parameter).at(origin));
    // The packaging tool names these variables after what people read.
    let name = &watchlist.display_name.value;
    let content_id = format!("_{name}");
    draft.variables.set(name, written(&watchlist.display_name));
    draft.variables.set(content_id.clone(), Node::from(Expr::variable(name)).at(origin));
    draft.resources.push(resource(watchlist, parts::content_name([Expr::parameter(id)]).into()).at(origin));
    let version = written(&package.info().version);
    draft.criteria.push(parts::criterion("Watchlist", Expr::variable(content_id), version, origin));
}

/// The watchlist's file in the repository: a template with the one resource.
pub fn source(watchlist: &Watchlist) -> Object {
    let workspace = Object::new().with("type", "string").with(
        "metadata",
        Object::new().with("description", "Name of the Log Analytics workspace that has Microsoft Sentinel"),
    );
    let name = parts::concat([
        Expr::parameter("workspaceName"),
        Expr::text(format!("/Microsoft.SecurityInsights/{}", watchlist.id.value)),
    ]);
    Object::new()
        .with("$schema", parts::TEMPLATE_SCHEMA)
        .with("contentVersion", "1.0.0.0")
        .with("parameters", Object::new().with("workspaceName", workspace))
        .with("resources", vec![resource(watchlist, name.into())])
}

fn resource(watchlist: &Watchlist, name: Node) -> Node {
    let mut resource = Object::new().with("name", name).with("type", parts::provider_type("Watchlists"));
    if let Some(kind) = &watchlist.kind {
        resource.set("kind", written(kind));
    }
    resource.set("apiVersion", written(&watchlist.api_version));
    // A watchlist holds values; expressions in published ones are replaced or refused before.
    resource.set("properties", lower_object(&watchlist.properties, &mut |_| crate::arm::Value::Null).into());
    resource.into()
}
