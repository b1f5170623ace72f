//! The transformation dialect: what Azure Monitor takes at ingestion time, and what to write instead of the rest.

use super::bind::Bound;
use super::finding::Finding;
use super::syntax::tree::List;
use super::Output;

pub fn check(_text: &str, _bound: &Bound<'_>, _statements: List, _output: &Output, _findings: &mut Vec<Finding>) {}
