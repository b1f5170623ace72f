//! Microsoft's packaging tool as referee: its own input folders, compiled by us, against what it made of them.
//!
//! An input folder is read when the test runs ([`input`]): the data file and `SolutionMetadata.json` become `solution:`, each
//! file that the data file lists becomes an item with `file:`. What a file cannot carry as it is, the connectors above all,
//! stands in `<case>/sentinel.yaml` here, where `${file#/pointer}` is replaced by the value at that place of the input, so that
//! no word of theirs is kept here; `<case>/repairs.yaml` mends what we refuse in published files. Our `mainTemplate.json` and `createUiDefinition.json` then equal the tool's as parsed JSON
//! ([`compare`]); what is different and meant stands in `<case>/differences.yaml`, each place with its reason.
//!
//! [`outcomes`]: inputs of which the tool makes nothing that anyone could want, and what we do with them.
//!
//! [`older`]: whole solutions of 2022, of whose folders a short spec takes everything.

mod compare;
mod input;
mod older;
mod outcomes;

use input::Folder;
use libtest_mimic::{Arguments, Failed, Trial};
use sentinel_gen::backend::Target;
use sentinel_gen::diag::Severity;
use sentinel_gen::pipeline::{self, Compilation};
use std::fs;
use std::path::{Path, PathBuf};

/// Where inputs and runs lie, and the folder of our cases for them.
struct Group {
    name: &'static str,
    cases: &'static str,
    /// Below the corpus; `*` is the name of the case.
    input: &'static str,
    run: &'static str,
}

const GROUPS: [Group; 3] = [
    Group { name: "published", cases: "published", input: "solutions/Azure-Sentinel/*", run: "packager-runs/*" },
    Group {
        name: "made-up",
        cases: "made-up",
        input: "packager-runs/made-up/*/input",
        run: "packager-runs/made-up/*/output",
    },
    Group { name: "probe", cases: "probes", input: "packager-probes/*/input", run: "packager-probes/*/output" },
];

fn main() {
    let arguments = Arguments::from_args();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut trials = Vec::new();
    if corpus.is_dir() {
        for group in &GROUPS {
            for case in names(&cases(group)) {
                let corpus = corpus.clone();
                let name = format!("{}/{case}", group.name);
                trials.push(Trial::test(name, move || Case::new(&corpus, group, &case).run()));
            }
        }
        trials.extend(outcomes::trials(&corpus));
        trials.extend(older::trials(&corpus.join("content-2022/Solutions")));
    } else {
        trials.push(Trial::test("skipped-for-want-of-../shared/corpus", || Ok(())).with_ignored_flag(true));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The folder of our cases of a group.
fn cases(group: &Group) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packager_runs").join(group.cases)
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name().into_string().expect("UTF-8");
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// One input folder, our part of its spec, and the run.
struct Case {
    input: PathBuf,
    run: PathBuf,
    own: PathBuf,
}

/// The files of a package that are compared; some runs lack the last.
const FILES: [&str; 3] = ["mainTemplate.json", "createUiDefinition.json", "testParameters.json"];

impl Case {
    fn new(corpus: &Path, group: &Group, name: &str) -> Self {
        Case {
            input: corpus.join(group.input.replace('*', name)),
            run: corpus.join(group.run.replace('*', name)),
            own: cases(group).join(name),
        }
    }

    fn run(&self) -> Result<(), Failed> {
        let folder = Folder::read(&self.input);
        let own = fs::read_to_string(self.own.join("sentinel.yaml")).ok();
        let name = folder.name();
        let repairs = input::Repair::read(&self.own.join("repairs.yaml"));
        if !repairs.is_empty() {
            needed(&repairs, &compile(&folder, own.as_deref(), Vec::new()))?;
        }
        let compiled = compile(&folder, own.as_deref(), repairs);
        let Some(bundle) = &compiled.bundle else {
            return Err(format!("the spec does not compile:\n{}", findings(&compiled, Severity::Error)).into());
        };
        // Ours, to be looked at beside the run.
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packager_runs").join(name);
        fs::create_dir_all(&kept).expect("a folder for our files");
        let (mut found, mut compared) = (Vec::new(), 0);
        for file in FILES.into_iter().filter(|file| self.run.join(file).is_file()) {
            let path = format!("package/Solutions/{name}/Package/{file}");
            let ours = &bundle.files[&path].bytes;
            fs::write(kept.join(file), ours).expect("our file can be kept");
            let ours = serde_json::from_slice(ours).expect("JSON");
            let theirs = input::read(&self.run.join(file));
            compare::documents(file, &theirs, &ours, &mut found);
            compared += 1;
        }
        assert!(compared >= 2, "{} has no template and page", self.run.display());
        let meant = compare::Meant::read(&self.own.join("differences.yaml"));
        meant.judge(&found).map_err(Failed::from)
    }
}

/// Compiles the spec that an input folder, our part and the repairs make.
fn compile(folder: &Folder, own: Option<&str>, repairs: Vec<input::Repair>) -> Compilation {
    let world = folder.world(own, repairs);
    pipeline::compile(&world, input::SPEC, input::SPEC, &[Target::Arm, Target::Package])
}

/// Without its repair, each file has an error.
fn needed(repairs: &[input::Repair], unrepaired: &Compilation) -> Result<(), Failed> {
    let errors = unrepaired.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let refused: Vec<&str> = errors.map(|finding| unrepaired.sources.path(finding.primary.span.file)).collect();
    match repairs.iter().find(|repair| !refused.contains(&repair.file.as_str())) {
        Some(repair) => Err(format!("{} needs no repair: {}", repair.file, repair.because).into()),
        None => Ok(()),
    }
}

/// The findings of a severity, one a line.
fn findings(compiled: &Compilation, severity: Severity) -> String {
    let chosen = compiled.diagnostics.iter().filter(|finding| finding.severity == severity);
    let line = |finding: &sentinel_gen::diag::Diagnostic| {
        let file = compiled.sources.path(finding.primary.span.file);
        format!("{} {} {file}: {}", finding.code(), finding.path, finding.message)
    };
    chosen.map(line).collect::<Vec<_>>().join("\n")
}
