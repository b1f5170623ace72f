//! The instruction steps that are derived where the author writes none: the building blocks, and the steps of a connector
//! that is filled in and connected. What other kinds have instead is in [`kind`](crate::sema::kind).

use crate::arm;
use crate::ir::{Expr, Input, InputKind, Object, Stream, Text, Value};
use crate::model;
use crate::sema::poller::auth;
use crate::source::{Origin, Span};

pub fn derived(text: impl Into<String>, span: Span, rule: &'static str) -> Value {
    Value::text(text, Origin::derived(span, rule))
}

pub fn list(items: Vec<Value>, span: Span, rule: &'static str) -> Value {
    Value::array(items, Origin::derived(span, rule))
}

pub fn object(object: Object, span: Span, rule: &'static str) -> Value {
    Value::object(object, Origin::derived(span, rule))
}

/// What the derived steps are made from.
pub struct Page<'a> {
    pub connector: &'a model::Connector,
    /// Names of the inputs that the connector uses.
    pub used: &'a [String],
    pub inputs: &'a [Input],
    pub streams: &'a [Stream],
    /// Whether the person signs in on the page.
    pub form: bool,
    pub span: Span,
}

const STEPS: &str = "default: instructionSteps";

impl Page<'_> {
    /// One step: the boxes with the button, or the grid with the pane that adds to it.
    pub fn connect(&self) -> Value {
        let instructions = match &self.connector.connections {
            Some(connections) => vec![self.grid(connections), self.pane(connections)],
            None => {
                let mut instructions = self.boxes();
                instructions.push(if self.form { self.oauth_form() } else { self.toggle() });
                instructions
            }
        };
        let text = match &self.connector.connections {
            Some(_) => "Each row is a connection. Add one with the button below the list.",
            None => "Fill in what is asked for, then press Connect.",
        };
        self.step(format!("Connect {} to Microsoft Sentinel", self.connector.title.value), text, instructions)
    }

    pub fn step(&self, title: impl Into<String>, description: impl Into<String>, instructions: Vec<Value>) -> Value {
        let step = Object::new()
            .with("title", self.text(title))
            .with("description", self.text(description))
            .with("instructions", self.list(instructions));
        object(step, self.span, STEPS)
    }

    /// A step of paragraphs (Markdown), and what stands below them.
    pub fn notes(&self, title: &str, description: &str, paragraphs: &[&str], further: Vec<Value>) -> Value {
        let markdown = |text: &&str| self.instruction("Markdown", Object::new().with("content", self.text(*text)));
        self.step(title, description, paragraphs.iter().map(markdown).chain(further).collect())
    }

    pub fn list(&self, items: Vec<Value>) -> Value {
        list(items, self.span, STEPS)
    }

    pub fn text(&self, text: impl Into<String>) -> Value {
        derived(text, self.span, STEPS)
    }

    pub fn flag(&self, value: bool) -> Value {
        Value::bool(value, Origin::derived(self.span, STEPS))
    }

    pub fn instruction(&self, ty: &str, parameters: Object) -> Value {
        let body = Object::new().with("type", self.text(ty)).with("parameters", object(parameters, self.span, STEPS));
        object(body, self.span, STEPS)
    }

    fn toggle(&self) -> Value {
        self.instruction(
            "ConnectionToggleButton",
            Object::new()
                .with("name", self.text("connect"))
                .with("connectLabel", self.text("Connect"))
                .with("disconnectLabel", self.text("Disconnect")),
        )
    }

    /// The form with its own boxes for id and secret; the person signs in when it is sent (shown and sent addresses:
    /// observed in every published page of this kind).
    fn oauth_form(&self) -> Value {
        let mut parameters = Object::new();
        for (key, name) in [("clientId", "ClientId"), ("clientSecret", "ClientSecret")] {
            if let Some(input) = self.inputs.iter().find(|input| input.name.value == name) {
                parameters.set(format!("{key}Label"), Value::written(&input.label));
                if let Some(placeholder) = &input.placeholder {
                    parameters.set(format!("{key}Placeholder"), Value::written(placeholder));
                }
            }
        }
        let parameters = parameters
            .with("connectButtonLabel", self.text("Connect"))
            .with("disconnectButtonLabel", self.text("Disconnect"))
            .with("showRedirectUri", self.flag(true))
            .with("sendRedirectUri", self.flag(true));
        self.instruction("OAuthForm", parameters)
    }

    fn grid(&self, connections: &model::Connections) -> Value {
        let mapping = connections.columns.0.iter().map(|(title, path)| {
            let column =
                Object::new().with("columnName", Value::written(title)).with("columnValue", Value::written(path));
            Value::object(column, Origin::written(title.span))
        });
        let mapping = list(mapping.collect(), connections.span, STEPS);
        let menu = list(vec![self.text("DeleteConnector")], self.span, STEPS);
        self.instruction("DataConnectorsGrid", Object::new().with("mapping", mapping).with("menuItems", menu))
    }

    fn pane(&self, connections: &model::Connections) -> Value {
        let label = || match &connections.add_label {
            Some(label) => Value::written(label),
            None => self.text("Add connection"),
        };
        let inner = Object::new().with("instructions", self.list(self.boxes()));
        let steps = list(vec![object(inner, self.span, STEPS)], self.span, STEPS);
        self.instruction(
            "ContextPane",
            Object::new()
                .with("isPrimary", self.flag(true))
                .with("label", label())
                .with("title", label())
                .with("subtitle", Value::written(&self.connector.title))
                .with("contextPaneType", self.text("DataConnectorsContextPane"))
                .with("instructionSteps", steps),
        )
    }

    pub fn boxes(&self) -> Vec<Value> {
        let in_form = |input: &Input| self.form && auth::FORM.iter().any(|(_, name)| *name == input.name.value);
        let inputs = self.inputs.iter().filter(|input| self.used.contains(&input.name.value) && !in_form(input));
        inputs.map(|input| self.input_box(input)).collect()
    }

    /// The portal's own box, which finds the service principal of an application in the tenant or asks for consent (observed
    /// in every published page of kind StorageAccountBlobContainer, with this name).
    fn principal_box(&self, input: &Input, application: &str) -> Value {
        let tenant = arm::Expr::call("subscription", []).member("tenantId");
        let tenant = Value::expr(Expr::Raw(tenant), Origin::derived(self.span, STEPS));
        let parameters = Object::new()
            .with("tenantId", tenant)
            .with("name", self.text(&input.name.value))
            .with("appId", self.text(application));
        self.instruction("ServicePrincipalIDTextBox_test", parameters)
    }

    fn input_box(&self, input: &Input) -> Value {
        let origin = Origin::derived(input.name.span, STEPS);
        if let InputKind::ServicePrincipal(application) = input.kind {
            return self.principal_box(input, application);
        }
        let text = |text: &str| Value::text(text, origin);
        let required = Value::bool(input.required, origin);
        let placeholder = match (&input.placeholder, &input.default) {
            (Some(text), _) | (None, Some(text)) => Value::written(text),
            (None, None) => Value::written(&input.label),
        };
        let mut parameters = Object::new().with("label", Value::written(&input.label)).with("placeholder", placeholder);
        let ty = if let InputKind::Choice(options) = &input.kind {
            let option = |(key, shown): &(Text, Text)| {
                let body = Object::new().with("key", Value::written(key)).with("text", Value::written(shown));
                Value::object(body, origin)
            };
            parameters.set("name", text(&input.name.value));
            parameters.set("options", Value::array(options.iter().map(option).collect(), origin));
            parameters.set("isMultiSelect", Value::bool(false, origin));
            parameters.set("required", required);
            "Dropdown"
        } else {
            parameters.set("type", text(if input.is_secret() { "password" } else { "text" }));
            parameters.set("name", text(&input.name.value));
            parameters.set("validations", Value::object(Object::new().with("required", required), origin));
            "Textbox"
        };
        if let Some(description) = &input.description {
            parameters.set("description", Value::written(description));
        }
        let body = Object::new().with("type", text(ty)).with("parameters", Value::object(parameters, origin));
        Value::object(body, origin)
    }
}
