//! Units in the office: what each person sees of the tree, and what becomes of units and of the QR codes on their walls.

use thuocdo::text::date;
use thuocdo::words::{Day, Lang, Moment, Role};

use super::officer::Officer;
use crate::program::Home;

/// A province with two communes, of which the first has a centre with two sites.
fn province(home: &Home) {
    home.import(
        "units",
        "code,name,kind,parent\nP,Tỉnh Thử,province,\nX1,Xã Suối Trong,commune,P\nX1.TT,Trung tâm xã Suối Trong,centre,X1\n\
         X1.A,Cơ sở một,site,X1.TT\nX1.B,Cơ sở hai,site,X1.TT\nX2,Xã Đá Vách,commune,P\n",
    );
    home.import(
        "points",
        "code,unit,name,kind,questionnaire,field,officers\nQ.A,X1.A,Quầy 1,counter,counter,,2\n\
         Q.B,X1.B,Quầy 2,counter,counter,,2\nQ.2,X2,Quầy xã,counter,counter,,3\n",
    );
}

fn today() -> Day {
    Moment::now().day()
}

fn shown(day: Day) -> String {
    date::short(Lang::Vi, day)
}

fn change<'a>(from: &'a str, name: &'a str, code: &'a str, parent: &'a str) -> [(&'a str, &'a str); 6] {
    [("tu_ngay", from), ("ten", name), ("ma", code), ("loai", "site"), ("cap_tren", parent), ("ma_hanh_chinh", "")]
}

#[test]
fn each_person_sees_the_tree_of_their_scope_and_of_nothing_else() {
    let home = Home::empty();
    province(&home);
    let server = home.serve();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    let page = lan.page("/quan-tri/don-vi");
    for code in ["X1", "X1.TT", "X1.A", "X1.B"] {
        assert!(page.contains(&format!("/quan-tri/don-vi/{code}\"")), "{code} is missing in {page}");
        assert_eq!(lan.get(&format!("/quan-tri/don-vi/{code}")).status, 200);
        assert_eq!(lan.get(&format!("/quan-tri/don-vi/{code}?lang=en")).status, 200);
    }
    assert!(!page.contains("Đá Vách") && !page.contains("Tỉnh Thử</a> <span"), "{page}");
    assert!(page.contains("class=\"d2\"") && !page.contains("class=\"d3\""), "{page}");
    for foreign in ["X2", "P", "none", "%20"] {
        assert_eq!(lan.get(&format!("/quan-tri/don-vi/{foreign}")).status, 404, "{foreign}");
    }
    assert!(!lan.page("/quan-tri/don-vi?tim=da+vach").contains("Xã Đá Vách"));
    let found = lan.page("/quan-tri/don-vi?tim=suoi&lang=en");
    assert!(found.contains("2 unit(s) match “suoi”."), "{found}");
    assert!(lan.page("/quan-tri/don-vi?ngay=2026-13-40").contains("Ngày này không có"));
    // Who reads has no form, and sends none.
    assert!(!lan.page("/quan-tri/don-vi/X1.A").contains("name=\"ten\""));
    for path in ["/quan-tri/don-vi/them", "/quan-tri/don-vi/sap-nhap", "/quan-tri/don-vi/chia-tach"] {
        assert_eq!(lan.get(path).status, 403, "{path}");
        assert_eq!(lan.post(path, &[]).status, 403, "{path}");
    }
    assert_eq!(lan.post("/quan-tri/don-vi/X1.A", &change("2030-01-01", "Khác", "X1.A", "X1.TT")).status, 403);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_unit_is_added_renamed_and_closed_and_every_fault_is_told_at_once() {
    let home = Home::empty();
    province(&home);
    let server = home.serve();
    let mut minh = Officer::hired(&home, &server, "minh@tinh.gov.vn", Role::HomeAffairs, "P", "P");
    for page in ["them", "sap-nhap", "chia-tach"] {
        for lang in ["", "?lang=en"] {
            minh.page(&format!("/quan-tri/don-vi/{page}{lang}"));
        }
    }
    let nothing = minh.post("/quan-tri/don-vi/them", &[("ten", "Sở Thử"), ("cap_tren", "NO")]);
    assert_eq!(nothing.status, 422);
    let text = nothing.text();
    for field in ["ma", "loai", "cap_tren", "tu_ngay"] {
        assert!(text.contains(&format!("href=\"#{field}\"")), "nothing is said of {field}: {text}");
    }
    assert!(text.contains("value=\"Sở Thử\"") && text.contains("Lỗi: "), "{text}");
    let new = [
        ("ma", "S1"),
        ("ten", "Sở Thử"),
        ("loai", "department"),
        ("cap_tren", "P"),
        ("ma_hanh_chinh", ""),
        ("tu_ngay", "2026-01-01"),
    ];
    let added = minh.post("/quan-tri/don-vi/them", &new);
    assert_eq!((added.status, added.header("location")), (303, Some("/quan-tri/don-vi/S1?xong=them")));
    assert_eq!(minh.post("/quan-tri/don-vi/them", &new).status, 422, "the code is taken");
    let same = [("tu_ngay", "2026-02-01"), ("ten", "Sở Thử"), ("ma", "S1"), ("loai", "department"), ("cap_tren", "P")];
    let same = minh.post("/quan-tri/don-vi/S1", &same);
    assert!(same.status == 422 && same.text().contains("Chưa có gì khác"), "{}", same.text());
    let mut renamed = change("2026-03-01", "Sở Mới", "S2", "P");
    renamed[3] = ("loai", "department");
    let answer = minh.post("/quan-tri/don-vi/S1", &renamed);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/quan-tri/don-vi/S2?xong=luu")));
    let page = minh.page("/quan-tri/don-vi/S1");
    assert!(page.contains("từ 01/01/2026 đến 28/02/2026") && page.contains("từ 01/3/2026"), "{page}");
    assert!(minh.page("/quan-tri/don-vi?ngay=2026-02-15").contains(">Sở Thử</a>"));
    let from = today().iso();
    let circle = [("tu_ngay", from.as_str()), ("ten", "Xã"), ("ma", "X1"), ("loai", "commune"), ("cap_tren", "X1.A")];
    let circle = minh.post("/quan-tri/don-vi/X1", &circle);
    assert!(circle.status == 422 && circle.text().contains("đi vòng"), "{}", circle.text());
    assert_eq!(minh.post("/quan-tri/don-vi/S2/dong", &[]).status, 422);
    let closed = minh.post("/quan-tri/don-vi/S2/dong", &[("dong_tu", "2026-04-01")]);
    assert_eq!((closed.status, closed.header("location")), (303, Some("/quan-tri/don-vi/S2?xong=dong")));
    let list = minh.page("/quan-tri/don-vi");
    let ended = list.split("Không còn hoạt động (1)").nth(1).expect("what has ended stands apart");
    assert!(ended.contains(">Sở Mới</a>") && ended.contains("không còn hoạt động sau ngày 31/3/2026"), "{list}");
    assert!(!minh.page("/quan-tri/don-vi/S2").contains("name=\"dong_tu\""));
    let still = minh.post("/quan-tri/don-vi/X1/dong", &[("dong_tu", "2026-04-01")]);
    assert!(still.status == 422 && still.text().contains("X1.TT"), "{}", still.text());
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn who_sees_a_part_of_the_province_changes_what_is_below_its_top_and_names_parents_within_it() {
    let home = Home::empty();
    province(&home);
    let server = home.serve();
    let mut ha = Officer::hired(&home, &server, "ha@x1.gov.vn", Role::Administrator, "X1", "X1");
    let top = ha.page("/quan-tri/don-vi/X1");
    assert!(top.contains("Đây là đơn vị đứng đầu phạm vi") && !top.contains("name=\"dong_tu\""), "{top}");
    assert_eq!(ha.post("/quan-tri/don-vi/X1", &change("2026-05-01", "Khác", "X1", "")).status, 403);
    assert_eq!(ha.post("/quan-tri/don-vi/X1/dong", &[("dong_tu", "2026-05-01")]).status, 403);
    let from = today().iso();
    for (parent, status) in [("X2", 422), ("P", 422), ("", 422), ("X1", 303)] {
        let answer = ha.post("/quan-tri/don-vi/X1.B", &change(&from, "Cơ sở hai", "X1.B", parent));
        assert_eq!(answer.status, status, "{parent}: {}", answer.text());
    }
    assert_eq!(ha.post("/quan-tri/don-vi/X2", &change("2026-05-01", "Khác", "X2", "X1")).status, 404);
    let new = |parent| {
        [("ma", "X1.C"), ("ten", "Cơ sở ba"), ("loai", "site"), ("cap_tren", parent), ("tu_ngay", "2026-05-01")]
    };
    assert_eq!(ha.post("/quan-tri/don-vi/them", &new("X2")).status, 422);
    assert_eq!(ha.post("/quan-tri/don-vi/them", &new("X1.TT")).status, 303);
    let merge = |old, into| {
        [
            ("don_vi", old),
            ("tiep_nhan", "co-san"),
            ("ma", into),
            ("diem", "dung"),
            ("tu_ngay", "2026-06-01"),
            ("can_cu", "NQ 1"),
        ]
    };
    for (old, into, status) in [("X2", "X1.A", 422), ("X1", "X1.A", 422), ("X1.A", "X2", 422), ("X1.A", "X1.B", 200)] {
        let answer = ha.post("/quan-tri/don-vi/sap-nhap", &merge(old, into));
        assert_eq!(answer.status, status, "{old} into {into}: {}", answer.text());
        assert!(!answer.text().contains("Đá Vách"));
    }
    let split = |old, into| [("don_vi", old), ("vao", into), ("tu_ngay", "2026-06-01"), ("can_cu", "NQ 1")];
    for (old, into, status) in
        [("X1", "X1.N; Mới", 422), ("X2", "X1.N; Mới", 422), ("X1.C", "X2", 422), ("X1.C", "X1.N; Mới", 200)]
    {
        let answer = ha.post("/quan-tri/don-vi/chia-tach", &split(old, into));
        assert_eq!(answer.status, status, "{old} into {into}: {}", answer.text());
    }
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

/// The hidden field under which a preview names what was shown.
fn seen(page: &str) -> String {
    let hidden = crate::program::form::hidden(page);
    hidden.into_iter().find(|(name, _)| name == "da_xem").expect("the preview can be confirmed").1
}

#[test]
fn a_merger_is_shown_first_and_then_old_codes_lead_where_the_preview_said() {
    let home = Home::empty();
    province(&home);
    let (moved, kept) = (home.public_code("Q.2"), home.public_code("Q.A"));
    let server = home.serve();
    let mut minh = Officer::hired(&home, &server, "minh@tinh.gov.vn", Role::HomeAffairs, "P", "P");
    let (first, eve) = (shown(today()), shown(today().plus(-1)));
    let from = today().iso();
    let nothing = minh.post("/quan-tri/don-vi/sap-nhap", &[]);
    assert_eq!(nothing.status, 422);
    for field in ["don_vi", "tiep_nhan", "diem", "tu_ngay", "can_cu"] {
        assert!(nothing.text().contains(&format!("href=\"#{field}\"")), "nothing is said of {field}");
    }
    let mut fields = vec![
        ("don_vi", "X2\r\n X1.A \n"),
        ("tiep_nhan", "moi"),
        ("ma", "XM"),
        ("ten", "Xã Mới"),
        ("loai", "commune"),
        ("cap_tren", "P"),
        ("ma_hanh_chinh", ""),
        ("diem", "chuyen"),
        ("tu_ngay", &from),
        ("can_cu", "Nghị quyết 12/NQ-HĐND"),
    ];
    let preview = minh.post("/quan-tri/don-vi/sap-nhap", &fields);
    let page = preview.text();
    assert_eq!(preview.status, 200, "{page}");
    for said in [
        format!("Xã Đá Vách (X2): ngày cuối là {eve}"),
        format!("Xã Mới (XM): từ ngày {first}"),
        "2 điểm khảo sát chuyển sang Xã Mới (XM)".to_owned(),
    ] {
        assert!(page.contains(&said), "{said}: {page}");
    }
    assert_eq!(minh.get("/quan-tri/don-vi/XM").status, 404, "a preview writes nothing");
    // Somebody adds a point meanwhile: what was seen is no longer what would be done.
    let mark = seen(&page);
    home.import("points", "code,unit,name,kind,questionnaire\nQ.3,X2,Quầy ba,counter,counter\n");
    fields.push(("da_xem", &mark));
    let again = minh.post("/quan-tri/don-vi/sap-nhap", &fields);
    let page = again.text();
    assert!(again.status == 200 && page.contains("Danh mục đã thay đổi") && page.contains("3 điểm khảo sát"), "{page}");
    let mark = seen(&page);
    fields.pop();
    fields.push(("sua", "1"));
    let edited = minh.post("/quan-tri/don-vi/sap-nhap", &fields);
    assert!(edited.status == 200 && edited.text().contains("value=\"Xã Mới\""), "{}", edited.text());
    fields.pop();
    fields.push(("da_xem", &mark));
    let done = minh.post("/quan-tri/don-vi/sap-nhap", &fields);
    assert_eq!((done.status, done.header("location")), (303, Some("/quan-tri/don-vi/XM?xong=luu")));
    let page = minh.page("/quan-tri/don-vi/XM");
    assert!(page.contains("Tiếp nhận từ") && page.contains(&format!("ngày {first}, sáp nhập, hợp nhất")), "{page}");
    assert!(page.contains("Nghị quyết 12/NQ-HĐND") && page.contains(">Xã Đá Vách</a>"), "{page}");
    assert!(minh.page("/quan-tri/don-vi/X2").contains("Được tiếp nhận bởi"));
    let mut citizen = server.client();
    for code in [&moved, &kept] {
        let form = citizen.get(&format!("/q/{code}")).unwrap();
        assert!(form.status == 200 && form.text().contains("Xã Mới"), "{}", form.text());
    }
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn after_a_merger_without_its_points_and_a_split_old_codes_name_the_successors() {
    let home = Home::empty();
    province(&home);
    let (merged, divided) = (home.public_code("Q.2"), home.public_code("Q.B"));
    let server = home.serve();
    let mut minh = Officer::hired(&home, &server, "minh@tinh.gov.vn", Role::HomeAffairs, "P", "P");
    let mut fields = vec![
        ("don_vi", "X2"),
        ("tiep_nhan", "co-san"),
        ("ma", "X1"),
        ("diem", "dung"),
        ("tu_ngay", "2026-06-01"),
        ("can_cu", "NQ 12"),
    ];
    let page = minh.post("/quan-tri/don-vi/sap-nhap", &fields).text();
    assert!(page.contains("1 điểm khảo sát dừng nhận phiếu") && page.contains("Xã Suối Trong (X1)"), "{page}");
    let mark = seen(&page);
    fields.push(("da_xem", &mark));
    assert_eq!(minh.post("/quan-tri/don-vi/sap-nhap", &fields).status, 303);
    let bad = "X1.C; Cơ sở ba; 12\n\nX9\na;b;c;d";
    let refused = minh.post("/quan-tri/don-vi/chia-tach", &[("don_vi", "X1.B"), ("vao", bad)]);
    let text = refused.text();
    assert_eq!(refused.status, 422);
    for said in ["Dòng 1: ", "Dòng 3: ", "Dòng 4: ", "href=\"#tu_ngay\"", "href=\"#can_cu\""] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let mut fields = vec![
        ("don_vi", "X1.B"),
        ("vao", "X1.C; Cơ sở ba\nX1.A"),
        ("loai", ""),
        ("cap_tren", ""),
        ("tu_ngay", "2026-06-01"),
        ("can_cu", "NQ 13"),
    ];
    let page = minh.post("/quan-tri/don-vi/chia-tach", &fields).text();
    assert!(page.contains("Cơ sở ba (X1.C): từ ngày 01/6/2026") && page.contains("cơ sở của trung tâm"), "{page}");
    let mark = seen(&page);
    fields.push(("da_xem", &mark));
    let done = minh.post("/quan-tri/don-vi/chia-tach", &fields);
    assert_eq!((done.status, done.header("location")), (303, Some("/quan-tri/don-vi/X1.C?xong=luu")));
    let list = minh.page("/quan-tri/don-vi");
    assert!(list.contains("nay thuộc Xã Suối Trong"), "{list}");
    let mut citizen = server.client();
    for (code, new) in [(&merged, vec!["Xã Suối Trong"]), (&divided, vec!["Cơ sở ba", "Cơ sở một"])] {
        let page = citizen.get(&format!("/q/{code}")).unwrap().text();
        assert!(page.contains("Đơn vị đã được sắp xếp lại"), "{page}");
        assert!(new.iter().all(|name| page.contains(name)), "{new:?}: {page}");
    }
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
