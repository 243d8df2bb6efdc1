//! The few periodic acts: sealing days that have ended.

use std::time::Duration;

use crate::collect::Intake;
use crate::store::{Database, installation};
use crate::words::{Moment, Province};

/// How often it is asked whether a day has ended.
const INTERVAL: Duration = Duration::from_mins(1);
/// Minutes after midnight from which a day is sealed: forms sent at midnight are stored by then.
const AFTER_MIDNIGHT: u8 = 5;

/// Runs until it is aborted.
pub async fn run(db: Database, province: Province, intake: Intake) {
    loop {
        if let Err(error) = seal_ended_days(&db, province, &intake).await {
            tracing::error!(error = format!("{error:#}"), "ended days could not be sealed; tried again in a minute");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

async fn seal_ended_days(db: &Database, province: Province, intake: &Intake) -> anyhow::Result<()> {
    let now = Moment::now();
    let (hour, minute, _) = now.clock();
    if hour == 0 && minute < AFTER_MIDNIGHT {
        return Ok(());
    }
    let yesterday = now.day().plus(-1);
    let sealed = installation::find(db.reader(), province).await?.and_then(|installed| installed.sealed_through);
    if sealed.is_some_and(|sealed| sealed >= yesterday) {
        return Ok(());
    }
    let done = intake.seal(yesterday).await?;
    tracing::info!(day = yesterday.iso(), answers = done.answers, blocks = done.blocks, "sealed the days that ended");
    Ok(())
}
