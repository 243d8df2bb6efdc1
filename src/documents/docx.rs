//! A document as a Word file.

use std::io::Cursor;

use anyhow::Context;
use docx_rs::{
    AlignmentType, BorderType, Docx, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, ParagraphProperty, Run, RunFonts, SpecialIndentType,
    Table as WordTable, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::{Block, Document, Heading, Span, Style, Table};

const FONT: &str = "Times New Roman";
/// Twentieths of a point in a millimetre, times ten.
const TWIPS_IN_CENTIMETRE: i32 = 567;
/// A4, in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
/// Margins in millimetres: top, bottom, left, right. The decree gives 20 to 25, 20 to 25, 30 to 35, 15 to 20.
const MARGINS: (i32, i32, i32, i32) = (20, 20, 30, 20);
/// Half points: body 14 pt, the name of the state and small lines 13 and 12 pt.
const BODY: usize = 28;
const STATE: usize = 26;
const SMALL: usize = 24;
const TINY: usize = 22;
/// Width of the text, in twentieths of a point: A4 without its margins of 30 and 20 mm.
const WIDTH: usize = 9_070;
/// Width of the left half of heading and signature.
const LEFT: usize = 3_600;

const fn millimetres(mm: i32) -> i32 {
    mm * TWIPS_IN_CENTIMETRE / 10
}

/// The document as the bytes of a Word file. The same document gives the same words and margins at every time.
pub fn docx(document: &Document) -> anyhow::Result<Vec<u8>> {
    let (top, bottom, left, right) = MARGINS;
    let margins = PageMargin::new()
        .top(millimetres(top))
        .bottom(millimetres(bottom))
        .left(millimetres(left))
        .right(millimetres(right))
        .header(millimetres(10))
        .footer(millimetres(10))
        .gutter(0);
    // Pages are numbered in the middle of the upper margin, the first one is not.
    let numbered = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut word = Docx::new()
        .page_size(A4.0, A4.1)
        .page_margin(margins)
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT))
        .default_size(BODY)
        .header(Header::new().add_paragraph(numbered))
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .add_table(heading(&document.heading));
    for block in &document.blocks {
        word = add(word, block);
    }
    let mut file = Cursor::new(Vec::new());
    word.build().pack(&mut file).context("while writing a Word document")?;
    Ok(file.into_inner())
}

fn add(word: Docx, block: &Block) -> Docx {
    match block {
        Block::Title(lines) => {
            let word = word.add_paragraph(spaced(Paragraph::new(), 0, 0));
            let last = lines.len().saturating_sub(1);
            lines.iter().enumerate().fold(word, |word, (at, line)| {
                let after = if at == last { 240 } else { 0 };
                word.add_paragraph(line_of(line, Style::Bold, BODY, AlignmentType::Center, after))
            })
        }
        Block::Centred(spans) => word.add_paragraph(spaced(runs(spans), 0, 120).align(AlignmentType::Center)),
        Block::Section(text) => {
            word.add_paragraph(line_of(text, Style::Bold, BODY, AlignmentType::Both, 120).keep_next(true))
        }
        Block::Paragraph(spans) => {
            let first_line = Some(SpecialIndentType::FirstLine(millimetres(10)));
            let paragraph = spaced(runs(spans), 0, 120).align(AlignmentType::Both);
            word.add_paragraph(paragraph.indent(None, first_line, None, None))
        }
        Block::Table(table) => {
            let caption = line_of(&table.caption, Style::Bold, STATE, AlignmentType::Center, 60).keep_next(true);
            word.add_paragraph(caption).add_table(ruled(table)).add_paragraph(spaced(Paragraph::new(), 0, 0))
        }
        Block::Signature { recipients, signer, how } => {
            word.add_paragraph(spaced(Paragraph::new(), 0, 0)).add_table(signature(recipients, signer, how))
        }
    }
}

/// Two columns without lines: the agency and its number, the state and the day.
fn heading(heading: &Heading) -> WordTable {
    let centred = |text: &str, style, size| line_of(text, style, size, AlignmentType::Center, 0);
    let mut left = TableCell::new().width(LEFT, WidthType::Dxa);
    if let Some(above) = &heading.above {
        left = left.add_paragraph(centred(above, Style::Plain, STATE));
    }
    left = left.add_paragraph(centred(&heading.agency, Style::Bold, STATE)).add_paragraph(rule(LEFT, LEFT / 3));
    left = left.add_paragraph(centred(&heading.number, Style::Plain, STATE));
    let wide = WIDTH - LEFT;
    let right = TableCell::new()
        .width(wide, WidthType::Dxa)
        .add_paragraph(centred(&heading.state, Style::Bold, STATE))
        .add_paragraph(centred(&heading.motto, Style::Bold, BODY))
        .add_paragraph(rule(wide, 3_300))
        .add_paragraph(centred(&heading.place_and_day, Style::Italic, BODY));
    halves(left, right)
}

/// Two columns without lines: who gets a copy, who signs.
fn signature(recipients: &[String], signer: &[String], how: &str) -> WordTable {
    let mut left = TableCell::new().width(LEFT, WidthType::Dxa);
    for (at, line) in recipients.iter().enumerate() {
        let mut run = written(line, if at == 0 { SMALL } else { TINY });
        if at == 0 {
            run = run.bold().italic();
        }
        left = left.add_paragraph(spaced(Paragraph::new().add_run(run), 0, 0));
    }
    let mut right = TableCell::new().width(WIDTH - LEFT, WidthType::Dxa);
    for line in signer {
        right = right.add_paragraph(line_of(line, Style::Bold, BODY, AlignmentType::Center, 0));
    }
    right = right.add_paragraph(line_of(how, Style::Italic, BODY, AlignmentType::Center, 1_200));
    halves(left, right)
}

fn halves(left: TableCell, right: TableCell) -> WordTable {
    // Without room beside the words the name of the state stands on one line.
    let bare = TableCellMargins::new().margin(0, 0, 0, 0);
    WordTable::without_borders(vec![TableRow::new(vec![left, right])])
        .margins(bare)
        .set_grid(vec![LEFT, WIDTH - LEFT])
        .width(WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

/// A drawn line of a length in the middle of a column.
fn rule(column: usize, length: usize) -> Paragraph {
    let side = i32::try_from(column.saturating_sub(length) / 2).unwrap_or(0);
    let line = ParagraphBorder::new(ParagraphBorderPosition::Bottom).val(BorderType::Single).size(6).space(0);
    let spacing = LineSpacing::new().before(0).after(100).line(60).line_rule(LineSpacingType::Exact);
    let mut paragraph = Paragraph::new().indent(Some(side), None, Some(side), None).line_spacing(spacing);
    let property: ParagraphProperty = paragraph.property.clone();
    paragraph.property = property.set_borders(ParagraphBorders::with_empty().set(line));
    paragraph
}

fn ruled(table: &Table) -> WordTable {
    let parts: usize = table.columns.iter().map(|column| usize::from(column.part)).sum();
    let widths: Vec<usize> =
        table.columns.iter().map(|column| WIDTH * usize::from(column.part) / parts.max(1)).collect();
    let cell = |text: &str, style, align, width: usize| {
        let line = line_of(text, style, SMALL, align, 0);
        TableCell::new().width(width, WidthType::Dxa).add_paragraph(line)
    };
    let head = table.columns.iter().zip(&widths);
    let head = head.map(|(column, width)| cell(&column.name, Style::Bold, AlignmentType::Center, *width)).collect();
    let mut rows = vec![TableRow::new(head).cant_split()];
    for row in &table.rows {
        let cells = row.iter().zip(&table.columns).zip(&widths).map(|((text, column), width)| {
            let align = if column.is_number { AlignmentType::Right } else { AlignmentType::Left };
            cell(text, Style::Plain, align, *width)
        });
        rows.push(TableRow::new(cells.collect()).cant_split());
    }
    WordTable::new(rows).set_grid(widths).width(WIDTH, WidthType::Dxa).layout(TableLayoutType::Fixed)
}

fn line_of(text: &str, style: Style, size: usize, align: AlignmentType, after: u32) -> Paragraph {
    let run = styled(written(text, size), style);
    spaced(Paragraph::new().add_run(run), 0, after).align(align)
}

fn runs(spans: &[Span]) -> Paragraph {
    spans
        .iter()
        .fold(Paragraph::new(), |paragraph, span| paragraph.add_run(styled(written(&span.text, BODY), span.style)))
}

fn styled(run: Run, style: Style) -> Run {
    match style {
        Style::Plain => run,
        Style::Bold => run.bold(),
        Style::Italic => run.italic(),
    }
}

fn spaced(paragraph: Paragraph, before: u32, after: u32) -> Paragraph {
    paragraph.line_spacing(LineSpacing::new().before(before).after(after))
}

fn written(text: &str, size: usize) -> Run {
    Run::new().add_text(plain(text)).size(size).fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT))
}

/// The text on one line, without what no XML file may hold.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let spaced: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::documents::Column;

    /// The words of a file, and its main part; every part has to be well-formed.
    fn opened(bytes: Vec<u8>) -> (String, String) {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let (mut words, mut main) = (String::new(), String::new());
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
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
                main = text;
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
        for text in
            ["SỞ NỘI VỤ", "Độc lập - Tự do - Hạnh phúc", "Thân bài.", "Bảng 1", "1.234", "GIÁM ĐỐC", "- Như trên;"]
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
}
