//! Stable identifiers: GUIDs of version 5 in a namespace made from the offer id, and symbols of the graph.

use crate::ir::graph::Symbol;
use uuid::Uuid;

/// The project's own namespace; changing it would change every derived id of every solution.
const PROJECT: Uuid = Uuid::from_u128(0x5d0c_9a51_7b0e_5f3c_9a64_0f6f_1c1d_2e3b);

/// The GUID of a thing with a short name, e.g. `("analyticRule", "stack-deleted")`.
pub fn guid(offer_id: &str, kind: &str, short: &str) -> String {
    let namespace = Uuid::new_v5(&PROJECT, offer_id.as_bytes());
    Uuid::new_v5(&namespace, format!("{kind}/{short}").as_bytes()).hyphenated().to_string()
}

/// `8-4-4-4-12` hexadecimal digits in any case; gives the lower-case form.
pub fn parse_guid(text: &str) -> Option<String> {
    let shaped =
        text.len() == 36 && text.bytes().enumerate().all(|(i, b)| (b == b'-') == matches!(i, 8 | 13 | 18 | 23));
    shaped.then(|| Uuid::try_parse(text).ok()).flatten().map(|uuid| uuid.hyphenated().to_string())
}

/// A Bicep identifier from a prefix and a name: `rule` and `stack-deleted` give `ruleStackDeleted`.
pub fn symbol(prefix: &str, name: &str) -> Symbol {
    Symbol(format!("{prefix}{}", pascal_case(name)))
}

/// `Pulumi Cloud - Stack Deleted` and `stack-deleted` as `PulumiCloudStackDeleted` and `StackDeleted`.
pub fn pascal_case(name: &str) -> String {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let (head, tail) = word.split_at(1);
            format!("{}{tail}", head.to_ascii_uppercase())
        })
        .collect()
}
