//! JSON into the same tree as YAML: for files that have to be JSON, because others read them as such.
//!
//! Strict: no comments, no comma behind the last item, no names without quotes. Ends at the first mistake, for what follows
//! one is a guess; the places of all values are those in the file.

use super::budget::{Budget, Exceeded, MAX_DEPTH, Size, too_deep};
use super::{Entry, Node, NodeKind, Scalar, Style, TextMap, place};
use crate::diag::rules::{shape, yaml};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use std::collections::HashMap;

/// The tree of a text without byte order mark at byte 0, or with one. `None` after a finding.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader { file, text, at: start, depth: 0, budget: Budget::default(), diagnostics };
    let read = reader.document();
    read.map_err(|finding| diagnostics.push(*finding)).ok()
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
    /// Open objects and arrays.
    depth: usize,
    budget: Budget,
    diagnostics: &'a mut Diagnostics,
}

/// Boxed: it is the rare case, and every value returns one or the other.
type Read<T> = Result<T, Box<Diagnostic>>;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// The next character that is no white space; it becomes the place of an error.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn error(&self, start: usize, message: String, help: &str) -> Box<Diagnostic> {
        let end = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(start, |c| start + c.len_utf8());
        Box::new(Diagnostic::new(&shape::NOT_JSON, self.span(start, end), message).label("here").help(help))
    }

    /// Something else than `what` stands here.
    fn expected(&mut self, what: &str) -> Box<Diagnostic> {
        let found = self.peek().map_or("the file ends".to_owned(), |c| format!("found `{c}`"));
        let help = match self.rest() {
            rest if rest.starts_with("//") || rest.starts_with("/*") => "remove the comment: JSON has none",
            rest if rest.starts_with('\'') => "write texts and names in double quotes",
            _ => "correct the file here; a JSON formatter shows its structure",
        };
        self.error(self.at, format!("this is no JSON: expected {what}, {found}"), help)
    }

    fn charge(&mut self, size: Size, start: usize) -> Read<()> {
        let span = self.span(start, start + 1);
        let refused = |Exceeded { rule, message, help }| Box::new(Diagnostic::new(rule, span, message).help(help));
        self.budget.charge(size, self.depth).map_err(refused)
    }

    fn document(&mut self) -> Read<Node> {
        let root = self.value()?;
        match self.peek() {
            None => Ok(root),
            Some(_) => Err(self.expected("nothing behind the value")),
        }
    }

    fn value(&mut self) -> Read<Node> {
        let first = self.peek();
        let start = self.at;
        let kind = match first {
            Some('{') => self.nested(start, Self::object)?,
            Some('[') => self.nested(start, Self::array)?,
            Some('"') => {
                let (text, map) = self.string()?;
                NodeKind::Scalar(Scalar { text, style: Style::Quoted, map })
            }
            _ => self.word()?,
        };
        let node = Node { span: self.span(start, self.at), kind };
        if !matches!(first, Some('{' | '[')) {
            self.charge(Size::of(&node), start)?;
        }
        Ok(node)
    }

    fn nested(&mut self, start: usize, read: fn(&mut Self) -> Read<NodeKind>) -> Read<NodeKind> {
        if self.depth >= MAX_DEPTH {
            let Exceeded { rule, message, help } = too_deep();
            return Err(Box::new(Diagnostic::new(rule, self.span(start, start + 1), message).help(help)));
        }
        self.charge(Size::COLLECTION, start)?;
        self.at += 1;
        self.depth += 1;
        let kind = read(self)?;
        self.depth -= 1;
        Ok(kind)
    }

    fn array(&mut self) -> Read<NodeKind> {
        let mut items = Vec::new();
        if self.eat(']') {
            return Ok(NodeKind::Sequence(items));
        }
        loop {
            items.push(self.value()?);
            if self.ends(']')? {
                return Ok(NodeKind::Sequence(items));
            }
        }
    }

    fn object(&mut self) -> Read<NodeKind> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut places: HashMap<String, Span> = HashMap::new();
        if self.eat('}') {
            return Ok(NodeKind::Mapping(entries));
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.expected("a name in double quotes"));
            }
            let start = self.at;
            let (key, _) = self.string()?;
            let key_span = self.span(start, self.at);
            if !self.eat(':') {
                return Err(self.expected("`:`"));
            }
            let value = self.value()?;
            match places.get(&key) {
                Some(first) => self.twice(&key, *first, key_span),
                None => {
                    places.insert(key.clone(), key_span);
                    entries.push(Entry { key, key_span, value });
                }
            }
            if self.ends('}')? {
                return Ok(NodeKind::Mapping(entries));
            }
        }
    }

    fn twice(&mut self, key: &str, first: Span, span: Span) {
        let message = format!("the key `{key}` stands in this object twice");
        let finding = Diagnostic::new(&yaml::DUPLICATE_KEY, span, message).label("again here");
        let help = format!("keep one `{key}`; until then the first one counts");
        self.diagnostics.push(finding.also(first, "first here").help(help));
    }

    /// Behind an item: whether the collection ends here, or goes on.
    fn ends(&mut self, close: char) -> Read<bool> {
        if self.eat(close) {
            return Ok(true);
        }
        let comma = self.at;
        if !self.eat(',') {
            return Err(self.expected(&format!("`,` or `{close}`")));
        }
        if self.peek() == Some(close) {
            let message = format!("this is no JSON: a comma behind the last item, before `{close}`");
            return Err(self.error(comma, message, "remove the comma"));
        }
        Ok(false)
    }

    /// The text between the quotes at this place, and where its characters stand.
    fn string(&mut self) -> Read<(String, TextMap)> {
        let (start, mut escaped) = (self.at, false);
        let inner = self.text.get(start + 1..).unwrap_or_default();
        let end = inner.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends || byte < b' '
        });
        let end = match end {
            Some(end) if inner.as_bytes().get(end) == Some(&b'"') => start + 1 + end,
            Some(end) => {
                let message = "this is no JSON: a text goes over the end of its line, or has a tab in it".to_owned();
                return Err(self.error(start + 1 + end, message, "write `\\n` for a line break and `\\t` for a tab"));
            }
            None => return Err(self.error(start, "this is no JSON: this text has no end".to_owned(), "close it")),
        };
        let whole = self.text.get(start..=end).unwrap_or_default();
        let Ok(text) = serde_json::from_str::<String>(whole) else {
            let message = "this is no JSON: a backslash in this text is no escape".to_owned();
            return Err(self.error(start, message, "write `\\\\` for a backslash"));
        };
        self.at = end + 1;
        let map = place::double_quoted(self.text, start..self.at, &text).unwrap_or_default();
        Ok((text, map))
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Read<NodeKind> {
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let word = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len())).unwrap_or_default();
        match serde_json::from_str::<serde_json::Value>(word) {
            Ok(serde_json::Value::Null) => {
                self.at += word.len();
                Ok(NodeKind::Null)
            }
            Ok(serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => {
                let map = TextMap::verbatim(self.at, word.len());
                self.at += word.len();
                Ok(NodeKind::Scalar(Scalar { text: word.to_owned(), style: Style::Plain, map }))
            }
            _ => Err(self.expected("a value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Plain;

    fn read_text(text: &str) -> (Option<Node>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let root = read(FileId(0), text, &mut diagnostics);
        let told = |found: &Diagnostic| format!("{} {}", found.primary.span.start, found.message);
        (root, diagnostics.iter().map(told).collect())
    }

    #[test]
    fn values_have_their_types_and_places() {
        let text = "\u{feff}{\"a\": [1, -2.5e1, true, null, \"x\\\"\\ud83d\\ude00y\"],\r\n\t\"b\": {}}\n";
        let (root, found) = read_text(text);
        assert_eq!(found, Vec::<String>::new());
        let root = root.expect("root");
        let items = root.get("a").and_then(|entry| entry.value.items()).expect("items");
        let plain: Vec<Option<Plain>> = items.iter().map(|item| item.as_scalar().map(Scalar::plain)).collect();
        let typed = [Some(Plain::Int(1)), Some(Plain::Real(-25.0)), Some(Plain::Bool(true)), None, Some(Plain::Text)];
        assert_eq!(plain, typed);
        let last = items.last().expect("a text");
        let scalar = last.as_scalar().expect("a text");
        assert_eq!(scalar.text, "x\"\u{1f600}y");
        let y = scalar.text.find('y').expect("y");
        let at = text.find("y\"").expect("y in the file");
        assert_eq!(scalar.span_of(y..y + 1, last.span), Span::new(FileId(0), at, at + 1));
        assert_eq!(root.get("b").map(|entry| entry.value.describe()), Some("a mapping"));
    }

    #[test]
    fn a_mistake_is_told_at_its_place() {
        let told = |text: &str| read_text(text).1.join("; ");
        assert_eq!(told("{\"a\": 1,}"), "7 this is no JSON: a comma behind the last item, before `}`");
        assert_eq!(told("[1 2]"), "3 this is no JSON: expected `,` or `]`, found `2`");
        assert_eq!(told("{a: 1}"), "1 this is no JSON: expected a name in double quotes, found `a`");
        assert_eq!(told("{\"a\" 1}"), "5 this is no JSON: expected `:`, found `1`");
        assert_eq!(told("// x\n{}"), "0 this is no JSON: expected a value, found `/`");
        assert_eq!(told("{} {}"), "3 this is no JSON: expected nothing behind the value, found `{`");
        assert_eq!(told("[\"a"), "1 this is no JSON: this text has no end");
        assert_eq!(told("[\"a\nb\"]"), "3 this is no JSON: a text goes over the end of its line, or has a tab in it");
        assert_eq!(told("[\"\\q\"]"), "1 this is no JSON: a backslash in this text is no escape");
        assert_eq!(told("[1"), "2 this is no JSON: expected `,` or `]`, the file ends");
        assert_eq!(told("[01]"), "1 this is no JSON: expected a value, found `0`");
        assert_eq!(told("{\"a\": 1, \"a\": 2}"), "9 the key `a` stands in this object twice");
        assert_eq!(told(&"[".repeat(100_000)), "64 lists and mappings stand more than 64 deep in each other");
    }
}
