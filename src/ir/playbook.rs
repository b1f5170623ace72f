//! Playbooks and what they call: Logic Apps custom connectors and function apps.

use super::Text;
use crate::arm::eval::tree::Tree;
use crate::source::Spanned;

/// What a carried template deploys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaybookKind {
    /// A workflow.
    Playbook,
    /// An API that workflows call as a connector.
    CustomConnector,
    /// Code that workflows call.
    FunctionApp,
}

impl PlaybookKind {
    /// The service's name for the kind of content.
    pub fn content_kind(self) -> &'static str {
        match self {
            PlaybookKind::Playbook => "Playbook",
            PlaybookKind::CustomConnector => "LogicAppsCustomConnector",
            PlaybookKind::FunctionApp => "AzureFunction",
        }
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            PlaybookKind::Playbook => "playbook",
            PlaybookKind::CustomConnector => "custom connector",
            PlaybookKind::FunctionApp => "function app",
        }
    }
}

/// A template that is deployed on demand: someone creates the playbook from it.
#[derive(Debug, Clone)]
pub struct Playbook {
    pub kind: PlaybookKind,
    /// `playbooks[2]`: the place of the spec that it comes from.
    pub place: String,
    /// The name of its folder, or of that and the one above if the folder only says how the playbook is triggered.
    pub id: Text,
    pub display_name: Text,
    /// What the workflow's tag says, or 1.0.
    pub version: Text,
    /// The template's path below `Playbooks/`.
    pub path: String,
    /// The template as the author wrote it.
    pub source: Text,
    /// The same, read.
    pub template: Tree,
    pub readme: Option<Text>,
    /// Images that the readme shows, by their paths below `Playbooks/`.
    pub images: Vec<(String, Spanned<Vec<u8>>)>,
    /// The parameter with the name of a custom connector.
    pub name_parameter: Option<String>,
    /// Of the gallery.
    pub title: Option<String>,
    pub description: Option<String>,
    /// Markdown.
    pub prerequisites: Vec<String>,
    /// Markdown: what to do when it is deployed.
    pub post_deployment: Vec<String>,
    pub parameters: Vec<PlaybookParameter>,
    /// What starts the workflow, for people.
    pub triggers: Vec<String>,
    /// In the order of the template.
    pub connections: Vec<PlaybookConnection>,
    /// Whether the workflow has an identity of its own.
    pub has_identity: bool,
    /// Queries that its actions run.
    pub queries: Vec<PlaybookQuery>,
    /// Which of the solution's playbooks, connectors and apps it calls: places in its list.
    pub needs: Vec<usize>,
}

#[derive(Debug, Clone)]
pub struct PlaybookParameter {
    pub name: String,
    /// As the template shows it; `None`: it has to be given.
    pub default: Option<String>,
    pub secret: bool,
    pub description: Option<String>,
}

/// What someone has to sign in to when the playbook is deployed.
#[derive(Debug, Clone)]
pub struct PlaybookConnection {
    /// Which of the template's resources it is, from 1.
    pub number: usize,
    /// `azuresentinel`; the name of a custom connector as far as the template's defaults say it.
    pub api: Option<String>,
    pub custom: bool,
}

/// A query that stands in an action as it is.
#[derive(Debug, Clone)]
pub struct PlaybookQuery {
    pub action: String,
    pub text: Text,
}
