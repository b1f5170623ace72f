//! `parsers:`: functions of the workspace, in both forms of the repository, and the body of the saved search.

use super::context::Context;
use super::place::Places;
use super::{content, queries};
use crate::diag::rules::content as rules;
use crate::diag::{Severity, did_you_mean};
use crate::ir::{Object, Parser, ParserParameter, Text, Value};
use crate::kql::{FunctionDefinition, Globals};
use crate::model::{self, Pasted};
use crate::source::{Origin, Spanned};

/// What reviewers of the repository ask a solution's parser for.
const CATEGORY: &str = "Microsoft Sentinel Parser";
/// Of ASIM parsers in published packages.
const ASIM_CATEGORY: &str = "ASIM";

/// The ASIM schemas and their current versions (the repository's check of ASIM parsers, November 2026).
const SCHEMAS: [(&str, &str); 12] = [
    ("AlertEvent", "0.1"),
    ("AssetEntity", "0.1"),
    ("AuditEvent", "0.1.2"),
    ("Authentication", "0.1.4"),
    ("DhcpEvent", "0.1.1"),
    ("Dns", "0.1.7"),
    ("FileEvent", "0.2.2"),
    ("NetworkSession", "0.2.7"),
    ("ProcessEvent", "0.1.4"),
    ("RegistryEvent", "0.1.3"),
    ("UserManagement", "0.1.2"),
    ("WebSession", "0.2.7"),
];

/// Resolves all parsers, and tells `globals` of them: queries and other parsers may call them.
pub fn resolve_all(given: &[Pasted<model::Parser>], globals: &mut Globals, context: &mut Context<'_>) -> Vec<Parser> {
    let names: Vec<&Text> = given.iter().map(|parser| parser.item.name()).collect();
    context.unique("parsers", "parsers", names.iter().copied());
    let files = content::file_bases(given, &names, str::to_owned, "parsers", context);
    let mut resolved: Vec<(Parser, Places, &str)> = Vec::new();
    for (Pasted { item, path, .. }, file) in given.iter().zip(files) {
        let errors = context.diagnostics.count(Severity::Error);
        let one = one(item, file.value, path, context);
        // What calls it is not held against a function whose declaration is wrong.
        let sound = context.diagnostics.count(Severity::Error) == errors;
        resolved.extend(one.filter(|_| sound).map(|(parser, places)| (parser, places, path.as_str())));
    }
    for (parser, _, _) in &resolved {
        let parameters = format!("({})", parser.signature());
        let body = Some(parser.query.value.clone());
        let function = FunctionDefinition { parameters, body, ..FunctionDefinition::default() };
        globals.add_function(&parser.name.value, function);
    }
    for (parser, places, path) in &resolved {
        queries::parser(parser, places, globals, path, context);
    }
    resolved.into_iter().map(|(parser, _, _)| parser).collect()
}

fn one(given: &model::Parser, file_base: String, path: &str, context: &mut Context<'_>) -> Option<(Parser, Places)> {
    let (about, parameters, query, description) = match given {
        model::Parser::Function(one) => (&one.function, &one.parameters, &one.query, &one.description),
        model::Parser::Asim(one) => (&one.parser, &one.parameters, &one.query, &one.description),
    };
    let (query_key, parameters_key) = match given {
        model::Parser::Function(_) => ("FunctionQuery", "FunctionParams"),
        model::Parser::Asim(_) => ("ParserQuery", "ParserParams"),
    };
    let name = given.name();
    check_name(name, path, context);
    context.length(&about.title, path, 256, "our limit");
    let description = description.as_ref().and_then(|prose| context.description(prose, &format!("{path}.Description")));
    let (query, places) = context.placed(query, &format!("{path}.{query_key}"))?;
    context.length(&query, &format!("{path}.{query_key}"), 100_000, "our limit");
    let version = content::version(about.version.as_ref(), given.span());
    // Published parsers break these; reviewers ask for them in new ones.
    context.advise(|context| {
        for text in [Some(&about.title), description.as_ref(), Some(&query)].into_iter().flatten() {
            content::check_ascii(text, path, context);
        }
        content::check_version(&version, path, context);
    });
    let parameters = self::parameters(parameters, &format!("{path}.{parameters_key}"), context);
    let base = Parser {
        id: None,
        symbol: context.symbol("parser", &name.value),
        file_base,
        name: name.clone(),
        resource_name: name.clone(),
        title: about.title.clone(),
        version,
        last_updated: about.last_updated.as_ref().map(|date| date.0.clone()),
        category: Spanned::new(CATEGORY.to_owned(), name.span),
        description,
        parameters,
        query,
        asim: None,
    };
    Some((special(given, base, path, context), places))
}

/// What only one of the two forms has.
fn special(given: &model::Parser, base: Parser, path: &str, context: &mut Context<'_>) -> Parser {
    match given {
        model::Parser::Function(one) => {
            if let Some(alias) = one.alias.as_ref().filter(|alias| alias.value != one.name.value) {
                let message = format!("the function is called `{}`: another alias has no effect", one.name.value);
                let help = format!("write `FunctionAlias: {}`", one.name.value);
                context.report(&rules::PARSER_ALIAS, alias.span, &format!("{path}.FunctionAlias"), message, help);
            }
            let category = one.category.clone().unwrap_or_else(|| base.category.clone());
            let resource_name = one.saved_search_name.clone().unwrap_or_else(|| one.name.clone());
            Parser { id: one.id.as_ref().map(|id| id.0.clone()), category, resource_name, ..base }
        }
        model::Parser::Asim(one) => {
            check_schema(one, path, context);
            let category = Spanned::new(ASIM_CATEGORY.to_owned(), one.name.span);
            let schema = (one.normalization.schema.clone(), one.normalization.version.0.clone());
            Parser { id: one.id.as_ref().map(|id| id.0.clone()), category, asim: Some(schema), ..base }
        }
    }
}

fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    begins && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn check_name(name: &Text, path: &str, context: &mut Context<'_>) {
    if !is_name(&name.value) {
        let message = format!("`{}` cannot be the name of a function", name.value);
        let help = "write letters, digits and underscores, no digit first";
        context.report(&rules::PARSER_NAME, name.span, path, message, help);
    }
}

fn parameters(given: &[model::ParserParameter], path: &str, context: &mut Context<'_>) -> Vec<ParserParameter> {
    context.unique("parameters", path, given.iter().map(|parameter| &parameter.name));
    let mut needed: Option<&Text> = None;
    for parameter in given.iter().rev() {
        if !is_name(&parameter.name.value) {
            let message = format!("`{}` cannot be the name of a parameter", parameter.name.value);
            let help = "write letters, digits and underscores, no digit first";
            context.report(&rules::PARSER_NAME, parameter.name.span, path, message, help);
        }
        match (&parameter.default, needed) {
            (Some(_), Some(later)) => {
                let message =
                    format!("`{}` has a default, and `{}` behind it has none", parameter.name.value, later.value);
                let help = "put parameters without a default first";
                context.report(&rules::PARSER_PARAMETER, parameter.name.span, path, message, help);
            }
            (None, _) => needed = Some(&parameter.name),
            _ => {}
        }
    }
    let one = |parameter: &model::ParserParameter| ParserParameter {
        name: parameter.name.clone(),
        ty: parameter.ty.clone(),
        default: parameter.default.as_ref().map(|default| default.0.clone()),
        description: parameter.description.clone(),
    };
    given.iter().map(one).collect()
}

fn check_schema(parser: &model::AsimParser, path: &str, context: &mut Context<'_>) {
    let (schema, version) = (&parser.normalization.schema, &parser.normalization.version.0);
    let path = format!("{path}.Normalization");
    let Some((_, current)) = SCHEMAS.iter().find(|(name, _)| *name == schema.value) else {
        let names = SCHEMAS.map(|(name, _)| name);
        let help = match did_you_mean(&schema.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", names.join(", ")),
        };
        let message = format!("`{}` is not a schema of ASIM", schema.value);
        context.report(&rules::ASIM, schema.span, &path, message, help);
        return;
    };
    if version.value != *current {
        let message =
            format!("the repository knows version {current} of the schema {}, not {}", schema.value, version.value);
        context.report(&rules::ASIM, version.span, &path, message, format!("bring the columns up to {current}"));
    }
    let prefixes = [format!("ASim{}", schema.value), format!("vim{}", schema.value)];
    if !prefixes.iter().any(|prefix| parser.name.value.starts_with(prefix.as_str())) {
        let message = format!("`{}` does not begin with its schema", parser.name.value);
        let help = format!("begin with {} or, with filtering parameters, {}", prefixes[0], prefixes[1]);
        context.report(&rules::ASIM, parser.name.span, &path, message, help);
    }
}

/// The body of the saved search in the deploy bundle.
pub fn properties(parser: &Parser) -> Object {
    let at = Origin::derived(parser.name.span, "parser");
    let signature = parser.signature();
    let description = parser.description.as_ref().map(|text| ("description", text.value.clone()));
    Object::new()
        .with("category", Value::written(&parser.category))
        .with("displayName", Value::written(&parser.title))
        .with("query", Value::written(&parser.query))
        .with("functionAlias", Value::written(&parser.name))
        .with_some("functionParameters", (!signature.is_empty()).then(|| Value::text(signature, at)))
        .with("version", Value::int(2, at))
        .with_some("tags", content::tags(&description.into_iter().collect::<Vec<_>>(), at))
}
