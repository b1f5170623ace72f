//! `teardown`: remove what `deploy` made, and nothing else. Tables, and the rows in them, stay unless asked for.

use super::command::{self, Step};
use super::connection;
use super::process::Echo;
use super::removal::{self, Left, Removal};
use super::runner::{self, Runner};
use super::{Ending, Place, Subject, subject};
use crate::backend::Target;
use crate::diag::rules::azure;
use crate::diag::{Diagnostic, Diagnostics};
use crate::driver::Verdict;
use crate::driver::arguments::Arguments;
use crate::driver::console::{Console, counted};
use crate::driver::secret::Mask;
use std::path::PathBuf;

/// What the command line of `teardown` says.
#[derive(Debug, Clone)]
pub struct Teardown {
    pub spec: PathBuf,
    pub place: Place,
    /// `Some`: this connection, and nothing else.
    pub connection: Option<String>,
    pub delete_data: bool,
    pub dry_run: bool,
}

pub fn run(teardown: &Teardown, console: &Console) -> Ending {
    let mut arguments = Arguments::new("teardown");
    let subject = match subject(&teardown.spec, &[Target::Arm], &mut arguments, &teardown.place, console) {
        Ok(subject) => subject,
        Err(verdict) => return Ending::Ours(verdict),
    };
    if let Some(name) = &teardown.connection {
        let mut diagnostics = Diagnostics::default();
        connection::check(name, &subject.graph, &mut arguments, &mut diagnostics);
        if diagnostics.has_errors() {
            console.findings(&diagnostics, &arguments.into_sources());
            return Ending::Ours(Verdict::Failed);
        }
    }
    let name = command::deployment_name(&subject.spec.solution);
    let work = Work { teardown, subject, arguments, name, console };
    if teardown.dry_run {
        work.show();
        return Ending::Ours(Verdict::Clean);
    }
    match work.run() {
        Ok(()) => Ending::Ours(Verdict::Clean),
        Err(ending) => ending,
    }
}

struct Work<'a> {
    teardown: &'a Teardown,
    subject: Subject,
    arguments: Arguments,
    /// Of the stack.
    name: String,
    console: &'a Console,
}

impl Work<'_> {
    /// Both ways, because only az knows whether there is a stack.
    fn show(&self) {
        let Teardown { place, delete_data, .. } = self.teardown;
        let line = |step: &Step| format!("# {}\n{}\n", step.purpose, step.shell_line());
        if let Some(name) = &self.teardown.connection {
            let removals = connection::named(name, &self.subject.graph, place);
            self.console.out(&removals.iter().map(|removal| line(&removal.step)).collect::<String>());
            return;
        }
        let mut script = line(&command::stack_resources(&self.name, place));
        for question in connection::questions(&self.subject.graph, place) {
            script.push_str(&line(&question));
        }
        for removal in connection::named("NAME", &self.subject.graph, place) {
            script.push_str(&format!(
                "# then each of these, in its turn below: {}",
                line(&removal.step).trim_start_matches("# ")
            ));
        }
        script.push_str("\n# If there is such a stack:\n");
        let whole = *delete_data && self.subject.graph.nested.is_empty();
        script.push_str(&line(&command::stack_delete(&self.name, whole, place)));
        if !whole {
            script.push_str("# then each resource that it listed, but for tables, as below\n");
        }
        script.push_str("\n# If there is none:\n");
        for removal in self.of_bundle() {
            script.push_str(&line(&removal.step));
        }
        self.console.out(&script);
    }

    fn run(&self) -> Result<(), Ending> {
        let program = Runner::program(self.console, &self.arguments)?;
        let runner = Runner::new(program, Mask::default(), self.console, &self.arguments)?;
        let Teardown { place, connection, .. } = self.teardown;
        if let Some(name) = connection {
            return self.one_by_one(&runner, &connection::named(name, &self.subject.graph, place));
        }
        let stack = self.stack(&runner)?;
        let connections = runner.connections(&self.subject.graph, place)?;
        match stack {
            Some(ids) => self.with_stack(&runner, &ids, connections),
            None => {
                self.console.say(&format!("There is no stack {}: the bundle's resources go one by one.\n", self.name));
                let mut removals = connections;
                removals.extend(self.of_bundle());
                removal::in_order(&mut removals);
                self.one_by_one(&runner, &removals)
            }
        }?;
        if !self.teardown.delete_data && !self.subject.solution.tables.is_empty() {
            let names: Vec<&str> = self.subject.solution.tables.iter().map(|table| table.name.value.as_str()).collect();
            self.console.say(&format!("\nKept, with their rows: {}. --delete-data removes them.\n", names.join(", ")));
        }
        Ok(())
    }

    /// The ids of what the stack holds; `None` if there is no stack.
    fn stack(&self, runner: &Runner<'_>) -> Result<Option<Vec<String>>, Ending> {
        let step = command::stack_resources(&self.name, &self.teardown.place);
        let answer = runner.ask(&step, Echo::NONE)?;
        // az ends with code 3 where something is not found.
        if answer.code == 3 && answer.signal.is_none() {
            return Ok(None);
        }
        if !answer.succeeded() {
            self.console.err(&answer.err);
            return Err(runner.failed(&step, &answer));
        }
        match serde_json::from_str::<Option<Vec<String>>>(&answer.out) {
            Ok(ids) => Ok(Some(ids.unwrap_or_default())),
            Err(error) => {
                let message = format!("what az says of the stack {} cannot be read: {error}", self.name);
                let finding = Diagnostic::new(&azure::AZ_ANSWER, self.arguments.whole(), message)
                    .help("check with `az version` that this is the Azure CLI; nothing was removed");
                Err(runner::fail(self.console, &self.arguments, finding))
            }
        }
    }

    /// `connections`: all that there are, for the stack holds none but the last one.
    fn with_stack(&self, runner: &Runner<'_>, ids: &[String], connections: Vec<Removal>) -> Result<(), Ending> {
        let place = &self.teardown.place;
        // Named first: once the stack is gone, nobody else knows them.
        let list: String = ids.iter().map(|id| format!("  {id}\n")).collect();
        self.console.say(&format!("The stack {} holds {}:\n{list}", self.name, counted(ids.len(), "resource")));
        let (held, kept) = removal::of_ids(ids, &self.subject.solution, &self.subject.graph, place);
        let is_held = |one: &Removal| held.iter().any(|held| held.what.eq_ignore_ascii_case(&one.what));
        let others = connections.into_iter().filter(|one| !is_held(one));
        // Azure would remove what stays, too.
        let whole = self.teardown.delete_data && kept.is_empty();
        let delete = command::stack_delete(&self.name, whole, place);
        if whole {
            self.one_by_one(runner, &others.collect::<Vec<_>>())?;
            return runner.step(&delete, Echo::ALL).map(drop);
        }
        runner.step(&delete, Echo::ALL)?;
        let goes = |removal: &&Removal| self.teardown.delete_data || !removal.is_table;
        let mut removals: Vec<Removal> = others.chain(held.iter().filter(goes).cloned()).collect();
        removal::in_order(&mut removals);
        let done = self.one_by_one(runner, &removals);
        if !kept.is_empty() {
            let list: String = kept.iter().map(|id| format!("  {id}\n")).collect();
            self.console.say(&format!("\nKept, with what nobody has read yet; remove by hand:\n{list}"));
        }
        done
    }

    /// What the spec deploys, but for tables that stay.
    fn of_bundle(&self) -> Vec<Removal> {
        let (removals, left) = removal::of_bundle(&self.subject.solution, &self.subject.graph, &self.teardown.place);
        for Left { what, holds_data } in left {
            let message = format!("{what} has a name that only Azure can work out: remove it by hand");
            let help = if holds_data {
                "remove it by hand, once nothing in it is needed; with --stack it would stay, too"
            } else {
                "remove it by hand; deployed with --stack, it would go with the rest"
            };
            let finding = Diagnostic::new(&azure::LEFT_BEHIND, self.arguments.whole(), message).help(help);
            self.console.finding(finding, &self.arguments);
        }
        removals.into_iter().filter(|removal| self.teardown.delete_data || !removal.is_table).collect()
    }

    /// Goes on after a failure, so that as little as possible is left, but not after a signal; then names what is left.
    fn one_by_one(&self, runner: &Runner<'_>, removals: &[Removal]) -> Result<(), Ending> {
        let mut first = None;
        let mut left = String::new();
        for removal in removals {
            let stopped = matches!(first, Some(Ending::Signal(_)));
            let ended = if stopped { Ok(()) } else { runner.remove(removal) };
            if stopped || ended.is_err() {
                left.push_str(&format!("  {}\n", removal.step.shell_line()));
            }
            match ended {
                Err(signal @ Ending::Signal(_)) => first = Some(signal),
                Err(ending) => first = first.or(Some(ending)),
                Ok(()) => {}
            }
        }
        match first {
            None => Ok(()),
            Some(ending) => {
                self.console.say(&format!("\nStill to be removed:\n{left}"));
                Err(ending)
            }
        }
    }
}
