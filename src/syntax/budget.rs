//! How much a document may hold, so that no input takes memory or stack without bound.

use super::{Node, NodeKind};
use crate::diag::Rule;
use crate::diag::rules::yaml;

/// The most nodes of a document: lists, mappings, keys and values. An anchored value counts again at its anchor and at each alias.
pub const MAX_NODES: usize = 200_000;
/// The most bytes of text in a document, counted the same way.
pub const MAX_TEXT: usize = 16 << 20;
/// How deep lists and mappings may stand in each other.
pub const MAX_DEPTH: usize = 64;

/// What has been used so far.
#[derive(Default)]
pub(super) struct Budget {
    nodes: usize,
    text: usize,
}

/// A budget that is used up.
pub(super) struct Exceeded {
    pub rule: &'static Rule,
    pub message: String,
    pub help: &'static str,
}

impl Budget {
    /// Counts a node that is to stand below `depth` open collections.
    pub fn charge(&mut self, size: Size, depth: usize) -> Result<(), Exceeded> {
        self.nodes += size.nodes;
        self.text += size.text;
        if depth + size.height > MAX_DEPTH {
            return Err(too_deep());
        }
        if self.nodes > MAX_NODES || self.text > MAX_TEXT {
            return Err(Exceeded {
                rule: &yaml::TOO_MUCH,
                message: format!(
                    "with its aliases written out, the file has more than {MAX_NODES} values or {} MiB of text",
                    MAX_TEXT >> 20
                ),
                help: "use fewer aliases of large values, or split the solution",
            });
        }
        Ok(())
    }
}

pub(super) fn too_deep() -> Exceeded {
    Exceeded {
        rule: &yaml::TOO_DEEP,
        message: format!("lists and mappings stand more than {MAX_DEPTH} deep in each other"),
        help: "look for brackets that are never closed; no spec is that deep",
    }
}

/// What a node costs.
#[derive(Clone, Copy)]
pub(super) struct Size {
    nodes: usize,
    text: usize,
    /// Levels of collections, the node's own included.
    height: usize,
}

impl Size {
    pub const LEAF: Size = Size { nodes: 1, text: 0, height: 0 };
    pub const COLLECTION: Size = Size { nodes: 1, text: 0, height: 1 };

    /// Recurses no deeper than [`MAX_DEPTH`]: the node has been built.
    pub fn of(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Null => Size::LEAF,
            NodeKind::Scalar(scalar) => Size { text: scalar.text.len(), ..Size::LEAF },
            NodeKind::Sequence(items) => items.iter().map(Size::of).fold(Size::COLLECTION, Size::holding),
            NodeKind::Mapping(entries) => entries.iter().map(Size::of_entry).fold(Size::COLLECTION, Size::holding),
        }
    }

    fn of_entry(entry: &super::Entry) -> Self {
        let value = Size::of(&entry.value);
        Size { nodes: value.nodes + 1, text: value.text + entry.key.len(), ..value }
    }

    fn holding(self, child: Size) -> Self {
        Size {
            nodes: self.nodes + child.nodes,
            text: self.text + child.text,
            height: self.height.max(child.height + 1),
        }
    }
}
