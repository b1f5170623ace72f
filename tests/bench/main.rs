//! `cargo bench`: the whole program, started as a user starts it. It prints figures and asserts nothing about them.

mod fleet;
mod measure;
mod process;

fn main() {
    // `cargo test --all-targets` starts this too, and must not measure.
    if std::env::args().any(|argument| argument == "--bench") {
        process::run();
        fleet::run();
    }
}
