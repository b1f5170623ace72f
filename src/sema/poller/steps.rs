//! Nested steps: which step follows which, what each gets from the event before it, and the bodies of all.
//!
//! Source: published connectors; nothing of it is documented. A step whose id fits no configuration is never called, and
//! nothing says so.

use super::{auth, paging, request};
use crate::diag::rules::{connector as rules, shape};
use crate::ir::{Input, Object, Text, Value};
use crate::model::{Nesting, ServiceObject, Step, StepInfo, Steps, Template};
use crate::sema::context::Context;
use crate::sema::{body, queries};
use crate::source::{Origin, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// Members of a request in which `$column$` is replaced.
const REPLACED: [&str; 4] = ["apiEndpoint", "headers", "queryParameters", "queryParametersTemplate"];

/// Checks the steps of the poller at `path`.
pub fn check(
    nesting: &Nesting,
    add_on: &[(&Text, &Template)],
    path: &str,
    inputs: &[Input],
    context: &mut Context<'_>,
) {
    joined(nesting.should_join, nesting.joined_name.as_ref(), path, context);
    let mut walk = Walk { configs: &nesting.steps, path, given: BTreeMap::new(), reached: BTreeSet::new() };
    if let Some(info) = &nesting.info {
        walk.follow(info, &format!("{path}.stepInfo"), &mut Vec::new(), Some(&BTreeSet::new()), context);
    }
    for (id, step) in &nesting.steps.0 {
        let at = format!("{path}.stepCollectorConfigs.{}", id.value);
        if !walk.reached.contains(&id.value) && !context.is_broken(path) {
            let message = format!("nothing calls the step `{}`", id.value);
            let help = "name it as `stepId` in `nextSteps` of the poller or of another step, or remove it";
            context.report(&rules::STEP_ORDER, id.span, &at, message, help);
        }
        self::step(step, &at, inputs, context);
        if let (Some(Some(given)), Some(request)) = (walk.given.get(&id.value), &step.request.0) {
            let members = request.0.members.iter().filter(|member| REPLACED.contains(&member.field.name));
            for member in members {
                member.value.for_each_template(&mut |template| known(template, given, &at, context));
            }
        }
    }
    let all: Option<BTreeSet<String>> =
        walk.given.values().cloned().collect::<Option<Vec<_>>>().map(|sets| sets.into_iter().flatten().collect());
    if let Some(all) = all {
        add_on.iter().for_each(|(_, template)| known(template, &all, path, context));
    }
}

/// Follows the steps from one to the next.
struct Walk<'a> {
    configs: &'a Steps,
    path: &'a str,
    /// What each step gets; `None` if it is in doubt.
    given: BTreeMap<String, Option<BTreeSet<String>>>,
    reached: BTreeSet<String>,
}

impl Walk<'_> {
    /// `around`: the steps that lead here; `parent`: what the step before gets.
    fn follow(
        &mut self,
        info: &StepInfo,
        path: &str,
        around: &mut Vec<String>,
        parent: Option<&BTreeSet<String>>,
        context: &mut Context<'_>,
    ) {
        if let Some(ty) = info.step_type.as_ref().filter(|ty| ty.value != "Nested") {
            let message = format!("`{}` is no type of step", ty.value);
            context.report(&shape::UNKNOWN_VALUE, ty.span, &format!("{path}.stepType"), message, "write Nested");
        }
        for (i, next) in info.next_steps.iter().enumerate() {
            let path = format!("{path}.nextSteps[{i}]");
            let kql = context.placed(&next.placeholders, &format!("{path}.stepPlaceholdersParsingKql"));
            let own = kql.and_then(|(text, places)| {
                let made =
                    queries::placeholders(&text, &places, &format!("{path}.stepPlaceholdersParsingKql"), context)?;
                let mut made: BTreeSet<String> = made.into_iter().collect();
                if text.value.trim() == "source" {
                    made.extend(parent?.iter().cloned());
                }
                Some(made)
            });
            let id = &next.step_id.value;
            let Some((_, step)) = self.configs.0.iter().find(|(known, _)| known.value == *id) else {
                let known: Vec<&str> = self.configs.0.iter().map(|(known, _)| known.value.as_str()).collect();
                let place = format!("{}.stepCollectorConfigs", self.path);
                context.unknown_name("step", &place, &next.step_id, &format!("{path}.stepId"), &known);
                continue;
            };
            if around.contains(id) {
                let message = format!("the step `{id}` leads to itself");
                let help = "remove one of the calls: each would ask for the next one without an end";
                context.report(&rules::STEP_ORDER, next.step_id.span, &path, message, help);
                continue;
            }
            self.reached.insert(id.clone());
            // Called from two places, it gets what both give.
            let given = match (self.given.get(id), own) {
                (Some(Some(before)), Some(own)) => Some(before.intersection(&own).cloned().collect()),
                (None, own) => own,
                _ => None,
            };
            self.given.insert(id.clone(), given.clone());
            if let Some(info) = &step.info {
                around.push(id.clone());
                let path = format!("{}.stepCollectorConfigs.{id}.stepInfo", self.path);
                self.follow(info, &path, around, given.as_ref(), context);
                around.pop();
            }
        }
    }
}

/// The parts of one step.
fn step(step: &Step, path: &str, inputs: &[Input], context: &mut Context<'_>) {
    joined(step.should_join, step.joined_name.as_ref(), path, context);
    for (key, object) in objects(step) {
        super::check::object(object, &format!("{path}.{key}"), true, inputs, context);
    }
    let asked = step.request.0.as_ref().map(|request| &request.0);
    for (key, object) in objects(step) {
        let path = format!("{path}.{key}");
        match key {
            "auth" => auth::check(object, asked, true, inputs, &path, context),
            "request" => request::check(object, &path, context),
            "paging" => paging::check(object, asked, &path, context),
            _ => {}
        }
    }
}

/// Joined events need a name for each level.
fn joined(should_join: Option<Spanned<bool>>, name: Option<&Text>, path: &str, context: &mut Context<'_>) {
    if let Some(flag) = should_join.filter(|flag| flag.value && name.is_none()) {
        let message =
            "`shouldJoinNestedData` needs `joinedDataStepName` (observed in published connectors, not documented)";
        let help = "add `joinedDataStepName` with the member that holds the event";
        context.report(&rules::MISSING_COMPANION, flag.span, path, message, help);
    }
}

/// Reports each `$name$` that no column stands for.
fn known(template: &Template, given: &BTreeSet<String>, path: &str, context: &mut Context<'_>) {
    for name in template.texts().flat_map(placeholders) {
        if !given.contains(name) {
            let message = format!("nothing stands for `${name}$`: the step's KQL has no column `{name}`");
            let help = match given.iter().next() {
                Some(_) => format!(
                    "write one of {}",
                    given.iter().map(|name| format!("${name}$")).collect::<Vec<_>>().join(", ")
                ),
                None => format!("add `{name}` to the result of `stepPlaceholdersParsingKql`"),
            };
            context.report(&rules::STEP_PLACEHOLDER, template.span, path, message, help);
        }
    }
}

/// The names between two dollar signs.
fn placeholders(text: &str) -> Vec<&str> {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('$') {
        match after.split_once('$') {
            Some((name, behind)) if is_name(name) => {
                found.push(name);
                rest = behind;
            }
            _ => rest = after,
        }
    }
    found
}

/// The service objects of a step, by their keys.
pub fn objects(step: &Step) -> impl Iterator<Item = (&'static str, &ServiceObject)> {
    let auth = step.auth.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| ("auth", &part.0));
    let request = step.request.0.as_ref().map(|part| ("request", &part.0));
    let response = step.response.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| ("response", &part.0));
    let paging = step.paging.as_ref().and_then(|hole| hole.0.as_ref()).map(|part| ("paging", &part.0));
    [auth, request, response, paging].into_iter().flatten()
}

/// Adds the members of nesting to the poller's properties.
pub fn complete(nesting: &Nesting, body: &mut Object, path: &str, inputs: &[Input], context: &mut Context<'_>) {
    join_members(nesting.should_join, nesting.joined_name.as_ref(), body);
    if let Some(info) = &nesting.info {
        body.set("stepInfo", step_info(info, &format!("{path}.stepInfo"), context));
    }
    if let Some((first, _)) = nesting.steps.0.first() {
        let mut configs = Object::new();
        for (id, step) in &nesting.steps.0 {
            let at = format!("{path}.stepCollectorConfigs.{}", id.value);
            configs.set(id.value.clone(), step_body(step, &at, inputs, context));
        }
        body.set("stepCollectorConfigs", Value::object(configs, Origin::written(first.span)));
    }
    if let Some(extra) = &nesting.extra {
        let object = Object::new()
            .with_some("transformName", extra.transform_name.as_ref().map(Value::written))
            .with_some("nestedTransformName", extra.nested_transform_name.as_ref().map(Value::written));
        body.set("extra", Value::object(object, Origin::written(extra.span)));
    }
}

fn join_members(should_join: Option<Spanned<bool>>, name: Option<&Text>, body: &mut Object) {
    if let Some(flag) = should_join {
        body.set("shouldJoinNestedData", Value::bool(flag.value, Origin::written(flag.span)));
    }
    if let Some(name) = name {
        body.set("joinedDataStepName", Value::written(name));
    }
}

fn step_info(info: &StepInfo, path: &str, context: &mut Context<'_>) -> Value {
    let origin = Origin::written(info.span);
    let next = info.next_steps.iter().enumerate().map(|(i, next)| {
        let path = format!("{path}.nextSteps[{i}].stepPlaceholdersParsingKql");
        let kql = context.text(&next.placeholders, &path);
        let object = Object::new()
            .with("stepId", Value::written(&next.step_id))
            .with_some("stepPlaceholdersParsingKql", kql.as_ref().map(Value::written));
        Value::object(object, Origin::written(next.span))
    });
    let next = next.collect();
    let ty = Value::text("Nested", Origin::derived(info.span, "default: stepType"));
    Value::object(Object::new().with("stepType", ty).with("nextSteps", Value::array(next, origin)), origin)
}

fn step_body(step: &Step, path: &str, inputs: &[Input], context: &mut Context<'_>) -> Value {
    let mut body = Object::new();
    for (key, object) in objects(step) {
        let mut value = body::service_object(object, &format!("{path}.{key}"), inputs, context);
        if key == "auth" {
            auth::complete(object, &mut value);
        }
        body.set(key, value);
    }
    join_members(step.should_join, step.joined_name.as_ref(), &mut body);
    if let Some(info) = &step.info {
        body.set("stepInfo", step_info(info, &format!("{path}.stepInfo"), context));
    }
    body::add_unchecked(&mut body, &step.unchecked, path, context);
    Value::object(body, Origin::written(step.span))
}
