//! What was probably meant by a name that nobody knows, and where the text declares what a finding is about.
//!
//! Must not decide that something is wrong. Only the text that is analysed is looked at, not bodies of stored functions.

use super::Binder;
use crate::kql::finding::{Finding, Range};
use crate::kql::near::{nearest, slip};
use crate::kql::syntax::tree::{Id, Node};

/// Looking for neighbours and declarations is the dearest part of a finding: the first ones are enough.
const MOST_SUGGESTIONS: usize = 50;

impl Binder<'_> {
    /// Adds the nearest known name, and where it is declared.
    pub fn with_near<'k>(&self, finding: Finding, word: &str, known: impl IntoIterator<Item = &'k str>) -> Finding {
        if self.suggests() { self.with_suggestion(finding, nearest(word, known)) } else { finding }
    }

    /// [`Binder::with_near`] where most unknown names are right, and someone else's.
    pub fn with_slip<'k>(&self, finding: Finding, word: &str, known: impl IntoIterator<Item = &'k str>) -> Finding {
        if self.suggests() { self.with_suggestion(finding, slip(word, known)) } else { finding }
    }

    /// Whether suggestions are still looked for.
    pub fn suggests(&self) -> bool {
        self.silent == 0 && self.findings.len() < MOST_SUGGESTIONS
    }

    fn with_suggestion(&self, finding: Finding, near: Option<&str>) -> Finding {
        match near {
            Some(near) => self.with_declaration(finding.help(format!("did you mean `{near}`?")), near),
            None => finding,
        }
    }

    /// Adds where the text declares `name`, if it does.
    pub fn with_declaration(&self, finding: Finding, name: &str) -> Finding {
        let declared = if self.suggests() { self.declaration(name, finding.range) } else { None };
        match declared {
            Some(place) => finding.also(place, format!("`{name}` is declared here")),
            None => finding,
        }
    }

    /// The last declaration of a name before `place`, or else the first one behind it.
    fn declaration(&self, name: &str, place: Range) -> Option<Range> {
        let mut found: Option<Range> = None;
        for id in self.tree.ids().take(self.own_nodes) {
            self.declared_by(id, |declared| {
                let range = self.range(declared);
                let better = found.is_none_or(|before| range.start < place.start && before.start < range.start);
                if better && range != place && self.names.text(self.name_of(declared)) == name {
                    found = Some(range);
                }
            });
        }
        found
    }

    /// The names that a node declares.
    fn declared_by(&self, id: Id, mut each: impl FnMut(Id)) {
        match self.tree.node(id) {
            Node::Let { name, .. }
            | Node::Named { name, .. }
            | Node::NameType { name, .. }
            | Node::Parameter { name, .. }
            | Node::Alias { name, .. }
            | Node::As { name, .. }
            | Node::Range { name, .. } => each(name),
            Node::NamedList { names, .. } => self.tree.list(names).iter().for_each(|name| each(*name)),
            Node::Parse { pattern, .. } => {
                let names = self.tree.list(pattern).iter().filter(|id| matches!(self.tree.node(**id), Node::Name(_)));
                names.for_each(|name| each(*name));
            }
            _ => {}
        }
    }
}
