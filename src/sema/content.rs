//! What content items of all kinds share: the name of their file in the repository.

use super::context::Context;
use super::ids;
use crate::ir::Text;
use crate::model::Pasted;

/// What each item's own file is called, without its extension: as the file that it comes from, or after its name. `named`
/// are the items' names; two items of one name are a finding elsewhere.
pub fn file_bases<T>(items: &[Pasted<T>], named: &[&Text], path: &str, context: &mut Context<'_>) -> Vec<Text> {
    let base = |(item, name): (&Pasted<T>, &&Text)| {
        item.file_base().unwrap_or_else(|| name.as_ref().map(|name| ids::pascal_case(name)))
    };
    let bases: Vec<Text> = items.iter().zip(named).map(base).collect();
    let is_first =
        |i: usize, name: &Text| !named.iter().take(i).any(|other| other.value.eq_ignore_ascii_case(&name.value));
    let told_apart = bases.iter().zip(named).enumerate().filter(|(i, (_, name))| is_first(*i, name));
    context.unique("files", path, told_apart.map(|(_, (base, _))| base));
    bases
}
