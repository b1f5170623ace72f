//! What every resolver needs: where findings go, where files come from, and which inputs were used.

use super::ids;
use super::place::Places;
use crate::diag::rules::shape;
use crate::diag::{Diagnostic, Diagnostics, Rule, Severity, did_you_mean, unreadable};
use crate::ir::Text;
use crate::ir::graph::Symbol;
use crate::model::Prose;
use crate::source::{FileId, Files, Span, Spanned};
use std::collections::BTreeSet;
use std::sync::Arc;

pub struct Context<'a> {
    files: Files<'a>,
    pub diagnostics: &'a mut Diagnostics,
    /// Paths of parts that could not be read: what seems to be missing there may only be unreadable.
    broken: Vec<String>,
    pub used_inputs: BTreeSet<String>,
    /// Places that were handed over unchecked.
    pub unchecked: Vec<Spanned<String>>,
    symbols: BTreeSet<Symbol>,
}

impl<'a> Context<'a> {
    pub fn new(files: Files<'a>, diagnostics: &'a mut Diagnostics) -> Self {
        let errors = diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
        let broken = errors.map(|finding| finding.path.clone()).collect();
        let (used_inputs, symbols) = (BTreeSet::new(), BTreeSet::new());
        Context { files, diagnostics, broken, used_inputs, unchecked: Vec::new(), symbols }
    }

    /// The symbol of a resource, which no other has: names that differ in signs alone give the same one, and get numbers.
    pub fn symbol(&mut self, prefix: &str, name: &str) -> Symbol {
        let first = ids::symbol(prefix, name);
        let mut symbol = first.clone();
        let mut number = 1;
        while !self.symbols.insert(symbol.clone()) {
            number += 1;
            symbol = Symbol(format!("{}{number}", first.0));
        }
        symbol
    }

    /// Whether something below a path could not be read; then nothing is said of what is missing there.
    pub fn is_broken(&self, path: &str) -> bool {
        self.broken.iter().any(|broken| broken.is_empty() || is_within(broken, path))
    }

    /// Leaves a part out, so that nothing is said of what it would have used.
    pub fn leave_out(&mut self, path: &str) {
        self.broken.push(path.to_owned());
    }

    /// A finding with help.
    pub fn report(
        &mut self,
        rule: &'static Rule,
        span: Span,
        path: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(rule, span, message).help(help).at(path));
    }

    /// Runs checks whose findings are advice here: none of them is graver than a warning.
    pub fn advise(&mut self, checks: impl FnOnce(&mut Self)) {
        let before = std::mem::take(self.diagnostics);
        checks(self);
        let found = std::mem::replace(self.diagnostics, before);
        for finding in found.iter().cloned() {
            let severity = finding.severity.min(Severity::Warning);
            self.diagnostics.push(Diagnostic { severity, ..finding });
        }
    }

    /// A name that refers to nothing; silent if the part that would declare it could not be read.
    pub fn unknown_name(&mut self, what: &str, declared_in: &str, name: &Text, path: &str, known: &[&str]) {
        if self.is_broken(declared_in) {
            return;
        }
        let help = match did_you_mean(&name.value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("declare {what} first"),
            None => format!("write one of {}", known.join(", ")),
        };
        self.report(&shape::UNKNOWN_NAME, name.span, path, format!("there is no {what} `{}`", name.value), help);
    }

    /// Reports names that stand twice, compared without case.
    pub fn unique<'t>(&mut self, what: &str, path: &str, names: impl IntoIterator<Item = &'t Text>) {
        let mut seen: Vec<(String, Span)> = Vec::new();
        for name in names {
            let folded = name.value.to_lowercase();
            match seen.iter().find(|(other, _)| *other == folded) {
                Some((_, first)) => {
                    let message = format!("there are two {what} named `{}` (case does not count)", name.value);
                    let finding = Diagnostic::new(&shape::DUPLICATE_NAME, name.span, message)
                        .label("again here")
                        .also(*first, "first here")
                        .help("rename one")
                        .at(path);
                    self.diagnostics.push(finding);
                }
                None => seen.push((folded, name.span)),
            }
        }
    }

    /// Reports a text that is empty or longer than `max` characters.
    pub fn length(&mut self, text: &Text, path: &str, max: usize, source: &str) {
        let count = text.value.chars().count();
        if text.value.trim().is_empty() {
            self.report(&shape::TEXT_LENGTH, text.span, path, "this text is empty", "write something here");
        } else if count > max {
            let message = format!("this text has {count} characters; at most {max} are taken ({source})");
            self.report(&shape::TEXT_LENGTH, text.span, path, message, "shorten it");
        }
    }

    /// The text of a prose, without blanks at its end.
    pub fn text(&mut self, prose: &Prose, path: &str) -> Option<Text> {
        let (mut text, _) = self.placed(prose, path)?;
        text.value.truncate(text.value.trim_end().len());
        Some(text)
    }

    /// The description of a rule or query, as people read it. Published files have quotation marks inside of a block
    /// scalar; Microsoft's packager takes them away, and so does this.
    pub fn description(&mut self, prose: &Prose, path: &str) -> Option<Text> {
        let mut text = self.text(prose, path)?;
        let inner = ['\'', '"'].into_iter().find_map(|mark| text.value.strip_prefix(mark)?.strip_suffix(mark));
        if let Some(inner) = inner {
            text.value = inner.trim_end().to_owned();
        }
        Some(text)
    }

    /// The text of a prose as it is, read from its file if it lives in one, and where each piece of it stands.
    pub fn placed(&mut self, prose: &Prose, path: &str) -> Option<(Text, Places)> {
        match prose {
            Prose::Here { scalar, span } => {
                let text = Spanned::new(scalar.text.clone(), *span);
                Some((text, Places::Scalar { scalar: scalar.clone(), span: *span }))
            }
            Prose::File(file) => {
                let (id, original) = self.read(file, path)?;
                let text = original.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                let places = Places::of_file(id, &original);
                Some((Spanned::new(text, Span::new(id, 0, original.len())), places))
            }
        }
    }

    /// The whole text of a file that was read before.
    pub fn text_of(&self, file: FileId) -> Text {
        let text = self.files.sources.text(file);
        Spanned::new(text.to_owned(), Span::new(file, 0, text.len()))
    }

    /// A file that is no text; a finding if it cannot be had.
    pub fn bytes(&mut self, file: &Text, path: &str) -> Option<Vec<u8>> {
        let read = self.files.bytes(&file.value);
        read.map_err(|error| self.diagnostics.push(unreadable(&error, &file.value, file.span).at(path))).ok()
    }

    /// The text of a file as it is; a finding if it cannot be had.
    pub fn read(&mut self, file: &Text, path: &str) -> Option<(FileId, Arc<str>)> {
        match self.files.read(&file.value) {
            Ok(read) => Some(read),
            Err(error) => {
                self.diagnostics.push(unreadable(&error, &file.value, file.span).at(path));
                None
            }
        }
    }
}

/// `analyticRules[2].query` lies within `analyticRules[2]`, and not within `analyticRules[20]`.
pub fn is_within(path: &str, at: &str) -> bool {
    path.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
