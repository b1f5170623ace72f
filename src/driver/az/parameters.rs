//! The parameters file of a deployment: all values, secret ones included, in a folder that nobody else can enter.

use crate::driver::secret::{MASKED, Secret, Source};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The value of one parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    Text(String),
    Bool(bool),
    Secret(Secret),
}

/// The values in the order of the template's parameters.
pub type Values = Vec<(String, Given)>;

/// What stands for a value that is known only when something has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown<'a> {
    Given(&'a Given),
    /// A secret that has not been read.
    Unread(&'a Source),
    /// In words.
    Later(&'a str),
}

/// The file on the disk. It is removed when this goes out of scope, on every way out of the program but a kill that
/// cannot be caught.
#[derive(Debug)]
pub struct ParametersFile {
    folder: TempDir,
    path: PathBuf,
}

impl ParametersFile {
    /// # Errors
    /// When the temporary folder or the file cannot be made.
    pub fn write(values: &Values) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("sentinel-gen-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir()?;
        let path = folder.path().join("parameters.json");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        let document = document(values.iter().map(|(name, value)| (name.as_str(), json_value(value))));
        file.write_all(pretty(&document).as_bytes())?;
        Ok(ParametersFile { folder, path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it now.
    ///
    /// # Errors
    /// When it is still there afterwards.
    pub fn remove(self) -> io::Result<()> {
        self.folder.close()
    }
}

fn json_value(given: &Given) -> Value {
    match given {
        Given::Text(text) => Value::from(text.as_str()),
        Given::Bool(value) => Value::from(*value),
        Given::Secret(secret) => Value::from(secret.reveal()),
    }
}

/// The file as a dry run shows it.
pub fn shown<'a>(values: impl IntoIterator<Item = (&'a str, Shown<'a>)>) -> String {
    pretty(&document(values.into_iter().map(|(name, value)| {
        let value = match value {
            Shown::Given(Given::Secret(_)) => Value::from(MASKED),
            Shown::Given(given) => json_value(given),
            Shown::Unread(source) => Value::from(format!("{MASKED} ({source})")),
            Shown::Later(words) => Value::from(words),
        };
        (name, value)
    })))
}

fn document<'a>(values: impl Iterator<Item = (&'a str, Value)>) -> Value {
    let parameters: Map<String, Value> =
        values.map(|(name, value)| (name.to_owned(), json!({ "value": value }))).collect();
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
    })
}

fn pretty(document: &Value) -> String {
    format!("{document:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Given {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        Given::Secret(Source::File(file.path().to_owned()).get("x").unwrap())
    }

    #[test]
    fn the_file_holds_the_values_and_goes_away() {
        let values = vec![
            ("workspaceName".to_owned(), Given::Text("ws".to_owned())),
            ("accessToken".to_owned(), secret("a\"b")),
            ("enableAnalyticRules".to_owned(), Given::Bool(false)),
        ];
        let file = ParametersFile::write(&values).unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            read["parameters"],
            json!({"workspaceName": {"value": "ws"}, "accessToken": {"value": "a\"b"}, "enableAnalyticRules": {"value": false}})
        );
        let folder = file.path().parent().unwrap().to_owned();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&folder), mode(file.path())), (0o700, 0o600));
        }
        drop(file);
        assert!(!folder.exists());
    }

    #[test]
    fn a_dry_run_shows_no_secret() {
        let value = secret("pul-canary");
        let source = Source::Environment("TOKEN".into());
        let text =
            shown([("a", Shown::Given(&value)), ("b", Shown::Unread(&source)), ("c", Shown::Later("the region"))]);
        assert!(!text.contains("canary"));
        assert!(text.contains("\"******** (the environment variable TOKEN)\""), "{text}");
        assert!(text.contains("\"the region\""));
    }
}
