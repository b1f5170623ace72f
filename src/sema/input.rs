//! `inputs:`: kinds, defaults, and which of them are used.

use super::context::Context;
use crate::diag::Diagnostic;
use crate::diag::rules::{connector as rules, shape};
use crate::ir::{Input, InputKind};
use crate::model::{self, Map};
use crate::source::Spanned;

/// Names that the service's templates already have (documented and observed: connections template, deploy bundle).
const RESERVED: [&str; 17] = [
    "workspace",
    "workspaceName",
    "innerWorkspace",
    "location",
    "workspaceLocation",
    "resourceGroupName",
    "subscription",
    "guidValue",
    "dcrConfig",
    "connectorDefinitionName",
    "connectionName",
    "enableAnalyticRules",
    "dataCollectionEndpoint",
    "dataCollectionRuleImmutableId",
    "commaSeparatedArray",
    "graphQueriesTableName",
    "auth",
];

/// The inputs that the author declares, and behind them those that the connectors bring along.
pub fn resolve(inputs: &Map<model::Input>, brought: Vec<Input>, context: &mut Context<'_>) -> Vec<Input> {
    context.unique("inputs", "inputs", inputs.0.iter().map(|(name, _)| name));
    for (name, _) in &inputs.0 {
        if brought.iter().any(|input| input.name.value.eq_ignore_ascii_case(&name.value)) {
            let message = format!("`{}` is an input that the connector's page brings along", name.value);
            let path = format!("inputs.{}", name.value);
            context.report(&rules::INPUT_NAME, name.span, &path, message, "remove it here; its name can be used");
        }
    }
    inputs.0.iter().filter_map(|(name, input)| one(name, input, context)).chain(brought).collect()
}

fn one(name: &Spanned<String>, input: &model::Input, context: &mut Context<'_>) -> Option<Input> {
    let path = format!("inputs.{}", name.value);
    if !name.value.starts_with(|c: char| c.is_ascii_alphabetic())
        || !name.value.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        let message = format!("`{}` cannot be the name of an input", name.value);
        context.report(&rules::INPUT_NAME, name.span, &path, message, "use letters and digits, a letter first");
    } else if RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(&name.value)) {
        let message = format!("`{}` is a name that the service's own templates use", name.value);
        context.report(&rules::INPUT_NAME, name.span, &path, message, "choose another name");
    }
    context.length(&input.label, &format!("{path}.label"), 200, "our limit");
    if let Some(text) = input.description.as_ref().filter(|text| text.value.to_lowercase().contains("comma separated"))
    {
        let message = "a description with the words `comma separated` makes Microsoft's packager split the value";
        context.report(&rules::COMMA_SEPARATED, text.span, &path, message, "say it in other words");
    }
    let kind = kind(input, &path, context)?;
    let required = input.required.as_ref().map_or(input.default.is_none(), |required| required.value);
    if let (Some(flag), Some(default)) = (&input.required, &input.default)
        && flag.value
    {
        let finding = Diagnostic::new(&shape::CONFLICTING_KEYS, flag.span, "a required input has no use for a default")
            .also(default.span, "the default")
            .help("remove one of the two")
            .at(&path);
        context.diagnostics.push(finding);
    }
    Some(Input {
        name: name.clone(),
        label: input.label.clone(),
        description: input.description.clone(),
        placeholder: input.placeholder.clone(),
        required,
        default: input.default.clone(),
        kind,
    })
}

fn kind(input: &model::Input, path: &str, context: &mut Context<'_>) -> Option<InputKind> {
    let secret = input.secret.as_ref().is_some_and(|secret| secret.value);
    if secret && let Some(default) = &input.default {
        let message = "a secret cannot have a default: it would stand in the template";
        context.report(&rules::SECRET_DEFAULT, default.span, path, message, "remove the default");
    }
    if !input.options.is_empty() {
        let options = input.options.iter().map(|option| (option.key.clone(), option.text.clone())).collect();
        context.unique("options", path, input.options.iter().map(|option| &option.key));
        return Some(InputKind::Choice(options));
    }
    let is_url = |text: &Spanned<String>| text.value.starts_with("https://") || text.value.starts_with("http://");
    match input.ty.as_ref().map(|ty| (ty.value.as_str(), ty)) {
        Some(("url", _)) => Some(InputKind::Url),
        Some(("text", _)) => Some(if secret { InputKind::Secret } else { InputKind::Text }),
        Some((other, ty)) => {
            let message = format!("`{other}` is not a type of input");
            context.report(&shape::UNKNOWN_VALUE, ty.span, &format!("{path}.type"), message, "write text or url");
            None
        }
        None if secret => Some(InputKind::Secret),
        None if input.default.as_ref().is_some_and(is_url) => Some(InputKind::Url),
        None => Some(InputKind::Text),
    }
}

pub fn report_unused(inputs: &[Input], context: &mut Context<'_>) {
    if context.is_broken("connectors") {
        return;
    }
    for input in inputs {
        if !context.used_inputs.contains(&input.name.value) {
            let message = format!("nothing uses the input `{}`", input.name.value);
            let help = format!("use it as \"{{{{{}}}}}\" in a connector, or remove it", input.name.value);
            let path = format!("inputs.{}", input.name.value);
            context.report(&shape::UNUSED_INPUT, input.name.span, &path, message, help);
        }
    }
}
