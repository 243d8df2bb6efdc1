//! Marks are counts of a point and half-month, written when the day is over and never before.

use std::net::IpAddr;

use thuocdo::collect::arrivals::{self, Arrival, Arrivals};
use thuocdo::collect::{Submission, import, seal};
use thuocdo::questionnaire::Answer;
use thuocdo::registry::By;
use thuocdo::registry::import::{Kind, Mode, Run, Source};
use thuocdo::store::signals::{self, Marks};
use thuocdo::words::{Day, Half, Helper, Mark, Moment, PointId};

use crate::world::{World, databases};

const POINT: PointId = PointId(11);

fn day() -> Day {
    Day::of(2026, 3, 10).unwrap()
}

async fn stored(world: &World) -> Marks {
    signals::of_halves(world.db.reader(), world.province, Half(0), day().half().next().next()).await.unwrap()
}

fn counted(half: Half, counts: &[(Mark, i64)]) -> Marks {
    counts.iter().map(|(mark, n)| ((POINT, half, *mark), *n)).collect()
}

/// Three answers of one device within half a minute, sent by a program that opened no form.
fn noticed() -> Arrivals {
    let arrivals = Arrivals::default();
    let morning = Moment::at_end_of(day().plus(-1)).unix() + 9 * 3_600;
    for second in 0..3 {
        let device = Some((IpAddr::from([203, 0, 113, 7]), b"a program".as_slice()));
        let now = Moment::from_unix(morning + second);
        arrivals.notice(Arrival { point: POINT, device, opened: None, now }, [1; 32]);
    }
    arrivals
}

#[tokio::test]
async fn marks_are_written_once_the_day_is_over_and_together() {
    for world in databases().await {
        let edition = world.with_town().await;
        let straight = |name| Submission {
            answers: [5, 5, 5, 5, 5].map(Answer::Level).into_iter().chain([Answer::Blank]).collect(),
            helper: Helper::Staff,
            ..world.form(&edition, name, day())
        };
        let arrivals = noticed();
        world.stores(day(), &[straight(1), straight(2), world.form(&edition, 3, day())]).await;
        arrivals::write(&world.db, world.province, &arrivals, day()).await.unwrap();
        assert_eq!(world.rows("signal").await, 0, "an open day writes nothing");
        seal::seal(&world.db, world.province, day(), day().plus(1)).await.unwrap();
        assert_eq!(arrivals::write(&world.db, world.province, &arrivals, day().plus(1)).await.unwrap(), 3);
        let expected = counted(
            day().half(),
            &[
                (Mark::Answered, 3),
                (Mark::Straight, 2),
                (Mark::StaffHelped, 2),
                (Mark::Watched, 3),
                (Mark::RepeatDevice, 2),
                (Mark::SoonAfter, 2),
                (Mark::Quick, 3),
            ],
        );
        assert_eq!(stored(&world).await, expected);
        // Nothing is counted twice, whoever asks again.
        seal::seal(&world.db, world.province, day(), day().plus(1)).await.unwrap();
        assert_eq!(arrivals::write(&world.db, world.province, &arrivals, day().plus(1)).await.unwrap(), 0);
        assert_eq!(stored(&world).await, expected);
        // Another day of the same half-month adds to the same counts.
        world.stores(day().plus(1), &[straight(4)]).await;
        seal::seal(&world.db, world.province, day().plus(1), day().plus(2)).await.unwrap();
        assert_eq!(stored(&world).await.get(&(POINT, day().half(), Mark::Answered)), Some(&4));
        world.close().await;
    }
}

async fn imports(world: &World, file: &str) {
    let source = Source { name: "phieu.csv", bytes: file.as_bytes() };
    let run = Run { today: day(), mode: Mode::Write, by: By::CommandLine };
    import::import(&world.db, &world.keys, world.province, Kind::Responses, &source, run).await.unwrap();
}

#[tokio::test]
async fn forms_of_a_file_that_are_copies_with_small_changes_are_counted_and_late_ones_too() {
    for world in databases().await {
        world.with_town().await;
        let code = |line: &str| format!("Q11,{line}\n");
        let lines = [
            "2026-03-09,paper,D,1,5,4,3,4,5,10",
            "2026-03-09,paper,D,2,5,4,3,4,5,10",
            "2026-03-09,paper,D,3,4,4,3,4,5,10",
            "2026-03-09,paper,D,4,5,5,5,5,5,10",
            "2026-03-09,paper,D,5,5,5,5,5,5,10",
            "2026-02-20,paper,D,6,1,2,3,4,5,60",
        ];
        let head = "point,day,channel,level,serial,reception,waiting,attitude,time,quality,minutes\n";
        let file = [head.to_owned()].into_iter().chain(lines.map(code)).collect::<Vec<_>>().concat();
        for _ in 0..2 {
            imports(&world, &file).await;
        }
        let mut expected = counted(day().half(), &[(Mark::Keyed, 5), (Mark::Alike, 1)]);
        let february = Day::of(2026, 2, 20).unwrap().half();
        expected.extend(counted(february, &[(Mark::Keyed, 1), (Mark::Late, 1)]));
        assert_eq!(stored(&world).await, expected);
        world.close().await;
    }
}
