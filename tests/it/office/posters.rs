//! Posters: every point of a centre in one print, each with a QR that leads to its own form.

use thuocdo::words::Role;

use super::officer::Officer;
use crate::program::Home;

/// Not encrypted, so that the cookie of a session comes over the plain connection of the test.
const BASE: &str = "http://thuocdo.minhhoa.gov.vn";

/// The QRs of a page, read from the drawings as a telephone reads them from paper.
fn read(page: &str) -> Vec<String> {
    let drawings = page.split("<svg").skip(1).map(|rest| rest.split("</svg>").next().unwrap());
    drawings.map(decoded).collect()
}

/// Reads the QR of one drawing: rectangles in a path, each `M{x} {y}h{width}v{height}H{x}V{y}`.
fn decoded(drawing: &str) -> String {
    let path = drawing.split(" d=\"").nth(1).expect("a QR is one path").split('"').next().unwrap();
    let number = |text: &str| text.trim().parse::<usize>().unwrap_or_else(|_| panic!("{text} in {path}"));
    let rectangles: Vec<[usize; 4]> = path
        .split('M')
        .skip(1)
        .map(|one| {
            let (x, rest) = one.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (width, rest) = rest.split_once('v').unwrap();
            let height = rest.split('H').next().unwrap();
            [x, y, width, height].map(number)
        })
        .collect();
    let side = drawing.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap();
    let dark = |x, y| rectangles.iter().any(|[a, b, w, h]| (*a..a + w).contains(&x) && (*b..b + h).contains(&y));
    let side = number(side);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one QR a drawing");
    grids[0].decode().expect("the QR can be read").1
}

/// Three counters in two units below one centre, and another commune.
fn centre(home: &Home) {
    home.import(
        "units",
        "code,name,kind,parent\nP,Tỉnh Thử,province,\nX1,Xã Suối Trong,commune,P\nX1.A,Cơ sở một,site,X1\nX2,Xã Đá Vách,commune,P\n",
    );
    home.import(
        "points",
        "code,unit,name,kind,questionnaire\nQ1,X1,Quầy 1,counter,counter\nQ2,X1.A,Quầy 2,counter,counter\n\
         Q3,X1.A,Quầy 3,counter,counter\nQ9,X2,Quầy khác,counter,counter\n",
    );
}

#[test]
fn one_print_holds_every_poster_of_a_centre_and_each_qr_leads_to_its_own_point() {
    let home = Home::empty();
    centre(&home);
    let address = |point: &str| format!("{BASE}/q/{}", home.public_code(point));
    let own = ["Q2", "Q3", "Q1"].map(address);
    let server = home.serve_with(&[("THUOCDO_BASE_URL", BASE)]);
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    for (size, class) in [("A4", "poster a4"), ("a5", "poster a5"), ("A6", "poster a6")] {
        let page = lan.page(&format!("/quan-tri/ap-phich/in?don-vi=X1&kho={size}"));
        assert_eq!(page.matches(&format!("class=\"{class}\"")).count(), 3, "{page}");
        assert_eq!(read(&page), own);
        assert!(page.matches("CHƯA NÊN IN").count() == 1 && !page.contains("style="), "{page}");
    }
    let copies = lan.page("/quan-tri/ap-phich/in?diem=Q1&kho=A6&ban=4");
    assert_eq!(read(&copies), vec![own[2].clone(); 4]);
    let public = server.client().get(&own[2][BASE.len()..]).unwrap();
    assert_eq!(public.status, 200);
    let alone = server.client().get(&format!("{}/ap-phich", &own[2][BASE.len()..])).unwrap().text();
    assert_eq!(read(&alone), [own[2].clone()]);
    for lang in ["", "&lang=en"] {
        lan.page(&format!("/quan-tri/ap-phich?don-vi=X1.A{lang}"));
        assert!(lan.page(&format!("/quan-tri/ap-phich?diem=Q1{lang}")).contains("value=\"Q1\""));
    }
    let choices = lan.page("/quan-tri/ap-phich");
    assert!(choices.contains("Xã Suối Trong (X1) – 3 điểm") && !choices.contains("X2"), "{choices}");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}

#[test]
fn what_cannot_be_printed_is_said_and_a_foreign_poster_is_not_found() {
    let home = Home::empty();
    centre(&home);
    let (foreign, own) = (home.public_code("Q9"), home.public_code("Q1"));
    let server = home.serve();
    let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
    for gone in ["don-vi=X2&kho=A5", "diem=Q9&kho=A5", "don-vi=P&kho=A5", "diem=none&kho=A5"] {
        assert_eq!(lan.get(&format!("/quan-tri/ap-phich/in?{gone}")).status, 404, "{gone}");
    }
    for (asked, said) in [
        ("", "Xin chọn một đơn vị hoặc một điểm"),
        ("don-vi=X1", "Xin chọn khổ giấy"),
        ("don-vi=X1&kho=A3", "Xin chọn khổ giấy"),
        ("don-vi=X1&kho=A5&ban=0", "Xin ghi số bản từ 1 đến 20"),
        ("don-vi=X1&kho=A5&ban=21", "Xin ghi số bản từ 1 đến 20"),
        (format!("diem=Q1&kho=A5&ma={foreign}").as_str(), "không phải mã đang dùng của điểm"),
    ] {
        let answer = lan.get(&format!("/quan-tri/ap-phich/in?{asked}"));
        assert!(answer.status == 422 && answer.text().contains(said), "{asked}: {}", answer.text());
    }
    let doubtful = lan.page(&format!("/quan-tri/ap-phich/in?diem=Q1&kho=A5&ma={own}&ban=2"));
    assert_eq!(doubtful.matches("CHƯA NÊN IN").count(), 1, "said once, above all posters: {doubtful}");
    home.does(&["point", "revoke", &own, "--reason", "lost"]);
    let page = lan.page("/quan-tri/ap-phich/in?don-vi=X1&kho=A5");
    assert!(page.contains("không còn mã QR đang dùng: Q1") && page.matches("<article").count() == 2, "{page}");
    let lines: Vec<String> = (1..=301).map(|n| format!("X1.A{n},X1,Quầy {n},counter,counter\n")).collect();
    home.import("points", &format!("code,unit,name,kind,questionnaire\n{}", lines.concat()));
    let many = lan.get("/quan-tri/ap-phich/in?don-vi=X1&kho=A6");
    assert!(
        many.status == 422 && many.text().contains("303 áp phích; mỗi lần in được nhiều nhất 300"),
        "{}",
        many.text()
    );
    assert!(many.text().contains("?don-vi=X1%2EA&amp;kho=A6"), "the parts have prints of their own: {}", many.text());
    let mut ninh = Officer::hired(&home, &server, "ninh@x1.gov.vn", Role::Leader, "X1", "X1");
    assert_eq!(ninh.get("/quan-tri/ap-phich").status, 403, "who only reads prints nothing");
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
