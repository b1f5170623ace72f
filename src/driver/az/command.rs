//! The commands that are run, as lists of words, and how they look in a shell.

use super::Place;
use sha2::{Digest, Sha256};

/// One call of az. None of its words is a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// For people, in the form "ask for the region".
    pub purpose: String,
    /// Without `az` itself.
    pub words: Vec<String>,
}

impl Step {
    fn new(purpose: impl Into<String>, words: &[&str], place: &Place) -> Self {
        let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        if let Some(subscription) = &place.subscription {
            words.extend(["--subscription".to_owned(), subscription.clone()]);
        }
        Step { purpose: purpose.into(), words }
    }

    /// The command as a POSIX shell takes it.
    pub fn shell_line(&self) -> String {
        let mut line = "az".to_owned();
        for word in &self.words {
            line.push(' ');
            line.push_str(&quoted(word));
        }
        line
    }
}

/// A word as a POSIX shell takes it: as it is if nothing in it means anything there, else in single quotes.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_@%+=:,./-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// What a deployment or a stack of a solution is called: the same each time, so that the next one takes its place.
/// Azure takes up to 64 letters, digits, `-`, `_`, `.`, `(` and `)`; a longer name keeps its head and gets a hash.
pub fn deployment_name(solution: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let name: String = format!("sentinel-gen-{solution}").chars().map(|c| if fits(c) { c } else { '-' }).collect();
    let changed = name != format!("sentinel-gen-{solution}");
    if name.len() <= 64 && !changed {
        return name;
    }
    let hash: String = Sha256::digest(solution.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hash}", name.get(..name.len().min(55)).unwrap_or(&name))
}

/// Asks for the region of the workspace; answers with one line.
pub fn region(place: &Place) -> Step {
    Step::new(
        "ask for the workspace's region",
        &[
            "monitor",
            "log-analytics",
            "workspace",
            "show",
            "--resource-group",
            &place.resource_group,
            "--workspace-name",
            &place.workspace,
            "--query",
            "location",
            "--output",
            "tsv",
        ],
        place,
    )
}

/// What is done with the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Create,
    Validate,
    WhatIf,
}

/// Hands a template and its parameters to a plain deployment. `parameters`: path of the parameters file.
pub fn deployment(mode: Mode, name: &str, template: &str, parameters: &str, place: &Place) -> Step {
    let (purpose, verb) = match mode {
        Mode::Create => ("deploy the bundle", "create"),
        Mode::Validate => ("let Azure validate the bundle", "validate"),
        Mode::WhatIf => ("ask what the deployment would change", "what-if"),
    };
    let file = format!("@{parameters}");
    let mut words = vec!["deployment", "group", verb, "--resource-group", &place.resource_group, "--name", name];
    words.extend(["--template-file", template, "--parameters", &file, "--no-prompt", "true"]);
    // The whole answer repeats the parameters; the rest of it is told by az's exit code.
    match mode {
        Mode::Create => words.extend(["--query", "properties.outputs", "--output", "json"]),
        Mode::Validate => words.extend(["--output", "none"]),
        Mode::WhatIf => {}
    }
    Step::new(purpose, &words, place)
}

/// Hands a template and its parameters to a deployment stack. What falls out of the bundle stays, and is named in the
/// answer's `detached`.
pub fn stack(mode: Mode, name: &str, template: &str, parameters: &str, place: &Place) -> Step {
    let file = format!("@{parameters}");
    let verb = if mode == Mode::Create { "create" } else { "validate" };
    let mut words = vec!["stack", "group", verb, "--resource-group", &place.resource_group, "--name", name];
    words.extend(["--template-file", template, "--parameters", &file]);
    words.extend(["--action-on-unmanage", "detachAll", "--deny-settings-mode", "none"]);
    if mode == Mode::Create {
        words.extend(["--yes", "--query", "{outputs: outputs, detached: detachedResources[].id}", "--output", "json"]);
        Step::new("deploy the bundle as a stack", &words, place)
    } else {
        words.extend(["--output", "none"]);
        Step::new("let Azure validate the stack", &words, place)
    }
}

/// Lists the ids of what a stack holds, as a JSON array. Fails with code 3 where there is no such stack.
pub fn stack_resources(name: &str, place: &Place) -> Step {
    let group = &place.resource_group;
    Step::new(
        "ask what the deployment stack holds",
        &[
            "stack",
            "group",
            "show",
            "--resource-group",
            group,
            "--name",
            name,
            "--query",
            "resources[].id",
            "--output",
            "json",
        ],
        place,
    )
}

/// Lists the data connectors of a workspace, page by page, as an object of `connections` and `next`, the address of the next page.
pub fn connections(folder: &str, api_version: &str, place: &Place) -> Step {
    connections_at(&format!("{folder}?api-version={api_version}"), place)
}

/// The page of that list that has this address.
pub fn connections_at(url: &str, place: &Place) -> Step {
    let query = "{connections: value[].{name: name, definition: properties.connectorDefinitionName}, next: nextLink}";
    let words = ["rest", "--method", "get", "--url", url, "--query", query, "--output", "json"];
    Step::new("ask which connections there are", &words, place)
}

/// Deletes a stack. `with_resources`: and all that it holds, tables and their data included.
pub fn stack_delete(name: &str, with_resources: bool, place: &Place) -> Step {
    let (purpose, action) = if with_resources {
        ("delete the deployment stack with all that it holds", "deleteResources")
    } else {
        ("delete the deployment stack and leave what it holds", "detachAll")
    };
    let group = &place.resource_group;
    Step::new(
        purpose,
        &[
            "stack",
            "group",
            "delete",
            "--resource-group",
            group,
            "--name",
            name,
            "--action-on-unmanage",
            action,
            "--yes",
        ],
        place,
    )
}

/// Deletes one resource by its address, whose type takes that apiVersion.
pub fn delete(purpose: String, id: &str, api_version: &str, place: &Place) -> Step {
    let url = format!("{id}?api-version={api_version}");
    Step::new(purpose, &["rest", "--method", "delete", "--url", &url], place)
}

/// Deletes one resource of a type that this program does not know; az finds the apiVersion.
pub fn delete_unknown(purpose: String, id: &str, place: &Place) -> Step {
    Step::new(purpose, &["resource", "delete", "--ids", id], place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place { resource_group: "rg (test)".into(), workspace: "ws-prod".into(), subscription: None }
    }

    #[test]
    fn words_are_quoted_only_where_a_shell_needs_it() {
        let cases = [
            ("rg-1", "rg-1"),
            ("@/tmp/p.json", "@/tmp/p.json"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$HOME", "'$HOME'"),
            ("{a: b[].c}", "'{a: b[].c}'"),
            ("~", "'~'"),
            ("a\nb", "'a\nb'"),
            ("größe", "'größe'"),
        ];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected);
        }
    }

    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        for word in ["plain", "it's", "$(x) `y` \\ \"z\" !", "a\nb", "*", "#"] {
            let script = format!("printf %s {}", quoted(word));
            let output = std::process::Command::new("sh").arg("-c").arg(script).output().unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), word);
        }
    }

    #[test]
    fn commands_are_as_az_takes_them() {
        let line = deployment(Mode::Create, "n", "out/azuredeploy.json", "/tmp/p.json", &place()).shell_line();
        assert_eq!(
            line,
            "az deployment group create --resource-group 'rg (test)' --name n --template-file out/azuredeploy.json \
             --parameters @/tmp/p.json --no-prompt true --query properties.outputs --output json"
        );
        let place = Place { subscription: Some("s".into()), ..place() };
        assert!(region(&place).shell_line().ends_with("--query location --output tsv --subscription s"));
    }

    #[test]
    fn deployment_names_are_stable_and_fit() {
        assert_eq!(deployment_name("pulumi-cloud"), "sentinel-gen-pulumi-cloud");
        let long = deployment_name(&"x".repeat(200));
        assert_eq!(long.len(), 64);
        assert_ne!(long, deployment_name(&"x".repeat(201)));
        let odd = deployment_name("Größe (2)");
        assert!(odd.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{odd}");
        assert_ne!(odd, deployment_name("Grüße (2)"));
    }
}
