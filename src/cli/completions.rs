use crate::driver::console::Console;
use clap::CommandFactory;
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen completions bash > /etc/bash_completion.d/sentinel-gen
  sentinel-gen completions zsh > \"${fpath[1]}/_sentinel-gen\"
  sentinel-gen completions powershell >> $PROFILE";

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Cli::command(), "sentinel-gen", &mut script);
        console.out(&String::from_utf8_lossy(&script));
        0
    }
}
