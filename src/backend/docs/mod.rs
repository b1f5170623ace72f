//! `docs/README.md`: the connector's own documentation page, for the people who set it up and use it.
//!
//! The words are in `templates/README.md.jinja`; here is only what they are about. Every value is escaped for the place
//! where it stands, and the template's own marks (`<<…>>`, `<%…%>`) are read in the template alone, so a `{{…}}` of a query
//! or description arrives as it is.

mod beside;
mod carried;
mod connector;
mod lineage;
mod page;
mod playbooks;
mod several;
mod workbook;

use super::{Bundle, markdown};
use crate::ir::{Solution, graph::Graph};
use crate::source::Origin;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, value::Serde};
use page::Page;
use std::sync::LazyLock;

/// Without a suffix that would turn escaping for HTML on.
const NAME: &str = "README.md";
const TEMPLATE: &str = include_str!("../templates/README.md.jinja");

/// Puts `docs/README.md` into the bundle.
pub fn emit(solution: &Solution, graph: &Graph, bundle: &mut Bundle) {
    let page = Page::of(solution, graph);
    // The template names fields of `Page` and nothing else, whatever the solution: the tests render all of it.
    let text = TEMPLATES.get_template(NAME).and_then(|template| template.render(Serde(&page)));
    let text = text.unwrap_or_default();
    bundle.text("docs/README.md", text, Origin::derived(solution.info.span, "documentation page"));
}

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .variable_delimiters("<<", ">>")
        .block_delimiters("<%", "%>")
        .comment_delimiters("<#", "#>")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    // Fails for marks that are empty or the same.
    environment.set_syntax(syntax.unwrap_or_default());
    environment.add_filter("code", |text: &str| markdown::code(text));
    environment.add_filter("code_cell", |text: &str| markdown::code_cell(text));
    environment.add_filter("text", |text: &str| markdown::text(text));
    environment.add_filter("cell", |text: &str| markdown::cell(text));
    environment.add_filter("fence", |body: &str, language: &str| markdown::fence(body, language));
    // Markdown of the author's that is one item of a list: its further lines belong to the item.
    environment.add_filter("step", |text: &str| text.trim().replace('\n', "\n   "));
    environment.add_filter("item", |text: &str| text.trim().replace('\n', "\n  "));
    // Read once, for a fleet. An error of the template's own is an empty page, which no test lets pass.
    let _ = environment.add_template(NAME, TEMPLATE);
    environment
});
