//! Collection points in the office, and what people find behind the QR codes of yesterday.

use thuocdo::words::{Moment, Role};

use super::officer::Officer;
use crate::program::Home;

#[test]
fn each_person_sees_the_points_of_their_scope_and_of_nothing_else() {
    let home = Home::empty();
    home.with_counters();
    home.import("points", "code,unit,name,kind,questionnaire\nX1.Q3,X1,Quầy một người,counter,counter\n");
    let code = home.public_code("X1.Q1");
    let server = home.serve();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    let page = lan.page("/quan-tri/diem");
    assert!(page.contains("3 điểm khảo sát.") && !page.contains("X2.Q1") && page.contains(&code), "{page}");
    assert!(page.contains("1 (số liệu riêng không công bố)") && page.contains("Đất đai"), "{page}");
    for (query, number) in [
        ("tim=mot+nguoi", 1),
        ("don-vi=X1", 3),
        ("trang-thai=mo", 3),
        ("trang-thai=dong", 0),
        (format!("tim={code}").as_str(), 1),
    ] {
        let page = lan.page(&format!("/quan-tri/diem?{query}"));
        assert!(page.contains(&format!("{number} điểm khảo sát.")), "{query}: {page}");
    }
    assert!(lan.page("/quan-tri/diem?don-vi=X2").contains("Không có đơn vị nào mang mã này"));
    for lang in ["", "?lang=en"] {
        let page = lan.page(&format!("/quan-tri/diem/X1.Q1{lang}"));
        assert!(page.contains("<svg") && page.contains(&format!("/q/{code}</code>")), "{page}");
        assert!(!page.contains("name=\"ten\"") && !page.contains("thu-hoi"), "who reads has no form: {page}");
        lan.page(&format!("/quan-tri/diem{lang}"));
    }
    assert!(lan.page("/quan-tri/diem/X1.Q3").contains("số liệu riêng của quầy không được công bố"));
    for foreign in ["X2.Q1", "none"] {
        assert_eq!(lan.get(&format!("/quan-tri/diem/{foreign}")).status, 404, "{foreign}");
    }
    for act in
        ["/quan-tri/diem/them", "/quan-tri/diem/X1.Q1", "/quan-tri/diem/X1.Q1/dong", "/quan-tri/diem/X1.Q1/ma-moi"]
    {
        assert_eq!(lan.post(act, &[]).status, 403, "{act}");
    }
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_point_is_added_changed_and_closed_and_every_fault_is_told_at_once() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut ha = Officer::hired(&home, &server, "ha@x1.gov.vn", Role::Administrator, "X1", "X1");
    let bad = [("ma", "a b"), ("don_vi", "X2"), ("ten", ""), ("loai", "desk"), ("phieu", "none"), ("can_bo", "0")];
    let refused = ha.post("/quan-tri/diem/them", &bad);
    let text = refused.text();
    assert_eq!(refused.status, 422);
    for field in ["ma", "don_vi", "ten", "loai", "phieu", "can_bo"] {
        assert!(text.contains(&format!("href=\"#{field}\"")), "nothing is said of {field}: {text}");
    }
    assert!(text.contains("value=\"a b\""), "{text}");
    let new = |unit| {
        [
            ("ma", "X1.N"),
            ("don_vi", unit),
            ("ten", "Quầy mới"),
            ("loai", "counter"),
            ("phieu", "counter"),
            ("linh_vuc", "Hộ tịch"),
            ("can_bo", ""),
        ]
    };
    assert_eq!(ha.post("/quan-tri/diem/them", &new("X2")).status, 422);
    let added = ha.post("/quan-tri/diem/them", &new("X1"));
    assert_eq!((added.status, added.header("location")), (303, Some("/quan-tri/diem/X1.N?xong=them")));
    let again = ha.post("/quan-tri/diem/them", &new("X1"));
    assert!(again.status == 422 && again.text().contains("đã là mã của điểm khảo sát khác"), "{}", again.text());
    let today = Moment::now().day();
    let (from, next) = (today.plus(1).iso(), today.plus(2).iso());
    let change = |from, unit, name| {
        [
            ("tu_ngay", from),
            ("ten", name),
            ("don_vi", unit),
            ("phieu", "counter"),
            ("linh_vuc", "Hộ tịch"),
            ("can_bo", "1"),
        ]
    };
    let same = ha.post("/quan-tri/diem/X1.N", &change(&from, "X1", "Quầy mới"));
    assert!(same.status == 422 && same.text().contains("Chưa có gì khác"), "{}", same.text());
    assert_eq!(ha.post("/quan-tri/diem/X1.N", &change(&from, "X2", "Quầy mới")).status, 422);
    assert_eq!(ha.post("/quan-tri/diem/X1.N", &change("", "X1", "")).status, 422);
    assert_eq!(ha.post("/quan-tri/diem/X2.Q1", &change(&from, "X1", "Quầy mới")).status, 404);
    let changed = ha.post("/quan-tri/diem/X1.N", &change(&from, "X1", "Quầy hai"));
    assert_eq!((changed.status, changed.header("location")), (303, Some("/quan-tri/diem/X1.N?xong=luu")));
    assert!(ha.page("/quan-tri/diem/X1.N").contains("Quầy hai"), "the history shows what is coming");
    let sooner = ha.post("/quan-tri/diem/X1.N/dong", &[("dong_tu", &from)]);
    assert!(sooner.status == 422 && sooner.text().contains("href=\"#dong_tu\""), "{}", sooner.text());
    assert_eq!(ha.post("/quan-tri/diem/X1.N/dong", &[("dong_tu", &next)]).status, 303);
    let closed = ha.post("/quan-tri/diem/X1.Q2/dong", &[("dong_tu", &today.iso())]);
    assert_eq!((closed.status, closed.header("location")), (303, Some("/quan-tri/diem/X1.Q2?xong=dong")));
    let page = ha.page("/quan-tri/diem/X1.Q2");
    assert!(page.contains("Đã đóng từ ngày") && !page.contains("name=\"dong_tu\"") && !page.contains("<svg"), "{page}");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_new_code_is_printed_before_the_old_one_is_revoked_and_who_scans_that_is_told() {
    let home = Home::empty();
    home.with_counters();
    let (old, foreign) = (home.public_code("X1.Q1"), home.public_code("X1.Q2"));
    let server = home.serve();
    let mut ha = Officer::hired(&home, &server, "ha@x1.gov.vn", Role::Administrator, "X1", "X1");
    let made = ha.post("/quan-tri/diem/X1.Q1/ma-moi", &[]);
    assert_eq!((made.status, made.header("location")), (303, Some("/quan-tri/diem/X1.Q1?xong=them")));
    let page = ha.page("/quan-tri/diem/X1.Q1");
    assert!(
        page.contains("Điểm này có nhiều mã đang dùng") && page.contains("Nơi này không còn nhận đánh giá"),
        "{page}"
    );
    let codes: Vec<&str> = page.split("&amp;ma=").skip(1).map(|rest| rest.split('&').next().unwrap()).collect();
    let new = *codes.iter().find(|code| **code != old).expect("the new code has a poster of its own");
    let day = Moment::now().day().iso();
    let refused = ha.post("/quan-tri/diem/X1.Q1/thu-hoi", &[]);
    for field in ["ma_qr", "ly_do", "thu_hoi_tu"] {
        assert!(refused.text().contains(&format!("href=\"#{field}\"")), "nothing is said of {field}");
    }
    let fields = |code| [("ma_qr", code), ("ly_do", "false_copy"), ("thu_hoi_tu", day.as_str())];
    assert_eq!(ha.post("/quan-tri/diem/X1.Q1/thu-hoi", &fields(&foreign)).status, 422, "a code of another point");
    let revoked = ha.post("/quan-tri/diem/X1.Q1/thu-hoi", &fields(&old));
    assert_eq!((revoked.status, revoked.header("location")), (303, Some("/quan-tri/diem/X1.Q1?xong=thoi")));
    let again = ha.post("/quan-tri/diem/X1.Q1/thu-hoi", &fields(&old));
    assert!(again.status == 422 && again.text().contains("đã bị thu hồi"), "{}", again.text());
    assert!(ha.page("/quan-tri/diem/X1.Q1").contains("Thu hồi từ ngày"));
    let mut citizen = server.client();
    let gone = citizen.get(&format!("/q/{old}")).unwrap();
    assert!(gone.status == 410 && gone.text().contains("Nơi này không còn nhận đánh giá"), "{}", gone.text());
    assert_eq!(citizen.get(&format!("/q/{new}")).unwrap().status, 200);
    assert_eq!(ha.post("/quan-tri/diem/X1.Q1/thu-hoi", &fields(new)).status, 303);
    assert!(ha.page("/quan-tri/diem/X1.Q1").contains("Mọi mã QR của điểm này đã bị thu hồi"));
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
