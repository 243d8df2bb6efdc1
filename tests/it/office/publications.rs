//! Publishing through the pages: chosen, looked at, submitted, approved by somebody else, released at its hour, corrected, and
//! checked with the files that everybody and the auditor take away.

use thuocdo::words::{Moment, Period, Role};

use super::officer::Officer;
use crate::program::Home;

/// Two communes with answers of a quarter that is over, sealed; the word of the quarter and its first day.
fn with_a_quarter(home: &Home) -> (String, String) {
    home.with_counters();
    home.import(
        "units",
        "code,name,kind,parent\nS1,Sở Một,department,P\nS2,Văn phòng,office,P\nS3,Thanh tra,office,P\n",
    );
    let (year, quarter) = Period::quarter_of(Moment::now().day().plus(-95));
    let period = Period::reporting_quarter(year, quarter).unwrap();
    let day = period.from.plus(3).iso();
    let row = |n: u32| {
        let (point, level) =
            (if n.is_multiple_of(3) { "X2.Q1" } else { "X1.Q1" }, if n.is_multiple_of(2) { "B" } else { "C" });
        let time = if n.is_multiple_of(9) { "2" } else { "" };
        format!("{point},{day},paper,{level},S{n},{},{time}\n", if n.is_multiple_of(7) { 2 } else { 5 })
    };
    let rows = (0..120).map(row).collect::<Vec<_>>().concat();
    home.import("responses", &format!("point,day,channel,level,serial,attitude,time\n{rows}"));
    home.does(&["seal"]);
    (format!("{year}-q{quarter}"), period.from.iso())
}

#[test]
fn figures_are_published_by_two_persons_of_two_offices_and_anybody_checks_them() {
    let home = Home::empty();
    let (quarter, _) = with_a_quarter(&home);
    let server = home.serve();
    let hired = |email, role, unit| Officer::hired(&home, &server, email, role, unit, "P");
    let mut first = hired("trinh@thu.gov.vn", Role::HomeAffairs, "S1");
    let mut second = hired("duyet@thu.gov.vn", Role::ProcedureControl, "S2");
    let mut near = hired("gan@thu.gov.vn", Role::ProcedureControl, "S1");
    let mut auditor = hired("tra@thu.gov.vn", Role::Auditor, "S3");
    let mut commune = Officer::hired(&home, &server, "xa@thu.gov.vn", Role::HomeAffairs, "X1", "X1");
    let new = "/quan-tri/cong-bo/moi";
    assert_eq!(commune.get("/quan-tri/cong-bo").status, 403, "publications concern the whole province");
    let shown = first.page(&format!("{new}?don-vi=P&ky={quarter}&so-lieu=nguon"));
    for words in ["Sẽ được khóa", "Không hiển thị", "Muốn sửa phải công bố bản mới"] {
        assert!(shown.contains(words), "{words} is missing");
    }
    assert!(shown.contains("headline · time") || shown.contains("B · time"), "a criterion of few answers is told");
    let entered = [("don-vi", "P"), ("ky", quarter.as_str()), ("ben-duoi", "ke"), ("so-lieu", "nguon")];
    let submitted = first.post_with_code(new, &entered);
    let page = submitted.header("location").unwrap_or_default().replace("?xong=trinh", "");
    assert!(page.ends_with("/1"), "{}", submitted.status);
    let slug = page.split('/').nth(3).unwrap().to_owned();
    // Nobody approves what they submitted, nor does somebody of the same office, nor without number and date.
    let today = Moment::now().day();
    let approving = |release: &str| {
        vec![
            ("so_van_ban".to_owned(), "12/QĐ-UBND".to_owned()),
            ("ngay_van_ban".to_owned(), today.iso()),
            ("cong_khai_ngay".to_owned(), release.to_owned()),
        ]
    };
    let post = |officer: &mut Officer, act: &str, fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        officer.post_with_code(&format!("{page}/{act}"), &fields)
    };
    assert_eq!(post(&mut first, "duyet", &approving("")).status, 403);
    let told = post(&mut near, "duyet", &approving(""));
    assert!(told.status == 422 && told.text().contains("cơ quan khác"));
    let told = post(&mut second, "duyet", &[]);
    assert!(told.status == 422 && told.text().contains("số và ngày"));
    // An embargo: approved, and nobody reads it yet.
    assert_eq!(post(&mut second, "duyet", &approving(&today.plus(2).iso())).status, 303);
    let anybody = |path: &str| server.client().ask("GET", path, &[]).unwrap();
    assert_eq!(anybody(&format!("/cong-bo/{slug}")).status, 404, "not before its hour");
    assert!(second.page(&page).contains("Chưa công khai trước giờ"));
    assert!(!anybody("/cong-bo").text().contains(&slug));
    // A correction with a reason, released at once.
    let again = first.post_with_code(new, &entered);
    assert!(again.status == 422 && again.text().contains("xin ghi lý do"));
    let corrected = [("don-vi", "P"), ("ky", quarter.as_str()), ("ben-duoi", "tat-ca"), ("ly_do", "Thêm các đơn vị")];
    assert_eq!(first.post_with_code(new, &corrected).status, 303);
    let page_2 = page.replace("/1", "/2");
    let fields = approving("");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(second.post_with_code(&format!("{page_2}/duyet"), &fields).status, 303);
    // A server asks at most once a second whether something changed.
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    let read = anybody(&format!("/cong-bo/{slug}")).text();
    for words in ["12/QĐ-UBND", "Thêm các đơn vị", "thuocdo verify", "Xã Một", "khóa khi trình"] {
        assert!(read.contains(words), "{words} is missing");
    }
    assert!(anybody("/cong-bo").text().contains(&slug) && anybody("/").text().contains(&slug));
    assert!(anybody("/du-lieu").text().contains(&slug) && anybody("/sitemap.xml").text().contains(&slug));
    // The signed decision, once, and a PDF alone.
    let put = |officer: &mut Officer, bytes: &[u8]| {
        let code = officer.fresh_code();
        officer.post_file(&format!("{page_2}/van-ban"), &[("ma_xac_thuc", &code)], "qd.pdf", bytes).status
    };
    assert_eq!(put(&mut second, b"<html>"), 422);
    assert_eq!(put(&mut second, b"%PDF-1.7 signed"), 303);
    assert_eq!(put(&mut second, b"%PDF-1.7 another"), 422);
    let pdf = anybody(&format!("/cong-bo/{slug}/2/van-ban.pdf"));
    assert_eq!((pdf.status, pdf.body.as_slice()), (200, &b"%PDF-1.7 signed"[..]));
    // Everybody's bundle, checked by the command; the file of the page and of the command are the same bytes.
    let zip = anybody(&format!("/cong-bo/{slug}/2.zip")).body;
    let file = home.path().join("bundle.zip");
    std::fs::write(&file, &zip).unwrap();
    let good = home.run(&["verify", file.to_str().unwrap()]);
    assert!(good.code == Some(0) && good.out.contains("good"), "{}", good.err);
    let by_command = home.path().join("command.zip");
    assert_eq!(home.run(&["publication", "export", &slug, "-o", by_command.to_str().unwrap()]).code, Some(0));
    assert_eq!(std::fs::read(&by_command).unwrap(), zip);
    let mut bad = zip.clone();
    let place = bad.len() / 2;
    bad[place] ^= 1;
    std::fs::write(&file, &bad).unwrap();
    let told = home.run(&["verify", file.to_str().unwrap()]);
    assert!(told.code == Some(1) && told.err.contains("First difference"), "{}", told.err);
    for end in ["json", "csv", "xlsx"] {
        let answer = anybody(&format!("/cong-bo/{slug}.{end}"));
        assert!(answer.status == 200 && answer.body.len() > 500, "{end}");
    }
    the_auditor_takes_the_records(&home, (&mut auditor, &mut second, &mut first), &page_2, &slug);
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

/// The records are asked for, let go by somebody of another office, taken by whoever asked, and checked.
fn the_auditor_takes_the_records(
    home: &Home,
    (auditor, second, first): (&mut Officer, &mut Officer, &mut Officer),
    page: &str,
    slug: &str,
) {
    assert_eq!(first.post(&format!("{page}/de-nghi"), &[("muc_dich", "x")]).status, 403);
    assert_eq!(auditor.post(&format!("{page}/de-nghi"), &[("muc_dich", "")]).status, 422);
    assert_eq!(auditor.post_with_code(&format!("{page}/phieu"), &[]).status, 404, "nothing was let go");
    assert_eq!(auditor.post(&format!("{page}/de-nghi"), &[("muc_dich", "Kiểm tra quý")]).status, 303);
    let out = home.path().join("records.zip");
    let export = ["publication", "export", slug, "--auditor", "-o", out.to_str().unwrap()];
    assert_eq!(home.run(&export).code, Some(1));
    assert_eq!(second.post_with_code(&format!("{page}/dong-y/1"), &[]).status, 303);
    let taken = auditor.post_with_code(&format!("{page}/phieu"), &[]);
    assert_eq!(taken.status, 200);
    let file = home.path().join("auditor.zip");
    std::fs::write(&file, &taken.body).unwrap();
    let good = home.run(&["verify", file.to_str().unwrap()]);
    assert!(good.code == Some(0) && good.out.contains("records   120"), "{}{}", good.out, good.err);
    assert_eq!(home.run(&export).code, Some(0));
    let log = home.run(&["staff", "log"]).out;
    for act in ["submit publication", "approve publication", "ask for records", "allow records", "take records"] {
        assert!(log.contains(act), "{act} is not in the log");
    }
}
