//! The same spec gives the same bytes: built twice, with its keys in any order. (Threads: `tests/cli/build.rs`.)
//!
//! The order of names that the author chose is meaning and stays: inputs in the order of their boxes, columns of the grid,
//! headers and parameters in the order in which they are sent.

use proptest::prelude::*;
use sentinel_gen::backend::{Bundle, Target};
use sentinel_gen::pipeline;
use sentinel_gen::source::MemoryWorld;
use serde_yaml::{Mapping, Value};
use std::fs;
use std::path::Path;

/// Mappings whose keys are names of the author's own.
const NAMED: [&str; 6] = ["inputs", "columns", "headers", "queryParameters", "addOnAttributes", "customDetails"];

fn spec() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud/sentinel.yaml");
    let text = fs::read_to_string(path).expect("the example spec can be read");
    serde_yaml::from_str(&text).expect("the example spec is YAML")
}

fn build(spec: &Value) -> Bundle {
    let logo = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud/logo.svg");
    let world = MemoryWorld::default()
        .with("sentinel.yaml", serde_yaml::to_string(spec).expect("a spec can be written"))
        .with("logo.svg", fs::read_to_string(logo).expect("the logo can be read"));
    let done = pipeline::compile(&world, "sentinel.yaml", "sentinel.yaml", &Target::ALL);
    let messages: Vec<&str> = done.diagnostics.iter().map(|finding| finding.message.as_str()).collect();
    done.bundle.unwrap_or_else(|| panic!("the example builds: {messages:?}"))
}

/// The spec with the keys of every mapping of the language in another order.
fn shuffled(value: &Value, named: bool, random: &mut impl FnMut(usize) -> usize) -> Value {
    match value {
        Value::Sequence(items) => items.iter().map(|item| shuffled(item, false, random)).collect(),
        Value::Mapping(mapping) => {
            let mut entries: Vec<(&Value, &Value)> = mapping.iter().collect();
            if !named {
                for i in (1..entries.len()).rev() {
                    entries.swap(i, random(i + 1));
                }
            }
            let entry = |(key, value): (&Value, &Value)| {
                let named = key.as_str().is_some_and(|key| NAMED.contains(&key));
                (key.clone(), shuffled(value, named, random))
            };
            Value::Mapping(entries.into_iter().map(entry).collect::<Mapping>())
        }
        other => other.clone(),
    }
}

#[test]
fn two_builds_are_the_same_bytes() {
    let (first, second) = (build(&spec()), build(&spec()));
    assert!(first.files.len() > 20, "only {} files", first.files.len());
    for (path, artifact) in &first.files {
        assert!(artifact.bytes == second.files[path].bytes, "{path} differs");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_keys_changes_nothing(seed in any::<u64>()) {
        let mut state = seed;
        let mut random = |bound: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % bound
        };
        let spec = spec();
        let other = shuffled(&spec, false, &mut random);
        prop_assert!(serde_yaml::to_string(&other).ok() != serde_yaml::to_string(&spec).ok(), "nothing was shuffled");
        let (one, two) = (build(&spec), build(&other));
        prop_assert_eq!(one.files.keys().collect::<Vec<_>>(), two.files.keys().collect::<Vec<_>>());
        for (path, artifact) in &one.files {
            prop_assert!(artifact.bytes == two.files[path].bytes, "{} differs", path);
        }
    }
}
