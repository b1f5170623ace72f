//! When a rule runs, against what its query reads and when rows arrive: what no run ever sees.
//!
//! A run at T reads rows of (T − period, T], five minutes later (documented). A row that becomes visible L after its event is
//! seen by some run if L ≤ period − frequency + 5 minutes. L is the poller's window and delay, and the ingestion behind it.

use super::super::context::Context;
use super::rule::Rule;
use super::{Examined, Query};
use crate::diag::Diagnostic;
use crate::diag::rules::rule as rules;
use crate::ir::{self, AnyConnector, Minutes, RuleKind, Schedule};
use crate::kql::usage::{Clock, Window};
use crate::kql::{Analysis, Usage};
use crate::source::Span;

/// Minutes that a scheduled rule waits for late rows (documented: scheduled analytics rules).
const GRACE: i64 = 5;
/// Minutes of ingestion (documented: on average 20 seconds to 3 minutes; assumed: no more).
const INGESTION: i64 = 3;
/// Minutes of delay from which on NRT rules miss rows (documented: near-real-time rules).
const NRT_DELAY: i64 = 12 * 60;
/// What may be late at worst is told if it is more than this part of what happens between two runs (ours): nearly every rule
/// that runs once an hour may miss a few seconds' rows, and none is written otherwise.
const PART: i64 = 10;

pub fn check(query: &Query<'_>, examined: &Examined, rule: &Rule<'_>, context: &mut Context<'_>) {
    let latest = windows(&examined.analysis, rule.connectors).max_by_key(|(_, window)| delay(window));
    let Some(schedule) = rule.schedule else {
        if let (RuleKind::Nrt, Some((table, window))) = (rule.kind, latest) {
            nrt(table, window, rule, context);
        }
        return;
    };
    // A gap in the schedule itself is reported where the schedule is read.
    if schedule.period.value < schedule.frequency.value || look_back(query, examined, schedule, context) {
        return;
    }
    if let Some((table, window)) = latest {
        late(table, window, schedule, by_arrival(&examined.usage), rule.path, context);
    }
}

/// The windows in which pollers fill the tables of a query, with the table.
fn windows<'c>(
    analysis: &'c Analysis,
    connectors: &'c [AnyConnector],
) -> impl Iterator<Item = (&'c str, &'c ir::Window)> {
    connectors.iter().filter_map(AnyConnector::codeless).flat_map(|connector| {
        connector.pollers.iter().filter_map(|poller| {
            let stream = connector.streams.iter().find(|stream| stream.name.value == poller.stream.value)?;
            let table = stream.table.value.as_str();
            analysis.tables.iter().any(|read| read == table).then_some((table, poller.window.as_ref()?))
        })
    })
}

/// Minutes from an event to its row, at worst.
fn delay(window: &ir::Window) -> i64 {
    window.minutes.value.saturating_add(window.delay).saturating_add(INGESTION)
}

/// Windows that the query itself sets, against the schedule. Whether something was reported.
fn look_back(query: &Query<'_>, examined: &Examined, schedule: &Schedule, context: &mut Context<'_>) -> bool {
    let Examined { analysis, usage, .. } = examined;
    let (period, frequency) = (schedule.period.value, schedule.frequency.value);
    let event = || usage.windows.iter().filter(|window| window.clock == Clock::Event);
    let longest = event().max_by_key(|window| window.back).filter(|window| window.back > period.0.saturating_mul(60));
    if let Some(window) = longest {
        let message =
            format!("the query looks back {}, and the service gives it the last {}", length(window), period.short());
        let help = "make `queryPeriod` as long, or the query's look-back shorter";
        report(
            query.span(window.range),
            schedule.period.span,
            "the look-back of the rule",
            message,
            help,
            query,
            context,
        );
        return true;
    }
    // Several windows may be meant for several reads; one alone is what the rule reads.
    let mut since = event().filter(|window| window.since);
    let only = match (since.next(), since.next()) {
        (Some(window), None) if analysis.tables.len() == 1 => Some(window),
        _ => None,
    };
    let arrivals = usage.windows.iter().filter(|window| window.clock == Clock::Arrival && window.since);
    let short = arrivals.max_by_key(|window| window.back).or(only);
    let gap = short.filter(|window| window.back < frequency.0.saturating_mul(60));
    if let Some(window) = gap {
        let what = if window.clock == Clock::Event { "of the last" } else { "that arrived in the last" };
        let message = format!(
            "the query reads rows {what} {}, and the rule runs every {}: what lies between is never read",
            length(window),
            frequency.short()
        );
        let help = format!("write ago({}) or longer", frequency.short());
        report(query.span(window.range), schedule.frequency.span, "how often it runs", message, help, query, context);
    }
    gap.is_some()
}

fn report(
    span: Span,
    other: Span,
    label: &str,
    message: String,
    help: impl Into<String>,
    query: &Query<'_>,
    context: &mut Context<'_>,
) {
    let finding = Diagnostic::new(&rules::LOOK_BACK, span, message).also(other, label).help(help).at(&query.path);
    context.diagnostics.push(finding);
}

/// A length of time in the unit that divides it.
fn length(window: &Window) -> String {
    if window.back % 60 == 0 { Minutes(window.back / 60).short() } else { format!("{}s", window.back) }
}

/// Minutes for a reader: `8m`, `12h 8m`.
fn told(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, _) | (_, 0) => Minutes(minutes).short(),
        (hours, rest) => format!("{hours}h {rest}m"),
    }
}

/// Whether rows are chosen by the time of their arrival.
fn by_arrival(usage: &Usage) -> bool {
    usage.windows.iter().any(|window| window.clock == Clock::Arrival)
}

/// Rows that arrive after the last run that would read them.
fn late(
    table: &str,
    window: &ir::Window,
    schedule: &Schedule,
    by_arrival: bool,
    path: &str,
    context: &mut Context<'_>,
) {
    let (frequency, period) = (schedule.frequency.value.0, schedule.period.value.0);
    let needed = frequency.saturating_add(delay(window)) - GRACE;
    let missed = needed - period;
    // A delay is no worst case: every row comes that late.
    let certainly = window.delay - GRACE - (period - frequency) > 0;
    if !certainly && missed.saturating_mul(PART) <= frequency {
        return;
    }
    let message = format!(
        "rows of `{table}` arrive up to {} late: of every {}, up to {} are never read",
        told(delay(window)),
        told(frequency),
        told(missed.min(frequency))
    );
    // Hours read better, and a longer look-back does no harm.
    let enough = if needed > 60 { needed.saturating_add(59) / 60 * 60 } else { needed };
    let longer = format!("make `queryPeriod` {} or more", Minutes(enough).short());
    let help = match by_arrival {
        true => longer,
        false => format!(
            "{longer}, and add `| where ingestion_time() > ago({})` so that no row is read twice",
            Minutes(frequency).short()
        ),
    };
    let finding = Diagnostic::new(&rules::LATE_ROWS, schedule.period.span, message)
        .also(window.minutes.span, "the poller's window")
        .help(help)
        .at(format!("{path}.queryPeriod"));
    context.diagnostics.push(finding);
}

/// An NRT rule reads by time of arrival, and gives up after half a day.
fn nrt(table: &str, window: &ir::Window, rule: &Rule<'_>, context: &mut Context<'_>) {
    if delay(window) >= NRT_DELAY {
        let message = format!("rows of `{table}` arrive {} late; NRT rules are for less than 12h", told(delay(window)));
        let help = "make it a scheduled rule: remove `kind: NRT` and add queryFrequency and queryPeriod";
        context.report(&rules::LATE_ROWS, rule.id.span, rule.path, message, help);
    }
}
