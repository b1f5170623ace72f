use super::check::Strict;
use crate::driver::Strictness;
use crate::driver::build::Format;
use crate::driver::console::Console;
use crate::driver::kql::{Query, batch, run};
use crate::kql::Dialect;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  sentinel-gen kql hunting.kql
  echo 'SigninLogs | where ResultTyp == 0' | sentinel-gen kql -
  sentinel-gen kql transform.kql --dialect transform --tables stream.json
  sentinel-gen kql --batch < requests.jsonl > answers.jsonl

Built-in tables of Log Analytics are known, with their columns. --tables names a JSON file with more:
  {\"tables\": [{\"name\": \"T_CL\", \"columns\": [{\"name\": \"a\", \"type\": \"string\"}]}],
   \"functions\": [{\"name\": \"F\", \"parameters\": \"(n: long)\", \"body\": \"{ T_CL | take n }\"}]}
--batch reads one JSON request a line, {id, query, tables, functions, dialect}, with nothing built in, and answers
each on a line of its own, {id, diagnostics, resultKind, resultColumns, resultOpen}, in order.";

/// Check one KQL text: findings and the columns of its result
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// File with the query; - for standard input
    #[arg(value_name = "FILE", required_unless_present = "batch", conflicts_with = "batch")]
    file: Option<PathBuf>,
    /// JSON file with tables and functions that the query may use
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    tables: Option<PathBuf>,
    /// The whole language, or what ingestion-time transformations take of it
    #[arg(long, value_enum, default_value = "query", conflicts_with = "batch")]
    dialect: DialectName,
    /// Answer JSON lines from standard input
    #[arg(long)]
    batch: bool,
    #[command(flatten)]
    strictness: Strict,
    /// How findings and columns are given
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DialectName {
    Query,
    Transform,
}

impl Args {
    pub fn run(self, console: &Console) -> u8 {
        let Some(file) = self.file else {
            return batch::run(console).code();
        };
        let dialect = match self.dialect {
            DialectName::Query => Dialect::Analytics,
            DialectName::Transform => Dialect::Transform,
        };
        let strictness = Strictness { deny_warnings: self.strictness.deny.is_some() };
        run(&Query { file, tables: self.tables, dialect, strictness, format: self.format }, console).code()
    }
}
