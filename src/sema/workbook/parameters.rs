//! Parameters of a workbook inside its queries, `{TimeRange:grain}`: each becomes a value of its kind, so that the query can be
//! analysed as it will run.
//!
//! What a parameter holds is known only when someone looks at the workbook. A stand-in that fits most uses is put in; a
//! query that does not read well with it is nothing to blame the author for.

use crate::arm::eval::tree::{Form, Tree};
use std::collections::BTreeMap;
use std::ops::Range;

/// What the parameters of a workbook are, by name.
#[derive(Default)]
pub struct Parameters(BTreeMap<String, i64>);

/// A time range, by the gallery's numbers of parameter types.
const TIME_RANGE: i64 = 4;

/// A query with stand-ins.
pub struct Filled {
    pub text: String,
    /// What was replaced in the author's text, and by how many bytes; in order.
    pub edits: Vec<(Range<usize>, usize)>,
    /// Whether every stand-in is sure to be of the parameter's form. Those inside of texts are: they stay.
    pub is_sure: bool,
}

impl Parameters {
    /// All parameters that a workbook declares, in whatever group.
    pub fn of(tree: &Tree) -> Self {
        let mut found = Parameters::default();
        found.collect(tree);
        found
    }

    fn collect(&mut self, tree: &Tree) {
        match &tree.form {
            Form::Array(items) => items.iter().for_each(|item| self.collect(item)),
            Form::Object(members) => {
                for parameter in tree.get("parameters").and_then(Tree::items).unwrap_or_default() {
                    let kind = match parameter.get("type").map(|kind| &kind.form) {
                        Some(Form::Int(kind)) => *kind,
                        _ => 0,
                    };
                    if let Some(name) = parameter.get("name").and_then(Tree::text) {
                        self.0.insert(name.to_owned(), kind);
                    }
                }
                members.iter().for_each(|member| self.collect(&member.tree));
            }
            _ => {}
        }
    }

    /// Puts a stand-in in place of every parameter that is not part of a text or a comment.
    pub fn fill(&self, query: &str) -> Filled {
        let mut filled = Filled { text: String::with_capacity(query.len()), edits: Vec::new(), is_sure: true };
        let mut at = 0;
        for range in references(query) {
            let reference = query.get(range.start + 1..range.end - 1).unwrap_or_default();
            let (name, format) = reference.split_once(':').unwrap_or((reference, ""));
            let before = query.get(..range.start).unwrap_or_default();
            let after = query.get(range.end..).unwrap_or_default();
            let is_time = self.0.get(name) == Some(&TIME_RANGE);
            let (value, is_sure) = stand_in(is_time, format, before, after);
            filled.text.push_str(query.get(at..range.start).unwrap_or_default());
            filled.text.push_str(value);
            filled.is_sure &= is_sure;
            at = range.end;
            filled.edits.push((range, value.len()));
        }
        filled.text.push_str(query.get(at..).unwrap_or_default());
        filled
    }
}

/// A value for a parameter, and whether it is sure to have the form of the real one.
fn stand_in(is_time: bool, format: &str, before: &str, after: &str) -> (&'static str, bool) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    // `TimeGenerated {TimeRange}`: the comparison comes with the parameter.
    let is_compared = ["TimeGenerated", "Timestamp"].iter().any(|column| before.trim_end().ends_with(column));
    let inside = |literal: &str| {
        let open = before.trim_end().strip_suffix('(').map(str::trim_end);
        open.and_then(|open| open.strip_suffix(literal)).is_some_and(|rest| !rest.ends_with(is_word))
    };
    match format {
        _ if inside("datetime") => ("2000-01-01", true),
        _ if inside("timespan") || inside("time") => ("1h", true),
        "grain" => ("1h", true),
        "start" | "end" => ("now()", true),
        "seconds" => ("3600", true),
        "" | "query" | "value" if is_time || is_compared => ("> ago(1d)", true),
        "query" => ("true", false),
        _ if inside("dynamic") => ("null", true),
        _ if before.ends_with(is_word) || after.starts_with(is_word) => ("1", false),
        _ => ("dynamic(null)", false),
    }
}

/// Where parameters stand in a query, outside of texts and comments.
fn references(query: &str) -> Vec<Range<usize>> {
    let bytes = query.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b'"' | b'\'' => text_end(bytes, at),
            b'`' if query.get(at..).is_some_and(|rest| rest.starts_with("```")) => {
                let inner = query.get(at + 3..).unwrap_or_default();
                inner.find("```").map_or(bytes.len(), |end| at + end + 6)
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                bytes.iter().skip(at).position(|b| *b == b'\n').map_or(bytes.len(), |end| at + end)
            }
            b'{' => match reference_end(bytes, at) {
                Some(end) => {
                    found.push(at..end);
                    end
                }
                None => at + 1,
            },
            _ => at + 1,
        };
    }
    found
}

/// The end of a text that begins at `start`: behind its mark, or at the end of the line.
fn text_end(bytes: &[u8], start: usize) -> usize {
    let mark = bytes.get(start).copied().unwrap_or_default();
    let is_verbatim = start > 0 && bytes.get(start - 1) == Some(&b'@');
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if !is_verbatim => at += 2,
            b'\n' => return at,
            _ if byte == mark => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of `{Name}` or `{Name:format}` at `start`; the body of a function `(x) {x}` is none.
fn reference_end(bytes: &[u8], start: usize) -> Option<usize> {
    let before = bytes.get(..start)?.iter().rev().find(|byte| !byte.is_ascii_whitespace());
    if before == Some(&b')') {
        return None;
    }
    let inner = bytes.get(start + 1..)?;
    let len = inner.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"_$.:- ".contains(byte)))?;
    let starts = inner.first().is_some_and(|byte| byte.is_ascii_alphabetic() || b"_$".contains(byte));
    (starts && inner.get(len) == Some(&b'}')).then_some(start + len + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn filled(query: &str) -> (String, bool) {
        let parameters = Parameters(BTreeMap::from([("Time".to_owned(), TIME_RANGE), ("User".to_owned(), 2)]));
        let filled = parameters.fill(query);
        (filled.text, filled.is_sure)
    }

    #[test]
    fn a_parameter_becomes_a_value_of_its_kind() {
        assert_eq!(filled("where TimeGenerated {Time}").0, "where TimeGenerated > ago(1d)");
        assert_eq!(filled("where TimeGenerated {Page:value}").0, "where TimeGenerated > ago(1d)");
        assert_eq!(filled("bin(t, {Time:grain})"), ("bin(t, 1h)".to_owned(), true));
        assert_eq!(filled("ago({Days}d)"), ("ago(1d)".to_owned(), false));
        assert_eq!(filled("u in ({User})"), ("u in (dynamic(null))".to_owned(), false));
        assert_eq!(filled("datetime({Time:start})"), ("datetime(2000-01-01)".to_owned(), true));
        assert_eq!(filled("dynamic( {Ids})"), ("dynamic( null)".to_owned(), true));
    }

    #[test]
    fn texts_comments_and_bodies_of_functions_stay() {
        for query in [
            r#"u == "{User}" or u == '\'{User}'"#,
            r#"p == @"\{User}""#,
            "T // {User}",
            "let f = (x:long) {x};",
            "{ a }",
        ] {
            assert_eq!(filled(query), (query.to_owned(), true));
        }
    }
}
