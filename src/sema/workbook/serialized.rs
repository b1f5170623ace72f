//! What the service keeps of a workbook: its JSON on one line, as Microsoft's packager writes it.
//!
//! Observed of the packager (commonFunctions @012896f6, byte for byte in published packages): members that are null, an
//! empty list or an empty object are left out, also those that become so; items of lists stay; the order stays; a `query`
//! that is a JSON object itself is written anew without its own null members. Line ends are those of a packager on Linux.
//! Where the packager changes a value (dates, an empty list inside a list), the author's stays.

use super::super::json::{JsonFile, is_nothing};
use crate::arm::eval::tree::{Form, Tree};
use serde_json::Value as Json;

/// The text of `serializedData`.
pub fn of(file: &JsonFile) -> String {
    let mut out = String::with_capacity(file.source.len());
    Writer { file, out: &mut out }.value(&file.tree, None);
    out.push('\n');
    out
}

struct Writer<'w> {
    file: &'w JsonFile,
    out: &'w mut String,
}

impl Writer<'_> {
    /// `name`: of the member that the value is.
    fn value(&mut self, tree: &Tree, name: Option<&str>) {
        match &tree.form {
            Form::Object(members) => {
                self.out.push('{');
                let kept = members.iter().filter(|member| !is_nothing(&member.tree));
                for (index, member) in kept.enumerate() {
                    self.separate(index);
                    self.out.push_str(&quoted(&member.name));
                    self.out.push(':');
                    self.value(&member.tree, Some(&member.name));
                }
                self.out.push('}');
            }
            Form::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.separate(index);
                    self.value(item, None);
                }
                self.out.push(']');
            }
            Form::Text(text) => {
                let inner = (name == Some("query")).then(|| inner(text)).flatten();
                self.out.push_str(&quoted(inner.as_deref().unwrap_or(text)));
            }
            // Numbers and words as the author spells them.
            _ => self.out.push_str(self.file.written(tree)),
        }
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.out.push(',');
        }
    }
}

/// A query that is a JSON object, as a data source without KQL has it.
fn inner(text: &str) -> Option<String> {
    let Json::Object(mut object) = (text.trim_start().starts_with('{')).then(|| serde_json::from_str(text).ok())??
    else {
        return None;
    };
    object.retain(|_, value| !value.is_null() && value.as_str() != Some("[]"));
    Some(format!("{}\n", escaped(&Json::Object(object).to_string())))
}

fn quoted(text: &str) -> String {
    escaped(&Json::from(text).to_string())
}

/// JSON with the three line ends that the packager escapes beyond what JSON asks for; they stand in texts alone.
fn escaped(json: &str) -> String {
    json.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}
