//! The findings of one check, collected: the same fault of the same line in several files is said once.

use super::explain::Fault;
use super::registry::Schema;
use crate::diag::rules::internal;
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Origin, Span, UNCHECKED};

/// The spec is the first file that a compilation reads.
const SPEC: Span = Span { file: FileId(0), start: 0, end: 0 };

#[derive(Debug, Default)]
pub struct Report {
    entries: Vec<Entry>,
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
        // What the author wrote in one place is said once, in the words of the first artifact; what was derived from one
        // place may have several faults.
        let member = |pointer: &str| pointer.rsplit('/').next().map(str::to_owned);
        let same = self.entries.iter_mut().find(|entry| {
            let is_written = origin.rule.is_none() && entry.origin.rule.is_none();
            entry.origin.span == origin.span
                && entry.fault.rule.code == fault.rule.code
                && (entry.fault.message == fault.message
                    || (is_written && member(&entry.fault.pointer) == member(&fault.pointer)))
        });
        match same {
            Some(entry) => entry.places.push(place),
            None => self.entries.push(Entry { fault, origin, schema, places: vec![place] }),
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
