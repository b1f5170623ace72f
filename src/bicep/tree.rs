//! A Bicep file and a parameters file, as far as a deployment bundle needs them.

use super::Expr;

/// Declarations in the order in which they are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Comment lines at the top, without `//`.
    pub heading: Vec<String>,
    pub metadata: Vec<Metadata>,
    pub params: Vec<Param>,
    pub vars: Vec<Var>,
    pub resources: Vec<Resource>,
    pub modules: Vec<Module>,
    pub outputs: Vec<Output>,
}

/// `metadata name = 'text'`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    pub name: String,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    String,
    Bool,
    Object,
}

impl Type {
    pub fn name(self) -> &'static str {
        match self {
            Type::String => "string",
            Type::Bool => "bool",
            Type::Object => "object",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    pub ty: Type,
    pub description: String,
    /// `@secure()`
    pub secure: bool,
    /// `@allowed([…])`; empty for no limit.
    pub allowed: Vec<String>,
    /// `@minLength(n)` and `@maxLength(n)`
    pub min_length: Option<i64>,
    pub max_length: Option<i64>,
    pub default: Option<Expr>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Var {
    pub name: String,
    pub value: Expr,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    pub symbol: String,
    /// `Microsoft.Insights/dataCollectionRules`
    pub ty: String,
    pub api_version: String,
    /// Referred to, not deployed.
    pub existing: bool,
    pub condition: Option<Expr>,
    /// `parent` or `scope`, `name`, `location`, `kind`, `properties`, `dependsOn`, …
    pub body: Vec<(String, Expr)>,
}

/// `module symbol 'path' = { … }`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    pub symbol: String,
    /// Of its file, relative to this one.
    pub path: String,
    /// `name`, `scope`, `params`
    pub body: Vec<(String, Expr)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub name: String,
    pub ty: Type,
    pub description: String,
    pub value: Expr,
}

/// A `.bicepparam` file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParametersFile {
    /// Comment lines at the top, without `//`.
    pub heading: Vec<String>,
    /// The path of the Bicep file, relative to this one: `./main.bicep`.
    pub using: String,
    pub assignments: Vec<(String, Expr)>,
}
