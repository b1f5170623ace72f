use crate::backend::Target;
use crate::driver::Strictness;
use crate::driver::build::{Build, Format};
use crate::driver::console::Console;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen check
  sentinel-gen check spec/pulumi-cloud --deny warnings
  sentinel-gen check --format json | jq -r '.findings[].code'

It does all that build does, for every target, up to the validation of what would be written, and writes nothing. The JSON has the members `solutions` and `findings`.";

/// Find everything that is wrong with specs, without writing
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Spec files, or folders: the sentinel.yaml in it, or else all below it [default: spec]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    #[command(flatten)]
    strictness: Strict,
    /// How findings are given
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

/// `--deny`, the same for all commands that have it.
#[derive(Debug, clap::Args)]
pub struct Strict {
    /// Let warnings fail the run as errors do
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Deny {
    Warnings,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let strictness = Strictness { deny_warnings: self.strictness.deny.is_some() };
        let targets = Target::ALL.to_vec();
        let build = Build { specs: self.specs, targets, out: None, strictness, format: self.format };
        crate::driver::build::run(&build, console).code()
    }
}
