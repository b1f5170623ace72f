//! From a template and the values of its parameters to the resources that a deployment of it would make.

use super::budget::Budget;
use super::environment::Environment;
use super::fault::{Fault, Kind};
use super::scope::{Scope, Variable};
use super::template::{MAX_RESOURCES, Resources, Template};
use super::tree::{Form, Member, Members, Tree};
use super::value::{Object, Value};
use super::{graph, ids, parameters, size, template, usage};
use crate::source::Origin;
use serde_json::json;
use std::rc::Rc;

/// One resource, everything evaluated.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The whole id, from `/subscriptions` on where it lies in one.
    pub id: Rc<str>,
    /// With those of its parents: `Microsoft.OperationalInsights/workspaces/tables`.
    pub ty: Rc<str>,
    /// A segment for each of the type's but the first.
    pub name: Rc<str>,
    /// All that is written of it but `type`, `name`, `copy`, `condition`, `dependsOn` and child resources.
    pub body: Object,
    /// As the template says them: ids, names or symbolic names.
    pub depends_on: Vec<Value>,
    pub origin: Option<Origin>,
    /// Which of the `resources` of its template it comes from, counted from 0; a child counts as the resource it is in.
    pub listed: usize,
}

#[derive(Debug, Clone)]
pub struct Output {
    pub name: Rc<str>,
    pub ty: Value,
    pub value: Value,
}

/// What a template evaluates to.
#[derive(Debug, Clone, Default)]
pub struct Expansion {
    /// In the order of the template, those of a nested deployment behind it.
    pub resources: Vec<Resource>,
    pub outputs: Vec<Output>,
    /// Parameters that nothing reads.
    pub unused: Vec<Rc<str>>,
}

/// How many faults of one template are told: more than anyone corrects at once.
const MAX_FAULTS: usize = 100;

/// Evaluates a template. `given`: values of its parameters as in a parameters file, `{name: {"value": …}}`.
///
/// # Errors
/// All that is wrong with it, each slip once.
pub fn expand(
    template: &Tree,
    given: Option<&Object>,
    env: &Environment,
    budget: &mut Budget,
) -> Result<Expansion, Vec<Fault>> {
    let mut faults = Vec::new();
    let made = expand_at(template, given, env.clone(), budget, 0, &mut faults);
    if let Some(expansion) = made.as_ref().filter(|_| faults.is_empty()) {
        size::check(expansion, &mut faults);
    }
    faults.truncate(MAX_FAULTS);
    if let Some(bound) = faults.iter().position(|fault| fault.kind == Kind::Bound) {
        // Once the budget is spent everything else fails too, for no reason of its own.
        faults.truncate(bound + 1);
    }
    match made {
        Some(expansion) if faults.is_empty() => Ok(expansion),
        _ => {
            let mut seen: Vec<Fault> = Vec::new();
            for fault in faults {
                // A broken variable is one slip, however many resources read it.
                if !seen.contains(&fault) {
                    seen.push(fault);
                }
            }
            Err(seen)
        }
    }
}

fn expand_at(
    tree: &Tree,
    given: Option<&Object>,
    env: Environment,
    budget: &mut Budget,
    depth: usize,
    faults: &mut Vec<Fault>,
) -> Option<Expansion> {
    let template = template::read(tree, faults).filter(|_| faults.is_empty())?;
    let scope = Scope {
        env,
        budget,
        parameters: parameters::declared(template.parameters, given, faults),
        definitions: template.definitions,
        variables: template.variables.map(Variable::all).unwrap_or_default(),
        functions: template.functions.clone(),
        loops: Vec::new(),
        lambdas: Vec::new(),
        arguments: None,
        in_default: false,
        depth,
    };
    let mut expander = Expander { scope, made: Vec::new(), nested: Vec::new(), skipped: Vec::new(), listed: 0, faults };
    expander.scope.bind_all(expander.faults);
    if !expander.faults.is_empty() {
        return None;
    }
    expander.resources(&template);
    expander.scope.all_variables(expander.faults);
    let outputs = expander.outputs(template.outputs);
    if !expander.is_over() {
        graph::check(&expander.made, &expander.skipped, expander.faults);
    }
    Some(Expansion { resources: expander.in_order(), outputs, unused: usage::unused(tree) })
}

struct Expander<'t, 'b> {
    scope: Scope<'t, 'b>,
    made: Vec<Made>,
    /// What nested deployments make, each behind the resource at this place of `made`.
    nested: Vec<(usize, Vec<Resource>)>,
    /// How `dependsOn` may name a resource whose condition does not hold; in lower case.
    skipped: Vec<String>,
    /// Which of the template's own resources is at hand.
    listed: usize,
    faults: &'b mut Vec<Fault>,
}

/// A resource and the names that only its template knows it by.
pub(super) struct Made {
    pub resource: Resource,
    pub symbol: Option<Rc<str>>,
    /// The name of the loop that made it.
    pub copy: Option<Rc<str>>,
    /// Where the name is written.
    pub name_origin: Option<Origin>,
    /// Where each of `depends_on` stands.
    pub dependency_origins: Vec<Option<Origin>>,
}

/// The resource that a child resource stands in.
struct Parent {
    ty: Rc<str>,
    name: Rc<str>,
}

/// Members of a resource that say how to deploy it, or are said in another way here.
const NOT_BODY: [&str; 6] = ["copy", "condition", "resources", "dependsOn", "name", "type"];

impl<'t> Expander<'t, '_> {
    fn resources(&mut self, template: &Template<'t>) {
        match template.resources {
            Resources::Listed(items) => {
                for (at, tree) in items.iter().enumerate() {
                    self.listed = at;
                    self.resource(None, tree, None);
                }
            }
            Resources::Named(named) => {
                for (at, member) in named.iter().enumerate() {
                    self.listed = at;
                    self.resource(Some(&member.name), &member.tree, None);
                }
            }
        }
        if self.made.len() > MAX_RESOURCES {
            let message =
                format!("the template has more than {MAX_RESOURCES} resources, which is what a deployment takes");
            self.faults.push(Fault::new(Kind::Limit, message).at(template.resources_origin));
        }
    }

    fn in_order(self) -> Vec<Resource> {
        let mut nested = self.nested.into_iter().peekable();
        let mut all = Vec::with_capacity(self.made.len());
        for (at, made) in self.made.into_iter().enumerate() {
            all.push(made.resource);
            while let Some((_, inner)) = nested.next_if(|(of, _)| *of == at) {
                all.extend(inner);
            }
        }
        all
    }

    /// A resource of the template, each round of its loop, and its children. What is wrong with it is noted.
    fn resource(&mut self, symbol: Option<&Rc<str>>, tree: &'t Tree, parent: Option<&Parent>) {
        if self.is_over() {
            return;
        }
        if let Err(fault) = self.rounds(symbol, tree, parent) {
            self.faults.push(fault.at(tree.origin));
        }
    }

    /// Whether it is known that the template is refused, and looking further tells nothing new.
    fn is_over(&self) -> bool {
        self.made.len() > MAX_RESOURCES || self.faults.len() >= MAX_FAULTS
    }

    fn rounds(&mut self, symbol: Option<&Rc<str>>, tree: &'t Tree, parent: Option<&Parent>) -> Result<(), Fault> {
        let written = Written::read(tree)?;
        let Some(copy) = written.copy else {
            return self.round(symbol, &written, parent, None);
        };
        let name: Rc<str> = match copy.get("name").and_then(Tree::text) {
            Some(name) => name.into(),
            None => return Err(Fault::new(Kind::Shape, "a copy loop has a `name`, which is a string").at(copy.origin)),
        };
        let Some(count) = copy.get("count") else {
            return Err(Fault::new(Kind::Shape, "a copy loop has a `count`").at(copy.origin));
        };
        self.skipped.push(name.to_lowercase());
        let count = self.scope.count(count)?;
        for index in 0..count {
            self.scope.loops.push((name.clone(), index));
            let done = self.round(symbol, &written, parent, Some(&name));
            self.scope.loops.pop();
            done?;
            if self.is_over() {
                break;
            }
        }
        Ok(())
    }

    fn round(
        &mut self,
        symbol: Option<&Rc<str>>,
        written: &Written<'t>,
        parent: Option<&Parent>,
        copy: Option<&Rc<str>>,
    ) -> Result<(), Fault> {
        let deployed = match written.condition {
            Some(condition) => self.holds(condition)?,
            None => true,
        };
        let mut ty = self.text(written.ty, "type")?;
        let mut name = self.text(written.name, "name")?;
        if let Some(parent) = parent {
            ty = format!("{}/{ty}", parent.ty).into();
            name = format!("{}/{name}", parent.name).into();
        }
        if !deployed {
            self.pass_over(&ty, &name, symbol);
            return Ok(());
        }
        let inner = written.inner_template(&ty);
        let parts = segments(&ty, &name).map_err(|fault| fault.at(written.name.origin)).and_then(|()| {
            let body = self.body(written, inner.is_some())?;
            body.iter().try_for_each(|(_, value)| self.scope.bounded(value, 0))?;
            Ok((body, self.dependencies(written)?))
        });
        let (body, (depends_on, dependency_origins)) = match parts {
            Ok(parts) => parts,
            Err(fault) => {
                // It is there, if broken: what depends on it is not at fault.
                self.pass_over(&ty, &name, symbol);
                return Err(fault);
            }
        };
        let id = self.id(&ty, &name, &body);
        let resource = Resource { id, ty, name, body, depends_on, origin: written.origin, listed: self.listed };
        self.scope.budget.spend(size_of::<Made>() + resource.id.len())?;
        let nested = inner.map(|inner| self.nested(inner, &resource));
        let own = Parent { ty: resource.ty.clone(), name: resource.name.clone() };
        let at = self.made.len();
        let name_origin = written.name.origin.or(written.origin);
        self.made.push(Made {
            resource,
            symbol: symbol.cloned(),
            copy: copy.cloned(),
            name_origin,
            dependency_origins,
        });
        self.nested.extend(nested.flatten().map(|inner| (at, inner)));
        for child in written.children {
            self.resource(None, child, Some(&own));
        }
        Ok(())
    }

    /// Notes how `dependsOn` may name a resource that is not made.
    fn pass_over(&mut self, ty: &str, name: &str, symbol: Option<&Rc<str>>) {
        self.skipped.extend([ids::tail(ty, name), name.to_lowercase()]);
        self.skipped.extend(symbol.map(|symbol| symbol.to_lowercase()));
    }

    fn holds(&mut self, condition: &'t Tree) -> Result<bool, Fault> {
        let fault = match self.scope.walk(condition)? {
            Value::Bool(it) => return Ok(it),
            Value::Opaque(call) => Fault::unknown(format!("whether it is deployed only a deployment knows: {call}")),
            other => Fault::new(Kind::Shape, format!("a condition is a boolean, not {}", other.kind())),
        };
        Err(fault.at(condition.origin))
    }

    fn text(&mut self, tree: &'t Tree, what: &str) -> Result<Rc<str>, Fault> {
        match self.scope.walk(tree)? {
            Value::Text(text) | Value::Opaque(text) => Ok(text),
            other => {
                let message = format!("the {what} of a resource is a string, not {}", other.kind());
                Err(Fault::new(Kind::Shape, message).at(tree.origin))
            }
        }
    }

    /// The body; of a deployment with a scope of its own without the template in it, which is evaluated by itself.
    fn body(&mut self, written: &Written<'t>, without_template: bool) -> Result<Object, Fault> {
        let mut body = Object::with_capacity(written.members.len());
        for member in written.members.iter().filter(|member| !is_one_of(&NOT_BODY, member)) {
            match member.tree.members() {
                Some(properties) if without_template && member.name.eq_ignore_ascii_case("properties") => {
                    let mut object = Object::with_capacity(properties.len());
                    for member in properties.iter().filter(|member| !is_one_of(&["template"], member)) {
                        self.scope.add_member(member, &mut object)?;
                    }
                    body.push(member.name.clone(), Value::object(object));
                }
                _ => self.scope.add_member(member, &mut body)?,
            }
        }
        Ok(body)
    }

    fn dependencies(&mut self, written: &Written<'t>) -> Result<(Vec<Value>, Vec<Option<Origin>>), Fault> {
        let (mut named, mut origins) = (Vec::new(), Vec::new());
        for tree in written.depends_on {
            match self.scope.walk(tree)? {
                value @ (Value::Text(_) | Value::Opaque(_)) => named.push(value),
                other => {
                    let message = format!("`dependsOn` holds ids and names, but this is {}", other.kind());
                    return Err(Fault::new(Kind::Shape, message).at(tree.origin));
                }
            }
            origins.push(tree.origin);
        }
        Ok((named, origins))
    }

    fn id(&self, ty: &str, name: &str, body: &Object) -> Rc<str> {
        if ty.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") {
            return format!("/subscriptions/{}/resourceGroups/{name}", self.scope.env.subscription_id).into();
        }
        let scope = match body.get("scope") {
            Some(Value::Text(scope) | Value::Opaque(scope)) => ids::scope_of(scope, &self.scope.env.scope),
            _ => self.scope.env.scope.clone(),
        };
        ids::of_resource(&scope, ty, name).into()
    }

    /// What the template inside a deployment makes.
    fn nested(&mut self, template: &'t Tree, deployment: &Resource) -> Option<Vec<Resource>> {
        let text = |name: &str| match deployment.body.get(name) {
            Some(Value::Text(text) | Value::Opaque(text)) => Some(text.clone()),
            _ => None,
        };
        let given = match deployment.body.get("properties") {
            Some(Value::Object(properties)) => properties.get("parameters").cloned(),
            _ => None,
        };
        let given = match &given {
            Some(Value::Object(given)) => Some(&**given),
            _ => None,
        };
        let (subscription, group) = (text("subscriptionId"), text("resourceGroup"));
        let env = self.scope.env.nested(&deployment.name, subscription.as_deref(), group.as_deref());
        let depth = self.scope.depth + 1;
        let made = expand_at(template, given, env, self.scope.budget, depth, self.faults);
        made.map(|expansion| expansion.resources)
    }

    fn outputs(&mut self, section: Option<&'t Members>) -> Vec<Output> {
        let mut outputs = Vec::new();
        for member in section.into_iter().flat_map(Members::iter) {
            match self.output(member) {
                Ok(output) => outputs.extend(output),
                Err(fault) => self.faults.push(fault.at(member.tree.origin)),
            }
        }
        outputs
    }

    fn output(&mut self, member: &'t Member) -> Result<Option<Output>, Fault> {
        if let Some(condition) = member.tree.get("condition")
            && !self.holds(condition)?
        {
            return Ok(None);
        }
        let value = match (member.tree.get("value"), member.tree.get("copy")) {
            (Some(value), _) => self.scope.walk(value)?,
            (None, Some(copy)) => self.scope.copies(copy, Rc::from(""))?,
            (None, None) => return Ok(None),
        };
        self.scope.bounded(&value, 0)?;
        let ty = member.tree.get("type").map(|ty| self.scope.walk(ty)).transpose()?.unwrap_or(Value::Null);
        Ok(Some(Output { name: member.name.clone(), ty, value }))
    }
}

fn is_one_of(names: &[&str], member: &Member) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(&member.name))
}

/// A name has as many segments as its type, but for the type's provider.
fn segments(ty: &str, name: &str) -> Result<(), Fault> {
    let (types, names) = (ty.matches('/').count(), name.matches('/').count() + 1);
    if types == names {
        return Ok(());
    }
    let message = format!("the type `{ty}` asks for {}, but `{name}` has {names}", segments_of(types));
    Err(Fault::new(Kind::Segments, message).help("write the names of the parents before it, with `/` between them"))
}

fn segments_of(count: usize) -> String {
    if count == 1 { "a name of one segment".to_owned() } else { format!("a name of {count} segments") }
}

/// A resource as the template writes it.
struct Written<'t> {
    members: &'t Members,
    ty: &'t Tree,
    name: &'t Tree,
    copy: Option<&'t Tree>,
    condition: Option<&'t Tree>,
    depends_on: &'t [Tree],
    children: &'t [Tree],
    origin: Option<Origin>,
}

impl<'t> Written<'t> {
    fn read(tree: &'t Tree) -> Result<Self, Fault> {
        let Some(members) = tree.members() else {
            return Err(Fault::new(Kind::Shape, format!("a resource is an object, but this is {}", tree.kind())));
        };
        let required = |name: &str| {
            members.get(name).ok_or_else(|| Fault::new(Kind::Shape, format!("the resource has no `{name}`")))
        };
        let list = |name: &str| match members.get(name).map(|tree| (tree, &tree.form)) {
            None | Some((_, Form::Null)) => Ok(<&[Tree]>::default()),
            Some((_, Form::Array(items))) => Ok(items.as_slice()),
            Some((tree, _)) => {
                Err(Fault::new(Kind::Shape, format!("`{name}` is an array, not {}", tree.kind())).at(tree.origin))
            }
        };
        required("apiVersion")?;
        Ok(Written {
            members,
            ty: required("type")?,
            name: required("name")?,
            copy: members.get("copy").filter(|copy| copy.members().is_some()),
            condition: members.get("condition"),
            depends_on: list("dependsOn")?,
            children: list("resources")?,
            origin: tree.origin,
        })
    }

    /// The template of a nested deployment that is evaluated in a scope of its own.
    fn inner_template(&self, ty: &str) -> Option<&'t Tree> {
        let properties =
            self.members.get("properties").filter(|_| ty.eq_ignore_ascii_case("Microsoft.Resources/deployments"))?;
        let scope = properties.get("expressionEvaluationOptions").and_then(|options| options.get("scope"))?;
        scope.text().filter(|scope| scope.eq_ignore_ascii_case("inner")).and_then(|_| properties.get("template"))
    }
}

impl Expansion {
    /// `{"resources": […], "outputs": {…}, "notes": […]}`
    pub fn to_json(&self) -> serde_json::Value {
        let outputs: serde_json::Map<String, serde_json::Value> = self
            .outputs
            .iter()
            .map(|output| {
                let value = json!({ "type": output.ty.to_json(), "value": output.value.to_json() });
                (output.name.to_string(), value)
            })
            .collect();
        let notes: Vec<String> = self.unused.iter().map(|name| format!("unused parameter: {name}")).collect();
        let resources: Vec<_> = self.resources.iter().map(Resource::to_json).collect();
        json!({ "resources": resources, "outputs": outputs, "notes": notes })
    }
}

impl Resource {
    /// Its members in one object, as the evaluation has them.
    pub fn to_json(&self) -> serde_json::Value {
        let mut members = serde_json::Map::new();
        members.insert("id".to_owned(), (*self.id).into());
        members.insert("type".to_owned(), (*self.ty).into());
        members.insert("name".to_owned(), (*self.name).into());
        members.extend(self.body.iter().map(|(name, value)| (name.to_string(), value.to_json())));
        members.insert("dependsOn".to_owned(), self.depends_on.iter().map(Value::to_json).collect());
        members.into()
    }
}
