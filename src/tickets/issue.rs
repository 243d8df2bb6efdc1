//! One ticket at a time: for the system that prints the slip, and for dossiers that were corrected.

use anyhow::Context;

use super::expires;
use super::procedures::follows_a_death;
use crate::collect::tickets::last_day;
use crate::record::{Keys, Ticket, dossier_number};
use crate::registry::{By, Directory};
use crate::store::tickets::{self, StoredTicket, Use};
use crate::store::{Database, DatabaseTransaction, installation, places, procedures, staff_log};
use crate::words::{Day, FieldId, LevelReason, Moment, PointId, ProcedureId, Province, TicketStage, UnitId};

/// What a ticket is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Number of the dossier.
    pub dossier: &'a str,
    /// Code of the receiving point.
    pub point: &'a str,
    /// Stage.
    pub stage: TicketStage,
    /// Code of the procedure, where known.
    pub procedure: Option<&'a str>,
    /// Code of the deciding unit, where known.
    pub deciding_unit: Option<&'a str>,
}

/// A ticket with what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The ticket.
    pub ticket: Ticket,
    /// What it is for.
    pub stored: StoredTicket,
}

/// Why no ticket is issued; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum IssueRefusal {
    /// The number is none.
    #[error("the number of the dossier is empty, longer than 128 bytes or not one line")]
    Dossier,
    /// No point has this code.
    #[error("there is no collection point “{0}”; `thuocdo point list` shows the codes")]
    Point(String),
    /// No procedure has this code.
    #[error("there is no procedure “{0}”; import the procedures first, or mend the code")]
    Procedure(String),
    /// No unit has this code.
    #[error("there is no unit “{0}”; import the units first, or mend the code")]
    Unit(String),
    /// It follows a death.
    #[error("the procedure “{0}” follows a death: nobody is asked for an opinion, and no ticket is issued")]
    Death(String),
    /// It was spent.
    #[error("the ticket of this dossier is spent; it is not printed again")]
    Spent,
    /// It was withdrawn.
    #[error("the ticket of this dossier was withdrawn")]
    Withdrawn,
    /// There is none.
    #[error("no ticket was issued for this dossier at this stage")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] anyhow::Error),
}

/// Issues the ticket of a dossier, or gives the same one again.
pub async fn issue(
    db: &Database,
    keys: &Keys,
    province: Province,
    asked: &Asked<'_>,
    (today, by): (Day, By<'_>),
) -> Result<Issued, IssueRefusal> {
    let dossier = dossier_number(asked.dossier).ok_or(IssueRefusal::Dossier)?;
    let ticket = Ticket::of(keys, province, &dossier, asked.stage);
    let tx = begin(db).await?;
    let place = place(&tx, province, asked, today).await?;
    let before = tickets::find(&tx, province, ticket.hash()).await.context("while looking for the ticket")?;
    match before {
        Some((_, Use::Spent | Use::Disputed)) => return Err(IssueRefusal::Spent),
        Some((StoredTicket { reason: LevelReason::Withdrawn, .. }, _)) => return Err(IssueRefusal::Withdrawn),
        _ => {}
    }
    let known = before.map(|(known, _)| known);
    let (point, deciding_unit, procedure, field) = place;
    let new = StoredTicket {
        hash: ticket.hash(),
        stage: asked.stage,
        point,
        deciding_unit,
        procedure,
        field,
        issued: today,
        expires: (asked.stage == TicketStage::Reception).then(|| expires(today)),
        reason: LevelReason::None,
        invited: false,
    };
    // What is not said again stays as the daily file had it.
    let stored = known.map_or(new, |known| StoredTicket {
        point,
        deciding_unit: if asked.deciding_unit.is_some() { deciding_unit } else { known.deciding_unit },
        procedure: if asked.procedure.is_some() { procedure } else { known.procedure },
        field: if asked.procedure.is_some() { field } else { known.field },
        ..known
    });
    if known != Some(stored) {
        tickets::put(&tx, province, &[stored]).await.context("while storing the ticket")?;
        let object = format!("{} {}", asked.point, asked.stage);
        note(&tx, province, by, "issue ticket", &object).await?;
    }
    tx.commit().await.context("while committing")?;
    Ok(Issued { ticket, stored })
}

/// The ticket of a dossier that the daily file named, for printing its slip again. `may` says whether whoever prints may see
/// what it is for; what they may not is not there.
pub async fn reprint(
    db: &Database,
    keys: &Keys,
    province: Province,
    (dossier, stage): (&str, TicketStage),
    may: impl Fn(&StoredTicket) -> bool,
    (today, by): (Day, By<'_>),
) -> Result<Issued, IssueRefusal> {
    let dossier = dossier_number(dossier).ok_or(IssueRefusal::Dossier)?;
    let ticket = Ticket::of(keys, province, &dossier, stage);
    let tx = begin(db).await?;
    let found = tickets::find(&tx, province, ticket.hash()).await.context("while looking for the ticket")?;
    let (stored, use_made) = found.filter(|(stored, _)| may(stored)).ok_or(IssueRefusal::Unknown)?;
    if use_made != Use::Unspent || today > last_day(&stored) {
        return Err(IssueRefusal::Spent);
    }
    if stored.reason == LevelReason::Withdrawn {
        return Err(IssueRefusal::Withdrawn);
    }
    note(&tx, province, by, "print slip", stage.word()).await?;
    tx.commit().await.context("while committing")?;
    Ok(Issued { ticket, stored })
}

/// Withdraws the ticket of a dossier that was corrected: from now on it gives open feedback alone.
pub async fn withdraw(
    db: &Database,
    keys: &Keys,
    province: Province,
    (dossier, stage): (&str, TicketStage),
    by: By<'_>,
) -> Result<(), IssueRefusal> {
    let dossier = dossier_number(dossier).ok_or(IssueRefusal::Dossier)?;
    let hash = Ticket::of(keys, province, &dossier, stage).hash();
    let tx = begin(db).await?;
    if !tickets::withdraw(&tx, province, hash).await.context("while withdrawing the ticket")? {
        return Err(IssueRefusal::Unknown);
    }
    note(&tx, province, by, "withdraw ticket", stage.word()).await?;
    Ok(tx.commit().await.context("while committing")?)
}

async fn begin(db: &Database) -> anyhow::Result<DatabaseTransaction> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    installation::take_turn(&tx).await.context("while taking the turn to write")?;
    Ok(tx)
}

/// The line in the staff log. It holds no number of a dossier and no ticket.
async fn note(tx: &DatabaseTransaction, p: Province, by: By<'_>, act: &str, object: &str) -> anyhow::Result<()> {
    staff_log::append(tx, p, Moment::now(), by.actor(), act, object).await.context("while writing the staff log")
}

async fn place(
    tx: &DatabaseTransaction,
    province: Province,
    asked: &Asked<'_>,
    today: Day,
) -> Result<(PointId, UnitId, ProcedureId, FieldId), IssueRefusal> {
    let directory = Directory::new(places::all(tx, province).await.context("while reading units and points")?);
    let point = directory.point_by_code(asked.point).ok_or_else(|| IssueRefusal::Point(asked.point.to_owned()))?;
    let unit =
        asked.deciding_unit.map(|code| directory.unit_by_code(code).ok_or_else(|| IssueRefusal::Unit(code.to_owned())));
    let own_field = directory.point_on(point, today).map_or(FieldId::NONE, |version| version.field);
    let (mut procedure, mut field) = (ProcedureId::NONE, own_field);
    if let Some(code) = asked.procedure {
        let all = procedures::all(tx, province).await.context("while reading the procedures")?;
        let known = all.into_iter().find(|known| known.code == code);
        let known = known.ok_or_else(|| IssueRefusal::Procedure(code.to_owned()))?;
        if follows_a_death(&known) {
            return Err(IssueRefusal::Death(known.name));
        }
        procedure = known.procedure;
        field = if known.field == FieldId::NONE { own_field } else { known.field };
    }
    Ok((point, unit.transpose()?.unwrap_or(UnitId::NONE), procedure, field))
}
