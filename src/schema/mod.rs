//! Our own output held against our own closed JSON schemas and the limits of the platform; findings point at the YAML
//! through the origins of the values.
//!
//! [`registry`] has the schemas, [`plan`] says what is checked with which, [`explain`] puts what a validator reports into
//! words, [`template`] checks what no schema can say, [`place`] leads back to the spec. Must not change anything, and must
//! never blame the author for what does not come from the spec.

mod explain;
mod place;
pub mod plan;
pub mod registry;
mod report;
mod template;

use crate::arm;
use crate::backend::{Artifact, Bundle};
use crate::diag::Diagnostics;
pub use explain::Fault;
use plan::{Place, Plan};
use registry::Schema;
use report::Report;
use serde_json::Value;

/// Checks every artifact. The same fault in several files is one finding.
pub fn verify(bundle: &Bundle, diagnostics: &mut Diagnostics) {
    let mut report = Report::default();
    for (path, artifact) in &bundle.files {
        Check { path, artifact, report: &mut report }.run();
    }
    parameters(bundle, &mut report);
    report.finish(diagnostics);
}

/// The parameters file of the deploy bundle fits its template.
fn parameters(bundle: &Bundle, report: &mut Report) {
    let tree = |path| bundle.files.get(path)?.tree.as_ref();
    let given = bundle.files.get(plan::PARAMETERS);
    if let (Some(template), Some(artifact), Some(file)) = (tree(plan::TEMPLATE), given, tree(plan::PARAMETERS)) {
        let faults = template::given_parameters(template, file);
        Check { path: plan::PARAMETERS, artifact, report }.blame(faults, None);
    }
}

/// What is wrong with a value by one schema; pointers lead into the value.
///
/// # Errors
/// The schema itself cannot be used: a mistake in `schemas/`.
pub fn faults(schema: &'static Schema, value: &Value) -> Result<Vec<Fault>, String> {
    explain::faults(schema, value, "")
}

struct Check<'a> {
    path: &'a str,
    artifact: &'a Artifact,
    report: &'a mut Report,
}

impl Check<'_> {
    fn run(&mut self) {
        match plan::artifact(self.path) {
            Plan::None => {}
            Plan::Unknown => self.report.no_schema(self.path, self.artifact.origin),
            Plan::Whole(schema) => {
                if let Some(value) = self.json() {
                    self.against(schema, &value, "");
                }
            }
            Plan::Yaml(schema) => match serde_yaml::from_slice::<Value>(&self.artifact.bytes) {
                Ok(value) => self.against(schema, &value, ""),
                Err(error) => self.report.unreadable(self.path, &error.to_string()),
            },
            Plan::Source { frame, body } => {
                if let Some(value) = self.json() {
                    self.source(frame, body, &value);
                }
            }
            Plan::Carried => {
                let faults = template::file_size(self.artifact.bytes.len());
                self.blame(faults.into_iter().collect(), None);
            }
            Plan::Template { frame, place } => {
                if let Some(value) = self.json() {
                    self.template_file(frame, place, &value);
                }
            }
        }
    }

    /// What the file says: from the tree that it was printed from, else read back.
    fn json(&mut self) -> Option<Value> {
        if let Some(tree) = &self.artifact.tree {
            return Some(arm::print::to_json(tree, self.artifact.passes));
        }
        match serde_json::from_slice(&self.artifact.bytes) {
            Ok(value) => Some(value),
            Err(error) => {
                self.report.unreadable(self.path, &error.to_string());
                None
            }
        }
    }

    fn source(&mut self, frame: &'static Schema, body: fn(&Value) -> Option<plan::Body>, value: &Value) {
        self.against(frame, value, "");
        let mut one = |item: &Value, at: &str| {
            if let Some(body) = body(item) {
                self.body(body, item, at);
            }
        };
        match value {
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    one(item, &format!("/{i}"));
                }
            }
            single => one(single, ""),
        }
    }

    fn template_file(&mut self, frame: &'static Schema, place: Place, value: &Value) {
        self.against(frame, value, "");
        self.resources(place, value, "");
        let mut faults = Vec::new();
        faults.extend(template::file_size(self.artifact.bytes.len()));
        if let Some(tree) = &self.artifact.tree {
            template::expressions(tree, &mut faults);
        }
        self.blame(faults, None);
    }

    /// The resources of a template, and those of the templates inside them.
    fn resources(&mut self, place: Place, template: &Value, base: &str) {
        for (i, resource) in template.get("resources").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let pointer = format!("{base}/resources/{i}");
            if self.is_unchecked(&pointer) {
                continue;
            }
            let Some(plan) = plan::resource(place, resource) else {
                let ty = resource.get("type").and_then(Value::as_str).unwrap_or("without a type");
                self.report.no_schema(&format!("the resource {ty} in {}", self.path), self.artifact.origin);
                continue;
            };
            self.against(plan.frame, resource, &pointer);
            if let Some(body) = plan.body {
                self.body(body, resource, &pointer);
            }
            let (inner, place) = plan::template_in(resource);
            if let Some(template) = resource.pointer(inner) {
                self.resources(place, template, &format!("{pointer}{inner}"));
            }
        }
    }

    fn body(&mut self, body: plan::Body, resource: &Value, base: &str) {
        if let Some(value) = resource.pointer(body.pointer) {
            self.against(body.schema, value, &format!("{base}{}", body.pointer));
        }
    }

    fn against(&mut self, schema: &'static Schema, value: &Value, base: &str) {
        match explain::faults(schema, value, base) {
            Ok(faults) => self.blame(faults, Some(schema)),
            Err(error) => self.report.broken_schema(schema, &error),
        }
    }

    fn is_unchecked(&self, pointer: &str) -> bool {
        self.artifact.tree.as_ref().is_some_and(|tree| place::at(tree, pointer).unchecked)
    }

    fn blame(&mut self, faults: Vec<Fault>, schema: Option<&'static Schema>) {
        for fault in faults {
            let place = self.artifact.tree.as_ref().map(|tree| place::at(tree, &fault.pointer));
            // Nobody checked the form of what was handed over; that names resolve and limits hold is checked of all.
            if schema.is_some() && place.is_some_and(|place| place.unchecked) {
                continue;
            }
            // A text artifact has one origin for all of it.
            let origin = place.map_or(Some(self.artifact.origin), |place| place.origin);
            self.report.fault(self.path, fault, schema, origin);
        }
    }
}
