//! `thuocdo decision list`: reading only; deciding is done by people who signed in.

use super::data::existing;
use super::say;
use crate::config::Settings;
use crate::decisions;
use crate::registry::Directory;
use crate::registry::moves::Move;
use crate::store::decisions::StoredDecision;
use crate::words::{Moment, PointId};

const HEAD: [&str; 9] = ["decision", "state", "kind", "from", "to", "days", "reason", "proposer", "expires"];

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

fn line(decision: &StoredDecision, directory: &Directory, now: Moment) -> anyhow::Result<[String; 9]> {
    let moved = Move::parse(&decision.subject)?;
    let code =
        |point: PointId| directory.point(point).map_or_else(|| point.to_string(), |(known, _)| known.code.clone());
    let state = if decision.has_expired(now) { "expired" } else { decision.state.word() };
    Ok([
        decision.id.to_string(),
        state.to_owned(),
        decision.kind.word().to_owned(),
        code(moved.from),
        code(moved.to),
        format!("{} – {}", moved.days.from.iso(), moved.days.to.iso()),
        decision.reason.word().to_owned(),
        decision.proposer.to_string(),
        decision.expires_at.day().iso(),
    ])
}
