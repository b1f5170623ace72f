//! Playbooks, custom connectors and function apps: what they are called, and the template as its author wrote it.

use super::about::sha256;
use crate::ir;
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Playbook<'a> {
    name: &'a str,
    kind: &'static str,
    version: &'a str,
    /// Below `Playbooks/`.
    file: &'a str,
    /// Ids of what it calls.
    needs: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    readme_sha256: Option<String>,
    template: Json,
}

impl<'a> Playbook<'a> {
    pub fn of(playbook: &'a ir::Playbook, all: &'a [ir::Playbook]) -> Self {
        let mut template = playbook.template.data().to_json();
        template.sort_all_objects();
        let needs = playbook.needs.iter().filter_map(|at| all.get(*at));
        Playbook {
            name: &playbook.display_name.value,
            kind: playbook.kind.content_kind(),
            version: &playbook.version.value,
            file: &playbook.path,
            needs: needs.map(|other| other.id.value.as_str()).collect(),
            readme_sha256: playbook.readme.as_ref().map(|readme| sha256(&readme.value)),
            template,
        }
    }
}
