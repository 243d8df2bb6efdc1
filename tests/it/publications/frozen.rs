//! What is frozen is what pages show, and the same bytes on every database.

use thuocdo::bundle::State;
use thuocdo::index::{Source, What};
use thuocdo::publications::bundle::Kind;
use thuocdo::publications::{NotDone, Refusal};
use thuocdo::publish::Figures;
use thuocdo::publish::figures::Asked;
use thuocdo::words::{Half, Measure, Period, UnitId};

use super::{FIRST, checked, choice, content};
use crate::proof::Draws;
use crate::world::databases;

/// Data sets that are compared; the long form sets it.
fn data_sets() -> i32 {
    #[expect(clippy::disallowed_methods, reason = "a test has no settings; the long form names its size")]
    std::env::var("PUBLISHED_SETS").ok().and_then(|n| n.parse().ok()).unwrap_or(50)
}

#[tokio::test(flavor = "multi_thread")]
async fn bundles_of_fifty_data_sets_are_the_same_bytes_on_every_database_and_good() {
    let worlds = databases().await;
    let mut seen: Vec<Vec<Vec<u8>>> = Vec::new();
    for world in &worlds {
        world.with_town().await;
        let mut bundles = Vec::new();
        for at in 0..data_sets() {
            let half = Half(FIRST.0 + at);
            let mut draws = Draws::of(u64::try_from(at).unwrap());
            let n = 40 + draws.below(400);
            world.half_month(half, &mut draws, n).await;
            // Some periods are several half-months, so that they lie in each other.
            let from = Half(half.0 - i32::try_from(draws.below(3)).unwrap().min(at));
            match world.submitted(&choice(from, half), half.next().first(), "").await {
                Ok(of) => {
                    world.approved((&of.0, of.1), half.next().first()).await.unwrap();
                    for kind in [Kind::Public, Kind::Auditor] {
                        bundles.push(world.bundle((&of.0, of.1), kind).await);
                    }
                }
                Err(other) => panic!("set {at}: {other:?}"),
            }
        }
        seen.push(bundles);
    }
    let first = &seen[0];
    for (at, bytes) in first.iter().enumerate() {
        assert!(seen.iter().all(|other| other[at] == *bytes), "set {} differs between databases", at / 2);
        let found = checked(bytes).unwrap_or_else(|difference| panic!("set {}: {difference}", at / 2));
        assert!(found.figures > 5, "set {}: {} figures", at / 2, found.figures);
        assert_eq!(found.records.is_some(), at % 2 == 1);
    }
    let shown: usize = first.iter().map(|bytes| checked(bytes).unwrap().figures).sum();
    let withheld: usize = first.iter().map(|bytes| checked(bytes).unwrap().withheld).sum();
    println!("{} bundles on {} databases, {shown} figures shown, {withheld} withheld", first.len(), seen.len());
    assert!(withheld > 100, "nothing was small: {withheld}");
    for world in worlds {
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_says_what_the_page_of_the_unit_says() {
    for world in databases().await {
        world.with_town().await;
        for at in 0..3 {
            world.half_month(Half(FIRST.0 + at), &mut Draws::of(7 + u64::try_from(at).unwrap()), 400).await;
        }
        let last = Half(FIRST.0 + 2);
        let of = world.published(&choice(FIRST, last), last.next().first(), "").await;
        let publication = content(&world.bundle((&of.0, of.1), Kind::Public).await);
        let snapshot = world.snapshot().await;
        let period = Period { from: FIRST.first(), to: last.last() };
        let (mut compared, mut hidden) = (0, 0);
        for unit in &publication.units {
            let id: i32 = unit.code.trim_start_matches('U').parse().unwrap();
            let asked = Asked::all(UnitId(id), period, Some(Measure::Counter));
            let page = Figures::default().of_unit(&world.db, &snapshot, asked, last.next().first()).await.unwrap();
            for source in &page.sources {
                let word = match source.source {
                    Source::Headline => "headline",
                    Source::Level(level) => level.word(),
                };
                let group = publication.group(&unit.code, word).unwrap();
                assert_eq!(group.forms, (source.forms >= 10).then_some(source.forms), "{} {word}", unit.code);
                for one in source.estimates.iter().filter(|one| one.n > 0) {
                    let figure = group.figure(one.what.code()).unwrap();
                    if figure.state != State::Shown {
                        assert!(one.n < 10 || !matches!(one.what, What::Composite), "{} {word}", unit.code);
                        hidden += 1;
                        continue;
                    }
                    let number = |text: &str| text.parse::<f64>().unwrap();
                    let interval = one.interval().unwrap();
                    let frozen = figure.interval.as_ref().unwrap();
                    assert_eq!(figure.n, Some(one.n));
                    assert!((number(figure.estimate.as_ref().unwrap()) - one.estimate.unwrap()).abs() < 1e-12);
                    assert!((number(&frozen.0) - interval.low).abs() < 1e-12);
                    assert!((number(&frozen.1) - interval.high).abs() < 1e-12);
                    compared += 1;
                }
            }
        }
        assert!(compared > 80 && hidden > 0, "{compared} compared, {hidden} hidden");
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_names_its_reason_and_the_version_before_and_nothing_is_published_twice_alike() {
    for world in databases().await {
        world.with_town().await;
        world.half_month(FIRST, &mut Draws::of(3), 300).await;
        let day = FIRST.next().first();
        let of = world.published(&choice(FIRST, FIRST), day, "").await;
        let refused = |came: Result<(String, i32), NotDone>| match came {
            Err(NotDone::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(world.submitted(&choice(FIRST, FIRST), day, "").await), Refusal::NeedsReason);
        assert_eq!(refused(world.submitted(&choice(FIRST, FIRST), day, "Sửa").await), Refusal::Unchanged);
        let mut wider = choice(FIRST, FIRST);
        wider.sources = false;
        let next = world.published(&wider, day, "Bỏ phần theo nguồn").await;
        assert_eq!(next, (of.0.clone(), 2));
        let first = content(&world.bundle((&of.0, 1), Kind::Public).await);
        let bytes = world.bundle((&of.0, 2), Kind::Public).await;
        let second = content(&bytes);
        assert_eq!((first.previous, first.reason), (None, None));
        assert_eq!(second.reason.as_deref(), Some("Bỏ phần theo nguồn"));
        let approval = checked(&bytes).unwrap().approval;
        assert_eq!(approval.previous, second.previous, "the chain of approvals and the correction meet here");
        assert!(second.previous.is_some());
        world.close().await;
    }
}
