//! A solution package, pass by pass. First it is installed: `mainTemplate.json` is evaluated, and leaves content templates
//! behind. Then each of them is activated: its own `mainTemplate` is evaluated, the one of the connections with what
//! somebody fills into the connector page.

use crate::arm::eval::budget::Budget;
use crate::arm::eval::fault::{Fault, Kind};
use crate::arm::eval::tree::{Form, Member, Members, Tree};
use crate::arm::eval::value::{Object, Value};
use crate::arm::eval::{Environment, Resource, expand};
use crate::ir::Playbook;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A content template, installed.
#[derive(Debug)]
pub struct Content {
    /// As the package says them: texts, as a rule.
    pub kind: Value,
    pub id: Value,
    pub display_name: Value,
    /// What is evaluated when it is activated.
    template: Option<Tree>,
}

/// What comes of activating a content template.
#[derive(Debug)]
pub struct Activated {
    pub resources: Vec<Resource>,
    /// The parameters that keep their defaults, in the order of the template.
    pub unset: Vec<Rc<str>>,
}

/// The portal gives these to every content template; here they are always the same.
const GUID: &str = "00000000-0000-0000-0000-000000000001";
const ENDPOINT: &str = "https://dce.example";
const RULE: &str = "dcr-00000000000000000000000000000000";

/// The parameter in which the portal gives a Push connector the application that it made.
pub const APPLICATION: &str = "auth";

/// The values that the portal adds to those of the connector page, by the names of their parameters: `guidValue` and
/// `dcrConfig`. Stand-ins, never chance.
pub fn portal_values() -> Object {
    let config = [("dataCollectionEndpoint", ENDPOINT), ("dataCollectionRuleImmutableId", RULE)];
    let config: Object = config.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
    [("guidValue", GUID.into()), ("dcrConfig", Value::object(config))]
        .into_iter()
        .map(|(name, value)| (name.into(), given(value)))
        .collect()
}

/// A value as a parameters file has it.
pub fn given(value: Value) -> Value {
    let mut object = Object::with_capacity(1);
    object.push("value", value);
    Value::object(object)
}

/// A content template of a package as it is written: its parameters can be read before anything is evaluated.
#[derive(Debug, Clone, Copy)]
pub struct Written<'t> {
    pub template: &'t Tree,
    /// Whether it is the one that makes connections: the connector page fills in its parameters.
    pub connects: bool,
}

pub fn written(package: &Tree) -> impl Iterator<Item = Written<'_>> {
    let resources = package.get("resources").and_then(Tree::items).unwrap_or_default();
    resources.iter().filter_map(|resource| resource.get("properties")).filter_map(|properties| {
        let kind = properties.get("contentKind").and_then(Tree::text);
        let connects = kind.is_some_and(is_connections);
        Some(Written { template: properties.get("mainTemplate")?, connects })
    })
}

fn is_connections(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("ResourcesDataConnector")
}

/// What the service binds itself in the template that makes connections. No secret, though packages type it so.
const BOUND: [&str; 6] =
    ["guidValue", "innerWorkspace", "workspace", "connectorDefinitionName", "dcrConfig", APPLICATION];

pub fn is_bound(name: &str) -> bool {
    BOUND.iter().any(|bound| bound.eq_ignore_ascii_case(name))
}

/// The parameters of the template that makes connections which are no secrets. Packages type every one of them
/// `securestring`; it is the connector page that says which box shows what is typed into it.
pub fn plain_inputs(package: &Tree) -> BTreeSet<&str> {
    let mut plain = BTreeSet::from(BOUND);
    let mut open = vec![package];
    while let Some(tree) = open.pop() {
        if let (Some("Textbox" | "Dropdown"), Some(control)) =
            (tree.get("type").and_then(Tree::text), tree.get("parameters"))
        {
            let hidden =
                control.get("type").and_then(Tree::text).is_some_and(|ty| matches!(ty, "password" | "securestring"));
            plain.extend(control.get("name").and_then(Tree::text).filter(|_| !hidden));
        }
        open.extend(tree.items().unwrap_or_default());
        open.extend(tree.members().into_iter().flat_map(Members::iter).map(|member| &member.tree));
    }
    plain
}

/// The first pass: what the package leaves behind. `values`: as a parameters file has them; those of other parameters are
/// passed over.
///
/// # Errors
/// What is wrong with the package itself.
pub fn install(
    package: &Tree,
    values: &Object,
    env: &Environment,
    budget: &mut Budget,
) -> Result<Vec<Content>, Vec<Fault>> {
    let own: Object = parameters(package).filter_map(|name| Some((name.clone(), values.get(name)?.clone()))).collect();
    let listed = package.get("resources").and_then(Tree::items).unwrap_or_default();
    let expansion = expand(package, Some(&own), env, budget)?;
    let templates = expansion.resources.iter().filter(|resource| is_content(&resource.ty));
    Ok(templates.map(|resource| content(resource, listed.get(resource.listed))).collect())
}

fn is_content(ty: &str) -> bool {
    ty.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case("contentTemplates"))
}

fn parameters(template: &Tree) -> impl Iterator<Item = &Rc<str>> {
    let members = template.get("parameters").and_then(Tree::members);
    members.into_iter().flat_map(Members::iter).map(|member| &member.name)
}

fn content(resource: &Resource, source: Option<&Tree>) -> Content {
    let source = source.and_then(|source| source.get("properties"));
    let properties = match resource.body.get("properties") {
        Some(Value::Object(properties)) => properties.clone(),
        _ => Rc::default(),
    };
    let text = |name: &str| properties.get(name).cloned().unwrap_or(Value::Null);
    let written = source.and_then(|source| source.get("mainTemplate"));
    let template = |value| as_activated(Tree::of_value(value, written).or_origin(resource.origin));
    Content {
        kind: text("contentKind"),
        id: text("contentId"),
        display_name: text("displayName"),
        template: properties.get("mainTemplate").map(template),
    }
}

/// The template as the portal hands it over. Published content templates have a `contentVersion` of three numbers, and a
/// table without the workspace before its name; both are put right on the way, or they would be refused.
fn as_activated(mut template: Tree) -> Tree {
    let origin = template.origin;
    let Form::Object(members) = template.form else { return template };
    let mut members: Vec<Member> = members
        .iter()
        .filter(|member| !member.name.eq_ignore_ascii_case("contentVersion"))
        .cloned()
        .map(|member| match &member.tree.form {
            Form::Array(items) if member.name.eq_ignore_ascii_case("resources") => {
                let items = items.iter().cloned().map(with_workspace).collect();
                Member { tree: Tree::new(Form::Array(items), member.tree.origin), ..member }
            }
            _ => member,
        })
        .collect();
    members.push(Member { name: "contentVersion".into(), tree: Tree::new(Form::Text("1.0.0.0".into()), origin) });
    template.form = Form::Object(members.into_iter().collect());
    template
}

/// What stands for the workspace before the name of a table that comes without one.
const SOME_WORKSPACE: &str = "WORKSPACE";

fn with_workspace(resource: Tree) -> Tree {
    let is_table = |ty: &str| ty.eq_ignore_ascii_case("Microsoft.OperationalInsights/workspaces/tables");
    let bare = resource.get("name").and_then(Tree::text).filter(|name| !name.contains('/'));
    let (true, Some(name)) = (resource.get("type").and_then(Tree::text).is_some_and(is_table), bare) else {
        return resource;
    };
    let name: Rc<str> = format!("{SOME_WORKSPACE}/{name}").into();
    let members = resource.members().into_iter().flat_map(Members::iter).map(|member| {
        if member.name.eq_ignore_ascii_case("name") {
            Member { tree: Tree::new(Form::Text(name.clone()), member.tree.origin), ..member.clone() }
        } else {
            member.clone()
        }
    });
    Tree::new(Form::Object(members.collect()), resource.origin)
}

impl Content {
    /// The resources that activating it makes, as they are written.
    pub fn resources(&self) -> Option<&Tree> {
        self.template.as_ref().and_then(|template| template.get("resources"))
    }

    /// Whether it is the one of a playbook, custom connector or function app.
    pub fn is(&self, playbook: &Playbook) -> bool {
        let is = |value: &Value, text: &str| matches!(value, Value::Text(found) if **found == *text);
        is(&self.kind, playbook.kind.content_kind()) && is(&self.id, &playbook.id.value)
    }

    /// Whether it makes connections.
    pub fn connects(&self) -> bool {
        matches!(&self.kind, Value::Text(kind) if is_connections(kind))
    }

    /// The second pass. `values`: as a parameters file has them; those of other parameters are passed over.
    ///
    /// # Errors
    /// What is wrong with the template, or a parameter without value and default.
    pub fn activate(&self, values: &Object, env: &Environment, budget: &mut Budget) -> Result<Activated, Vec<Fault>> {
        let Some(template) = &self.template else {
            return Err(vec![Fault::new(Kind::Shape, "the content template has no `mainTemplate`")]);
        };
        let mut own = Object::default();
        let mut unset = Vec::new();
        for member in template.get("parameters").and_then(Tree::members).into_iter().flat_map(Members::iter) {
            match values.get(&member.name) {
                Some(value) => own.push(member.name.clone(), value.clone()),
                None if member.tree.get("defaultValue").is_some() => unset.push(member.name.clone()),
                None => {}
            }
        }
        let expansion = expand(template, Some(&own), env, budget)?;
        Ok(Activated { resources: expansion.resources, unset })
    }

    /// `{contentKind, contentId, displayName}`
    pub fn to_json(&self) -> Json {
        json!({
            "contentKind": self.kind.to_json(),
            "contentId": self.id.to_json(),
            "displayName": self.display_name.to_json(),
        })
    }
}

impl Activated {
    /// `{resources, unset}`
    pub fn to_json(&self) -> Json {
        let resources: Vec<Json> = self.resources.iter().map(Resource::to_json).collect();
        json!({ "resources": resources, "unset": self.unset.iter().map(|name| &**name).collect::<Vec<_>>() })
    }
}
