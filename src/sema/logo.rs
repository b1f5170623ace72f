//! `solution.logo`: what the repository's check of logos looks for, each at its own place in the drawing.

use super::context::Context;
use super::ids;
use super::place::Places;
use crate::diag::rules::solution as rules;
use crate::ir::Text;
use crate::model::Prose;
use std::collections::BTreeSet;
use std::ops::Range;

const PATH: &str = "solution.logo";
/// Bytes at most.
const MAX: usize = 5000;

/// What no logo may contain, and what to do instead.
const REFUSED: [(&str, &str); 8] = [
    ("style=", "write colours as attributes: fill=\"#0050C8\""),
    ("cls=", "remove it"),
    ("xmlns:xlink", "remove it"),
    ("data-name", "remove it"),
    ("xlink:href", "draw it where it is used, or write href"),
    ("<title", "remove the element: the portal shows the solution's name"),
    ("<script", "remove the element: a logo is a drawing alone"),
    ("javascript:", "remove it: a logo is a drawing alone"),
];

/// The text of the logo, checked; `None` if it cannot be had.
pub fn resolve(prose: &Prose, context: &mut Context<'_>) -> Option<Text> {
    let (mut svg, places) = context.placed(prose, PATH)?;
    svg.value.truncate(svg.value.trim_end().len());
    let mut logo = Logo { text: &svg.value, places: &places, context };
    logo.check();
    Some(svg)
}

struct Logo<'l, 'c, 'd> {
    text: &'l str,
    places: &'l Places,
    context: &'c mut Context<'d>,
}

impl Logo<'_, '_, '_> {
    fn refuse(&mut self, range: Range<usize>, message: String, help: &str) {
        self.context.report(&rules::LOGO, self.places.span(range), PATH, message, help);
    }

    fn check(&mut self) {
        let text = self.text;
        let start = 0..text.len().min(1);
        if !text.contains("<svg") {
            self.refuse(start, "the logo is not an SVG".to_owned(), "name an .svg file");
            return;
        }
        if !text.ends_with("</svg>") && !text.ends_with("/>") {
            let end = text.char_indices().next_back().map_or(0, |(at, _)| at);
            self.refuse(end..text.len(), "the drawing has no end".to_owned(), "close it with </svg>");
        }
        if text.len() > MAX {
            let message = format!("the logo has {} bytes; {MAX} at most are taken", text.len());
            self.refuse(start, message, "simplify the drawing");
        }
        for (refused, help) in REFUSED {
            if let Some(at) = text.find(refused) {
                self.refuse(at..at + refused.len(), format!("the logo contains `{refused}`, which is refused"), help);
            }
        }
        if let Some(at) = text.find("<image").filter(|_| text.contains(".png") || text.contains("image/png")) {
            let message = "the logo contains a PNG image, which is refused".to_owned();
            self.refuse(at..at + "<image".len(), message, "draw it in SVG");
        }
        for range in handlers(text) {
            let name = text.get(range.clone()).unwrap_or_default();
            let message = format!("the logo contains `{name}`, which runs a script");
            self.refuse(range, message, "remove it: a logo is a drawing alone");
        }
        self.ids();
    }

    /// Each id is a GUID, and stands once.
    fn ids(&mut self) {
        let mut seen = BTreeSet::new();
        for range in values(self.text, "id") {
            let id = self.text.get(range.clone()).unwrap_or_default();
            let guid = id.get(..36).and_then(ids::parse_guid);
            match guid {
                None => {
                    let message = format!("the id `{id}` is no GUID, as the repository wants it");
                    self.refuse(range, message, "remove it, and draw what it names in its place");
                }
                Some(_) if !seen.insert(id.to_owned()) => {
                    let message = format!("the id `{id}` stands here a second time");
                    self.refuse(range, message, "give each element an id of its own, or none");
                }
                Some(_) => {}
            }
        }
    }
}

/// Where the values of an attribute stand, without their quotation marks.
fn values(text: &str, name: &str) -> Vec<Range<usize>> {
    let wanted = format!("{name}=\"");
    let found = text.match_indices(&wanted).filter(|(at, _)| before_is_blank(text, *at));
    let value = |(at, _): (usize, &str)| {
        let start = at + wanted.len();
        let len = text.get(start..)?.find('"')?;
        Some(start..start + len)
    };
    found.filter_map(value).collect()
}

/// Names of attributes that hold scripts: `onload`, `onclick`.
fn handlers(text: &str) -> Vec<Range<usize>> {
    let found = text.match_indices("on").filter(|(at, _)| before_is_blank(text, *at));
    let name = |(at, _): (usize, &str)| {
        let rest = text.get(at..)?;
        let len = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        let is_attribute = rest.get(len..)?.starts_with("=\"") || rest.get(len..)?.starts_with("='");
        (is_attribute && len > 2).then_some(at..at + len)
    };
    found.filter_map(name).collect()
}

fn before_is_blank(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with([' ', '\t', '\n', '\r']))
}
