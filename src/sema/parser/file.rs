//! Functions in the two forms that the packaging tool takes beside YAML: a query alone, and a saved search as JSON.
//!
//! Neither says a version, so both have 1.0.0 for good; what else they do not say is taken from the file's name, by the
//! tool's rules.

use super::super::content;
use super::super::context::Context;
use super::super::place::Places;
use super::{LANGUAGE_VERSION, MAX_QUERY, Resolved, check_name, is_name};
use crate::diag::rules::content as rules;
use crate::ir::graph::Symbol;
use crate::ir::{Parser, ParserFile, Text};
use crate::model;
use crate::source::Spanned;
use std::ops::Range;

/// What the packaging tool says of every text, and the version of the query language that it gives it.
const TEXT_CATEGORY: &str = "Samples";
const TEXT_LANGUAGE_VERSION: i64 = 1;

/// The function of a file that is a query alone.
pub fn text(given: &model::TextParser, base: &str, path: &str, context: &mut Context<'_>) -> Option<Resolved> {
    let (file, at) = (&given.file, given.file.span);
    let name = &given.name;
    if !is_name(&name.value) {
        let message = format!("`{}` cannot be the name of a function, which is that of its file", name.value);
        let help = "name the file with letters, digits and underscores, no digit first";
        context.report(&rules::PARSER_NAME, at, path, message, help);
    }
    let (id, source) = context.read(file, path)?;
    let text = source.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let places = Places::of_file(id, &source);
    if let Some((message, help, range)) = other_form(&text) {
        context.report(&rules::PARSER_FILE, places.span(range), path, message, help);
        return None;
    }
    let (query, lines) = kept_lines(&text);
    let shown = Spanned::new(base.to_owned(), at);
    let source = ParserFile { extension: extension(&file.value), text: context.text_of(id) };
    let query = Spanned::new(query, source.text.span);
    let parser = Parser {
        category: Spanned::new(TEXT_CATEGORY.to_owned(), at),
        resource_name: shown.clone(),
        language_version: TEXT_LANGUAGE_VERSION,
        ..parser(name, context.symbol("parser", &name.value), &shown, base, query, source)
    };
    check_texts(&parser, path, context);
    Some(Resolved { parser, places: Places::Lines { lines, places: Box::new(places) }, path: path.to_owned() })
}

/// The function of a saved search.
pub fn saved(given: &model::SavedSearch, base: &str, path: &str, context: &mut Context<'_>) -> Option<Resolved> {
    let function = &given.properties;
    check_name(&function.name, path, context);
    context.length(&function.title, path, 256, "our limit");
    let parameters = function.parameters.as_ref().filter(|text| !text.value.trim().is_empty());
    if let Some(parameters) = parameters {
        let message = format!("`{}` has parameters, which the packaging tool may lose in JSON", function.name.value);
        let help = "write the function as YAML, with `FunctionParams`";
        context.report(&rules::PARSER_FILE, parameters.span, path, message, help);
        return None;
    }
    let path = format!("{path}.properties.query");
    let (query, places) = context.placed(&function.query, &path)?;
    let source = ParserFile { extension: "json".to_owned(), text: context.text_of(given.span.file) };
    let symbol = context.symbol("parser", &function.name.value);
    let parser = Parser {
        category: function.category.clone(),
        ..parser(&function.name, symbol, &function.title, base, query, source)
    };
    check_texts(&parser, &path, context);
    Some(Resolved { parser, places, path })
}

/// What both forms have alike.
fn parser(name: &Text, symbol: Symbol, title: &Text, base: &str, query: Text, source: ParserFile) -> Parser {
    Parser {
        id: None,
        symbol,
        file_base: base.to_owned(),
        source: Some(source),
        name: name.clone(),
        resource_name: name.clone(),
        title: title.clone(),
        version: content::version(None, name.span),
        last_updated: None,
        category: title.clone(),
        description: Some(title.clone()),
        parameters: Vec::new(),
        query,
        language_version: LANGUAGE_VERSION,
        asim: None,
    }
}

/// Says that a file is in one of these forms.
pub fn superseded(file: &Text, path: &str, context: &mut Context<'_>) {
    let name = file.value.rsplit('/').next().unwrap_or_default();
    let message = format!("the repository takes no new function as `.{}`: `{name}`", extension(name));
    let help = "write it as YAML: it then has a version of its own, and can have parameters";
    context.report(&rules::PARSER_FORM, file.span, path, message, help);
}

fn extension(file: &str) -> String {
    file.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
}

fn check_texts(parser: &Parser, path: &str, context: &mut Context<'_>) {
    context.length(&parser.query, path, MAX_QUERY, "our limit");
    context.advise(|context| content::check_ascii(&parser.query, path, context));
}

/// What is wrong with a text that is no query, what to do, and where it shows.
fn other_form(text: &str) -> Option<(&'static str, &'static str, Range<usize>)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        lines.push((start, line));
        start += line.len() + 1;
    }
    let place = |(start, line): (usize, &str)| start..start + line.len();
    let is_key = |line: &str| ["FunctionQuery:", "ParserQuery:"].iter().any(|key| line.starts_with(key));
    if let Some(line) = lines.iter().find(|(_, line)| is_key(line)) {
        return Some(("the file holds the YAML of a function, and no query", "name it .yaml", place(*line)));
    }
    let says_something = |line: &str| !line.trim().is_empty() && !line.starts_with("//");
    let Some(first) = lines.iter().find(|(_, line)| says_something(line)) else {
        let help = "write the function's query; lines that begin with `//` are left out";
        return Some(("the file holds no query", help, 0..text.len().min(1)));
    };
    if serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).is_ok() {
        return Some(("the file holds JSON, and no query", "name it .json if it is a saved search", place(*first)));
    }
    None
}

/// The query as the packaging tool makes it: a line end before each line, and no line that begins with `//`. With it, where
/// each line begins in the query and in the file's text.
fn kept_lines(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut query, mut lines, mut start) = (String::new(), Vec::new(), 0);
    for line in text.split('\n') {
        if !line.starts_with("//") {
            lines.push((query.len() + 1, start));
            query.push('\n');
            query.push_str(line);
        }
        start += line.len() + 1;
    }
    (query, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_comment_are_left_out_and_the_others_keep_their_places() {
        let text = "// what it is\nT_CL\n  // kept\n// not kept\n| take 2\n";
        let (query, lines) = kept_lines(text);
        assert_eq!(query, "\nT_CL\n  // kept\n| take 2\n");
        for (inner, outer) in lines {
            let line = |text: &str, at: usize| text[at..].lines().next().map(str::to_owned);
            assert_eq!(line(&query, inner), line(text, outer));
        }
    }
}
