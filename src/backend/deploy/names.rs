//! The names that a bundle declares, and expressions written with them.

use super::plan::Variable;
use crate::arm;
use crate::bicep::{self, Expr as Bicep, Operator};
use crate::ir::expr::Function;
use crate::ir::graph::{Graph, Symbol};
use crate::ir::{Expr, Input, InputKind, Nested, Solution};
use crate::source::Origin;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const WORKSPACE_NAME: &str = "workspaceName";
pub(super) const ENABLE_ANALYTIC_RULES: &str = "enableAnalyticRules";
pub(super) const LOCATION: &str = "location";

/// How each thing that an expression can name is written in the bundle.
pub(super) struct Names {
    /// Every input, as a value is made from it: its parameter, its variable, or an expression around its parameter.
    inputs: BTreeMap<String, Bicep>,
    /// The variables that inputs need, in the order of the inputs.
    pub variables: Vec<Variable>,
    symbols: BTreeMap<Symbol, String>,
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
            workspace: String::new(),
            declared: Vec::new(),
            taken: BTreeSet::new(),
        };
        let inputs = solution.inputs.iter().map(|input| input.name.value.as_str());
        for parameter in inputs.chain([WORKSPACE_NAME, ENABLE_ANALYTIC_RULES, LOCATION]) {
            names.taken.insert(parameter.to_ascii_lowercase());
            names.declared.push(parameter.to_owned());
        }
        for input in &solution.inputs {
            let value = names.input(input);
            names.inputs.insert(input.name.value.clone(), value);
        }
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
