//! Fields and procedures, volumes, targets: read, searched, typed in, refused at their fields.

use thuocdo::words::Role;

use super::officer::Officer;
use crate::program::{Home, Server};

fn at_work(role: Role, scope: &str) -> (Home, Server, Officer) {
    let home = Home::empty();
    home.with_counters();
    home.import("procedures", "code,name,field\n1.001,Đăng ký khai sinh,Hộ tịch\n1.002,Chứng thực chữ ký,Tư pháp\n");
    let server = home.serve();
    let officer = Officer::hired(&home, &server, "an@minhhoa.gov.vn", role, "", scope);
    (home, server, officer)
}

#[test]
fn procedures_are_found_without_marks_and_added_and_renamed() {
    let (home, server, mut an) = at_work(Role::ProcedureControl, "P");
    let page = an.page("/quan-tri/thu-tuc");
    assert!(page.contains("Đăng ký khai sinh") && page.contains("Tư pháp") && page.contains("Đất đai"), "{page}");
    let found = an.page("/quan-tri/thu-tuc?tim=khai+sinh");
    assert!(found.contains("1.001") && !found.contains("1.002"), "{found}");
    assert!(an.page("/quan-tri/thu-tuc?tim=xyz").contains("Không có mục nào khớp."));
    let fields = [("ma", "1.003"), ("ten", "Cấp phép xây dựng"), ("linh_vuc", ""), ("linh_vuc_moi", "Xây dựng")];
    assert_eq!(an.post("/quan-tri/thu-tuc", &fields).status, 303);
    assert!(an.page("/quan-tri/thu-tuc?lang=en").contains("Cấp phép xây dựng"));
    let twice = an.post("/quan-tri/thu-tuc", &fields);
    assert!(twice.status == 422 && twice.text().contains("Đã có thủ tục mang mã “1.003”"), "{}", twice.text());
    let bad = an.post("/quan-tri/thu-tuc", &[("ma", "a b"), ("ten", ""), ("linh_vuc_moi", "")]);
    let text = bad.text();
    assert!(bad.status == 422 && text.contains("không phải là mã") && text.contains("Tên thủ tục: để trống"), "{text}");
    assert!(text.contains("value=\"a b\"") && text.contains("href=\"#ma\""), "what was typed comes back");
    let renamed = [("ten", "Đăng ký khai sinh lại"), ("linh_vuc", "Hộ tịch"), ("linh_vuc_moi", "")];
    assert_eq!(an.post("/quan-tri/thu-tuc/ma/1.001", &renamed).status, 303);
    assert!(an.page("/quan-tri/thu-tuc/ma/1.001").contains("Đăng ký khai sinh lại"));
    assert_eq!(an.get("/quan-tri/thu-tuc/ma/9.999").status, 404);
    let list = an.page("/quan-tri/thu-tuc");
    let field =
        list.split("<a href=\"/quan-tri/thu-tuc/linh-vuc/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/quan-tri/thu-tuc/linh-vuc/{field}");
    let taken = an.post(&path, &[("ten", "Tư pháp")]);
    assert!(taken.status == 422 && taken.text().contains("Đã có lĩnh vực “Tư pháp”"), "{}", taken.text());
    assert_eq!(an.post(&path, &[("ten", "Nhà đất")]).status, 303);
    assert!(an.page("/quan-tri/thu-tuc").contains("Nhà đất"));
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_long_list_is_read_page_by_page() {
    let (home, _server, mut an) = at_work(Role::ProcedureControl, "P");
    let rows: Vec<String> = (0..250).map(|n| format!("2.{n:03},Thủ tục số {n:03},Hộ tịch\n")).collect();
    home.import("procedures", &format!("code,name,field\n{}", rows.concat()));
    let first = an.page("/quan-tri/thu-tuc?tim=thu+tuc+so");
    assert!(first.contains("2.099") && !first.contains("2.100"), "a hundred a page");
    assert!(first.contains("Đang xem 1–100 trong 250.") && first.contains("trang=2"));
    let third = an.page("/quan-tri/thu-tuc?tim=thu+tuc+so&trang=3");
    assert!(third.contains("2.249") && !third.contains("2.199") && !third.contains("trang=4"));
}

#[test]
fn volumes_are_typed_in_for_points_of_the_scope_alone() {
    let (home, _server, mut an) = at_work(Role::UnitManager, "X1");
    assert!(an.page("/quan-tri/khoi-luong").contains("Chưa ghi khối lượng nào."));
    let entry = |point, late| {
        [
            ("diem", point),
            ("co_quan", ""),
            ("linh_vuc", "Hộ tịch"),
            ("tu_ngay", "2026-06-15"),
            ("den_ngay", "2026-07-14"),
            ("da_nhan", "1200"),
            ("da_tra", "1150"),
            ("qua_han", late),
        ]
    };
    let bad = an.post("/quan-tri/khoi-luong", &entry("X1.Q1", "1151"));
    assert!(bad.status == 422 && bad.text().contains("1151 hồ sơ quá hạn trong 1150"), "{}", bad.text());
    let other = an.post("/quan-tri/khoi-luong", &entry("X2.Q1", "3"));
    assert!(
        other.status == 422 && other.text().contains("điểm khảo sát “X2.Q1” nằm ngoài phạm vi"),
        "{}",
        other.text()
    );
    assert_eq!(an.post("/quan-tri/khoi-luong", &entry("X1.Q1", "3")).status, 303);
    home.import("volumes", "point,from,to,received,returned,late\nX2.Q1,1/6/2026,14/6/2026,77,66,1\n");
    let page = an.page("/quan-tri/khoi-luong");
    assert!(page.contains("1.150") && page.contains("Quầy 1 (X1.Q1)") && page.contains("Xã Một"), "{page}");
    assert!(!page.contains("X2.Q1") && !page.contains("Xã Hai"), "another commune is not there: {page}");
    assert!(an.page("/quan-tri/khoi-luong?tim=xa+hai").contains("Không có mục nào khớp."));
    assert!(an.page("/quan-tri/khoi-luong?tim=xa+mot&lang=en").contains("1,150"));
    assert_eq!(an.get("/quan-tri/chi-tieu/them").status, 403);
    assert_eq!(an.get("/quan-tri/thu-tuc/them").status, 403);
}

#[test]
fn contradictory_targets_stand_on_top_and_an_undecided_one_is_shown_as_such() {
    let (home, _server, mut an) = at_work(Role::HomeAffairs, "P");
    let entry = |measures: &[&'static str], threshold, citation| {
        let mut fields = vec![
            ("don_vi", "P"),
            ("linh_vuc", ""),
            ("loai_so", "percent"),
            ("so_sanh", ">="),
            ("muc", threshold),
            ("tu_nam", "2026"),
            ("den_nam", ""),
            ("van_ban", citation),
            ("co_quan", "UBND tỉnh"),
        ];
        fields.extend(measures.iter().map(|measure| ("chi_so", *measure)));
        fields
    };
    for (measures, threshold, citation) in
        [(&["counter", "province"][..], "90%", "KH 15, mục II"), (&["counter"], "0,85", "QĐ 7"), (&[], "95%", "NQ 76")]
    {
        let added = an.post("/quan-tri/chi-tieu", &entry(measures, threshold, citation));
        assert_eq!(added.status, 303, "{}", added.text());
    }
    let page = an.page("/quan-tri/chi-tieu");
    assert!(
        page.contains("Hai văn bản đưa ra hai chỉ tiêu khác nhau cho cùng nội dung: 90% – KH 15, mục II"),
        "{page}"
    );
    assert!(page.contains("85% – QĐ 7. Cả hai được giữ và hiển thị."), "{page}");
    assert!(page.contains("≥ 95% · Văn bản không nói rõ chỉ số nào"), "{page}");
    assert!(page.contains("Khảo sát tại nơi tiếp nhận, Đo lường hài lòng của tỉnh"), "{page}");
    let again = an.post("/quan-tri/chi-tieu", &entry(&["counter"], "85%", "QĐ 7"));
    assert!(again.status == 422 && again.text().contains("Chỉ tiêu này đã có"), "{}", again.text());
    let bad = an.post("/quan-tri/chi-tieu", &entry(&["counter"], "1", ""));
    let text = bad.text();
    assert!(bad.status == 422 && text.contains("ghi rõ 100% hoặc 1%") && text.contains("Văn bản: để trống"), "{text}");
    assert!(
        text.contains("value=\"counter\" id=\"chi_so\" checked") || text.contains("value=\"counter\" checked"),
        "{text}"
    );
    let one = an.page("/quan-tri/chi-tieu/2");
    assert!(one.contains("QĐ 7") && one.contains("Ông/Bà có chắc muốn kết thúc?"), "{one}");
    assert_eq!(an.post("/quan-tri/chi-tieu/2/ket-thuc", &[]).status, 303);
    let twice = an.post("/quan-tri/chi-tieu/2/ket-thuc", &[]);
    assert!(twice.status == 422 && twice.text().contains("Không có chỉ tiêu số 2 đang hiệu lực"), "{}", twice.text());
    let page = an.page("/quan-tri/chi-tieu?lang=en");
    assert!(!page.contains("Two documents") && page.contains("Ended on"), "{page}");
    assert_eq!(an.get("/quan-tri/chi-tieu/99").status, 404);
    assert!(home.does(&["staff", "log"]).contains("end target"));
}
