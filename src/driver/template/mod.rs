//! `arm`: a template read, evaluated and shown, or two of them compared by what they evaluate to. [`file`] reads,
//! [`values`] gathers the values of the parameters, [`shown`] hides the secrets, [`compare`] compares.

pub mod compare;
pub mod file;
pub mod shown;
pub mod values;

use super::Verdict;
use super::arguments::Arguments;
use super::console::Console;
use crate::arm::eval::value::{Object, Value};
use crate::arm::eval::{Environment, Place};
use crate::arm::read;
use crate::diag::rules::{files, template};
use crate::diag::{Diagnostics, Severity};
use crate::source::Span;
use file::{Files, TemplateFile};
use serde_json::{Value as Json, json};
use shown::Evaluated;
use std::path::{Path, PathBuf};
use values::{Options, Values};

/// How the result is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs: the expanded resources, the outputs and notes
    Json,
}

/// Where a template is thought to be deployed.
#[derive(Debug, Clone)]
pub struct Somewhere {
    pub resource_group: String,
    pub location: String,
    pub subscription: String,
    pub tenant: String,
}

impl Somewhere {
    /// The name that a deployment gets.
    const DEPLOYMENT: &'static str = "main";

    pub fn environment(&self) -> Environment {
        Environment::new(&Place {
            subscription: &self.subscription,
            tenant: &self.tenant,
            resource_group: &self.resource_group,
            location: &self.location,
            deployment: Self::DEPLOYMENT,
        })
    }
}

/// What the command line of `arm` says.
#[derive(Debug, Clone)]
pub struct Evaluate {
    pub template: PathBuf,
    /// Another template that is to evaluate to the same.
    pub other: Option<PathBuf>,
    pub parameters: Option<PathBuf>,
    pub params: Vec<String>,
    pub secrets: Vec<String>,
    pub place: Somewhere,
    pub format: Format,
}

/// Evaluates the template, and the other one if there is one.
pub fn run(asked: &Evaluate, console: &Console) -> Verdict {
    let mut session = Session {
        arguments: Arguments::new("arm"),
        files: Files::default(),
        diagnostics: Diagnostics::default(),
        verdict: Verdict::Clean,
    };
    let result = session.result(asked);
    let Session { arguments, files, diagnostics, mut verdict } = session;
    let diagnostics = diagnostics.sorted();
    console.findings(&diagnostics, &files.sources(&arguments));
    if diagnostics.has_errors() {
        verdict = verdict.max(Verdict::Errors);
    }
    match (result, asked.format) {
        (Some((different, text)), _) => {
            console.out(&text);
            if different { verdict.max(Verdict::Different) } else { verdict }
        }
        (None, Format::Json) => {
            console.out(&format!("{:#}\n", error(&diagnostics)));
            verdict
        }
        (None, Format::Text) => verdict,
    }
}

/// The refusal in the form in which Resource Manager gives one.
fn error(diagnostics: &Diagnostics) -> Json {
    let first = diagnostics.iter().find(|finding| finding.severity == Severity::Error);
    let message = first.map_or("", |finding| finding.message.as_str());
    let code = match first.map(|finding| finding.rule) {
        Some(rule) if rule == &template::NOT_JSON => "InvalidRequestContent",
        Some(rule) if rule == &files::FILE_TOO_LARGE => "RequestContentTooLarge",
        _ => "InvalidTemplate",
    };
    json!({ "error": { "code": code, "message": message } })
}

struct Session {
    arguments: Arguments,
    files: Files,
    diagnostics: Diagnostics,
    verdict: Verdict,
}

impl Session {
    /// What goes to standard output, and whether the two templates differ. `None` after an error.
    fn result(&mut self, asked: &Evaluate) -> Option<(bool, String)> {
        let first = self.template(&asked.template);
        let second = asked.other.as_deref().map(|path| self.template(path));
        let parameters = match &asked.parameters {
            Some(path) => Some(self.parameters(path)?),
            None => None,
        };
        let (first, second) = (
            first?,
            match second {
                Some(second) => Some(second?),
                None => None,
            },
        );
        let templates = std::iter::once(&first.tree).chain(second.as_ref().map(|second| &second.tree));
        let declared = values::declared(templates);
        let options = Options { option: "--param", params: &asked.params, secrets: &asked.secrets };
        let values = values::gather(options, &declared, &mut self.arguments, &mut self.diagnostics);
        if self.diagnostics.has_errors() {
            self.verdict = Verdict::Failed;
            return None;
        }
        let env = asked.place.environment();
        let one = self.evaluated(&first, parameters.as_ref(), &values, &env, second.is_some());
        match second {
            None => one.map(|one| (false, one.text(&first.notes, asked.format))),
            Some(second) => {
                let two = self.evaluated(&second, parameters.as_ref(), &values, &env, true);
                Some(compare::report(&one?, &two?, asked.format))
            }
        }
    }

    fn read(&mut self, path: &Path, reader: file::Reader) -> Option<TemplateFile> {
        let place = self.arguments.word(&path.to_string_lossy());
        match self.files.text(path, place) {
            Ok((text, file)) => file::parse(&text, file, reader, &mut self.diagnostics),
            Err(finding) => {
                self.verdict = Verdict::Failed;
                self.diagnostics.push(*finding);
                None
            }
        }
    }

    fn template(&mut self, path: &Path) -> Option<TemplateFile> {
        self.read(path, read::template)
    }

    /// The values of a parameters file: its `parameters`, or all of it.
    fn parameters(&mut self, path: &Path) -> Option<Object> {
        self.arguments.word("--parameters");
        let file = self.read(path, read::data)?;
        match file.tree.get("parameters").unwrap_or(&file.tree).data() {
            Value::Object(object) => Some((*object).clone()),
            _ => None,
        }
    }

    /// `lenient`: values for parameters that only the other template has are no mistake.
    fn evaluated(
        &mut self,
        file: &TemplateFile,
        parameters: Option<&Object>,
        values: &Values,
        env: &Environment,
        lenient: bool,
    ) -> Option<Evaluated> {
        let evaluated = shown::evaluate(&file.tree, parameters, values, env, lenient);
        let whole = Span::start_of(file.file);
        match evaluated {
            Ok(evaluated) => Some(evaluated),
            Err(faults) => {
                for fault in &faults {
                    self.diagnostics.push(crate::proof::finding(fault, whole));
                }
                None
            }
        }
    }
}
