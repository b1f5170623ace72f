//! A playbook, custom connector or function app in the package's template: variables of its own, and a content template around
//! the carried one. All three kinds are numbered together.
//!
//! [`body`] carries the template's parts over. Unlike the packaging tool it keeps user-assigned identities, gives every
//! expression the bracket that its pass needs, leaves literal texts alone, and takes no time from the clock.

mod body;
mod gallery;

use super::parts::{self, ContentItem, Shown};
use super::template::Draft;
use super::{Package, written};
use crate::arm::eval::tree::Tree;
use crate::arm::{Expr, Node, Object, Value};
use crate::ir::{Playbook, PlaybookKind};
use crate::source::Origin;
use body::Body;

/// Adds everything of the item. `number` counts from 1.
pub fn add(package: &Package, number: usize, playbook: &Playbook, draft: &mut Draft) {
    let origin = Origin::derived(playbook.id.span, "package: playbook");
    let item = Item { package, number, playbook, origin };
    let id = &playbook.id.value;
    draft.variables.set(id, written(&playbook.id));
    draft.variables.set(format!("_{id}"), item.at(Expr::variable(id)));
    // The template is carried over first: what it needs of the package stands before what needs the template.
    let template = item.template(&mut draft.variables);
    item.add_variables(&mut draft.variables);
    draft.resources.push(item.content_template(template).at(origin));
    let content_id = Expr::variable(format!("_{id}"));
    draft.criteria.push(parts::criterion(playbook.kind.content_kind(), content_id, item.version(), origin));
}

struct Item<'a> {
    package: &'a Package<'a>,
    number: usize,
    playbook: &'a Playbook,
    origin: Origin,
}

/// The tag of a kind in names and product ids.
fn tag(kind: PlaybookKind) -> &'static str {
    match kind {
        PlaybookKind::Playbook => "pl",
        PlaybookKind::CustomConnector => "lc",
        PlaybookKind::FunctionApp => "fa",
    }
}

impl Item<'_> {
    fn at(&self, value: impl Into<Node>) -> Node {
        value.into().at(self.origin)
    }

    /// `playbookVersion3`
    fn name(&self, name: &str) -> String {
        format!("{name}{}", self.number)
    }

    fn content(&self) -> ContentItem {
        let kind = self.playbook.kind.content_kind();
        ContentItem { kind, content_id: self.content_id(), version: self.version() }
    }

    fn version(&self) -> Expr {
        Expr::variable(self.name("playbookVersion"))
    }

    fn content_id(&self) -> Expr {
        Expr::variable(self.name("_playbookContentId"))
    }

    fn is_playbook(&self) -> bool {
        self.playbook.kind == PlaybookKind::Playbook
    }

    fn add_variables(&self, variables: &mut Object) {
        let (kind, id) = (self.playbook.kind, self.name("playbookContentId"));
        variables
            .set(self.name("playbookVersion"), written(&self.playbook.version))
            .set(&id, written(&self.playbook.id))
            .set(self.name("_playbookContentId"), self.at(Expr::variable(&id)));
        if self.is_playbook() {
            variables.set(self.name("playbookId"), self.at(workflow_id(&id)));
        }
        let tag = tag(kind);
        let unique = Expr::call("uniquestring", [self.content_id()]);
        let name = [parts::workspace(), Expr::text(format!("-{tag}-")), unique];
        let name = parts::content_name([parts::concat(name)]);
        let product_id = parts::product_id(tag, kind.content_kind(), self.content_id(), self.version());
        variables
            .set(self.name("playbookTemplateSpecName"), self.at(name))
            .set("workspaceResourceId", parts::workspace_id().into())
            .set(self.name("_playbookcontentProductId"), self.at(product_id));
    }

    /// The carried template inside its content template.
    fn template(&self, helpers: &mut Object) -> Node {
        let mut body = Body::new(self.playbook, helpers);
        let parameters = body.parameters();
        let mut resources = body.resources();
        let mut variables = body.variables();
        let metadata = gallery::metadata(self.package.info(), self.playbook, helpers);
        let content_id = self.name("playbookContentId");
        variables.push(("workspace-location-inline", location_text().into()));
        let (inner_id, resource_id) = (self.name("playbookContentId"), self.name("playbookId"));
        if let Some(id) = self.own_id(&content_id) {
            variables.push((&inner_id, written(&self.playbook.id)));
            variables.push((&resource_id, later(id)));
        }
        variables.push(("workspace-name", parts::workspace().into()));
        variables.push(("workspaceResourceId", later(workspace_id_later())));
        resources.push(self.at(self.metadata()));
        let mut template = Object::new()
            .with("$schema", parts::TEMPLATE_SCHEMA)
            .with("contentVersion", self.version())
            .with("parameters", parameters)
            .with("variables", variables.finish())
            .with("resources", resources);
        if let Some(metadata) = metadata {
            template.set("metadata", metadata);
        }
        Value::Template(template).into()
    }

    /// The id of what a custom connector or function app makes, known when it is created. The id of a function app is that of
    /// a workflow: as observed, and all that matters is that it is one.
    fn own_id(&self, content_id: &str) -> Option<Expr> {
        match (self.playbook.kind, &self.playbook.name_parameter) {
            (PlaybookKind::CustomConnector, Some(name)) => {
                Some(Expr::call("resourceId", [Expr::text("Microsoft.Web/customApis"), Expr::parameter(name)]))
            }
            (PlaybookKind::Playbook, _) => None,
            _ => Some(workflow_id(content_id)),
        }
    }

    fn metadata(&self) -> Object {
        let (item, id) = (self.content(), Expr::variable(self.name("playbookId")));
        let kind = item.kind;
        let pass = |expr: Expr| if self.is_playbook() { Node::from(expr) } else { later(expr) };
        let mut properties = item.metadata_properties(self.package.info(), None, pass(id.clone()));
        let needs: Vec<Node> = self.playbook.needs.iter().filter_map(|at| self.need(*at)).collect();
        if !needs.is_empty() {
            properties.set("dependencies", Object::new().with("criteria", needs).into());
        }
        let metadata = item.metadata(id.clone(), properties);
        if self.is_playbook() {
            return metadata;
        }
        let segments = Expr::call("split", [id, Expr::text("/")]);
        let own = parts::concat([Expr::text(format!("{kind}-")), Expr::call("last", [segments])]);
        let name = [Expr::variable("workspace-name"), Expr::text("/Microsoft.SecurityInsights/"), own];
        metadata.with("name", later(parts::concat(name)))
    }

    /// What the item calls, with the version that it has here.
    fn need(&self, at: usize) -> Option<Node> {
        let other = self.package.solution.playbooks.get(at)?;
        let content_id = Expr::variable(format!("_{}", other.id.value));
        let version = Expr::variable(format!("playbookVersion{}", at + 1));
        Some(parts::criterion(other.kind.content_kind(), content_id, version, self.origin))
    }

    fn content_template(&self, template: Node) -> Node {
        let version = &self.package.info().version.value;
        let shown = Shown {
            description: format!("{} Playbook with template version {version}", self.playbook.display_name.value),
            display_name: written(&self.playbook.display_name),
            product_id: Expr::variable(self.name("_playbookcontentProductId")),
            version: self.version().into(),
        };
        let properties = self.content().properties(template, shown);
        parts::content_template(Expr::variable(self.name("playbookTemplateSpecName")), properties).into()
    }
}

fn is_workflow(resource: &Tree) -> bool {
    resource.get("type").and_then(Tree::text).is_some_and(|ty| ty.eq_ignore_ascii_case("Microsoft.Logic/workflows"))
}

/// An expression for the second pass: when someone creates the playbook.
fn later(expr: Expr) -> Node {
    Node::fixed(Value::Expr { delay: 1, expr })
}

fn workflow_id(content_id: &str) -> Expr {
    Expr::call("resourceId", [Expr::text("Microsoft.Logic/workflows"), Expr::variable(content_id)])
}

fn workspace_id_later() -> Expr {
    let workspace = Expr::text("microsoft.OperationalInsights/Workspaces");
    Expr::call("resourceId", [workspace, Expr::variable("workspace-name")])
}

/// Makes the text `[resourceGroup().location]` when the package is installed, so that it is evaluated when the playbook is
/// created. Template checks take the plain text for a location that is hard-coded.
fn location_text() -> Expr {
    parts::concat([Expr::text("[resourceGroup().locatio"), Expr::text("n]")])
}
