//! From `--param` and `--secret` to the values of the template's parameters, checked against the spec's inputs before
//! az runs: a wrong name costs nothing here and minutes there.

use super::connection;
use super::parameters::Given;
use crate::diag::rules::azure;
use crate::diag::{Diagnostic, Diagnostics, Rule, did_you_mean};
use crate::driver::arguments::Arguments;
use crate::driver::secret::{MASKED, Source};
use crate::ir::graph::{Condition, Graph, Switch};
use crate::ir::{Input, InputKind, Solution};
use crate::source::Span;
use std::collections::BTreeMap;

/// Parameters of the bundle that have an option of their own.
pub const WORKSPACE: &str = "workspaceName";
pub const LOCATION: &str = "location";
const CONNECTION: &str = "connectionName";
/// The switch that leaves the rules out.
pub const ENABLE_RULES: &str = "enableAnalyticRules";

/// Where the value of a parameter comes from. Secrets are still to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planned {
    Given(Given),
    Secret {
        source: Source,
        /// What a prompt asks for.
        label: String,
        /// Where a finding points: the option that named the source, or the whole command line.
        span: Span,
    },
}

/// Values by parameter, in the order of the template, without those that keep their default.
pub type Plan = Vec<(String, Planned)>;

/// What the options say, as the user typed it.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// `NAME=VALUE`
    pub params: &'a [String],
    /// `NAME=SOURCE`
    pub secrets: &'a [String],
    /// The name of the connection.
    pub connection: Option<&'a str>,
    /// Whether someone is there to be asked.
    pub interactive: bool,
}

/// Matches the options with what the solution asks for.
pub fn plan(
    options: Options<'_>,
    solution: &Solution,
    graph: &Graph,
    arguments: &mut Arguments,
    diagnostics: &mut Diagnostics,
) -> Plan {
    let mut matcher = Matcher { solution, graph, arguments, diagnostics, found: BTreeMap::new() };
    for option in options.params {
        matcher.param(option);
    }
    for option in options.secrets {
        matcher.secret(option);
    }
    if let Some(name) = options.connection {
        connection::check(name, graph, matcher.arguments, matcher.diagnostics);
    }
    matcher.finish(options.connection, options.interactive)
}

struct Matcher<'a> {
    solution: &'a Solution,
    graph: &'a Graph,
    arguments: &'a mut Arguments,
    diagnostics: &'a mut Diagnostics,
    /// By name; the place is that of the option.
    found: BTreeMap<String, (Planned, Span)>,
}

impl Matcher<'_> {
    fn report(&mut self, rule: &'static Rule, span: Span, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(rule, span, message).help(help));
    }

    fn param(&mut self, option: &str) {
        self.arguments.word("--param");
        let Some((name, value)) = option.split_once('=') else {
            // It may be a secret without its name: it is not shown.
            let span = self.arguments.word(MASKED);
            let message = "--param takes a name and a value".to_owned();
            self.report(&azure::MALFORMED_OPTION, span, message, "write --param NAME=VALUE");
            return;
        };
        match self.solution.inputs.iter().find(|input| input.name.value == name) {
            Some(input) if input.is_secret() => {
                let span = self.arguments.word(&format!("{name}={MASKED}"));
                let message = format!("`{name}` is a secret: on the command line others can read it");
                let help = format!(
                    "write --secret {name}=env:VARIABLE, file:PATH or prompt, and change the secret if it was a real one"
                );
                self.report(&azure::SECRET_IN_PARAM, span, message, help);
            }
            Some(input) => {
                let span = self.arguments.word(option);
                if self.fits(input, value, span) {
                    self.keep(name, Planned::Given(Given::Text(value.to_owned())), span);
                }
            }
            None => self.switch(name, value),
        }
    }

    /// `--param` with a name that is no input's.
    fn switch(&mut self, name: &str, value: &str) {
        if name == ENABLE_RULES && self.has_switch() {
            let span = self.arguments.word(&format!("{name}={value}"));
            match value.parse() {
                Ok(value) => self.keep(name, Planned::Given(Given::Bool(value)), span),
                Err(_) => {
                    let message = format!("`{name}` takes true or false");
                    self.report(&azure::VALUE_NOT_ALLOWED, span, message, format!("write --param {name}=false"));
                }
            }
            return;
        }
        // A mistyped name may be that of a secret: the value is not shown.
        let span = self.arguments.word(&format!("{name}={MASKED}"));
        let own_option = match name {
            WORKSPACE => Some("--workspace"),
            LOCATION => Some("--location"),
            CONNECTION => Some(connection::OPTION),
            _ => None,
        };
        if let Some(own) = own_option {
            let message = format!("`{name}` has an option of its own");
            self.report(&azure::PARAM_WITH_OPTION, span, message, format!("write {own} instead of --param {name}=…"));
        } else {
            self.unknown(name, span);
        }
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let mut known: Vec<&str> = self.solution.inputs.iter().map(|input| input.name.value.as_str()).collect();
        if self.has_switch() {
            known.push(ENABLE_RULES);
        }
        let help = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "leave it out: the solution asks for nothing".to_owned(),
            None => format!("take one of: {}", known.join(", ")),
        };
        let message = format!("the solution has no input `{name}`");
        self.report(&azure::UNKNOWN_PARAM, span, message, help);
    }

    fn secret(&mut self, option: &str) {
        let (name, source, span) = match Source::named(option, self.arguments) {
            Ok(named) => named,
            Err(finding) => return self.diagnostics.push(*finding),
        };
        match self.solution.inputs.iter().find(|input| input.name.value == name) {
            None => self.unknown(name, span),
            Some(input) if !input.is_secret() => {
                let message = format!("`{name}` is not a secret");
                self.report(&azure::NOT_A_SECRET, span, message, format!("write --param {name}=VALUE"));
            }
            Some(input) => {
                let label = format!("{} ({name})", input.label.value);
                self.keep(name, Planned::Secret { source, label, span }, span);
            }
        }
    }

    fn keep(&mut self, name: &str, planned: Planned, span: Span) {
        if let Some((_, first)) = self.found.get(name) {
            let found = Diagnostic::new(&azure::GIVEN_TWICE, span, format!("`{name}` is given twice"))
                .also(*first, "given here first")
                .help("leave one of them out");
            self.diagnostics.push(found);
        } else {
            self.found.insert(name.to_owned(), (planned, span));
        }
    }

    fn fits(&mut self, input: &Input, value: &str, span: Span) -> bool {
        let name = &input.name.value;
        let help = match &input.kind {
            InputKind::Choice(options) if !options.iter().any(|(key, _)| key.value == value) => {
                let keys: Vec<&str> = options.iter().map(|(key, _)| key.value.as_str()).collect();
                match did_you_mean(value, keys.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("take one of: {}", keys.join(", ")),
                }
            }
            InputKind::Url if !value.is_empty() && !value.starts_with("https://") && !value.starts_with("http://") => {
                "write the whole address, such as https://api.example.com".to_owned()
            }
            _ => return true,
        };
        self.report(&azure::VALUE_NOT_ALLOWED, span, format!("`{name}` does not take `{value}`"), help);
        false
    }

    fn has_switch(&self) -> bool {
        self.graph
            .resources
            .iter()
            .any(|resource| resource.condition == Some(Condition::Switch(Switch::EnableAnalyticRules)))
    }

    /// The values in the order of the template; what is required and was not given is asked for or reported.
    fn finish(mut self, connection: Option<&str>, interactive: bool) -> Plan {
        let mut plan = Plan::new();
        let whole = self.arguments.whole();
        for input in &self.solution.inputs {
            let name = &input.name.value;
            let needed = input.required && input.default.is_none();
            let found = self.found.remove(name).map(|(planned, _)| planned);
            match found {
                Some(Planned::Given(Given::Text(value))) if value.is_empty() && needed => self.missing(input, whole),
                Some(planned) => plan.push((name.clone(), planned)),
                None if needed && input.is_secret() && interactive => {
                    let label = format!("{} ({name})", input.label.value);
                    plan.push((name.clone(), Planned::Secret { source: Source::Prompt, label, span: whole }));
                }
                // A name that was given wrongly has its finding already.
                None if needed && !self.diagnostics.has_errors() => self.missing(input, whole),
                None => {}
            }
        }
        match connection {
            Some(name) => plan.push((CONNECTION.to_owned(), Planned::Given(Given::Text(name.to_owned())))),
            None if self.graph.names_connections() && !self.diagnostics.has_errors() => {
                let message = "nothing that the solution asks for tells one connection from another".to_owned();
                let help = format!("give this one a name: {} NAME", connection::OPTION);
                self.report(&azure::MISSING_INPUT, whole, message, help);
            }
            None => {}
        }
        if let Some((planned, _)) = self.found.remove(ENABLE_RULES) {
            plan.push((ENABLE_RULES.to_owned(), planned));
        }
        plan
    }

    fn missing(&mut self, input: &Input, whole: Span) {
        let name = &input.name.value;
        let message = format!("the solution needs `{name}` ({})", input.label.value);
        let help = if input.is_secret() {
            format!("add --secret {name}=env:VARIABLE, --secret {name}=file:PATH, or run in a terminal to be asked")
        } else {
            let example = input.placeholder.as_ref().map_or("VALUE", |placeholder| placeholder.value.as_str());
            format!("add --param {name}={}", super::command::quoted(example))
        };
        self.report(&azure::MISSING_INPUT, whole, message, help);
    }
}
