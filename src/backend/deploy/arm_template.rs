//! The plan as an ARM template: what the Bicep compiler writes for the plan's Bicep file, with origins.

use super::plan::{Member, Module, Output, Parameter, Place, Plan, Planned};
use crate::arm::{Expr, Node, Object, Value};
use crate::backend::lower;
use crate::bicep::{Expr as Bicep, Meaning, arm_form};
use crate::ir::{Nested, Solution};
use crate::source::Origin;

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
const PARAMETERS_SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#";

/// `azuredeploy.json`
pub(super) fn template(solution: &Solution, plan: &Plan<'_>) -> Node {
    let origin = Origin::derived(solution.info.span, "the deployment template");
    let named = |members: Vec<(String, Node)>| Node::new(Value::Object(Object { members }), Some(origin));
    let parameters = plan.parameters.iter().map(|p| (p.name.clone(), parameter(p, plan))).collect();
    let variables: Vec<_> =
        plan.variables.iter().map(|v| (v.name.clone(), written(&v.value, plan).at(v.origin))).collect();
    let resources = resources(plan);
    let outputs: Vec<_> = plan.outputs.iter().map(|o| (o.name.to_owned(), output(o, plan))).collect();
    let mut template = Object::new()
        .with("$schema", SCHEMA)
        .with("contentVersion", "1.0.0.0")
        .with("metadata", metadata(solution).at(origin))
        .with("parameters", named(parameters));
    if !variables.is_empty() {
        template.set("variables", named(variables));
    }
    template.set("resources", Node::new(Value::Array(resources), Some(origin)));
    if !outputs.is_empty() {
        template.set("outputs", named(outputs));
    }
    Node::fixed(template).at(origin)
}

/// `azuredeploy.parameters.json`: example values, and no secrets.
pub(super) fn parameters_file(solution: &Solution, plan: &Plan<'_>) -> Node {
    let origin = Origin::derived(solution.info.span, "example parameters");
    let mut values = Object::new();
    for parameter in &plan.parameters {
        if let Some(example) = &parameter.example {
            let value = Object::new().with("value", written(example, plan));
            values.set(&parameter.name, Node::fixed(value).at(parameter.origin));
        }
    }
    let file = Object::new()
        .with("$schema", PARAMETERS_SCHEMA)
        .with("contentVersion", "1.0.0.0")
        .with("parameters", Node::fixed(values).at(origin));
    Node::fixed(file).at(origin)
}

/// The template of a deployment inside the bundle's, whole: the package makes the same one.
pub(super) fn nested(plan: &Plan<'_>, origin: Origin) -> Object {
    let parameters = plan.parameters.iter().map(|p| (p.name.clone(), parameter(p, plan))).collect();
    Object::new()
        .with("$schema", SCHEMA)
        .with("contentVersion", "1.0.0.0")
        .with("parameters", Node::new(Value::Object(Object { members: parameters }), Some(origin)))
        .with("resources", Node::new(Value::Array(resources(plan)), Some(origin)))
}

/// Modules last, as the compiler has them.
fn resources(plan: &Plan<'_>) -> Vec<Node> {
    let resources = plan.resources.iter().map(|r| resource(r, plan));
    resources.chain(plan.modules.iter().map(|m| module(m, plan))).collect()
}

fn module(module: &Module<'_>, plan: &Plan<'_>) -> Node {
    let mut arguments = Object::new();
    for (name, value) in &module.arguments {
        arguments.set(*name, Object::new().with("value", written(value, plan)).into());
    }
    let properties = Object::new()
        .with("expressionEvaluationOptions", Object::new().with("scope", "inner"))
        .with("mode", "Incremental")
        .with("parameters", arguments)
        .with("template", Value::Inner(nested(&module.plan, module.origin)));
    let object = Object::new()
        .with("type", Nested::ARM_TYPE)
        .with("apiVersion", Nested::API_VERSION)
        .with("name", written(&module.name, plan))
        .with("subscriptionId", written(&module.subscription, plan))
        .with("resourceGroup", written(&module.group, plan))
        .with("properties", properties);
    Node::fixed(object).at(module.origin)
}

fn metadata(solution: &Solution) -> Node {
    let mut metadata = Object::new().with("_generator", Object::new().with("name", "sentinel-gen"));
    for (name, text) in super::metadata(solution) {
        metadata.set(name, Node::fixed(text.value.as_str()).at(Origin::written(text.span)));
    }
    Node::fixed(metadata)
}

fn parameter(parameter: &Parameter, plan: &Plan<'_>) -> Node {
    let ty = if parameter.secret { "securestring" } else { parameter.ty.name() };
    let mut object = Object::new().with("type", ty);
    if let Some(default) = &parameter.default {
        object.set("defaultValue", written(default, plan));
    }
    if !parameter.allowed.is_empty() {
        let allowed: Vec<Node> = parameter.allowed.iter().map(|value| value.as_str().into()).collect();
        object.set("allowedValues", allowed.into());
    }
    object.set("metadata", Object::new().with("description", parameter.description.as_str()).into());
    for (name, length) in [("minLength", parameter.min_length), ("maxLength", parameter.max_length)] {
        if let Some(length) = length {
            object.set(name, length.into());
        }
    }
    Node::fixed(object).at(parameter.origin)
}

fn output(output: &Output, plan: &Plan<'_>) -> Node {
    let object = Object::new()
        .with("type", output.ty.name())
        .with("metadata", Object::new().with("description", output.description))
        .with("value", written(&output.value, plan));
    Node::fixed(object).at(output.origin)
}

fn resource(resource: &Planned<'_>, plan: &Plan<'_>) -> Node {
    let origin = resource.origin;
    let mut object = Object::new();
    if let Some(condition) = &resource.condition {
        object.set("condition", written(condition, plan).at(origin));
    }
    object.set("type", Node::from(resource.ty.as_str()).at(origin));
    object.set("apiVersion", Node::from(resource.api_version.as_str()).at(origin));
    if let Place::Extension(target) = &resource.place {
        let id = Bicep::name(target).member("id");
        object.set("scope", written(&id, plan).at(origin));
    }
    object.set("name", full_name(resource, plan).at(resource.name_origin));
    for (name, member) in &resource.members {
        let node = match member {
            Member::Value(value) => {
                lower::lower(value, &mut |expr| arm_form::value(&plan.names.write(expr), &plan.meanings))
            }
            Member::Expr(expr) => written(expr, plan).at(origin),
        };
        object.set(*name, node);
    }
    let ids: Vec<Node> = plan.dependencies(resource).iter().filter_map(|symbol| id(symbol, plan)).collect();
    if !ids.is_empty() {
        object.set("dependsOn", Node::fixed(ids).at(origin));
    }
    Node::fixed(object).at(origin)
}

fn full_name(resource: &Planned<'_>, plan: &Plan<'_>) -> Node {
    let Place::Child(parent) = &resource.place else { return written(&resource.name, plan) };
    let own = arm_form::expression(&resource.name, &plan.meanings);
    let names: Vec<Expr> = plan.names_of(parent).into_iter().chain([own]).collect();
    let pattern: Vec<String> = (0..names.len()).map(|at| format!("{{{at}}}")).collect();
    Expr::call("format", std::iter::once(Expr::text(pattern.join("/"))).chain(names)).into()
}

fn id(symbol: &str, plan: &Plan<'_>) -> Option<Node> {
    match plan.meanings.get(symbol)? {
        Meaning::Resource { id, .. } => Some(id.clone().into()),
        _ => None,
    }
}

fn written(expr: &Bicep, plan: &Plan<'_>) -> Node {
    arm_form::value(expr, &plan.meanings).into()
}
