use crate::driver::az::Place;

/// Where in Azure; the same for all commands that go there.
#[derive(Debug, clap::Args)]
pub struct PlaceArgs {
    /// Resource group of the workspace
    #[arg(short = 'g', long, value_name = "NAME")]
    resource_group: String,
    /// Log Analytics workspace with Microsoft Sentinel
    #[arg(long, value_name = "NAME")]
    workspace: String,
    /// Name or id of the subscription [default: the one that az uses]
    #[arg(long, value_name = "SUBSCRIPTION")]
    subscription: Option<String>,
}

impl From<PlaceArgs> for Place {
    fn from(args: PlaceArgs) -> Self {
        Place { resource_group: args.resource_group, workspace: args.workspace, subscription: args.subscription }
    }
}
