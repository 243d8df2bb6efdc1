//! Official reports: who takes them, what stands in them and in which order.

use std::io::{Cursor, Read};
use std::time::Duration;

use thuocdo::words::{Day, Moment, Period, Role};

use crate::architecture::spelling::misspelt;
use crate::office::officer::Officer;
use crate::program::Home;
use crate::world::{World, databases};

/// A day of the month before this one, of its first half.
fn last_month() -> Day {
    let today = Moment::now().day();
    let last = today.plus(-i32::from(today.day_of_month()));
    Day::of(last.year(), last.month(), 10).unwrap()
}

/// A name that a spreadsheet would take for a formula.
const FORMULA: &str = "=HYPERLINK(1)";

/// Communes with 90 forms each, and one with seven: fewer than are told.
fn filled(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    home.import(
        "units",
        &format!(
            "code,name,kind,parent\nP,Tỉnh Thử,province,\nSNV,Sở Nội vụ,department,P\nX1,Xã Một,commune,P\n\
             X2,Xã Hai,commune,P\nX3,{FORMULA},commune,P\nX4,Xã Vắng,commune,P\n"
        ),
    );
    let points: Vec<String> = (1..=4).map(|n| format!("X{n}.Q1,X{n},Quầy {n},counter,counter,2\n")).collect();
    home.import("points", &format!("code,unit,name,kind,questionnaire,officers\n{}", points.concat()));
    let day = last_month();
    home.import(
        "targets",
        &format!(
            "measure,field,unit,year_from,year_to,threshold,value,comparison,citation,issuer\n\
             counter,,P,{},,90%,percent,>=,Kế hoạch số 15/KH-UBND,UBND\n",
            day.year() - 1
        ),
    );
    let forms = (1..=4).flat_map(|unit| {
        let day = day.iso();
        let count = if unit == 4 { 7 } else { 90 };
        (0..count).map(move |n| {
            let level = if n % 3 == 0 { "D" } else { "B" };
            let good = if n % (unit + 3) == 1 { 2 } else { 4 };
            format!("X{unit}.Q1,{day},paper,{level},{unit}-{n},{good},{good},4,{},4\n", 3 + n % 3)
        })
    });
    let forms: Vec<String> = forms.collect();
    home.import(
        "responses",
        &format!("point,day,channel,level,serial,reception,waiting,attitude,time,quality\n{}", forms.concat()),
    );
    home
}

/// The parts of a file by name.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The names of the parts below a folder.
fn names(bytes: &[u8], below: &str) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = archive.file_names().map(|name| name.unwrap().into_owned());
    names.filter(|name| name.starts_with(below)).collect()
}

/// The paragraphs of a Word file, cells of tables among them.
fn paragraphs(bytes: &[u8]) -> Vec<String> {
    use quick_xml::events::Event;
    let text = part(bytes, "word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut found = vec![String::new()];
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::End(end) if end.name().as_ref() == b"w:p" => found.push(String::new()),
            Event::Text(words) => found.last_mut().unwrap().push_str(&words.decode().unwrap()),
            Event::GeneralRef(name) => found.last_mut().unwrap().push_str(match name.decode().unwrap().as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                _ => "\"",
            }),
            _ => {}
        }
    }
}

fn position(paragraphs: &[String], wanted: &str) -> usize {
    paragraphs.iter().position(|text| text.contains(wanted)).unwrap_or_else(|| panic!("“{wanted}” in {paragraphs:#?}"))
}

fn asked(more: &str) -> String {
    format!("?nam={}&ky=nam{more}", Period::year_of(last_month()))
}

fn downloaded(officer: &mut Officer, ending: &str, more: &str) -> Vec<u8> {
    let answer = officer.get(&format!("/quan-tri/bao-cao/tep.{ending}{}", asked(more)));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let disposition = answer.header("content-disposition").unwrap();
    assert!(
        disposition.starts_with("attachment; filename=\"bao-cao-") && disposition.ends_with(&format!(".{ending}\""))
    );
    answer.body
}

/// Opens the page until the days that ended are sealed and it shows figures.
fn shown(officer: &mut Officer, path: &str, what: &str) -> String {
    for _ in 0..600 {
        let page = officer.page(path);
        if page.contains(what) {
            return page;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{path} never shows {what}: {}", officer.page(path));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_the_province_has_its_sections_tables_and_drawings_and_no_figure_below_ten() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@thu.gov.vn", Role::HomeAffairs, "SNV", "P");
        let page = shown(&mut an, &format!("/quan-tri/bao-cao{}", asked("&don-vi=P")), "ước tính");
        assert!(page.contains("/quan-tri/bao-cao/tep.docx?don-vi=P") && page.contains("chưa có hạn trong văn bản"));
        assert!(page.contains("số phiếu thu được là 270") || page.contains("Số phiếu thu được là 27"), "{page}");
        let word = downloaded(&mut an, "docx", "&don-vi=P");
        let texts = paragraphs(&word);
        let order = [
            "ỦY BAN NHÂN DÂN",
            "TỈNH THỬ",
            "SỞ NỘI VỤ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "BÁO CÁO",
            "Kính gửi: Ủy ban nhân dân tỉnh",
            "I. TÌNH HÌNH TRIỂN KHAI",
            "Bảng 1. ",
            "Bảng 2. ",
            "II. KẾT QUẢ",
            "Biểu đồ 1. ",
            "Bảng 3. ",
            "Biểu đồ 2. ",
            "Bảng 4. ",
            "Biểu đồ 3. ",
            "Bảng 5. ",
            "8. Các chỉ số khác trong kỳ",
            "9. Kết quả thực hiện chỉ tiêu",
            "10. So sánh với các chỉ số do cơ quan khác",
            "III. PHẢN ÁNH",
            "Bảng 6. ",
            "Bảng 7. ",
            "IV. ĐÁNH GIÁ CHUNG",
            "V. NHIỆM VỤ",
            "VI. KIẾN NGHỊ",
            "kính báo cáo./.",
            "Nơi nhận:",
            "Phụ lục 1. ",
            "Phụ lục 2. ",
            "Phụ lục 3. ",
            "Phụ lục 4. ",
            "Phụ lục 5. ",
            "Phụ lục 6. ",
        ];
        let mut last = 0;
        for wanted in order {
            let at = texts[last..].iter().position(|text| text.contains(wanted));
            last += at.unwrap_or_else(|| panic!("“{wanted}” after {} in {texts:#?}", texts[last]));
        }
        assert!(texts.iter().any(|text| text == "Kế hoạch số 15/KH-UBND"), "the document of the target");
        let told = &texts[position(&texts, "ước tính 90,4%")];
        assert!(told.contains("từ 86,6% đến 94,3%. Giá trị ước tính cao hơn chỉ tiêu 90%"), "{told}");
        assert!(told.contains("nên chưa đủ cơ sở kết luận đạt hay chưa đạt"), "{told}");
        let own: Vec<usize> = (0..texts.len()).filter(|at| texts[*at] == "Xã Vắng").collect();
        assert_eq!(own.len(), 2, "table and annex");
        for at in own {
            assert_eq!(texts[at + 1..at + 6], ["–", "–", "–", "–", "Chưa có số liệu trong kỳ này"]);
        }
        assert!(names(&word, "word/media/").len() >= 3);
        assert!(part(&word, "word/document.xml").contains("descr=\"So sánh các đơn vị với chỉ tiêu."));
        assert_eq!(misspelt("report", &texts.join("\n")), Vec::<String>::new());
        drop(server);
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workbook_has_the_same_numbers_and_no_formula_whatever_a_unit_is_called() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut an = Officer::hired(&home, &server, "an@thu.gov.vn", Role::ProcedureControl, "SNV", "P");
        shown(&mut an, &format!("/quan-tri/bao-cao{}", asked("&don-vi=P")), "ước tính");
        let book = downloaded(&mut an, "xlsx", "&don-vi=P");
        let tabs = part(&book, "xl/workbook.xml");
        for tab in ["Bảng 1", "Bảng 7", "Bảng mã", "Cách tính"] {
            assert!(tabs.contains(&format!("name=\"{tab}\"")), "{tab} in {tabs}");
        }
        let strings = part(&book, "xl/sharedStrings.xml");
        assert!(strings.contains(FORMULA) && strings.contains("Thước Đo "), "{strings}");
        let sheets = names(&book, "xl/worksheets/sheet");
        assert!(sheets.len() >= 10, "{sheets:?}");
        for sheet in &sheets {
            assert!(!part(&book, sheet).contains("<f>"), "{sheet} has a formula");
        }
        // The estimate of the headline: a share in the workbook, the same with one decimal in the paper.
        let targets = part(&book, "xl/worksheets/sheet3.xml");
        let cell = targets.split("r=\"D4\"").nth(1).unwrap().split("<v>").nth(1).unwrap().split('<').next().unwrap();
        let share = thuocdo::text::number::share(thuocdo::words::Lang::Vi, cell.parse().unwrap());
        let texts = paragraphs(&downloaded(&mut an, "docx", "&don-vi=P"));
        assert!(texts[position(&texts, "ước tính")].contains(&share), "{share}");
        drop(server);
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_takes_its_own_short_report_and_no_other_by_any_address() {
    for world in databases().await {
        let home = filled(&world);
        let server = home.serve();
        let mut lan = Officer::hired(&home, &server, "lan@x1.gov.vn", Role::UnitManager, "X1", "X1");
        let page = shown(&mut lan, &format!("/quan-tri/bao-cao{}", asked("")), "ước tính");
        assert!(
            page.contains("trước ngày 10/12/") && page.contains("huyện Sơn Dương") && !page.contains("Xã Hai"),
            "{page}"
        );
        let texts = paragraphs(&downloaded(&mut lan, "docx", ""));
        let (first, last) = (position(&texts, "XÃ MỘT"), position(&texts, "TM. ỦY BAN NHÂN DÂN"));
        assert!(texts[first - 1] == "ỦY BAN NHÂN DÂN" && first < last && texts[last + 1] == "CHỦ TỊCH", "{texts:#?}");
        assert!(texts.iter().any(|text| text == "Số: ……/BC-UBND"));
        assert!(texts.iter().all(|text| !text.contains("Phụ lục") && !text.contains("Xã Hai")), "its own tables alone");
        for path in ["", "/tep.docx", "/tep.xlsx"] {
            for other in ["X2", "P", "SNV", "XX"] {
                let answer = lan.get(&format!("/quan-tri/bao-cao{path}{}", asked(&format!("&don-vi={other}"))));
                assert_eq!(answer.status, 404, "{path} {other}");
            }
            for wrong in ["?nam=2026&ky=quy-2", "?nam=1999&ky=nam", "?nam=x&ky=nam"] {
                assert_eq!(lan.get(&format!("/quan-tri/bao-cao{path}{wrong}")).status, 404, "{path}{wrong}");
            }
        }
        assert_eq!(lan.get("/quan-tri/bao-cao/tep.docx?nam=2099&ky=nam").status, 404, "not begun");
        assert!(lan.page("/quan-tri/bao-cao?nam=2099&ky=nam").contains("chưa bắt đầu"));
        let mut clerk = Officer::hired(&home, &server, "clerk@x1.gov.vn", Role::DataEntry, "X1", "X1");
        assert_eq!(clerk.get("/quan-tri/bao-cao").status, 403);
        drop(server);
        world.close().await;
    }
}
