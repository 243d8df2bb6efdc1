//! Dashboards: one's own scope, what is chosen stands in the address, and every choice shows the numbers that the page without
//! it shows, too.

use std::time::Duration;

use thuocdo::words::{Day, Moment, Role};

use super::officer::Officer;
use crate::program::Home;
use crate::world::{World, databases};

/// A day of the month before this one, of its first half.
fn last_month() -> Day {
    let today = Moment::now().day();
    let last = today.plus(-i32::from(today.day_of_month()));
    Day::of(last.year(), last.month(), 10).unwrap()
}

/// Four communes with a counter for land and one for the rest; paper forms of levels B and D.
fn filled(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    let communes: Vec<String> = (1..=4).map(|n| format!("X{n},Xã {n},commune,P\n")).collect();
    home.import(
        "units",
        &format!("code,name,kind,parent\nP,Tỉnh Thử,province,\nSNV,Sở Nội vụ,department,P\n{}", communes.concat()),
    );
    let points: Vec<String> = (1..=4)
        .map(|n| {
            format!("X{n}.Q1,X{n},Quầy {n},counter,counter,,2\nX{n}.Q2,X{n},Quầy đất {n},counter,counter,Đất đai,2\n")
        })
        .collect();
    home.import("points", &format!("code,unit,name,kind,questionnaire,field,officers\n{}", points.concat()));
    let day = last_month().iso();
    let forms = (1..=4).flat_map(|unit| {
        let day = day.clone();
        (0..90).map(move |n| {
            let (counter, level) = (1 + n % 2, if n % 3 == 0 { "D" } else { "B" });
            let good = if n % (unit + 3) == 1 { 2 } else { 4 };
            format!("X{unit}.Q{counter},{day},paper,{level},{unit}-{n},{good},{good},4,{},4\n", 3 + n % 3)
        })
    });
    let forms: Vec<String> = forms.collect();
    home.import(
        "responses",
        &format!("point,day,channel,level,serial,reception,waiting,attitude,time,quality\n{}", forms.concat()),
    );
    home
}

/// Opens a page until the days that ended are sealed and it shows figures.
fn shown(officer: &mut Officer, path: &str, what: &str) -> String {
    let mut page = officer.page(path);
    for _ in 0..600 {
        if page.contains(what) {
            return page;
        }
        std::thread::sleep(Duration::from_millis(100));
        page = officer.page(path);
    }
    panic!("{path} never shows {what}: {}", told(&page));
}

/// What a page says, without pictures.
fn told(page: &str) -> String {
    let mut text = String::new();
    for part in page.split("<main").nth(1).unwrap_or(page).split("<svg") {
        text.push_str(part.rsplit("</svg>").next().unwrap_or_default());
    }
    text
}

/// `level,what,n,estimate,low,high` of the lines of a unit in a file, sorted.
fn lines(file: &str, unit: &str, keep: impl Fn(&[&str]) -> bool) -> Vec<String> {
    let rows = file.trim_start_matches('\u{feff}').lines().skip(1);
    let cells = rows.map(|row| row.split(',').collect::<Vec<&str>>());
    let own = cells.filter(|cells| cells[0] == unit && keep(cells));
    let mut found: Vec<String> = own.map(|cells| cells[7..12].join(",")).collect();
    found.sort();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dashboard_shows_ones_own_scope_and_each_choice_the_same_numbers() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@thu.gov.vn", Role::HomeAffairs, "SNV", "P");
        let day = last_month();
        let month = format!("{:04}-lich-t{:02}", day.year(), day.month());
        let at = |more: &str| format!("/quan-tri/so-lieu?don-vi=P&ky={month}{more}");
        let page = shown(&mut an, &at(""), "240 phiếu");
        for part in ["Theo nhóm đơn vị (gộp)", "Xã, phường, đặc khu (4 đơn vị)", "Khoảng thứ hạng", "Tiêu chí × đơn vị"]
        {
            assert!(page.contains(part), "{part}: {}", told(&page));
        }
        assert!(page.contains("Thứ hạng có thể nằm trong khoảng từ 1 đến 4 trong 4 đơn vị."), "{}", told(&page));
        assert!(page.find("Theo nhóm đơn vị (gộp)") < page.find("So sánh các đơn vị với chỉ tiêu"), "groups first");
        let address = format!("/quan-tri/so-lieu?don-vi=P&amp;ky={month}\"");
        let given = page.split("id=\"dia-chi\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(given.contains("value=\"http") && given.contains(&address), "{given}");

        // One source: its lines of the file of all sources; one field: its lines of the file of fields.
        let file = |an: &mut Officer, name: &str, more: &str| {
            an.page(&format!("/quan-tri/so-lieu/{name}.csv?don-vi=P&ky={month}{more}"))
        };
        let all = file(&mut an, "so-lieu", "");
        for level in ["B", "D"] {
            let of_level = |cells: &[&str]| cells[6] == level;
            let (whole, alone) = (lines(&all, "P", of_level), file(&mut an, "so-lieu", &format!("&nguon={level}")));
            assert!(!whole.is_empty() && whole == lines(&alone, "P", of_level), "{level}: {whole:?} {alone}");
            assert!(lines(&alone, "P", |cells| cells[6] != level && cells[6] != "headline").is_empty(), "{alone}");
        }
        let fields = file(&mut an, "linh-vuc", "");
        let land = lines(&fields, "P", |cells| cells[16] == "Đất đai" && cells[7] == "composite");
        let number = page.split("name=\"linh-vuc\"").nth(1).unwrap().split("Đất đai").next().unwrap();
        let number = number.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned();
        let alone = file(&mut an, "so-lieu", &format!("&linh-vuc={number}"));
        let of_land = lines(&alone, "P", |cells| cells[6] == "headline" && cells[7] == "composite");
        assert!(!land.is_empty() && land == of_land, "{fields}\n{alone}");
        let page = an.page(&at(&format!("&linh-vuc={number}&nguon=B&nhom=xa&lang=en")));
        assert!(page.contains("belongs to the field Đất đai") && page.contains("This source only"), "{}", told(&page));

        // Other groups, odd words, periods that roll: there is always a page.
        let page = an.page(&at("&nhom=so"));
        assert!(!page.contains("So sánh các đơn vị với chỉ tiêu") || !page.contains(">Xã 1</a>"), "{}", told(&page));
        for odd in ["&nguon=E", "&linh-vuc=-1", "&linh-vuc=99", "&linh-vuc=99999999", "&nhom=%00", "&loai=x", "&nguon="]
        {
            assert!(an.page(&at(odd)).contains("240 phiếu"), "{odd}");
        }
        let today = Moment::now().day();
        let last = thuocdo::words::Half(today.half().0 - 1).last().iso();
        let rolling = an.page(&format!("/quan-tri/so-lieu?ky=12t-{last}"));
        assert!(rolling.contains("Kỳ này trôi theo ngày") && rolling.contains("240 phiếu"), "{}", told(&rolling));
        assert_eq!(an.get("/quan-tri/so-lieu?don-vi=KHONG").status, 404);
        assert_eq!(an.get("/quan-tri/so-lieu/khong.csv?don-vi=P").status, 404);
        // The public page shows the same file.
        let public = server.client().get(&format!("/don-vi/P/so-lieu.csv?ky={month}")).unwrap().text();
        assert_eq!(public, all);

        // A manager sees the own unit, and nothing of another under any address.
        let mut binh = Officer::hired(&home, &server, "binh@x2.gov.vn", Role::UnitManager, "X2", "X2");
        let page = binh.page(&format!("/quan-tri/so-lieu?ky={month}"));
        assert!(page.contains("<h1>Xã 2</h1>") && page.contains("60 phiếu"), "{}", told(&page));
        assert!(!page.contains("Xã 1") && !page.contains("Xã 3") && !page.contains("don-vi=P"), "{}", told(&page));
        for other in ["P", "X1", "X3", "SNV"] {
            for path in ["/quan-tri/so-lieu", "/quan-tri/so-lieu/so-lieu.csv", "/quan-tri/so-lieu/tieu-chi.csv"] {
                assert_eq!(binh.get(&format!("{path}?don-vi={other}&ky={month}")).status, 404, "{path} of {other}");
            }
        }
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}
