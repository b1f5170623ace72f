//! From a file to a document: reading, budgets, and going on behind text that should have been quoted.

use super::build::{self, Stop};
use super::characters;
use super::{Document, Node, repair, trouble};
use crate::diag::rules::yaml;
use crate::diag::{Diagnostic, Diagnostics, unreadable};
use crate::source::{FileError, FileId, Sources, Span, World};
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
            Document { file, root: parse_text(file, &text, diagnostics) }
        }
        Err(error) => {
            let file = sources.add(shown, Arc::from(""));
            diagnostics.push(unreadable(&error, shown, Span::start_of(file)));
            Document { file, root: None }
        }
    }
}

fn parse_text(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (findings, readable) = characters::check(file, text);
    findings.into_iter().for_each(|finding| diagnostics.push(finding));
    let root = if readable { read_on(file, text, diagnostics)? } else { return None };
    if root.is_none() {
        let diagnostic = Diagnostic::new(&yaml::EMPTY, Span::start_of(file), "there is nothing in the file")
            .help("A spec begins with `version: 1`, `solution:` and what the solution holds.");
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
        let goes_on = patches.len() < MAX_REPAIRS && patches.len() * text.len() < REPAIR_BYTES;
        let patch = match &stop {
            Some(Stop::Syntax(error)) => repair::unquoted_text(&builder, &text, error).filter(|patch| {
                goes_on && !patches.iter().any(|earlier| earlier.start < patch.end && patch.start < earlier.end)
            }),
            _ => None,
        };
        if let Some(patch) = patch {
            let diagnostic = repair::unquoted(builder.span(&patch), builder.slice(&patch)).at(builder.path());
            diagnostics.push(diagnostic);
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
