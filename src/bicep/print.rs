//! The Bicep printer, in the layout of Bicep's own formatter: two spaces, one declaration after a blank line, property
//! names without quotes where they can be, texts of several lines as they are between `'''`.

use super::{Expr, File, ParametersFile, Piece, Resource, is_identifier};

/// Prints a Bicep file.
pub fn file(file: &File) -> String {
    let mut out = Printer::default();
    out.comments(&file.heading);
    for metadata in &file.metadata {
        out.declaration(&format!("metadata {} = ", metadata.name), &Expr::text(&metadata.text));
    }
    for param in &file.params {
        out.blank();
        out.decorator("description", Some(&Expr::text(&param.description)));
        if param.secure {
            out.decorator("secure", None);
        }
        if !param.allowed.is_empty() {
            out.decorator("allowed", Some(&Expr::Array(param.allowed.iter().map(Expr::text).collect())));
        }
        for (name, length) in [("minLength", param.min_length), ("maxLength", param.max_length)] {
            if let Some(length) = length {
                out.decorator(name, Some(&Expr::Int(length)));
            }
        }
        let head = format!("param {} {}", param.name, param.ty.name());
        match &param.default {
            Some(default) => out.declaration(&format!("{head} = "), default),
            None => out.line(&head),
        }
    }
    if !file.vars.is_empty() {
        out.blank();
    }
    for var in &file.vars {
        out.declaration(&format!("var {} = ", var.name), &var.value);
    }
    for resource in &file.resources {
        out.blank();
        out.resource(resource);
    }
    for module in &file.modules {
        out.blank();
        let head = format!("module {} '{}' = ", module.symbol, escaped(&module.path));
        out.declaration(&head, &Expr::object(module.body.iter().cloned()));
    }
    for output in &file.outputs {
        out.blank();
        out.decorator("description", Some(&Expr::text(&output.description)));
        out.declaration(&format!("output {} {} = ", output.name, output.ty.name()), &output.value);
    }
    out.text
}

/// Prints a parameters file.
pub fn parameters_file(file: &ParametersFile) -> String {
    let mut out = Printer::default();
    out.comments(&file.heading);
    out.declaration("using ", &Expr::text(&file.using));
    out.blank();
    for (name, value) in &file.assignments {
        out.declaration(&format!("param {name} = "), value);
    }
    out.text
}

#[derive(Default)]
struct Printer {
    text: String,
    indent: usize,
}

impl Printer {
    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// One empty line, but none at the top.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn comments(&mut self, lines: &[String]) {
        for line in lines {
            self.line(format!("// {line}").trim_end());
        }
        if !lines.is_empty() {
            self.blank();
        }
    }

    fn decorator(&mut self, name: &str, argument: Option<&Expr>) {
        self.text.push_str(&format!("@{name}("));
        if let Some(argument) = argument {
            self.value(argument);
        }
        self.text.push_str(")\n");
    }

    fn declaration(&mut self, head: &str, value: &Expr) {
        self.text.push_str(head);
        self.value(value);
        self.text.push('\n');
    }

    fn resource(&mut self, resource: &Resource) {
        let Resource { symbol, ty, api_version, existing, condition, body } = resource;
        let existing = if *existing { " existing" } else { "" };
        self.text.push_str(&format!("resource {symbol} '{ty}@{api_version}'{existing} = "));
        if let Some(condition) = condition {
            self.text.push_str(&format!("if ({}) ", inline(condition)));
        }
        self.value(&Expr::object(body.iter().cloned()));
        self.text.push('\n');
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(&"  ".repeat(self.indent));
    }

    /// A value with the room of its own lines.
    fn value(&mut self, value: &Expr) {
        match value {
            Expr::Array(items) if !items.is_empty() => {
                self.block('[', items, ']', |out, item| out.value(item));
            }
            Expr::Object(members) if !members.is_empty() => self.block('{', members, '}', |out, (name, member)| {
                out.text.push_str(&key(name));
                out.text.push_str(": ");
                out.value(member);
            }),
            Expr::Text(text) if fits_between_quotes(text) => {
                // The line break after the opening quotes is not part of the text.
                self.text.push_str(&format!("'''\n{text}'''"));
            }
            other => self.text.push_str(&inline(other)),
        }
    }

    fn block<T>(&mut self, open: char, items: &[T], close: char, write: impl Fn(&mut Self, &T)) {
        self.text.push(open);
        self.indent += 1;
        for item in items {
            self.new_line();
            write(self, item);
        }
        self.indent -= 1;
        self.new_line();
        self.text.push(close);
    }
}

/// Whether a text may stand as it is between `'''`, which knows no escapes: several lines, nothing that a reader or an
/// editor could lose, and no quotes that would end it.
fn fits_between_quotes(text: &str) -> bool {
    text.contains('\n')
        && !text.contains("'''")
        && !text.ends_with('\'')
        && !text.chars().any(|c| c != '\n' && c != '\t' && is_invisible(c))
}

/// Characters that are written as escapes, so that a reader sees them: control characters and those that steer the
/// direction of text or take no room.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// An expression on one line.
fn inline(expr: &Expr) -> String {
    match expr {
        Expr::Null => "null".to_owned(),
        Expr::Bool(b) => b.to_string(),
        Expr::Int(n) => n.to_string(),
        Expr::Text(text) => format!("'{}'", escaped(text)),
        Expr::Interpolation(pieces) => format!("'{}'", pieces.iter().map(piece).collect::<String>()),
        Expr::Array(items) => format!("[{}]", list(items)),
        Expr::Object(members) if members.is_empty() => "{}".to_owned(),
        Expr::Object(members) => {
            let members: Vec<_> = members.iter().map(|(k, v)| format!("{}: {}", key(k), inline(v))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Expr::Name(name) => name.clone(),
        Expr::Call(name, arguments) => format!("{name}({})", list(arguments)),
        Expr::Member(target, name) if is_identifier(name) => format!("{}.{name}", operand(target, u8::MAX)),
        Expr::Member(target, name) => format!("{}['{}']", operand(target, u8::MAX), escaped(name)),
        Expr::Index(target, index) => format!("{}[{}]", operand(target, u8::MAX), inline(index)),
        Expr::Not(inner) => format!("!{}", operand(inner, u8::MAX)),
        Expr::Binary(operator, left, right) => {
            let binds = operator.precedence();
            // Operators of one level are read from the left, so only the right side needs brackets there.
            format!("{} {} {}", operand(left, binds), operator.names().0, operand(right, binds + 1))
        }
        Expr::Ternary(condition, yes, no) => {
            format!("{} ? {} : {}", operand(condition, 1), operand(yes, 1), operand(no, 1))
        }
    }
}

/// An operand of something that binds as strongly as `binds`: in brackets if it binds less itself.
fn operand(expr: &Expr, binds: u8) -> String {
    let own = match expr {
        Expr::Ternary(..) => 0,
        Expr::Binary(operator, ..) => operator.precedence(),
        Expr::Not(_) => u8::MAX - 1,
        Expr::Int(n) if *n < 0 => u8::MAX - 1,
        _ => u8::MAX,
    };
    if own < binds { format!("({})", inline(expr)) } else { inline(expr) }
}

fn list(items: &[Expr]) -> String {
    items.iter().map(inline).collect::<Vec<_>>().join(", ")
}

fn key(key: &Expr) -> String {
    match key {
        Expr::Text(name) if is_identifier(name) => name.clone(),
        other => inline(other),
    }
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => escaped(text),
        Piece::Expr(expr) => format!("${{{}}}", inline(expr)),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' if chars.peek() == Some(&'{') => out.push_str("\\$"),
            c if is_invisible(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
