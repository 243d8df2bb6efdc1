//! `thuocdo decision list`: reading only; deciding is done by people who signed in.

use super::data::existing;
use super::say;
use crate::config::Settings;
use crate::decisions::{self, Subject};
use crate::registry::Directory;
use crate::store::decisions::StoredDecision;
use crate::words::Moment;

const HEAD: [&str; 7] = ["decision", "state", "kind", "matter", "reason", "proposer", "expires"];

/// `thuocdo decision list`.
pub(super) async fn list(settings: &Settings) -> anyhow::Result<()> {
    let (prepared, snapshot) = existing(settings).await?;
    let found = decisions::list(prepared.db.reader(), prepared.province).await?;
    let now = Moment::now();
    let mut lines = vec![HEAD.join("\t")];
    for decision in &found {
        lines.push(line(decision, &snapshot.directory, now)?.join("\t"));
    }
    say((lines.join("\n") + "\n").as_bytes())?;
    Ok(prepared.db.close().await?)
}

fn line(decision: &StoredDecision, directory: &Directory, now: Moment) -> anyhow::Result<[String; 7]> {
    let state = if decision.has_expired(now) { "expired" } else { decision.state.word() };
    Ok([
        decision.id.to_string(),
        state.to_owned(),
        decision.kind.word().to_owned(),
        Subject::of(decision)?.told(directory),
        decision.reason.word().to_owned(),
        decision.proposer.to_string(),
        decision.expires_at.day().iso(),
    ])
}
