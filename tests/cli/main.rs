//! The program as its users run it: exit codes, what is on which stream, and what reaches az. Loopback only: `az` is a
//! script that writes down how it was called.

mod arm;
mod build;
mod connect;
#[cfg(unix)]
mod deploy;
#[path = "../support/expected.rs"]
mod expected;
mod fixture;
mod lineage;
mod pages;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod teardown;
