//! How far back a query reads: comparisons of a row's time with `ago(…)` and the like, where the length can be computed.

use super::{EVENT_TIME, Look};
use crate::kql::finding::Range;
use crate::kql::syntax::tree::{Id, Node, Op};
use crate::kql::types::Type;

/// Which time of a row is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `TimeGenerated`: when it happened.
    Event,
    /// `ingestion_time()`: when it arrived.
    Arrival,
}

/// A row's time against a time before now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub clock: Clock,
    /// Seconds before now.
    pub back: i64,
    /// Whether rows since then are kept; else rows before it.
    pub since: bool,
    /// Of the expression that gives the time.
    pub range: Range,
}

/// Names that stand for other names are followed this far.
const DEEPEST: u32 = 20;

impl<'l> Look<'l> {
    /// The windows of a comparison: none, one, or the two ends of `between`.
    pub(super) fn windows(self, id: Id) -> Vec<Window> {
        let one = |clock, at, since| {
            let back = self.back(at, DEEPEST)?;
            Some(Window { clock, back, since, range: self.range(at) })
        };
        match self.node(id) {
            Node::Binary { op, left, right, .. } => {
                let later = match op {
                    Op::GreaterThan | Op::GreaterThanOrEqual => true,
                    Op::LessThan | Op::LessThanOrEqual => false,
                    _ => return Vec::new(),
                };
                let forward = self.clock(left).and_then(|clock| one(clock, right, later));
                let backward = || self.clock(right).and_then(|clock| one(clock, left, !later));
                forward.or_else(backward).into_iter().collect()
            }
            Node::Between { op: Op::Between, left, first, last, .. } => match self.clock(left) {
                Some(clock) => one(clock, first, true).into_iter().chain(one(clock, last, false)).collect(),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn clock(self, id: Id) -> Option<Clock> {
        match self.node(id) {
            Node::Name(_) => (self.name(id) == EVENT_TIME).then_some(Clock::Event),
            Node::Call { name, .. } => (self.name(name) == "ingestion_time").then_some(Clock::Arrival),
            Node::Paren(inner) => self.clock(inner),
            _ => None,
        }
    }

    /// Seconds before now of an expression of a time.
    fn back(self, id: Id, deep: u32) -> Option<i64> {
        let deep = deep.checked_sub(1)?;
        match self.node(id) {
            Node::Paren(inner) => self.back(inner, deep),
            Node::Name(name) => self.back(self.declared(name)?, deep),
            Node::Call { name, arguments } => match (self.name(name), self.arguments(arguments)) {
                ("ago", [span]) => self.span(*span, deep),
                ("now", []) => Some(0),
                ("now", [span]) => self.span(*span, deep)?.checked_neg(),
                // The beginning of a day or hour lies further back still.
                ("startofday" | "startofweek" | "startofmonth" | "bin" | "floor", [time, ..]) => self.back(*time, deep),
                _ => None,
            },
            Node::Binary { op: Op::Subtract, left, right, .. } => {
                self.back(left, deep)?.checked_add(self.span(right, deep)?)
            }
            Node::Binary { op: Op::Add, left, right, .. } => {
                self.back(left, deep)?.checked_sub(self.span(right, deep)?)
            }
            _ => None,
        }
    }

    /// Seconds of an expression of a timespan.
    pub(super) fn span(self, id: Id, deep: u32) -> Option<i64> {
        let deep = deep.checked_sub(1)?;
        match self.node(id) {
            Node::Paren(inner) => self.span(inner, deep),
            Node::Name(name) => self.span(self.declared(name)?, deep),
            Node::Literal(Type::TimeSpan) => seconds(self.text_of(id)),
            Node::Unary { op: Op::UnaryMinus, value, .. } => self.span(value, deep)?.checked_neg(),
            Node::Binary { op: Op::Add, left, right, .. } => {
                self.span(left, deep)?.checked_add(self.span(right, deep)?)
            }
            Node::Binary { op: Op::Subtract, left, right, .. } => {
                self.span(left, deep)?.checked_sub(self.span(right, deep)?)
            }
            Node::Binary { op: Op::Multiply, left, right, .. } => {
                let product = |number, span| self.number(number, deep)?.checked_mul(self.span(span, deep)?);
                product(left, right).or_else(|| product(right, left))
            }
            _ => None,
        }
    }

    /// A whole number that is written, or has a name.
    pub(super) fn number(self, id: Id, deep: u32) -> Option<i64> {
        let deep = deep.checked_sub(1)?;
        match self.node(id) {
            Node::Paren(inner) => self.number(inner, deep),
            Node::Name(name) => self.number(self.declared(name)?, deep),
            Node::Literal(Type::Long) => self.text_of(id).parse().ok(),
            _ => None,
        }
    }
}

/// The seconds of a literal such as `14d` or `1.5h`; none for what is shorter than a second, or is written as a clock.
fn seconds(literal: &str) -> Option<i64> {
    let at = literal.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = literal.split_at(at);
    let factor = match unit {
        "d" | "day" | "days" => 86_400,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3_600,
        "m" | "min" | "minute" | "minutes" => 60,
        "s" | "sec" | "second" | "seconds" => 1,
        _ => return None,
    };
    match number.split_once('.') {
        None => number.parse::<i64>().ok()?.checked_mul(factor),
        Some((whole, part)) => {
            let part = part.get(..part.len().min(6)).filter(|part| !part.is_empty())?;
            let scale = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
            let part = part.parse::<i64>().ok()?.checked_mul(factor)? / scale;
            whole.parse::<i64>().ok()?.checked_mul(factor)?.checked_add(part)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn literals_have_the_seconds_that_they_say() {
        let cases =
            [("14d", 1_209_600), ("1h", 3_600), ("90min", 5_400), ("1.5h", 5_400), ("0.25d", 21_600), ("30s", 30)];
        for (literal, expected) in cases {
            assert_eq!(seconds(literal), Some(expected), "{literal}");
        }
        for literal in ["100ms", "d", "1.d", "99999999999999999999d", "time(1.02:03:04)"] {
            assert_eq!(seconds(literal), None, "{literal}");
        }
    }
}
