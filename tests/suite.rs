//! Fixtures: each `bad-*` spec gives exactly the findings that it expects, each `good-*` none beyond those.
//!
//! `tests/suite/<code or area>/<bad|good>-<name>.yaml`, or a folder `<bad|good>-<name>/` with a `sentinel.yaml` and the files
//! that it names. What is expected stands above the line of the finding, one comment each:
//!
//! ```yaml
//! # error[SG1001]: part of the message @ text under the label
//! ```
//!
//! Where no comment can stand, `<bad|good>-<name>.expected` beside it has a line for each finding:
//! `line:column severity[CODE]: part of the message`, with `file:` in front for a file other than the spec. With
//! `SENTINEL_GEN_BLESS=1` these files are written anew, also for bad fixtures that say nothing.

use libtest_mimic::{Arguments, Failed, Trial};
use sentinel_gen::backend::Target;
use sentinel_gen::diag::rules::{
    self, carried, connector, content, contract, kql, output, page, playbook, rule, shape, solution, submission, table,
    workbook, yaml,
};
use sentinel_gen::diag::{Diagnostic, Diagnostics, Rule};
use sentinel_gen::driver::world::DiskWorld;
use sentinel_gen::source::{FileId, Sources};
use sentinel_gen::{pipeline, syntax};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The families whose rules must all have fixtures: a bad one and a good one in the folder of the code.
const FINISHED: &[&[&Rule]] = &[
    yaml::ALL,
    shape::ALL,
    kql::ALL,
    contract::ALL,
    table::ALL,
    connector::ALL,
    page::ALL,
    carried::ALL,
    rule::ALL,
    content::ALL,
    workbook::ALL,
    submission::ALL,
    playbook::ALL,
    solution::ALL,
    output::ALL,
];

/// The name of the spec in a fixture that is a folder, and how findings name it.
const SPEC: &str = "sentinel.yaml";

fn main() {
    let arguments = Arguments::from_args();
    let fixtures = fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite"));
    let covered = fixtures.iter().map(Fixture::coverage).collect();
    let mut trials = vec![Trial::test("every-rule-has-fixtures", move || every_rule_has_fixtures(covered))];
    trials.extend(fixtures.into_iter().map(|fixture| Trial::test(fixture.name(), move || fixture.run())));
    libtest_mimic::run(&arguments, trials).exit();
}

struct Fixture {
    /// The code or area: the name of the folder that it stands in.
    area: String,
    /// Without the extension.
    stem: String,
    /// The folder of the spec and its name there.
    folder: PathBuf,
    spec: String,
    /// Where the `.expected` file is or would be.
    expected: PathBuf,
}

fn fixtures(root: &Path) -> Vec<Fixture> {
    let mut found = Vec::new();
    for area in names(root) {
        let folder = root.join(&area);
        for name in names(&folder).into_iter().filter(|name| !name.ends_with(".expected")) {
            let is_folder = folder.join(&name).is_dir();
            let stem = name.strip_suffix(".yaml").unwrap_or(&name).to_owned();
            assert!(
                (is_folder || name.ends_with(".yaml")) && (stem.starts_with("bad-") || stem.starts_with("good-")),
                "tests/suite/{area}/{name} is no fixture: bad-*.yaml, good-*.yaml or a folder named like that"
            );
            found.push(Fixture {
                expected: folder.join(format!("{stem}.expected")),
                folder: if is_folder { folder.join(&name) } else { folder.clone() },
                spec: if is_folder { SPEC.to_owned() } else { name },
                area: area.clone(),
                stem,
            });
        }
    }
    found
}

/// The entries of a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

impl Fixture {
    fn name(&self) -> String {
        format!("{}/{}", self.area, self.stem)
    }

    fn is_bad(&self) -> bool {
        self.stem.starts_with("bad-")
    }

    fn run(&self) -> Result<(), Failed> {
        let (diagnostics, sources) = self.findings();
        diagnostics.iter().try_for_each(is_in_style)?;
        let found: Vec<Found> =
            diagnostics.iter().map(|diagnostic| Found::new(diagnostic, &sources, &self.spec)).collect();
        let expectations = self.expectations()?;
        if self.is_bad() && found.is_empty() {
            return Err("a bad fixture without a finding".into());
        }
        let by_comment = expectations.iter().any(|expectation| expectation.column.is_none());
        if std::env::var_os("SENTINEL_GEN_BLESS").is_some() && !by_comment && (self.is_bad() || self.expected.exists())
        {
            return Ok(fs::write(&self.expected, found.iter().map(|found| format!("{found}\n")).collect::<String>())?);
        }
        compare(&expectations, found)
    }

    /// YAML itself is tested alone, on texts that are no specs; everything else by the whole way.
    fn findings(&self) -> (Diagnostics, Sources) {
        let world = DiskWorld::new(&self.folder);
        if self.code().is_some_and(|code| code < 1050) {
            let (mut sources, mut diagnostics) = Default::default();
            syntax::parse(&world, &self.spec, &self.spec, &mut sources, &mut diagnostics);
            (diagnostics.sorted(), sources)
        } else {
            // Only findings about artifacts need them, and whole families of the language: what they emit is verified.
            let targets = if self.code().is_none_or(|code| code >= 7000) { &Target::ALL[..] } else { &[] };
            let done = pipeline::compile(&world, &self.spec, &self.spec, targets);
            (done.diagnostics, done.sources)
        }
    }

    fn code(&self) -> Option<u16> {
        rules::Code::parse(&self.area).map(|code| code.0)
    }

    fn expectations(&self) -> Result<Vec<Expectation>, Failed> {
        if self.expected.exists() {
            let text = fs::read_to_string(&self.expected)?;
            return text.lines().map(|line| Expectation::placed(line).ok_or_else(|| not_understood(line))).collect();
        }
        // A spec that is not there, or a folder, has no comments.
        let text = String::from_utf8_lossy(&fs::read(self.folder.join(&self.spec)).unwrap_or_default()).into_owned();
        let mut waiting = Vec::new();
        let mut expectations = Vec::new();
        for (index, line) in text.lines().enumerate() {
            match line.trim_start().strip_prefix("# ").filter(|line| Severity::of(line).is_some()) {
                Some(comment) => waiting.push(Expectation::above(comment).ok_or_else(|| not_understood(line))?),
                None => expectations
                    .extend(waiting.drain(..).map(|expectation| Expectation { line: index + 1, ..expectation })),
            }
        }
        if let Some(left) = waiting.first() {
            return Err(format!("no line stands below the expectation {left}").into());
        }
        Ok(expectations)
    }

    /// Whether this fixture is one for the rule that its folder is named after.
    fn coverage(&self) -> Coverage {
        let names_it = |expectation: &Expectation| Some(expectation.code) == self.code();
        let expected = self.expectations().unwrap_or_default().iter().any(names_it);
        Coverage { code: self.code(), bad: self.is_bad() && expected, good: !self.is_bad() && !expected }
    }
}

/// Findings are written in one way: no full stop at the end, and what to do is told, beginning with a small letter.
fn is_in_style(finding: &Diagnostic) -> Result<(), Failed> {
    let help = finding.help.as_deref().unwrap_or_default();
    if [finding.message.as_str(), help].iter().any(|text| text.ends_with('.')) {
        return Err(format!("a full stop at the end: {} / {help}", finding.message).into());
    }
    if help.starts_with(char::is_uppercase) {
        return Err(format!("a help that begins with a capital: {help}").into());
    }
    Ok(())
}

fn not_understood(line: &str) -> Failed {
    format!("not understood as an expectation: {line}").into()
}

struct Coverage {
    code: Option<u16>,
    bad: bool,
    good: bool,
}

fn every_rule_has_fixtures(covered: Vec<Coverage>) -> Result<(), Failed> {
    let mut missing = String::new();
    for rule in FINISHED.iter().copied().flatten() {
        let of_rule = || covered.iter().filter(|coverage| coverage.code == Some(rule.code.0));
        for (kind, is_there) in [("bad", of_rule().any(|c| c.bad)), ("good", of_rule().any(|c| c.good))] {
            if !is_there {
                let _ =
                    writeln!(missing, "{} {}: no {kind} fixture in tests/suite/{}/", rule.code, rule.name, rule.code);
            }
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing.into()) }
}

struct Severity;

impl Severity {
    /// `error` of `error[SG1001]: …`
    fn of(line: &str) -> Option<(&str, &str)> {
        let (severity, rest) = line.split_once("[SG")?;
        matches!(severity, "error" | "warning" | "notice").then_some((severity, rest))
    }
}

struct Expectation {
    file: Option<String>,
    line: usize,
    column: Option<usize>,
    severity: String,
    code: u16,
    message: String,
    under: Option<String>,
}

impl Expectation {
    /// `severity[CODE]: part of the message @ text under the label`
    fn above(text: &str) -> Option<Self> {
        let (severity, rest) = Severity::of(text)?;
        let (code, message) = rest.split_once("]: ")?;
        let (message, under) = match message.rsplit_once(" @ ") {
            Some((message, under)) => (message, Some(under.to_owned())),
            None => (message, None),
        };
        let message = message.to_owned();
        Some(Expectation {
            file: None,
            line: 0,
            column: None,
            severity: severity.to_owned(),
            code: code.parse().ok()?,
            message,
            under,
        })
    }

    /// `[file:]line:column severity[CODE]: part of the message`
    fn placed(text: &str) -> Option<Self> {
        let (place, rest) = text.split_once(' ')?;
        let (place, column) = place.rsplit_once(':')?;
        let (file, line) = match place.rsplit_once(':') {
            Some((file, line)) => (Some(file.to_owned()), line),
            None => (None, place),
        };
        let (severity, rest) = Severity::of(rest)?;
        let (code, message) = rest.split_once("]: ")?;
        Some(Expectation {
            file,
            line: line.parse().ok()?,
            column: Some(column.parse().ok()?),
            severity: severity.to_owned(),
            code: code.parse().ok()?,
            message: message.to_owned(),
            under: None,
        })
    }

    fn fits(&self, found: &Found) -> bool {
        self.file == found.file
            && self.line == found.line
            && self.column.is_none_or(|column| column == found.column)
            && self.severity == found.severity
            && self.code == found.code
            && found.message.contains(&self.message)
            && self.under.as_ref().is_none_or(|under| *under == found.under)
    }
}

impl std::fmt::Display for Expectation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let file = self.file.as_ref().map_or(String::new(), |file| format!("{file}:"));
        let column = self.column.map_or(String::new(), |column| format!(":{column}"));
        write!(f, "{file}{}{column} {}[SG{:04}]: {}", self.line, self.severity, self.code, self.message)?;
        self.under.iter().try_for_each(|under| write!(f, " @ {under}"))
    }
}

struct Found {
    /// `None` for the spec itself.
    file: Option<String>,
    line: usize,
    column: usize,
    severity: String,
    code: u16,
    message: String,
    under: String,
}

impl Found {
    fn new(diagnostic: &Diagnostic, sources: &Sources, spec: &str) -> Self {
        let span = diagnostic.primary.span;
        let place = sources.line_column(span.file, span.start);
        let file = sources.path(span.file);
        Found {
            file: (span.file != FileId(0) || file != spec).then(|| file.to_owned()),
            line: place.line,
            column: place.column,
            severity: format!("{:?}", diagnostic.severity).to_lowercase(),
            code: diagnostic.rule.code.0,
            message: diagnostic.message.replace('\n', " "),
            under: sources.slice(span).replace('\n', "\\n"),
        }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let file = self.file.as_ref().map_or(String::new(), |file| format!("{file}:"));
        write!(f, "{file}{}:{} {}[SG{:04}]: {}", self.line, self.column, self.severity, self.code, self.message)
    }
}

/// Each expectation takes one finding, and none is left.
fn compare(expectations: &[Expectation], mut found: Vec<Found>) -> Result<(), Failed> {
    let mut wrong = String::new();
    for expectation in expectations {
        match found.iter().position(|found| expectation.fits(found)) {
            Some(index) => drop(found.remove(index)),
            None => {
                let _ = writeln!(wrong, "missing:    {expectation}");
            }
        }
    }
    for found in found {
        let _ = writeln!(wrong, "unexpected: {found} @ {}", found.under.chars().take(80).collect::<String>());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}
