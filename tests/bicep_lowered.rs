//! The Bicep file of a build, lowered to a template here, evaluates to what the build's own template evaluates to.
//!
//! The lowering is written anew from what the Bicep compiler documents of names, ids and dependencies; only expressions are
//! those of [`sentinel_gen::bicep::arm_form`]. Held to it: the example specs, and every spec of the suite that builds.

use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::value::{Object as Given, Value as Data};
use sentinel_gen::arm::eval::{Environment, Place, expand};
use sentinel_gen::arm::{Expr, Node, Object, Value, print, read};
use sentinel_gen::backend::{Target, deploy};
use sentinel_gen::bicep::{self, Expr as Bicep, File, Meaning, Meanings, Module, Resource, Type, arm_form};
use sentinel_gen::driver::world::DiskWorld;
use sentinel_gen::pipeline;
use sentinel_gen::source::FileId;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file and what its names mean.
struct Lowering<'a> {
    file: &'a File,
    /// Files of modules by their paths.
    modules: &'a [(String, File)],
    names: Meanings,
}

impl<'a> Lowering<'a> {
    fn new(file: &'a File, modules: &'a [(String, File)]) -> Self {
        let mut lowering = Lowering { file, modules, names: Meanings::new() };
        lowering.names.extend(file.params.iter().map(|param| (param.name.clone(), Meaning::Parameter)));
        lowering.names.extend(file.vars.iter().map(|var| (var.name.clone(), Meaning::Variable)));
        for resource in &file.resources {
            let meaning = Meaning::Resource {
                ty: resource.ty.clone(),
                api_version: resource.api_version.clone(),
                id: lowering.id(resource),
                name: member(resource, "name").expect("a resource has a name").clone(),
            };
            lowering.names.insert(resource.symbol.clone(), meaning);
        }
        for module in &file.modules {
            let meaning = Meaning::Resource {
                ty: DEPLOYMENT.to_owned(),
                api_version: "2025-04-01".to_owned(),
                id: lowering.module_id(module),
                name: module_member(module, "name").clone(),
            };
            lowering.names.insert(module.symbol.clone(), meaning);
        }
        lowering
    }

    fn module_id(&self, module: &Module) -> Expr {
        let Bicep::Call(function, place) = module_member(module, "scope") else { panic!("a scope is a call") };
        assert_eq!(function, "resourceGroup");
        let group = std::iter::once(Expr::text("/subscriptions/{0}/resourceGroups/{1}"));
        let group = Expr::call("format", group.chain(place.iter().map(|part| self.expression(part))));
        let name = self.expression(module_member(module, "name"));
        Expr::call("extensionResourceId", [group, Expr::text(DEPLOYMENT), name])
    }

    fn module(&self, module: &Module) -> Node {
        let Bicep::Call(_, place) = module_member(module, "scope") else { panic!("a scope is a call") };
        let Bicep::Object(given) = module_member(module, "params") else { panic!("params are an object") };
        let mut parameters = Object::new();
        for (name, value) in given {
            let Bicep::Text(name) = name else { panic!("a parameter has a name") };
            parameters.set(name, Node::fixed(Object::new().with("value", self.value(value))));
        }
        let (_, file) = self.modules.iter().find(|(path, _)| *path == module.path).expect("the file of the module");
        let inner = Lowering::new(file, self.modules).template();
        let Value::Object(inner) = inner.value else { panic!("a template is an object") };
        let properties = Object::new()
            .with("mode", "Incremental")
            .with("expressionEvaluationOptions", Object::new().with("scope", "inner"))
            .with("parameters", parameters)
            .with("template", Value::Inner(inner));
        let object = Object::new()
            .with("type", DEPLOYMENT)
            .with("apiVersion", "2025-04-01")
            .with("name", text_or_expression(self.expression(module_member(module, "name"))))
            .with("subscriptionId", self.value(&place[0]))
            .with("resourceGroup", self.value(&place[1]))
            .with("properties", properties);
        Node::fixed(object)
    }

    fn expression(&self, expr: &Bicep) -> Expr {
        arm_form::expression(expr, &self.names)
    }

    fn resource(&self, symbol: &str) -> &'a Resource {
        self.file.resources.iter().find(|resource| resource.symbol == symbol).expect("a declared resource")
    }

    /// The resource that `parent` or `scope` names.
    fn named_by(&self, resource: &Resource, by: &str) -> Option<&'a Resource> {
        match member(resource, by) {
            Some(Bicep::Name(symbol)) => Some(self.resource(symbol)),
            None => None,
            Some(other) => panic!("{by}: {other:?}"),
        }
    }

    /// The names of the parents and its own.
    fn segments(&self, resource: &Resource) -> Vec<Expr> {
        let mut segments = self.named_by(resource, "parent").map(|parent| self.segments(parent)).unwrap_or_default();
        segments.push(self.expression(member(resource, "name").expect("a resource has a name")));
        segments
    }

    fn id(&self, resource: &Resource) -> Expr {
        let own = std::iter::once(Expr::text(&resource.ty)).chain(self.segments(resource));
        match self.named_by(resource, "scope") {
            Some(scope) => Expr::call("extensionResourceId", std::iter::once(self.id(scope)).chain(own)),
            None => Expr::call("resourceId", own),
        }
    }

    fn template(&self) -> Node {
        let object = |members: Vec<(String, Node)>| Node::fixed(Object { members });
        let parameters = self.file.params.iter().map(|param| (param.name.clone(), self.parameter(param)));
        let variables = self.file.vars.iter().map(|var| (var.name.clone(), self.value(&var.value)));
        let outputs = self.file.outputs.iter().map(|output| {
            let value = Object::new().with("type", output.ty.name()).with("value", self.value(&output.value));
            (output.name.clone(), Node::fixed(value))
        });
        let deployed = self.file.resources.iter().filter(|resource| !resource.existing);
        let modules = self.file.modules.iter().map(|module| self.module(module));
        Node::fixed(
            Object::new()
                .with("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#")
                .with("contentVersion", "1.0.0.0")
                .with("parameters", object(parameters.collect()))
                .with("variables", object(variables.collect()))
                .with("resources", deployed.map(|resource| self.lowered(resource)).chain(modules).collect::<Vec<_>>())
                .with("outputs", object(outputs.collect())),
        )
    }

    fn value(&self, expr: &Bicep) -> Node {
        arm_form::value(expr, &self.names).into()
    }

    fn parameter(&self, param: &bicep::Param) -> Node {
        let ty = match (param.ty, param.secure) {
            (Type::String, true) => "securestring",
            (Type::Object, true) => "secureObject",
            (ty, _) => ty.name(),
        };
        let mut object = Object::new().with("type", ty);
        if !param.allowed.is_empty() {
            object.set(
                "allowedValues",
                param.allowed.iter().map(|text| Node::fixed(text.as_str())).collect::<Vec<_>>().into(),
            );
        }
        for (name, bound) in [("minLength", param.min_length), ("maxLength", param.max_length)] {
            if let Some(bound) = bound {
                object.set(name, bound.into());
            }
        }
        if let Some(default) = &param.default {
            object.set("defaultValue", self.value(default));
        }
        Node::fixed(object)
    }

    fn lowered(&self, resource: &Resource) -> Node {
        let segments = self.segments(resource);
        let name = match segments.as_slice() {
            [name] => name.clone(),
            many => {
                let format: Vec<String> = (0..many.len()).map(|n| format!("{{{n}}}")).collect();
                Expr::call("format", std::iter::once(Expr::text(format.join("/"))).chain(many.iter().cloned()))
            }
        };
        let mut object = Object::new();
        if let Some(condition) = &resource.condition {
            object.set("condition", self.value(condition));
        }
        let mut object = object.with("type", resource.ty.as_str()).with("apiVersion", resource.api_version.as_str());
        object.set("name", text_or_expression(name));
        if let Some(scope) = self.named_by(resource, "scope") {
            object.set("scope", self.id(scope).into());
        }
        for (name, value) in &resource.body {
            if !["parent", "scope", "name", "dependsOn"].contains(&name.as_str()) {
                object.set(name, self.value(value));
            }
        }
        let id = |symbol| match self.file.modules.iter().find(|module| module.symbol == symbol) {
            Some(module) => self.module_id(module),
            None => self.id(self.resource(symbol)),
        };
        let ids = self.dependencies(resource).into_iter().map(|symbol| Node::fixed(id(symbol)));
        object.set("dependsOn", ids.collect::<Vec<_>>().into());
        Node::fixed(object)
    }

    /// The deployed resources that a resource names anywhere, also by way of variables and of resources that exist already.
    fn dependencies(&self, resource: &'a Resource) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<&'a Bicep> =
            resource.condition.iter().chain(resource.body.iter().map(|(_, expr)| expr)).collect();
        while let Some(expr) = open.pop() {
            expr.for_each_name(&mut |name| {
                if !seen.insert(name) {
                    return;
                }
                if let Some(var) = self.file.vars.iter().find(|var| var.name == name) {
                    open.push(&var.value);
                }
                if let Some(module) = self.file.modules.iter().find(|module| module.symbol == name) {
                    found.insert(module.symbol.as_str());
                }
                match self.file.resources.iter().find(|resource| resource.symbol == name) {
                    Some(other) if other.existing => open.extend(other.body.iter().map(|(_, expr)| expr)),
                    Some(other) => _ = found.insert(other.symbol.as_str()),
                    None => {}
                }
            });
        }
        found
    }
}

fn member<'a>(resource: &'a Resource, name: &str) -> Option<&'a Bicep> {
    resource.body.iter().find(|(known, _)| known == name).map(|(_, expr)| expr)
}

fn module_member<'a>(module: &'a Module, name: &str) -> &'a Bicep {
    module.body.iter().find(|(known, _)| known == name).map(|(_, expr)| expr).expect("a module says it")
}

const DEPLOYMENT: &str = "Microsoft.Resources/deployments";

fn text_or_expression(expr: Expr) -> Node {
    match expr {
        Expr::Text(text) => Node::fixed(text),
        expr => Node::fixed(Value::Expr { delay: 0, expr }),
    }
}

/// A made-up value for every parameter without a default.
fn made_up(template: &Json) -> Given {
    let mut given = Given::default();
    for (name, declared) in template["parameters"].as_object().into_iter().flatten() {
        if declared.get("defaultValue").is_none() {
            let value = match (&declared["allowedValues"][0], declared["type"].as_str()) {
                (Json::Null, Some("bool")) => json!(true),
                (Json::Null, Some("object" | "secureObject")) => json!({}),
                (Json::Null, _) => json!(format!("made-up-{name}")),
                (first, _) => first.clone(),
            };
            given.push(name.as_str(), Data::from(&json!({ "value": value })));
        }
    }
    given
}

/// What a template evaluates to; the order in which a resource names what it waits for says nothing.
fn evaluated(template: &Json) -> Json {
    let read = read::template(&template.to_string(), FileId(0)).expect("what is printed is JSON");
    let place =
        Place { subscription: "s", tenant: "t", resource_group: "rg", location: "westeurope", deployment: "main" };
    let made = expand(&read.tree, Some(&made_up(template)), &Environment::new(&place), &mut Budget::default());
    let mut json = made.unwrap_or_else(|faults| panic!("{faults:?}\n{template:#}")).to_json();
    for resource in json["resources"].as_array_mut().into_iter().flatten() {
        if let Some(depends_on) = resource["dependsOn"].as_array_mut() {
            depends_on.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        }
    }
    json.as_object_mut().map(|object| object.remove("notes"));
    json.sort_all_objects();
    json
}

fn specs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["spec", "tests/suite"].map(|folder| walkdir::WalkDir::new(root.join(folder)).sort_by_file_name());
    let paths = found.into_iter().flatten().flatten().map(walkdir::DirEntry::into_path);
    let is_good = |path: &Path| {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let inside = path.parent().map(name).unwrap_or_default();
        match name(path).as_str() {
            "sentinel.yaml" => !inside.starts_with("bad-"),
            file => file.starts_with("good-") && file.ends_with(".yaml"),
        }
    };
    paths.filter(|path| is_good(path)).collect()
}

#[test]
fn the_bicep_file_says_what_the_template_says() {
    let mut held = 0;
    for path in specs() {
        let world = DiskWorld::new(path.parent().expect("a spec is in a folder"));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let done = pipeline::compile(&world, &name, &name, &[Target::Arm]);
        let (Some(solution), Some(graph), Some(bundle)) = (&done.solution, &done.graph, &done.bundle) else { continue };
        let Some(file) = bundle.files.get("deploy/azuredeploy.json") else { continue };
        let template: Json = serde_json::from_slice(&file.bytes).expect("a template is JSON");
        let bicep = deploy::bicep_tree(solution, graph);
        let modules: Vec<_> = deploy::bicep_modules(graph).collect();
        let lowered = print::to_json(&Lowering::new(&bicep, &modules).template(), 1);
        let (ours, wanted) = (evaluated(&lowered), evaluated(&template));
        if ours != wanted {
            let (ours, wanted) = (format!("{ours:#}"), format!("{wanted:#}"));
            let differing: Vec<_> = wanted.lines().zip(ours.lines()).filter(|(a, b)| a != b).take(5).collect();
            panic!("{}: {differing:#?}", path.display());
        }
        held += 1;
    }
    assert!(held > 100, "only {held} specs were held to it");
}
