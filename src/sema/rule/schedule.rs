//! When a rule runs, and how far it looks back.

use super::Context;
use crate::diag::rules::{rule as rules, shape};
use crate::ir::{Minutes, Schedule, Text, TriggerOperator};
use crate::model;
use crate::source::Spanned;

pub fn resolve(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> Option<Schedule> {
    const MAX: i64 = 14 * 1440;
    let mut read = |text: &Option<Text>, key: &str| match text {
        Some(text) => {
            minutes(text, 5, MAX, &format!("{path}.{key}"), context).map(|minutes| Spanned::new(minutes, text.span))
        }
        None => {
            let message = format!("a scheduled rule needs `{key}`");
            context.report(
                &shape::MISSING_KEY,
                rule.id.span,
                path,
                message,
                format!("add `{key}`, as in 15m, 1h or 14d"),
            );
            None
        }
    };
    let frequency = read(&rule.query_frequency, "queryFrequency");
    let period = read(&rule.query_period, "queryPeriod");
    let operator = operator(rule, path, context);
    let threshold = rule.trigger_threshold.unwrap_or(Spanned::new(0, rule.id.span));
    if !(0..=10_000).contains(&threshold.value) {
        let message = format!("`triggerThreshold` is {}; 0 to 10000 are taken", threshold.value);
        context.report(
            &shape::OUT_OF_RANGE,
            threshold.span,
            &format!("{path}.triggerThreshold"),
            message,
            "take a value in the range",
        );
    }
    let (frequency, period) = (frequency?, period?);
    if period.value < frequency.value {
        let message = format!(
            "the rule looks back {} and runs every {}: what lies between is never read",
            period.value.short(),
            frequency.value.short()
        );
        let help = format!("make `queryPeriod` {} or more", frequency.value.short());
        context.report(&rules::SCHEDULE, period.span, &format!("{path}.queryPeriod"), message, help);
    }
    if period.value.0 >= 2 * 1440 && frequency.value.0 < 60 {
        let message = "a rule that looks back two days or more cannot run more often than once an hour";
        context.report(
            &rules::SCHEDULE,
            frequency.span,
            &format!("{path}.queryFrequency"),
            message,
            "write 1h or more",
        );
    }
    Some(Schedule { frequency, period, operator: operator?, threshold })
}

fn operator(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) -> Option<Spanned<TriggerOperator>> {
    use TriggerOperator::{Equal, GreaterThan, LessThan, NotEqual};
    let Some(text) = &rule.trigger_operator else { return Some(Spanned::new(GreaterThan, rule.id.span)) };
    let found = [GreaterThan, LessThan, Equal, NotEqual]
        .into_iter()
        .find(|op| [op.short(), op.name()].contains(&text.value.as_str()));
    if found.is_none() {
        let message = format!("`{}` is not a trigger operator", text.value);
        context.report(
            &shape::UNKNOWN_VALUE,
            text.span,
            &format!("{path}.triggerOperator"),
            message,
            "write gt, lt, eq or ne",
        );
    }
    found.map(|op| Spanned::new(op, text.span))
}

/// `15m`, `1h`, `14d`: the repository's way to write durations.
pub fn parse(text: &str) -> Option<Minutes> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 = number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok())??;
    let factor = match unit {
        "m" => 1,
        "h" => 60,
        "d" => 1440,
        _ => return None,
    };
    number.checked_mul(factor).map(Minutes)
}

/// `15m`, `1h`, `14d` within a range of minutes.
pub fn minutes(text: &Text, min: i64, max: i64, path: &str, context: &mut Context<'_>) -> Option<Minutes> {
    let value = text.value.as_str();
    let Some(Minutes(total)) = parse(value) else {
        let message = format!("`{value}` is not a duration of the repository's rule files");
        let help = if value.to_ascii_uppercase().starts_with('P') {
            "write a number and m, h or d, as in 15m; the template gets ISO 8601 from it"
        } else {
            "write a number and m, h or d, as in 15m, 1h or 14d"
        };
        context.report(&rules::DURATION, text.span, path, message, help);
        return None;
    };
    if !(min..=max).contains(&total) {
        let message =
            format!("`{value}` is out of range; {} to {} are taken", Minutes(min).short(), Minutes(max).short());
        context.report(&rules::DURATION, text.span, path, message, "take a value in the range");
        return None;
    }
    Some(Minutes(total))
}

pub fn refuse(rule: &model::AnalyticRule, path: &str, context: &mut Context<'_>) {
    let keys = [
        ("queryFrequency", rule.query_frequency.as_ref().map(|text| text.span)),
        ("queryPeriod", rule.query_period.as_ref().map(|text| text.span)),
        ("triggerOperator", rule.trigger_operator.as_ref().map(|text| text.span)),
        ("triggerThreshold", rule.trigger_threshold.as_ref().map(|number| number.span)),
    ];
    for (key, span) in keys {
        if let Some(span) = span {
            let message = format!("an NRT rule has no `{key}`: it runs every minute");
            context.report(&rules::NRT_SCHEDULE, span, &format!("{path}.{key}"), message, format!("remove `{key}`"));
        }
    }
}
