//! JSON into the same tree as YAML: for files that have to be JSON, because others read them as such. And what is said of a
//! text that is no strict JSON, whoever reads it.
//!
//! Reading ends at the first mistake, for what follows one is a guess; over slack, such as a comment, it goes on. The places
//! of all values are those in the file.

use super::budget::{Budget, Exceeded, MAX_DEPTH, Size, too_deep};
use super::{Entry, Node, NodeKind, Scalar, Style, TextMap, place};
use crate::diag::rules::{shape, yaml};
use crate::diag::{Diagnostic, Diagnostics, Rule};
use crate::json::{self, Build, ReadError, Slack};
use crate::source::{FileId, Span};
use std::rc::Rc;

/// The tree of a text, with or without a byte order mark. `None` after a finding.
pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut nodes = Nodes { text, depth: 0, budget: Budget::default(), slack: Vec::new() };
    match json::read(text, file, &mut nodes) {
        Ok(root) => {
            let slips = slips(&nodes.slack, &shape::NOT_JSON, &yaml::DUPLICATE_KEY);
            slips.into_iter().for_each(|found| diagnostics.push(found));
            Some(root)
        }
        Err(Refusal(finding)) => {
            diagnostics.push(*finding);
            None
        }
    }
}

/// Why a text cannot be read at all.
pub fn no_json(error: &ReadError, rule: &'static Rule) -> Diagnostic {
    let help = "correct the file here; a JSON formatter shows its structure";
    Diagnostic::new(rule, error.span, format!("this is no JSON: {}", error.message)).label("here").help(help)
}

/// What is not strict about a text that was read: of each slip the first place, for a file with a hundred comments has one.
pub fn slips(slack: &[(Slack, Span)], rule: &'static Rule, repeated: &'static Rule) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (slack, span) in slack {
        let finding = match slack {
            Slack::Comment => Diagnostic::new(rule, *span, "JSON has no comments").help("remove it"),
            Slack::TrailingComma => {
                Diagnostic::new(rule, *span, "no comma may stand behind the last item").help("remove it")
            }
            Slack::UnquotedName(name) => {
                Diagnostic::new(rule, *span, format!("the name `{name}` stands without quotes"))
                    .help("put the name into double quotes")
            }
            Slack::DuplicateName { name, first } => {
                Diagnostic::new(repeated, *span, format!("the key `{name}` stands in this object twice"))
                    .label("again here")
                    .also(*first, "first here")
                    .help("remove one of the two")
            }
        };
        let is_repeated = matches!(slack, Slack::DuplicateName { .. });
        if is_repeated || !found.iter().any(|known| known.message == finding.message) {
            found.push(finding);
        }
    }
    found
}

struct Nodes<'t> {
    text: &'t str,
    /// Open objects and arrays.
    depth: usize,
    budget: Budget,
    slack: Vec<(Slack, Span)>,
}

/// Boxed: it is the rare case, and every value returns one or the other.
struct Refusal(Box<Diagnostic>);

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        Refusal(Box::new(no_json(&error, &shape::NOT_JSON)))
    }
}

impl Nodes<'_> {
    fn charge(&mut self, size: Size, place: Span) -> Result<(), Refusal> {
        self.budget.charge(size, self.depth).map_err(|exceeded| refused(exceeded, place))
    }

    /// A text stays on its line, and tabs are written as escapes.
    fn check_text(&self, place: Span) -> Result<(), Refusal> {
        let written = self.text.get(place.start as usize..place.end as usize).unwrap_or_default();
        let Some(at) = written.bytes().position(|byte| byte < b' ') else { return Ok(()) };
        let at = place.start as usize + at;
        let message = "this is no JSON: a text goes over the end of its line, or has a tab in it";
        let finding = Diagnostic::new(&shape::NOT_JSON, Span::new(place.file, at, at + 1), message).label("here");
        Err(Refusal(Box::new(finding.help("write `\\n` for a line break and `\\t` for a tab"))))
    }
}

fn refused(Exceeded { rule, message, help }: Exceeded, place: Span) -> Refusal {
    let first = Span { end: place.start + 1, ..place };
    Refusal(Box::new(Diagnostic::new(rule, first, message).help(help)))
}

impl Build for Nodes<'_> {
    type Value = Node;
    type Members = Vec<Entry>;
    type Refusal = Refusal;

    fn open(&mut self, depth: usize, place: Span) -> Result<(), Refusal> {
        if depth > MAX_DEPTH {
            return Err(refused(too_deep(), place));
        }
        self.charge(Size::COLLECTION, place)?;
        self.depth = depth;
        Ok(())
    }

    fn scalar(&mut self, scalar: json::Scalar, place: Span) -> Result<Node, Refusal> {
        let range = place.start as usize..place.end as usize;
        let written = self.text.get(range.clone()).unwrap_or_default();
        let kind = match scalar {
            json::Scalar::Null => NodeKind::Null,
            json::Scalar::Bool(_) | json::Scalar::Number(_) => {
                let map = TextMap::verbatim(range.start, range.len());
                NodeKind::Scalar(Scalar { text: written.to_owned(), style: Style::Plain, map })
            }
            json::Scalar::Text(text) => {
                self.check_text(place)?;
                let map = place::double_quoted(self.text, range, &text).unwrap_or_default();
                NodeKind::Scalar(Scalar { text, style: Style::Quoted, map })
            }
        };
        let node = Node { span: place, kind };
        self.charge(Size::of(&node), place)?;
        Ok(node)
    }

    fn array(&mut self, items: Vec<Node>, place: Span) -> Node {
        self.depth = self.depth.saturating_sub(1);
        Node { span: place, kind: NodeKind::Sequence(items) }
    }

    fn member(&mut self, entries: &mut Vec<Entry>, name: Rc<str>, place: Span, value: Node) -> Result<(), Refusal> {
        self.check_text(place)?;
        entries.push(Entry { key: name.to_string(), key_span: place, value });
        Ok(())
    }

    /// The first one counts until the author has removed one.
    fn again(&mut self, _: &mut Vec<Entry>, _: usize, _: Node) {}

    fn object(&mut self, entries: Vec<Entry>, place: Span) -> Node {
        self.depth = self.depth.saturating_sub(1);
        Node { span: place, kind: NodeKind::Mapping(entries) }
    }

    fn slack(&mut self, slack: Slack, place: Span) {
        self.slack.push((slack, place));
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
        assert_eq!(told("{\"a\": 1,}"), "7 no comma may stand behind the last item");
        assert_eq!(told("[1 2]"), "3 this is no JSON: expected `,` or `]`, but here is `2`");
        assert_eq!(told("{a: 1}"), "1 the name `a` stands without quotes");
        assert_eq!(told("{\"a\" 1}"), "5 this is no JSON: expected `:`, but here is `1`");
        assert_eq!(told("// x\n{}// y"), "0 JSON has no comments");
        assert_eq!(told("{} {}"), "3 this is no JSON: nothing may follow the value, but here is `{`");
        assert_eq!(told("[\"a"), "1 this is no JSON: this text has no closing quote");
        assert_eq!(told("[\"a\nb\"]"), "3 this is no JSON: a text goes over the end of its line, or has a tab in it");
        assert_eq!(told("[\"\\q\"]"), "2 this is no JSON: JSON has no such escape; a backslash is written `\\\\`");
        assert_eq!(told("[1"), "2 this is no JSON: expected `,` or `]`, but the text ends");
        assert_eq!(told("[01]"), "1 this is no JSON: `01` is no number of JSON");
        assert_eq!(
            told("{\"a\tb\": 1}"),
            "3 this is no JSON: a text goes over the end of its line, or has a tab in it"
        );
        assert_eq!(told("{\"a\": 1, \"a\": 2}"), "9 the key `a` stands in this object twice");
        assert_eq!(told(&"[".repeat(100_000)), "64 lists and mappings stand more than 64 deep in each other");
    }
}
