//! Exports of answers: as many rows as the figures say, nothing that singles anybody out, four formats that agree.

mod files;
mod pages;
mod rows;

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use thuocdo::collect::{Submission, seal};
use thuocdo::export::{Asked, Format, Order, Plan, Progress, export};
use thuocdo::questionnaire::{Answer, Edition, Item};
use thuocdo::registry::Snapshot;
use thuocdo::words::{Channel, Day, FieldId, Level, PointId, UnitId};

use crate::proof::{Draws, POINTS};
use crate::world::World;

/// First day of the answers.
const FIRST: Day = Day(20_518);

/// A file in memory.
pub(crate) async fn file(world: &World, snapshot: &Snapshot, asked: Asked, format: Format) -> Vec<u8> {
    let plan = Plan::make(world.db.reader(), snapshot, asked).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let order = Order { snapshot, plan, format, made: Day::of(2026, 11, 22).unwrap(), folder: folder.path() };
    let progress = Arc::new(Progress::default());
    let written = export(&world.db, order, Cursor::new(Vec::new()), &progress).await.unwrap();
    let (done, all) = progress.now();
    assert_eq!(done, all);
    written.into_inner()
}

/// The rows of a CSV file by the names of their columns.
pub(crate) fn read(csv: &[u8]) -> Vec<HashMap<String, String>> {
    let text = std::str::from_utf8(csv).unwrap().strip_prefix('\u{feff}').unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

/// Any answers to an edition without routes.
pub(crate) fn sheet(edition: &Edition, draws: &mut Draws) -> Vec<Answer> {
    let answer = |item: &Item, draws: &mut Draws| match item {
        Item::Rating(rating) => match draws.below(9) {
            0 => Answer::Blank,
            1 if rating.not_applicable.is_some() => Answer::NotApplicable,
            n => Answer::Level(u8::try_from(n % rating.scale.levels.len() as u64 + 1).unwrap()),
        },
        Item::Choice(choice) if choice.several => match draws.below(4) {
            0 => Answer::Blank,
            n => Answer::Choices(u8::try_from(n).unwrap()),
        },
        Item::Choice(choice) => match draws.below(6) {
            0 => Answer::Blank,
            n => Answer::Choice(u8::try_from(n % choice.options.len() as u64 + 1).unwrap()),
        },
        _ => match draws.below(3) {
            0 => Answer::Blank,
            _ => Answer::Number(u16::try_from(draws.below(90)).unwrap()),
        },
    };
    let mut answers = Vec::new();
    for (at, item) in edition.items().iter().enumerate().filter(|(_, item)| !item.is_comment()) {
        answers.push(if edition.is_asked(at, &answers) { answer(item, draws) } else { Answer::NotAsked });
    }
    answers
}

/// Fills a town with some days of answers, some of which stay below ten, and seals them.
pub(crate) async fn fill(world: &World, edition: &str, days: i32, a_day: u64, seed: u64) -> Arc<Snapshot> {
    world.with_town().await;
    let snapshot = world.snapshot().await;
    let installed = snapshot.editions.in_force(edition, FIRST).unwrap().clone();
    let mut draws = Draws::of(seed);
    let mut name = seed * 1_000_000;
    for day in (0..days).map(|day| FIRST.plus(day)) {
        let forms: Vec<Submission> = (0..=draws.below(a_day))
            .map(|_| {
                name += 1;
                let mut form = world.form(&installed, name, day);
                form.point = PointId(draws.pick(&[11, 11, 11, 12, 13, 14, 15, 15, 16, 17, 18]));
                form.level = draws.pick(&[Level::A, Level::B, Level::B, Level::D, Level::D, Level::D]);
                form.channel =
                    draws.pick(&[Channel::CounterQr, Channel::CounterQr, Channel::CounterQr, Channel::Paper]);
                form.field = FieldId(draws.pick(&[0, 0, 0, 1]));
                form.deciding_unit = UnitId(draws.pick(&[0, 0, 0, 2]));
                form.answers = sheet(&installed.edition, &mut draws);
                form.comment = (draws.below(5) == 0).then(|| format!("Góp ý riêng số {name}"));
                form
            })
            .collect();
        world.stores(day, &forms).await;
        seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
    }
    assert!(POINTS.len() > 5);
    Arc::new(world.snapshot().await)
}
