//! Kind Push: the page's button makes an application that may send to the collection rule, and shows what it has to know.
//!
//! Where the page does it all, the deploy bundle needs an application that is there already: a template makes none in
//! Microsoft Entra.

use super::{Meaning, given};
use crate::ir::graph::{Role, RoleAssignment};
use crate::ir::{Expr, Input, InputKind, Object, Stream, Text, Value};
use crate::model::Connector;
use crate::sema::connector::Symbols;
use crate::sema::context::Context;
use crate::sema::ids;
use crate::sema::page::{Page, criterion};
use crate::sema::poller::Effective;
use crate::source::{Origin, Span};

pub struct Push;

/// Parameters of the deploy bundle for the application; in a package they are members of `auth`, which the portal gives.
pub const APPLICATION: &str = "pushApplicationId";
pub const PRINCIPAL: &str = "pushServicePrincipalId";

impl Meaning for Push {
    fn inputs(&self, of: &Connector) -> Vec<Input> {
        let input = |name, member, label, description| {
            let kind = InputKind::Application(member);
            given(of, name, kind, label, description, "00000000-0000-0000-0000-000000000000")
        };
        vec![
            input(
                APPLICATION,
                "appId",
                "Application id",
                "the client id of the application in Microsoft Entra that sends the events",
            ),
            input(
                PRINCIPAL,
                "servicePrincipalId",
                "Service principal id",
                "the object id of that application's service principal (its enterprise application, not its app registration)",
            ),
        ]
    }

    /// The page has a button and nothing to fill in.
    fn asks_only(&self) -> Option<&'static [&'static str]> {
        Some(&[])
    }

    fn complete(
        &self,
        of: &Effective<'_>,
        _stream: &Stream,
        body: &mut Object,
        _inputs: &[Input],
        context: &mut Context<'_>,
    ) {
        context.used_inputs.extend([APPLICATION, PRINCIPAL].map(str::to_owned));
        let origin = Origin::derived(of.name.span, "application of a Push connector");
        let parameter = |name: &str| Value::expr(Expr::Input(name.to_owned()), origin);
        let auth = Object::new()
            .with("type", Value::text("Push", origin))
            .with("AppId", parameter(APPLICATION))
            .with("ServicePrincipalId", parameter(PRINCIPAL));
        body.set("auth", Value::object(auth, origin));
        // Both as published connectors have them.
        let default = Origin::derived(of.name.span, "default of a Push connector");
        if body.get("request").is_none() {
            let request = Object::new().with("RetryCount", Value::int(1, default));
            body.set("request", Value::object(request, default));
        }
        if body.get("response").is_none() {
            let paths = Value::array(vec![Value::text("$", default)], default);
            body.set("response", Value::object(Object::new().with("eventsJsonPaths", paths), default));
        }
    }

    fn says_data_type(&self) -> bool {
        false
    }

    /// No connection shows it, for the service asks nothing: rows do.
    fn connectivity(&self, tables: &[&Text], span: Span) -> Value {
        let names: Vec<&str> = tables.iter().map(|table| table.value.as_str()).collect();
        let rows = match names.as_slice() {
            [only] => (*only).to_owned(),
            several => format!("union isfuzzy=true {}", several.join(", ")),
        };
        let query = format!(
            "{rows}\n| where TimeGenerated > ago(7d)\n| summarize Rows = count()\n| project IsConnected = Rows > 0"
        );
        criterion("IsConnectedQuery", vec![query], span)
    }

    fn steps(&self, page: &Page<'_>) -> Vec<Value> {
        vec![deploy(page), send(page)]
    }

    /// The portal makes one application and one connection for each workspace.
    fn lists_connections(&self) -> bool {
        false
    }

    fn roles(&self, of: &Symbols, span: Span) -> Vec<RoleAssignment> {
        vec![RoleAssignment {
            symbol: ids::symbol("publisherOf", &of.rule.0),
            scope: of.rule.clone(),
            role: Role::MonitoringMetricsPublisher,
            principal: Expr::Input(PRINCIPAL.to_owned()),
            origin: Origin::derived(span, "who may send to a collection rule"),
        }]
    }
}

/// The button, and what it makes.
fn deploy(page: &Page<'_>) -> Value {
    let written = |key: &str| page.connector.page.text(key).map(str::to_owned);
    let title = &page.connector.title.value;
    let content = "The button makes the tables, the collection rule with its endpoint, an application in Microsoft Entra \
                   with a secret, and the role assignment (Monitoring Metrics Publisher) by which that application may send.";
    let parameters = Object::new()
        .with("label", page.text(written("deployLabel").unwrap_or_else(|| "Deploy".to_owned())))
        .with("applicationDisplayName", page.text(written("applicationDisplayName").unwrap_or_else(|| title.clone())));
    let instructions = vec![
        page.instruction("Markdown", Object::new().with("content", page.text(content))),
        page.instruction("DeployPushConnectorButton", parameters),
    ];
    page.step("Make what receives the events", "Once for each workspace.", instructions)
}

/// What the sender has to know: label and what the portal fills in.
const SENDER: [(&str, &str); 5] = [
    ("Tenant id", "TenantId"),
    ("Application id", "ApplicationId"),
    ("Application secret", "ApplicationSecret"),
    ("Endpoint", "DataCollectionEndpoint"),
    ("Immutable id of the collection rule", "DataCollectionRuleId"),
];

fn send(page: &Page<'_>) -> Value {
    let filled = |(label, fill): (&str, &str)| {
        let parameters = Object::new()
            .with("label", page.text(label))
            .with("fillWith", page.list(vec![page.text(fill)]))
            .with("placeholder", page.text("Shown after the step above"));
        page.instruction("CopyableLabel", parameters)
    };
    let stream = |stream: &Stream| {
        let label = match page.streams {
            [_] => "Stream".to_owned(),
            _ => format!("Stream of {}", stream.table.value),
        };
        let parameters = Object::new().with("label", page.text(label)).with("value", Value::written(&stream.name));
        page.instruction("CopyableLabel", parameters)
    };
    let instructions = SENDER.into_iter().map(filled).chain(page.streams.iter().map(stream)).collect();
    let text = "Copy these values into the sender. The secret is shown this once.";
    page.step(format!("Tell {} where to send", page.connector.title.value), text, instructions)
}
