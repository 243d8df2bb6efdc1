//! Whoever reads the dashboards of the office every day, with every choice they offer, learns of no group smaller than k.
//!
//! What a dashboard shows are the counts of `tallies::for_pages` for a unit, the units below it, a field and a period; sources
//! stand apart in them. Here every such count is read after every sealed day and held against the same count of the day
//! before, against the longer periods that contain its own, against all fields together, and against the units below: a
//! difference is nothing or at least k. Seen failing on the tenth day when asked for differences of at least k + 1.

use std::collections::BTreeMap;

use sea_orm::DbBackend;
use thuocdo::collect::seal;
use thuocdo::publish::tallies;
use thuocdo::registry::Snapshot;
use thuocdo::words::{Channel, Day, FieldId, Half, Level, Period, PointId, UnitId};

use super::{Draws, UNITS};
use crate::world::{World, databases};

const K: i64 = 10;
/// Days of an ordinary run; `DASHBOARD_DAYS` names another number.
const DAYS: i32 = 150;

/// Forms by unit and level.
type Shown = BTreeMap<(i32, Level), i64>;
/// By first and last half-month, and field.
type Read = BTreeMap<((Half, Half), Option<FieldId>), Shown>;

/// The periods a dashboard offers on a day: months and quarters of both calendars, and one that rolls.
fn periods(day: Day) -> Vec<(Half, Half)> {
    let (year, quarter) = Period::quarter_of(day);
    let month_end = if day.day_of_month() >= 15 { day.plus(20) } else { day };
    let offered = [
        Period::calendar_month(day.year(), day.month()),
        Period::reporting_month(month_end.year(), month_end.month()),
        Period::reporting_quarter(year, quarter),
        Some(Period::reporting_year(year)),
    ];
    let mut halves: Vec<(Half, Half)> =
        offered.into_iter().flatten().map(|period| (period.from.half(), period.to.half())).collect();
    let last = Half(day.half().0 - 1);
    halves.push((Half(last.0 - 5), last));
    halves
}

async fn read(world: &World, snapshot: &Snapshot, day: Day) -> Read {
    let units: Vec<UnitId> = UNITS.iter().map(|(unit, ..)| UnitId(*unit)).collect();
    let mut read = Read::new();
    for halves in periods(day) {
        for field in [None, Some(FieldId(1)), Some(FieldId(2))] {
            let found = tallies::for_pages(world.db.reader(), snapshot, &units, field, halves).await.unwrap();
            let mut shown = Shown::new();
            for ((unit, _, level), tally) in found {
                *shown.entry((unit.0, level)).or_default() += tally.forms();
            }
            read.insert((halves, field), shown);
        }
    }
    read
}

/// Every difference of two sets of counts of which the second is a part of the first.
fn differ(whole: &Shown, part: &Shown, at: &str) -> usize {
    let mut compared = 0;
    for key in whole.keys().chain(part.keys()) {
        let (whole, part) = (whole.get(key).copied().unwrap_or(0), part.get(key).copied().unwrap_or(0));
        let difference = whole - part;
        assert!(difference == 0 || difference >= K, "{at}: {key:?} is {whole}, without {part}");
        compared += 1;
    }
    compared
}

/// What counts for a unit beside the units below it.
fn own(shown: &Shown) -> Shown {
    let mut below = Shown::new();
    for (unit, parent, _) in UNITS.iter().filter(|(unit, ..)| *unit != 6) {
        for ((of, level), n) in shown {
            if of == unit {
                *below.entry((*parent, *level)).or_default() += n;
            }
        }
    }
    below.retain(|(unit, _), _| *unit > 0);
    below
}

fn compare(now: &Read, before: &Read, day: Day) -> usize {
    let mut compared = 0;
    for ((halves, field), shown) in now {
        let at = |what: &str| format!("{}, {halves:?}, {field:?}, {what}", day.iso());
        if let Some(before) = before.get(&(*halves, *field)) {
            compared += differ(shown, before, &at("the day before"));
        }
        compared += differ(shown, &own(shown), &at("units below"));
        if let (None, Some(one), Some(two)) =
            (field, now.get(&(*halves, Some(FieldId(1)))), now.get(&(*halves, Some(FieldId(2)))))
        {
            let mut sum = one.clone();
            for (key, n) in two {
                *sum.entry(*key).or_default() += n;
            }
            compared += differ(shown, one, &at("one field")) + differ(shown, &sum, &at("all fields"));
        }
        for ((longer, of), whole) in now.iter().filter(|((_, of), _)| of == field) {
            if longer.0 <= halves.0 && halves.1 <= longer.1 && longer != halves {
                compared += differ(whole, shown, &at(&format!("{longer:?} {of:?}")));
            }
        }
    }
    compared
}

#[tokio::test]
async fn no_choice_of_a_dashboard_isolates_fewer_than_k() {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the length is chosen by whoever runs it")]
    let days: i32 = std::env::var("DASHBOARD_DAYS").map_or(DAYS, |number| number.parse().unwrap());
    for world in databases().await {
        // The same statements run on both databases: `counts` compares what they give.
        if world.db.reader().get_database_backend() != DbBackend::Sqlite {
            world.close().await;
            continue;
        }
        let edition = world.with_town().await;
        let snapshot = world.snapshot().await;
        let mut draws = Draws::of(6_2026);
        let first = Day::of(2024, 1, 1).unwrap();
        let (mut name, mut compared, mut grown, mut of_fields) = (0, 0, 0, 0);
        let mut before = Read::new();
        for day in (0..days).map(|day| first.plus(day)) {
            let most = draws.pick(&[4, 12, 40, 40]);
            let forms: Vec<_> = (0..draws.below(most + 1))
                .map(|_| {
                    name += 1;
                    let mut form = world.form(&edition, name, day);
                    form.point = PointId(draws.pick(&[11, 11, 12, 13, 14, 15, 17, 18]));
                    form.level = draws.pick(&[Level::B, Level::D, Level::D]);
                    form.channel = Channel::Paper;
                    form.field = FieldId(draws.pick(&[0, 1, 1, 2]));
                    form.answers = draws.sheet();
                    form
                })
                .collect();
            if !forms.is_empty() {
                world.stores(day, &forms).await;
            }
            let sealed = seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
            if sealed.blocks == 0 && day.half() == day.plus(-1).half() {
                continue;
            }
            grown += 1;
            let now = read(&world, &snapshot, day).await;
            compared += compare(&now, &before, day);
            of_fields += now.iter().filter(|((_, field), shown)| field.is_some() && !shown.is_empty()).count();
            before = now;
        }
        assert!(grown > 40 && of_fields > 100 && compared > 10_000, "{grown} {of_fields} {compared}");
        println!("{days} days, {name} answers, figures read on {grown} days, {compared} differences, none below {K}");
        world.close().await;
    }
}
