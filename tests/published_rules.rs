//! A published analytic rule pastes in under `analyticRules:` as it is, and is the same by `file:`: every rule file of the
//! corpus, each in a small solution. What is refused is listed here, with the reason. Skipped by name where the corpus is not beside the project.

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
