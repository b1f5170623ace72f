//! The documentation page. Each folder of `tests/documentation/` holds a spec and the page that it gives;
//! `SENTINEL_GEN_BLESS=1` writes the pages anew.

#[path = "support/expected.rs"]
mod expected;
#[path = "support/folder.rs"]
mod folder;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use sentinel_gen::backend::Target;
use sentinel_gen::pipeline;
use std::path::{Path, PathBuf};

fn case_folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documentation").join(name)
}

fn page(spec: &Path) -> String {
    let done = pipeline::compile(&folder::world(spec), "sentinel.yaml", "sentinel.yaml", &[Target::Docs]);
    let findings: Vec<String> = done.diagnostics.iter().map(|d| format!("{}: {}", d.path, d.message)).collect();
    let bundle = done.bundle.unwrap_or_else(|| panic!("the spec compiles: {findings:#?}"));
    String::from_utf8(bundle.files["docs/README.md"].bytes.clone()).expect("UTF-8")
}

fn case(name: &str) -> String {
    let folder = case_folder(name);
    let (made, file) = (page(&folder), folder.join("README.md"));
    expected::expect(&file, &made);
    made
}

/// The texts of all code blocks, and the numbers of columns of all table rows.
fn parsed(page: &str) -> (Vec<String>, Vec<usize>, Vec<String>) {
    let (mut blocks, mut rows, mut headings) = (Vec::new(), Vec::new(), Vec::new());
    let (mut block, mut cells, mut heading) = (None, 0, None);
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => block = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(heading.take()),
            Event::Text(text) | Event::Code(text) => {
                for open in [&mut block, &mut heading].into_iter().flatten() {
                    open.push_str(&text);
                }
            }
            Event::End(TagEnd::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => rows.push(std::mem::take(&mut cells)),
            Event::Html(html) | Event::InlineHtml(html) => panic!("a value became HTML: {html}"),
            _ => {}
        }
    }
    (blocks, rows, headings)
}

#[test]
fn pulumi_page_has_every_section() {
    let page = page(&Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud"));
    let (_, _, headings) = parsed(&page);
    let sections = [
        "Overview",
        "Prerequisites",
        "Set up",
        "From the content hub",
        "With a custom deployment in the portal",
        "With the Azure CLI",
        "Unattended",
        "Verify",
        "Columns",
        "Analytic rules",
        "Configuration",
        "Sample queries",
        "Updating a secret",
        "Removing",
        "Known limitations",
        "Support",
    ];
    let found: Vec<&str> = sections.into_iter().filter(|section| headings.iter().any(|h| h == section)).collect();
    assert_eq!(found, sections);
}

#[test]
fn solution_of_rules_alone_has_no_empty_sections() {
    let (_, _, headings) = parsed(&case("small"));
    for absent in ["Verify", "Columns", "Updating a secret", "Known limitations"] {
        assert!(!headings.iter().any(|heading| heading == absent), "{absent}");
    }
}

#[test]
fn solution_of_playbooks_alone_has_no_bundle_to_deploy() {
    let page = case("playbooks");
    let (_, _, headings) = parsed(&page);
    for absent in
        ["With a custom deployment in the portal", "With the Azure CLI", "Unattended", "Configuration", "Removing"]
    {
        assert!(!headings.iter().any(|heading| heading == absent), "{absent}");
    }
    assert!(!page.contains("azuredeploy.parameters.json") && !page.contains("sentinel-gen deploy"), "{page}");
}

#[test]
fn texts_of_the_author_stay_text() {
    let page = case("rich");
    let (blocks, rows, _) = parsed(&page);
    assert!(page.contains("{{column}} <<x>> <% y %>"), "marks of templates pass through");
    assert!(blocks.iter().any(|block| block.contains("\"```\"")), "backticks stay inside their block: {blocks:#?}");
    assert!(rows.iter().all(|cells| [2, 3, 4, 6].contains(cells)), "no bar of a text ends a cell: {rows:?}");
}
