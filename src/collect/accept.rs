//! The one public door: what a person sent becomes a submission, or a refusal that says what to do.

use std::sync::Arc;

use super::intake::{Intake, IntakeRefusal};
use super::storing::{Outcome, Submission};
use super::tickets::GoodTicket;
use crate::questionnaire::{self, AnswerSheet, Entered};
use crate::record::{FormKey, Keys};
use crate::registry::{InstalledEdition, OpenPoint, Snapshot};
use crate::words::{Channel, Day, EditionNumber, Helper, Level, LevelReason, PointKind, ProcedureId, UnitId};

/// Days a form may stay open: over midnight, and over an edition change, it is accepted for a day.
const DAYS_OPEN: i32 = 1;

/// Why a form is not stored. None of these is a fault of the program but the last.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// There is no form key, or it belongs to another form: somebody else's page, or a damaged one.
    FormKey,
    /// The form was opened too long ago, or its edition is no longer in use: it comes back filled in.
    Outdated(Entered),
    /// Some answers need mending: it comes back filled in.
    Answers(questionnaire::Refusal),
    /// The form was sent before with other answers.
    ChangedBody,
    /// The ticket was spent on another form.
    TicketSpent,
    /// Too many are sending: it comes back filled in.
    Busy(Entered),
    /// A technical fault: it comes back filled in. What the database said is for the log.
    Fault(Entered, Arc<str>),
}

/// A form as it came in through the web.
#[derive(Debug, Clone)]
pub struct SentForm<'a> {
    /// What the form key is bound to: the public code of the point, or the ticket.
    pub bound_to: &'a str,
    /// The hidden form key.
    pub key: &'a str,
    /// The hidden edition number.
    pub edition: EditionNumber,
    /// The answer fields.
    pub fields: &'a [(String, String)],
}

/// The key and the edition of a form that was opened at this point and is not too old: what every page of it needs.
pub fn opened<'s>(
    keys: &Keys,
    snapshot: &'s Snapshot,
    point: OpenPoint<'_>,
    form: &SentForm<'_>,
    today: Day,
) -> Result<(FormKey, &'s Arc<InstalledEdition>), Refusal> {
    let key = FormKey::verify(keys, form.key, snapshot.province, form.bound_to, form.edition)
        .map_err(|_malformed_or_foreign| Refusal::FormKey)?;
    let shown = snapshot.editions.get(form.edition).ok_or(Refusal::FormKey)?;
    let fresh = key.opened().plus(DAYS_OPEN) >= today && key.opened() <= today;
    let in_force = snapshot.editions.in_force(&point.version.questionnaire, key.opened());
    // An edition is good for a form that was opened while it was in force; the key says on which day that was.
    if !fresh || !in_force.is_some_and(|edition| succeeds_within_a_day(snapshot, edition, shown, key.opened())) {
        return Err(Refusal::Outdated(Entered::of(&shown.edition, form.fields)));
    }
    Ok((key, shown))
}

/// A form that may be stored: its key is good and its sheet can be read.
#[derive(Debug)]
pub struct Ready<'f> {
    submission: Submission,
    fields: &'f [(String, String)],
}

impl Ready<'_> {
    /// What was entered, for a form that comes back all the same.
    pub fn entered(&self) -> Entered {
        Entered::of(&self.submission.edition.edition, self.fields)
    }

    /// Under which day and hash its key is kept once it is stored.
    pub fn kept_as(&self) -> (Day, [u8; 32]) {
        (self.submission.key.opened(), self.submission.key.hash())
    }

    /// Stores it through the intake.
    pub async fn hand_in(self, intake: &Intake) -> Result<Outcome, Refusal> {
        let (edition, fields) = (self.submission.edition.clone(), self.fields);
        let entered = || Entered::of(&edition.edition, fields);
        match intake.store(self.submission).await {
            Ok(Outcome::ChangedBody) => Err(Refusal::ChangedBody),
            Ok(Outcome::TicketSpent) => Err(Refusal::TicketSpent),
            Ok(outcome) => Ok(outcome),
            Err(IntakeRefusal::Busy) => Err(Refusal::Busy(entered())),
            Err(IntakeRefusal::Fault(cause)) => Err(Refusal::Fault(entered(), cause)),
        }
    }
}

/// Checks the key of a form sent at an open point, with a ticket or without, and reads the sheet against its edition.
pub fn ready<'f>(
    keys: &Keys,
    snapshot: &Snapshot,
    (point, ticket): (OpenPoint<'_>, Option<&GoodTicket>),
    form: &SentForm<'f>,
    today: Day,
) -> Result<Ready<'f>, Refusal> {
    let (key, shown) = opened(keys, snapshot, point, form, today)?;
    let sheet = AnswerSheet::read(&shown.edition, form.fields).map_err(Refusal::Answers)?;
    Ok(Ready { submission: submission(key, shown, (point, ticket), sheet), fields: form.fields })
}

/// Accepts a form sent at an open point: makes it ready and stores it.
pub async fn accept(
    intake: &Intake,
    keys: &Keys,
    snapshot: &Snapshot,
    presented: (OpenPoint<'_>, Option<&GoodTicket>),
    form: &SentForm<'_>,
    today: Day,
) -> Result<Outcome, Refusal> {
    ready(keys, snapshot, presented, form, today)?.hand_in(intake).await
}

/// Whether `shown` is the edition in force on the day of opening, or was until that day.
fn succeeds_within_a_day(
    snapshot: &Snapshot,
    in_force: &Arc<InstalledEdition>,
    shown: &Arc<InstalledEdition>,
    opened: Day,
) -> bool {
    let day_before = snapshot.editions.in_force(in_force.edition.code(), opened.plus(-1));
    shown.number == in_force.number
        || (in_force.first_day == opened && day_before.is_some_and(|before| before.number == shown.number))
}

/// A sheet on its way to the record. The server sets the level from what was presented: a ticket gives what it gives; the
/// printed QR or the web link of a point proves nothing about who sent it.
fn submission(
    key: FormKey,
    edition: &Arc<InstalledEdition>,
    (point, ticket): (OpenPoint<'_>, Option<&GoodTicket>),
    sheet: AnswerSheet,
) -> Submission {
    let open = Submission {
        key,
        day: None,
        edition: edition.clone(),
        point: point.point.point,
        deciding_unit: UnitId::NONE,
        procedure: ProcedureId::NONE,
        field: point.version.field,
        channel: match point.point.kind {
            PointKind::Counter | PointKind::Kiosk => Channel::CounterQr,
            PointKind::Web => Channel::WebLink,
        },
        level: Level::D,
        reason: LevelReason::None,
        ticket: None,
        helper: Helper::None,
        answers: sheet.answers,
        comment: sheet.comment,
    };
    let Some(GoodTicket { ticket, level, reason }) = ticket else { return open };
    Submission {
        deciding_unit: ticket.deciding_unit,
        procedure: ticket.procedure,
        field: ticket.field,
        channel: Channel::Slip,
        level: *level,
        reason: *reason,
        ticket: Some(ticket.hash),
        ..open
    }
}
