//! A document as a Word file.

mod finish;
mod table;

use std::io::Cursor;

use anyhow::Context;
use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, Header, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph,
    ParagraphBorder, ParagraphBorderPosition, ParagraphBorders, ParagraphProperty, Pic, Run, RunFonts,
    SpecialIndentType, Table as WordTable, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

use super::{Block, Document, Heading, Letters, Picture, Span, Style};

const FONT: &str = "Times New Roman";
/// Twentieths of a point in a millimetre, times ten.
const TWIPS_IN_CENTIMETRE: i32 = 567;
/// A4, in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
/// Margins in millimetres: top, bottom, left, right. The decree gives 20 to 25, 20 to 25, 30 to 35, 15 to 20.
const MARGINS: (i32, i32, i32, i32) = (20, 20, 30, 20);
/// Half points: the usual body of 14 pt, the name of the state and small lines 13, 12 and 11 pt.
const BODY: usize = 28;
const STATE: usize = 26;
const SMALL: usize = 24;
const TINY: usize = 22;
/// Width of the text, in twentieths of a point: A4 without its margins of 30 and 20 mm, upright and across.
const WIDTH: usize = 9_070;
const WIDTH_ACROSS: usize = 14_000;
/// Width of the left half of heading and signature.
const LEFT: usize = 3_600;
/// Parts of a picture's measure (EMU) in a planned pixel, so that 640 pixels are 160 mm.
const EMU_IN_PIXEL: u32 = 9_000;
/// Tallest picture, in planned pixels: a page with room for its name.
const TALLEST: u32 = 900;

const fn millimetres(mm: i32) -> i32 {
    mm * TWIPS_IN_CENTIMETRE / 10
}

/// What the blocks of a document are written with.
#[derive(Clone, Copy)]
struct Writing {
    /// Letters of the text, in half points.
    body: usize,
    /// Letters of tables.
    cells: usize,
    /// Space below a paragraph, in twentieths of a point.
    after: u32,
    /// Width of the text.
    width: usize,
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
    let mut writing = match document.letters {
        Letters::Usual => Writing { body: BODY, cells: TINY, after: 120, width: WIDTH },
        Letters::Small => Writing { body: STATE, cells: TINY, after: 60, width: WIDTH },
    };
    // Pages are numbered in the middle of the upper margin, the first one is not.
    let numbered = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut word = Docx::new()
        .page_size(A4.0, A4.1)
        .page_margin(margins)
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT))
        .default_size(writing.body)
        .header(Header::new().add_paragraph(numbered))
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .add_table(heading(&document.heading));
    for block in &document.blocks {
        if *block == Block::Across {
            writing.width = WIDTH_ACROSS;
        }
        word = add(word, block, writing);
    }
    let mut parts = word.build();
    parts.document = finish::finish(parts.document, &pictures(document))?;
    let mut file = Cursor::new(Vec::new());
    parts.pack(&mut file).context("while writing a Word document")?;
    Ok(file.into_inner())
}

fn pictures(document: &Document) -> Vec<&Picture> {
    document
        .blocks
        .iter()
        .filter_map(|block| if let Block::Picture(picture, _) = block { Some(picture) } else { None })
        .collect()
}

fn add(word: Docx, block: &Block, writing: Writing) -> Docx {
    let Writing { body, after, .. } = writing;
    match block {
        Block::Title(lines) => {
            let word = word.add_paragraph(spaced(Paragraph::new(), 0, 0));
            let last = lines.len().saturating_sub(1);
            lines.iter().enumerate().fold(word, |word, (at, line)| {
                let after = if at == last { after * 2 } else { 0 };
                let line = line_of(line, Style::Bold, body, AlignmentType::Center, after);
                word.add_paragraph(line.keep_next(true))
            })
        }
        Block::Rule => word.add_paragraph(rule(writing.width, 2_400)).add_paragraph(spaced(Paragraph::new(), 0, 0)),
        Block::Centred(spans) => word.add_paragraph(spaced(runs(spans, body), 0, after).align(AlignmentType::Center)),
        Block::Section(text) => {
            word.add_paragraph(line_of(text, Style::Bold, body, AlignmentType::Both, after).keep_next(true))
        }
        Block::Paragraph(spans) => {
            let first_line = Some(SpecialIndentType::FirstLine(millimetres(10)));
            let paragraph = spaced(runs(spans, body), 0, after).align(AlignmentType::Both);
            word.add_paragraph(paragraph.indent(None, first_line, None, None))
        }
        Block::Note(text) => word.add_paragraph(line_of(text, Style::Italic, TINY, AlignmentType::Left, after)),
        Block::Table(table) => table::add(word, table, writing),
        Block::Picture(picture, name) => {
            let high = picture.size.1.min(TALLEST);
            let wide = u64::from(picture.size.0) * u64::from(high) / u64::from(picture.size.1.max(1));
            let (wide, high) = (u32::try_from(wide).unwrap_or(0) * EMU_IN_PIXEL, high * EMU_IN_PIXEL);
            let pic = Pic::new_with_dimensions(picture.png.clone(), picture.size.0, picture.size.1).size(wide, high);
            let paragraph = Paragraph::new().add_run(Run::new().add_image(pic)).align(AlignmentType::Center);
            word.add_paragraph(spaced(paragraph, 60, 0).keep_next(true)).add_paragraph(line_of(
                name,
                Style::Bold,
                SMALL,
                AlignmentType::Center,
                after,
            ))
        }
        Block::Across => word.add_paragraph(finish::turn()),
        Block::Page => word.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
        Block::Signature { recipients, signer, how } => {
            word.add_paragraph(spaced(Paragraph::new(), 0, 0)).add_table(signature(recipients, signer, how))
        }
    }
}

/// Two columns without lines: the agency and its number, the state and the day.
fn heading(heading: &Heading) -> WordTable {
    let centred = |text: &str, style, size| line_of(text, style, size, AlignmentType::Center, 0);
    let mut left = TableCell::new().width(LEFT, WidthType::Dxa);
    for line in heading.above.iter().flat_map(|above| above.lines()) {
        left = left.add_paragraph(centred(line, Style::Plain, STATE));
    }
    for line in heading.agency.lines() {
        left = left.add_paragraph(centred(line, Style::Bold, STATE));
    }
    left = left.add_paragraph(rule(LEFT, LEFT / 3)).add_paragraph(centred(&heading.number, Style::Plain, STATE));
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

fn line_of(text: &str, style: Style, size: usize, align: AlignmentType, after: u32) -> Paragraph {
    let run = styled(written(text, size), style);
    spaced(Paragraph::new().add_run(run), 0, after).align(align)
}

fn runs(spans: &[Span], size: usize) -> Paragraph {
    let run = |span: &Span| styled(kept(&span.text, size), span.style);
    spans.iter().fold(Paragraph::new(), |paragraph, span| paragraph.add_run(run(span)))
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

/// A piece of a line: blanks at its ends part it from its neighbours.
fn kept(text: &str, size: usize) -> Run {
    let blank = |is: bool| if is { " " } else { "" };
    let inside = plain(text);
    let text = if inside.is_empty() {
        blank(!text.is_empty()).to_owned()
    } else {
        format!("{}{inside}{}", blank(text.starts_with(' ')), blank(text.ends_with(' ')))
    };
    Run::new().add_text(text).size(size).fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT))
}

/// The text on one line, without what no XML file may hold.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'));
    let spaced: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
