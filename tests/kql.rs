//! The KQL front end: results and findings as files, what was recorded of the referee, bad input, growth.

use proptest::prelude::*;
use sentinel_gen::diag::rules;
use sentinel_gen::kql::{
    self, Analysis, Dialect, FunctionDefinition, Globals, Output, Range, Type, Usage, analyze, examine, trace,
};
use sentinel_gen::query;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

fn workbench() -> Globals {
    let mut globals = Globals::default();
    let columns = [
        ("a", Type::String),
        ("b", Type::Long),
        ("i", Type::Int),
        ("r", Type::Real),
        ("t", Type::DateTime),
        ("ts", Type::TimeSpan),
        ("d", Type::DYNAMIC),
        ("g", Type::Guid),
        ("x", Type::Bool),
    ];
    globals.add_table("T", columns, false);
    globals.add_table("U", [("a", Type::String), ("c", Type::Long)], false);
    globals.add_table("O", [], true);
    globals.add_workspace_functions();
    globals
}

fn stream() -> Globals {
    let mut globals = Globals::default();
    let columns = [("epoch", Type::Long), ("user", Type::DYNAMIC), ("text", Type::String), ("flag", Type::Bool)];
    globals.add_table("source", columns, false);
    globals
}

/// The example on a rule's page gets the rule's own finding; SG2007's is too long to be shown whole.
#[test]
fn examples_of_pages_get_their_finding() {
    let mut shown = 0;
    for rule in rules::all().filter(|rule| (2001..2110).contains(&rule.code.0) && rule.code.0 != 2007) {
        let page: String =
            rule.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n").collect();
        let example = page.split("```kusto\n").nth(1).and_then(|rest| rest.split("```").next());
        let text = example.unwrap_or_else(|| panic!("{} shows no query", rule.code));
        let analysis = if rule.code.0 >= 2100 {
            let mut globals = stream();
            globals.add_table("source", [("a", Type::Long), ("user", Type::String)], false);
            analyze(text, &globals, Dialect::Transform)
        } else {
            analyze(text, &Globals::default().with_catalogue(), Dialect::Analytics)
        };
        let found: Vec<_> = analysis.findings.iter().map(|finding| query::rule(finding.kind).code.0).collect();
        assert!(found.contains(&rule.code.0), "{}: {text}{found:?}", rule.code);
        shown += 1;
    }
    assert!(shown > 20);
}

/// The cases of a file: each query and the lines behind it.
fn cases(file: &str) -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kql").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut cases: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        match line.strip_prefix("> ") {
            Some(query) => cases.push((query.to_owned(), Vec::new())),
            None => cases.last_mut().expect("a query stands first").1.push(line.to_owned()),
        }
    }
    assert!(!cases.is_empty(), "{file} has no cases");
    cases
}

fn columns(analysis: &Analysis) -> String {
    match &analysis.output {
        Output::Rows { columns, open } => {
            let columns: Vec<String> = columns.iter().map(|c| format!("{} {}", c.name, c.ty.name())).collect();
            columns.join(", ") + if *open { " *" } else { "" }
        }
        other => format!("{other:?}"),
    }
}

fn findings(query: &str, analysis: &Analysis) -> Vec<String> {
    let one = |finding: &sentinel_gen::kql::Finding| {
        let place = &query[finding.range.start as usize..finding.range.end as usize];
        format!("{} {place}", query::rule(finding.kind).code).trim_end().to_owned()
    };
    analysis.findings.iter().map(one).collect()
}

#[test]
fn results_have_the_columns_that_the_cases_say() {
    let globals = workbench();
    let mut faults = String::new();
    for (query, expected) in cases("results.txt") {
        let analysis = analyze(&query, &globals, Dialect::Analytics);
        let found = columns(&analysis);
        if !analysis.findings.is_empty() || [found.clone()] != expected.as_slice() {
            let _ = writeln!(faults, "{query}\n  is   {found}\n  not  {expected:?}\n  {:?}", analysis.findings);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// A function, aggregate, plug-in or operator with a query that calls it and the columns that it gives.
struct Example<'e> {
    entry: &'e str,
    query: &'e str,
    columns: &'e str,
}

fn examples() -> Vec<Example<'static>> {
    let text = include_str!("kql/examples.txt");
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut found = Vec::new();
    while let Some(entry) = lines.next() {
        let query = lines.next().and_then(|line| line.strip_prefix("> "));
        let (Some(query), Some(columns)) = (query, lines.next()) else {
            panic!("{entry}: a query and its columns follow")
        };
        found.push(Example { entry, query, columns });
    }
    found
}

#[test]
fn every_entry_of_the_registry_has_an_example() {
    let data = include_str!("../src/kql/data/functions.txt");
    let entries: BTreeSet<String> = data
        .lines()
        .filter(|line| !line.starts_with(['#', '\t']))
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    let shown: BTreeSet<String> = examples().iter().map(|example| example.entry.to_owned()).collect();
    assert_eq!(entries.symmetric_difference(&shown).collect::<Vec<_>>(), Vec::<&String>::new());
    for Example { entry, query, .. } in examples() {
        let (kind, name) = entry.split_once(' ').expect("a kind and a name");
        assert!(kind == "operator" || query.contains(&format!("{name}(")), "{entry} is not called in {query}");
    }
}

#[test]
fn examples_give_the_columns_that_they_say() {
    let globals = workbench();
    let mut faults = String::new();
    for Example { entry, query, columns: expected } in examples() {
        let analysis = analyze(query, &globals, Dialect::Analytics);
        let found = columns(&analysis);
        let found = if found.is_empty() { "nothing" } else { found.trim() };
        if analysis.has_errors() || found != expected {
            let _ = writeln!(faults, "{entry}: {query}\n  is   {found}\n  not  {expected}\n  {:?}", analysis.findings);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// A query's lineage as `lineage.txt` writes it.
fn lineage_lines(lineage: &kql::Lineage) -> Vec<String> {
    let source = |source: &kql::lineage::Source| {
        let computed = if source.direct { "" } else { "~" };
        format!("{computed}{}.{}{}", source.table, source.column, source.path)
    };
    let mut lines = Vec::new();
    for column in &lineage.columns {
        let mut sources: Vec<String> = column.sources.iter().map(source).collect();
        if !column.complete {
            sources.push("?".to_owned());
        } else if sources.is_empty() {
            sources.push("-".to_owned());
        }
        lines.push(format!("{} <- {}", column.name, sources.join(", ")));
    }
    let reads: Vec<String> = lineage.reads.iter().map(|read| format!("{}.{}", read.table, read.column)).collect();
    lines.push(format!("reads: {}", reads.join(", ")));
    lines
}

#[test]
fn columns_come_from_where_the_cases_say() {
    let mut globals = workbench();
    let result = globals.definition([("v", Type::String)], true);
    globals.add_function("stored", FunctionDefinition { body: None, result, ..FunctionDefinition::default() });
    for (name, parameters, body) in [
        ("withbody", "(word: string)", "T | where a == word | project key = strcat(a, word), part = d.part"),
        ("single", "(p: string, q: guid)", "tolower(p)"),
    ] {
        let (parameters, body) = (parameters.to_owned(), Some(body.to_owned()));
        globals.add_function(name, FunctionDefinition { parameters, body, ..FunctionDefinition::default() });
    }
    let mut faults = String::new();
    for (query, expected) in cases("lineage.txt") {
        let (analysis, lineage) = trace(&query, &globals, Dialect::Analytics);
        let found = lineage_lines(&lineage);
        // That a table or a workspace is not known is no slip here.
        let unknown = [kql::Kind::Table, kql::Kind::Function];
        let wrong = analysis.findings.iter().any(|finding| !unknown.contains(&finding.kind));
        if wrong || found != expected {
            let _ = writeln!(faults, "> {query}\n{}\n  not {expected:?}\n{:?}", found.join("\n"), analysis.findings);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

fn check_findings(file: &str, globals: &Globals, dialect: Dialect) {
    let mut faults = String::new();
    for (query, expected) in cases(file) {
        let analysis = analyze(&query, globals, dialect);
        let found = findings(&query, &analysis);
        if found != expected {
            let _ = writeln!(faults, "{query}\n  has  {found:?}\n  not  {expected:?}\n  {:?}", analysis.findings);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn findings_stand_where_the_cases_say() {
    check_findings("findings.txt", &workbench(), Dialect::Analytics);
}

#[test]
fn transformations_are_held_against_their_list() {
    check_findings("transform.txt", &stream(), Dialect::Transform);
}

#[test]
fn a_misspelt_name_gets_the_near_one() {
    let analysis = analyze("T | where bb == 1 | summarise count()", &workbench(), Dialect::Analytics);
    let help: Vec<_> = analysis.findings.iter().filter_map(|finding| finding.help.as_deref()).collect();
    assert_eq!(help, ["did you mean `b`?", "did you mean `summarize`?"]);
}

#[test]
fn built_in_tables_are_known_with_their_standard_columns() {
    let globals = Globals::default().with_catalogue();
    let analysis = analyze("SigninLogs | project TimeGenerated, TenantId, ResultType", &globals, Dialect::Analytics);
    assert_eq!(columns(&analysis), "TimeGenerated datetime, TenantId string, ResultType string");
    assert!(analyze("SigninLog | take 1", &globals, Dialect::Analytics).has_errors());
}

/// A published query with what the referee said of it.
struct Recorded {
    id: String,
    query: String,
    globals: Globals,
    dialect: Dialect,
    verdict: Value,
}

/// The recorded queries, or nothing where the corpus is not beside the project.
fn recorded() -> Vec<Recorded> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/kql");
    let mut found = Vec::new();
    for file in ["queries.jsonl", "queries-solutions.jsonl"] {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else { continue };
        for line in text.lines() {
            let mut item: Value = serde_json::from_str(line).expect("JSON lines");
            for key in ["tables", "functions", "oracle"] {
                if let Some(Value::String(text)) = item.get(key) {
                    item[key] = serde_json::from_str(text).expect("JSON in a text");
                }
            }
            let request = sentinel_gen::driver::kql::request::read(&item.to_string()).expect("a request");
            found.push(Recorded {
                id: item["id"].as_str().unwrap_or_default().to_owned(),
                query: request.query,
                globals: request.globals,
                dialect: request.dialect,
                verdict: item["oracle"].clone(),
            });
        }
    }
    found
}

#[test]
fn published_queries_give_what_the_referee_recorded() {
    let recorded = recorded();
    if recorded.is_empty() {
        println!("published_queries_give_what_the_referee_recorded: skipped, ../shared/corpus/kql is not there");
        return;
    }
    let mut faults = String::new();
    for item in &recorded {
        // The dialect's own refusals are ours: the referee knows the language only.
        let mut analysis = analyze(&item.query, &item.globals, item.dialect);
        analysis.findings.retain(|finding| query::rule(finding.kind).code.0 < 2100);
        let listed = item.verdict["diagnostics"].as_array().cloned().unwrap_or_default();
        let refused = listed.iter().any(|diagnostic| diagnostic["severity"] == "Error");
        let expected: Vec<String> = item.verdict["resultColumns"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|c| format!("{} {}", c["name"].as_str().unwrap_or(""), c["type"].as_str().unwrap_or("")))
            .collect();
        let open = item.verdict["resultOpen"].as_bool().unwrap_or(false);
        let expected = expected.join(", ") + if open { " *" } else { "" };
        let found = if analysis.columns().is_some() { columns(&analysis) } else { String::new() };
        if analysis.has_errors() != refused || found != expected {
            let _ = writeln!(faults, "{}: refused {refused}\n  is   {found}\n  not  {expected}", item.id);
        }
    }
    println!("{} recorded queries", recorded.len());
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn columns_of_published_transforms_come_from_their_stream_or_from_nothing() {
    let recorded = recorded();
    if recorded.is_empty() {
        println!(
            "columns_of_published_transforms_come_from_their_stream_or_from_nothing: skipped, ../shared/corpus/kql is not there"
        );
        return;
    }
    let (mut faults, mut columns, mut traced) = (String::new(), 0, 0);
    for item in &recorded {
        let analysis = analyze(&item.query, &item.globals, item.dialect);
        let (with_trace, lineage) = trace(&item.query, &item.globals, item.dialect);
        assert_eq!(format!("{analysis:?}"), format!("{with_trace:?}"), "{}", item.id);
        let names: Vec<&str> = analysis.columns().into_iter().flatten().map(|column| column.name.as_str()).collect();
        let derived: Vec<&str> = lineage.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, derived, "{}", item.id);
        if item.dialect != Dialect::Transform {
            continue;
        }
        for column in &lineage.columns {
            columns += 1;
            traced += usize::from(!column.sources.is_empty());
            let from_stream = column.sources.iter().all(|source| source.table == "source");
            // What the text itself makes is an expression: a constant, a function without a column.
            let explained = !column.sources.is_empty() || column.expression.is_some();
            if !from_stream || !column.complete || !explained {
                let _ = writeln!(faults, "{}: {column:?}", item.id);
            }
        }
    }
    println!("{columns} columns of transforms, {traced} of them from the stream");
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn deep_nesting_gives_a_finding() {
    let globals = workbench();
    for (open, close) in [("(", ")"), ("not(", ")"), ("[", "]"), ("{", "}"), ("iff(true, 1, ", ")"), ("-", "")] {
        let query = format!("T | where {}1{}", open.repeat(20_000), close.repeat(20_000));
        assert!(analyze(&query, &globals, Dialect::Analytics).has_errors(), "{open}");
    }
    let json = format!("print dynamic({}1{})", "[".repeat(20_000), "]".repeat(20_000));
    assert!(analyze(&json, &globals, Dialect::Analytics).has_errors());
}

#[test]
fn a_finding_names_the_declaration_or_the_operand_that_it_comes_from() {
    let globals = workbench();
    for (query, place, text) in [
        ("T | extend Acount = a | where Account == 'x'", "Acount", "`Acount` is declared here"),
        ("let n = 5; T | where Nowhere > n", "let", ""),
        ("let limit1 = 5; T | where b > limit2", "limit1", "`limit1` is declared here"),
        ("T | where b > '5'", "'5'", "this is string"),
        ("let least = '5'; T | where b > least", "least", "`least` is declared here"),
        ("T | project aa = a | join kind=inner U on a", "aa", "`aa` is declared here"),
    ] {
        let analysis = analyze(query, &globals, Dialect::Analytics);
        let also = analysis.findings.first().and_then(|finding| finding.also.as_ref());
        let start = query.find(place).expect("the place is in the query");
        let shown = also.map(|(range, text)| (range.start as usize..range.end as usize, text.as_str()));
        let expected = (!text.is_empty()).then_some((start..start + place.len(), text));
        assert_eq!(shown, expected, "{query}: {:?}", analysis.findings);
    }
}

/// Words and signs that queries are made of, in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "T",
        "U",
        "X_CL",
        "TimeGenerated",
        "ingestion_time()",
        "> ago(1d)",
        "> n",
        "bin(TimeGenerated, 5m)",
        "isnull(a)",
        "workspace('w')",
        "where",
        "extend",
        "project",
        "summarize",
        "by",
        "join",
        "kind=inner",
        "on",
        "a",
        "b",
        "d",
        "|",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        "=",
        "==",
        "=~",
        "in",
        "!in~",
        "'x'",
        "\"y\"",
        "1",
        "1h",
        "1.5",
        "datetime(2020-01-01)",
        "let",
        "n",
        "f",
        "=>",
        "count()",
        "arg_max(t, *)",
        "mv-expand",
        "mv-apply",
        "to typeof(long)",
        "parse",
        "with",
        "*",
        "union",
        "isfuzzy=true",
        "-",
        "evaluate",
        "bag_unpack(d)",
        "datatable",
        "(a:long)",
        "dynamic([1,{\"k\":2}])",
        "$left.a",
        "$right.a",
        "..",
        "between",
        "print",
        "range",
        "from",
        "step",
        "search",
        "find",
        "make-series",
        "default=0",
        "invoke",
        "scan",
        "partition",
        "fork",
        "facet",
        "render",
        "timechart",
        "materialize(",
        "toscalar(",
        "top-nested",
        "of",
        "as",
        "//",
        "\n",
        "$",
        "@",
        "é",
        "🦀",
        "```",
        "h'",
        "x'",
        "\\",
    ]);
    prop::collection::vec(words, 0..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_analysed_without_panic(text in any::<String>()) {
        examine(&text, &workbench(), Dialect::Transform);
    }

    #[test]
    fn any_words_are_analysed_and_every_place_is_in_the_text(text in soup()) {
        let (analysis, usage) = examine(&text, &workbench(), Dialect::Analytics);
        let (traced, lineage) = trace(&text, &workbench(), Dialect::Analytics);
        prop_assert_eq!(format!("{analysis:?}"), format!("{traced:?}"));
        let findings = analysis.findings.iter().map(|finding| finding.range);
        let reads = lineage.reads.iter().flat_map(|read| &read.ranges).copied();
        for range in findings.chain(places(&usage)).chain(reads) {
            prop_assert!(text.get(range.start as usize..range.end as usize).is_some(), "{:?}", range);
        }
    }
}

/// Every place that the usage of a query names.
fn places(usage: &Usage) -> Vec<Range> {
    let mut places: Vec<Range> = usage.time_lost.into_iter().collect();
    places.extend(usage.windows.iter().map(|window| window.range));
    places.extend(usage.everything.iter().map(|(_, range)| *range));
    places.extend(usage.elsewhere.iter().map(|(_, range)| *range));
    places.extend(usage.null_texts.iter().map(|(_, _, range)| *range));
    places.extend(usage.binned_counts.iter().flat_map(|count| [count.range, count.threshold]));
    places.extend(usage.undeclared.iter().map(|table| table.range));
    places
}
