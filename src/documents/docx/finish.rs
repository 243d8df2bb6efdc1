//! What the writer of Word files does not know: heads of tables that stand on every page, pages that lie across, and words for
//! whoever cannot see a picture. Marks are put in while writing and replaced in the finished part.

use anyhow::Context;
use docx_rs::{Paragraph, Run, TableRow};

use super::super::Picture;

/// Height that no row has: the mark of a head.
const HEAD: f32 = 7.0;
/// How the height of a row begins, and what it holds where it is the mark.
const HEIGHT: &str = "<w:trHeight ";
const HEIGHT_OF_HEAD: &str = "w:val=\"7\"";
/// Words that no document holds, for letters of this plane are not assigned to anything.
const TURN: &str = "\u{f0000}";
/// How each picture is named by the writer.
const NAMED: &str = "<wp:docPr id=\"1\" name=\"Figure\" />";

/// A row as the head of its table.
pub(super) fn head(row: TableRow) -> TableRow {
    row.row_height(HEAD)
}

/// Where the pages begin to lie across.
pub(super) fn turn() -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(TURN))
}

/// The main part, finished.
pub(super) fn finish(part: Vec<u8>, pictures: &[&Picture]) -> anyhow::Result<Vec<u8>> {
    let mut text = String::from_utf8(part).context("while finishing a Word document")?;
    text = heads(&text);
    text = described(&text, pictures);
    if text.contains(TURN) {
        text = across(&text)?;
    }
    Ok(text.into_bytes())
}

/// The marks of heads become heads.
fn heads(text: &str) -> String {
    let mut pieces = text.split(HEIGHT);
    let first = pieces.next().unwrap_or_default();
    let heads = pieces.map(|piece| match piece.split_once("/>") {
        Some((own, rest)) if own.contains(HEIGHT_OF_HEAD) => ["<w:tblHeader />", rest].concat(),
        _ => [HEIGHT, piece].concat(),
    });
    std::iter::once(first.to_owned()).chain(heads).collect::<Vec<_>>().concat()
}

/// Each picture with a number of its own and its words.
fn described(text: &str, pictures: &[&Picture]) -> String {
    let mut pieces = text.split(NAMED);
    let mut done = vec![pieces.next().unwrap_or_default().to_owned()];
    for (at, piece) in pieces.enumerate() {
        let words = pictures.get(at).map_or("", |picture| picture.description.as_str());
        let words = super::plain(words).replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        done.push(format!("<wp:docPr id=\"{0}\" name=\"Figure {0}\" descr=\"{words}\" />", at + 1));
        done.push(piece.to_owned());
    }
    done.concat()
}

/// The pages up to the mark stay upright, those behind it lie across.
fn across(text: &str) -> anyhow::Result<String> {
    let lost = "the writer of Word files changed its sections";
    let begins = text.rfind("<w:sectPr").context(lost)?;
    let ends = text.rfind("</w:sectPr>").context(lost)? + "</w:sectPr>".len();
    let upright = text.get(begins..ends).context(lost)?;
    let (wide, high) = super::A4;
    let size = upright.find("<w:pgSz ").context(lost)?;
    let end = upright.get(size..).and_then(|rest| rest.find("/>")).context(lost)? + size + 2;
    let lying = format!("<w:pgSz w:w=\"{high}\" w:h=\"{wide}\" w:orient=\"landscape\" />");
    let turned =
        format!("{}{lying}{}", upright.get(..size).unwrap_or_default(), upright.get(end..).unwrap_or_default());
    let turned = turned.replace("<w:titlePg />", "");
    let (before, after) = (text.get(..begins).unwrap_or_default(), text.get(ends..).unwrap_or_default());
    let mark = before.find(TURN).context(lost)?;
    let from = before.get(..mark).and_then(|part| part.rfind("<w:p ").max(part.rfind("<w:p>"))).context(lost)?;
    let to = before.get(mark..).and_then(|part| part.find("</w:p>")).context(lost)? + mark + "</w:p>".len();
    let turn = format!("<w:p><w:pPr>{upright}</w:pPr></w:p>");
    let (first, rest) = (before.get(..from).unwrap_or_default(), before.get(to..).unwrap_or_default());
    Ok(format!("{first}{turn}{rest}{turned}{after}"))
}
