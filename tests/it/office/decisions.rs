//! A move through the pages: one proposes, another decides, and who has no part in it finds nothing.

use thuocdo::words::{Moment, Role};

use super::officer::Officer;
use crate::program::Home;

#[test]
fn a_move_is_there_for_the_units_it_is_about_and_decided_by_a_second_person_from_outside() {
    let home = Home::empty();
    home.with_counters();
    home.import("units", "code,name,kind,parent\nS1,Sở Một,department,P\nS2,Văn phòng,office,P\n");
    let day = Moment::now().day().half().first().plus(-2).iso();
    let rows = (0..20).map(|n| format!("X1.Q1,{day},paper,B,S{n},4\n")).collect::<Vec<_>>().concat();
    home.import("responses", &format!("point,day,channel,level,serial,attitude\n{rows}"));
    home.does(&["seal"]);
    let server = home.serve();
    let hired = |email, role, unit, scope| Officer::hired(&home, &server, email, role, unit, scope);
    let mut first = hired("a@thu.gov.vn", Role::HomeAffairs, "S1", "P");
    let mut second = hired("b@thu.gov.vn", Role::ProcedureControl, "S2", "P");
    let mut inside = hired("c@thu.gov.vn", Role::HomeAffairs, "X1", "P");
    let mut concerned = hired("d@thu.gov.vn", Role::UnitManager, "X1", "X1");
    let mut stranger = hired("e@thu.gov.vn", Role::UnitManager, "X2", "X2");
    let mut other = hired("f@thu.gov.vn", Role::HomeAffairs, "X2", "X2");
    let fields = [
        ("tu_diem", "X1.Q1"),
        ("den_diem", "X1.Q2"),
        ("tu_ngay", day.as_str()),
        ("den_ngay", day.as_str()),
        ("ly_do", "wrong_place"),
        ("ghi_chu", "ghi chú kín"),
    ];
    assert_eq!(other.post("/quan-tri/duyet/chuyen-phieu", &fields).status, 422, "points of others are not there");
    let proposed = first.post("/quan-tri/duyet/chuyen-phieu", &fields);
    assert_eq!(proposed.header("location"), Some("/quan-tri/duyet/1?xong=trinh"), "{}", proposed.text());
    for one in [&mut stranger, &mut other] {
        assert_eq!(one.get("/quan-tri/duyet/1").status, 404);
        assert!(!one.page("/quan-tri/duyet").contains("X1.Q1"));
    }
    assert_eq!(other.post("/quan-tri/duyet/1/phe-duyet", &[]).status, 404);
    assert_eq!(other.post("/quan-tri/duyet/1/rut", &[]).status, 404);
    assert!(concerned.page("/quan-tri/duyet/1").contains("ghi chú kín"));
    assert_eq!(concerned.post("/quan-tri/duyet/1/phe-duyet", &[]).status, 403);
    assert!(second.page("/quan-tri").contains("1 đề xuất đang chờ"));
    for near in [&mut first, &mut inside] {
        assert_eq!(near.post("/quan-tri/duyet/1/phe-duyet", &[]).status, 422);
    }
    assert_eq!(second.post("/quan-tri/duyet/1/phe-duyet", &[]).status, 303);
    assert_eq!(second.post("/quan-tri/duyet/1/phe-duyet", &[]).status, 422, "decided once");
    assert!(second.page("/quan-tri/duyet/1").contains("Đã phê duyệt"));
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
