use crate::fixture::{CANARY, Ran, Workplace, assert_expected};
use serde_json::{Value, json};

const DEPLOY: [&str; 8] = ["deploy", "spec", "-g", "rg", "--workspace", "ws-prod", "--param", "orgName=acme"];
const SECRET: [&str; 2] = ["--secret", "accessToken=env:TOKEN"];

fn deploy(work: &Workplace, more: &[&str]) -> Ran {
    let words: Vec<&str> = DEPLOY.iter().chain(more).copied().collect();
    work.run(&words)
}

fn parameters(work: &Workplace) -> Value {
    let document: Value = serde_json::from_str(&work.read("log/parameters.json")).unwrap();
    document["parameters"].clone()
}

#[test]
fn a_deployment_hands_the_values_over_in_a_private_file() {
    let work = Workplace::new();
    work.az("echo '{}'");
    let ran = deploy(&work, &SECRET).ends_with(0);
    assert_eq!(
        parameters(&work),
        json!({
            "workspaceName": { "value": "ws-prod" },
            "orgName": { "value": "acme" },
            "accessToken": { "value": CANARY },
            "location": { "value": "westeurope" },
        })
    );
    assert_eq!(work.read("log/mode").trim(), "-rw-------");
    assert_eq!(work.read("log/folder-mode").trim(), "drwx------");
    assert_eq!(ran.out, "{}\n");
    assert!(work.path("output/pulumi-cloud/deploy/azuredeploy.json").is_file());
    let calls = work.calls();
    assert_eq!(calls.len(), 3, "{calls:?}");
    assert!(calls[2].starts_with("rest --method get"), "other connections are asked for: {}", calls[2]);
    assert!(calls[0].starts_with("monitor log-analytics workspace show --resource-group rg --workspace-name ws-prod"));
    let file = work.read("log/file");
    let wanted = format!(
        "deployment group create --resource-group rg --name sentinel-gen-pulumi-cloud --template-file \
         output/pulumi-cloud/deploy/azuredeploy.json --parameters @{file} --no-prompt true"
    );
    assert!(calls[1].starts_with(&wanted), "{}", calls[1]);
    work.assert_no_trace();
    let steps = ran.err.split("deploy the bundle ...\n").nth(1).unwrap();
    assert_expected("deployed.txt", steps);
}

/// Queries alone have no region, and no rules to switch on.
#[test]
fn only_what_the_template_asks_for_is_handed_over() {
    let work = Workplace::new();
    work.copy_spec("spec/pulumi-cloud", |text| {
        let about = text.split("\ninputs:").next().unwrap().to_owned();
        about
            + "\nhuntingQueries:\n  - { id: any, name: Any change, tactics: [Impact], query: AzureActivity | take 5 }\n"
    });
    work.az("echo '{}'");
    let words = ["deploy", "spec", "-g", "rg", "--workspace", "ws-prod"];
    work.run(&words).ends_with(0);
    assert_eq!(parameters(&work), json!({ "workspaceName": { "value": "ws-prod" } }));
    assert_eq!(work.calls().len(), 1, "no region is asked for: {:?}", work.calls());
    let shown = work.run(&[&words[..], &["--dry-run"]].concat()).ends_with(0);
    assert!(!shown.out.contains("location") && !shown.out.contains("workspace show"), "{}", shown.out);
}

#[test]
fn everything_that_az_prints_is_masked() {
    let work = Workplace::new();
    work.az("cat \"$file\"; cat \"$file\" >&2; echo \"$TOKEN\"");
    let ran = deploy(&work, &SECRET).ends_with(0);
    assert!(ran.out.contains("\"value\": \"********\"") && ran.out.ends_with("********\n"), "{}", ran.out);
    work.assert_no_trace();
}

#[test]
fn other_modes_are_other_commands() {
    let cases: [(&[&str], &str, &str); 4] = [
        (&["--validate"], "deployment group validate", "--output none"),
        (&["--what-if"], "deployment group what-if", "--no-prompt true"),
        (
            &["--stack"],
            "stack group create",
            "--yes --query {outputs: outputs, detached: detachedResources[].id} --output json",
        ),
        (&["--stack", "--validate"], "stack group validate", "--output none"),
    ];
    for (options, command, end) in cases {
        let work = Workplace::new();
        work.az("");
        let words: Vec<&str> = SECRET.iter().chain(options).chain(&["--location", "northeurope"]).copied().collect();
        let ran = deploy(&work, &words).ends_with(0);
        let calls = work.calls();
        let others = usize::from(command.ends_with("create"));
        assert_eq!(calls.len(), 1 + others, "--location makes the question unnecessary: {calls:?}");
        assert!(calls[0].starts_with(command) && calls[0].ends_with(end), "{}", calls[0]);
        assert_eq!(parameters(&work)["location"]["value"], "northeurope");
        assert_eq!(ran.err.contains("The first rows"), command.ends_with("create"), "{}", ran.err);
        work.assert_no_trace();
    }
}

#[test]
fn what_falls_out_of_a_stack_is_named() {
    let work = Workplace::new();
    work.az(r#"echo '{"outputs": {}, "detached": ["/subscriptions/s/x/alertRules/old"]}'"#);
    let words: Vec<&str> = SECRET.iter().chain(&["--stack"]).copied().collect();
    deploy(&work, &words)
        .ends_with(0)
        .says("1 resource fell out of the bundle")
        .says("  /subscriptions/s/x/alertRules/old\n");
}

#[test]
fn the_connector_is_replaced_before_the_deployment() {
    let work = Workplace::new();
    work.az("case $words in rest*) echo 'ERROR: Not Found({\"error\": {}})' >&2; exit 1;; esac");
    let words: Vec<&str> = SECRET.iter().chain(&["--replace-connector", "--subscription", "s1"]).copied().collect();
    deploy(&work, &words).ends_with(0).says("the data connector PulumiAuditLogsPoller-hham3orfpbxw4 is gone already");
    let calls = work.calls();
    assert!(
        calls[1].starts_with("rest --method delete --url /subscriptions/{subscriptionId}/resourceGroups/rg/providers/")
            && calls[1].contains(
                "/Microsoft.SecurityInsights/dataConnectors/PulumiAuditLogsPoller-hham3orfpbxw4?api-version="
            ),
        "{}",
        calls[1]
    );
    assert!(calls[2].starts_with("deployment group create"), "{}", calls[2]);
    assert!(calls.iter().all(|call| call.ends_with("--subscription s1")), "{calls:?}");
}

/// The names that Azure makes of what is given are known here, so that the right connection goes.
#[test]
fn only_the_connection_that_is_deployed_is_replaced() {
    let cases: [(&[&str], &str); 4] = [
        (&["--param", "orgName=acme"], "PulumiAuditLogsPoller-hham3orfpbxw4"),
        // The same place in other words, and the default of the box.
        (
            &["--param", "orgName=acme", "--param", "apiUrl=https://api.pulumi.com/"],
            "PulumiAuditLogsPoller-hham3orfpbxw4",
        ),
        (&["--param", "orgName=acme-labs"], "PulumiAuditLogsPoller-ue2si24uuj7ou"),
        (&["--param", "orgName=acme-labs", "--connection", "labs"], "PulumiAuditLogsPoller-labs"),
    ];
    for (options, name) in cases {
        let work = Workplace::new();
        work.az("echo '{}'");
        let mut words = vec!["deploy", "spec", "-g", "rg", "--workspace", "ws-prod", "--replace-connector"];
        words.extend(options.iter().chain(&SECRET));
        work.run(&words).ends_with(0);
        let deleted: Vec<String> =
            work.calls().into_iter().filter(|call| call.starts_with("rest --method delete")).collect();
        assert_eq!(deleted.len(), 1, "{deleted:?}");
        assert!(deleted[0].contains(&format!("/dataConnectors/{name}?")), "{deleted:?}");
    }
}

#[test]
fn the_name_of_a_connection_is_handed_over() {
    let work = Workplace::new();
    work.az("echo '{}'");
    let words: Vec<&str> = SECRET.iter().chain(&["--connection", "labs"]).copied().collect();
    deploy(&work, &words).ends_with(0);
    assert_eq!(parameters(&work)["connectionName"]["value"], "labs");
}

#[test]
fn connections_of_earlier_deployments_are_named() {
    let names = [
        "PulumiAuditLogsPoller-labs",
        "PulumiAuditLogsPoller-Emea",
        "PulumiAuditLogsPoller1b0e",
        "PulumiAuditLogsPoller-x@Other",
    ];
    let work = Workplace::new();
    work.az(r#"case $words in 'stack group create'*) echo '{"detached": ["/x/providers/Microsoft.SecurityInsights/dataConnectors/PulumiAuditLogsPoller-emea"]}';; esac"#);
    work.connections(&names, Value::Null);
    let words: Vec<&str> = SECRET.iter().chain(&["--stack", "--connection", "labs"]).copied().collect();
    let ran = deploy(&work, &words).ends_with(0);
    assert!(ran.err.ends_with("one:\n  data connector PulumiAuditLogsPoller-Emea\n"), "{}", ran.err);
    assert!(!ran.err.contains("fell out"), "a connection of its own is no leftover: {}", ran.err);
}

#[test]
fn a_solution_with_one_connection_takes_no_name_for_it() {
    let work = Workplace::new();
    work.az("echo '{}'");
    work.copy_spec("spec/pulumi-cloud", |text| without(&text, "    connections:"));
    let words: Vec<&str> = SECRET.iter().chain(&["--connection", "labs"]).copied().collect();
    deploy(&work, &words).ends_with(2).finds("SG0056");
    let words: Vec<&str> = SECRET.iter().chain(&["--replace-connector"]).copied().collect();
    deploy(&work, &words).ends_with(0);
    let calls = work.calls();
    assert!(calls[1].contains("/dataConnectors/PulumiAuditLogsPoller?"), "{calls:?}");
    assert_eq!(calls.len(), 3, "no other connection is looked for: {calls:?}");
}

/// A list that shows nothing that is given, or a secret alone, has nothing that a name could follow from.
#[test]
fn a_connection_that_nothing_tells_apart_needs_a_name() {
    for column in ["request.httpMethod", "auth.apiKey"] {
        let work = Workplace::new();
        work.az("echo '{}'");
        work.copy_spec("spec/pulumi-cloud", |text| {
            text.replace("request.queryParameters.orgName }", &format!("{column} }}"))
        });
        let words: Vec<&str> = DEPLOY.iter().chain(&SECRET).copied().collect();
        work.run(&words).ends_with(2).finds("SG0047").says("--connection NAME");
        work.run(&[&words[..], &["--connection", "labs"]].concat()).ends_with(0);
        assert_eq!(parameters(&work)["connectionName"]["value"], "labs");
    }
}

/// The text without the line of a key and what stands below it.
fn without(text: &str, key: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let at = text.lines().position(|line| line.starts_with(key)).unwrap();
    let below = text.lines().skip(at + 1).take_while(|line| indent(line) > indent(key)).count();
    let kept = text.lines().enumerate().filter(|(n, _)| !(at..=at + below).contains(n));
    kept.map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn a_connector_that_cannot_be_removed_stops_the_deployment() {
    let work = Workplace::new();
    work.az("case $words in rest*) echo 'ERROR: Forbidden({})' >&2; exit 1;; esac");
    let words: Vec<&str> = SECRET.iter().chain(&["--replace-connector"]).copied().collect();
    deploy(&work, &words).ends_with(1).finds("SG0041").says("ERROR: Forbidden");
    assert!(!work.calls().iter().any(|call| call.starts_with("deployment")), "{:?}", work.calls());
    work.assert_no_trace();
}

#[test]
fn az_fails_with_its_own_code_and_words() {
    let work = Workplace::new();
    work.az("echo 'ERROR: (InvalidOutputTable) not yet' >&2; exit 7");
    let ran = deploy(&work, &SECRET).ends_with(7).finds("SG0041").says("ERROR: (InvalidOutputTable) not yet");
    assert!(!ran.err.contains("The first rows"), "{}", ran.err);
    work.assert_no_trace();
}

#[test]
fn without_the_region_nothing_is_deployed() {
    let work = Workplace::new();
    work.az("");
    std::fs::write(work.path("log/answer"), "echo 'ERROR: (ResourceNotFound)' >&2; exit 3").unwrap();
    deploy(&work, &SECRET).ends_with(3).finds("SG0041").says("ERROR: (ResourceNotFound)");
    std::fs::write(work.path("log/answer"), "echo; exit 0").unwrap();
    deploy(&work, &SECRET).ends_with(2).finds("SG0043").says("--location REGION");
    assert!(!work.path("log/parameters.json").exists());
}

#[test]
fn without_az_nothing_is_built() {
    let work = Workplace::new();
    let words: Vec<&str> = DEPLOY.iter().chain(&SECRET).copied().collect();
    let ran = Ran::of(work.command(&words).env("PATH", work.path("nowhere"))).ends_with(2).finds("SG0040");
    assert!(ran.err.contains("https://aka.ms/installazurecli"), "{}", ran.err);
    assert!(!work.path("output").exists());
    let folder = Ran::of(work.command(&words).env("PATH", "")).ends_with(2);
    folder.finds("SG0040");
}

#[test]
fn an_az_that_cannot_start_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let work = Workplace::new();
    work.az("");
    std::fs::write(work.path("bin/az"), "#!/nowhere/python\n").unwrap();
    std::fs::set_permissions(work.path("bin/az"), std::fs::Permissions::from_mode(0o755)).unwrap();
    deploy(&work, &SECRET).ends_with(2).finds("SG0042");
    work.assert_no_trace();
}

#[test]
fn a_dry_run_shows_the_commands_and_runs_none() {
    let work = Workplace::new();
    work.az("exit 1");
    let words: Vec<&str> = SECRET.iter().chain(&["--stack", "--replace-connector", "--dry-run"]).copied().collect();
    let ran = deploy(&work, &words).ends_with(0);
    assert_expected("dry-run.sh", &ran.out);
    assert_eq!(work.calls(), Vec::<String>::new());
    assert!(!work.path("output").exists());
    // It works without az, and without secrets.
    let words: Vec<&str> = DEPLOY.iter().chain(&["--dry-run"]).copied().collect();
    Ran::of(work.command(&words).env("PATH", "").env_remove("TOKEN")).ends_with(0);
}

#[test]
fn inputs_are_checked_before_az_runs() {
    let cases: [(&[&str], &str, &str); 15] = [
        (&["--param", "orgNam=acme"], "SG0044", "did you mean `orgName`?"),
        (&["--param", "orgName=acme", "--param", "orgName=x"], "SG0049", "given here first"),
        (&["--param", "orgName=acme", "--param", "apiUrl=api.example.com"], "SG0048", "https://"),
        (&["--param", "orgName=acme", "--param", "enableAnalyticRules=no"], "SG0048", "true or false"),
        (&["--param", "orgName=acme", "--param", "location=x"], "SG0052", "--location"),
        (&["--param", "orgName=acme", "--param", "connectionName=x"], "SG0052", "--connection"),
        (&["--param", "orgName=acme", "--connection", "a/b"], "SG0053", "1 to 36 letters"),
        (&["--param", "orgName=acme", "--connection", ""], "SG0053", "1 to 36 letters"),
        (&["--param", "orgName=acme", "--param", "workspaceName=x"], "SG0052", "--workspace"),
        (&["--param", "orgName=acme", "--param", "nonsense"], "SG0045", "NAME=VALUE"),
        (&["--param", "orgName="], "SG0047", "--param orgName="),
        (&[], "SG0047", "`orgName`"),
        (&["--param", "orgName=acme", "--secret", "orgName=env:X"], "SG0050", "--param orgName=VALUE"),
        (&["--param", "orgName=acme", "--secret", "acessToken=env:X"], "SG0044", "did you mean `accessToken`?"),
        (&["--param", "orgName=acme", "--secret", "accessToken=env:NOT_SET"], "SG0051", "NOT_SET"),
    ];
    for (options, code, words) in cases {
        let work = Workplace::new();
        work.az("");
        let mut all = vec!["deploy", "spec", "-g", "rg", "--workspace", "ws-prod"];
        all.extend(options);
        if !options.iter().any(|option| option.starts_with("accessToken=")) {
            all.extend(SECRET);
        }
        work.run(&all).ends_with(2).finds(code).says(words);
        assert_eq!(work.calls(), Vec::<String>::new(), "{options:?}");
        assert!(!work.path("output").exists(), "{options:?}");
    }
}

/// Whatever is wrong with the option: the value is never repeated.
#[test]
fn secrets_on_the_command_line_are_refused_and_not_shown() {
    let param = format!("accessToken={CANARY}");
    let mistyped = format!("acessToken={CANARY}");
    let cases: [(&[&str], &str); 5] = [
        (&["--param", &param], "SG0046"),
        (&["--param", &mistyped], "SG0044"),
        (&["--param", CANARY], "SG0045"),
        (&["--secret", &param], "SG0045"),
        (&["--secret", CANARY], "SG0045"),
    ];
    for (options, code) in cases {
        let work = Workplace::new();
        work.az("");
        deploy(&work, options).ends_with(2).finds(code);
        assert_eq!(work.calls(), Vec::<String>::new(), "{options:?}");
    }
}

#[test]
fn a_secret_that_is_needed_and_not_given_is_named() {
    let work = Workplace::new();
    work.az("");
    deploy(&work, &[]).ends_with(2).finds("SG0047").says("--secret accessToken=env:VARIABLE");
}

#[test]
fn secrets_come_from_files() {
    let work = Workplace::new();
    work.az("");
    std::fs::write(work.path("token.txt"), "from a file\n").unwrap();
    deploy(&work, &["--secret", "accessToken=file:token.txt"]).ends_with(0);
    assert_eq!(parameters(&work)["accessToken"]["value"], "from a file");
    deploy(&work, &["--secret", "accessToken=file:none.txt"]).ends_with(2).finds("SG0051").says("none.txt");
}

#[test]
fn switches_and_optional_inputs_are_handed_over_if_given() {
    let work = Workplace::new();
    work.az("");
    let options = ["--param", "enableAnalyticRules=false", "--param", "apiUrl=https://pulumi.example.com/"];
    let words: Vec<&str> = SECRET.iter().chain(&options).copied().collect();
    deploy(&work, &words).ends_with(0);
    assert_eq!(parameters(&work)["enableAnalyticRules"]["value"], false);
    assert_eq!(parameters(&work)["apiUrl"]["value"], "https://pulumi.example.com/");
}

#[test]
fn a_spec_with_errors_is_not_deployed() {
    let work = Workplace::new();
    work.az("");
    work.copy_spec("spec/pulumi-cloud", |text| text.replace("severity: Low", "severity: Lowest"));
    deploy(&work, &SECRET).ends_with(1);
    assert_eq!(work.calls(), Vec::<String>::new());
    work.copy_spec("spec/other", |text| text);
    deploy(&work, &SECRET).ends_with(2).finds("SG0015");
}

#[test]
fn names_that_azure_would_not_take_are_refused() {
    let work = Workplace::new();
    work.az("");
    let long = "x".repeat(91);
    for (group, workspace) in [
        ("", "ws-prod"),
        ("rg.", "ws-prod"),
        (&long, "ws-prod"),
        ("r/g", "ws-prod"),
        ("rg", "ws"),
        ("rg", "ws_prod"),
        ("rg", "/a/b"),
        ("rg", "ws-prod-"),
    ] {
        let words = ["deploy", "spec", "-g", group, "--workspace", workspace];
        work.run(&words).ends_with(2).finds("SG0053");
    }
}
