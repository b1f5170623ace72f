//! Properties of reading: places are exact, and no input does harm. `PROPTEST_CASES=100000` looks longer than the usual 256.

use proptest::prelude::*;
use sentinel_gen::diag::Diagnostics;
use sentinel_gen::diag::render::{Style, json, terminal};
use sentinel_gen::source::{MemoryWorld, Sources};
use sentinel_gen::syntax::{self, Node, NodeKind, Scalar};

fn parse(text: &str) -> (Option<Node>, Diagnostics, Sources) {
    let (mut sources, mut diagnostics) = Default::default();
    let world = MemoryWorld::default().with("a.yaml", text);
    let document = syntax::parse(&world, "a.yaml", "a.yaml", &mut sources, &mut diagnostics);
    (document.root, diagnostics.sorted(), sources)
}

/// A scalar as it stands behind `key:`, indented by `indent` where it has lines of its own.
#[derive(Debug, Clone)]
struct Written {
    text: String,
}

/// Words without anything that YAML would take for its own at any place.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zäöü€😀]{1,4}", 1..4).prop_map(|words| words.join(" "))
}

/// A line of a block: anything may stand in it, blanks at its start and end included.
fn block_line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => words(),
        1 => Just(String::new()),
        1 => (0..3usize, words()).prop_map(|(blanks, words)| format!("{}{words}", " ".repeat(blanks))),
        1 => words().prop_map(|words| format!("{words}\t| where x == \"[{{#: '{words}  ")),
    ]
}

fn block(indicator: &'static str) -> impl Strategy<Value = Written> {
    let header = (prop::sample::select(vec!["", "-", "+"]), 1..5usize, any::<bool>());
    (header, words(), prop::collection::vec(block_line(), 0..6)).prop_map(
        move |((chomping, indent, says_indent), first, lines)| {
            let says = if says_indent { indent.to_string() } else { String::new() };
            let mut text = format!("{indicator}{says}{chomping}\n");
            for line in std::iter::once(first).chain(lines) {
                let blanks = if line.is_empty() { 0 } else { indent };
                text.push_str(&format!("{}{line}\n", " ".repeat(blanks)));
            }
            Written { text }
        },
    )
}

/// Text that goes over lines, folded by YAML, between `quote`s; `pieces` are what may stand in it.
fn flow(quote: &'static str, pieces: impl Strategy<Value = String>) -> impl Strategy<Value = Written> {
    let gap = prop_oneof![Just(" "), Just("  "), Just("\n  "), Just("  \n   "), Just("\n\n  "), Just(" \n  \n\n  ")];
    (words(), prop::collection::vec((gap, pieces), 0..5)).prop_map(move |(first, rest)| {
        let rest: String = rest.into_iter().map(|(gap, piece)| format!("{gap}{piece}")).collect();
        Written { text: format!("{quote}{first}{rest}{quote}\n") }
    })
}

fn scalar() -> impl Strategy<Value = Written> {
    let escape = prop::sample::select(vec![
        r"\n",
        r"\t",
        r"\\",
        r#"\""#,
        r"\x41",
        r"\u00e4",
        r"\U0001F600",
        r"\ud83d\ude00",
        "\\\n  ",
        "\\\n\n  ",
        r"\/",
        r"\ ",
        "'",
    ]);
    let escaped = (words(), escape).prop_map(|(words, escape)| format!("{words}{escape}{words}"));
    prop_oneof![
        3 => block("|"),
        3 => block(">"),
        1 => flow("", words()),
        1 => flow("'", prop_oneof![words(), Just("it''s".to_owned()), Just("''''".to_owned()), Just("\\\"".to_owned())]),
        2 => flow("\"", prop_oneof![words(), escaped]),
    ]
}

fn document() -> impl Strategy<Value = String> {
    let entry = (scalar(), prop::sample::select(vec!["", "  # comment", "\n"]));
    (prop::collection::vec(entry, 1..5), any::<bool>(), any::<bool>()).prop_map(|(entries, crlf, mark)| {
        let mut text = String::new();
        for (index, (scalar, after)) in entries.iter().enumerate() {
            text.push_str(&format!("key{index}: {}", scalar.text));
            if after.is_empty() {
                continue;
            }
            text.push_str(&format!("# between{after}\n"));
        }
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        if mark { format!("\u{feff}{text}") } else { text }
    })
}

/// What stands in the file for one character of a value.
fn stands_for(written: &str, c: char) -> bool {
    let folded = c == ' ' && matches!(written, "\n" | "\r\n");
    let kept = c == '\n' && written == "\r\n";
    written == c.to_string() || folded || kept || written == "''" && c == '\'' || written.starts_with('\\')
}

fn check_scalar(scalar: &Scalar, node: &Node, sources: &Sources) -> Result<(), TestCaseError> {
    let mut last = 0;
    for (at, c) in scalar.text.char_indices() {
        let span = scalar.span_of(at..at + c.len_utf8(), node.span);
        let written = sources.slice(span);
        prop_assert!(stands_for(written, c), "{c:?} at byte {at} of {:?} is said to stand at {written:?}", scalar.text);
        prop_assert!(span.start >= last, "places go backwards at byte {at} of {:?}", scalar.text);
        last = span.start;
    }
    Ok(())
}

fn check_spans(node: &Node, sources: &Sources) -> Result<(), TestCaseError> {
    let text = sources.text(node.span.file);
    let fits = |span: sentinel_gen::source::Span| text.get(span.start as usize..span.end as usize).is_some();
    prop_assert!(fits(node.span), "{:?}", node.span);
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(scalar) => prop_assert!(fits(scalar.span_of(0..scalar.text.len(), node.span))),
        NodeKind::Sequence(items) => items.iter().try_for_each(|item| check_spans(item, sources))?,
        NodeKind::Mapping(entries) => {
            for entry in entries {
                prop_assert!(fits(entry.key_span));
                check_spans(&entry.value, sources)?;
            }
        }
    }
    Ok(())
}

/// Pieces of YAML, whole and broken, in any order: bytes at random hardly ever come near the parser's corners.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "key: ",
        "- ",
        "? ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "\t",
        "\"",
        "'",
        "''",
        "\\",
        "\\n",
        "|",
        ">",
        "|2-",
        "#",
        " #c",
        "&a ",
        "*a",
        "*",
        "!t ",
        "!!str ",
        "!<",
        "%YAML 1.2\n",
        "---\n",
        "...\n",
        "<<: ",
        "{{x}}",
        "$.a[*]",
        "@",
        "`",
        "ä",
        "😀",
        "\u{feff}",
        "\u{202e}",
        "\0",
        "\u{85}",
        "~",
        "null",
        "1.0",
        "\\ud83d",
        "\\x4",
        " ",
        "  ",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_harmless(text: &str) -> Result<(), TestCaseError> {
    let (root, diagnostics, sources) = parse(text);
    prop_assert!(root.is_some() || !diagnostics.is_empty(), "nothing read and nothing said");
    for diagnostic in diagnostics.iter() {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary) {
            let range = label.span.start as usize..label.span.end as usize;
            prop_assert!(
                text.get(range).is_some(),
                "{}: a label outside of the text or inside of a character",
                diagnostic.rule.code
            );
        }
    }
    for (unicode, width) in [(true, 80), (false, 40)] {
        let drawn = terminal(&diagnostics, &sources, Style { color: false, width, unicode, links: false });
        let controls = drawn.chars().filter(|&c| c.is_control() && c != '\n').count();
        prop_assert_eq!(controls, 0, "control characters in {:?}", drawn);
    }
    prop_assert!(serde_json::from_str::<serde_json::Value>(&json(&diagnostics, &sources)).is_ok());
    root.iter().try_for_each(|root| check_spans(root, &sources))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_of_a_value_has_its_place(text in document()) {
        let (root, diagnostics, sources) = parse(&text);
        prop_assert!(diagnostics.is_empty(), "{:?}", diagnostics.iter().map(|d| &d.message).collect::<Vec<_>>());
        for entry in root.iter().filter_map(Node::entries).flatten() {
            if let Some(scalar) = entry.value.as_scalar() {
                check_scalar(scalar, &entry.value, &sources)?;
            }
        }
    }

    #[test]
    fn no_pieces_of_yaml_do_harm(text in fragments()) {
        check_harmless(&text)?;
    }

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_harmless(&String::from_utf8_lossy(&bytes))?;
    }
}
