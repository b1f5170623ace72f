//! The texts about a solution that the installation page, the package and the manifest share.

use super::respelt;
use crate::arm::Node;
use crate::ir::{AnalyticRule, ContentKind, PlaybookKind, Solution, SolutionInfo};
use crate::source::Origin;
use pulldown_cmark::{Options, Parser, html};

const REPOSITORY: &str = "https://github.com/Azure/Azure-Sentinel/tree/master/Solutions";
const LOGOS: &str = "https://raw.githubusercontent.com/Azure/Azure-Sentinel/master/Logos";

/// How many items of a kind a solution has; kinds without an item are not there.
pub fn counts(solution: &Solution) -> Vec<(&'static str, usize)> {
    let all = [
        ("Data Connectors", ContentKind::Connectors),
        ("Parsers", ContentKind::Parsers),
        ("Workbooks", ContentKind::Workbooks),
        ("Analytic Rules", ContentKind::AnalyticRules),
        ("Hunting Queries", ContentKind::HuntingQueries),
        ("Watchlists", ContentKind::Watchlists),
        ("Summary Rules", ContentKind::SummaryRules),
    ];
    let all = all.map(|(name, kind)| (name, kind.count(solution)));
    let carried = [
        ("Custom Azure Logic Apps Connectors", PlaybookKind::CustomConnector),
        ("Function Apps", PlaybookKind::FunctionApp),
        ("Playbooks", PlaybookKind::Playbook),
    ];
    let carried =
        carried.map(|(name, kind)| (name, solution.playbooks.iter().filter(|playbook| playbook.kind == kind).count()));
    all.into_iter().chain(carried).filter(|(_, count)| *count > 0).collect()
}

/// The description of the solution as installers read it, in Markdown, without the logo.
pub fn description(solution: &Solution) -> String {
    let info = &solution.info;
    let counts: Vec<String> = counts(solution).iter().map(|(kind, count)| format!("**{kind}:** {count}")).collect();
    let paragraphs = [
        "**Note:** Two pages are worth reading before you install this solution:".to_owned(),
        format!("• its [release notes]({})", release_notes_url(info)),
        "• the [known issues](https://aka.ms/sentinelsolutionsknownissues) of Content Hub solutions".to_owned(),
        info.description.value.trim().to_owned(),
        counts.join(", "),
        "[About Microsoft Sentinel](https://aka.ms/azuresentinel) | [About its solutions](https://aka.ms/azuresentinelsolutionsdoc)"
            .to_owned(),
    ];
    let paragraphs: Vec<String> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    paragraphs.join("\n\n")
}

/// [`description`] as HTML.
pub fn html(solution: &Solution) -> Node {
    let markdown = description(solution);
    let mut text = String::new();
    html::push_html(&mut text, Parser::new_ext(&markdown, Options::empty()));
    Node::from(text).at(Origin::derived(solution.info.description.span, "package: description as HTML"))
}

/// The logo as the data file, the installation page and the package show it; `null` without one.
pub fn logo(info: &SolutionInfo) -> Option<Node> {
    let logo = info.logo.as_ref()?;
    Some(Node::from(image(&logo.file_name)).at(Origin::derived(logo.svg.span, "package: logo element")))
}

/// The element that shows a file of the repository's `Logos` folder.
pub fn image(file_name: &str) -> String {
    format!("<img src=\"{LOGOS}/{}\" width=\"75px\" height=\"75px\">", encoded(file_name))
}

pub fn release_notes_url(info: &SolutionInfo) -> String {
    format!("{REPOSITORY}/{}/ReleaseNotes.md", encoded(&info.name.value))
}

/// Who publishes the solution; Microsoft's own ones say so.
pub fn publisher(info: &SolutionInfo) -> Node {
    let name = &info.support.name;
    let shown = match info.support.tier.value.as_str() {
        "Microsoft" => format!("Microsoft Sentinel, {}", name.value),
        _ => name.value.clone(),
    };
    Node::from(shown).at(Origin::derived(name.span, "package: publisher"))
}

/// A rule's description without the white space that the packaging tool cuts.
pub fn rule_description(rule: &AnalyticRule) -> Node {
    respelt(&rule.description, rule.description.value.trim_end())
}

/// One segment of a URL: everything but letters, digits and `-._~` as `%XX`.
fn encoded(segment: &str) -> String {
    let mut out = String::new();
    for byte in segment.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
