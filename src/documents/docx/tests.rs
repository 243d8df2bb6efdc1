//! The file opened as any reader would.

use std::io::Read;

use super::*;
use crate::documents::{Column, Table, drawn};

/// The words of a file, and its main part; every part has to be well-formed.
fn opened(bytes: Vec<u8>) -> (String, String) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let (mut words, mut main) = (String::new(), String::new());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if bytes.starts_with(b"\x89PNG") {
            continue;
        }
        let mut text = String::from_utf8(bytes).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Text(found) if name == "word/document.xml" => {
                    words.push_str(&found.decode().unwrap());
                }
                _ => {}
            }
        }
        if name == "word/document.xml" {
            std::mem::swap(&mut main, &mut text);
        }
    }
    (words, main)
}

fn document(text: &str) -> Document {
    Document {
        heading: Heading {
            above: Some("ỦY BAN NHÂN DÂN TỈNH MINH HỌA".to_owned()),
            agency: "SỞ NỘI VỤ".to_owned(),
            number: "Số: …/…".to_owned(),
            state: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
            motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
            place_and_day: "Minh Họa, ngày 05 tháng 02 năm 2026".to_owned(),
        },
        letters: Letters::Usual,
        blocks: vec![
            Block::Title(vec!["BÁO CÁO".to_owned(), "Kết quả".to_owned()]),
            Block::Paragraph(vec![Span::plain(text), Span::bold("đậm")]),
            Block::Table(Table {
                caption: "Bảng 1".to_owned(),
                columns: vec![
                    Column { name: "Đơn vị".to_owned(), part: 3, is_number: false },
                    Column { name: "Số phiếu".to_owned(), part: 1, is_number: true },
                ],
                rows: vec![vec!["Sở A".to_owned(), "1.234".to_owned()]],
            }),
            Block::Signature {
                recipients: vec!["Nơi nhận:".to_owned(), "- Như trên;".to_owned()],
                signer: vec!["GIÁM ĐỐC".to_owned()],
                how: "(ký)".to_owned(),
            },
        ],
    }
}

#[test]
fn a_document_has_its_words_its_page_and_its_font() {
    let (words, main) = opened(docx(&document("Thân bài.")).unwrap());
    for text in ["SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc", "Thân bài.", "Bảng 1", "1.234", "GIÁM ĐỐC", "- Như trên;"]
    {
        assert!(words.contains(text), "{text} is missing in {words}");
    }
    let at = |name: &str| {
        let margins = main.split("<w:pgMar ").nth(1).unwrap().split("/>").next().unwrap();
        let value = margins.split(&format!("w:{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
        value.parse::<f64>().unwrap() * 25.4 / 1_440.0
    };
    assert!((20.0..=25.0).contains(&at("top").round()) && (20.0..=25.0).contains(&at("bottom").round()));
    assert!((30.0..=35.0).contains(&at("left").round()) && (15.0..=20.0).contains(&at("right").round()));
    assert!(main.contains("w:w=\"11906\"") && main.contains("w:h=\"16838\"") && main.contains(FONT));
    assert_eq!(
        WIDTH,
        usize::try_from(i32::try_from(A4.0).unwrap() - millimetres(30) - millimetres(20)).unwrap() / 10 * 10
    );
    assert!(main.contains("<w:titlePg"), "the first page has no number");
}

#[test]
fn whatever_is_typed_stays_text_and_the_file_stays_a_file() {
    let typed = "a < b & \"c\" </w:t><w:br/> \u{0}\u{1}\u{b}\u{ffff} ]]> \n\tx 😀 ế";
    let (words, _) = opened(docx(&document(typed)).unwrap());
    assert!(words.contains('😀') && words.contains('ế'), "{words}");
    assert_eq!(plain(typed), "a < b & \"c\" </w:t><w:br/> ]]> x 😀 ế");
}

#[test]
fn a_picture_has_its_words_a_head_stands_on_every_page_and_the_last_pages_lie_across() {
    let mut paper = document("x");
    let svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"40\"><rect width=\"9\" height=\"9\"/></svg>";
    let end = paper.blocks.len() - 1;
    paper.blocks.insert(end, Block::Picture(drawn(svg, "Xã A: 91,6% <\"đạt\">").unwrap(), "Biểu đồ 1".to_owned()));
    paper.blocks.extend([
        Block::Across,
        Block::Section("Phụ lục 1".to_owned()),
        Block::Table(Table {
            caption: String::new(),
            columns: vec![Column { name: "a".to_owned(), part: 1, is_number: false }; 3],
            rows: vec![vec!["cả hàng".to_owned()], vec!["1".to_owned(), "2".to_owned(), "3".to_owned()]],
        }),
    ]);
    let (words, main) = opened(docx(&paper).unwrap());
    assert!(words.contains("Phụ lục 1") && !words.contains('\u{f0000}'), "{words}");
    assert!(main.contains("descr=\"Xã A: 91,6% &lt;&quot;đạt&quot;>\""), "{main}");
    assert_eq!(main.matches("<w:tblHeader />").count(), 2, "two tables with heads");
    assert!(!main.contains("trHeight") && main.matches("<w:cantSplit />").count() == 5);
    assert!(main.contains("<w:gridSpan w:val=\"3\" />"));
    let sections: Vec<&str> = main.split("<w:sectPr").skip(1).collect();
    assert_eq!(sections.len(), 2);
    assert!(sections[0].contains("w:w=\"11906\"") && sections[0].contains("<w:titlePg"));
    assert!(sections[1].contains("w:orient=\"landscape\"") && sections[1].contains("w:w=\"16838\""));
    assert!(!sections[1].contains("<w:titlePg"), "only the first page of the paper has no number");
    let (from, to) = (main.find("Biểu đồ 1").unwrap(), main.find("<w:sectPr").unwrap());
    assert!(from < to, "the picture stands on the upright pages");
}
