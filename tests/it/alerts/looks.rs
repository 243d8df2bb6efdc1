//! What is looked at: whole blocks and nothing else, once, and nobody alone.

use std::sync::Arc;

use thuocdo::collect::{Submission, seal};
use thuocdo::index::alerts::Sign;
use thuocdo::index::{Comparison, Target, TargetValue};
use thuocdo::publish::alerts::{self, Alert};
use thuocdo::questionnaire::Answer;
use thuocdo::registry::InstalledEdition;
use thuocdo::schedule;
use thuocdo::store::{Database, Opening, alerts as stored, places, targets};
use thuocdo::words::{Day, FieldId, Half, Level, Measure, PointId, UnitId};

use crate::world::{World, databases};

fn day(iso: &str) -> Day {
    Day::parse(iso).unwrap()
}

/// The half-month a day lies in.
fn half(iso: &str) -> Half {
    day(iso).half()
}

/// The town with a target of 90 % for the province.
async fn town(world: &World) -> Arc<InstalledEdition> {
    let edition = world.with_town().await;
    let target = Target {
        measures: vec![Measure::Counter],
        field: FieldId::NONE,
        unit: UnitId(1),
        year_from: 2026,
        year_to: None,
        threshold: Some(0.9),
        value: TargetValue::Percent,
        comparison: Comparison::AtLeast,
        citation: "KH 1".to_owned(),
        issuer: "UBND".to_owned(),
    };
    let tx = world.db.begin().await.unwrap();
    targets::add(&tx, world.province, &[(1, target)], day("2026-01-01")).await.unwrap();
    tx.commit().await.unwrap();
    edition
}

/// Forms of a point on a day, of which so many are not satisfied with the third item; with all others everybody is.
async fn forms(
    world: &World,
    edition: &Arc<InstalledEdition>,
    (point, on, first): (i32, &str, u64),
    (n, bad): (u64, u64),
) {
    let forms: Vec<Submission> = (0..n)
        .map(|at| {
            let third = if at < bad { 2 } else { 4 };
            let answers = [5, 5, third, 5, 4].map(Answer::Level).into_iter().chain([Answer::Blank]).collect();
            Submission { point: PointId(point), answers, level: Level::D, ..world.form(edition, first + at, day(on)) }
        })
        .collect();
    world.stores(day(on), &forms).await;
}

async fn seals(world: &World, through: &str) {
    seal::seal(&world.db, world.province, day(through), day(through).plus(1)).await.unwrap();
}

/// Looks at everything that is due, on one server; the moments, and how many nodes were marked.
async fn looks(world: &World) -> Vec<(Half, usize)> {
    let snapshot = world.snapshot().await;
    let mut looked = Vec::new();
    for moment in alerts::due(&world.db, world.province).await.unwrap() {
        looked.push((moment, alerts::look(&world.db, &snapshot, moment).await.unwrap().unwrap()));
    }
    looked
}

async fn of_unit(world: &World, unit: i32) -> Vec<Alert> {
    alerts::of_unit(&world.db, &world.snapshot().await, UnitId(unit)).await.unwrap()
}

/// Point or unit, what it says, satisfied and answered.
fn told(alert: &Alert) -> (Option<&str>, Sign, Option<(u64, u64)>) {
    (alert.point.as_deref(), alert.sign, alert.item.as_ref().map(|item| (item.satisfied, item.answered)))
}

#[tokio::test]
async fn alerts_count_what_blocks_hold_and_nothing_else() {
    for world in databases().await {
        let edition = town(&world).await;
        forms(&world, &edition, (11, "2026-06-16", 0), (200, 80)).await;
        forms(&world, &edition, (13, "2026-06-16", 1_000), (200, 1)).await;
        forms(&world, &edition, (15, "2026-06-17", 2_000), (9, 9)).await;
        seals(&world, "2026-06-20").await;
        assert_eq!(looks(&world).await, [], "the half-month is not over");
        // Too few for a block of their own: together with the counter beside it they are enough.
        forms(&world, &edition, (11, "2026-06-25", 3_000), (7, 7)).await;
        forms(&world, &edition, (12, "2026-06-26", 4_000), (8, 0)).await;
        seals(&world, "2026-06-30").await;
        assert_eq!(looks(&world).await, [(half("2026-06-30"), 1)]);

        let of_centre = of_unit(&world, 4).await;
        assert_eq!(
            of_centre.iter().map(told).collect::<Vec<_>>(),
            [(Some("Quầy 11"), Sign::Look, Some((120, 200))), (None, Sign::TooFew, None)]
        );
        let lowest = of_centre[0].item.as_ref().unwrap();
        let third = edition.edition.index_ratings().nth(2).unwrap().1.label.iter().next().unwrap().1.to_owned();
        assert_eq!((lowest.vi.as_str(), of_centre[0].since), (third.as_str(), Some(day("2026-06-30"))));
        assert_eq!(
            of_unit(&world, 5).await.iter().map(told).collect::<Vec<_>>(),
            [(Some("Quầy 13"), Sign::Good, Some((199, 200)))]
        );
        assert_eq!(of_unit(&world, 3).await, [], "nine forms are in no block of theirs");
        assert_eq!(of_unit(&world, 2).await.len(), 3, "with the units below");

        // It stays as it was found.
        let found = stored::of_moment(world.db.reader(), world.province, day("2026-06-30")).await.unwrap();
        let snapshot = world.snapshot().await;
        assert_eq!(alerts::look(&world.db, &snapshot, half("2026-06-30")).await.unwrap(), None);
        assert_eq!(looks(&world).await, []);
        assert_eq!(stored::of_moment(world.db.reader(), world.province, day("2026-06-30")).await.unwrap(), found);
        world.close().await;
    }
}

#[tokio::test]
async fn an_alert_stays_as_long_as_its_evidence_and_begins_anew_with_the_quarter() {
    for world in databases().await {
        let edition = town(&world).await;
        forms(&world, &edition, (11, "2026-06-16", 0), (200, 60)).await;
        seals(&world, "2026-06-30").await;
        assert_eq!(looks(&world).await, [(half("2026-06-30"), 1)]);
        forms(&world, &edition, (11, "2026-07-02", 1_000), (100, 20)).await;
        seals(&world, "2026-07-31").await;
        assert_eq!(looks(&world).await, [(half("2026-07-14"), 1), (half("2026-07-31"), 1)], "both that are due");
        let alert = of_unit(&world, 4).await.remove(0);
        assert_eq!((alert.since, alert.day), (Some(day("2026-06-30")), day("2026-07-31")));
        // Later answers take the evidence away: it is that of the moment, not the highest there was.
        forms(&world, &edition, (11, "2026-08-03", 2_000), (700, 10)).await;
        seals(&world, "2026-08-14").await;
        assert_eq!(looks(&world).await, [(half("2026-08-14"), 0)]);
        let alert = of_unit(&world, 4).await.remove(0);
        assert_eq!((told(&alert).1, alert.since), (Sign::Unclear, None));
        let snapshot = world.snapshot().await;
        let earlier = alerts::earlier(world.db.reader(), &snapshot, alert.day, |_| true).await.unwrap();
        let days: Vec<Day> = earlier.iter().map(|alert| alert.day).collect();
        assert_eq!(days, ["2026-07-31", "2026-07-14", "2026-06-30"].map(day));
        // A server that stood still into the next quarter begins there.
        forms(&world, &edition, (11, "2026-09-15", 3_000), (40, 0)).await;
        seals(&world, "2026-09-30").await;
        assert_eq!(looks(&world).await, [(half("2026-09-30"), 0)]);
        assert_eq!(told(&of_unit(&world, 4).await[0]).2, Some((40, 40)), "nothing of the quarter before");
        world.close().await;
    }
}

#[tokio::test]
async fn a_counter_of_one_officer_is_never_alone_nor_what_is_left_over() {
    for world in databases().await {
        let edition = town(&world).await;
        for (point, first) in [(11, 0), (12, 1_000)] {
            forms(&world, &edition, (point, "2026-06-16", first), (60, 30)).await;
        }
        let tx = world.db.begin().await.unwrap();
        let snapshot = world.snapshot().await;
        let version = snapshot.directory.point_on(PointId(12), day("2026-06-16")).unwrap().clone();
        let alone = [places::PointVersion { officers: 1, ..version }];
        places::put_point_versions(&tx, world.province, &alone).await.unwrap();
        tx.commit().await.unwrap();
        seals(&world, "2026-06-30").await;
        looks(&world).await;
        let found = of_unit(&world, 4).await;
        assert_eq!(
            found.iter().map(|alert| (alert.point.as_deref(), told(alert).2)).collect::<Vec<_>>(),
            [(None, Some((60, 120)))]
        );
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_servers_one_writes_what_was_found() {
    for world in databases().await {
        let edition = town(&world).await;
        forms(&world, &edition, (11, "2026-06-16", 0), (100, 50)).await;
        seals(&world, "2026-06-30").await;
        let other = Database::open(&world.url, Opening::Existing).await.unwrap();
        let snapshot = world.snapshot().await;
        let at = half("2026-06-30");
        let (one, two) = tokio::join!(alerts::look(&world.db, &snapshot, at), alerts::look(&other, &snapshot, at));
        let mut both = [one.unwrap(), two.unwrap()];
        both.sort_unstable();
        assert_eq!(both, [None, Some(1)]);
        assert_eq!((world.rows("alert_look").await, world.rows("alert").await), (1, 1));
        other.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn what_was_found_is_forgotten_after_three_years() {
    for world in databases().await {
        let edition = town(&world).await;
        forms(&world, &edition, (11, "2026-06-16", 0), (100, 50)).await;
        seals(&world, "2026-06-30").await;
        looks(&world).await;
        schedule::forget(&world.db, world.province, day("2029-06-01")).await.unwrap();
        assert_eq!((world.rows("alert_look").await, world.rows("alert").await), (1, 1));
        schedule::forget(&world.db, world.province, day("2029-07-10")).await.unwrap();
        assert_eq!((world.rows("alert_look").await, world.rows("alert").await), (0, 0));
        world.close().await;
    }
}
