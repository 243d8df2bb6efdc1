//! Series of other bodies: imported all or nothing, shown with their breaks, points and ranks apart, nothing concluded.

use thuocdo::index::published::histories;
use thuocdo::words::Role;

use crate::office::officer::Officer;
use crate::program::form::hidden;
use crate::program::http::Answer;
use crate::program::{Home, Server};
use crate::world::{World, databases};

const PAGE: &str = "/quan-tri/chuoi-so-lieu";
const IMPORT: &str = "/quan-tri/chuoi-so-lieu/nhap";
const LAI_CHAU: &str = include_str!("../../../surveys/history/lai-chau-par-index.csv");
const SIPAS: &str = include_str!("../../../surveys/history/sipas-toan-quoc.csv");
const QUANG_NAM: &str = include_str!("../../../surveys/history/quang-nam-2022.csv");
const HEAD: &str =
    "series,year,kind,value,rank_of,place,measure,publisher,frame,note_vi,note_en,citation,break_vi,break_en\n";

fn home(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    home
}

fn read(server: &Server, path: &str) -> Answer {
    server.client().get(path).unwrap()
}

fn refuses(home: &Home, text: &str) -> String {
    std::fs::write(home.path().join("bad.csv"), text).unwrap();
    let ended = home.run(&["import", "series", "bad.csv"]);
    assert_eq!(ended.code, Some(1), "{}", ended.out);
    ended.err
}

#[tokio::test]
async fn the_files_of_the_program_are_imported_again_without_a_change_and_a_dry_run_writes_nothing() {
    for world in databases().await {
        let home = home(&world);
        std::fs::write(home.path().join("dry.csv"), LAI_CHAU).unwrap();
        let told = home.does(&["import", "series", "dry.csv", "--dry-run"]);
        assert!(told.contains("8 lines, 8 added") && told.contains("dry run"), "{told}");
        assert_eq!(world.rows("series_value").await, 0);
        for (file, lines) in [(LAI_CHAU, 8), (SIPAS, 6), (QUANG_NAM, 2)] {
            assert!(home.import("series", file).contains(&format!("{lines} lines, {lines} added")));
            assert!(home.import("series", file).contains(&format!("0 added, 0 changed, {lines} unchanged")));
        }
        let corrected = LAI_CHAU.replacen("\"66,46\"", "\"66,47\"", 1);
        assert!(home.import("series", &corrected).contains("0 added, 1 changed, 7 unchanged"));
        assert_eq!(world.rows("series_value").await, 16);
        assert!(home.does(&["staff", "log"]).contains("import series"));
        let snapshot = world.snapshot().await;
        let found = histories(&snapshot.series);
        let sipas = found.iter().find(|history| history.code == "sipas-toan-quoc").unwrap();
        let year = sipas.years.iter().find(|year| year.year == 2022).unwrap();
        assert!(year.broken.is_some() && year.level_step.is_none());
        assert_eq!(sipas.years.last().unwrap().level_step.unwrap().by, 12_800);
        world.close().await;
    }
}

#[tokio::test]
async fn every_bad_line_is_told_and_nothing_is_changed() {
    for world in databases().await {
        let home = home(&world);
        let told = refuses(
            &home,
            &format!(
                "{HEAD}\
                 a,2020,percent,80,,P,sipas,B,users,,,c,,\n\
                 a b,2020,percent,80,,P,sipas,B,,,,c,,\n\
                 a,1989,percent,80,,P,sipas,B,,,,c,,\n\
                 a,2099,percent,80,,P,sipas,B,,,,c,,\n\
                 a,2021,share,80,,P,sipas,B,,,,c,,\n\
                 a,2021,percent,100.5,,P,sipas,B,,,,c,,\n\
                 a,2021,rank,5,,P,sipas,B,,,,c,,\n\
                 a,2021,rank,64,63,P,sipas,B,,,,c,,\n\
                 a,2021,percent,80,63,P,sipas,B,,,,c,,\n\
                 a,2021,percent,,,P,sipas,B,,,,c,,\n\
                 a,2021,percent,80,,P,minutes,B,,,,c,,\n\
                 a,2021,percent,80,,P,sipas,,,,,,,\n\
                 a,2021,percent,80,,P,sipas,B,everybody,,,c,,\n\
                 a,2021,percent,80,,P,sipas,B,,,,c,lý do,\n\
                 a,2020,percent,81,,P,sipas,B,users,,,c,,\n\
                 a,2022,percent,80,,Q,sipas,B,,,,c,,\n\
                 a,2023,points,80,,P,par,B,,,,c,,\n"
            ),
        );
        for place in [
            "line 3, column series",
            "line 4, column year",
            "line 5, column year",
            "line 6, column kind",
            "line 7, column value",
            "line 8, column rank_of",
            "line 9, column value",
            "line 10, column rank_of",
            "line 11, column value",
            "line 12, column measure",
            "line 13, column publisher",
            "line 13, column citation",
            "line 14, column frame",
            "line 15, column break_en",
            "line 16, column series: line 2 has the same series, year and kind",
            "line 17, column place: differs from “P”",
            "line 18, column measure: differs from “sipas”",
            "line 18, column kind",
            "nothing was changed",
        ] {
            assert!(told.contains(place), "“{place}” is missing in {told}");
        }
        assert_eq!(world.rows("series_value").await, 0);
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_imports_through_the_page_and_everybody_reads_it_with_its_breaks() {
    for world in databases().await {
        let home = home(&world);
        let server = home.serve();
        assert!(read(&server, "/chuoi-so-lieu").text().contains("Chưa có chuỗi số liệu nào"));
        let mut control = Officer::hired(&home, &server, "vp@thu.gov.vn", Role::ProcedureControl, "", "P");
        assert!(control.page(PAGE).contains("Chưa có chuỗi số liệu nào"));
        let refused = control.post_file(IMPORT, &[], "x.csv", b"series,year\na,2020\n");
        assert_eq!(refused.status, 422, "{}", refused.text());
        for (file, rows) in [(LAI_CHAU, 0), (SIPAS, 8), (QUANG_NAM, 14)] {
            let checked = control.post_file(IMPORT, &[], "x.csv", file.as_bytes());
            assert_eq!(checked.status, 200, "{}", checked.text());
            assert_eq!(world.rows("series_value").await, rows, "checking writes nothing");
            let token = hidden(&checked.text()).into_iter().find(|(name, _)| name == "so_tep").unwrap().1;
            assert_eq!(control.post(&format!("{IMPORT}/ghi"), &[("so_tep", &token)]).status, 303);
        }
        let page = control.page(PAGE);
        assert!(
            page.contains("Chỉ số cải cách hành chính (PAR INDEX): Lai Châu") && page.contains("2012, 2013"),
            "{page}"
        );
        let mut manager = Officer::hired(&home, &server, "x2@thu.gov.vn", Role::UnitManager, "X2", "X2");
        assert_eq!((manager.get(PAGE).status, manager.get(IMPORT).status), (200, 403));
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        let page = read(&server, "/chuoi-so-lieu").text();
        for text in [
            "2014→2015: +2,37 điểm, giảm 6 bậc: hai số đo đi ngược nhau nên không kết luận tốt lên hay kém đi.",
            "2020→2022: không so sánh được: từ năm 2022 hỏi người dân chọn ngẫu nhiên",
            "Hai con số đo hai việc khác nhau",
            "Quảng Nam, năm 2022",
            "85,5% (gần 5.000 người trả lời",
            "Trong nhóm 5 thấp nhất",
            "gần 85% (nguồn không nêu số chính xác)",
            "+1,28 điểm phần trăm",
        ] {
            assert!(page.contains(text), "“{text}” is missing in {page}");
        }
        assert!(read(&server, "/chuoi-so-lieu?lang=en").text().contains("the two measures go opposite ways"));
        let csv = read(&server, "/chuoi-so-lieu/lai-chau-par-index.csv");
        assert!(csv.text().starts_with("\u{feff}series,year,kind,value"), "{}", csv.text());
        // What is taken away can be brought back: the columns are those of the import.
        assert!(home.import("series", csv.text().trim_start_matches('\u{feff}')).contains("8 unchanged"));
        let json: serde_json::Value =
            serde_json::from_str(&read(&server, "/chuoi-so-lieu/lai-chau-par-index.json").text()).unwrap();
        assert_eq!(json["rows"].as_array().unwrap().len(), 8);
        assert_eq!(json["rows"][0]["value"].as_f64(), Some(66.46));
        assert!(json["licence"]["address"].as_str().is_some_and(|address| address.starts_with("https://")));
        for path in ["/chuoi-so-lieu/khong-co", "/chuoi-so-lieu/khong-co.csv", "/chuoi-so-lieu/khong-co.json"] {
            assert_eq!(read(&server, path).status, 404, "{path}");
        }
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}
