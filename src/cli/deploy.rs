use super::place::PlaceArgs;
use crate::driver::az::command::Mode;
use crate::driver::az::deploy::Deploy;
use crate::driver::console::Console;
use crate::driver::discover::DEFAULT_OUT;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  See what would be run, without az and without secrets:
    sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc \\
      --param orgName=acme --dry-run

  See what would change:
    sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc \\
      --param orgName=acme --secret accessToken=env:PULUMI_TOKEN --what-if

  Deploy as a stack, so that teardown knows exactly what belongs to it:
    sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc \\
      --param orgName=acme --stack

  Connect another organization beside the first; with a name it can be corrected later:
    sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc \\
      --param orgName=acme-labs --connection labs

  Put a new token in place:
    sentinel-gen deploy spec/pulumi-cloud -g rg-soc --workspace ws-soc \\
      --param orgName=acme --secret accessToken=file:token.txt --replace-connector

Secrets reach az in a file that only you can read and that is removed afterwards. They are in no argument, in no file under the output folder, and in nothing that is printed. A secret that is needed and not given is asked for in a terminal. When az fails, its messages come through, and its exit code is this command's.";

/// Build a solution and deploy it with the Azure CLI
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The spec, or the folder that holds it
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    /// Value of an input of the solution, or enableAnalyticRules=false
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// Where a secret input is to be had: env:VARIABLE, file:PATH or prompt
    #[arg(long = "secret", value_name = "NAME=SOURCE")]
    secrets: Vec<String>,
    /// Name of this connection, where a connector can have several [default: one that follows from what its page lists]
    #[arg(long, value_name = "NAME")]
    connection: Option<String>,
    /// Azure region of what needs one [default: the workspace's]
    #[arg(long, value_name = "REGION")]
    location: Option<String>,
    /// Show what the deployment would change, and change nothing
    #[arg(long, conflicts_with_all = ["validate", "stack", "replace_connector"])]
    what_if: bool,
    /// Let Azure validate the deployment, and change nothing
    #[arg(long, conflicts_with = "replace_connector")]
    validate: bool,
    /// Print the commands, with secrets masked, and run none of them
    #[arg(long)]
    dry_run: bool,
    /// Deploy as a deployment stack: what is no longer in the bundle is detached and named
    #[arg(long)]
    stack: bool,
    /// Delete the data connector first: needed for a new token
    #[arg(long)]
    replace_connector: bool,
    /// Folder that gets one folder for each solution
    #[arg(long, value_name = "FOLDER", default_value = DEFAULT_OUT)]
    out: PathBuf,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let mode = match (self.what_if, self.validate) {
            (true, _) => Mode::WhatIf,
            (_, true) => Mode::Validate,
            _ => Mode::Create,
        };
        let deploy = Deploy {
            spec: self.spec,
            out: self.out,
            place: self.place.into(),
            location: self.location,
            params: self.params,
            secrets: self.secrets,
            connection: self.connection,
            mode,
            stack: self.stack,
            replace_connector: self.replace_connector,
            dry_run: self.dry_run,
        };
        crate::driver::az::deploy::run(&deploy, console).code()
    }
}
