use crate::driver::console::Console;
use crate::driver::diff::{Diff, Format};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen diff                          what a build would change in golden/
  sentinel-gen diff --format markdown        the same, for a pull request
  sentinel-gen diff --bless                  expect the fresh builds from now on
  sentinel-gen diff spec/pulumi-cloud --against output

Changes of meaning come first, property by property; then the files that follow from them; then, line by line, what no change of meaning explains. Exit code 3 says that there are differences.";

/// Compare fresh builds with stored ones: golden/, or any folder that build has written
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Spec files, or folders: the sentinel.yaml in it, or else all below it [default: spec]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Folder with a folder for each solution
    #[arg(long, value_name = "FOLDER", default_value = "golden")]
    against: PathBuf,
    /// Store the fresh builds there instead of comparing
    #[arg(long)]
    bless: bool,
    /// How differences are given
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let diff = Diff { specs: self.specs, against: self.against, bless: self.bless, format: self.format };
        crate::driver::diff::run(&diff, console).code()
    }
}
