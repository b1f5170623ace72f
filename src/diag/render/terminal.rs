//! Findings for people at a terminal. The only place that knows `miette`, and it only draws.

use super::excerpt::{Excerpt, Room};
use super::visible;
use crate::diag::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use std::fmt;

/// How many findings are drawn; the rest is counted. All of them are in the JSON.
const DRAWN: usize = 200;
/// Line numbers, the bar and a margin.
const GUTTER: usize = 12;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub color: bool,
    /// Columns; at least 40 are used.
    pub width: usize,
    /// Lines and arrows beyond ASCII.
    pub unicode: bool,
    /// Escape sequences for links: only for a terminal, never for a file.
    pub links: bool,
}

/// Draws findings, each with its lines, in the order in which they come. Nothing of the author's text reaches the terminal as
/// a control sequence, and long lines are cut around what is wrong in them.
pub fn terminal(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let drawing = Drawing::new(sources, style);
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(DRAWN) {
        drawing.draw(diagnostic, &mut out);
        out.push('\n');
    }
    let rest = diagnostics.len().saturating_sub(DRAWN);
    if rest > 0 {
        out.push_str(&format!("{rest} more findings are not drawn here; the JSON format has all of them.\n"));
    }
    out
}

struct Drawing<'a> {
    handler: GraphicalReportHandler,
    sources: &'a Sources,
    room: Room,
}

impl<'a> Drawing<'a> {
    fn new(sources: &'a Sources, style: Style) -> Self {
        let width = style.width.max(40);
        let theme = GraphicalTheme {
            characters: if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
            styles: if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
        };
        let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(style.links);
        Drawing { handler, sources, room: Room { width: width - GUTTER, unicode: style.unicode } }
    }

    fn draw(&self, diagnostic: &Diagnostic, out: &mut String) {
        let labels: Vec<&Label> = std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary).collect();
        let (excerpt, mut rest) = Excerpt::new(&labels, self.sources, &self.room);
        let report = Report {
            heading: Some(self.heading(diagnostic)),
            severity: diagnostic.severity,
            message: self.words(&diagnostic.message),
            help: diagnostic.help.as_deref().map(|help| self.words(help)),
            excerpt,
        };
        self.render(&report, out);
        while let Some(first) = rest.first() {
            let message = if first.text.is_empty() { "see also".to_owned() } else { self.words(&first.text) };
            let (excerpt, further) = Excerpt::new(&rest, self.sources, &self.room);
            rest = further;
            self.render(&Report { heading: None, severity: Severity::Notice, message, help: None, excerpt }, out);
        }
    }

    /// `error[SG1003] unquoted-placeholder, at connectors[0].request`
    fn heading(&self, diagnostic: &Diagnostic) -> String {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        let at = if diagnostic.path.is_empty() { "" } else { ", at " };
        format!("{severity}[{}] {}{at}{}", diagnostic.rule.code, diagnostic.rule.name, self.words(&diagnostic.path))
    }

    fn words(&self, text: &str) -> String {
        visible(text, self.room.unicode)
    }

    fn render(&self, report: &Report, out: &mut String) {
        let before = out.len();
        if self.handler.render_report(out, report).is_err() {
            out.truncate(before);
            out.push_str(&format!("{}\n  {}\n", report.heading.as_deref().unwrap_or_default(), report.message));
        }
    }
}

/// A finding as miette wants it.
#[derive(Debug)]
struct Report {
    heading: Option<String>,
    severity: Severity,
    message: String,
    help: Option<String>,
    excerpt: Excerpt,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.heading.as_ref().map(|heading| Box::new(heading) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Notice => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.excerpt.labels()))
    }
}
