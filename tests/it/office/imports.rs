//! Files that are uploaded: looked through first, then imported, each person within their scope.

use std::time::{Duration, Instant};

use thuocdo::words::Role;

use super::officer::Officer;
use crate::program::form::hidden;
use crate::program::http::Answer;
use crate::program::{Home, Server};

fn at_work(scope: &str, role: Role) -> (Home, Server, Officer) {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let officer = Officer::hired(&home, &server, "an@minhhoa.gov.vn", role, "", scope);
    (home, server, officer)
}

/// The number of the file that was looked through.
fn number_of(answer: &Answer) -> String {
    let found = hidden(&answer.text()).into_iter().find(|(name, _)| name == "so_tep");
    found.map_or_else(|| panic!("no file waits: {}", answer.text()), |(_, value)| value)
}

#[test]
fn every_bad_line_is_told_at_once_and_nothing_is_kept() {
    let (_home, _server, mut an) = at_work("P", Role::HomeAffairs);
    let bad = "code,name,kind,parent\nX3,Xã Ba,village,P\n,Xã Bốn,commune,P\nX5,Xã Năm,commune,NOBODY\n";
    let answer = an.post_file("/quan-tri/nhap/don-vi", &[], "đơn vị.csv", bad.as_bytes());
    let text = answer.text();
    assert_eq!(answer.status, 422, "{text}");
    assert!(text.contains("Tệp có 3 dòng lỗi nên chưa nhập dòng nào. Sửa các dòng sau rồi nhập lại:"), "{text}");
    for told in ["village", "NOBODY", "dòng nào cũng phải có mã", "<title>Lỗi: "] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("so_tep"), "there is nothing to import");
    let english = an.post_file("/quan-tri/nhap/don-vi?lang=en", &[], "u.csv", bad.as_bytes()).text();
    assert!(english.contains("The file has 3 bad line(s), so no line was imported."), "{english}");
    let empty = an.post_file("/quan-tri/nhap/don-vi", &[], "", b"");
    assert!(empty.status == 422 && empty.text().contains("Xin chọn một tệp."));
}

#[test]
fn a_file_is_looked_through_before_it_is_imported_and_then_forgotten() {
    let (home, server, mut an) = at_work("P", Role::HomeAffairs);
    let good = "\u{feff}measure;unit;year_from;threshold;value;comparison;citation;issuer\n\
                counter;P;2026;0,9;percent;>=;KH 1;UBND tỉnh\n;X1;2026;85%;percent;>=;KH 2;UBND tỉnh\n";
    let checked = an.post_file("/quan-tri/nhap/chi-tieu", &[], "chi tieu.csv", good.as_bytes());
    let text = checked.text();
    assert_eq!(checked.status, 200, "{text}");
    for told in ["Nhập 2 dòng", "chỉ tiêu 0,9 được hiểu là 90% (dòng 2)", "KH 1", "Chưa ghi gì."] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let number = number_of(&checked);
    assert!(!an.page("/quan-tri/nhap/chi-tieu").contains("Đã nhập"));
    let mut binh = Officer::hired(&home, &server, "binh@minhhoa.gov.vn", Role::HomeAffairs, "", "P");
    let import = |who: &mut Officer, path: &str| who.post(path, &[("so_tep", &number)]).status;
    assert_eq!(import(&mut binh, "/quan-tri/nhap/chi-tieu/ghi"), 404, "somebody else's file is not there");
    assert_eq!(import(&mut an, "/quan-tri/nhap/thu-tuc/ghi"), 404, "nor is one of another kind");
    let done = an.post("/quan-tri/nhap/chi-tieu/ghi", &[("so_tep", &number)]);
    assert_eq!((done.status, done.header("location")), (303, Some("/quan-tri/nhap/chi-tieu?so_dong=2&xong=luu")));
    assert!(an.page("/quan-tri/nhap/chi-tieu?so_dong=2&xong=luu").contains("Đã nhập 2 dòng."));
    assert_eq!(import(&mut an, "/quan-tri/nhap/chi-tieu/ghi"), 404, "it is imported once");
    let again = an.post_file("/quan-tri/nhap/chi-tieu", &[], "chi tieu.csv", good.as_bytes()).text();
    assert!(again.contains("Tệp không có gì mới so với hệ thống."), "{again}");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn nobody_imports_points_and_volumes_of_another_part_of_the_province() {
    let (_home, _server, mut an) = at_work("X1", Role::HomeAffairs);
    let points = "code,unit,name,kind,questionnaire\nX1.Q9,X1,Quầy 9,counter,counter\nX2.Q9,X2,Quầy 9,counter,counter\n\
                  X2.Q1,X1,Quầy 1,counter,counter\n";
    let refused = an.post_file("/quan-tri/nhap/diem", &[], "p.csv", points.as_bytes());
    let text = refused.text();
    assert_eq!(refused.status, 422, "{text}");
    assert!(text.contains("Tệp có 2 dòng lỗi"), "{text}");
    assert!(
        text.contains("đơn vị “X2” nằm ngoài phạm vi") && text.contains("điểm khảo sát “X2.Q1” nằm ngoài"),
        "{text}"
    );
    let volumes = |point| format!("point,from,to,received,returned,late\n{point},1/6/2026,14/6/2026,9,8,1\n");
    let other = an.post_file("/quan-tri/nhap/khoi-luong", &[], "v.csv", volumes("X2.Q1").as_bytes());
    assert!(other.status == 422 && other.text().contains("điểm khảo sát “X2.Q1” nằm ngoài"), "{}", other.text());
    let own = an.post_file("/quan-tri/nhap/khoi-luong", &[], "v.csv", volumes("X1.Q1").as_bytes());
    assert_eq!(an.post("/quan-tri/nhap/khoi-luong/ghi", &[("so_tep", &number_of(&own))]).status, 303);
    let units = an.post_file("/quan-tri/nhap/don-vi", &[], "u.csv", b"code,name,kind,parent\nX3,Xa Ba,commune,X1\n");
    assert!(units.status == 422 && units.text().contains("chỉ người có phạm vi cả tỉnh được nhập"));
    for whole in ["/quan-tri/nhap/thu-tuc", "/quan-tri/nhap/chi-tieu"] {
        assert_eq!(an.get(whole).status, 403, "{whole}");
    }
}

#[test]
fn the_template_opens_in_a_spreadsheet_and_is_taken_back() {
    let (_home, _server, mut an) = at_work("P", Role::HomeAffairs);
    for kind in ["don-vi", "diem", "thu-tuc", "chi-tieu", "khoi-luong"] {
        let page = format!("/quan-tri/nhap/{kind}");
        let template = an.get(&format!("{page}/mau.csv"));
        assert_eq!(template.header("content-type"), Some("text/csv; charset=utf-8"));
        let text = template.text();
        assert!(text.starts_with('\u{feff}'), "{text:?}");
        let back = an.post_file(&page, &[], "mau.csv", text.as_bytes());
        assert!(back.status == 200 && back.text().contains("Tệp không có gì mới"), "{kind}: {}", back.text());
        assert!(an.page(&format!("{page}?lang=en")).contains("Columns of the file"));
    }
}

#[test]
fn three_hundred_units_and_nine_hundred_points_are_imported_within_seconds() {
    let (_home, _server, mut an) = at_work("P", Role::HomeAffairs);
    let units: Vec<String> = (0..300).map(|n| format!("N{n},Xã Mới {n},commune,P\n")).collect();
    let points: Vec<String> =
        (0..900).map(|n| format!("N{}.Q{n},N{},Quầy {n},counter,counter\n", n % 300, n % 300)).collect();
    let units = format!("code,name,kind,parent\n{}", units.concat());
    let points = format!("code,unit,name,kind,questionnaire\n{}", points.concat());
    let began = Instant::now();
    for (kind, text) in [("don-vi", units), ("diem", points)] {
        let path = format!("/quan-tri/nhap/{kind}");
        let checked = an.post_file(&path, &[], "lon.csv", text.as_bytes());
        assert_eq!(checked.status, 200, "{}", checked.text());
        assert_eq!(an.post(&format!("{path}/ghi"), &[("so_tep", &number_of(&checked))]).status, 303);
    }
    let took = began.elapsed();
    println!("300 units and 900 points: {took:?}");
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert!(an.page("/quan-tri").contains("302 đơn vị") || an.page("/quan-tri").contains("303 đơn vị"));
}
