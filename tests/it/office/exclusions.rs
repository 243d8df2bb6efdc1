//! Exclusions, restorations and months that count again, through the pages: one proposes, another decides with a code.

use thuocdo::words::{Moment, Role};

use super::officer::Officer;
use crate::program::Home;

fn fields<'a>(day: &'a str, reason: &'a str) -> [(&'a str, &'a str); 6] {
    [
        ("diem", "X1.Q1"),
        ("muc", "B"),
        ("tu_ngay", day),
        ("den_ngay", day),
        ("ly_do", reason),
        ("ghi_chu", "ghi chú kín"),
    ]
}

#[test]
fn an_exclusion_is_proposed_approved_with_a_code_shown_and_taken_back() {
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
    let mut other = hired("f@thu.gov.vn", Role::HomeAffairs, "X2", "X2");
    let page = "/quan-tri/duyet/loai-phieu";
    let shown = first.page(page);
    for words in ["phiếu tập huấn hoặc chạy thử thiết bị", "không chọn từng phiếu", "Mọi hình thức"]
    {
        assert!(shown.contains(words), "{words}");
    }
    let entered = fields(&day, "training");
    assert_eq!(other.post(page, &entered).status, 422, "points of others are not there");
    assert_eq!(concerned.post(page, &entered).status, 403);
    let nothing = first.post(page, &[("diem", "X1.Q9"), ("ly_do", "wrong_place"), ("hinh_thuc", "air")]);
    let text = nothing.text();
    assert_eq!(nothing.status, 422);
    for words in [
        "Không có điểm khảo sát nào mang mã này",
        "Xin chọn một mức.",
        "Xin chọn một lý do.",
        "hình thức trong danh sách",
    ] {
        assert!(text.contains(words), "{words} is missing");
    }
    assert_eq!(inside.post(page, &entered).status, 422, "their own unit");
    let proposed = first.post(page, &entered);
    assert_eq!(proposed.header("location"), Some("/quan-tri/duyet/1?xong=trinh"), "{}", proposed.text());
    assert_eq!(other.get("/quan-tri/duyet/1").status, 404);
    assert!(concerned.page("/quan-tri/duyet/1").contains("ghi chú kín"));
    let approve = "/quan-tri/duyet/1/phe-duyet";
    assert_eq!(concerned.post(approve, &[]).status, 403);
    for near in [&mut first, &mut inside] {
        assert_eq!(near.post_with_code(approve, &[]).status, 422);
    }
    let back = "/quan-tri/duyet/1/khoi-phuc";
    assert_eq!(first.get(back).status, 404, "nothing is excluded yet");
    assert!(second.page("/quan-tri/duyet/1").contains("số liệu gốc không đổi"));
    let approved = second.post_with_code(approve, &[]);
    assert_eq!(approved.header("location"), Some("/quan-tri/duyet/1?xong=duyet"), "{}", approved.text());
    let list = second.page("/quan-tri/duyet");
    assert!(list.contains("Loại phiếu khỏi số liệu sau rà soát") && list.contains("X1.Q1"), "{list}");
    assert!(first.page("/quan-tri/duyet/1").contains("Đề xuất khôi phục"));
    assert!(first.page(back).contains("đã xác minh lại: phiếu do người dân trả lời"));
    assert_eq!(other.get(back).status, 404);
    assert_eq!(first.post(back, &[("ly_do", "training")]).status, 422);
    let proposed = first.post(back, &[("ly_do", "verified")]);
    assert_eq!(proposed.header("location"), Some("/quan-tri/duyet/2?xong=trinh"), "{}", proposed.text());
    assert_eq!(second.post_with_code("/quan-tri/duyet/2/phe-duyet", &[]).status, 303);
    assert!(second.page("/quan-tri/duyet/1").contains("Đã khôi phục ngày"));
    assert!(!first.page("/quan-tri/duyet/1").contains("Đề xuất khôi phục"), "there is nothing left to take back");
    assert_eq!(first.post(back, &[("ly_do", "verified")]).status, 422);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_month_counts_again_by_two_persons_from_outside_the_unit() {
    let home = Home::empty();
    home.with_counters();
    home.import("units", "code,name,kind,parent\nS1,Sở Một,department,P\nS2,Văn phòng,office,P\n");
    let server = home.serve();
    let hired = |email, role, unit, scope| Officer::hired(&home, &server, email, role, unit, scope);
    let mut first = hired("a@thu.gov.vn", Role::HomeAffairs, "S1", "P");
    let mut second = hired("b@thu.gov.vn", Role::ProcedureControl, "S2", "P");
    let mut inside = hired("c@thu.gov.vn", Role::HomeAffairs, "X1", "P");
    let before = Moment::now().day().half().first().plus(-20);
    let month = format!("{:02}/{}", before.month(), before.year());
    let page = "/quan-tri/duyet/tinh-lai";
    let wrong = first.post(page, &[("don_vi", "X9"), ("thang", "13/2026")]);
    assert_eq!(wrong.status, 422);
    for words in ["Không có đơn vị nào mang mã này", "ví dụ 03/2026", "Xin chọn một lý do."] {
        assert!(wrong.text().contains(words), "{words}");
    }
    let entered = [("don_vi", "X1"), ("thang", month.as_str()), ("ly_do", "family_answered")];
    assert_eq!(inside.post(page, &entered).status, 422, "their own unit");
    let nothing = first.post(page, &entered);
    assert!(nothing.status == 422 && nothing.text().contains("không bị tạm gác"), "{}", nothing.text());
    for ticket in ["01", "02", "03"] {
        let half = before.half().0;
        home.sql(&format!("INSERT INTO dispute (p, ticket_hash, point, half) VALUES (1, X'{ticket}', 1, {half})"));
    }
    let proposed = first.post(page, &entered);
    assert_eq!(proposed.header("location"), Some("/quan-tri/duyet/1?xong=trinh"), "{}", proposed.text());
    let shown = second.page("/quan-tri/duyet/1");
    assert!(shown.contains("Tính lại kết quả theo mã hồ sơ") && shown.contains("số phiếu không đổi"), "{shown}");
    assert_eq!(second.post_with_code("/quan-tri/duyet/1/phe-duyet", &[]).status, 303);
    assert!(second.page("/quan-tri/duyet/1").contains("Đã phê duyệt"));
    assert_eq!(first.post(page, &entered).status, 422, "once");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
