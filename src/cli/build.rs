use crate::backend::Target;
use crate::driver::Strictness;
use crate::driver::build::{Build, Format};
use crate::driver::console::Console;
use crate::driver::discover::DEFAULT_OUT;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen build
  sentinel-gen build spec/pulumi-cloud --target arm,bicep
  sentinel-gen build spec drafts/okta.yaml --out /tmp/out --deny warnings

A build with an error writes nothing for that solution; the other solutions are built all the same. Files that are already right are not touched, and files that an earlier build made and this one does not are removed.";

/// Build solutions: deployment bundle, package, manifest, documentation
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Spec files, or folders: the sentinel.yaml in it, or else all below it [default: spec]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// What to make; several with commas [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "TARGET")]
    target: Vec<Target>,
    /// Folder that gets one folder for each solution
    #[arg(long, value_name = "FOLDER", default_value = DEFAULT_OUT)]
    out: PathBuf,
    #[command(flatten)]
    strictness: super::check::Strict,
    /// How findings and the account are given
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let targets = if self.target.is_empty() { Target::ALL.to_vec() } else { self.target };
        let strictness = Strictness { deny_warnings: self.strictness.deny.is_some() };
        let build = Build { specs: self.specs, targets, out: Some(self.out), strictness, format: self.format };
        crate::driver::build::run(&build, console).code()
    }
}
