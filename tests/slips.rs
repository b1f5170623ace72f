//! One slip in a spec that is in order gives one finding, at its place: `tests/slips/<spec>.txt` has the slips, each with what
//! is found. With `SENTINEL_GEN_BLESS=1` what is found is written anew; the number of findings is not up for blessing.

use sentinel_gen::diag::Diagnostics;
use sentinel_gen::driver::world::DiskWorld;
use sentinel_gen::pipeline;
use sentinel_gen::source::{FileError, Sources, World};
use std::fmt::Write as _;
use std::path::Path;

const SPEC: &str = "sentinel.yaml";
/// Stands for a line end in the file of slips.
const LINE_END: &str = "⏎";

/// The folder of a spec, with another text for the spec itself.
struct Slipped {
    folder: DiskWorld,
    spec: String,
}

impl World for Slipped {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if path == SPEC {
            return Ok(self.spec.clone().into_bytes());
        }
        self.folder.bytes(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileError> {
        self.folder.list(folder)
    }
}

struct Slip {
    name: String,
    meant: String,
    written: String,
    /// A line for each finding.
    found: Vec<String>,
}

fn slips(text: &str) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    let unfolded = |text: &str| text.replace(LINE_END, "\n");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("> ") {
            let empty = String::new;
            slips.push(Slip { name: name.to_owned(), meant: empty(), written: empty(), found: Vec::new() });
            continue;
        }
        let slip = slips.last_mut().expect("a name stands first");
        match (line.strip_prefix("- "), line.strip_prefix("+ ")) {
            (Some(meant), _) => slip.meant = unfolded(meant),
            (_, Some(written)) => slip.written = unfolded(written),
            _ => slip.found.push(line.to_owned()),
        }
    }
    slips
}

/// `line:column severity[CODE]: message`
fn findings(folder: &Path, spec: String) -> Vec<String> {
    let world = Slipped { folder: DiskWorld::new(folder), spec };
    let done = pipeline::compile(&world, SPEC, SPEC, &[]);
    lines(&done.diagnostics, &done.sources)
}

fn lines(diagnostics: &Diagnostics, sources: &Sources) -> Vec<String> {
    let one = |finding: &sentinel_gen::diag::Diagnostic| {
        let place = sources.line_column(finding.primary.span.file, finding.primary.span.start);
        let severity = format!("{:?}", finding.severity).to_lowercase();
        format!("{}:{} {severity}[{}]: {}", place.line, place.column, finding.code(), finding.message)
    };
    diagnostics.iter().map(one).collect()
}

/// A finding without its place, which a slip above it moves.
fn placeless(line: &str) -> &str {
    line.split_once(' ').map_or(line, |(_, rest)| rest)
}

#[test]
fn one_slip_gives_one_finding() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, file) = (root.join("spec/pulumi-cloud"), root.join("tests/slips/pulumi-cloud.txt"));
    let spec = std::fs::read_to_string(folder.join(SPEC)).expect("the spec is there");
    let text = std::fs::read_to_string(&file).expect("the slips are there");
    let usual = findings(&folder, spec.clone());
    let (mut faults, mut blessed) = (String::new(), String::new());
    blessed.extend(text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")));
    for slip in slips(&text) {
        assert_eq!(spec.matches(&slip.meant).count(), 1, "{}: `{}` stands once in the spec", slip.name, slip.meant);
        let mut found = findings(&folder, spec.replacen(&slip.meant, &slip.written, 1));
        for line in &usual {
            match found.iter().position(|found| placeless(found) == placeless(line)) {
                Some(index) => drop(found.remove(index)),
                None => {
                    let _ = writeln!(faults, "{}: no longer found: {line}", slip.name);
                }
            }
        }
        if found.len() != 1 {
            let _ = writeln!(faults, "{}: {} findings:\n  {}", slip.name, found.len(), found.join("\n  "));
        } else if found != slip.found {
            let _ = writeln!(faults, "{}:\n  is   {}\n  not  {:?}", slip.name, found.join(""), slip.found);
        }
        let folded = |text: &str| text.replace('\n', LINE_END);
        let (meant, written) = (folded(&slip.meant), folded(&slip.written));
        let _ = write!(blessed, "\n> {}\n- {meant}\n+ {written}\n{}\n", slip.name, found.join("\n"));
    }
    if std::env::var_os("SENTINEL_GEN_BLESS").is_some() {
        std::fs::write(&file, blessed).expect("the slips can be written");
    }
    assert!(faults.is_empty(), "\n{faults}");
}
