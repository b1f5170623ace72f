use crate::driver::console::Console;
use crate::driver::template::{Evaluate, Format, Somewhere, run};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen arm output/pulumi-cloud/deploy/azuredeploy.json \\
    --param workspaceName=ws-soc --param orgName=acme --secret accessToken=env:TOKEN
  sentinel-gen arm mainTemplate.json --parameters values.json --format json
  sentinel-gen arm old.json new.json --parameters values.json

Nothing is asked of Azure: what only a deployment knows, such as reference(…), stays as the text of its call. A secret is in nothing that is printed, also not changed: what it has touched is shown as ********. With two templates the exit code 3 says that they evaluate to different resources or outputs.";

/// Evaluate a template as Resource Manager does, or compare two by what they evaluate to
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The template; - for standard input
    #[arg(value_name = "FILE")]
    template: PathBuf,
    /// Another template to compare it with
    #[arg(value_name = "OTHER")]
    other: Option<PathBuf>,
    /// Parameters file with values for its parameters
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// Value of a parameter; JSON, unless it is a string
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// Where the value of a secure parameter is to be had: env:VARIABLE, file:PATH or prompt
    #[arg(long = "secret", value_name = "NAME=SOURCE")]
    secrets: Vec<String>,
    #[command(flatten)]
    place: SomewhereArgs,
    /// How the result is given
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Where the deployment is thought to be.
#[derive(Debug, clap::Args)]
pub struct SomewhereArgs {
    /// Name of the resource group
    #[arg(short = 'g', long, value_name = "NAME", default_value = "rg")]
    resource_group: String,
    /// Azure region of the resource group
    #[arg(long, value_name = "REGION", default_value = REGION)]
    location: String,
    #[command(flatten)]
    subscription: SubscriptionArgs,
}

/// The region that is taken where none is named.
pub const REGION: &str = "westeurope";

/// Whose deployment it is thought to be.
#[derive(Debug, clap::Args)]
pub struct SubscriptionArgs {
    /// Id of the subscription
    #[arg(long, value_name = "ID", default_value = "00000000-0000-0000-0000-0000000000a1")]
    pub subscription: String,
    /// Id of the tenant
    #[arg(long, value_name = "ID", default_value = "00000000-0000-0000-0000-0000000000b2")]
    pub tenant: String,
}

impl From<SomewhereArgs> for Somewhere {
    fn from(args: SomewhereArgs) -> Self {
        Somewhere {
            resource_group: args.resource_group,
            location: args.location,
            subscription: args.subscription.subscription,
            tenant: args.subscription.tenant,
        }
    }
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let evaluate = Evaluate {
            template: self.template,
            other: self.other,
            parameters: self.parameters,
            params: self.params,
            secrets: self.secrets,
            place: self.place.into(),
            format: self.format,
        };
        run(&evaluate, console).code()
    }
}
