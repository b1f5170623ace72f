//! Secrets: where they come from, and how they are kept out of everything that is shown.

use super::arguments::Arguments;
use crate::diag::Diagnostic;
use crate::diag::rules::azure;
use crate::source::{FileError, Span};
use std::fmt;
use std::io::Read;
use std::path::PathBuf;

/// Greatest size in bytes of a file that holds a secret. A parameter of a deployment takes far less than that.
const MAX_SECRET_BYTES: u64 = 64 * 1024;
/// What stands where a secret would.
pub const MASKED: &str = "********";

/// A value that nobody may see. It has no `Display`, and its `Debug` shows asterisks.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself: for the parameters file and nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASKED)
    }
}

/// Where a secret is to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An environment variable.
    Environment(String),
    /// A file; one line break at its end is not part of the secret.
    File(PathBuf),
    /// The terminal, without echo.
    Prompt,
}

impl Source {
    /// Reads `env:VAR`, `file:PATH` or `prompt`. `None` for anything else, which may be the secret itself: it must not
    /// be shown.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("env", name)) if !name.is_empty() => Some(Source::Environment(name.to_owned())),
            Some(("file", path)) if !path.is_empty() => Some(Source::File(PathBuf::from(path))),
            None if text == "prompt" => Some(Source::Prompt),
            _ => None,
        }
    }

    /// Reads `NAME=SOURCE`, the value of `--secret`, and adds both words to the command line.
    ///
    /// # Errors
    /// A finding that does not show what may be the secret itself.
    pub fn named<'o>(option: &'o str, arguments: &mut Arguments) -> Result<(&'o str, Self, Span), Box<Diagnostic>> {
        arguments.word("--secret");
        let (name, source) = option.split_once('=').unwrap_or((MASKED, ""));
        if let Some(source) = Source::parse(source) {
            return Ok((name, source, arguments.word(option)));
        }
        let span = arguments.word(&format!("{name}={MASKED}"));
        let message = "--secret takes a name and where the secret is to be had, never the secret itself";
        let help = "write --secret NAME=env:VARIABLE, NAME=file:PATH or NAME=prompt";
        Err(Box::new(Diagnostic::new(&azure::MALFORMED_OPTION, span, message).help(help)))
    }

    /// Gets the secret. `label` is what a prompt asks for.
    ///
    /// # Errors
    /// Why it is not to be had, in words that may be shown.
    pub fn get(&self, label: &str) -> Result<Secret, String> {
        let text = match self {
            Source::Environment(name) => match std::env::var(name) {
                Ok(text) => text,
                Err(std::env::VarError::NotPresent) => return Err(format!("the environment has no {name}")),
                Err(std::env::VarError::NotUnicode(_)) => {
                    return Err(format!("{name} in the environment is not UTF-8"));
                }
            },
            Source::File(path) => {
                let text = read(path).map_err(|error| format!("the file {}: {error}", path.display()))?;
                let line = text.strip_suffix('\n').unwrap_or(&text);
                line.strip_suffix('\r').unwrap_or(line).to_owned()
            }
            Source::Prompt => rpassword::prompt_password(format!("{label}: "))
                .map_err(|error| format!("no terminal to ask at ({error})"))?,
        };
        if text.is_empty() { Err(format!("{self} is empty")) } else { Ok(Secret(text)) }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Environment(name) => write!(f, "the environment variable {name}"),
            Source::File(path) => write!(f, "the file {}", path.display()),
            Source::Prompt => f.write_str("the answer at the prompt"),
        }
    }
}

fn read(path: &std::path::Path) -> Result<String, FileError> {
    let io = |error: std::io::Error| super::world::from_io(&error);
    let file = std::fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(MAX_SECRET_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_SECRET_BYTES {
        return Err(FileError::Io(format!("it has more than {MAX_SECRET_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { offset: error.utf8_error().valid_up_to() })
}

/// Puts asterisks where a line would show a secret.
#[derive(Clone, Default)]
pub struct Mask {
    /// Longest first, so that a secret that holds another one goes as a whole.
    hidden: Vec<String>,
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mask({} texts)", self.hidden.len())
    }
}

impl Mask {
    /// Hides the secrets, as they are and as JSON writes them; of one with several lines, each line too, because what
    /// is masked comes line by line.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut hidden = Vec::new();
        for secret in secrets {
            let text = secret.reveal();
            for form in text.lines().chain([text]) {
                let json = serde_json::Value::from(form).to_string();
                let inner = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
                hidden.extend(inner.map(ToOwned::to_owned));
                hidden.push(form.to_owned());
            }
        }
        // A letter or two is no secret, and hiding it would make everything unreadable.
        hidden.retain(|text| text.chars().count() > 2);
        hidden.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        hidden.dedup();
        Mask { hidden }
    }

    pub fn apply(&self, text: &str) -> String {
        self.hidden.iter().fold(text.to_owned(), |text, hidden| text.replace(hidden, MASKED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read() {
        assert_eq!(Source::parse("env:TOKEN"), Some(Source::Environment("TOKEN".into())));
        assert_eq!(Source::parse("file:/run/secrets/a:b"), Some(Source::File("/run/secrets/a:b".into())));
        assert_eq!(Source::parse("prompt"), Some(Source::Prompt));
        for wrong in ["", "env:", "file:", "pul-1234", "prompt:x", "ENV:X"] {
            assert_eq!(Source::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_file_gives_its_text_without_the_last_line_break() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for (text, expected) in [("abc\n", "abc"), ("abc\r\n", "abc"), ("a\nb\n\n", "a\nb\n"), (" abc ", " abc ")] {
            std::fs::write(file.path(), text).unwrap();
            let secret = Source::File(file.path().to_owned()).get("x").unwrap();
            assert_eq!(secret.reveal(), expected);
        }
        std::fs::write(file.path(), "\n").unwrap();
        assert!(Source::File(file.path().to_owned()).get("x").unwrap_err().ends_with("is empty"));
    }

    #[test]
    fn secrets_do_not_show_themselves() {
        let secret = Secret("pul-0123".into());
        assert_eq!(format!("{secret:?} {:?}", Mask::new([&secret])), "******** Mask(1 texts)");
    }

    #[test]
    fn what_az_prints_is_masked() {
        let secrets = [Secret("say \"x\"".into()), Secret("line one\nline two".into()), Secret("pul-1".into())];
        let mask = Mask::new(&secrets);
        assert_eq!(mask.apply(r#"{"value": "say \"x\""}"#), r#"{"value": "********"}"#);
        assert_eq!(mask.apply("say \"x\"!"), "********!");
        assert_eq!(mask.apply(r"line one\nline two"), "********");
        assert_eq!(mask.apply("line two"), "********");
        assert_eq!(mask.apply("pul-1 pul-1"), "******** ********");
        assert_eq!(Mask::new(&[Secret("ab".into())]).apply("abc"), "abc");
    }
}
