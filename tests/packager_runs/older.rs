//! Published solutions of 2022, whole: a short spec takes each folder by a pattern, as whoever brings one would. The packages
//! beside them are of an older format, so nothing is compared; but the bundle and the package are made, hold every file, and
//! prove themselves. What is refused stands in `older.yaml`, with the reason.

use crate::input::{self, Input};
use libtest_mimic::{Failed, Trial};
use sentinel_gen::backend::Target;
use sentinel_gen::diag::Severity;
use sentinel_gen::pipeline::{self, Compilation};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Folders of a solution, the keys of a spec, and what the package calls each content.
const FOLDERS: [(&str, &str, &str); 3] = [
    ("Analytic Rules", "analyticRules", "AnalyticsRule"),
    ("Hunting Queries", "huntingQueries", "HuntingQuery"),
    ("Parsers", "parsers", "Parser"),
];

/// Extensions of the files that are items.
const EXTENSIONS: [&str; 4] = ["kql", "txt", "yaml", "yml"];

/// What is refused of a solution.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    because: String,
    /// Code of each error and the file that it stands in.
    findings: BTreeSet<(String, String)>,
}

pub fn trials(root: &Path) -> Vec<Trial> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packager_runs/older.yaml");
    let mut refused: BTreeMap<String, Refused> =
        serde_json::from_value(input::read(&path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut trials = Vec::new();
    for name in crate::names(root) {
        let solution = Solution::read(&root.join(&name));
        if !solution.files.is_empty() {
            let refused = refused.remove(&name);
            trials.push(Trial::test(format!("older/{name}"), move || solution.run(refused.as_ref())));
        }
    }
    assert!(refused.is_empty(), "listed, and no solution: {:?}", refused.keys());
    trials
}

struct Solution {
    path: PathBuf,
    /// Each folder's files that are items.
    files: BTreeMap<&'static str, Vec<String>>,
}

impl Solution {
    fn read(path: &Path) -> Self {
        let mut files = BTreeMap::new();
        for (folder, ..) in FOLDERS.iter().filter(|(folder, ..)| path.join(folder).is_dir()) {
            let mut names = crate::names(&path.join(folder));
            names.retain(|name| EXTENSIONS.iter().any(|extension| name.ends_with(&format!(".{extension}"))));
            if !names.is_empty() {
                files.insert(*folder, names);
            }
        }
        Solution { path: path.to_owned(), files }
    }

    /// The identity is ours: these solutions have ids and categories that were mended since.
    fn spec(&self) -> Value {
        // What the vendor's own binder refuses in these queries, too.
        let binder = ["SG2010", "SG2013", "SG2022", "SG2025", "SG2114"];
        let allow = binder.map(|code| json!({ "code": code, "reason": "published like this" }));
        let mut spec = json!({
            "version": 1,
            "solution": {
                "name": "Older Solution",
                "version": "3.0.0",
                "publisherId": "contoso",
                "offerId": "azure-sentinel-solution-older",
                "summary": "A solution of 2022.",
                "description": "A solution of 2022.",
                "providers": ["Contoso"],
                "categories": { "domains": ["Application"] },
                "support": { "name": "Contoso", "tier": "Partner", "link": "https://contoso.example/support" },
                "firstPublishDate": "2022-01-01",
            },
            "checks": { "allow": allow },
        });
        for (folder, key, _) in FOLDERS {
            let names = self.files.get(folder).into_iter().flatten();
            let used: BTreeSet<&str> = names.filter_map(|name| name.rsplit_once('.')).map(|(_, end)| end).collect();
            if !used.is_empty() {
                let items: Vec<Value> = used.iter().map(|end| json!({ "file": format!("{folder}/*.{end}") })).collect();
                spec[key] = items.into();
            }
        }
        spec
    }

    fn run(&self, refused: Option<&Refused>) -> Result<(), Failed> {
        let world = Input::new(self.spec().to_string(), &self.path);
        let compiled =
            pipeline::compile(&world, input::SPEC, input::SPEC, &[Target::Arm, Target::Bicep, Target::Package]);
        let found: BTreeSet<(String, String)> = compiled
            .diagnostics
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| (finding.code().to_string(), compiled.sources.path(finding.primary.span.file).to_owned()))
            .collect();
        let expected = refused.map_or_else(BTreeSet::new, |refused| refused.findings.clone());
        if found != expected {
            let because = refused.map_or("", |refused| &refused.because);
            let all = crate::findings(&compiled, Severity::Error);
            return Err(format!("{because}; expected: {expected:?}; found:\n{all}").into());
        }
        if refused.is_none() {
            self.complete(&compiled)?;
        }
        Ok(())
    }

    /// Every file is a content of the package, and every resource of the bundle has a symbol of its own.
    fn complete(&self, compiled: &Compilation) -> Result<(), Failed> {
        let bundle = compiled.bundle.as_ref().ok_or("no errors, and no bundle")?;
        let text = |path: &str| String::from_utf8_lossy(&bundle.files[path].bytes).into_owned();
        let template: Value =
            serde_json::from_str(&text("package/Solutions/Older Solution/Package/mainTemplate.json"))?;
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for resource in template["resources"].as_array().into_iter().flatten() {
            if let Some(kind) = resource["properties"]["contentKind"].as_str() {
                *counted.entry(kind).or_default() += 1;
            }
        }
        for (folder, _, kind) in FOLDERS {
            let (files, contents) = (self.files.get(folder).map_or(0, Vec::len), counted.get(kind).copied());
            if files != contents.unwrap_or_default() {
                return Err(format!("{files} files in {folder}, and {contents:?} in the package").into());
            }
        }
        let bicep = text("deploy/main.bicep");
        let mut symbols = BTreeSet::new();
        for symbol in bicep.lines().filter_map(|line| line.strip_prefix("resource ")?.split(' ').next()) {
            if !symbols.insert(symbol) {
                return Err(format!("two resources of the bundle are called {symbol}").into());
            }
        }
        Ok(())
    }
}
