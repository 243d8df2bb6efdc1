//! What the daily file puts on the list of late dossiers, what it takes off, and what is forgotten.

use thuocdo::late::{self, NUMBER_DAYS, NewSent, ROW_DAYS};
use thuocdo::registry::By;
use thuocdo::words::{Moment, UnitId};

use super::{Served, day};
use crate::world::databases;

#[tokio::test]
async fn the_daily_file_lists_what_is_late_and_takes_off_what_is_not() {
    for world in databases().await {
        let served = Served::of(world);
        let today = Moment::now().day();
        let at = |days| day(today, days);
        let lines = |second: &str| {
            format!(
                "h1,X1.Q1,X2,1.001193,result,{w},{d3},\nH2,X1.Q1,,,result,{w},{d3},{second}\nH3,X1.Q1,,,result,{w},{d3},{d3}\n\
                 H4,X1.Q1,,,result,{w},{next},\nH5,X1.Q1,,,result,{w},,{d1}\nH6,X1.Q1,,1.000656,result,{w},{d3},{d1}\n\
                 H7,X1.Q1,,,reception,{w},{d3},\nH7,X1.Q1,,,result,{w},,{d1}\n",
                w = at(-14),
                d3 = at(-3),
                d1 = at(-1),
                next = at(2)
            )
        };
        let dry = format!("{}{}", super::HEADER, lines(""));
        std::fs::write(served.home.path().join("dry.csv"), dry).unwrap();
        let told = served.home.does(&["import", "dossiers", "dry.csv", "--dry-run"]);
        assert!(told.contains("4 late dossiers, 4 of them new"), "{told}");
        assert!(served.late().await.is_empty(), "a trial writes nothing");
        served.daily(&lines(""));
        let late = served.late().await;
        let numbers: Vec<&str> = late.iter().filter_map(|one| one.number.as_deref()).collect();
        assert_eq!(numbers, ["H1", "H2", "H6", "H7"], "returned in time, not due yet and never due are not late");
        let directory = served.world.snapshot().await.directory;
        let unit = |code| directory.unit_by_code(code).unwrap();
        assert_eq!(
            (late[0].unit, late[0].deciding_unit),
            (unit("X2"), unit("X2")),
            "the deciding unit owes the apology"
        );
        assert_eq!((late[1].unit, late[1].deciding_unit), (unit("X1"), UnitId::NONE), "or that of the point");
        assert_eq!((late[3].due, late[3].returned), (today.plus(-3), Some(today.plus(-1))));
        // The same file again adds nothing; one that says in time takes it off.
        let told = served.daily(&lines(""));
        assert!(told.contains("4 late dossiers, 0 of them new"), "{told}");
        let told = served.daily(&lines(&at(-3)));
        assert!(told.contains("1 dossiers are not late by this file"), "{told}");
        assert_eq!(served.numbers().await, ["H1", "H6", "H7"]);
        // Everything else about tickets stays as it was, and no number stands in the log.
        let log = served.home.does(&["staff", "log"]);
        assert!(log.contains("4 late") && !log.contains("H1"), "{log}");
        served.end().await;
    }
}

#[tokio::test]
async fn a_number_is_forgotten_after_ninety_days_and_the_row_after_four_hundred() {
    for world in databases().await {
        let served = Served::of(world);
        let today = Moment::now().day();
        let at = |days| day(today, days);
        served.daily(&format!(
            "R,X1.Q1,,,,{w},{d},{today}\nA,X1.Q1,,,,{w},{d},\nO,X1.Q1,,,,{w},{d},\nOLD,X1.Q1,,,,{old},{old},{gone}\n",
            w = at(-14),
            d = at(-3),
            today = today.iso(),
            old = at(-NUMBER_DAYS - 9),
            gone = at(-NUMBER_DAYS)
        ));
        assert_eq!(served.numbers().await, ["A", "O", "R"], "what would be forgotten at once is not taken in");
        let id = served.late().await[0].id;
        let new = NewSent { number: "7/XL-UBND", day: today, new_due: Some(today.plus(5)) };
        let (world, by) = (&served.world, By::Person("lan@x1.gov.vn"));
        late::note_sent(&world.db, world.province, (id, &new), "X1", (today, by)).await.unwrap();
        served.forget(today.plus(NUMBER_DAYS - 1)).await;
        assert_eq!(served.numbers().await, ["A", "O", "R"]);
        served.forget(today.plus(NUMBER_DAYS)).await;
        assert_eq!(served.numbers().await, ["O"], "nobody has said sorry for this one, and it is not returned");
        assert_eq!(served.late().await.len(), 3);
        served.forget(today.plus(ROW_DAYS - 1)).await;
        assert_eq!(served.late().await.len(), 3);
        served.forget(today.plus(ROW_DAYS)).await;
        assert!(served.late().await.is_empty());
        served.end().await;
    }
}
