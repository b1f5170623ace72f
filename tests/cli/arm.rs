//! `arm`: what is evaluated, what is refused, what differs, and that no secret is seen.

use crate::fixture::{CANARY, Ran, Workplace};
use serde_json::{Value, json};

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// A template with a secret in every place that it may get to.
fn template(note: &str) -> Value {
    json!({
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": {
            "name": { "type": "string", "defaultValue": "app" },
            "count": { "type": "int", "defaultValue": 1 },
            "token": { "type": "secureString", "defaultValue": "none", "minLength": 4 },
            "login": { "type": "secureObject", "defaultValue": {} }
        },
        "resources": [{
            "type": "Microsoft.Insights/components",
            "apiVersion": "2020-02-02",
            "name": "[parameters('name')]",
            "properties": {
                "note": note,
                "location": "[resourceGroup().location]",
                "header": "[concat('Bearer ', parameters('token'))]",
                "basic": "[base64(concat('user:', parameters('token')))]",
                "id": "[uniqueString(parameters('token'))]",
                "long": "[greater(length(parameters('token')), 3)]",
                "login": "[parameters('login')]"
            }
        }],
        "outputs": { "count": { "type": "int", "value": "[parameters('count')]" } }
    })
}

fn workplace() -> Workplace {
    let work = Workplace::new();
    std::fs::write(work.path("a.json"), template("one").to_string()).unwrap();
    std::fs::write(work.path("b.json"), template("two").to_string()).unwrap();
    std::fs::write(work.path("token.txt"), format!("{CANARY}\n")).unwrap();
    work
}

fn json_of(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
}

#[test]
fn a_template_is_evaluated() {
    let work = workplace();
    let ran = work.run(&[
        "arm",
        "a.json",
        "--param",
        "name=x",
        "--param",
        "count=2",
        "--format",
        "json",
        "--location",
        "here",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let resource = &json_of(&ran)["resources"][0];
    assert_eq!(resource["name"], "x");
    assert_eq!(resource["properties"]["location"], "here");
    assert_eq!(json_of(&ran)["outputs"], json!({ "count": { "type": "int", "value": 2 } }));
    let ran = work.run(&["arm", "a.json", "-g", "mine"]);
    assert!(ran.out.starts_with("1 resource\n  Microsoft.Insights/components  app\n"), "{}", ran.out);
    assert!(ran.out.contains("/resourceGroups/mine/"), "{}", ran.out);
}

#[test]
fn values_come_from_a_file_and_options_go_before_it() {
    let work = workplace();
    let values = json!({ "parameters": { "name": { "value": "[file]" }, "count": { "value": 7 } } });
    std::fs::write(work.path("values.json"), values.to_string()).unwrap();
    let ran = work.run(&["arm", "a.json", "--parameters", "values.json", "--param", "count=8", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(json_of(&ran)["resources"][0]["name"], "[file]", "a value is no expression");
    assert_eq!(json_of(&ran)["outputs"]["count"]["value"], 8);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let work = workplace();
    std::fs::write(work.path("broken.json"), "{\n  \"resources\": [,]\n}\n").unwrap();
    let ran = work.run(&["arm", "broken.json"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("SG7100") && ran.err.contains("broken.json:2:17"), "{}", ran.err);
    let ran = work.run(&["arm", "broken.json", "--format", "json"]);
    assert_eq!((ran.code, &json_of(&ran)["error"]["code"]), (1, &json!("InvalidRequestContent")));
    let ran = work.run(&["arm", "gone.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`gone.json` cannot be read"), "{}", ran.err);
    let ran = work.run(&["arm", "a.json", "--param", "nmae=x"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean `name`?"), "{}", ran.err);
    let ran = work.run(&["arm", "a.json", "--param", "count=many"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("write a whole number"), "{}", ran.err);
}

#[test]
fn a_secret_on_the_command_line_is_refused_and_not_shown() {
    let work = workplace();
    let param = format!("token={CANARY}");
    let ran = work.run(&["arm", "a.json", "--param", &param]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("SG0046"), "{}", ran.err);
    assert!(!ran.err.contains(CANARY) && !ran.out.contains(CANARY));
}

#[test]
fn what_a_secret_has_touched_is_masked() {
    let work = workplace();
    std::fs::write(work.path("login.json"), json!({ "user": "me", "pin": 1234, "password": CANARY }).to_string())
        .unwrap();
    for format in ["json", "text"] {
        let secrets = ["--secret", "token=file:token.txt", "--secret", "login=file:login.json", "--format", format];
        let ran = work.run(&[&["arm", "a.json"], secrets.as_slice()].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.contains(CANARY) && !ran.err.contains(CANARY), "{}", ran.out);
        if format == "json" {
            let properties = &json_of(&ran)["resources"][0]["properties"];
            assert_eq!(properties["header"], "Bearer ********");
            assert_eq!(properties["basic"], "********", "also not in another notation");
            assert_eq!(properties["id"], "********");
            assert_eq!(properties["long"], true, "what the secret does not change is shown");
            assert_eq!(properties["login"], json!({ "user": "********", "pin": "********", "password": "********" }));
        }
    }
}

#[test]
fn a_secret_is_in_no_finding() {
    let work = workplace();
    let mut broken = template("x");
    broken["resources"][0]["name"] = json!("[concat('a/', parameters('token'))]");
    std::fs::write(work.path("broken.json"), broken.to_string()).unwrap();
    for format in ["json", "text"] {
        let ran = work.run(&["arm", "broken.json", "--secret", "token=file:token.txt", "--format", format]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("SG7107") && ran.err.contains("a/********"), "{}", ran.err);
        assert!(!ran.out.contains(CANARY) && !ran.err.contains(CANARY), "{}{}", ran.out, ran.err);
    }
    std::fs::write(work.path("short.txt"), "abc").unwrap();
    let ran = work.run(&["arm", "a.json", "--secret", "token=file:short.txt"]);
    assert_eq!(ran.code, 1, "the constraints hold for secrets too");
    let ran = work.run(&["arm", "a.json", "--secret", "name=file:token.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`name` is not a secret"), "{}", ran.err);
}

/// What a template makes of a secret's inside may not be shown, whatever it is.
#[test]
fn a_template_that_looks_into_a_secret_shows_nothing_of_it() {
    let work = workplace();
    std::fs::write(work.path("key.json"), json!({ "mail": CANARY, "id": 1 }).to_string()).unwrap();
    std::fs::write(work.path("number.txt"), "12345").unwrap();
    let mut reads = template("[json(parameters('token')).mail]");
    std::fs::write(work.path("json.json"), reads.to_string()).unwrap();
    let ran = work.run(&["arm", "json.json", "--secret", "token=file:key.json", "--format", "json"]).ends_with(0);
    assert_eq!(ran.json()["resources"][0]["properties"]["note"], "********");
    reads["resources"][0]["properties"]["note"] = json!("[int(parameters('token'))]");
    std::fs::write(work.path("int.json"), reads.to_string()).unwrap();
    let ran = work.run(&["arm", "int.json", "--secret", "token=file:number.txt"]).ends_with(1).finds("SG7111");
    assert!(!ran.err.contains("12345"), "{}", ran.err);
    let ran = work.run(&["arm", "int.json", "--secret", "token=file:token.txt"]).ends_with(1);
    assert!(ran.err.contains("int.json:1:"), "{}", ran.err);
}

#[test]
fn two_templates_are_compared_by_what_they_evaluate_to() {
    let work = workplace();
    let mut same = template("[concat('o', 'ne')]");
    same["resources"][0]["properties"]["header"] = json!("[format('Bearer {0}', parameters('token'))]");
    std::fs::write(work.path("same.json"), same.to_string()).unwrap();
    let ran = work.run(&["arm", "a.json", "same.json", "--secret", "token=file:token.txt"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let ran = work.run(&["arm", "a.json", "b.json"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("-     \"note\": \"one\"") && ran.out.contains("+     \"note\": \"two\""), "{}", ran.out);
    let ran = work.run(&["arm", "a.json", "b.json", "--format", "json"]);
    let report = json_of(&ran);
    assert_eq!((&report["equal"], &report["differences"][0]["change"]), (&json!(false), &json!("changed")));
    // A difference in a secret is seen, and not shown.
    let mut twice = template("one");
    twice["resources"][0]["properties"]["header"] = json!("[concat('Bearer ', toUpper(parameters('token')))]");
    std::fs::write(work.path("twice.json"), twice.to_string()).unwrap();
    let ran = work.run(&["arm", "a.json", "twice.json", "--secret", "token=file:token.txt"]);
    assert_eq!(ran.code, 3);
    assert!(!ran.out.to_lowercase().contains(CANARY), "{}", ran.out);
}
