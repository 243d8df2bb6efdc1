//! Late dossiers of the last weeks with their apologies, and figures of other systems: through the same imports as real ones.

use anyhow::Context;

use super::dossiers::{Dossier, Punctuality, dossiers_of};
use super::province::{DecidingUnit, UNITS};
use crate::app::Prepared;
use crate::late::{Sent, State, Wanted};
use crate::registry::import::{Kind, Mode, Run, Source, Within, import_within};
use crate::registry::{By, Snapshot};
use crate::store::{late, staff_log};
use crate::tickets::{self, Delivery};
use crate::words::{Day, Moment, Period};

/// Days before today in which late dossiers were returned.
const BACK: i32 = 28;
/// Days after today in which those that wait now will be returned.
const AHEAD: i32 = 10;
/// A late dossier was due at most so many days before its return.
const LATEST: i32 = 9;
/// Of so many late dossiers one has no apology yet.
const ONE_WITHOUT: i64 = 6;
/// Days an office takes to write an apology.
const WRITING: i32 = 2;
/// Most late dossiers for which an apology is noted at once.
const MOST: u64 = 20_000;

/// The line of a late dossier; `None` where it is not late yet today.
fn line(unit: &DecidingUnit, place: usize, (day, nth): (Day, usize), dossier: &Dossier, today: Day) -> Option<String> {
    let by = 1 + i32::try_from(nth).unwrap_or(0) % LATEST;
    let due = Day((day.0 - by).max(dossier.received.0));
    if due >= today || dossier.received > today || due >= day {
        return None;
    }
    let (received, returned) = (dossier.received.iso(), if day < today { day.iso() } else { String::new() });
    let short = received.get(2..).unwrap_or_default().replace('-', "");
    let number = format!("H98.{:02}-{short}-{:03}{:03}", place + 1, day.0.rem_euclid(1_000), nth % 1_000);
    let (point, procedure) = (dossier.door.point(unit), dossier.procedure.map_or("", |procedure| procedure.code));
    Some(format!("{number},{point},{},{procedure},{received},{},{returned}\n", unit.code, due.iso()))
}

/// The daily file of the demonstration, late dossiers alone.
fn daily_file(today: Day) -> String {
    let mut lines = vec!["number,point,deciding_unit,procedure,received,due,returned\n".to_owned()];
    for (place, unit) in UNITS.iter().enumerate() {
        for day in (-BACK..AHEAD).map(|days| today.plus(days)) {
            let dossiers = dossiers_of(unit, day);
            let late = dossiers.iter().filter(|dossier| dossier.punctuality == Punctuality::Late).enumerate();
            lines.extend(late.filter_map(|(nth, dossier)| line(unit, place, (day, nth), dossier, today)));
        }
    }
    lines.concat()
}

/// Imports the late dossiers of the last weeks and notes most of their apologies.
pub(super) async fn fill_late(prepared: &Prepared, today: Day) -> anyhow::Result<()> {
    let Prepared { db, province, keys } = prepared;
    let run = Run { today, mode: Mode::Write, by: By::CommandLine };
    let text = daily_file(today);
    let source = Source { name: "dossiers.csv", bytes: text.as_bytes() };
    let delivery = Delivery { letters: false, messages: None };
    tickets::dossiers(db, keys, *province, &source, run, delivery, |_messages| Ok(())).await?;
    let tx = db.begin().await.context("while taking the turn to write")?;
    let wanted = Wanted { state: State::Without, ..Wanted::default() };
    let (mut waiting, _) = late::list(&tx, *province, &wanted, (0, MOST)).await?;
    waiting.retain(|one| {
        let last = one.number.as_deref().and_then(|number| number.get(number.len().saturating_sub(3)..));
        let nth: i64 = last.and_then(|digits| digits.parse().ok()).unwrap_or_default();
        one.due.plus(WRITING) < today && nth % ONE_WITHOUT != 0
    });
    for (at, one) in waiting.iter_mut().enumerate() {
        let day = one.due.plus(WRITING);
        one.sent = Some(Sent { day, number: format!("{}/XL-MH", at + 1), noted: day });
        one.new_due = one.returned.is_none().then(|| today.plus(7));
    }
    late::put(&tx, *province, &waiting).await.context("while noting apologies")?;
    let object = format!("{} of the demonstration", waiting.len());
    staff_log::append(&tx, *province, Moment::now(), By::CommandLine.actor(), "note apology", &object).await?;
    Ok(tx.commit().await?)
}

/// The calendar quarter that ended last.
fn last_quarter(today: Day) -> Option<Period> {
    let number = (today.month() - 1) / 3;
    if number == 0 {
        Period::calendar_quarter(today.year() - 1, 4)
    } else {
        Period::calendar_quarter(today.year(), number)
    }
}

/// Imports figures of other systems of the quarter that ended last: those of the province in the size of a real one, and
/// ratings of three of its offices.
pub(super) async fn fill_measures(prepared: &Prepared, snapshot: &Snapshot, today: Day) -> anyhow::Result<()> {
    let Prepared { db, province, .. } = prepared;
    let quarter = last_quarter(today).context("there is no quarter before today")?;
    let span = format!("{},{}", quarter.from.iso(), quarter.to.iso());
    let indices = format!(
        "unit,from,to,portal_likes,portal_dislikes,qd766_dossiers,qd766_late,qd766_complained,qd766_complaints,\
         qd766_complaints_on_time,qd766_complaints_dissatisfied,qd766_complaints_rules,qd766_complaints_staff,\
         qd766_points_openness,qd766_points_progress,qd766_points_digital_files,qd766_points_online_service,\
         qd766_points_online_payment\n\
         MH,{span},51204,3118,464494,61478,130,412,396,21,250,37,16.2,17.35,18.1,9.4,7.85\n\
         MH.P01,{span},3120,214,8420,905,12,31,29,3,,,,,,,\nMH.X03,{span},410,6,2210,38,1,0,0,0,,,,,,,\n"
    );
    let names: Vec<String> =
        ["self", "appraised"].iter().flat_map(|kind| (1..=9).map(move |n| format!(",tt01_{kind}_{n}"))).collect();
    let ratings = format!(
        "unit,from,to{},tt01_forms,tt01_dissatisfied,tt01_satisfied,tt01_very_satisfied\n\
         MH.P01,{span},2,2,2,2,2,2,2,2,2,1,1.5,1.5,1.5,1.5,1.5,1.5,1.5,0.49,1320,1.8,41.3,56.9\n\
         MH.X03,{span},2,2,2,2,2,2,2,2,1.5,2,1.5,1.5,1.5,2,1.5,2,1.5,1.5,402,0.7,38.1,61.2\n\
         MH.CN1,{span},2,2,1.5,1.5,2,2,2,2,1,0.5,0.5,1,1,1.5,1.5,1,1,0.99,2844,9.2,48.6,42.2\n",
        names.concat()
    );
    let run = Run { today, mode: Mode::Write, by: By::CommandLine };
    if snapshot.directory.unit_by_code("MH").is_none() {
        return Ok(());
    }
    for text in [indices, ratings] {
        let source = Source { name: "measures.csv", bytes: text.as_bytes() };
        import_within(db, *province, Kind::Measures, &source, run, Within::ALL).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_daily_file_holds_late_dossiers_alone_and_names_each_as_on_every_other_day() {
        let today = Day::of(2026, 9, 15).unwrap();
        let numbers = |today| -> (BTreeSet<String>, usize) {
            let text = daily_file(today);
            let lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
            for line in &lines {
                let values: Vec<&str> = line.split(',').collect();
                let (received, due, returned) =
                    (Day::parse(values[4]).unwrap(), Day::parse(values[5]).unwrap(), values[6]);
                assert!(received <= due && due < today, "{line}");
                assert!(
                    returned.is_empty() || Day::parse(returned).is_some_and(|day| due < day && day < today),
                    "{line}"
                );
            }
            (lines.iter().map(|line| line.split(',').next().unwrap().to_owned()).collect(), lines.len())
        };
        let (first, lines) = numbers(today);
        assert_eq!(first.len(), lines, "no number stands twice");
        assert!((500..20_000).contains(&lines), "{lines}");
        let (next, _) = numbers(today.plus(1));
        assert!(first.intersection(&next).count() * 10 > lines * 9, "a day later they are the same dossiers");
    }

    #[test]
    fn the_quarter_that_ended_last_is_over() {
        for (month, from) in [(1, 10), (3, 10), (4, 1), (12, 7)] {
            let today = Day::of(2026, month, 1).unwrap();
            let quarter = last_quarter(today).unwrap();
            assert!(quarter.to < today && today.0 - quarter.to.0 <= 92);
            assert_eq!(quarter.from.month(), from, "{month}");
        }
    }
}
