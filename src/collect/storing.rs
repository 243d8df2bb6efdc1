//! Storing submissions in one transaction: key, answer, comment and cells together, exactly once for each form key.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::questionnaire::{self, Answer, Tally};
use crate::record::{Comment, FormKey, Keys, Leaf, Receipt, Record, TicketHash, comment_commitment};
use crate::registry::InstalledEdition;
use crate::store::answers::{self, NewAnswer};
use crate::store::counts::{self, Series};
use crate::store::{ConnectionTrait, DbErr, tickets};
use crate::words::{Channel, Day, FieldId, Helper, Level, LevelReason, PointId, ProcedureId, Province, UnitId};

/// A sheet on its way to the record.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Form key.
    pub key: FormKey,
    /// The day of the answer; `None` = the day on which it is stored.
    pub day: Option<Day>,
    /// Edition.
    pub edition: Arc<InstalledEdition>,
    /// Receiving point.
    pub point: PointId,
    /// Deciding unit.
    pub deciding_unit: UnitId,
    /// Procedure.
    pub procedure: ProcedureId,
    /// Field.
    pub field: FieldId,
    /// Channel.
    pub channel: Channel,
    /// Level.
    pub level: Level,
    /// Why the level was lowered.
    pub reason: LevelReason,
    /// The ticket it spends, for the transaction alone.
    pub ticket: Option<TicketHash>,
    /// Who pressed.
    pub helper: Helper,
    /// Answers of the sheet.
    pub answers: Vec<Answer>,
    /// Masked comment.
    pub comment: Option<String>,
}

/// What became of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Stored now.
    Stored(Receipt),
    /// The same form with the same answers was stored before.
    Again(Receipt),
    /// The same form was stored before with other answers: a sent form cannot be changed.
    ChangedBody,
    /// Its ticket was spent before, on another form.
    TicketSpent,
}

/// An answer with its key, as it would stand in the record on a day.
struct Draft {
    answer: NewAnswer,
    receipt: Receipt,
}

/// The leaf under which a submission stands in the record of a day.
pub(super) fn leaf_on(submission: &Submission, province: Province, keys: &Keys, day: Day) -> Result<Leaf, DbErr> {
    draft(submission, province, keys, day).map(|draft| draft.answer.leaf)
}

fn draft(submission: &Submission, province: Province, keys: &Keys, day: Day) -> Result<Draft, DbErr> {
    let edition = &submission.edition.edition;
    // A sheet is read against its edition before it comes here; an answer that does not fit is a fault, not a citizen's.
    let answers =
        questionnaire::encode(edition, &submission.answers).map_err(|error| DbErr::Custom(error.to_string()))?;
    let comment =
        submission.comment.as_ref().map(|text| Comment { text: text.clone(), salt: submission.key.comment_salt(keys) });
    let record = Record {
        province,
        day,
        edition_hash: submission.edition.hash,
        point: submission.point,
        deciding_unit: submission.deciding_unit,
        procedure: submission.procedure,
        field: submission.field,
        channel: submission.channel,
        level: submission.level,
        reason: submission.reason.code(),
        helper: submission.helper,
        flags: questionnaire::flags(edition, &submission.answers),
        wave: None,
        place: None,
        answers,
        comment: comment.as_ref().map(comment_commitment),
    };
    let salt = submission.key.salt(keys);
    let leaf = record.leaf(&salt);
    let receipt = Receipt::of(day, &leaf);
    Ok(Draft { answer: NewAnswer { record, edition: submission.edition.number, leaf, salt, comment }, receipt })
}

/// Stores submissions inside the caller's transaction. The outcomes stand in the order of the submissions.
pub async fn store(
    tx: &impl ConnectionTrait,
    province: Province,
    keys: &Keys,
    today: Day,
    submissions: &[Submission],
) -> Result<Vec<Outcome>, DbErr> {
    let asked: Vec<(Day, [u8; 32])> = submissions.iter().map(|s| (s.key.opened(), s.key.hash())).collect();
    let mut used: HashMap<[u8; 32], Day> = answers::used_keys(tx, province, &asked).await?.into_iter().collect();
    let mut in_batch: HashMap<[u8; 32], Leaf> = HashMap::new();
    let mut outcomes = Vec::with_capacity(submissions.len());
    let mut new = Vec::new();
    let mut new_keys = Vec::new();
    let mut spent = spent_before(tx, province, submissions).await?;
    let mut spending = BTreeSet::new();
    let mut tallies: BTreeMap<Series, (Arc<InstalledEdition>, Tally)> = BTreeMap::new();
    for (submission, (_, hash)) in submissions.iter().zip(asked) {
        if let Some(stored_day) = used.get(&hash) {
            let draft = draft(submission, province, keys, *stored_day)?;
            let same = match in_batch.get(&hash) {
                Some(leaf) => *leaf == draft.answer.leaf,
                None => answers::is_stored(tx, province, *stored_day, &draft.answer.leaf).await?,
            };
            outcomes.push(if same { Outcome::Again(draft.receipt) } else { Outcome::ChangedBody });
            continue;
        }
        if let Some(ticket) = submission.ticket {
            if !spent.insert(ticket) {
                outcomes.push(Outcome::TicketSpent);
                continue;
            }
            spending.insert(ticket);
        }
        let day = submission.day.unwrap_or(today);
        let draft = draft(submission, province, keys, day)?;
        used.insert(hash, day);
        in_batch.insert(hash, draft.answer.leaf);
        outcomes.push(Outcome::Stored(draft.receipt));
        let series = Series {
            day,
            point: submission.point,
            deciding_unit: submission.deciding_unit,
            edition: submission.edition.number,
            level: submission.level,
            channel: submission.channel,
            field: submission.field,
        };
        let edition = &submission.edition.edition;
        let (_, tally) = tallies.entry(series).or_insert_with(|| (submission.edition.clone(), Tally::empty(edition)));
        tally.add_answers(edition, &submission.answers);
        new.push(draft.answer);
        new_keys.push((submission.key.clone(), day));
    }
    if !new.is_empty() {
        answers::append(tx, &new, &new_keys).await?;
        tickets::spend(tx, province, &spending).await?;
        let cells = tallies
            .into_iter()
            .map(|(series, (edition, tally))| (series, counts::counts_of(&edition.edition, &tally)))
            .collect();
        counts::add_to_cells(tx, province, &cells).await?;
    }
    Ok(outcomes)
}

/// Of the tickets that these submissions would spend, those that are spent.
async fn spent_before(
    tx: &impl ConnectionTrait,
    province: Province,
    submissions: &[Submission],
) -> Result<BTreeSet<TicketHash>, DbErr> {
    let presented: BTreeSet<TicketHash> = submissions.iter().filter_map(|submission| submission.ticket).collect();
    tickets::spent_of(tx, province, &presented).await
}
