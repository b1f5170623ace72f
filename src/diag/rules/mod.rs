//! The one table of codes. A rule's doc comment is its page: `sentinel-gen explain CODE` prints it, `docs/rules/` is
//! generated from it.
//!
//! | Codes | Module | About |
//! | --- | --- | --- |
//! | 0001–0009 | [`files`] | files that cannot be read |
//! | 0010–0019 | [`usage`] | paths and codes of a command line |
//! | 0020–0039 | [`folder`] | the folders that a build writes and compares with |
//! | 0040–0069 | [`azure`] | `deploy`, `teardown` and the Azure CLI |
//! | 1000–1049 | [`yaml`] | YAML itself |
//! | 1050–1099 | [`shape`] | the shape of the spec |
//! | 2xxx | none yet | KQL |
//! | 3xxx | [`table`] | tables, streams and collection rules |
//! | 4000–4029 | [`connector`] | inputs, connectors, their pages and pollers |
//! | 4030–4039 | [`page`] | connector pages that the author writes out |
//! | 4100–4149 | [`carried`] | connectors that are carried from a file |
//! | 5000–5099 | [`rule`] | analytic rules |
//! | 5100–5199 | [`content`] | other content |
//! | 5200–5299 | [`playbook`] | playbooks, custom connectors, function apps |
//! | 5300–5319 | [`workbook`] | workbooks |
//! | 5320–5339 | [`submission`] | files that a submission carries beside the package |
//! | 6xxx | [`solution`] | the solution and its package |
//! | 7000–7099 | [`output`] | what is emitted |
//! | 7100–7199 | [`template`] | what a template evaluates to |
//! | 9xxx | [`internal`] | mistakes of sentinel-gen itself |
//!
//! A code is never used again for another meaning.

use super::Severity;
use serde::{Serialize, Serializer};
use std::fmt;

pub mod azure;
pub mod carried;
pub mod connector;
pub mod content;
pub mod contract;
pub mod files;
pub mod folder;
pub mod internal;
pub mod kql;
pub mod output;
pub mod page;
pub mod playbook;
pub mod rule;
pub mod shape;
pub mod solution;
pub mod submission;
pub mod table;
pub mod template;
pub mod usage;
pub mod workbook;
pub mod yaml;

/// The number behind `SG`, e.g. 1003 for `SG1003`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SG{:04}", self.0)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Code {
    /// Reads `SG1003` or `1003`, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("SG").or_else(|| text.strip_prefix("sg")).unwrap_or(text);
        (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok().map(Code))?
    }
}

/// One kind of finding: what never changes between two findings of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    pub code: Code,
    /// Kebab case, stable.
    pub name: &'static str,
    /// What it has unless a run or the spec says otherwise.
    pub severity: Severity,
    /// The version of sentinel-gen that had it first.
    pub since: &'static str,
    /// The documented or observed behaviour that it rests on.
    pub source: &'static str,
    /// Markdown: what it does, why it matters, an example and the fix.
    pub page: &'static str,
}

impl Rule {
    /// Whether `checks.allow` can take a finding of this rule away. Errors cannot be allowed but for three kinds. What the vendor's binder makes of the names and types of a query (SG2010 to SG2030, SG2114): it
    /// knows no data, and the repository keeps a list of published queries that its own check skips, each with a reason
    /// (documented: SkipValidationsTemplates.json). An input without a box (SG4014): the portal may have a box of another
    /// type, and the packaging tool has a stand-in for such inputs (observed). And the product's name in a text (SG6008): the
    /// repository's check refuses what the service takes, and older published solutions have it (observed).
    pub fn can_be_allowed(&self) -> bool {
        self.severity != Severity::Error || matches!(self.code.0, 2010..=2030 | 2114 | 4014 | 6008)
    }
}

/// Declares the rules of one family: each becomes a `static` with its doc comment as page, and `ALL` lists them.
macro_rules! rules {
    ($( $(#[doc = $doc:literal])* $id:ident = $code:literal $name:literal $severity:ident, source: $source:literal; )*) => {
        $(
            $(#[doc = $doc])*
            pub static $id: $crate::diag::Rule = $crate::diag::Rule {
                code: $crate::diag::Code($code),
                name: $name,
                severity: $crate::diag::Severity::$severity,
                since: "0.1.0",
                source: $source,
                page: concat!($($doc, "\n"),*),
            };
        )*
        /// The rules of this family, in the order of their codes.
        pub static ALL: &[&$crate::diag::Rule] = &[$(&$id),*];
    };
}
pub(crate) use rules;

/// Every rule there is, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        files::ALL,
        usage::ALL,
        folder::ALL,
        azure::ALL,
        yaml::ALL,
        shape::ALL,
        kql::ALL,
        contract::ALL,
        table::ALL,
        connector::ALL,
        page::ALL,
        carried::ALL,
        rule::ALL,
        content::ALL,
        playbook::ALL,
        workbook::ALL,
        submission::ALL,
        solution::ALL,
        output::ALL,
        template::ALL,
        internal::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

pub fn find(code: Code) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}
