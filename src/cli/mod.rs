//! The command line: arguments into calls of `driver`, results into exit codes. No logic.
