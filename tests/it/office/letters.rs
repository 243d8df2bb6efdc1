//! Links that come by letter: an invitation, and a forgotten password that tells nobody who has an account.

use std::time::Duration;

use thuocdo::words::Role;

use super::officer::{Officer, PASSWORD};
use crate::program::Home;
use crate::program::form::field;

/// The link in the letters of a folder, whose lines were broken on the way; waits until there is one.
fn link_in(folder: &std::path::Path) -> String {
    for _ in 0..60 {
        let letters =
            std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap());
        let text: String = letters.map(|letter| letter.replace("=\r\n", "").replace("=\n", "")).collect();
        if let Some(at) = text.rfind("/quan-tri/kich-hoat/") {
            let link = text[at..].split_whitespace().next().unwrap().to_owned();
            assert_eq!(link.len(), "/quan-tri/kich-hoat/".len() + 64, "{link}");
            return link;
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    panic!("no letter came")
}

#[test]
fn a_forgotten_password_is_answered_alike_and_only_an_account_gets_a_letter() {
    let home = Home::empty();
    home.with_counters();
    let letters = home.path().join("letters");
    std::fs::create_dir(&letters).unwrap();
    let route = format!("directory:{}", letters.display());
    let server = home.serve_with(&[("THUOCDO_MAIL", &route), ("THUOCDO_MAIL_FROM", "thuocdo@thu.gov.vn")]);
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::Leader, "X1", "X1");
    let mut anybody = Officer::new(&server);
    let ask = |who: &mut Officer, email: &str| {
        let answer = who.send("/quan-tri/quen-mat-khau", &[field("email", email)], &[]);
        assert_eq!(answer.status, 200);
        answer.text()
    };
    let unknown = ask(&mut anybody, "nobody@x1.gov.vn");
    assert_eq!(ask(&mut anybody, " LAN@x1.gov.vn "), unknown);
    let link = link_in(&letters);
    assert_eq!(std::fs::read_dir(&letters).unwrap().count(), 1, "nobody else gets a letter");
    let code = lan.fresh_code();
    let new = "tre xanh xanh tự bao giờ";
    let fields = [field("mat_khau", new), field("mat_khau_lai", new), field("ma", &code)];
    assert_eq!(anybody.send(&link, &fields, &[]).status, 200);
    let code = lan.fresh_code();
    assert_eq!(lan.sign_in(PASSWORD, &code).status, 422);
    assert_eq!(lan.sign_in(new, &code).status, 303);
    assert_eq!(server.stop(), Some(0));
    assert!(!home.server_log().contains("lan@"), "{}", home.server_log());
}

#[test]
fn an_invitation_made_in_the_office_goes_out_by_letter() {
    let home = Home::empty();
    home.with_counters();
    let letters = home.path().join("letters");
    std::fs::create_dir(&letters).unwrap();
    let route = format!("directory:{}", letters.display());
    let server = home.serve_with(&[("THUOCDO_MAIL", &route), ("THUOCDO_MAIL_FROM", "thuocdo@thu.gov.vn")]);
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    let fields = [
        ("email", "mai@x1.gov.vn"),
        ("ho_ten", "Trần Thị Mai"),
        ("don_vi", "X1"),
        ("vai_tro", "leader"),
        ("pham_vi", "X1"),
    ];
    let made = boss.post("/quan-tri/tai-khoan", &fields);
    assert_eq!(made.status, 200);
    let link = link_in(&letters);
    assert!(made.text().contains(&link), "the page shows the same link");
    assert_eq!(Officer::new(&server).activate(&link, "mai@x1.gov.vn", &[]).status, 200);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn where_no_letters_leave_the_page_says_whom_to_ask() {
    let home = Home::empty();
    home.with_counters();
    let server = home.serve();
    let mut anybody = Officer::new(&server);
    let page = anybody.page("/quan-tri/quen-mat-khau");
    assert!(page.contains("Hệ thống chưa gửi được thư") && !page.contains("<form"), "{page}");
    let answer = anybody.send("/quan-tri/quen-mat-khau", &[field("email", "lan@x1.gov.vn")], &[]);
    assert_eq!(answer.status, 200);
    assert_eq!(server.stop(), Some(0));
}
