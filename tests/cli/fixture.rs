//! A folder with specs, an `az` that writes everything down, and the program run in it.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What must never be seen anywhere but in the parameters file.
pub const CANARY: &str = "pul-canary-0123456789";

pub struct Workplace {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Workplace {
    /// With the Pulumi spec at `spec/pulumi-cloud/`.
    pub fn new() -> Self {
        let work = Workplace { folder: tempfile::tempdir().unwrap() };
        work.copy_spec("spec/pulumi-cloud", |text| text);
        std::fs::create_dir(work.path("log")).unwrap();
        std::fs::create_dir(work.path("tmp")).unwrap();
        work.connections(&[], Value::Null);
        work
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Another copy of the Pulumi spec, with its text changed.
    pub fn copy_spec(&self, to: &str, change: impl Fn(String) -> String) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/pulumi-cloud");
        let to = self.path(to);
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let text = if entry.file_name() == "sentinel.yaml" { change(text) } else { text };
            std::fs::write(to.join(entry.file_name()), text).unwrap();
        }
    }

    /// Puts an `az` on `PATH` that answers with this shell script.
    #[cfg(unix)]
    pub fn az(&self, answer: &str) -> &Self {
        use std::os::unix::fs::PermissionsExt;
        let program = self.path("bin/az");
        std::fs::create_dir_all(self.path("bin")).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/data/az"), &program).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let region = "case $words in *'workspace show'*) echo westeurope; exit 0;; esac\n";
        let connections = "case $words in 'rest --method get'*) cat \"$AZ_LOG/connections\"; exit 0;; esac\n";
        std::fs::write(self.path("log/answer"), format!("{region}{connections}{answer}\n")).unwrap();
        self
    }

    /// What `az` says when it is asked for the connections of the workspace: names, with `@` and the page's where it is not
    /// that of the Pulumi spec; and where the next page of the list is.
    pub fn connections(&self, names: &[&str], next: Value) {
        let one = |name: &&str| {
            let (name, definition) = name.split_once('@').unwrap_or((name, "pulumiauditlogsdefinition"));
            json!({ "name": name, "definition": definition })
        };
        let answer = json!({ "connections": names.iter().map(one).collect::<Vec<_>>(), "next": next });
        std::fs::write(self.path("log/connections"), answer.to_string()).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("sentinel-gen").unwrap();
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("PATH", format!("{}:/usr/bin:/bin", self.path("bin").display()))
            .env("TMPDIR", self.path("tmp"))
            .env("AZ_LOG", self.path("log"))
            .env("TOKEN", CANARY)
            .env_remove("NO_COLOR")
            .env_remove("COLUMNS")
            .env("LC_ALL", "C.UTF-8");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// The calls of az, each as its words with a space between.
    pub fn calls(&self) -> Vec<String> {
        let Ok(log) = std::fs::read_to_string(self.path("log/arguments")) else { return Vec::new() };
        log.split("---\n").filter(|call| !call.is_empty()).map(|call| call.trim_end().replace('\n', " ")).collect()
    }

    /// Asserts that the secret is in no file below the folder but the copy that the fake az made, and that nothing is
    /// left in the temporary folder.
    pub fn assert_no_trace(&self) {
        let left: Vec<_> = std::fs::read_dir(self.path("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(left.is_empty(), "left behind: {left:?}");
        for entry in walkdir::WalkDir::new(self.folder.path()) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() && !entry.path().ends_with("log/parameters.json") {
                let bytes = std::fs::read(entry.path()).unwrap();
                let found = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
                assert!(!found, "the secret is in {}", entry.path().display());
            }
        }
    }
}

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asserts the exit code; shows everything if it is another one.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        assert!(!self.out.contains(CANARY) && !self.err.contains(CANARY), "the secret is shown");
        self
    }

    /// Asserts that a finding with this code was shown.
    #[track_caller]
    pub fn finds(self, code: &str) -> Self {
        assert!(self.err.contains(&format!("[{code}]")), "no {code} in:\n{}", self.err);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no `{text}` in:\n{}", self.err);
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in:\n{}", self.out))
    }
}

/// Compares with `tests/cli/data/<name>`; `SENTINEL_GEN_BLESS=1` writes it instead.
#[track_caller]
pub fn assert_expected(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/data").join(name);
    crate::expected::expect(&file, text);
}
