//! The findings of one check, collected: the same fault of the same line in several files is said once.

use super::explain::Fault;
use super::registry::Schema;
use crate::diag::rules::internal;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Span, UNCHECKED};
use std::collections::BTreeMap;

/// The spec is the first file that a compilation reads.
const SPEC: Span = Span { file: FileId(0), start: 0, end: 0 };

#[derive(Debug, Default)]
pub struct Report {
    entries: Vec<Entry>,
    /// Entries by line and rule.
    known: BTreeMap<(Span, Code), Vec<usize>>,
    internal: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Entry {
    fault: Fault,
    origin: Origin,
    schema: Option<&'static Schema>,
    /// `file#pointer`, in the order of the files.
    places: Vec<String>,
}

impl Report {
    /// A fault, with where it comes from. Without an origin it is our own.
    pub fn fault(&mut self, path: &str, fault: Fault, schema: Option<&'static Schema>, origin: Option<Origin>) {
        let place = format!("{path}#{}", fault.pointer);
        let Some(origin) = origin else {
            let message = format!("{}, at {place}; this is a mistake of sentinel-gen", fault.message);
            self.internal.push(internal(&internal::UNEXPLAINED_OUTPUT, message));
            return;
        };
        let entry = Entry { fault, origin, schema, places: vec![place] };
        let indexes = self.known.entry((origin.span, entry.fault.rule.code)).or_default();
        let same = indexes.iter().copied().find(|i| self.entries.get(*i).is_some_and(|known| known.is_same(&entry)));
        match same.and_then(|i| self.entries.get_mut(i)) {
            Some(known) => known.places.extend(entry.places),
            None => {
                indexes.push(self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    pub fn no_schema(&mut self, what: &str, origin: Origin) {
        let message = format!("nothing checks {what}; this is a mistake of sentinel-gen");
        self.internal.push(Diagnostic::new(&internal::NO_SCHEMA, Span::start_of(origin.span.file), message));
    }

    pub fn unreadable(&mut self, path: &str, error: &str) {
        let message = format!("{path} cannot be read back: {error}; this is a mistake of sentinel-gen");
        self.internal.push(internal(&internal::UNREADABLE_OUTPUT, message));
    }

    pub fn broken_schema(&mut self, schema: &Schema, error: &str) {
        let message =
            format!("schemas/{}.json cannot be used: {error}; this is a mistake of sentinel-gen", schema.name);
        self.internal.push(internal(&internal::BROKEN_SCHEMA, message));
    }

    pub fn finish(self, diagnostics: &mut Diagnostics) {
        self.internal.into_iter().for_each(|finding| diagnostics.push(finding));
        self.entries.into_iter().for_each(|entry| diagnostics.push(entry.finding()));
    }
}

impl Entry {
    /// Of two faults of one line and rule: what the author wrote there is said once, in the words of the first artifact;
    /// what was derived from there may have several faults.
    fn is_same(&self, other: &Entry) -> bool {
        let is_written = self.origin.rule.is_none() && other.origin.rule.is_none();
        self.fault.message == other.fault.message || (is_written && self.member() == other.member())
    }

    fn member(&self) -> &str {
        self.fault.pointer.rsplit('/').next().unwrap_or_default()
    }

    fn finding(self) -> Diagnostic {
        let Entry { fault, origin, schema, places } = self;
        let first = places.first().map(String::as_str).unwrap_or_default();
        let more = match places.len() {
            0 | 1 => String::new(),
            2 => " and in one more place".to_owned(),
            n => format!(" and in {} more places", n - 1),
        };
        let message = format!("{}, in {first}{more}", fault.message);
        let label = match origin.rule {
            Some(rule) if rule != UNCHECKED => format!("made from this ({rule})"),
            _ => "written here".to_owned(),
        };
        let mut finding = Diagnostic::new(fault.rule, origin.span, message).label(label);
        let checked = schema.map(|schema| format!("checked with schemas/{}.json", schema.name));
        finding.help = match (fault.help, checked) {
            (Some(help), Some(checked)) => Some(format!("{help} ({checked})")),
            (help, checked) => help.or(checked),
        };
        finding
    }
}

fn internal(rule: &'static crate::diag::Rule, message: String) -> Diagnostic {
    Diagnostic::new(rule, SPEC, message)
}
