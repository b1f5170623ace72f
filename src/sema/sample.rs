//! `sampleData:`: events for the repository, held against the table or stream that they belong to.

use super::context::Context;
use super::csv;
use super::json::JsonFile;
use super::place::Places;
use crate::arm::eval::tree::{Form, Tree};
use crate::diag::did_you_mean;
use crate::diag::rules::{shape, submission as rules};
use crate::ir::{AnyConnector, Column, SampleData, Table, Text};
use crate::model;
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;
use std::ops::Range;

/// What every table has beside its own columns.
const STANDARD: [&str; 5] = ["TenantId", "Type", "_ResourceId", "_ItemId", "SourceSystem"];
/// The one address that the repository takes.
const SANITIZED: &str = "sanitized@sanitized.com";

pub fn resolve_all(
    given: &[model::SampleData],
    tables: &[Table],
    connectors: &[AnyConnector],
    context: &mut Context<'_>,
) -> Vec<SampleData> {
    let names: Vec<Text> = given.iter().map(|sample| sample.file.clone().map(|path| file_name(&path))).collect();
    context.unique("files", "sampleData", &names);
    let mut resolved = Vec::new();
    for (i, (sample, name)) in given.iter().zip(&names).enumerate() {
        let path = format!("sampleData[{i}]");
        let belongs = Belongs::of(sample, name, tables, connectors, &path, context);
        resolved.extend(one(sample, name, &belongs, &path, context));
    }
    resolved
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The table or stream of a file.
struct Belongs<'b> {
    name: Option<Text>,
    is_custom: bool,
    /// If this spec declares it.
    columns: Option<&'b [Column]>,
}

impl<'b> Belongs<'b> {
    fn of(
        sample: &model::SampleData,
        name: &Text,
        tables: &'b [Table],
        connectors: &'b [AnyConnector],
        path: &str,
        context: &mut Context<'_>,
    ) -> Self {
        if let (Some(_), Some(stream)) = (&sample.table, &sample.stream) {
            let message = "the events belong to a table or to a stream, not to both";
            context.report(&shape::CONFLICTING_KEYS, stream.span, path, message, "remove one of the two");
            return Belongs { name: None, is_custom: true, columns: None };
        }
        if let Some(stream) = &sample.stream {
            let codeless = connectors.iter().filter_map(AnyConnector::codeless);
            let streams: Vec<_> = codeless.flat_map(|connector| &connector.streams).collect();
            let found = streams.iter().find(|known| known.name.value == stream.value);
            if found.is_none() {
                let known: Vec<&str> = streams.iter().map(|known| known.name.value.as_str()).collect();
                context.unknown_name("stream", "connectors", stream, &format!("{path}.stream"), &known);
            }
            let columns = found.and_then(|found| Some(found.declared.as_ref()?.columns.as_slice()));
            return Belongs { name: Some(stream.clone()), is_custom: true, columns };
        }
        let base = name.value.rsplit_once('.').map_or(name.value.as_str(), |(base, _)| base);
        let table = sample.table.as_ref().map_or(base, |table| table.value.as_str());
        let found = tables.iter().find(|known| known.name.value == table);
        let named =
            sample.table.clone().or_else(|| found.map(|found| Spanned::new(found.name.value.clone(), name.span)));
        Belongs {
            is_custom: found.is_some() || table.ends_with("_CL"),
            columns: found.map(|found| found.columns.as_slice()),
            name: named,
        }
    }
}

fn one(
    sample: &model::SampleData,
    name: &Text,
    belongs: &Belongs<'_>,
    path: &str,
    context: &mut Context<'_>,
) -> Option<SampleData> {
    let (source, records) = match name.value.rsplit_once('.') {
        Some((_, "json")) => json(&sample.file, belongs, path, context)?,
        Some((_, "csv")) => csv(&sample.file, belongs, path, context)?,
        _ => {
            let message = format!("`{}` is neither a .json nor a .csv file", name.value);
            let help = "save the events as a JSON list, or as CSV with a heading";
            context.report(&rules::SAMPLE_FILE, sample.file.span, path, message, help);
            return None;
        }
    };
    Some(SampleData {
        name: name.value.clone(),
        source,
        of: belongs.name.clone(),
        is_custom: belongs.is_custom,
        records,
    })
}

fn json(name: &Text, belongs: &Belongs<'_>, path: &str, context: &mut Context<'_>) -> Option<(Text, usize)> {
    let file = JsonFile::read(name, path, context)?;
    let Some(events) = file.tree.items() else {
        let mut span = file.span(&file.tree);
        span.end = span.start + 1;
        let message = format!("`{}` holds {}, not a list of events", name.value, file.tree.kind());
        context.report(&rules::SAMPLE_FILE, span, path, message, "put the events into [ … ]");
        return None;
    };
    let mut used: BTreeMap<&str, Span> = BTreeMap::new();
    for event in events {
        match event.members() {
            Some(members) => {
                members.iter().for_each(|member| {
                    used.entry(&member.name).or_insert_with(|| file.span(&member.tree));
                });
            }
            None => {
                let message = format!("this is {}, not an event", event.kind());
                context.report(&rules::SAMPLE_FILE, file.span(event), path, message, "write an object for each event");
            }
        }
    }
    columns(used.into_iter(), belongs, path, context);
    addresses_in_json(&file, &file.tree, path, context);
    Some((Spanned::new(file.source.to_string(), file.span(&file.tree)), events.len()))
}

fn csv(name: &Text, belongs: &Belongs<'_>, path: &str, context: &mut Context<'_>) -> Option<(Text, usize)> {
    let (file, original) = context.read(name, path)?;
    let places = Places::of_file(file, &original);
    let text = original.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let rows = csv::rows(&text, 0);
    let Some((head, events)) = rows.split_first() else {
        let message = format!("`{}` has no heading", name.value);
        context.report(&rules::SAMPLE_FILE, name.span, path, message, "begin it with the names of its columns");
        return None;
    };
    if let Some(row) = events.iter().find(|row| row.fields.len() != head.fields.len()) {
        let message = format!("this row has {} fields, and the heading has {}", row.fields.len(), head.fields.len());
        let help = "give each row a field for each column; a field with a comma stands in quotes";
        context.report(&rules::SAMPLE_FILE, places.span(row.range.clone()), path, message, help);
    }
    let heading = places.span(head.range.clone());
    // Exports of the portal say in which zone a time is.
    let name_of = |field: &'_ String| field.trim().trim_end_matches(" [UTC]").to_owned();
    let names: Vec<String> = head.fields.iter().map(name_of).collect();
    columns(names.iter().map(|name| (name.as_str(), heading)), belongs, path, context);
    for range in addresses(&text) {
        report_address(&text, range.clone(), places.span(range), path, context);
    }
    Some((Spanned::new(original.to_string(), Span::new(file, 0, original.len())), events.len()))
}

/// Reports the names that the table or stream does not have, each once.
fn columns<'n>(
    used: impl Iterator<Item = (&'n str, Span)>,
    belongs: &Belongs<'_>,
    path: &str,
    context: &mut Context<'_>,
) {
    let (Some(columns), Some(of)) = (belongs.columns, &belongs.name) else { return };
    let known: Vec<&str> = columns.iter().map(|column| column.name.value.as_str()).collect();
    for (name, span) in used.filter(|(name, _)| !known.contains(name) && !STANDARD.contains(name)) {
        let message = format!("`{}` has no column `{name}`", of.value);
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", known.join(", ")),
        };
        context.report(&rules::SAMPLE_COLUMN, span, path, message, help);
    }
}

fn addresses_in_json(file: &JsonFile, tree: &Tree, path: &str, context: &mut Context<'_>) {
    match &tree.form {
        Form::Array(items) => items.iter().for_each(|item| addresses_in_json(file, item, path, context)),
        Form::Object(members) => {
            members.iter().for_each(|member| addresses_in_json(file, &member.tree, path, context));
        }
        Form::Text(text) => {
            for range in addresses(text) {
                if let Some((_, places)) = file.text(tree) {
                    report_address(text, range.clone(), places.span(range), path, context);
                }
            }
        }
        _ => {}
    }
}

fn report_address(text: &str, range: Range<usize>, span: Span, path: &str, context: &mut Context<'_>) {
    let address = text.get(range).unwrap_or_default();
    if address != SANITIZED {
        let message = format!("`{address}` is an e-mail address, and the repository takes one alone");
        context.report(&rules::SAMPLE_ADDRESS, span, path, message, format!("write {SANITIZED}"));
    }
}

/// Where e-mail addresses stand, as the repository's check finds them.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let address = |(at, _): (usize, &str)| {
        let before = text.get(..at)?;
        let start =
            before.rfind(|c| !is_part(c)).map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
        let after = text.get(at + 1..)?;
        let len = after.find(|c| !is_part(c)).unwrap_or(after.len());
        let domain = after.get(..len)?;
        let dot = domain.find('.').filter(|dot| *dot > 0 && dot + 1 < domain.len());
        (start < at && dot.is_some()).then_some(start..at + 1 + len)
    };
    text.match_indices('@').filter_map(address).collect()
}
