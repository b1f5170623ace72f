//! What people and the catalogue read about a solution, and what they are asked for.

use super::{Named, text, texts};
use crate::ir::{self, InputKind};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What people read about the solution.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SolutionText<'a> {
    name: &'a str,
    version: &'a str,
    summary: &'a str,
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    prerequisites: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limitations: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assumed: Vec<&'a str>,
    /// By kind of content.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    installation_page: Named<'a, &'a str>,
}

/// What the catalogue needs to know.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Package<'a> {
    publisher_id: &'a str,
    offer_id: &'a str,
    plan_id: &'a str,
    author: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author_email: Option<&'a str>,
    support: Support<'a>,
    providers: Vec<&'a str>,
    domains: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verticals: Vec<&'a str>,
    first_publish_date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_publish_date: Option<&'a str>,
    keywords: Vec<&'a str>,
    marketplace_categories: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    privacy_link: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Logo<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dependencies: Vec<&'a str>,
    releases: Named<'a, Release<'a>>,
}

#[derive(Serialize)]
struct Support<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    tier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logo<'a> {
    file_name: &'a str,
    /// Of the SVG's text, hexadecimal: a drawing is not worth a line-by-line comparison.
    sha256: String,
}

#[derive(Serialize)]
struct Release<'a> {
    date: &'a str,
    changes: Vec<&'a str>,
}

#[derive(Serialize)]
pub struct Input<'a> {
    kind: &'static str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    placeholder: Option<&'a str>,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<ChoiceOption<'a>>,
}

#[derive(Serialize)]
struct ChoiceOption<'a> {
    key: &'a str,
    text: &'a str,
}

impl<'a> SolutionText<'a> {
    pub fn of(info: &'a ir::SolutionInfo) -> Self {
        SolutionText {
            name: &info.name.value,
            version: &info.version.value,
            summary: &info.summary.value,
            description: &info.description.value,
            prerequisites: texts(&info.prerequisites),
            limitations: texts(&info.limitations),
            assumed: texts(&info.assumed),
            installation_page: info.page_texts.iter().map(|(kind, text)| (kind.key(), text.value.as_str())).collect(),
        }
    }
}

impl<'a> Package<'a> {
    pub fn of(info: &'a ir::SolutionInfo) -> Self {
        let release = |r: &'a ir::Release| Release { date: &r.date.value, changes: texts(&r.changes) };
        Package {
            publisher_id: &info.publisher_id.value,
            offer_id: &info.offer_id.value,
            plan_id: &info.plan_id.value,
            author: &info.author.value,
            author_email: text(&info.author_email),
            support: Support {
                name: &info.support.name.value,
                email: text(&info.support.email),
                tier: &info.support.tier.value,
                link: text(&info.support.link),
            },
            providers: texts(&info.providers),
            domains: texts(&info.domains),
            verticals: texts(&info.verticals),
            first_publish_date: &info.first_publish_date.value,
            last_publish_date: text(&info.last_publish_date),
            keywords: texts(&info.keywords),
            marketplace_categories: texts(&info.marketplace_categories),
            privacy_link: text(&info.privacy_link),
            logo: info.logo.as_ref().map(|logo| Logo { file_name: &logo.file_name, sha256: sha256(&logo.svg.value) }),
            dependencies: texts(&info.dependencies),
            releases: info.releases.iter().map(|r| (&*r.version.value, release(r))).collect(),
        }
    }
}

pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<'a> Input<'a> {
    pub fn of(input: &'a ir::Input) -> Self {
        let (kind, options) = match &input.kind {
            InputKind::Text => ("text", &[][..]),
            InputKind::Url => ("url", &[][..]),
            InputKind::Secret => ("secret", &[][..]),
            InputKind::Choice(options) => ("choice", &options[..]),
            InputKind::Application(_) => ("application", &[][..]),
            InputKind::ServicePrincipal(_) => ("servicePrincipal", &[][..]),
        };
        Input {
            kind,
            label: &input.label.value,
            description: text(&input.description),
            placeholder: text(&input.placeholder),
            required: input.required,
            default: if input.is_secret() { None } else { text(&input.default) },
            options: options.iter().map(|(key, text)| ChoiceOption { key: &key.value, text: &text.value }).collect(),
        }
    }
}
