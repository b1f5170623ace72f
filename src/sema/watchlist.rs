//! `watchlists:`: names, the CSV, and the body of the watchlist.

use super::context::Context;
use super::place::Places;
use super::{body, content, csv, ids};
use crate::diag::did_you_mean;
use crate::diag::rules::content as rules;
use crate::ir::{Object, SolutionInfo, Text, Value, ValueKind, Watchlist};
use crate::model::{self, AnyWatchlist, Pasted};
use crate::source::{Origin, Span, Spanned};

/// Bytes of a watchlist at most (documented: 3.8 MB; more needs a storage account).
const MAX_BYTES: usize = 3_800_000;
/// Characters of a row at most (documented).
const MAX_ROW: usize = 10_240;
/// The newest version that published packages have.
const API_VERSION: &str = "2023-11-01";
/// In published packages: as good as forever.
const DURATION: &str = "P1000Y";

pub fn resolve_all(
    given: &[Pasted<AnyWatchlist>],
    info: Option<&SolutionInfo>,
    context: &mut Context<'_>,
) -> Vec<Watchlist> {
    let names: Vec<&Text> = given.iter().map(|watchlist| watchlist.item.display_name()).collect();
    context.unique("watchlists", "watchlists", names.iter().copied());
    let files = content::file_bases(given, &names, ids::pascal_case, "watchlists", context);
    let mut resolved = Vec::new();
    for (watchlist, file) in given.iter().zip(files) {
        resolved.extend(match &watchlist.item {
            AnyWatchlist::Own(own) => self::own(own, file, info, &watchlist.path, context),
            AnyWatchlist::Template(template) => published(template, file, &watchlist.path, context),
        });
    }
    context.unique("watchlists", "watchlists", resolved.iter().map(|watchlist| &watchlist.alias));
    resolved
}

fn own(
    given: &model::Watchlist,
    file: Text,
    info: Option<&SolutionInfo>,
    path: &str,
    context: &mut Context<'_>,
) -> Option<Watchlist> {
    let at = Origin::derived(given.alias.span, "watchlist");
    let shaped = given.alias.value.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if !shaped || given.alias.value.is_empty() {
        let message = format!("`{}` cannot be the alias of a watchlist", given.alias.value);
        let help = "write letters, digits, hyphens and underscores";
        context.report(&rules::WATCHLIST_ALIAS, given.alias.span, &format!("{path}.alias"), message, help);
    }
    let (csv, places) = context.placed(&given.csv, &format!("{path}.csv"))?;
    let skip = given.lines_to_skip.map_or(0, |lines| lines.value);
    let table = Table { csv: &csv, places: &places, skip, key: &given.search_key, path };
    let rows = table.check(context);
    let provider = given.provider.clone().or(info.map(|info| info.support.name.clone()));
    let text = |text: &str| Value::text(text, at);
    let properties = Object::new()
        .with("displayName", Value::written(&given.display_name))
        .with("source", Value::text(format!("{}.csv", file.value), at))
        .with_some("description", given.description.as_ref().map(Value::written))
        .with_some("provider", provider.as_ref().map(Value::written))
        .with("isDeleted", Value::bool(false, at))
        .with("defaultDuration", given.default_duration.as_ref().map_or_else(|| text(DURATION), Value::written))
        .with("contentType", text("Text/Csv"))
        .with("numberOfLinesToSkip", Value::int(skip, at))
        .with("itemsSearchKey", Value::written(&given.search_key))
        .with("watchlistAlias", Value::written(&given.alias))
        .with("rawContent", Value::written(&csv));
    Some(Watchlist {
        symbol: context.symbol("watchlist", &given.alias.value),
        file_base: file.value,
        id: given.alias.clone(),
        alias: given.alias.clone(),
        display_name: given.display_name.clone(),
        description: given.description.clone(),
        api_version: Spanned::new(API_VERSION.to_owned(), given.alias.span),
        kind: None,
        properties,
        rows,
    })
}

fn published(given: &model::WatchlistTemplate, file: Text, path: &str, context: &mut Context<'_>) -> Option<Watchlist> {
    let (csv, places) = context.placed(&given.raw_content, &format!("{path}.rawContent"))?;
    let skip = given.lines_to_skip.map_or(0, |lines| lines.value);
    let rows = Table { csv: &csv, places: &places, skip, key: &given.search_key, path }.check(context);
    let mut properties = Object::new();
    for (key, node) in &given.properties {
        let value = body::raw(node);
        // Template checks refuse empty lists, and no labels are none.
        if value.kind != ValueKind::Array(Vec::new()) && value.kind != ValueKind::Null {
            properties.set(key.value.clone(), value);
        }
    }
    Some(Watchlist {
        symbol: context.symbol("watchlist", &file.value),
        alias: given.alias.clone().unwrap_or_else(|| file.clone()),
        file_base: file.value.clone(),
        id: file,
        display_name: given.display_name.clone(),
        description: given.description.clone(),
        api_version: given.api_version.clone(),
        kind: given.kind.clone(),
        properties,
        rows,
    })
}

/// The CSV of a watchlist.
struct Table<'a> {
    csv: &'a Text,
    places: &'a Places,
    /// Lines before the heading.
    skip: i64,
    key: &'a Text,
    path: &'a str,
}

impl Table<'_> {
    /// Reports what is wrong with it; gives the number of rows below the heading.
    fn check(&self, context: &mut Context<'_>) -> usize {
        let size = self.csv.value.len();
        if size > MAX_BYTES {
            let message = format!("the watchlist has {size} bytes; {MAX_BYTES} at most are taken with a solution");
            let help = "take columns or rows out; larger ones are uploaded through a storage account";
            context.report(&rules::WATCHLIST_SIZE, self.start(), self.path, message, help);
            return 0;
        }
        let rows = csv::rows(&self.csv.value, usize::try_from(self.skip).unwrap_or(0));
        let Some((head, items)) = rows.split_first() else {
            let message = "the watchlist has no heading";
            let help = "begin the CSV with the names of its columns";
            context.report(&rules::WATCHLIST_ROWS, self.start(), self.path, message, help);
            return 0;
        };
        let names: Vec<&str> = head.fields.iter().map(|name| name.trim()).collect();
        if !names.contains(&self.key.value.as_str()) {
            let help = match did_you_mean(&self.key.value, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("name one of {}", names.join(", ")),
            };
            let message = format!("the watchlist has no column `{}` to look rows up by", self.key.value);
            context.report(&rules::WATCHLIST_KEY, self.key.span, self.path, message, help);
        }
        if let Some(row) = items.iter().find(|row| row.fields.len() != names.len()) {
            let message = format!("this row has {} fields, and the heading has {}", row.fields.len(), names.len());
            let help = "give each row a field for each column; a field with a comma stands in quotes";
            let place = self.places.span(row.range.clone());
            context.report(&rules::WATCHLIST_ROWS, place, self.path, message, help);
        }
        let long = rows.iter().map(|row| (row, self.csv.value[row.range.clone()].chars().count()));
        if let Some((row, count)) = long.filter(|(_, count)| *count > MAX_ROW).max_by_key(|(_, count)| *count) {
            let message = format!("this row has {count} characters; {MAX_ROW} at most are taken");
            let place = self.places.span(row.range.clone());
            context.report(&rules::WATCHLIST_SIZE, place, self.path, message, "shorten its fields");
        }
        items.len()
    }

    fn start(&self) -> Span {
        self.places.span(0..self.csv.value.len().min(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_beyond_the_limit_is_refused_as_a_whole() {
        let spec = "version: 1\nsolution: {}\nwatchlists: [{ alias: V, displayName: V, itemsSearchKey: a, csv: { file: v.csv } }]\n";
        let sizes = [MAX_BYTES, MAX_BYTES + 2].map(|size| {
            let csv = format!("a\n{}", "1\n".repeat(size / 2 - 1));
            let world = crate::source::MemoryWorld::default().with("s.yaml", spec).with("v.csv", csv);
            let found = crate::pipeline::compile(&world, "s.yaml", "s.yaml", &[]).diagnostics;
            found.iter().filter(|finding| finding.rule == &rules::WATCHLIST_SIZE).count()
        });
        assert_eq!(sizes, [0, 1]);
    }
}
