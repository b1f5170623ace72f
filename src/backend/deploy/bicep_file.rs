//! The plan as a Bicep file and its parameters file.

use super::names::Names;
use super::plan::{Member, Module, Parameter, Place, Plan, Planned};
use crate::bicep::{self, Expr as Bicep, File, Metadata, Output, Param, ParametersFile, Resource, Var};
use crate::ir::{Solution, Value, ValueKind};

/// `main.bicep`
pub(super) fn file(solution: &Solution, plan: &Plan<'_>) -> File {
    let metadata =
        super::metadata(solution).map(|(name, text)| Metadata { name: name.to_owned(), text: text.value.clone() });
    let outputs = plan.outputs.iter().map(|output| Output {
        name: output.name.to_owned(),
        ty: output.ty,
        description: output.description.to_owned(),
        value: output.value.clone(),
    });
    File { metadata: metadata.collect(), outputs: outputs.collect(), ..nested(plan) }
}

/// The file of a module; and all of `main.bicep` that the two have alike.
pub(super) fn nested(plan: &Plan<'_>) -> File {
    let existing = plan.existing.iter().map(|known| bicep::Resource { existing: true, ..resource(known, plan) });
    File {
        heading: vec!["Made by sentinel-gen: change the spec, not this file.".to_owned()],
        params: plan.parameters.iter().map(param).collect(),
        vars: plan.variables.iter().map(|v| Var { name: v.name.clone(), value: v.value.clone() }).collect(),
        resources: existing.chain(plan.resources.iter().map(|r| resource(r, plan))).collect(),
        modules: plan.modules.iter().map(module).collect(),
        ..File::default()
    }
}

fn param(parameter: &Parameter) -> Param {
    Param {
        name: parameter.name.clone(),
        ty: parameter.ty,
        description: parameter.description.clone(),
        secure: parameter.secret,
        allowed: parameter.allowed.clone(),
        min_length: parameter.min_length,
        max_length: parameter.max_length,
        default: parameter.default.clone(),
    }
}

fn module(module: &Module<'_>) -> bicep::Module {
    let arguments = module.arguments.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    let scope = Bicep::call("resourceGroup", [module.subscription.clone(), module.group.clone()]);
    bicep::Module {
        symbol: module.symbol.clone(),
        path: module.path.clone(),
        body: vec![
            ("name".to_owned(), module.name.clone()),
            ("scope".to_owned(), scope),
            ("params".to_owned(), Bicep::object(arguments)),
        ],
    }
}

/// `main.bicepparam`: example values; secrets come from the environment, so that none stands in a file.
pub(super) fn parameters_file(plan: &Plan<'_>) -> ParametersFile {
    let mut heading = vec!["Example values: change them before a deployment.".to_owned()];
    let secrets: Vec<_> = plan.parameters.iter().filter(|parameter| parameter.secret).collect();
    if !secrets.is_empty() {
        heading.push("Secrets are read from environment variables, so that none stands in this file.".to_owned());
    }
    let mut assignments = Vec::new();
    for parameter in &plan.parameters {
        let value = if parameter.secret {
            let variable = super::environment_variable(&parameter.name);
            Some(Bicep::call("readEnvironmentVariable", [Bicep::Text(variable), Bicep::text("")]))
        } else {
            parameter.example.clone()
        };
        assignments.extend(value.map(|value| (parameter.name.clone(), value)));
    }
    ParametersFile { heading, using: "./main.bicep".to_owned(), assignments }
}

fn resource(resource: &Planned<'_>, plan: &Plan<'_>) -> Resource {
    let mut body = Vec::new();
    match &resource.place {
        Place::Group => {}
        Place::Child(symbol) => body.push(("parent".to_owned(), Bicep::name(symbol))),
        Place::Extension(symbol) => body.push(("scope".to_owned(), Bicep::name(symbol))),
    }
    body.push(("name".to_owned(), resource.name.clone()));
    for (name, member) in &resource.members {
        let value = match member {
            Member::Value(value) => written(value, &plan.names),
            Member::Expr(expr) => expr.clone(),
        };
        body.push(((*name).to_owned(), value));
    }
    if !resource.depends_on.is_empty() {
        let symbols = resource.depends_on.iter().map(Bicep::name).collect();
        body.push(("dependsOn".to_owned(), Bicep::Array(symbols)));
    }
    Resource {
        symbol: resource.symbol.clone(),
        ty: resource.ty.clone(),
        api_version: resource.api_version.clone(),
        existing: false,
        condition: resource.condition.clone(),
        body,
    }
}

fn written(value: &Value, names: &Names) -> bicep::Expr {
    match &value.kind {
        ValueKind::Null => Bicep::Null,
        ValueKind::Bool(b) => Bicep::Bool(*b),
        ValueKind::Int(n) => Bicep::Int(*n),
        // Bicep has whole numbers only.
        ValueKind::Real(n) => Bicep::call("json", [Bicep::text(n.to_string())]),
        ValueKind::Text(text) => Bicep::text(text),
        ValueKind::Array(items) => Bicep::Array(items.iter().map(|item| written(item, names)).collect()),
        ValueKind::Object(object) => {
            Bicep::object(object.members.iter().map(|(name, member)| (name.clone(), written(member, names))))
        }
        ValueKind::Expr(expr) => names.write(expr),
    }
}
