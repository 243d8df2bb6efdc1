//! The weekly letter to whoever is in charge of units: Mondays at 07:00, once to each person, whichever server does it.
//!
//! It says how many forms became visible, how many alerts and complaints there are, and where to look: no scores, no words
//! of anybody. The letter of a week that a stopped server missed leaves late in that week, never after it.

mod letter;

use std::collections::BTreeSet;

use anyhow::Context;

use crate::index::alerts::Sign;
use crate::mail::{self, Enqueued, Message};
use crate::publish::alerts;
use crate::registry::Snapshot;
use crate::store::blocks::{self, Node};
use crate::store::staff::Person;
use crate::store::{Database, digest as stored, staff};
use crate::words::{Day, Grant, Moment, Right, Role, Scope, StaffId, UnitId};

pub use letter::Letter;

/// The hour from which the letter of a week leaves.
const HOUR: u8 = 7;
/// Who gets it.
const ROLES: [Role; 3] = [Role::UnitManager, Role::HomeAffairs, Role::ProcedureControl];

/// The complaints of the units of a person, as far as they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseWork {
    /// That are to be handled.
    pub open: u64,
    /// Of these: due soon.
    pub due_soon: u64,
    /// The earliest day on which one of them is due.
    pub earliest_due: Option<Day>,
}

/// Somebody to whom the letter of the week is due.
#[derive(Debug, Clone)]
pub struct Due {
    person: Person,
    /// The part of the province they are in charge of.
    pub scope: Scope,
    /// What they may do, and where.
    pub grants: Vec<Grant>,
}

impl Due {
    /// Where the person works.
    pub const fn own_unit(&self) -> UnitId {
        self.person.own_unit
    }
}

/// What a week brought, for everybody's letter.
#[derive(Debug, Clone)]
pub struct Week {
    monday: Day,
    /// Forms that became visible in the week before, by unit.
    forms: Vec<(UnitId, i64)>,
    /// Units with alerts at the last moment, one each; `None` before the first.
    marked: Option<Vec<UnitId>>,
    /// To whom the letter is due.
    pub due: Vec<Due>,
}

/// The Monday whose letter is due at a moment; `None` in the early hours of a Monday.
pub fn monday_of(now: Moment) -> Option<Day> {
    let today = now.day();
    let monday = today.plus(1 - i32::from(today.weekday()));
    let (hour, ..) = now.clock();
    (today > monday || hour >= HOUR).then_some(monday)
}

/// The moment from which the letter of a Monday is due.
fn begins(monday: Day) -> Moment {
    Moment::from_unix(Moment::at_end_of(monday.plus(-1)).unix() + i64::from(HOUR) * 3_600)
}

/// Whether somebody may get the letter in their roles: who has one of them, and sees figures with it.
pub fn scope_of(grants: &[Grant], root: Option<UnitId>) -> Option<Scope> {
    let grants: Vec<Grant> = grants.iter().copied().filter(|grant| ROLES.contains(&grant.role)).collect();
    Scope::of(&grants, Right::ReadFigures, root)
}

impl Week {
    /// What is due at a moment; `None` where no letter is.
    pub async fn at(db: &Database, snapshot: &Snapshot, now: Moment) -> anyhow::Result<Option<Self>> {
        let Some(monday) = monday_of(now) else { return Ok(None) };
        let due = due(db, snapshot, monday).await?;
        if due.is_empty() {
            return Ok(None);
        }
        let forms = forms(db, snapshot, monday).await?;
        let look = alerts::last_look(db.reader(), snapshot).await?;
        let marked = match look {
            Some(look) => {
                let found = alerts::of_moment(db.reader(), snapshot, look.day, |_| true).await?;
                let marked = found.into_iter().filter(|alert| alert.sign == Sign::Look);
                Some(marked.map(|alert| alert.unit.unit).collect())
            }
            None => None,
        };
        Ok(Some(Self { monday, forms, marked, due }))
    }

    /// What the letter of a person says.
    pub fn letter(&self, snapshot: &Snapshot, due: &Due, base_url: &str, work: Option<CaseWork>) -> Letter {
        let is_held = |unit: UnitId| due.scope.holds(&snapshot.directory.path(unit, self.monday));
        let forms: i64 = self.forms.iter().filter(|(unit, _)| is_held(*unit)).map(|(_, n)| n).sum();
        let marked = self.marked.as_ref();
        Letter {
            unit: letter::name_of(snapshot, &due.scope, self.monday),
            forms: u64::try_from(forms).unwrap_or(0),
            alerts: marked
                .map(|marked| u64::try_from(marked.iter().filter(|unit| is_held(**unit)).count()).unwrap_or(0)),
            work,
            base_url: base_url.to_owned(),
        }
    }

    /// Lays the letter of a person into the outbox, once in a week, whoever tries; whether it was this time.
    pub async fn post(
        &self,
        db: &Database,
        snapshot: &Snapshot,
        due: &Due,
        letter: &Letter,
        now: Moment,
    ) -> anyhow::Result<bool> {
        let Person { staff, email, name, .. } = &due.person;
        let Ok(message) = Message::new(email, Some(name), &letter.subject(), &letter.text()) else { return Ok(false) };
        let tx = db.begin().await.context("while taking the turn to write")?;
        if !stored::take(&tx, snapshot.province, *staff, self.monday).await.context("while taking a letter")? {
            tx.rollback().await.context("while leaving it to others")?;
            return Ok(false);
        }
        let laid = mail::enqueue(&tx, snapshot.province, true, "digest", &message, now).await;
        let is_laid = laid.context("while posting a letter")? == Enqueued::Waiting;
        if is_laid {
            tx.commit().await.context("while committing")?;
        } else {
            // Whoever does not get it now gets it when there is room.
            tx.rollback().await.context("while leaving it for later")?;
        }
        Ok(is_laid)
    }
}

/// Everybody whose letter of a Monday was not laid down yet. Whoever came later than it begins with the next.
async fn due(db: &Database, snapshot: &Snapshot, monday: Day) -> anyhow::Result<Vec<Due>> {
    let (reader, province) = (db.reader(), snapshot.province);
    let done = stored::done(reader, province, monday).await.context("while asking who has their letter")?;
    let done: BTreeSet<StaffId> = done.into_iter().collect();
    let grants = staff::all_grants(reader, province).await.context("while reading roles")?;
    let root = snapshot.directory.root(monday).map(|root| root.unit);
    let people = staff::everybody(reader, province).await.context("while reading accounts")?;
    let is_due = |person: &Person| {
        let is_active = person.closed.is_none() && person.activated.is_some_and(|since| since < begins(monday));
        is_active && !done.contains(&person.staff)
    };
    let with_scope = |person: Person| {
        let own: Vec<Grant> =
            grants.iter().filter(|(staff, _)| *staff == person.staff).map(|(_, grant)| *grant).collect();
        Some(Due { scope: scope_of(&own, root)?, grants: own, person })
    };
    Ok(people.into_iter().filter(is_due).filter_map(with_scope).collect())
}

/// Forms of the blocks that were closed in the week before a Monday: those that pages show since then.
async fn forms(db: &Database, snapshot: &Snapshot, monday: Day) -> anyhow::Result<Vec<(UnitId, i64)>> {
    let (from, to) = (monday.plus(-7), monday.plus(-1));
    let blocks = blocks::of_halves(db.reader(), snapshot.province, from.half(), to.half()).await;
    let closed =
        blocks.context("while reading blocks")?.into_iter().filter(|block| (from..=to).contains(&block.through));
    let unit_of = |node, day| match node {
        Node::Point(point) => snapshot.directory.receiving_unit(point, day),
        Node::Pool(unit) => Some(unit),
    };
    Ok(closed.filter_map(|block| Some((unit_of(block.node, block.through)?, block.n))).collect())
}

/// Whether a person gets the letter: `None` where their roles bring none.
pub async fn is_wanted(
    db: &Database,
    snapshot: &Snapshot,
    staff: StaffId,
    grants: &[Grant],
    today: Day,
) -> anyhow::Result<Option<bool>> {
    let root = snapshot.directory.root(today).map(|root| root.unit);
    if scope_of(grants, root).is_none() {
        return Ok(None);
    }
    let unwanted = stored::is_unwanted(db.reader(), snapshot.province, staff).await;
    Ok(Some(!unwanted.context("while asking who wants no letter")?))
}

/// Notes whether a person wants the letter.
pub async fn want(db: &Database, snapshot: &Snapshot, staff: StaffId, is_wanted: bool) -> anyhow::Result<()> {
    let tx = db.begin().await.context("while taking the turn to write")?;
    stored::want(&tx, snapshot.province, staff, is_wanted).await.context("while noting who wants the letter")?;
    tx.commit().await.context("while committing")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(iso: &str, hour: i64) -> Moment {
        Moment::from_unix(Moment::at_end_of(Day::parse(iso).unwrap().plus(-1)).unix() + hour * 3_600)
    }

    #[test]
    fn the_letter_of_a_week_is_due_from_monday_at_seven_to_sunday() {
        let monday = Day::parse("2026-11-16").unwrap();
        assert_eq!(monday_of(at("2026-11-16", 6)), None, "neither this week's nor that of the week before");
        for (day, hour) in [("2026-11-16", 7), ("2026-11-18", 0), ("2026-11-22", 23)] {
            assert_eq!(monday_of(at(day, hour)), Some(monday), "{day} {hour}");
        }
        assert_eq!(begins(monday), at("2026-11-16", 7));
    }

    #[test]
    fn who_manages_a_unit_or_the_measuring_gets_it_and_nobody_else() {
        for role in Role::ALL {
            let scope = scope_of(&[Grant { role: *role, unit: UnitId(4) }], Some(UnitId(1)));
            assert_eq!(scope.is_some(), ROLES.contains(role), "{role}");
        }
    }
}
