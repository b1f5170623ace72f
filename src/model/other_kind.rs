//! What content a file holds, told by keys that no other kind has: a file in the wrong list is one slip, and not one for every
//! key that it has and lacks.

use super::decode::first_place;
use crate::diag::Diagnostic;
use crate::diag::rules::shape;
use crate::syntax::Node;

/// A kind of content: the list that it stands in, what people call it, and how to tell a file of it.
struct Sign {
    list: &'static str,
    what: &'static str,
    holds: fn(&Node) -> bool,
}

/// Kinds with a file of their own format. A hunting query has no key that others lack, and so is last.
const SIGNS: [Sign; 8] = [
    Sign {
        list: "analyticRules",
        what: "an analytic rule",
        holds: |file| {
            has_one(file, &["queryFrequency", "queryPeriod", "triggerOperator"]) || text(file, "kind") == Some("NRT")
        },
    },
    Sign {
        list: "parsers",
        what: "a parser",
        holds: |file| has_one(file, &["FunctionName", "FunctionQuery", "ParserName", "ParserQuery"]),
    },
    Sign {
        list: "summaryRules",
        what: "a summary rule",
        holds: |file| has_one(file, &["binSize", "destinationTable"]),
    },
    Sign { list: "customDetections", what: "a custom detection", holds: |file| has_one(file, &["contentProvenance"]) },
    Sign { list: "connectors", what: "the page of a connector", holds: |file| has_one(file, &["instructionSteps"]) },
    Sign {
        list: "workbooks",
        what: "a workbook",
        holds: |file| text(file, "version").is_some_and(|version| version.starts_with("Notebook/")),
    },
    Sign { list: "watchlists", what: "a watchlist", holds: |file| has_one(file, &["itemsSearchKey"]) },
    Sign {
        list: "huntingQueries",
        what: "a hunting query",
        holds: |file| has_one(file, &["query"]) && has_one(file, &["name"]) && !has_one(file, &["severity"]),
    },
];

/// Types of resources whose templates are files of a kind: the last word of the type, what people call it, and what to do.
const TEMPLATES: [(&str, &str, &str); 5] = [
    ("workflows", "the template of a playbook", "list it under `playbooks`"),
    ("customapis", "the template of a custom connector", "list it under `playbooks`"),
    ("sites", "the template of a function app", "list it under `playbooks`"),
    ("watchlists", "the template of a watchlist", "list it under `watchlists`"),
    (
        "alertrules",
        "an analytic rule exported as an ARM template",
        "write its properties with the keys of a rule, in place or in a YAML file: `displayName` is `name`, `PT1H` is `1h`",
    ),
];

/// What is wrong with a file of another kind than its list; `path` is the place of the spec that names it.
pub fn finding(file: &Node, path: &str) -> Option<Diagnostic> {
    let list = path.split('[').next().unwrap_or_default();
    let (what, help) = match file.get("resources") {
        Some(_) if list == "watchlists" => return None,
        Some(_) => template(file, list),
        None => {
            let own = SIGNS.iter().find(|sign| sign.list == list);
            let sign = SIGNS.iter().find(|sign| (sign.holds)(file))?;
            if sign.list == list || own.is_some_and(|own| (own.holds)(file)) {
                return None;
            }
            (sign.what.to_owned(), format!("list it under `{}`", sign.list))
        }
    };
    let message = format!("this file is {what}, and stands under `{list}`");
    Some(Diagnostic::new(&shape::OTHER_KIND, first_place(file), message).label("in this file").help(help))
}

fn template(file: &Node, list: &str) -> (String, String) {
    let resources = file.get("resources").and_then(|entry| entry.value.items()).unwrap_or_default();
    let last_word = |ty: &str| ty.rsplit('/').next().unwrap_or_default().to_owned();
    let types: Vec<String> = resources.iter().filter_map(|one| text(one, "type")).map(last_word).collect();
    let known = TEMPLATES.iter().find(|(word, ..)| types.iter().any(|ty| ty.eq_ignore_ascii_case(word)));
    match known {
        Some((_, what, help)) => ((*what).to_owned(), (*help).to_owned()),
        None => {
            let first = types.first().map_or_else(String::new, |ty| format!(" of `{ty}`"));
            let help = format!("write what it deploys with the keys of `{list}`, or name a file that has them");
            (format!("an ARM template{first}"), help)
        }
    }
}

fn has_one(file: &Node, keys: &[&str]) -> bool {
    keys.iter().any(|key| file.get(key).is_some())
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.value.as_scalar().map(|scalar| scalar.text.as_str())
}
