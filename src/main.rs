//! The program: parse arguments, run one command, exit code.

use std::process::ExitCode;

use clap::Parser;
use thuocdo::cli::{Cli, run};

#[tokio::main]
async fn main() -> ExitCode {
    run(Cli::parse()).await
}
