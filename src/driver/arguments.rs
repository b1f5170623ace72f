//! The command line as a text that findings can point into. Values that may be secrets are never in it.

use crate::source::{FileId, Sources, Span};

/// How messages name it.
const SHOWN: &str = "command line";

/// A command line under construction. Spans are known at once; the text becomes a source at the end.
#[derive(Debug, Clone)]
pub struct Arguments {
    text: String,
    file: FileId,
}

impl Arguments {
    /// `command`: the name of the subcommand, e.g. `build`.
    pub fn new(command: &str) -> Self {
        // A source list holds the command line first, so that its findings come before those of files.
        Arguments { text: format!("sentinel-gen {command}"), file: FileId(0) }
    }

    /// Appends a word and returns its place. Line breaks become spaces: a command line is one line.
    pub fn word(&mut self, word: &str) -> Span {
        self.text.push(' ');
        let start = self.text.len();
        self.text.extend(word.chars().map(|c| if c.is_control() { ' ' } else { c }));
        Span::new(self.file, start, self.text.len())
    }

    /// The place of the whole command line.
    pub fn whole(&self) -> Span {
        Span::new(self.file, 0, self.text.len())
    }

    /// The sources that the places are in. A compilation's own sources may be put behind it.
    pub fn into_sources(self) -> Sources {
        let mut sources = Sources::default();
        sources.add(SHOWN, self.text.into());
        sources
    }
}
