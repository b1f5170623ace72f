//! Playbooks, custom connectors and function apps: each is named by the template that deploys it.

use super::Prose;
use super::decode::decode_struct;
use crate::source::Spanned;

decode_struct! {
    /// A playbook, a Logic Apps custom connector or a function app, given as the ARM template that deploys it.
    pub struct Playbook {
        /// The template, in a folder of its own: Playbooks/<name>/azuredeploy.json. The folder's name is its id.
        "file" file: Spanned<String>,
        /// What its people read before they deploy it (Markdown).
        "readme" readme: Option<Prose>,
    }
}
