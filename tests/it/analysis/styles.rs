use std::fmt::Write as _;

use serde_json::Value;

use super::{Files, number, whole};

const DESIGN: &str = r#"
[design]
weights = "trọng số"
strata = "vùng"
ids = ["xã"]
[answers]
items = ["câu 1"]
satisfied = ["Hài lòng", "Rất hài lòng"]
by = [["vùng"]]
"#;

fn rows(delimiter: char, quote: &str, comma: char) -> String {
    let mut text = ["vùng", "xã", "trọng số", "câu 1"].join(&delimiter.to_string()) + "\r\n";
    for row in 0..60 {
        let level = ["Hài lòng", "Rất hài lòng", "Bình thường"][row % 7 % 3];
        let weight = format!("{}{comma}{}", row % 3 + 1, row % 10);
        let cells = [["Đông", "Tây"][row % 2].to_owned(), format!("x{}", row % 12), weight, level.to_owned()];
        let cells: Vec<String> = cells.iter().map(|cell| format!("{quote}{cell}{quote}")).collect();
        text += &(cells.join(&delimiter.to_string()) + "\r\n");
    }
    text
}

fn estimates(data: &str) -> Value {
    Files::new(DESIGN, data.as_bytes()).json()["estimates"].clone()
}

#[test]
fn comma_semicolon_tab_quotes_and_marks_read_the_same() {
    let plain = estimates(&rows(',', "", '.'));
    assert!(number(&plain[0]["estimate"]) > 0.3);
    for other in [
        rows(';', "", ','),
        rows('\t', "", '.'),
        rows(',', "\"", '.'),
        format!("\u{feff}{}", rows(';', "\"", ',')),
        rows(',', "", '.').replace("\r\n", "\n"),
    ] {
        assert_eq!(estimates(&other), plain);
    }
}

#[test]
fn the_same_word_in_another_unicode_form_is_the_same_word() {
    use unicode_normalization::UnicodeNormalization;
    let data = rows(',', "", '.');
    assert_eq!(estimates(&data.nfd().collect::<String>()), estimates(&data));
}

#[test]
fn the_order_of_the_rows_changes_not_one_bit() {
    let data = rows(',', "", '.');
    let mut lines: Vec<&str> = data.lines().collect();
    let header = lines.remove(0);
    lines.reverse();
    lines.swap(3, 40);
    let shuffled = format!("{header}\n{}\n", lines.join("\n"));
    assert_eq!(estimates(&shuffled).to_string(), estimates(&data).to_string());
}

/// A file large enough for two threads, of which the second half may hold what the first does not.
#[test]
fn a_large_file_is_read_in_two_parts_as_in_one() {
    let design = "[design]\nweights = \"w\"\nids = [\"u\"]\n[answers]\nitems = [\"a\", \"b\"]\nsatisfied = [4, 5]\nby = [[\"u\"]]\n";
    let mut plain = String::from("u,w,a,b,note\n");
    for row in 0..120_000 {
        let a = [4, 5, 3, 1, 2][row * 7 % 5];
        let b = if row > 90_000 { ["4", "", "NA", "5"][row % 4] } else { "3" };
        let (unit, weight) = (row / 1000, row % 3 + 1);
        writeln!(plain, "u{unit},{weight}.25,{a},{b},some text that fills the file {row}").unwrap();
    }
    assert!(plain.len() > 4 * 1024 * 1024);
    // A quote in the header keeps the reader from splitting.
    let quoted = plain.replacen("note", "\"note\"", 1);
    let (split, whole_file) =
        (Files::new(design, plain.as_bytes()).json(), Files::new(design, quoted.as_bytes()).json());
    assert_eq!(split["estimates"].to_string(), whole_file["estimates"].to_string());
    assert_eq!(whole(&split, "b")["n"], 90_001 + 29_999 / 2);
    let broken = plain.replacen("u119,1.25,", "u119,-1.25,", 1);
    let line = broken.lines().position(|line| line.contains("-1.25")).unwrap() + 1;
    let problems = Files::new(design, broken.as_bytes()).refusals();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with(&format!("line {line}: ")), "{problems:?}, not line {line}");
}
