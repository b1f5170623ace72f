//! A workbook in the package's template: flat variables, a parameter with its name, one content template; its file, and what
//! the repository wants beside it.
//!
//! As description of the metadata the packaging tool prints its own copy of the entry; here it is the description.

use super::parts::{self, ContentItem, Shown};
use super::template::Draft;
use super::{Package, layout, written, written_all};
use crate::arm::{Expr, Node, Object};
use crate::backend::Bundle;
use crate::backend::lower::lower_object;
use crate::ir::graph::ResourceKind;
use crate::ir::{Text, Workbook};
use crate::source::Origin;

const KIND: &str = "Workbook";
const IMAGES: &str = "package/Workbooks/Images";
/// Not a file of the repository: these entries are to be added to its list.
const ENTRIES: &str = "package/Workbooks/WorkbooksMetadata.additions.json";

/// Adds everything of the workbook. `number` counts from 1.
pub fn add(package: &Package, number: usize, workbook: &Workbook, draft: &mut Draft) {
    let origin = Origin::derived(workbook.key.span, "package: workbook");
    let item = Item { package, workbook, number };
    let parameter = Object::new()
        .with("type", "string")
        .with("defaultValue", written(&workbook.title))
        .with("minLength", 1)
        .with("metadata", Object::new().with("description", "Name of the workbook, as people find it"));
    draft.parameters.set(item.parameter(), Node::from(parameter).at(origin));
    item.variables(draft, origin);
    draft.resources.push(item.content_template().at(origin));
    draft.criteria.push(item.content().criterion(origin));
}

struct Item<'a> {
    package: &'a Package<'a>,
    workbook: &'a Workbook,
    number: usize,
}

impl Item<'_> {
    fn parameter(&self) -> String {
        format!("workbook{}-name", self.number)
    }

    fn key(&self, name: &str) -> String {
        format!("{name}{}", self.number)
    }

    fn variable(&self, name: &str) -> Expr {
        Expr::variable(self.key(name))
    }

    fn content(&self) -> ContentItem {
        ContentItem {
            kind: KIND,
            content_id: self.variable("_workbookContentId"),
            version: self.variable("workbookVersion"),
        }
    }

    fn variables(&self, draft: &mut Draft, origin: Origin) {
        let kind = Expr::text(ResourceKind::Workbook.arm_type());
        let id = Expr::call("resourceId", [kind, self.variable("workbookContentId")]);
        let ContentItem { content_id, version, .. } = self.content();
        let unique = [parts::workspace(), Expr::text("-wb-"), Expr::call("uniquestring", [content_id.clone()])];
        let product_id = parts::product_id("wb", KIND, content_id, version);
        draft
            .variables
            .set(self.key("workbookVersion"), written(&self.workbook.version))
            .set(self.key("workbookContentId"), written(&self.workbook.key))
            .set(self.key("workbookId"), Node::from(id).at(origin))
            .set(
                self.key("workbookTemplateSpecName"),
                Node::from(parts::content_name([parts::concat(unique)])).at(origin),
            )
            .set(self.key("_workbookContentId"), Node::from(self.variable("workbookContentId")).at(origin))
            .set("workspaceResourceId", parts::workspace_id().into())
            .set(self.key("_workbookcontentProductId"), Node::from(product_id).at(origin));
    }

    fn content_template(&self) -> Node {
        let (item, base) = (self.content(), &self.workbook.file_base);
        let template = item.template(vec![self.workbook(), self.metadata()]);
        let shown = Shown {
            description: format!("{base} Workbook with template version {}", self.package.info().version.value),
            display_name: Expr::parameter(self.parameter()).into(),
            product_id: self.variable("_workbookcontentProductId"),
            version: item.version.clone().into(),
        };
        let name = self.variable("workbookTemplateSpecName");
        parts::content_template(name, item.properties(template, shown)).into()
    }

    fn workbook(&self) -> Node {
        let properties = Object::new()
            .with("displayName", Expr::parameter(self.parameter()))
            .with("serializedData", written(&self.workbook.serialized))
            .with("version", "1.0")
            .with("sourceId", Expr::variable("workspaceResourceId"))
            .with("category", "sentinel");
        Object::new()
            .with("type", ResourceKind::Workbook.arm_type())
            .with("name", self.variable("workbookContentId"))
            .with("location", parts::location())
            .with("kind", "shared")
            .with("apiVersion", parts::api_version(ResourceKind::Workbook))
            .with("metadata", Object::new().with("description", written(&self.workbook.description)))
            .with("properties", properties)
            .into()
    }

    fn metadata(&self) -> Node {
        let (item, workbook) = (self.content(), self.workbook);
        let id = self.variable("workbookId");
        let description = written(&workbook.description);
        let mut properties = item.metadata_properties(self.package.info(), Some(description), id.clone());
        for (name, images) in
            [("previewImages", &workbook.preview_images), ("previewImagesDark", &workbook.preview_images_dark)]
        {
            if !images.is_empty() {
                properties.set(name, written_all(images));
            }
        }
        let needs = |kind: &'static str, ids: &[Text]| -> Vec<Node> {
            ids.iter().map(|id| Object::new().with("contentId", written(id)).with("kind", kind).into()).collect()
        };
        let mut criteria = needs("DataType", &workbook.data_types);
        criteria.extend(needs("DataConnector", &workbook.connectors));
        item.metadata(id, parts::with_needs(properties, criteria)).into()
    }
}

/// The files of the repository: each workbook as its author has it, the images, and the entries for the list.
pub fn emit(package: &Package, folder: &str, bundle: &mut Bundle) {
    let mut entries: Vec<Node> = Vec::new();
    for workbook in &package.solution.workbooks {
        let origin = Origin::derived(workbook.key.span, "package: file of a content item");
        let source = Origin::written(workbook.source.span);
        bundle.text(format!("{folder}/{}", layout::workbook_file(workbook)), workbook.source.value.clone(), source);
        for (name, image) in &workbook.previews {
            bundle.bytes(format!("{IMAGES}/Preview/{}", name.value), image.clone(), Origin::written(name.span));
        }
        if let Some(logo) = package.info().logo.as_ref().filter(|_| workbook.uses_logo) {
            bundle.text(format!("{IMAGES}/Logos/{}", logo.file_name), logo.svg.value.clone(), origin);
        }
        entries.push(Node::from(lower_object(&workbook.entry, &mut |_| crate::arm::Value::Null)).at(origin));
    }
    if !entries.is_empty() {
        let origin = package.origin(super::PACKAGE);
        bundle.json(ENTRIES, Node::from(entries).at(origin), origin);
    }
}
