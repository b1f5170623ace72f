//! `connect`: the same list from a spec and from its package in every form, secrets kept, bad packages told.

use crate::fixture::{CANARY, Ran, Workplace};
use serde_json::{Value, json};
use std::io::Write as _;
use std::path::PathBuf;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FILLED: [&str; 4] = ["--input", "orgName=acme", "--secret", "accessToken=env:TOKEN"];

fn connect(work: &Workplace, subject: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["connect", subject];
    arguments.extend(more);
    work.run(&arguments)
}

fn list(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}\n{}{}", ran.out, ran.err))
}

/// The folder of the package that a build makes, below the workplace.
fn built(work: &Workplace) -> PathBuf {
    assert_eq!(work.run(&["build"]).code, 0);
    let solutions = work.path("output/pulumi-cloud/package/Solutions");
    let name = std::fs::read_dir(&solutions).unwrap().next().unwrap().unwrap().file_name();
    solutions.join(name).join("Package")
}

fn zip(work: &Workplace, name: &str, entries: &[(&str, &[u8])]) -> String {
    let mut zip = ZipWriter::new(std::fs::File::create(work.path(name)).unwrap());
    for (entry, content) in entries {
        zip.start_file(*entry, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
    name.to_owned()
}

#[test]
fn a_spec_and_its_package_in_every_form_give_the_same_list() {
    let work = Workplace::new();
    let folder = built(&work);
    let archive = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let archive = archive.into_iter().find(|path| path.extension().is_some_and(|end| end == "zip")).unwrap();
    let template = folder.join("mainTemplate.json");
    let mut options = vec!["--format", "json"];
    options.extend(FILLED);
    let expected = list(&connect(&work, "spec/pulumi-cloud", &options));
    assert_eq!(expected.as_array().map(Vec::len), Some(5));
    for subject in [&folder, &archive, &template, &work.path("spec/pulumi-cloud/sentinel.yaml")] {
        let ran = connect(&work, &subject.to_string_lossy(), &options);
        assert_eq!((ran.code, list(&ran)), (0, expected.clone()), "{}", subject.display());
    }
}

#[test]
fn what_is_filled_in_arrives_and_no_secret_is_seen() {
    let work = Workplace::new();
    let mut options = vec!["--format", "json", "--workspace", "ws-soc", "-g", "rg-soc"];
    options.extend(FILLED);
    let ran = connect(&work, "spec/pulumi-cloud", &options);
    let list = list(&ran);
    let connections =
        list.as_array().unwrap().iter().find(|entry| entry["contentKind"] == "ResourcesDataConnector").unwrap();
    let connector = connections["resources"].as_array().unwrap().last().unwrap();
    assert!(connector["id"].as_str().unwrap().contains("/resourceGroups/rg-soc/"), "{}", connector["id"]);
    assert!(connector["id"].as_str().unwrap().contains("/workspaces/ws-soc/"), "{}", connector["id"]);
    assert_eq!(connector["properties"]["auth"]["apiKey"], "********");
    assert!(connector["properties"]["request"]["apiEndpoint"].as_str().unwrap().contains("/acme/"));
    assert_eq!(connections["unset"], json!(["innerWorkspace", "connectorDefinitionName", "workspace", "apiUrl"]));
    let people = connect(&work, "spec/pulumi-cloud", &FILLED);
    assert!(
        people.out.contains("/acme/") && people.out.contains("********") && people.out.contains("apiUrl"),
        "{}",
        people.out
    );
    for text in [ran.out, ran.err, people.out, people.err] {
        assert!(!text.contains(CANARY));
    }
}

#[test]
fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
    let work = Workplace::new();
    let ran = connect(&work, "spec/pulumi-cloud", &["--input", "accessToken=pul-visible"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("SG0046") && ran.err.contains("--secret accessToken=env:"), "{}", ran.err);
    assert!(!ran.err.contains("pul-visible") && ran.out.is_empty(), "{}", ran.err);
    let ran = connect(&work, "spec/pulumi-cloud", &["--input", "orgname2=x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `orgName`"), "{}", ran.err);
}

#[test]
fn a_zip_that_is_none_or_holds_no_template_is_told() {
    let work = Workplace::new();
    std::fs::write(work.path("not.zip"), "PK but no zip").unwrap();
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    let many: Vec<(String, &[u8])> = (0..1001).map(|i| (format!("{i}.txt"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let cases = [
        ("not.zip".to_owned(), "it is no zip that can be read"),
        (zip(&work, "empty.zip", &[("readme.txt", b"hello")]), "it holds no mainTemplate.json"),
        (zip(&work, "large.zip", &[("Package/mainTemplate.json", &large)]), "the limit is 4194304"),
        (zip(&work, "many.zip", &many), "it has 1001 entries; 1000 are looked through"),
        (zip(&work, "latin.zip", &[("mainTemplate.json", b"\"\xe9\"")]), "it is not UTF-8"),
        ("absent.zip".to_owned(), "there is no such file"),
        ("absent.json".to_owned(), "there is no such file"),
    ];
    for (subject, said) in cases {
        let ran = connect(&work, &subject, &[]);
        // The frame of a finding breaks lines.
        let words: String = ran.err.replace(['\n', '│'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ran.code, 2, "{subject}: {}", ran.err);
        assert!(words.contains(said), "{subject}: {}", ran.err);
    }
}

/// A package with one content template whose parameter has no default, and which uses it in a name.
const NEEDY: &str = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "workspace": { "type": "string" } },
  "resources": [
    {
      "type": "Microsoft.OperationalInsights/workspaces/providers/contentTemplates",
      "apiVersion": "2023-04-01-preview",
      "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/one')]",
      "properties": {
        "contentKind": "Playbook",
        "contentId": "one",
        "displayName": "One",
        "mainTemplate": {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0",
          "parameters": {
            "site": { "type": "string" },
            "key": { "type": "securestring", "defaultValue": "" }
          },
          "resources": [
            {
              "type": "Microsoft.Web/sites",
              "apiVersion": "2023-01-01",
              "name": "[[parameters('site')]",
              "properties": { "hash": "[[uniqueString(parameters('key'))]" }
            }
          ]
        }
      }
    }
  ]
}
"#;

#[test]
fn a_pass_that_fails_is_a_finding_at_its_place_and_an_error_of_its_entry() {
    let work = Workplace::new();
    std::fs::write(work.path("needy.json"), NEEDY).unwrap();
    let ran = connect(&work, "needy.json", &["--format", "json"]);
    assert_eq!(ran.code, 1);
    let entry = &list(&ran)[0];
    assert_eq!(entry["error"], "pass 2: the parameter `site` has neither a value nor a default");
    assert!(entry.get("resources").is_none() && entry.get("unset").is_none());
    assert!(ran.err.contains("needy.json:18:21"), "{}", ran.err);
    let ran = connect(&work, "needy.json", &["--format", "json", "--input", "site=s", "--secret", "key=env:TOKEN"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // A secret that was hashed is not shown either.
    assert_eq!(list(&ran)[0]["resources"][0]["properties"]["hash"], "********");
    std::fs::write(
        work.path("broken.json"),
        NEEDY.replace("concat(parameters('workspace')", "concat(parameters('nowhere')"),
    )
    .unwrap();
    let ran = connect(&work, "broken.json", &["--format", "json"]);
    assert_eq!((ran.code, &list(&ran)[0]["pass"]), (1, &json!(1)), "{}", ran.err);
    assert!(ran.err.contains("broken.json:9:"), "{}", ran.err);
}
