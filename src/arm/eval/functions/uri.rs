//! URIs and their escapes.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;
use std::fmt::Write as _;

/// `uriComponent`: all but letters, digits and `-_.~` as the bytes of UTF-8.
pub fn uri_component(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("uriComponent", values);
    let text = arguments.text(0)?;
    if text.contains(['!', '*', '\'', '(', ')']) {
        return Err(arguments.unknown("whether !*'() are escaped differs between the versions of .NET"));
    }
    budget.spend(text.len() * 3)?;
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(char::from(byte)),
            byte => _ = write!(escaped, "%{byte:02X}"),
        }
    }
    Ok(escaped.into())
}

pub fn uri_component_to_string(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("uriComponentToString", values);
    let text = arguments.text(0)?;
    budget.spend(text.len())?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        match (digit(), digit()) {
            (Some(high), Some(low)) => bytes.push((high << 4 | low) as u8),
            _ => return Err(arguments.unknown("a % without two hexadecimal digits behind it")),
        }
    }
    String::from_utf8(bytes).map(Value::from).map_err(|_| arguments.unknown("the escapes are not UTF-8"))
}

/// `uri`: a reference resolved against a base as in RFC 3986, section 5.
pub fn uri(values: &[Value], budget: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("uri", values);
    let (base, relative) = (arguments.text(0)?, arguments.text(1)?);
    budget.spend(base.len() + relative.len())?;
    for text in [base, relative] {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&()*+,;=%".contains(c);
        if !text.chars().all(plain) {
            return Err(arguments.unknown("how characters that a URI cannot hold come out is not documented"));
        }
    }
    let base = Reference::of(base);
    let (Some(scheme), Some(authority)) = (base.scheme, base.authority) else {
        return Err(arguments.fault("the base is no absolute URI: scheme://host/path"));
    };
    if scheme.chars().chain(authority.chars()).any(|c| c.is_ascii_uppercase()) || authority.contains(['@', ':', '%']) {
        return Err(
            arguments.unknown("how a host in capital letters, or with a user or port, comes out is not documented")
        );
    }
    let relative = Reference::of(relative);
    if relative.scheme.is_some() || relative.authority.is_some() {
        return Err(arguments.unknown("the second argument is an absolute URI"));
    }
    Ok(resolved(&base, &relative, scheme, authority).into())
}

/// A URI reference by its parts (RFC 3986, appendix B).
struct Reference<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Reference<'a> {
    fn of(text: &'a str) -> Self {
        let (rest, fragment) = text.split_once('#').map_or((text, None), |(rest, part)| (rest, Some(part)));
        let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, part)| (rest, Some(part)));
        let scheme = rest
            .split_once(':')
            .filter(|(scheme, _)| scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !scheme.contains('/'));
        let (rest, scheme) = scheme.map_or((rest, None), |(scheme, rest)| (rest, Some(scheme)));
        let Some(behind) = rest.strip_prefix("//") else {
            return Reference { scheme, authority: None, path: rest, query, fragment };
        };
        let (authority, path) = behind.split_at(behind.find('/').unwrap_or(behind.len()));
        Reference { scheme, authority: Some(authority), path, query, fragment }
    }
}

/// RFC 3986, section 5.2.2, for a reference that is relative.
fn resolved(base: &Reference, relative: &Reference, scheme: &str, authority: &str) -> String {
    let query = if relative.path.is_empty() { relative.query.or(base.query) } else { relative.query };
    let path = if relative.path.is_empty() {
        base.path.to_owned()
    } else if relative.path.starts_with('/') {
        without_dots(relative.path)
    } else {
        let folder = base.path.rfind('/').and_then(|at| base.path.get(..=at)).unwrap_or("/");
        without_dots(&format!("{folder}{}", relative.path))
    };
    let path = if path.is_empty() { "/" } else { &path };
    let part = |sign: &str, part: Option<&str>| part.map_or_else(String::new, |part| format!("{sign}{part}"));
    format!("{scheme}://{authority}{path}{}{}", part("?", query), part("#", relative.fragment))
}

/// RFC 3986, section 5.2.4, for a path that begins with a slash.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("/{}", kept.join("/"))
}

pub fn build_uri(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    Err(Arguments::of("buildUri", values).unknown("what it gives is not documented"))
}

pub fn parse_uri(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    Err(Arguments::of("parseUri", values).unknown("what it gives is not documented"))
}
