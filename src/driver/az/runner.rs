//! Steps one after the other: each is named before it runs, and a failure is told with its step and becomes the ending
//! of the command.

use super::command::{self, Step};
use super::connection::{self, Listed};
use super::process::{Answer, Az, Echo};
use super::removal::Removal;
use super::{Ending, Place};
use crate::diag::Diagnostic;
use crate::diag::rules::azure;
use crate::driver::Verdict;
use crate::driver::arguments::Arguments;
use crate::driver::console::Console;
use crate::driver::secret::Mask;
use crate::ir::graph::Graph;
use std::io;
use std::path::PathBuf;

/// az at work for one command.
#[derive(Debug)]
pub struct Runner<'a> {
    az: Az,
    mask: Mask,
    console: &'a Console,
    arguments: &'a Arguments,
}

impl<'a> Runner<'a> {
    /// Where az is on this machine.
    ///
    /// # Errors
    /// The ending of a command that cannot go on; the finding has been shown.
    pub fn program(console: &Console, arguments: &Arguments) -> Result<PathBuf, Ending> {
        Az::find().ok_or_else(|| {
            let message = "the Azure CLI, `az`, is in no folder of PATH";
            let finding = Diagnostic::new(&azure::AZ_MISSING, arguments.whole(), message).help(
                "install it (https://aka.ms/installazurecli, or `pip install azure-cli`) and sign in with `az login`; \
                 --dry-run works without it",
            );
            fail(console, arguments, finding)
        })
    }

    /// # Errors
    /// As [`Runner::program`], when signals cannot be caught.
    pub fn new(program: PathBuf, mask: Mask, console: &'a Console, arguments: &'a Arguments) -> Result<Self, Ending> {
        let az = Az::new(program).map_err(|error| fail(console, arguments, not_started(arguments, &error)))?;
        Ok(Runner { az, mask, console, arguments })
    }

    /// Runs a step that must succeed.
    ///
    /// # Errors
    /// The ending that its failure means.
    pub fn step(&self, step: &Step, echo: Echo) -> Result<Answer, Ending> {
        let answer = self.ask(step, echo)?;
        if answer.succeeded() { Ok(answer) } else { Err(self.failed(step, &answer)) }
    }

    /// Runs a step whose failure may mean something. Nothing that az prints is passed on.
    ///
    /// # Errors
    /// Only when az cannot be run.
    pub fn ask(&self, step: &Step, echo: Echo) -> Result<Answer, Ending> {
        self.console.say(&format!("{} ...\n", step.purpose));
        self.az
            .run(step, echo, &self.mask, self.console)
            .map_err(|error| fail(self.console, self.arguments, not_started(self.arguments, &error)))
    }

    /// Removes one resource. One that is gone already is as good as removed.
    ///
    /// # Errors
    /// The ending that a failure means.
    pub fn remove(&self, removal: &Removal) -> Result<(), Ending> {
        let answer = self.ask(&removal.step, Echo::NONE)?;
        if answer.succeeded() {
            return Ok(());
        }
        if answer.signal.is_none() && says_gone(&answer) {
            self.console.say(&format!("the {} is gone already\n", removal.what));
            return Ok(());
        }
        self.console.err(&answer.err);
        Err(self.failed(&removal.step, &answer))
    }

    /// The connections that deployments made, of connectors that can have several. No step if no connector can.
    ///
    /// # Errors
    /// The ending that a failure means.
    pub fn connections(&self, graph: &Graph, place: &Place) -> Result<Vec<Removal>, Ending> {
        let mut found: Vec<Removal> = Vec::new();
        for question in connection::questions(graph, place) {
            let mut next = Some(question);
            while let Some(step) = next {
                let Some(listed) = self.page(&step)? else { break };
                let fresh = connection::of(&listed, graph, place).into_iter().filter(|one| !found.contains(one));
                let fresh: Vec<Removal> = fresh.collect();
                found.extend(fresh);
                next = listed.next.map(|url| command::connections_at(&url, place));
            }
        }
        Ok(found)
    }

    /// One page of the list of connections; `None` if there is nothing that could have any.
    fn page(&self, step: &Step) -> Result<Option<Listed>, Ending> {
        let answer = self.ask(step, Echo::NONE)?;
        if !answer.succeeded() {
            if answer.signal.is_none() && says_gone(&answer) {
                return Ok(None);
            }
            self.console.err(&answer.err);
            return Err(self.failed(step, &answer));
        }
        serde_json::from_str(&answer.out).map(Some).map_err(|error| {
            let message = format!("what az says of the connections cannot be read: {error}");
            let finding = Diagnostic::new(&azure::AZ_ANSWER, self.arguments.whole(), message)
                .help("check with `az version` that this is the Azure CLI");
            fail(self.console, self.arguments, finding)
        })
    }

    /// Tells that az failed, and makes its exit code ours.
    pub fn failed(&self, step: &Step, answer: &Answer) -> Ending {
        if let Some(signal) = answer.signal {
            self.console.say(&format!("Stopped by signal {signal} at this step: {}\n", step.purpose));
            return Ending::Signal(signal);
        }
        let message = format!("az ended with code {} at this step: {}", answer.code, step.purpose);
        let finding = Diagnostic::new(&azure::AZ_FAILED, self.arguments.whole(), message)
            .help("follow what az said above; `az login` signs in, `az account show` names the subscription");
        self.console.finding(finding, self.arguments);
        Ending::Az(answer.code)
    }
}

/// `az rest` ends with code 1 for every refusal and has the HTTP status in words; other commands have code 3 for 404.
fn says_gone(answer: &Answer) -> bool {
    answer.code == 3 || answer.err.lines().any(|line| line.starts_with("ERROR: Not Found"))
}

fn not_started(arguments: &Arguments, error: &io::Error) -> Diagnostic {
    Diagnostic::new(&azure::AZ_NOT_STARTED, arguments.whole(), format!("az cannot be run: {error}"))
        .help("try `az version` in the same terminal")
}

/// Shows what ends the command.
pub fn fail(console: &Console, arguments: &Arguments, finding: Diagnostic) -> Ending {
    console.finding(finding, arguments);
    Ending::Ours(Verdict::Failed)
}
