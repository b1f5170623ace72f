//! The bundle before it has a notation: parameters, variables, resources and outputs, each once. The ARM and the Bicep
//! files are printed from this and decide nothing.

use super::names::{CONNECTION_NAME, ENABLE_ANALYTIC_RULES, LOCATION, Names, WORKSPACE_NAME};
use super::{nested, outputs, raw, roles};
use crate::bicep::{Expr as Bicep, Meaning, Meanings, Type};
use crate::ir::graph::{Condition, Graph, Resource, Switch};
use crate::ir::{Expr, Input, InputKind, Nested, Solution, Value, ValueKind};
use crate::source::Origin;
use crate::{arm, bicep};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const WORKSPACE_TYPE: &str = "Microsoft.OperationalInsights/workspaces";
/// The newest stable version that the service's published types have.
const WORKSPACE_API_VERSION: &str = "2025-07-01";

/// Characters of a connection's name at most: as many as the GUID that the portal puts in its place (observed; the service
/// documents no limit).
pub const MAX_CONNECTION_NAME: i64 = 36;

/// A parameter of the bundle.
#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: String,
    pub ty: Type,
    pub description: String,
    pub secret: bool,
    /// The only values that it takes; empty for no limit.
    pub allowed: Vec<String>,
    /// The shortest text that is taken. An empty one for what must be given is refused before anything is deployed.
    pub min_length: Option<i64>,
    pub max_length: Option<i64>,
    /// `None`: whoever deploys must give a value.
    pub default: Option<Bicep>,
    /// What the example parameter files give; `None` for secrets and for what its default says best.
    pub example: Option<Bicep>,
    pub origin: Origin,
}

/// A variable of the bundle; all are texts made from parameters.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    pub name: String,
    pub value: Bicep,
    pub origin: Origin,
}

/// What a resource hangs on.
pub(super) enum Place {
    Group,
    /// A child of the resource of this symbol.
    Child(String),
    /// An extension of the resource of this symbol.
    Extension(String),
}

pub(super) struct Planned<'a> {
    pub symbol: String,
    pub ty: String,
    pub api_version: String,
    pub place: Place,
    /// The last segment, unless the place is the group.
    pub name: Bicep,
    pub name_origin: Origin,
    pub condition: Option<Bicep>,
    /// Members of the body after the name.
    pub members: Vec<(&'a str, Member<'a>)>,
    /// Symbols that no expression names, for Bicep's own list.
    pub depends_on: Vec<String>,
    pub origin: Origin,
}

pub(super) enum Member<'a> {
    Value(&'a Value),
    Expr(Bicep),
}

pub(super) struct Output {
    pub name: &'static str,
    pub ty: Type,
    pub description: &'static str,
    pub value: Bicep,
    pub origin: Origin,
}

pub(super) struct Plan<'a> {
    pub names: Names,
    pub parameters: Vec<Parameter>,
    pub variables: Vec<Variable>,
    pub resources: Vec<Planned<'a>>,
    /// What is referred to and not deployed, in the order in which they hang on each other.
    pub existing: Vec<Planned<'a>>,
    /// Deployments inside this one.
    pub modules: Vec<Module<'a>>,
    pub outputs: Vec<Output>,
    /// What every name of the bundle stands for.
    pub meanings: Meanings,
}

/// A deployment inside this one, whose template has names of its own.
pub(super) struct Module<'a> {
    pub symbol: String,
    /// Of its Bicep file, from the folder of `main.bicep`.
    pub path: String,
    pub name: Bicep,
    pub subscription: Bicep,
    pub group: Bicep,
    /// What its parameters are given.
    pub arguments: Vec<(&'static str, Bicep)>,
    pub plan: Plan<'a>,
    pub origin: Origin,
}

impl<'a> Plan<'a> {
    pub fn new(solution: &'a Solution, graph: &'a Graph) -> Self {
        let names = Names::new(solution, graph);
        let mut plan = Plan {
            parameters: parameters(solution, graph),
            variables: names.variables.clone(),
            resources: Vec::new(),
            existing: Vec::new(),
            modules: Vec::new(),
            outputs: outputs::of(graph, &names),
            meanings: Meanings::new(),
            names,
        };
        plan.declare();
        plan.refer_to(workspace(&plan.names, solution));
        for resource in &graph.resources {
            plan.add(planned(resource, &plan.names));
        }
        for nested in &graph.nested {
            plan.add_module(nested::module(nested, &plan.names));
        }
        for assignment in &graph.roles {
            plan.add(roles::planned(assignment, &plan.names));
        }
        raw::add(&mut plan, solution);
        plan.drop_implied_dependencies();
        plan.drop_unused();
        plan
    }

    /// Notes what parameters and variables stand for.
    pub fn declare(&mut self) {
        for parameter in &self.parameters {
            self.meanings.insert(parameter.name.clone(), Meaning::Parameter);
        }
        for variable in &self.variables {
            self.meanings.insert(variable.name.clone(), Meaning::Variable);
        }
    }

    /// Adds a resource, and what its symbol stands for. What it hangs on must be there already.
    pub fn add(&mut self, resource: Planned<'a>) {
        self.mean(&resource);
        self.resources.push(resource);
    }

    /// [`Plan::add`] of what is there already.
    pub fn refer_to(&mut self, resource: Planned<'a>) {
        self.mean(&resource);
        self.existing.push(resource);
    }

    fn mean(&mut self, resource: &Planned<'_>) {
        let meaning = Meaning::Resource {
            ty: resource.ty.clone(),
            api_version: resource.api_version.clone(),
            id: self.id(resource),
            name: resource.name.clone(),
        };
        self.meanings.insert(resource.symbol.clone(), meaning);
    }

    fn add_module(&mut self, module: Module<'a>) {
        let meaning = Meaning::Resource {
            ty: Nested::ARM_TYPE.to_owned(),
            api_version: Nested::API_VERSION.to_owned(),
            id: self.module_id(&module),
            name: module.name.clone(),
        };
        self.meanings.insert(module.symbol.clone(), meaning);
        self.modules.push(module);
    }

    /// As the Bicep compiler writes the id of a module in another resource group.
    fn module_id(&self, module: &Module<'_>) -> arm::Expr {
        let written = |expr: &Bicep| bicep::arm_form::expression(expr, &self.meanings);
        let group = [
            arm::Expr::text("/subscriptions/{0}/resourceGroups/{1}"),
            written(&module.subscription),
            written(&module.group),
        ];
        let group = arm::Expr::call("format", group);
        arm::Expr::call("extensionResourceId", [group, arm::Expr::text(Nested::ARM_TYPE), written(&module.name)])
    }

    fn id(&self, resource: &Planned<'_>) -> arm::Expr {
        let own = bicep::arm_form::expression(&resource.name, &self.meanings);
        match &resource.place {
            Place::Group => resource_id(&resource.ty, segments(&resource.ty, own)),
            Place::Child(parent) => resource_id(&resource.ty, self.names_of(parent).into_iter().chain([own])),
            Place::Extension(target) => {
                let target = match self.meanings.get(target) {
                    Some(Meaning::Resource { id, .. }) => id.clone(),
                    _ => arm::Expr::text(target),
                };
                let names = segments(&resource.ty, own);
                arm::Expr::call("extensionResourceId", [target, arm::Expr::text(&resource.ty)].into_iter().chain(names))
            }
        }
    }

    /// The name of a resource that others hang on, as ARM has it, and before it those of what it hangs on itself.
    pub fn names_of(&self, symbol: &str) -> Vec<arm::Expr> {
        let Some(resource) = self.existing.iter().chain(&self.resources).find(|known| known.symbol == symbol) else {
            return vec![arm::Expr::text(symbol)];
        };
        let mut names = match &resource.place {
            Place::Child(parent) => self.names_of(parent),
            Place::Group | Place::Extension(_) => Vec::new(),
        };
        names.push(bicep::arm_form::expression(&resource.name, &self.meanings));
        names
    }

    /// The symbols of deployed resources that the expressions of a resource name, without itself.
    fn named_by(&self, resource: &Planned<'_>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut note = |name: &str| {
            let deployed = matches!(self.meanings.get(name), Some(Meaning::Resource { .. }));
            let is_existing = self.existing.iter().any(|existing| existing.symbol == name);
            if deployed && name != resource.symbol && !is_existing {
                found.insert(name.to_owned());
            }
        };
        if let Place::Child(symbol) | Place::Extension(symbol) = &resource.place {
            note(symbol);
        }
        self.for_each_name(resource, &mut note);
        found
    }

    /// The symbols that a resource waits for, as the compiler lists them: what its expressions name and what it says
    /// itself, by name without case.
    pub fn dependencies(&self, resource: &Planned<'_>) -> Vec<String> {
        let mut symbols = self.named_by(resource);
        symbols.extend(resource.depends_on.iter().cloned());
        let mut symbols: Vec<_> = symbols.into_iter().collect();
        symbols.sort_by_key(|symbol| symbol.to_ascii_lowercase());
        symbols
    }

    fn for_each_name(&self, resource: &Planned<'_>, f: &mut impl FnMut(&str)) {
        resource.name.for_each_name(f);
        if let Some(condition) = &resource.condition {
            condition.for_each_name(f);
        }
        for (_, member) in &resource.members {
            match member {
                Member::Value(value) => for_each_expr(value, &mut |expr| self.names.write(expr).for_each_name(f)),
                Member::Expr(expr) => expr.for_each_name(f),
            }
        }
    }

    /// Takes the dependencies away that follow from expressions anyway, as Bicep's linter wants it.
    pub fn drop_implied_dependencies(&mut self) {
        let named: BTreeMap<_, _> = self.resources.iter().map(|r| (r.symbol.clone(), self.named_by(r))).collect();
        for resource in &mut self.resources {
            let mut implied = BTreeSet::new();
            let mut queue: Vec<_> = named.get(&resource.symbol).into_iter().flatten().collect();
            while let Some(symbol) = queue.pop() {
                if implied.insert(symbol) {
                    queue.extend(named.get(symbol).into_iter().flatten());
                }
            }
            resource.depends_on.retain(|symbol| !implied.contains(symbol));
        }
    }

    /// Takes away the parameters and variables that nothing uses: both validators refuse them.
    pub fn drop_unused(&mut self) {
        let mut used = BTreeSet::new();
        for resource in &self.resources {
            if let Place::Child(symbol) | Place::Extension(symbol) = &resource.place {
                used.insert(symbol.clone());
            }
            self.for_each_name(resource, &mut |name| {
                used.insert(name.to_owned());
            });
        }
        let values = self.outputs.iter().map(|output| &output.value);
        let given = self.modules.iter().flat_map(Module::expressions);
        for value in values.chain(given) {
            value.for_each_name(&mut |name| {
                used.insert(name.to_owned());
            });
        }
        // Each hangs on those before it.
        for existing in self.existing.iter().rev() {
            if !used.contains(&existing.symbol) {
                continue;
            }
            if let Place::Child(symbol) | Place::Extension(symbol) = &existing.place {
                used.insert(symbol.clone());
            }
            existing.name.for_each_name(&mut |name| {
                used.insert(name.to_owned());
            });
        }
        self.existing.retain(|existing| used.contains(&existing.symbol));
        // A variable names only those before it.
        for variable in self.variables.iter().rev() {
            if used.contains(&variable.name) {
                variable.value.for_each_name(&mut |name| {
                    used.insert(name.to_owned());
                });
            }
        }
        self.variables.retain(|variable| used.contains(&variable.name));
        self.parameters.retain(|parameter| used.contains(&parameter.name));
    }
}

impl Module<'_> {
    /// What the deployment around it works out for it.
    fn expressions(&self) -> impl Iterator<Item = &Bicep> {
        [&self.name, &self.subscription, &self.group].into_iter().chain(self.arguments.iter().map(|(_, value)| value))
    }
}

fn workspace<'a>(names: &Names, solution: &Solution) -> Planned<'a> {
    let origin = Origin::derived(solution.info.span, "workspace of every bundle");
    Planned {
        symbol: names.workspace.clone(),
        ty: WORKSPACE_TYPE.to_owned(),
        api_version: WORKSPACE_API_VERSION.to_owned(),
        place: Place::Group,
        name: Bicep::name(WORKSPACE_NAME),
        name_origin: origin,
        condition: None,
        members: Vec::new(),
        depends_on: Vec::new(),
        origin,
    }
}

/// Calls `f` with every expression of a body.
pub(super) fn for_each_expr<'a>(value: &'a Value, f: &mut impl FnMut(&'a Expr)) {
    match &value.kind {
        ValueKind::Array(items) => items.iter().for_each(|item| for_each_expr(item, f)),
        ValueKind::Object(object) => object.members.iter().for_each(|(_, member)| for_each_expr(member, f)),
        ValueKind::Expr(expr) => f(expr),
        _ => {}
    }
}

fn resource_id(ty: &str, names: impl IntoIterator<Item = arm::Expr>) -> arm::Expr {
    arm::Expr::call("resourceId", std::iter::once(arm::Expr::text(ty)).chain(names))
}

/// The arguments that an id needs for a name with as many segments as its type.
fn segments(ty: &str, name: arm::Expr) -> Vec<arm::Expr> {
    let count = ty.split('/').count().saturating_sub(1);
    if count < 2 {
        return vec![name];
    }
    let split = arm::Expr::call("split", [name, arm::Expr::text("/")]);
    (0..count).map(|i| split.clone().index(arm::Expr::Int(i64::try_from(i).unwrap_or(i64::MAX)))).collect()
}

fn planned<'a>(resource: &'a Resource, names: &Names) -> Planned<'a> {
    let place = match resource.kind {
        kind if kind.is_child() => Place::Child(names.workspace.clone()),
        kind if kind.is_extension() => Place::Extension(names.workspace.clone()),
        _ => Place::Group,
    };
    let mut members = Vec::new();
    if resource.kind.has_location() {
        members.push(("location", Member::Expr(Bicep::name(LOCATION))));
    }
    if resource.kind.is_saved_search() {
        // Whatever version is there, it is replaced.
        members.push(("etag", Member::Expr(Bicep::text("*"))));
    }
    if let Some(kind) = &resource.kind_member {
        members.push(("kind", Member::Expr(Bicep::text(kind))));
    }
    members.push(("properties", Member::Value(&resource.properties)));
    Planned {
        symbol: names.symbol(&resource.symbol),
        ty: resource.kind.arm_type().to_owned(),
        api_version: resource.kind.api_version().to_owned(),
        place,
        name: names.of(resource),
        name_origin: resource.origin,
        condition: resource.condition.as_ref().map(|condition| match condition {
            Condition::Switch(Switch::EnableAnalyticRules) => Bicep::name(ENABLE_ANALYTIC_RULES),
            Condition::Holds(expr) => names.write(expr),
        }),
        members,
        depends_on: resource.depends_on.iter().map(|symbol| names.symbol(symbol)).collect(),
        origin: resource.origin,
    }
}

/// All parameters, in the order of the bundle's files.
fn parameters(solution: &Solution, graph: &Graph) -> Vec<Parameter> {
    let origin = Origin::derived(solution.info.span, "parameters of every bundle");
    let fixed = |name: &str, ty, description: &str, default, example| Parameter {
        name: name.to_owned(),
        ty,
        description: description.to_owned(),
        secret: false,
        allowed: Vec::new(),
        min_length: None,
        max_length: None,
        default,
        example,
        origin,
    };
    // The lengths that a workspace's name may have, from the service's published types.
    let workspace = Parameter {
        min_length: Some(4),
        max_length: Some(63),
        ..fixed(
            WORKSPACE_NAME,
            Type::String,
            "Name of the Log Analytics workspace, in this resource group, that has Microsoft Sentinel",
            None,
            Some(Bicep::text("my-workspace")),
        )
    };
    let rules = fixed(
        ENABLE_ANALYTIC_RULES,
        Type::Bool,
        "Whether the analytic rules are deployed too",
        Some(Bicep::Bool(true)),
        Some(Bicep::Bool(true)),
    );
    let location = fixed(
        LOCATION,
        Type::String,
        regional(solution),
        Some(Bicep::call("resourceGroup", []).member("location")),
        None,
    );
    // Where nothing that is given tells connections apart, a name has to: a default would let one overwrite the other.
    let told_by = |input: &&str| graph.identities.iter().any(|identity| identity.inputs.iter().any(|one| one == input));
    let told_by: Vec<&str> = solution.inputs.iter().map(|input| input.name.value.as_str()).filter(told_by).collect();
    let mut description =
        "Name of this connection, in letters, digits and hyphens: another name makes another connection".to_owned();
    let named = graph.names_connections();
    if !named {
        description.push_str(&format!("; empty: one that follows from {}", told_by.join(", ")));
    }
    let connection = Parameter {
        min_length: named.then_some(1),
        max_length: Some(MAX_CONNECTION_NAME),
        ..fixed(
            CONNECTION_NAME,
            Type::String,
            &description,
            (!named).then(|| Bicep::text("")),
            named.then(|| Bicep::text("my-connection")),
        )
    };
    let inputs = solution.inputs.iter().map(parameter);
    std::iter::once(workspace).chain(inputs).chain([connection, rules, location]).collect()
}

/// What the region is for: the other resources have that of the workspace.
fn regional(solution: &Solution) -> &'static str {
    match (solution.connectors.is_empty(), solution.workbooks.is_empty()) {
        (_, true) => "Region of the data collection endpoint and rule: that of the workspace",
        (true, false) => "Region of the workbooks: that of the workspace",
        (false, false) => "Region of the data collection endpoint and rule and of the workbooks: that of the workspace",
    }
}

fn parameter(input: &Input) -> Parameter {
    let text = |text: &crate::ir::Text| Bicep::text(&text.value);
    let allowed = match &input.kind {
        InputKind::Choice(options) => options.iter().map(|(key, _)| key.value.clone()).collect(),
        _ => Vec::new(),
    };
    // A choice without a default has no empty value among those that it takes.
    let nothing = (!input.required && allowed.is_empty()).then(|| Bicep::text(""));
    let default = input.default.as_ref().map(text).or(nothing);
    let first = allowed.first().map(Bicep::text);
    let missing = default.is_none().then(|| Bicep::text(format!("<{}>", input.label.value)));
    let example = input.default.as_ref().map(text).or(first).or(input.placeholder.as_ref().map(text)).or(missing);
    Parameter {
        name: input.name.value.clone(),
        ty: Type::String,
        description: match &input.description {
            Some(description) => format!("{}: {}", input.label.value, description.value),
            None => input.label.value.clone(),
        },
        secret: input.is_secret(),
        min_length: (default.is_none() && allowed.is_empty()).then_some(1),
        max_length: None,
        allowed,
        default,
        example: example.filter(|_| !input.is_secret()),
        origin: Origin::written(input.name.span),
    }
}
