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
    let allowed = match rule.severity {
        Severity::Error if rule.can_be_allowed() => ", and can be allowed with a reason",
        _ => "",
    };
    format!(
        "# {code} {name}\n\nSeverity: {severity}{allowed}. Since {since}.\n\n{page}\n\n## Source\n{source}\n",
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

    /// What a source may begin with: how well its rule is known.
    const EVIDENCE: [&str; 3] = ["documented", "observed", "assumed"];

    #[test]
    fn every_page_says_what_why_an_example_the_fix_and_its_source() {
        for rule in rules::all() {
            let page = explain(rule);
            assert!(page.starts_with(&format!("# {} {}\n\nSeverity: ", rule.code, rule.name)), "{page}");
            let found: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(found, ["What it does", "Why it matters", "Example", "Fix", "Source"], "{}", rule.code);
            let example = page.split("## Example\n").nth(1).and_then(|rest| rest.split("## Fix\n").next());
            let is_shown = example.is_some_and(|text| {
                ["```yaml\n", "```json\n", "```kusto\n", "```sh\n"].iter().any(|fence| text.starts_with(fence))
            });
            assert!(is_shown, "{}: the example is not a block of yaml, json, kql or sh", rule.code);
        }
    }

    #[test]
    fn every_source_begins_with_how_well_it_is_known() {
        for rule in rules::all() {
            let (evidence, source) = rule.source.split_once(": ").unwrap_or_default();
            assert!(evidence.split(" and ").all(|word| EVIDENCE.contains(&word)), "{}: {}", rule.code, rule.source);
            assert!(!source.trim().is_empty(), "{} names no source", rule.code);
        }
    }
}
