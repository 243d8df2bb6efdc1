//! Two hundred names that are programs, in every field of text the office shows: each is shown as it is written.

use std::fmt::Write;

use thuocdo::words::Role;

use super::officer::Officer;
use crate::program::Home;

const SHAPES: [&str; 20] = [
    "<script>alert({n})</script>",
    "<img src=x onerror=alert({n})>",
    "\"><svg/onload=alert({n})>",
    "'><body onload=alert({n})>",
    "</title><script>alert({n})</script>",
    "</textarea><script>alert({n})</script>",
    "</option></select><img src={n} onerror=alert(1)>",
    "javascript:alert({n})//<a href=x>",
    "<a href=\"javascript:alert({n})\">x</a>",
    "\" onfocus=alert({n}) autofocus x=\"",
    "' onmouseover='alert({n})",
    "<iframe srcdoc='<script>alert({n})</script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert({n})>",
    "<!--<img src=\"--><img src=x onerror=alert({n})//\">",
    "<![CDATA[<script>alert({n})</script>]]>",
    "<style>@import'//x.vn/{n}';</style>",
    "<meta http-equiv=refresh content='0;url=//x.vn/{n}'>",
    "<base href=//x.vn/{n}/>",
    "<link rel=stylesheet href=//x.vn/{n}>",
    "&lt;script&gt;alert({n})&lt;/script&gt;<b>",
];

/// Ten of each shape.
fn strings() -> Vec<String> {
    (0..200).map(|n| SHAPES[n % SHAPES.len()].replace("{n}", &n.to_string())).collect()
}

#[test]
fn names_that_are_programs_are_shown_as_they_are_written() {
    let home = Home::empty();
    let strings = strings();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut units = "code,name,kind,parent\nP,Tỉnh Thử,province,\n".to_owned();
    let mut points = "code,unit,name,kind,questionnaire,field,officers\n".to_owned();
    for (n, name) in strings.iter().enumerate() {
        writeln!(units, "U{n},{},commune,P", quoted(name)).unwrap();
        writeln!(points, "Q{n},U{n},{},counter,counter,{},2", quoted(name), quoted(&strings[n % 20])).unwrap();
    }
    home.import("units", &units);
    home.import("points", &points);
    let server = home.serve();
    let mut boss = Officer::hired(&home, &server, "boss@thu.gov.vn", Role::Administrator, "", "P");
    let mut lead = Officer::hired(&home, &server, "lead@thu.gov.vn", Role::HomeAffairs, "U3", "P");
    for (n, name) in strings.iter().enumerate().take(20) {
        home.does(&[
            "staff",
            "add",
            &format!("p{n}@thu.gov.vn"),
            "--name",
            name,
            "--role",
            "leader",
            "--unit",
            &format!("U{n}"),
        ]);
    }
    let lists =
        ["/quan-tri/don-vi", "/quan-tri/diem", "/quan-tri/thu-tuc", "/quan-tri/khoi-luong", "/quan-tri/ap-phich"];
    let mut pages: Vec<String> = lists.iter().map(|path| (*path).to_owned()).collect();
    pages.extend((0..200).step_by(7).flat_map(|n| [format!("/quan-tri/don-vi/U{n}"), format!("/quan-tri/diem/Q{n}")]));
    pages.extend(["/quan-tri/tai-khoan".to_owned(), "/quan-tri/nhat-ky".to_owned()]);
    pages.extend((3..20).map(|n| format!("/quan-tri/tai-khoan/{n}")));
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    pages.extend(strings.iter().take(40).flat_map(|text| {
        ["/quan-tri/don-vi?tim=", "/quan-tri/diem?tim=", "/quan-tri/nhat-ky?tim="]
            .map(|path| format!("{path}{}", part(text)))
    }));
    let mut shown = 0;
    for path in &pages {
        let answer = boss.get(path);
        assert!(matches!(answer.status, 200 | 403 | 404), "{} {path}", answer.status);
        let text = answer.text();
        // Attributes stand between double quotes: what holds none of these signs cannot leave its place.
        for string in strings.iter().filter(|string| string.contains(['<', '>', '"', '&'])) {
            assert!(!text.contains(string.as_str()), "{path} shows {string} as a program");
        }
        shown += text.matches("alert(").count();
    }
    assert!(shown > 500, "only {shown} of them are shown at all");
    // What is entered comes back in the page that refuses it.
    for string in strings.iter().take(40).filter(|string| string.contains(['<', '>', '"', '&'])) {
        let entered = [("tu_diem", string.as_str()), ("den_diem", string), ("ghi_chu", string), ("tu_ngay", string)];
        let refused = lead.post("/quan-tri/duyet/chuyen-phieu", &entered);
        assert_eq!(refused.status, 422);
        assert!(!refused.text().contains(string.as_str()), "{string}");
        let refused = boss.post("/quan-tri/tai-khoan", &[("email", string), ("ho_ten", string), ("don_vi", string)]);
        assert_eq!(refused.status, 422);
        assert!(!refused.text().contains(string.as_str()), "{string}");
    }
    assert_eq!(server.stop(), Some(0));
    assert_eq!(home.server_log(), "");
}
