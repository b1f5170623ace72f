//! From a file to a document: reading, budgets, and going on behind text that should have been quoted.

use super::build::{self, Stop};
use super::characters;
use super::{Document, Node, json, repair, trouble};
use crate::diag::rules::yaml;
use crate::diag::{Diagnostic, Diagnostics, unreadable};
use crate::source::{FileError, FileId, Files, Sources, Span, Spanned, World};
use std::ops::Range;
use std::sync::Arc;

/// The largest spec, in bytes.
pub const MAX_FILE: usize = 4 << 20;
/// How often a file is read again behind unquoted text.
const MAX_REPAIRS: usize = 100;
/// How many bytes those readings may come to: the larger the file, the fewer of them.
const REPAIR_BYTES: usize = 16 << 20;

/// Reads and parses the spec `file` of `world`; `shown` is its name in messages. The file joins `sources` in any case, empty
/// where it cannot be read, and everything found goes to `diagnostics`.
///
/// A document with a root may still have findings: what they are about is left out, or read as text where text was meant.
pub fn parse(
    world: &dyn World,
    file: &str,
    shown: &str,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Document {
    let read = world.read(file).and_then(|text| match text.len() {
        0..=MAX_FILE => Ok(text),
        size => Err(FileError::TooLarge { size: size as u64, limit: MAX_FILE as u64 }),
    });
    match read {
        Ok(text) => {
            let file = sources.add(shown, Arc::clone(&text));
            Document { file, root: parse_text(file, &text, Format::Yaml, SPEC_IS_EMPTY, diagnostics) }
        }
        Err(error) => {
            let file = sources.add(shown, Arc::from(""));
            diagnostics.push(unreadable(&error, shown, Span::start_of(file)));
            Document { file, root: None }
        }
    }
}

const SPEC_IS_EMPTY: &str = "begin with `version: 1`, `solution:` and what the solution holds";

/// Reads and parses another file of a spec, named at `name`; as [`parse`], but a file that cannot be read is a finding at its
/// name, and one whose name ends in `.json` has to be JSON.
pub fn parse_named(files: &mut Files<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Node> {
    match files.read(&name.value) {
        Ok((file, text)) => {
            let empty = "write the item's keys into it, or name another file";
            let format = if name.value.to_ascii_lowercase().ends_with(".json") { Format::Json } else { Format::Yaml };
            parse_text(file, &text, format, empty, diagnostics)
        }
        Err(error) => {
            diagnostics.push(unreadable(&error, &name.value, name.span));
            None
        }
    }
}

#[derive(Clone, Copy)]
enum Format {
    Yaml,
    Json,
}

/// `empty`: what to do about a file with nothing in it.
fn parse_text(file: FileId, text: &str, format: Format, empty: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (findings, readable) = characters::check(file, text);
    findings.into_iter().for_each(|finding| diagnostics.push(finding));
    if !readable {
        return None;
    }
    let root = match format {
        Format::Json if !text.trim().is_empty() => Some(json::read(file, text, diagnostics)?),
        Format::Json | Format::Yaml => read_on(file, text, diagnostics)?,
    };
    if root.is_none() {
        let diagnostic =
            Diagnostic::new(&yaml::EMPTY, Span::start_of(file), "there is nothing in the file").help(empty);
        diagnostics.push(diagnostic);
    }
    root
}

/// Builds the tree, again behind each value that should have been quoted. `None`: it cannot be read to its end. `Some(None)`:
/// it has nothing in it.
fn read_on(file: FileId, original: &str, diagnostics: &mut Diagnostics) -> Option<Option<Node>> {
    let mut text = original.to_owned();
    let mut patches: Vec<Range<usize>> = Vec::new();
    loop {
        let (builder, stop) = build::build(file, &text, original, &patches);
        let patch = match &stop {
            Some(Stop::Syntax(error)) => repair::unquoted_text(&builder, &text, error),
            _ => None,
        };
        let is_new = |patch: &Range<usize>| !patches.iter().any(|old| old.start < patch.end && patch.start < old.end);
        if let Some(patch) = patch.filter(is_new) {
            let diagnostic = repair::unquoted(builder.span(&patch), builder.slice(&patch));
            diagnostics.push(diagnostic.at(builder.path_of(patch.start)));
            if patches.len() >= MAX_REPAIRS || patches.len() * text.len() >= REPAIR_BYTES {
                return None;
            }
            // Letters: text without quotes, of the same length, that means nothing to YAML.
            text.replace_range(patch.clone(), &"x".repeat(patch.len()));
            patches.push(patch);
            continue;
        }
        let last = match &stop {
            Some(Stop::Syntax(error)) => Some(trouble::diagnose(&builder, &text, error)),
            _ => None,
        };
        let build::Builder { root, diagnostics: found, .. } = builder;
        found.into_iter().chain(last).for_each(|diagnostic| diagnostics.push(diagnostic));
        return stop.is_none().then_some(root.filter(|root| root.kind != super::NodeKind::Null));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;
    use crate::syntax::{Entry, NodeKind, Plain, Scalar, Style};

    struct Read {
        root: Option<Node>,
        diagnostics: Diagnostics,
        sources: Sources,
    }

    fn read(text: &str) -> Read {
        let (mut sources, mut diagnostics) = Default::default();
        let world = MemoryWorld::default().with("a.yaml", text);
        let root = parse(&world, "a.yaml", "a.yaml", &mut sources, &mut diagnostics).root;
        Read { root, diagnostics: diagnostics.sorted(), sources }
    }

    impl Read {
        fn entry(&self, key: &str) -> &Entry {
            self.root.as_ref().and_then(|root| root.get(key)).expect(key)
        }

        fn under(&self, span: Span) -> &str {
            self.sources.slice(span)
        }

        fn paths(&self) -> Vec<&str> {
            self.diagnostics.iter().map(|diagnostic| diagnostic.path.as_str()).collect()
        }
    }

    #[test]
    fn spans_are_those_of_keys_and_values() {
        let text = "plain: a b # c\n\"quoted\": 'x ''y'''\nblock: |\n  one\n  two\n\nlist:\n  - a\n  - b: c\n\nmap: { d: 1 }\n";
        let read = read(text);
        let spans = |key: &str| (read.under(read.entry(key).key_span), read.under(read.entry(key).value.span));
        assert_eq!(spans("plain"), ("plain", "a b"));
        assert_eq!(spans("quoted"), ("\"quoted\"", "'x ''y'''"));
        assert_eq!(spans("block"), ("block", "one\n  two"));
        assert_eq!(spans("list"), ("list", "- a\n  - b: c"));
        assert_eq!(spans("map"), ("map", "{ d: 1 }"));
        assert_eq!(read.under(read.root.as_ref().expect("root").span), text.trim_end());
    }

    #[test]
    fn a_missing_value_has_its_place_behind_the_colon() {
        let read = read("a:   # later\nb:\nc: ~\n");
        let place = |key: &str| (read.entry(key).value.span.start, read.entry(key).value.span.end);
        assert_eq!((place("a"), place("b"), place("c")), ((2, 2), (15, 15), (19, 20)));
        assert!(["a", "b", "c"].iter().all(|key| read.entry(key).value.kind == NodeKind::Null));
    }

    #[test]
    fn only_scalars_without_quotes_are_typed() {
        let read = read("a: true\nb: 'true'\nc: 1.0\nd: |\n  1\ne: no\nf: \"\"\n");
        let plain = |key: &str| read.entry(key).value.as_scalar().map(Scalar::plain);
        assert_eq!(plain("a"), Some(Plain::Bool(true)));
        assert_eq!(plain("b"), Some(Plain::Text));
        assert_eq!(plain("c"), Some(Plain::Real(1.0)));
        assert_eq!(plain("d"), Some(Plain::Text));
        assert_eq!(plain("e"), Some(Plain::Text));
        assert_eq!(plain("f"), Some(Plain::Text));
    }

    #[test]
    fn an_alias_is_its_anchors_value_at_the_anchors_place() {
        let read = read("a: &a { x: [1] }\nb: *a\n");
        assert_eq!(read.entry("a").value, read.entry("b").value);
        assert_eq!(read.under(read.entry("b").value.span), "{ x: [1] }");
    }

    #[test]
    fn text_that_lacks_its_quotes_is_read_as_text() {
        let read = read("a: {{x}}/y\nb: [$.a[*], {{z}}]\nc: Note: this\n");
        assert_eq!(read.diagnostics.len(), 4);
        let a = read.entry("a");
        let text = a.value.as_scalar().expect("text");
        assert_eq!((text.text.as_str(), text.style), ("{{x}}/y", Style::Quoted));
        assert_eq!(read.under(text.span_of(5..7, a.value.span)), "/y");
        let items = read.entry("b").value.items().expect("list");
        let texts: Vec<&str> = items.iter().filter_map(Node::as_scalar).map(|scalar| scalar.text.as_str()).collect();
        assert_eq!(texts, ["$.a[*]", "{{z}}"]);
        assert_eq!(read.entry("c").value.as_scalar().map(|scalar| scalar.text.as_str()), Some("Note: this"));
    }

    #[test]
    fn findings_say_where_in_the_spec_they_are() {
        assert_eq!(read("a: { b: [1, { c: 1, c: 2 }] }").paths(), ["a.b[1].c"]);
        assert_eq!(read("a:\n  - b: {{x}}\n  - c: {{x}}/y\n    d: *e\n").paths(), ["a[0].b", "a[1].c", "a[1].d"]);
        assert_eq!(read("a: [x, {{y}}/z]\nb: [1, $.c[*]]").paths(), ["a[1]", "b[1]"]);
        assert_eq!(read("a:\n  b: [1,\nc: 2\n").paths(), ["a.b"]);
        assert_eq!(read("a:\n  b: [1, 2").paths(), ["a.b"]);
        assert_eq!(read("a: &a\n  b: *a\n").paths(), ["a.b"]);
    }

    #[test]
    fn a_file_over_the_limit_is_refused_whatever_the_world_says() {
        let read = read(&"a: 1\n".repeat(100 * (1 << 20) / 5));
        assert!(read.root.is_none());
        assert_eq!(read.diagnostics.iter().map(|d| d.rule.name).collect::<Vec<_>>(), ["file-too-large"]);
        assert_eq!(read.sources.text(FileId(0)), "", "a text that is not read is not kept");
    }
}
