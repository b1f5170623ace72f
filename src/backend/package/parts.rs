//! What all resources of a package template share: names, ids, product ids, author, support, and the frame around the
//! template of one content item.

use super::{Package, written};
use crate::arm::{Expr, Node, Object, Value};
use crate::ir::SolutionInfo;
use crate::ir::graph::ResourceKind;
use crate::source::Origin;

pub const TEMPLATE_SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
/// The version of the content schema that the packaging tool writes into every item.
pub const CONTENT_SCHEMA: &str = "3.0.0";
pub const CONTENT_API: &str = "2023-04-01-preview";
const METADATA_API: &str = "2022-01-01-preview";
const PROVIDERS: &str = "Microsoft.OperationalInsights/workspaces/providers";

/// The apiVersion that the packaging tool gives a resource, whatever its source file says.
pub fn api_version(kind: ResourceKind) -> &'static str {
    match kind {
        ResourceKind::Table => "2022-10-01",
        ResourceKind::DataCollectionEndpoint | ResourceKind::DataCollectionRule => "2022-06-01",
        ResourceKind::Function | ResourceKind::HuntingQuery => "2025-07-01",
        ResourceKind::SummaryRule => "2023-01-01-preview",
        // Of the author's own file, where there is one.
        ResourceKind::Watchlist => "2023-11-01",
        ResourceKind::Workbook => "2021-08-01",
        ResourceKind::ConnectorDefinition => "2022-09-01-preview",
        ResourceKind::ConnectorPage => "2021-03-01-preview",
        ResourceKind::DataConnector
        | ResourceKind::PreviewDataConnector
        | ResourceKind::AlertRule
        | ResourceKind::NrtAlertRule => "2023-02-01-preview",
    }
}

/// `Microsoft.OperationalInsights/workspaces/providers/<kind>`
pub fn provider_type(kind: &str) -> String {
    format!("{PROVIDERS}/{kind}")
}

pub fn workspace() -> Expr {
    Expr::parameter("workspace")
}

pub fn location() -> Expr {
    Expr::parameter("workspace-location")
}

pub fn solution_id() -> Expr {
    Expr::variable("_solutionId")
}

pub fn concat(parts: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::call("concat", parts)
}

/// `<workspace>/Microsoft.SecurityInsights/<tail>`: the name of everything that lies on the workspace.
pub fn content_name(tail: impl IntoIterator<Item = Expr>) -> Expr {
    concat([workspace(), Expr::text("/Microsoft.SecurityInsights/")].into_iter().chain(tail))
}

/// The workspace's id, as the variable `workspaceResourceId` has it.
pub fn workspace_id() -> Expr {
    Expr::call("resourceId", [Expr::text("microsoft.OperationalInsights/Workspaces"), workspace()])
}

/// The id of an extension resource of the workspace.
pub fn extension_id(kind: &str, name: Expr) -> Expr {
    let workspace = Expr::call("resourceId", [Expr::text("Microsoft.OperationalInsights/workspaces"), workspace()]);
    Expr::call("extensionResourceId", [workspace, Expr::text(format!("Microsoft.SecurityInsights/{kind}")), name])
}

/// `contentProductId`: unique for a solution, a kind, an item and its version.
pub fn product_id(tag: &str, kind: &str, content_id: Expr, version: Expr) -> Expr {
    let dash = || Expr::text("-");
    let seed = concat([solution_id(), dash(), Expr::text(kind), dash(), content_id, dash(), version]);
    let head = Expr::call("take", [solution_id(), Expr::Int(50)]);
    concat([head, dash(), Expr::text(tag), dash(), Expr::call("uniqueString", [seed])])
}

pub fn author(info: &SolutionInfo) -> Object {
    let author = Object::new().with("name", written(&info.author));
    match &info.author_email {
        Some(email) => author.with("email", Node::from(Expr::variable("_email")).at(Origin::written(email.span))),
        None => author,
    }
}

/// Name, e-mail, tier, link: the order of the metadata file and of the package alike.
pub fn support(info: &SolutionInfo) -> Node {
    let mut support = Object::new().with("name", written(&info.support.name));
    if let Some(email) = &info.support.email {
        support.set("email", written(email));
    }
    support.set("tier", written(&info.support.tier));
    if let Some(link) = &info.support.link {
        support.set("link", written(link));
    }
    Node::from(support).at(Origin::written(info.support.span))
}

/// Where an item comes from, as rules and the package write it.
pub fn source(info: &SolutionInfo) -> Object {
    Object::new().with("kind", "Solution").with("name", written(&info.name)).with("sourceId", solution_id())
}

/// The template inside a content template: everything in it has one more pass ahead.
pub fn nested_template(version: Expr, parameters: Object, variables: Object, resources: Vec<Node>) -> Node {
    Value::Template(
        Object::new()
            .with("$schema", TEMPLATE_SCHEMA)
            .with("contentVersion", version)
            .with("parameters", parameters)
            .with("variables", variables)
            .with("resources", resources),
    )
    .into()
}

/// A content template around its properties. It waits for the package it belongs to.
pub fn content_template(name: Expr, properties: Object) -> Object {
    let package_id = extension_id("contentPackages", solution_id());
    Object::new()
        .with("type", provider_type("contentTemplates"))
        .with("apiVersion", CONTENT_API)
        .with("name", name)
        .with("location", location())
        .with("dependsOn", vec![package_id.into()])
        .with("properties", properties)
}

/// The three members by which an item names its package.
pub fn with_package(properties: Object) -> Object {
    properties
        .with("packageKind", "Solution")
        .with("packageVersion", Expr::variable("_solutionVersion"))
        .with("packageName", Expr::variable("_solutionName"))
}

/// The properties of the metadata of a connector or of its connections. `name` is the variable with the content id.
pub fn connector_properties(package: &Package, parent: &str, kind: &str, name: &str) -> Object {
    let info = package.info();
    let source = Object::new()
        .with("sourceId", solution_id())
        .with("name", Expr::variable("_solutionName"))
        .with("kind", "Solution");
    Object::new()
        .with("parentId", extension_id(parent, Expr::variable(name)))
        .with("contentId", Expr::variable(name))
        .with("kind", kind)
        .with("version", connector_version())
        .with("source", source)
        .with("author", author(info))
        .with("support", support(info))
}

/// The metadata around [`connector_properties`].
pub fn connector_metadata(name: &str, properties: Object) -> Object {
    Object::new()
        .with("name", content_name([concat([Expr::text("DataConnector-"), Expr::variable(name)])]))
        .with("apiVersion", METADATA_API)
        .with("type", provider_type("metadata"))
        .with("properties", properties)
}

/// The version of every connector of the solution.
pub fn connector_version() -> Expr {
    Expr::variable("dataConnectorCCPVersion")
}

/// The one variable with everything of an item, and its members: `huntingQueryObject3` with `huntingQueryVersion3`.
pub struct Group {
    pub kind: &'static str,
    /// From 1.
    pub number: usize,
}

impl Group {
    pub fn object(&self) -> String {
        format!("{}Object{}", self.kind, self.number)
    }

    /// The name of a member inside the object.
    pub fn key(&self, name: &str) -> String {
        format!("{name}{}", self.number)
    }

    pub fn member(&self, name: &str) -> Expr {
        Expr::variable(self.object()).member(self.key(name))
    }
}

/// The name of an item's content template: unique for the workspace, the kind and the item.
pub fn template_name(tag: &str, id: &str) -> Expr {
    let unique = [workspace(), Expr::text(format!("-{tag}-")), Expr::call("uniquestring", [Expr::text(id)])];
    content_name([concat(unique)])
}

/// How the package refers to one item of content: by variables that have its id and version.
pub struct ContentItem {
    pub kind: &'static str,
    pub content_id: Expr,
    pub version: Expr,
}

/// What the content template of an item shows of it.
pub struct Shown {
    pub description: String,
    pub display_name: Node,
    pub product_id: Expr,
    pub version: Node,
}

impl ContentItem {
    /// The properties of the item's metadata. `parent`: the id of what it is about.
    pub fn metadata_properties(
        &self,
        info: &SolutionInfo,
        description: Option<Node>,
        parent: impl Into<Node>,
    ) -> Object {
        let properties = description.map_or_else(Object::new, |text| Object::new().with("description", text));
        properties
            .with("parentId", parent)
            .with("contentId", self.content_id.clone())
            .with("kind", self.kind)
            .with("version", self.version.clone())
            .with("source", source(info))
            .with("author", author(info))
            .with("support", support(info))
    }

    /// The item's metadata, named after the last segment of a resource id.
    pub fn metadata(&self, resource_id: Expr, properties: Object) -> Object {
        let segments = Expr::call("split", [resource_id, Expr::text("/")]);
        let name = concat([Expr::text(format!("{}-", self.kind)), Expr::call("last", [segments])]);
        Object::new()
            .with("type", provider_type("metadata"))
            .with("apiVersion", METADATA_API)
            .with("name", content_name([name]))
            .with("properties", properties)
    }

    /// A template of resources that needs no values.
    pub fn template(&self, resources: Vec<Node>) -> Node {
        nested_template(self.version.clone(), Object::new(), Object::new(), resources)
    }

    /// The properties of the content template around `template`.
    pub fn properties(self, template: Node, shown: Shown) -> Object {
        let properties = Object::new().with("description", shown.description).with("mainTemplate", template);
        with_package(properties)
            .with("packageId", solution_id())
            .with("contentSchemaVersion", CONTENT_SCHEMA)
            .with("contentId", self.content_id)
            .with("contentKind", self.kind)
            .with("displayName", shown.display_name)
            .with("contentProductId", shown.product_id.clone())
            .with("id", shown.product_id)
            .with("version", shown.version)
    }

    /// What the content package says that it depends on: an item of its own.
    pub fn criterion(self, origin: Origin) -> Node {
        criterion(self.kind, self.content_id, self.version, origin)
    }
}

/// What something says that it depends on: an item of the solution.
pub fn criterion(kind: &str, content_id: Expr, version: impl Into<Node>, origin: Origin) -> Node {
    let members = Object::new().with("kind", kind).with("contentId", content_id).with("version", version);
    Node::from(members).at(origin)
}

/// What an item needs, all of it; nothing is written where it needs nothing.
pub fn with_needs(properties: Object, needs: Vec<Node>) -> Object {
    if needs.is_empty() {
        return properties;
    }
    properties.with("dependencies", Object::new().with("operator", "AND").with("criteria", needs))
}

/// A tag of a saved search.
pub fn tag(name: &str, value: impl Into<Node>) -> Object {
    Object::new().with("name", name).with("value", value)
}
