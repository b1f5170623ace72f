//! What functions, aggregates, plug-ins and operators exist, with their signatures, read once out of the data file.
//!
//! Must not know queries. The notation is described at the head of `data/functions.txt`.

use super::names::NameTable;
use super::syntax::tree::Op;
use super::types::Type;
use std::sync::OnceLock;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Function,
    Aggregate,
    Plugin,
    Operator,
}

/// How an unnamed result is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    None,
    /// `prefix_first`, or `prefix_`.
    PrefixAndFirst,
    First,
    OnlyArgument,
    /// The first argument's text, if a column is called so.
    FirstIfColumn,
    PrefixOnly,
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepts {
    Types(Vec<Type>),
    Any,
    Scalar,
    Integer,
    RealOrDecimal,
    StringOrDynamic,
    StringOrArray,
    IntegerOrArray,
    Array,
    Bag,
    Number,
    NumberOrBool,
    Summable,
    Orderable,
    NotRealOrBool,
    NotDynamic,
    NotBool,
    /// What the parameter of this number got.
    Parameter(usize),
    CommonScalar,
    CommonNumber,
    CommonSummable,
    CommonOrderable,
    CommonOrDynamic,
    Tabular,
}

/// What an argument must be, apart from its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    Expression,
    ElementOfFirst,
    StarOnly,
    StarAllowed,
    Aggregate,
    Column,
    ColumnOfFirst,
    ColumnOfBoth,
    Literal,
    LiteralNotEmpty,
    Constant,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub least: u16,
    pub most: u16,
    pub accepts: Accepts,
    pub argument: Argument,
    pub values: Vec<&'static str>,
    pub ignore_case: bool,
    /// The text that stands for the default.
    pub default: Option<&'static str>,
}

/// What a call gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returns {
    Type(Type),
    Table(Vec<(&'static str, Type)>),
    Argument(usize),
    ArgumentArray,
    ArgumentPromoted,
    /// The type that the argument of this number writes down; the last one without a number.
    TypeIn(Option<usize>),
    Common,
    CommonNotDynamic,
    Widest,
    NamedTable,
    NamedDatabase,
    Open,
    Custom,
}

/// How arguments find their parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Fixed,
    Repeating,
    Skipping,
    Block,
    Own,
}

#[derive(Debug)]
pub struct Signature {
    pub parameters: Vec<Parameter>,
    pub returns: Returns,
    pub layout: Layout,
    pub least: usize,
    pub most: usize,
    pub repeats: bool,
    /// Every parameter but the last one stands for exactly one argument.
    pub in_order: bool,
    /// Some parameters need a type in common.
    pub common: bool,
    /// Every argument is an expression of the row around the call.
    pub expressions: bool,
}

#[derive(Debug)]
pub struct Function {
    pub name: &'static str,
    pub family: Family,
    pub naming: Naming,
    pub prefix: Option<&'static str>,
    /// A call with constant arguments is a constant.
    pub fold: bool,
    /// Only inside graph operators.
    pub graph: bool,
    pub signatures: Vec<Signature>,
}

#[derive(Debug, Default)]
pub struct Registry {
    functions: (NameTable, Vec<Function>),
    aggregates: (NameTable, Vec<Function>),
    plugins: (NameTable, Vec<Function>),
    operators: (NameTable, Vec<Function>),
}

impl Registry {
    pub fn function(&self, name: &str) -> Option<&Function> {
        find(&self.functions, name)
    }

    pub fn aggregate(&self, name: &str) -> Option<&Function> {
        find(&self.aggregates, name)
    }

    pub fn plugin(&self, name: &str) -> Option<&Function> {
        find(&self.plugins, name)
    }

    pub fn operator(&self, op: Op) -> Option<&Function> {
        self.operators.1.get(op as usize)
    }

    /// Every name that can be called in an expression, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.functions.1.iter().chain(&self.aggregates.1).map(|function| function.name)
    }

    pub fn plugin_names(&self) -> impl Iterator<Item = &'static str> {
        self.plugins.1.iter().map(|function| function.name)
    }
}

fn find<'r>(family: &'r (NameTable, Vec<Function>), name: &str) -> Option<&'r Function> {
    family.0.find(name).and_then(|number| family.1.get(number as usize))
}

const DATA: &str = include_str!("data/functions.txt");
/// What only ingestion-time transformations have.
const TRANSFORM_ONLY: &str = "\
function parse_cef_dictionary
\tfixed =dynamic : message string
function geo_location
\tfixed =dynamic : ip string
";

/// What transformations have beside the language, read at the first call.
pub fn transform_registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| read(TRANSFORM_ONLY))
}

/// The registry, read at the first call.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| read(DATA))
}

fn read(data: &'static str) -> Registry {
    let mut registry = Registry::default();
    let mut open: Option<Function> = None;
    for line in data.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('\t') {
            Some(line) => {
                if let Some(function) = &mut open {
                    function.signatures.push(signature(line));
                }
            }
            None => close(&mut registry, open.replace(head(line))),
        }
    }
    close(&mut registry, open);
    registry
}

fn close(registry: &mut Registry, function: Option<Function>) {
    let Some(function) = function else { return };
    let family = match function.family {
        Family::Function => &mut registry.functions,
        Family::Aggregate => &mut registry.aggregates,
        Family::Plugin => &mut registry.plugins,
        Family::Operator => &mut registry.operators,
    };
    if family.0.find(function.name).is_none() {
        family.0.add(function.name);
        family.1.push(function);
    }
}

fn head(line: &'static str) -> Function {
    let mut words = line.split(' ');
    let family = match words.next() {
        Some("aggregate") => Family::Aggregate,
        Some("plugin") => Family::Plugin,
        Some("operator") => Family::Operator,
        _ => Family::Function,
    };
    let name = words.next().unwrap_or_default();
    let mut function = Function {
        name,
        family,
        naming: Naming::None,
        prefix: None,
        fold: false,
        graph: false,
        signatures: Vec::new(),
    };
    for word in words {
        match word.split_once('=') {
            Some(("prefix", prefix)) => function.prefix = Some(prefix),
            Some((_, rule)) => {
                function.naming = match rule {
                    "NameAndFirstArgument" => {
                        function.prefix = Some(name);
                        Naming::PrefixAndFirst
                    }
                    "PrefixAndFirstArgument" => Naming::PrefixAndFirst,
                    "FirstArgument" => Naming::First,
                    "OnlyArgument" => Naming::OnlyArgument,
                    "FirstArgumentValueIfColumn" => Naming::FirstIfColumn,
                    "PrefixOnly" => Naming::PrefixOnly,
                    _ => Naming::None,
                };
            }
            None => {
                function.fold |= word == "fold";
                function.graph |= word == "graph";
            }
        }
    }
    function
}

fn signature(line: &'static str) -> Signature {
    let (left, right) = line.split_once(" :").unwrap_or((line, ""));
    let (layout, result) = left.split_once(' ').unwrap_or((left, ""));
    let layout = match layout {
        "fixed" => Layout::Fixed,
        "repeating" => Layout::Repeating,
        "skipping" => Layout::Skipping,
        "block" => Layout::Block,
        _ => Layout::Own,
    };
    let parameters: Vec<Parameter> =
        right.trim_start().split("; ").filter(|text| !text.is_empty()).map(parameter).collect();
    let count = |of: fn(&Parameter) -> u16| parameters.iter().map(|p| usize::from(of(p))).sum();
    let common = |parameter: &Parameter| {
        matches!(
            parameter.accepts,
            Accepts::CommonScalar
                | Accepts::CommonNumber
                | Accepts::CommonSummable
                | Accepts::CommonOrderable
                | Accepts::CommonOrDynamic
        )
    };
    let single = |parameter: &Parameter| (parameter.least, parameter.most) == (1, 1);
    Signature {
        in_order: parameters.split_last().is_none_or(|(_, before)| before.iter().all(single)),
        common: parameters.iter().any(common),
        expressions: parameters.iter().all(|parameter| parameter.argument == Argument::Expression),
        least: count(|p| p.least),
        most: count(|p| p.most),
        repeats: parameters.iter().any(|p| p.most > 1),
        returns: returns(result),
        layout,
        parameters,
    }
}

fn returns(text: &'static str) -> Returns {
    if let Some(table) = text.strip_prefix("=table(").and_then(|rest| rest.strip_suffix(')')) {
        let columns = table.split(',').filter_map(|column| column.split_once(':'));
        return Returns::Table(columns.filter_map(|(name, ty)| Some((name, Type::in_signature(ty)?))).collect());
    }
    if let Some(ty) = text.strip_prefix('=') {
        return Type::in_signature(ty).map_or(Returns::Open, Returns::Type);
    }
    match text {
        "Parameter0" => Returns::Argument(0),
        "Parameter1" => Returns::Argument(1),
        "Parameter0Array" => Returns::ArgumentArray,
        "Parameter0Promoted" => Returns::ArgumentPromoted,
        "Parameter0Literal" => Returns::TypeIn(Some(0)),
        "Parameter1Literal" => Returns::TypeIn(Some(1)),
        "ParameterNLiteral" => Returns::TypeIn(None),
        "Common" => Returns::Common,
        "CommonNonDynamic" => Returns::CommonNotDynamic,
        "Widest" => Returns::Widest,
        "Parameter0Table" => Returns::NamedTable,
        "Parameter0Database" | "Parameter0Cluster" => Returns::NamedDatabase,
        "Custom" => Returns::Custom,
        _ => Returns::Open,
    }
}

fn parameter(text: &'static str) -> Parameter {
    let mut words = text.split(' ');
    let (name, least, most) = occurrence(words.next().unwrap_or_default());
    let mut parameter = Parameter {
        name,
        least,
        most,
        accepts: Accepts::Any,
        argument: Argument::Expression,
        values: Vec::new(),
        ignore_case: false,
        default: None,
    };
    for word in words {
        if let Some(kind) = word.strip_prefix('@') {
            parameter.argument = argument(kind);
        } else if let Some(values) = word.strip_prefix('{') {
            parameter.ignore_case = !values.ends_with('!');
            parameter.values = values.trim_end_matches(['!', '}']).split('|').collect();
        } else if let Some(default) = word.strip_prefix('~') {
            parameter.default = Some(default);
        } else {
            parameter.accepts = accepts(word);
        }
    }
    parameter
}

/// `name`, `name?` or `name*1-64`.
fn occurrence(word: &'static str) -> (&'static str, u16, u16) {
    if let Some(name) = word.strip_suffix('?') {
        return (name, 0, 1);
    }
    match word.split_once('*') {
        Some((name, range)) => {
            let (least, most) = range.split_once('-').unwrap_or((range, range));
            (name, least.parse().unwrap_or(1), most.parse().unwrap_or(1))
        }
        None => (word, 1, 1),
    }
}

fn argument(kind: &str) -> Argument {
    match kind {
        "Expression_Parameter0_Element" => Argument::ElementOfFirst,
        "StarOnly" => Argument::StarOnly,
        "StarAllowed" => Argument::StarAllowed,
        "Aggregate" => Argument::Aggregate,
        "Column" => Argument::Column,
        "Column_Parameter0" => Argument::ColumnOfFirst,
        "Column_Parameter0_Common" => Argument::ColumnOfBoth,
        "Literal" => Argument::Literal,
        "LiteralNotEmpty" => Argument::LiteralNotEmpty,
        "Constant" => Argument::Constant,
        _ => Argument::Expression,
    }
}

fn accepts(word: &str) -> Accepts {
    match word {
        "Any" => Accepts::Any,
        "Scalar" => Accepts::Scalar,
        "Integer" => Accepts::Integer,
        "RealOrDecimal" => Accepts::RealOrDecimal,
        "StringOrDynamic" => Accepts::StringOrDynamic,
        "StringOrArray" => Accepts::StringOrArray,
        "IntegerOrArray" => Accepts::IntegerOrArray,
        "DynamicArray" => Accepts::Array,
        "DynamicBag" => Accepts::Bag,
        "Number" => Accepts::Number,
        "NumberOrBool" => Accepts::NumberOrBool,
        "Summable" => Accepts::Summable,
        "Orderable" => Accepts::Orderable,
        "NotRealOrBool" => Accepts::NotRealOrBool,
        "NotDynamic" => Accepts::NotDynamic,
        "NotBool" => Accepts::NotBool,
        "Parameter0" => Accepts::Parameter(0),
        "Parameter1" => Accepts::Parameter(1),
        "Parameter2" => Accepts::Parameter(2),
        "CommonScalar" => Accepts::CommonScalar,
        "CommonNumber" => Accepts::CommonNumber,
        "CommonSummable" => Accepts::CommonSummable,
        "CommonOrderable" => Accepts::CommonOrderable,
        "CommonScalarOrDynamic" => Accepts::CommonOrDynamic,
        "Tabular" => Accepts::Tabular,
        types => Accepts::Types(types.split('|').filter_map(Type::in_signature).collect()),
    }
}
