use crate::driver::console::Console;
use crate::driver::generate::{self, Mode};
use clap::CommandFactory;
use std::path::PathBuf;

/// For those who work on this program
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write or check the generated files: docs/cli.md, docs/language.md, docs/rules/, schemas/spec.schema.json
    Generate {
        /// `check` changes nothing and fails if a file is stale
        #[arg(long, value_enum, default_value = "check")]
        mode: Mode,
        /// The project's folder
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        root: PathBuf,
    },
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let Command::Generate { mode, root } = self.command;
        generate::run(mode, &root, super::Cli::command(), console).code()
    }
}
