//! `build` and `check`: every spec compiled, and its bundle written unless something keeps it from being right.

use super::arguments::Arguments;
use super::az::command::quoted;
use super::console::{Console, counted, size};
use super::discover::{self, SpecFile};
use super::output::{self, Written};
use super::{Strictness, Verdict, run};
use crate::backend::{Bundle, Target};
use crate::diag::{Diagnostics, render};
use crate::pipeline::Compilation;
use crate::source::{FileId, Sources, Span};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Solutions that get the long account, each with where to go next. More of them get a line each.
const LONG_ACCOUNTS: usize = 3;

/// The template that is deployed, below the solution's folder.
pub const TEMPLATE: &str = "deploy/azuredeploy.json";

/// How findings are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, on standard error
    Terminal,
    /// For programs, on standard output
    Json,
}

/// What the command line of `build` or `check` says.
#[derive(Debug, Clone)]
pub struct Build {
    pub specs: Vec<PathBuf>,
    pub targets: Vec<Target>,
    /// `None`: nothing is written.
    pub out: Option<PathBuf>,
    pub strictness: Strictness,
    pub format: Format,
}

/// What came of one solution.
#[derive(Debug, Clone)]
pub struct Account {
    solution: String,
    spec: String,
    verdict: Verdict,
    /// `3 warnings`
    tally: String,
    /// Artifacts and their bytes; `None` after an error.
    made: Option<(usize, u64)>,
    written: Option<Written>,
    /// Where to go next: what for, and a command or a path.
    next: Vec<(&'static str, String)>,
}

/// An [`Account`] and its findings, ready to be shown.
struct Report {
    account: Account,
    findings: Findings,
}

pub fn run(build: &Build, console: &Console) -> Verdict {
    let mut arguments = Arguments::new(if build.out.is_some() { "build" } else { "check" });
    let mut diagnostics = Diagnostics::default();
    let specs = discover::specs(&build.specs, &mut arguments, &mut diagnostics);
    let sources = arguments.into_sources();
    let mut all =
        Output { build, console, long: specs.len() <= LONG_ACCOUNTS, solutions: Vec::new(), findings: Vec::new() };
    if diagnostics.has_errors() {
        all.findings(Findings::new(&diagnostics.sorted(), &sources, build.format, console));
        return all.finish(Verdict::Failed);
    }
    let mut worst = Verdict::Clean;
    run::each(
        &specs,
        |spec| report(build, spec, console),
        |report| {
            worst = worst.max(report.account.verdict);
            all.take(report);
        },
    );
    all.finish(worst)
}

/// One spec from text to disk.
fn report(build: &Build, spec: &SpecFile, console: &Console) -> Report {
    let Compilation { sources, mut diagnostics, bundle, .. } = run::compile(spec, &build.targets);
    let mut verdict = build.strictness.verdict(&diagnostics);
    let mut account = Account::new(spec, bundle.as_ref());
    if let (Some(out), Some(bundle), Verdict::Clean) = (&build.out, &bundle, verdict) {
        account.written = write(out, spec, bundle, &mut diagnostics);
        match &account.written {
            Some(written) => account.next = next(spec, bundle, written),
            None => verdict = Verdict::Failed,
        }
        diagnostics = diagnostics.sorted();
    }
    account.verdict = verdict;
    account.tally = render::summary(&diagnostics);
    Report { account, findings: Findings::new(&diagnostics, &sources, build.format, console) }
}

/// Writes a bundle to `out/<solution>`, all or nothing, and says what was found there. `None`: it could not be written.
pub fn write(out: &Path, spec: &SpecFile, bundle: &Bundle, diagnostics: &mut Diagnostics) -> Option<Written> {
    // The folder has no place in a text: the spec as a whole stands for it.
    let whole = Span::start_of(FileId(0));
    let result = output::write(out, &spec.solution, bundle);
    let finding = match &result {
        Ok(written) => written.finding(whole),
        Err(error) => Some(error.finding(whole)),
    };
    finding.into_iter().for_each(|finding| diagnostics.push(finding));
    result.ok()
}

/// Where to go from what was written.
fn next(spec: &SpecFile, bundle: &Bundle, written: &Written) -> Vec<(&'static str, String)> {
    let file = |wanted: &dyn Fn(&str) -> bool| {
        let path = bundle.files.keys().find(|path| wanted(path))?;
        Some(discover::shown(&written.folder.join(path)))
    };
    let mut next = Vec::new();
    if let Some(template) = file(&|path| path == TEMPLATE) {
        let spec = quoted(spec.argument());
        next.push(("bundle", template));
        next.push(("deploy", format!("sentinel-gen deploy {spec} -g RESOURCE_GROUP --workspace WORKSPACE")));
    }
    next.extend(file(&|path| path.ends_with(".zip")).map(|zip| ("package", zip)));
    next.extend(file(&|path| path == "docs/README.md").map(|page| ("read", page)));
    next
}

/// Findings in the wanted form.
#[derive(Debug)]
enum Findings {
    Text(String),
    Records(Vec<Value>),
}

impl Findings {
    fn new(diagnostics: &Diagnostics, sources: &Sources, format: Format, console: &Console) -> Self {
        match format {
            Format::Terminal => Findings::Text(render::terminal(diagnostics, sources, console.style)),
            Format::Json => {
                let records = render::records(diagnostics, sources);
                Findings::Records(records.iter().filter_map(|record| serde_json::to_value(record).ok()).collect())
            }
        }
    }
}

/// What the output of all specs becomes: lines as they come, or one JSON document at the end.
struct Output<'a> {
    build: &'a Build,
    console: &'a Console,
    long: bool,
    solutions: Vec<Account>,
    findings: Vec<Value>,
}

impl Output<'_> {
    fn findings(&mut self, findings: Findings) {
        match findings {
            Findings::Text(text) => self.console.err(&text),
            Findings::Records(records) => self.findings.extend(records),
        }
    }

    fn take(&mut self, report: Report) {
        self.findings(report.findings);
        if self.build.format == Format::Terminal {
            let text = if self.long { report.account.text() } else { report.account.one_line() };
            self.console.say(&text);
        }
        self.solutions.push(report.account);
    }

    fn finish(self, verdict: Verdict) -> Verdict {
        if self.build.format == Format::Json {
            let solutions: Vec<Value> = self.solutions.iter().map(Account::json).collect();
            self.console.out(&format!("{:#}\n", json!({ "solutions": solutions, "findings": self.findings })));
        } else if self.solutions.len() > 1 {
            let failed = self.solutions.iter().filter(|account| account.verdict != Verdict::Clean).count();
            let total = counted(self.solutions.len(), "solution");
            self.console.say(&if failed == 0 { format!("{total}\n") } else { format!("{total}, {failed} failed\n") });
        }
        verdict
    }
}

impl Account {
    fn failed(&self) -> bool {
        self.verdict != Verdict::Clean
    }

    /// What is known before anything is written.
    pub fn new(spec: &SpecFile, bundle: Option<&Bundle>) -> Self {
        let bytes = |bundle: &Bundle| bundle.files.values().map(|file| file.bytes.len() as u64).sum();
        Account {
            solution: spec.solution.clone(),
            spec: spec.shown.clone(),
            verdict: Verdict::Clean,
            tally: String::new(),
            made: bundle.map(|bundle| (bundle.files.len(), bytes(bundle))),
            written: None,
            next: Vec::new(),
        }
    }

    pub fn with(mut self, written: Written) -> Self {
        self.written = Some(written);
        self
    }

    /// `pulumi-cloud: 24 files (182.3 kB) in output/pulumi-cloud: 3 written, 21 unchanged; 1 warning`
    pub fn one_line(&self) -> String {
        let mut line = format!("{}: ", self.solution);
        match (&self.made, &self.written) {
            _ if self.failed() => line.push_str("failed, nothing written"),
            (Some((files, bytes)), Some(written)) => {
                let folder = discover::shown(&written.folder);
                line.push_str(&format!("{} ({}) in {folder}: ", counted(*files, "file"), size(*bytes)));
                line.push_str(&changes(written));
            }
            (Some((files, bytes)), None) => {
                line.push_str(&format!("good for {} ({})", counted(*files, "file"), size(*bytes)))
            }
            (None, _) => line.push_str("nothing made"),
        }
        if !self.tally.is_empty() {
            line.push_str(&format!("; {}", self.tally));
        }
        line.push('\n');
        line
    }

    /// [`Account::one_line`] and where to go next.
    fn text(&self) -> String {
        let mut text = self.one_line();
        for (what, place) in &self.next {
            text.push_str(&format!("  {what:<9}{place}\n"));
        }
        text
    }

    fn json(&self) -> Value {
        let mut value = json!({ "solution": self.solution, "spec": self.spec, "ok": !self.failed() });
        if let (Some((files, bytes)), Value::Object(object)) = (self.made, &mut value) {
            object.insert("files".into(), json!(files));
            object.insert("bytes".into(), json!(bytes));
        }
        if let (Some(written), Value::Object(object)) = (&self.written, &mut value) {
            object.insert("folder".into(), json!(discover::shown(&written.folder)));
            object.insert("written".into(), json!(written.written.len()));
            object.insert("unchanged".into(), json!(written.unchanged.len()));
            object.insert("removed".into(), json!(written.removed.len()));
        }
        value
    }
}

/// `3 written, 21 unchanged, 1 removed`
fn changes(written: &Written) -> String {
    let counts = [(&written.written, "written"), (&written.unchanged, "unchanged"), (&written.removed, "removed")];
    let parts: Vec<String> = counts
        .into_iter()
        .filter(|(files, _)| !files.is_empty())
        .map(|(files, what)| format!("{} {what}", files.len()))
        .collect();
    parts.join(", ")
}
