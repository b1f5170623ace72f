//! What the front end has to say about a text: kinds of findings, and places in bytes.
//!
//! Must not know rules, pages or files: the adapter maps a [`Kind`] to a rule.

/// A half-open range of bytes of the analysed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Range {
    pub start: u32,
    pub end: u32,
}

impl Range {
    pub fn new(start: u32, end: u32) -> Self {
        Range { start, end: end.max(start) }
    }

    pub fn to(self, end: Range) -> Self {
        Range::new(self.start, end.end)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Notice,
    Warning,
    Error,
}

/// One kind of finding; each is one rule of the SG2xxx family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A character that no token begins with, or a literal without its end.
    Token,
    /// Something is missing or stands where it cannot.
    Syntax,
    /// A reserved word is used as a name without brackets.
    ReservedName,
    /// Text is left over after a complete query.
    Leftover,
    /// No operator of the language follows a pipe.
    Operator,
    /// An operator stands first, or not first, or in a sub-query that does not take it.
    Placement,
    /// Nested too deeply, or too long.
    Budget,
    /// A name that is neither a column nor a variable.
    Name,
    /// A table that nobody declared.
    Table,
    /// A function that nobody declared.
    Function,
    /// A known function in a place that does not take its kind, or a name used as a function and none.
    FunctionPlace,
    /// An operator's parameter that it does not have, twice, or with a value that it does not take.
    Parameter,
    /// A type's name that does not exist.
    TypeName,
    /// An operator between types that it does not take.
    Operands,
    /// Too few or too many arguments, or named ones that do not fit.
    Arguments,
    /// An argument or operand of the wrong type.
    Type,
    /// A literal or constant is needed.
    Constant,
    /// A table is needed, or a single value.
    Tabular,
    /// A column is needed.
    Column,
    /// A column is declared twice.
    Duplicate,
    /// A join or lookup condition that cannot be used.
    Join,
    /// A pattern of `parse` that cannot be matched.
    Pattern,
    /// Values that do not fill the rows of a `datatable`.
    Rows,
    /// A table that is missing where a union tolerates it.
    Fuzzy,
    /// An operator or a notation that transformations refuse.
    TransformOperator,
    /// A function that transformations refuse.
    TransformFunction,
    /// A function that is not on the transformations' list, though the service is seen to take it.
    TransformUnlisted,
    /// A limit of transformations: length, blank lines, parsed columns.
    TransformLimit,
    /// A transformation whose result lacks `TimeGenerated` as datetime.
    TransformTime,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    pub severity: Severity,
    pub range: Range,
    /// One sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Another place that has to do with it, and how: a declaration, an operand.
    pub also: Option<(Range, String)>,
}

impl Finding {
    pub fn error(kind: Kind, range: Range, message: impl Into<String>) -> Self {
        Finding { kind, severity: Severity::Error, range, message: message.into(), help: None, also: None }
    }

    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    pub fn also(mut self, range: Range, text: impl Into<String>) -> Self {
        self.also = Some((range, text.into()));
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
