//! The parts of a carried template as a content template holds them: expressions wait for the second pass, what is empty is
//! said by variables of the package (template checks refuse it written out), and ids of APIs and operations are variables.

use crate::arm::eval::tree::{Form, Member, Members, Tree};
use crate::arm::parse::{self, Written};
use crate::arm::{Expr, Name, Node, Object, Value};
use crate::ir::{Playbook, PlaybookKind};
use crate::source::Origin;

/// Variables of the package that stand for what is empty.
fn emptiness(name: &str) -> Expr {
    let json = |text: &str| Expr::call("json", [Expr::text(text)]);
    match name {
        "TemplateEmptyArray" => json("[]"),
        "TemplateEmptyObject" => json("{}"),
        "TemplateNullVariable" => json("null"),
        _ => Expr::call("replace", [Expr::text("b"), Expr::text("b"), Expr::text("")]),
    }
}

/// A variable of the package, which is there from now on.
pub fn helper(name: &'static str, helpers: &mut Object) -> Node {
    helpers.set(name, emptiness(name).into());
    Expr::variable(name).into()
}

/// The variables of the inner template, in their order.
#[derive(Default)]
pub struct Variables {
    members: Vec<(Name, Node)>,
}

impl Variables {
    pub fn push(&mut self, (name, node): (&str, Node)) {
        let is_same = |known: &Name| matches!(known, Name::Text(known) if known == name);
        self.members.retain(|(known, _)| !is_same(known));
        self.members.push((Name::Text(name.to_owned()), node));
    }

    pub fn finish(self) -> Node {
        members(self.members).into()
    }
}

/// What carries a template over.
pub struct Body<'a> {
    playbook: &'a Playbook,
    /// Variables of the package.
    helpers: &'a mut Object,
    /// Variables of the inner template that come of its resources.
    found: Vec<(String, Node)>,
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Place<'n> {
    /// The resource itself.
    is_resource: bool,
    /// Of the member; empty for an item of a list.
    name: &'n str,
    /// Inside of what an action or trigger is given.
    in_inputs: bool,
    /// Inside of the identities that the author made.
    in_identities: bool,
}

impl<'a> Body<'a> {
    pub fn new(playbook: &'a Playbook, helpers: &'a mut Object) -> Self {
        Body { playbook, helpers, found: Vec::new() }
    }

    /// As they are; a default that is an expression is evaluated when the playbook is created.
    pub fn parameters(&self) -> Node {
        let parameters = self.playbook.template.get("parameters");
        parameters.map_or_else(|| Object::new().into(), plain)
    }

    /// The template's own, then those that its resources gave. Comes after [`Body::resources`].
    pub fn variables(self) -> Variables {
        let own = self.playbook.template.get("variables").and_then(Tree::members);
        let mut variables = Variables::default();
        for member in own.into_iter().flat_map(Members::iter) {
            variables.members.push((name(&member.name), located(&member.tree)));
        }
        self.found.into_iter().for_each(|(name, node)| variables.push((&name, node)));
        variables
    }

    pub fn resources(&mut self) -> Vec<Node> {
        let template = &self.playbook.template;
        let listed = template.get("resources").and_then(Tree::items).unwrap_or_default();
        (1..).zip(listed).map(|(number, resource)| self.resource(number, resource)).collect()
    }

    fn resource(&mut self, number: usize, resource: &Tree) -> Node {
        let place = Place { is_resource: true, name: "", in_inputs: false, in_identities: false };
        let is_connection = self.playbook.connections.iter().any(|connection| connection.number == number);
        let api = resource.get("properties").and_then(|properties| properties.get("api")).and_then(|api| api.get("id"));
        let mut node = self.value(resource, place).unwrap_or_else(|| Object::new().into());
        if let (true, Some(api)) = (is_connection, api) {
            self.connect(number, api, &mut node);
        }
        let is_workflow = super::is_workflow(resource);
        if is_workflow && let Value::Object(object) = &mut node.value {
            tag_workspace(object);
        }
        node
    }

    /// Puts a variable in place of the id of a connection's API.
    fn connect(&mut self, number: usize, api: &Tree, node: &mut Node) {
        let (name, outer) = (format!("connection-{number}"), format!("_connection-{number}"));
        self.found.push((name.clone(), located(resolved(&self.playbook.template, api))));
        self.found.push((outer.clone(), super::later(Expr::variable(name))));
        let slot = member(node, "properties").and_then(|node| member(node, "api")).and_then(|node| member(node, "id"));
        if let Some(slot) = slot {
            *slot = Node { origin: api.origin, ..super::later(Expr::variable(outer)) };
        }
    }

    /// `None`: an object of which nothing is left, which says no more than if it were not there.
    fn value(&mut self, tree: &Tree, place: Place<'_>) -> Option<Node> {
        let node = match &tree.form {
            Form::Null => helper("TemplateNullVariable", self.helpers),
            Form::Array(items) if items.is_empty() => helper("TemplateEmptyArray", self.helpers),
            Form::Array(items) => {
                let items = items.iter().map(|item| self.item(item, place)).collect::<Vec<_>>();
                Value::Array(items).into()
            }
            Form::Object(members) if members.is_empty() => {
                let is_given = place.name == "inputs" || place.in_inputs && place.name == "value";
                if !is_given && !place.in_identities {
                    return None;
                }
                helper("TemplateEmptyObject", self.helpers)
            }
            Form::Object(members) => return self.object(members, tree, place),
            Form::Text(text) if text.is_empty() => helper("blanks", self.helpers),
            Form::Text(text) if self.is_operation(place) => self.operation(text),
            _ => return Some(located(tree)),
        };
        Some(with_origin(node, tree))
    }

    fn is_operation(&self, place: Place<'_>) -> bool {
        self.playbook.kind == PlaybookKind::CustomConnector && place.name == "operationId"
    }

    fn operation(&mut self, id: &str) -> Node {
        let (name, outer) = (format!("operationId-{id}"), format!("_operationId-{id}"));
        self.found.push((name.clone(), id.into()));
        self.found.push((outer.clone(), super::later(Expr::variable(name))));
        super::later(Expr::variable(outer))
    }

    /// An item stays, whatever it is: the places of the others depend on it.
    fn item(&mut self, tree: &Tree, place: Place<'_>) -> Node {
        if tree.text().is_some_and(str::is_empty) {
            return with_origin(Node::from(""), tree);
        }
        let inside = Place { is_resource: false, name: "", ..place };
        self.value(tree, inside).unwrap_or_else(|| with_origin(helper("TemplateEmptyObject", self.helpers), tree))
    }

    fn object(&mut self, given: &Members, tree: &Tree, place: Place<'_>) -> Option<Node> {
        let mut kept = Vec::new();
        for member in given.iter() {
            if place.is_resource && member.tree.is_null() {
                // Resource Manager takes it for one that is not there.
                continue;
            }
            let inside = Place {
                is_resource: false,
                name: &member.name,
                in_inputs: place.in_inputs || member.name.eq_ignore_ascii_case("inputs"),
                in_identities: place.name.eq_ignore_ascii_case("userAssignedIdentities"),
            };
            if let Some(node) = self.value(&member.tree, inside) {
                kept.push((name(&member.name), node));
            }
        }
        (!kept.is_empty()).then(|| with_origin(members(kept).into(), tree))
    }
}

/// An object, with names that are expressions where there are any.
fn members(members: Vec<(Name, Node)>) -> Value {
    if members.iter().any(|(name, _)| matches!(name, Name::Expr { .. })) {
        return Value::Computed(members);
    }
    let members = members.into_iter().filter_map(|(name, node)| match name {
        Name::Text(name) => Some((name, node)),
        Name::Expr { .. } => None,
    });
    Value::Object(Object { members: members.collect() })
}

/// A name may be an expression, too.
fn name(written: &str) -> Name {
    match parse::string(written) {
        Ok(Written::Expr(expr)) => Name::Expr { delay: 1, expr: with_location(&expr) },
        Ok(Written::Literal(name)) => Name::Text(name),
        Err(_) => Name::Text(written.to_owned()),
    }
}

fn member<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Object(object) => object.members.iter_mut().find(|(found, _)| found == name).map(|(_, node)| node),
        _ => None,
    }
}

/// The workflow says which workspace it belongs to.
fn tag_workspace(workflow: &mut Object) {
    let tag = || ("hidden-SentinelWorkspaceId".to_owned(), super::later(Expr::variable("workspaceResourceId")));
    match workflow.members.iter_mut().find(|(name, _)| name == "tags").map(|(_, node)| &mut node.value) {
        Some(Value::Object(tags)) => {
            let (name, id) = tag();
            tags.set(name, id);
        }
        Some(Value::Computed(tags)) => {
            let (name, id) = tag();
            tags.push((Name::Text(name), id));
        }
        _ => {
            let (name, id) = tag();
            workflow.set("tags", Object::new().with(name, id).into());
        }
    }
}

/// What a variable holds, if that is all that an expression asks for.
fn resolved<'t>(template: &'t Tree, tree: &'t Tree) -> &'t Tree {
    let Form::Expr(expr) = &tree.form else { return tree };
    let Expr::Call(function, arguments) = &**expr else { return tree };
    match arguments.as_slice() {
        [Expr::Text(name)] if function.eq_ignore_ascii_case("variables") => {
            template.get("variables").and_then(|variables| variables.get(name)).unwrap_or(tree)
        }
        _ => tree,
    }
}

/// A node as it is, its expressions for the second pass.
pub fn plain(tree: &Tree) -> Node {
    carried(tree, &|expr| expr.clone())
}

/// The same, with the package's word for the location of the resource group.
fn located(tree: &Tree) -> Node {
    carried(tree, &with_location)
}

fn carried(tree: &Tree, expression: &impl Fn(&Expr) -> Expr) -> Node {
    let value = match &tree.form {
        Form::Null => Value::Null,
        Form::Bool(value) => Value::Bool(*value),
        Form::Int(value) => Value::Int(*value),
        Form::Real(value) => Value::Real(*value),
        Form::Text(text) | Form::Broken { text, .. } => Value::Text(text.to_string()),
        Form::Expr(expr) => Value::Expr { delay: 1, expr: expression(expr) },
        Form::Array(items) => Value::Array(items.iter().map(|item| carried(item, expression)).collect()),
        Form::Object(given) => {
            let one = |member: &Member| (name(&member.name), carried(&member.tree, expression));
            members(given.iter().map(one).collect())
        }
    };
    Node::new(value, tree.origin)
}

fn with_location(expr: &Expr) -> Expr {
    let is_group = |expr: &Expr| matches!(expr, Expr::Call(name, arguments) if name.eq_ignore_ascii_case("resourceGroup") && arguments.is_empty());
    match expr {
        Expr::Member(target, member) if member.eq_ignore_ascii_case("location") && is_group(target) => {
            Expr::variable("workspace-location-inline")
        }
        Expr::Member(target, member) => Expr::Member(Box::new(with_location(target)), member.clone()),
        Expr::Index(target, index) => Expr::Index(Box::new(with_location(target)), Box::new(with_location(index))),
        Expr::Call(name, arguments) => Expr::Call(name.clone(), arguments.iter().map(with_location).collect()),
        Expr::Text(_) | Expr::Int(_) => expr.clone(),
    }
}

/// A text in place of a node.
pub fn written(text: String, tree: &Tree) -> Node {
    with_origin(Node::from(text), tree)
}

fn with_origin(node: Node, tree: &Tree) -> Node {
    Node { origin: tree.origin.map(|origin| Origin { rule: None, ..origin }), ..node }
}
