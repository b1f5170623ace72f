//! `deploy`: build, gather the values, hand both to az, say where to look next.

use super::command::{self, Mode, Step};
use super::connection;
use super::inputs::{self, LOCATION, Plan, Planned, WORKSPACE};
use super::parameters::{Given, ParametersFile, Shown, Values, shown};
use super::process::{Answer, Echo};
use super::removal::Removal;
use super::runner::{self, Runner};
use super::{Ending, Place, Subject, subject};
use crate::arm::eval::fault::Fault;
use crate::backend::Target;
use crate::diag::rules::azure;
use crate::diag::{Diagnostic, Diagnostics, render};
use crate::driver::arguments::Arguments;
use crate::driver::build::{self, Account, TEMPLATE};
use crate::driver::console::{Console, counted};
use crate::driver::secret::Mask;
use crate::driver::{Verdict, discover};
use crate::pipeline::Compilation;
use crate::proof;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;

/// What the command line of `deploy` says.
#[derive(Debug, Clone)]
pub struct Deploy {
    pub spec: PathBuf,
    pub out: PathBuf,
    pub place: Place,
    /// `None`: asked of az.
    pub location: Option<String>,
    pub params: Vec<String>,
    pub secrets: Vec<String>,
    /// The name of the connection; `None`: one that follows from what its page lists.
    pub connection: Option<String>,
    pub mode: Mode,
    pub stack: bool,
    pub replace_connector: bool,
    pub dry_run: bool,
}

/// What stands for the path of the parameters file where none is written.
const FILE_IN_DRY_RUN: &str = "$PARAMETERS_FILE";

pub fn run(deploy: &Deploy, console: &Console) -> Ending {
    match prepared(deploy, console)
        .and_then(|ready| if deploy.dry_run { ready.show(console) } else { ready.run(console) })
    {
        Ok(()) => Ending::Ours(Verdict::Clean),
        Err(ending) => ending,
    }
}

/// Everything that can be known without az.
struct Ready<'a> {
    deploy: &'a Deploy,
    subject: Subject,
    arguments: Arguments,
    plan: Plan,
    /// The parameters of the template: az refuses values for others, and a bundle has only those that it uses.
    taken: BTreeSet<String>,
    name: String,
    template: String,
    /// The connections that this deployment makes.
    connections: Vec<Removal>,
}

fn prepared<'a>(deploy: &'a Deploy, console: &Console) -> Result<Ready<'a>, Ending> {
    let mut arguments = Arguments::new("deploy");
    let subject = subject(&deploy.spec, &Target::ALL, &mut arguments, &deploy.place, console).map_err(Ending::Ours)?;
    let mut diagnostics = Diagnostics::default();
    let options = inputs::Options {
        params: &deploy.params,
        secrets: &deploy.secrets,
        connection: deploy.connection.as_deref(),
        // A dry run reads no secret, so it need not be able to ask for one either.
        interactive: deploy.dry_run || (std::io::stdin().is_terminal() && std::io::stderr().is_terminal()),
    };
    let plan = inputs::plan(options, &subject.solution, &subject.graph, &mut arguments, &mut diagnostics);
    if diagnostics.has_errors() {
        console.findings(&diagnostics.sorted(), &arguments.into_sources());
        return Err(Ending::Ours(Verdict::Failed));
    }
    let connections = connections(&subject, &plan, &deploy.place, &arguments).map_err(|findings| {
        console.findings(&findings, &arguments.clone().into_sources());
        Ending::Ours(Verdict::Failed)
    })?;
    Ok(Ready {
        deploy,
        arguments,
        plan,
        taken: parameters(&subject.compiled),
        name: command::deployment_name(&subject.spec.solution),
        template: discover::shown(&deploy.out.join(&subject.spec.solution).join(TEMPLATE)),
        connections,
        subject,
    })
}

/// The connections that the bundle makes of these values.
fn connections(
    subject: &Subject,
    plan: &Plan,
    place: &Place,
    arguments: &Arguments,
) -> Result<Vec<Removal>, Diagnostics> {
    let template = subject.compiled.bundle.as_ref().and_then(|bundle| bundle.files.get(TEMPLATE)?.tree.as_ref());
    let made = template.map_or(Ok(Vec::new()), |template| connection::made(template, plan, &subject.graph, place));
    made.map_err(|faults| {
        let mut findings = Diagnostics::default();
        for fault in faults {
            // The spec is sound: it is what was given that does not fit.
            findings.push(proof::finding(&Fault { origin: None, ..fault }, arguments.whole()));
        }
        findings
    })
}

/// The names of the parameters of the bundle's template.
fn parameters(compiled: &Compilation) -> BTreeSet<String> {
    let template = compiled.bundle.as_ref().and_then(|bundle| bundle.files.get(TEMPLATE));
    let template = template.and_then(|file| serde_json::from_slice::<Json>(&file.bytes).ok()).unwrap_or_default();
    template["parameters"].as_object().map_or_else(BTreeSet::new, |parameters| parameters.keys().cloned().collect())
}

impl Ready<'_> {
    fn handing_over(&self, parameters: &str) -> Step {
        let make = if self.deploy.stack { command::stack } else { command::deployment };
        make(self.deploy.mode, &self.name, &self.template, parameters, &self.deploy.place)
    }

    /// Prints what would be run, as a shell script whose remarks say why.
    fn show(&self, console: &Console) -> Result<(), Ending> {
        let mut script = String::new();
        let mut add = |purpose: &str, line: &str| script.push_str(&format!("# {purpose}\n{line}\n"));
        let spec = command::quoted(self.subject.spec.argument());
        let out = command::quoted(&discover::shown(&self.deploy.out));
        add("build", &format!("sentinel-gen build {spec} --out {out}"));
        if self.asks_region() {
            let region = command::region(&self.deploy.place);
            add(&region.purpose, &region.shell_line());
        }
        for removal in self.replaced() {
            add(&removal.step.purpose, &removal.step.shell_line());
        }
        let step = self.handing_over(FILE_IN_DRY_RUN);
        let remark: String = self.shown_parameters().lines().map(|line| format!("\n#   {line}")).collect();
        let purpose = format!(
            "{}; {FILE_IN_DRY_RUN} stands for a file of mode 0600 that is removed afterwards, with{remark}",
            step.purpose
        );
        let quoted = command::quoted(&format!("@{FILE_IN_DRY_RUN}"));
        add(&purpose, &step.shell_line().replace(&quoted, &format!("\"@{FILE_IN_DRY_RUN}\"")));
        console.out(&script);
        Ok(())
    }

    /// Connections that go first.
    fn replaced(&self) -> &[Removal] {
        if self.deploy.replace_connector { &self.connections } else { &[] }
    }

    /// The region has to be asked for.
    fn asks_region(&self) -> bool {
        self.deploy.location.is_none() && self.taken.contains(LOCATION)
    }

    fn shown_parameters(&self) -> String {
        let workspace = Given::Text(self.deploy.place.workspace.clone());
        let location = self.deploy.location.clone().map(Given::Text);
        let mut values = vec![(WORKSPACE, Shown::Given(&workspace))];
        values.extend(self.plan.iter().map(|(name, planned)| {
            let value = match planned {
                Planned::Given(given) => Shown::Given(given),
                Planned::Secret { source, .. } => Shown::Unread(source),
            };
            (name.as_str(), value)
        }));
        values.push((LOCATION, location.as_ref().map_or(Shown::Later("(the workspace's region)"), Shown::Given)));
        values.retain(|(name, _)| self.taken.contains(&**name));
        shown(values)
    }

    fn run(&self, console: &Console) -> Result<(), Ending> {
        let program = Runner::program(console, &self.arguments)?;
        let mut values = self.values(console)?;
        self.build(console)?;
        let mask = Mask::new(values.iter().filter_map(|(_, value)| match value {
            Given::Secret(secret) => Some(secret),
            Given::Text(_) | Given::Bool(_) => None,
        }));
        let runner = Runner::new(program, mask, console, &self.arguments)?;
        if self.asks_region() {
            values.push((LOCATION.to_owned(), Given::Text(self.region(&runner, console)?)));
        }
        values.extend(self.deploy.location.clone().map(|location| (LOCATION.to_owned(), Given::Text(location))));
        values.retain(|(name, _)| self.taken.contains(name));
        let no_file = |error| runner::fail(console, &self.arguments, self.no_private_file(&error));
        let file = ParametersFile::write(&values).map_err(no_file)?;
        let answer = self.hand_over(&runner, &file);
        file.remove().map_err(no_file)?;
        let answer = answer?;
        match self.deploy.mode {
            Mode::Create => {
                self.name_detached(&answer, console);
                console.say(&self.next_steps());
                self.name_others(&runner, console)?;
            }
            Mode::Validate => console.say("Azure finds nothing wrong with it.\n"),
            Mode::WhatIf => {}
        }
        Ok(())
    }

    fn region(&self, runner: &Runner<'_>, console: &Console) -> Result<String, Ending> {
        let answer = runner.step(&command::region(&self.deploy.place), Echo::ERRORS)?;
        let region = answer.out.trim();
        if region.is_empty() || region.contains(char::is_whitespace) {
            let message = format!("az did not name the region of the workspace {}", self.deploy.place.workspace);
            let finding = Diagnostic::new(&azure::AZ_ANSWER, self.arguments.whole(), message)
                .help("name it yourself: --location REGION");
            return Err(runner::fail(console, &self.arguments, finding));
        }
        Ok(region.to_owned())
    }

    fn hand_over(&self, runner: &Runner<'_>, file: &ParametersFile) -> Result<Answer, Ending> {
        for removal in self.replaced() {
            runner.remove(removal)?;
        }
        runner.step(&self.handing_over(&file.path().display().to_string()), Echo::ALL)
    }

    /// All values but the location, secrets read.
    fn values(&self, console: &Console) -> Result<Values, Ending> {
        let mut diagnostics = Diagnostics::default();
        let mut values = vec![(WORKSPACE.to_owned(), Given::Text(self.deploy.place.workspace.clone()))];
        for (name, planned) in &self.plan {
            match planned {
                Planned::Given(given) => values.push((name.clone(), given.clone())),
                Planned::Secret { source, label, span } => {
                    match source.get(&render::visible(label, console.style.unicode)) {
                        Ok(secret) => values.push((name.clone(), Given::Secret(secret))),
                        Err(reason) => {
                            let message = format!("the secret `{name}` is not to be had: {reason}");
                            let help = format!("say where it is: --secret {name}=env:VARIABLE, file:PATH or prompt");
                            diagnostics.push(Diagnostic::new(&azure::SECRET_UNAVAILABLE, *span, message).help(help));
                        }
                    }
                }
            }
        }
        if diagnostics.is_empty() {
            return Ok(values);
        }
        console.findings(&diagnostics.sorted(), &self.arguments.clone().into_sources());
        Err(Ending::Ours(Verdict::Failed))
    }

    fn build(&self, console: &Console) -> Result<(), Ending> {
        let Subject { spec, compiled, .. } = &self.subject;
        let Some(bundle) = &compiled.bundle else { return Err(Ending::Ours(Verdict::Errors)) };
        let mut findings = Diagnostics::default();
        let written = build::write(&self.deploy.out, spec, bundle, &mut findings);
        console.findings(&findings, &compiled.sources);
        let written = written.ok_or(Ending::Ours(Verdict::Failed))?;
        console.say(&Account::new(spec, Some(bundle)).with(written).one_line());
        Ok(())
    }

    /// Where the rows will show up.
    fn next_steps(&self) -> String {
        let workspace = &self.deploy.place.workspace;
        let solution = &self.subject.solution;
        let mut text = String::new();
        for connector in &solution.connectors {
            let pollers = connector.codeless().map_or(&[][..], |connector| &connector.pollers);
            let minutes = pollers.iter().filter_map(|poller| Some(poller.window.as_ref()?.minutes.value)).max();
            text.push_str(&format!(
                "\nThe connector's page: https://portal.azure.com > Microsoft Sentinel > {workspace} > Data connectors > {}\n",
                connector.title().value
            ));
            if let Some(minutes) = minutes {
                text.push_str(&format!(
                    "First rows may take two rounds of {}.\n",
                    counted(minutes.unsigned_abs() as usize, "minute")
                ));
            }
        }
        if !solution.tables.is_empty() {
            text.push_str(&format!("\nThe first rows, in the logs of {workspace}:\n"));
        }
        for table in &solution.tables {
            text.push_str(&format!("  {} | sort by TimeGenerated desc | take 10\n", table.name.value));
        }
        text
    }

    fn no_private_file(&self, error: &std::io::Error) -> Diagnostic {
        let folder = std::env::temp_dir();
        let message = format!("the private parameters file cannot be kept in {}: {error}", folder.display());
        Diagnostic::new(&azure::NO_PRIVATE_FILE, self.arguments.whole(), message)
            .help("free some space there, or set TMPDIR to a folder that you may write to")
    }

    /// What a stack no longer holds is still there: it is named, so that nobody looks for it later. Other connections are no
    /// such thing: the stack holds the one that was deployed last.
    fn name_detached(&self, answer: &Answer, console: &Console) {
        let detached: Vec<String> = serde_json::from_str::<Json>(&answer.out)
            .ok()
            .and_then(|value| serde_json::from_value(value.get("detached")?.clone()).ok())
            .unwrap_or_default();
        let detached: Vec<String> =
            detached.into_iter().filter(|id| !connection::is_address(id, &self.subject.graph)).collect();
        if !detached.is_empty() {
            let ids: String = detached.iter().map(|id| format!("  {id}\n")).collect();
            let count = counted(detached.len(), "resource");
            console.say(&format!("\n{count} fell out of the bundle; detached from the stack, and still there:\n{ids}"));
        }
    }

    /// Connections of earlier deployments: meant to be there, or left by a slip in what tells connections apart.
    fn name_others(&self, runner: &Runner<'_>, console: &Console) -> Result<(), Ending> {
        let there = runner.connections(&self.subject.graph, &self.deploy.place)?;
        let others: String = there
            .iter()
            .filter(|removal| !self.connections.contains(removal))
            .map(|removal| format!("  {}\n", removal.what))
            .collect();
        if !others.is_empty() {
            console.say(&format!(
                "\nBeside it, as before; `teardown` with {} and what stands behind the hyphen removes one:\n{others}",
                connection::OPTION
            ));
        }
        Ok(())
    }
}
