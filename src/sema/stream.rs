//! Streams of a connector: what arrives, the transform, the destination.

use super::context::Context;
use super::{built_in, queries, table};
use crate::diag::rules::{shape, table as rules};
use crate::ir::{Column, ColumnType, Declared, Stream, Table, Text};
use crate::model::{self, Prose};
use crate::source::Spanned;

/// Streams and data flows of a collection rule at most (documented).
const MAX_STREAMS: usize = 10;

/// The streams of a connector, in order; at least one, or a finding.
pub fn resolve_all(
    connector: &model::Connector,
    path: &str,
    tables: &[Table],
    context: &mut Context<'_>,
) -> Vec<Stream> {
    let mut streams = Vec::new();
    if connector.streams.is_empty() {
        match &connector.stream {
            Some(stream) => streams.extend(one(stream, None, connector, &format!("{path}.stream"), tables, context)),
            None => context.report(
                &shape::MISSING_KEY,
                connector.id.span,
                path,
                "the connector has no `stream`",
                "say in `stream` what arrives, how it is transformed, and into which table it goes",
            ),
        }
    }
    for (i, stream) in connector.streams.iter().enumerate() {
        let path = format!("{path}.streams[{i}]");
        streams.extend(one(stream, connector.stream.as_ref(), connector, &path, tables, context));
    }
    context.unique("streams", path, streams.iter().map(|stream: &Stream| &stream.name));
    if streams.len() > MAX_STREAMS {
        let message = format!("the connector has {} streams; a collection rule takes {MAX_STREAMS}", streams.len());
        context.report(&rules::LIMIT, connector.id.span, path, message, "make two connectors of it");
    }
    streams
}

/// A stream; what it does not say comes from `base`.
fn one(
    stream: &model::Stream,
    base: Option<&model::Stream>,
    connector: &model::Connector,
    path: &str,
    tables: &[Table],
    context: &mut Context<'_>,
) -> Option<Stream> {
    if let Some(standard) = &stream.standard_stream {
        return self::standard(standard, stream, base, path, context);
    }
    let name = match &stream.name {
        Some(name) => stream_name(name, path, context),
        None => connector.id.as_ref().map(|id| format!("Custom-{id}")),
    };
    let columns = columns(stream, base, path, context);
    let table = stream.table.as_ref().or_else(|| base.and_then(|base| base.table.as_ref()));
    let transform = stream.transform.as_ref().or_else(|| base.and_then(|base| base.transform.as_ref()));
    for (key, there) in [("table", table.is_some()), ("transform", transform.is_some())] {
        if !there && !context.is_broken(path) {
            context.report(
                &shape::MISSING_KEY,
                stream.span,
                path,
                format!("the stream has no `{key}`"),
                format!("add `{key}`"),
            );
        }
    }
    let (mut transform, places) = transform.and_then(|prose| context.placed(prose, &format!("{path}.transform")))?;
    transform.value.truncate(transform.value.trim_end().len());
    let table = table?;
    let own = tables.iter().any(|known| known.name.value == table.value);
    let is_built_in = !own && built_in::is_known(&table.value);
    if !own && !is_built_in {
        let known: Vec<&str> = tables.iter().map(|known| known.name.value.as_str()).collect();
        context.unknown_name("table", "tables", table, &format!("{path}.table"), &known);
    }
    let sound = |i: &usize| !context.is_broken(&format!("tables[{i}]"));
    let at = tables.iter().position(|known| known.name.value == table.value).filter(sound);
    let standard = if is_built_in { built_in::table(table, &format!("{path}.table"), context) } else { None };
    let destination = match &standard {
        Some(table) => Some(queries::Destination::BuiltIn(table)),
        None => at.and_then(|i| tables.get(i)).map(queries::Destination::Own),
    };
    let owner = if is_built_in { "Microsoft" } else { "Custom" };
    let output = table.as_ref().map(|table| format!("{owner}-{table}"));
    let declared = Declared { columns, transform };
    queries::transform(&declared, &places, destination, path, context);
    Some(Stream { name, declared: Some(declared), output, table: table.clone() })
}

/// A stream that the service has for a built-in table: nothing else can be said of it.
fn standard(
    name: &Text,
    stream: &model::Stream,
    base: Option<&model::Stream>,
    path: &str,
    context: &mut Context<'_>,
) -> Option<Stream> {
    let said = [
        ("name", stream.name.as_ref().map(|name| name.span)),
        ("columns", stream.columns.first().map(|column| column.name.span)),
        ("transform", stream.transform.as_ref().map(Prose::span)),
    ];
    for (key, span) in said {
        if let Some(span) = span {
            let message = format!("a standard stream has no `{key}` of its own");
            let help = format!("remove `{key}`, or `standardStream`");
            context.report(&shape::CONFLICTING_KEYS, span, &format!("{path}.{key}"), message, help);
        }
    }
    let Some(table) = stream.table.as_ref().or_else(|| base.and_then(|base| base.table.as_ref())) else {
        if !context.is_broken(path) {
            context.report(&shape::MISSING_KEY, stream.span, path, "the stream has no `table`", "add `table`");
            context.leave_out(path);
        }
        return None;
    };
    if !built_in::is_known(&table.value) {
        let message = format!("the service has no standard stream for `{}`, which is no built-in table", table.value);
        let help = "name a built-in table, or declare a stream of your own with `columns` and `transform`";
        context.report(&shape::UNKNOWN_VALUE, table.span, &format!("{path}.table"), message, help);
    }
    let output = table.as_ref().map(|table| format!("Microsoft-{table}"));
    Some(Stream { name: name.clone(), declared: None, output, table: table.clone() })
}

fn columns(stream: &model::Stream, base: Option<&model::Stream>, path: &str, context: &mut Context<'_>) -> Vec<Column> {
    let columns = if stream.columns.is_empty() { base.map_or(&[][..], |base| &base.columns) } else { &stream.columns };
    if columns.is_empty() && !context.is_broken(path) {
        let message = "the stream declares no columns";
        context.report(&shape::MISSING_KEY, stream.span, path, message, "list in `columns` what the transform reads");
    }
    let columns = table::columns(columns, path, context);
    for column in &columns {
        if column.ty.value == ColumnType::Guid {
            let message = "a stream has no columns of type guid";
            let help = "declare it as string; the transform converts it with toguid()";
            context.report(&rules::STREAM_TYPE, column.ty.span, path, message, help);
            context.leave_out(path);
        }
    }
    columns
}

fn stream_name(name: &Text, path: &str, context: &mut Context<'_>) -> Text {
    let sound = name.value.strip_prefix("Custom-").unwrap_or(&name.value);
    if sound.is_empty() || !sound.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        let message = format!("`{}` cannot be the name of a stream", name.value);
        let help = "use letters, digits and underscores; `Custom-` is put before it";
        context.report(&rules::STREAM_NAME, name.span, &format!("{path}.name"), message, help);
    }
    Spanned::new(format!("Custom-{sound}"), name.span)
}
