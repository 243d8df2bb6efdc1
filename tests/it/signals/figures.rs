//! Scans and scripts at the counter's QR, through the real door: they are open feedback, and move neither the headline nor
//! what came in by ticket or from a kiosk.

use std::sync::Arc;

use futures_util::future::join_all;
use rand::RngExt;
use thuocdo::collect::accept::SentForm;
use thuocdo::collect::{Intake, Outcome, Refusal, Submission, accept, seal};
use thuocdo::index::Source;
use thuocdo::publish::figures::{Asked, Figures, UnitFigures};
use thuocdo::questionnaire::Tally;
use thuocdo::record::{FormKey, OpenedForm};
use thuocdo::registry::{InstalledEdition, Snapshot};
use thuocdo::words::{Channel, Day, Level, Measure, Moment, Period, PointId, UnitId};

use super::stuffing;
use crate::proof::{Draws, POINTS};
use crate::world::{World, databases};

/// The unit that is stuffed, and the one above it.
const UNITS: [UnitId; 2] = [UnitId(4), UnitId(2)];
/// Forms that are sent at once.
const AT_ONCE: usize = 200;

async fn figures(world: &World, unit: UnitId, period: Period) -> Arc<UnitFigures> {
    let asked = Asked::all(unit, period, Some(Measure::Counter));
    let snapshot = world.snapshot().await;
    Figures::default().of_unit(&world.db, &snapshot, asked, period.to.plus(1)).await.unwrap()
}

/// Forms, counts and composite of a source.
fn source(figures: &UnitFigures, source: Source) -> (u64, Tally, Option<f64>) {
    let found = figures.source(source).unwrap_or_else(|| panic!("{source:?} is there"));
    (found.forms, found.tally.clone(), found.estimates[0].estimate)
}

/// The usual answers of a few days: drawn sample, tickets, kiosk, open feedback.
async fn honest(world: &World, edition: &Arc<InstalledEdition>, day: Day) {
    let mut draws = Draws::of(20_261_121);
    let mut forms = Vec::new();
    for (level, channel, n) in [
        (Level::A, Channel::Invitation, 70),
        (Level::B, Channel::Slip, 90),
        (Level::C, Channel::Kiosk, 50),
        (Level::D, Channel::CounterQr, 60),
    ] {
        for _ in 0..n {
            let name = u64::try_from(forms.len()).unwrap();
            let form = world.form(edition, name, day);
            forms.push(Submission { level, channel, day: Some(day), answers: draws.sheet(), ..form });
        }
    }
    world.stores(day, &forms).await;
}

/// Sends one form with all levels five, as the page would, plus whatever somebody adds.
async fn send(
    world: &World,
    intake: &Intake,
    snapshot: &Snapshot,
    edition: &InstalledEdition,
    more: &[(&str, &str)],
) -> Result<Outcome, Refusal> {
    let today = Moment::now().day();
    let point = snapshot.directory.points_of(UNITS[0], today).into_iter().next().unwrap();
    assert_eq!(point.point.point, PointId(POINTS[0].0));
    let opened = OpenedForm { province: world.province, bound_to: "QR", edition: edition.number, day: today };
    let key = FormKey::issue(&world.keys, &opened, rand::rng().random()).to_string();
    let mut fields: Vec<(String, String)> =
        edition.edition.ratings().map(|(_, rating)| (rating.code.clone(), "5".to_owned())).collect();
    fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let form = SentForm { bound_to: "QR", key: &key, edition: edition.number, fields: &fields };
    accept(intake, &world.keys, snapshot, (point, None), &form, today).await
}

#[tokio::test]
async fn scans_and_scripts_move_neither_the_headline_nor_tickets_nor_kiosks() {
    let must = stuffing::must();
    assert!(must.headline_moved_by_scan_or_script.abs() < f64::EPSILON);
    assert!(must.level_b_moved_by_scan_or_script.abs() < f64::EPSILON);
    assert!(must.level_c_count_moved_by_scan_or_script.abs() < f64::EPSILON);
    for world in databases().await {
        let edition = world.with_town().await;
        let today = Moment::now().day();
        honest(&world, &edition, today.plus(-1)).await;
        seal::seal(&world.db, world.province, today.plus(-1), today).await.unwrap();
        let period = Period::new(today.plus(-1).half().first(), today.half().last()).unwrap();
        let kept = [Source::Headline, Source::Level(Level::A), Source::Level(Level::B), Source::Level(Level::C)];
        let mut before = Vec::new();
        for unit in UNITS {
            before.push(figures(&world, unit, period).await);
        }
        assert!(source(&before[0], Source::Level(Level::C)).0 == 50, "the kiosk's forms are counted");

        let snapshot = world.snapshot().await;
        let (intake, task) = Intake::start(world.db.clone(), world.province, world.keys.clone());
        // Three hundred scans one after another, then a script from everywhere at once.
        for _ in 0..300 {
            assert!(matches!(send(&world, &intake, &snapshot, &edition, &[]).await, Ok(Outcome::Stored(_))));
        }
        for _ in 0..1_000 / AT_ONCE {
            let all = join_all((0..AT_ONCE).map(|_| send(&world, &intake, &snapshot, &edition, &[]))).await;
            assert!(all.iter().all(|sent| matches!(sent, Ok(Outcome::Stored(_)))));
        }
        // Nobody names a level.
        for (name, value) in [("level", "A"), ("level", "B"), ("channel", "slip"), ("reason", "0"), ("ticket", "X")] {
            let sent = send(&world, &intake, &snapshot, &edition, &[(name, value)]).await;
            assert!(matches!(sent, Err(Refusal::Answers(_))), "{name}={value}: {sent:?}");
        }
        drop(intake);
        task.await.unwrap();
        seal::seal(&world.db, world.province, today, today.plus(1)).await.unwrap();

        for (unit, before) in UNITS.into_iter().zip(before) {
            let after = figures(&world, unit, period).await;
            for kept in kept {
                assert_eq!(source(&after, kept), source(&before, kept), "{unit:?} {kept:?}");
            }
            let open = |figures: &UnitFigures| source(figures, Source::Level(Level::D));
            let ((n, _, was), (m, _, is)) = (open(&before), open(&after));
            assert_eq!((n, m), (60, 1_360), "open feedback holds them all");
            assert!(is.unwrap() > was.unwrap() + 0.1, "and is moved by them: {was:?} to {is:?}");
        }
        world.close().await;
    }
}
