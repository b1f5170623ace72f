//! The spec language as typed data. Decoding collects every finding; names are still unresolved here.

use crate::diag::Diagnostics;
use crate::syntax::Document;

/// A decoded spec.
#[derive(Debug, Clone)]
pub struct Spec {}

pub fn decode(_document: &Document, _diagnostics: &mut Diagnostics) -> Option<Spec> {
    None
}
