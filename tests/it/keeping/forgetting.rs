//! What is kept for a time only is forgotten when the time is over, whichever node looks, and nothing else is.

use thuocdo::collect::{Outcome, seal};
use thuocdo::schedule;
use thuocdo::words::Day;

use crate::world::databases;

const FIRST: Day = Day(20_500);

#[tokio::test]
async fn form_keys_are_forgotten_after_thirty_days_and_not_before() {
    for world in databases().await {
        let edition = world.with_town().await;
        for (at, day) in (0..3_u64).map(|at| (at, FIRST.plus(i32::try_from(at).unwrap()))) {
            let forms: Vec<_> = (0..5).map(|name| world.form(&edition, 10 * at + name, day)).collect();
            world.stores(day, &forms).await;
        }
        seal::seal(&world.db, world.province, FIRST.plus(2), FIRST.plus(3)).await.unwrap();
        // A key of day 0 is still there on day 30; on day 31 it is not.
        for (today, forgotten, left) in
            [(3, 0, 15), (30, 0, 15), (31, 5, 10), (31, 0, 10), (32, 5, 5), (60, 5, 0), (90, 0, 0)]
        {
            // Two nodes look at once: together they forget what one would.
            let today = FIRST.plus(today);
            let other = thuocdo::store::Database::open(&world.url, thuocdo::store::Opening::Existing).await.unwrap();
            let (one, two) = tokio::join!(
                schedule::forget(&world.db, world.province, today),
                schedule::forget(&other, world.province, today)
            );
            assert_eq!(one.unwrap() + two.unwrap(), forgotten, "on day {}", today.0 - FIRST.0);
            assert_eq!(world.rows("idempotency").await, left);
            other.close().await.unwrap();
        }
        assert_eq!(world.rows("response").await, 15, "answers are never forgotten");
        world.close().await;
    }
}

#[tokio::test]
async fn keys_of_a_day_that_is_not_sealed_stay_and_sealing_forgets_with_counts() {
    for world in databases().await {
        let edition = world.with_town().await;
        let form = world.form(&edition, 1, FIRST);
        world.stores(FIRST, std::slice::from_ref(&form)).await;
        let late = FIRST.plus(45);
        assert_eq!(schedule::forget(&world.db, world.province, late).await.unwrap(), 0);
        assert!(matches!(world.stores(FIRST, &[form]).await[..], [Outcome::Again(_)]), "it is still known");
        let sealed = seal::seal(&world.db, world.province, FIRST, late).await.unwrap();
        assert_eq!((sealed.answers, sealed.keys), (1, 1));
        assert_eq!(world.rows("idempotency").await, 0);
        world.close().await;
    }
}
