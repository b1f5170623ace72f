//! The frame of a carried template: that it is one, of which kind, what a package has no place for, and its name.

use super::carried::{Carried, is_type, objects};
use crate::arm::Expr;
use crate::arm::eval::tree::{Form, Tree};
use crate::arm::read::{self, MAX_BYTES};
use crate::diag::Diagnostic;
use crate::diag::rules::playbook as rules;
use crate::ir::PlaybookKind;
use crate::sema::context::Context;
use crate::source::{FileId, Span};
use crate::syntax::json;

/// Reads a file as a deployment template.
pub fn read(text: &str, file: FileId, path: &str, context: &mut Context<'_>) -> Option<Tree> {
    if text.len() > MAX_BYTES {
        let message = format!("the template has {} bytes; a deployment takes at most {MAX_BYTES}", text.len());
        let help = "make two templates of it";
        context.report(&rules::PLAYBOOK_TEMPLATE, Span::start_of(file), path, message, help);
        return None;
    }
    let read = match read::template(text, file) {
        Ok(read) => read,
        Err(error) => {
            let finding = json::no_json(&error, &rules::PLAYBOOK_TEMPLATE);
            context.diagnostics.push(finding.help("name a template as Azure exports it").at(path));
            return None;
        }
    };
    for finding in json::slips(&read.slack, &rules::PLAYBOOK_JSON, &rules::PLAYBOOK_JSON) {
        context.diagnostics.push(finding.at(path));
    }
    let carried = Carried { tree: &read.tree, file };
    is_template(carried, path, context).then_some(read.tree)
}

fn is_template(carried: Carried<'_>, path: &str, context: &mut Context<'_>) -> bool {
    let schema = carried.tree.get("$schema");
    let is_schema = schema
        .and_then(Tree::text)
        .is_some_and(|text| text.trim_end_matches('#').to_ascii_lowercase().ends_with("/deploymenttemplate.json"));
    let (at, message) = match (carried.tree.members(), schema) {
        (None, _) => (Span::start_of(carried.file), format!("a template is an object, not {}", carried.tree.kind())),
        (Some(_), None) => (Span::start_of(carried.file), "this is no template: it has no `$schema`".to_owned()),
        (Some(_), Some(schema)) if !is_schema => (
            carried.span(schema),
            "this is the schema of something else than a deployment to a resource group".to_owned(),
        ),
        (Some(_), Some(schema)) => match carried.tree.get("resources") {
            Some(resources) if resources.items().is_some_and(|items| !items.is_empty()) => return true,
            Some(resources) if resources.items().is_none() => {
                (carried.span(resources), format!("`resources` is an array here, not {}", resources.kind()))
            }
            Some(resources) => (carried.span(resources), "the template deploys nothing".to_owned()),
            None => (carried.span(schema), "the template has no `resources`".to_owned()),
        },
    };
    let help = "name an ARM template with a workflow, a custom connector or a function app";
    context.report(&rules::PLAYBOOK_TEMPLATE, at, path, message, help);
    false
}

const KINDS: [(&str, PlaybookKind); 3] = [
    ("Microsoft.Logic/workflows", PlaybookKind::Playbook),
    ("Microsoft.Web/customApis", PlaybookKind::CustomConnector),
    ("Microsoft.Web/sites", PlaybookKind::FunctionApp),
];

/// What a template deploys.
pub fn kind(carried: Carried<'_>, path: &str, context: &mut Context<'_>) -> Option<PlaybookKind> {
    let of = |resource: &Tree| KINDS.iter().find(|(ty, _)| is_type(resource, ty)).map(|(_, kind)| *kind);
    let mut found = carried.resources().iter().filter_map(|resource| Some((of(resource)?, resource)));
    let Some((kind, first)) = found.next() else {
        let at = carried.resources().first().map_or(Span::start_of(carried.file), |resource| carried.head(resource));
        let message = "this template has no workflow, no custom connector and no function app";
        let help = "add a Microsoft.Logic/workflows, a Microsoft.Web/customApis or a Microsoft.Web/sites";
        context.report(&rules::PLAYBOOK_KIND, at, path, message, help);
        return None;
    };
    if let Some((other, second)) = found.find(|(other, _)| *other != kind) {
        let message = format!("one template has a {} and a {}", kind.name(), other.name());
        let finding = Diagnostic::new(&rules::PLAYBOOK_KIND, carried.head(second), message)
            .also(carried.head(first), format!("the {}", kind.name()))
            .help("put each into a template and a folder of its own")
            .at(path);
        context.diagnostics.push(finding);
        return None;
    }
    Some(kind)
}

/// Variables that the package adds to a template.
const OWN_VARIABLES: [&str; 3] = ["workspace-location-inline", "workspace-name", "workspaceResourceId"];
/// The same, with a number or a name behind.
const OWN_PREFIXES: [&str; 6] =
    ["connection-", "_connection-", "playbookContentId", "playbookId", "operationId-", "_operationId-"];

/// What a package loses or takes for something else.
pub fn check_parts(carried: Carried<'_>, path: &str, context: &mut Context<'_>) {
    if let Some(functions) = carried.tree.get("functions").filter(|tree| tree.items().is_none_or(|all| !all.is_empty()))
    {
        let message = "a content template has no functions of its own";
        let help = "write what they give where they are called";
        context.report(&rules::PLAYBOOK_PART, carried.span(functions), path, message, help);
    }
    if let Some(outputs) = carried.tree.get("outputs").filter(|tree| tree.members().is_none_or(|all| !all.is_empty())) {
        let message =
            "a content template has no outputs: who creates the playbook from the content hub does not see them";
        let help = "remove them, and say in `metadata.postDeployment` where to look";
        context.report(&rules::PLAYBOOK_OUTPUTS, carried.span(outputs), path, message, help);
    }
    for section in ["resources", "variables"].iter().filter_map(|name| carried.tree.get(name)) {
        objects("", section, &mut |_, object| {
            if let Some(copy) = object.get("copy").filter(|copy| copy.get("count").is_some() || copy.items().is_some())
            {
                let message =
                    "a copy loop would run when the solution is installed, before the playbook has its parameters";
                let help = "write out what the loop makes";
                context.report(&rules::PLAYBOOK_PART, carried.span(copy), path, message, help);
            }
        });
    }
    for (_, deployment) in carried.of_type("Microsoft.Resources/deployments") {
        let message = "a template inside of a carried template is not taken along";
        let help = "move its resources into the template around it, or make an item of `playbooks` of it";
        context.report(&rules::PLAYBOOK_PART, carried.head(deployment), path, message, help);
    }
    for variable in carried.section("variables") {
        let is_own = OWN_VARIABLES.iter().any(|own| own.eq_ignore_ascii_case(&variable.name))
            || OWN_PREFIXES.iter().any(|prefix| {
                variable.name.strip_prefix(prefix).is_some_and(|rest| {
                    prefix.starts_with("operation")
                        || prefix.starts_with('_') && prefix.contains("operation")
                        || !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
                })
            });
        if is_own {
            let message = format!("the package adds a variable `{}` of its own", variable.name);
            context.report(&rules::PLAYBOOK_VARIABLE, carried.span(&variable.tree), path, message, "rename this one");
        }
    }
    for (_, component) in carried.of_type("Microsoft.Insights/components") {
        if component.get("properties").and_then(|properties| properties.get("WorkspaceResourceId")).is_none() {
            let message = "this Application Insights component has no workspace: classic ones cannot be made any more";
            let help = "add `properties.WorkspaceResourceId`";
            context.report(&rules::APP_INSIGHTS, carried.head(component), path, message, help);
        }
    }
}

/// The parameter with the name by which others find what the template deploys; none of a playbook.
pub fn name(carried: Carried<'_>, kind: PlaybookKind, path: &str, context: &mut Context<'_>) -> Option<String> {
    match kind {
        PlaybookKind::Playbook => {
            if super::display_name(carried).is_none() {
                let message = "the playbook has no parameter `PlaybookName` with a default";
                let help = "add one; its default is the name that the gallery shows, else that is the folder's";
                let at = carried.tree.get("parameters").map_or(Span::start_of(carried.file), |tree| carried.span(tree));
                context.report(&rules::PLAYBOOK_NAME, at, path, message, help);
            }
            None
        }
        PlaybookKind::CustomConnector => {
            let (_, api) = carried.of_type("Microsoft.Web/customApis").next()?;
            let name = api.get("name").and_then(parameter_of);
            let named = name.filter(|name| super::default_text(carried, name).is_some());
            if named.is_none() {
                let message = "the name of a custom connector is a parameter with a default";
                let help = "declare a parameter, with the name as `defaultValue`, and write `[parameters('…')]` here";
                let at = carried.span(api.get("name").unwrap_or(api));
                context.report(&rules::CONNECTOR_NAME, at, path, message, help);
            }
            named.map(str::to_owned)
        }
        PlaybookKind::FunctionApp => {
            const NAME: &str = "FunctionAppName";
            if super::default_text(carried, NAME).is_some() {
                return Some(NAME.to_owned());
            }
            let (_, site) = carried.of_type("Microsoft.Web/sites").next()?;
            let message = "the template of a function app has a parameter `FunctionAppName` with a default";
            let help = "declare it, and name the app after it";
            let at = carried.span(site.get("name").unwrap_or(site));
            context.report(&rules::CONNECTOR_NAME, at, path, message, help);
            None
        }
    }
}

/// The parameter that an expression is, and nothing more.
fn parameter_of(tree: &Tree) -> Option<&str> {
    let Form::Expr(expr) = &tree.form else { return None };
    match &**expr {
        Expr::Call(name, arguments) if name.eq_ignore_ascii_case("parameters") => match arguments.as_slice() {
            [Expr::Text(name)] => Some(name),
            _ => None,
        },
        _ => None,
    }
}
