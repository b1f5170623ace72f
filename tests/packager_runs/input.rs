//! The packaging tool's input folder as a spec.

use sentinel_gen::driver::world::DiskWorld;
use sentinel_gen::source::{FileError, World};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the spec in the world of a case.
pub const SPEC: &str = "sentinel.yaml";

/// The keys of a data file whose entries our spec takes as files, and the keys of the spec.
const CARRIED: [(&str, &str); 9] = [
    ("Data Connectors", "connectors"),
    ("Analytic Rules", "analyticRules"),
    ("Hunting Queries", "huntingQueries"),
    ("Parsers", "parsers"),
    ("Watchlists", "watchlists"),
    ("Summary Rules", "summaryRules"),
    ("SummaryRules", "summaryRules"),
    ("Workbooks", "workbooks"),
    ("Playbooks", "playbooks"),
];

/// The keys of custom detections. They are in no package, and so have no place in its order.
const DETECTIONS: [&str; 2] = ["XDR Detections", "Custom Detections"];

/// Lists of a data file that hold no files.
const LISTS: [&str; 4] =
    ["StaticDataConnectorIds", "dependentDomainSolutionIds", "WatchlistDescription", "WorkbookDescription"];

/// What a data file says on the installation page about a kind, and that kind.
const PAGE_TEXTS: [(&str, &str); 5] = [
    ("WorkbookBladeDescription", "workbooks"),
    ("AnalyticalRuleBladeDescription", "analyticRules"),
    ("HuntingQueryBladeDescription", "huntingQueries"),
    ("WatchlistDescription", "watchlists"),
    ("PlaybooksBladeDescription", "playbooks"),
];

/// An input folder.
pub struct Folder {
    path: PathBuf,
    data: Value,
    metadata: Value,
}

/// JSON or YAML; JSON may have commas too many.
pub fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn parse(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).or_else(|_| serde_yaml::from_str(text).map_err(|error| error.to_string()))
}

impl Folder {
    pub fn read(path: &Path) -> Self {
        let data_folder = path.join("Data");
        let names = crate::names(&data_folder);
        let generated = |name: &String| name.ends_with(".json") && !name.starts_with("system_generated");
        let data = names.iter().find(|name| generated(name)).expect("a data file");
        Folder {
            path: path.to_owned(),
            data: read(&data_folder.join(data)),
            metadata: read(&path.join("SolutionMetadata.json")),
        }
    }

    /// The solution's name.
    pub fn name(&self) -> &str {
        self.data["Name"].as_str().expect("a name")
    }

    /// The spec, and the files that it names, those of `repairs` repaired.
    pub fn world(&self, own: Option<&str>, repairs: Vec<Repair>) -> Input {
        let mut spec = self.spec();
        if let Some(own) = own {
            let own: Value = serde_yaml::from_str(own).expect("our part of the spec is YAML");
            merge(&mut spec, self.substituted(own));
        }
        Input { repairs, ..Input::new(spec.to_string(), &self.path) }
    }

    fn spec(&self) -> Value {
        let mut spec = Map::new();
        spec.insert("version".to_owned(), 1.into());
        spec.insert("solution".to_owned(), self.solution());
        for (theirs, ours) in CARRIED.into_iter().chain(DETECTIONS.map(|theirs| (theirs, "customDetections"))) {
            if let Some(files) = self.files(theirs) {
                let items: Vec<Value> = files.iter().map(|file| self.item(ours, file)).collect();
                spec.insert(ours.to_owned(), items.into());
            }
        }
        for key in self.unknown() {
            spec.insert(key.clone(), self.data[&key].clone());
        }
        spec.into()
    }

    fn solution(&self) -> Value {
        let mut solution = Map::new();
        let mut set = |key: &str, value: &Value| {
            if !value.is_null() {
                solution.insert(key.to_owned(), value.clone());
            }
        };
        for key in ["publisherId", "offerId", "providers", "support", "firstPublishDate", "lastPublishDate"] {
            set(key, &self.metadata[key]);
        }
        let mut categories = self.metadata["categories"].clone();
        if let Some(categories) = categories.as_object_mut() {
            categories.retain(|_, list| list.as_array().is_some_and(|list| !list.is_empty()));
        }
        set("categories", &categories);
        set("name", &self.data["Name"]);
        set("version", &self.data["Version"]);
        set("description", &self.data["Description"]);
        // The tool has no place for it.
        set("summary", &"Made of the inputs of the packaging tool.".into());
        let author = self.data["Author"].as_str().expect("an author");
        match author.split_once(" - ") {
            Some((name, email)) => {
                set("author", &name.into());
                set("authorEmail", &email.into());
            }
            None => set("author", &author.into()),
        }
        set("dependencies", &self.data["dependentDomainSolutionIds"]);
        let texts = PAGE_TEXTS.iter().filter_map(|(theirs, ours)| Some(((*ours).to_owned(), self.page_text(theirs)?)));
        set("installationPage", &texts.collect::<Map<_, _>>().into());
        let place = |theirs: &str| self.data.as_object().and_then(|data| data.keys().position(|key| key == theirs));
        let mut order: Vec<(usize, &str)> = CARRIED
            .iter()
            .filter(|(theirs, _)| self.files(theirs).is_some())
            .filter_map(|(theirs, ours)| Some((place(theirs)?, *ours)))
            .collect();
        order.sort_unstable();
        set("contentOrder", &order.into_iter().map(|(_, ours)| ours).collect::<Vec<_>>().into());
        solution.into()
    }

    /// What the data file says on the installation page about a kind.
    fn page_text(&self, key: &str) -> Option<Value> {
        self.data[key].as_str().filter(|text| !text.is_empty()).map(Value::from)
    }

    /// A file as an item of the spec.
    fn item(&self, key: &str, file: &str) -> Value {
        match key {
            "workbooks" => self.workbook(file),
            "connectors" if self.is_static(file) => json!({ "file": file, "kind": "StaticUI" }),
            _ => json!({ "file": file }),
        }
    }

    /// Whether a connector's file is one of those that the data file calls static.
    fn is_static(&self, file: &str) -> bool {
        let path = self.path.join(file);
        let id = path.is_file().then(|| read(&path)["id"].clone());
        let listed = self.data["StaticDataConnectorIds"].as_array();
        id.zip(listed).is_some_and(|(id, listed)| listed.contains(&id))
    }

    /// A workbook's file and its entry, which the tool finds by the name of the file. The lists stand in the input folder or
    /// beside it.
    fn workbook(&self, file: &str) -> Value {
        let name = file.rsplit('/').next().unwrap_or_default();
        let folders = [Some(self.path.as_path()), self.path.parent()].into_iter().flatten();
        let lists = folders.flat_map(|folder| crate::names(folder).into_iter().map(|list| folder.join(list)));
        let is_list = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("WorkbooksMetadata"))
        };
        let entries = lists.filter(is_list).flat_map(|list| read(&list).as_array().cloned().unwrap_or_default());
        let entry = entries.into_iter().find(|entry| entry["templateRelativePath"] == name);
        let mut item = entry.unwrap_or_else(|| json!({}));
        item["file"] = file.into();
        item
    }

    /// Keys of the data file with files that are no kind of content.
    fn unknown(&self) -> Vec<String> {
        let carried = |key: &str| CARRIED.iter().any(|(theirs, _)| *theirs == key) || DETECTIONS.contains(&key);
        let known = |key: &str| carried(key) || LISTS.contains(&key);
        let data = self.data.as_object().into_iter().flatten();
        data.filter(|(key, value)| value.as_array().is_some_and(|files| !files.is_empty()) && !known(key))
            .map(|(key, _)| key.clone())
            .collect()
    }

    /// The files that the data file lists under a key, by their paths on the disk; `None` if there are none.
    fn files(&self, key: &str) -> Option<Vec<String>> {
        let listed = self.data.get(key)?.as_array()?;
        let files: Vec<String> = listed.iter().filter_map(|file| Some(self.on_disk(file.as_str()?))).collect();
        (!files.is_empty()).then_some(files)
    }

    /// Paths may begin with the solution's folder, and may be in another case than the file's.
    fn on_disk(&self, listed: &str) -> String {
        let prefix = format!("Solutions/{}/", self.name());
        let below = listed.strip_prefix(&prefix).unwrap_or(listed);
        let mut found = String::new();
        for part in below.split('/') {
            let names = fs::read_dir(self.path.join(&found)).map(|entries| {
                let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
                names.collect::<Vec<_>>()
            });
            let names = names.unwrap_or_default();
            let exact = names.iter().find(|name| *name == part);
            let actual = exact.or_else(|| names.iter().find(|name| name.eq_ignore_ascii_case(part)));
            let actual = actual.map_or(part, String::as_str);
            found = if found.is_empty() { actual.to_owned() } else { format!("{found}/{actual}") };
        }
        found
    }

    /// The value with `${path#/pointer}` replaced by what stands there in the input.
    fn substituted(&self, value: Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
                Some(place) => self.at(place),
                None => Value::String(text),
            },
            Value::Array(items) => items.into_iter().map(|item| self.substituted(item)).collect(),
            Value::Object(members) => {
                members.into_iter().map(|(name, value)| (name, self.substituted(value))).collect::<Map<_, _>>().into()
            }
            other => other,
        }
    }

    /// `place` is the end of a file's path, and a JSON pointer.
    fn at(&self, place: &str) -> Value {
        let (file, pointer) = place.split_once('#').unwrap_or((place, ""));
        let entries =
            walkdir::WalkDir::new(&self.path).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
        let found: Vec<_> = entries.filter(|entry| entry.path().ends_with(file)).collect();
        let [found] = found.as_slice() else { panic!("{} files are called {file}", found.len()) };
        let document = read(found.path());
        document.pointer(pointer).unwrap_or_else(|| panic!("{file} has nothing at {pointer}")).clone()
    }
}

/// Puts `over` over `under`: objects member by member, everything else as a whole; `null` takes a member away.
fn merge(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (name, value) in over {
                if value.is_null() {
                    under.shift_remove(&name);
                } else {
                    merge(under.entry(name).or_insert(Value::Null), value);
                }
            }
        }
        (under, over) => *under = over,
    }
}

/// What whoever brings a file with a defect that we refuse would mend in it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    pub file: String,
    /// Why we refuse the file as it is.
    pub because: String,
    from: String,
    to: String,
}

impl Repair {
    /// The repairs of a case; none if it has no such file.
    pub fn read(path: &Path) -> Vec<Self> {
        let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
        let repairs: Vec<Repair> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(repairs.iter().all(|repair| !repair.because.is_empty()), "{}: a repair says nothing", path.display());
        repairs
    }
}

/// The world of a case: the spec, and the files of the input folder.
pub struct Input {
    spec: String,
    folder: DiskWorld,
    repairs: Vec<Repair>,
}

impl Input {
    pub fn new(spec: String, folder: &Path) -> Self {
        Input { spec, folder: DiskWorld::new(folder), repairs: Vec::new() }
    }
}

impl World for Input {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if path == SPEC {
            return Ok(self.spec.clone().into_bytes());
        }
        let mut bytes = self.folder.bytes(path)?;
        for repair in self.repairs.iter().filter(|repair| repair.file == path) {
            let text = String::from_utf8(bytes).expect("a repaired file is a text");
            assert!(text.contains(&repair.from), "{path} has no {:?} to repair", repair.from);
            bytes = text.replace(&repair.from, &repair.to).into_bytes();
        }
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, FileError> {
        self.folder.list(folder)
    }
}
