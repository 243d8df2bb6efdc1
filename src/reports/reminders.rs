//! Letters before reports are due: ten days and two days before, once to each person, whichever server posts them.

use std::collections::BTreeSet;

use anyhow::Context;

use super::calendar::{Calendar, Level, period_of};
use crate::mail::{self, Enqueued, Message};
use crate::registry::Snapshot;
use crate::store::staff::Person;
use crate::store::{Database, digest, reminders as stored, staff};
use crate::text::office::REPORTS_PAGE;
use crate::text::reports::letter::{self, Due as Told};
use crate::words::{Day, Grant, Moment, Right, Scope, StaffId, UnitId};

/// Days before a deadline at which a letter leaves, the last first: nobody gets two letters in one moment.
const STEPS: [i16; 2] = [2, 10];
/// The hour from which letters of a day leave.
const HOUR: u8 = 7;
/// Reports of one letter at most; the page has all of them.
const MOST: usize = 20;
/// Days for which it is kept that a letter was sent.
const KEPT: i32 = 400;

/// Whether letters may be due: not at night.
pub fn day_of(now: Moment) -> Option<Day> {
    let (hour, ..) = now.clock();
    (hour >= HOUR).then(|| now.day())
}

/// Lays the letters that are due into the outbox; how many this server laid.
pub async fn post(
    db: &Database,
    snapshot: &Snapshot,
    calendar: &Calendar,
    base_url: &str,
    now: Moment,
) -> anyhow::Result<usize> {
    let Some(today) = day_of(now) else { return Ok(0) };
    let longest = i32::from(STEPS[1]);
    let levels = [Level::Commune, Level::Department, Level::Province];
    if levels.iter().all(|level| calendar.due_within(*level, today, longest).is_empty()) {
        return Ok(0);
    }
    let (reader, province) = (db.reader(), snapshot.province);
    let grants = staff::all_grants(reader, province).await.context("while reading roles")?;
    let unwanted: BTreeSet<StaffId> =
        digest::all_unwanted(reader, province).await.context("while asking who wants no letter")?.into_iter().collect();
    let people = staff::everybody(reader, province).await.context("while reading accounts")?;
    let root = snapshot.directory.root(today).map(|root| root.unit);
    let mut posted = 0;
    let active = |person: &Person| person.closed.is_none() && person.activated.is_some();
    for person in people.into_iter().filter(active).filter(|person| !unwanted.contains(&person.staff)) {
        let own: Vec<Grant> = grants.iter().filter(|(of, _)| *of == person.staff).map(|(_, grant)| *grant).collect();
        let Some(scope) = Scope::of(&own, Right::WriteReports, root) else { continue };
        posted += letters(db, snapshot, calendar, (&person, &scope), (base_url, now)).await?;
    }
    Ok(posted)
}

/// The letters of a person: one for each deadline and step.
async fn letters(
    db: &Database,
    snapshot: &Snapshot,
    calendar: &Calendar,
    (person, scope): (&Person, &Scope),
    (base_url, now): (&str, Moment),
) -> anyhow::Result<usize> {
    let today = now.day();
    let mut posted = 0;
    let mut days: Vec<(Day, i16)> = Vec::new();
    for unit in tops(snapshot, scope, today) {
        let Some(level) = snapshot.directory.unit_on(unit, today).map(|unit| Level::of(unit.kind)) else { continue };
        for due in calendar.due_within(level, today, i32::from(STEPS[1])) {
            let step = STEPS.into_iter().find(|step| due.before.0 - today.0 <= i32::from(*step));
            days.extend(step.map(|step| (due.before, step)).filter(|found| !days.contains(found)));
        }
    }
    for (before, step) in days {
        let told = told(snapshot, calendar, scope, (before, today), base_url);
        posted += usize::from(post_one(db, snapshot, person, (before, step), (&told, base_url), now).await?);
    }
    Ok(posted)
}

/// The units a person reports for: those their scope is made of.
fn tops(snapshot: &Snapshot, scope: &Scope, today: Day) -> Vec<UnitId> {
    match scope.tops() {
        None => snapshot.directory.root(today).into_iter().map(|root| root.unit).collect(),
        Some(tops) => tops.to_vec(),
    }
}

fn told(
    snapshot: &Snapshot,
    calendar: &Calendar,
    scope: &Scope,
    (before, today): (Day, Day),
    base_url: &str,
) -> Vec<Told> {
    let mut found = Vec::new();
    for id in tops(snapshot, scope, today) {
        let Some(unit) = snapshot.directory.unit_on(id, today) else { continue };
        let due = calendar.due_within(Level::of(unit.kind), today, i32::from(STEPS[1]));
        for due in due.into_iter().filter(|due| due.before == before).take(MOST.saturating_sub(found.len())) {
            let Some(period) = period_of(due.kind, due.year) else { continue };
            found.push(Told {
                unit: unit.name.clone(),
                report: due.kind.titled(due.year),
                before: due.before,
                source: due.source,
                ends: period.to,
                address: format!(
                    "{base_url}{REPORTS_PAGE}?don-vi={}&nam={}&ky={}",
                    unit.code,
                    due.year,
                    due.kind.word()
                ),
            });
        }
    }
    found
}

/// Lays one letter into the outbox, once whoever tries; whether it was this time.
async fn post_one(
    db: &Database,
    snapshot: &Snapshot,
    person: &Person,
    (before, step): (Day, i16),
    (told, base_url): (&[Told], &str),
    now: Moment,
) -> anyhow::Result<bool> {
    let text = letter::text(told, &format!("{base_url}/quan-tri/toi"));
    let subject = letter::subject(told);
    let Ok(message) = Message::new(&person.email, Some(&person.name), &subject, &text) else { return Ok(false) };
    let tx = db.begin().await.context("while taking the turn to write")?;
    let taken = stored::take(&tx, snapshot.province, person.staff, before, step).await;
    if !taken.context("while taking a reminder")? {
        tx.rollback().await.context("while leaving it to others")?;
        return Ok(false);
    }
    let laid = mail::enqueue(&tx, snapshot.province, true, "report", &message, now).await;
    let is_laid = laid.context("while posting a reminder")? == Enqueued::Waiting;
    if is_laid {
        tx.commit().await.context("while committing")?;
    } else {
        // Whoever does not get it now gets it when there is room.
        tx.rollback().await.context("while leaving it for later")?;
    }
    Ok(is_laid)
}

/// Forgets which letters were sent long ago.
pub async fn forget(
    tx: &impl crate::store::ConnectionTrait,
    province: crate::words::Province,
    today: Day,
) -> anyhow::Result<()> {
    stored::forget(tx, province, today.plus(-KEPT)).await.context("while forgetting reminders")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_do_not_leave_at_night() {
        let at = |hour: i64| Moment::from_unix(Moment::at_end_of(Day::of(2026, 8, 30).unwrap()).unix() + hour * 3_600);
        assert_eq!((day_of(at(6)), day_of(at(7))), (None, Day::of(2026, 8, 31)));
    }
}
