//! Workbooks: the page itself as a tree, and its entry in the repository's list.

use super::notation;
use crate::ir;
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Workbook<'a> {
    name: &'a str,
    version: &'a str,
    entry: Json,
    page: Json,
}

impl<'a> Workbook<'a> {
    pub fn of(workbook: &'a ir::Workbook) -> Self {
        let mut page: Json = serde_json::from_str(&workbook.serialized.value).unwrap_or_default();
        page.sort_all_objects();
        Workbook {
            name: &workbook.title.value,
            version: &workbook.version.value,
            entry: notation::body(&workbook.entry),
            page,
        }
    }
}
