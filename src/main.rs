//! The binary: hands the arguments over and exits with what comes back.

use std::process::ExitCode;

fn main() -> ExitCode {
    fieldbook::cli::run(std::env::args_os())
}
