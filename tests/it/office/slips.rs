//! Slips: of dossiers that the daily file named, in one's scope, and never of a dossier made up at the desk.

use thuocdo::record::{Keys, Secret, Ticket};
use thuocdo::words::{Moment, Province, Role, TicketStage};

use super::officer::Officer;
use crate::program::Home;

const PAGE: &str = "/quan-tri/phieu-moi";

fn keys() -> Keys {
    let secret = |n| Secret::new([n; 32]);
    Keys { form: secret(1), salt: secret(2), ticket: secret(3), staff: secret(4), checkpoint: vec![secret(5)] }
}

#[test]
fn a_slip_is_printed_for_a_dossier_of_the_daily_file_in_ones_scope_and_for_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}", folder.path().join("s.db").display());
    let home = Home::with(&database, &keys());
    home.with_counters();
    let today = Moment::now().day().iso();
    home.import("dossiers", &format!("number,point,received\nHS-1,X1.Q1,{today}\nH2,X2.Q1,{today}\n"));
    home.does(&["ticket", "withdraw", "--dossier", "H2"]);
    let server = home.serve_with(&[("THUOCDO_HOTLINE", "1022")]);
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    let mut noi = Officer::hired(&home, &server, "noi@so.gov.vn", Role::HomeAffairs, "P", "P");
    let page = lan.page(PAGE);
    assert!(page.contains("Mã là của người dân") && page.contains("name=\"ho_so\""), "{page}");

    let slip = lan.post(PAGE, &[("ho_so", " hs-1"), ("giai_doan", "result")]);
    assert_eq!(slip.status, 200, "{}", slip.text());
    let code = Ticket::of(&keys(), Province(1), "HS-1", TicketStage::Result).code();
    let text = slip.text();
    for part in [code.as_str(), "PHIẾU MỜI ĐÁNH GIÁ – dùng một lần", "30 ngày sau ngày trả kết quả", "1022", "<svg"]
    {
        assert!(text.contains(part), "“{part}” is missing in {text}");
    }
    assert!(!text.contains("HS-1") && slip.header("cache-control") == Some("no-store"));
    for (number, stage, words) in [
        ("H2", "result", "Không có mã riêng"),
        ("H3", "result", "Không có mã riêng"),
        ("HS-1", "reception", "Không có mã riêng"),
        ("", "result", "Xin ghi mã hồ sơ"),
        ("HS-1", "", "Xin chọn một trong hai"),
    ] {
        let answer = lan.post(PAGE, &[("ho_so", number), ("giai_doan", stage)]);
        assert!(answer.status == 422 && answer.text().contains(words), "{number} {stage}: {}", answer.text());
    }
    let withdrawn = noi.post(PAGE, &[("ho_so", "H2"), ("giai_doan", "result")]);
    assert!(withdrawn.status == 422 && withdrawn.text().contains("không còn hiệu lực"), "{}", withdrawn.text());
    let log = home.does(&["staff", "log"]);
    assert!(log.contains("print slip") && !log.contains("HS-1") && !log.contains(&code), "{log}");
    assert_eq!(server.stop(), Some(0));
}
