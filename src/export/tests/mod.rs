//! The writers, on rows made up for them.

mod sav_reader;

use std::io::Cursor;
use std::sync::Arc;

use self::sav_reader::{Datum, Read};
use super::plan::OwnUnit;
use super::rows::{BLANK, NOT_APPLICABLE, NOT_ASKED, NOT_DIVIDED};
use super::*;
use crate::questionnaire::parse;
use crate::registry::{Directory, Editions, InstalledEdition, Snapshot};
use crate::store::figures::NOT_SPLIT;
use crate::store::installation::Installation;
use crate::store::places::{Field, Places, UnitVersion};
use crate::words::{Day, EditionNumber, FieldId, Half, Level, Period, Province, UnitId, UnitKind};

const QUESTIONNAIRE: &str = r#"
code = "thu"
version = 1
title = { vi = "Phiếu thử" }
lead = { vi = "Ông/Bà hài lòng ở mức nào về:" }
languages = ["vi"]
measure = "province"
headline_levels = ["A"]
aggregation = "mean_of_items"
[[scales]]
code = "s"
satisfied = [4, 5]
levels = [
    { level = 1, label = { vi = "Rất không hài lòng" } },
    { level = 2, label = { vi = "Không hài lòng" } },
    { level = 3, label = { vi = "Bình thường" } },
    { level = 4, label = { vi = "Hài lòng" } },
    { level = 5, label = { vi = "Rất hài lòng" } },
]
[[items]]
code = "not"
kind = "rating"
scale = "s"
rates = "receiving"
label = { vi = "LONG" }
not_applicable = { vi = "Không có ý kiến" }
[[items]]
code = "minutes"
kind = "number"
label = { vi = "Số phút" }
min = 0
max = 60000
[[items]]
code = "sex"
kind = "choice"
label = { vi = "Giới tính" }
options = [{ code = 1, label = { vi = "Nam" } }, { code = 2, label = { vi = "Nữ" } }]
[[items]]
code = "people"
kind = "choice"
sensitive = true
label = { vi = "Dân tộc" }
options = [{ code = 1, label = { vi = "Kinh" } }, { code = 2, label = { vi = "Khác" } }]
[[items]]
code = "how"
kind = "choices"
label = { vi = "Nộp hồ sơ bằng cách nào" }
options = [{ code = 1, label = { vi = "Trực tiếp" } }, { code = 2, label = { vi = "Trên mạng" } }]
[[factors]]
code = "f"
title = { vi = "Yếu tố" }
criteria = ["not"]
"#;

fn unit(number: i32, code: &str, name: &str) -> UnitVersion {
    UnitVersion {
        unit: UnitId(number),
        valid_from: Day(0),
        valid_to: None,
        code: code.to_owned(),
        admin_code: None,
        name: name.to_owned(),
        kind: if number == 1 { UnitKind::Province } else { UnitKind::Commune },
        parent: (number > 1).then_some(UnitId(1)),
    }
}

/// A book of two units, one with a name that spreadsheets would compute.
fn book(rows: u64) -> Book {
    // Longer than any program keeps: 300 letters of two and three bytes.
    let long = "Thời hạn giải quyết được bảo đảm ".repeat(10);
    let edition = parse("t", &QUESTIONNAIRE.replace("LONG", long.trim())).unwrap();
    let edition =
        Arc::new(InstalledEdition { number: EditionNumber(1), hash: edition.hash(), edition, first_day: Day(0) });
    let directory = Directory::new(Places {
        units: vec![unit(1, "P", "Tỉnh Thử"), unit(2, "=X.01-dai", "=HYPERLINK(\"x\")")],
        successions: Vec::new(),
        points: Vec::new(),
        point_versions: Vec::new(),
        codes: Vec::new(),
        fields: vec![Field { field: FieldId(3), name: "+Đất đai".to_owned() }],
    });
    let snapshot = Snapshot {
        series: Vec::new(),
        province: Province(1),
        installation: Installation { simulated: false, sealed_through: None, revision: 1 },
        directory,
        editions: Editions::default(),
        targets: Vec::new(),
        moves: Vec::new(),
        disputes: crate::registry::disputes::Disputes::default(),
        exclusions: Vec::new(),
        tickets: Vec::new(),
    };
    let period = Period { from: Day::of(2026, 6, 15).unwrap(), to: Day::of(2026, 9, 14).unwrap() };
    let own = |unit: i32, code: &str, name: &str| OwnUnit {
        code: code.to_owned(),
        name: name.to_owned(),
        unit: UnitId(unit),
    };
    let plan = Plan {
        asked: Asked { unit: UnitId(1), period, edition: EditionNumber(1), level: None },
        edition,
        rows,
        units: vec![own(2, "=X.01-dai", "=HYPERLINK(\"x\")"), own(1, "P", "Tỉnh Thử")],
        shares: Vec::new(),
        blocks: Vec::new(),
    };
    Book::of(plan, &snapshot, Day::of(2026, 11, 22).unwrap())
}

fn row(unit: usize, parts: [i32; 3], values: [i32; 4]) -> Row {
    let half = Day::of(2026, 6, 20).unwrap().half();
    Row { half, unit, level: Level::B, parts, values: values.into() }
}

fn rows() -> Vec<Row> {
    vec![
        row(0, [NOT_SPLIT, 3, 9], [5, 60_000, 1, 3]),
        row(0, [2, 0, NOT_SPLIT], [NOT_APPLICABLE, BLANK, NOT_DIVIDED, NOT_DIVIDED]),
        row(1, [0, NOT_SPLIT, 1], [BLANK, 0, BLANK, NOT_ASKED]),
    ]
}

fn written(format: Format, book: &Book, rows: &[Row]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::begin(format, book, Cursor::new(Vec::new()), folder.path()).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.end().unwrap().into_inner()
}

#[test]
fn a_csv_file_has_a_mark_plain_names_and_no_formula() {
    let text = String::from_utf8(written(Format::Csv, &book(3), &rows())).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "\u{feff}don_vi,tu_ngay,den_ngay,phien_ban,muc,kenh,linh_vuc,co_quan,not_x,minutes,sex,how_1,how_2,trong_so,tang",
            "'=X.01-dai,2026-06-15,2026-06-30,thu-1,B,paper,'+Đất đai,,5,60000,1,1,1,1,'=X.01-dai",
            "'=X.01-dai,2026-06-15,2026-06-30,thu-1,B,,khong_ro,'=X.01-dai,na,,not_split,not_split,not_split,1,'=X.01-dai",
            "P,2026-06-15,2026-06-30,thu-1,B,counter_qr,,khong_ro,,0,,not_asked,not_asked,1,P",
        ]
    );
    assert!(!text.contains("people"), "what is sensitive has no column");
}

#[test]
fn a_json_file_is_one_object_with_meta_columns_and_rows() {
    let json: serde_json::Value = serde_json::from_slice(&written(Format::Json, &book(3), &rows())).unwrap();
    assert_eq!(json["meta"]["edition"], "thu-1");
    assert_eq!(json["columns"][8]["values"][4], serde_json::json!([5, "Rất hài lòng"]));
    assert_eq!(json["rows"][1][8], "na");
    assert_eq!(
        json["rows"][2],
        serde_json::json!([
            "P",
            "2026-06-15",
            "2026-06-30",
            "thu-1",
            "B",
            "counter_qr",
            null,
            "khong_ro",
            null,
            0,
            null,
            "not_asked",
            "not_asked",
            1,
            "P"
        ])
    );
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut xml).unwrap();
    xml
}

#[test]
fn a_workbook_has_rows_code_book_and_notes_and_texts_are_never_formulas() {
    let workbook = written(Format::Xlsx, &book(3), &rows());
    let names = part(&workbook, "xl/workbook.xml");
    for name in ["Dữ liệu", "Bảng mã", "Ghi chú"] {
        assert!(names.contains(&format!("name=\"{name}\"")), "{names}");
    }
    let sheets: Vec<String> = (1..=3).map(|n| part(&workbook, &format!("xl/worksheets/sheet{n}.xml"))).collect();
    assert!(sheets.iter().all(|sheet| !sheet.contains("<f>") && !sheet.contains("<f ")));
    assert_eq!(sheets[0].matches("<row ").count(), 4);
    assert!(sheets[0].contains("<v>46188</v>"), "15/06/2026 as the format counts days: {}", sheets[0]);
    let texts = sheets.concat();
    for text in ["Rất không hài lòng", "=HYPERLINK", "Không tách (nhóm nhỏ)", "Trọng số của phiếu góp ý bằng 1"]
    {
        assert!(texts.contains(text), "{text}");
    }
}

#[test]
fn a_system_file_says_what_its_columns_and_values_mean() {
    let book = book(3);
    let file = Read::of(&written(Format::Sav, &book, &rows()));
    assert_eq!((file.cases, file.encoding.as_str(), file.label.as_str()), (3, "UTF-8", "Phiếu thử"));
    assert_eq!(file.weight.as_deref(), Some("trong_so"));
    let names: Vec<&str> = file.variables.iter().map(|variable| variable.name.as_str()).collect();
    let columns: Vec<&str> = book.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, columns);
    assert!(file.variables.iter().all(|variable| variable.short.len() <= 8));
    let of = |name: &str| file.variables.iter().find(|variable| variable.name == name).unwrap();
    let rating = of("not_x");
    assert!(rating.label.len() <= 252 && rating.label.ends_with('…'), "{}", rating.label);
    assert!(rating.label.starts_with("Thời hạn giải quyết được bảo đảm"));
    assert_eq!(rating.measure, 2);
    assert_eq!(rating.missing, Some((-9.0, -6.0)));
    assert!(rating.values.contains(&(5.0, "Rất hài lòng".to_owned())));
    assert!(rating.values.contains(&(-8.0, "Không áp dụng".to_owned())));
    assert_eq!((of("kenh").measure, of("minutes").measure, of("tu_ngay").measure), (1, 3, 3));
    assert_eq!(of("tu_ngay").format, 39);
    assert_eq!((of("don_vi").width, of("tang").width), (9, 9));
    assert_eq!(file.rows[0][of("not_x").place], Datum::Number(5.0));
    assert_eq!(file.rows[0][of("minutes").place], Datum::Number(60_000.0));
    assert_eq!(file.rows[0][of("don_vi").place], Datum::Text("=X.01-dai".to_owned()));
    // 2026-06-15 in seconds since 1582-10-14.
    assert_eq!(file.rows[0][of("tu_ngay").place], Datum::Number(14_000_860_800.0));
    assert_eq!(file.rows[1][of("sex").place], Datum::Number(-6.0));
    assert_eq!(file.rows[2][of("how_1").place], Datum::Number(-7.0));
}

#[test]
fn a_file_without_rows_is_a_file() {
    let book = book(0);
    let file = Read::of(&written(Format::Sav, &book, &[]));
    assert_eq!((file.cases, file.rows.len()), (0, 0));
    assert_eq!(String::from_utf8(written(Format::Csv, &book, &[])).unwrap().lines().count(), 1);
    let json: serde_json::Value = serde_json::from_slice(&written(Format::Json, &book, &[])).unwrap();
    assert_eq!(json["rows"], serde_json::json!([]));
    assert_eq!(part(&written(Format::Xlsx, &book, &[]), "xl/worksheets/sheet1.xml").matches("<row ").count(), 1);
}

#[test]
fn the_name_of_a_file_says_what_it_holds() {
    let book = book(0);
    let period = book.plan.asked.period;
    assert_eq!(file_name("MH.P01", period, "counter-1", Format::Sav), "thuocdo-MH.P01-2026Q3-counter-1.sav");
    assert_eq!(file_name("a\"b/ć", Period::reporting_year(2026), "x-1", Format::Csv), "thuocdo-a-b---2026-x-1.csv");
    let half = Half(period.from.half().0);
    let one = Period { from: half.first(), to: half.last() };
    assert_eq!(file_name("A", one, "x-1", Format::Json), "thuocdo-A-2026-06-15-2026-06-30-x-1.json");
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_into_a_system_file_is_read_out_of_it(
        given in proptest::collection::vec(
            ((0_usize..2), (-1_i32..10), proptest::sample::select(vec![-9, -8, -7, 1, 2, 3, 4, 5]), -9_i32..60_000, 1_i32..3),
            0..60,
        )
    ) {
        let rows: Vec<Row> = given.iter().map(|(unit, channel, level, minutes, sex)| {
            let minutes = if (-6..0).contains(minutes) { BLANK } else { *minutes };
            row(*unit, [NOT_SPLIT, NOT_SPLIT, *channel], [*level, minutes, *sex, NOT_DIVIDED])
        }).collect();
        let book = book(rows.len() as u64);
        let file = Read::of(&written(Format::Sav, &book, &rows));
        assert_eq!(file.rows.len(), rows.len());
        for (row, read) in rows.iter().zip(&file.rows) {
            for (column, datum) in book.columns.iter().zip(read) {
                let expected = match column.cell(row, &book.plan, &book.edition) {
                    Cell::Text(text) => Datum::Text(text.to_owned()),
                    Cell::Day(day) => Datum::Number((f64::from(day.0) + 141_428.0) * 86_400.0),
                    Cell::Number(number) | Cell::Coded(number, _) => Datum::Number(f64::from(number)),
                    Cell::Missing(missing) => Datum::Number(f64::from(missing.code())),
                };
                assert_eq!(*datum, expected, "{}", column.name);
            }
        }
    }
}
