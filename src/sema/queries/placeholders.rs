//! KQL of a step: what it makes of an event stands for `$column$` in the step's request.

use super::super::context::Context;
use super::super::place::Places;
use super::{Query, Reader};
use crate::ir::Text;
use crate::kql::{Globals, Type};

/// The columns of the result; `None` if there is a doubt about them. It is not bound to the list of a transformation
/// (observed: `mv-expand` and `replace` in published connectors).
pub fn placeholders(text: &Text, places: &Places, path: &str, context: &mut Context<'_>) -> Option<Vec<String>> {
    let mut globals = Globals::default();
    globals.add_table("source", [("data", Type::String)], false);
    let query = Query { text, places, path: path.to_owned() };
    let examined = query.examine(&globals, Reader::Step, context);
    Some(examined.columns()?.iter().map(|column| column.name.clone()).collect())
}
