//! Deployments inside the bundle's, which go to other resource groups: `deploy/modules/<name>.bicep`, and in ARM a template
//! inside the template.

use super::names::Names;
use super::plan::{Member, Module, Parameter, Place, Plan, Planned};
use super::{arm_template, bicep_file, roles};
use crate::arm;
use crate::bicep::{File, Meanings, Type};
use crate::ir::graph::Graph;
use crate::ir::{Nested, NestedParameter, NestedPlace, NestedResource};

/// The template of a deployment inside another one, which evaluates it by itself.
pub fn template(nested: &Nested) -> arm::Object {
    arm_template::nested(&plan(nested), nested.origin)
}

/// The Bicep files of all modules, each with its path from the folder of `main.bicep`.
pub(super) fn files(graph: &Graph) -> impl Iterator<Item = (String, File)> {
    graph.nested.iter().map(|nested| (path(nested), bicep_file::nested(&plan(nested))))
}

fn path(nested: &Nested) -> String {
    format!("modules/{}.bicep", nested.file_base)
}

/// `names`: of the deployment around it.
pub(super) fn module<'a>(nested: &'a Nested, names: &Names) -> Module<'a> {
    Module {
        symbol: names.symbol(&nested.symbol),
        path: path(nested),
        name: names.write(&nested.name),
        subscription: names.write(&nested.subscription),
        group: names.write(&nested.group),
        arguments: nested.parameters.iter().map(|given| (given.name, names.write(&given.value))).collect(),
        plan: plan(nested),
        origin: nested.origin,
    }
}

fn plan(nested: &Nested) -> Plan<'_> {
    let names = Names::of_nested(nested);
    let mut plan = Plan {
        parameters: nested.parameters.iter().map(|declared| parameter(nested, declared)).collect(),
        variables: Vec::new(),
        resources: Vec::new(),
        existing: Vec::new(),
        modules: Vec::new(),
        outputs: Vec::new(),
        meanings: Meanings::new(),
        names,
    };
    plan.declare();
    for resource in &nested.resources {
        let planned = planned(nested, resource, &plan.names);
        if resource.kind.is_existing() { plan.refer_to(planned) } else { plan.add(planned) }
    }
    for assignment in &nested.roles {
        plan.add(roles::planned(assignment, &plan.names));
    }
    plan.drop_implied_dependencies();
    plan.drop_unused();
    plan
}

fn parameter(nested: &Nested, declared: &NestedParameter) -> Parameter {
    Parameter {
        name: declared.name.to_owned(),
        ty: Type::String,
        description: declared.description.to_owned(),
        secret: false,
        allowed: Vec::new(),
        min_length: None,
        max_length: None,
        default: None,
        example: None,
        origin: nested.origin,
    }
}

fn planned<'a>(nested: &Nested, resource: &'a NestedResource, names: &Names) -> Planned<'a> {
    Planned {
        symbol: names.symbol(&resource.symbol),
        ty: resource.kind.arm_type().to_owned(),
        api_version: resource.kind.api_version().to_owned(),
        place: match &resource.place {
            NestedPlace::Group => Place::Group,
            NestedPlace::Below(parent) => Place::Child(names.symbol(parent)),
            NestedPlace::On(target) => Place::Extension(names.symbol(target)),
        },
        name: names.write(&resource.name),
        name_origin: nested.origin,
        condition: None,
        members: resource.properties.iter().map(|properties| ("properties", Member::Value(properties))).collect(),
        depends_on: resource.depends_on.iter().map(|symbol| names.symbol(symbol)).collect(),
        origin: nested.origin,
    }
}
