//! `parsers:`: functions of the workspace, in the forms of the repository, and the body of the saved search.

mod file;

use super::context::Context;
use super::place::Places;
use super::{content, queries};
use crate::diag::rules::content as rules;
use crate::diag::{Severity, did_you_mean};
use crate::ir::{Object, Parser, ParserParameter, Text, Value};
use crate::kql::{FunctionDefinition, Globals};
use crate::model::{self, Loose, Pasted, Prose};
use crate::source::{Origin, Span, Spanned};

/// What reviewers of the repository ask a solution's parser for.
const CATEGORY: &str = "Microsoft Sentinel Parser";
/// Of ASIM parsers in published packages.
const ASIM_CATEGORY: &str = "ASIM";

/// Characters of a function's query at most.
const MAX_QUERY: usize = 100_000;
/// Of the query language that a saved search is in: 2 is KQL as it is today.
const LANGUAGE_VERSION: i64 = 2;

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
    let mut resolved: Vec<Resolved> = Vec::new();
    for (Pasted { item, file, path }, base) in given.iter().zip(files) {
        let errors = context.diagnostics.count(Severity::Error);
        let one = match item {
            model::Parser::Function(one) => function(one, base.value, path, context),
            model::Parser::Asim(one) => asim(one, base.value, path, context),
            model::Parser::Text(one) => file::text(one, &base.value, path, context),
            model::Parser::Saved(one) => file::saved(one, &base.value, path, context),
        };
        // What calls it is not held against a function whose declaration is wrong.
        let sound = context.diagnostics.count(Severity::Error) == errors;
        let one = one.filter(|_| sound);
        if let (Some(file), true) = (file, one.as_ref().is_some_and(|one| one.parser.source.is_some())) {
            file::superseded(file, path, context);
        }
        resolved.extend(one);
    }
    for Resolved { parser, .. } in &resolved {
        let parameters = format!("({})", parser.signature());
        let body = Some(parser.query.value.clone());
        let function = FunctionDefinition { parameters, body, ..FunctionDefinition::default() };
        globals.add_function(&parser.name.value, function);
    }
    for Resolved { parser, places, path } in &resolved {
        queries::parser(parser, places, globals, path, context);
    }
    resolved.into_iter().map(|resolved| resolved.parser).collect()
}

/// A parser, where each piece of its query stands, and the path of the query.
struct Resolved {
    parser: Parser,
    places: Places,
    path: String,
}

fn function(
    given: &model::FunctionParser,
    file_base: String,
    path: &str,
    context: &mut Context<'_>,
) -> Option<Resolved> {
    let name = &given.name;
    if let Some(alias) = given.alias.as_ref().filter(|alias| alias.value != name.value) {
        let message = format!("the function is called `{}`: another alias has no effect", name.value);
        let help = format!("write `FunctionAlias: {}`", name.value);
        context.report(&rules::PARSER_ALIAS, alias.span, &format!("{path}.FunctionAlias"), message, help);
    }
    let written = Written {
        id: given.id.as_ref(),
        about: &given.function,
        name,
        description: given.description.as_ref(),
        parameters: (&given.parameters, "FunctionParams"),
        query: (&given.query, "FunctionQuery"),
        span: given.span,
    };
    let mut resolved = written.resolve(file_base, path, context)?;
    if let Some(category) = &given.category {
        resolved.parser.category = category.clone();
    }
    if let Some(resource_name) = &given.saved_search_name {
        resolved.parser.resource_name = resource_name.clone();
    }
    Some(resolved)
}

fn asim(given: &model::AsimParser, file_base: String, path: &str, context: &mut Context<'_>) -> Option<Resolved> {
    let written = Written {
        id: given.id.as_ref(),
        about: &given.parser,
        name: &given.name,
        description: given.description.as_ref(),
        parameters: (&given.parameters, "ParserParams"),
        query: (&given.query, "ParserQuery"),
        span: given.span,
    };
    let mut resolved = written.resolve(file_base, path, context)?;
    check_schema(given, path, context);
    resolved.parser.category = Spanned::new(ASIM_CATEGORY.to_owned(), given.name.span);
    resolved.parser.asim = Some((given.normalization.schema.clone(), given.normalization.version.0.clone()));
    Some(resolved)
}

/// What both forms in YAML have, with the keys that differ.
struct Written<'a> {
    id: Option<&'a Loose>,
    about: &'a model::ParserAbout,
    name: &'a Text,
    description: Option<&'a Prose>,
    parameters: (&'a [model::ParserParameter], &'static str),
    query: (&'a Prose, &'static str),
    span: Span,
}

impl Written<'_> {
    fn resolve(self, file_base: String, path: &str, context: &mut Context<'_>) -> Option<Resolved> {
        let (about, name) = (self.about, self.name);
        check_name(name, path, context);
        context.length(&about.title, path, 256, "our limit");
        let described = self.description;
        let description = described.and_then(|prose| context.description(prose, &format!("{path}.Description")));
        let query_path = format!("{path}.{}", self.query.1);
        let (query, places) = context.placed(self.query.0, &query_path)?;
        context.length(&query, &query_path, MAX_QUERY, "our limit");
        let version = content::version(about.version.as_ref(), self.span);
        // Published parsers break these; reviewers ask for them in new ones.
        context.advise(|context| {
            for text in [Some(&about.title), description.as_ref(), Some(&query)].into_iter().flatten() {
                content::check_ascii(text, path, context);
            }
            content::check_version(&version, path, context);
        });
        let parser = Parser {
            id: self.id.map(|id| id.0.clone()),
            symbol: context.symbol("parser", &name.value),
            file_base,
            source: None,
            name: name.clone(),
            resource_name: name.clone(),
            title: about.title.clone(),
            version,
            last_updated: about.last_updated.as_ref().map(|date| date.0.clone()),
            category: Spanned::new(CATEGORY.to_owned(), name.span),
            description,
            parameters: parameters(self.parameters.0, &format!("{path}.{}", self.parameters.1), context),
            query,
            language_version: LANGUAGE_VERSION,
            asim: None,
        };
        Some(Resolved { parser, places, path: query_path })
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
        .with("version", Value::int(parser.language_version, at))
        .with_some("tags", content::tags(&description.into_iter().collect::<Vec<_>>(), at))
}
