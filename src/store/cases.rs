//! Cases: what became of bad ratings with a comment. The comment is read where it stands, by day and leaf.
//!
//! Every statement that reads both names cases first: so does the sealing, which locks them on PostgreSQL, and neither waits for
//! the other in a circle.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::answers;
use super::rows::{self, Row, all, bind, one};
use crate::record::Leaf;
use crate::words::{CaseClass, CaseId, CaseState, Day, EditionNumber, Period, PointId, Province, UnitId};

/// Cases that are listed at most.
pub const MOST_LISTED: usize = 20_000;

/// A comment for which there is no case yet, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Day of the answer.
    pub day: Day,
    /// Its leaf.
    pub leaf: Leaf,
    /// Where it came in.
    pub point: PointId,
    /// Edition it answers.
    pub edition: EditionNumber,
    /// Canonical answers.
    pub answers: Vec<u8>,
    /// The comment.
    pub text: String,
}

/// A case that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewCase {
    /// Random number.
    pub id: CaseId,
    /// Day of the answer.
    pub day: Day,
    /// Its leaf.
    pub leaf: Leaf,
    /// The rated unit.
    pub unit: UnitId,
    /// Whether the comment hints at bribery.
    pub hint: bool,
}

/// A case without its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Number.
    pub id: CaseId,
    /// Day of the answer.
    pub day: Day,
    /// The rated unit.
    pub unit: UnitId,
    /// How far it has come.
    pub state: CaseState,
    /// Whether the comment hints at bribery or harassment.
    pub hint: bool,
    /// What it is about.
    pub class: Option<CaseClass>,
    /// The unit charged with it.
    pub assigned: Option<UnitId>,
    /// Day on which a unit was first charged with it.
    pub released: Option<Day>,
    /// Last day for the answer.
    pub due: Option<Day>,
    /// Day on which it was answered, passed on or closed.
    pub ended: Option<Day>,
}

impl Listed {
    /// Whether it is for the competent authority alone.
    pub fn is_accusation(&self) -> bool {
        self.hint || self.state == CaseState::PassedOn
    }

    /// Whether it was answered after its last day, or is not answered on a day after it.
    pub fn is_late(&self, today: Day) -> bool {
        match self.state {
            CaseState::Answered => self.due.is_some_and(|due| self.ended.is_some_and(|ended| ended > due)),
            CaseState::InWork => self.due.is_some_and(|due| today > due),
            CaseState::New | CaseState::PassedOn | CaseState::Insufficient => false,
        }
    }
}

/// A case with its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Everything else.
    pub listed: Listed,
    /// The comment; none once it was erased.
    pub comment: Option<String>,
    /// What the charged unit is told.
    pub task: Option<String>,
    /// The answer.
    pub answer: Option<String>,
}

/// What an act makes of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A unit is charged with it.
    Assign {
        /// What it is about.
        class: CaseClass,
        /// The unit.
        unit: UnitId,
        /// What the unit is told.
        task: String,
        /// First day of the deadlines, unless they run already.
        released: Day,
        /// Last day for the answer, unless there is one.
        due: Day,
    },
    /// It is answered.
    Answer {
        /// The answer.
        text: String,
        /// The day.
        day: Day,
        /// Quarter of the answer: year × 4 + quarter − 1.
        quarter: i32,
    },
    /// It ends without an answer.
    End {
        /// Passed on, or insufficient.
        state: CaseState,
        /// The day.
        day: Day,
    },
    /// A hint turned out to be none.
    NoHint,
}

/// The next comments without a case in key order, after one of them, up to a day; at most `limit`. Without `through` all.
pub async fn candidates(
    db: &impl ConnectionTrait,
    province: Province,
    through: Option<Day>,
    after: Option<(Day, Leaf)>,
    limit: u16,
) -> Result<Vec<Candidate>, DbErr> {
    let sql = "SELECT c.day, c.leaf, r.point, r.edition, r.answers, c.text
               FROM complaint k
               RIGHT JOIN comment_open c ON k.p = c.p AND k.day = c.day AND k.leaf = c.leaf
               JOIN response_open r ON r.p = c.p AND r.day = c.day AND r.leaf = c.leaf
               WHERE c.p = $1 AND c.day <= $2 AND (c.day, c.leaf) > ($3, $4) AND c.text IS NOT NULL AND k.id IS NULL
               ORDER BY c.p, c.day, c.leaf LIMIT $5";
    let (day, leaf) = after.map_or((i32::MIN, Vec::new()), |(day, leaf)| (day.0, leaf.0.to_vec()));
    let through = through.map_or(i32::MAX, |day| day.0);
    let values: [Value; 5] = [province.0.into(), through.into(), day.into(), leaf.into(), i64::from(limit).into()];
    all(db, sql, values, |row| {
        Ok(Candidate {
            day: Day(row.get(0)?),
            leaf: answers::leaf(row, 1)?,
            point: PointId(row.get(2)?),
            edition: EditionNumber(row.get(3)?),
            answers: row.get(4)?,
            text: row.get(5)?,
        })
    })
    .await
}

/// Opens cases, in the order given, which has to be that of their leaves; one whose comment has a case already is left out.
pub async fn open(db: &impl ConnectionTrait, province: Province, cases: &[NewCase]) -> Result<(), DbErr> {
    let columns = ["p", "id", "day", "leaf", "unit", "state", "hint"];
    let row = |case: &NewCase| -> [Value; 7] {
        [
            province.0.into(),
            case.id.0.into(),
            case.day.0.into(),
            case.leaf.0.to_vec().into(),
            case.unit.0.into(),
            CaseState::New.code().into(),
            case.hint.into(),
        ]
    };
    let again = "ON CONFLICT (p, day, leaf) DO NOTHING";
    rows::insert(db, "complaint", columns, again, cases.iter().map(row).collect()).await
}

/// Takes the order in which cases opened out of the files of the database.
pub async fn shuffle(tx: &impl ConnectionTrait) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT thuocdo_shuffle_cases()").await?;
    }
    Ok(())
}

/// What is listed of a case, in the order in which it is read.
const LISTED: &str =
    "k.id, k.day, k.unit, k.state, k.hint, k.class, k.assigned_unit, k.released_day, k.due_day, k.ended_day";

fn listed(row: &Row<'_>) -> Result<Listed, DbErr> {
    let day = |column| Ok::<_, DbErr>(row.get::<Option<i32>>(column)?.map(Day));
    let unknown = |code: i16| DbErr::Type(format!("{code} is neither a state nor a class of cases"));
    let (state, class): (i16, Option<i16>) = (row.get(3)?, row.get(5)?);
    Ok(Listed {
        id: CaseId(row.get(0)?),
        day: Day(row.get(1)?),
        unit: UnitId(row.get(2)?),
        state: CaseState::from_code(state).ok_or_else(|| unknown(state))?,
        hint: row.get(4)?,
        class: class.map(|code| CaseClass::from_code(code).ok_or_else(|| unknown(code))).transpose()?,
        assigned: row.get::<Option<i32>>(6)?.map(UnitId),
        released: day(7)?,
        due: day(8)?,
        ended: day(9)?,
    })
}

/// Cases of some states, those with a hint or those without, the latest days first; at most [`MOST_LISTED`].
pub async fn list(
    db: &impl ConnectionTrait,
    province: Province,
    states: &[CaseState],
    hint: bool,
) -> Result<Vec<Listed>, DbErr> {
    let marks: Vec<String> = (0..states.len()).map(|at| format!("${}", at + 3)).collect();
    let sql = format!(
        "SELECT {LISTED} FROM complaint k WHERE k.p = $1 AND k.hint = $2 AND k.state IN ({})
         ORDER BY k.day DESC, k.id LIMIT {MOST_LISTED}",
        marks.join(", ")
    );
    let values = [province.0.into(), hint.into()];
    let values = values.into_iter().chain(states.iter().map(|state| Value::from(state.code())));
    all(db, sql, values, listed).await
}

/// A case with its texts.
pub async fn find(db: &impl ConnectionTrait, province: Province, id: CaseId) -> Result<Option<Case>, DbErr> {
    let sql = format!(
        "SELECT {LISTED}, k.task, k.answer, COALESCE(o.text, s.text)
         FROM complaint k
         LEFT JOIN comment_open o ON o.p = k.p AND o.day = k.day AND o.leaf = k.leaf
         LEFT JOIN comment s ON s.p = k.p AND s.day = k.day AND s.leaf = k.leaf
         WHERE k.p = $1 AND k.id = $2"
    );
    one(db, sql, [province.0.into(), id.0.into()], |row| {
        Ok(Case { listed: listed(row)?, task: row.get(10)?, answer: row.get(11)?, comment: row.get(12)? })
    })
    .await
}

/// Comments of these cases, as far as they were not erased.
pub async fn comments(
    db: &impl ConnectionTrait,
    province: Province,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, String)>, DbErr> {
    let Some(marks) = marks(ids, 2) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT k.id, COALESCE(o.text, s.text)
         FROM complaint k
         LEFT JOIN comment_open o ON o.p = k.p AND o.day = k.day AND o.leaf = k.leaf
         LEFT JOIN comment s ON s.p = k.p AND s.day = k.day AND s.leaf = k.leaf
         WHERE k.p = $1 AND k.id IN ({marks}) AND COALESCE(o.text, s.text) IS NOT NULL"
    );
    let values = std::iter::once(province.0.into()).chain(ids.iter().map(|id| Value::from(id.0)));
    all(db, sql, values, |row| Ok((CaseId(row.get(0)?), row.get(1)?))).await
}

/// The tasks of these cases.
pub async fn tasks(
    db: &impl ConnectionTrait,
    province: Province,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, String)>, DbErr> {
    let Some(marks) = marks(ids, 2) else { return Ok(Vec::new()) };
    let sql = format!("SELECT id, COALESCE(task, '') FROM complaint WHERE p = $1 AND id IN ({marks})");
    let values = std::iter::once(province.0.into()).chain(ids.iter().map(|id| Value::from(id.0)));
    all(db, sql, values, |row| Ok((CaseId(row.get(0)?), row.get(1)?))).await
}

/// The placeholders of a list whose first one has this number; none for an empty list.
fn marks<T>(list: &[T], first: usize) -> Option<String> {
    let marks: Vec<String> = (0..list.len()).map(|at| format!("${}", at + first)).collect();
    (!marks.is_empty()).then(|| marks.join(", "))
}

/// Changes a case, if it is still in one of these states; `false` if it is not.
pub async fn change(
    tx: &impl ConnectionTrait,
    province: Province,
    id: CaseId,
    states: &[CaseState],
    change: Change,
) -> Result<bool, DbErr> {
    let (set, values): (&str, Vec<Value>) = match change {
        Change::Assign { class, unit, task, released, due } => (
            "state = $3, class = $4, assigned_unit = $5, task = $6, released_day = COALESCE(released_day, $7),
             due_day = COALESCE(due_day, $8)",
            vec![
                CaseState::InWork.code().into(),
                class.code().into(),
                unit.0.into(),
                task.into(),
                released.0.into(),
                due.0.into(),
            ],
        ),
        Change::Answer { text, day, quarter } => (
            "state = $3, answer = $4, ended_day = $5, quarter = $6",
            vec![CaseState::Answered.code().into(), text.into(), day.0.into(), quarter.into()],
        ),
        Change::End { state, day } => ("state = $3, ended_day = $4", vec![state.code().into(), day.0.into()]),
        Change::NoHint => ("hint = $3", vec![false.into()]),
    };
    let known: Vec<String> = states.iter().map(|state| state.code().to_string()).collect();
    let sql = format!("UPDATE complaint SET {set} WHERE p = $1 AND id = $2 AND state IN ({})", known.join(", "));
    let values = [province.0.into(), id.0.into()].into_iter().chain(values);
    Ok(tx.execute_raw(bind(tx, sql, values)).await?.rows_affected() == 1)
}

/// Cases of one unit that are alike for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// The rated unit.
    pub unit: UnitId,
    /// How far they have come.
    pub state: CaseState,
    /// Whether they hint at bribery.
    pub hint: bool,
    /// Whether they are late.
    pub late: bool,
    /// How many.
    pub n: i64,
}

/// The cases of answers of a period, counted, as they stand today.
pub async fn counted(
    db: &impl ConnectionTrait,
    province: Province,
    period: Period,
    today: Day,
) -> Result<Vec<Alike>, DbErr> {
    let sql = "SELECT unit, state, hint, late, CAST(COUNT(*) AS BIGINT) FROM
                 (SELECT unit, state, hint,
                         CASE WHEN COALESCE(ended_day, $4) > COALESCE(due_day, 2147483647) THEN 1 ELSE 0 END AS late
                  FROM complaint WHERE p = $1 AND day BETWEEN $2 AND $3) alike
               GROUP BY unit, state, hint, late ORDER BY unit, state, hint, late";
    let values = [province.0.into(), period.from.0.into(), period.to.0.into(), today.0.into()];
    all(db, sql, values, |row| {
        let state: i16 = row.get(1)?;
        Ok(Alike {
            unit: UnitId(row.get(0)?),
            state: CaseState::from_code(state).ok_or_else(|| DbErr::Type(format!("there is no state {state}")))?,
            hint: row.get(2)?,
            late: row.get::<i32>(3)? == 1,
            n: row.get(4)?,
        })
    })
    .await
}

/// An answered case as everybody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Quarter of the answer: year × 4 + quarter − 1.
    pub quarter: i32,
    /// What the unit was told.
    pub task: String,
    /// What it answered.
    pub answer: String,
}

/// The answered cases of units, the latest quarter first and within a quarter in random order; and how many there are.
pub async fn published(
    db: &impl ConnectionTrait,
    province: Province,
    units: &[UnitId],
    (offset, limit): (u64, u64),
) -> Result<(Vec<Published>, u64), DbErr> {
    let Some(marks) = marks(units, 3) else { return Ok((Vec::new(), 0)) };
    let of = format!("FROM complaint WHERE p = $1 AND state = $2 AND quarter IS NOT NULL AND unit IN ({marks})");
    let values = || {
        let first: [Value; 2] = [province.0.into(), CaseState::Answered.code().into()];
        first.into_iter().chain(units.iter().map(|unit| Value::from(unit.0)))
    };
    let counted = one(db, format!("SELECT COUNT(*) {of}"), values(), |row| row.get::<i64>(0)).await?;
    let sql = format!(
        "SELECT quarter, COALESCE(task, ''), COALESCE(answer, '') {of} ORDER BY quarter DESC, id LIMIT {limit} OFFSET {offset}"
    );
    let found =
        all(db, sql, values(), |row| Ok(Published { quarter: row.get(0)?, task: row.get(1)?, answer: row.get(2)? }));
    Ok((found.await?, counted.and_then(|n| u64::try_from(n).ok()).unwrap_or(0)))
}

/// Forgets cases that ended without an answer before a day; how many there were.
pub async fn forget_before(db: &impl ConnectionTrait, province: Province, day: Day) -> Result<u64, DbErr> {
    let sql = "DELETE FROM complaint WHERE p = $1 AND state IN ($2, $3) AND ended_day < $4";
    let values =
        [province.0.into(), CaseState::PassedOn.code().into(), CaseState::Insufficient.code().into(), day.0.into()];
    Ok(db.execute_raw(bind(db, sql, values)).await?.rows_affected())
}
