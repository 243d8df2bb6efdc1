//! Alerts on their page: within the scope, with the words that they are no verdict, and nothing below ten.

use std::time::Duration;

use thuocdo::words::{Day, Half, Moment, Role};

use super::officer::Officer;
use crate::program::Home;
use crate::world::{World, databases};

/// The first day of the last half-month that is over.
fn ended() -> Day {
    Half(Moment::now().day().plus(-1).half().0 - 1).first()
}

/// Two communes with two counters each; the first counter of X1 is far below 90 %.
fn filled(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    home.import("units", "code,name,kind,parent\nP,Tỉnh,province,\nX1,Xã Một,commune,P\nX2,Xã Hai,commune,P\n");
    let points = ["X1.Q1,X1,Quầy số 1", "X1.Q2,X1,Quầy số 2", "X2.Q1,X2,Quầy đất đai", "X2.Q2,X2,Quầy tư pháp"];
    let points: Vec<String> = points.iter().map(|point| format!("{point},counter,counter,,2\n")).collect();
    home.import("points", &format!("code,unit,name,kind,questionnaire,field,officers\n{}", points.concat()));
    home.import(
        "targets",
        "measure,field,unit,year_from,year_to,threshold,value,comparison,citation,issuer\n\
         counter,,P,2020,,90%,percent,>=,KH 1,UBND tỉnh\n",
    );
    let day = ended().iso();
    let forms = [("X1.Q1", 150_u32, 60), ("X1.Q2", 150, 3), ("X2.Q1", 150, 12), ("X2.Q2", 12, 2)];
    let forms = forms.into_iter().flat_map(|(point, n, bad)| {
        let day = day.clone();
        (0..n).map(move |at| {
            let third = if at < bad { 2 } else { 4 };
            format!("{point},{day},paper,D,{point}-{at},5,5,{third},5,4\n")
        })
    });
    let forms: Vec<String> = forms.collect();
    home.import(
        "responses",
        &format!("point,day,channel,level,serial,reception,waiting,attitude,time,quality\n{}", forms.concat()),
    );
    home
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_are_read_within_the_scope_and_say_that_they_are_no_verdict() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@minhhoa.gov.vn", Role::HomeAffairs, "P", "P");
        // Ended days are sealed soon after the start, and then looked at.
        let mut page = an.page("/quan-tri/canh-bao");
        for _ in 0..600 {
            if page.contains("Quầy số 1") {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
            page = an.page("/quan-tri/canh-bao");
        }
        assert!(
            page.contains(
                "góp ý tại quầy thấp hơn 90%. Đây là tín hiệu để đơn vị xem nguyên nhân, chưa phải kết luận."
            )
        );
        assert!(page.contains("60,0% (90 trên 150 phiếu)"), "{page}");
        assert!(
            page.contains("Quầy số 1, Xã Một") && !page.contains("Quầy số 2") && !page.contains("Xã Hai"),
            "{page}"
        );
        assert!(page.contains("đã xem 4 quầy và đơn vị") && page.contains("không quá 5%"), "{page}");

        let all = an.page("/quan-tri/canh-bao?xem=tat-ca");
        assert!(
            all.contains("Tín hiệu thuận: góp ý trong kỳ cao hơn 90%.") && all.contains("Chưa rõ tín hiệu."),
            "{all}"
        );
        assert!(all.contains("Chưa đủ 30 phiếu để báo tín hiệu."), "{all}");
        assert!(all.contains("gần toàn bộ 150 phiếu hài lòng") && !all.contains("147"), "three are no number: {all}");
        assert!(
            all.find("Quầy số 1").unwrap() < all.find("Quầy số 2").unwrap(),
            "what is to be looked into comes first"
        );
        assert!(!an.page("/quan-tri/canh-bao?xem=tat-ca&tim=dat+dai").contains("Quầy số 1"));
        assert!(an.page("/quan-tri/canh-bao?tim=khong+co").contains("Không có quầy hay đơn vị nào khớp."));
        let english = an.page("/quan-tri/canh-bao?lang=en&xem=tat-ca");
        assert!(
            english.contains("feedback at the counter is below 90%") && english.contains("No clear signal"),
            "{english}"
        );

        let mut manager = Officer::hired(&home, &server, "binh@x2.gov.vn", Role::UnitManager, "X2", "X2");
        let own = manager.page("/quan-tri/canh-bao");
        assert!(own.contains("Lần này không có cảnh báo nào") && own.contains("đã xem 2 quầy và đơn vị"), "{own}");
        let own = manager.page("/quan-tri/canh-bao?xem=tat-ca");
        assert!(own.contains("Quầy đất đai") && !own.contains("Xã Một") && !own.contains("Quầy số"), "{own}");
        let mut entry = Officer::hired(&home, &server, "chi@x2.gov.vn", Role::DataEntry, "X2", "X2");
        assert_eq!(entry.get("/quan-tri/canh-bao").status, 403);
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}

#[test]
fn before_a_half_month_is_over_nothing_was_looked_at() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut an = Officer::hired(&home, &server, "an@minhhoa.gov.vn", Role::ProcedureControl, "X1", "P");
    assert!(an.page("/quan-tri/canh-bao").contains("Chưa có lần xem nào"));
}

#[test]
fn the_weekly_letter_is_switched_off_and_on_by_the_person_it_goes_to() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut manager = Officer::hired(&home, &server, "an@x1.gov.vn", Role::UnitManager, "X1", "X1");
    assert!(manager.page("/quan-tri/toi").contains("Tắt thư tuần"));
    assert_eq!(manager.post("/quan-tri/toi/thu-tuan", &[]).status, 303);
    let page = manager.page("/quan-tri/toi");
    assert!(page.contains("Ông/Bà đã tắt thư tuần.") && !page.contains(">Tắt thư tuần"), "{page}");
    assert_eq!(manager.post("/quan-tri/toi/thu-tuan", &[("nhan", "1")]).status, 303);
    assert!(manager.page("/quan-tri/toi").contains("Tắt thư tuần"));
    let mut leader = Officer::hired(&home, &server, "binh@p.gov.vn", Role::Leader, "X1", "P");
    assert!(!leader.page("/quan-tri/toi").contains("Thư tuần"), "leaders get none");
}
