//! Arguments to a command, a command to an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    byhand::shell::run(std::env::args_os())
}
