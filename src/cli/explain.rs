use crate::driver::console::Console;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen explain SG0010
  sentinel-gen explain spec-not-found";

/// Explain a finding: what it means, why it matters, how to put it right
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Code or name of the finding
    #[arg(value_name = "CODE")]
    code: String,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        crate::driver::explain::run(&self.code, console).code()
    }
}
