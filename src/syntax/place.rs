//! From a byte of a scalar's value to a byte of the file.

/// Pieces of a value that stand unbroken in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextMap {}
