//! Which module may use which, who may touch the world, and how long a file may be.

use std::collections::BTreeMap;
use std::path::Path;

/// The crate's modules and what each may use. `docs/ARCHITECTURE.md` says why.
const MAY_USE: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diag", &["source"]),
    ("json", &["source"]),
    ("syntax", &["source", "diag", "json"]),
    ("model", &["source", "diag", "syntax"]),
    ("arm", &["source", "json"]),
    ("kql", &[]),
    ("query", &["source", "diag", "kql"]),
    ("proof", &["source", "diag", "json", "arm", "ir", "backend"]),
    ("bicep", &["source", "arm"]),
    ("ir", &["source", "arm"]),
    ("sema", &["source", "diag", "syntax", "model", "ir", "arm", "kql", "query"]),
    ("backend", &["source", "ir", "arm", "bicep"]),
    ("schema", &["source", "diag", "backend", "arm"]),
    ("diff", &["source", "diag", "backend", "schema", "ir", "arm"]),
    ("pipeline", &["source", "diag", "syntax", "model", "sema", "ir", "backend", "schema", "proof"]),
    (
        "driver",
        &[
            "source", "diag", "json", "syntax", "model", "arm", "proof", "sema", "ir", "backend", "schema", "diff",
            "pipeline", "kql", "query",
        ],
    ),
    ("cli", &["source", "diag", "kql", "model", "backend", "schema", "diff", "pipeline", "driver"]),
];

/// Modules that may touch files, the environment, processes and the clock.
const OUTSIDE: &[&str] = &["driver", "cli", "main"];
const WORLD: &[&str] = &["std::fs", "std::env", "std::process", "std::time", "std::net", "Instant::now", "SystemTime"];

/// A file is one room: above this many lines it is split.
const LINES: usize = 600;

/// Module name → its files, each with path and text. `lib.rs` only lists the modules and is left out.
fn modules() -> BTreeMap<String, Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let path = entry.expect("src is readable").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let shown = path.strip_prefix(&root).expect("below src").display().to_string().replace('\\', "/");
            let module = shown.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
            if module != "lib" {
                found.entry(module).or_default().push((shown, text));
            }
        }
    }
    found
}

/// The program's own text: without comments, and up to the unit tests, which stand at a file's end. Lines keep their numbers.
fn code(text: &str) -> String {
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Each place of `needle`, as a line number and the text behind it.
fn places<'a>(text: &'a str, needle: &str) -> Vec<(usize, &'a str)> {
    text.match_indices(needle)
        .map(|(at, found)| (text[..at].matches('\n').count() + 1, &text[at + found.len()..]))
        .collect()
}

/// The modules of the crate that a text names, with their lines: `crate::arm::Expr` → `arm`, `crate::{model, sema}` → both.
fn used(text: &str) -> Vec<(usize, &str)> {
    let mut names = Vec::new();
    for (line, rest) in places(text, "crate::") {
        match rest.strip_prefix('{') {
            Some(group) => names.extend(top_level_names(group).into_iter().map(|name| (line, name))),
            None => names.push((line, first_name(rest))),
        }
    }
    names
}

fn first_name(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The first names of a group's members: `arm::{A, B}, ir}` → `arm`, `ir`.
fn top_level_names(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0usize, 0, Vec::new());
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(first_name(group[start..i].trim_start()));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut faults = Vec::new();
    for (module, files) in modules() {
        if module == "main" {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            faults.push(format!("src/{module}: not in the list of modules"));
            continue;
        };
        for (path, text) in &files {
            for (line, name) in used(&code(text)) {
                if name != module && allowed.contains_key(name) && !may.contains(&name) {
                    faults.push(format!("src/{path}:{line}: {module} must not use {name}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn only_the_driver_and_the_command_line_touch_the_world() {
    let mut faults = Vec::new();
    for (module, files) in modules().iter().filter(|(module, _)| !OUTSIDE.contains(&module.as_str())) {
        for (path, text) in files {
            let code = code(text);
            for (name, line) in WORLD.iter().flat_map(|name| places(&code, name).into_iter().map(move |p| (name, p.0)))
            {
                faults.push(format!("src/{path}:{line}: {module} must not use {name}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn source_files_are_short() {
    let long: Vec<String> = modules()
        .into_values()
        .flatten()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(path, lines)| format!("src/{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "more than {LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn imports_are_read_in_every_notation() {
    assert_eq!(used("use crate::arm::{self, Expr};"), [(1, "arm")]);
    let group = "use std::fmt;\npub(crate) use crate::{\n    model, ir::{Solution, graph},\n    sema,\n};";
    assert_eq!(used(group), [(2, "model"), (2, "ir"), (2, "sema"), (2, "")]);
    assert_eq!(used("let x: crate::ir::Value = crate::arm::print::json(&t);"), [(1, "ir"), (1, "arm")]);
    assert_eq!(used(&code("// crate::cli\nuse std::fmt;\n#[cfg(test)]\nuse crate::cli;")), []);
}
