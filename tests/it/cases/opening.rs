//! How cases open, by themselves and once, and what becomes of their comments.

use sea_orm::{ConnectionTrait, DbBackend};
use thuocdo::collect::{erase, seal};
use thuocdo::schedule;
use thuocdo::store::{Database, Opening};
use thuocdo::words::{CaseState, Day, Moment, UnitId};

use super::{BRIBERY, LATE_RESULT, PRAISE};
use crate::proof::query;
use crate::world::databases;

const DAY: Day = Day(20_508);

#[tokio::test(flavor = "multi_thread")]
async fn servers_at_once_open_a_case_for_each_bad_rating_with_a_comment_and_for_nothing_else() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut forms = Vec::new();
        for name in 0..40 {
            forms.push(world.complains(&edition, name, DAY, 2, Some(&format!("Chờ lâu {name}"))));
            forms.push(world.complains(&edition, 100 + name, DAY, 1, None));
            forms.push(world.complains(&edition, 200 + name, DAY, 3, Some(PRAISE)));
        }
        forms.push(world.complains(&edition, 300, DAY, 1, Some(BRIBERY)));
        world.takes(DAY, &forms).await;
        let other = Database::open(&world.url, Opening::Existing).await.unwrap();
        let snapshot = world.snapshot().await;
        let (one, two) = tokio::join!(
            thuocdo::collect::cases::open_cases(&world.db, &snapshot),
            thuocdo::collect::cases::open_cases(&other, &snapshot),
        );
        assert!(one.unwrap().max(two.unwrap()) == 41);
        let cases = world.cases().await;
        assert_eq!(cases.len(), 41);
        assert_eq!(world.opens().await, 0, "none opens twice");
        assert_eq!(cases.iter().filter(|case| case.hint).count(), 1);
        assert!(cases.iter().all(|case| case.unit == UnitId(4) && case.day == DAY && case.state == CaseState::New));
        other.close().await.unwrap();

        // The comment is found wherever it stands.
        let case = *cases.iter().find(|case| case.hint).unwrap();
        assert_eq!(world.comment(case.id).await.as_deref(), Some(BRIBERY));
        seal::seal(&world.db, world.province, DAY, DAY.plus(1)).await.unwrap();
        assert_eq!((world.rows("comment_open").await, world.cases().await.len()), (0, 41));
        assert_eq!(world.comment(case.id).await.as_deref(), Some(BRIBERY), "sealing keeps the link");
        world.close().await;
    }
}

#[tokio::test]
async fn sealing_opens_what_no_minute_has_opened_and_takes_the_order_away() {
    for world in databases().await {
        let edition = world.with_town().await;
        // One after the other, as citizens come; a case each minute.
        for name in 0..25 {
            world.takes(DAY, &[world.complains(&edition, name, DAY, 1, Some(LATE_RESULT))]).await;
            assert_eq!(world.opens().await, 1);
        }
        world.takes(DAY, &[world.complains(&edition, 99, DAY, 1, Some(LATE_RESULT))]).await;
        seal::seal(&world.db, world.province, DAY, DAY.plus(1)).await.unwrap();
        assert_eq!(world.cases().await.len(), 26, "the last one came just before midnight");
        // A paper form that is keyed in late.
        world.takes(DAY.plus(3), &[world.complains(&edition, 100, DAY, 2, Some(LATE_RESULT))]).await;
        seal::seal(&world.db, world.province, DAY.plus(3), DAY.plus(4)).await.unwrap();
        assert_eq!(world.cases().await.len(), 27);
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        if owner.get_database_backend() == DbBackend::Postgres {
            let stored = query(&owner, "SELECT id FROM complaint ORDER BY ctid").await;
            let ids: Vec<i64> = stored.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
            assert!(ids.len() == 27 && ids.is_sorted(), "rows lie in the order of their random numbers: {ids:?}");
            let forbidden = world.db.reader().execute_unprepared("SELECT ctid FROM complaint").await;
            assert!(forbidden.is_err(), "the program does not see where a row lies");
        }
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_are_read_and_opened_while_days_are_sealed_and_nobody_waits_in_a_circle() {
    for world in databases().await {
        let edition = world.with_town().await;
        world.takes(DAY, &[world.complains(&edition, 0, DAY, 1, Some(LATE_RESULT))]).await;
        world.opens().await;
        let (id, snapshot) = (world.cases().await[0].id, world.snapshot().await);
        let sealed = std::sync::atomic::AtomicBool::new(false);
        let is_sealed = || sealed.load(std::sync::atomic::Ordering::Relaxed);
        let reading = async {
            while !is_sealed() {
                assert!(world.comment(id).await.is_some());
            }
        };
        let opening = async {
            while !is_sealed() {
                thuocdo::collect::cases::open_cases(&world.db, &snapshot).await.unwrap();
            }
        };
        let sealing = async {
            for day in (0..12).map(|day| DAY.plus(day)) {
                let name = u64::try_from(day.0).unwrap();
                world.takes(day, &[world.complains(&edition, name, day, 1, Some(LATE_RESULT))]).await;
                seal::seal(&world.db, world.province, day, day.plus(1)).await.unwrap();
            }
            sealed.store(true, std::sync::atomic::Ordering::Relaxed);
        };
        tokio::join!(reading, opening, sealing);
        assert_eq!(world.cases().await.len(), 13);
        world.close().await;
    }
}

#[tokio::test]
async fn an_erased_comment_is_gone_from_its_case_and_one_that_was_erased_before_opens_none() {
    for world in databases().await {
        let edition = world.with_town().await;
        let forms = [
            world.complains(&edition, 1, DAY, 1, Some(LATE_RESULT)),
            world.complains(&edition, 2, DAY, 1, Some("Chờ rất lâu")),
        ];
        let receipts = world.takes(DAY, &forms).await;
        let erases = |at: usize| erase::erase_comment(&world.db, world.province, &receipts[at], Moment::now());
        erases(1).await.unwrap();
        assert_eq!(world.opens().await, 1);
        let id = world.cases().await[0].id;
        erases(0).await.unwrap();
        assert_eq!(world.comment(id).await, None);
        seal::seal(&world.db, world.province, DAY, DAY.plus(1)).await.unwrap();
        assert_eq!((world.cases().await.len(), world.comment(id).await), (1, None));
        world.close().await;
    }
}

#[tokio::test]
async fn what_ended_without_an_answer_is_forgotten_after_two_years_and_answers_stay() {
    for world in databases().await {
        let edition = world.with_town().await;
        let forms: Vec<_> = (0..5).map(|name| world.complains(&edition, name, DAY, 1, Some(LATE_RESULT))).collect();
        world.takes(DAY, &forms).await;
        world.opens().await;
        let mut ids = world.cases().await.into_iter().map(|case| case.id.0);
        for (state, ended) in [(2, None), (3, Some(DAY.0)), (4, Some(DAY.0)), (5, Some(DAY.0))] {
            let ended = ended.map_or("NULL".to_owned(), |day: i32| day.to_string());
            let id = ids.next().unwrap();
            let sql = format!("UPDATE complaint SET state = {state}, ended_day = {ended} WHERE id = {id}");
            let owner = sea_orm::Database::connect(&world.url).await.unwrap();
            owner.execute_unprepared(&sql).await.unwrap();
            owner.close().await.unwrap();
        }
        schedule::forget(&world.db, world.province, DAY.plus(730)).await.unwrap();
        assert_eq!(world.cases().await.len(), 5);
        schedule::forget(&world.db, world.province, DAY.plus(731)).await.unwrap();
        let mut left: Vec<CaseState> = world.cases().await.into_iter().map(|case| case.state).collect();
        left.sort();
        assert_eq!(left, [CaseState::New, CaseState::InWork, CaseState::Answered]);
        world.close().await;
    }
}
