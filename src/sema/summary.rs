//! `summaryRules:`: ids, texts, the table with the results, and the body of the rule.

use super::content::Surroundings;
use super::context::Context;
use super::{content, ids, queries};
use crate::diag::rules::{content as rules, shape};
use crate::ir::{Object, SummaryRule, Text, Value};
use crate::model::{self, Pasted};
use crate::source::Origin;

/// Minutes (the service's published types).
const BIN_SIZES: [i64; 8] = [20, 30, 60, 120, 180, 360, 720, 1440];

pub fn resolve_all(
    given: &[Pasted<model::SummaryRule>],
    around: &Surroundings<'_>,
    context: &mut Context<'_>,
) -> Vec<SummaryRule> {
    let names: Vec<&Text> = given.iter().map(|rule| &rule.item.display_name).collect();
    context.unique("summary rules", "summaryRules", given.iter().map(|rule| &rule.item.id));
    context.unique("summary rules", "summaryRules", names.iter().copied());
    let files = content::file_bases(given, &names, ids::pascal_case, "summaryRules", context);
    let mut resolved = Vec::new();
    for (rule, file) in given.iter().zip(files) {
        resolved.extend(one(&rule.item, file.value, &rule.path, around, context));
    }
    resolved
}

fn one(
    given: &model::SummaryRule,
    file_base: String,
    path: &str,
    around: &Surroundings<'_>,
    context: &mut Context<'_>,
) -> Option<SummaryRule> {
    let (id, short_id) = content::id(&given.id, "summaryRule", around.offer(), path, context);
    context.length(&given.display_name, &format!("{path}.displayName"), 256, "our limit");
    if given.display_name.value.contains('/') {
        let message = format!("`{}` is the name of a resource, and cannot have a slash", given.display_name.value);
        let help = "write it without `/`";
        context.report(&rules::SUMMARY_NAME, given.display_name.span, &format!("{path}.displayName"), message, help);
    }
    let description =
        given.description.as_ref().and_then(|prose| context.description(prose, &format!("{path}.description")));
    if !BIN_SIZES.contains(&given.bin_size.value) {
        let message = format!("`binSize: {}` is not taken", given.bin_size.value);
        let help = "write 20, 30, 60, 120, 180, 360, 720 or 1440 minutes";
        context.report(&shape::OUT_OF_RANGE, given.bin_size.span, &format!("{path}.binSize"), message, help);
    }
    let table = &given.destination_table;
    if !table.value.ends_with("_CL") {
        let message = format!("`{}` cannot hold the results: it is no custom table", table.value);
        let help = format!("write {}_CL", table.value);
        context.report(&rules::SUMMARY_TABLE, table.span, &format!("{path}.destinationTable"), message, help);
    }
    let query_path = format!("{path}.query");
    let (query, places) = context.placed(&given.query, &query_path)?;
    let reads = queries::stored(&query, &places, around.globals, &query_path, context);
    let version = content::version(given.version.as_ref(), given.id.span);
    context.advise(|context| content::check_version(&version, path, context));
    let required = given.required_data_connectors.as_deref();
    Some(SummaryRule {
        symbol: context.symbol("summary", short_id.as_ref().map_or(&given.display_name.value, |id| &id.value)),
        id,
        short_id,
        file_base,
        display_name: given.display_name.clone(),
        description,
        version,
        required_data_connectors: content::required(required, &reads, around.connectors, path, context),
        query,
        bin_size: given.bin_size,
        destination_table: table.clone(),
    })
}

/// The body of the rule in the deploy bundle.
pub fn properties(rule: &SummaryRule) -> Object {
    let at = Origin::derived(rule.id.span, "summary rule");
    let definition = Object::new()
        .with("query", Value::written(&rule.query))
        .with("binSize", Value::int(rule.bin_size.value, Origin::written(rule.bin_size.span)))
        .with("destinationTable", Value::written(&rule.destination_table));
    Object::new()
        .with("ruleType", Value::text("User", at))
        .with("displayName", Value::written(&rule.display_name))
        .with_some("description", rule.description.as_ref().map(Value::written))
        .with("ruleDefinition", Value::object(definition, at))
}
