use crate::driver::console::Console;

const EXAMPLES: &str = "\
Example:
  sentinel-gen schema > spec.schema.json

With this line at the top of a spec, editors complete and check as you type:
  # yaml-language-server: $schema=spec.schema.json";

/// Print the JSON Schema of the spec language, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        console.out(&crate::driver::generate::schema());
        0
    }
}
