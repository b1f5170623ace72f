use crate::fixture::Workplace;
use std::path::Path;

/// The committed pages are what this program generates; `sentinel-gen dev generate --mode write` makes them so.
#[test]
fn generated_files_are_fresh() {
    let root = env!("CARGO_MANIFEST_DIR");
    let ran = Workplace::new().run(&["dev", "generate", "--mode", "check", "--root", root]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn generated_files_are_written_and_found_stale() {
    let work = Workplace::new();
    let check = ["dev", "generate", "--mode", "check"];
    work.run(&check).ends_with(1).says("docs/cli.md: stale");
    work.run(&["dev", "generate", "--mode", "write"]).ends_with(0);
    work.run(&check).ends_with(0);
    std::fs::write(work.path("docs/rules/SG0000.md"), "old").unwrap();
    work.run(&check).ends_with(1).says("docs/rules/SG0000.md: not generated");
    work.run(&["dev", "generate", "--mode", "write"]).ends_with(0);
    assert!(!work.path("docs/rules/SG0000.md").exists());
}

#[test]
fn findings_are_explained_by_code_and_by_name() {
    let work = Workplace::new();
    let by_code = work.run(&["explain", "sg0010"]).ends_with(0).out;
    assert!(by_code.contains("spec-not-found"), "{by_code}");
    assert_eq!(work.run(&["explain", "spec-not-found"]).ends_with(0).out, by_code);
    work.run(&["explain", "spec-not-fund"]).ends_with(2).finds("SG0014").says("did you mean spec-not-found?");
}

#[test]
fn the_schema_is_the_committed_one() {
    let printed = Workplace::new().run(&["schema"]).ends_with(0).out;
    let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/spec.schema.json"));
    assert!(printed == committed.unwrap(), "stale: sentinel-gen dev generate --mode write");
}

#[test]
fn completions_are_scripts() {
    let work = Workplace::new();
    for (shell, sign) in
        [("bash", "complete -F"), ("zsh", "#compdef"), ("fish", "complete -c"), ("powershell", "Register-")]
    {
        let script = work.run(&["completions", shell]).ends_with(0).out;
        assert!(script.contains(sign) && script.contains("teardown"), "{shell}");
    }
}

/// Every command has an example in its help, and the example is one that the program takes.
#[test]
fn examples_in_help_texts_are_commands() {
    let work = Workplace::new();
    for command in
        ["build", "check", "diff", "lineage", "deploy", "teardown", "explain", "connect", "schema", "completions"]
    {
        let help = work.run(&[command, "--help"]).ends_with(0).out.replace("\\\n", " ");
        let examples: Vec<&str> = help.lines().filter_map(|line| line.trim().strip_prefix("sentinel-gen ")).collect();
        assert!(!examples.is_empty(), "{command} has no example");
        for example in examples {
            // Up to the shell's own notation, and up to the remark behind two spaces.
            let words = example.split(['|', '>']).next().unwrap_or_default().trim();
            let words = words.split("   ").next().unwrap_or_default();
            let mut words: Vec<&str> = words.split_whitespace().collect();
            words.push("--help");
            work.run(&words).ends_with(0);
        }
    }
}
