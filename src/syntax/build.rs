//! Events of the YAML parser into nodes.
//!
//! Must not judge what only the text around a node tells (that is `repair` and `trouble`), and must not recurse: the depth of
//! the input is bounded here.

use super::budget::{Budget, MAX_DEPTH, Size};
use super::leaf::{Read, tag_place};
use super::repair::{is_placeholder, quoted, shortened, unquoted};
use super::{Entry, Node, NodeKind, Style};
use crate::diag::rules::yaml;
use crate::diag::{Diagnostic, Rule};
use crate::source::{FileId, Span};
use granit_parser::{Event, Parser, ScanError, StructureStyle};
use std::collections::HashMap;
use std::ops::Range;

/// Why building stopped before the end of the text.
pub(super) enum Stop {
    /// The text is not YAML from some place on.
    Syntax(ScanError),
    /// A budget is used up; the finding is among the others.
    Budget,
}

/// Parses `text`. `patches` are the places where it differs from `original`, which has the same length and is what values are
/// taken from.
pub(super) fn build<'a>(
    file: FileId,
    text: &'a str,
    original: &'a str,
    patches: &'a [Range<usize>],
) -> (Builder<'a>, Option<Stop>) {
    let mut builder = Builder::new(file, original, patches);
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        // Two kinds of nesting with a budget each: the sum stays bounded until our own count takes over.
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
    };
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match next {
            Ok(next) => next,
            Err(error) => return (builder, Some(Stop::Syntax(error))),
        };
        let Some(range) = span.byte_range() else { continue };
        match builder.event(event, range, &span) {
            Ok(true) => {}
            Ok(false) => break,
            Err(stop) => return (builder, Some(stop)),
        }
    }
    (builder, None)
}

pub(super) struct Builder<'a> {
    file: FileId,
    pub original: &'a str,
    pub patches: &'a [Range<usize>],
    pub root: Option<Node>,
    pub diagnostics: Vec<Diagnostic>,
    /// The collections that are open, outermost first.
    pub frames: Vec<Frame>,
    /// The end of the last event's text.
    pub last_end: usize,
    documents: usize,
    /// Finished nodes by the parser's number of their anchor.
    anchors: HashMap<usize, Anchored>,
    /// Where the anchor of each number stands.
    anchor_places: HashMap<usize, Range<usize>>,
    budget: Budget,
}

struct Anchored {
    node: Node,
    size: Size,
}

/// An open list or mapping.
pub(super) struct Frame {
    pub start: usize,
    pub flow: bool,
    anchor: usize,
    content: Content,
    /// Where the last finished child stands.
    pub child: Option<Range<usize>>,
}

enum Content {
    List(Vec<Node>),
    Mapping(Mapping),
}

#[derive(Default)]
struct Mapping {
    entries: Vec<Entry>,
    first: HashMap<String, Span>,
    /// The key whose value comes next.
    key: Option<Key>,
    /// Keys that are lists or mappings.
    complex: Vec<Span>,
}

enum Key {
    Named(String, Span),
    /// The value is read and left out: the key has a finding.
    Unusable,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, original: &'a str, patches: &'a [Range<usize>]) -> Self {
        Builder {
            file,
            original,
            patches,
            root: None,
            diagnostics: Vec::new(),
            frames: Vec::new(),
            last_end: 0,
            documents: 0,
            anchors: HashMap::new(),
            anchor_places: HashMap::new(),
            budget: Budget::default(),
        }
    }

    /// `false`: what follows is not read.
    fn event(&mut self, event: Event<'_>, range: Range<usize>, span: &granit_parser::Span) -> Result<bool, Stop> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second document begins here";
                    let help = "keep one document in a file: remove the line `---` and what follows, or move it to a file of its own";
                    self.report(&yaml::SEVERAL_DOCUMENTS, self.span(&range), message, help);
                    return Ok(false);
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.last_end = range.end;
                let read = Read { value: &value, style, range, column: span.start.col() };
                let node = match (tag.as_deref(), tag_place(span)) {
                    (Some(tag), Some(place)) => self.tagged(tag, place, &read),
                    _ => self.scalar(&read),
                };
                self.finish(node, anchor)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), span);
                self.open(Content::List(Vec::new()), style, range, anchor)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag.as_deref(), span);
                self.open(Content::Mapping(Mapping::default()), style, range, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
            Event::Anchor(id, _) => {
                self.anchor_places.insert(id, range);
            }
            Event::Alias(id) => {
                self.last_end = range.end;
                self.alias(id, range)?;
            }
            Event::UnresolvedAlias(name) => {
                self.last_end = range.end;
                let message = format!("no anchor `&{}` stands above this alias", shortened(&name));
                let help = format!("quote it if text is meant: `{}`", quoted(self.slice(&range)));
                self.report(&yaml::UNKNOWN_ALIAS, self.span(&range), message, help);
                self.finish(self.verbatim(range), 0)?;
            }
            _ => {}
        }
        Ok(true)
    }

    fn open(
        &mut self,
        content: Content,
        style: StructureStyle,
        range: Range<usize>,
        anchor: usize,
    ) -> Result<(), Stop> {
        self.last_end = self.last_end.max(range.end);
        self.charge(Size::COLLECTION, &range)?;
        let flow = style == StructureStyle::Flow;
        self.frames.push(Frame { start: range.start, flow, anchor, content, child: None });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        // A block collection is over where the next token begins; its own last child is the honest end.
        let end = match (&frame.child, range.is_empty()) {
            (Some(child), true) => child.end,
            _ => range.end,
        };
        self.last_end = self.last_end.max(end);
        let range = frame.start..end;
        let span = self.span(&range);
        let kind = match frame.content {
            Content::List(items) => NodeKind::Sequence(items),
            Content::Mapping(mapping) if mapping.complex.is_empty() => NodeKind::Mapping(mapping.entries),
            Content::Mapping(mapping) if mapping.entries.is_empty() && is_placeholder(self.slice(&range)) => {
                self.diagnostics.push(unquoted(span, self.slice(&range)).at(self.path()));
                self.verbatim(range).kind
            }
            Content::Mapping(mapping) => {
                for key in mapping.complex {
                    let help = "write a name before the colon; quote text that begins with `[` or `{`";
                    self.report(&yaml::COMPLEX_KEY, key, "a list or a mapping cannot be a key", help);
                }
                NodeKind::Mapping(mapping.entries)
            }
        };
        self.hand_over(Node { span, kind }, frame.anchor)
    }

    /// Takes a node that is no collection.
    fn finish(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        self.charge(Size::of(&node), &bytes(node.span))?;
        self.hand_over(node, anchor)
    }

    /// Gives a finished node to its anchor and to what it stands in.
    fn hand_over(&mut self, node: Node, anchor: usize) -> Result<(), Stop> {
        let range = bytes(node.span);
        if anchor != 0 {
            let size = Size::of(&node);
            self.charge(size, &range)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), size });
        }
        let Some(mut frame) = self.frames.pop() else {
            self.root = Some(node);
            return Ok(());
        };
        frame.child = Some(range);
        match &mut frame.content {
            Content::List(items) => items.push(node),
            Content::Mapping(mapping) => match mapping.key.take() {
                None => self.key(mapping, node),
                Some(Key::Named(key, key_span)) => mapping.entries.push(Entry { key, key_span, value: node }),
                Some(Key::Unusable) => {}
            },
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Takes `node` as the next key of `mapping`, which is not among the open frames meanwhile.
    fn key(&mut self, mapping: &mut Mapping, node: Node) {
        let span = node.span;
        let source = self.slice(&bytes(span));
        let text = match node.kind {
            NodeKind::Scalar(scalar) if scalar.style == Style::Plain && scalar.text == "<<" => {
                let help =
                    "write the keys out here, or give the whole value an anchor (`&name`) and an alias (`*name`)";
                self.report(&yaml::MERGE_KEY, span, "the merge key `<<` is not supported", help);
                None
            }
            NodeKind::Scalar(scalar) => Some(scalar.text),
            NodeKind::Null if source.is_empty() => {
                self.missing_key(span);
                None
            }
            NodeKind::Null => Some(source.to_owned()),
            NodeKind::Sequence(_) | NodeKind::Mapping(_) => {
                mapping.complex.push(span);
                None
            }
        };
        mapping.key = Some(match text {
            None => Key::Unusable,
            Some(text) => match mapping.first.get(&text) {
                Some(&first) => {
                    self.duplicate(&text, span, first);
                    Key::Unusable
                }
                None => {
                    mapping.first.insert(text.clone(), span);
                    Key::Named(text, span)
                }
            },
        });
    }

    fn missing_key(&mut self, gap: Span) {
        let before = bytes(gap).start.saturating_sub(1)..bytes(gap).start;
        let place = if self.slice(&before) == ":" { self.span(&before) } else { gap };
        self.report(
            &yaml::COMPLEX_KEY,
            place,
            "a key is missing here",
            "write the key, then a colon, a blank and its value",
        );
    }

    fn duplicate(&mut self, key: &str, span: Span, first: Span) {
        let shown = shortened(key);
        let path = join(self.path(), Step::Key(key));
        let diagnostic =
            Diagnostic::new(&yaml::DUPLICATE_KEY, span, format!("the key `{shown}` stands in this mapping twice"))
                .label("again here")
                .also(first, "first here")
                .help(format!("keep one `{shown}`; until then the first one counts"))
                .at(path);
        self.diagnostics.push(diagnostic);
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Stop> {
        let Some(Anchored { node, size }) = self.anchors.get(&id) else {
            // The anchor is known and not finished: the alias stands inside of it.
            let span = self.span(&range);
            let mut diagnostic = Diagnostic::new(
                &yaml::RECURSIVE_ALIAS,
                span,
                "this alias stands inside of the value that it stands for",
            )
            .help("write the value out, or move the anchor to a value that does not hold its own alias")
            .at(self.path());
            if let Some(place) = self.anchor_places.get(&id) {
                diagnostic = diagnostic.also(self.span(place), "the anchor");
            }
            self.diagnostics.push(diagnostic);
            return self.finish(self.verbatim(range), 0);
        };
        let (node, size) = (node.clone(), *size);
        self.charge(size, &range)?;
        self.hand_over(node, 0)
    }

    /// Counts what is about to be kept.
    fn charge(&mut self, size: Size, at: &Range<usize>) -> Result<(), Stop> {
        self.budget.charge(size, self.frames.len()).map_err(|over| {
            self.report(over.rule, self.span(at), over.message, over.help);
            Stop::Budget
        })
    }

    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(rule, span, message).help(help).at(self.path()));
    }

    /// Where the next node goes, e.g. `tables[0].columns`.
    fn path(&self) -> String {
        self.path_through(self.frames.len())
    }

    /// Where the node that comes next in the outer `depth` open collections goes.
    fn path_through(&self, depth: usize) -> String {
        self.frames.iter().take(depth).fold(String::new(), |path, frame| match &frame.content {
            Content::List(items) => join(path, Step::Item(items.len())),
            Content::Mapping(Mapping { key: Some(Key::Named(key, _)), .. }) => join(path, Step::Key(key)),
            Content::Mapping(_) => path,
        })
    }

    /// Where the node that begins at `start` goes: an open collection, the last finished node, else the next one.
    pub fn path_of(&self, start: usize) -> String {
        if let Some(depth) = self.frames.iter().position(|frame| frame.flow && frame.start == start) {
            return self.path_through(depth);
        }
        let finished =
            self.frames.last().filter(|frame| frame.child.as_ref().is_some_and(|child| child.start == start));
        match finished.map(|frame| &frame.content) {
            Some(Content::List(items)) => {
                let path = self.path();
                let list = path.rsplit_once('[').map_or("", |(list, _)| list).to_owned();
                join(list, Step::Item(items.len().saturating_sub(1)))
            }
            Some(Content::Mapping(Mapping { entries, key: None, .. })) => match entries.last() {
                Some(entry) => join(self.path(), Step::Key(&entry.key)),
                None => self.path(),
            },
            _ => self.path(),
        }
    }

    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        self.original.get(range.clone()).unwrap_or("")
    }

    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

enum Step<'a> {
    Item(usize),
    Key(&'a str),
}

fn join(path: String, step: Step<'_>) -> String {
    match step {
        Step::Item(index) => format!("{path}[{index}]"),
        Step::Key(key) if path.is_empty() => key.to_owned(),
        Step::Key(key) => format!("{path}.{key}"),
    }
}
