//! A published analytic rule pastes in under `analyticRules:` as it is, and is the same by `file:`: every rule file of the
//! corpus, each in a small solution. So is a function of which the corpus has the text alone. What is refused is listed here, with
//! the reason. Skipped by name where the corpus is not beside the project.

use sentinel_gen::backend::Target;
use sentinel_gen::diag::Severity;
use sentinel_gen::pipeline;
use sentinel_gen::source::MemoryWorld;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The tables of Defender have `Timestamp` in its own portal, and `TimeGenerated` in a workspace.
const NO_TIMESTAMP: &str = "the table has no Timestamp in a workspace";

/// End of the file's path, code, and why the refusal is right.
const REFUSED: [(&str, &str, &str); 13] = [
    (
        "/PossibleAiTMPhishingAttemptAgainstAAD.yaml",
        "SG2022",
        "the vendor's own binder refuses the dynamic argument too (KS107)",
    ),
    ("/ASRBypassingWritingExecutableContent.yaml", "SG2010", NO_TIMESTAMP),
    ("/CertutilIngressToolTransfer.yaml", "SG2010", NO_TIMESTAMP),
    ("/DCOMLateralMovement.yaml", "SG2010", NO_TIMESTAMP),
    ("/OracleSuspiciousCommandExecution.yaml", "SG2010", NO_TIMESTAMP),
    ("/PasswordSprayingWithMDE.yaml", "SG2010", NO_TIMESTAMP),
    ("/SMBWindowsAdminShares.yaml", "SG2010", NO_TIMESTAMP),
    ("/SuspiciousNamedPipes.yaml", "SG2010", NO_TIMESTAMP),
    ("/SuspiciousParentProcessRelationship.yaml", "SG2010", NO_TIMESTAMP),
    ("/TrustedDeveloperUtilitiesProxyExecution.yaml", "SG2010", NO_TIMESTAMP),
    (
        "/COMHijacking.yaml",
        "SG2114",
        "the tables have InitiatingProcessAccountSid and the like; the mapped columns do not exist",
    ),
    (
        "/DLLSideLoading.yaml",
        "SG2114",
        "the tables have InitiatingProcessAccountSid and the like; the mapped columns do not exist",
    ),
    ("/VectraDetect-Account-by-Severity.yaml", "SG2114", "the column is saccount; the alert's name misspells it"),
];

/// Everything of a small solution but its rules.
const SOLUTION: &str = "version: 1
solution:
  name: Contoso
  version: 3.0.0
  publisherId: contoso
  offerId: azure-sentinel-solution-contoso
  summary: Contoso events in Microsoft Sentinel.
  description: Reads Contoso events.
  providers: [Contoso]
  categories: { domains: [Application] }
  support: { name: Contoso, tier: Partner, link: https://contoso.example/support }
  firstPublishDate: 2026-01-15
analyticRules:
";

#[test]
fn published_rules_paste_in() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: published_rules_paste_in needs ../shared/corpus");
        return;
    }
    let (mut pasted, mut wrong, mut used) = (0, Vec::new(), BTreeSet::new());
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for root in ["content-2022", "solutions"] {
        for entry in walkdir::WalkDir::new(corpus.join(root)).sort_by_file_name() {
            let path = entry.expect("the corpus can be read").into_path();
            let shown = path.to_string_lossy().into_owned();
            let rule_file = shown.ends_with(".yaml")
                && !shown.contains("/Hunting Queries/")
                && (shown.contains("/Analytic") || shown.contains("/Detections/"));
            if !rule_file {
                continue;
            }
            pasted += 1;
            let rule = fs::read_to_string(&path).expect("a rule file is text");
            let pasted_in = findings(&rule);
            let in_a_file = compile(
                MemoryWorld::default()
                    .with("sentinel.yaml", format!("{SOLUTION}  - file: rule.yaml\n"))
                    .with("rule.yaml", rule),
            );
            assert_eq!(pasted_in, in_a_file, "{shown}: pasted and in its file it is the same rule");
            for (severity, code, message) in pasted_in {
                *counts.entry(format!("{code} {severity:?}")).or_default() += 1;
                if severity != Severity::Error {
                    continue;
                }
                match REFUSED.iter().find(|(end, known, _)| shown.ends_with(end) && *known == code) {
                    Some(listed) => {
                        used.insert(listed.0);
                    }
                    None => wrong.push(format!("{shown}: {code} {message}")),
                }
            }
        }
    }
    assert!(pasted > 200, "only {pasted} rule files were found");
    assert!(wrong.is_empty(), "{} findings in {pasted} files:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(used.len(), REFUSED.len(), "a listed refusal no longer happens: {used:?}");
    println!("{pasted} published rules paste in; their findings: {counts:?}");
}

/// End of the path of a function's text, code, and why the refusal is right.
const REFUSED_TEXTS: [(&str, &str, &str); 7] = [
    ("/CiscoWSAEvent.txt", "SG2022", "a text has no elements"),
    ("/MarkLogicAudit.txt", "SG2013", "a column is called like a function, without quotes"),
    ("/MarkLogicAudit.txt", "SG2025", "the same place"),
    ("/SquidProxy.txt", "SG2022", "todynamic reads a text, and this is dynamic already"),
    ("/SymantecVIP.txt", "SG2022", "todynamic reads a text, and this is dynamic already"),
    ("/TheHive.txt", "SG2022", "a column that is missing becomes a text, where a number is needed"),
    ("/BloodHoundEnterprise.txt", "SG2022", "a column that is missing becomes a text, beside a date"),
];

#[test]
fn published_functions_are_taken_from_their_texts() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: published_functions_are_taken_from_their_texts needs ../shared/corpus");
        return;
    }
    let (mut taken, mut wrong, mut used) = (0, Vec::new(), BTreeSet::new());
    for root in ["content-2022", "solutions"] {
        for entry in walkdir::WalkDir::new(corpus.join(root)).sort_by_file_name() {
            let path = entry.expect("the corpus can be read").into_path();
            let shown = path.to_string_lossy().into_owned();
            if !shown.contains("/Parsers/") || !(shown.ends_with(".txt") || shown.ends_with(".kql")) {
                continue;
            }
            taken += 1;
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let solution = SOLUTION.replace("analyticRules:", "parsers:");
            let found = compile(
                MemoryWorld::default()
                    .with("sentinel.yaml", format!("{solution}  - file: {name}\n"))
                    .with(name, fs::read(&path).expect("a function can be read")),
            );
            assert!(found.iter().any(|(_, code, _)| code == "SG5107") || found.iter().any(is_error), "{shown}");
            for (_, code, message) in found.iter().filter(|finding| is_error(finding)) {
                match REFUSED_TEXTS.iter().find(|(end, known, _)| shown.ends_with(end) && known == code) {
                    Some((end, known, _)) => {
                        used.insert((*end, *known));
                    }
                    None => wrong.push(format!("{shown}: {code} {message}")),
                }
            }
        }
    }
    assert!(taken > 40, "only {taken} texts were found");
    assert!(wrong.is_empty(), "{} findings in {taken} files:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(used.len(), REFUSED_TEXTS.len(), "a listed refusal no longer happens: {used:?}");
}

fn is_error(finding: &(Severity, String, String)) -> bool {
    finding.0 == Severity::Error
}

/// The findings of a solution with this one rule.
fn findings(rule: &str) -> Vec<(Severity, String, String)> {
    let text = rule.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut spec = SOLUTION.to_owned();
    let mut first = true;
    for line in text.lines() {
        let key = !line.trim().is_empty() && !line.starts_with('#');
        spec.push_str(if key && first { "  - " } else { "    " });
        spec.push_str(line);
        spec.push('\n');
        first &= !key;
    }
    compile(MemoryWorld::default().with("sentinel.yaml", spec))
}

fn compile(world: MemoryWorld) -> Vec<(Severity, String, String)> {
    let done = pipeline::compile(&world, "sentinel.yaml", "sentinel.yaml", &[Target::Arm, Target::Package]);
    let findings = done.diagnostics.iter();
    findings.map(|finding| (finding.severity, finding.code().to_string(), finding.message.clone())).collect()
}
