//! What the documentation page says of workbooks.

use crate::ir;
use serde::Serialize;

#[derive(Serialize)]
pub struct Workbook<'a> {
    title: &'a str,
    description: &'a str,
}

impl<'a> Workbook<'a> {
    pub fn of(workbook: &'a ir::Workbook) -> Self {
        Workbook { title: &workbook.title.value, description: workbook.description.value.trim() }
    }
}
