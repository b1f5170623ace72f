//! Two templates compared as parsed JSON, and the list of the places where they are meant to differ.
//!
//! Members of objects have no order. Strings that are expressions of the same pass are compared as parsed expressions. Where a
//! text is one that the tool itself writes for people to read, only its place is compared: ours are our own words.

use sentinel_gen::arm::parse;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Places at which a case may differ at most.
const MAX_DIFFERENCES: usize = 30;

/// Places of texts that the tool writes for people: the tool's own sentences, whatever the solution is. `*` is one member.
const FOR_PEOPLE: [&str; 11] = [
    "mainTemplate.json/parameters/*/metadata/description",
    "testParameters.json/*/metadata/description",
    "mainTemplate.json/resources/*/properties/descriptionHtml",
    "createUiDefinition.json/parameters/config/basics/description",
    "createUiDefinition.json/parameters/config/basics/location/metadata/hidden",
    "createUiDefinition.json/parameters/basics/*/toolTip",
    "createUiDefinition.json/parameters/basics/*/placeholder",
    "createUiDefinition.json/parameters/steps/*/subLabel/preValidation",
    "createUiDefinition.json/parameters/steps/*/subLabel/postValidation",
    "createUiDefinition.json/parameters/steps/*/elements/*/options/text",
    "createUiDefinition.json/parameters/steps/*/elements/*/options/link/label",
];

/// How the sentence about what a hunting query needs begins, behind its description: the tool's, and ours.
const NEEDS: (&str, &str) = (" This hunting query depends on ", " It needs: ");

/// A place that differs.
pub struct Difference {
    /// File and JSON pointer.
    pub place: String,
    pub what: String,
}

pub fn documents(file: &str, theirs: &Value, ours: &Value, found: &mut Vec<Difference>) {
    compare(file, theirs, ours, found);
}

fn compare(place: &str, theirs: &Value, ours: &Value, found: &mut Vec<Difference>) {
    match (theirs, ours) {
        (Value::Object(theirs), Value::Object(ours)) => objects(place, theirs, ours, found),
        (Value::Array(theirs), Value::Array(ours)) => {
            for index in 0..theirs.len().max(ours.len()) {
                both(&format!("{place}/{index}"), theirs.get(index), ours.get(index), found);
            }
        }
        (Value::String(theirs), Value::String(ours)) if is_for_people(place) => {
            if theirs.trim().is_empty() != ours.trim().is_empty() {
                note(place, "one of the texts is empty".to_owned(), found);
            }
        }
        (Value::String(theirs), Value::String(ours)) if same_text(theirs, ours) => {}
        _ if theirs == ours => {}
        _ => note(place, format!("theirs: {}\nours:   {}", short(theirs), short(ours)), found),
    }
}

fn both(place: &str, theirs: Option<&Value>, ours: Option<&Value>, found: &mut Vec<Difference>) {
    match (theirs, ours) {
        (Some(theirs), Some(ours)) => compare(place, theirs, ours, found),
        (Some(theirs), None) => note(place, format!("only theirs: {}", short(theirs)), found),
        (None, Some(ours)) => note(place, format!("only ours: {}", short(ours)), found),
        (None, None) => {}
    }
}

/// A member that is spelled in another case is one difference; its values are compared.
fn objects(place: &str, theirs: &Map<String, Value>, ours: &Map<String, Value>, found: &mut Vec<Difference>) {
    let mut paired = Vec::new();
    for (name, value) in theirs {
        let place = format!("{place}/{}", escaped(name));
        let respelled =
            || ours.iter().find(|(other, _)| other.eq_ignore_ascii_case(name) && !theirs.contains_key(*other));
        let other = match ours.get_key_value(name).or_else(respelled) {
            Some((other, _)) if other != name => {
                note(&place, format!("spelled {other} by us"), found);
                Some(other)
            }
            Some((other, _)) => Some(other),
            None => None,
        };
        both(&place, Some(value), other.and_then(|other| ours.get(other)), found);
        paired.extend(other);
    }
    for (name, value) in ours.iter().filter(|(name, _)| !paired.contains(name)) {
        note(&format!("{place}/{}", escaped(name)), format!("only ours: {}", short(value)), found);
    }
}

fn note(place: &str, what: String, found: &mut Vec<Difference>) {
    found.push(Difference { place: place.to_owned(), what });
}

/// A name as a JSON pointer has it.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn is_for_people(place: &str) -> bool {
    FOR_PEOPLE.iter().any(|pattern| {
        let (mut pattern, mut place) = (pattern.split('/'), place.split('/'));
        loop {
            match (pattern.next(), place.next()) {
                (None, None) => return true,
                (Some("*"), Some(_)) => {}
                (Some(one), Some(other)) if one == other => {}
                _ => return false,
            }
        }
    })
}

/// Equal texts, or the same expression of the same pass, whatever its white space.
fn same_text(theirs: &str, ours: &str) -> bool {
    let parsed = |text: &str| {
        let inner = text.trim_start_matches('[');
        let passes = text.len() - inner.len();
        parse::expression(inner.strip_suffix(']')?).ok().filter(|_| passes > 0).map(|expression| (passes, expression))
    };
    theirs == ours || (parsed(theirs).is_some() && parsed(theirs) == parsed(ours)) || same_query_text(theirs, ours)
}

fn same_query_text(theirs: &str, ours: &str) -> bool {
    let described = theirs.split_once(NEEDS.0).zip(ours.split_once(NEEDS.1));
    described.is_some_and(|((theirs, _), (ours, _))| theirs == ours)
}

/// The differences that are meant: `reason: [places]`.
pub struct Meant(BTreeMap<String, String>);

impl Meant {
    /// An absent file: none.
    pub fn read(path: &Path) -> Self {
        let Ok(text) = std::fs::read_to_string(path) else { return Meant(BTreeMap::new()) };
        let reasons: BTreeMap<String, Vec<String>> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut places = BTreeMap::new();
        for (reason, of_reason) in reasons {
            for place in of_reason {
                let twice = places.insert(place, reason.clone());
                assert!(twice.is_none(), "{}: a place stands twice: {twice:?}", path.display());
            }
        }
        Meant(places)
    }

    /// # Errors
    /// What differs and is not listed, and what is listed and does not differ.
    pub fn judge(&self, found: &[Difference]) -> Result<(), String> {
        let mut wrong = String::new();
        if self.0.len() > MAX_DIFFERENCES {
            let _ = writeln!(wrong, "{} differences are listed; {MAX_DIFFERENCES} at most", self.0.len());
        }
        for difference in found.iter().filter(|difference| !self.0.contains_key(&difference.place)) {
            let _ = writeln!(wrong, "{}\n{}", difference.place, difference.what);
        }
        for (place, reason) in &self.0 {
            if !found.iter().any(|difference| difference.place == *place) {
                let _ = writeln!(wrong, "listed, and no longer different: {place} ({reason})");
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}
