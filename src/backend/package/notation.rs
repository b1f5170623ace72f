//! How expressions are written in a package: in its templates, where some are evaluated when the package is installed
//! and others when someone presses *Connect*, and in the connector's source files, where the packaging tool puts
//! parameters in place of `{{name}}`.

use super::Package;
use super::connections::chosen;
use crate::arm;
use crate::ir::graph::{ResourceKind, Symbol};
use crate::ir::{Connector, Expr, Input, InputKind, Solution};

/// The expressions of one connector.
pub struct Notation<'a> {
    package: &'a Package<'a>,
    /// The connector's number, from 1.
    number: usize,
    /// What the page asks for with a drop-down, which gives a list with what was chosen.
    chosen: Vec<&'a str>,
}

impl<'a> Notation<'a> {
    pub fn new(package: &'a Package<'a>, number: usize, connector: &'a Connector) -> Self {
        Notation { package, number, chosen: chosen(&connector.ui) }
    }

    /// For what belongs to no connector.
    pub fn apart(package: &'a Package<'a>) -> Self {
        Notation { package, number: 1, chosen: Vec::new() }
    }

    /// For a content template. What only the person who connects knows, and what exists only by then, waits for the
    /// second pass; everything else is known when the package is installed.
    pub fn template(&self, expr: &Expr) -> arm::Value {
        match self.arm(expr) {
            arm::Expr::Text(text) => arm::Value::Text(text),
            written => arm::Value::Expr { delay: u8::from(waits_for_connect(expr)), expr: written },
        }
    }

    /// For a resource of the author's own in a connections template: its expressions are evaluated at Connect.
    pub fn at_connect(&self, expr: &Expr) -> arm::Value {
        arm::Value::Expr { delay: 1, expr: self.arm(expr) }
    }

    /// For a source file. `replaced`: the packaging tool puts parameters in place of `{{name}}` here; elsewhere, and for
    /// anything that `{{name}}` cannot say, the finished expression stands in the file and is carried over untouched.
    pub fn source(&self, expr: &Expr, replaced: bool) -> arm::Value {
        let placeholder = match expr {
            Expr::WorkspaceId => Some("{{workspaceResourceId}}".to_owned()),
            Expr::Location => Some("{{location}}".to_owned()),
            Expr::Id(symbol) if self.is_endpoint(symbol) => Some("{{dataCollectionEndpointId}}".to_owned()),
            Expr::IngestionEndpoint(_) => Some("{{dataCollectionEndpoint}}".to_owned()),
            Expr::ImmutableId(_) => Some("{{dataCollectionRuleImmutableId}}".to_owned()),
            _ if replaced => self.placeholders(expr),
            _ => None,
        };
        placeholder.map_or_else(|| self.template(expr), arm::Value::Text)
    }

    /// `Location` is a parameter of the package and never stands beside an input in one expression; the workspace's id may,
    /// and then the template of the connections has a variable of the same name.
    fn arm(&self, expr: &Expr) -> arm::Expr {
        match expr {
            Expr::Text(text) => arm::Expr::text(text),
            Expr::Int(n) => arm::Expr::Int(*n),
            Expr::Input(name) => self.input(name),
            Expr::Concat(parts) => arm::Expr::call("concat", parts.iter().map(|part| self.arm(part))),
            Expr::Call(function, arguments) => {
                arm::Expr::call(function.name(), arguments.iter().map(|argument| self.arm(argument)))
            }
            Expr::WorkspaceId => arm::Expr::variable(WORKSPACE_ID),
            Expr::Location => super::parts::location(),
            Expr::Id(symbol) => self.id(symbol),
            Expr::Name(symbol) => arm::Expr::text(self.name(symbol)),
            Expr::IngestionEndpoint(_) => arm::Expr::parameter("dcrConfig").member("dataCollectionEndpoint"),
            Expr::ImmutableId(_) => arm::Expr::parameter("dcrConfig").member("dataCollectionRuleImmutableId"),
            Expr::Raw(expr) => expr.clone(),
        }
    }

    fn input(&self, name: &str) -> arm::Expr {
        let parameter = arm::Expr::parameter(name);
        match input(self.package.solution, name) {
            Some(Input { kind: InputKind::Application(member), .. }) => arm::Expr::parameter(AUTH).member(*member),
            Some(input) => {
                let is_list = self.chosen.contains(&name);
                let given = if is_list { parameter.index(arm::Expr::Int(0)) } else { parameter };
                self.arm(&input.normalized(Expr::Raw(given)))
            }
            None => parameter,
        }
    }

    fn id(&self, symbol: &Symbol) -> arm::Expr {
        let name = arm::Expr::text(self.name(symbol));
        let Some(resource) = self.package.resource(symbol) else { return name };
        let kind = arm::Expr::text(resource.kind.arm_type());
        match resource.kind {
            ResourceKind::DataCollectionEndpoint => arm::Expr::variable(endpoint_variable(self.number)),
            ResourceKind::DataCollectionRule => arm::Expr::call("resourceId", [kind, name]),
            kind_of if kind_of.is_child() => arm::Expr::call("resourceId", [kind, super::parts::workspace(), name]),
            _ => {
                let workspace = arm::Expr::variable(WORKSPACE_ID);
                arm::Expr::call("extensionResourceId", [workspace, kind, name])
            }
        }
    }

    fn name(&self, symbol: &Symbol) -> String {
        self.package.resource(symbol).map_or_else(|| symbol.0.clone(), |resource| resource.name.clone())
    }

    /// Texts and plain inputs as one string with `{{name}}`; `None` if that cannot say it.
    fn placeholders(&self, expr: &Expr) -> Option<String> {
        match expr {
            // A literal that looks like a placeholder would become one.
            Expr::Text(text) => (!text.contains("{{")).then(|| text.clone()),
            Expr::Input(name) => {
                let input = input(self.package.solution, name)?;
                // The tool's own names for placeholders have letters and digits only.
                let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let is_text = !matches!(input.kind, InputKind::Application(_)) && !self.chosen.contains(&name.as_str());
                (input.is_plain() && is_name && is_text).then(|| format!("{{{{{name}}}}}"))
            }
            Expr::Concat(parts) => parts.iter().map(|part| self.placeholders(part)).collect(),
            _ => None,
        }
    }

    fn is_endpoint(&self, symbol: &Symbol) -> bool {
        let resource = self.package.resource(symbol);
        resource.is_some_and(|resource| resource.kind == ResourceKind::DataCollectionEndpoint)
    }
}

/// The variable with the id of the workspace.
pub const WORKSPACE_ID: &str = "workspaceResourceId";

/// The parameter in which the portal gives a Push connector its application.
pub const AUTH: &str = "auth";

/// The variable with the endpoint that the portal makes for a workspace; a package has none of the solution's own.
pub fn endpoint_variable(number: usize) -> String {
    format!("dataCollectionEndpointId{number}")
}

fn input<'a>(solution: &'a Solution, name: &str) -> Option<&'a Input> {
    solution.inputs.iter().find(|input| input.name.value == name)
}

fn waits_for_connect(expr: &Expr) -> bool {
    match expr {
        Expr::Input(_) | Expr::IngestionEndpoint(_) | Expr::ImmutableId(_) => true,
        Expr::Concat(parts) | Expr::Call(_, parts) => parts.iter().any(waits_for_connect),
        Expr::Text(_) | Expr::Int(_) | Expr::WorkspaceId | Expr::Location => false,
        Expr::Id(_) | Expr::Name(_) | Expr::Raw(_) => false,
    }
}
