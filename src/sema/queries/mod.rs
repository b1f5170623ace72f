//! KQL held against what the spec declares: transforms against their stream and table, rules and the pages of connectors
//! against the tables, and what a rule names against what its query returns.
//!
//! Must not know the language itself: that is [`crate::kql`].

mod page;
mod placeholders;
mod rule;
mod stored;
mod timing;
mod transform;

pub use page::{on_page, page};
pub use placeholders::placeholders;
pub use rule::{Named, Rule, Use, rule};
pub use stored::{hunting, parser, stored};
pub use transform::{Destination, stream_globals, transform};

use super::context::Context;
use super::place::Places;
use crate::diag::rules::{contract as rules, kql as kql_rules, rule as rule_rules};
use crate::diag::{Diagnostic, Label, Severity};
use crate::ir::{ColumnType, RuleKind, Table, Text};
use crate::kql::{Analysis, Column, Dialect, Globals, Range, Type, Usage, examine};
use crate::query;
use crate::source::Span;

/// What queries of this spec may refer to: its tables, closed; the built-in ones; other custom tables, open.
pub fn globals(tables: &[Table], context: &Context<'_>) -> Globals {
    let mut globals = Globals::default().with_catalogue().with_open_custom_tables();
    for (i, table) in tables.iter().enumerate() {
        // Every table has these; the catalogue's own tables bring theirs.
        let standard = [
            ("TenantId", Type::Guid),
            ("Type", Type::String),
            ("_ResourceId", Type::String),
            ("_ItemId", Type::String),
        ];
        let own = table.columns.iter().map(|column| (column.name.value.as_str(), kql_type(column.ty.value)));
        // A column that could not be read may be the one that a query means.
        let open = context.is_broken(&format!("tables[{i}]"));
        globals.add_table(&table.name.value, own.chain(standard), open);
    }
    globals.add_workspace_functions();
    globals
}

fn kql_type(ty: ColumnType) -> Type {
    match ty {
        ColumnType::String => Type::String,
        ColumnType::Int => Type::Int,
        ColumnType::Long => Type::Long,
        ColumnType::Real => Type::Real,
        ColumnType::Boolean => Type::Bool,
        ColumnType::DateTime => Type::DateTime,
        ColumnType::Guid => Type::Guid,
        ColumnType::Dynamic => Type::DYNAMIC,
    }
}

/// A text of the spec that holds KQL, its place in the files, and its path.
struct Query<'q> {
    text: &'q Text,
    places: &'q Places,
    path: String,
}

impl Query<'_> {
    fn span(&self, range: Range) -> Span {
        self.places.span(range.start as usize..range.end as usize)
    }

    fn is_whole(&self, range: Range) -> bool {
        self.text.value.get(range.start as usize..range.end as usize) == Some(self.text.value.trim())
    }

    /// The parsers of the information model (ASIM) are in every workspace with Microsoft Sentinel; what they return is open.
    fn is_built_in_parser(&self, range: Range) -> bool {
        let name = self.text.value.get(range.start as usize..range.end as usize).unwrap_or_default();
        name.starts_with("_Im_") || name.starts_with("_ASim_")
    }

    /// Analyses the text and reports what is wrong with it in itself.
    fn examine(&self, globals: &Globals, reader: Reader, context: &mut Context<'_>) -> Examined {
        let is_transform = reader == Reader::Transform;
        let dialect = if is_transform { Dialect::Transform } else { Dialect::Analytics };
        let (analysis, usage) = examine(&self.text.value, globals, dialect);
        let is_told = |range: Range| {
            self.is_built_in_parser(range) || usage.elsewhere.iter().any(|(_, elsewhere)| *elsewhere == range)
        };
        let mut found: Vec<Diagnostic> = Vec::new();
        for finding in analysis.findings.iter().filter(|finding| is_transform || !is_told(finding.range)) {
            let mut diagnostic = query::diagnostic(finding, |range| self.span(range)).at(&self.path);
            if diagnostic.rule == &kql_rules::NAME && self.is_whole(finding.range) {
                // A name that is the whole query can only be a table or a function.
                diagnostic.rule = &kql_rules::TABLE;
                diagnostic.message =
                    format!("`{}` is not a table or a function that is known here", self.text.value.trim());
                diagnostic.help = Some("correct the name, or leave it if it comes with another solution".to_owned());
            }
            let diagnostic = if is_transform { diagnostic } else { of_others(diagnostic) };
            // A name that is not known in one place is not known in the next: one slip.
            let same = |known: &Diagnostic| known.rule == diagnostic.rule && known.message == diagnostic.message;
            match found.iter_mut().find(|known| is_about_a_name(known) && same(known)) {
                Some(known) => known.secondary.push(Label { text: "here too".to_owned(), ..diagnostic.primary }),
                None => found.push(diagnostic),
            }
        }
        if found.iter().any(is_unreadable) {
            // What was not read whole has no sure meaning: a bracket that is missing gives one call the arguments of another.
            found.retain(|diagnostic| is_unreadable(diagnostic) || is_about_a_name(diagnostic));
        }
        let sound = found.iter().all(|diagnostic| diagnostic.severity < Severity::Error);
        found.into_iter().for_each(|diagnostic| context.diagnostics.push(diagnostic));
        if !is_transform {
            usage.elsewhere.iter().for_each(|(function, range)| self.elsewhere(function, *range, reader, context));
        }
        for table in &usage.undeclared {
            let message = format!("`{}` is not a table of this spec: its columns are not checked", table.name);
            let near = table.near.as_ref().map(|near| format!("did you mean `{near}`?"));
            let mut diagnostic = Diagnostic::new(&kql_rules::TABLE, self.span(table.range), message).at(&self.path);
            diagnostic.help = Some(near.unwrap_or_else(|| {
                "declare it under `tables`, or leave it if the table comes with another solution".to_owned()
            }));
            context.diagnostics.push(of_others(diagnostic));
        }
        for (function, argument, range) in &usage.null_texts {
            let (holds, instead) = if function == "isnull" { ("never", "isempty") } else { ("always", "isnotempty") };
            let message = format!("a string is never null: this {holds} holds");
            let help = format!("write {instead}({argument})");
            context.report(&rules::NULL_TEXT, self.span(*range), &self.path, message, help);
        }
        Examined { analysis, usage, sound }
    }

    /// A call that leaves the workspace.
    fn elsewhere(&self, function: &str, range: Range, reader: Reader, context: &mut Context<'_>) {
        let span = self.span(range);
        let message = match (function, reader) {
            ("adx" | "cluster", Reader::Rule(_)) => "the query of a rule cannot read Azure Data Explorer",
            (_, Reader::Rule(RuleKind::Nrt)) => "an NRT rule reads its own workspace alone",
            _ => {
                let message = format!("`{function}` names a place that only its author has");
                let help = "read the table of the workspace that the solution is installed in";
                return context.report(&rule_rules::OTHER_WORKSPACE, span, &self.path, message, help);
            }
        };
        let help = "read a table of the workspace";
        context.report(&rule_rules::RESTRICTION, span, &self.path, message, help);
    }
}

/// Who runs a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The ingestion of a stream.
    Transform,
    /// The page of a connector.
    Page,
    /// A person, the clock, or another query.
    Stored,
    /// A poller, between one request and the next.
    Step,
    Rule(RuleKind),
}

/// What a query reads, also through the functions that it calls.
#[derive(Debug, Default)]
pub struct Reads {
    pub tables: Vec<String>,
    /// The tables, and functions and names that nobody declared: a page may name its data by those too.
    pub sources: Vec<String>,
}

impl Reads {
    /// What another query reads too.
    pub fn add(&mut self, other: Reads) {
        for (all, more) in [(&mut self.tables, other.tables), (&mut self.sources, other.sources)] {
            for name in more {
                if !all.contains(&name) {
                    all.push(name);
                }
            }
        }
    }
}

impl From<Examined> for Reads {
    fn from(Examined { analysis, .. }: Examined) -> Self {
        Reads { tables: analysis.tables, sources: analysis.sources }
    }
}

/// What is known of a query.
struct Examined {
    analysis: Analysis,
    usage: Usage,
    /// Nothing in it is wrong; then its columns can be held against others.
    sound: bool,
}

impl Examined {
    /// The columns of the result, if there is no doubt about them.
    fn columns(&self) -> Option<&[Column]> {
        self.analysis.columns().filter(|_| self.sound && !self.analysis.is_open())
    }
}

/// Whether a finding says that a part of the text could not be read.
fn is_unreadable(diagnostic: &Diagnostic) -> bool {
    [&kql_rules::TOKEN, &kql_rules::SYNTAX, &kql_rules::LEFTOVER].contains(&diagnostic.rule)
}

fn is_about_a_name(diagnostic: &Diagnostic) -> bool {
    [&kql_rules::NAME, &kql_rules::TABLE, &kql_rules::FUNCTION, &kql_rules::FUZZY].contains(&diagnostic.rule)
}

/// A table or parser of another solution cannot be known here; a name close to a known one is probably meant.
fn of_others(mut diagnostic: Diagnostic) -> Diagnostic {
    if [&kql_rules::TABLE, &kql_rules::FUNCTION, &kql_rules::FUZZY].contains(&diagnostic.rule) {
        let close = diagnostic.help.as_deref().is_some_and(|help| help.contains("did you mean"));
        diagnostic.severity = if close { Severity::Warning } else { Severity::Notice };
    }
    diagnostic
}
