//! The words of the language and where they may stand as names.
//!
//! Facts of the language as the reference library has them (12.4.1, November 2026). Must not know tokens or grammar.

use std::sync::OnceLock;

/// Where a word of the language may be used as a name without brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// Nowhere: it must be written `['word']`.
    Reserved,
    /// Left of `=` and in declarations.
    Target,
    /// Everywhere.
    Name,
}

macro_rules! keywords {
    ($($id:ident $text:literal $naming:ident),* $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Keyword { $($id),* }

        /// In the order of the enum.
        const ALL: &[(Keyword, &str, Naming)] = &[$((Keyword::$id, $text, Naming::$naming)),*];
    };
}

#[rustfmt::skip]
keywords! {
    BangBetween "!between" Reserved, BangContains "!contains" Reserved, BangContainsCs "!contains_cs" Reserved,
    BangEndswith "!endswith" Reserved, BangEndswithCs "!endswith_cs" Reserved, BangHas "!has" Reserved,
    BangHasCs "!has_cs" Reserved, BangHasprefix "!hasprefix" Reserved, BangHasprefixCs "!hasprefix_cs" Reserved,
    BangHassuffix "!hassuffix" Reserved, BangHassuffixCs "!hassuffix_cs" Reserved, BangIn "!in" Reserved,
    BangInTilde "!in~" Reserved, BangStartswith "!startswith" Reserved, BangStartswithCs "!startswith_cs" Reserved,
    Chart3D "3Dchart" Reserved, HiddenContextualDatatable "__contextual_datatable" Reserved,
    HiddenCrossCluster "__crossCluster" Reserved, HiddenCrossDB "__crossDB" Reserved,
    HiddenExecuteAndCache "__executeAndCache" Reserved, HiddenId "__id" Reserved, HiddenIsFuzzy "__isFuzzy" Reserved,
    HiddenNoWithSource "__noWithSource" Reserved, HiddenPackedColumn "__packedColumn" Reserved,
    HiddenPartitionby "__partitionby" Name, HiddenProjectAway "__projectAway" Reserved,
    HiddenSourceColumnIndex "__sourceColumnIndex" Reserved, Access "access" Name, Accumulate "accumulate" Target,
    Alias "alias" Name, And "and" Reserved, Anomalychart "anomalychart" Reserved, Areachart "areachart" Reserved,
    As "as" Target, Asc "asc" Reserved, AssertSchema "assert-schema" Reserved, Bagexpansion "bagexpansion" Reserved,
    Barchart "barchart" Reserved, BestEffort "best_effort" Name, Between "between" Reserved, Bin "bin" Name,
    BinLegacy "bin_legacy" Reserved, Bool "bool" Name, Boolean "boolean" Reserved, By "by" Target,
    Byte "byte" Reserved, Cachingpolicy "cachingpolicy" Reserved, Callout "callout" Reserved,
    Cancel "cancel" Reserved, Card "card" Reserved, Char "char" Reserved, Columnchart "columnchart" Reserved,
    CommandsAndQueries "commands-and-queries" Reserved, Consume "consume" Name, Contains "contains" Target,
    ContainsCs "contains_cs" Reserved, Containscs "containscs" Reserved, Count "count" Name,
    Cycles "cycles" Reserved, Database "database" Name, Dataexport "dataexport" Reserved,
    Dataformat "dataformat" Name, Datascope "datascope" Reserved, Datatable "datatable" Target, Date "date" Reserved,
    Datetime "datetime" Reserved, DatetimePattern "datetime_pattern" Name, Decimal "decimal" Reserved,
    Declare "declare" Name, Decodeblocks "decodeblocks" Reserved, Default "default" Name, Desc "desc" Reserved,
    Distinct "distinct" Name, Double "double" Reserved, Dynamic "dynamic" Reserved, Earliest "earliest" Target,
    Edges "edges" Name, Encodingpolicy "encodingpolicy" Reserved, Endswith "endswith" Reserved,
    EndswithCs "endswith_cs" Reserved, EntityGroup "entity_group" Name, Evaluate "evaluate" Name,
    Expandoutput "expandoutput" Reserved, Extend "extend" Name, ExtentTagsRetention "extent_tags_retention" Reserved,
    ExternalData "external_data" Reserved, Externaldata "externaldata" Target, Facet "facet" Name,
    Filter "filter" Name, Find "find" Target, First "first" Reserved, Flags "flags" Reserved, Float "float" Reserved,
    ForceRemote "force_remote" Reserved, Fork "fork" Name, From "from" Name, Getschema "getschema" Name,
    GrannyAsc "granny-asc" Reserved, GrannyDesc "granny-desc" Reserved, Graph "graph" Name,
    GraphMarkComponents "graph-mark-components" Reserved, GraphMatch "graph-match" Reserved,
    GraphShortestPaths "graph-shortest-paths" Reserved, GraphToTable "graph-to-table" Reserved,
    GraphWhereEdges "graph-where-edges" Reserved, GraphWhereNodes "graph-where-nodes" Reserved, Guid "guid" Name,
    Harddelete "harddelete" Reserved, Hardretention "hardretention" Reserved, Has "has" Target,
    HasAll "has_all" Reserved, HasAny "has_any" Reserved, HasCs "has_cs" Reserved, Hasprefix "hasprefix" Reserved,
    HasprefixCs "hasprefix_cs" Reserved, Hassuffix "hassuffix" Reserved, HassuffixCs "hassuffix_cs" Reserved,
    HintConcurrency "hint.concurrency" Reserved, HintDistribution "hint.distribution" Reserved,
    HintMaterialized "hint.materialized" Reserved, HintNumPartitions "hint.num_partitions" Reserved,
    HintProgressiveTop "hint.progressive_top" Reserved, HintRemote "hint.remote" Reserved,
    HintShufflekey "hint.shufflekey" Reserved, HintSpread "hint.spread" Reserved,
    HintStrategy "hint.strategy" Reserved, Hotcache "hotcache" Reserved, Id "id" Name, In "in" Target,
    InlineExternalTable "inline_external_table" Name, Int "int" Reserved, Int16 "int16" Reserved,
    Int32 "int32" Reserved, Int64 "int64" Reserved, Int8 "int8" Reserved, Invoke "invoke" Target,
    InTilde "in~" Reserved, Isfuzzy "isfuzzy" Reserved, Join "join" Name, Journal "journal" Reserved,
    Kind "kind" Reserved, Ladderchart "ladderchart" Reserved, Last "last" Reserved, Latest "latest" Target,
    Let "let" Name, Like "like" Reserved, Likecs "likecs" Reserved, Limit "limit" Name,
    Linechart "linechart" Reserved, Long "long" Reserved, Lookup "lookup" Name, MacroExpand "macro-expand" Reserved,
    MakeGraph "make-graph" Reserved, MakeSeries "make-series" Reserved, MatchesRegex "matches regex" Reserved,
    Materialize "materialize" Target, MaterializedViewCombine "materialized-view-combine" Reserved,
    MaterializedViews "materialized-views" Reserved, Mdm "mdm" Target, Missing "missing" Reserved,
    MvApply "mv-apply" Reserved, MvExpand "mv-expand" Reserved, Mvapply "mvapply" Name, Mvexpand "mvexpand" Name,
    Nodes "nodes" Name, Nooptimization "nooptimization" Reserved, Notcontains "notcontains" Reserved,
    Notcontainscs "notcontainscs" Reserved, Notlike "notlike" Reserved, Notlikecs "notlikecs" Reserved,
    Null "null" Name, Nulls "nulls" Name, Of "of" Target, On "on" Name, Optional "optional" Name, Or "or" Reserved,
    Order "order" Name, Others "others" Reserved, Output "output" Name, Pack "pack" Name, Parse "parse" Name,
    ParseKv "parse-kv" Reserved, ParseWhere "parse-where" Reserved, Partition "partition" Name,
    PartitionedBy "partitioned-by" Reserved, Pathformat "pathformat" Reserved, Pattern "pattern" Name,
    Piechart "piechart" Reserved, Pivotchart "pivotchart" Reserved, Plotly "plotly" Name, Print "print" Target,
    Project "project" Reserved, ProjectAway "project-away" Reserved, ProjectByNames "project-by-names" Reserved,
    ProjectKeep "project-keep" Reserved, ProjectRename "project-rename" Reserved,
    ProjectReorder "project-reorder" Reserved, ProjectSmart "project-smart" Reserved, Queries "queries" Reserved,
    QueryParameters "query_parameters" Name, QueryResults "query_results" Reserved, Range "range" Name,
    Real "real" Reserved, Reduce "reduce" Name, Regex "regex" Target, Relaxed "relaxed" Reserved,
    Render "render" Name, Restrict "restrict" Name, RestrictedViewAccess "restricted_view_access" Reserved,
    RowLevelSecurity "row_level_security" Reserved, Rowstore "rowstore" Reserved,
    RowstoreReferences "rowstore_references" Reserved, RowstoreSealinfo "rowstore_sealinfo" Reserved,
    Rowstorepolicy "rowstorepolicy" Reserved, Rowstores "rowstores" Reserved, Sample "sample" Target,
    SampleDistinct "sample-distinct" Target, Scan "scan" Name, Scatterchart "scatterchart" Reserved,
    Seal "seal" Reserved, Seals "seals" Reserved, Search "search" Target, Serialize "serialize" Name,
    Set "set" Target, SetOrAppend "set-or-append" Reserved, SetOrReplace "set-or-replace" Reserved,
    Shards "shards" Reserved, Simple "simple" Reserved, Softdelete "softdelete" Reserved,
    Softretention "softretention" Reserved, Sort "sort" Name, Sql "sql" Target,
    Stackedareachart "stackedareachart" Reserved, Startswith "startswith" Reserved,
    StartswithCs "startswith_cs" Reserved, Statistics "statistics" Reserved, Step "step" Name,
    Storedqueryresultcontainers "storedqueryresultcontainers" Reserved, String "string" Reserved,
    Summarize "summarize" Name, Tablepurge "tablepurge" Reserved, Take "take" Name, Time "time" Reserved,
    Timechart "timechart" Reserved, Timeline "timeline" Reserved, Timepivot "timepivot" Reserved,
    Timespan "timespan" Reserved, Title "title" Target, To "to" Target, Top "top" Name,
    TopHitters "top-hitters" Target, TopNested "top-nested" Target, Toscalar "toscalar" Target,
    Totable "totable" Target, Treemap "treemap" Reserved, Typeof "typeof" Name, Uint "uint" Reserved,
    Uint16 "uint16" Reserved, Uint32 "uint32" Reserved, Uint64 "uint64" Reserved, Uint8 "uint8" Reserved,
    Ulong "ulong" Reserved, Union "union" Reserved, Uniqueid "uniqueid" Reserved,
    Unrestrictedviewers "unrestrictedviewers" Reserved, Uuid "uuid" Name, Verbose "verbose" Target, View "view" Name,
    Viewers "viewers" Target, Views "views" Reserved, Where "where" Target, With "with" Name,
    WithItemindex "with_itemindex" Reserved, WithMatchId "with_match_id" Reserved, WithNodeId "with_node_id" Name,
    WithSource "with_source" Reserved, WithStepName "with_step_name" Reserved, Withsource "withsource" Reserved,
    Writeaheadlog "writeaheadlog" Reserved,
}

impl Keyword {
    pub fn text(self) -> &'static str {
        ALL.get(self as usize).map_or("", |entry| entry.1)
    }

    pub fn naming(self) -> Naming {
        ALL.get(self as usize).map_or(Naming::Reserved, |entry| entry.2)
    }

    /// The keyword that is exactly `text`.
    pub fn find(text: &str) -> Option<Keyword> {
        // None begins with a capital letter, as most names of columns and tables do.
        if text.as_bytes().first().is_none_or(u8::is_ascii_uppercase) {
            return None;
        }
        let table = table();
        let mut slot = hash(text) & MASK;
        while let Some(&at) = table.get(slot).filter(|at| **at != EMPTY) {
            match ALL.get(usize::from(at)) {
                Some(entry) if entry.1 == text => return Some(entry.0),
                _ => slot = (slot + 1) & MASK,
            }
        }
        None
    }

    /// The keywords of more than one part, such as `project-away`, that begin with the word `head`: longest first.
    pub fn compounds(head: &str) -> impl Iterator<Item = Keyword> {
        compounds().iter().filter(move |entry| entry.0 == head).map(|entry| entry.1)
    }
}

const EMPTY: u16 = u16::MAX;
const MASK: usize = 1023;

fn hash(text: &str) -> usize {
    let word = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (word ^ (word >> 29)) as usize
}

/// Open addressing over the words: a query has hundreds of words to look up.
fn table() -> &'static [u16] {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = vec![EMPTY; MASK + 1];
        for (at, entry) in (0u16..).zip(ALL) {
            let mut slot = hash(entry.1) & MASK;
            while table.get(slot).is_some_and(|taken| *taken != EMPTY) {
                slot = (slot + 1) & MASK;
            }
            if let Some(free) = table.get_mut(slot) {
                *free = at;
            }
        }
        table
    })
}

fn compounds() -> &'static [(&'static str, Keyword)] {
    static COMPOUNDS: OnceLock<Vec<(&'static str, Keyword)>> = OnceLock::new();
    COMPOUNDS.get_or_init(|| {
        let in_parts = |text: &str| text.len() > 1 && text.contains(['-', '.', '~', ' ']);
        let mut all: Vec<_> = ALL.iter().filter(|entry| in_parts(entry.1)).collect();
        all.sort_by_key(|entry| std::cmp::Reverse(entry.1.len()));
        all.iter().map(|entry| (entry.1.split(['-', '.', '~', ' ']).next().unwrap_or_default(), entry.0)).collect()
    })
}
