//! Whole ARM resources of the author's own, put among those of the graph: the same tree for ARM and Bicep.
//!
//! Bicep names resources by symbols where ARM has ids, so a scope and the entries of `dependsOn` must be ids of resources
//! that the bundle knows. [`problems`] says what cannot be said in both languages; a solution that has any must not get
//! as far as the backends, which leave out what they cannot write.

use super::names::{Names, WORKSPACE_NAME};
use super::plan::{Member, Place, Plan, Planned, WORKSPACE_TYPE};
use crate::arm;
use crate::bicep::{self, Expr as Bicep, Meaning, Piece};
use crate::ir::graph::Graph;
use crate::ir::{Expr, RawResource, Solution, Stage, Value, ValueKind};
use crate::source::Origin;

/// Members of a resource that are not simply copied.
const HANDLED: [&str; 6] = ["type", "apiVersion", "name", "scope", "dependsOn", "condition"];

/// Members that only ARM templates have.
const ARM_ONLY: [&str; 3] = ["copy", "resources", "comments"];

/// Why a resource of the author's own cannot be a part of the bundle, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub origin: Origin,
    pub message: String,
}

/// Adds the author's resources of the deployment stage to the plan.
pub(super) fn add<'a>(plan: &mut Plan<'a>, solution: &'a Solution) {
    let bodies: Vec<_> = deployed(solution).map(|resource| &resource.body).collect();
    let mut symbols = Vec::new();
    for body in &bodies {
        if let Some(resource) = planned(plan, body) {
            symbols.push((resource.symbol.clone(), *body));
            plan.add(resource);
        }
    }
    // Dependencies last: they may name resources that stand further down.
    for (symbol, body) in symbols {
        let targets = dependencies(body).filter_map(|id| find(plan, &plan.names.write(&id?)));
        let targets = targets.filter(|target| *target != symbol && *target != plan.names.workspace).collect();
        if let Some(resource) = plan.resources.iter_mut().find(|resource| resource.symbol == symbol) {
            resource.depends_on = targets;
        }
    }
}

/// What keeps the author's resources from being deployed by the bundle.
pub fn problems(solution: &Solution, graph: &Graph) -> Vec<Problem> {
    let plan = Plan::new(solution, graph);
    let mut found = Vec::new();
    for resource in deployed(solution) {
        check(&plan, &resource.body, &mut found);
    }
    found
}

fn deployed(solution: &Solution) -> impl Iterator<Item = &RawResource> {
    solution.raw_resources.iter().filter(|resource| resource.stage == Stage::Deploy)
}

fn planned<'a>(plan: &mut Plan<'_>, body: &'a Value) -> Option<Planned<'a>> {
    let ty = body.get("type")?.as_text()?;
    let api_version = body.get("apiVersion")?.as_text()?;
    let full_name = expression(body.get("name")?, &plan.names)?;
    let scope = body.get("scope").and_then(|scope| expression(scope, &plan.names));
    let (place, name) = match scope.and_then(|scope| find(plan, &scope)) {
        Some(target) => (Place::Extension(target), full_name),
        None => match parent(plan, ty, &full_name) {
            Some((parent, own)) => (Place::Child(parent), own),
            None => (Place::Group, full_name),
        },
    };
    let last = ty.rsplit('/').next().unwrap_or(ty);
    let symbol = plan.names.unique(if bicep::is_identifier(last) { last } else { "resource" });
    let members = body.as_object()?.members.iter();
    let members = members.filter(|(name, _)| !HANDLED.contains(&name.as_str()) && !ARM_ONLY.contains(&name.as_str()));
    Some(Planned {
        symbol,
        ty: ty.to_owned(),
        api_version: api_version.to_owned(),
        place,
        name,
        name_origin: body.get("name")?.origin,
        condition: body.get("condition").and_then(|condition| expression(condition, &plan.names)),
        members: members.map(|(name, value)| (name.as_str(), Member::Value(value))).collect(),
        depends_on: Vec::new(),
        origin: body.origin,
    })
}

/// A text, a switch or an expression in Bicep.
fn expression(value: &Value, names: &Names) -> Option<Bicep> {
    match &value.kind {
        ValueKind::Text(text) => Some(Bicep::text(text)),
        ValueKind::Bool(b) => Some(Bicep::Bool(*b)),
        ValueKind::Expr(expr) => Some(names.write(expr)),
        _ => None,
    }
}

/// The entries of `dependsOn`; `None` for what is neither a text nor an expression.
fn dependencies(body: &Value) -> impl Iterator<Item = Option<Expr>> {
    let items = match body.get("dependsOn").map(|list| &list.kind) {
        Some(ValueKind::Array(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().map(|item| match &item.kind {
        ValueKind::Text(text) => Some(Expr::Text(text.clone())),
        ValueKind::Expr(expr) => Some(expr.clone()),
        _ => None,
    })
}

/// The symbol of the resource with this id. The workspace may also be named without its group, as scopes often are.
fn find(plan: &Plan<'_>, id: &Bicep) -> Option<String> {
    let text = |expr: &arm::Expr| arm::print::expression_text(expr).to_ascii_lowercase();
    let wanted = text(&bicep::arm_form::expression(id, &plan.meanings));
    let short = Bicep::interpolation([Bicep::text(format!("{WORKSPACE_TYPE}/")), Bicep::name(WORKSPACE_NAME)]);
    if wanted == text(&bicep::arm_form::expression(&short, &plan.meanings)) {
        return Some(plan.names.workspace.clone());
    }
    let same = |meaning: &Meaning| matches!(meaning, Meaning::Resource { id, .. } if text(id) == wanted);
    plan.meanings.iter().find(|(_, meaning)| same(meaning)).map(|(symbol, _)| symbol.clone())
}

/// The parent of a resource whose name begins with the parent's, and the rest of its name.
fn parent(plan: &Plan<'_>, ty: &str, name: &Bicep) -> Option<(String, Bicep)> {
    let (parent_type, _) = ty.rsplit_once('/')?;
    let is_root = |symbol: &str| {
        let planned = plan.resources.iter().find(|resource| resource.symbol == symbol);
        planned.is_none_or(|resource| matches!(resource.place, Place::Group))
    };
    plan.meanings.iter().find_map(|(symbol, meaning)| match meaning {
        Meaning::Resource { ty, name: parent, .. } if ty.eq_ignore_ascii_case(parent_type) && is_root(symbol) => {
            Some((symbol.clone(), below(name, parent)?))
        }
        _ => None,
    })
}

/// The rest of `name` behind `parent` and a slash.
fn below(name: &Bicep, parent: &Bicep) -> Option<Bicep> {
    let prefix = Bicep::interpolation([parent.clone(), Bicep::text("/")]).pieces();
    let (Piece::Text(last), before) = prefix.split_last()? else { return None };
    let pieces = name.pieces();
    let Piece::Text(text) = pieces.get(before.len())? else { return None };
    if pieces.get(..before.len())? != before {
        return None;
    }
    let rest = std::iter::once(Bicep::text(text.strip_prefix(last.as_str())?));
    let rest = rest.chain(pieces.into_iter().skip(prefix.len()).map(|piece| match piece {
        Piece::Text(text) => Bicep::Text(text),
        Piece::Expr(expr) => expr,
    }));
    Some(Bicep::interpolation(rest)).filter(|rest| *rest != Bicep::text(""))
}

fn check(plan: &Plan<'_>, body: &Value, found: &mut Vec<Problem>) {
    let mut report = |origin, message: String| found.push(Problem { origin, message });
    for name in ["type", "apiVersion"] {
        if body.get(name).and_then(Value::as_text).is_none() {
            report(body.origin, format!("a resource needs `{name}` as a plain text"));
        }
    }
    if body.get("name").and_then(|name| expression(name, &plan.names)).is_none() {
        report(body.origin, "a resource needs a `name`: a text or an expression".to_owned());
    }
    if let Some(scope) = body.get("scope")
        && expression(scope, &plan.names).and_then(|scope| find(plan, &scope)).is_none()
    {
        let wanted = format!("[resourceId('{WORKSPACE_TYPE}', parameters('{WORKSPACE_NAME}'))]");
        let message = format!("the scope is no resource of the bundle; the workspace is \"{wanted}\"");
        report(scope.origin, message);
    }
    for id in dependencies(body) {
        if id.and_then(|id| find(plan, &plan.names.write(&id))).is_none() {
            let origin = body.get("dependsOn").map_or(body.origin, |list| list.origin);
            report(
                origin,
                "`dependsOn` names something that is no resource of the bundle; use resourceId(…)".to_owned(),
            );
        }
    }
    for name in ARM_ONLY {
        if let Some(member) = body.get(name) {
            report(member.origin, format!("`{name}` cannot be written in Bicep; write the resources one by one"));
        }
    }
    if let Some(properties) = body.get("properties") {
        for_each_loop(properties, &mut |origin| {
            report(
                origin,
                "`copy` with a list is a loop, which cannot be written in Bicep; write its items".to_owned(),
            );
        });
    }
    check_expressions(plan, body, found);
}

/// [`check_calls`] for every expression of the author's own in a body.
fn check_expressions(plan: &Plan<'_>, value: &Value, found: &mut Vec<Problem>) {
    match &value.kind {
        ValueKind::Expr(Expr::Raw(expr)) => check_calls(plan, expr, value.origin, found),
        ValueKind::Array(items) => items.iter().for_each(|item| check_expressions(plan, item, found)),
        ValueKind::Object(object) => {
            object.members.iter().for_each(|(_, member)| check_expressions(plan, member, found));
        }
        _ => {}
    }
}

/// Calls `f` with the place of every copy loop inside a body.
fn for_each_loop(value: &Value, f: &mut impl FnMut(Origin)) {
    match &value.kind {
        ValueKind::Array(items) => items.iter().for_each(|item| for_each_loop(item, f)),
        ValueKind::Object(object) => {
            for (name, member) in &object.members {
                if name.eq_ignore_ascii_case("copy") && matches!(member.kind, ValueKind::Array(_)) {
                    f(member.origin);
                }
                for_each_loop(member, f);
            }
        }
        _ => {}
    }
}

/// Names that the bundle does not declare, and functions that Bicep does not have.
fn check_calls(plan: &Plan<'_>, expr: &arm::Expr, origin: Origin, found: &mut Vec<Problem>) {
    match expr {
        arm::Expr::Text(_) | arm::Expr::Int(_) => {}
        arm::Expr::Member(target, _) => check_calls(plan, target, origin, found),
        arm::Expr::Index(target, index) => {
            check_calls(plan, target, origin, found);
            check_calls(plan, index, origin, found);
        }
        arm::Expr::Call(name, arguments) => {
            let declared = |wanted: &str| plan.names.declared.iter().any(|known| known.eq_ignore_ascii_case(wanted));
            let message = match (name.to_ascii_lowercase().as_str(), arguments.as_slice()) {
                ("parameters" | "variables", [arm::Expr::Text(wanted)]) if declared(wanted) => None,
                ("parameters" | "variables", [arm::Expr::Text(wanted)]) => {
                    Some(format!("the bundle has no `{wanted}`; it has {}", plan.names.declared.join(", ")))
                }
                _ if bicep::from_arm::is_known(name) => None,
                _ => Some(format!("`{name}` is no function that a bundle can use")),
            };
            found.extend(message.map(|message| Problem { origin, message }));
            arguments.iter().for_each(|argument| check_calls(plan, argument, origin, found));
        }
    }
}
