//! The names that a bundle declares, and expressions written with them.

use super::plan::Variable;
use crate::arm;
use crate::bicep::{self, Expr as Bicep, Operator};
use crate::ir::expr::Function;
use crate::ir::graph::{Graph, Identity, Resource, Symbol};
use crate::ir::{Expr, Input, InputKind, Nested, Solution};
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const WORKSPACE_NAME: &str = "workspaceName";
pub(super) const ENABLE_ANALYTIC_RULES: &str = "enableAnalyticRules";
pub(super) const LOCATION: &str = "location";
pub(super) const CONNECTION_NAME: &str = "connectionName";

/// How each thing that an expression can name is written in the bundle.
pub(super) struct Names {
    /// Every input, as a value is made from it: its parameter, its variable, or an expression around its parameter.
    inputs: BTreeMap<String, Bicep>,
    /// The variables that inputs need, in the order of the inputs.
    pub variables: Vec<Variable>,
    symbols: BTreeMap<Symbol, String>,
    /// How the names of connections end that are several.
    ends: BTreeMap<Symbol, Bicep>,
    pub workspace: String,
    /// What raw expressions may name: parameters and variables.
    pub declared: Vec<String>,
    taken: BTreeSet<String>,
}

impl Names {
    /// Parameters keep their names whatever happens: they are the bundle's face. Everything else makes room.
    pub fn new(solution: &Solution, graph: &Graph) -> Self {
        let mut names = Names {
            inputs: BTreeMap::new(),
            variables: Vec::new(),
            symbols: BTreeMap::new(),
            ends: BTreeMap::new(),
            workspace: String::new(),
            declared: Vec::new(),
            taken: BTreeSet::new(),
        };
        let inputs = solution.inputs.iter().map(|input| input.name.value.as_str());
        let connection = (!graph.identities.is_empty()).then_some(CONNECTION_NAME);
        for parameter in inputs.chain([WORKSPACE_NAME, ENABLE_ANALYTIC_RULES, LOCATION]).chain(connection) {
            names.taken.insert(parameter.to_ascii_lowercase());
            names.declared.push(parameter.to_owned());
        }
        for input in &solution.inputs {
            let value = names.input(input);
            names.inputs.insert(input.name.value.clone(), value);
        }
        names.ends = names.ends(graph);
        names.workspace = names.unique("workspace");
        let symbols = graph.resources.iter().map(|resource| &resource.symbol);
        let nested = graph.nested.iter().map(|nested| &nested.symbol);
        for symbol in symbols.chain(graph.roles.iter().map(|role| &role.symbol)).chain(nested) {
            let name = names.unique(&symbol.0);
            names.symbols.insert(symbol.clone(), name);
        }
        names
    }

    /// Of a template with parameters of its own: nobody else's names are known there.
    pub fn of_nested(nested: &Nested) -> Self {
        let parameters = || nested.parameters.iter().map(|parameter| parameter.name.to_owned());
        let mut names = Names {
            inputs: parameters().map(|name| (name.clone(), Bicep::Name(name))).collect(),
            variables: Vec::new(),
            symbols: BTreeMap::new(),
            ends: BTreeMap::new(),
            workspace: String::new(),
            declared: parameters().collect(),
            taken: parameters().map(|name| name.to_ascii_lowercase()).collect(),
        };
        let resources = nested.resources.iter().map(|resource| &resource.symbol);
        for symbol in resources.chain(nested.roles.iter().map(|role| &role.symbol)) {
            let name = names.unique(&symbol.0);
            names.symbols.insert(symbol.clone(), name);
        }
        names
    }

    fn input(&mut self, input: &Input) -> Bicep {
        let given = Expr::Raw(arm::Expr::parameter(&input.name.value));
        // A choice is one of the allowed values, so it is never empty.
        if input.is_plain() || matches!(input.kind, InputKind::Choice(_)) {
            return self.write(&given);
        }
        let value = self.write(&input.normalized(given));
        // A variable shows its value in the deployment's history; a secret stays inside its expression.
        if input.is_secret() { value } else { self.variable(input, value) }
    }

    fn variable(&mut self, input: &Input, value: Bicep) -> Bicep {
        let name = self.unique(&format!("{}Value", input.name.value));
        let origin = Origin::derived(input.name.span, "an input's default, without a closing slash");
        self.variables.push(Variable { name: name.clone(), value, origin });
        self.declared.push(name.clone());
        Bicep::Name(name)
    }

    /// How the names of connections end that are several: as whoever deploys says, or else in what follows from the inputs.
    fn ends(&mut self, graph: &Graph) -> BTreeMap<Symbol, Bicep> {
        let mut known: BTreeMap<&[String], Bicep> = BTreeMap::new();
        for identity in graph.identities.iter().filter(|identity| !identity.inputs.is_empty()) {
            if !known.contains_key(identity.inputs.as_slice()) {
                let end = self.end(identity);
                known.insert(&identity.inputs, end);
            }
        }
        let end = |identity: &Identity| known.get(identity.inputs.as_slice()).cloned();
        let given = || Bicep::name(CONNECTION_NAME);
        graph.identities.iter().map(|one| (one.connection.clone(), end(one).unwrap_or_else(given))).collect()
    }

    fn end(&mut self, identity: &Identity) -> Bicep {
        let mut parts = Vec::new();
        for input in &identity.inputs {
            // No box takes a line break, so no two lists of values look the same.
            parts.extend((!parts.is_empty()).then(|| Expr::Text("\n".to_owned())));
            parts.push(Expr::Input(input.clone()));
        }
        let derived = self.write(&Expr::Call(Function::UniqueString, vec![Expr::Concat(parts)]));
        let given = Bicep::name(CONNECTION_NAME);
        let value = Bicep::ternary(Bicep::call("empty", [given.clone()]), derived, given);
        let name = self.unique("connection");
        self.variables.push(Variable { name: name.clone(), value, origin: identity.origin });
        Bicep::Name(name)
    }

    /// The last segment of a resource's name.
    pub fn of(&self, resource: &Resource) -> Bicep {
        let own = Bicep::text(&resource.name);
        match self.ends.get(&resource.symbol) {
            Some(end) => Bicep::interpolation([own, Bicep::text("-"), end.clone()]),
            None => own,
        }
    }

    /// A name that nothing else has, not even in another case: ARM does not tell `a` from `A`.
    pub fn unique(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|n| format!("{wanted}{n}"));
        let free = std::iter::once(wanted.to_owned()).chain(numbered).find(|name| {
            let name = name.to_ascii_lowercase();
            !self.taken.contains(&name)
        });
        let name = free.unwrap_or_default();
        self.taken.insert(name.to_ascii_lowercase());
        name
    }

    pub fn symbol(&self, symbol: &Symbol) -> String {
        self.symbols.get(symbol).unwrap_or(&symbol.0).clone()
    }

    /// Writes an expression with the names of the bundle.
    pub fn write(&self, expr: &Expr) -> Bicep {
        let resource = |symbol| Bicep::Name(self.symbol(symbol));
        match expr {
            Expr::Text(text) => Bicep::text(text),
            Expr::Int(n) => Bicep::Int(*n),
            Expr::Input(name) => self.inputs.get(name).cloned().unwrap_or_else(|| Bicep::name(name)),
            Expr::Concat(parts) => Bicep::interpolation(parts.iter().map(|part| self.write(part))),
            Expr::Call(function, arguments) => {
                call(*function, arguments.iter().map(|argument| self.write(argument)).collect())
            }
            Expr::WorkspaceId => Bicep::name(&self.workspace).member("id"),
            Expr::Location => Bicep::name(LOCATION),
            Expr::Id(symbol) => resource(symbol).member("id"),
            Expr::Name(symbol) => resource(symbol).member("name"),
            Expr::IngestionEndpoint(symbol) => {
                resource(symbol).member("properties").member("logsIngestion").member("endpoint")
            }
            Expr::ImmutableId(symbol) => resource(symbol).member("properties").member("immutableId"),
            Expr::Raw(expr) => {
                let declared: Vec<_> = self.declared.iter().map(String::as_str).collect();
                bicep::from_arm::expression(expr, &declared)
            }
        }
    }
}

fn call(function: Function, arguments: Vec<Bicep>) -> Bicep {
    match (function, <[Bicep; 3]>::try_from(arguments)) {
        (Function::If, Ok([condition, yes, no])) => Bicep::ternary(condition, yes, no),
        (_, Ok(three)) => Bicep::call(function.name(), three),
        (Function::Equals, Err(arguments)) => match <[Bicep; 2]>::try_from(arguments) {
            Ok([one, other]) => Bicep::binary(Operator::Equal, one, other),
            Err(arguments) => Bicep::call(function.name(), arguments),
        },
        (_, Err(arguments)) => Bicep::call(function.name(), arguments),
    }
}
