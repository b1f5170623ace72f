//! Text into tokens. Never fails: what no token begins with is a token of its own, with a finding.
//!
//! Must not know grammar: `project-away` and `matches regex` are one word because the language says so.

use super::keyword::Keyword;
use crate::kql::finding::{Finding, Kind, Range};
use crate::kql::work::steps;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tok {
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    Bar,
    LessBar,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Dot,
    DotDot,
    Less,
    LessEqual,
    LessGreater,
    Greater,
    GreaterEqual,
    Equal,
    EqualEqual,
    EqualTilde,
    FatArrow,
    BangEqual,
    BangTilde,
    Colon,
    Semicolon,
    Comma,
    At,
    Question,
    /// A word that is no keyword.
    Identifier,
    Keyword(Keyword),
    Bool,
    Int,
    Long,
    Real,
    Decimal,
    DateTime,
    TimeSpan,
    Guid,
    /// A guid that is not written `guid(…)`.
    RawGuid,
    String,
    /// A line that begins with `#`.
    Directive,
    Bad,
    End,
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub tok: Tok,
    pub range: Range,
    /// Nothing stands between this token and the one before.
    pub joined: bool,
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
}

/// The tokens of `text`; the last one is [`Tok::End`].
pub fn tokens(text: &str, findings: &mut Vec<Finding>) -> Vec<Token> {
    let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0 };
    let mut tokens = Vec::with_capacity(text.len() / 4 + 2);
    loop {
        let before = lexer.at;
        lexer.skip_trivia();
        let start = lexer.at;
        let joined = before == start;
        if start >= text.len() {
            tokens.push(Token { tok: Tok::End, range: range(start, start), joined });
            return tokens;
        }
        let tok = lexer.token(findings);
        tokens.push(Token { tok, range: range(start, lexer.at), joined });
    }
}

/// What the vendor's lexer skips between words beyond ASCII (observed).
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\u{180e}')
}

fn range(start: usize, end: usize) -> Range {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Range::new(narrow(start), narrow(end))
}

/// What a byte may be: part of a word, white space, what ends a plain stretch of a string.
const WORD: u8 = 1;
const SPACE: u8 = 2;
const STOP: u8 = 4;

/// The classes of every byte, so that a text is walked with one look-up a byte.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' => WORD,
            b' ' | b'\t' | 0x0b | 0x0c => SPACE,
            b'\r' | b'\n' => SPACE | STOP,
            b'\'' | b'"' | b'\\' | 0 => STOP,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

fn word_byte(byte: u8) -> bool {
    is(byte, WORD)
}

/// How many bytes at the start are of a kind.
fn run(bytes: &[u8], kind: impl Fn(u8) -> bool) -> usize {
    let length = bytes.iter().position(|byte| !kind(*byte)).unwrap_or(bytes.len());
    steps(length);
    length
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        steps(1);
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The bytes from `ahead` on.
    fn bytes_at(&self, ahead: usize) -> &[u8] {
        self.bytes.get(self.at + ahead..).unwrap_or_default()
    }

    /// The length of what is left of this line.
    fn line_length(&self) -> usize {
        run(self.bytes_at(0), |byte| !matches!(byte, b'\n' | b'\r'))
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn character(&self) -> char {
        self.rest().chars().next().unwrap_or('\0')
    }

    fn skip_trivia(&mut self) {
        loop {
            self.at += run(self.bytes_at(0), |byte| is(byte, SPACE));
            match self.peek(0) {
                b'/' if self.peek(1) == b'/' => self.at += self.line_length(),
                0x80.. if is_space(self.character()) => {
                    self.at += self.character().len_utf8();
                }
                _ => return,
            }
        }
    }

    fn token(&mut self, findings: &mut Vec<Finding>) -> Tok {
        let byte = self.peek(0);
        if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' {
            return self.word(findings);
        }
        if byte.is_ascii_digit() {
            return self.number();
        }
        if let Some((tok, length)) = self.punctuation() {
            self.at += length;
            return tok;
        }
        match byte {
            b'\'' | b'"' => return self.string(0, findings),
            b'`' | b'~' if self.fence(0).is_some() => return self.string(0, findings),
            b'@' => return self.string(1, findings),
            b'#' => {
                self.at += self.line_length();
                return Tok::Directive;
            }
            b'!' => {
                if let Some(word) = self.negation() {
                    self.at += word.text().len();
                    return Tok::Keyword(word);
                }
            }
            _ if self.character().is_alphabetic() => return self.word(findings),
            _ => {}
        }
        let character = self.character();
        let start = self.at;
        self.at += character.len_utf8().max(1);
        let message = format!("the character {character:?} is not part of the language here");
        findings.push(Finding::error(Kind::Token, range(start, self.at), message));
        Tok::Bad
    }

    fn punctuation(&self) -> Option<(Tok, usize)> {
        let next = self.peek(1);
        Some(match self.peek(0) {
            b'(' => (Tok::OpenParen, 1),
            b')' => (Tok::CloseParen, 1),
            b'[' => (Tok::OpenBracket, 1),
            b']' => (Tok::CloseBracket, 1),
            b'{' => (Tok::OpenBrace, 1),
            b'}' => (Tok::CloseBrace, 1),
            b'|' => (Tok::Bar, 1),
            b'.' if next == b'.' => (Tok::DotDot, 2),
            b'.' => (Tok::Dot, 1),
            b'+' => (Tok::Plus, 1),
            b'-' => (Tok::Minus, 1),
            b'*' => (Tok::Star, 1),
            b'/' => (Tok::Slash, 1),
            b'%' => (Tok::Percent, 1),
            b'<' if next == b'=' => (Tok::LessEqual, 2),
            b'<' if next == b'|' => (Tok::LessBar, 2),
            b'<' if next == b'>' => (Tok::LessGreater, 2),
            b'<' => (Tok::Less, 1),
            b'>' if next == b'=' => (Tok::GreaterEqual, 2),
            b'>' => (Tok::Greater, 1),
            b'=' if next == b'=' => (Tok::EqualEqual, 2),
            b'=' if next == b'>' => (Tok::FatArrow, 2),
            b'=' if next == b'~' => (Tok::EqualTilde, 2),
            b'=' => (Tok::Equal, 1),
            b'!' if next == b'=' => (Tok::BangEqual, 2),
            b'!' if next == b'~' => (Tok::BangTilde, 2),
            b':' => (Tok::Colon, 1),
            b';' => (Tok::Semicolon, 1),
            b',' => (Tok::Comma, 1),
            b'@' if !matches!(next, b'\'' | b'"' | b'`' | b'~') => (Tok::At, 1),
            b'?' => (Tok::Question, 1),
            _ => return None,
        })
    }

    /// `!has`, `!in~` and the like.
    fn negation(&self) -> Option<Keyword> {
        let length = 1 + run(self.bytes_at(1), word_byte);
        let word = self.text.get(self.at..self.at + length)?;
        if word == "!in" && self.peek(length) == b'~' && !self.word_at(length + 1) {
            return Some(Keyword::BangInTilde);
        }
        Keyword::find(word).filter(|_| !self.word_at(length))
    }

    /// Whether a character of a word stands `ahead`.
    fn word_at(&self, ahead: usize) -> bool {
        let byte = self.peek(ahead);
        if byte < 0x80 {
            return word_byte(byte);
        }
        let rest = self.text.get(self.at + ahead..).unwrap_or_default();
        rest.chars().next().is_some_and(char::is_alphanumeric)
    }

    /// The length of the word that begins here.
    fn word_length(&self) -> usize {
        let ascii = 1 + run(self.bytes_at(1), word_byte);
        if self.peek(ascii) < 0x80 && self.peek(0) < 0x80 {
            return ascii;
        }
        let rest = self.rest();
        let inside = |(at, c): &(usize, char)| *at == 0 || c.is_alphanumeric() || *c == '_';
        rest.char_indices().take_while(inside).map(|(at, c)| at + c.len_utf8()).last().unwrap_or(1)
    }

    fn word(&mut self, findings: &mut Vec<Finding>) -> Tok {
        let length = self.word_length();
        let word = self.text.get(self.at..self.at + length).unwrap_or_default();
        let in_parts = match self.peek(length) {
            b'-' | b'~' => true,
            b'.' => word == "hint",
            b' ' => word == "matches",
            _ => false,
        };
        if in_parts {
            let rest = self.rest();
            if let Some(compound) = Keyword::compounds(word).find(|compound| rest.starts_with(compound.text())) {
                let whole = compound.text().len();
                let bounded = !self.word_at(whole);
                self.at += if bounded { whole } else { length };
                return if bounded { Tok::Keyword(compound) } else { Tok::Identifier };
            }
        }
        if let Some(keyword) = Keyword::find(word) {
            self.at += length;
            let typed = (self.peek(0) == b'(').then(|| typed_literal(keyword)).flatten();
            return match typed {
                Some(tok) => self.typed(tok, findings),
                None => Tok::Keyword(keyword),
            };
        }
        if matches!(word, "true" | "True" | "TRUE" | "false" | "False" | "FALSE") {
            self.at += length;
            return Tok::Bool;
        }
        if let Some(length) = self.raw_guid() {
            self.at += length;
            return Tok::RawGuid;
        }
        if matches!(word, "h" | "H") && matches!(self.peek(1), b'\'' | b'"' | b'`' | b'~' | b'@') {
            let prefix = if self.peek(1) == b'@' { 2 } else { 1 };
            let quote = self.peek(prefix);
            if matches!(quote, b'\'' | b'"') || self.fence(prefix).is_some() {
                return self.string(prefix, findings);
            }
        }
        self.at += length;
        Tok::Identifier
    }

    /// The rest of `datetime(…)` and the like, up to the bracket or the line's end.
    fn typed(&mut self, tok: Tok, findings: &mut Vec<Finding>) -> Tok {
        self.at += run(self.bytes_at(0), |byte| !matches!(byte, b')' | b'\n' | b'\r'));
        if self.peek(0) == b')' {
            self.at += 1;
        } else {
            let message = "this literal has no `)` on its line";
            findings.push(Finding::error(Kind::Token, range(self.at, self.at), message));
        }
        tok
    }

    fn number(&mut self) -> Tok {
        let (tok, length) = self
            .raw_guid()
            .map(|length| (Tok::RawGuid, length))
            .or_else(|| self.real().map(|length| (Tok::Real, length)))
            .or_else(|| self.timespan().map(|length| (Tok::TimeSpan, length)))
            .or_else(|| self.long().map(|length| (Tok::Long, length)))
            .unwrap_or_else(|| self.digit_word());
        self.at += length;
        tok
    }

    fn digits(&self, ahead: usize) -> usize {
        run(self.bytes_at(ahead), |byte| byte.is_ascii_digit())
    }

    /// A word that begins with digits, e.g. `3Dchart` or a column's name.
    fn digit_word(&self) -> (Tok, usize) {
        let length = self.word_length();
        match self.text.get(self.at..self.at + length).and_then(Keyword::find) {
            Some(keyword) => (Tok::Keyword(keyword), length),
            None => (Tok::Identifier, length),
        }
    }

    fn real(&self) -> Option<usize> {
        let whole = self.digits(0);
        let mut at = whole;
        if self.peek(at) == b'.' && (self.peek(at + 1) != b'.' || self.peek(at + 2) == b'.') {
            at += 1;
            at += self.digits(at);
            at += self.exponent(at).unwrap_or(0);
        } else {
            at += self.exponent(at)?;
        }
        (!self.word_at(at)).then_some(at)
    }

    fn exponent(&self, ahead: usize) -> Option<usize> {
        if !matches!(self.peek(ahead), b'e' | b'E') {
            return None;
        }
        let sign = usize::from(matches!(self.peek(ahead + 1), b'+' | b'-'));
        let digits = self.digits(ahead + 1 + sign);
        (digits > 0).then_some(1 + sign + digits)
    }

    fn timespan(&self) -> Option<usize> {
        let mut at = self.digits(0);
        if self.peek(at) == b'.' {
            let fraction = self.digits(at + 1);
            at += if fraction > 0 { fraction + 1 } else { 0 };
        }
        let letters = run(self.bytes_at(at), |byte| byte.is_ascii_alphabetic());
        let suffix = self.text.get(self.at + at..self.at + at + letters)?;
        (TIME_UNITS.contains(&suffix) && !self.word_at(at + letters)).then_some(at + letters)
    }

    fn long(&self) -> Option<usize> {
        if self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'X') {
            let hex = run(self.bytes_at(2), |byte| byte.is_ascii_hexdigit());
            return (hex > 0 && !self.word_at(hex + 2)).then_some(hex + 2);
        }
        let length = self.digits(0);
        (!self.word_at(length)).then_some(length)
    }

    /// `8-4-4-4-12` hexadecimal digits.
    fn raw_guid(&self) -> Option<usize> {
        if self.peek(8) != b'-' {
            return None;
        }
        let mut at = 0;
        for (part, length) in [8usize, 4, 4, 4, 12].into_iter().enumerate() {
            if part > 0 {
                if self.peek(at) != b'-' {
                    return None;
                }
                at += 1;
            }
            if !(at..at + length).all(|i| self.peek(i).is_ascii_hexdigit()) {
                return None;
            }
            at += length;
        }
        (!self.word_at(at)).then_some(at)
    }

    /// The quotes of a text of several lines that begin `ahead`.
    fn fence(&self, ahead: usize) -> Option<&'static str> {
        let rest = self.text.get(self.at + ahead..)?;
        ["```", "~~~"].into_iter().find(|fence| rest.starts_with(fence))
    }

    /// A string whose quotes begin `prefix` bytes ahead.
    fn string(&mut self, prefix: usize, findings: &mut Vec<Finding>) -> Tok {
        let verbatim = prefix > 0 && self.peek(prefix - 1) == b'@';
        let start = self.at;
        let fence = self.fence(prefix);
        self.at += prefix;
        let closed = match fence {
            Some(fence) => {
                self.at += fence.len();
                let rest = self.rest();
                let end = rest.find(fence);
                self.at += end.map_or(rest.len(), |end| end + fence.len());
                end.is_some()
            }
            None => self.quoted(verbatim),
        };
        if !closed {
            let message = "this string has no closing quote on its line";
            let help = "close it, or write \\\\ for a backslash; @\"…\" takes backslashes as they are";
            findings.push(Finding::error(Kind::Token, range(start, self.at), message).help(help));
        }
        Tok::String
    }

    /// Steps over a quoted text; says whether it was closed.
    fn quoted(&mut self, verbatim: bool) -> bool {
        let quote = self.peek(0);
        if !matches!(quote, b'\'' | b'"') {
            self.at += 1;
            return false;
        }
        self.at += 1;
        loop {
            self.at += run(self.bytes_at(0), |byte| !is(byte, STOP));
            match self.peek(0) {
                0 if self.at >= self.text.len() => return false,
                b'\r' | b'\n' => return false,
                byte if byte == quote => {
                    self.at += 1;
                    if !(verbatim && self.peek(0) == quote) {
                        return true;
                    }
                    self.at += 1;
                }
                b'\\' if !verbatim => match self.escape() {
                    Some(length) => self.at += length,
                    None => return false,
                },
                _ => self.at += 1,
            }
        }
    }

    /// The length of the escape that begins here.
    fn escape(&self) -> Option<usize> {
        let hex = |digits: usize| (2..2 + digits).all(|i| self.peek(i).is_ascii_hexdigit()).then_some(2 + digits);
        match self.peek(1) {
            b'\\' | b'\'' | b'"' | b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' => Some(2),
            b'u' => hex(4),
            b'U' => hex(8),
            b'x' => hex(2),
            first @ b'0'..=b'7' => {
                let octal = |ahead: usize| (b'0'..=b'7').contains(&self.peek(ahead));
                Some(if octal(2) { if octal(3) && first <= b'3' { 4 } else { 3 } } else { 2 })
            }
            _ => None,
        }
    }
}

#[rustfmt::skip]
const TIME_UNITS: &[&str] = &[
    "m", "min", "minute", "minutes", "s", "sec", "second", "seconds", "d", "day", "days", "h", "hr", "hrs", "hour",
    "hours", "ms", "milli", "millis", "millisec", "millisecond", "milliseconds", "micro", "micros", "microsec",
    "microsecond", "microseconds", "nano", "nanos", "nanosec", "nanosecond", "nanoseconds", "tick", "ticks",
];

/// The literal that a type's name directly before `(` begins.
fn typed_literal(keyword: Keyword) -> Option<Tok> {
    Some(match keyword {
        Keyword::Long | Keyword::Int64 => Tok::Long,
        Keyword::Int | Keyword::Int32 => Tok::Int,
        Keyword::Real | Keyword::Double => Tok::Real,
        Keyword::Decimal => Tok::Decimal,
        Keyword::Bool => Tok::Bool,
        Keyword::Datetime | Keyword::Date => Tok::DateTime,
        Keyword::Time | Keyword::Timespan => Tok::TimeSpan,
        Keyword::Guid => Tok::Guid,
        _ => return None,
    })
}
