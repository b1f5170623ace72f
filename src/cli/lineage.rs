use crate::driver::console::Console;
use crate::driver::lineage::{Format, Question};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen lineage spec/pulumi-cloud                   every column in short
  sentinel-gen lineage spec/pulumi-cloud UserLogin_s       all that is known of one
  sentinel-gen lineage spec/pulumi-cloud PulumiAuditLogs_CL.UserLogin_s --format mermaid
  sentinel-gen lineage spec/pulumi-cloud --format json

JSON: {lineageVersion, solution, tables: [{name, columns: [{name, type,
  filledBy: [{connector, stream, expression, sources: [{streamColumn, member, direct, paths, addedBy}]}],
  readBy: [{kind, id, name, places: [{line, column}], namedBy}]}]}]}
A path begins at the root of the API's answer. `direct` says that the value is not computed from it.";

/// Show where the columns of tables come from in the API's answers, and which rules and queries read them
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Spec file, or its folder
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Table.Column, or the name of a column [default: all]
    #[arg(value_name = "COLUMN")]
    column: Option<String>,
    /// How the answer is given
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let asked = Question { spec: self.spec, column: self.column, format: self.format };
        crate::driver::lineage::run(&asked, console).code()
    }
}
