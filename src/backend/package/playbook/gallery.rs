//! `metadata` of a playbook's content template: what the gallery shows.

use super::body;
use crate::arm::eval::tree::{Form, Member, Tree};
use crate::arm::{Node, Object};
use crate::ir::{Playbook, SolutionInfo};
use crate::source::Origin;

/// Of the author's metadata, what the package says elsewhere.
const ELSEWHERE: [&str; 3] = ["author", "support", "prerequisitesDeployTemplateFile"];
/// Lists that are left out when there is nothing in them.
const LISTS: [&str; 3] = ["entities", "tags", "prerequisites"];

/// `None`: the author wrote none.
pub fn metadata(info: &SolutionInfo, playbook: &Playbook, helpers: &mut Object) -> Option<Node> {
    let given = playbook.template.get("metadata").and_then(Tree::members)?;
    let mut metadata = Object::new();
    for member in given.iter().filter(|member| is_kept(member)) {
        let node = match (&*member.name, member.tree.text()) {
            ("lastUpdateTime", Some(time)) => body::written(trimmed(time), &member.tree),
            _ => body::plain(&member.tree),
        };
        metadata.set(&*member.name, node);
    }
    if metadata.get("lastUpdateTime").is_none() {
        // A time that the same spec always gives: that of its newest publication.
        let date = info.last_publish_date.as_ref().unwrap_or(&info.first_publish_date);
        let time = Node::from(format!("{}T00:00:00Z", date.value));
        metadata
            .set("lastUpdateTime", time.at(Origin::derived(date.span, "package: time of a playbook's last change")));
    }
    if metadata.get("releaseNotes").is_none() {
        let notes = Object::new()
            .with("version", super::written(&playbook.version))
            .with("title", body::helper("blanks", helpers))
            .with("notes", vec!["Initial version".into()]);
        metadata.set("releaseNotes", notes.into());
    }
    Some(metadata.into())
}

fn is_kept(member: &Member) -> bool {
    let is_empty = match &member.tree.form {
        Form::Array(items) => items.iter().all(|item| item.text().is_some_and(str::is_empty)),
        Form::Null => true,
        _ => false,
    };
    !(ELSEWHERE.contains(&&*member.name) || is_empty && LISTS.contains(&&*member.name))
}

/// A time without the zeros at the end of its fraction, as the gallery's times are.
fn trimmed(time: &str) -> String {
    match time.strip_suffix('Z').and_then(|time| time.rsplit_once('.')) {
        Some((seconds, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            match fraction.trim_end_matches('0') {
                "" => format!("{seconds}Z"),
                fraction => format!("{seconds}.{fraction}Z"),
            }
        }
        _ => time.to_owned(),
    }
}
