//! Everything that is not a pure function: the disk, processes, the environment, the terminal. No other module but the
//! thin `cli` may touch them; nothing here knows what a spec means.
//!
//! [`discover`] finds specs, [`world`] reads their folders, [`run`] compiles several of them at once and in order,
//! [`build`] writes through [`output`], [`golden`] keeps what is expected, [`az`] hands over to the Azure CLI, [`generate`] keeps the generated pages of this project fresh.
//! Results that programs read go to stdout, what people read goes to stderr.

pub mod arguments;
pub mod az;
pub mod build;
pub mod connect;
pub mod console;
pub mod diff;
pub mod discover;
pub mod explain;
pub mod folder;
pub mod generate;
pub mod golden;
pub mod kql;
pub mod lineage;
pub mod output;
pub mod run;
pub mod secret;
pub mod template;
pub mod world;

/// How a command ended, from good to bad: of several specs the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verdict {
    #[default]
    Clean,
    /// `diff` found something.
    Different,
    /// Findings that fail the run.
    Errors,
    /// Wrong usage, or something could not be read, written or started.
    Failed,
}

impl Verdict {
    /// The exit code: 0, 3, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Verdict::Clean => 0,
            Verdict::Errors => 1,
            Verdict::Failed => 2,
            Verdict::Different => 3,
        }
    }
}

/// What makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Strictness {
    /// `--deny warnings`
    pub deny_warnings: bool,
}

impl Strictness {
    pub fn verdict(self, diagnostics: &crate::diag::Diagnostics) -> Verdict {
        let denied = self.deny_warnings && diagnostics.count(crate::diag::Severity::Warning) > 0;
        if denied || diagnostics.has_errors() { Verdict::Errors } else { Verdict::Clean }
    }
}
