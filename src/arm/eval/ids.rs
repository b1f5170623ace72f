//! Resource ids: the `resourceId` family, and the id of a resource from its type and name.

use super::budget::Budget;
use super::environment::Environment;
use super::fault::Fault;
use super::functions::SpecialForm;
use super::value::Value;
use std::rc::Rc;

/// A call of the family.
pub(super) fn call(
    form: SpecialForm,
    arguments: &[Value],
    env: &Environment,
    budget: &mut Budget,
) -> Result<Value, Fault> {
    let mut texts = Vec::with_capacity(arguments.len());
    for argument in arguments {
        match argument {
            Value::Text(text) | Value::Opaque(text) => texts.push(text.clone()),
            Value::Int(n) => texts.push(n.to_string().into()),
            other => {
                return Err(Fault::argument(format!("an id is made of strings, but this is {}", other.kind())));
            }
        }
    }
    let (prefix, from) = match form {
        SpecialForm::ResourceId => in_group(&texts, env)?,
        SpecialForm::SubscriptionResourceId => in_subscription(&texts, env)?,
        SpecialForm::TenantResourceId => (String::new(), 0),
        SpecialForm::ExtensionResourceId => (texts.first().map(ToString::to_string).unwrap_or_default(), 1),
        _ => management_group(&texts)?,
    };
    let (ty, names) = match texts.get(from..) {
        Some([ty, names @ ..]) => (ty, names),
        _ => return Err(Fault::argument("the id lacks the type of the resource")),
    };
    let id = with_names(&prefix, ty, names)?;
    budget.spend(id.len())?;
    // An id with a part that only a deployment knows is such a value itself.
    Ok(match arguments.iter().any(|argument| matches!(argument, Value::Opaque(_))) {
        true => Value::Opaque(id.into()),
        false => Value::text(id),
    })
}

/// What stands before the type: a group, or a subscription and a group.
fn in_group(texts: &[Rc<str>], env: &Environment) -> Result<(String, usize), Fault> {
    let (subscription, group, from) = match texts.iter().position(|text| text.contains('/')) {
        Some(0) => (&env.subscription_id, &env.group_name, 0),
        Some(1) => (&env.subscription_id, &texts[0], 1),
        Some(2) => (&texts[0], &texts[1], 2),
        _ => return Err(no_type(texts)),
    };
    Ok((format!("/subscriptions/{subscription}/resourceGroups/{group}"), from))
}

fn in_subscription(texts: &[Rc<str>], env: &Environment) -> Result<(String, usize), Fault> {
    let (subscription, from) = match texts.iter().position(|text| text.contains('/')) {
        Some(0) => (&env.subscription_id, 0),
        Some(1) => (&texts[0], 1),
        _ => return Err(no_type(texts)),
    };
    Ok((format!("/subscriptions/{subscription}"), from))
}

fn management_group(texts: &[Rc<str>]) -> Result<(String, usize), Fault> {
    match texts.iter().position(|text| text.contains('/')) {
        Some(0) => Err(Fault::unknown("in which management group it is only a deployment knows")),
        Some(1) => Ok((format!("/providers/Microsoft.Management/managementGroups/{}", texts[0]), 1)),
        _ => Err(no_type(texts)),
    }
}

fn no_type(texts: &[Rc<str>]) -> Fault {
    let shown = texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    Fault::argument(format!("none of {shown} is the type of a resource, such as `Microsoft.Insights/components`"))
}

fn with_names(prefix: &str, ty: &str, names: &[Rc<str>]) -> Result<String, Fault> {
    let mut parts = ty.trim_end_matches('/').split('/');
    let provider = parts.next().unwrap_or_default();
    let types: Vec<&str> = parts.collect();
    if types.len() != names.len() {
        let message = format!("the type `{ty}` takes {}, not {}", counted(types.len()), names.len());
        return Err(Fault::argument(message));
    }
    let mut id = format!("{prefix}/providers/{provider}");
    for (ty, name) in types.iter().zip(names) {
        id.extend(["/", ty, "/", name]);
    }
    Ok(id)
}

fn counted(names: usize) -> String {
    if names == 1 { "one name".to_owned() } else { format!("{names} names") }
}

/// The id of a resource whose name has a segment for each of its type's.
pub(super) fn of_resource(scope: &str, ty: &str, name: &str) -> String {
    let mut types = ty.split('/');
    let mut id = format!("{}/providers/{}", scope.trim_end_matches('/'), types.next().unwrap_or_default());
    for (ty, name) in types.zip(name.split('/')) {
        id.extend(["/", ty, "/", name]);
    }
    id
}

/// The part of a resource's id behind its last `/providers/`, in lower case.
pub(super) fn tail(ty: &str, name: &str) -> String {
    let id = of_resource("", ty, name);
    id.strip_prefix("/providers/").unwrap_or(&id).to_lowercase()
}

/// What the id of a resource with a `scope` of its own begins with. `within` is where the template is deployed.
pub(super) fn scope_of(scope: &Rc<str>, within: &Rc<str>) -> Rc<str> {
    match scope.split_once('/') {
        None | Some(("", _)) => scope.clone(),
        Some((provider, _)) if !provider.contains('.') => scope.clone(),
        // Relative to the deployment: a type with a name behind each of its parts.
        Some(_) => format!("{}/providers/{scope}", within.trim_end_matches('/')).into(),
    }
}
