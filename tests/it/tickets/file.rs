//! The daily file of dossiers and the commands on tickets.

use thuocdo::words::{Moment, TicketStage};

use super::{Served, address};
use crate::proof::query;
use crate::world::databases;

const HEADER: &str = "number,point,deciding_unit,procedure,stage,received,due,returned,contact,contact_is_owner\n";

impl Served {
    async fn number(&self, sql: &str) -> i64 {
        query(self.world.db.reader(), sql).await[0].try_get_by_index(0).unwrap()
    }

    fn with_procedures(&self) {
        let rows = "code,name,field\n1.000656,Đăng ký khai tử,Hộ tịch\n1.001193,Đăng ký khai sinh,Hộ tịch\n";
        self.home.import("procedures", rows);
    }

    fn refuses(&self, rows: &str) -> String {
        std::fs::write(self.home.path().join("bad.csv"), format!("{HEADER}{rows}")).unwrap();
        let ended = self.home.run(&["import", "dossiers", "bad.csv"]);
        assert_eq!(ended.code, Some(1), "{}", ended.out);
        ended.err
    }
}

#[tokio::test]
async fn the_daily_file_makes_tickets_once_and_counts_their_days_from_the_return() {
    for world in databases().await {
        let served = Served::of(world);
        served.with_procedures();
        let today = Moment::now().day();
        let (week, yesterday) = (today.plus(-7).iso(), today.plus(-1).iso());
        let rows = |returned: &str| {
            format!(
                "{HEADER}h1,X1.Q1,X2,1.001193,result,{week},{today},{returned},0912 345 678,yes\n\
                 H2,X1.Q1,,,reception,{week},,,,\nH3,X1.Q2,,1.000656,result,{week},,{yesterday},a@b.vn,yes\n",
                today = today.iso()
            )
        };
        let told = served.home.import("dossiers", &rows(""));
        assert!(told.contains("3 lines, 2 added") && told.contains("1 dossiers of deaths"), "{told}");
        let sql = "SELECT CAST(COALESCE(MAX(expires_day), 0) AS BIGINT) FROM ticket WHERE stage = ";
        assert_eq!(served.number(&format!("{sql}1")).await, i64::from(today.plus(23).0));
        assert_eq!(served.number(&format!("{sql}2")).await, 0, "not returned yet");
        let told = served.home.import("dossiers", &rows(&yesterday));
        assert!(told.contains("0 added, 1 changed, 1 unchanged") && told.contains("--messages"), "{told}");
        assert_eq!(served.number(&format!("{sql}2")).await, i64::from(today.plus(29).0));
        assert_eq!(served.world.rows("ticket").await, 2);
        // Messages for telephones leave in a file of their own, once.
        std::fs::write(served.home.path().join("daily.csv"), rows(&yesterday)).unwrap();
        served.home.does(&[
            "import",
            "dossiers",
            "daily.csv",
            "--messages",
            "out.csv",
            "--base-url",
            "https://dg.x.vn",
        ]);
        let out = std::fs::read_to_string(served.home.path().join("out.csv")).unwrap();
        let link = format!("https://dg.x.vn{}", address(&served.ticket("H1", TicketStage::Result)));
        assert!(out.contains(&link) && out.contains("0912345678") && out.lines().count() == 2, "{out}");
        let told = served.home.does(&["import", "dossiers", "daily.csv", "--messages", "again.csv"]);
        assert!(told.contains("2 unchanged") && !served.home.path().join("again.csv").exists(), "{told}");
        // No number of a dossier, no contact and no ticket is left anywhere.
        let log = served.home.does(&["staff", "log"]);
        assert!(log.contains("import dossiers") && !log.contains("H1") && !log.contains("0912"), "{log}");
        assert_eq!(served.number("SELECT count(*) FROM invitation WHERE address IS NOT NULL").await, 0);
        served.end().await;
    }
}

#[tokio::test]
async fn every_bad_line_is_told_and_nothing_is_changed() {
    for world in databases().await {
        let served = Served::of(world);
        served.with_procedures();
        let today = Moment::now().day();
        let (day, tomorrow) = (today.plus(-3).iso(), today.plus(1).iso());
        let told = served.refuses(&format!(
            "good,X1.Q1,,,,{day},,,,\n,X1.Q1,,,,{day},,,,\nB,X9,,,,{day},,,,\nC,X1.Q1,X9,9.9,later,{day},,,,\n\
             D,X1.Q1,,,,,,,,\nE,X1.Q1,,,,{tomorrow},,,,\nF,X1.Q1,,,,{day},,{before},nobody,perhaps\n\
             GOOD,X1.Q1,,,,{day},,,,\n",
            before = today.plus(-5).iso()
        ));
        for place in [
            "line 3, column number",
            "line 4, column point",
            "line 5, column deciding_unit",
            "line 5, column procedure",
            "line 5, column stage",
            "line 6, column received",
            "line 7, column received",
            "line 8, column returned",
            "line 8, column contact:",
            "line 8, column contact_is_owner",
            "line 9, column number: line 2 has the same number",
            "nothing was changed",
        ] {
            assert!(told.contains(place), "“{place}” is missing in {told}");
        }
        assert_eq!(served.world.rows("ticket").await, 0);
        served.end().await;
    }
}

#[tokio::test]
async fn one_ticket_is_issued_again_as_the_same_and_never_after_a_death() {
    for world in databases().await {
        let served = Served::of(world);
        served.with_procedures();
        let issue = |more: &[&str]| {
            let first = ["ticket", "issue", "--dossier", "H15-1", "--point", "X1.Q1"];
            served.home.run(&[&first, more].concat())
        };
        let (first, again) = (issue(&[]), issue(&["--procedure", "1.001193"]));
        assert_eq!((first.code, again.code), (Some(0), Some(0)), "{}{}", first.err, again.err);
        assert_eq!(first.out, again.out);
        let code = served.ticket("H15-1", TicketStage::Result).code();
        assert!(first.out.contains(&format!("/p/{code}")), "{}", first.out);
        assert!(!issue(&["--stage", "reception"]).out.contains(&code));
        assert!(issue(&["--format", "svg"]).out.contains("<svg"));
        let death = issue(&["--procedure", "1.000656"]);
        assert_eq!(death.code, Some(1));
        assert!(death.err.contains("follows a death"), "{}", death.err);
        assert!(issue(&["--procedure", "9.9"]).err.contains("no procedure"));
        let log = served.home.does(&["staff", "log"]);
        assert!(log.contains("issue ticket") && !log.contains("H15-1") && !log.contains(&code), "{log}");
        let mut client = served.client();
        let form = super::open(&mut client, &served.ticket("H15-1", TicketStage::Result));
        assert_eq!(form.send(&mut client, &[("attitude", "5")]).unwrap().status, 303);
        assert!(issue(&[]).err.contains("is spent"));
        served.end().await;
    }
}
