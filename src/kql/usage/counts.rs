//! Counts in fixed bins of time that are held against a threshold.

use super::{EVENT_TIME, Look};
use crate::kql::finding::Range;
use crate::kql::syntax::tree::{Id, List, Node, Op};

/// A count for each bin of time, and the threshold behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BinnedCount {
    /// The column that holds the count.
    pub column: String,
    /// The length of a bin, as it is written.
    pub bin: String,
    /// Of the bin.
    pub range: Range,
    /// Of the comparison.
    pub threshold: Range,
}

/// Functions whose result grows with every row.
const COUNTS: [&str; 5] = ["count", "countif", "dcount", "dcountif", "sum"];
/// Names and numbers are followed this far.
const DEEPEST: u32 = 20;

impl<'l> Look<'l> {
    /// `| summarize n = count() by bin(TimeGenerated, 5m) | … | where n > 5`, seen from the `where`.
    pub(super) fn binned_count(self, operator: Id, left: Id) -> Option<BinnedCount> {
        let Node::Where { condition, .. } = self.node(operator) else { return None };
        let (aggregates, by) = self.summarize_before(left)?;
        let bin = self.arguments(by).iter().find_map(|key| self.time_bin(*key))?;
        let counted = |column: &str| self.arguments(aggregates).iter().any(|aggregate| self.counts(*aggregate, column));
        let (column, threshold) = self.thresholds(condition).into_iter().find(|(column, _)| counted(column))?;
        let (call, length) = bin;
        let length = self.text_of(length).to_owned();
        Some(BinnedCount { column: column.to_owned(), bin: length, range: self.range(call), threshold })
    }

    /// The nearest `summarize … by …` in front of an operator.
    fn summarize_before(self, left: Id) -> Option<(List, List)> {
        let mut at = left;
        while let Node::Pipe { left, operator } = self.node(at) {
            if let Node::Summarize { aggregates, by, .. } = self.node(operator) {
                return by.map(|by| (aggregates, by));
            }
            at = left;
        }
        None
    }

    /// `bin(TimeGenerated, 5m)`: the call and the length.
    fn time_bin(self, key: Id) -> Option<(Id, Id)> {
        match self.node(key) {
            Node::Named { value, .. } => self.time_bin(value),
            Node::Call { name, arguments } => match (self.name(name), self.arguments(arguments)) {
                ("bin" | "floor", [time, length]) => (self.name(*time) == EVENT_TIME).then_some((key, *length)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The comparisons of a condition, joined by `and`, that ask for more than a number above nought: column and place.
    fn thresholds(self, condition: Id) -> Vec<(&'l str, Range)> {
        let mut found = Vec::new();
        let mut open = vec![condition];
        while let Some(id) = open.pop() {
            match self.node(id) {
                Node::Paren(inner) => open.push(inner),
                Node::Binary { op: Op::And, left, right, .. } => open.extend([right, left]),
                Node::Binary { op: op @ (Op::GreaterThan | Op::GreaterThanOrEqual), left, right, .. } => {
                    let least = if op == Op::GreaterThan { 1 } else { 2 };
                    if self.number(right, DEEPEST).is_some_and(|number| number >= least) {
                        found.push((self.name(left), self.range(id)));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Whether an aggregate makes the column, as a count.
    fn counts(self, aggregate: Id, column: &str) -> bool {
        let (given, value) = match self.node(aggregate) {
            Node::Named { name, value } => (Some(self.name(name)), value),
            _ => (None, aggregate),
        };
        let Node::Call { name, arguments } = self.node(value) else { return false };
        let function = self.name(name);
        let own = match self.arguments(arguments) {
            [counted, ..] if function != "countif" => format!("{function}_{}", self.name(*counted)),
            _ => format!("{function}_"),
        };
        COUNTS.contains(&function) && given.unwrap_or(&own) == column
    }
}
