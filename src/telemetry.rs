//! Logs: sentences for the operator on standard error. No answer, comment, ticket, key or address ever reaches them.

use tracing_subscriber::EnvFilter;

/// Starts logging at a level (`error`, `warn`, `info`, `debug`); whatever other libraries say stays at warnings.
pub fn start(level: &str) {
    let level = if ["error", "warn", "info", "debug", "trace"].contains(&level) { level } else { "info" };
    let filter = EnvFilter::new(format!("warn,thuocdo={level},sqlx=error,sea_orm=error"));
    // A second start (tests in one process) changes nothing.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).try_init();
}
