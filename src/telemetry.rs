//! Logs and figures for monitoring. No answer, comment, ticket, key, path or address ever reaches them, and nothing that
//! would tell when a single person came: requests are counted by pattern, published once an hour, in tens.

mod counts;
mod exposition;
mod faults;
mod panics;

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;

pub use self::counts::{Connection, IntakeDone, Request, Tally, Watch};
pub use self::exposition::{Live, text};
pub use self::faults::{Fault, Source, note};
pub use self::panics::{Panicked, guarded, keep_messages_out};
use crate::config::{LogFormat, RequestLog, Settings};
use crate::words::Moment;

/// Starts logging as the settings say; whatever other libraries say stays at warnings.
pub fn start(settings: &Settings) {
    // Requests that are no HTTP are answered with 400; a line for each would let any stranger fill the disk.
    let quiet = "sqlx=error,sea_orm=error,actix_http=off";
    // Who asks for lines on requests gets them whatever else is logged.
    let requests = if settings.log_requests == RequestLog::Off { "off" } else { "info" };
    let filter = EnvFilter::new(format!("warn,thuocdo={},{quiet},{REQUESTS}={requests}", settings.log));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_timer(Minute)
        .with_writer(std::io::stderr);
    // A second start (tests in one process) changes nothing.
    let _ = match settings.log_format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}

/// Under which name lines on requests go to the log.
const REQUESTS: &str = "thuocdo::requests";

/// Time as lines of the log carry it: no finer than the minute.
struct Minute;

impl FormatTime for Minute {
    fn format_time(&self, line: &mut Writer<'_>) -> std::fmt::Result {
        let now = Moment::now();
        let (hour, minute, _) = now.clock();
        write!(line, "{}T{hour:02}:{minute:02}+07:00", now.day().iso())
    }
}

/// Writes a line on one request. Only simulations may ask for it.
pub fn log_request(request: &Request<'_>) {
    let (method, status, took) = (request.method, request.class(), request.took_at_most());
    tracing::info!(target: REQUESTS, pattern = request.pattern, method, status, took, "request");
}

/// Writes how many tens of each kind of request an hour brought.
pub fn log_hour(grown: &[(String, u64)]) {
    for (kind, requests) in grown {
        tracing::info!(target: REQUESTS, %kind, requests, "requests of the hour, in tens");
    }
}
