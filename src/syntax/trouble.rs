//! Syntax errors in words: what the YAML parser found, where to look, what to write.
//!
//! Must not change how anything is read.

use super::budget::too_deep;
use super::build::Builder;
use super::repair::{line_of, shortened, value_start};
use crate::diag::rules::yaml;
use crate::diag::{Diagnostic, Rule};
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// The finding for an error that ends the reading of a file.
pub(super) fn diagnose(builder: &Builder<'_>, text: &str, error: &ScanError) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let scene = Scene { builder, text, at, line: line_of(text, at) };
    let diagnostic = scene.finding(error.kind());
    let path = builder.path_of(diagnostic.primary.span.start as usize);
    diagnostic.at(path)
}

struct Scene<'a> {
    builder: &'a Builder<'a>,
    text: &'a str,
    at: usize,
    line: Range<usize>,
}

impl Scene<'_> {
    fn finding(&self, kind: &ErrorKind) -> Diagnostic {
        use ErrorKind as E;
        match kind {
            E::TabNotAllowed
            | E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabInPlainScalar
            | E::TabAtBlockScalarStart => self.tab(),
            E::RecursionLimitExceeded => {
                let over = too_deep();
                self.here(over.rule, over.message, over.help)
            }
            E::UnclosedFlowCollection { .. } => self.unclosed_bracket(self.at, false),
            _ if self.bracket_above().is_some() => self.unclosed_bracket(self.bracket_above().unwrap_or(self.at), true),
            E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
                self.unclosed_quote()
            }
            E::MisplacedFlowCollectionEnd => self.stray_bracket(),
            E::MismatchedFlowCollectionEnd { open, close } => {
                let help = format!("write `{}` instead, or close what stands between first", closing(*open));
                self.here(&yaml::SYNTAX, format!("this `{open}` is closed by `{close}`"), help)
            }
            E::InvalidTrailingSingleQuotedScalar => {
                let help =
                    "write a quote inside of single quotes twice, `'it''s'`, or put the whole text in double quotes";
                self.here(&yaml::SYNTAX, "text stands behind the closing quote", help)
            }
            E::InvalidTrailingDoubleQuotedScalar => {
                let help = "write a quote inside of double quotes as `\\\"`, or put the whole text in single quotes";
                self.here(&yaml::SYNTAX, "text stands behind the closing quote", help)
            }
            E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape => self.escape(),
            E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => {
                let help = "write the character itself, or `\\U` and its eight digits: `\\U0001F512`";
                self.here(&yaml::SYNTAX, "this text in quotes has an escape that is no character", help)
            }
            _ if self.tab_in_indentation(self.line.clone()).is_some() => self.tab(),
            _ => self.structure(kind),
        }
    }

    /// Errors of lines and their order.
    fn structure(&self, kind: &ErrorKind) -> Diagnostic {
        use ErrorKind as E;
        match kind {
            E::SimpleKeyExpected | E::InvalidSimpleKey => {
                let help = "write `key: value`; indent text that goes on here deeper than its key, or quote it";
                self.rest_of_line(&yaml::SYNTAX, "this is no `key: value`, and nothing above goes on here", help)
            }
            E::BlockSequenceEntryNotAllowed => {
                let help = "begin the list on the next line, each item with `- `, or write it in brackets: `[a, b]`";
                self.here(&yaml::INDENTATION, "a list cannot begin here", help)
            }
            E::ExpectedBlockMappingKey
            | E::ExpectedBlockSequenceEntry
            | E::InvalidIndentation
            | E::MappingKeyNotAllowed
            | E::InvalidBlockScalarIndent
            | E::InvalidFlowScalarIndent => {
                let help = "give lines that belong together the same number of blanks before them";
                self.rest_of_line(
                    &yaml::INDENTATION,
                    "this line is indented differently from the lines that it belongs to",
                    help,
                )
            }
            E::MappingValueNotAllowed | E::InvalidColonPlacement => self.colon(),
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
                let help = "begin the text on the next line; behind `|` or `>` only `+`, `-` and the number of blanks (1 to 9) may stand";
                self.rest_of_line(&yaml::SYNTAX, "the text of a block cannot stand on this line", help)
            }
            E::MissingAnchorOrAliasName => {
                let help = "write a name behind `&` or `*`; quote it if text is meant";
                self.here(&yaml::SYNTAX, "an anchor or alias without a name", help)
            }
            E::CommentNotSeparated | E::CommentInterceptedScalar => {
                let help = "put a blank before `#`; text that goes on over several lines has no comments in between";
                self.here(&yaml::SYNTAX, "a comment cannot stand here", help)
            }
            E::UnexpectedCharacter { character } => {
                let message = format!("`{}` cannot stand here", character.escape_debug());
                self.here(&yaml::SYNTAX, message, "quote the text if it begins one")
            }
            _ if self.text.get(self.line.clone()).is_some_and(|line| line.starts_with('%'))
                || self.behind_directive() =>
            {
                let help = "remove the lines that begin with `%`: the file is YAML 1.2 without them";
                self.rest_of_line(&yaml::SYNTAX, "a directive cannot stand here", help)
            }
            _ => self.here(
                &yaml::SYNTAX,
                "YAML ends here: what follows fits nothing above",
                "compare the line with its neighbours; quote text with special characters",
            ),
        }
    }

    fn here(&self, rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        let rest = self.text.get(self.at..self.line.end).unwrap_or("");
        let end = self.at + rest.chars().next().map_or(0, char::len_utf8);
        Diagnostic::new(rule, self.builder.span(&(self.at..end)), message).help(help)
    }

    /// The text of the line from the error on, or all of it if the error is at its end.
    fn rest_of_line(&self, rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        let rest = self.without_blanks(self.at..self.line.end.max(self.at));
        if rest.is_empty() {
            self.whole_line(rule, message, help)
        } else {
            Diagnostic::new(rule, self.builder.span(&rest), message).help(help)
        }
    }

    fn whole_line(&self, rule: &'static Rule, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        let line = self.without_blanks(self.line.clone());
        Diagnostic::new(rule, self.builder.span(&line), message).help(help)
    }

    fn without_blanks(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or("");
        let start = range.start + (text.len() - text.trim_start().len());
        start..(range.start + text.trim_end().len()).max(start)
    }

    /// The first tab in the indentation of a line from the error on, else on the line of the error.
    fn tab(&self) -> Diagnostic {
        let on_the_line = || {
            let tab = self.at + self.text.get(self.at..)?.find('\t')?;
            Some(tab..tab + 1)
        };
        let range = self.tab_in_indentation(self.line.start..self.text.len()).or_else(on_the_line);
        let span = self.builder.span(&range.unwrap_or(self.at..self.at));
        Diagnostic::new(&yaml::TAB, span, "a tab stands where YAML counts blanks")
            .help("indent with blanks; two for each level is the custom")
    }

    fn tab_in_indentation(&self, lines: Range<usize>) -> Option<Range<usize>> {
        let mut start = lines.start;
        self.text.get(lines)?.split_inclusive('\n').find_map(|line| {
            let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
            let tab = line[..indentation].find('\t').map(|tab| start + tab..start + indentation);
            start += line.len();
            tab
        })
    }

    /// The innermost bracket that is open and stands on a line above.
    fn bracket_above(&self) -> Option<usize> {
        let frame = self.builder.frames.last().filter(|frame| frame.flow)?;
        (frame.start < self.line.start).then_some(frame.start)
    }

    fn unclosed_bracket(&self, start: usize, by_line: bool) -> Diagnostic {
        let open = self.text.get(start..).and_then(|rest| rest.chars().next()).unwrap_or('[');
        let close = closing(open);
        let range = start..start + open.len_utf8();
        let found = Diagnostic::new(&yaml::UNCLOSED, self.builder.span(&range), format!("this `{open}` is not closed"))
            .help(format!("write `{close}` behind the last item; quote text that begins with `{open}`"));
        match by_line {
            true => found.also(self.builder.span(&(self.at..self.at)), "this does not fit inside of it"),
            false => found,
        }
    }

    fn unclosed_quote(&self) -> Diagnostic {
        let start = value_start(self.builder, self.text).min(self.at);
        let opening = self.text.get(start..self.at).and_then(|text| text.find(['"', '\'']).map(|quote| start + quote));
        let Some(start) = opening else {
            return self.here(&yaml::UNCLOSED, "a text in quotes is not closed", "write the closing quote");
        };
        let quote = self.text.get(start..start + 1).unwrap_or("\"");
        let range = start..start + 1;
        Diagnostic::new(&yaml::UNCLOSED, self.builder.span(&range), format!("the text that this `{quote}` begins is not closed"))
            .help(format!("write `{quote}` at its end; indent text of several lines deeper than its key, or better make it a block (`|`)"))
    }

    fn stray_bracket(&self) -> Diagnostic {
        let bracket = self.text.get(self.at..).and_then(|rest| rest.chars().next()).unwrap_or(']');
        self.here(
            &yaml::SYNTAX,
            format!("this `{bracket}` does not close what was opened last"),
            "remove it, or close the bracket before it; quote text that holds brackets",
        )
    }

    /// The first escape behind the opening quote that there is none of.
    fn escape(&self) -> Diagnostic {
        let rest = self.text.get(self.at..).unwrap_or("");
        let range = bad_escape(rest).map_or(self.at..self.at, |range| self.at + range.start..self.at + range.end);
        let written = self.text.get(range.clone()).unwrap_or("");
        let message = format!("`{}` is no escape of double quotes", shortened(written));
        Diagnostic::new(&yaml::SYNTAX, self.builder.span(&range), message)
            .help("write the backslash twice (`\\\\`), or put the text in single quotes, where it means itself")
    }

    fn colon(&self) -> Diagnostic {
        let child = self.builder.frames.last().and_then(|frame| frame.child.clone());
        let help = "quote text that holds a colon and a blank; indent keys that belong together alike";
        match child.filter(|child| child.end == self.at && child.start < self.line.start) {
            Some(child) => self
                .whole_line(&yaml::INDENTATION, "this key is indented as if it went on with the text above", help)
                .also(self.builder.span(&(child.start..line_of(self.text, child.start).end)), "the text above"),
            None => self.here(&yaml::SYNTAX, "a colon cannot stand here", help),
        }
    }

    fn behind_directive(&self) -> bool {
        self.text.get(..self.at).is_some_and(|before| before.trim_start_matches('\u{feff}').starts_with('%'))
            && self.builder.root.is_none()
            && self.builder.frames.is_empty()
    }
}

fn closing(open: char) -> char {
    if open == '{' { '}' } else { ']' }
}

fn bad_escape(text: &str) -> Option<Range<usize>> {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            continue;
        }
        let (escape_at, escape) = chars.next()?;
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ if "0abt\tnvfre \"/\\N_LP\n\r".contains(escape) => 0,
            _ => return Some(at..escape_at + escape.len_utf8()),
        };
        let found = chars.as_str().chars().take(digits).take_while(char::is_ascii_hexdigit).count();
        if found < digits {
            return Some(at..escape_at + 1 + found);
        }
    }
    None
}
