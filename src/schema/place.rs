//! From a JSON pointer into an artifact back to the spec.

use crate::arm::{Node, Value};
use crate::source::{Origin, UNCHECKED};

/// What the tree knows of a place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Of the node, or of the nearest one above it that has one.
    pub origin: Option<Origin>,
    /// The author handed it, or something around it, over unchecked.
    pub unchecked: bool,
}

/// What stands at `pointer`; a part of it that is not there counts as what is above.
pub fn at(tree: &Node, pointer: &str) -> Place {
    let is_unchecked = |node: &Node| node.origin.is_some_and(|origin| origin.rule == Some(UNCHECKED));
    let mut node = tree;
    let mut place = Place { origin: tree.origin, unchecked: is_unchecked(tree) };
    for part in pointer.split('/').skip(1) {
        let part = unescaped(part);
        let next = match &node.value {
            Value::Array(items) => part.parse::<usize>().ok().and_then(|i| items.get(i)),
            Value::Object(object) | Value::Template(object) | Value::Inner(object) => object.get(&part),
            _ => None,
        };
        let Some(next) = next else { break };
        node = next;
        place.origin = node.origin.or(place.origin);
        place.unchecked |= is_unchecked(node);
    }
    place
}

/// One part of a JSON pointer as the member's name.
pub fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

/// A member's name as one part of a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
