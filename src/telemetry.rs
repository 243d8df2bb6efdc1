//! Logs: sentences for the operator on standard error. No answer, comment, ticket, key or address ever reaches them.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging at a level (`error`, `warn`, `info`, `debug`); whatever other libraries say stays at warnings.
pub fn start(level: &str) {
    let level = if ["error", "warn", "info", "debug", "trace"].contains(&level) { level } else { "info" };
    // Requests that are no HTTP are answered with 400; a line for each would let any stranger fill the disk.
    let quiet = "sqlx=error,sea_orm=error,actix_http::h1::dispatcher=off";
    let filter = EnvFilter::new(format!("warn,thuocdo={level},{quiet}"));
    // A second start (tests in one process) changes nothing.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}
