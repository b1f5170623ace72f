//! The workflow of a playbook: what starts it, what it connects to, its version, and the queries that its actions run.

use super::carried::{Carried, objects, texts};
use crate::arm::eval::tree::{Form, Members, Tree};
use crate::diag::did_you_mean;
use crate::diag::rules::playbook as rules;
use crate::ir::{PlaybookConnection, PlaybookKind, PlaybookQuery, Text};
use crate::sema::context::Context;
use crate::sema::place::Places;
use crate::source::Spanned;
use crate::syntax::{Scalar, Style, TextMap};

#[derive(Debug, Default)]
pub struct Workflow {
    pub version: Option<Text>,
    pub triggers: Vec<String>,
    pub connections: Vec<PlaybookConnection>,
    pub has_identity: bool,
    pub queries: Vec<(PlaybookQuery, Places)>,
}

const WORKFLOWS: &str = "Microsoft.Logic/workflows";
const CONNECTIONS: &str = "Microsoft.Web/connections";
const NAME_TAG: &str = "hidden-SentinelTemplateName";
const VERSION_TAG: &str = "hidden-SentinelTemplateVersion";

/// Types of triggers of Logic Apps.
const TRIGGERS: [&str; 9] = [
    "ApiConnection",
    "ApiConnectionWebhook",
    "ApiManagement",
    "Batch",
    "Http",
    "HttpWebhook",
    "Recurrence",
    "Request",
    "SlidingWindow",
];

/// `below`: the template's path below `Playbooks/`.
pub fn read(
    carried: Carried<'_>,
    text: &str,
    kind: PlaybookKind,
    below: &str,
    path: &str,
    context: &mut Context<'_>,
) -> Workflow {
    let mut workflow = Workflow { connections: connections(carried, path, context), ..Workflow::default() };
    if kind != PlaybookKind::Playbook {
        return workflow;
    }
    for (_, resource) in carried.of_type(WORKFLOWS) {
        let version = check_tags(carried, resource, path, context);
        workflow.version = workflow.version.or(version);
        workflow.has_identity |= resource.get("identity").is_some();
        let Some(properties) = resource.get("properties") else { continue };
        let Some(definition) = properties.get("definition") else { continue };
        let mut reader = Reader { carried, connected: connected(properties), path, context };
        workflow.triggers.extend(reader.triggers(resource, definition, below));
        reader.check_connections(definition);
        workflow.queries.extend(queries(carried, text, definition));
    }
    workflow
}

fn connections(carried: Carried<'_>, path: &str, context: &mut Context<'_>) -> Vec<PlaybookConnection> {
    let mut found = Vec::new();
    for (number, resource) in carried.of_type(CONNECTIONS) {
        let api = resource.get("properties").and_then(|properties| properties.get("api"));
        let Some(id) = api.and_then(|api| api.get("id")) else {
            let message = "this connection does not say to which API: it has no `properties.api.id`";
            let help = "write the id of a managed API or of a custom connector";
            context.report(&rules::PLAYBOOK_CONNECTION, carried.head(resource), path, message, help);
            continue;
        };
        found.push(PlaybookConnection { number, api: carried.last_segment(id), custom: is_custom(carried, id) });
    }
    found
}

/// Whether an id is one of a custom connector.
fn is_custom(carried: Carried<'_>, id: &Tree) -> bool {
    let says = |tree: &Tree| {
        let mut found = false;
        texts(tree, &mut |text, _| found |= text.to_ascii_lowercase().contains("microsoft.web/customapis"));
        found
    };
    let variable = match &id.form {
        Form::Expr(expr) => carried.named(expr),
        _ => None,
    };
    says(id) || variable.is_some_and(says)
}

/// The tags by which a workspace knows the template; gives the version.
fn check_tags(carried: Carried<'_>, resource: &Tree, path: &str, context: &mut Context<'_>) -> Option<Text> {
    let tag = |name: &str| resource.get("tags").and_then(|tags| tags.get(name)).filter(|tree| tree.text().is_some());
    let missing: Vec<&str> = [NAME_TAG, VERSION_TAG].into_iter().filter(|name| tag(name).is_none()).collect();
    if !missing.is_empty() {
        let at = resource.get("tags").map_or(carried.head(resource), |tags| carried.span(tags));
        let message = format!("the workflow lacks the tag {}", missing.join(" and the tag "));
        let help = "add it, so that a workspace knows which template the playbook was made from";
        context.report(&rules::PLAYBOOK_TAGS, at, path, message, help);
    }
    let version = tag(VERSION_TAG)?;
    Some(Spanned::new(version.text()?.to_owned(), carried.span(version)))
}

/// What a workflow calls its connections: the name in `$connections`, and the API behind it.
fn connected(properties: &Tree) -> Option<&Members> {
    properties.get("parameters")?.get("$connections")?.get("value")?.members()
}

struct Reader<'t, 'c, 'd> {
    carried: Carried<'t>,
    connected: Option<&'t Members>,
    path: &'c str,
    context: &'c mut Context<'d>,
}

impl<'t> Reader<'t, '_, '_> {
    fn report(&mut self, rule: &'static crate::diag::Rule, at: &Tree, message: String, help: String) {
        self.context.report(rule, self.carried.span(at), self.path, message, help);
    }

    fn triggers(&mut self, resource: &'t Tree, definition: &'t Tree, below: &str) -> Vec<String> {
        let triggers = definition.get("triggers");
        let Some(members) = triggers.and_then(Tree::members).filter(|members| !members.is_empty()) else {
            let help = "add one, such as that of an incident of Microsoft Sentinel".to_owned();
            let at = triggers.or(resource.get("type")).unwrap_or(resource);
            self.report(
                &rules::PLAYBOOK_TRIGGER,
                at,
                "nothing starts the workflow: it has no trigger".to_owned(),
                help,
            );
            return Vec::new();
        };
        let mut shown = Vec::new();
        for trigger in members.iter() {
            let Some(ty) = trigger.tree.get("type") else { continue };
            let name = ty.text().unwrap_or_default();
            if !TRIGGERS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                let help = match did_you_mean(name, TRIGGERS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of {}", TRIGGERS.join(", ")),
                };
                let message = format!("Logic Apps has no trigger of type `{name}`");
                self.report(&rules::PLAYBOOK_TRIGGER, ty, message, help);
                continue;
            }
            shown.push(self.trigger(&trigger.name, name, &trigger.tree, below));
        }
        shown
    }

    /// A trigger, for people.
    fn trigger(&mut self, name: &str, ty: &str, tree: &'t Tree, below: &str) -> String {
        let inputs = tree.get("inputs");
        let api = inputs.and_then(connection_name).and_then(|key| self.api(key));
        if api.as_deref() != Some("azuresentinel") {
            return match (ty, api) {
                ("Request", _) => "an HTTP request".to_owned(),
                ("Recurrence" | "SlidingWindow", _) => "the clock".to_owned(),
                (_, Some(api)) => format!("{name} of {api}"),
                _ => name.to_owned(),
            };
        }
        let Some(at) = inputs.and_then(|inputs| inputs.get("path")) else { return name.to_owned() };
        let path = at.text().unwrap_or_default();
        let (shown, folder) = match path {
            "/incident-creation" => ("an incident".to_owned(), "incident-trigger"),
            "/subscribe" => ("an alert".to_owned(), "alert-trigger"),
            _ if path.starts_with("/entity/") => {
                let entity = path.split('\'').nth(1).unwrap_or_default();
                (format!("an entity ({entity})"), "entity-trigger")
            }
            _ => {
                let message = format!("Microsoft Sentinel has no trigger `{path}`");
                let help = "write /incident-creation, /subscribe or /entity/@{encodeURIComponent('IP')}".to_owned();
                self.report(&rules::PLAYBOOK_TRIGGER, at, message, help);
                return name.to_owned();
            }
        };
        let named = ["incident-trigger", "alert-trigger", "entity-trigger"];
        let says = named.into_iter().find(|named| below.split('/').any(|part| part.starts_with(named)));
        if let Some(says) = says.filter(|says| *says != folder) {
            let message = format!("the folder says {says}, and {shown} starts the playbook");
            self.report(
                &rules::PLAYBOOK_TRIGGER,
                at,
                message,
                format!("name the folder {folder}, or mend the trigger"),
            );
        }
        shown
    }

    /// The API behind a name in `$connections`.
    fn api(&self, key: &str) -> Option<String> {
        let id = self.connected?.get(key)?.get("id")?;
        self.carried.last_segment(id)
    }

    fn check_connections(&mut self, definition: &'t Tree) {
        let mut unknown: Vec<(&str, &Tree)> = Vec::new();
        let connected = self.connected;
        objects("", definition, &mut |_, object| {
            let Some(key) = connection_name(object) else { return };
            let is_known = connected.is_some_and(|members| members.get(key).is_some());
            if !is_known && !unknown.iter().any(|(known, _)| *known == key) {
                unknown.push((key, object.get("host").unwrap_or(object)));
            }
        });
        let known: Vec<&str> = connected.into_iter().flat_map(Members::iter).map(|member| &*member.name).collect();
        for (key, host) in unknown {
            let at = host.get("connection").and_then(|connection| connection.get("name")).unwrap_or(host);
            let message = format!("the workflow has no connection `{key}`");
            let help = match did_you_mean(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "add it to `parameters.$connections.value` of the workflow".to_owned(),
                None => format!("add it to `parameters.$connections.value`, or name one of {}", known.join(", ")),
            };
            self.report(&rules::PLAYBOOK_CONNECTION, at, message, help);
        }
    }
}

/// Which connection the inputs of a trigger or action use: `@parameters('$connections')['teams']['connectionId']`.
fn connection_name(inputs: &Tree) -> Option<&str> {
    let name = inputs.get("host")?.get("connection")?.get("name")?.text()?;
    let behind = name.split_once("parameters('$connections')['")?.1;
    behind.split_once("']").map(|(key, _)| key)
}

/// Queries that stand in actions of Azure Monitor Logs as they are; where parts of one are put in when it runs, nobody can say
/// what it will be.
fn queries(carried: Carried<'_>, text: &str, definition: &Tree) -> Vec<(PlaybookQuery, Places)> {
    let mut found = Vec::new();
    objects("", definition, &mut |name, action| {
        let Some(inputs) = action.get("inputs") else { return };
        let path = inputs.get("path").and_then(Tree::text).unwrap_or_default().to_ascii_lowercase();
        let body = inputs.get("body").filter(|_| path.ends_with("querydata") || path.ends_with("querydatav2"));
        let Some(query) = body.map(|body| body.get("query").unwrap_or(body)) else { return };
        let Some(kql) =
            query.text().filter(|kql| !kql.trim().is_empty() && !kql.starts_with('@') && !kql.contains("@{"))
        else {
            return;
        };
        let span = carried.span(query);
        let map = TextMap::double_quoted(text, span.start as usize..span.end as usize, kql);
        let scalar = Scalar { text: kql.to_owned(), style: Style::Quoted, map };
        let query = PlaybookQuery { action: name.to_owned(), text: Spanned::new(kql.to_owned(), span) };
        found.push((query, Places::Scalar { scalar, span }));
    });
    found
}
