//! Who may propose, approve, refuse and withdraw, and what each act leaves behind.

use sea_orm::{ConnectionTrait, DbBackend};
use thuocdo::collect::import;
use thuocdo::decisions::{self, Refusal};
use thuocdo::registry::By;
use thuocdo::registry::import::{ImportError, Kind, Mode, Run, Source};
use thuocdo::store::{Database, Opening};
use thuocdo::words::{DecisionId, DecisionKind, DecisionState, Moment, Period, PointId, StaffId};

use super::{DEPARTMENT, asked, day, first, morning, refusals, second, today, who};
use crate::proof::query;
use crate::world::{World, databases};

/// Lines of the staff log: actor, act, object.
pub(super) async fn log(world: &World) -> Vec<(String, String, String)> {
    let rows = query(world.db.reader(), "SELECT actor, act, object FROM staff_log ORDER BY seq").await;
    let text = |row: &sea_orm::QueryResult, at| row.try_get_by_index::<String>(at).unwrap();
    rows.iter().map(|row| (text(row, 0), text(row, 1), text(row, 2))).collect()
}

async fn adjusted(world: &World) -> i64 {
    let mut rows = 0;
    for table in ["cell", "cell_pair", "figure", "figure_pair"] {
        let found = query(world.db.reader(), &format!("SELECT COUNT(*) FROM {table} WHERE adj <> 0")).await;
        rows += found[0].try_get_by_index::<i64>(0).unwrap();
    }
    rows
}

#[tokio::test]
async fn one_proposes_another_approves_and_only_then_anything_moves() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let revision = world.snapshot().await.installation.revision;
        let id = world.proposes(&asked(11, 15, 2, 3)).await;
        assert_eq!((id, adjusted(&world).await), (DecisionId(1), 0));
        let stored = decisions::get(world.db.reader(), world.province, id).await.unwrap().unwrap();
        assert_eq!((stored.state, stored.proposer, stored.decider), (DecisionState::Proposed, StaffId(1), None));
        assert_eq!(stored.rated.iter().map(|unit| unit.0).collect::<Vec<_>>(), [3, 4]);
        assert!(!stored.note.is_empty() && stored.expires_at == Moment::from_unix(first().now.unix() + 14 * 86_400));
        assert_eq!(world.snapshot().await.installation.revision, revision, "pages have nothing new to read");
        decisions::approve(&world.db, world.province, &second(), id).await.unwrap();
        let stored = decisions::get(world.db.reader(), world.province, id).await.unwrap().unwrap();
        assert_eq!((stored.state, stored.decider), (DecisionState::Approved, Some(StaffId(2))));
        assert!(adjusted(&world).await > 0 && world.snapshot().await.installation.revision > revision);
        let log = log(&world).await;
        let object = "decision 1: Q11 to Q15, 2025-03-02 to 2025-03-03 (wrong_place)";
        let line = |act: &str| ("Người Thử".to_owned(), act.to_owned(), object.to_owned());
        assert_eq!(log[log.len() - 2..], [line("propose move"), line("approve move")]);
        assert_eq!(stored.log_seq, Some(i32::try_from(log.len()).unwrap()));
        assert_eq!(decisions::list(world.db.reader(), world.province).await.unwrap(), [stored]);
        world.close().await;
    }
}

#[tokio::test]
async fn whoever_is_too_near_neither_proposes_nor_decides() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let proposal = asked(11, 15, 2, 2);
        let now = morning(today());
        // 4 holds the first point, 2 and 1 stand above it, 3 holds the second.
        for unit in [4, 2, 1, 3] {
            let refused = decisions::propose_move(&world.db, world.province, &who(1, unit, now), &proposal).await;
            assert_eq!(refusals(refused), [Refusal::OwnUnit], "unit {unit}");
        }
        for unit in [0, 99] {
            let refused = decisions::propose_move(&world.db, world.province, &who(1, unit, now), &proposal).await;
            assert_eq!(refusals(refused), [Refusal::OwnUnitUnknown]);
        }
        let id = world.proposes(&proposal).await;
        for (staff, unit, expected) in [
            (1, DEPARTMENT, vec![Refusal::Proposer(DecisionKind::Move)]),
            (1, 2, vec![Refusal::Proposer(DecisionKind::Move), Refusal::OwnUnit]),
            (2, 4, vec![Refusal::OwnUnit]),
            (2, 3, vec![Refusal::OwnUnit]),
            (2, 0, vec![Refusal::OwnUnitUnknown]),
        ] {
            let who = who(staff, unit, now);
            assert_eq!(refusals(decisions::approve(&world.db, world.province, &who, id).await), expected);
            assert_eq!(refusals(decisions::refuse(&world.db, world.province, &who, id).await), expected);
        }
        assert_eq!(adjusted(&world).await, 0);
        // The site beside the centre and another department are outside.
        decisions::approve(&world.db, world.province, &who(2, 5, now), id).await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn a_proposal_is_closed_once_and_in_time() {
    for world in databases().await {
        let edition = world.with_department().await;
        for on in 2..6 {
            world.answered(&edition, 11, on, 12).await;
        }
        world.seals().await;
        let (db, p) = (&world.db, world.province);
        let [one, two, three, four] = [
            world.proposes(&asked(11, 15, 2, 2)).await,
            world.proposes(&asked(11, 15, 3, 3)).await,
            world.proposes(&asked(11, 15, 4, 4)).await,
            world.proposes(&asked(11, 15, 5, 5)).await,
        ];
        decisions::refuse(db, p, &second(), one).await.unwrap();
        assert_eq!(refusals(decisions::withdraw(db, p, &second(), two).await), [Refusal::NotTheProposer]);
        decisions::withdraw(db, p, &first(), two).await.unwrap();
        for (id, state) in [(one, DecisionState::Refused), (two, DecisionState::Withdrawn)] {
            for refused in [
                decisions::approve(db, p, &second(), id).await,
                decisions::refuse(db, p, &second(), id).await,
                decisions::withdraw(db, p, &first(), id).await,
            ] {
                assert_eq!(refusals(refused), [Refusal::Decided(state)]);
            }
        }
        let expires = Moment::from_unix(first().now.unix() + 14 * 86_400);
        let late = who(2, DEPARTMENT, expires);
        assert_eq!(refusals(decisions::approve(db, p, &late, three).await), [Refusal::Expired(expires.day())]);
        assert_eq!(refusals(decisions::refuse(db, p, &late, three).await), [Refusal::Expired(expires.day())]);
        let stored = decisions::get(db.reader(), p, three).await.unwrap().unwrap();
        assert!(stored.state == DecisionState::Proposed && stored.has_expired(expires));
        let in_time = who(2, DEPARTMENT, Moment::from_unix(expires.unix() - 1));
        decisions::approve(db, p, &in_time, four).await.unwrap();
        assert_eq!(
            refusals(decisions::approve(db, p, &second(), DecisionId(9)).await),
            [Refusal::Unknown(DecisionId(9))]
        );
        world.close().await;
    }
}

#[tokio::test]
async fn what_cannot_be_moved_is_refused_with_every_reason() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.answered(&edition, 11, 20, 12).await;
        thuocdo::collect::seal::seal(&world.db, world.province, day(20), day(21)).await.unwrap();
        let (db, p) = (&world.db, world.province);
        let propose = |proposal, on| async move {
            refusals(decisions::propose_move(db, p, &who(1, DEPARTMENT, morning(on)), &proposal).await)
        };
        let long = "x".repeat(1_001);
        let mut worst = asked(11, 11, 5, 4);
        worst.note = &long;
        let expected = [Refusal::NoteTooLong(1_000), Refusal::SamePoint, Refusal::EndsBeforeItBegins];
        assert_eq!(propose(worst, day(21)).await, expected);
        assert_eq!(propose(asked(11, 15, 2, 500), day(21)).await, [Refusal::TooManyDays(366)]);
        let unknown = [Refusal::UnknownPoint(PointId(77)), Refusal::UnknownPoint(PointId(78))];
        assert_eq!(propose(asked(77, 78, 2, 2), day(21)).await, unknown);
        assert_eq!(propose(asked(11, 15, 3, 4), day(21)).await, [Refusal::NothingThere]);
        let second_half = day(20).half().last();
        assert_eq!(propose(asked(11, 15, 20, 20), day(21)).await, [Refusal::NotOver(second_half.plus(1))]);
        assert_eq!(propose(asked(11, 15, 2, 20), today()).await, [Refusal::NotOver(today().plus(1))], "not sealed");
        world.moves(&asked(11, 15, 2, 2)).await;
        let days = Period { from: day(2), to: day(2) };
        assert_eq!(propose(asked(11, 13, 1, 3), today()).await, [Refusal::Overlaps(DecisionId(1), days)]);
        world.close().await;
    }
}

#[tokio::test]
async fn two_proposals_of_the_same_days_end_in_one_move() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let one = world.proposes(&asked(11, 15, 2, 2)).await;
        let two = world.proposes(&asked(11, 13, 2, 4)).await;
        decisions::approve(&world.db, world.province, &second(), two).await.unwrap();
        let days = Period { from: day(2), to: day(4) };
        let refused = refusals(decisions::approve(&world.db, world.province, &second(), one).await);
        assert_eq!(refused, [Refusal::Overlaps(two, days)]);
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_approvers_at_once_exactly_one_executes() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let id = world.proposes(&asked(11, 15, 2, 2)).await;
        let other = Database::open(&world.url, Opening::Existing).await.unwrap();
        let approve = |db: Database, staff| {
            let p = world.province;
            tokio::spawn(async move { decisions::approve(&db, p, &who(staff, DEPARTMENT, morning(today())), id).await })
        };
        let tasks: Vec<_> =
            (2..8).map(|staff| approve(if staff % 2 == 0 { world.db.clone() } else { other.clone() }, staff)).collect();
        let mut done = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => done += 1,
                refused => assert_eq!(refusals(refused), [Refusal::Decided(DecisionState::Approved)]),
            }
        }
        assert_eq!(done, 1);
        let sql = "SELECT CAST(SUM(n1 + n2 + n3 + n4 + n5 + n_blank) AS BIGINT) FROM cell WHERE adj = 2 AND item = 0";
        let moved = query(world.db.reader(), sql).await;
        assert_eq!(moved[0].try_get_by_index::<i64>(0).unwrap(), 12, "moved once");
        let acts = log(&world).await.into_iter().filter(|(_, act, _)| act == "approve move").count();
        assert_eq!(acts, 1);
        other.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn a_decision_once_taken_is_never_changed_and_none_is_deleted() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.answered(&edition, 11, 3, 12).await;
        world.seals().await;
        world.moves(&asked(11, 15, 2, 2)).await;
        world.proposes(&asked(11, 15, 3, 3)).await;
        let owner = sea_orm::Database::connect(&world.url).await.unwrap();
        let refused = async |sql: &str| owner.execute_unprepared(sql).await.unwrap_err().to_string();
        for column in ["state = 'proposed'", "decider = 9", "note = 'x'", "log_seq = 1", "reason = 'exchanged'"] {
            let told = refused(&format!("UPDATE decision SET {column} WHERE id = 1")).await;
            assert!(told.contains("taken once and never changed"), "{told}");
        }
        for column in ["subject = '{}'", "rated = '9'", "proposer = 2", "expires_at = 0", "proposed_at = 0", "id = 7"] {
            let told = refused(&format!("UPDATE decision SET {column} WHERE id = 2")).await;
            assert!(told.contains("taken once and never changed"), "{told}");
        }
        for id in [1, 2] {
            let told = refused(&format!("DELETE FROM decision WHERE id = {id}")).await;
            assert!(told.contains("a decision is never deleted"), "{told}");
        }
        if owner.get_database_backend() == DbBackend::Postgres {
            for sql in ["DELETE FROM decision", "UPDATE decision SET note = 'x'", "TRUNCATE decision"] {
                let tx = world.db.begin().await.unwrap();
                let told = tx.execute_unprepared(sql).await.unwrap_err().to_string();
                assert!(told.contains("permission denied"), "{told}");
                tx.rollback().await.unwrap();
            }
        } else {
            let columns = "p, id, kind, reason, note, subject, rated, proposer, proposed_at, expires_at, state";
            let sql =
                format!("INSERT OR REPLACE INTO decision ({columns}) SELECT {columns} FROM decision WHERE id = 1");
            assert!(refused(&sql).await.contains("this number is taken"));
        }
        owner.close().await.unwrap();
        world.close().await;
    }
}

#[tokio::test]
async fn late_forms_of_a_point_whose_answers_were_moved_are_entered_under_their_own_day() {
    for world in databases().await {
        let edition = world.with_department().await;
        world.answered(&edition, 11, 2, 12).await;
        world.seals().await;
        let file =
            |on: i32| format!("point,day,channel,level,serial,attitude\nQ11,{},paper,B,S{on},4\n", day(on).iso());
        let import = async |text: String| {
            let source = Source { name: "late.csv", bytes: text.as_bytes() };
            let (db, keys, p) = (&world.db, &world.keys, world.province);
            let run = Run { today: today(), mode: Mode::Write, by: By::CommandLine };
            import::import(db, keys, p, Kind::Responses, &source, run).await
        };
        // Before: taken, and the move has to wait until it is sealed.
        import(file(5)).await.unwrap();
        let refused = decisions::propose_move(&world.db, world.province, &first(), &asked(11, 15, 2, 2)).await;
        assert_eq!(refusals(refused), [Refusal::NotOver(today().plus(1))]);
        world.seals().await;
        world.moves(&asked(11, 15, 2, 2)).await;
        for on in [2, 9] {
            let Err(ImportError::Refused(refused)) = import(file(on)).await else { panic!("taken") };
            assert!(refused.to_string().contains("decision 1 moved or excluded answers of this point"), "{refused}");
        }
        import(file(20)).await.unwrap();
        world.close().await;
    }
}
