//! What is done on the hour: counts are published, the database is measured.

use std::sync::Arc;
use std::time::Duration;

use crate::collect::Intake;
use crate::config::RequestLog;
use crate::store::{Database, condition};
use crate::telemetry::{IntakeDone, Watch, log_hour};
use crate::words::Moment;

const HOUR: i64 = 3600;

/// Runs until it is aborted.
pub(super) async fn run(db: Database, intake: Intake, watch: Arc<Watch>, log: RequestLog) {
    loop {
        match condition::size(db.reader()).await {
            Ok(bytes) => watch.measured(bytes),
            Err(error) => tracing::warn!(%error, "the database could not be measured"),
        }
        tokio::time::sleep(until_the_hour(Moment::now())).await;
        let done = intake.done();
        let grown = watch.publish(IntakeDone { answers: done.answers, batches: done.batches });
        if log == RequestLog::Hourly {
            log_hour(&grown);
        }
    }
}

fn until_the_hour(now: Moment) -> Duration {
    Duration::from_secs(u64::try_from(HOUR - now.unix().rem_euclid(HOUR)).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_hour_is_never_now() {
        assert_eq!(until_the_hour(Moment::from_unix(3_600)), Duration::from_hours(1));
        assert_eq!(until_the_hour(Moment::from_unix(7_199)), Duration::from_secs(1));
    }
}
