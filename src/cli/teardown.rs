use super::place::PlaceArgs;
use crate::driver::az::teardown::Teardown;
use crate::driver::console::Console;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen teardown spec/pulumi-cloud -g rg-soc --workspace ws-soc --dry-run
  sentinel-gen teardown spec/pulumi-cloud -g rg-soc --workspace ws-soc
  sentinel-gen teardown spec/pulumi-cloud -g rg-soc --workspace ws-soc --delete-data
  sentinel-gen teardown spec/pulumi-cloud -g rg-soc --workspace ws-soc --connection labs

If there is a deployment stack of the solution, it is deleted, and what it listed is removed; if not, the bundle's resources are removed one by one, rules first; in both cases every connection that deploy made goes. Tables stay, with their rows, unless --delete-data is given. What is gone already is no error.";

/// Remove what deploy made, with the Azure CLI
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The spec, or the folder that holds it
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    #[command(flatten)]
    place: PlaceArgs,
    /// Remove this connection, and nothing else
    #[arg(long, value_name = "NAME", conflicts_with = "delete_data")]
    connection: Option<String>,
    /// Remove tables as well, with all their rows
    #[arg(long)]
    delete_data: bool,
    /// Print the commands, and run none of them
    #[arg(long)]
    dry_run: bool,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let teardown = Teardown {
            spec: self.spec,
            place: self.place.into(),
            connection: self.connection,
            delete_data: self.delete_data,
            dry_run: self.dry_run,
        };
        crate::driver::az::teardown::run(&teardown, console).code()
    }
}
