//! Signals are read by people from outside the unit, once the month is over; nothing below ten is a number.

use std::time::Duration;

use thuocdo::words::{Day, Moment, Role};

use super::officer::Officer;
use crate::program::Home;
use crate::world::{World, databases};

/// Communes beside each other.
const COMMUNES: u32 = 9;
/// Forms that each of them keys in.
const FORMS: u32 = 60;

/// A day of the month before this one.
fn last_month() -> Day {
    let today = Moment::now().day();
    let last = today.plus(-i32::from(today.day_of_month()));
    Day::of(last.year(), last.month(), 10).unwrap()
}

/// Nine communes and a department; X3 keys in forms on which every level is the same.
fn filled(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    let communes: Vec<String> = (1..=COMMUNES).map(|n| format!("X{n},Xã {n},commune,P\n")).collect();
    let communes = communes.concat();
    home.import("units", &format!("code,name,kind,parent\nP,Tỉnh,province,\nSNV,Sở Nội vụ,department,P\n{communes}"));
    let points: Vec<String> = (1..=COMMUNES).map(|n| format!("X{n}.Q1,X{n},Quầy {n},counter,counter,,2\n")).collect();
    home.import("points", &format!("code,unit,name,kind,questionnaire,field,officers\n{}", points.concat()));
    let day = last_month().iso();
    let forms = (1..=COMMUNES).flat_map(|unit| {
        let day = day.clone();
        (0..FORMS).map(move |n| {
            let is_straight = if unit == 3 { n % 10 != 0 } else { n % 10 == 0 };
            let (a, b) = (2 + n % 4, 2 + n / 4 % 4);
            let levels = if is_straight { [5; 5] } else { [a, b, 1 + n / 16 % 5, 5, 1] };
            let levels = levels.map(|level| level.to_string()).join(",");
            format!("X{unit}.Q1,{day},paper,D,{unit}-{n},{levels}\n")
        })
    });
    let forms: Vec<String> = forms.collect();
    home.import(
        "responses",
        &format!("point,day,channel,level,serial,reception,waiting,attitude,time,quality\n{}", forms.concat()),
    );
    home
}

/// The row of a unit in the list.
fn row(page: &str, unit: &str) -> String {
    let name = format!(">{unit}</a>");
    let at = page.find(&name).unwrap_or_else(|| panic!("{unit} is missing in {page}"));
    page[at..].split("</tr>").next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_from_outside_reads_which_unit_to_look_at_and_why() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@minhhoa.gov.vn", Role::HomeAffairs, "SNV", "P");
        // Ended days are sealed soon after the start.
        let mut page = an.page("/quan-tri/tin-hieu");
        for _ in 0..600 {
            if page.contains("Xã 3") {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
            page = an.page("/quan-tri/tin-hieu");
        }
        assert!(row(&page, "Xã 3").contains("Cần xem xét") && row(&page, "Xã 3").contains("Mọi câu chọn cùng một mức"));
        assert!(row(&page, "Xã 5").contains("không có") && !row(&page, "Xã 5").contains("Cần xem xét"), "{page}");
        assert!(page.find("Xã 3").unwrap() < page.find("Xã 1").unwrap(), "what is to be looked into comes first");
        assert!(page.contains("chưa phải kết luận"), "{page}");

        let unit = an.page("/quan-tri/tin-hieu/X3");
        assert!(
            unit.contains("90,0% (54 trên 60 phiếu)")
                || unit.contains("gần toàn bộ 60 phiếu, chỉ trừ chưa đến 10 phiếu"),
            "{unit}"
        );
        assert!(unit.contains("mức giữa của đơn vị cùng loại 10,0%") && unit.contains("chưa phải kết luận"), "{unit}");
        let other = an.page("/quan-tri/tin-hieu/X5?lang=en");
        assert!(
            other.contains("fewer than 10 of 60 answers") && !other.contains("(6 of 60"),
            "six are no number: {other}"
        );

        assert!(!an.page("/quan-tri/tin-hieu?tim=xa+3").contains(">Xã 5</a>"));
        assert!(an.page("/quan-tri/tin-hieu?tim=khong+co").contains("Không có đơn vị nào khớp."));
        let long_ago = an.page("/quan-tri/tin-hieu?thang=2026-01");
        assert!(long_ago.contains("Tháng này chưa có số liệu"), "{long_ago}");
        for odd in ["x", "2026-13", "9999-01", "%00"] {
            assert!(an.page(&format!("/quan-tri/tin-hieu?thang={odd}")).contains("Xã 3"), "{odd}");
        }
        assert_eq!(an.get("/quan-tri/tin-hieu/KHONG").status, 404);

        // The unit itself, who is above or below it, and who works nowhere that is known.
        let mut manager = Officer::hired(&home, &server, "binh@x3.gov.vn", Role::UnitManager, "X3", "X3");
        assert_eq!(manager.get("/quan-tri/tin-hieu").status, 403);
        assert_eq!(manager.get("/quan-tri/tin-hieu/X3").status, 403);
        let mut leader = Officer::hired(&home, &server, "chi@x3.gov.vn", Role::Leader, "X3", "P");
        let page = leader.page("/quan-tri/tin-hieu");
        assert!(page.contains(">Xã 5</a>") && !page.contains(">Xã 3</a>"), "{page}");
        assert_eq!(
            (leader.get("/quan-tri/tin-hieu/X3").status, leader.get("/quan-tri/tin-hieu/X5").status),
            (404, 200)
        );
        let mut above = Officer::hired(&home, &server, "dung@p.gov.vn", Role::Leader, "P", "P");
        assert!(above.page("/quan-tri/tin-hieu").contains("Tháng này chưa có số liệu"));
        let mut nowhere = Officer::hired(&home, &server, "em@p.gov.vn", Role::Auditor, "", "P");
        let page = nowhere.page("/quan-tri/tin-hieu");
        assert!(page.contains("chưa ghi đơn vị công tác") && !page.contains("Xã 5"), "{page}");
        assert_eq!(nowhere.get("/quan-tri/tin-hieu/X5").status, 404);
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}

#[test]
fn before_a_month_is_over_there_is_nothing_to_read() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut an = Officer::hired(&home, &server, "an@minhhoa.gov.vn", Role::ProcedureControl, "X1", "P");
    let page = an.page("/quan-tri/tin-hieu");
    let is_empty = ["Chưa có tháng nào kết thúc", "Tháng này chưa có số liệu"].iter().any(|words| page.contains(words));
    assert!(is_empty, "{page}");
}
