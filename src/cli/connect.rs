use super::arm::{REGION, SubscriptionArgs};
use crate::driver::connect::{Connect, run};
use crate::driver::console::Console;
use crate::driver::template::{Format, Somewhere};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen connect spec/pulumi-cloud --input orgName=acme --secret accessToken=env:TOKEN
  sentinel-gen connect Package/3.0.0.zip --format json

Nothing is asked of Azure. An input goes to every template of the package that has a parameter of this name; guidValue and dcrConfig, which the portal fills in, are fixed stand-ins unless they are given. A secret is in nothing that is printed: what it has touched is shown as ********.";

/// Show what installing a solution package and pressing Connect will send to Azure
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A spec, or a package: a mainTemplate.json, or the folder or zip that holds it
    #[arg(value_name = "SPEC|PACKAGE")]
    subject: PathBuf,
    /// What is filled in on the connector page, or when the package is installed; JSON, unless it is a string
    #[arg(long = "input", value_name = "NAME=VALUE")]
    inputs: Vec<String>,
    /// Where a secret that is filled in is to be had: env:VARIABLE, file:PATH or prompt
    #[arg(long = "secret", value_name = "NAME=SOURCE")]
    secrets: Vec<String>,
    /// Name of the workspace
    #[arg(long, value_name = "NAME", default_value = "contoso-ws")]
    workspace: String,
    /// Name of the resource group of the workspace
    #[arg(short = 'g', long, value_name = "NAME", default_value = "contoso-rg")]
    resource_group: String,
    /// Azure region of the workspace
    #[arg(long, value_name = "REGION", default_value = REGION)]
    location: String,
    #[command(flatten)]
    subscription: SubscriptionArgs,
    /// How the result is given
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let connect = Connect {
            subject: self.subject,
            workspace: self.workspace,
            place: Somewhere {
                resource_group: self.resource_group,
                location: self.location,
                subscription: self.subscription.subscription,
                tenant: self.subscription.tenant,
            },
            inputs: self.inputs,
            secrets: self.secrets,
            format: self.format,
        };
        run(&connect, console).code()
    }
}
