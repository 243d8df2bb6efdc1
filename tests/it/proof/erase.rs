//! A comment is erased for whoever holds the receipt, in the open day and after sealing; everything else stays.

use thuocdo::collect::Outcome;
use thuocdo::collect::erase::{self, Erased};
use thuocdo::collect::seal;
use thuocdo::record::Receipt;
use thuocdo::words::{Day, Moment};

use super::query;
use crate::world::{World, databases};

const DAY: Day = Day(20_500);
const NOW: Moment = Moment::from_unix(1_795_280_400);

/// Comments whose text and salt are still there, and those that were erased.
async fn comments(world: &World) -> (i64, i64) {
    let count = async |table: &str, state: &str| {
        let found = query(world.db.reader(), &format!("SELECT COUNT(*) FROM {table} WHERE {state}")).await;
        found[0].try_get_by_index::<i64>(0).unwrap()
    };
    let (mut kept, mut erased) = (0, 0);
    for table in ["comment", "comment_open"] {
        kept += count(table, "text IS NOT NULL AND salt IS NOT NULL AND erased IS NULL").await;
        erased += count(table, "text IS NULL AND salt IS NULL AND erased IS NOT NULL").await;
    }
    (kept, erased)
}

#[tokio::test]
async fn a_receipt_erases_its_own_comment_and_leaves_the_ratings() {
    for world in databases().await {
        let edition = world.with_town().await;
        let mut receipts = Vec::new();
        for name in 1..=3 {
            let mut form = world.form(&edition, name, DAY);
            form.comment = (name < 3).then(|| format!("Góp ý {name}"));
            let outcomes = world.stores(DAY, &[form]).await;
            let [Outcome::Stored(receipt)] = outcomes[..] else { panic!("{outcomes:?}") };
            receipts.push(receipt);
        }
        let wish = async |receipt: &Receipt| erase::comment(&world.db, world.province, receipt, NOW).await.unwrap();
        assert_eq!(wish(&receipts[0]).await, Erased::Erased);
        assert_eq!(comments(&world).await, (1, 1));
        seal::seal(&world.db, world.province, DAY, DAY.plus(1)).await.unwrap();
        assert_eq!(wish(&receipts[0]).await, Erased::NoComment);
        assert_eq!(wish(&receipts[1]).await, Erased::Erased);
        assert_eq!(wish(&receipts[2]).await, Erased::NoComment);
        let nobody = Receipt::parse("0000-0000-0000-0000").unwrap();
        assert_eq!(wish(&nobody).await, Erased::Unknown);
        assert_eq!((comments(&world).await, world.rows("response").await), ((0, 2), 3));
        // The log says that something was erased, and nothing that leads to it.
        let log = query(world.db.reader(), "SELECT object FROM staff_log WHERE act = 'erase comment'").await;
        let objects: Vec<String> = log.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert_eq!(objects, [format!("of a form of {}", DAY.iso()), format!("of a form of {}", DAY.iso())]);
        world.close().await;
    }
}
