fn main() -> std::process::ExitCode {
    sentinel_gen::cli::run()
}
