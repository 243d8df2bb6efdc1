//! From the first link to the first page, and out again.

use thuocdo::words::Role;

use super::officer::{Officer, PASSWORD};
use crate::program::Home;

#[test]
fn the_first_administrator_comes_in_by_the_link_the_start_prints_and_it_works_once() {
    let home = Home::empty();
    let server = home.serve();
    let printed =
        std::iter::repeat_with(|| server.printed()).take(50).find(|lines| !lines.is_empty()).unwrap_or_default();
    let link = printed.iter().find_map(|line| line.find("/quan-tri/kich-hoat/").map(|at| line[at..].to_owned()));
    let link = link.unwrap_or_else(|| panic!("no link in {printed:?}"));
    let mut first = Officer::new(&server);
    for _ in 0..3 {
        assert_eq!(first.get(&link).status, 200, "looking at a link does not use it");
    }
    let answer = first.activate(
        &link,
        "quan.tri@minhhoa.gov.vn",
        &[("email", "quan.tri@minhhoa.gov.vn"), ("ho_ten", "Trần Văn Minh")],
    );
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(first.recovery.len(), 10);
    let page = first.page("/quan-tri");
    assert!(
        page.contains("Trần Văn Minh") && page.contains("Quản trị hệ thống") && page.contains("Toàn tỉnh"),
        "{page}"
    );
    let mut second = Officer::new(&server);
    assert_eq!(second.get(&link).status, 410);
    assert_eq!(server.stop(), Some(0));
    let server = home.serve();
    assert!(!server.printed().iter().any(|line| line.contains("kich-hoat")), "there is an administrator");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn a_person_invited_by_the_command_line_signs_in_and_out() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    assert!(lan.page("/quan-tri").contains("Phụ trách đơn vị"));
    assert_eq!(lan.post("/quan-tri/dang-xuat", &[]).status, 303);
    assert_eq!(lan.cookie, None);
    let away = lan.get("/quan-tri/toi");
    assert_eq!((away.status, away.header("location")), (303, Some("/quan-tri/dang-nhap?tiep=%2Fquan%2Dtri%2Ftoi")));
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in("một mật khẩu khác hẳn", &code).status, 422);
    let back = lan.sign_in(PASSWORD, &code);
    assert_eq!(
        (back.status, back.header("location")),
        (303, Some("/quan-tri")),
        "the code was not used up by the failure"
    );
    assert!(lan.page("/quan-tri/toi").contains("Còn 9 mã chưa dùng."));
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
