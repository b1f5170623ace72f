//! A rule's page.

use crate::diag::{Rule, Severity};

/// The page of a rule as Markdown: what `sentinel-gen explain` prints and `docs/rules/` holds.
pub fn explain(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    };
    // Doc comments come with the blank behind their slashes.
    let page: Vec<&str> = rule.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
    format!(
        "# {code} {name}\n\nSeverity: {severity}. Since {since}.\n\n{page}\n\n## Source\n{source}\n",
        code = rule.code,
        name = rule.name,
        since = rule.since,
        page = page.join("\n").trim(),
        source = sentence(rule.source),
    )
}

/// `documented: where` as a sentence of the page.
fn sentence(source: &str) -> String {
    let mut chars = source.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", chars.as_str().trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::rules;

    #[test]
    fn every_page_says_what_why_and_how_to_mend_it() {
        for rule in rules::all() {
            let page = explain(rule);
            assert!(page.starts_with(&format!("# {} {}\n\nSeverity: ", rule.code, rule.name)), "{page}");
            let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, ["What it does", "Why it matters", "Example", "Fix", "Source"], "{}", rule.code);
        }
    }

    #[test]
    fn every_source_says_on_what_it_rests() {
        for rule in rules::all() {
            let kind = rule.source.split_once(": ").map(|(kind, _)| kind);
            assert!(matches!(kind, Some("documented" | "observed" | "assumed")), "{}: {}", rule.code, rule.source);
        }
    }
}
