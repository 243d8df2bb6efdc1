//! What the daily file says of late dossiers.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;

use super::NUMBER_DAYS;
use crate::registry::Directory;
use crate::store::late::{self, LateDossier};
use crate::store::{ConnectionTrait, DatabaseTransaction};
use crate::words::{Day, PointId, ProcedureId, Province, UnitId};

/// A dossier as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Number.
    pub number: String,
    /// Receiving point.
    pub point: PointId,
    /// Deciding unit, where known.
    pub deciding_unit: UnitId,
    /// Procedure, where known.
    pub procedure: ProcedureId,
    /// Day on which it was received.
    pub received: Day,
    /// Day on which the result is due, where the file says so.
    pub due: Option<Day>,
    /// Day on which it was returned, if it was.
    pub returned: Option<Day>,
}

/// How many of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Late dossiers of the file.
    pub late: usize,
    /// Those that were not known before.
    pub new: usize,
    /// Known ones that are not late.
    pub removed: usize,
    /// Late ones that were returned too long ago to be listed.
    pub too_old: usize,
}

/// What a line does.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Nothing,
    TooOld,
    Put(Box<LateDossier>),
    Remove(i64),
}

/// Brings the list of late dossiers up to what the lines of a file say. Lines of one number are read as one.
pub async fn take(
    tx: &DatabaseTransaction,
    province: Province,
    directory: &Directory,
    lines: impl Iterator<Item = Line>,
    today: Day,
) -> anyhow::Result<Taken> {
    let mut of: BTreeMap<String, Line> = BTreeMap::new();
    for line in lines {
        match of.remove(&line.number) {
            None => of.insert(line.number.clone(), line),
            Some(other) => of.insert(line.number.clone(), joined(&other, line)),
        };
    }
    let numbers: BTreeSet<&str> = of.keys().map(String::as_str).collect();
    let known = late::of_numbers(tx, province, &numbers).await.context("while reading late dossiers")?;
    let (mut taken, mut put, mut gone) = (Taken::default(), Vec::new(), Vec::new());
    for (number, line) in &of {
        let before = known.get(number);
        match step(before, line, directory, today) {
            Step::Nothing => {}
            Step::TooOld => taken.too_old += 1,
            Step::Put(dossier) => {
                taken.late += 1;
                taken.new += usize::from(before.is_none());
                if before != Some(&*dossier) {
                    put.push(*dossier);
                }
            }
            Step::Remove(id) => {
                taken.removed += 1;
                gone.push(id);
            }
        }
    }
    store(tx, province, &put, &gone).await?;
    Ok(taken)
}

async fn store(tx: &impl ConnectionTrait, province: Province, put: &[LateDossier], gone: &[i64]) -> anyhow::Result<()> {
    late::remove(tx, province, gone).await.context("while removing dossiers that are not late")?;
    late::put(tx, province, put).await.context("while storing late dossiers")
}

/// One line of two: what only one of them says counts, and the later one where both do.
fn joined(first: &Line, second: Line) -> Line {
    Line {
        deciding_unit: if second.deciding_unit == UnitId::NONE { first.deciding_unit } else { second.deciding_unit },
        procedure: if second.procedure == ProcedureId::NONE { first.procedure } else { second.procedure },
        due: second.due.or(first.due),
        returned: second.returned.or(first.returned),
        ..second
    }
}

fn step(before: Option<&LateDossier>, line: &Line, directory: &Directory, today: Day) -> Step {
    // Once an apology has left, the promise it broke stays what it was: the new day is no new promise.
    let promised = before.filter(|before| before.sent.is_some()).map(|before| before.due);
    let Some(due) = promised.or(line.due).or(before.map(|before| before.due)) else { return Step::Nothing };
    let returned = line.returned.or(before.and_then(|before| before.returned));
    let is_late = returned.map_or(due < today, |returned| returned > due);
    match before {
        None if !is_late => Step::Nothing,
        Some(before) if !is_late => Step::Remove(before.id),
        None if returned.is_some_and(|returned| returned <= today.plus(-NUMBER_DAYS)) => Step::TooOld,
        _ => {
            let own = LateDossier {
                id: before.map_or_else(|| rand::random_range(1..i64::MAX), |before| before.id),
                number: Some(line.number.clone()),
                point: line.point,
                deciding_unit: line.deciding_unit,
                unit: owing(line, directory, today),
                procedure: line.procedure,
                received: line.received,
                due,
                returned,
                seen: today,
                drafted: before.and_then(|before| before.drafted),
                new_due: before.and_then(|before| before.new_due),
                sent: before.and_then(|before| before.sent.clone()),
            };
            Step::Put(Box::new(own))
        }
    }
}

/// The unit that owes the apology.
fn owing(line: &Line, directory: &Directory, today: Day) -> UnitId {
    if line.deciding_unit == UnitId::NONE {
        directory.receiving_unit(line.point, today).unwrap_or(UnitId::NONE)
    } else {
        line.deciding_unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::late::Sent;
    use crate::store::places::Places;

    const TODAY: Day = Day(1_000);

    fn line(due: Option<i32>, returned: Option<i32>) -> Line {
        Line {
            number: "H1".to_owned(),
            point: PointId(3),
            deciding_unit: UnitId(7),
            procedure: ProcedureId::NONE,
            received: Day(900),
            due: due.map(Day),
            returned: returned.map(Day),
        }
    }

    fn stepped(before: Option<&LateDossier>, line: &Line) -> Step {
        step(before, line, &Directory::new(Places::default()), TODAY)
    }

    fn put(before: Option<&LateDossier>, line: &Line) -> LateDossier {
        match stepped(before, line) {
            Step::Put(dossier) => *dossier,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn late_is_what_came_after_its_day_or_has_not_come_by_then() {
        assert_eq!(stepped(None, &line(Some(1_000), None)), Step::Nothing, "its day is not over");
        assert_eq!(stepped(None, &line(Some(950), Some(950))), Step::Nothing);
        assert_eq!(stepped(None, &line(None, Some(950))), Step::Nothing, "nobody knows when it was due");
        assert_eq!(put(None, &line(Some(999), None)).unit, UnitId(7));
        assert_eq!(put(None, &line(Some(950), Some(951))).returned, Some(Day(951)));
        assert_eq!(stepped(None, &line(Some(900), Some(910))), Step::TooOld, "its number would be forgotten at once");
    }

    #[test]
    fn what_turns_out_to_be_in_time_goes_and_what_was_returned_stays_returned() {
        let known = put(None, &line(Some(990), None));
        assert_eq!(stepped(Some(&known), &line(Some(1_010), None)), Step::Remove(known.id));
        assert_eq!(stepped(Some(&known), &line(Some(990), Some(989))), Step::Remove(known.id));
        let returned = put(Some(&known), &line(None, Some(995)));
        assert_eq!((returned.id, returned.due, returned.returned), (known.id, Day(990), Some(Day(995))));
        assert_eq!(put(Some(&returned), &line(Some(990), None)), returned);
    }

    #[test]
    fn a_new_day_in_the_file_does_not_undo_an_apology() {
        let sent = Some(Sent { day: Day(992), number: "5/XL".to_owned(), noted: Day(993) });
        let known = LateDossier { sent, new_due: Some(Day(1_010)), ..put(None, &line(Some(990), None)) };
        let after = put(Some(&known), &line(Some(1_010), None));
        assert_eq!((after.due, &after.sent, after.new_due), (Day(990), &known.sent, known.new_due));
        let after = put(Some(&known), &line(Some(1_010), Some(1_000)));
        assert_eq!((after.due, after.returned), (Day(990), Some(Day(1_000))));
    }

    #[test]
    fn two_lines_of_a_dossier_are_read_as_one() {
        let reception = Line { deciding_unit: UnitId::NONE, ..line(Some(990), None) };
        let one = joined(&reception, line(None, Some(995)));
        assert_eq!((one.due, one.returned, one.deciding_unit), (Some(Day(990)), Some(Day(995)), UnitId(7)));
        assert_eq!(joined(&line(None, Some(995)), reception).returned, Some(Day(995)));
    }
}
