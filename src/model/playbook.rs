//! Playbooks, custom connectors and function apps: each is named by the template that deploys it.

use super::Prose;
use super::decode::{Decode, Decoder, decode_struct};
use super::schema::Schemas;
use crate::diag::Diagnostic;
use crate::diag::rules::shape;
use crate::source::Spanned;
use crate::syntax::Node;
use serde_json::Value as Json;

type Text = Spanned<String>;

decode_struct! {
    /// A playbook, a Logic Apps custom connector or a function app, given as the ARM template that deploys it.
    pub struct PlaybookFiles {
        /// The template, in a folder of its own: Playbooks/<name>/azuredeploy.json. The folder's name is its id. With `*` in
        /// it, every file that fits.
        "file" file: Text,
        /// What its people read before they deploy it (Markdown); becomes the readme.md beside it.
        "readme" readme: Option<Prose>,
        /// Images that the readme shows, in the template's folder or below it.
        "images" images: Vec<Text>,
    }
}

/// One item of `playbooks:`.
#[derive(Debug, Clone)]
pub struct Playbook {
    pub files: PlaybookFiles,
    /// `playbooks[2]`: as findings name the place of the spec that it comes from.
    pub path: String,
}

impl Decode for Playbook {
    fn decode(node: &Node, decoder: &mut Decoder<'_>) -> Option<Self> {
        Self::decode_item(node, decoder).into_iter().next()
    }

    fn decode_item(node: &Node, decoder: &mut Decoder<'_>) -> Vec<Self> {
        let path = decoder.path();
        let Some(files) = PlaybookFiles::decode(node, decoder) else { return Vec::new() };
        let named = decoder.files_named(&files.file);
        let of_one = files.readme.as_ref().map(Prose::span).or(files.images.first().map(|image| image.span));
        if let Some(span) = of_one.filter(|_| files.file.value.contains('*')) {
            let message = format!("`{}` stands for several templates, and this belongs to one", files.file.value);
            let finding = Diagnostic::new(&shape::CONFLICTING_KEYS, span, message);
            decoder.push(finding.help("name that template in an item of its own"));
            return Vec::new();
        }
        let one = |file| Playbook { files: PlaybookFiles { file, ..files.clone() }, path: path.clone() };
        named.into_iter().map(one).collect()
    }

    fn schema(schemas: &mut Schemas) -> Json {
        PlaybookFiles::schema(schemas)
    }
}
