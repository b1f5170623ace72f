use crate::fixture::{Ran, Workplace, assert_expected};
use serde_json::Value;

const NO_STACK: &str =
    "case $words in 'stack group show'*) echo 'ERROR: (DeploymentStackNotFound)' >&2; exit 3;; esac\n";

fn teardown(work: &Workplace, more: &[&str]) -> Ran {
    let mut words = vec!["teardown", "spec", "-g", "rg", "--workspace", "ws-prod"];
    words.extend(more);
    work.run(&words)
}

/// What was deleted, as type and name, in order.
fn deleted(work: &Workplace) -> Vec<String> {
    let calls = work.calls();
    let addresses =
        calls.iter().filter(|call| call.starts_with("rest --method delete") || call.starts_with("resource delete"));
    addresses
        .map(|call| {
            let address = call.split(['?', ' ']).find(|word| word.starts_with("/subscriptions/")).unwrap_or_default();
            address.rsplit('/').take(2).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("/")
        })
        .collect()
}

fn types(deleted: &[String]) -> Vec<&str> {
    let mut types: Vec<&str> = deleted.iter().filter_map(|item| item.split('/').next()).collect();
    types.dedup();
    types
}

const ALL_BUT_TABLES: [&str; 5] =
    ["alertRules", "dataConnectors", "dataConnectorDefinitions", "dataCollectionRules", "dataCollectionEndpoints"];

#[test]
fn without_a_stack_the_bundle_goes_one_by_one() {
    let work = Workplace::new();
    work.az(NO_STACK);
    work.connections(&["PulumiAuditLogsPoller-labs"], Value::Null);
    teardown(&work, &[])
        .ends_with(0)
        .says("There is no stack sentinel-gen-pulumi-cloud")
        .says("Kept, with their rows: PulumiAuditLogs_CL");
    assert_eq!(types(&deleted(&work)), ALL_BUT_TABLES);
    assert_eq!(deleted(&work).len(), 7);
    assert!(!work.path("output").exists());
}

#[test]
fn tables_go_only_when_asked_for() {
    let work = Workplace::new();
    work.az(NO_STACK);
    let ran = teardown(&work, &["--delete-data"]).ends_with(0);
    assert_eq!(deleted(&work).last().map(String::as_str), Some("tables/PulumiAuditLogs_CL"));
    assert!(!ran.err.contains("Kept"), "{}", ran.err);
}

#[test]
fn what_is_gone_already_is_no_error() {
    let work = Workplace::new();
    work.az(&format!("{NO_STACK}echo 'ERROR: Not Found({{\"error\": {{}}}})' >&2; exit 1"));
    let ran = teardown(&work, &[]).ends_with(0).says("is gone already");
    assert!(!ran.err.contains("ERROR"), "{}", ran.err);
}

#[test]
fn a_failure_does_not_keep_the_rest_and_is_named() {
    let work = Workplace::new();
    work.connections(&["PulumiAuditLogsPoller-labs"], Value::Null);
    work.az(&format!("{NO_STACK}case $words in */dataConnectors/*) echo 'ERROR: Conflict({{}})' >&2; exit 4;; esac"));
    let ran = teardown(&work, &[])
        .ends_with(4)
        .finds("SG0041")
        .says("ERROR: Conflict")
        .says("Still to be removed:\n  az rest");
    assert_eq!(types(&deleted(&work)), ALL_BUT_TABLES);
    assert_eq!(ran.err.matches("\n  az rest --method delete").count(), 1, "{}", ran.err);
}

const STACK: &str = r#"case $words in 'stack group show'*) cat <<'END'
["/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/tables/PulumiAuditLogs_CL",
 "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Insights/dataCollectionEndpoints/PulumiAuditLogsDCE",
 "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Insights/dataCollectionRules/PulumiAuditLogsDCR",
 "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/alertRules/of-an-earlier-build",
 "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Insights/components/c"]
END
exit 0;; esac
"#;

#[test]
fn with_a_stack_exactly_what_it_lists_goes() {
    let work = Workplace::new();
    work.az(STACK);
    teardown(&work, &[]).ends_with(0).says("holds 5 resources").says("/tables/PulumiAuditLogs_CL\n");
    let calls = work.calls();
    assert_eq!(
        calls[2],
        "stack group delete --resource-group rg --name sentinel-gen-pulumi-cloud --action-on-unmanage detachAll --yes"
    );
    assert_eq!(
        deleted(&work),
        [
            "components/c",
            "alertRules/of-an-earlier-build",
            "dataCollectionRules/PulumiAuditLogsDCR",
            "dataCollectionEndpoints/PulumiAuditLogsDCE"
        ]
    );
    assert!(calls[3].starts_with("resource delete --ids"), "{}", calls[3]);
}

/// az has no type of that name of its own, so the address has to say which version of the API is meant.
#[test]
fn a_role_assignment_of_a_stack_goes_with_its_version() {
    let work = Workplace::new();
    work.az(&STACK.replace("Insights/components/c", "Insights/a/b/providers/Microsoft.Authorization/roleAssignments/r"));
    teardown(&work, &[]).ends_with(0);
    let calls = work.calls();
    assert!(calls[3].starts_with("rest --method delete"), "{}", calls[3]);
    assert!(calls[3].contains("/Microsoft.Authorization/roleAssignments/r?api-version=2022-04-01"), "{}", calls[3]);
}

#[test]
fn a_role_assignment_without_a_stack_is_named() {
    let work = Workplace::new();
    work.copy_spec("spec/pulumi-cloud", |_| include_str!("../../spec/nginx-access/sentinel.yaml").to_owned());
    work.az(NO_STACK);
    teardown(&work, &[]).says("the role assignment Monitoring Metrics Publisher on `NginxAccessDCR`");
}

/// What such a solution makes in the resource group of a storage account.
fn blobs(work: &Workplace) {
    work.copy_spec("spec/pulumi-cloud", |_| include_str!("../../spec/akamai-requests/sentinel.yaml").to_owned());
}

#[test]
fn what_lies_in_a_storage_account_is_named_without_a_stack() {
    let work = Workplace::new();
    blobs(&work);
    work.az(NO_STACK);
    teardown(&work, &[])
        .says("the queue `notifications` of AkamaiEdgeRequestsStorage")
        .says("once nothing in it is needed")
        .says("the Event Grid subscription `newBlobs` of AkamaiEdgeRequestsStorage")
        .says("the role assignment Storage Blob Data Reader on `container` of AkamaiEdgeRequestsStorage");
    assert_eq!(types(&deleted(&work)), &ALL_BUT_TABLES[1..]);
}

#[test]
fn a_queue_of_a_stack_stays_even_if_data_goes() {
    const ACCOUNT: &str = "/subscriptions/s/resourceGroups/rg2/providers/Microsoft.Storage/storageAccounts/a";
    const TABLE: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/ws-prod/tables/AkamaiEdgeRequests_CL";
    let queue = format!("{ACCOUNT}/queueServices/default/queues/q");
    let subscription = format!("{ACCOUNT}/providers/Microsoft.EventGrid/eventSubscriptions/e");
    let list = format!(r#"["{TABLE}", "{queue}", "{subscription}"]"#);
    let stack = format!("case $words in 'stack group show'*) echo '{list}'; exit 0;; esac\n");
    for (words, gone) in [
        (&["--delete-data"][..], &["eventSubscriptions/e", "tables/AkamaiEdgeRequests_CL"][..]),
        (&[], &["eventSubscriptions/e"]),
    ] {
        let work = Workplace::new();
        blobs(&work);
        work.az(&stack);
        teardown(&work, words).ends_with(0).says(&format!("remove by hand:\n  {queue}\n"));
        assert!(work.calls()[1].contains("--action-on-unmanage detachAll"), "{:?}", work.calls());
        assert_eq!(deleted(&work), gone);
    }
}

#[test]
fn with_a_stack_and_its_data_the_stack_takes_all_along() {
    let work = Workplace::new();
    work.az(STACK);
    teardown(&work, &["--delete-data"]).ends_with(0);
    let calls = work.calls();
    assert_eq!(calls.len(), 3, "{calls:?}");
    assert!(calls[2].contains("--action-on-unmanage deleteResources --yes"), "{}", calls[2]);
}

/// The stack holds the connection that was deployed last; the others need what it holds, so they go first.
#[test]
fn every_connection_goes_whether_or_not_the_stack_holds_it() {
    let names = [
        "PulumiAuditLogsPoller-LABS",
        "PulumiAuditLogsPoller-emea",
        "PulumiAuditLogsPoller1b0e",
        "PulumiAuditLogsPoller-x@Other",
    ];
    let held = "Microsoft.OperationalInsights/workspaces/ws-prod/providers/Microsoft.SecurityInsights/dataConnectors/PulumiAuditLogsPoller-labs";
    let work = Workplace::new();
    work.az(&STACK.replace("Microsoft.Insights/components/c", held));
    work.connections(&names, Value::Null);
    teardown(&work, &[]).ends_with(0);
    assert_eq!(
        deleted(&work),
        [
            "alertRules/of-an-earlier-build",
            "dataConnectors/PulumiAuditLogsPoller-emea",
            "dataConnectors/PulumiAuditLogsPoller-labs",
            "dataCollectionRules/PulumiAuditLogsDCR",
            "dataCollectionEndpoints/PulumiAuditLogsDCE"
        ]
    );
    teardown(&work, &["--delete-data"]).ends_with(0);
    let calls = work.calls();
    assert!(calls[calls.len() - 2].contains("/dataConnectors/PulumiAuditLogsPoller-emea?"), "{calls:?}");
    assert!(calls[calls.len() - 1].starts_with("stack group delete"), "{calls:?}");
}

#[test]
fn connections_are_read_page_by_page() {
    let work = Workplace::new();
    let second = "case $words in *skip*) echo '{\"connections\": [{\"name\": \"PulumiAuditLogsPoller-two\"}], \"next\": null}'; exit 0;; esac\n";
    work.az(NO_STACK);
    let answer = work.read("log/answer");
    std::fs::write(work.path("log/answer"), format!("{second}{answer}")).unwrap();
    work.connections(&["PulumiAuditLogsPoller-one"], "https://management.azure.com/x?skip=1".into());
    teardown(&work, &[]).ends_with(0);
    let connections: Vec<String> =
        deleted(&work).into_iter().filter(|one| one.starts_with("dataConnectors/")).collect();
    assert_eq!(connections, ["dataConnectors/PulumiAuditLogsPoller-one", "dataConnectors/PulumiAuditLogsPoller-two"]);
}

#[test]
fn one_connection_goes_alone() {
    let work = Workplace::new();
    work.az("");
    teardown(&work, &["--connection", "labs"]).ends_with(0);
    assert_eq!(deleted(&work), ["dataConnectors/PulumiAuditLogsPoller-labs"]);
    assert_eq!(work.calls().len(), 1, "{:?}", work.calls());
    let shown = teardown(&work, &["--connection", "labs", "--dry-run"]).ends_with(0);
    assert_eq!(shown.out.lines().count(), 2, "{}", shown.out);
    teardown(&work, &["--connection", "../x"]).ends_with(2).finds("SG0053");
    teardown(&work, &["--connection", "labs", "--delete-data"]).ends_with(2);
}

#[test]
fn nothing_is_removed_if_the_connections_are_not_known() {
    let work = Workplace::new();
    work.az(NO_STACK);
    std::fs::write(work.path("log/connections"), "Welcome").unwrap();
    teardown(&work, &[]).ends_with(2).finds("SG0043");
    assert_eq!(deleted(&work), Vec::<String>::new());
}

#[test]
fn nothing_is_removed_if_the_stack_is_not_known() {
    let work = Workplace::new();
    work.az("echo 'ERROR: Please run az login' >&2; exit 1");
    teardown(&work, &[]).ends_with(1).finds("SG0041").says("ERROR: Please run az login");
    work.az("echo Welcome");
    teardown(&work, &[]).ends_with(2).finds("SG0043");
    assert_eq!(deleted(&work), Vec::<String>::new());
}

#[test]
fn a_dry_run_shows_both_ways_and_runs_none() {
    let work = Workplace::new();
    work.az("exit 1");
    let ran = teardown(&work, &["--dry-run"]).ends_with(0);
    assert_expected("teardown.sh", &ran.out);
    assert_eq!(work.calls(), Vec::<String>::new());
    let all = teardown(&work, &["--dry-run", "--delete-data"]).ends_with(0);
    assert!(all.out.contains("/tables/PulumiAuditLogs_CL") && all.out.contains("deleteResources"), "{}", all.out);
}

#[test]
fn without_az_nothing_happens() {
    let work = Workplace::new();
    let words = ["teardown", "spec", "-g", "rg", "--workspace", "ws-prod"];
    Ran::of(work.command(&words).env("PATH", work.path("nowhere"))).ends_with(2).finds("SG0040");
}
