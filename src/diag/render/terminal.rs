//! Findings for people at a terminal. The only place that knows `miette`, and it only draws.

use super::excerpt::{Excerpt, Room};
use super::visible;
use crate::diag::{Diagnostic, Diagnostics, Label, Severity};
use crate::source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles};
use std::fmt;

/// How many findings are drawn; the rest is counted. All of them are in the JSON.
const DRAWN: usize = 200;
/// How many pieces of text are drawn for the further places of one finding; the rest is counted.
const FURTHER: usize = 5;
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
        for _ in 0..FURTHER {
            let Some(first) = rest.first() else { break };
            let message = if first.text.is_empty() { "see also".to_owned() } else { self.words(&first.text) };
            let (excerpt, further) = Excerpt::new(&rest, self.sources, &self.room);
            rest = further;
            let excerpt = excerpt.without_primary_words();
            self.render(&Report { heading: None, severity: Severity::Notice, message, help: None, excerpt }, out);
        }
        if !rest.is_empty() {
            let places = if rest.len() == 1 { "place is" } else { "places are" };
            out.push_str(&format!("  {} more {places} not drawn here; the JSON format has all of them.\n", rest.len()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::rules::yaml;
    use crate::source::{FileId, Span};

    const PLAIN: Style = Style { color: false, width: 70, unicode: true, links: false };

    fn draw(text: &str, diagnostic: Diagnostic, style: Style) -> String {
        let mut sources = Sources::default();
        sources.add("a.yaml", text.into());
        sources.add("b.kql", "source\n| where x\n".into());
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(diagnostic);
        terminal(&diagnostics, &sources, style)
    }

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).expect(part);
        Span::new(FileId(0), start, start + part.len())
    }

    #[test]
    fn labels_that_stand_together_are_one_piece() {
        let text = "a: 1\nb: 2\na: 3\n";
        let diagnostic =
            Diagnostic::new(&yaml::DUPLICATE_KEY, Span::new(FileId(0), 10, 11), "the key `a` stands here twice")
                .label("again")
                .also(Span::new(FileId(0), 0, 1), "first")
                .help("keep one")
                .at("a");
        let expected = "\
error[SG1001] duplicate-key, at a

  × the key `a` stands here twice
   ╭─[a.yaml:3:1]
 1 │ a: 1
   · ┬
   · ╰── first
 2 │ b: 2
 3 │ a: 3
   · ┬
   · ╰── again
   ╰────
  help: keep one

";
        assert_eq!(draw(text, diagnostic, PLAIN), expected);
    }

    #[test]
    fn labels_far_away_and_in_other_files_follow() {
        let text = format!("first: 1\n{}last: 2\n", "# between\n".repeat(50));
        let diagnostic = Diagnostic::new(&yaml::TAG, span(&text, "last"), "message")
            .also(span(&text, "first"), "defined here")
            .also(Span::new(FileId(1), 7, 14), "");
        let expected = "\
error[SG1011] tag

  x message
    ,-[a.yaml:52:1]
 51 | # between
 52 | last: 2
    : ^^^^
    `----
  > defined here
   ,-[a.yaml:1:1]
 1 | first: 1
   : ^^^^^
 2 | # between
   `----
  > see also
   ,-[b.kql:2:1]
 1 | source
 2 | | where x
   : ^^^^^^^
   `----

";
        assert_eq!(draw(&text, diagnostic, Style { unicode: false, ..PLAIN }), expected);
    }

    #[test]
    fn a_long_line_is_cut_around_its_label_and_keeps_its_column() {
        let text = format!("{}wrong{}\n", "ä".repeat(500_000), "x".repeat(500_000));
        let drawn = draw(&text, Diagnostic::new(&yaml::TAG, span(&text, "wrong"), "message"), PLAIN);
        assert!(drawn.contains("[a.yaml:1:500001]"), "{drawn}");
        assert!(drawn.contains("ääwrongxx"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() <= 70), "{drawn}");
    }

    #[test]
    fn a_tall_label_is_shown_by_its_first_line() {
        let text = "a:\n".to_owned() + &"  - b\n".repeat(100);
        let drawn = draw(&text, Diagnostic::new(&yaml::TAG, Span::new(FileId(0), 0, text.len()), "message"), PLAIN);
        assert!(drawn.lines().count() < 10, "{drawn}");
    }

    #[test]
    fn nothing_of_the_authors_text_acts_on_the_terminal() {
        let text = "a: \u{1b}[2Jx\u{202e}\u{9b}31m\r\n";
        let diagnostic = Diagnostic::new(&yaml::TAG, span(text, "x"), "about \u{1b}[2J")
            .label("\u{7}")
            .help("\u{1b}]8;;http://x\u{7}")
            .at("\u{1b}");
        for unicode in [true, false] {
            let drawn = draw(text, diagnostic.clone(), Style { unicode, ..PLAIN });
            assert!(!drawn.chars().any(|c| c != '\n' && super::super::is_invisible(c)), "{drawn:?}");
        }
    }

    #[test]
    fn a_file_without_text_is_named() {
        let drawn = draw("", Diagnostic::new(&yaml::EMPTY, Span::start_of(FileId(0)), "there is nothing"), PLAIN);
        assert!(drawn.contains("[a.yaml:1:1]"), "{drawn}");
    }

    #[test]
    fn more_places_of_a_finding_than_anyone_reads_are_counted() {
        let text = format!("b\n{}", "#\n".repeat(20)).repeat(FURTHER + 3);
        let mut places = text.match_indices('b').map(|(at, _)| Span::new(FileId(0), at, at + 1));
        let first = Diagnostic::new(&yaml::TAG, places.next().unwrap(), "message");
        let drawn = draw(&text, places.fold(first, |finding, place| finding.also(place, "here too")), PLAIN);
        assert_eq!(drawn.matches("here too").count(), FURTHER, "{drawn}");
        assert!(drawn.ends_with("  2 more places are not drawn here; the JSON format has all of them.\n\n"), "{drawn}");
    }

    #[test]
    fn more_findings_than_anyone_reads_are_counted() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a\n".into());
        let mut diagnostics = Diagnostics::default();
        for index in 0..DRAWN + 3 {
            diagnostics.push(Diagnostic::new(&yaml::TAG, Span::start_of(FileId(0)), format!("finding {index}")));
        }
        let drawn = terminal(&diagnostics, &sources, PLAIN);
        assert!(drawn.ends_with("3 more findings are not drawn here; the JSON format has all of them.\n"), "{drawn}");
    }
}
