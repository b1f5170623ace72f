//! `cargo bench --bench arm`: both passes of a solution package, warm, and the large published packages; beside it the other
//! evaluator on the same files in the same run, where python and `../shared` are there. It asserts nothing.

use sentinel_gen::arm::eval::budget::Budget;
use sentinel_gen::arm::eval::tree::Tree;
use sentinel_gen::arm::eval::value::{Object, Value};
use sentinel_gen::arm::eval::{Environment, Place};
use sentinel_gen::arm::read;
use sentinel_gen::proof::package;
use sentinel_gen::source::FileId;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const PULUMI: &str = "golden/pulumi-cloud/package/Solutions/Pulumi Cloud/Package/mainTemplate.json";
/// For both passes of the Pulumi package.
const GOAL: Duration = Duration::from_millis(1);
const ROUNDS: usize = 300;

/// The other evaluator, warm, on the files that its arguments name: milliseconds for both passes of each.
const OTHER: &str = "
import sys, time
sys.path.insert(0, sys.argv[1])
import arm_eval, connect_eval
env = arm_eval.environment('s', 't', 'rg', 'westeurope', 'main')
for path in sys.argv[2:]:
    package = arm_eval.parse_jsonc(open(path, encoding='utf-8-sig').read())[0]
    given = {n: {'value': connect_eval.placeholder(n, s)} for n, s in package['parameters'].items() if 'defaultValue' not in s}
    times = []
    for _ in range(10):
        began = time.perf_counter()
        for item in arm_eval.expand(package, given, env, env['resourceGroup']['id'])[0]:
            if item['type'].lower().endswith('/contenttemplates'):
                try:
                    connect_eval.activate(item['properties']['mainTemplate'], {}, env, env['resourceGroup']['id'], True)
                except (arm_eval.ArmError, KeyError, ValueError):
                    pass
        times.append(time.perf_counter() - began)
    print('%.2f' % (sorted(times)[5] * 1000))
";

fn main() {
    // `cargo test --all-targets` starts this too, and must not measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join(PULUMI)];
    files.extend(largest(&root.join("../shared/corpus"), 3));
    let other = other(&root.join("../shared/az-loopback"), &files);
    for (at, path) in files.iter().enumerate() {
        let text = std::fs::read_to_string(path).expect("a package is UTF-8");
        let Ok(read) = read::template(&text, FileId(0)) else { continue };
        let given = given(&read.tree);
        let reading = median(|| drop(black_box(read::template(&text, FileId(0)))));
        let mut contents = 0;
        let passes = median(|| contents = both_passes(&read.tree, &given));
        let goal = if at == 0 { format!(", goal {GOAL:?}") } else { String::new() };
        let other = other.get(at).map_or_else(|| "not there".to_owned(), |time| format!("{time} ms"));
        println!(
            "{}: {} bytes, {contents} content templates: read {reading:?}, both passes {passes:?} (median of {ROUNDS}{goal}); \
             the other evaluator's passes: {other}",
            path.components()
                .rev()
                .nth(2)
                .map_or_else(String::new, |part| part.as_os_str().to_string_lossy().into_owned()),
            text.len(),
        );
    }
}

/// The largest published packages.
fn largest(folder: &Path, count: usize) -> Vec<PathBuf> {
    let mut found: Vec<(u64, PathBuf)> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_name() == "mainTemplate.json")
        .filter_map(|entry| Some((entry.metadata().ok()?.len(), entry.into_path())))
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().take(count).map(|(_, path)| path).collect()
}

/// A text for each parameter without a default.
fn given(template: &Tree) -> Object {
    let mut object = Object::default();
    for member in template.get("parameters").and_then(Tree::members).into_iter().flat_map(|members| members.iter()) {
        if member.tree.get("defaultValue").is_none() {
            object.push(member.name.clone(), package::given(Value::text(format!("<{}>", member.name))));
        }
    }
    object
}

/// Evaluates a package; how many content templates it has.
fn both_passes(tree: &Tree, given: &Object) -> usize {
    let place =
        Place { subscription: "s", tenant: "t", resource_group: "rg", location: "westeurope", deployment: "main" };
    let (env, mut budget, portal) = (Environment::new(&place), Budget::default(), package::portal_values());
    let Ok(contents) = package::install(tree, given, &env, &mut budget) else { return 0 };
    for content in &contents {
        drop(black_box(content.activate(&portal, &env, &mut budget)));
    }
    contents.len()
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

fn other(folder: &Path, files: &[PathBuf]) -> Vec<String> {
    let ran = Command::new("python3").args(["-B", "-c", OTHER]).arg(folder).args(files).output();
    ran.map(|ran| String::from_utf8_lossy(&ran.stdout).lines().map(str::to_owned).collect()).unwrap_or_default()
}
