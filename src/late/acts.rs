//! What an officer does about a late dossier: draft an apology, and note that the signed one has left.

use anyhow::Context;

use crate::registry::By;
use crate::store::late::{self, LateDossier, Sent};
use crate::store::{Database, DatabaseTransaction, installation, staff_log};
use crate::text::Both;
use crate::text::late as say;
use crate::words::{Day, Moment, Province};

/// Longest number of a document, in signs.
const LONGEST_NUMBER: usize = 40;

/// A draft, as far as it is kept: nothing of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    /// New day of the result; `None` where it was returned already.
    pub new_due: Option<Day>,
}

/// What is noted of an apology that has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSent<'a> {
    /// Number of the signed document.
    pub number: &'a str,
    /// Its day.
    pub day: Day,
    /// The new day it gives.
    pub new_due: Option<Day>,
}

/// Why an act was not done; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ActRefusal {
    /// There is no such dossier.
    #[error("there is no such late dossier")]
    Unknown,
    /// Nobody would know which dossier it is.
    #[error("{0}")]
    Forgotten(Both),
    /// An apology has left already: the new day is given once.
    #[error("{0}")]
    Again(Both),
    /// The new day is missing, superfluous or not to come.
    #[error("{0}")]
    NewDue(Both),
    /// The number of the document is none.
    #[error("{0}")]
    Number(Both),
    /// The day of the document is before the delay or after today.
    #[error("{0}")]
    Day(Both),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] anyhow::Error),
}

/// Notes that an apology was drafted. Drafting again replaces the draft; after an apology has left there is none.
pub async fn drafted(
    db: &Database,
    province: Province,
    (id, draft): (i64, Draft),
    unit_code: &str,
    (today, by): (Day, By<'_>),
) -> Result<LateDossier, ActRefusal> {
    let (tx, mut dossier) = open(db, province, id).await?;
    if let Err(refusal) = allowed(&dossier, draft.new_due, today) {
        return Err(refused(tx, refusal).await);
    }
    dossier.drafted = Some(today);
    dossier.new_due = draft.new_due;
    finish(tx, province, &dossier, by, ("draft apology", unit_code)).await?;
    Ok(dossier)
}

/// Notes that the signed apology has left.
pub async fn note_sent(
    db: &Database,
    province: Province,
    (id, new): (i64, &NewSent<'_>),
    unit_code: &str,
    (today, by): (Day, By<'_>),
) -> Result<LateDossier, ActRefusal> {
    let (tx, mut dossier) = open(db, province, id).await?;
    let read = allowed(&dossier, new.new_due, new.day).and_then(|()| {
        let number = document_number(new.number).ok_or(ActRefusal::Number(say::NOT_A_NUMBER.into()))?;
        let is_past = dossier.due < new.day && new.day <= today;
        if is_past { Ok(number) } else { Err(ActRefusal::Day(Both::of(|lang| say::not_its_day(lang, dossier.due)))) }
    });
    let number = match read {
        Ok(number) => number,
        Err(refusal) => return Err(refused(tx, refusal).await),
    };
    let object = format!("{number} {}, {unit_code}", new.day.iso());
    dossier.sent = Some(Sent { day: new.day, number, noted: today });
    dossier.new_due = new.new_due;
    finish(tx, province, &dossier, by, ("note apology", &object)).await?;
    Ok(dossier)
}

/// Whether an apology may be drafted or noted: none has left yet, and the new day lies after the day of the document. A
/// dossier that was returned has no new day.
fn allowed(dossier: &LateDossier, new_due: Option<Day>, day: Day) -> Result<(), ActRefusal> {
    match (&dossier.sent, dossier.returned, new_due) {
        (Some(_), ..) => Err(ActRefusal::Again(say::ONCE.into())),
        _ if dossier.number.is_none() => Err(ActRefusal::Forgotten(say::FORGOTTEN.into())),
        (None, Some(_), Some(_)) => Err(ActRefusal::NewDue(say::RETURNED_ALREADY.into())),
        (None, None, None) => Err(ActRefusal::NewDue(say::NO_NEW_DUE.into())),
        (None, None, Some(new)) if new <= day => Err(ActRefusal::NewDue(say::NOT_TO_COME.into())),
        _ => Ok(()),
    }
}

/// The number of a document, such as `12/XL-UBND`.
fn document_number(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/-. ".contains(c));
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    (plain && has_digit && text.chars().count() <= LONGEST_NUMBER).then(|| text.to_owned())
}

async fn open(db: &Database, province: Province, id: i64) -> Result<(DatabaseTransaction, LateDossier), ActRefusal> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    installation::take_turn(&tx).await.context("while taking the turn to write")?;
    match late::find(&tx, province, id).await.context("while reading a late dossier")? {
        Some(dossier) => Ok((tx, dossier)),
        None => Err(refused(tx, ActRefusal::Unknown).await),
    }
}

async fn refused(tx: DatabaseTransaction, refusal: ActRefusal) -> ActRefusal {
    match tx.rollback().await.context("while rolling back a refused act") {
        Ok(()) => refusal,
        Err(fault) => ActRefusal::Fault(fault),
    }
}

/// Stores the dossier, notes the act without its number, and commits: the staff log is kept for good, the number is not.
async fn finish(
    tx: DatabaseTransaction,
    province: Province,
    dossier: &LateDossier,
    by: By<'_>,
    (act, object): (&str, &str),
) -> anyhow::Result<()> {
    late::put(&tx, province, std::slice::from_ref(dossier)).await.context("while storing a late dossier")?;
    staff_log::append(&tx, province, Moment::now(), by.actor(), act, object)
        .await
        .context("while writing the staff log")?;
    tx.commit().await.context("while committing")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{PointId, ProcedureId, UnitId};

    fn late(returned: Option<i32>) -> LateDossier {
        LateDossier {
            id: 1,
            number: Some("H1".to_owned()),
            point: PointId(1),
            deciding_unit: UnitId(1),
            unit: UnitId(1),
            procedure: ProcedureId(1),
            received: Day(80),
            due: Day(90),
            returned: returned.map(Day),
            seen: Day(100),
            drafted: None,
            new_due: None,
            sent: None,
        }
    }

    #[test]
    fn a_new_day_is_given_once_lies_ahead_and_belongs_to_what_is_still_owed() {
        let today = Day(100);
        assert!(allowed(&late(None), Some(Day(101)), today).is_ok());
        for wrong in [None, Some(Day(100)), Some(Day(99))] {
            assert!(matches!(allowed(&late(None), wrong, today), Err(ActRefusal::NewDue(_))), "{wrong:?}");
        }
        assert!(allowed(&late(Some(95)), None, today).is_ok());
        assert!(matches!(allowed(&late(Some(95)), Some(Day(101)), today), Err(ActRefusal::NewDue(_))));
        let sent = Some(Sent { day: Day(95), number: "1/XL".to_owned(), noted: Day(95) });
        let again = LateDossier { sent, ..late(None) };
        assert!(matches!(allowed(&again, Some(Day(101)), today), Err(ActRefusal::Again(_))));
        let forgotten = LateDossier { number: None, ..late(Some(95)) };
        assert!(matches!(allowed(&forgotten, None, today), Err(ActRefusal::Forgotten(_))));
    }

    #[test]
    fn the_number_of_a_document_has_a_digit_and_no_markup() {
        assert_eq!(document_number(" 12/XL-UBND "), Some("12/XL-UBND".to_owned()));
        assert!(document_number("05/VBXL-SNNMT").is_some() && document_number("7/QĐ-STP").is_some());
        for bad in ["", "XL-UBND", "1<b>", "1\n2", &"1".repeat(41)] {
            assert_eq!(document_number(bad), None, "{bad}");
        }
    }
}
