//! `huntingQueries:`: ids, texts, MITRE mapping, and the body of the saved search.

use super::content::Surroundings;
use super::context::Context;
use super::queries::Named;
use super::rule::{attack, entity};
use super::{content, ids, queries};
use crate::ir::{HuntingQuery, Object, Text, Value};
use crate::model::{self, Pasted};
use crate::source::Origin;

pub fn resolve_all(
    given: &[Pasted<model::HuntingQuery>],
    around: &Surroundings<'_>,
    context: &mut Context<'_>,
) -> Vec<HuntingQuery> {
    let names: Vec<&Text> = given.iter().map(|query| &query.item.name).collect();
    context.unique("hunting queries", "huntingQueries", given.iter().map(|query| &query.item.id));
    content::unique_names("hunting queries", "huntingQueries", given, &names, context);
    let files = content::file_bases(given, &names, ids::pascal_case, "huntingQueries", context);
    let mut resolved = Vec::new();
    for (query, file) in given.iter().zip(files) {
        resolved.extend(one(&query.item, file.value, &query.path, around, context));
    }
    resolved
}

fn one(
    given: &model::HuntingQuery,
    file_base: String,
    path: &str,
    around: &Surroundings<'_>,
    context: &mut Context<'_>,
) -> Option<HuntingQuery> {
    let (id, short_id) = content::id(&given.id, "huntingQuery", around.offer(), path, context);
    context.length(&given.name, &format!("{path}.name"), 256, "our limit");
    let description =
        given.description.as_ref().and_then(|prose| context.description(prose, &format!("{path}.description")));
    let query_path = format!("{path}.query");
    let (query, places) = context.placed(&given.query, &query_path)?;
    context.length(&query, &query_path, 10_000, "documented");
    let named: Vec<Named> = entity::columns(&given.entity_mappings).collect();
    let reads = queries::hunting(&query, &places, around.globals, &named, path, context);
    let version = content::version(given.version.as_ref(), given.id.span);
    // Published hunting queries break these; reviewers ask for them in new ones.
    context.advise(|context| {
        for text in [Some(&given.name), description.as_ref(), Some(&query)].into_iter().flatten() {
            content::check_ascii(text, path, context);
        }
        content::check_version(&version, path, context);
        attack::check_names(&given.tactics, &given.relevant_techniques, path, context);
        entity::check_all(&given.entity_mappings, &given.name, path, context);
    });
    let required = given.required_data_connectors.as_deref();
    Some(HuntingQuery {
        symbol: context.symbol("hunt", short_id.as_ref().map_or(&given.name.value, |id| &id.value)),
        id,
        short_id,
        file_base,
        name: given.name.clone(),
        description,
        version,
        required_data_connectors: content::required(required, &reads, around.connectors, path, context),
        query,
        tactics: given.tactics.iter().map(attack::spelled).collect(),
        techniques: given.relevant_techniques.clone(),
        entity_mappings: entity::taken_over(&given.entity_mappings),
    })
}

/// The body of the saved search in the deploy bundle.
pub fn properties(query: &HuntingQuery) -> Object {
    let at = Origin::derived(query.id.span, "hunting query");
    Object::new()
        .with("category", Value::text("Hunting Queries", at))
        .with("displayName", Value::written(&query.name))
        .with("query", Value::written(&query.query))
        .with("version", Value::int(2, at))
        .with_some("tags", content::tags(&query.tags(), at))
}
