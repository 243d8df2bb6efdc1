//! The public door: which forms are accepted over an edition change, and what happens when nothing can be stored.

use thuocdo::collect::accept::SentForm;
use thuocdo::collect::{Intake, Outcome, Refusal, accept};
use thuocdo::questionnaire::{Edition, parse};
use thuocdo::record::{FormKey, OpenedForm};
use thuocdo::registry::import::{Mode, Run, Source, points, units};
use thuocdo::registry::{By, CodeLeadsTo, InstalledEdition, Snapshot, editions};
use thuocdo::words::{Day, Moment};

use crate::world::{World, databases};

/// The counter form, and its successor that asks one thing in other words.
fn two_editions() -> [Edition; 2] {
    let first = include_str!("../../surveys/counter-1.toml");
    let second =
        first.replacen("\nversion = 1\n", "\nversion = 2\nsucceeds = { code = \"counter\", version = 1 }\n", 1);
    let second = second.replacen("Chất lượng giải quyết hồ sơ", "Chất lượng kết quả", 1);
    [parse("counter-1.toml", first).unwrap(), parse("counter-2.toml", &second).unwrap()]
}

/// A counter under edition 1, and edition 2 in force from today.
async fn with_a_counter_and_a_new_edition(world: &World, today: Day) -> (Snapshot, String) {
    let source = |text: &'static str| Source { name: "t.csv", bytes: text.as_bytes() };
    let run = Run { today, mode: Mode::Write, by: By::CommandLine };
    units(&world.db, world.province, &source("code,name,kind,parent\nP,Tỉnh,province,\n"), run).await.unwrap();
    let text = "code,unit,name,kind,questionnaire\nQ,P,Quầy,counter,counter\n";
    points(&world.db, world.province, &source(text), run).await.unwrap();
    let tx = world.db.begin().await.unwrap();
    editions::install(&tx, world.province, &two_editions(), today).await.unwrap();
    tx.commit().await.unwrap();
    let snapshot = world.snapshot().await;
    let point = snapshot.directory.point_by_code("Q").unwrap();
    let code = snapshot.directory.public_code(point).unwrap().to_owned();
    (snapshot, code)
}

async fn send(
    world: &World,
    intake: &Intake,
    snapshot: &Snapshot,
    code: &str,
    edition: i16,
    (opened, today): (Day, Day),
) -> Result<Outcome, Refusal> {
    let named = |known: &&std::sync::Arc<InstalledEdition>| {
        known.edition.code() == "counter" && i16::try_from(known.edition.version()) == Ok(edition)
    };
    let edition = snapshot.editions.iter().find(named).unwrap().number;
    let form = OpenedForm { province: world.province, bound_to: code, edition, day: opened };
    let key = FormKey::issue(&world.keys, &form, rand::random()).to_string();
    let fields = [("attitude".to_owned(), "5".to_owned())];
    let sent = SentForm { bound_to: code, key: &key, edition, fields: &fields };
    let Some(CodeLeadsTo::Point(point)) = snapshot.directory.follow(code, today) else { panic!("the point is open") };
    accept(intake, &world.keys, snapshot, (point, None), &sent, today).await
}

#[tokio::test]
async fn a_form_opened_before_a_new_edition_is_accepted_for_a_day_and_then_comes_back_filled_in() {
    for world in databases().await {
        let today = Moment::now().day();
        let (snapshot, code) = with_a_counter_and_a_new_edition(&world, today).await;
        let (intake, task) = Intake::start(world.db.clone(), world.province, world.keys.clone());
        let sent = async |edition, opened, day| send(&world, &intake, &snapshot, &code, edition, (opened, day)).await;
        for (edition, opened, day) in [(1, today, today), (2, today, today), (1, today, today.plus(1))] {
            let outcome = sent(edition, opened, day).await;
            assert!(matches!(outcome, Ok(Outcome::Stored(_))), "{edition} {}: {outcome:?}", opened.iso());
        }
        assert!(matches!(sent(1, today.plus(-1), today).await, Ok(Outcome::Stored(_))));
        for (edition, opened, day) in
            [(1, today.plus(1), today.plus(1)), (1, today.plus(-2), today), (2, today.plus(-1), today)]
        {
            match sent(edition, opened, day).await {
                Err(Refusal::Outdated(entered)) => assert_eq!(entered.get("attitude"), Some("5")),
                other => panic!("edition {edition} opened {}: {other:?}", opened.iso()),
            }
        }
        drop(intake);
        task.await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn a_form_that_cannot_be_stored_comes_back_filled_in() {
    for world in databases().await {
        let today = Moment::now().day();
        let (snapshot, code) = with_a_counter_and_a_new_edition(&world, today).await;
        let (intake, task) = Intake::start(world.db.clone(), world.province, world.keys.clone());
        task.abort();
        let _ = task.await;
        match send(&world, &intake, &snapshot, &code, 2, (today, today)).await {
            Err(Refusal::Busy(entered)) => assert_eq!(entered.get("attitude"), Some("5")),
            other => panic!("nobody stores: {other:?}"),
        }
        let (intake, task) = Intake::start(world.db.clone(), world.province, world.keys.clone());
        world.db.clone().close().await.unwrap();
        match send(&world, &intake, &snapshot, &code, 2, (today, today)).await {
            Err(Refusal::Fault(entered, _cause)) => assert_eq!(entered.get("attitude"), Some("5")),
            other => panic!("the database is gone: {other:?}"),
        }
        drop(intake);
        task.await.unwrap();
    }
}
