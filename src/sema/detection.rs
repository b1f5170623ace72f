//! `customDetections:`: detections of Microsoft Defender XDR. They are carried; Microsoft's packager takes them only when it is
//! told to.

use super::context::Context;
use super::{body, content, ids, queries};
use crate::diag::Diagnostic;
use crate::diag::rules::{kql, submission as rules};
use crate::ir::{AnalyticRule, CustomDetection, Object, Text, ValueKind};
use crate::kql::Globals;
use crate::model::{self, Pasted};

const KIND: &str = "CustomDetection";
const TYPE: &str = "Microsoft.Security/detectionRules";
/// What the tables of Defender XDR have where those of a workspace have TimeGenerated.
const TIME: &str = "`Timestamp`";

pub fn resolve_all(
    given: &[Pasted<model::CustomDetection>],
    analytic_rules: &[AnalyticRule],
    globals: &Globals,
    context: &mut Context<'_>,
) -> Vec<CustomDetection> {
    let names: Vec<&Text> = given.iter().map(|detection| &detection.item.display_name).collect();
    context.unique("custom detections", "customDetections", given.iter().map(|detection| &detection.item.id));
    context.unique("custom detections", "customDetections", names.iter().copied());
    let files = content::file_bases(given, &names, ids::pascal_case, "customDetections", context);
    let mut resolved = Vec::new();
    for (i, (detection, file)) in given.iter().zip(files).enumerate() {
        let path = format!("customDetections[{i}]");
        check(&detection.item, analytic_rules, &path, context);
        check_query(&detection.item, globals, &path, context);
        let body = match body::raw(&detection.item.node).kind {
            ValueKind::Object(body) => body,
            _ => Object::new(),
        };
        resolved.push(CustomDetection {
            id: detection.item.id.clone(),
            file_base: file.value,
            display_name: detection.item.display_name.clone(),
            body,
        });
    }
    resolved
}

fn check(given: &model::CustomDetection, analytic_rules: &[AnalyticRule], path: &str, context: &mut Context<'_>) {
    for (found, wanted) in [(&given.kind, KIND), (&given.resource_type, TYPE)] {
        if found.value != wanted {
            let message = format!("`{}` is no custom detection", found.value);
            context.report(&rules::DETECTION, found.span, path, message, format!("write {wanted}"));
        }
    }
    if let Some(second) = given.alert.tactics.get(1) {
        let message = "the alerts of a custom detection have one tactic at most";
        context.report(&rules::DETECTION, *second, path, message, "keep the one that fits best");
    }
    if !given.alert.has_entities {
        let message = "the alerts of a custom detection name no entity";
        let mut span = given.alert.span;
        span.end = span.start + 1;
        context.report(&rules::DETECTION, span, path, message, "add `entityMappings` to the `alertTemplate`");
    }
    let id = &given.replaces;
    let is_it = |rule: &AnalyticRule| {
        let is_short = rule.short_id.as_ref().is_some_and(|short| short.value == id.value);
        is_short || rule.id.value.eq_ignore_ascii_case(&id.value)
    };
    if !context.is_broken("analyticRules") && !analytic_rules.iter().any(is_it) {
        let message = format!("this solution has no analytic rule `{}` that the detection could replace", id.value);
        let help = "name the id of one of the `analyticRules`";
        context.report(&rules::DETECTION, id.span, path, message, help);
    }
}

/// The query runs over the tables of Defender XDR, which a workspace has with other columns of time.
fn check_query(given: &model::CustomDetection, globals: &Globals, path: &str, context: &mut Context<'_>) {
    let path = format!("{path}.properties.queryCondition.queryText");
    let Some((query, places)) = context.placed(&given.query, &path) else { return };
    let before = std::mem::take(context.diagnostics);
    queries::stored(&query, &places, globals, &path, context);
    let found = std::mem::replace(context.diagnostics, before);
    let is_time = |finding: &&Diagnostic| finding.rule == &kql::NAME && finding.message.contains(TIME);
    for finding in found.iter().filter(|finding| !is_time(finding)).cloned() {
        context.diagnostics.push(finding);
    }
}
