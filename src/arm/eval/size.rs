//! How large a template is once it is expanded: the documented limits count what a deployment gets to see.

use super::expand::Expansion;
use super::fault::{Fault, Kind};
use super::value::Value;

/// Of an expanded template, in bytes, as documented.
const TEMPLATE: usize = 4 * 1024 * 1024;
/// Of one resource in it, in bytes, as documented.
const RESOURCE: usize = 1024 * 1024;

pub(super) fn check(expansion: &Expansion, faults: &mut Vec<Fault>) {
    let mut all = 0;
    for resource in &expansion.resources {
        let members = resource.body.iter().map(|(name, value)| name.len() + bytes(value) + 4);
        let size = members.sum::<usize>() + resource.ty.len() + resource.name.len();
        all += size;
        if size > RESOURCE {
            let message =
                format!("the resource has {size} bytes once it is evaluated; a deployment takes at most {RESOURCE}");
            faults.push(Fault::new(Kind::Limit, message).at(resource.origin));
        }
    }
    if all > TEMPLATE && faults.is_empty() {
        let message =
            format!("the resources have {all} bytes once they are evaluated; a deployment takes at most {TEMPLATE}");
        faults.push(Fault::new(Kind::Limit, message));
    }
}

/// Of the value as JSON without white space; escapes are not counted.
fn bytes(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 4,
        Value::Int(_) | Value::Real(_) => 8,
        Value::Text(text) | Value::Opaque(text) => text.len() + 2,
        Value::Array(items) => items.iter().map(|item| bytes(item) + 1).sum::<usize>() + 2,
        Value::Object(object) => object.iter().map(|(name, value)| name.len() + bytes(value) + 4).sum::<usize>() + 2,
    }
}
