//! The four formats of the same answers agree, and the command writes what the pages write.

use thuocdo::export::{Asked, Format};
use thuocdo::words::{Level, Period, UnitId};

use super::{FIRST, file, fill, read};
use crate::program::Home;
use crate::world::databases;

#[tokio::test]
async fn the_formats_of_the_same_answers_agree() {
    for world in databases().await {
        let snapshot = fill(&world, "counter", 20, 40, 17).await;
        let edition = snapshot.editions.in_force("counter", FIRST).unwrap().number;
        let period = Period { from: FIRST.half().first(), to: FIRST.plus(19).half().last() };
        let asked = Asked { unit: UnitId(1), period, edition, level: None };
        let rows = read(&file(&world, &snapshot, asked, Format::Csv).await);
        let json: serde_json::Value =
            serde_json::from_slice(&file(&world, &snapshot, asked, Format::Json).await).unwrap();
        assert_eq!(json["rows"].as_array().unwrap().len(), rows.len());
        let columns: Vec<&str> =
            json["columns"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap()).collect();
        for (row, other) in rows.iter().zip(json["rows"].as_array().unwrap()) {
            for (name, cell) in columns.iter().zip(other.as_array().unwrap()) {
                let text = match cell {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(row[*name], text, "{name}");
            }
        }
        let sheets = sheet_rows(&file(&world, &snapshot, asked, Format::Xlsx).await);
        assert_eq!(sheets, rows.len() + 1, "the head and every row");
        assert!(file(&world, &snapshot, asked, Format::Sav).await.starts_with(b"$FL2@(#) SPSS DATA FILE"));
        world.close().await;
    }
}

/// Rows of the first sheet of a workbook.
fn sheet_rows(workbook: &[u8]) -> usize {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml).unwrap();
    assert!(!xml.contains("<f>"), "no cell is a formula");
    xml.matches("<row ").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_writes_what_it_says_and_refuses_what_isolates() {
    for world in databases().await {
        fill(&world, "counter", 20, 40, 19).await;
        let home = Home::with(&world.url, &world.keys);
        let (from, to) = (FIRST.half().first().iso(), FIRST.half().last().iso());
        let export = |more: &[&str]| {
            let mut all = vec!["export", "responses", "--unit", "U1", "--from", &from, "--to", &to, "--format", "csv"];
            all.extend(more);
            home.run(&all)
        };
        let done = export(&["-o", "all.csv"]);
        assert_eq!(done.code, Some(0), "{}", done.err);
        let rows = read(&std::fs::read(home.path().join("all.csv")).unwrap());
        assert!(done.out.contains(&format!("all.csv: {} answers", rows.len())), "{}", done.out);
        let again = export(&["-o", "all.csv"]);
        assert!(again.code == Some(1) && again.err.contains("cannot make all.csv"), "{}", again.err);
        let b = export(&["-o", "b.csv", "--level", "B", "--edition", "counter-1"]);
        assert_eq!(b.code, Some(0), "{}", b.err);
        let of_b = read(&std::fs::read(home.path().join("b.csv")).unwrap());
        assert_eq!(of_b.len(), rows.iter().filter(|row| row["muc"] == Level::B.word()).count());
        let none = export(&["-o", "c.csv", "--level", "C"]);
        assert!(none.code == Some(1) && none.err.contains("No answer of this unit and period"), "{}", none.err);
        let unknown = export(&["-o", "c.csv", "--edition", "counter-9"]);
        assert!(unknown.err.contains("no questionnaire “counter-9”"), "{}", unknown.err);
        for (wrong, told) in [
            (vec!["--unit", "U1", "--from", "2026-03-02", "--to", "2026-03-14"], "whole half-months"),
            (vec!["--unit", "U1", "--from", "2026-03-15", "--to", "2026-03-14"], "before it begins"),
            (vec!["--unit", "U99", "--from", "2026-03-01", "--to", "2026-03-14"], "no unit “U99”"),
        ] {
            let mut all = vec!["export", "responses", "--format", "sav", "-o", "x.sav"];
            all.extend(wrong);
            let refused = home.run(&all);
            assert!(refused.code == Some(1) && refused.err.contains(told), "{}", refused.err);
        }
        assert!(!home.path().join("c.csv").exists() && !home.path().join("x.sav").exists());
        let log = home.does(&["staff", "log"]);
        let line = log.lines().find(|line| line.contains("export responses") && line.contains("every level")).unwrap();
        assert!(line.contains("\tcli\t") && line.contains(&format!("U1, {from} – {to}, counter-1")), "{line}");
        world.close().await;
    }
}
