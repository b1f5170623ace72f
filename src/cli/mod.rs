//! The command line: arguments into calls of `driver`, results into exit codes. No logic.

use crate::driver::console::Console;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod arm;
mod build;
mod check;
mod completions;
mod connect;
mod deploy;
mod dev;
mod diff;
mod explain;
mod kql;
mod lineage;
mod place;
mod schema;
mod teardown;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen build                    build every solution under spec/
  sentinel-gen check spec/pulumi-cloud  find what is wrong with one of them
  sentinel-gen diff                     what a build would change in golden/
  sentinel-gen explain SG0010           read what a finding means
  sentinel-gen deploy --help            how to hand a solution to Azure

Exit codes:
  0  no error
  1  errors in a spec; with --deny warnings, or warnings
  2  wrong usage, or something could not be read, written or started
  3  diff found differences
  Where az ran and failed, its own code.";

/// One YAML spec of a Microsoft Sentinel solution in; deployment bundle, Content Hub package, manifest and documentation
/// out
///
/// Everything works offline but `deploy` and `teardown`, which hand over to the Azure CLI. Results that programs read go
/// to standard output; findings and accounts for people go to standard error.
#[derive(Debug, Parser)]
#[command(name = "sentinel-gen", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Diff(diff::Args),
    Deploy(deploy::Args),
    Teardown(teardown::Args),
    Explain(explain::Args),
    Lineage(lineage::Args),
    Kql(kql::Args),
    Arm(arm::Args),
    Connect(connect::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    #[command(hide = true)]
    Dev(dev::Args),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::from_environment();
    let code = match cli.command {
        Command::Build(args) => args.run(&console),
        Command::Check(args) => args.run(&console),
        Command::Diff(args) => args.run(&console),
        Command::Deploy(args) => args.run(&console),
        Command::Teardown(args) => args.run(&console),
        Command::Explain(args) => args.run(&console),
        Command::Lineage(args) => args.run(&console),
        Command::Kql(args) => args.run(&console),
        Command::Arm(args) => args.run(&console),
        Command::Connect(args) => args.run(&console),
        Command::Schema(args) => args.run(&console),
        Command::Completions(args) => args.run(&console),
        Command::Dev(args) => args.run(&console),
    };
    match console.lost() {
        // Whatever else happened: the result did not arrive.
        Some(reason) => {
            console.say(&format!("sentinel-gen: the output could not be written: {reason}\n"));
            ExitCode::from(2)
        }
        None => ExitCode::from(code),
    }
}
