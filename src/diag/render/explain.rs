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

    const SECTIONS: [&str; 5] = ["What it does", "Why it matters", "Example", "Fix", "Source"];

    #[test]
    fn every_page_says_what_it_is_about_how_to_mend_it_and_on_what_it_rests() {
        for rule in rules::all() {
            let page = explain(rule);
            assert!(page.starts_with(&format!("# {} {}\n\nSeverity: ", rule.code, rule.name)), "{page}");
            let found: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            let known: Vec<&str> = SECTIONS.into_iter().filter(|section| found.contains(section)).collect();
            assert_eq!(found, known, "{}: other sections, or in another order", rule.code);
            assert!(["What it does", "Fix", "Source"].iter().all(|section| found.contains(section)), "{}", rule.code);
            assert!(!rule.source.trim().is_empty(), "{} has no source", rule.code);
        }
    }
}
