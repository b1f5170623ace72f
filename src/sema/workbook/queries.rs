//! The queries of a workbook: steps, parameters, groups in groups; each checked at its place in the file.

use super::super::context::Context;
use super::super::json::JsonFile;
use super::super::place::Places;
use super::super::queries::{self, Reads};
use super::parameters::{Filled, Parameters};
use crate::arm::eval::tree::{Form, Tree};
use crate::diag::rules::{kql, workbook as rules};
use crate::diag::{Diagnostic, Label, Severity};
use crate::ir::WorkbookQuery;
use crate::kql::Globals;
use crate::source::{Span, Spanned};

/// What the queries of a workbook read, and the queries themselves.
#[derive(Default)]
pub struct Queries {
    pub queries: Vec<WorkbookQuery>,
    /// In the order in which it is named first.
    pub reads: Reads,
}

/// Checks every query in KQL over the workspace's tables.
pub fn check(file: &JsonFile, globals: &Globals, path: &str, context: &mut Context<'_>) -> Queries {
    let mut walk =
        Walk { file, globals, parameters: Parameters::of(&file.tree), found: Vec::new(), made: Queries::default() };
    walk.node(&file.tree, path, "", context);
    walk.found.into_iter().for_each(|finding| context.diagnostics.push(finding));
    walk.made
}

struct Walk<'w> {
    file: &'w JsonFile,
    globals: &'w Globals,
    parameters: Parameters,
    /// What was found in the workbook so far.
    found: Vec<Diagnostic>,
    made: Queries,
}

impl Walk<'_> {
    /// `step`: what people call the part of the workbook that the node is in.
    fn node(&mut self, tree: &Tree, path: &str, step: &str, context: &mut Context<'_>) {
        match &tree.form {
            Form::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.node(item, &format!("{path}[{i}]"), step, context);
                }
            }
            Form::Object(members) => {
                let called = ["title", "name"].iter().find_map(|key| tree.get(key)?.text());
                let step = called.filter(|name| !name.is_empty()).unwrap_or(step);
                if let Some(query) = tree.get("query").filter(|_| reads_workspace(tree)) {
                    self.query(query, &format!("{path}.query"), step, context);
                }
                for member in members.iter() {
                    self.node(&member.tree, &format!("{path}.{}", member.name), step, context);
                }
            }
            _ => {}
        }
    }

    fn query(&mut self, tree: &Tree, path: &str, step: &str, context: &mut Context<'_>) {
        let Some((text, places)) = self.file.text(tree) else { return };
        // Another kind of data source, written as JSON.
        if text.value.trim_start().starts_with('{') || text.value.trim().is_empty() {
            return;
        }
        let filled = self.parameters.fill(&text.value);
        let holes: Vec<Span> = filled.edits.iter().map(|(range, _)| places.span(range.clone())).collect();
        let Places::Scalar { mut scalar, span } = places else { return };
        scalar.map = scalar.map.replaced(&filled.edits, text.value.len());
        scalar.text.clone_from(&filled.text);
        let query = Spanned::new(filled.text.clone(), text.span);
        let before = std::mem::take(context.diagnostics);
        let reads = queries::stored(&query, &Places::Scalar { scalar, span }, self.globals, path, context);
        let found = std::mem::replace(context.diagnostics, before);
        self.judge(found.iter().cloned().collect(), &filled, &holes);
        self.made.reads.add(reads);
        self.made.queries.push(made(text.value, filled, step.to_owned()));
    }

    /// Takes over what is sure to be wrong.
    fn judge(&mut self, found: Vec<Diagnostic>, filled: &Filled, holes: &[Span]) {
        let is_guess = !filled.is_sure;
        if let Some(first) = found.iter().find(|finding| is_guess && is_unreadable(finding)) {
            let message = format!("with values for its parameters, this query may not be read: {}", first.message);
            let finding = Diagnostic {
                rule: &rules::WORKBOOK_QUERY,
                ..Diagnostic::new(&rules::WORKBOOK_QUERY, first.primary.span, message)
            };
            let help = "look whether it runs with every value that the parameters can have";
            self.found.push(finding.help(help).at(&first.path));
            return;
        }
        let touches = |span: Span| holes.iter().any(|hole| span.start < hole.end && hole.start < span.end);
        for finding in found.into_iter().filter(|finding| !touches(finding.primary.span)) {
            // A parameter has a say in the types of what is made from it; and nobody but the service checks the queries of
            // workbooks, which takes more than the vendor's analyser (observed: calls in published workbooks that work).
            let is_sure = holes.is_empty() && is_unreadable(&finding);
            let severity = if is_sure { finding.severity } else { finding.severity.min(Severity::Warning) };
            let same = |known: &&mut Diagnostic| known.rule == finding.rule && known.message == finding.message;
            match self.found.iter_mut().find(same) {
                Some(known) if is_about_others(&finding) => {
                    known.secondary.push(Label { text: "here too".to_owned(), ..finding.primary });
                }
                _ => self.found.push(Diagnostic { severity, ..finding }),
            }
        }
    }
}

/// Whether the query of a step or parameter is one in KQL over a workspace: the default kind (0), and no other resource.
fn reads_workspace(owner: &Tree) -> bool {
    let is_kql = owner.get("queryType").is_none_or(|kind| matches!(kind.form, Form::Int(0) | Form::Null));
    let resource = owner.get("resourceType").and_then(Tree::text);
    is_kql && resource.is_none_or(|ty| ty.to_ascii_lowercase().starts_with("microsoft.operationalinsights/"))
}

fn is_unreadable(finding: &Diagnostic) -> bool {
    [&kql::TOKEN, &kql::SYNTAX, &kql::LEFTOVER].contains(&finding.rule)
}

/// A name that is not known in one query is not known in the next: one slip.
fn is_about_others(finding: &Diagnostic) -> bool {
    [&kql::NAME, &kql::TABLE, &kql::FUNCTION, &kql::FUZZY].contains(&finding.rule)
}

fn made(written: String, filled: Filled, name: String) -> WorkbookQuery {
    let mut shift = 0isize;
    let hole = |(range, len): &(std::ops::Range<usize>, usize)| {
        let start = range.start.saturating_add_signed(shift);
        shift += isize::try_from(*len).unwrap_or(0) - isize::try_from(range.len()).unwrap_or(0);
        (start, *len, range.len())
    };
    let holes = filled.edits.iter().map(hole).collect();
    WorkbookQuery { name, written, text: filled.text, filled: holes }
}
