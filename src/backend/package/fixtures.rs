//! What the repository's checks want beside a solution: the logo, the tables that queries may name, the connector ids
//! that rules may name.

use super::{PACKAGE, Package, respelt, written};
use crate::arm::{Node, Object};
use crate::backend::Bundle;
use crate::ir::{Column, Table};
use crate::source::Origin;

const TABLES: &str = "package/.script/tests/KqlvalidationsTests/CustomTables";
/// Not a file of the repository: its list of ids is long, and these lines are to be added to it.
const CONNECTOR_IDS: &str = "package/.script/tests/detectionTemplateSchemaValidation/ValidConnectorIds.additions.json";

pub fn emit(package: &Package, bundle: &mut Bundle) {
    if let Some(logo) = &package.info().logo {
        let origin = Origin::written(logo.svg.span);
        bundle.text(format!("package/Logos/{}", logo.file_name), logo.svg.value.clone(), origin);
    }
    for table in &package.solution.tables {
        let origin = Origin::derived(table.name.span, "package: table of the query checks");
        bundle.json(format!("{TABLES}/{}.json", table.name.value), self::table(table).at(origin), origin);
    }
    let ids: Vec<Node> = package.solution.connectors.iter().map(|connector| written(connector.page_id())).collect();
    if !ids.is_empty() {
        let origin = package.origin(PACKAGE);
        bundle.json(CONNECTOR_IDS, Node::from(ids).at(origin), origin);
    }
}

fn table(table: &Table) -> Node {
    let column = |column: &Column| {
        let kind = respelt(&column.ty, column.ty.value.fixture_name());
        Node::from(Object::new().with("Name", written(&column.name)).with("Type", kind))
    };
    let columns: Vec<Node> = table.columns.iter().map(column).collect();
    Object::new().with("Name", written(&table.name)).with("Properties", columns).into()
}
