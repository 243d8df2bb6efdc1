//! One-time tickets: what a ticket is good for, and what somebody says who finds theirs spent.

use anyhow::Context;

use crate::record::Ticket;
use crate::registry::{OpenPoint, Snapshot};
use crate::store::tickets::{self, StoredTicket, Use};
use crate::store::{ConnectionTrait, Database};
use crate::words::{Day, Level, LevelReason, Province};

/// Days from the return of the result, or from the receiving of the dossier, on which a ticket gives its level.
pub const TICKET_DAYS: i32 = 30;
/// Days a dossier takes at most: a ticket whose result was never reported returned ends with them.
pub const LONGEST_DOSSIER_DAYS: i32 = 400;
/// Before what a form key is bound to, where it is a ticket.
const BINDING: &str = "ticket ";

/// A ticket that can be spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoodTicket {
    /// What it is for.
    pub ticket: StoredTicket,
    /// The level it gives.
    pub level: Level,
    /// Why not a higher one.
    pub reason: LevelReason,
}

/// What a ticket is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented {
    /// It can be spent.
    Good(GoodTicket),
    /// It was spent. Whoever asks is not told whether somebody disputed that.
    Spent {
        /// What it was for.
        ticket: StoredTicket,
    },
}

/// The last day on which a ticket gives its level.
pub fn last_day(ticket: &StoredTicket) -> Day {
    ticket.expires.unwrap_or_else(|| ticket.issued.plus(LONGEST_DOSSIER_DAYS))
}

/// What a ticket gives on a day. Pure.
pub fn worth(ticket: StoredTicket, use_made: Use, today: Day) -> Presented {
    if use_made != Use::Unspent {
        return Presented::Spent { ticket };
    }
    let reason = match ticket.reason {
        LevelReason::None if today > last_day(&ticket) => LevelReason::Expired,
        reason => reason,
    };
    let level = if reason == LevelReason::None { Level::B } else { Level::D };
    Presented::Good(GoodTicket { ticket, level, reason })
}

/// A spent ticket as it may have been when the form that comes now was sent for the first time: whether it was stored then,
/// its form key tells, and nothing can be stored with it now.
pub fn as_sent(ticket: StoredTicket, today: Day) -> GoodTicket {
    match worth(ticket, Use::Unspent, today) {
        Presented::Good(good) => good,
        Presented::Spent { ticket } => GoodTicket { ticket, level: Level::D, reason: LevelReason::None },
    }
}

/// Looks a ticket up; `None` for one that nobody issued here.
pub async fn present(
    db: &impl ConnectionTrait,
    province: Province,
    ticket: &Ticket,
    today: Day,
) -> anyhow::Result<Option<Presented>> {
    let found = tickets::find(db, province, ticket.hash()).await.context("while looking for a ticket")?;
    Ok(found.map(|(ticket, use_made)| worth(ticket, use_made, today)))
}

/// What the form key of a ticket's form is bound to.
pub fn binding(ticket: &Ticket) -> String {
    format!("{BINDING}{}", ticket.code())
}

/// The open point a ticket leads to on a day.
pub fn point_of<'s>(snapshot: &'s Snapshot, ticket: &StoredTicket, today: Day) -> Option<OpenPoint<'s>> {
    let unit = snapshot.directory.receiving_unit(ticket.point, today)?;
    let points = snapshot.directory.points_of(unit, today);
    points.into_iter().find(|open| open.point.point == ticket.point && snapshot.directory.is_alive(unit, today))
}

/// Notes that somebody else spent a ticket; false where there is no such spent ticket. Saying it again changes nothing.
pub async fn dispute(db: &Database, province: Province, ticket: &Ticket, today: Day) -> anyhow::Result<bool> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    let found = tickets::find(&tx, province, ticket.hash()).await.context("while looking for a ticket")?;
    let Some((ticket, Use::Spent | Use::Disputed)) = found else {
        tx.rollback().await.context("while giving the turn back")?;
        return Ok(false);
    };
    tickets::dispute(&tx, province, &ticket, today.half()).await.context("while noting a dispute")?;
    tx.commit().await.context("while committing")?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::TicketHash;
    use crate::words::{FieldId, PointId, ProcedureId, TicketStage, UnitId};

    fn ticket(reason: LevelReason, expires: Option<i32>) -> StoredTicket {
        StoredTicket {
            hash: TicketHash([0; 32]),
            stage: TicketStage::Result,
            point: PointId(1),
            deciding_unit: UnitId::NONE,
            procedure: ProcedureId::NONE,
            field: FieldId::NONE,
            issued: Day(1_000),
            expires: expires.map(Day),
            reason,
            invited: false,
        }
    }

    fn given(reason: LevelReason, expires: Option<i32>, today: i32) -> (Level, LevelReason) {
        match worth(ticket(reason, expires), Use::Unspent, Day(today)) {
            Presented::Good(good) => (good.level, good.reason),
            Presented::Spent { .. } => panic!("nobody spent it"),
        }
    }

    #[test]
    fn a_ticket_gives_level_b_to_its_last_day_and_open_feedback_with_a_reason_otherwise() {
        use LevelReason as R;
        assert_eq!(given(R::None, Some(1_050), 1_050), (Level::B, R::None));
        assert_eq!(given(R::None, Some(1_050), 1_051), (Level::D, R::Expired));
        assert_eq!(given(R::None, None, 1_000 + LONGEST_DOSSIER_DAYS), (Level::B, R::None));
        assert_eq!(given(R::None, None, 1_001 + LONGEST_DOSSIER_DAYS), (Level::D, R::Expired));
        for reason in [R::SharedContact, R::NotTheOwner, R::Withdrawn] {
            assert_eq!(given(reason, Some(1_050), 1_001), (Level::D, reason));
            assert_eq!(given(reason, Some(1_050), 1_051), (Level::D, reason));
        }
    }

    #[test]
    fn a_spent_ticket_gives_nothing() {
        for use_made in [Use::Spent, Use::Disputed] {
            let ticket = ticket(LevelReason::None, None);
            assert_eq!(worth(ticket, use_made, Day(1_001)), Presented::Spent { ticket });
        }
    }
}
