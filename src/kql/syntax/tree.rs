//! The syntax tree: one arena of small nodes, which hold numbers of other nodes and of names.
//!
//! The tree is what the binder gives types to and what an evaluator can walk. Must not know what a name means.

use crate::kql::finding::Range;
use crate::kql::names::Name;
use crate::kql::types::Type;
use crate::kql::work::steps;
use std::num::NonZeroU32;

/// A node of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Id(NonZeroU32);

/// Nodes in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    start: u32,
    len: u32,
}

impl List {
    pub fn len(self) -> usize {
        self.len as usize
    }

    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// An operator between values, by the name that its signatures have in the data file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[rustfmt::skip]
pub enum Op {
    UnaryMinus, UnaryPlus, And, Or, Add, Subtract, Multiply, Divide, Modulo,
    LessThan, LessThanOrEqual, GreaterThan, GreaterThanOrEqual, Equal, NotEqual, EqualTilde, BangTilde,
    Has, HasCs, NotHas, NotHasCs, HasPrefix, HasPrefixCs, NotHasPrefix, NotHasPrefixCs,
    HasSuffix, HasSuffixCs, NotHasSuffix, NotHasSuffixCs, Like, LikeCs, NotLike, NotLikeCs,
    Contains, ContainsCs, NotContains, NotContainsCs, StartsWith, StartsWithCs, NotStartsWith, NotStartsWithCs,
    EndsWith, EndsWithCs, NotEndsWith, NotEndsWithCs, MatchRegex, Search,
    In, InCs, NotIn, NotInCs, Between, NotBetween, HasAny, HasAll,
}

/// How a sorted expression or a reordered column is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    None,
    Ascending,
    Descending,
    NaturalAscending,
    NaturalDescending,
}

/// How the rows of a join find each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    On(List),
    Where(Id),
    Missing,
}

/// What `parse` is: `parse-where` drops the rows that do not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseKind {
    Parse,
    ParseWhere,
}

/// Operators on graphs. Their results are open: rules have no graphs, so only the notation is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphOp {
    Make,
    Match,
    ShortestPaths,
    ToTable,
    Other,
}

/// A node. Statements, operators and expressions are one kind, because each may stand where another was meant.
#[derive(Debug, Clone, Copy)]
pub enum Node {
    /// What should stand here; reported already.
    Missing,
    Name(Name),
    Wildcard(Name),
    Star,
    /// A literal of a type that its text gives.
    Literal(Type),
    /// A string, by its value.
    String(Name),
    /// A word as an operator's setting.
    Word(Name),
    Null,
    TypeOf(List),
    Type(Option<Type>),
    SchemaType {
        columns: List,
        any: bool,
    },
    NameType {
        name: Id,
        ty: Id,
    },
    Dynamic(Id),
    JsonArray(List),
    JsonObject(List),
    Paren(Id),
    Unary {
        op: Op,
        at: Range,
        value: Id,
    },
    Binary {
        op: Op,
        at: Range,
        left: Id,
        right: Id,
    },
    Many {
        op: Op,
        at: Range,
        left: Id,
        values: List,
    },
    Between {
        op: Op,
        at: Range,
        left: Id,
        first: Id,
        last: Id,
    },
    Path {
        left: Id,
        right: Id,
    },
    Element {
        left: Id,
        index: Id,
    },
    /// `[…]` around an index, or around nothing it could belong to.
    Bracket(Id),
    Call {
        name: Id,
        arguments: List,
    },
    Named {
        name: Id,
        value: Id,
    },
    NamedList {
        names: List,
        value: Id,
    },
    Ordered {
        value: Id,
        order: Order,
    },
    ToScalar {
        settings: List,
        body: Id,
    },
    ToTable {
        settings: List,
        body: Id,
    },
    Materialize(Id),
    DataTable {
        settings: List,
        schema: List,
        values: List,
    },
    ContextTable {
        schema: List,
    },
    ExternalData {
        settings: List,
        schema: List,
        addresses: List,
    },
    DataScope(Id),
    Pipe {
        left: Id,
        operator: Id,
    },
    Setting {
        name: Id,
        value: Id,
    },
    Names(List),

    Function {
        view: bool,
        parameters: List,
        body: Id,
    },
    Parameter {
        name: Id,
        ty: Id,
        default: Option<Id>,
    },
    Body {
        statements: List,
        result: Option<Id>,
    },
    Let {
        name: Id,
        value: Id,
    },
    Set {
        name: Id,
        value: Option<Id>,
    },
    QueryParameters(List),
    Restrict(List),
    Alias {
        name: Id,
        value: Id,
    },
    Pattern {
        name: Id,
    },
    EntityGroup(List),

    BadOperator,
    Where {
        settings: List,
        condition: Id,
    },
    Take {
        settings: List,
        count: Id,
    },
    Sample {
        settings: List,
        count: Id,
    },
    SampleDistinct {
        settings: List,
        count: Id,
        of: Id,
    },
    Count {
        name: Option<Name>,
    },
    Project(List),
    ProjectAway(List),
    ProjectKeep(List),
    ProjectRename(List),
    ProjectReorder(List),
    ProjectByNames(List),
    Extend(List),
    Summarize {
        settings: List,
        aggregates: List,
        by: Option<List>,
        bin: Option<Id>,
    },
    Distinct {
        settings: List,
        values: List,
    },
    Top {
        settings: List,
        count: Id,
        by: Id,
    },
    TopHitters {
        count: Id,
        of: Id,
        by: Option<Id>,
    },
    TopNested(List),
    TopClause {
        count: Option<Id>,
        of: Id,
        others: Option<Id>,
        by: Id,
    },
    Consume(List),
    ExecuteAndCache,
    AssertSchema(List),
    Sort {
        settings: List,
        by: List,
    },
    Serialize {
        settings: List,
        values: List,
    },
    As {
        settings: List,
        name: Id,
    },
    Fork(List),
    Branch {
        name: Option<Id>,
        body: Id,
    },
    PartitionBy {
        settings: List,
        by: Id,
        body: Id,
    },
    Partition {
        settings: List,
        by: Id,
        body: Id,
        whole_query: bool,
    },
    Search {
        settings: List,
        tables: Option<List>,
        predicate: Id,
    },
    Find {
        settings: List,
        tables: Option<List>,
        predicate: Id,
        project: Option<List>,
        away: Option<List>,
    },
    Union {
        settings: List,
        tables: List,
    },
    Lookup {
        settings: List,
        table: Id,
        on: Condition,
    },
    Join {
        settings: List,
        table: Id,
        on: Condition,
    },
    Range {
        name: Id,
        from: Id,
        to: Id,
        step: Id,
    },
    Facet {
        by: List,
        with: Option<Id>,
    },
    MakeSeries {
        settings: List,
        aggregates: List,
        on: Id,
        from: Option<Id>,
        to: Option<Id>,
        step: Id,
        by: Option<List>,
    },
    MakeSeriesIn {
        settings: List,
        aggregates: List,
        on: Id,
        range: List,
        by: Option<List>,
    },
    SeriesItem {
        value: Id,
        default: Option<Id>,
    },
    MvExpand {
        settings: List,
        items: List,
        limit: Option<Id>,
    },
    MvApply {
        settings: List,
        items: List,
        limit: Option<Id>,
        context: Option<Id>,
        body: Id,
    },
    Expand {
        value: Option<Id>,
        ty: Option<Id>,
    },
    Print(List),
    Reduce {
        settings: List,
        value: Id,
        with: List,
    },
    Render {
        chart: Range,
        settings: List,
        with: List,
    },
    Parse {
        kind: ParseKind,
        settings: List,
        value: Id,
        pattern: List,
    },
    ParseKv {
        value: Id,
        schema: List,
        with: List,
    },
    Invoke(Id),
    Evaluate {
        settings: List,
        call: Id,
        schema: Option<List>,
        star: bool,
    },
    GetSchema {
        csl: bool,
    },
    Scan {
        settings: List,
        order: List,
        partition: List,
        declared: List,
        steps: List,
    },
    ScanStep {
        name: Id,
        condition: Id,
        assignments: List,
    },
    ScanAssignment {
        name: Id,
        value: Id,
    },
    MacroExpand,
    Graph(GraphOp),
}

/// The nodes of one analysis, with their places. Stored functions' bodies live in the same tree.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<(Node, Range)>,
    lists: Vec<Id>,
}

impl Tree {
    pub fn with_capacity(nodes: usize) -> Self {
        Tree { nodes: Vec::with_capacity(nodes), lists: Vec::with_capacity(nodes / 2) }
    }

    pub fn add(&mut self, node: Node, range: Range) -> Id {
        self.nodes.push((node, range));
        let number = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        Id(NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN))
    }

    pub fn add_list(&mut self, ids: &[Id]) -> List {
        let start = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.lists.extend_from_slice(ids);
        List { start, len: u32::try_from(ids.len()).unwrap_or(0) }
    }

    pub fn node(&self, id: Id) -> Node {
        self.entry(id).map_or(Node::Missing, |entry| entry.0)
    }

    pub fn range(&self, id: Id) -> Range {
        self.entry(id).map_or_else(Range::default, |entry| entry.1)
    }

    pub fn set_range(&mut self, id: Id, range: Range) {
        if let Some(entry) = self.nodes.get_mut(index(id)) {
            entry.1 = range;
        }
    }

    pub fn list(&self, list: List) -> &[Id] {
        let start = list.start as usize;
        self.lists.get(start..start + list.len as usize).unwrap_or_default()
    }

    /// The `at`th node of a list; lists are walked by number while the tree grows.
    pub fn item(&self, list: List, at: usize) -> Option<Id> {
        self.list(list).get(at).copied()
    }

    /// Every node, in the order of arrival.
    pub fn ids(&self) -> impl Iterator<Item = Id> + use<> {
        (1..=u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).filter_map(NonZeroU32::new).map(Id)
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes that were added first, in that order.
    pub fn first(&self, count: usize) -> impl Iterator<Item = Id> + use<> {
        let numbers = 1..=u32::try_from(count.min(self.nodes.len())).unwrap_or(u32::MAX);
        numbers.filter_map(NonZeroU32::new).map(Id)
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn entry(&self, id: Id) -> Option<&(Node, Range)> {
        steps(1);
        self.nodes.get(index(id))
    }
}

/// The place of a node in tables beside the tree.
pub fn index(id: Id) -> usize {
    id.0.get() as usize - 1
}
