//! Figures of other systems: imported all or nothing, evaluated by their own rules, and shown where they belong.

use thuocdo::publish::other_measures::{OtherMeasure, Reading, measured_periods, other_measures};
use thuocdo::words::{Collector, Day, Period, Role};

use crate::office::officer::Officer;
use crate::program::Home;
use crate::program::form::hidden;
use crate::world::{World, databases};

const PAGE: &str = "/quan-tri/chi-so-khac";
const IMPORT: &str = "/quan-tri/chi-so-khac/nhap";
const QUARTER: (&str, &str) = ("2026-07-01", "2026-09-30");

fn period(from: &str, to: &str) -> Period {
    Period::new(Day::parse(from).unwrap(), Day::parse(to).unwrap()).unwrap()
}

fn home(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    home
}

fn refuses(home: &Home, text: &str) -> String {
    std::fs::write(home.path().join("bad.csv"), text).unwrap();
    let ended = home.run(&["import", "measures", "bad.csv"]);
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    ended.err
}

async fn of_unit(world: &World, code: &str, of: Period) -> Vec<OtherMeasure> {
    let snapshot = world.snapshot().await;
    let unit = snapshot.directory.unit_by_code(code).unwrap();
    other_measures(&world.db, &snapshot, unit, of).await.unwrap()
}

fn points_5_4(found: &[OtherMeasure]) -> (Option<f64>, Option<f64>) {
    let Some(Reading::Qd766(read)) = found.iter().find(|one| one.collector == Collector::Qd766).map(|one| &one.reading)
    else {
        panic!("no index 766 in {found:?}")
    };
    (read.procedures.rate, read.procedures.points)
}

#[tokio::test]
async fn figures_are_imported_again_by_unit_and_days_and_evaluated_by_their_own_rules() {
    for world in databases().await {
        let home = home(&world);
        let (from, to) = QUARTER;
        let quarter = period(from, to);
        let head = "unit,from,to,qd766_dossiers,qd766_late,qd766_complained\n";
        let line = |late: &str| format!("{head}P,{from},{to},100,{late},9\nX1,{from},{to},0,0,0\n");
        let told = home.import("measures", &line("10"));
        assert!(told.contains("2 lines, 2 added"), "{told}");
        let (rate, points) = points_5_4(&of_unit(&world, "P", quarter).await);
        assert!((rate.unwrap() - 0.81).abs() < 1e-9 && (points.unwrap() - 5.4).abs() < 1e-9);
        assert_eq!(points_5_4(&of_unit(&world, "X1", quarter).await), (None, None), "nothing to divide by");
        assert!(home.import("measures", &line("10")).contains("0 added, 0 changed, 2 unchanged"));
        assert!(home.import("measures", &line("1")).contains("0 added, 1 changed, 1 unchanged"));
        assert_eq!(points_5_4(&of_unit(&world, "P", quarter).await).1, Some(6.0));
        // Another column of the same unit and days joins what is there; a line takes a number away; nothing else moves.
        home.import("measures", "unit;from;to;portal_likes;portal_dislikes\nP;1/7/2026;30/9/2026;120;7\n");
        let rows = world.rows("measure_input").await;
        assert_eq!(rows, 8);
        home.import("measures", &format!("unit,from,to,portal_dislikes\nP,{from},{to},-\n"));
        assert_eq!(world.rows("measure_input").await, rows - 1);
        let log = home.does(&["staff", "log"]);
        assert!(log.contains("import measures"), "{log}");
        world.close().await;
    }
}

#[tokio::test]
async fn the_span_that_shares_most_days_is_shown_and_of_equal_ones_the_shortest() {
    for world in databases().await {
        let home = home(&world);
        home.import(
            "measures",
            "unit,from,to,portal_likes\nP,2026-01-01,2026-03-31,1\nP,2026-07-01,2026-09-30,3\nP,2026-01-01,2026-09-30,9\n",
        );
        for (asked, likes) in [
            (period("2026-07-01", "2026-09-30"), Some(3.0)),
            (period("2026-02-01", "2026-02-28"), Some(1.0)),
            (period("2026-05-01", "2026-05-31"), Some(9.0)),
            (period("2026-10-01", "2026-10-31"), None),
        ] {
            let found = of_unit(&world, "P", asked).await;
            let read = found.first().and_then(|one| one.input(thuocdo::words::Indicator::PortalLikes));
            assert_eq!(read, likes, "{asked:?}");
        }
        let snapshot = world.snapshot().await;
        let unit = snapshot.directory.unit_by_code("P").unwrap();
        let periods = measured_periods(&world.db, &snapshot, unit).await.unwrap();
        assert_eq!(periods.len(), 3);
        assert!(of_unit(&world, "X1", period("2026-07-01", "2026-09-30")).await.is_empty());
        world.close().await;
    }
}

#[tokio::test]
async fn every_bad_line_is_told_and_nothing_is_changed() {
    for world in databases().await {
        let home = home(&world);
        let told = refuses(
            &home,
            "unit,from,to,qd766_dossiers,qd766_late,tt01_appraised_1,tt01_dissatisfied,tt01_satisfied,tt01_very_satisfied\n\
             P,2026-07-01,2026-09-30,100,10,,,,\nX9,2026-07-01,2026-09-30,1,,,,,\nP,2026-09-30,2026-07-01,1,,,,,\n\
             P,2026-07-01,2099-09-30,1,,,,,\nX1,2026-07-01,2026-09-30,464.494,,,,,\nX1,2026-07-01,2026-09-29,10,11,,,,\n\
             X1,2026-07-01,2026-09-28,,5,,,,\nX1,2026-07-01,2026-09-27,,,2.01,,,\nX1,2026-07-01,2026-09-26,,,,6,43,45\n\
             X1,2026-07-01,2026-09-25,,,,,,\nP,2026-07-01,2026-09-30,5,,,,,\n",
        );
        for place in [
            "line 3, column unit",
            "line 4, column to",
            "line 5, column to",
            "line 6, column qd766_dossiers",
            "line 7, column qd766_late",
            "line 8, column qd766_late: needs qd766_dossiers",
            "line 9, column tt01_appraised_1",
            "line 10, column tt01_dissatisfied",
            "line 11, column unit: has no number",
            "line 12, column unit: line 2 has the same unit and days",
            "nothing was changed",
        ] {
            assert!(told.contains(place), "“{place}” is missing in {told}");
        }
        assert!(refuses(&home, "unit,from,to,source\nP,2026-07-01,2026-09-30,portal\n").contains("source"));
        assert_eq!(world.rows("measure_input").await, 0);
        world.close().await;
    }
}

fn appraised(total_of_first: &str) -> String {
    let names: Vec<String> = (1..=9).map(|n| format!(",tt01_appraised_{n}")).collect();
    format!(
        "unit,from,to{},tt01_forms,tt01_dissatisfied,tt01_satisfied,tt01_very_satisfied\n\
         X1,2026-07-01,2026-09-30,{total_of_first},1.7,1.7,1.7,1.7,1.7,1.7,1.7,1.4,150,5.9%,43.2%,50.8%\n",
        names.concat()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_imports_through_the_page_and_everybody_in_the_scope_reads_it_beside_its_name() {
    for world in databases().await {
        let home = home(&world);
        let server = home.serve();
        let mut control = Officer::hired(&home, &server, "vp@thu.gov.vn", Role::ProcedureControl, "", "P");
        assert!(control.page(PAGE).contains("Chưa có số liệu của hệ thống khác"));
        assert!(control.page(IMPORT).contains("qd766_complained"));
        let refused = control.post_file(IMPORT, &[], "x.csv", appraised("2,01").as_bytes());
        assert_eq!(refused.status, 422, "{}", refused.text());
        let both = format!(
            "unit,from,to,qd766_dossiers,qd766_late,qd766_complained\nP,{0},{1},464494,61478,130\n",
            QUARTER.0, QUARTER.1
        );
        for (file, rows) in [(both, 0), (appraised("1.7"), 3)] {
            let checked = control.post_file(IMPORT, &[], "x.csv", file.as_bytes());
            assert_eq!(checked.status, 200, "{}", checked.text());
            assert_eq!(world.rows("measure_input").await, rows, "checking writes nothing");
            let token = hidden(&checked.text()).into_iter().find(|(name, _)| name == "so_tep").unwrap().1;
            let done = control.post(&format!("{IMPORT}/ghi"), &[("so_tep", &token)]);
            assert_eq!(done.status, 303, "{}", done.text());
        }
        let page = control.page(PAGE);
        for text in [
            "Chỉ số 766: hồ sơ đúng hạn, không bị phản ánh",
            "không hỏi ý kiến người dân",
            "Hai con số đo hai việc khác nhau",
            "86,74%",
            "86,76%",
            "5,78/6 điểm",
            "theo Quyết định số 766/QĐ-TTg của quý III/2026 (từ 01/7/2026 đến 30/9/2026) là 86,7%",
            "không so sánh với các số liệu trên",
            "không phải mẫu, nên không có khoảng tin cậy",
            "464.494",
            "Xã Một",
        ] {
            assert!(page.contains(text), "“{text}” is missing in {page}");
        }
        let page = control.page(&format!("{PAGE}?don_vi=X1&ky=2026-07-01_2026-09-30"));
        for text in ["15/18 điểm", "Xuất sắc", "Đánh giá việc giải quyết thủ tục hành chính (thang 18 điểm)", "43,2%"]
        {
            assert!(
                page.contains(text) || page.contains(&text.replace("15/", "15,00/")),
                "“{text}” is missing in {page}"
            );
        }
        assert!(control.page(&format!("{PAGE}?don_vi=X1&lang=en")).contains("Excellent"));
        // A manager of another commune reads nothing of it, by no address.
        let mut manager = Officer::hired(&home, &server, "x2@thu.gov.vn", Role::UnitManager, "X2", "X2");
        let own = manager.page(PAGE);
        assert!(own.contains("Chưa có số liệu") && !own.contains("Xã Một") && !own.contains("464.494"), "{own}");
        for code in ["X1", "P", "KHONG-CO"] {
            assert_eq!(manager.get(&format!("{PAGE}?don_vi={code}")).status, 404, "{code}");
        }
        assert_eq!(manager.get(IMPORT).status, 403);
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}
