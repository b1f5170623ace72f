//! `manifest/content-hub.json`: everything that the marketplace offer needs.

use super::{Bundle, package::Zip};
use crate::ir::Solution;

pub fn emit(_solution: &Solution, _zip: &Zip, _bundle: &mut Bundle) {}
