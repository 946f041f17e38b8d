//! The `partnersim` program.

fn main() -> std::process::ExitCode {
    partnersim::cli::main()
}
