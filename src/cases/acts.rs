//! The acts: charge a unit, answer, pass on, close; and for accusations: take over, give back. Each is a line of the staff
//! log with the code of the case and without any text.

use anyhow::Context;

use super::deadlines::Deadlines;
use super::refusal::{NotDone, Refusal};
use super::rules::{Reader, Sight, repeats};
use crate::questionnaire::{clean, mask};
use crate::record::CaseCode;
use crate::registry::Directory;
use crate::store::cases::{self, Case, Change, Listed};
use crate::store::{ConnectionTrait, Database, staff_log};
use crate::words::{CaseClass, CaseId, CaseState, Day, Moment, Period, Province, UnitId};

/// Longest task, in characters.
pub const LONGEST_TASK: usize = 1_000;
/// Longest answer, in characters.
pub const LONGEST_ANSWER: usize = 2_000;

/// States in which a case has not ended.
const OPEN: [CaseState; 2] = [CaseState::New, CaseState::InWork];

/// Where an act takes place, when, and whose name the staff log gets.
#[derive(Debug, Clone, Copy)]
pub struct House<'a> {
    /// The province.
    pub province: Province,
    /// Its units.
    pub directory: &'a Directory,
    /// The present moment.
    pub now: Moment,
    /// Who acts, as the staff log names them.
    pub by: &'a str,
}

/// What somebody does with a case.
#[derive(Debug, Clone, Copy)]
pub enum Act<'a> {
    /// Charges a unit with it.
    Assign {
        /// What it is about.
        class: CaseClass,
        /// The unit.
        unit: UnitId,
        /// What the unit is told, in general words.
        task: &'a str,
    },
    /// Answers it in general words, which are published.
    Answer(&'a str),
    /// Passes it on to the competent authority.
    PassOn,
    /// Closes it because it says too little.
    Close,
    /// Takes an accusation over for the competent authority.
    TakeOver,
    /// Gives a hint that is none back to the ordinary cases.
    GiveBack,
}

impl Act<'_> {
    /// What the staff log calls it.
    const fn word(self) -> &'static str {
        match self {
            Self::Assign { .. } => "assign case",
            Self::Answer(_) => "answer case",
            Self::PassOn => "pass on case",
            Self::Close => "close case",
            Self::TakeOver => "take over case",
            Self::GiveBack => "give back case",
        }
    }
}

/// One case, whoever may see it.
pub async fn get(db: &impl ConnectionTrait, province: Province, id: CaseId) -> anyhow::Result<Option<Case>> {
    cases::find(db, province, id).await.context("while reading a case")
}

/// The cases of some states that are ordinary, or those that hint at bribery.
pub async fn list(
    db: &impl ConnectionTrait,
    province: Province,
    states: &[CaseState],
    hint: bool,
) -> anyhow::Result<Vec<Listed>> {
    cases::list(db, province, states, hint).await.context("while reading the cases")
}

/// Does an act in a transaction of its own.
pub async fn perform(
    db: &Database,
    house: &House<'_>,
    reader: &Reader<'_>,
    id: CaseId,
    act: Act<'_>,
) -> Result<(), NotDone> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    match perform_in(&tx, house, reader, id, act).await {
        Ok(()) => Ok(tx.commit().await.context("while committing")?),
        Err(not_done) => {
            tx.rollback().await.context("while rolling back a refused act")?;
            Err(not_done)
        }
    }
}

/// Does an act in the caller's transaction.
pub async fn perform_in(
    tx: &impl ConnectionTrait,
    house: &House<'_>,
    reader: &Reader<'_>,
    id: CaseId,
    act: Act<'_>,
) -> Result<(), NotDone> {
    let case = get(tx, house.province, id).await?.ok_or(Refusal::Unknown)?;
    let change = change(house, reader, &case, act)?;
    let done = cases::change(tx, house.province, id, &[case.listed.state], change).await;
    if !done.context("while changing a case")? {
        return Err(Refusal::Ended(case.listed.state).into());
    }
    let noted = staff_log::append(tx, house.province, house.now, house.by, act.word(), &object(house, id, act)).await;
    Ok(noted.context("while writing the staff log")?)
}

/// What the staff log says an act was about.
fn object(house: &House<'_>, id: CaseId, act: Act<'_>) -> String {
    let code = CaseCode::of(id);
    match act {
        Act::Assign { class, unit, .. } => {
            let unit = house.directory.unit_on(unit, house.now.day()).map_or("", |unit| unit.code.as_str());
            format!("{code} to {unit} ({class})")
        }
        _ => code.to_string(),
    }
}

/// Everything that stands against an act, without doing it.
pub fn against(house: &House<'_>, reader: &Reader<'_>, case: &Case, act: Act<'_>) -> Vec<Refusal> {
    match change(house, reader, case, act) {
        Err(NotDone::Refused(refusals)) => refusals,
        _ => Vec::new(),
    }
}

/// What an act makes of a case, or everything that stands against it. Pure.
fn change(house: &House<'_>, reader: &Reader<'_>, case: &Case, act: Act<'_>) -> Result<Change, NotDone> {
    let (listed, directory, today) = (&case.listed, house.directory, house.now.day());
    let is_let = match act {
        Act::Assign { .. } | Act::PassOn | Act::Close => reader.directs(listed, directory, today),
        Act::Answer(_) => reader.sight(listed, directory, today).is_some(),
        Act::TakeOver | Act::GiveBack => reader.investigates(listed, directory, today),
    };
    if !is_let {
        return Err(Refusal::Unknown.into());
    }
    if !OPEN.contains(&listed.state) {
        return Err(Refusal::Ended(listed.state).into());
    }
    match act {
        Act::Assign { class, unit, task } => assign(house, case, class, unit, task),
        Act::Answer(text) => answer(house, reader, case, text),
        Act::PassOn | Act::TakeOver => Ok(Change::End { state: CaseState::PassedOn, day: today }),
        Act::Close => match listed.released.map(|released| Deadlines::of(released).close) {
            Some(last) if today > last => Err(Refusal::TooLateToClose(last).into()),
            _ => Ok(Change::End { state: CaseState::Insufficient, day: today }),
        },
        Act::GiveBack => Ok(Change::NoHint),
    }
}

fn assign(house: &House<'_>, case: &Case, class: CaseClass, unit: UnitId, task: &str) -> Result<Change, NotDone> {
    let today = house.now.day();
    let mut refusals = Vec::new();
    let task = mask(&clean(task)).text;
    if task.is_empty() {
        refusals.push(Refusal::NoTask);
    }
    refusals.extend(over(&task, LONGEST_TASK).map(Refusal::TaskTooLong));
    if case.comment.as_ref().is_some_and(|comment| repeats(&task, comment)) {
        refusals.push(Refusal::TaskRepeats);
    }
    if !house.directory.is_alive(unit, today) {
        refusals.push(Refusal::NoUnit);
    }
    let due = Deadlines::of(today).answer;
    if refusals.is_empty() {
        Ok(Change::Assign { class, unit, task, released: today, due })
    } else {
        Err(NotDone::Refused(refusals))
    }
}

fn answer(house: &House<'_>, reader: &Reader<'_>, case: &Case, text: &str) -> Result<Change, NotDone> {
    let (directory, today) = (house.directory, house.now.day());
    if case.listed.state == CaseState::New {
        return Err(Refusal::NotCharged.into());
    }
    if !reader.answers(&case.listed, directory, today) {
        return Err(Refusal::Unknown.into());
    }
    let mut refusals = Vec::new();
    let text = mask(&clean(text)).text;
    if text.is_empty() {
        refusals.push(Refusal::NoAnswer);
    }
    refusals.extend(over(&text, LONGEST_ANSWER).map(Refusal::AnswerTooLong));
    // Whoever does not read the comment would learn from such a refusal what it says.
    let reads = reader.sight(&case.listed, directory, today) == Some(Sight::Comment);
    if reads && case.comment.as_ref().is_some_and(|comment| repeats(&text, comment)) {
        refusals.push(Refusal::AnswerRepeats);
    }
    if refusals.is_empty() {
        Ok(Change::Answer { text, day: today, quarter: quarter_of(today) })
    } else {
        Err(NotDone::Refused(refusals))
    }
}

/// By how many characters a text is too long.
fn over(text: &str, longest: usize) -> Option<usize> {
    text.chars().count().checked_sub(longest).filter(|over| *over > 0)
}

/// The reporting quarter of a day as one number.
fn quarter_of(day: Day) -> i32 {
    let (year, quarter) = Period::quarter_of(day);
    year * 4 + i32::from(quarter) - 1
}
