//! Settings of operators: `kind=inner`, `hint.strategy=shuffle`, `with_itemindex=i`, and which operator has which.
//!
//! Facts: the reference library's tables (12.4.1, November 2026). Must not know what a setting does.

use super::keyword::{Keyword, Naming};
use super::parser::{Commas, Parser};
use super::token::Tok;
use super::tree::{Id, List, Node};
use crate::kql::finding::Range;
use crate::kql::types::Type;

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Any,
    /// One of these words; any word, if there are none.
    Word(&'static [&'static str]),
    WordOrNumber(&'static [&'static str]),
    Bool,
    Integer,
    Number,
    Text,
    /// A literal of any type.
    Literal,
    /// An expression that gives a string.
    Value,
    NewName,
    Column,
    Columns,
}

/// One setting of an operator.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub name: &'static str,
    pub takes: Takes,
    /// May be given more than once.
    pub repeats: bool,
    pub ignore_case: bool,
}

const fn of(name: &'static str, takes: Takes) -> Setting {
    Setting { name, takes, repeats: false, ignore_case: false }
}

const fn hint(name: &'static str, takes: Takes) -> Setting {
    Setting { name, takes, repeats: false, ignore_case: true }
}

const fn repeated(name: &'static str, takes: Takes) -> Setting {
    Setting { name, takes, repeats: true, ignore_case: false }
}

const REMOTES: &[&str] = &["auto", "left", "local", "right", "unresolved"];
const STRATEGIES: &[&str] = &["auto", "broadcast", "centralized", "shuffle"];
#[rustfmt::skip]
const JOIN_KINDS: &[&str] = &[
    "inner", "fullouter", "innerunique", "leftanti", "leftantisemi", "anti", "leftouter", "leftsemi", "rightanti",
    "rightantisemi", "rightouter", "rightsemi",
];
#[rustfmt::skip]
pub const CHARTS: &[&str] = &[
    "table", "list", "barchart", "piechart", "ladderchart", "timechart", "linechart", "anomalychart", "pivotchart",
    "areachart", "stackedareachart", "scatterchart", "timepivot", "columnchart", "timeline", "3Dchart", "card", "treemap",
    "plotly", "graph", "sankey",
];
const SHUFFLE_KEY: Setting = repeated("hint.shufflekey", Takes::Column);
const PARTITIONS: Setting = of("hint.num_partitions", Takes::Integer);
const ITEM_INDEX: Setting = of("with_itemindex", Takes::NewName);
const WITH_SOURCE: Setting = of("withsource", Takes::NewName);
const WITH_SOURCE_TOO: Setting = of("with_source", Takes::NewName);

pub const NONE: &[Setting] = &[];
pub const AS: &[Setting] = &[of("hint.materialized", Takes::Bool)];
pub const CONSUME: &[Setting] = &[of("decodeblocks", Takes::Bool)];
pub const DISTINCT: &[Setting] = &[SHUFFLE_KEY, hint("hint.strategy", Takes::Word(STRATEGIES)), PARTITIONS];
pub const EVALUATE: &[Setting] = &[
    hint("hint.distribution", Takes::Word(&["single", "per_node", "per_shard", "default"])),
    hint("hint.remote", Takes::Word(&["auto", "local"])),
];
pub const FIND: &[Setting] = &[WITH_SOURCE, WITH_SOURCE_TOO];
pub const JOIN: &[Setting] = &[
    of("kind", Takes::Word(JOIN_KINDS)),
    hint("hint.remote", Takes::Word(REMOTES)),
    SHUFFLE_KEY,
    hint("hint.strategy", Takes::Word(STRATEGIES)),
    PARTITIONS,
];
pub const LOOKUP: &[Setting] = &[of("kind", Takes::Word(&["inner", "leftouter"]))];
pub const MAKE_SERIES: &[Setting] = &[SHUFFLE_KEY, of("kind", Takes::Word(&["nonempty"]))];
pub const MV_APPLY: &[Setting] = &[ITEM_INDEX];
pub const MV_EXPAND: &[Setting] =
    &[of("kind", Takes::Word(&["bag", "array"])), of("bagexpansion", Takes::Word(&["bag", "array"])), ITEM_INDEX];
pub const PARSE: &[Setting] =
    &[of("kind", Takes::Word(&["simple", "regex", "relaxed"])), of("flags", Takes::Word(&[]))];
pub const PARSE_KV: &[Setting] = &[
    of("pair_delimiter", Takes::Text),
    of("kv_delimiter", Takes::Text),
    of("regex", Takes::Text),
    repeated("quote", Takes::Text),
    repeated("escape", Takes::Text),
    of("greedy", Takes::Bool),
];
pub const PARTITION: &[Setting] = &[
    hint("hint.concurrency", Takes::WordOrNumber(REMOTES)),
    hint("hint.spread", Takes::WordOrNumber(&["auto", "local"])),
    of("hint.materialized", Takes::Bool),
    SHUFFLE_KEY,
    hint("hint.strategy", Takes::Word(&["shuffle", "native", "legacy"])),
];
pub const REDUCE: &[Setting] = &[of("kind", Takes::Word(&["source"]))];
pub const REDUCE_WITH: &[Setting] = &[of("threshold", Takes::Number), of("characters", Takes::Text)];
pub const SCAN: &[Setting] = &[of("kind", Takes::Word(&["partial", "full"])), of("with_match_id", Takes::NewName)];
pub const SEARCH: &[Setting] = &[of("kind", Takes::Word(&["default", "case_insensitive", "case_sensitive"]))];
pub const SORT: &[Setting] = &[hint("hint.strategy", Takes::Word(&["splitBlock", "multipleBlocks"]))];
pub const SUMMARIZE: &[Setting] = &[SHUFFLE_KEY, hint("hint.strategy", Takes::Word(&["shuffle"])), PARTITIONS];
pub const TOP: &[Setting] = &[of("hint.progressive_top", Takes::Bool)];
pub const UNION: &[Setting] = &[
    of("kind", Takes::Word(&["inner", "outer"])),
    WITH_SOURCE,
    WITH_SOURCE_TOO,
    of("isfuzzy", Takes::Bool),
    of("__isFuzzy", Takes::Bool),
    of("best_effort", Takes::Bool),
    hint("hint.concurrency", Takes::WordOrNumber(REMOTES)),
    hint("hint.spread", Takes::WordOrNumber(&["auto", "local"])),
];
pub const MACRO: &[Setting] = UNION;
pub const GRAPH: &[Setting] = &[
    of("cycles", Takes::Word(&["none", "all", "unique_edges"])),
    of("output", Takes::Word(&["any", "all"])),
    of("kind", Takes::Word(&["weak", "strong"])),
    of("with_component_id", Takes::NewName),
    of("with_source_id", Takes::NewName),
    of("with_target_id", Takes::NewName),
    of("with_node_id", Takes::NewName),
    hint("hint.strategy", Takes::Word(&["shuffle", "native"])),
];
const CHART_KINDS: &[&str] = &["default", "unstacked", "stacked", "stacked100", "map"];
/// Settings of `render` behind the chart, without `with (…)`: an old notation.
pub const RENDER: &[Setting] =
    &[of("kind", Takes::Word(CHART_KINDS)), of("title", Takes::Value), of("accumulate", Takes::Bool)];
pub const RENDER_WITH: &[Setting] = &[
    of("kind", Takes::Word(CHART_KINDS)),
    of("title", Takes::Value),
    of("accumulate", Takes::Bool),
    of("xcolumn", Takes::Column),
    of("ycolumns", Takes::Columns),
    of("anomalycolumns", Takes::Columns),
    of("series", Takes::Columns),
    of("xtitle", Takes::Value),
    of("ytitle", Takes::Value),
    of("xaxis", Takes::Word(&["linear", "log"])),
    of("yaxis", Takes::Word(&["linear", "log"])),
    of("legend", Takes::Word(&["visible", "hidden"])),
    of("ysplit", Takes::Word(&["none", "axes", "panels"])),
    of("ymin", Takes::Number),
    of("ymax", Takes::Number),
    of("xmin", Takes::Literal),
    of("xmax", Takes::Literal),
];
pub const SUB_QUERY: &[Setting] = &[of("kind", Takes::Word(&["nooptimization"]))];

/// Names that are read as settings behind every operator, and reported where the operator lacks them.
const KNOWN: &[Setting] = &[
    of("bagexpansion", Takes::Word(&[])),
    of("bin_legacy", Takes::Any),
    of("__crossCluster", Takes::Any),
    of("__crossDB", Takes::Any),
    of("decodeblocks", Takes::Bool),
    of("expandoutput", Takes::Any),
    of("hint.concurrency", Takes::WordOrNumber(&[])),
    of("hint.distribution", Takes::Word(&[])),
    of("hint.materialized", Takes::Bool),
    of("hint.num_partitions", Takes::Integer),
    of("hint.pass_filters", Takes::Any),
    of("hint.pass_filters_column", Takes::Column),
    of("hint.progressive_top", Takes::Bool),
    of("hint.remote", Takes::Word(&[])),
    of("hint.shufflekey", Takes::Column),
    of("hint.spread", Takes::WordOrNumber(&[])),
    of("hint.strategy", Takes::Word(&[])),
    of("__id", Takes::Any),
    of("isfuzzy", Takes::Bool),
    of("__isFuzzy", Takes::Bool),
    of("kind", Takes::Word(&[])),
    of("__noWithSource", Takes::Any),
    of("__packedColumn", Takes::Column),
    of("__sourceColumnIndex", Takes::Any),
    of("cycles", Takes::Word(&[])),
    of("with_match_id", Takes::NewName),
    of("with_itemindex", Takes::NewName),
    of("withsource", Takes::NewName),
    of("with_source", Takes::NewName),
    of("with_step_name", Takes::NewName),
    of("force_remote", Takes::Any),
];

pub fn find(settings: &'static [Setting], name: &str) -> Option<&'static Setting> {
    settings.iter().find(|setting| setting.name == name)
}

impl<'t, 'g> Parser<'t, 'g> {
    /// The settings that stand here. Without `equals`, a known name without `=` is one too.
    pub fn settings(&mut self, own: &'static [Setting], equals: bool) -> List {
        let mark = self.stack.len();
        while let Some(setting) = self.setting(own, true, equals) {
            self.stack.push(setting);
        }
        self.close_list(mark)
    }

    /// `name = value, …` between brackets; only the operator's own names.
    pub fn setting_list(&mut self, own: &'static [Setting]) -> List {
        let mark = self.stack.len();
        while !self.at_list_end() {
            let Some(setting) = self.setting(own, false, false) else { break };
            self.stack.push(setting);
            if self.take(Tok::Comma).is_none() && !self.at_list_end() {
                let place = self.fault_place();
                self.report(crate::kql::finding::Kind::Syntax, place, "`,` is missing here");
            }
        }
        self.close_list(mark)
    }

    /// The name of a setting that begins here and its number of tokens.
    fn setting_name(&self) -> Option<(&'t str, usize)> {
        match self.peek(0) {
            Tok::Identifier if self.text_of(self.here()) == "hint" && self.peek(1) == Tok::Dot => {
                let range = self.here().to(self.token(2).range);
                Some((self.text_of(range), 3))
            }
            Tok::Identifier | Tok::Keyword(_) => Some((self.text_of(self.here()), 1)),
            _ => None,
        }
    }

    fn setting(&mut self, own: &'static [Setting], known: bool, equals: bool) -> Option<Id> {
        let (text, length) = self.setting_name()?;
        let setting = find(own, text).or_else(|| find(KNOWN, text).filter(|_| known))?;
        if equals && self.peek(length) != Tok::Equal {
            return None;
        }
        let start = self.here();
        for _ in 0..length {
            self.advance();
        }
        let range = self.since(start);
        let name = self.names.add(text);
        let name = self.tree.add(Node::Name(name), range);
        self.require(Tok::Equal, "=");
        let value = self.setting_value(setting.takes, own);
        Some(self.add(Node::Setting { name, value }, start))
    }

    fn setting_value(&mut self, takes: Takes, own: &'static [Setting]) -> Id {
        let found = match takes {
            Takes::Word(words) | Takes::WordOrNumber(words) => self.word_of(words).or_else(|| self.any_setting()),
            Takes::Value => self.path(),
            Takes::NewName => self.name().or_else(|| self.any_setting()),
            Takes::Column => self.name().or_else(|| self.any_setting()),
            Takes::Columns => Some(self.column_list(own)),
            Takes::Number => self.forced_real().or_else(|| self.any_setting()),
            Takes::Any | Takes::Bool | Takes::Integer | Takes::Text | Takes::Literal => self.any_setting(),
        };
        self.or_missing(found, "a value")
    }

    fn word_of(&mut self, words: &[&str]) -> Option<Id> {
        let range = self.here();
        let text = self.text_of(range);
        if !words.contains(&text) {
            return None;
        }
        self.advance();
        let name = self.names.add(text);
        Some(self.tree.add(Node::Word(name), range))
    }

    fn any_setting(&mut self) -> Option<Id> {
        if let Some(literal) = self.literal() {
            return Some(literal);
        }
        if self.is_name_word(0, Naming::Name) {
            let range = self.advance();
            let name = self.names.add(self.text_of(range));
            return Some(self.tree.add(Node::Word(name), range));
        }
        self.name()
    }

    fn forced_real(&mut self) -> Option<Id> {
        let sign = matches!(self.peek(0), Tok::Plus | Tok::Minus);
        match self.peek(usize::from(sign)) {
            Tok::Long | Tok::Real => {}
            _ => return None,
        }
        let start = self.here();
        for _ in 0..=usize::from(sign) {
            self.advance();
        }
        Some(self.add(Node::Literal(Type::Real), start))
    }

    /// Columns between commas, up to the next setting or the end.
    fn column_list(&mut self, own: &'static [Setting]) -> Id {
        let start = self.here();
        let mark = self.stack.len();
        loop {
            let name = self.target_name();
            let name = self.or_missing(name, "a column");
            self.stack.push(name);
            let next_is_setting = self
                .tokens
                .get(self.at + 1)
                .is_some_and(|token| find(own, self.text_of(token.range)).is_some() && self.peek(2) == Tok::Equal);
            if self.peek(0) != Tok::Comma || next_is_setting {
                break;
            }
            self.advance();
        }
        let names = self.close_list(mark);
        self.add(Node::Names(names), start)
    }

    /// `toscalar(…)` and `totable(…)`.
    pub fn sub_query(&mut self) -> Option<Id> {
        let scalar = self.is(Keyword::Toscalar);
        let start = self.advance();
        let mut settings = self.list_of(&[]);
        if self.is(Keyword::Kind) && self.peek(1) == Tok::Equal {
            settings = self.settings(SUB_QUERY, true);
        }
        self.require(Tok::OpenParen, "(");
        let body = self.deeper(Self::pipe);
        let body = self.or_missing(body, "a query");
        self.require(Tok::CloseParen, ")");
        let node = if scalar { Node::ToScalar { settings, body } } else { Node::ToTable { settings, body } };
        Some(self.add(node, start))
    }

    /// A word that the grammar lists, e.g. a chart.
    pub fn listed_word(&mut self, words: &[&str]) -> Option<Range> {
        let range = self.here();
        words.contains(&self.text_of(range)).then(|| self.advance())
    }

    pub fn plain_list(&mut self, element: fn(&mut Self) -> Option<Id>, what: &'static str, required: bool) -> List {
        self.commas(Commas { element, what, end: None, required, trailing: false })
    }
}
